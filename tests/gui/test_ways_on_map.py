"""The ways of all devices on the map of one that walks itself."""

from collections.abc import Callable

from app.commands.recording import begin_recording
from app.domain.records import TrackChunk
from app.domain.track import Fix
from tests.gui.hands import until, wait
from tests.gui.torn import Other
from tests.gui.twins import Told
from ui.screens.walk import WalkScreen
from ui.shell.window import Window
from ui.widgets.desk import Place

GATE = (60.1752, 24.9452)


def test_what_another_device_walks_comes_at_once_and_ones_own_way_is_whole_when_it_ends(
    window: Callable[..., Window], walk: str, other: Other
) -> None:
    shown = window()
    shown.go(Place("walk", walk, part="map"))
    wait(20)
    screen, guide = shown.shown, shown.guide
    assert isinstance(screen, WalkScreen)
    guide.listen(receiver := Told(guide))
    guide.record(walk)
    walked(receiver, range(3))
    guide.write()
    until(lambda: len(screen.view.lines) == 1, "ones own way as it was first kept")
    (mine,) = screen.view.lines
    walked(receiver, range(3, 9))
    guide.write()
    theirs = begin_recording(other.session, walk)
    for step in range(4):
        theirs.take(Fix(None, GATE[0] - step / 1000, GATE[1]))
    theirs.end()
    other.meet()
    until(lambda: len(screen.view.lines) == 2, "the way of the other device")
    assert mine in screen.view.lines and len(other.mine.read(TrackChunk)) == 3
    assert sum(map(len, guide.trail.pieces)) == 9, "what has come since is drawn as it came"
    guide.end()
    screen.refresh({})
    (longer,) = [each for each in screen.view.lines if each.key == mine.key]
    assert sum(map(len, longer.pieces)) > sum(map(len, mine.pieces))


def walked(receiver: Told, steps: range) -> None:
    """Northwards, ten metres each time."""
    for step in steps:
        receiver.say(Fix(None, GATE[0] + step / 11_120, GATE[1]).position)
