"""A camera's folder or card that is kept an eye on while one walks: which photos have come there since.

What lay there when the watch began is left alone: a card holds other evenings, too. What is known is told by name and
size, never by time: a camera's clock goes wrong, and a card tells times in no zone. It is kept beside the log, so that
the watch goes on after a restart, and finds what came meanwhile.

A card that is put in again may be found under another name (`KORT1`, `F:`). By what is known to lie on it, it is told
from other cards.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from string import ascii_uppercase

from app.base.errors import BadInput, reason_of
from app.base.words import _
from app.photos.intake import Watch, photos_in
from app.session import Session
from app.settings import load_watched, save_watched

SURE = 50
"""So many of the known files are looked for on a card; where more than half of them lie there, it is the same one."""


@dataclass(frozen=True)
class Looked:
    """Photos that are whole and new, and why the folder cannot be looked into, "" where it can."""

    files: tuple[Path, ...] = ()
    gone: str = ""


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
        self._session, self._known = session, set(known)
        self._clock = clock
        self._watch, self._names = Watch(folder, clock), dict[Path, str]()

    @staticmethod
    def begin(session: Session, walk: str, folder: Path, clock: Callable[[], float] = time.monotonic) -> "FolderWatch":
        """Watch a folder from now on, instead of any other. Raises BadInput where it cannot be looked into."""
        try:
            if not folder.is_dir():
                raise FileNotFoundError(folder)
            lies = [path for path in photos_in([folder]) if path.exists()]
            known = [_called(folder, path) for path in lies]
        except OSError as error:
            text = _("Mappen {name} kan inte läsas: {reason}.").format(name=folder.name, reason=reason_of(error))
            raise BadInput("closed", text, _("Välj en annan mapp, eller sätt i kortet igen.")) from error
        made = FolderWatch(session, walk, folder, known, clock=clock)
        made._keep()
        return made

    @staticmethod
    def kept(session: Session, clock: Callable[[], float] = time.monotonic) -> "FolderWatch | None":
        """The watch that was on when the program ended, if there was one."""
        said = load_watched(session.home)
        walk, folder, known, taken = (said.get(each) for each in ("walk", "folder", "known", "taken"))
        if not (isinstance(walk, str) and isinstance(folder, str) and isinstance(known, list)):
            return None
        return FolderWatch(session, walk, Path(folder), map(str, known), taken if isinstance(taken, int) else 0, clock)

    def look(self) -> Looked:
        """What has come since. A folder that has gone, as a card that was pulled, is said and looked for anew the next
        time, also under another name. Raises nothing."""
        try:
            if not self.folder.is_dir() and not self._moved():
                return Looked(gone=_("Mappen finns inte just nu."))
            names = {path: _called(self.folder, path) for path in self._watch.look()}
        except OSError as error:
            return Looked(gone=_("Mappen kan inte läsas: {reason}.").format(reason=reason_of(error)))
        self._names |= names
        return Looked(tuple(path for path, name in names.items() if name not in self._known))

    def _moved(self) -> bool:
        """Go on where the card is now, if it is anywhere. Raises OSError."""
        for folder in _beside(self.folder):
            sought = list(islice(sorted(self._known), SURE))
            if 2 * sum(_lies(folder, each) for each in sought) > len(sought):
                self.folder, self._watch, self._names = folder, Watch(folder, self._clock), {}
                self._keep()
                return True
        return False

    def took(self, files: Iterable[Path], count: int) -> None:
        """These have been read in, `count` of them as photos. Called when that is over: where the program is killed
        before, they are found again. Raises OSError."""
        self._known |= {self._names[path] for path in files}
        self.taken += count
        self._keep()

    def end(self) -> None:
        """Watch no longer. Raises OSError."""
        save_watched(self._session.home, None)

    def _keep(self) -> None:
        said = {"walk": self.walk, "folder": str(self.folder), "known": sorted(self._known), "taken": self.taken}
        save_watched(self._session.home, said)


def _called(folder: Path, path: Path) -> str:
    return f"{path.relative_to(folder).as_posix()} {path.stat().st_size}"


def _lies(folder: Path, called: str) -> bool:
    """Whether a file that is called so lies in a folder."""
    name, _space, size = called.rpartition(" ")
    try:
        return (folder / name).stat().st_size == int(size)
    except OSError:
        return False


def _beside(folder: Path) -> Iterator[Path]:
    """A folder that is not there, on all that lies beside what is missing of its path: where a card lay, or another
    drive."""
    missing = folder
    while missing != missing.parent and not os.path.isdir(missing.parent):
        missing = missing.parent
    rest = folder.relative_to(missing)
    if missing == missing.parent:
        places = [Path(f"{letter}:\\") for letter in ascii_uppercase]
    else:
        places = sorted(missing.parent.iterdir())
    # What is closed to us is none of ours: os.path says no there, where pathlib raises.
    yield from (each / rest for each in places if os.path.isdir(each / rest))
