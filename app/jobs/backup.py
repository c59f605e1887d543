"""Backups of a home: the database, and the photos too where that helps."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.base.errors import GatljusError, reason_of
from app.base.job import Job, Step
from app.base.words import _
from app.session import Session
from app.settings import load_settings
from app.storage.backup import FOLDER, backups_in
from app.storage.blobs import BlobStore
from app.storage.restore import held_in, replaced_in


@dataclass(frozen=True)
class Backup:
    """A backup that can be read back: when it was made, and how much it holds; None where it cannot be read.
    `replaced`: it is the database that a restore put aside then."""

    file: Path
    made: datetime
    walks: int | None
    changes: int | None
    replaced: bool = False


def _backup(file: Path, made: datetime, *, replaced: bool = False) -> Backup:
    held = held_in(file) or {}
    return Backup(file, made, held.get("walks"), held.get("changes"), replaced)


def backups_of(session: Session) -> Job[list[Backup]]:
    """The backups in the folder for them, and the databases that a restore put aside, the latest first."""
    yield Step(_("Ser efter vad säkerhetskopiorna innehåller"))
    found = [_backup(file, made) for made, file in backups_in(session.backups).items()]
    found += [_backup(file, made, replaced=True) for made, file in replaced_in(session.home).items()]
    return sorted(found, key=lambda each: each.made, reverse=True)


def files_of(home: Path) -> list[Path]:
    """The backups of a home that need not be openable, the latest first; none where the folder cannot be listed."""
    said = load_settings(home).backups
    with contextlib.suppress(OSError):
        return list(reversed(backups_in(Path(said) if said else home / FOLDER).values()))
    return []


def latest_backup(folder: Path) -> Backup | None:
    """The latest backup in a folder that can be read."""
    found = dict[datetime, Path]()
    # Whoever asks has another place to choose from.
    with contextlib.suppress(OSError):
        found = backups_in(folder)
    every = (_backup(file, made) for made, file in reversed(found.items()))
    return next((each for each in every if each.changes is not None), None)


def holds_words(session: Session) -> str:
    """What a backup holds and what not, in a sentence."""
    try:
        apart = session.backed_up_blobs is not None
    except OSError:
        apart = False
    if apart:
        return _(
            "Säkerhetskopian ligger på en annan disk än vandringarna. Den innehåller allt som är skrivet och alla "
            "foton, men inga namn på deltagare."
        )
    return _(
        "I en säkerhetskopia är allt som är skrivet, men inga foton: de ligger oförändrade i mappen {blobs}, på samma "
        "disk. Väljer du en mapp på en annan disk kommer fotona med."
    ).format(blobs=session.home / "blobs")


def back_up(session: Session) -> Job[Path]:
    """Copy the database to the folder for backups, and photos that are not there yet where that folder lies on another
    disk. Returns the copy. Raises GatljusError."""
    yield Step(_("Säkerhetskopierar"), 0, 1)
    made = session.back_up()
    yield from _back_up_blobs(session)
    yield Step(_("Säkerhetskopierar"), 1, 1)
    return made


def keep_backed_up(session: Session, *, photos: bool = True) -> Job[str]:
    """Back up what was written since the last time, if anything was. Never raises for the world's sake: why it could
    not be done is returned, once for each reason as long as the session lasts; else "". `photos`: those too, as the
    window does each hour; what a sync said of its own backup is a step that few see, and is said again there."""
    yield Step(_("Säkerhetskopierar"))
    try:
        if session.is_backed_up:
            # The folder may have been away when a walk was purged.
            session.disposal.go_on()
        else:
            session.back_up()
        if photos:
            yield from _back_up_blobs(session)
    except GatljusError as error:
        told, session.told_of_backup[photos] = session.told_of_backup.get(photos), str(error)
        return "" if told == str(error) else str(error)
    session.told_of_backup.pop(photos, None)
    return ""


def _back_up_blobs(session: Session) -> Job[None]:
    """Photos that the backup does not have yet; erased ones go. Raises GatljusError."""
    try:
        kept = session.backed_up_blobs
        if kept is None:
            return
        personal = session.log.blobs_to_delete() | session.log.blobs_purged()
        named = set[str]()
        for scope in session.log.scopes():
            personal |= session.log.blobs_personal(scope)
            named |= session.log.blobs_named(scope)
        there = kept.names()
        for name in sorted(personal & set(there)):
            kept.delete(name)
        here = session.blobs.names()
        wanted = sorted(name for name in named - personal if name in here and there.get(name) != here[name])
        for done, name in enumerate(wanted):
            yield Step(_("Säkerhetskopierar foton"), done, len(wanted))
            _copy(session, kept, name)
    except OSError as error:
        raise GatljusError(
            "backup",
            _("Fotona kunde inte säkerhetskopieras till {folder}: {error}.").format(
                folder=session.backups, error=reason_of(error)
            ),
            _("Välj en annan mapp i inställningarna eller frigör utrymme."),
        ) from error


def _copy(session: Session, kept: BlobStore, name: str) -> None:
    # One that is spoilt here is no backup; verify names it.
    with contextlib.suppress(FileNotFoundError):
        if session.blobs.is_whole(name):
            kept.put_file(session.blobs.path(name), name)


def said(job: Callable[[], Job[str]]) -> Job[None]:
    """The same job, for what goes on whatever comes of it: what it returns is said as a step that stays."""
    text = yield from job()
    if text:
        yield Step(text, stays=True)
