"""That one practises, said over every page: whichever is open, nobody takes a practised note for a real one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from app.base.words import _
from ui.widgets.button import Button
from ui.widgets.desk import Desk, Place
from ui.widgets.look import Look, icon_named
from ui.widgets.text import Icon, Label, Surface, row


class _Words(Label):
    """Words that ask for as much height as the longest that may come in their place."""

    def __init__(self, look: Look, every: Sequence[str]) -> None:
        super().__init__(look, "", "meta")
        self._every = every

    def heightForWidth(self, width: int) -> int:
        """High enough for any of them."""
        wrap, metrics = int(Qt.TextFlag.TextWordWrap), self.fontMetrics()
        return max(metrics.boundingRect(0, 0, width, 10_000, wrap, each).height() for each in self._every)


class PractiseStrip(Surface):
    """What one practises, and the way to where that is ended. Nothing is seen of it while nobody practises; while
    somebody does it is always as high, so that nothing under it moves. Where there is hardly any height (`low`) it says
    its few words, and a screen reader all. Where somebody may be in danger it says what is real all the same."""

    def __init__(self, desk: Desk, here: Place, *, low: bool) -> None:
        look, walk = desk.look, here.walk
        super().__init__(look, "warnBg", edge="bottom")
        self._guide, self._walk = desk.guide, walk
        self._under_way, self._played = _("Övning pågår"), _("Uppspelningen är slut, men övningen pågår")
        self._elsewhere = _("Övning pågår i en annan vandring")
        every = (self._under_way, self._played, self._elsewhere)
        brief = (self._under_way, self._under_way, _("Övning, annan vandring"))
        self._real, self._is_played = _("Övning, men 112 är på riktigt."), _("Läget spelas upp: säg var ni är.")
        self._seen = dict(zip(every, brief if low else every, strict=True))
        self._in_danger = here.page == "acute"
        whole = [f"{self._real} {self._is_played}"] if self._in_danger else [*self._seen.values()]
        self._words = _Words(look, whole)
        line = row(Icon(look, icon_named("action", "rehearse"), "warn", 18), self._words, spacing=8)
        line.setStretch(1, 1)
        there = Button(look, _("Avsluta övningen …"), icon_named("action", "stop"))
        there.clicked.connect(lambda _on: desk.go(Place("position", self._guide.records or walk)))
        line.addWidget(there, 0, Qt.AlignmentFlag.AlignVCenter)
        if here.page == "position" or self._in_danger:
            # There it is ended, and here other things come first.
            there.hide()
        line.setContentsMargins(16, 2, 16, 2)
        self.setLayout(line)
        self._guide.turned.connect(self.show_now)
        self.hide()

    def show_now(self) -> None:
        """Show what is so."""
        elsewhere = self._walk and self._guide.records not in ("", self._walk)
        here = self._played if self._guide.has_played else self._under_way
        told = self._elsewhere if elsewhere else here
        seen = self._seen[told]
        if self._in_danger:
            told = seen = f"{self._real} {self._is_played}" if self._guide.rehearses else self._real
        self._words.setText(seen)
        self._words.setAccessibleName(told)
        self.setVisible(self._guide.practises)
