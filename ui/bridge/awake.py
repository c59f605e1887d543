"""While a track is recorded the system is asked not to sleep and not to darken the screen: a walk is long, and nobody
touches the tablet between two stops. It is only asked: a person, or an empty battery, puts it to sleep all the same."""

import ctypes
import os
import sys
from importlib import import_module
from typing import Any

from PySide6.QtCore import QObject, QProcess

from app.base.words import _

ADDRESS = "DBUS_SESSION_BUS_ADDRESS"
SERVICE, PATH, FACE = "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver"
BUS = "gatljus-awake"
CONTINUOUS, SYSTEM, DISPLAY = 0x80000000, 0x1, 0x2
"""What Windows is told of a thread: until further notice, not to sleep, not to darken the screen."""


class Awake(QObject):
    """`keep(True)` asks, `keep(False)` takes it back. What ends with the program is taken back by its end."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.asked = False
        """Whether the system is asked now."""
        self._helper: QProcess | None = None

    def keep(self, on: bool) -> None:
        """Ask, or take it back. Where a system knows no such thing, nothing happens."""
        if on == self.asked:
            return
        self.asked = on
        if sys.platform == "win32":
            ctypes.windll.kernel32.SetThreadExecutionState(CONTINUOUS | (SYSTEM | DISPLAY if on else 0))
        elif sys.platform == "darwin":
            self._keep_on_macos(on=on)
        elif os.environ.get(ADDRESS):
            _keep_on_a_bus(on=on)

    def _keep_on_macos(self, *, on: bool) -> None:
        if self._helper is not None:
            self._helper.kill()
            self._helper = None
        if on:
            self._helper = QProcess(self)
            # It ends with the program, too.
            self._helper.start("caffeinate", ["-d", "-i", "-w", str(os.getpid())])


def _keep_on_a_bus(*, on: bool) -> None:
    """The desktop is asked on a connection of our own and not waited for; when that is closed it forgets the asking, as
    it does when a program ends."""
    # Only who records needs it.
    bus: Any = import_module("PySide6.QtDBus")
    if not on:
        bus.QDBusConnection.disconnectFromBus(BUS)
        return
    line = bus.QDBusConnection.connectToBus(os.environ[ADDRESS], BUS)
    asking = bus.QDBusMessage.createMethodCall(SERVICE, PATH, FACE, "Inhibit")
    asking.setArguments(["Gatljus", _("Ett spår spelas in")])
    line.send(asking)
