"""What an observation still lacks."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.domain.records import Observation
from app.domain.values import Alarm, ObservationKind, Position, Severity
from app.queries.incomplete import Lack, incomplete, lacks_of

AT = datetime(2026, 10, 23, 16, 0, tzinfo=UTC)
WHOLE: dict[str, Any] = {
    "category": "lighting",
    "item": "A1",
    "text": "Två lampor är släckta.",
    "severity": Severity.LARGE,
    "position": Position(59.3, 18.1),
    "observed_at": AT,
}


def seen(name: str = "one", **said: Any) -> Observation:
    """An observation that lacks nothing, but for what is said."""
    return Observation(id=name, scope="walk", **{**WHOLE, **said})


def test_an_observation_with_all_that_is_asked_lacks_nothing() -> None:
    assert lacks_of(seen()) == ()
    assert incomplete([seen()]) == []


@pytest.mark.parametrize(
    ("said", "lack"),
    [
        ({"severity": Severity.DANGER}, Lack.ALARM),
        ({"category": None, "item": None}, Lack.CATEGORY),
        ({"position": None}, Lack.PLACE),
        ({"severity": None, "severity_suggested": Severity.NOTICEABLE}, Lack.SEVERITY),
        ({"text": "  "}, Lack.TEXT),
    ],
)
def test_each_thing_that_is_missing_is_named(said: dict[str, Any], lack: Lack) -> None:
    assert lacks_of(seen(**said)) == (lack,)


def test_what_is_not_missing_is_not_named() -> None:
    assert lacks_of(seen(severity=Severity.DANGER, alarm=Alarm.SOS)) == ()
    assert lacks_of(seen(position=None, stop="stop")) == ()
    assert lacks_of(seen(kind=ObservationKind.POSITIVE, severity=None)) == ()
    assert lacks_of(seen(kind=ObservationKind.SOCIAL, severity=None)) == ()


def test_a_danger_that_is_only_suggested_lacks_an_alarm_all_the_same() -> None:
    assert lacks_of(seen(severity=None, severity_suggested=Severity.DANGER)) == (Lack.ALARM, Lack.SEVERITY)


def test_the_most_urgent_comes_first_and_then_the_earliest() -> None:
    late, early = seen("late", position=None, observed_at=AT + timedelta(minutes=5)), seen("early", position=None)
    danger = seen("danger", severity=Severity.DANGER, observed_at=AT + timedelta(minutes=9))
    undated = seen("undated", position=None, observed_at=None)
    found = incomplete([undated, late, seen("whole"), early, danger])
    assert [each.observation.id for each in found] == ["danger", "early", "late", "undated"]


def test_a_text_is_asked_for_only_where_nothing_else_tells_what_was_seen() -> None:
    assert incomplete([seen(text="")]) == []
    assert [each.lacks for each in incomplete([seen(text="")], {"one"})] == [(Lack.TEXT,)]
    question = seen(text="", kind=ObservationKind.QUESTION, severity=None)
    assert [each.lacks for each in incomplete([question])] == [(Lack.TEXT,)]


def test_what_has_several_versions_is_incomplete_after_a_danger_and_before_the_rest() -> None:
    assert incomplete([seen()], (), {"one"})[0].lacks == (Lack.VERSION,)
    assert lacks_of(seen(severity=Severity.DANGER, position=None), torn=True) == (Lack.ALARM, Lack.VERSION, Lack.PLACE)
