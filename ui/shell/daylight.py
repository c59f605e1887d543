"""The look that settings ask for, where one of the themes is light by day and dark by night."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.domain.sun import is_dark
from app.domain.values import Position
from app.session import Session
from app.settings import Settings
from ui.shell.theme import look_of
from ui.widgets.look import BY_THE_SUN, Look

EACH_MS = 60_000
MIDDLE = Position(59.33, 18.07)
"""Stockholm, where a device does not know where it is."""


class Daylight(QObject):
    """Says which look is to be shown where the device is; `place()` tells where that is. `turn` is called when the sun
    has set or risen, and each minute until another look was asked for: a window in which something is unfinished may
    wait."""

    def __init__(
        self, session: Session, place: Callable[[], Position | None], turn: Callable[[], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._place, self._turn = session, place, turn
        self._shown: Look | None = None
        self._each = QTimer(self, interval=EACH_MS)
        self._each.timeout.connect(self.see)
        self._each.start()

    def look(self) -> Look:
        """The look that is shown from now on."""
        self._shown = self.look_of(self._session.settings)
        return self._shown

    def look_of(self, settings: Settings) -> Look:
        """The look that settings ask for now."""
        follows = settings.theme == BY_THE_SUN
        return look_of(settings, dark=follows and is_dark(self._session.clock(), self._place() or MIDDLE))

    def see(self) -> None:
        """Look whether another one is to be shown."""
        if self._shown is not None and self.look_of(self._session.settings) != self._shown:
            self._turn()
