"""Read back a backup, or rebuild the database from what travels: another database in place of the home's own.

The present database is kept in `replaced/` within the home, and the home becomes another device: what is in no batch
goes on under the id it carries, and what had been sent comes back with the next sync.
"""

import secrets
from dataclasses import dataclass
from pathlib import Path

from app.base.clock import Clock, utc_now
from app.base.errors import GatljusError, unwritten
from app.base.files import make_folder
from app.base.holding import Holding
from app.base.job import Job, Step
from app.base.words import _, ngettext
from app.domain.stamp import Chance
from app.jobs.backup import files_of
from app.jobs.losses import doubted, gone_words, readable
from app.storage import restore as files
from app.storage.blobs import BlobStore
from app.storage.salvage import salvage
from app.storage.waiting import is_ready
from app.storage.weighing import weigh

__all__ = ["Restored", "is_ready", "prepare_restore", "remade_words", "remake", "restore", "restored_words"]


@dataclass(frozen=True)
class Restored:
    """What a restore did: where the database lies now that was there before (None: there was none), and how many
    photos came back from beside the backup. Of a database made anew what was lost: `changes` that could not be read
    wholly and are in no batch, told in `gone`, with the typed `texts` that could be read of them; `batches` that were
    damaged or not taken in, `pages` that the disk did not give; `uncertain`: the file was damaged so that nobody knows
    what else it held; `richer`: the latest backup that can be read and holds more than what was read, as (file, walks,
    changes). What was saved from other copies: `mended` fields, `refound` changes; and `doubts`, each a sentence."""

    kept: Path | None
    photos: int
    changes: int = 0
    batches: tuple[str, ...] = ()
    pages: int = 0
    uncertain: bool = False
    richer: tuple[Path, int, int] | None = None
    gone: str = ""
    texts: tuple[str, ...] = ()
    mended: int = 0
    refound: int = 0
    doubts: tuple[str, ...] = ()


def prepare_restore(home: Path, file: Path, *, clock: Clock = utc_now, chance: Chance = secrets.token_hex) -> Job[int]:
    """Make the restore of a backup ready; it is gone through with when the home is opened the next time. Returns how
    many photos came back from beside the backup. Raises GatljusError, then nothing has changed but that."""
    yield Step(_("Kontrollerar säkerhetskopian"))
    files.check(file)
    photos = yield from _bring_back_blobs(home, file)
    yield from files.prepare(home, files.copied_from(file), clock, chance)
    return photos


def restore(home: Path, file: Path, *, clock: Clock = utc_now, chance: Chance = secrets.token_hex) -> Job[Restored]:
    """Put a backup in place of the home's database. The home need not be openable.

    Raises GatljusError where the file is no whole backup, another program has the home open, or the disk is full; then
    the home is as it was.
    """
    holding = alone_in(home)
    try:
        photos = yield from prepare_restore(home, file, clock=clock, chance=chance)
        kept = finished(home)
    finally:
        holding.close()
    return Restored(kept, photos)


def remake(home: Path, *, clock: Clock = utc_now, chance: Chance = secrets.token_hex) -> Job[Restored]:
    """Make the database of a home anew from its batches, which are whole or not at all, and from the changes that are
    in none, as far as they or a backup's can be read. The home becomes another device: what could not be read may have
    been sent.

    Raises GatljusError where another program has the home open, the disk is full, or nothing can be read.
    """
    holding = alone_in(home)
    try:
        found = yield from salvage(home / files.DATABASE)
        yield from weigh(found, files_of(home))
        if not found.scopes:
            raise GatljusError(
                "nothing-to-rescue",
                _("I {home} finns inget som går att läsa.").format(home=home),
                _("Läs tillbaka en säkerhetskopia, eller hämta vandringen från ett mål."),
            )
        refused, uncertain = set[str](), not files.is_sound(home / files.DATABASE)
        make = files.made_of(found, home / files.DATABASE, clock, chance, refused)
        yield from files.prepare(home, make, clock, chance)
        kept = finished(home)
    finally:
        holding.close()
    broken = tuple(sorted(found.broken | refused))
    return Restored(
        kept, 0, len(found.partial), broken, found.unread, uncertain, _richer(home), gone_words(found),
        tuple(readable(found)), len(found.mended), len(found.refound), tuple(doubted(found)),
    )  # fmt: skip


def _richer(home: Path) -> tuple[Path, int, int] | None:
    """The latest backup that can be read, where it holds more walks or changes than the home does now."""
    now = files.held_in(home / files.DATABASE) or {"walks": 0, "changes": 0}
    for file in files_of(home):
        held = files.held_in(file)
        if held is not None:
            more = held["walks"] > now["walks"] or held["changes"] > now["changes"]
            return (file, held["walks"], held["changes"]) if more else None
    return None


def alone_in(home: Path) -> Holding:
    """Have the home alone, with no restore waiting: it is gone through with, or put aside where it cannot be read.
    Raises GatljusError where another program has the home open."""
    try:
        make_folder(home)
        holding = Holding(home / files.IN_USE)
        try:
            if not holding.alone():
                raise files.in_use(home)
            if is_ready(home):
                files.finish(home)
        except BaseException:
            holding.close()
            raise
    except OSError as error:
        raise unwritten(error, home) from error
    return holding


def finished(home: Path) -> Path | None:
    """Go through with what is ready. Returns where the database lies that was there before, None where there was none.
    Raises GatljusError."""
    before = set(files.replaced_in(home).values())
    try:
        aside = files.finish(home)
    except OSError as error:
        raise unwritten(error, home) from error
    if aside:
        raise files.unreadable(aside)
    return next(iter(set(files.replaced_in(home).values()) - before), None)


def _bring_back_blobs(home: Path, file: Path) -> Job[int]:
    """Photos beside the backup that it names and that are missing here. They change nothing until it is read back."""
    kept, here = BlobStore(file.parent / "blobs"), BlobStore(home / "blobs")
    lying, held = kept.names(), here.names()
    named = files.blobs_named_in(file) if lying else set()
    missing = sorted(name for name in named if name in lying and held.get(name) != lying[name])
    back = 0
    for done, name in enumerate(missing):
        yield Step(_("Läser tillbaka foton"), done, len(missing))
        try:
            back += kept.is_whole(name) and bool(here.put_file(kept.path(name), name))
        except GatljusError:
            # It is spoilt where it lies, and so it is still missing here.
            continue
        except OSError as error:
            raise unwritten(error, home) from error
    return back


def restored_words(done: Restored | None = None) -> list[str]:
    """What a restore did, as far as that is known, and what to do next."""
    done = done or Restored(None, 0)
    words = [_("Säkerhetskopian är tillbaka. Den här enheten har fått en ny bokstav.")]
    if done.kept:
        words.append(
            _(
                "Det som fanns här förut ligger kvar i {kept}. Fattas något som inte hade skickats, läs tillbaka den "
                "filen."
            ).format(kept=done.kept)
        )
    if done.photos:
        text = ngettext("{n} foto har kommit tillbaka.", "{n} foton har kommit tillbaka.", done.photos)
        words.append(text.format(n=done.photos))
    words.append(_("Synka nu: det som har skickats efter säkerhetskopian kommer tillbaka då."))
    return words


def remade_words(done: Restored) -> list[str]:
    """What a database made anew means, before what was lost on the way."""
    kept = _("Databasen är byggd på nytt av allt som gick att läsa. Den gamla ligger kvar i {kept}.")
    words = [kept.format(kept=done.kept), _("Den här enheten har fått en ny bokstav.")]
    if done.mended:
        text = ngettext(
            "{n} uppgift var skadad på disken. Den har rättats efter två andra exemplar som säger lika.",
            "{n} uppgifter var skadade på disken. De har rättats efter två andra exemplar som säger lika.",
            done.mended,
        )
        words.append(text.format(n=done.mended))
    if done.refound:
        text = ngettext(
            "{n} ändring som inte gick att läsa helt har hämtats ur en säkerhetskopia.",
            "{n} ändringar som inte gick att läsa helt har hämtats ur en säkerhetskopia.",
            done.refound,
        )
        words.append(text.format(n=done.refound))
    return words
