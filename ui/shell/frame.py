"""A screen with what is around it: rail or tabs, bar, work on its way, notices."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.shell.bars import TopBar
from ui.shell.navigation import NARROW, Left, Rail, narrow_tabs
from ui.shell.works import Works
from ui.widgets.bars import SavedChip
from ui.widgets.desk import Desk, Place
from ui.widgets.notice import Tray
from ui.widgets.page import PageScroll, Screen
from ui.widgets.practise_strip import PractiseStrip
from ui.widgets.tabs_bar import TabsBar


class Arrangement(NamedTuple):
    """What the size of the window decides: wide, middle or narrow, and whether it is very low, or low."""

    room: str
    lowest: bool
    low: bool


class Frame(QWidget):
    """Holds one screen. `bar` is None where the screen draws its own, or belongs to no walk."""

    def __init__(self, desk: Desk, screen: Screen, how: Arrangement) -> None:
        super().__init__()
        self._desk, self.shown, self.how = desk, screen, how
        self.bar = None if screen.chromeless or not screen.place.walk else self._made_bar()
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self._content = QWidget()
        self._down = QVBoxLayout(self._content)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(0)
        self._strip = PractiseStrip(desk, screen.place, low=how.lowest)
        self._down.addWidget(self._strip)
        self._strip.show_now()
        if self.bar is not None:
            self._down.addWidget(self.bar)
        # Where there is hardly any height the whole page scrolls rather than being cut.
        page = PageScroll(desk.look, screen) if how.lowest and not screen.chromeless else screen
        self._down.addWidget(page, 1)
        self._works = self._down.count()
        if not screen.chromeless:
            self._add_navigation(across, screen.place)
        across.addWidget(self._content, 1)
        self.tray = Tray(screen.look, self._content, page.notices_over)
        self.tray.undo_pressed.connect(desk.undo)
        self.tray.covers.connect(page.make_room)
        if isinstance(page, PageScroll):
            page.elsewhere.connect(self.tray.place)
        self._content.installEventFilter(self)

    def _made_bar(self) -> TopBar:
        stacked = self.how.room == "narrow" and not self.how.lowest
        desk, walk = self._desk, self.shown.place.walk
        return TopBar(
            desk.look,
            walk,
            SavedChip(desk.look, desk.runner, desk.fail),
            desk.undo,
            stacked=stacked,
            bare=self.how.lowest,
        )

    def _add_navigation(self, across: QHBoxLayout, place: Place) -> None:
        desk, room = self._desk, self.how.room
        if room == "narrow":
            tabs = TabsBar(desk.look, narrow_tabs(place), _opens(desk.go, place.walk))
            self._left = Left(desk, place.walk, self)
            if "review" in tabs.buttons:
                self._left.show_on(tabs.buttons["review"])
            self._down.addWidget(tabs)
            return
        across.addWidget(Rail(desk, place, narrow=room == "middle", low=self.how.low))

    def take(self, works: Works) -> None:
        """Show the work on its way under this screen."""
        self._down.insertWidget(self._works, works)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The tray keeps to the bottom of the content."""
        if event.type() == QEvent.Type.Resize and watched is self._content:
            self.tray.place()
        return super().eventFilter(watched, event)


def _opens(go: Callable[[Place], None], walk: str) -> Callable[[str], None]:
    return lambda page: go(Place(page, walk if page in NARROW else ""))
