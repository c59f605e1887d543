"""How long something lasts, in words."""

import pytest

from app.domain.durations import duration_words, length_words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (37, "37 s"),
        (59.4, "59 s"),
        (120, "2 min"),
        (245, "4 min 05 s"),
        (3600, "1 h"),
        (3720, "1 h 02 min"),
        (3779, "1 h 02 min"),
        (-10_800, "3 h"),
        (-200_000, "2 dygn"),
        (2.9 * 86_400, "2 dygn"),
    ],
)
def test_a_duration_is_said_as_exactly_as_one_reads_it_and_never_longer(seconds: float, words: str) -> None:
    assert duration_words(seconds) == words


@pytest.mark.parametrize(("seconds", "words"), [(None, "0.00"), (42.9, "0.42"), (61.0, "1.01")])
def test_a_length_is_minutes_and_seconds(seconds: object, words: str) -> None:
    assert length_words(seconds) == words
