"""The bar that says at which stop one is, and which comes next."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.base.words import _
from ui.widgets.look import Look, icon_named
from ui.widgets.paint import paint_icon, paint_number
from ui.widgets.text import Heading, Label, Surface, column, held, row
from ui.widgets.things import Things, stop_title
from ui.widgets.walk_round import Round
from ui.widgets.whereabouts import Onward


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
        self._disc, self._low = _Disc(look), False
        self._over, self.name = Label(look, "", "meta", "text2"), Heading(look, "", "h3")
        self._then = Label(look, "", "meta", "text2")
        words = held(column(1, self._over, self.name, self._then, 1, spacing=1))
        self.onward = Onward(look)
        box = row(self._disc, words, self.onward, spacing=14)
        box.setStretch(1, 1)
        box.setContentsMargins(16, 8, 16, 8)
        self.setLayout(box)
        self.setMinimumHeight(76)

    def show_round(self, things: Things, way: Round) -> None:
        """Where one is, and what comes after."""
        here, count = way.here, len(way.stops)
        self._disc.number = things.numbers.get(here.id, "") if here else ""
        self._disc.update()
        if here is None:
            over, name, then = _("Inga stopp än"), _("Tryck på kartan där ni vill stanna."), ""
        else:
            over, name = _("Vid stopp {n} av {count}").format(n=way.place + 1, count=count), str(here.name)
            after = way.next
            then = _("Det här är sista stoppet.")
            if after is not None:
                then = _("Nästa: {stop}.").format(stop=stop_title(things.numbers.get(after.id, ""), after))
        self._over.setText(over)
        self.name.setText(name)
        self._then.setText(then)
        self._then.setVisible(bool(then) and not self._low)

    def set_low(self, *, low: bool) -> None:
        """Where there is hardly any height it says only where one is."""
        self._low = low
        self._then.setVisible(bool(self._then.text()) and not low)
