"""A folder as a target: on a stick, on a file server, or one that a cloud program syncs.

Files are written beside and renamed, so a file under its final name is whole. Nothing outside `gatljus1/` is listed or
touched, links are not followed, and a folder that does not exist is made at the first write, if the one above it does
and is no place where media are mounted: there a folder that is missing is a stick that is not in. A folder that was
there and is not any more, or lies on another disk than before, is a stick that was pulled out: nothing is written.
"""

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from app.base.errors import GatljusError, NotFound
from app.base.files import sync_folder, write_atomically
from app.base.words import _
from app.domain.ports import NotArrived
from app.sync.names import ROOT, checked, leads_out, matches
from app.sync.targets.refusing import FAILING, GONE, refusal, refusal_of

_UNFINISHED = ".part"

BUSY_S = 0.2
"""Seconds before an object that another program has open is tried once more."""

MEDIA = tuple(map(Path, ("/media", "/run/media", "/mnt", "/Volumes")))
"""Where sticks and file servers come in sight, each as a folder of its own or below one of a user."""


_CLOUD_ERRORS = range(358, 435)
"""Numbers by which Windows says that a cloud program does not bring the bytes of a file."""
_IN_THE_CLOUD = 0x1000 | 0x40000 | 0x400000
"""Attributes of a file on Windows whose bytes a cloud program brings when it is opened or read."""


def _is_away(path: Path, error: OSError) -> bool:
    """Whether a file could not be read because a cloud program has its bytes elsewhere. Windows says so by number or by
    the file's attributes; macOS says that waiting for the program would never end."""
    if getattr(error, "winerror", None) in _CLOUD_ERRORS or error.errno == errno.EDEADLK:
        return True
    return bool(getattr(os.stat(path), "st_file_attributes", 0) & _IN_THE_CLOUD)


def _is_busy(path: Path, error: OSError) -> bool:
    """Whether this object alone is refused, as Windows does with one that another program has open: where nothing may
    be written there is neither an object to change nor a new file to rename."""
    return isinstance(error, PermissionError) and (error.filename2 is not None or path.exists())


def holds_media(folder: Path, media: Sequence[Path] = MEDIA) -> bool:
    """Whether what is missing in `folder` is a medium that is not in: `folder` is one of `media` or a user's folder
    there. A medium itself, which is mounted, is not; on Windows the root of a drive is."""
    if sys.platform == "win32":
        return folder == Path(folder.anchor)
    ways = {folder, folder.resolve()}
    return any(way in media or (way.parent in media and not os.path.ismount(way)) for way in ways)


class FolderTarget:
    """The folder `folder`. `home` is this home's folder: a target on the same disk is lost with the machine. `media`
    are the folders where media are mounted.

    Raises GatljusError where neither the folder nor the one above it is there, or the one above is such a place.
    """

    def __init__(self, folder: Path, home: Path | None = None, media: Sequence[Path] = MEDIA) -> None:
        self._folder = folder.absolute()
        if self._folder.is_file():
            raise GatljusError(
                "target-missing", _("{path} är en fil, ingen mapp.").format(path=folder), _("Välj en mapp.")
            )
        above = self._folder.parent
        if not self._folder.is_dir() and (self._folder.exists() or not above.is_dir() or holds_media(above, media)):
            raise GatljusError(
                "target-missing",
                _("Mappen {path} finns inte.").format(path=folder),
                _("Sätt i minnet, anslut till filservern eller skapa mappen, och synka igen."),
            )
        # A stick that is pulled out takes its folder along; it must not be made anew on the disk below.
        self._may_make = not self._folder.is_dir()
        nearest = self._folder.parent if self._may_make else self._folder
        self._device = os.stat(nearest).st_dev
        self._here = home is not None and self._device == os.stat(home).st_dev

    @property
    def label(self) -> str:
        """The folder's whole path."""
        return str(self._folder)

    @property
    def here(self) -> bool:
        """Whether the folder lies on the same disk as the home."""
        return self._here

    def list(self, prefix: str) -> dict[str, int]:
        """Names that begin with `prefix` and their sizes. Raises GatljusError where the folder cannot be read, or is
        gone."""
        self._must_be_there()
        try:
            return {name: size for name, size in self._under(ROOT, prefix) if name.startswith(prefix)}
        except OSError as error:
            raise GatljusError(
                "target-unreadable",
                _("Mappen {path} kan inte läsas.").format(path=self.label),
                _("Se efter att minnet sitter i och att du får läsa i mappen, och synka igen."),
            ) from error

    def _under(self, folder: str, prefix: str) -> Iterator[tuple[str, int]]:
        path = self._folder / folder
        if not path.is_dir():
            return
        with os.scandir(path) as entries:
            for entry in sorted(entries, key=lambda each: each.name):
                name = folder + entry.name
                if entry.is_dir(follow_symlinks=False):
                    below = name + "/"
                    if below.startswith(prefix) or prefix.startswith(below):
                        yield from self._under(below, prefix)
                elif entry.is_file(follow_symlinks=False) and not entry.name.endswith(_UNFINISHED):
                    # Its own device removes an announcement that is superseded, also while this is read.
                    with suppress(FileNotFoundError):
                        yield name, entry.stat().st_size

    def get(self, name: str) -> bytes:
        """The bytes of an object. Raises NotFound, NotArrived, GatljusError where the folder is gone, OSError."""
        path = self._path(name)
        try:
            return path.read_bytes()
        except FileNotFoundError as error:
            self._must_be_there()
            raise NotFound("target-object", _("Filen finns inte där längre.")) from error
        except OSError as error:
            self._must_be_there()
            if error.errno == errno.EIO:
                raise refusal(FAILING, self.label) from error
            if _is_away(path, error):
                raise NotArrived("target-object", _("Filen finns i molnet men inte här än.")) from error
            raise

    def put_new(self, name: str, data: bytes) -> None:
        """Write a new object whole or not at all. Raises FileExistsError where the name exists, GatljusError where the
        folder is full, gone or may not be written, OSError."""
        path = self._path(checked(name))
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        self._write(path, data)

    def repair(self, name: str, data: bytes) -> None:
        """Replace an object whose bytes do not match its name; one that matches is left. Raises as `put_new`."""
        path = self._path(checked(name))
        if path.exists() and matches(name, path.read_bytes()):
            return
        self._write(path, data)

    def delete(self, name: str) -> None:
        """Remove an object. Quiet where it is not there. Raises GatljusError, OSError."""
        path = self._path(name)
        self._must_be_there()
        self._change(path, lambda: path.unlink(missing_ok=True))
        if path.parent.is_dir():
            sync_folder(path.parent)

    def _is_gone(self) -> bool:
        nearest = self._folder.parent if self._may_make and not self._folder.is_dir() else self._folder
        try:
            return os.stat(nearest).st_dev != self._device
        except OSError:
            return True

    def _must_be_there(self) -> None:
        if self._is_gone():
            raise refusal(GONE, self.label)

    def _write(self, path: Path, data: bytes) -> None:
        self._must_be_there()
        with self._refusals(path):
            self._make(path.parent)
        self._change(path, lambda: write_atomically(path, data))

    def _change(self, path: Path, change: Callable[[], None]) -> None:
        """Change an object; once more where it is busy."""
        with self._refusals(path):
            try:
                change()
            except PermissionError as error:
                if not _is_busy(path, error):
                    raise
                time.sleep(BUSY_S)
                change()

    def _make(self, folder: Path) -> None:
        if folder.is_dir():
            return
        if folder == self._folder:
            if not self._may_make:
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))
        else:
            self._make(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)
        self._may_make = self._may_make and folder != self._folder

    def _path(self, name: str) -> Path:
        """The file of an object. Raises NotFound for a name that leads out of the target."""
        path = self._folder.joinpath(*name.split("/"))
        if leads_out(name) or not path.parent.resolve().is_relative_to(self._folder.resolve()) or path.is_symlink():
            raise NotFound("target-object", _("{name} leder ut ur mappen.").format(name=repr(name)))
        return path

    @contextmanager
    def _refusals(self, path: Path) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self._must_be_there()
            told = None if _is_busy(path, error) else refusal_of(error, self.label)
            if told is None:
                raise
            raise told from error
