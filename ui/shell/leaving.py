"""Leaving a page, or a part of it that is to show something else: what is still being typed is written first, and what
could not be kept is said once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from app.base.words import _
from ui.bridge.runner import Failure
from ui.shell.failure import LastResort
from ui.shell.frame import Frame
from ui.widgets.fields import TextField, forget_unkept
from ui.widgets.page import Screen

ASK_AGAIN_MS = 100


@dataclass(frozen=True)
class Unkept:
    """What was not taken: which refusal of which fields, or the part in which something broke; and why the first."""

    where: Sequence[tuple[QWidget, int]]
    why: str


class Leaving(QObject):
    """Whether the page in the frame may be left. `fail` tells what went wrong; `last_resort` catches what breaks in a
    field that tells of its text. `arrange` is called when what an arrangement had to wait for stands in its way no
    longer."""

    def __init__(
        self,
        frame: Callable[[], Frame | None],
        fail: Callable[[Failure], None],
        last_resort: LastResort,
        arrange: Callable[[], None],
    ) -> None:
        super().__init__(last_resort)
        self._waiting = QTimer(self, singleShot=True, interval=ASK_AGAIN_MS)
        self._waiting.timeout.connect(self._ask_again)
        self._frame, self._fail, self._last_resort, self._arrange = frame, fail, last_resort, arrange
        self._warned: Unkept | None = None

    @property
    def _shown(self) -> Screen | None:
        frame = self._frame()
        return frame.shown if frame is not None else None

    def may_leave(self, part: QWidget | None = None) -> bool:
        """Write what is still being typed. Where something of it in the page, or in this part of it, is not taken, that
        is said and one stays; who goes again leaves it."""
        unkept = self.unkept(part)
        if unkept is None or unkept != self._warned:
            return not self._warn(unkept)
        self._warned = None
        self._unsay()
        if part is not None:
            forget_unkept(part)
        return True

    def may_build(self) -> bool:
        """Write what is still being typed. Returns whether all of it was taken; that it was not is said."""
        return not self._warn(self.unkept())

    def may_arrange(self) -> bool:
        """Write what is still being typed. Returns whether all of it was taken; else the window is arranged once it
        is, or is given up. Until then nothing more is written: half of what is being mended would be."""
        if self._waiting.isActive():
            return False
        if self.unkept() is None:
            return True
        self._waiting.start()
        return False

    def _ask_again(self) -> None:
        screen = self._shown
        if screen is not None and any(each.holds_unkept for each in screen.findChildren(TextField)):
            self._waiting.start()
        else:
            self._arrange()

    def unkept(self, part: QWidget | None = None) -> Unkept | None:
        """Write what is still being typed. Returns what was not taken of the page, or of this part of it."""
        screen = self._shown
        if screen is None:
            return None
        broken = self._flush(screen)
        if broken is not None:
            said = "" if broken.trace else " ".join(each for each in (broken.text, broken.advice) if each)
            return Unkept([(part or screen, 0)], said)
        refused = [each for each in (part or screen).findChildren(TextField) if each.holds_refused]
        return Unkept([(each, each.refusals) for each in refused], refused[0].refusal) if refused else None

    def _flush(self, screen: Screen) -> Failure | None:
        """Write what is being typed. Returns what broke while it was; that has been told. Qt hands what is raised in a
        field's slot to the last resort, and to nobody else."""
        before = self._last_resort.last
        try:
            screen.flush()
        except Exception as error:  # noqa: BLE001, it is told; a page that fails when it is left holds nobody for long
            failure = Failure.of(error)
            self._fail(failure)
            return failure
        last = self._last_resort.last
        return None if last is before else last

    def _unsay(self) -> None:
        """That the text still stands there is so no longer."""
        frame = self._frame()
        if frame is not None:
            frame.tray.clear()

    def _warn(self, unkept: Unkept | None) -> bool:
        self._warned = unkept
        if unkept is not None:
            self._fail(Failure(_("Det som skrevs sist är inte sparat. Det står kvar här."), unkept.why))
        return unkept is not None
