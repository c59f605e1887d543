"""A home, opened: the log, the blobs and what every command and query needs. Nothing else holds state.

home/gatljus.db     the log and its index
home/blobs/         photos and other large values, by hash
home/device.json    which device this is
home/lock, in-use   locked while a home is made, and by who has it open
home/damaged        what is known to be wrong with the database
home/replaced/      databases that a restore put aside
home/settings.json  language, label, folder for backups, and how the window looks
home/window.json    where one was; stops.json: at which stop of each walk, and which ones were passed by
home/joined.json    texts that are being put together from versions that differ
home/recording.json which track is being recorded
home/clocks.json    how wrong cameras' clocks go; watched.json: the camera's folder that is watched
home/backups/       the last ten copies of the database
home/voice/         a voice note that is being recorded
"""

import gettext
import json
import locale
import os
import platform
import secrets
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeVar

import resources
from app import __version__
from app.base.clock import Clock, utc_now
from app.base.errors import GatljusError, unwritten
from app.base.files import make_folder
from app.base.words import ENGLISH, _, speak
from app.domain.change import Draft, News, Past, Written
from app.domain.checklist import Checklist, checklist_from
from app.domain.letters import first_free
from app.domain.record import CREATED, Record
from app.domain.records import Device
from app.domain.stamp import Chance
from app.domain.values import known
from app.domain.walk import Conflict
from app.settings import Settings, forget_walk, load_settings, save_settings
from app.storage import backup, history, search, undo, views
from app.storage.blobs import BlobStore
from app.storage.disposal import Disposal
from app.storage.identity import Identity, identify, mark_of, renew, standing
from app.storage.log import ChangeLog, Write
from app.storage.places import Places
from app.storage.restore import open_home
from app.storage.soundness import Soundness
from app.storage.waiting import is_ready
from app.sync.heads import machine_in

R = TypeVar("R", bound=Record)

CHECKLIST = "gatljus-1"


SWEDISH_LOCALES = ("", "sv", "c", "posix", "swedish")
"""What a system that speaks Swedish, or nothing, calls its language; Windows says it in English."""


def language_of(said: str | None) -> str:
    """`said`, else GATLJUS_LANG, else the locale: sv*, C, POSIX and unset are Swedish, others English."""
    word = said or os.environ.get("GATLJUS_LANG")
    if not word:
        names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
        found = next((name for name in names if name), "") or _system_locale()
        short = found.replace("-", "_").partition(".")[0].partition("_")[0].lower()
        word = "sv" if short in SWEDISH_LOCALES else "en"
    return "sv" if word.lower().startswith("sv") else "en"


def _system_locale() -> str:
    if sys.platform != "win32":
        return ""
    return locale.getlocale()[0] or ""


def speak_language(language: str) -> None:
    """Speak Swedish or English from now on in this context. Any other language becomes Swedish."""
    if language != ENGLISH:
        speak("sv")
        return
    with resources.path("words/en/LC_MESSAGES/gatljus.mo").open("rb") as file:
        speak(ENGLISH, gettext.GNUTranslations(file))


@dataclass(frozen=True)
class Writing:
    """A transaction in a walk, in which this device is called `letter`. `write(drafts, action)` writes."""

    letter: str
    write: Write


class Session:
    """The home in folder `home`, made where there is none. `chance` gives random hex (a demo hands in a seeded one).

    Raises GatljusError where the folder cannot be used.
    """

    def __init__(self, home: Path, *, clock: Clock = utc_now, chance: Chance = secrets.token_hex) -> None:
        self.home = home
        self.clock = clock
        self.chance = chance
        try:
            make_folder(home)
            self._holding, self.unread = open_home(home)
            """What is to be said of a restore that could not be read when its turn came."""
            try:
                self._begin()
            except BaseException:
                # Where it cannot be opened, it may be put right.
                self.leave()
                raise
        except OSError as error:
            raise unwritten(error, home) from error

    def _begin(self) -> None:
        home = self.home
        self.renewed = standing(home) is None and (home / "gatljus.db").is_file()
        """Whether the home lay elsewhere before, or its identity was lost, so that it was given a new one."""
        self._identity, self._mark = identify(home, self.chance), mark_of(home)
        self.log = ChangeLog(home / "gatljus.db", self._identity.device, self.clock, self.chance)
        self.settings = load_settings(home)
        self.blobs = BlobStore(home / "blobs")
        self.log.follow(lambda: self.identity.device, self._renew)
        self.log.ask(self.blobs.has)
        self.places = Places(self.log.database)
        self._letters: dict[tuple[str, str], str] = {}
        self.disposal = Disposal(
            home, self.log, self.blobs, lambda: self.backups, lambda: self.backed_up_blobs, partial(forget_walk, home)
        )
        self.told_of_backup: dict[bool, str] = {}
        """Why no backup could be made, as it was said last: of one with photos, and of one without."""
        # What cannot be deleted just now is no reason not to open; it is tried again the next time.
        with suppress(OSError):
            self.forget_erased()
        self.disposal.resume()
        self.soundness = Soundness(self.log.database.path, partial(backup.damage_in, self.log.database))

    @property
    def identity(self) -> Identity:
        """Which device this home is now: another process may have taken a new id."""
        mark = mark_of(self.home)
        if mark != self._mark:
            self._identity, self._mark = standing(self.home) or self._identity, mark
        return self._identity

    @identity.setter
    def identity(self, new: Identity) -> None:
        """Speak as someone else until the file says otherwise; the sample walk is made on one machine."""
        self._identity = new

    def close(self) -> None:
        """Close this thread's connection."""
        if hasattr(self, "log"):
            self.log.close()

    def leave(self) -> None:
        """Close the home wholly: from now on another program may put another database in its place."""
        self.close()
        self._holding.close()

    @property
    def is_to_be_restored(self) -> bool:
        """Whether a restore waits for the home to be opened anew."""
        return is_ready(self.home)

    def on_commit(self, bell: Callable[[News], None]) -> None:
        """Call `bell` after every commit, in the thread that wrote."""
        self.log.on_commit(bell)

    def version(self) -> int:
        """Changes when another thread or another process has written in this home; asked in one thread."""
        return self.log.database.version()

    def new_id(self) -> str:
        """A new record's id."""
        return self.chance(16)

    def save(self, settings: Settings) -> None:
        """Keep new settings. Raises OSError."""
        save_settings(self.home, settings)
        self.settings = settings

    def become_new_device(self) -> None:
        """Take a new device id; what the old one wrote is from now on another device's. Raises GatljusError."""
        # No process of this home is in the middle of a write.
        with self.log.database.writing():
            self._renew()

    def _renew(self) -> None:
        try:
            renew(self.home, self.identity.device, self.chance)
        except OSError as error:
            raise unwritten(error, self.home) from error

    @property
    def label(self) -> str:
        """What this device is called."""
        return self.settings.label or platform.node() or _("Den här enheten")

    @cached_property
    def checklist(self) -> Checklist:
        """The checklist that comes with the program."""
        return checklist_from(json.loads(self.checklist_text))

    @cached_property
    def checklist_text(self) -> str:
        """The same as its JSON text."""
        return resources.read_text(f"checklist/{CHECKLIST}.json")

    def read(
        self,
        cls: type[R],
        where: Mapping[str, Any] | None = None,
        order: Sequence[str] = (),
        limit: int | None = None,
    ) -> list[R]:
        """Records of a kind as shown: `where` compares fields, `scope`, `id` (also a set); `order` names fields."""
        with self.log.database.reading() as tables:
            return list(views.read(tables, cls, where or {}, order, limit))

    def counts(self, scope: str) -> dict[str, int]:
        """How many records of each kind are shown in a walk; kinds without any left out."""
        with self.log.database.reading() as tables:
            return views.counts(tables, scope)

    @contextmanager
    def one_view(self) -> Iterator[None]:
        """Reads within the block see the log as it stood at the beginning."""
        with self.log.database.reading():
            yield

    def conflicts(self, scope: str) -> list[Conflict]:
        """What devices changed unaware of each other."""
        with self.log.database.reading() as tables:
            return history.conflicts(tables, scope)

    def history(self, kind: str, record: str) -> list[dict[str, Any]]:
        """Every change of a record, newest first."""
        with self.log.database.reading() as tables:
            return history.history(tables, kind, record)

    def past(self, record: Record, field: str) -> dict[str, Past]:
        """Every change of a field of a record, by stamp."""
        with self.log.database.reading() as tables:
            return history.past(tables, record.scope, record.KIND, record.id, field)

    def find(self, words: str, scope: str | None = None, limit: int = 200) -> list[tuple[str, str, str, str]]:
        """(scope, kind, record, field) of text that holds all the words."""
        with self.log.database.reading() as tables:
            return search.find(tables, words, scope, limit)

    def ids(self, prefix: str, kind: str | None = None, *, deleted: bool = False) -> list[tuple[str, str, str]]:
        """(kind, record, scope) of every record whose id begins so: of those that are shown, or of the others."""
        with self.log.database.reading() as tables:
            return views.ids(tables, prefix, kind, deleted)

    def taken_back(self, scope: str, action: int) -> list[tuple[str, str, str, Any]]:
        """(kind, record, field, value) that the latest undo of an action of this device wrote."""
        with self.log.database.reading() as tables:
            return history.taken_back(tables, scope, self.identity.device, action)

    def would_undo(self, scope: str, *, past_erasure: bool = False) -> list[tuple[str, str, str, Any]]:
        """(kind, record, field, value) that an undo would write now, or of the erasure at which it would stop; empty
        where there is nothing to take back."""
        with self.log.database.reading() as tables:
            return undo.plan_undo(tables, scope, self.identity.device, past_erasure=past_erasure).told

    def last_change(self, scope: str) -> str | None:
        """When the latest change of a walk was made (ISO UTC), by its maker's clock."""
        with self.log.database.reading() as tables:
            return history.last_change(tables, scope)

    def scope_to_undo(self) -> str | None:
        """The walk in which lies what this device did last and can take back."""
        with self.log.database.reading() as tables:
            return undo.latest_scope(tables, self.identity.device, undo.plan_undo)

    def scope_to_redo(self) -> str | None:
        """The walk in which lies what this device took back last and can put back."""
        with self.log.database.reading() as tables:
            return undo.latest_scope(tables, self.identity.device, undo.plan_redo)

    def latest_scope(self) -> str | None:
        """The walk this device wrote in last."""
        with self.log.database.reading() as tables:
            return history.latest_scope(tables, self.identity.device)

    def letters(self, scope: str) -> set[str]:
        """The letters of every device of a walk, hidden ones' too: they stand in tags for ever."""
        with self.log.database.reading() as tables:
            return views.letters(tables, scope)

    def tags(self, scope: str, letter: str) -> list[str]:
        """The highest tag with a letter in a walk, hidden observations' too; none where there is none."""
        with self.log.database.reading() as tables:
            return views.highest_tag(tables, scope, letter)

    def put_personal(self, data: Mapping[str, Any]) -> str:
        """Keep personal data in a blob of its own, which can be erased. Salted, so that its name tells nothing. Raises
        GatljusError."""
        said = json.dumps({"salt": self.chance(32), **data}, ensure_ascii=False, sort_keys=True)
        try:
            return self.blobs.put(said.encode())
        except OSError as error:
            raise unwritten(error, self.home) from error

    def forget_erased(self) -> None:
        """Delete the files that erased records name."""
        for name in self.log.blobs_to_delete():
            self.blobs.delete(name)

    def write(self, scope: str, drafts: Sequence[Draft], *, action: int | None = None, begins: bool = False) -> Written:
        """Write what a person meant, in one transaction; with `begins` a new walk. This device introduces itself in the
        walk first."""
        with self.writing(scope, begins=begins) as here:
            return here.write(drafts, action)

    @contextmanager
    def writing(self, scope: str, *, begins: bool = False) -> Iterator[Writing]:
        """One transaction, for what depends on what stands in the walk at that moment. This device has introduced
        itself. Raises GatljusError where nothing of the walk is here, as when it was purged or emptied, unless the
        block `begins` it."""
        with self.log.writing(scope) as write:
            if not begins and not self.log.has(scope):
                raise GatljusError(
                    "emptied", _("Vandringen finns inte här längre."), _("Hämta den igen om du ska skriva mer i den.")
                )
            yield Writing(self._letter(scope, write), write)

    def introduce(self, scope: str) -> str:
        """The letter of this device in a walk; the device's record is written the first time."""
        letter = self._known_letter(scope)
        if letter:
            return letter
        with self.writing(scope) as here:
            return here.letter

    def _known_letter(self, scope: str) -> str | None:
        """The letter is for ever, so it is looked up once."""
        key = (scope, self.identity.device)
        if key not in self._letters:
            for mine in self.read(Device, {"scope": scope, "id": key[1]}):
                if letter := known(mine.letter, str):
                    self._letters[key] = letter
        return self._letters.get(key)

    def _letter(self, scope: str, write: Write) -> str:
        # What is written here is not yet for ever.
        return self._known_letter(scope) or self._introduction(scope, write)

    def _introduction(self, scope: str, write: Write) -> str:
        """Write this device's record with the first letter that is free. Returns the letter."""
        letter = first_free(self.letters(scope))
        said: dict[str, Any] = {
            CREATED: self.clock(),
            "label": self.label,
            "letter": letter,
            "app_version": __version__,
            "machine": machine_in(scope, self.identity.machine),
            "was": self.identity.was,
        }
        drafts = [Draft(kind=Device.KIND, record=self.identity.device, field=name, value=said[name]) for name in said]
        write(drafts, 0)
        return letter

    @property
    def backups(self) -> Path:
        """The folder for backups."""
        return Path(self.settings.backups) if self.settings.backups else self.home / backup.FOLDER

    def back_up(self) -> Path:
        """Copy the database to the folder for backups; the last ten copies are kept. Raises GatljusError."""
        made = backup.back_up(self.log.database, self.backups, self.clock)
        # A walk may have been purged while it was made.
        self.disposal.go_on()
        return made

    @property
    def is_backed_up(self) -> bool:
        """Whether the latest backup holds everything that is written here."""
        return backup.is_backed_up(self.log.database, self.backups)

    def count_backups(self) -> int:
        """How many backups lie in that folder."""
        return backup.count_in(self.backups)

    @property
    def backed_up_blobs(self) -> BlobStore | None:
        """Where photos are backed up to: only where the folder for backups lies on another disk than the home, for on
        the same one a second copy is lost with the first. Raises OSError."""
        return BlobStore(self.backups / "blobs") if backup.on_another_disk(self.backups, self.home) else None
