"""How far each photo has come: its change and each of its files, by what others have announced and what was read back
on targets. *Sparat här → Kopierat till … → Mottaget av …* is said of a photo only where all of it is there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from app.base.words import _, ngettext
from app.domain.record import is_hash
from app.domain.records import Photo
from app.queries.device_words import named
from app.queries.devices import holders_of
from app.session import Session
from app.sync.holders import Holder
from app.sync.receipts import Receipts

FILES = ("original", "report", "thumb", "redacted")
"""The fields of a photo that name a file."""
ORIGINAL, REPORT, THUMB = FILES[:3]
NAMED = 2
"""So many photos of a line are called by their names."""


@dataclass(frozen=True)
class Part:
    """A device of which it is not proved that it has all of a photo: the files it lacks, those it says to have, whether
    it says to know of the photo, and of all that was changed in it."""

    name: str
    lacks: tuple[str, ...]
    has: tuple[str, ...]
    knows: bool
    knows_all: bool


@dataclass(frozen=True)
class Delivery:
    """A photo: the words that may be said of it, which of its files lie here, which do not and who has said to have all
    of those, and of whom it is not proved that they have all of it."""

    photo: str
    state: tuple[str, ...]
    here: tuple[str, ...]
    missing: tuple[str, ...]
    at: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def is_here(self) -> bool:
        """Whether all of it lies here."""
        return not self.missing

    def as_data(self) -> dict[str, Any]:
        """The same as plain data, the photo under `id`."""
        return {**asdict(self), "id": self.photo}


def deliveries(
    session: Session, scope: str, photo: str | None = None, found: Receipts | None = None
) -> dict[str, Delivery]:
    """How far each photo of a walk has come, by its id; or the one that is asked for. `found`: the walk's receipts,
    where they have been read already."""
    photos = session.read(Photo, {"scope": scope} if photo is None else {"scope": scope, "id": photo})
    files = {each.id: files_in(each) for each in photos}
    every = {blob for each in files.values() for blob in each.values()}
    lacking = {each for each in every if not session.blobs.has(each)} if found is None else set(found.missing_blobs)
    holders = holders_of(session, scope) if found is None else found.holders
    work = _Work(holders, session.log.naming(scope, every), every - lacking)
    made = session.log.made(scope, (Photo.KIND,))
    written = session.log.written(scope, Photo.KIND)
    return {one: work.of(one, each, made.get(one, ("", 0)), written.get(one, {})) for one, each in files.items()}


def files_in(photo: Photo) -> dict[str, str]:
    """The files of a photo, by the fields that name them."""
    found = {name: getattr(photo, name) for name in FILES}
    return {name: value for name, value in found.items() if is_hash(value)}


@dataclass(frozen=True)
class _Work:
    holders: tuple[Holder, ...]
    naming: Mapping[str, list[tuple[str, str, str, int]]]
    held: set[str]

    def of(self, photo: str, files: Mapping[str, str], made: tuple[str, int], writes: Mapping[str, int]) -> Delivery:
        """One photo: its files by field, who made it with which write, and the last writes to it by device."""
        maker, seq = made
        missing = tuple(name for name, blob in files.items() if blob not in self.held)
        state, at, parts = [] if missing else [_("Sparat här")], [], []
        for each in self.holders:
            has = tuple(name for name, blob in files.items() if each.says_blob(blob, self.naming[blob]))
            lacks = tuple(name for name in files if name not in has)
            if each.device and missing and not set(missing) & set(lacks):
                at.append(each.name)
            if not lacks and each.device == maker and each.says_writes(writes):
                state.append(_("Sparat hos {name}").format(name=each.name))
            elif not lacks and each.holds_writes(writes):
                state.append(each.sentence)
            elif each.device:
                knows = each.says_writes({maker: seq})
                parts.append(Part(each.name, lacks, has, knows, each.says_writes(writes)))
        here = tuple(name for name in files if name not in missing)
        return Delivery(photo, tuple(state), here, missing, tuple(at), tuple(parts))


def words_of(found: Delivery) -> Iterator[str]:
    """What may be said of a photo, in whole sentences."""
    if found.missing:
        yield _missing_words(found)
    yield from (f"{each}." for each in found.state)
    yield from map(_part_words, found.parts)


def missing_lines(photos: Iterable[Photo], found: Mapping[str, Delivery]) -> Iterator[str]:
    """What lies not here of those of these photos that are not whole here, and who has it: in a line the photos of
    which the same may be said."""
    alike: dict[str, list[Photo]] = {}
    for each in photos:
        if each.id in found and found[each.id].missing:
            alike.setdefault(_missing_words(found[each.id]), []).append(each)
    for said, those in alike.items():
        names = sorted(each.name or each.id[:8] for each in those)
        yield f"{names[0]}: {said}" if len(names) == 1 else _missing_words(found[those[0].id], names)


def _missing_words(found: Delivery, names: Sequence[str] = ("",)) -> str:
    """What is missing of a photo, or of all of those that are called so."""
    n = len(names)
    if found.missing == (ORIGINAL,):
        what = ngettext(
            "Bilden finns här i rapportstorlek, originalet är inte här än.",
            "{n} bilder ({some}) finns här i rapportstorlek, originalen är inte här än.",
            n,
        )
    elif found.here:
        what = ngettext("En del av bilden är inte här än.", "En del av {n} bilder ({some}) är inte här än.", n)
    else:
        what = ngettext("Bilden är inte här än.", "{n} bilder ({some}) är inte här än.", n)
    if found.at:
        at = ngettext("Den finns hos {names}.", "De finns hos {names}.", n).format(names=named(found.at))
    else:
        at = ngettext(
            "Ingen som har hörts av har sagt att den har den.", "Ingen som har hörts av har sagt att den har dem.", n
        )
    return f"{what.format(n=n, some=_some(names))} {at}"


def _some(names: Sequence[str]) -> str:
    """a.jpg, b.jpg och 80 till."""
    more = len(names) - NAMED
    return named([*names[:NAMED], _("{n} till").format(n=more)] if more > 1 else names)


def _part_words(part: Part) -> str:
    if not part.knows:
        text = _("{name} har inte sagt att den känner till fotot.")
    elif not part.lacks and part.knows_all:
        text = _("{name} säger att den har bilden. Det kan kontrolleras när alla ändringar är här.")
    elif not part.lacks:
        text = _("{name} har bilden, men inte det senaste som skrevs om den.")
    elif part.lacks == (ORIGINAL,) and REPORT in part.has:
        text = _("{name} har bilden i rapportstorlek, originalet är på väg.")
    elif part.has == (THUMB,):
        text = _("{name} har en liten bild, resten är på väg.")
    elif not part.has:
        text = _("{name} har texten, bilden är på väg.")
    else:
        text = _("{name} har en del av bilden, resten är på väg.")
    return text.format(name=part.name)
