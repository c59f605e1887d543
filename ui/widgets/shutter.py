"""Photos taken with the device's camera: one after the other they are taken in, whichever page one is at by then."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, Signal
from PySide6.QtGui import QImage

from app.base.job import Job
from app.base.words import _
from app.commands.photos import attach_all
from app.domain.records import Device, Observation, Photo, SafetyWalk
from app.domain.values import known
from app.jobs.photos import Item, import_snap
from ui.widgets.desk import Desk
from ui.widgets.live_view import LiveView
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice
from ui.widgets.things import Things

GUARD_MS = 250
"""A finger that trembles takes one photo."""
JUST_NOW = timedelta(seconds=30)


@dataclass(frozen=True)
class Wanted:
    """To what a photo belongs: an observation, else a stop, else what its own place says."""

    walk: SafetyWalk
    observation: str = ""
    stop: str = ""


@dataclass
class _Snapped:
    """A photo on its way; `follows`: the observation that it was said to belong to since."""

    wanted: Wanted
    begin: Callable[[], Job[list[Item]]]
    follows: str = ""


class Shutter(QObject):
    """`took(photo, Wanted)`: a photo has been taken in."""

    took = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.runner)
        self._desk = desk
        self._waiting = deque[_Snapped]()
        self._now: _Snapped | None = None
        self._since = QElapsedTimer()

    @property
    def works(self) -> bool:
        """Whether a photo is on its way."""
        return self._now is not None

    def take(self, live: LiveView, wanted: Wanted) -> bool:
        """Take what is seen; not the second of a double press. Returns whether it was taken."""
        if self._since.isValid() and self._since.elapsed() < GUARD_MS:
            return False
        image = live.take()
        if image.isNull():
            return False
        self._since.start()
        session, snap = self._desk.session, live.snap(wanted.walk)
        plain = image.convertToFormat(QImage.Format.Format_RGBA8888)
        size, rgba = (plain.width(), plain.height()), bytes(plain.constBits())
        belongs: dict[str, Any] = {"observation": wanted.observation or None, "stop": wanted.stop or None}
        begin = partial(import_snap, session, wanted.walk, size, rgba, snap, **belongs)
        self._waiting.append(_Snapped(wanted, begin))
        self._next()
        return True

    def follow(self, observation: str) -> None:
        """What was taken of nothing yet, and is still on its way, belongs to this observation."""
        for each in (*self._waiting, *((self._now,) if self._now else ())):
            if not each.wanted.observation:
                each.follows = each.follows or observation

    def _next(self) -> None:
        if self._now is not None or not self._waiting:
            return
        self._now = self._waiting.popleft()
        run = self._desk.work(_("Fotot tas in"), self._now.begin)
        run.done.connect(self._done)
        run.ended.connect(self._ended)

    def _done(self, items: list[Item]) -> None:
        snapped, session = self._now, self._desk.session
        assert snapped is not None
        for each in items:
            if each["result"] == "refused":
                self._desk.say(Notice(str(each["reason"]), icon_named("state", "photo_blocked"), problem=True))
            else:
                photo = str(each["photo"])
                if snapped.follows:
                    attach_all(session, session.read(Photo, {"id": photo}), snapped.follows)
                self.took.emit(photo, snapped.wanted)

    def _ended(self) -> None:
        self._now = None
        self._next()


def shutter_of(desk: Desk) -> Shutter:
    """The one of this window."""
    found = desk.runner.findChild(Shutter)
    return found if isinstance(found, Shutter) else Shutter(desk)


def noted_just_now(desk: Desk, things: Things) -> Observation | None:
    """What was noted with this device within the last moment, to which one more photo may belong."""
    mine, now = desk.shelf.one(Device, things.scope, desk.session.identity.device), desk.session.clock()
    letter = (known(mine.letter, str) if mine else "") or "-"
    moments = [
        (each.observed_at, each)
        for each in things.observations
        if str(each.tag).rstrip("0123456789") == letter and isinstance(each.observed_at, datetime)
    ]
    at, found = max(moments, key=lambda each: each[0], default=(None, None))
    return found if at is not None and timedelta(0) <= now - at <= JUST_NOW else None
