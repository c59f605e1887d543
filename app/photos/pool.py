"""Two worker processes that read photos for the program.

A decoder that hangs, crashes or eats memory costs one file, not the program: the file is kept, the reason is said, and
the worker is replaced. Processes and not threads, because no thread can be stopped from outside.
"""

import multiprocessing
import sys
import tempfile
import threading
import time
import types
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count, islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Self

from app.base.errors import GatljusError
from app.base.files import sha256_of
from app.base.words import _
from app.photos.exif import Facts
from app.photos.intake import HEAD, Format, format_of
from app.photos.reasons import REFUSED, Reason, sentence
from app.photos.worker import Copied, Known, Message, Preparing, Refused, prepare, serve

WORKERS = 2
TIME_LIMIT_S = 20.0
"""A file that takes longer is given up. The slowest honest one here, a HEIC of 200 megapixels, takes a third."""

START_LIMIT_S = 60.0
END_LIMIT_S = 5.0
AHEAD = 8
"""Files handed out beyond the one whose result is awaited: enough that a slow one does not stop the others."""

QUEUE = 2
"""Files per worker, the second so that it need not wait while the program is busy with the result of the first."""

_hiding = threading.Lock()


@dataclass(frozen=True)
class Prepared:
    """A photo that can be imported. `sha256`, `size`: of its bytes. `width`, `height`: as shown, None if unknown.
    `report`, `thumb`: JPEG bytes, None if it cannot be shown; then, or if `damaged`, `reason` says why. `clock`: the
    moment that the clock page says, where it is a photo of that."""

    path: Path
    sha256: str
    size: int
    format: Format
    facts: Facts
    width: int | None = None
    height: int | None = None
    report: bytes | None = None
    thumb: bytes | None = None
    damaged: bool = False
    reason: Reason | None = None
    clock: datetime | None = None

    @property
    def why(self) -> str | None:
        """The reason as a sentence, in the language spoken now."""
        return self.reason and sentence(self.reason)


@dataclass(frozen=True)
class Failed:
    """A file that is not imported, and why."""

    path: Path
    reason: Reason

    @property
    def why(self) -> str:
        """The reason as a sentence, in the language spoken now."""
        return sentence(self.reason)


Result = Prepared | Failed


@dataclass
class _Task:
    number: int
    path: Path
    name: str
    known: Known | None = None
    end: Copied | Refused | None = None


@dataclass(eq=False)
class _Worker:
    process: BaseProcess
    pipe: Connection
    since: float
    ready: bool = False
    tasks: deque[_Task] = field(default_factory=deque)


@contextmanager
def _main_hidden() -> Iterator[None]:
    """A worker imports the program's main module again before anything else: a whole window, or `<stdin>`, which is no
    file. It needs none of it, and `multiprocessing` has no switch for that."""
    with _hiding:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = types.ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


def _format_in(path: Path) -> Format:
    with open(path, "rb") as source:
        return format_of(source.read(HEAD)) or Format.JPEG


def _without_pixels(task: _Task, reason: Reason) -> Result:
    """What can be said of a file whose worker is gone: what it had found out, else what the bytes alone tell."""
    try:
        known = task.known or Known(sha256_of(task.path), task.path.stat().st_size, _format_in(task.path), Facts())
    except OSError:
        return Failed(task.path, Reason.UNREADABLE)
    return Prepared(task.path, known.sha256, known.size, known.format, known.facts, reason=reason)


class Pool:
    """Two warm workers, for any number of runs one after the other. Use it with `with`, in one thread.

    A frozen program must call `multiprocessing.freeze_support()` first thing.
    """

    def __init__(
        self,
        scratch: Path | None = None,
        preparing: Preparing = prepare,
        time_limit_s: float = TIME_LIMIT_S,
        workers: int = WORKERS,
    ) -> None:
        """`scratch` is a folder for passing copies on (default: the system's for temporary files). `preparing` runs in
        the workers and must be a function of a module other than `__main__`. One worker is enough for one file."""
        self._wanted = workers
        self._preparing = preparing
        self._time_limit_s = time_limit_s
        self._folder = tempfile.TemporaryDirectory(prefix="gatljus-", dir=scratch, ignore_cleanup_errors=True)
        self._scratch = Path(self._folder.name)
        self._workers: list[_Worker] = []
        self._names = (str(number) for number in count())
        self._waiting: deque[_Task] = deque()
        self._done: dict[int, Result] = {}
        self._false_starts = 0

    def __enter__(self) -> Self:
        self._fill()
        return self

    def __exit__(self, *_exc: object) -> None:
        for worker in self._workers:
            self._end(worker)
        self._workers.clear()
        self._folder.cleanup()

    def run(self, paths: Iterable[Path]) -> Iterator[Result]:
        """The photos in the order of `paths`, each as soon as it and those before it are ready. Closing the iterator
        early abandons the rest. Raises GatljusError if no worker can be started."""
        tasks = (_Task(number, path, name) for number, (path, name) in enumerate(zip(paths, self._names, strict=False)))
        taken = wanted = 0
        try:
            while True:
                fresh = list(islice(tasks, wanted + AHEAD - taken))
                taken += len(fresh)
                self._waiting.extend(fresh)
                self._fill()
                self._hand_out()
                if wanted == taken:
                    return
                self._listen(patient=wanted not in self._done)
                self._hand_out()
                if wanted in self._done:
                    yield self._done.pop(wanted)
                    wanted += 1
        finally:
            self._abandon()

    def _fill(self) -> None:
        while len(self._workers) < self._wanted:
            context = multiprocessing.get_context("spawn")
            near, far = context.Pipe()
            process = context.Process(target=serve, args=(far, self._preparing, self._scratch), daemon=True)
            with _main_hidden():
                process.start()
            far.close()
            self._workers.append(_Worker(process, near, time.monotonic()))

    def _hand_out(self) -> None:
        while self._waiting and self._workers:
            worker = min(self._workers, key=lambda each: len(each.tasks))
            if len(worker.tasks) >= QUEUE:
                return
            task = self._waiting.popleft()
            if worker.ready and not worker.tasks:
                worker.since = time.monotonic()
            worker.tasks.append(task)
            with suppress(OSError):  # it is gone, which listening finds out
                worker.pipe.send((task.path, task.name))

    def _deadline(self, worker: _Worker) -> float:
        return worker.since + (self._time_limit_s if worker.ready else START_LIMIT_S)

    def _listen(self, patient: bool) -> None:
        """Take in what the workers say; if `patient`, wait until one says something or is given up."""
        busy = [worker for worker in self._workers if worker.tasks or not worker.ready]
        rest = min((self._deadline(worker) for worker in busy), default=0.0) - time.monotonic()
        speaking = wait([worker.pipe for worker in busy], max(0.0, rest) if patient else 0)
        for worker in busy:
            if worker.pipe in speaking:
                self._hear(worker)
            elif time.monotonic() > self._deadline(worker):
                self._lose(worker, Reason.TOO_SLOW)

    def _hear(self, worker: _Worker) -> None:
        try:
            while worker.pipe.poll():
                self._take(worker, worker.pipe.recv())
        except (EOFError, OSError):
            self._lose(worker, Reason.CRASHED)

    def _take(self, worker: _Worker, message: Message | None) -> None:
        if isinstance(message, Known):
            worker.tasks[0].known = message
        elif message is not None:
            worker.tasks[0].end = message
        else:
            worker.since = time.monotonic()
            if worker.ready:
                task = worker.tasks.popleft()
                self._done[task.number] = self._result(task)
            worker.ready, self._false_starts = True, 0

    def _result(self, task: _Task) -> Result:
        match task.end:
            case Refused(reason) if reason in REFUSED:
                return Failed(task.path, reason)
            case Copied(kind, width, height, report, thumb, damaged, reason, clock) if task.known:
                known, copies = task.known, (self._fetched(report), self._fetched(thumb))
                return Prepared(
                    task.path,
                    known.sha256,
                    known.size,
                    kind,
                    known.facts,
                    width,
                    height,
                    *copies,
                    damaged,
                    reason,
                    clock,
                )
            case Refused(reason):
                return _without_pixels(task, reason)
        return _without_pixels(task, Reason.BROKEN)

    def _fetched(self, name: str | None) -> bytes | None:
        if name is None:
            return None
        data = (self._scratch / name).read_bytes()
        (self._scratch / name).unlink()
        return data

    def _lose(self, worker: _Worker, reason: Reason) -> None:
        """A worker crashed or is given up: the file it was at is blamed, the others are handed out again."""
        self._end(worker)
        self._workers.remove(worker)
        if not worker.ready:
            self._false_starts += 1
            if self._false_starts > self._wanted:
                raise GatljusError(
                    "photo-workers",
                    _("Programmet kan inte starta sin bildläsare."),
                    _("Starta om datorn och försök igen. Se efter att ett virusskydd inte stoppar programmet."),
                )
        elif worker.tasks:
            task = worker.tasks.popleft()
            self._done[task.number] = _without_pixels(task, reason)
        self._waiting.extendleft(reversed(worker.tasks))

    def _abandon(self) -> None:
        """Forget a run: workers in the middle of it are replaced when next needed."""
        for worker in [each for each in self._workers if each.tasks]:
            self._end(worker)
            self._workers.remove(worker)
        self._waiting.clear()
        self._done.clear()

    @staticmethod
    def _end(worker: _Worker) -> None:
        worker.pipe.close()
        worker.process.kill()
        worker.process.join(END_LIMIT_S)
        with suppress(ValueError):  # stuck in the system over a broken card; it goes when that lets go
            worker.process.close()
