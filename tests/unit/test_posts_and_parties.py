"""Numbers and codes that follow from those that are taken: of lamp-posts along a row, of a walk's own parties."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.domain.lamps import next_post
from app.domain.parties import is_own, own_code
from app.domain.records import Observation


def _posts(*tags: str) -> list[Observation]:
    """Posts that were noted one minute after the other."""
    return [
        Observation(
            id=f"{n:032x}", scope="1" * 32, asset_tag=tag, observed_at=datetime(2026, 10, 23, 18, n, tzinfo=UTC)
        )
        for n, tag in enumerate(tags)
    ]


@pytest.mark.parametrize(
    ("noted", "follows"),
    [
        (("4417", ""), "4418"),
        (("4417", "4410", ""), "4411"),
        (("0099", ""), "0100"),
        (("4417", "", ""), "4418"),
        (("4417", "B 12", ""), ""),
        (("", ""), ""),
    ],
)
def test_the_next_post_counts_on_from_the_one_noted_last(noted: tuple[str, ...], follows: str) -> None:
    posts = _posts(*noted)
    assert next_post(reversed(posts), posts[-1]) == follows


def test_its_own_number_is_not_counted_on_from() -> None:
    first, now = _posts("17", "30")
    assert next_post([first, now], now) == "18"


def test_one_of_an_unknown_time_is_not_the_one_noted_last() -> None:
    timeless, known_, now = _posts("10", "20", "")
    assert next_post([replace(timeless, observed_at=None), known_, now], now) == "21"


def test_a_party_of_ones_own_gets_the_first_code_that_is_free() -> None:
    assert own_code(set()) == "X1"
    assert own_code({"GATA", "X1", "X3", None}) == "X2"
    assert is_own("X2") and not is_own("GATA") and not is_own(None)
