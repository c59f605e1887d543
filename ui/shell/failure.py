"""What a person sees when the program itself failed: that everything written is kept, and a report to copy."""

import platform
import sys
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QEvent, QObject, Qt, Signal, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from app import __version__
from app.base.errors import GatljusError
from app.base.words import _
from ui.bridge.runner import Failure, traceback_of
from ui.shell.order import step
from ui.widgets.button import Button, lit
from ui.widgets.look import Look
from ui.widgets.text import Heading, Label, row

LARGE = 1.5
"""From this text size on there is less room around the words."""


def report_of(trace: str) -> str:
    """The report: versions and traceback, nothing of the walk."""
    return (
        f"Gatljus {__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}\n\n{trace}"
    )


class FailurePage(QWidget):
    """Lies over the window until a person goes on; `closed` is emitted then."""

    closed = Signal()

    def __init__(self, look: Look, parent: QWidget, failure: Failure) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.report = report_of(failure.trace)
        box = QVBoxLayout(self)
        large = look.scale >= LARGE
        box.setContentsMargins(*(16,) * 4 if large else (32,) * 4)
        box.setSpacing(14)
        said = _("Något gick fel i programmet. Det du skrivit är sparat.")
        self.heading = Heading(look, said, "h2" if large else "h1")
        box.addWidget(self.heading)
        box.addWidget(
            Label(look, _("Kopiera felrapporten och skicka den till den som sköter programmet. Fortsätt sedan."))
        )
        text = QPlainTextEdit(self.report)
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setAccessibleName(_("Felrapport"))
        box.addWidget(text, 1)
        copy = Button(look, _("Kopiera felrapport"), "content-copy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.report))
        self.go_on = lit(look, _("Fortsätt"), "check")
        self.go_on.clicked.connect(self._close)
        box.addLayout(row(copy, self.go_on, spacing=12))
        parent.installEventFilter(self)
        self.setGeometry(parent.rect())
        self.show()
        self.raise_()
        self.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """It lies over the whole window, however large that is."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget) and watched is self.parentWidget():
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """The tabulator stays within it."""
        return step([self], forward=forward)

    def _close(self) -> None:
        self.hide()
        self.deleteLater()
        self.closed.emit()


class LastResort(QObject):
    """Catches what nobody caught, in whatever thread, and hands it to `show` in the thread of the window: the world's
    fault as a sentence, ours as a report."""

    _caught = Signal(object)

    def __init__(self, show: Callable[[Failure], None], parent: QObject) -> None:
        super().__init__(parent)
        self.last: Failure | None = None
        """What was caught last; each is an object of its own."""
        self._caught.connect(show)
        self._before = sys.excepthook
        sys.excepthook = self._hook

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before(kind, error, trace)
            return
        if not isinstance(error, GatljusError):
            print(traceback_of(error), file=sys.stderr)
        self.last = Failure.of(error)
        self._caught.emit(self.last)

    def stop(self) -> None:
        """Give the hook back."""
        sys.excepthook = self._before
