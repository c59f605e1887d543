"""What a screen has at hand: the opened home, how everything looks, and the ways out of the screen.

The desk is handed to every screen and holds no state of its own. Where one is, is a `Place`: a plain value that can be
kept, so that the program reopens where it was left.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from app.base.job import Job
from app.session import Session
from app.settings import Settings
from ui.bridge.events import Bell
from ui.bridge.guide import Guide
from ui.bridge.pictures import Pictures
from ui.bridge.runner import Failure, Run, Runner
from ui.bridge.shelf import Shelf
from ui.bridge.tiles import Tiles
from ui.widgets.look import Look
from ui.widgets.notice import Notice


@dataclass(frozen=True)
class Place:
    """Where one is: a page, in which walk, at which thing, and what on that page (`part`, its own word)."""

    page: str = "home"
    walk: str = ""
    item: str = ""
    part: str = ""

    def as_data(self) -> dict[str, str]:
        """As plain data."""
        return asdict(self)

    @staticmethod
    def of(data: Any) -> "Place":
        """The place that plain data tells of; home where it tells nothing."""
        if not isinstance(data, dict) or not all(isinstance(data.get(name, ""), str) for name in asdict(Place())):
            return Place()
        return Place(**{name: data.get(name, value) for name, value in asdict(Place()).items()})


@dataclass(frozen=True, kw_only=True)
class Desk:
    """`room` is wide, middle or narrow: what the window has by width ÷ text scale; a screen is made anew when that
    changes.

    `go` opens a place, `swap` puts it in place of this one, `stay` says that the screen shown is at it from now on,
    `back` returns to the one before. `undo` takes back what this device did last in the walk. `say` shows a notice,
    `fail` an error, `work` runs a job with its progress shown in the window (named by `what`). `choose_folder` and
    `choose_files` ask a person for paths: they are here so that a test can answer. `may_leave` writes what is being
    typed and returns whether a part of the page may show something else: where something in it was not taken, that is
    said once. `set_settings` keeps settings and shows everything anew; `rebuild` shows everything anew, with the maps
    that there are."""

    session: Session
    look: Look
    room: str
    bell: Bell
    shelf: Shelf
    runner: Runner
    guide: Guide
    pictures: Pictures
    tiles: Tiles
    go: Callable[[Place], None]
    swap: Callable[[Place], None]
    stay: Callable[[Place], None]
    back: Callable[[], None]
    undo: Callable[[], None]
    say: Callable[[Notice], None]
    fail: Callable[[Failure], None]
    work: Callable[[str, Callable[[], Job[Any]]], Run]
    may_leave: Callable[[QWidget], bool]
    set_settings: Callable[[Settings], None]
    rebuild: Callable[[], None]
    choose_folder: Callable[[QWidget, str], Path | None]
    choose_files: Callable[[QWidget, str, str], list[Path]]
    choose_new_file: Callable[[QWidget, str, str, str], Path | None]

    def in_field(self) -> "Desk":
        """The same for a screen that is used while walking."""
        return replace(self, look=self.look.in_field())
