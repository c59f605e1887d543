"""Calls of Qt during which Python's lock is free."""

from typing import Any

from PySide6.QtCore import QMetaObject, QObject, Qt


def call_unlocked(target: QObject, slot: str, *arguments: Any) -> None:
    """Have Qt call a slot of `target` by its name, at the next turn of the event loop; arguments as `Q_ARG` makes them.

    A call from Python holds Python's lock until it returns. What plays, records and sees is taken down in threads of
    its own, which hold a lock of Qt and wait for Python's where they let go of an object that Python made; the call
    waits for that lock of Qt: the window would stand still for ever. The event loop calls without Python's lock.
    """
    called = QMetaObject.invokeMethod(target, slot, Qt.ConnectionType.QueuedConnection, *arguments)
    assert called, slot
