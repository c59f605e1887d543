"""What shows a page as it is while a receiver tells where one is: one walks, stands, walks on."""

from app.domain.values import Position
from tests.gui.field_faces import press_stop, walk_along
from tests.gui.twins import Told
from ui.shell.window import Window


def stand_still(window: Window) -> None:
    """A receiver tells where one stands, for a quarter of a minute."""
    told = Told(window.guide)
    window.guide.listen(told)
    for second in range(15):
        told.say(Position(60.1740 + second % 4 * 0.00002, 24.9452 + second % 3 * 0.00003), hdop=0.75, speed=0.1)


def move_on(window: Window) -> None:
    """One stood, and walks now."""
    stand_still(window)
    receiver = window.guide.receiver
    assert isinstance(receiver, Told)
    receiver.say(Position(60.1740, 24.9452))


def press_stop_with_receiver(window: Window) -> None:
    """A receiver is there, and the mark of a stop is pressed."""
    walk_along(window)
    press_stop(window)


def listen(window: Window) -> None:
    """A receiver is there before the page is."""
    walk_along(window)
    window.build()
