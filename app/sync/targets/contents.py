"""What lies in a zip that somebody handed over, looked through before anything of it is read.

Nothing is ever unpacked into files, so a name cannot lead anywhere; names that try to, links, and sizes that no parcel
has are refused nevertheless, in words, because whoever made such a file meant no good or has a broken program. What a
person's own computer does to a parcel is understood: the folder one level deeper, `\\` between the names, files that
the system adds, objects packed smaller, the same object twice. Whether an object is what its name says, its hash tells.
"""

import hashlib
import io
import re
import stat
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from app.base.errors import GatljusError
from app.base.files import PIECE
from app.base.words import N_, _
from app.domain.batch import MAX_UNPACKED
from app.sync.names import BLOBS, MARKER, READ_ME, ROOT, UNNAMED, is_placeholder, leads_out

MOST_DIRECTORY = 8_000_000
"""Bytes of a zip's directory that are read at all: some 50 000 objects."""
MOST_BLOB = 500_000_000
"""Bytes of a photo or of what else is large."""
MOST_RATIO, SLACK = 20, 1_000_000
"""Objects are packed already: so many times a parcel's size, and so many bytes more, they are at the most together."""

DAMAGED = "parcel-damaged"
"""The code of the error about an object whose bytes are spoilt, however often they are read."""

_JUNK = re.compile(r"(.*/)?(__MACOSX/.*|\._[^/]*|\.DS_Store|desktop\.ini|Thumbs\.db)", re.IGNORECASE | re.DOTALL)
_LEADS_OUT = re.compile(r"/|[A-Za-z]:|(.*/)?\.\.(/|$)", re.DOTALL)
_HOME = "gatljus.db"
_LOCKED = 0x1
_BROKEN = (BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OverflowError)
"""What is raised where the bytes of a zip are not those of a zip."""

_ASK_AGAIN = N_("Inget har öppnats. Be avsändaren göra ett nytt paket med Gatljus.")
_BY_HAND = N_("Packa upp det i en mapp, och synka med mappen.")
WORDS = {
    "parcel-half": (
        N_("Paketet {path} är inte helt: slutet saknas."),
        N_("Hämta det en gång till, eller be avsändaren skicka det igen eller lägga det på ett minne."),
    ),
    "parcel-no-zip": (
        N_("{path} är inget paket, fast namnet slutar på .zip."),
        N_("Välj paketet som avsändaren gjorde med Gatljus."),
    ),
    "parcel-foreign": (
        N_("I {path} finns inget från Gatljus."),
        N_("Välj en annan fil. Ett nytt paket läggs i en fil som inte finns än."),
    ),
    "parcel-is-home": (
        N_("{path} är en kopia av allt som en dator hade, inget paket med vandringar."),
        N_("Läs in kopian med restore, eller be om ett paket."),
    ),
    "parcel-leads-out": (N_("Paketet {path} innehåller namn som leder ut ur det."), _ASK_AGAIN),
    "parcel-links": (N_("Paketet {path} innehåller genvägar till andra filer."), _ASK_AGAIN),
    "parcel-bomb": (N_("Paketet {path} utger sig för att innehålla orimligt mycket."), _ASK_AGAIN),
    "parcel-doubled": (N_("I paketet {path} finns två olika filer med samma namn."), _ASK_AGAIN),
    "parcel-locked": (N_("Paketet {path} är låst med lösenord."), _BY_HAND),
    "parcel-packed-otherwise": (N_("Paketet {path} är packat på ett sätt som Gatljus inte kan läsa."), _BY_HAND),
    "parcel-unreadable": (
        N_("Paketet {path} kan inte läsas."),
        N_("Se efter att minnet sitter i och att du får läsa filen, och försök igen."),
    ),
}
"""What is wrong with a parcel as a whole, and what to do, by the error's code."""


def refused(code: str, path: Path) -> GatljusError:
    """The error with this code about the parcel at `path`."""
    text, advice = WORDS[code]
    return GatljusError(code, _(text).format(path=path), _(advice))


class _Careful(io.BufferedReader):
    """A file that does not read more at once than a zip's directory may have: a forged one fills no memory."""

    def __init__(self, path: Path) -> None:
        super().__init__(io.FileIO(path))
        self.size = self.seek(0, io.SEEK_END)
        self.seek(0)

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = self.size - self.tell() if size is None or size < 0 else size
        if wanted > MOST_DIRECTORY:
            raise BadZipFile("a directory larger than any parcel's")
        return super().read(wanted)


class Contents:
    """The zip at `path`, open. `sizes` holds the objects in it by name, `strange` the names of what is none of ours.

    Raises GatljusError where it is no parcel, or one that must not be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file, self._zip = self._opened()
        try:
            self._objects, self.strange = self._looked_through()
            self._mark = _mark(self._file, self._zip.start_dir)
        except BaseException:
            self.close()
            raise
        self.sizes = {name: info.file_size for name, info in self._objects.items()}

    @property
    def size(self) -> int:
        """The bytes of the whole file as it was opened."""
        return self._file.size

    @property
    def is_rescued(self) -> bool:
        """Whether a rescue made it, and nobody has laid anything else in it."""
        ours = [name.rpartition("/")[2] == READ_ME or f"/{UNNAMED}" in f"/{name}" for name in self.strange]
        return bool(ours) and all(ours)

    @property
    def checksums(self) -> dict[str, tuple[int, int]]:
        """Size and CRC of every object."""
        return {name: (info.file_size, info.CRC) for name, info in self._objects.items()}

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()
        self._file.close()

    def is_unchanged(self) -> bool:
        """Whether the file at the path still is what was opened: its size and its directory, which holds the name, the
        size and the CRC of all that is in it."""
        try:
            with open(self._path, "rb") as file:
                return _mark(file, self._zip.start_dir) == self._mark
        except OSError:
            return False

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of an object, piece by piece; never more than its size says. Raises GatljusError: with the code
        DAMAGED where they are, with another where they cannot be read this time."""
        try:
            with self._zip.open(self._objects[name]) as source:
                while piece := source.read(PIECE):
                    yield piece
        except OSError as error:
            raise refused("parcel-unreadable", self._path) from error
        except _BROKEN as error:
            raise GatljusError(
                DAMAGED,
                _("Filen är skadad i paketet."),
                _("Be avsändaren skicka paketet igen."),
            ) from error

    def _opened(self) -> tuple[_Careful, ZipFile]:
        try:
            file = _Careful(self._path)
        except OSError as error:
            raise refused("parcel-unreadable", self._path) from error
        try:
            return file, ZipFile(file)
        except OSError as error:
            file.close()
            raise refused("parcel-unreadable", self._path) from error
        except _BROKEN as error:
            file.seek(0)
            code = "parcel-half" if file.read(4) == b"PK\3\4" else "parcel-no-zip"
            file.close()
            raise refused(code, self._path) from error

    def _looked_through(self) -> tuple[dict[str, ZipInfo], list[str]]:
        objects: dict[str, ZipInfo] = {}
        strange: list[str] = []
        for info in self._zip.infolist():
            name = info.filename.replace("\\", "/")
            if self._is_passed_over(name, info):
                continue
            inner = _inner(name)
            if inner is None:
                strange.append(name)
            elif (twin := objects.setdefault(inner, info)) is not info:
                if (twin.CRC, twin.file_size) != (info.CRC, info.file_size):
                    raise refused("parcel-doubled", self._path)
            else:
                self._must_be_readable(inner, info)
        if not objects:
            is_home = any(name.rpartition("/")[2] == _HOME for name in strange)
            raise refused("parcel-is-home" if is_home else "parcel-foreign", self._path)
        if sum(info.file_size for info in objects.values()) > MOST_RATIO * self._file.size + SLACK:
            raise refused("parcel-bomb", self._path)
        return objects, strange

    def _is_passed_over(self, name: str, info: ZipInfo) -> bool:
        """Whether an entry is a folder, a system's own, or stands for something that is not in the parcel."""
        if _LEADS_OUT.match(name):
            raise refused("parcel-leads-out", self._path)
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise refused("parcel-links", self._path)
        empty = info.file_size == 0 and MARKER not in name
        return (
            name.endswith("/") or kind == stat.S_IFDIR or empty or bool(_JUNK.fullmatch(name) or is_placeholder(name))
        )

    def _must_be_readable(self, name: str, info: ZipInfo) -> None:
        if info.flag_bits & _LOCKED:
            raise refused("parcel-locked", self._path)
        if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise refused("parcel-packed-otherwise", self._path)
        most = MOST_BLOB if f"/{BLOBS}" in name else MAX_UNPACKED
        if info.file_size > min(most, MOST_RATIO * info.compress_size + SLACK):
            raise refused("parcel-bomb", self._path)


def _inner(name: str) -> str | None:
    """The name of an object, without the folders that the folder of ours lies in; None for what is none of ours."""
    found = re.search(rf"(?:^|/)({re.escape(ROOT)}.+)", name, re.DOTALL)
    return found[1] if found and not leads_out(found[1]) else None


def _mark(file: BinaryIO, start: int) -> tuple[int, str]:
    """The size of a file and the hash of what is in it from `start` on."""
    size = file.seek(0, io.SEEK_END)
    file.seek(start)
    return size, hashlib.sha256(file.read(MOST_DIRECTORY)).hexdigest()
