"""Leaving a page: what is still being typed is written first, and what could not be kept is said once."""

from collections.abc import Callable

from app.base.words import _
from ui.bridge.runner import Failure
from ui.widgets.fields import TextField
from ui.widgets.page import Screen


class Leaving:
    """Whether the page that `shown` names may be left; `fail` tells what went wrong."""

    def __init__(self, shown: Callable[[], Screen | None], fail: Callable[[Failure], None]) -> None:
        self._shown, self._fail = shown, fail
        self._warned = ""

    def may_leave(self) -> bool:
        """Write what is still being typed. Where something of it is not taken, that is said and one stays; who goes
        again leaves it."""
        unkept = self.unkept()
        again = unkept == self._warned
        self._warned = ""
        return again or not self._warn(unkept)

    def may_build(self) -> bool:
        """Write what is still being typed. Returns whether all of it was taken; that it was not is said."""
        return not self._warn(self.unkept())

    def unkept(self) -> str:
        """Write what is still being typed. Returns why something of it was not taken, or ""."""
        screen = self._shown()
        if screen is None:
            return ""
        try:
            screen.flush()
        except Exception as error:  # noqa: BLE001, it is told; a page that fails when it is left must hold nobody
            self._fail(Failure.of(error))
        fields = (each for each in screen.findChildren(TextField) if each.text().strip())
        return next((each.refusal for each in fields if each.refusal), "")

    def _warn(self, unkept: str) -> bool:
        if unkept:
            self._warned = unkept
            self._fail(Failure(_("Det som skrevs sist är inte sparat. Det står kvar här."), unkept))
        return bool(unkept)
