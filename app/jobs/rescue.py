"""Everything that can still be read of a home that may be damaged, as a ZIP that any other home takes in by a sync.

    LÄS MIG.txt                               what was saved and what could not be
    gatljus1/target-<random>                  the layout of a meeting place
    gatljus1/<walk>/about|changes|blobs
    unnamed/<sha256>                          photos that nothing readable names
    unnamed/<note>.aac, .json                 voice notes that were not taken in yet

The home is only read. Personal blobs are never along; they are JSON, so of what nothing names all that begins so is
left where it is.
"""

import secrets
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.base.clock import Clock, iso, utc_now
from app.base.errors import BadInput, GatljusError, reason_of
from app.base.files import written_whole
from app.base.job import Job, Step
from app.base.words import _, ngettext
from app.domain.record import is_hash
from app.domain.stamp import Chance
from app.jobs.backup import files_of
from app.jobs.losses import doubted, listed, readable
from app.settings import SPOKEN
from app.storage.blobs import read_whole
from app.storage.salvage import Saved, salvage, saved
from app.storage.weighing import weigh
from app.sync.about import about
from app.sync.names import BLOBS, CHANGES, MARKER, READ_ME, UNNAMED, folder_of


@dataclass
class Rescued:
    """What was saved to `file`: `walks`, photos and other `blobs`, blobs `unnamed` by anything, notes
    `spoken` and not taken in. What was not: `broken`
    batches, `spoilt` changes, `unread` parts of the database, writes that are not whole (`partial`, and the `texts` in
    them), what stands in several ways (`doubts`), `damaged` and `missing` blobs."""

    file: Path
    walks: list[Saved] = field(default_factory=list)
    blobs: int = 0
    unnamed: int = 0
    spoken: int = 0
    broken: list[str] = field(default_factory=list)
    spoilt: int = 0
    unread: int = 0
    partial: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def changes(self) -> int:
        """How many changes were saved."""
        return sum(each.changes for each in self.walks)

    @property
    def gaps(self) -> int:
        """How many writes are lacking in the rows of the devices."""
        return sum(each.gaps for each in self.walks)

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found to be lost."""
        lost = self.broken or self.spoilt or self.unread or self.partial or self.gaps or self.damaged or self.missing
        return not (lost or self.doubts)

    def as_data(self) -> dict[str, Any]:
        """The same as plain data."""
        return {
            "file": str(self.file), "walks": [each.scope for each in self.walks], "changes": self.changes,
            "blobs": self.blobs, "unnamed": self.unnamed, "spoken": self.spoken, "broken": self.broken,
            "spoilt": self.spoilt, "unread": self.unread, "partial": self.partial,
            "texts": self.texts, "doubts": self.doubts, "gaps": self.gaps, "damaged": self.damaged,
            "missing": self.missing,
        }  # fmt: skip

    def lines(self) -> list[str]:
        """The same in words."""
        counted = (
            ngettext("{n} vandring", "{n} vandringar", len(self.walks)).format(n=len(self.walks)),
            ngettext("{n} ändring", "{n} ändringar", self.changes).format(n=self.changes),
            ngettext("{n} fil", "{n} filer", self.blobs).format(n=self.blobs),
        )
        said = [_("Räddat till {file}: {what}.").format(file=self.file, what=", ".join(counted))]
        if self.is_whole:
            said.append(_("På en hel enhet: öppna Hämta en vandring och välj filen, så finns allt där."))
        else:
            said.append(_("Det är inte allt som fanns: vad som saknas står i {name} i filen.").format(name=READ_ME))
            said.append(_("På en hel enhet: öppna Hämta en vandring och välj filen, så finns det som räddades där."))
        return said


def rescue(home: Path, file: Path, *, clock: Clock = utc_now, chance: Chance = secrets.token_hex) -> Job[Rescued]:
    """Save what can be read of a home into the ZIP `file`. Needs nothing of the home to be whole.

    Raises GatljusError where the file cannot be written there, or there is nothing to save.
    """
    if file.absolute().is_relative_to(home.absolute()):
        advice = _("Välj en annan mapp, helst på ett minne.")
        raise BadInput("rescue-inside", _("Filen får inte ligga i mappen som ska räddas."), advice)
    found = yield from salvage(home / "gatljus.db")
    yield from weigh(found, files_of(home))
    spoilt = sum(place[:3] in found.partial for place in found.senseless.values())
    walks = [saved(found, scope) for scope in found.scopes]
    done = Rescued(
        file, walks, broken=sorted(found.broken), spoilt=spoilt, unread=found.unread, partial=listed(found),
        texts=readable(found), doubts=doubted(found),
    )  # fmt: skip
    lying = {path.name: path for path in sorted((home / "blobs").glob("??/*")) if is_hash(path.name)}
    spoken = sorted((home / SPOKEN).glob("*.aac"))
    if not (walks or lying or spoken):
        raise GatljusError(
            "nothing-to-rescue",
            _("I {home} finns inget som går att läsa.").format(home=home),
            _("Läs tillbaka en säkerhetskopia, eller hämta vandringen från ett mål."),
        )
    with _written(file) as out:
        packer = _Packer(out, clock, done)
        packer.put(MARKER + chance(8), b"")
        for walk in walks:
            yield from packer.walk(walk, lying)
        yield from packer.unnamed(walks, lying)
        packer.spoken(spoken)
        packer.put(READ_ME, report(done, clock).encode("utf-8-sig"))
    return done


@contextmanager
def _written(file: Path) -> Iterator[zipfile.ZipFile]:
    """A ZIP that is there whole when the block ends. Raises GatljusError."""
    try:
        with written_whole(file) as out, zipfile.ZipFile(out, "w") as packed:
            yield packed
    except OSError as error:
        raise GatljusError(
            "rescue-file",
            _("{file} kan inte skrivas: {reason}.").format(file=file, reason=reason_of(error)),
            _("Välj en annan mapp eller ett minne med mer plats. Inget har ändrats."),
        ) from error


class _Packer:
    """Puts things into the ZIP, and counts what could not be."""

    def __init__(self, out: zipfile.ZipFile, clock: Clock, done: Rescued) -> None:
        self._out, self._done = out, done
        # The format knows no year before 1980.
        self._when = max((1980, 1, 1, 0, 0, 0), clock().timetuple()[:6])

    def put(self, name: str, data: bytes) -> None:
        """A file. What is in it is packed already."""
        self._out.writestr(zipfile.ZipInfo(name, self._when), data)

    def walk(self, walk: Saved, lying: dict[str, Path]) -> Job[None]:
        """A walk's folder."""
        folder = folder_of(walk.scope)
        name, said = about(walk.scope)
        self.put(folder + name, said)
        for each in sorted(walk.batches):
            self.put(folder + CHANGES + each, walk.batches[each])
        for number, each in enumerate(sorted(walk.kept)):
            yield Step(_("Räddar foton"), number, len(walk.kept))
            if each not in lying:
                self._done.missing.append(each)
            elif (data := self._read(lying[each])) is not None:
                self.put(folder + BLOBS + each, data)
                self._done.blobs += 1

    def unnamed(self, walks: list[Saved], lying: dict[str, Path]) -> Job[None]:
        """What lies here and nothing readable names."""
        others = sorted(set(lying).difference(*(each.kept | each.never for each in walks)))
        for number, each in enumerate(others):
            yield Step(_("Räddar foton"), number, len(others))
            data = self._read(lying[each])
            if data and not data.lstrip().startswith(b"{"):
                self.put(UNNAMED + each, data)
                self._done.unnamed += 1

    def spoken(self, notes: list[Path]) -> None:
        """The sound of each, and what is known of it."""
        for each in notes:
            for path in (each, each.with_suffix(".json")):
                try:
                    self.put(UNNAMED + path.name, path.read_bytes())
                except OSError:
                    self._done.damaged.append(path.name)
            self._done.spoken += 1

    def _read(self, path: Path) -> bytes | None:
        """A blob's bytes; None where they are not whole, which is noted."""
        try:
            data = read_whole(path)
        except OSError:
            data = None
        if data is None:
            self._done.damaged.append(path.name)
        return data


_SWEDISH = """\
Räddat ur Gatljus {when}

Sparat: vandringar {walks}, ändringar {changes}, foton och andra filer {blobs}.
Inga namn på deltagare är med; de får inte kopieras hit.

Så får du in det i Gatljus på en annan enhet: öppna Hämta en vandring och välj zip-filen som den är.
Eller: gatljus sync FILEN.zip --all
Hur det läses utan programmet står i filen about i varje vandrings mapp.
"""
_ENGLISH = """\
Rescued from Gatljus {when}

Saved: walks {walks}, changes {changes}, photos and other files {blobs}.
Names of participants are not included; they may not be copied here.

To get it into Gatljus on another device: open Fetch a walk and choose the zip as it is.
Or: gatljus sync THE-FILE.zip --all
How to read it without the program is said in the file about in each walk's folder.
"""
_LOST = {
    "broken": (
        "Filer med ändringar som var skadade (det som gick att läsa på annat sätt är med)",
        "Damaged files of changes (what could be read in another way is included)",
    ),
    "spoilt": ("Ändringar som inte gick att läsa", "Changes that could not be read"),
    "unread": (
        "Delar av databasen som disken inte lämnade ut",
        "Parts of the database that the disk did not give",
    ),
    "partial": (
        "Ändringar som inte gick att läsa helt och därför inte är med",
        "Changes that could not be read wholly and so are not included",
    ),
    "texts": ("Det som gick att läsa av dem", "What could be read of them"),
    "doubts": ("Det som skiljer sig åt", "What differs"),
    "gaps": ("Nummer som saknas i enheternas rad av ändringar", "Numbers missing in the devices' rows of changes"),
    "damaged": ("Filer som var skadade", "Damaged files"),
    "missing": ("Filer som saknades", "Missing files"),
    "unnamed": (
        "Foton som inget läsbart hör ihop med, i mappen unnamed",
        "Photos that nothing readable names, in the folder unnamed",
    ),
    "spoken": (
        "Röstanteckningar som inte hann tas in i vandringen, i mappen unnamed",
        "Voice notes that were not taken into the walk yet, in the folder unnamed",
    ),
}


def report(done: Rescued, clock: Clock) -> str:
    """What was saved and what could not be, in Swedish and English: whoever opens the ZIP need not have the program."""
    counted = {"when": iso(clock()), "walks": len(done.walks), "changes": done.changes, "blobs": done.blobs}
    parts = []
    for place, text in enumerate((_SWEDISH, _ENGLISH)):
        lines = [text.format(**counted)]
        lines += [f"{walk.scope}  {walk.title}  ({walk.changes})" for walk in done.walks]
        lost = [(words[place], getattr(done, name)) for name, words in _LOST.items() if getattr(done, name)]
        whole = ("Inget saknas, såvitt det går att se.", "Nothing is missing as far as can be seen.")[place]
        lines += ["", *([] if lost else [whole])]
        for words, what in lost:
            lines.append(f"{words}: {len(what) if isinstance(what, list) else what}")
            lines += [f"  {name}" for name in what] if isinstance(what, list) else []
        parts.append("\n".join(lines))
    return "\r\n".join("\n\n----\n\n".join(parts).splitlines()) + "\r\n"
