"""How large a file is, how long a way and how late the hour, as the screen says it."""

from datetime import UTC, datetime

import pytest

from app.base.words import count_words, percent_words, speaking
from ui.widgets.words import clock_words, metres, moment_words, size_words


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (1, "1 kB"), (840_400, "840 kB"), (999_499, "999 kB"), (999_500, "1,0 MB"), (4_230_000, "4,2 MB"),
        (9_949_000, "9,9 MB"), (9_960_000, "10 MB"), (48_000_000, "48 MB"),
    ],
)  # fmt: skip
def test_a_size_has_two_or_three_figures_and_its_unit(size: int, words: str) -> None:
    assert size_words(size) == words.replace(" ", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(
    ("length", "swedish", "english"),
    [
        (120, "120 m", "120 m"), (1_700, "1,7 km", "1.7 km"), (9_940, "9,9 km", "9.9 km"), (9_960, "10 km", "10 km"),
        (12_400, "12 km", "12 km"), (500_000, "500 km", "500 km"), (1_000_000, "1000 km", "1000 km"),
    ],
)  # fmt: skip
def test_a_way_has_decimals_below_ten_kilometres_and_the_sign_of_the_language(
    length: float, swedish: str, english: str
) -> None:
    assert metres(length) == swedish.replace(" ", "\N{NO-BREAK SPACE}")
    with speaking("en"):
        assert metres(length) == english.replace(" ", "\N{NO-BREAK SPACE}")


def test_the_clock_has_a_point_in_swedish_and_a_colon_in_english() -> None:
    moment = datetime(2026, 10, 23, 0, 29, tzinfo=UTC)
    assert clock_words(moment, "Europe/Stockholm") == "02.29"
    with speaking("en"):
        assert clock_words(moment, "Europe/Stockholm") == "02:29"
        assert moment_words(moment, "Europe/Stockholm", datetime(2026, 11, 1, tzinfo=UTC)).endswith("2026 02:29")
        assert size_words(4_230_000) == "4.2\N{NO-BREAK SPACE}MB"


def test_thousands_and_shares_are_written_as_the_language_does() -> None:
    assert (count_words(14_000), percent_words(25)) == ("14\N{NO-BREAK SPACE}000", "25\N{NO-BREAK SPACE}%")
    assert count_words(999) == "999"
    with speaking("en"):
        assert (count_words(14_000), percent_words(25)) == ("14,000", "25%")
