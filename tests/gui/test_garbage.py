"""Garbage is collected in the window's thread, whoever makes it."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.base.job import Job, Step
from tests.gui.hands import until
from ui.bridge.garbage import Collector
from ui.bridge.runner import Runner


class Ring(QWidget):
    """A widget that nothing reaches but itself."""

    def __init__(self) -> None:
        super().__init__()
        self.me = self


def _allocating(steps: int) -> Job[int]:
    for n in range(steps):
        yield Step(str(n))
        # More than Python lets live before it collects, several times over.
        assert len([[k] for k in range(5000)]) == 5000
    return steps


def _leave_rings(died: list[int]) -> None:
    """Garbage enough to be due."""
    for _ in range(1000):
        ring = Ring()
        weakref.finalize(ring, lambda: died.append(threading.get_ident()))


def test_what_the_window_made_is_collected_by_its_own_thread_though_a_job_allocates(
    parent: QObject, collector: Collector
) -> None:
    assert collector.parent() is not None
    gc.collect()
    died: list[int] = []
    _leave_rings(died)
    ended: list[int] = []
    runner = Runner(lambda: None, parent)
    run = runner.start(lambda: _allocating(200))
    run.done.connect(ended.append)
    until(lambda: bool(ended), "the job")
    until(lambda: len(died) == 1000, "the widgets to go")
    runner.stop_all()
    assert set(died) == {threading.get_ident()}


def test_nothing_is_collected_in_the_middle_of_what_the_window_does(collector: Collector) -> None:
    assert collector.parent() is not None
    gc.collect()
    died: list[int] = []
    _leave_rings(died)
    assert len([[k] for k in range(100_000)]) == 100_000
    assert not died
    until(lambda: len(died) == 1000, "the event loop to collect")


def test_one_that_is_stopped_leaves_it_to_python_again(parent: QObject) -> None:
    Collector(parent).stop()
    assert gc.isenabled()
