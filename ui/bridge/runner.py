"""A Job in a thread. Here alone a thread is started for long work, and no thread touches a widget."""

import contextvars
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QDeadlineTimer, QObject, Qt, QThread, QTimer, Signal

from app.base.errors import GatljusError, reason_of
from app.base.job import Job, Step
from app.base.words import _

LONGEST_END_MS = 5000


@dataclass(frozen=True)
class Failure:
    """Why a job ended early: the world's fault as a sentence with advice, or ours with its traceback."""

    text: str
    advice: str = ""
    code: str = ""
    trace: str = ""

    @staticmethod
    def of(error: BaseException) -> "Failure":
        """What an error means for the person who waits."""
        if isinstance(error, GatljusError):
            return Failure(error.text, error.advice, error.code)
        if isinstance(error, OSError):
            place = error.filename or ""
            text = _("{path} kan inte användas: {reason}.").format(path=place, reason=reason_of(error))
            return Failure(
                text, _("Kontrollera att filen eller mappen finns och att du får läsa och skriva där."), "file"
            )
        return Failure(_("Något gick fel i programmet. Det du skrivit är sparat."), trace=traceback_of(error))


def traceback_of(error: BaseException) -> str:
    """The traceback as text, for a report that a person may copy."""
    return "".join(traceback.format_exception(error))


class Run(QThread):
    """One job on its way. Signals arrive in the thread that made the run.

    `stepped(Step)`, then exactly one of `done(result)`, `failed(Failure)` and `cancelled()`, then `ended()`.
    `rested(bool)`: a person has paused it, or let it go on.
    """

    stepped = Signal(object)
    rested = Signal(bool)
    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()

    def __init__(self, begin: Callable[[], Job[Any]], put_away: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._begin: Callable[[], Job[Any]] | None = begin
        self._put_away = put_away
        self._context = contextvars.copy_context()
        self._stop = False
        self.last: Step | None = None
        """The latest step, for who comes to look in the middle of it."""
        self._may_go = threading.Event()
        self._may_go.set()

    @property
    def rests(self) -> bool:
        """Whether it is paused, or will be at its next step."""
        return not self._may_go.is_set()

    def rest(self, on: bool = True) -> None:
        """Pause the job at its next step, where it holds nothing that others wait for, or let it go on."""
        if on == self.rests or self._stop:
            return
        if on:
            self._may_go.clear()
        else:
            self._may_go.set()
        self.rested.emit(on)

    def cancel(self) -> None:
        """Ask the job to end at its next step; what was done until then stays. One that is paused ends at once."""
        self._stop = True
        self._may_go.set()

    def forget(self) -> None:
        """Let go of the job and all it held."""
        self._begin = None

    def run(self) -> None:
        """Called by Qt in the new thread, which speaks the language of the one that made it."""
        self._context.run(self._work)

    def _work(self) -> None:
        try:
            if self._begin is not None:
                self._finish(self._begin())
        except BaseException as error:  # noqa: BLE001, it is told to the person, nothing is swallowed
            self.failed.emit(Failure.of(error))
        finally:
            self._put_away()
            self.ended.emit()

    def _finish(self, job: Job[Any]) -> None:
        while True:
            self._may_go.wait()
            if self._stop:
                job.close()
                self.cancelled.emit()
                return
            try:
                step: Step = next(job)
            except StopIteration as end:
                self.done.emit(end.value)
                return
            self.last = step
            self.stepped.emit(step)


class Runner(QObject):
    """Runs jobs, each in a thread of its own. `put_away` closes what that thread had open."""

    def __init__(self, put_away: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._put_away = put_away
        self._runs: set[Run] = set()
        self._stopped = False
        self.ended = True
        """Whether every thread had ended when all were stopped."""

    def start(self, begin: Callable[[], Job[Any]]) -> Run:
        """Start the job that `begin` makes, at the next turn of the event loop: whoever connects to its signals at once
        hears them all. After `stop_all` nothing is begun, and the run is cancelled."""
        run = Run(begin, self._put_away, self)
        self._runs.add(run)
        run.finished.connect(lambda: self._over(run), Qt.ConnectionType.QueuedConnection)
        QTimer.singleShot(0, run, lambda: self._begin(run))
        return run

    def _begin(self, run: Run) -> None:
        if not self._stopped:
            run.start()
            return
        run.cancelled.emit()
        run.ended.emit()
        self._over(run)

    def _over(self, run: Run) -> None:
        self._runs.discard(run)
        # Whoever started it may still ask how it ended; what it held is let go.
        run.forget()

    @property
    def busy(self) -> bool:
        """Whether any job is on its way."""
        return bool(self._runs)

    def stop_all(self) -> None:
        """Cancel every job, and wait until each has ended at its next step, but no longer than people wait for a window
        to close: a server that is silent holds its job. Nothing is begun any more."""
        self._stopped = True
        until = QDeadlineTimer(LONGEST_END_MS)
        for run in tuple(self._runs):
            run.cancel()
        for run in tuple(self._runs):
            self.ended = run.wait(until) and self.ended
