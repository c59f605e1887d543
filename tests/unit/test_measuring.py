"""How benchmarks measure: medians of pairs, with quartiles."""

import pytest

from tests.benchmarks.protocol import Pairs, in_words, interleaved, quantile, quartiles


def test_the_ratio_is_the_median_of_the_pairs_not_of_the_sums() -> None:
    outcome = Pairs(ours=(2.0, 40.0, 3.0), bare=(1.0, 10.0, 1.0)).ratio()
    assert (outcome.value, outcome.lower, outcome.upper) == (3.0, 2.5, 3.5)


def test_both_sides_take_turns_in_going_first() -> None:
    order: list[str] = []
    pairs = interleaved(lambda: order.append("a"), lambda: order.append("b"), pairs=3)
    assert "".join(order) == "ab" + "ab" + "ba" + "ab"
    assert len(pairs.ours) == len(pairs.bare) == 3


def test_the_slowest_twentieth_begins_at_its_quantile() -> None:
    assert quantile([float(each) for each in range(100)], 0.95) == 95.0
    assert quartiles([7.0]) == (7.0, 7.0, 7.0)


@pytest.mark.parametrize(
    ("duration", "text"), [(7.31, "7.31 s"), (0.00042, "420 µs"), (0.0123, "12.3 ms"), (3e-9, "3 ns")]
)
def test_a_duration_is_said_in_its_unit(duration: float, text: str) -> None:
    assert in_words(duration) == text
