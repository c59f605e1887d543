"""Which targets are within reach at this moment. Each is asked for by itself, so that a silent server holds up itself
alone, and not the stick beside it."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ui.bridge.lookup import Lookup
from ui.bridge.runner import Failure, Runner


class Reach(QObject):
    """`changed` is emitted when an answer came that differs from the one before; before that `back(label)` where a
    target is within reach that was not."""

    changed = Signal()
    back = Signal(str)

    def __init__(self, runner: Runner, fail: Callable[[Failure], None], parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._fail = runner, fail
        self._lookups: dict[str, Lookup] = {}
        self._there: dict[str, bool] = {}

    def ask(self, labels: Iterable[str]) -> None:
        """Ask for these anew."""
        for label in labels:
            if label not in self._lookups:
                lookup = self._lookups[label] = Lookup(self._runner, self._fail, self)
                lookup.told.connect(partial(self._keep, label))
            self._lookups[label].ask(Path(label).is_dir)

    def of(self, label: str) -> bool | None:
        """Whether a target is within reach; None while nobody knows."""
        return self._there.get(label)

    def _keep(self, label: str, there: bool) -> None:
        before = self._there.get(label)
        if before is not there:
            self._there[label] = there
            if before is False:
                self.back.emit(label)
            self.changed.emit()
