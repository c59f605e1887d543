"""A camera's folder or card that is kept an eye on while one walks: which photos have come there since.

What lay there when the watch began is left alone: a card holds other evenings, too. What is known is told by name and
size, never by time: a camera's clock goes wrong, and a card tells times in no zone. It is kept beside the log, so that
the watch goes on after a restart, and finds what came meanwhile.

A card that is put in again may be found under another name (`KORT1`, `F:`), and another card under the same one. By
what is known to lie on it one is told from the other: more than half of that, or nothing at all.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from string import ascii_uppercase

from app.base.errors import BadInput, reason_of
from app.base.words import _
from app.photos.intake import Watch, photos_in
from app.session import Session
from app.settings import load_watched, save_watched


@dataclass(frozen=True)
class Looked:
    """Photos that are whole and new, and why nothing can be looked for, "" where it can: the folder is not there, or
    (`other`) another card is in its place. `moved`: the card is found under another name, since this look."""

    files: tuple[Path, ...] = ()
    gone: str = ""
    other: bool = False
    moved: bool = False


class FolderWatch:
    """The watch over one folder, for one walk. `taken`: how many photos have come by it."""

    def __init__(
        self,
        session: Session,
        walk: str,
        folder: Path,
        known: Iterable[str],
        taken: int = 0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.walk, self.folder, self.taken = walk, folder, taken
        self._session, self._known, self._first = session, set(known), folder
        self._away = False
        self._clock = clock
        self._watch, self._names = Watch(folder, clock), dict[Path, str]()

    @property
    def knows(self) -> bool:
        """Whether photos lay there before, or have come by it."""
        return bool(self._known)

    @staticmethod
    def begin(session: Session, walk: str, folder: Path, clock: Callable[[], float] = time.monotonic) -> "FolderWatch":
        """Watch a folder from now on; the next start goes on with it once it is kept (`keep`). Raises BadInput where it
        cannot be looked into."""
        try:
            if not folder.is_dir():
                raise FileNotFoundError(folder)
            known = _names_in(folder)
        except OSError as error:
            text = _("Mappen {name} kan inte läsas: {reason}.").format(name=folder.name, reason=reason_of(error))
            raise BadInput("closed", text, _("Välj en annan mapp, eller sätt i kortet igen.")) from error
        return FolderWatch(session, walk, folder, known, clock=clock)

    @staticmethod
    def kept(session: Session, clock: Callable[[], float] = time.monotonic) -> "FolderWatch | None":
        """The watch that was on when the program ended, if there was one."""
        said = load_watched(session.home)
        walk, folder, known, taken = (said.get(each) for each in ("walk", "folder", "known", "taken"))
        if not (isinstance(walk, str) and isinstance(folder, str) and isinstance(known, list)):
            return None
        taken = taken if isinstance(taken, int) else 0
        watch = FolderWatch(session, walk, Path(folder), map(str, known), taken, clock)
        watch._away = True
        return watch

    def look(self) -> Looked:
        """What has come since. A folder that has gone, as a card that was pulled, is said and looked for anew the next
        time, also under another name. Raises nothing."""
        try:
            moved = self._find()
            if not self.folder.is_dir():
                self._away = True
                return Looked(gone=_("Mappen finns inte just nu."))
            if self._away and not self._is_same(self.folder):
                return Looked(gone=_("Ett annat kort sitter i."), other=True)
            self._away = False
            names = {path: _called(self.folder, path) for path in self._watch.look()}
        except OSError as error:
            self._away = True
            return Looked(gone=_("Mappen kan inte läsas: {reason}.").format(reason=reason_of(error)))
        self._names |= names
        return Looked(tuple(path for path, name in names.items() if name not in self._known), moved=moved)

    def _find(self) -> bool:
        """Go on where the card is now; where it was at first, before any other place. Returns whether that is another
        place than before. Raises OSError."""
        if self.folder != self._first and self._first.is_dir() and self._is_sure(self._first):
            return self._go_to(self._first)
        if not _is_bare(self.folder):
            return False
        # Where a card lay an empty folder may be left.
        found = next((each for each in _beside(self.folder) if self._is_sure(each)), None)
        return found is not None and self._go_to(found)

    def _go_to(self, folder: Path) -> bool:
        self.folder, self._watch, self._names = folder, Watch(folder, self._clock), {}
        return True

    def _is_sure(self, folder: Path) -> bool:
        """Whether more than half of what is known lies there."""
        return 2 * len(self._known & _names_in(folder)) > len(self._known)

    def _is_same(self, folder: Path) -> bool:
        """Whether nothing says that this is another card: one that was emptied has nothing on it."""
        return not self._known or not _names_in(folder) or self._is_sure(folder)

    def took(self, files: Iterable[Path], count: int) -> None:
        """These have been read in, `count` of them as photos. What went away meanwhile is handed on when it is back.
        Called when that is over: where the program is killed before, they are found again. Raises OSError."""
        here = [path for path in files if os.path.exists(path)]
        self.missed(files)
        self._known |= {self._names[path] for path in here if path in self._names}
        self.taken += count
        self.keep()

    def missed(self, files: Iterable[Path]) -> None:
        """Reading these in has failed: those that went away are handed on when they are back."""
        self._watch.forget([path for path in files if not os.path.exists(path)])

    def end(self) -> None:
        """Watch no longer. Raises OSError."""
        save_watched(self._session.home, None)

    def keep(self) -> None:
        """Have it gone on with at the next start. Raises OSError."""
        said = {"walk": self.walk, "folder": str(self.folder), "known": sorted(self._known), "taken": self.taken}
        save_watched(self._session.home, said)


def _called(folder: Path, path: Path) -> str:
    return f"{path.relative_to(folder).as_posix()} {path.stat().st_size}"


def _names_in(folder: Path) -> set[str]:
    return {_called(folder, path) for path in photos_in([folder]) if os.path.exists(path)}


def _is_bare(folder: Path) -> bool:
    """Whether no photo lies there; also where it is missing, or closed."""
    try:
        return not folder.is_dir() or next(photos_in([folder]), None) is None
    except OSError:
        return True


def _beside(folder: Path) -> Iterator[Path]:
    """The same folder on all cards and drives that are in where that of its path is, or was. A folder on the same disk
    is a copy, and no card."""
    for part in (folder, *folder.parents):
        rest = folder.relative_to(part)
        # What is closed to us is none of ours: os.path says no there, where pathlib raises.
        yield from (each / rest for each in _side_by_side(part) if os.path.ismount(each) and os.path.isdir(each / rest))


def _side_by_side(part: Path) -> list[Path]:
    if part == part.parent:
        return [Path(f"{letter}:\\") for letter in ascii_uppercase]
    try:
        return sorted(part.parent.iterdir())
    except OSError:
        return []
