"""A .zip as a target: a parcel that is handed over or mailed, with the same names in it as in a folder.

A parcel is no meeting place. What is put goes into a new zip beside the old one, object by object, straight to the
disk; `write` adds what else lay in the old one, makes it durable, reads all of it back, and lets it take the old one's
place, if that still is what was read. Else `Changed` is raised, and whoever exchanges begins again with the parcel as
it is now. Until then the old one is not touched, so a run that is cut short leaves it as it was. Photos are packed
already and are stored as they are.

A working folder beside was the other way: it writes every byte twice, and leaves a tree behind when the power goes.

Whoever meets a parcel remembers nothing of it (`Unremembered`). A file that is sent away proves nothing: not that it
arrived, nor that it is still somewhere. So it is never *Kopierat till …*, and never among what must be there before a
tablet is emptied. Nor is a person asked whether a parcel that is empty, a stranger's, or older than the last one is the
right one: each is a new one, what is in it is taken in, and nothing that lies here depends on it.
"""

import glob
import os
import secrets
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from zipfile import ZipFile, ZipInfo

from app.base.errors import GatljusError, NotFound
from app.base.files import PIECE, UNFINISHED, hold, is_abandoned, sync_folder
from app.base.job import Job, Step
from app.base.words import _
from app.sync.names import checked, leads_out, matches
from app.sync.report import Problem
from app.sync.targets.contents import DAMAGED, Contents
from app.sync.targets.refusing import FAILING, GONE, NOT_WRITABLE, RESCUED, refusal, refusal_of

_NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The date that a zip wants of each file; nothing asks for it."""


class Changed(Exception):
    """Somebody else has changed the parcel since it was read. Nothing was written."""


@dataclass(frozen=True)
class Parcel:
    """A parcel as it lies there now: its path, its bytes, whether anything was written to it, and what lay in the old
    one and could not come along, being damaged."""

    label: str
    size: int
    written: bool
    left_out: tuple[Problem, ...] = ()


class ParcelTarget:
    """The zip `path`, which need not exist yet. `write` must follow what is put, and `close` everything.

    Raises GatljusError where its folder is not there, or where what lies there is no parcel.
    """

    def __init__(self, path: Path) -> None:
        self._path = path.absolute()
        if not self._path.parent.is_dir():
            raise GatljusError(
                "target-missing",
                _("Mappen {path} finns inte.").format(path=self._path.parent),
                _("Sätt i minnet, anslut till filservern eller skapa mappen, och försök igen."),
            )
        self._old = Contents(self._path) if os.path.lexists(self._path) else None
        self._gone: set[str] = set()
        self._new: _Beside | None = None
        self._refused: GatljusError | None = None

    @property
    def label(self) -> str:
        """The parcel's whole path."""
        return str(self._path)

    @property
    def here(self) -> bool:
        """A parcel is never another place than this machine, wherever it lies."""
        return True

    @property
    def is_rescued(self) -> bool:
        """Whether it is a rescued copy of a home, which is only read."""
        return bool(self._old and self._old.is_rescued)

    def list(self, prefix: str) -> dict[str, int]:
        """Names that begin with `prefix` and their sizes, what was put among them."""
        old = {name: size for name, size in self._lying().items() if name not in self._gone}
        names = old | (self._new.sizes() if self._new else {})
        return {name: size for name, size in sorted(names.items()) if name.startswith(prefix)}

    def get(self, name: str) -> bytes:
        """The bytes of an object. Raises NotFound, GatljusError where it is damaged."""
        if self._new and self._new.has(name):
            return b"".join(self._new.pieces(name))
        if self._old and self._has(name):
            return b"".join(self._old.pieces(name))
        raise NotFound("target-object", _("Filen finns inte i paketet."))

    def put_new(self, name: str, data: bytes) -> None:
        """Put a new object. Raises FileExistsError where the name exists, GatljusError where nothing can be written."""
        if self._has(checked(name)):
            raise FileExistsError(name)
        self._change(lambda new: new.add(name, [data], len(data)))

    def repair(self, name: str, data: bytes) -> None:
        """Replace an object whose bytes do not match its name; one that matches is left. Raises as `put_new`."""
        lies = self._has(checked(name))
        with suppress(GatljusError):
            if lies and matches(name, self.get(name)):
                return
        if lies:
            self.delete(name)
        self._change(lambda new: new.add(name, [data], len(data)))

    def delete(self, name: str) -> None:
        """Leave out an object. Quiet where it is not there. Raises NotFound for a name that leads out, GatljusError."""
        if leads_out(name):
            raise NotFound("target-object", _("{name} leder ut ur paketet.").format(name=repr(name)))
        if self._has(name):
            self._change(lambda new: new.leave_out(name))
            self._gone.add(name)

    def write(self) -> Job[Parcel]:
        """Make the parcel durable with all that was put. Raises Changed where somebody else changed it meanwhile, and
        GatljusError where it cannot be written; then it is what it was."""
        if self._refused:
            raise self._refused
        if self._new is None:
            return Parcel(self.label, self._old.size if self._old else 0, written=False)
        with self._refusals():
            left_out = yield from self._add_the_rest(self._new)
            self._new.end()
            yield from self._read_back(self._new)
            self._take_its_place(self._new)
            self._old, self._new, self._gone = Contents(self._path), None, set()
        return Parcel(self.label, self._old.size, written=True, left_out=left_out)

    def close(self) -> None:
        """Let go of the parcel; what was put and not written is dropped."""
        if self._new:
            self._new.drop()
            self._new = None
        if self._old:
            self._old.close()

    def _lying(self) -> dict[str, int]:
        return self._old.sizes if self._old else {}

    def _has(self, name: str) -> bool:
        return bool(self._new and self._new.has(name)) or (name in self._lying() and name not in self._gone)

    def _change(self, change: Callable[["_Beside"], None]) -> None:
        """Change the zip beside. After one refusal nothing more is put: half of it would be written else."""
        if self._refused:
            raise self._refused
        with self._refusals():
            if self._new is None:
                self._new = self._begun()
            change(self._new)

    def _begun(self) -> "_Beside":
        if self.is_rescued:
            raise GatljusError(
                RESCUED,
                _("Paketet {path} är en räddad kopia och ändras inte.").format(path=self.label),
                _("Det som låg i det har tagits emot. Lägg det som är nytt här i ett nytt paket."),
            )
        if self._old and self._old.strange:
            raise self._nothing_put(_("Där ligger också annat, som {name}.").format(name=self._old.strange[0]))
        # Whoever may do everything may replace it nevertheless, and should not.
        if self._old and not self._path.stat().st_mode & 0o222:
            raise self._nothing_put(_("Filen är skrivskyddad."))
        return _Beside(self._path)

    def _nothing_put(self, why: str) -> GatljusError:
        text = _("Inget kunde läggas i paketet {path}.").format(path=self.label)
        advice = _("Det som låg i det har tagits emot. Lägg det som är nytt här i ett nytt paket.")
        return GatljusError(NOT_WRITABLE, f"{text} {why}", advice)

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self._refuse(self._meaning_of(error), error)
        except GatljusError as error:
            self._refuse(error, None)

    def _meaning_of(self, error: OSError) -> GatljusError:
        folder = self._path.parent
        if not folder.is_dir():
            return refusal(GONE, str(folder))
        told = refusal_of(error, str(folder))
        if told is not None and told.code == NOT_WRITABLE and self._old:
            return self._nothing_put(_("Det går inte att skriva i mappen där det ligger."))
        if told is not None and told.code != FAILING:
            return told
        return GatljusError(
            "parcel-unwritten",
            _("Paketet {path} kunde inte skrivas.").format(path=self.label),
            _("Inget har ändrats där. Försök igen, eller lägg paketet i en annan mapp."),
        )

    def _refuse(self, told: GatljusError, cause: OSError | None) -> None:
        self._refused = told
        if self._new:
            self._new.drop()
            self._new = None
        raise told from cause

    def _add_the_rest(self, new: "_Beside") -> Job[tuple[Problem, ...]]:
        """Add what lay in the old one. Returns what is damaged there and was left out. Raises GatljusError where
        something cannot be read this time: it may be another's only copy."""
        left_out = []
        rest = [name for name in self._lying() if name not in self._gone and not new.has(name)]
        for done, name in enumerate(rest):
            yield Step(_("Skriver paketet."), done, len(rest))
            assert self._old is not None
            try:
                new.add(name, self._old.pieces(name), self._old.sizes[name])
            except GatljusError as error:
                if error.code != DAMAGED:
                    raise
                # It is put again by whoever has it.
                new.leave_out(name)
                left_out.append(Problem(name, str(error)))
        return tuple(left_out)

    def _read_back(self, new: "_Beside") -> Job[None]:
        written = Contents(new.path)
        try:
            names = written.checksums
            for done, name in enumerate(names):
                yield Step(_("Läser tillbaka paketet."), done, len(names))
                deque(written.pieces(name), maxlen=0)
            if names != new.checksums():
                raise OSError
        finally:
            written.close()

    def _take_its_place(self, new: "_Beside") -> None:
        if self._old:
            same = self._old.is_unchanged()
            self._old.close()
        else:
            same = not os.path.lexists(self._path)
        if not same:
            raise Changed
        # Windows replaces no file that is open, nor puts one in its place.
        new.let_go()
        os.replace(new.path, self._path)
        sync_folder(self._path.parent)


def _sweep(final: Path) -> None:
    """Remove what lies beside a parcel from when a process ended while it wrote: it may be a gigabyte."""
    for each in final.parent.glob(f".{glob.escape(final.name)}.*{UNFINISHED}"):
        if is_abandoned(each):
            with suppress(OSError):
                each.unlink()


class _Beside:
    """A zip being written beside the one whose place it is to take."""

    def __init__(self, final: Path) -> None:
        self._final = final
        self.path = final.with_name(f".{final.name}.{secrets.token_hex(4)}{UNFINISHED}")
        _sweep(final)
        self._file: BinaryIO = self.path.open("x+b")
        hold(self._file)
        self._zip = ZipFile(self._file, "w")
        self._has_dead_bytes = False

    def has(self, name: str) -> bool:
        """Whether an object is in it."""
        return name in self._zip.NameToInfo

    def sizes(self) -> dict[str, int]:
        """Name and size of every object."""
        return {name: size for name, (size, _crc) in self.checksums().items()}

    def checksums(self) -> dict[str, tuple[int, int]]:
        """Size and CRC of every object."""
        return {info.filename: (info.file_size, info.CRC) for info in self._zip.infolist()}

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of an object, piece by piece."""
        with self._zip.open(name) as source:
            while piece := source.read(PIECE):
                yield piece

    def add(self, name: str, pieces: Iterable[bytes], size: int) -> None:
        """Add an object of so many bytes. Raises OSError, and what reading the pieces raises: then it must be left
        out."""
        info = ZipInfo(name, _NO_TIME)
        info.file_size = size
        with self._zip.open(info, "w") as out:
            for piece in pieces:
                out.write(piece)

    def leave_out(self, name: str) -> None:
        """Take an object out, if it is in."""
        info = self._zip.NameToInfo.pop(name, None)
        if info:
            self._zip.filelist.remove(info)
            self._has_dead_bytes = True

    def end(self) -> None:
        """Make it durable. Nothing that was left out is in the file."""
        if self._has_dead_bytes:
            self._begin_anew()
        self._zip.close()
        self._file.flush()
        os.fsync(self._file.fileno())

    def let_go(self) -> None:
        """It is about to take its place."""
        self._file.close()

    def drop(self) -> None:
        """Remove the file. What cannot be removed must not hide what went wrong."""
        # Else the zip would try to write its directory.
        self._zip.fp = None
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            self.path.unlink(missing_ok=True)

    def _begin_anew(self) -> None:
        fresh = _Beside(self._final)
        try:
            for name, size in self.sizes().items():
                fresh.add(name, self.pieces(name), size)
        except BaseException:
            fresh.drop()
            raise
        self.drop()
        self.path, self._file, self._zip = fresh.path, fresh._file, fresh._zip
