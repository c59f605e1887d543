"""What follows when a walk leaves this home: its files, the bytes it was written with, and the copies of the database.

The walk leaves the log in one transaction, which notes all this; what is cut short or out of reach then is taken up
again at the next opening, the next backup, and when somebody purges the walk once more.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.base.errors import GatljusError
from app.base.words import _
from app.domain.ports import Announced
from app.storage import backup, restore
from app.storage.blobs import BlobStore
from app.storage.log import ChangeLog
from app.storage.purge import Mark, State, remove_from_copy, unnamed
from app.storage.waiting import refuse_while_restoring

AT_ONCE = 100
"""So many files are deleted while others wait to write."""


@dataclass(frozen=True)
class Remains:
    """What is still to be done: `files` that could not be deleted, `copies` of the database that could not be changed,
    `away` the folder for backups where it cannot be reached, `bytes_lie` whether the database file may still hold what
    was written."""

    files: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    away: tuple[str, ...] = ()
    bytes_lie: bool = False

    @property
    def lines(self) -> list[str]:
        """The same in sentences."""
        said = [
            _("Säkerhetskopian {file} kunde inte ändras. Ta bort den för hand.").format(file=f) for f in self.copies
        ]
        text = _("Mappen {folder} kunde inte nås. Säkerhetskopiorna där ändras när du säkerhetskopierar dit igen.")
        said += [text.format(folder=each) for each in self.away]
        text = _("Filen {file} kunde inte tas bort. Det görs om när programmet öppnas nästa gång.")
        said += [text.format(file=each) for each in self.files]
        if self.bytes_lie:
            said.append(_("Databasfilen kunde inte städas än. Det görs om när programmet öppnas nästa gång."))
        return said


@dataclass(frozen=True)
class Disposal:
    """Takes walks out of a home. `backups` tells the folder for backups, `elsewhere` the photos in it, or None where
    they are not copied there (raises OSError); `forget` lets go of what is kept of a walk beside the log (raises
    OSError)."""

    home: Path
    log: ChangeLog
    blobs: BlobStore
    backups: Callable[[], Path]
    elsewhere: Callable[[], BlobStore | None]
    forget: Callable[[str], None]

    def purge(self, scope: str, mark: Mark) -> None:
        """Take a walk out for ever; `go_on` does what follows. Raises GatljusError; then nothing is gone."""
        refuse_while_restoring(self.home)
        self.log.remove(scope, mark=mark)

    def empty(self, scope: str, proved: State | None = None, words: Callable[[], Sequence[Announced]] = list) -> None:
        """Take a walk out of this home alone; `words`, asked in the same transaction, are what it says of that where
        it meets others. The numbers that this device has used are taken where the walk lies, so that they are kept in
        mind: it takes another id only where the walk comes back without them, for in every other walk it is whom it
        was. Raises GatljusError where the walk is no longer as it was `proved` to be, and what `words` raises."""
        refuse_while_restoring(self.home)
        self.log.remove(scope, proved=proved, words=words)
        self.go_on()

    def resume(self) -> None:
        """At an opening: go on with what was cut short. Raises GatljusError where the database cannot be read."""
        if self.log.leaving():
            self.go_on()

    def go_on(self) -> Remains:
        """Do what is still to be done of walks that have left this home, and take those that were purged out of every
        copy: a disk may have been away, or a copy made meanwhile. Returns what could not be done now. Raises
        GatljusError where the database cannot be read."""
        leaving, purged = self.log.leaving(), self.log.purged_walks()
        files = self._delete_here()
        bytes_lie = bool(leaving) and not self.log.leave_no_trace()
        copies, away = list[Path](), list[str]()
        if purged:
            self._sweep()
            copies, away = self._copies()
            if str(self.backups()) not in away:
                files += self._delete_elsewhere()
        stuck = tuple(_stuck(copies, purged))
        # What was purged is taken out of copies each time: one that can never be changed keeps nothing else waiting.
        if self._forgotten(leaving) and leaving and not (files or bytes_lie):
            # A disk that is full: this is found out once more at the next opening.
            with suppress(GatljusError):
                self.log.have_left(leaving)
        return Remains(tuple(files), stuck, tuple(away), bytes_lie)

    def _delete_here(self) -> list[str]:
        """Delete the blobs of walks that have left. Returns the paths of those that could not be."""
        names, left = sorted(self.log.blobs_leaving()), list[str]()
        for first in range(0, len(names), AT_ONCE):
            some = names[first : first + AT_ONCE]
            try:
                # Whoever names one now looks first whether it lies here, in the same way.
                with self.log.database.writing() as tables:
                    left += _deleted(self.blobs, unnamed(tables, some))
            except GatljusError:
                # Somebody has been writing for too long.
                left += [str(self.blobs.path(name)) for name in some]
        return left

    def delete_unnamed(self, name: str) -> bool:
        """Delete a blob that no walk names. False where one names it now. Raises OSError, GatljusError."""
        with self.log.database.writing() as tables:
            found = unnamed(tables, [name])
            for each in found:
                self.blobs.delete(each)
        return bool(found)

    def _copies(self) -> tuple[list[Path], list[str]]:
        """The copies of the database, and the folders in which they cannot be looked for."""
        found, away = list[Path](), list[str]()
        backups = self.backups()
        for folder, find in (
            (self.home / restore.REPLACED, partial(restore.put_aside_in, self.home)),
            (backups, lambda: backup.backups_in(backups).values()),
        ):
            try:
                # Of one that refuses it must not be thought that it is empty.
                os.listdir(folder)
                found += find()
            except OSError as error:
                # One of the home's own that nobody has made yet is.
                if not isinstance(error, FileNotFoundError) or folder.parent != self.home:
                    away.append(str(folder))
        return found, away

    def _forgotten(self, walks: Iterable[str]) -> bool:
        """Whether nothing is kept of these beside the log any more. A disk that is full: it is done at the next
        opening."""
        with suppress(OSError):
            for walk in walks:
                self.forget(walk)
            return True
        return False

    def _delete_elsewhere(self) -> Iterator[str]:
        with suppress(OSError):
            # A disk that went just now: the next backup meets it again.
            if kept := self.elsewhere():
                yield from _deleted(kept, self.log.blobs_purged())

    def _sweep(self) -> None:
        """Remove what backups and restores left unfinished: it holds what was written then."""
        with suppress(OSError):
            backup.sweep(self.backups())
        with suppress(OSError):
            restore.sweep(self.home)


def _deleted(blobs: BlobStore, names: Iterable[str]) -> Iterator[str]:
    """Delete these. Gives the paths of those that could not be."""
    for name in sorted(names):
        try:
            blobs.delete(name)
        except OSError:
            yield str(blobs.path(name))


def _stuck(copies: Iterable[Path], scopes: Iterable[str]) -> Iterator[str]:
    """Take walks out of copies of the database. Gives the paths of those that could not be changed."""
    for copy in copies:
        try:
            remove_from_copy(copy, scopes)
        except (OSError, sqlite3.Error):
            yield str(copy)
