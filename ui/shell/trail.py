"""Where one is and how one came there, kept beside the home at each step, so that the program reopens where it was
left, also when it was killed."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.queries.find import is_here
from app.session import Session
from app.settings import load_window, save_window
from ui.widgets.desk import Place
from ui.widgets.page import Screen

LONGEST = 20
USUAL = QSize(1280, 800)
TITLE_BAR = 40
"""What the system may put over a window."""
EVERYWHERE = ("settings", "keys")
"""Pages that belong to no walk, and are opened from within one."""
PASSING = ("remove",)
"""Pages at which the program is not reopened: the walk they speak of may have gone."""


class Trail:
    """The places one came by; the last one is where one is. `pages` are those there are, `walks` the walks."""

    def __init__(self, session: Session, pages: Iterable[str], walks: Iterable[str]) -> None:
        self._session, self._home = session, session.home
        said = load_window(self._home)
        known, there = set(pages) - set(PASSING), set(walks)
        told = said.get("places")
        places = [Place.of(each) for each in told] if isinstance(told, list) else []
        self.places = [each for each in places if each.page in known and (not each.walk or each.walk in there)]
        self.places = self.places or [Place()]
        self._openers: dict[Place, str] = {}
        self._opener = ""
        size = said.get("size")
        sound = isinstance(size, list) and len(size) == 2 and all(isinstance(each, int) for each in size)
        self.size = QSize(size[0], size[1]) if sound and isinstance(size, list) else None
        """How large the window was left, or None."""

    def opening(self, room: QSize | None) -> tuple[QSize, bool]:
        """The size the window opens in where the screen has `room`, and whether that is all of it."""
        size = self.size or USUAL
        if room is None or (size.width() <= room.width() and size.height() <= room.height() - TITLE_BAR):
            return size, False
        return room, True

    @property
    def place(self) -> Place:
        """Where one is."""
        return self.places[-1]

    def go(self, place: Place) -> bool:
        """On to a place; the one before is the way back. From home there is none. Returns whether that is elsewhere."""
        if place.page in EVERYWHERE and not place.walk:
            # From there one goes on in the walk one was in.
            place = replace(place, walk=self.place.walk)
        if place == self.place:
            return False
        focus: QWidget | None = QApplication.focusWidget()
        name = focus.accessibleName() if focus is not None else ""
        openers = {each: self._openers.get(each, "") for each in self.places}
        self._openers = openers | {self.place: name}
        before = [] if place.page == "home" else [each for each in self.places if each != place]
        self.places = [*before[-LONGEST:], place]
        return True

    def swap(self, place: Place) -> bool:
        """This place instead of the last one."""
        self.places = [*self.places[:-1], place]
        return True

    def back(self) -> bool:
        """The place before; home where there is none."""
        self.places = self.places[:-1] or [Place()]
        self._opener = self._openers.get(self.place, "")
        return True

    def put_focus(self, screen: Screen) -> None:
        """On the screen's heading; where one has come back, on what led away from it."""
        if screen.heading is not None:
            screen.heading.setFocus(Qt.FocusReason.OtherFocusReason)
        name, self._opener = self._opener, ""
        if name:
            # Only when it is laid out it is known what can be seen of it.
            QTimer.singleShot(0, screen, partial(_focus_on, screen, name))

    def leave_gone(self) -> str:
        """Forget the places in walks that have left this home. Returns the walk one was in, where it is among them:
        one is at home then; else ""."""
        here = self.place.walk
        gone = {walk for walk in {each.walk for each in self.places} if walk and not is_here(self._session, walk)}
        self.places = [each for each in self.places if each.walk not in gone]
        if here not in gone:
            return ""
        self.places = [Place()]
        return here

    def keep(self, size: QSize) -> None:
        """Keep the places, and how large the window is. Raises OSError."""
        places = [each.as_data() for each in self.places if each.page not in PASSING]
        save_window(self._home, {"places": places, "size": [size.width(), size.height()]})


def _focus_on(screen: QWidget, name: str) -> None:
    opener = next((each for each in screen.findChildren(QWidget) if each.accessibleName() == name), None)
    if opener is not None and opener.isVisible():
        opener.setFocus(Qt.FocusReason.OtherFocusReason)
