"""Long work as a generator.

A job yields `Step` and returns its result. It starts no thread and knows no signal; whoever runs it decides where.
It yields only between transactions, so closing the generator cancels it and leaves a true state behind.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Step:
    """How far a job has come: what is being done, how much is done of how much. `total` 0 = not known. `stays`: it is
    something that was found out, to be read also afterwards."""

    text: str
    done: int = 0
    total: int = 0
    stays: bool = False


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
