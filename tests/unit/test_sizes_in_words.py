"""How large a file is, as the screen says it."""

import pytest

from ui.widgets.words import size_words


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (1, "1 kB"), (840_400, "840 kB"), (999_499, "999 kB"), (999_500, "1,0 MB"), (4_230_000, "4,2 MB"),
        (9_949_000, "9,9 MB"), (9_960_000, "10 MB"), (48_000_000, "48 MB"),
    ],
)  # fmt: skip
def test_a_size_has_two_or_three_figures_and_its_unit(size: int, words: str) -> None:
    assert size_words(size) == words.replace(" ", "\N{NO-BREAK SPACE}")
