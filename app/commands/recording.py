"""The track that this device records of a walk: begun, gone on with, paused, ended.

What a receiver says is kept whole and raw, in pieces that are final. Which track is under way is kept beside the log:
it is gone on with, as a new segment, by whoever opens the home after the program or the power went. What is written
here is no step of undo, which is for what people say.
"""

from collections.abc import Collection
from itertools import groupby
from operator import itemgetter
from typing import Any

from app.base.errors import BadInput
from app.base.holding import Holding
from app.base.words import _
from app.commands.drafts import changed, new_record
from app.commands.groups import group_here
from app.domain.live import CLOCK_WRONG_S
from app.domain.records import Device, Track, TrackChunk
from app.domain.track import Fix
from app.domain.values import known
from app.session import Session
from app.settings import ids_in, load_passed, load_recording, load_stop, save_recording, save_stop

REHEARSED = "rehearsed.lock"
"""Held in the home by who rehearses there."""
MOST = 500
"""Fixes in one piece at the most."""


class Recording:
    """The track `track` of a walk, under way. What was taken and not yet written is `waiting`. `rehearses`: the walk is
    only played. `first`: the track it began with, where another group has begun one since; `stop`: where one was before
    a rehearsal, and is again after it; `passed`: the stops that had been passed by then."""

    def __init__(
        self, session: Session, walk: str, track: str, *, paused: bool = False, rehearses: bool = False
    ) -> None:
        self.walk, self.track, self.paused, self.rehearses = walk, track, paused, rehearses
        self.first = track
        self.stop: str | None = None
        self.passed: Collection[str] = ()
        self._session = session
        # Let go of with the process, however that ends.
        self._held = Holding(session.home / REHEARSED) if rehearses else None
        if self._held is not None:
            self._held.share()
        self._come: list[tuple[str, list[Any]]] = []
        pieces = session.read(TrackChunk, {"scope": walk, "track": track})
        self._number = 1 + max((known(each.number, int) or 0 for each in pieces), default=-1)
        self._segment = 1 + max((known(each.segment, int) or 0 for each in pieces), default=-1)

    @property
    def waiting(self) -> int:
        """How many fixes are not yet written."""
        return len(self._come)

    def take(self, fix: Fix, told_by: str = "") -> None:
        """A fix came, from a kind of receiver. While the recording is paused it is not kept."""
        if not self.paused:
            self._come.append((told_by, fix.row()))

    @property
    def is_gone(self) -> bool:
        """Whether the walk has left this device, purged or emptied: nothing more is kept of it here."""
        return not self._session.log.has(self.walk)

    def write(self) -> None:
        """Keep what has come. Raises GatljusError, OSError where nothing can be written: it waits then."""
        if self._come and self.is_gone:
            self._come.clear()
        if self._come:
            self._follow_group()
        while self._come:
            told_by, rows = next(groupby(self._come[:MOST], key=itemgetter(0)))
            piece = tuple(row for _by, row in rows)
            said = {"track": self.track, "number": self._number, "segment": self._segment, "points": piece,
                    "told_by": told_by}  # fmt: skip
            self._session.write(
                self.walk, new_record(self._session, TrackChunk, self._session.new_id(), said), action=0
            )
            self._number += 1
            del self._come[: len(piece)]

    def pause(self) -> None:
        """Nothing is kept from now on until one goes on. Raises GatljusError, OSError."""
        self.write()
        self.keep(paused=True)

    def go_on(self) -> None:
        """What comes from now on is a new segment. Raises OSError."""
        if self.paused:
            self.keep(paused=False)
            self._segment += 1

    def end(self) -> None:
        """The track is whole. Raises GatljusError, OSError."""
        self.write()
        if self.rehearses and not self.is_gone:
            _write_over(self._session, self.walk, self.first)
            if self.stop is not None:
                save_stop(self._session.home, self.walk, self.stop, self.passed)
        if self._held is not None:
            self._held.close()
        # Another that was begun meanwhile, by the window beside a command, is still under way.
        if load_recording(self._session.home).get("track") == self.track:
            save_recording(self._session.home, None)

    def _follow_group(self) -> None:
        """What was walked stays with the group it was walked with; a track on which nobody has walked yet is the new
        one's."""
        group = group_here(self._session, self.walk)
        for mine in self._session.read(Track, {"scope": self.walk, "id": self.track}):
            if mine.group == group:
                return
            if not self._number:
                self._session.write(self.walk, changed(mine, {"group": group}), action=0)
                return
            self.track = _begin_track(self._session, self.walk, str(mine.name), group, rehearsed=self.rehearses)
            self._number = self._segment = 0
            self.keep(paused=self.paused)

    def keep(self, *, paused: bool = False) -> None:
        """Note beside the log that it is under way, or paused. Raises OSError."""
        said = {"walk": self.walk, "track": self.track, "paused": paused, "rehearses": self.rehearses}
        if self.rehearses:
            said |= {"first": self.first} | (
                {"stop": self.stop, "passed": sorted(self.passed)} if self.stop is not None else {}
            )
        save_recording(self._session.home, said)
        self.paused = paused


def note_clock(session: Session, walk: str, ahead_s: float) -> None:
    """Keep by how much this device's clock goes before the satellites', where that is another wrong than is known. What
    was noted keeps its times: they are told to be wrong, and by how much. Raises GatljusError."""
    for mine in session.read(Device, {"scope": walk, "id": session.identity.device}):
        if abs(ahead_s - (known(mine.clock_error_s, float) or 0.0)) > CLOCK_WRONG_S:
            session.write(walk, changed(mine, {"clock_error_s": float(round(ahead_s))}), action=0)


def begin_recording(session: Session, walk: str, name: str = "") -> Recording:
    """Begin a track; one that is under way is ended as it stands. Raises GatljusError, OSError."""
    return _begin(session, walk, name)


def begin_rehearsal(session: Session, walk: str) -> Recording:
    """Begin the track of a walk that is only played. Raises BadInput while a real one is under way, GatljusError,
    OSError."""
    if recording_under_way(session) is not None:
        text = _("Ett spår spelas in just nu, och en övning skulle avbryta det.")
        raise BadInput("records", text, _("Avsluta spåret först, i planen under Spår, eller öva på en annan enhet."))
    recording = _begin(session, walk, _("Övning"), rehearses=True)
    # Where one goes on to while one practises is not where one is.
    recording.stop, recording.passed = load_stop(session.home, walk), load_passed(session.home, walk)
    recording.keep()
    return recording


def rehearsal_under_way(session: Session) -> tuple[str, str] | None:
    """The walk that is rehearsed, or was when the program was cut off, and the track the rehearsal began with."""
    said = load_recording(session.home)
    walk, first = said.get("walk"), said.get("first", said.get("track"))
    if said.get("rehearses") is not True or not (isinstance(walk, str) and isinstance(first, str)):
        return None
    return walk, first


def end_cut_off(session: Session) -> str:
    """The rehearsal that was under way is over: nobody goes on with it. Returns its walk; "" where there was none.
    Raises GatljusError, OSError."""
    found = rehearsal_under_way(session)
    if found is not None:
        _write_over(session, *found)
        # A rehearsal of a version before, or one cut off as it began, says nothing of where one was.
        said = load_recording(session.home)
        if isinstance(stop := said.get("stop"), str):
            save_stop(session.home, found[0], stop, ids_in(said.get("passed")))
        save_recording(session.home, None)
    return found[0] if found is not None else ""


def end_dead(session: Session) -> None:
    """The rehearsal whose process is no more is over: what is noted from now on is no part of it. One that goes on in
    another process goes on. Raises GatljusError, OSError."""
    if rehearsal_under_way(session) is None:
        return
    held = Holding(session.home / REHEARSED)
    try:
        if held.alone(patience_s=0.0):
            end_cut_off(session)
    finally:
        held.close()


def _write_over(session: Session, walk: str, first: str) -> None:
    """Write, once, that the rehearsal is over: what this device writes from then on is no part of it."""
    for track in session.read(Track, {"scope": walk, "id": first}):
        if track.over is not True:
            session.write(walk, changed(track, {"over": True}), action=0)


def _begin(session: Session, walk: str, name: str, *, rehearses: bool = False) -> Recording:
    end_cut_off(session)
    letter = session.introduce(walk)
    name, group = name or _("Platta {name}").format(name=letter), group_here(session, walk)
    track = _begin_track(session, walk, name, group, rehearsed=rehearses)
    recording = Recording(session, walk, track, rehearses=rehearses)
    recording.keep()
    return recording


def _begin_track(session: Session, walk: str, name: str, group: str | None, *, rehearsed: bool) -> str:
    track = session.new_id()
    said = {"name": name, "device": session.identity.device, "group": group, "rehearsed": rehearsed}
    session.write(walk, new_record(session, Track, track, said), action=0)
    return track


def recording_under_way(session: Session) -> Recording | None:
    """The track that was being recorded when the program ended; None where there is none, or it was discarded, or only
    rehearsed: what a receiver tells then is no part of that."""
    said = load_recording(session.home)
    if said.get("rehearses") is True:
        return None
    walk, track = said.get("walk"), said.get("track")
    if not (isinstance(walk, str) and isinstance(track, str) and session.read(Track, {"scope": walk, "id": track})):
        return None
    return Recording(session, walk, track, paused=said.get("paused") is True)
