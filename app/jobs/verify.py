"""Look whether everything in a home is whole, and say of what is not what can be done."""

import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path

from app.base.errors import GatljusError
from app.base.files import UNFINISHED
from app.base.job import Job, Step
from app.base.words import _, ngettext
from app.domain.ports import Taken
from app.domain.record import is_hash
from app.domain.records import Observation, Photo
from app.jobs.losses import doubt_words
from app.jobs.restore import Restored
from app.queries.device_words import ranges
from app.queries.telling import Teller
from app.session import Session
from app.storage.blobs import ASIDE
from app.storage.checking import Batched, check_batch, check_unbatched, sent_otherwise, wrong_hidden, wrong_words
from app.storage.restore import REPLACED, UNREADABLE, unreadable_in
from app.storage.salvage import Doubt

Finding = dict[str, str]

WEEK_S = 7 * 24 * 3600
"""A file that was not finished for so long will not be."""

HARMLESS = ("orphan", "unfinished", "foreign", "device", "restore-unreadable")
"""What is worth knowing and loses nothing."""
LOG_SPOILT = ("database", "change")
"""What is mended only by making the database anew from the batches."""


def _finding(code: str, name: str, text: str, advice: str) -> Finding:
    return {"code": code, "name": name, "text": text, "advice": advice}


def _looked(found: list[Finding], look: Callable[[], Iterable[Finding]]) -> None:
    """Look; where the file cannot be read there, that is what was found, and the rest is looked at all the same."""
    try:
        found += look()
    except GatljusError as error:
        if error.code != "database":
            raise
        if not any(each["code"] == "database" for each in found):
            found.append(_finding(error.code, "gatljus.db", error.text, error.advice))


def _database(session: Session) -> list[Finding]:
    damage = session.soundness.look()
    if not damage:
        return []
    text = _("Databasen är skadad ({damage}).").format(damage=damage)
    return [_finding("database", "gatljus.db", text, rebuild_advice())]


def rebuild_advice() -> str:
    """What to do about a database that is damaged as a whole."""
    return _(
        "Rädda allt till en ZIP först (gatljus rescue). Bygg sedan om databasen (gatljus verify --rebuild), eller läs "
        "tillbaka en säkerhetskopia, och synka."
    )


def _index(session: Session, *, doubtful: bool) -> Iterator[Finding]:
    """What does not follow from the log as it should; where that is `doubtful`, the log may be what is wrong."""
    database = session.log.database
    looks = (
        ("index", session.log.wrong_cells, _("Uppgifter som visas på ett annat sätt än de skrevs: {count}.")),
        (
            "hidden",
            partial(wrong_hidden, database),
            _("Saker som visas fast de är borttagna, eller inte visas fast de finns: {count}."),
        ),
        ("search", partial(wrong_words, database), _("Sökningen missar det som står på {count} ställen eller fler.")),
    )
    advice = _("Inget är förlorat. Kör gatljus verify --rebuild, så blir det rätt.")
    if doubtful:
        advice = _("Kör gatljus verify --rebuild, så visas det som det är sparat.")
    for code, look, text in looks:
        count = look()
        if count:
            yield _finding(code, "gatljus.db", text.format(count=count), advice)
        if count and code == "index":
            # The others follow from the fields, and cannot be judged by those that are wrong.
            return


def _device(session: Session) -> list[Finding]:
    if not session.renewed:
        return []
    text = _(
        "Mappen med vandringarna har flyttats eller kopierats, eller så saknades filen device.json. Därför räknas det "
        "här som en ny enhet."
    )
    return [_finding("device", "device.json", text, _("Inget är förlorat; inget behöver göras."))]


def _unread(session: Session) -> Iterator[Finding]:
    for folder in unreadable_in(session.home):
        text = _("Säkerhetskopian i {folder} skulle läsas tillbaka men gick inte att läsa. Den användes inte.")
        advice = _("Inget annat är förlorat. Ta bort mappen när du inte behöver den.")
        yield _finding("restore-unreadable", str(folder.relative_to(session.home)), text.format(folder=folder), advice)


def _batches(session: Session) -> Job[list[Finding]]:
    found: list[Finding] = []
    seen = Batched()
    for scope in session.log.scopes():
        names = sorted(session.log.batches(scope))
        for done, name in enumerate(names):
            yield Step(_("Kontrollerar filer med ändringar"), done, len(names))
            _looked(found, partial(_batch, session, scope, name, seen))
        _looked(found, partial(_kept_back, session, scope))
    _looked(found, partial(_unbatched, session, seen.within))
    _looked(found, partial(_sent_otherwise, session, seen.within))
    return found


def _batch(session: Session, scope: str, name: str, seen: Batched) -> Iterator[Finding]:
    check_batch(session.log.database, scope, name, seen)
    if name in seen.spoilt:
        text = _("Filen med ändringar {name} är skadad.").format(name=name)
        advice = _("Synka med en enhet eller ett mål som har den, eller kör gatljus verify --rebuild.")
        yield _finding("batch", name, text, advice)
    wrong = seen.otherwise.get(name, 0) + seen.absent.get(name, 0)
    if wrong:
        text = ngettext(
            "{count} ändring i filen {name} står annorlunda eller inte alls i loggen.",
            "{count} ändringar i filen {name} står annorlunda eller inte alls i loggen.",
            wrong,
        )
        advice = _("Kör gatljus verify --rebuild; då görs loggen om efter filerna med ändringar, som är hela.")
        yield _finding("change", name, text.format(count=wrong, name=name), advice)


def _kept_back(session: Session, scope: str) -> Iterator[Finding]:
    words = {
        Taken.NEWER: _("Filen med ändringar {name} är skriven av en nyare version och sparas oläst."),
        Taken.CLASH: _("Filen med ändringar {name} säger emot det som finns här och sparas utan att användas."),
        Taken.BROKEN: _("Filen med ändringar {name} går inte att läsa och sparas utan att användas."),
    }
    advice = {
        Taken.NEWER: _("Uppdatera programmet och synka igen."),
        Taken.CLASH: _("Inget är förlorat. Kör gatljus verify --rebuild om en ändring här är skadad."),
        Taken.BROKEN: _("Den förs vidare som den är. Enheten som skrev den har kvar sina ändringar; synka med den."),
    }
    for name, taken in sorted(session.log.batches_not_applied(scope).items()):
        yield _finding(taken.value, name, words[taken].format(name=name), advice[taken])
    gaps = session.log.gaps(scope)
    teller = Teller(session, scope) if gaps else None
    for device, missing in gaps.items():
        count = sum(last - first + 1 for first, last in missing)
        text = ngettext(
            "{count} ändring som enhet {device} har gjort har inte kommit hit: nummer {which}.",
            "{count} ändringar som enhet {device} har gjort har inte kommit hit: nummer {which}.",
            count,
        )
        called = teller.device(device) if teller else device[:8]
        text = text.format(count=count, device=called, which=ranges(missing))
        yield _finding("gap", device, text, _("Synka med den enheten eller med ett mål den har varit vid."))


def _unbatched(session: Session, within: set[int]) -> Iterator[Finding]:
    """What is in no batch, and what waits to become one."""
    found = check_unbatched(session.log.database, within)
    if found.spoilt:
        text = ngettext(
            "{count} ändring som inte har skickats är skadad och går inte att läsa.",
            "{count} ändringar som inte har skickats är skadade och går inte att läsa.",
            found.spoilt,
        )
        advice = _(
            "Kör gatljus verify --rebuild: det som en säkerhetskopia har helt hämtas då därifrån, och resten lämnas "
            "ute."
        )
        yield _finding("change", "gatljus.db", text.format(count=found.spoilt), advice)
    for each in found.otherwise:
        advice = _("Kör gatljus verify --rebuild: då jämförs alla exemplar som finns, också säkerhetskopiorna.")
        yield _finding("change", "gatljus.db", doubt_words(each, _tag(session, each)), advice)
    rebuild = _("Kör gatljus verify --rebuild och synka sedan.")
    if found.forgotten:
        text = ngettext(
            "{count} ändring ligger i ingen fil med ändringar men väntar inte på att skickas: en sådan fil saknas.",
            "{count} ändringar ligger i ingen fil med ändringar men väntar inte på att skickas: en sådan fil saknas.",
            found.forgotten,
        )
        yield _finding("loose", "gatljus.db", text.format(count=found.forgotten), rebuild)
    if found.sent:
        text = ngettext(
            "{count} ändring väntar på att skickas fast den redan ligger i en fil med ändringar.",
            "{count} ändringar väntar på att skickas fast de redan ligger i en fil med ändringar.",
            found.sent,
        )
        yield _finding("loose", "gatljus.db", text.format(count=found.sent), rebuild)


def _sent_otherwise(session: Session, within: set[int]) -> Iterator[Finding]:
    """What was spoilt before it was sent. Once the index is made anew only what was sent is left."""
    for each in sent_otherwise(session.log.database, within):
        advice = _("Så har det skickats, och så visas det sedan databasen har byggts om. Skriv om det, om det är fel.")
        yield _finding("doubt", "gatljus.db", doubt_words(each, _tag(session, each)), advice)


def _tag(session: Session, doubt: Doubt) -> str:
    # What else of it is spoilt is a finding of its own.
    with suppress(ValueError):
        return "".join(str(each.tag) for each in session.read(Observation, {"id": doubt.change.record}))
    return ""


class _Files:
    """What people call the files that lie under the hashes of their bytes."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def _photos(self) -> dict[str, str]:
        try:
            photos = self._session.read(Photo)
        except GatljusError:
            # That the database cannot be read is a finding of its own.
            return {}
        words = {
            "original": _("Fotot {photo}"),
            "report": _("Den mindre bilden av fotot {photo}"),
            "thumb": _("Den minsta bilden av fotot {photo}"),
        }
        return {
            str(getattr(each, field)): text.format(photo=each.name or each.id[:8])
            for each in photos
            for field, text in words.items()
        }

    def called(self, blob: str) -> str:
        """A file as the subject of a sentence; one that no photo has by the beginning of its name."""
        return self._photos.get(blob) or _("En fil vars namn börjar på {name}").format(name=blob[:8])


def _blobs(session: Session, named: set[str]) -> Job[list[Finding]]:
    found = []
    called = _Files(session).called
    held = sorted(session.blobs.names())
    for done, name in enumerate(held):
        yield Step(_("Kontrollerar filer"), done, len(held))
        if session.blobs.is_whole(name) and name not in named:
            text = _("{file} hör inte till någon vandring.").format(file=called(name))
            found.append(_finding("orphan", name, text, _("Flytta ut den med gatljus verify --move-unnamed MAPP.")))
    damaged = session.blobs.damaged()
    for name in sorted(damaged):
        text = _("{file} är skadad på disken.").format(file=called(name))
        found.append(_finding("blob", name, text, _("Synka med en enhet som har den.")))
    for name in sorted(named - damaged - set(session.blobs.names())):
        text = _("{file} finns inte här.").format(file=called(name))
        found.append(_finding("missing", name, text, _("Synka med den enhet som tog fotot.")))
    return found


def _unfinished(session: Session) -> list[Finding]:
    """Files that were being written when the program was cut short; those older than a week are removed."""
    found = []
    for path in sorted(session.home.rglob(f"*{UNFINISHED}")):
        # By the clock that dates files, not the session's, which may be fixed.
        old = time.time() - path.stat().st_mtime > WEEK_S
        if old and path.is_dir():
            shutil.rmtree(path)
        elif old:
            path.unlink()
        advice = _("Den är borttagen.") if old else _("Den tas bort när den är en vecka gammal; inget behöver göras.")
        text = _("Filen {name} blev aldrig färdig.").format(name=path.name)
        found.append(_finding("unfinished", str(path.relative_to(session.home)), text, advice))
    return found


def _foreign(session: Session) -> Iterator[Finding]:
    """Files in the folders that are the program's alone, which it neither wrote nor reads."""
    for folder in ("blobs", REPLACED):
        for path in sorted((session.home / folder).rglob("*")):
            if path.is_file() and not path.name.endswith(UNFINISHED) and not _is_ours(path, folder):
                name = str(path.relative_to(session.home))
                text = _("Filen {name} är inte programmets och används inte.").format(name=name)
                yield _finding("foreign", name, text, _("Flytta den till en annan mapp, om den är din."))


def _is_ours(path: Path, folder: str) -> bool:
    if folder == REPLACED:
        return path.name.startswith("gatljus.db") or path.parent.name.endswith(UNREADABLE)
    name = path.name.removesuffix(ASIDE)
    return is_hash(name) and path.parent.name == name[:2] and path.parent.parent.name == folder


def verify(session: Session, *, rebuild: bool = False) -> Job[list[Finding]]:
    """What is wrong in this home, one finding {code, name, text, advice} each; none where all is well. `rebuild` makes
    what follows from the log anew first, unless the log or the file itself is spoilt: then that is all that is looked
    for. Damaged blobs are set aside, so that the next sync fetches them."""
    yield Step(_("Kontrollerar databasen"))
    found = _device(session)
    if rebuild:
        # What is made from a spoilt index would stand against the log afterwards, as a second witness of its fault.
        before = list[Finding]()
        _looked(before, partial(_database, session))
        if not before:
            before += yield from _batches(session)
        if _is_spoilt(before):
            return found + before
        # Afterwards nothing tells of them any more.
        found += [each for each in before if each["code"] == "doubt"]
        _looked(found, partial(_rebuilt, session))
    _looked(found, partial(_database, session))
    batches = yield from _batches(session)
    if not _is_spoilt(batches):
        _looked(found, partial(_index, session, doubtful=any(each["code"] == "doubt" for each in batches)))
    found += batches
    named = {name for scope in session.log.scopes() for name in session.log.blobs_named(scope)}
    found += yield from _blobs(session, named)
    return found + _unfinished(session) + [*_foreign(session), *_unread(session)]


def _is_spoilt(found: list[Finding]) -> bool:
    return any(each["code"] in LOG_SPOILT for each in found)


def lost(done: Restored) -> list[Finding]:
    """What could not come along into the database that was made anew."""
    advice = _(
        "Synka med de andra enheterna, eller se efter i en säkerhetskopia. Det som låg här förut finns i {kept}."
    ).format(kept=done.kept)
    found = [*_lost_changes(done, advice), *_lost_parts(done, advice)]
    found += [_richer(done, *done.richer)] if done.richer else []
    if done.uncertain and not found:
        text = _("Databasen var skadad. Det går inte att veta om allt kom med.")
        found.append(_finding("lost", "gatljus.db", text, advice))
    return found


def _lost_changes(done: Restored, advice: str) -> Iterator[Finding]:
    text = ngettext(
        "{n} ändring gick inte att läsa helt och är inte med: {which}.",
        "{n} ändringar gick inte att läsa helt och är inte med: {which}.",
        done.changes,
    )
    if done.changes:
        yield _finding("lost", "gatljus.db", text.format(n=done.changes, which=done.gone), advice)
    for each in done.texts:
        text = _("Det här gick att läsa av en ändring som inte är med: ”{text}”.").format(text=each)
        yield _finding("lost", "gatljus.db", text, _("Skriv det igen, om det inte kommer med vid en synk."))
    for each in done.doubts:
        told = _("Det går inte att veta vilket som är rätt. Ändra det om det är fel.")
        yield _finding("doubt", "gatljus.db", f"{each} {_('Det som stod i databasen används.')}", told)


def _lost_parts(done: Restored, advice: str) -> Iterator[Finding]:
    for name in done.batches:
        text = _("Filen med ändringar {name} var skadad; av den finns kvar vad som gick att läsa på annat sätt.")
        yield _finding("lost", name, text.format(name=name), advice)
    if done.pages:
        text = ngettext(
            "{n} del av databasen gick inte att läsa.", "{n} delar av databasen gick inte att läsa.", done.pages
        )
        yield _finding("lost", "gatljus.db", text.format(n=done.pages), advice)


def _richer(done: Restored, file: Path, n_walks: int, n_changes: int) -> Finding:
    text = _("Säkerhetskopian {name} har mer: {walks} och {changes}.")
    walks = ngettext("{count} vandring", "{count} vandringar", n_walks).format(count=n_walks)
    changes = ngettext("{count} ändring", "{count} ändringar", n_changes).format(count=n_changes)
    told = _("Läs tillbaka den, och synka sedan. Det som låg här förut finns i {kept}.").format(kept=done.kept)
    text = text.format(name=f"{file.parent.name}/{file.name}", walks=walks, changes=changes)
    return _finding("lost", file.name, text, told)


def _rebuilt(session: Session) -> list[Finding]:
    session.log.rebuild()
    return []
