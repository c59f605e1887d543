"""How long work may still take: nothing before it is known, nothing that jumps, no time that was rested."""

import random
from itertools import pairwise

import pytest

from ui.widgets.pace import KNOWN_AFTER_S, Pace

MB = 1_000_000


class Watch:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    """A clock."""
    return Watch()


def test_nothing_is_said_before_it_is_known(watch: Watch) -> None:
    pace = Pace(watch)
    assert pace.left(0, 0) == pace.left(0, 840 * MB) == ""
    watch.now += KNOWN_AFTER_S - 0.1
    assert pace.left(100 * MB, 840 * MB) == "", "too soon"
    watch.now += 60
    assert pace.left(1 * MB, 840 * MB) == "", "too little"
    assert pace.left(100 * MB, 840 * MB)


def test_it_counts_what_has_moved_since_the_total_was_known(watch: Watch) -> None:
    pace = Pace(watch)
    pace.left(0, 0)
    watch.now += 500
    pace.left(0, 840 * MB)
    watch.now += 60
    assert pace.left(210 * MB, 840 * MB) == "ungefär 3 minuter kvar"
    watch.now += 160
    assert pace.left(790 * MB, 840 * MB) == "ungefär 15 sekunder kvar"


def test_what_was_done_before_this_run_is_no_measure_of_how_fast_it_goes(watch: Watch) -> None:
    pace = Pace(watch)
    pace.left(400 * MB, 840 * MB)
    watch.now += 60
    assert pace.left(460 * MB, 840 * MB) == "ungefär 6 minuter kvar"


def test_a_rest_is_not_counted(watch: Watch) -> None:
    pace = Pace(watch)
    pace.left(0, 100 * MB)
    watch.now += 30
    assert pace.left(50 * MB, 100 * MB) == "ungefär 30 sekunder kvar"
    pace.rest()
    watch.now += 3600
    pace.go_on()
    assert pace.left(50 * MB, 100 * MB) == "ungefär 30 sekunder kvar"


@pytest.mark.parametrize("seed", range(5))
def test_uneven_files_on_an_uneven_stick_do_not_make_it_jump(watch: Watch, seed: int) -> None:
    print(f"seed {seed}")
    dice, pace = random.Random(seed), Pace(watch)
    sizes = [dice.choice((20_000, 300_000, 5 * MB)) for _file in range(400)]
    done, total, told = 0, sum(sizes), []
    for size in sizes:
        left = pace.seconds_left(done, total)
        if left is not None:
            told.append(left)
        watch.now += size / (dice.uniform(2, 6) * MB)
        done += size
    jumps = [after / before for before, after in pairwise(told) if before > 20]
    assert told and all(0.6 < jump < 1.6 for jump in jumps)
    assert sum(jump > 1 for jump in jumps) <= 8, "it goes down, but for a few better estimates"
