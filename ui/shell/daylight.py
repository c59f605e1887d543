"""The look that settings ask for, where one of the themes is light by day and dark by night."""

from collections.abc import Callable

from app.domain.sun import is_dark
from app.domain.values import Position
from app.session import Session
from app.settings import Settings
from ui.shell.theme import look_of
from ui.widgets.look import BY_THE_SUN, Look

MIDDLE = Position(59.33, 18.07)
"""Stockholm, where a device does not know where it is."""


class Daylight:
    """Says which look is to be shown where the device is; `place()` tells where that is. Another one is shown from the
    next page on: what is under way on a page, a photo just taken or a question, is no matter of the sun."""

    def __init__(self, session: Session, place: Callable[[], Position | None]) -> None:
        self._session, self._place = session, place
        self._shown: Look | None = None

    def look(self) -> Look:
        """The look that is shown from now on."""
        self._shown = self.look_of(self._session.settings)
        return self._shown

    def look_of(self, settings: Settings) -> Look:
        """The look that settings ask for now."""
        follows = settings.theme == BY_THE_SUN
        return look_of(settings, dark=follows and is_dark(self._session.clock(), self._place() or MIDDLE))

    @property
    def has_turned(self) -> bool:
        """Whether the sun has set or risen since."""
        return self.look_of(self._session.settings) != self._shown
