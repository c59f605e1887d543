"""What came of long work. It goes on when its page is left or made anew, and what came of it is told nevertheless."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.base.errors import GatljusError
from app.base.job import Job
from ui.bridge.runner import Failure, Run


def told(begin: Callable[[], Job[Any]]) -> Job[Any]:
    """The job, whose refusals by the world are its outcome, to be told where one is looking."""
    try:
        return (yield from begin())
    except (GatljusError, OSError) as error:
        return Failure.of(error)


def tell_outcome(
    run: Run, page: QWidget, here: Callable[[Any], None], elsewhere: Callable[[Any], None], *, cancelled: bool = False
) -> None:
    """When the work is done, tell it `here` where its page is still seen, and `elsewhere` where it is not. `cancelled`:
    tell also that it was cancelled, as None."""

    def over(result: Any = None) -> None:
        # A page that was left lives on until the event loop comes to it, and is hidden.
        (here if isValid(page) and page.isVisible() else elsewhere)(result)

    run.done.connect(over)
    if cancelled:
        run.cancelled.connect(over)
