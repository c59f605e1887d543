"""The bar that says at which stop one is, and which comes next."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QWidget

from app.base.words import _
from app.domain.values import Position
from ui.widgets.button import Button
from ui.widgets.look import Look, icon_named
from ui.widgets.paint import paint_icon, paint_number
from ui.widgets.text import Heading, Label, Surface, column, held, row
from ui.widgets.things import Things, stop_title
from ui.widgets.walk_round import Round
from ui.widgets.whereabouts import Onward

NARROW = 560


class _Disc(QWidget):
    """The number of the stop one is at."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look, self.number = look, ""
        side = look.icon_px(52)
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        if self.number:
            paint_number(painter, self.look, self.rect(), self.number, filled=True)
        else:
            inner = self.rect().adjusted(6, 6, -6, -6)
            paint_icon(painter, self.look, inner, icon_named("action", "next_stop"), self.look.color("lampInk"))


class NextBar(Surface):
    """Vid stopp 2 av 9, Växthusgrinden. Nästa: Stopp 3, Lekplatsen."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "surface", edge="bottom")
        self._disc = _Disc(look)
        self._low = self._short = self._asks = self._in_line = self._brief = False
        self._way: tuple[Position | None, Position | None, float] = (None, None, 0.0)
        # The number of the next stop.
        self._after = ""
        self._over, self.name = Label(look, "", "meta", "text2"), Heading(look, "", "h3")
        self._then = Label(look, "", "meta", "text2")
        # The second is for where there is no room for the bar, and lies where there is some.
        self.onward, self.aside, self._is_aside = Onward(look), Onward(look, "strong"), False
        # The way leads to the next stop: it stands at that one's name, not at the name of the one where one is.
        self.confirm = Button(look, _("Vi är här"), "map-marker", name=_("Vi är här, som läget säger"))
        self._elsewhere, self._answer = Label(look, _("Svara nedan."), "meta", "text2"), QWidget(self)
        self._answers = self._made_answers()
        self._beside, self._alone = row(self._then, self.onward, spacing=14), row(1)
        self._beside.setStretch(0, 1)
        words = column(spacing=1)
        # What a person says to the position has a line of its own where it is narrow.
        self._own_line, self._at_end = row(1), row()
        for part in (self._over, self.name, self._beside, self._own_line, self._alone):
            words.addWidget(part) if isinstance(part, QWidget) else words.addLayout(part)
        words.insertStretch(0, 1)
        words.addStretch(1)
        box = row(self._disc, held(words), spacing=14)
        box.addLayout(self._at_end)
        box.setStretch(1, 1)
        self._around = box
        self.setLayout(box)
        self.aside.setParent(self)
        self.set_low(low=False, short=False)
        self.setMinimumHeight(76)

    def _made_answers(self) -> QStackedLayout:
        """The button, or where one answers instead; the room is that of both, so that nothing moves when a notice comes
        or goes."""
        self._elsewhere.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        made = QStackedLayout(self._answer)
        for each in (self.confirm, self._elsewhere):
            made.addWidget(each)
        self._answer.hide()
        return made

    def show_round(self, things: Things, way: Round, *, is_asked: bool = False) -> None:
        """Where one is, and what comes after. `is_asked`: a notice asks just now whether one is there; that is said in
        place of what confirms it."""
        here, count = way.here, len(way.stops)
        self._disc.number = things.numbers.get(here.id, "") if here else ""
        self._disc.update()
        if here is None:
            over, name, then = _("Inga stopp än"), _("Tryck på kartan där ni vill stanna."), ""
        else:
            said = _("Enligt läget vid {n} av {count}") if way.by_position else _("Vid stopp {n} av {count}")
            said = _("På väg till stopp {n} av {count}") if way.bound else said
            over, name = said.format(n=way.place + 1, count=count), str(here.name)
            after = way.towards
            self._after = things.numbers.get(after.id, "") if after is not None else ""
            then = "" if way.bound else _("Det här är sista stoppet.")
            if after is not None and not way.bound:
                then = _("Nästa: {stop}.").format(stop=stop_title(things.numbers.get(after.id, ""), after))
        self._answers.setCurrentWidget(self._elsewhere if is_asked else self.confirm)
        self._say(over, name, then, asks=way.by_position)

    def show_over(self, when: str, facts: str) -> None:
        """That the walk is ended: when, and how it went. No stop is the next."""
        self._disc.number = ""
        self._disc.update()
        self._say(when, _("Vandringen är avslutad"), f"{facts}.")

    def _say(self, over: str, name: str, then: str, *, asks: bool = False) -> None:
        self._asks = asks
        self._answer.setVisible(asks)
        self._over.setText(over)
        self.name.setText(name)
        self._then.setText(then)
        self._settle()

    def show_way(self, here: Position | None, there: Position | None, up: float) -> None:
        """The way to the next stop, as `Onward` shows it."""
        self._way = here, there, up
        self._settle()

    @property
    def told(self) -> str:
        """All of it in words: Vid stopp 2 av 9, Växthusgrinden. Nästa: Stopp 3, Lekplatsen. 120 m österut."""
        onward = "" if self.onward.isHidden() else self.onward.accessibleName()
        at = ", ".join(each for each in (self._over.text(), self.name.text()) if each)
        return " ".join(f"{each.rstrip('.')}." for each in (at, self._then.text(), onward) if each)

    def set_low(self, *, low: bool, short: bool) -> None:
        """Where there is hardly any height (`low`) it says only where one is, and the way to the next."""
        self._low, self._short = low, short
        above = 4 if low or short else 8
        self._around.setContentsMargins(16, above, 16, above)
        self._settle()

    def set_in_line(self, on: bool) -> None:
        """Whether it is to be no higher than the name of the stop where one is."""
        if on != self._in_line:
            self._in_line = on
            self._arrange()
            self._settle()

    def set_brief(self, on: bool) -> None:
        """Whether the way to the next stop stands alone beside the number of the stop where one is."""
        if on != self._brief:
            self._brief = on
            self._settle()

    def set_aside(self, on: bool) -> None:
        """Whether the way to the next stop stands elsewhere, in place of all of this."""
        if on != self._is_aside:
            self._is_aside = on
            self._settle()

    def _settle(self) -> None:
        self.onward.show_way(*self._way)
        self.aside.say_stop(self._after)
        here, there, up = self._way
        self.aside.show_way(here if self._is_aside else None, there, up)
        asks = self._asks
        self._then.setVisible(bool(self._then.text()) and not self._low and not (asks and self._is_narrow))
        if (asks and self._low) or self._in_line:
            self.onward.hide()
        self.onward.say_stop(self._after if self._low else "")
        self.name.setHidden(self._brief and not self.onward.isHidden())
        # The number stands in the disc; and what asks is only there because of the position.
        over = not self._low if asks else not self._short or self.onward.isHidden()
        self._over.setVisible(over and not self._in_line)

    @property
    def _is_narrow(self) -> bool:
        return not self._in_line and (self._low or self.width() / self.look.scale < NARROW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the way has a line of its own."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self._is_narrow
        if (line := self._own_line if narrow else self._at_end).indexOf(self._answer) < 0:
            (self._at_end if narrow else self._own_line).removeWidget(self._answer)
            line.insertWidget(0, self._answer, 0, Qt.AlignmentFlag.AlignVCenter)
            self._settle()
        home, other = (self._alone, self._beside) if narrow else (self._beside, self._alone)
        if home.indexOf(self.onward) < 0:
            other.removeWidget(self.onward)
            home.insertWidget(0 if narrow else 1, self.onward)
        # Beside words its height stays while the position is old: the map does not jump.
        policy = self.onward.sizePolicy()
        policy.setRetainSizeWhenHidden(not (narrow or self._in_line))
        self.onward.setSizePolicy(policy)
