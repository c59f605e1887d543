"""What came of long work. It goes on when its page is left or made anew, and what came of it is told nevertheless."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ui.bridge.runner import Run


def tell_outcome(run: Run, page: QWidget, here: Callable[[Any], None], elsewhere: Callable[[Any], None]) -> None:
    """When the work is done, tell it `here` where its page is still seen, and `elsewhere` where it is not."""

    def over(result: Any) -> None:
        # A page that was left lives on until the event loop comes to it, and is hidden.
        (here if isValid(page) and page.isVisible() else elsewhere)(result)

    run.done.connect(over)
