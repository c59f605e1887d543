"""Long work as a generator.

A job yields `Step` and returns its result. It starts no thread and knows no signal; whoever runs it decides where.
It yields only between transactions, so closing the generator cancels it and leaves a true state behind.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeVar

from app.base.words import _

T = TypeVar("T")

MEGA = 1_000_000


@dataclass(frozen=True)
class Step:
    """How far a job has come: what is being done, how much is done of how much. `total` 0 = not known. `stays`: it is
    something that was found out, to be read also afterwards. `in_bytes`: `done` and `total` are bytes, not things."""

    text: str
    done: int = 0
    total: int = 0
    stays: bool = False
    in_bytes: bool = False

    @property
    def amount(self) -> str:
        """So much of so much in words: *3 av 9*, or *312 av 840 MB*; "" where that is not known."""
        if not self.total:
            return ""
        if not self.in_bytes:
            return f"{self.done} {_('av')} {self.total}"
        unit, name = (MEGA, "MB") if self.total >= MEGA else (1000, "kB")
        return f"{self.done // unit} {_('av')} {-(-self.total // unit)}\N{NO-BREAK SPACE}{name}"


Job = Generator[Step, None, T]


def finish(job: Job[T], on_step: Callable[[Step], None] | None = None) -> T:
    """Run a job to its end and return its result. `on_step` is called with every step."""
    while True:
        try:
            step = next(job)
        except StopIteration as end:
            result: T = end.value
            return result
        if on_step:
            on_step(step)
