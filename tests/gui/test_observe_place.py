"""Where an observation is while it is noted, and what is usual there."""

import json

import pytest

import resources
from app.commands.stops import add_stop
from app.domain.values import PlaceType, Position, PositionSource
from app.session import Session
from tests.gui.hands import press, until, wait
from tests.gui.noting import Kept, Opens, at_new, says, step, stop_named
from ui.shell.window import Window
from ui.widgets.item_rows import ItemRows

ITEMS: dict[str, list[str]] = json.loads(resources.read_text("checklist/gatljus-1.json"))["place_types"]
"""The items of each sort of place, as they stand in the file of the checklist."""


def _at_stop_of(opens: Opens, session: Session, walk: str, kind: PlaceType) -> Window:
    """The window at the first step, at a stop of this sort."""
    stop = add_stop(session, walk, {"name": "Här", "position": Position(60.18, 24.96), "place_type": kind})
    return at_new(opens, walk, f"stop:{stop}")


def _rows(shown: Window) -> list[str]:
    """The items that are offered, in order."""
    (rows,) = shown.shown.findChildren(ItemRows)
    stand = sorted(rows.rows.items(), key=lambda each: (each[1].y(), each[1].x()))
    return [item for item, row in stand if row.isVisible()]


def test_every_sort_of_place_has_eight_to_twelve_items_of_its_own() -> None:
    assert set(ITEMS) == {each.value for each in PlaceType}
    assert all(8 <= len(set(items)) == len(items) <= 12 for items in ITEMS.values())


@pytest.mark.parametrize("kind", list(PlaceType))
def test_what_is_usual_here_is_exactly_what_the_checklist_says_of_the_place(
    window: Opens, walk: str, session: Session, kind: PlaceType
) -> None:
    shown = _at_stop_of(window, session, walk, kind)
    press(shown, "Vanligt här")
    wait(20)
    rows = _rows(shown)
    assert set(rows) == set(ITEMS[kind])
    # In two columns a line holds those that follow each other down the first.
    assert list(shown.shown.findChildren(ItemRows)[0].rows) == ITEMS[kind]


def test_within_a_topic_the_items_of_the_place_come_first(window: Opens, walk: str, session: Session) -> None:
    shown = _at_stop_of(window, session, walk, PlaceType.PATH)
    press(shown, "Belysning")
    wait(20)
    topic = [each.id for each in session.checklist.category("lighting").items]
    own = [each for each in ITEMS[PlaceType.PATH] if each in topic]
    assert own != topic[: len(own)]
    rows = _rows(shown)
    assert rows[: len(own)] == own
    assert sorted(rows) == sorted(topic)


def test_what_is_usual_here_is_noted_with_its_topic_and_only_when_it_is_pressed(
    window: Opens, walk: str, session: Session
) -> None:
    before, stop = Kept(session.home, walk), stop_named(session, walk, "Gångtunneln")
    shown = at_new(window, walk, f"stop:{stop.id}")
    press(shown, "Vanligt här")
    assert says(shown, "10 saker som är vanliga här: gångtunnel.")
    assert Kept(session.home, walk).observations.keys() == before.observations.keys()
    press(shown, "Mörk tunnel")
    made = Kept(session.home, walk).new(before)
    assert (made.item, made.category, made.stop) == ("F1", "underpasses", stop.id)


@pytest.mark.parametrize(
    ("place", "stop", "words"),
    [
        ("60.17525,24.94525", "Växthus", "Stopp 1, Växthusgrinden"),
        ("60.1753,24.9475", None, "Mellan stopp 1 och 2"),
        ("60.1737,24.9470", None, "Mellan stopp 2 och 3"),
        # The second and the third are the nearest, but it lies beyond both.
        ("60.1690,24.9440", None, "Längs vägen"),
    ],
)
def test_a_place_on_the_map_belongs_to_the_stop_that_is_near(
    window: Opens, walk: str, session: Session, place: str, stop: str | None, words: str
) -> None:
    before = Kept(session.home, walk)
    shown = at_new(window, walk, f"at:{place}")
    assert says(shown, words)
    press(shown, "Belysning")
    made = Kept(session.home, walk).new(before)
    lat, lon = map(float, place.split(","))
    assert (made.position, made.position_source) == (Position(lat, lon), PositionSource.HAND)
    assert made.stop == (stop_named(session, walk, stop).id if stop else None)


def test_another_stop_is_chosen_before_the_first_tap_and_after_it(window: Opens, walk: str, session: Session) -> None:
    before = Kept(session.home, walk)
    shown = at_new(window, walk)
    press(shown, "Längs vägen")
    press(shown, "Stopp 3, Lekplatsen")
    press(shown, "Skötsel och skräp")
    assert Kept(session.home, walk).new(before).stop == stop_named(session, walk, "Lekplatsen").id
    press(shown, "Stopp 3, Lekplatsen")
    press(shown, "Stopp 1, Växthusgrinden")
    assert (step(shown), Kept(session.home, walk).new(before).stop) == (
        "items", stop_named(session, walk, "Växthus").id,
    )  # fmt: skip


def test_undo_of_the_first_tap_begins_anew_at_the_same_spot(window: Opens, walk: str, session: Session) -> None:
    before, stop = Kept(session.home, walk), stop_named(session, walk, "Växthus")
    shown = at_new(window, walk, f"stop:{stop.id}")
    press(shown, "Belysning")
    shown.undo()
    until(lambda: step(shown) == "category", "the first step")
    assert Kept(session.home, walk).observations.keys() == before.observations.keys()
    assert shown.place.item == "" and says(shown, "Stopp 1, Växthusgrinden")
    press(shown, "Belysning")
    assert Kept(session.home, walk).new(before).stop == stop.id
