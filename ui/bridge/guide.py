"""Where this device is, as its receiver tells, and the track that it records.

One for the window: which page one is at makes no difference to it. Every fix is written within five seconds after it
came. While nothing comes nothing here happens, no timer either.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.base.errors import GatljusError
from app.commands.recording import (
    Recording,
    begin_recording,
    begin_rehearsal,
    end_cut_off,
    note_clock,
    recording_under_way,
)
from app.domain.arrival import Arrival
from app.domain.geo import bearing_deg, distance_m
from app.domain.live import STALE_S, ClockCheck, Heard, Trail
from app.domain.records import Stop
from app.domain.track import Fix
from app.domain.values import Position
from app.session import Session
from ui.bridge.awake import Awake
from ui.bridge.receiver import Receiver, State
from ui.bridge.runner import Failure

WALKS_MPS, STRIDE_M = 0.5, 6.0
"""Slower than that nobody goes anywhere: a course is chance. Over so many metres it is seen."""
WRITES_MS = 4000
"""What has come is written so long after the first of it: with the time a full disk takes to say no, under 5 s."""


class Guide(QObject):
    """`moved()`: a fix came. `turned()`: the receiver is found, lost, silent or another, the fix is too old, the track
    is begun, paused or ended."""

    moved = Signal()
    turned = Signal()

    def __init__(self, session: Session, fail: Callable[[Failure], None], parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._fail = session, fail
        self.receiver: Receiver | None = None
        self.heard: Heard | None = None
        self.clock = ClockCheck()
        self.recording: Recording | None = None
        self.trail = Trail()
        """The line of what was recorded since the program was opened."""
        self.follows = self.heads_up = False
        """Whether the map of the walk keeps one in sight, and is turned to where one goes, also when one comes back to
        it."""
        self.arrival = Arrival("")
        """To which stop of the walk that is walked one has come."""
        self.untracked = set[str]()
        """The walks whose track was ended here, or that a person walks without one."""
        self._told = False
        self._from: Position | None = None
        self.cut_off = ""
        self.course_deg: float | None = None
        """Where one goes, from true north: as the receiver says, else as the last few metres say."""
        # A coarse timer may be half a second too early, and what is noted then would be of an old position.
        precise = Qt.TimerType.PreciseTimer
        self._old = QTimer(self, singleShot=True, interval=round(1000 * STALE_S), timerType=precise)
        self._old.timeout.connect(self.turned)
        self._write = QTimer(self, singleShot=True, interval=WRITES_MS)
        self._write.timeout.connect(self.write)
        self._awake = Awake(self)
        self.turned.connect(lambda: self._awake.keep(self.recording is not None and not self.recording.paused))

    # The way to a stop

    def walks(self, walk: str, stops: Sequence[Stop], said: str) -> None:
        """This walk is walked: its stops, in order, and the one that a person has said. From then on one is heard to
        come to them, whichever page is open."""
        if self.arrival.walk != walk:
            self.arrival = Arrival(walk)
        self.arrival.among(stops, said)

    def set_out(self, walk: str, stops: Sequence[Stop], stop: str) -> None:
        """A person goes on to one of the stops of a walk."""
        self.walks(walk, stops, stop)
        self.arrival.set_out(stop)

    def is_bound_for(self, stop: str, place: Position | None) -> bool:
        """Whether one is on the way to a stop at this place: one has set out for it, and has not come there as far as a
        position tells that is not old."""
        return self.arrival.bound == stop and place is not None and not self.is_stale

    # The receiver

    def listen(self, receiver: Receiver | None) -> None:
        """Listen to this receiver instead of the one before."""
        if self.receiver is not None:
            self.receiver.stop()
            self.receiver.deleteLater()
        self.receiver, self.heard, self.clock = receiver, None, ClockCheck()
        self._from = self.course_deg = None
        # Where one came to by the receiver before says nothing of where one is by this one.
        self.arrival = self.arrival.anew()
        self._old.stop()
        self.trail.cut()
        if receiver is not None:
            receiver.came.connect(self._hear)
            receiver.turned.connect(self._turned)
            receiver.start()
        self.turned.emit()

    @property
    def rehearses(self) -> bool:
        """Whether the walk is only played."""
        return self.receiver is not None and self.receiver.is_played

    @property
    def practises(self) -> bool:
        """Whether what is noted now belongs to a rehearsal, whatever tells the position."""
        return self.rehearses or (self.recording is not None and self.recording.rehearses)

    @property
    def has_played(self) -> bool:
        """Whether all there was to play has been played; the rehearsal goes on until a person ends it."""
        return self.rehearses and self.receiver is not None and self.receiver.state == State.OVER

    @property
    def is_stale(self) -> bool:
        """Whether the last fix is too old to say where one is; also where there is none. Where all has been played one
        is where that ended, until the rehearsal is ended."""
        if self.has_played and self.heard is not None and self.recording is not None:
            return False
        # A clock that was put back says that nothing is old; the timer knows, unless the device has slept.
        return self.heard is None or not self._old.isActive() or self.heard.is_stale(self._session.clock())

    @property
    def position(self) -> Position | None:
        """Where this device was last told to be."""
        return self.heard.fix.position if self.heard else None

    def _hear(self, fix: Fix) -> None:
        was_stale = self.is_stale
        self.heard = Heard(fix, self._session.clock())
        self._see_course(fix)
        if not self.rehearses:
            self.clock.hear(self.heard)
        self._old.start()
        self._keep(fix)
        self.arrival.hear(fix.position, doubtful=self.heard.is_doubtful)
        self.moved.emit()
        if was_stale:
            self.turned.emit()

    def _see_course(self, fix: Fix) -> None:
        slow = fix.speed_mps is not None and fix.speed_mps < WALKS_MPS
        if self._from is None or distance_m(self._from, fix.position) >= STRIDE_M:
            seen = bearing_deg(self._from, fix.position) if self._from else None
            self.course_deg = seen if fix.course_deg is None else self.course_deg
            self._from = fix.position
        if fix.course_deg is not None and not slow:
            self.course_deg = fix.course_deg

    def _turned(self) -> None:
        if self.receiver is not None and self.receiver.state == State.OVER:
            self.write()
        self.turned.emit()

    # The track

    @property
    def records(self) -> str:
        """The walk whose track is recorded now, or paused; "" where none is."""
        return self.recording.walk if self.recording else ""

    @property
    def is_paused(self) -> bool:
        """Whether the recording is paused."""
        return self.recording is not None and self.recording.paused

    def take_up(self) -> bool:
        """Go on with the track that was under way when the program ended. Returns whether there was one. A rehearsal
        is not gone on with: it is over, and `cut_off` is its walk."""
        try:
            self.cut_off = end_cut_off(self._session)
        except (GatljusError, OSError) as error:
            self._fail(Failure.of(error))
        self.recording = recording_under_way(self._session)
        self.turned.emit()
        return self.recording is not None

    def record(self, walk: str, name: str = "") -> None:
        """Begin the track of a walk; one that is under way is ended. Raises GatljusError, OSError."""
        if self.rehearses:
            self.rehearse(walk)
            return
        self.end()
        self.recording, self.trail = begin_recording(self._session, walk, name), Trail()
        self.turned.emit()

    def rehearse(self, walk: str) -> None:
        """Begin the track of a walk that is only played. Raises BadInput while a real one is recorded, GatljusError,
        OSError."""
        if self.recording is not None and self.recording.rehearses:
            self.end()
        self.recording, self.trail = begin_rehearsal(self._session, walk), Trail()
        self.turned.emit()

    def pause(self, on: bool = True) -> None:
        """Pause the recording, or go on with it. Raises GatljusError, OSError."""
        if self.recording is not None:
            (self.recording.pause if on else self.recording.go_on)()
            self.trail.keep()
            self.trail.cut()
            self.turned.emit()

    def end(self) -> None:
        """End the track. Raises GatljusError, OSError; then it is still under way."""
        if self.recording is not None:
            self.recording.end()
            if not self.recording.rehearses:
                self.untracked.add(self.recording.walk)
            self.recording = None
            self._write.stop()
            self.turned.emit()

    def write(self) -> None:
        """Write what has come. Where that cannot be it waits, is told once, and is tried again with what comes."""
        self._write.stop()
        try:
            if self.recording is not None:
                self.recording.write()
                self.trail.keep()
                if self.recording.is_gone:
                    self.end()
                elif self.clock.ahead_s is not None:
                    note_clock(self._session, self.recording.walk, self.clock.ahead_s)
            self._told = False
        except (GatljusError, OSError) as error:
            if not self._told:
                self._fail(Failure.of(error))
            self._told = True
            self._write.start()

    def stop(self) -> None:
        """The window closes: what came is written, and the track waits for the next time."""
        self.listen(None)
        self.write()
        self._write.stop()
        self._awake.keep(False)

    def _keep(self, fix: Fix) -> None:
        if self.recording is None or self.recording.paused:
            return
        # What a receiver tells is no part of a track that is only rehearsed.
        if self.recording.rehearses and not self.rehearses:
            return
        self.recording.take(fix, self.receiver.kind if self.receiver is not None else "")
        if not self._write.isActive():
            self._write.start()
        self.trail.take(fix)
