"""Where one can go: the destinations inside a walk follow the three meetings, before, during and after."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.base.words import N_, _
from ui.widgets.desk import Desk, Place
from ui.widgets.further import Further
from ui.widgets.look import Look, icon_named
from ui.widgets.paint import paint_box, paint_icon
from ui.widgets.tabs_bar import NavButton
from ui.widgets.text import Label, Surface, held

RAIL, NARROW_RAIL = 208, 88
SOON_MS = 400


@dataclass(frozen=True)
class Destination:
    """A page to go to. `key` is the digit of its shortcut; the digits of pages that are not built yet stay free."""

    page: str
    word: str
    icon: str
    group: str = ""
    key: str = ""
    needs_walk: bool = True


DESTINATIONS = (
    Destination("home", N_("Hem"), "home", key="0", needs_walk=False),
    Destination("plan", N_("Planera"), "plan", N_("Före"), "1"),
    Destination("ready", N_("Redo att gå"), "ready", N_("Före"), "2"),
    Destination("walk", N_("Vandra"), "walk", N_("Under"), "3"),
    Destination("review", N_("Granska"), "review", N_("Efter"), "4"),
    Destination("observations", N_("Iakttagelser"), "observations", N_("Efter"), "5"),
    Destination("photos", N_("Foton"), "photos", N_("Efter")),
    Destination("measures", N_("Åtgärder"), "measures", N_("Efter"), "6"),
    Destination("protocol", N_("Protokoll"), "protocol", N_("Efter"), "7"),
    Destination("devices", N_("Enheter"), "devices", key="9"),
    Destination("settings", N_("Inställningar"), "settings", needs_walk=False),
)

ICONS = {"photos": "image-multiple-outline"}
"""Icons that the tokens do not name."""

PARENTS = {
    "new_walk": "home",
    "fetch": "home",
    "remove": "plan",
    "information": "walk",
    "observe": "walk",
    "acute": "walk",
    "complete": "walk",
    "finish": "walk",
    "more": "walk",
    "position": "walk",
    "group": "walk",
    "observation": "observations",
    "photo": "photos",
    "placement": "photos",
    "clock": "photos",
    "measure": "measures",
    "measure_from": "measures",
}
"""The destination that a page belongs to."""

NARROW = ("review", "observations", "measures", "protocol", "more_desk")
"""Tabs of a narrow window within a walk; all else is on the page `more_desk`."""


def icon_of(destination: Destination) -> str:
    """The icon of a destination."""
    return ICONS.get(destination.page) or icon_named("nav", destination.icon)


def reachable(walk: str) -> list[Destination]:
    """The destinations there are, with a walk or without."""
    return [each for each in DESTINATIONS if walk or not each.needs_walk]


def place_of(destination: Destination, walk: str) -> Place:
    """The place a destination leads to."""
    return Place(destination.page, walk if destination.needs_walk else "")


class Sign(QWidget):
    """The sign of the program: a lamp and its light."""

    def __init__(self, look: Look, side: int = 34) -> None:
        super().__init__()
        self.look = look
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        ground = self.look.color("primary") if self.look.theme == "light" else self.look.color("raised")
        paint_box(painter, self.rect(), ground, radius=8)
        paint_icon(painter, self.look, self.rect().adjusted(5, 4, -5, -6), "post-lamp", self.look.color("lamp"))


class Left(QObject):
    """How many things of a walk are left to review, on a button that leads there. Counted a moment after what changed
    it, for it is read, not felt."""

    def __init__(self, desk: Desk, walk: str, parent: QObject) -> None:
        """`parent`: what the button lies in; with that the counting ends."""
        super().__init__(parent)
        self._desk, self._walk = desk, walk
        self._button: NavButton | None = None
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._count)
        desk.bell.rang.connect(self._soon.start)

    def show_on(self, button: NavButton) -> None:
        """Show it on this button from now on."""
        self._button = button
        self._soon.start(0)

    def _count(self) -> None:
        if self._button is None:
            return
        # The list of walks, which is the first window, has nothing to count and would wait for both.
        from ui.widgets.left_to_review import left_to_review
        from ui.widgets.things import Things

        shelf = self._desk.shelf
        left = len(left_to_review(self._desk.session, shelf, Things(shelf, self._walk)))
        word = _("Granska")
        self._button.set_badge(str(left) if left else "")
        self._button.setAccessibleName(_("{page}, {n} kvar").format(page=word, n=left) if left else word)


class Rail(Surface):
    """Destinations at the side: icon and word, or the icon over the word where there is less room."""

    def __init__(self, desk: Desk, place: Place, *, narrow: bool, low: bool = False) -> None:
        """`low`: the window is, so the destinations lie closer; a button leads to what has no room even so."""
        look = desk.look
        super().__init__(look, "sunken", edge="right")
        self._left = Left(desk, place.walk, self)
        self.setFixedWidth(_width(look, narrow=narrow))
        outer = QVBoxLayout(self)
        self._around = 4 if low else 12
        outer.setContentsMargins(0, self._around, 1, self._around)
        outer.setSpacing(0)
        self._head, self._entries = held(self._made_head(look, narrow=narrow)), Further(look, over=narrow)
        outer.addWidget(self._head)
        outer.addWidget(self._entries, 1)
        box = self._entries.box
        box.setContentsMargins(0 if narrow else 10, 0, 0 if narrow else 10, 0)
        box.setSpacing(0 if narrow and low else 2)
        here, group = PARENTS.get(place.page, place.page), ""
        for each in reachable(place.walk):
            if each.page == "devices" or (each.page == "settings" and not place.walk):
                box.addStretch(1)
            if each.group != group and each.group and not narrow and not low:
                label = Label(look, _(each.group), "meta", "text2")
                label.setContentsMargins(12, 8, 0, 0)
                box.addWidget(label)
            group = each.group
            button = NavButton(look, _(each.word), icon_of(each), over=narrow, here=each.page == here, close=low)
            button.clicked.connect(lambda _on, each=each: desk.go(place_of(each, place.walk)))
            if each.page == "review":
                self._left.show_on(button)
            self._entries.add(button, here=each.page == here)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the destinations have no room the sign gives way to them."""
        super().resizeEvent(event)
        room = self.height() - 2 * self._around - self._head.sizeHint().height()
        self._head.setVisible(self._entries.needed <= room)

    def _made_head(self, look: Look, *, narrow: bool) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(18 if not narrow else 0, 0, 0, 8)
        head.addWidget(Sign(look), 0, Qt.AlignmentFlag.AlignHCenter if narrow else Qt.AlignmentFlag.AlignLeft)
        if not narrow:
            head.addSpacing(8)
            head.addWidget(Label(look, "Gatljus", "h3"), 1)
        return head


def _width(look: Look, *, narrow: bool) -> int:
    """The widest word must fit."""
    words = QFontMetrics(look.font("meta" if narrow else "strong"))
    widest = max(words.horizontalAdvance(_(each.word)) for each in DESTINATIONS)
    least = widest + 8 if narrow else widest + look.icon_px(24) + 60
    return max(least, round((NARROW_RAIL if narrow else RAIL) * look.scale))


def narrow_tabs(place: Place) -> list[tuple[str, str, str, bool]]:
    """The tabs of a narrow window at a place."""
    here = PARENTS.get(place.page, place.page)
    known = {each.page: each for each in DESTINATIONS}
    if not place.walk:
        pages: Sequence[str] = ("home", "settings")
        return [(page, _(known[page].word), icon_of(known[page]), page == here) for page in pages]
    found = [(page, _(known[page].word), icon_of(known[page]), page == here) for page in NARROW[:-1]]
    rest = here not in NARROW[:-1]
    return [*found, ("more_desk", _("Mer"), icon_named("action", "more"), rest)]
