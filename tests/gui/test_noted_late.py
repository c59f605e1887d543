"""What is noted after the walk has ended is told so; several that are begun stay apart; undo outlives a restart."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.base.job import finish
from app.commands.observations import observe
from app.commands.records import set_fields
from app.commands.walks import end_walk
from app.domain.records import Observation, SafetyWalk
from app.domain.rules import is_late
from app.jobs.photos import import_photos
from app.session import Session
from tests.gui.hands import press, says, wait
from tests.gui.test_settings import Again, again
from tests.gui.walker import PHOTO
from ui.shell.window import Window
from ui.widgets.desk import Place

Open = Callable[..., Window]
ENDS = datetime(2026, 10, 23, 18, 0, 0, 250_000, tzinfo=UTC)

__all__ = ["again"]


@pytest.mark.parametrize(
    ("ends", "after", "late"),
    [
        (ENDS, timedelta(minutes=16), True),
        (ENDS, timedelta(minutes=14), False),
        (ENDS.replace(microsecond=0), timedelta(minutes=40), False),
        (ENDS.replace(microsecond=0), timedelta(minutes=61), True),
        (None, timedelta(days=1), False),
    ],
)
def test_an_end_that_was_said_holds_as_far_as_clocks_agree_and_one_that_was_planned_may_slip(
    ends: datetime | None, after: timedelta, late: bool
) -> None:
    walk = SafetyWalk(id="w", scope="w", ends=ends)
    seen = Observation(id="a", scope="w", created=ENDS + after, observed_at=ENDS - timedelta(hours=1))
    assert is_late(seen, walk) == late


def test_what_is_noted_after_the_walk_was_ended_says_so_and_what_was_noted_before_does_not(
    window: Open, session: Session, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = session.read(Observation, {"scope": walk})[0]
    end_walk(session, session.read(SafetyWalk, {"id": walk})[0], 1)
    clock = session.clock
    monkeypatch.setattr(session, "clock", lambda: clock() + timedelta(minutes=20))
    late = observe(session, walk, {"item": "A1", "text": "Kom på det vid fikat.", "observed_at": before.observed_at})
    shown = window()
    for seen, is_told in ((late, True), (before.id, False)):
        shown.go(Place("observation", walk, seen))
        wait(20)
        assert says(shown, "noterad efter vandringen, i dag") == is_told


def test_a_draft_that_is_left_is_completed_later_and_the_next_begins_empty(
    window: Open, session: Session, walk: str
) -> None:
    known = {each.id for each in session.read(Observation, {"scope": walk})}
    shown = window(800, 1280)
    for topic in ("Belysning", "Sikt och grönska"):
        shown.go(Place("walk", walk, part="map"))
        wait(20)
        press(shown, "Ny iakttagelse")
        wait(20)
        press(shown, topic)
        wait(20)
    made = [each for each in session.read(Observation, {"scope": walk}) if each.id not in known]
    assert sorted((str(each.category), each.item, each.text) for each in made) == [
        ("lighting", None, ""), ("sightlines_vegetation", None, "")
    ]  # fmt: skip
    file = import_photos(session, session.read(SafetyWalk, {"id": walk})[0], [PHOTO])
    assert finish(file) and len(session.read(Observation, {"scope": walk})) == len(known) + 2
    shown.go(Place("complete", walk))
    wait(20)
    assert all(says(shown, str(each.tag)) for each in made)


def test_what_was_done_is_undone_in_the_next_program(window: Open, session: Session, walk: str, again: Again) -> None:
    seen = session.read(Observation, {"scope": walk})[0]
    set_fields(session, seen, {"text": "Något helt annat."})
    first = window()
    first.go(Place("walk", walk, part="map"))
    second = again(first)
    wait(600)
    press(second, f"Ångra: Iakttagelse i {seen.tag}")
    (found,) = second.session.read(Observation, {"id": seen.id})
    assert found.text == seen.text
    assert replace(found, seen=seen.seen).category == seen.category
