"""What the screens of the field have in common: a strip with clock, saved state and undo, and tabs at the bottom."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from app.base.errors import GatljusError
from app.base.words import _
from app.domain.values import Position
from ui.widgets.bars import SavedChip, UndoButton
from ui.widgets.button import WIDEST
from ui.widgets.desk import Desk, Place
from ui.widgets.look import Look, icon_named
from ui.widgets.page import WIDE, Screen
from ui.widgets.tabs_bar import TabsBar
from ui.widgets.text import Label, Surface, row
from ui.widgets.things import Things
from ui.widgets.whereabouts import Onward, PositionSign, Walked
from ui.widgets.words import clock_words

CLOCK_EACH_MS = 10_000
LARGE = 1.5
"""From this text size on the strip has no room for what can wait."""
STRIP = 56
SIDES, GAP = 16, 12
LIST, MAP = "list", "map:"
BESIDE, LOW, VERY_LOW = 900, 560, 400
"""From this effective width on, or under this effective height, a wide window has map and panel side by side; under
`VERY_LOW`, with large text, the list may have no room in the panel as long as one looks at the map."""
GLOVES = 48
"""With gloves all that is pressed is higher: as if there were so much less effective height."""
PANEL, SMALL_PANEL = 380, 320


def lies_beside(width: int, height: int, look: Look) -> bool:
    """Whether in a window of a size what is said and done lies beside the walk's map, not under it."""
    return width > height and (width / look.scale >= BESIDE or effective_height(height, look) < LOW)


def has_both(width: int, height: int, look: Look) -> bool:
    """Whether a window of a size always has room for map and list of the walk at once."""
    cramped = look.scale >= LARGE and effective_height(height, look) < VERY_LOW
    return lies_beside(width, height, look) and not cramped


def panel_of(width: int, look: Look, tabs: int) -> tuple[int, bool]:
    """How wide what lies beside the walk's map is in a window of a width, and whether tabs that need so much lie in it:
    else they lie across the window."""
    across = look.scale >= LARGE or tabs > width // 2
    wanted = round((PANEL if width / look.scale >= WIDE else SMALL_PANEL) * look.scale)
    return min(max(wanted, 0 if across else tabs), width // 2), not across


def effective_height(height: int, look: Look) -> float:
    """Height ÷ text scale, less what gloves ask for."""
    return height / look.scale - (GLOVES if look.gloves else 0)


class Strip(Surface):
    """The time by the walk's clock, where one is, how far one has walked, how far the newest change has come, undo."""

    def __init__(self, desk: Desk, walk: str) -> None:
        look = desk.look
        super().__init__(look, "surface", edge="bottom")
        self._desk, self._walk = desk, walk
        self.clock = Label(look, "", "strong")
        self.clock.setWordWrap(False)
        self.chip, self.undo = SavedChip(look, desk.runner, desk.fail), UndoButton(look)
        self.undo.clicked.connect(lambda _on: desk.undo())
        self.position = PositionSign(desk, walk, self)
        self._walked = Walked(desk, walk, self) if look.scale < LARGE else None
        self._grid, self._below = QGridLayout(self), QHBoxLayout()
        self._lay_out()
        self._under: bool | None = None
        self._onward: Onward | None = None
        self._arrange()
        self.setMinimumHeight(STRIP)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._tick = QTimer(self, interval=CLOCK_EACH_MS)
        self._tick.timeout.connect(self._show_clock)
        self._tick.start()
        self._show_clock()

    def _lay_out(self) -> None:
        grid = self._grid
        grid.setContentsMargins(SIDES, 4, SIDES, 4)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(3, 1)
        grid.addWidget(self.clock, 0, 0)
        if self._walked is not None:
            grid.addWidget(self._walked, 0, 2)
        grid.addWidget(self.chip, 0, 4, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self.undo, 0, 5)
        # A row of its own: what stands there goes by no column of what is above.
        self._below.setSpacing(GAP)
        self._below.addStretch(1)
        grid.addLayout(self._below, 1, 0, 1, 6)

    def take(self, onward: Onward) -> None:
        """Hold the way to the next stop too, for where nothing else has room for it."""
        if onward is not self._onward:
            self._onward = onward
            self._under = None
            self._arrange()

    def _arrange(self) -> None:
        """Where one is stands under the rest, where all that may be said of it has no room beside."""
        told = [each.widest + GAP for each in (self.position, self._walked, self._onward) if each is not None]
        others = [each.minimumSizeHint().width() + GAP for each in (self.clock, self.chip, self.undo)]
        under = sum((*told, *others)) + 2 * SIDES > self.width()
        if under != self._under:
            self._under = under
            for each in (self.position, self._onward):
                if each is not None:
                    self._put(each, under=under)

    def _put(self, each: QWidget, *, under: bool) -> None:
        """Where one is at the left, the way to the next stop at the right."""
        first = each is self.position
        (self._below if self._below.indexOf(each) >= 0 else self._grid).removeWidget(each)
        if under:
            self._below.insertWidget(0 if first else -1, each)
        else:
            side = Qt.AlignmentFlag.AlignLeft if first else Qt.AlignmentFlag.AlignRight
            self._grid.addWidget(each, 0, 1 if first else 3, side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may ask for another arrangement."""
        super().resizeEvent(event)
        self._arrange()

    def _show_clock(self) -> None:
        walk = self._desk.shelf.walk(self._walk)
        now = clock_words(self._desk.session.clock(), walk.zone if walk else None)
        if now != self.clock.text():
            self.clock.setText(now)
            self.clock.setAccessibleName(_("Klockan är {time}").format(time=now))

    def show_state(self) -> None:
        """How far the newest change has come, and what can be taken back."""
        self.chip.show_state(self._desk.session, self._walk)
        self.undo.show_state(self._desk.session, self._walk)


@dataclass(frozen=True)
class Looking:
    """How one looks at the walk, as a place's `part` says: `list`, `map:60.1717,24.9443,16.5`."""

    as_list: bool = False
    at: Position | None = None
    zoom: float = 0.0

    @staticmethod
    def of(part: str) -> "Looking":
        """What a part says; what it does not say is left out."""
        words = part.split()
        seen = next((each[len(MAP) :].split(",") for each in words if each.startswith(MAP)), [])
        try:
            lat, lon, zoom = (float(each) for each in seen)
            return Looking(LIST in words, Position(lat, lon), zoom)
        except (ValueError, GatljusError):
            return Looking(LIST in words)

    def __str__(self) -> str:
        seen = f"{MAP}{self.at.lat:.6f},{self.at.lon:.6f},{self.zoom:.2f}" if self.at else ""
        return " ".join(each for each in (LIST if self.as_list else "", seen) if each)


class FieldTabs(TabsBar):
    """Karta, Lista, Komplettera, Enheter, Mer. Where the map is goes along in the places they lead to.
    `open_here(page)` is asked first; it says whether that is on the page one is at. One tab leads to map and list where
    they are side by side."""

    def __init__(self, desk: Desk, place: Place, open_here: Callable[[str], bool]) -> None:
        self._desk, self._open_here = desk, open_here
        self.place = place
        self.here = LIST if place.page == "walk" and Looking.of(place.part).as_list else place.page
        words = (
            ("walk", _("Karta"), icon_named("action", "map")),
            (LIST, _("Lista"), icon_named("action", "list")),
            ("complete", _("Komplettera"), icon_named("action", "complete")),
            ("devices", _("Enheter"), icon_named("action", "devices")),
            ("more", _("Mer"), icon_named("action", "more")),
        )
        super().__init__(desk.look, [(page, word, icon, page == self.here) for page, word, icon in words], self.open)

    def fit(self, width: int, height: int) -> None:
        """Suit a screen of this size."""
        both = has_both(width, height, self._desk.look)
        if self.buttons[LIST].isHidden() != both:
            self.buttons[LIST].setVisible(not both)
            self.show_here(self.here)

    def open(self, page: str) -> None:
        """Go where a tab leads."""
        self.show_here(self.here)
        if self._open_here(page):
            return
        walk = self.place.walk
        looking = replace(Looking.of(self.place.part), as_list=page == LIST)
        if page == "devices":
            self._desk.go(Place("devices", walk))
        else:
            self._desk.go(Place("walk" if page == LIST else page, walk, part=str(looking)))

    def show_here(self, page: str) -> None:
        """Where one is."""
        self.here = page
        shown = "walk" if page == LIST and self.buttons[LIST].isHidden() else page
        for key, button in self.buttons.items():
            button.setChecked(key == shown)

    def show_left(self) -> None:
        """How many observations lack something."""
        things = Things(self._desk.shelf, self.place.walk)
        left = len(things.incomplete)
        button = self.buttons["complete"]
        button.set_badge(str(left) if left else "")
        name = _("Komplettera, {n} kvar").format(n=left) if left else _("Komplettera")
        button.setAccessibleName(name)


class FieldScreen(Screen):
    """A screen that fills the window while walking. `body` lies between strip and tabs."""

    chromeless = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk.in_field(), place)
        self.look: Look = self.desk.look
        self.strip = Strip(self.desk, place.walk)
        self.tabs = FieldTabs(self.desk, place, self.opens)
        self._is_stacked = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size may have room for map and list side by side."""
        self.tabs.fit(self.width(), self.height())
        if self._is_stacked:
            self._place_tabs()
        super().resizeEvent(event)

    def _place_tabs(self) -> None:
        """A tab is where it is beside the map, too: whoever has found one there finds it here."""
        panel, holds = panel_of(self.width(), self.look, self.tabs.needed)
        beside = holds and lies_beside(self.width(), self.height(), self.look)
        self.tabs.setMaximumWidth(panel - 1 if beside else WIDEST)

    def obey(self, acts: Mapping[str, Callable[[], object]]) -> None:
        """Do what single letters ask, unless they are switched off."""
        for key, act in acts.items() if self.desk.session.settings.letters else ():
            # What is held would begin and end, pause and go on, in turns; only the map comes nearer and nearer.
            repeats, whole = key in "+-", Qt.ShortcutContext.WindowShortcut
            QShortcut(QKeySequence(key), self, context=whole, autoRepeat=repeats).activated.connect(act)

    def opens(self, _tab: str) -> bool:
        """Go to a tab that is a part of this screen. Returns whether it is."""
        return False

    def show_state(self) -> None:
        """Show receipts and what can be undone."""
        self.strip.show_state()

    def stacked(self, body: QWidget, *foot: QWidget) -> None:
        """Strip, body, foot, tabs, under each other."""
        self.box.addWidget(self.strip)
        self.box.addWidget(body, 1)
        self._is_stacked, tabs = True, row(self.tabs, spacing=0)
        tabs.insertStretch(1 if self.look.left_handed else 0)
        tabs.setStretch(tabs.indexOf(self.tabs), 1000)
        line = Surface(self.look, "sunken", edge="top")
        line.setLayout(tabs)
        for each in (*foot, line):
            self.box.addWidget(each)
