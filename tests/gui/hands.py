"""Hands and eyes for tests of windows: find a control by what it is called, press it, type into it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget

from ui.shell.asking import Asking


class Answers(Asking):
    """Answers the questions for paths, in order, without a dialog."""

    def __init__(self) -> None:
        self.folders: list[Path | None] = []
        self.opened: list[list[Path]] = []
        self.new: list[Path | None] = []

    def folder(self, _parent: QWidget, _title: str) -> Path | None:
        return self.folders.pop(0)

    def files(self, _parent: QWidget, _title: str, _kinds: str) -> list[Path]:
        return self.opened.pop(0)

    def new_file(self, _parent: QWidget, _title: str, _name: str, _kinds: str) -> Path | None:
        return self.new.pop(0)


def wait(ms: int) -> None:
    """Let the event loop go on for so many milliseconds, as it does in the program: `QTest.qWait` keeps Python's lock,
    so that no other thread does anything, and what one of them holds is never let go of."""
    loop = QEventLoop()
    # A coarse timer may be over a twentieth too early.
    timer = QTimer(loop, interval=ms, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(loop.quit)
    timer.start()
    loop.exec()


def type_text(widget: QWidget, text: str) -> None:
    """Type as a keyboard with å, ä and ö does; `QTest.keyClicks` knows only ASCII."""
    for sign in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign))


def press_again(widget: QWidget) -> None:
    """The second half of a double press, as Qt tells of it."""
    middle = widget.rect().center().toPointF()
    for kind in (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease):
        left = Qt.MouseButton.LeftButton
        where = (middle, widget.mapToGlobal(middle))
        QCoreApplication.sendEvent(widget, QMouseEvent(kind, *where, left, left, Qt.KeyboardModifier.NoModifier))


def hold(widget: QWidget, key: Qt.Key, sign: str) -> None:
    """What a key that is still held says once more, as a keyboard does after half a second."""
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, sign, True)
    QCoreApplication.sendEvent(widget, event)


def buttons(root: QWidget) -> list[QAbstractButton]:
    """The buttons that can be seen."""
    return [each for each in root.findChildren(QAbstractButton) if each.isVisible()]


def button(root: QWidget, name: str) -> QAbstractButton:
    """The one visible button whose accessible name or text is or begins with `name`."""
    found = [each for each in buttons(root) if name in (each.accessibleName(), each.text())]
    found = found or [each for each in buttons(root) if each.accessibleName().startswith(name)]
    names = [each.accessibleName() for each in buttons(root)]
    assert len(found) == 1, f"{len(found)} buttons called {name!r} among {names}"
    return found[0]


def press(root: QWidget, name: str) -> None:
    """Press the button called `name` in its middle, as a finger does."""
    found = button(root, name)
    QTest.mouseClick(found, Qt.MouseButton.LeftButton, pos=QPoint(found.width() // 2, found.height() // 2))


def press_when_there(root: QWidget, name: str) -> None:
    """Press the button called `name` once it is shown: what is looked up aside comes a moment later."""
    until(lambda: any(name in (each.accessibleName(), each.text()) for each in buttons(root)), name, 5000)
    press(root, name)


def named(root: QWidget, name: str, kind: type[QWidget] = QWidget) -> QWidget:
    """The one visible widget of a kind whose accessible name is `name`."""
    found = [each for each in root.findChildren(kind) if each.isVisible() and each.accessibleName() == name]
    assert len(found) == 1, f"{len(found)} widgets called {name!r}"
    return found[0]


def says(root: QWidget, text: str) -> bool:
    """Whether a visible label holds these words."""
    return any(text in each.text() for each in root.findChildren(QLabel) if each.isVisible())


def choose(root: QWidget, name: str, word: str) -> None:
    """Choose in a list that opens, as a person does by its first letters."""
    combo = named(root, name, QComboBox)
    assert isinstance(combo, QComboBox)
    place = combo.findText(word)
    assert place >= 0, [combo.itemText(k) for k in range(combo.count())]
    combo.setCurrentIndex(place)
    combo.activated.emit(place)


def until(true: Callable[[], bool], what: str, ms: int = 20_000) -> None:
    """Let the event loop go on until something is so; at the latest after `ms` milliseconds it must be."""
    waited = 0
    while not true():
        assert waited < ms, f"never came: {what}"
        wait(10)
        waited += 10


def awaited(root: QWidget, name: str, kind: type[QWidget] = QWidget) -> QWidget:
    """The one widget of a kind called `name`, once it is shown: what is added to a page appears a turn later."""

    def there() -> bool:
        return any(each.isVisible() and each.accessibleName() == name for each in root.findChildren(kind))

    until(there, name, 2000)
    return named(root, name, kind)
