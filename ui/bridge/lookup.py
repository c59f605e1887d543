"""Something looked up aside, so that nothing waits for it: the receipts of a large walk, a server that is silent."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.base.job import Job, Step
from ui.bridge.runner import Failure, Runner


class Lookup(QObject):
    """`told(answer)` comes in the thread that asked, for the newest question alone; where there is no answer `fail` is
    told why. Neither comes once `parent` has gone, or after `drop`."""

    told = Signal(object)

    def __init__(self, runner: Runner, fail: Callable[[Failure], None], parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._fail = runner, fail
        self._waiting: Callable[[], Any] | None = None
        self._busy = self._dropped = False

    @property
    def busy(self) -> bool:
        """Whether something is being looked up."""
        return self._busy

    def ask(self, find: Callable[[], Any]) -> None:
        """Ask instead of anything asked before. `find` runs in a thread of its own and touches no widget."""
        self._waiting, self._dropped = find, False
        if not self._busy:
            self._start()

    def drop(self) -> None:
        """What was asked is of no interest any more."""
        self._waiting, self._dropped = None, self._busy

    def _start(self) -> None:
        find, self._waiting, self._busy = self._waiting, None, True
        assert find is not None
        run = self._runner.start(lambda: _job(find))
        run.finished.connect(run.deleteLater)
        run.done.connect(self._answered)
        run.failed.connect(self._refused)

    def _answered(self, answer: Any) -> None:
        if not self._asks_again():
            self.told.emit(answer)

    def _refused(self, failure: Failure) -> None:
        if not self._asks_again():
            self._fail(failure)

    def _asks_again(self) -> bool:
        """The thread is free. Returns whether its answer is of no interest."""
        self._busy = False
        if self._waiting is not None:
            self._start()
        return self._busy or self._dropped


def _job(find: Callable[[], Any]) -> Job[Any]:
    yield Step("")
    return find()
