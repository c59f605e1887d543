"""Something looked up aside, so that nothing waits for it: the receipts of a large walk, a server that is silent."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.base.job import Job, Step
from ui.bridge.runner import Failure, Runner


class Lookup(QObject):
    """`told(answer)` comes in the thread that asked, for the newest question alone; `failed(Failure)` where there is no
    answer. Neither comes once `parent` has gone."""

    told = Signal(object)
    failed = Signal(object)

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._waiting: Callable[[], Any] | None = None
        self._busy = False

    def ask(self, find: Callable[[], Any]) -> None:
        """Ask instead of anything asked before. `find` runs in a thread of its own and touches no widget."""
        self._waiting = find
        if not self._busy:
            self._start()

    def _start(self) -> None:
        find, self._waiting, self._busy = self._waiting, None, True
        assert find is not None
        run = self._runner.start(lambda: _job(find))
        run.done.connect(self._answered)
        run.failed.connect(self._refused)

    def _answered(self, answer: Any) -> None:
        if not self._asks_again():
            self.told.emit(answer)

    def _refused(self, failure: Failure) -> None:
        if not self._asks_again():
            self.failed.emit(failure)

    def _asks_again(self) -> bool:
        self._busy = False
        if self._waiting is not None:
            self._start()
        return self._busy


def _job(find: Callable[[], Any]) -> Job[Any]:
    yield Step("")
    return find()
