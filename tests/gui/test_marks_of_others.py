"""What is noted in the window of another device lies on the map of this one when both have synced, and is told from
what was noted here."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.commands.groups import split, walk_with
from app.domain.records import Observation
from app.domain.values import Position
from app.session import Session
from tests.gui.hands import Answers, press_when_there, says, until, wait
from tests.gui.maps import still
from tests.gui.read_back import count, image, share
from tests.gui.test_map_marks import circle
from tests.gui.torn import Other
from tests.gui.twins import Told
from ui.screens.walk import WalkScreen
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.map_model import Mark, MarkKind
from ui.widgets.map_sprites import size_of

MINE, THEIRS = Position(60.1738, 24.9405), Position(60.1738, 24.9430)
"""Away from every stop, and from each other."""


class Tablet:
    """A window at the walk, used by hand."""

    def __init__(self, window: Window, walk: str) -> None:
        self.window, self.walk = window, walk
        self.at_map()

    def at_map(self) -> WalkScreen:
        """Look at the map, with both places in sight."""
        self.window.go(Place("walk", self.walk, part="map"))
        wait(20)
        screen = self.window.shown
        assert isinstance(screen, WalkScreen)
        screen.view.go_to(Position(60.1738, 24.9418), 17)
        return screen

    def note(self, at: Position) -> Observation:
        """Note a dark lamp where one stands."""
        session = self.window.session
        before = {each.id for each in session.read(Observation, {"scope": self.walk})}
        receiver = Told(self.window.guide)
        self.window.guide.listen(receiver)
        receiver.say(at, hdop=0.5)
        for name in ("Ny iakttagelse", "Belysning", "Lampa släckt eller trasig"):
            press_when_there(self.window, name)
        self.window.guide.listen(None)
        (made,) = [each for each in session.read(Observation, {"scope": self.walk}) if each.id not in before]
        assert made.item == "A1"
        return made

    def sync(self) -> None:
        """By a press, with the folder where both met before."""
        self.window.go(Place("devices", self.walk))
        press_when_there(self.window, "Synka igen")
        until(lambda: not self.window.runner.busy, "the end of it")
        wait(100)

    def marks(self) -> dict[str, Mark]:
        """What lies on the map, by its id."""
        return {each.key: each for each in self.at_map().view.marks}

    def said_of(self, observation: Observation) -> str:
        """What the list says of it, and the mark."""
        screen = self.at_map()
        (row,) = (each for each in screen.list.rows.things if each.key == observation.id)
        mark = screen.view.mark(observation.id)
        assert mark is not None and ("Platta" in mark.name) == ("Platta" in row.name())
        return row.name()

    def picture(self, at: Position, side: int = 80) -> QImage:
        """What is seen on the map round a place."""
        view = self.at_map().view
        still(view)
        middle = view.point_of(at).toPoint()
        return image(view).copy(QRect(middle - QPoint(side // 2, side // 2), middle + QPoint(side // 2, side // 2)))


@pytest.fixture
def theirs(other: Other, qapp: QApplication) -> Iterator[Tablet]:
    """The window of the other device."""
    window = Window(other.session, qapp, Answers())
    window.resize(1280, 800)
    window.show()
    QTest.qWaitForWindowExposed(window)
    yield Tablet(window, other.walk)
    window.close()
    window.deleteLater()
    wait(0)


@pytest.fixture
def mine(window: Callable[..., Window], walk: str, other: Other) -> Tablet:
    """The window of this device."""
    assert other.walk == walk
    return Tablet(window(), walk)


def test_what_is_noted_on_another_device_is_a_mark_here_when_both_have_synced_and_says_whose_it_is(
    mine: Tablet, theirs: Tablet
) -> None:
    own, bare = mine.note(MINE), mine.picture(THEIRS)
    made = theirs.note(THEIRS)
    assert made.id not in mine.marks() and mine.picture(THEIRS) == bare, "not before it has come"
    theirs.sync()
    mine.sync()
    here, there = mine.marks()[own.id], mine.marks()[made.id]
    assert (there.position, there.severity) == (THEIRS, here.severity)
    assert mine.picture(THEIRS) != bare
    assert (here.name.split()[0], there.name.split()[0]) == (str(own.tag), str(made.tag))
    assert (str(own.tag)[0], str(made.tag)[0]) == ("A", "B"), "the letter of the device"
    view = mine.at_map().view
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.point_of(THEIRS).toPoint())
    until(lambda: says(mine.window, str(made.tag)), "its card")


def test_where_there_are_no_groups_what_another_device_noted_wears_its_letter_and_the_list_says_which_it_is(
    mine: Tablet, theirs: Tablet
) -> None:
    own, made = mine.note(MINE), theirs.note(THEIRS)
    assert not lettered(mine, MINE)
    theirs.sync()
    mine.sync()
    assert (mine.marks()[own.id].letter, mine.marks()[made.id].letter) == ("", "B")
    assert not lettered(mine, MINE) and lettered(mine, THEIRS)
    assert ("Platta" in mine.said_of(own), "Platta B" in mine.said_of(made)) == (False, True)
    # On theirs it is the other way round.
    theirs.sync()
    assert (theirs.marks()[own.id].letter, theirs.marks()[made.id].letter) == ("A", "")
    assert lettered(theirs, MINE) and not lettered(theirs, THEIRS)
    assert ("Platta A" in theirs.said_of(own), "Platta" in theirs.said_of(made)) == (True, False)


def test_what_another_group_noted_on_its_device_wears_its_letter_here_and_what_was_noted_here_does_not(
    mine: Tablet, theirs: Tablet, other: Other, session: Session, walk: str
) -> None:
    here, there = split(session, walk, 2)
    other.meet()
    walk_with(session, walk, here)
    walk_with(other.session, walk, there)
    own, made = mine.note(MINE), theirs.note(THEIRS)
    theirs.sync()
    mine.sync()
    assert (mine.marks()[own.id].letter, mine.marks()[made.id].letter) == ("", "B")
    assert not lettered(mine, MINE) and lettered(mine, THEIRS)
    # On theirs it is the other way round.
    theirs.sync()
    assert (theirs.marks()[own.id].letter, theirs.marks()[made.id].letter) == ("A", "")
    assert lettered(theirs, MINE) and not lettered(theirs, THEIRS)


def lettered(tablet: Tablet, at: Position) -> bool:
    """Whether the disc of a letter is seen at the foot of the mark that lies there."""
    view = tablet.at_map().view
    still(view)
    half = size_of(view.look, MarkKind.OBSERVATION) / 2
    middle = view.point_of(at) + QPointF(2 - half, half - 2)
    moved = middle - QPointF(400, 300)
    ring = share(image(view), [each + moved for each in circle(8)], view.look.color("track"), 1)
    inside = QRect(0, 0, 13, 13).translated(middle.toPoint() - QPoint(6, 6))
    written = count(image(view), inside, view.look.color("text"))
    assert (ring > 0.9 and written > 5) or ring < 0.2, "half a letter"
    return ring > 0.9
