"""What is to be said to 112 of what was only practised, and of what is real while one practises."""

from datetime import timedelta

import pytest

from app.commands.observations import observe
from app.commands.walks import new_walk
from app.domain.records import Observation
from app.domain.values import Position, PositionSource, Severity
from app.session import Session
from tests.gui.hands import press
from tests.gui.noting import Opens, says, stop_named
from tests.gui.opening import settle
from tests.gui.twins import Told
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.rehearsed import end_rehearsal, told_of

HERE = Position(60.19, 24.99)


def _danger(session: Session, walk: str, **also: object) -> str:
    said = {"position": HERE, "position_source": PositionSource.DEVICE, "accuracy_m": 4.0}
    return observe(session, walk, {"severity": Severity.DANGER, **said, **also})


def _opened(opens: Opens, walk: str, seen: str) -> Window:
    shown = opens(1280, 800)
    shown.go(Place("acute", walk, seen))
    settle(shown)
    return shown


def test_where_one_was_only_played_to_be_is_said_neither_while_one_practises_nor_after(
    window: Opens, walk: str, session: Session
) -> None:
    shown = window(1280, 800)
    shown.guide.rehearse(walk)
    shown.go(Place("acute", walk, _danger(session, walk)))
    settle(shown)
    assert says(shown, "Övning. Vi är i området") and not says(shown, "60,19") and not says(shown, "±4")
    assert not says(shown, "meter"), "how far it is from a stop is no less played"
    assert end_rehearsal(shown.shown.desk)
    settle(shown)
    assert says(shown, "Övning. Vi är i området") and not says(shown, "60,19") and not says(shown, "±4")
    (seen,) = session.read(Observation, {"id": shown.place.item})
    report = told_of(shown.shown.desk, seen).report
    assert report.startswith("Övning.") and "60.19" not in report and "Läge: okänt" in report


def test_what_somebody_goes_on_with_for_real_is_told_as_real_but_not_the_position_that_was_played(
    window: Opens, walk: str, session: Session
) -> None:
    shown = window(1280, 800)
    shown.guide.rehearse(walk)
    made = _danger(session, walk, stop=stop_named(session, walk, "Växthus").id)
    shown.guide.end()
    shown.go(Place("acute", walk, made))
    settle(shown)
    assert says(shown, "Övning.")
    press(shown, "Vi har ringt 112")
    settle(shown)
    assert not says(shown, "Övning.") and says(shown, "Vi står vid Växthusgrinden.")
    assert not says(shown, "60,19") and not says(shown, "±4") and says(shown, "60,17")


@pytest.mark.parametrize("same", [True, False], ids=["the same walk", "another walk"])
def test_what_is_real_keeps_its_position_while_another_walk_is_practised(
    window: Opens, walk: str, session: Session, same: bool
) -> None:
    starts = session.clock() + timedelta(hours=1)
    other = new_walk(session, {"title": "Prov", "area": "Sörnäs", "zone": "Europe/Helsinki", "starts": starts})
    shown = _opened(window, walk, _danger(session, walk))
    assert says(shown, "60,19") and not says(shown, "Övning.")
    shown.guide.rehearse(walk if same else other)
    played = Told(shown.guide)
    played.is_played = True
    shown.guide.listen(played)
    settle(shown)
    assert says(shown, "Övning. Vi är i området") is same and says(shown, "60,19") is not same
