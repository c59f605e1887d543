"""Whatever happens to tablets and the places where they meet: nothing is lost, and nothing is told too early."""

import os
from pathlib import Path

import pytest

from tests.fuzz.running import STEPS, begun, run

SEEDS = int(os.environ.get("GATLJUS_SEEDS", "200"))


@pytest.mark.parametrize("seed", range(SEEDS))
def test_nothing_is_lost_and_nothing_is_told_too_early(tmp_path: Path, seed: int) -> None:
    print(f"seed {seed}")
    run(tmp_path, seed)


@pytest.mark.parametrize("seed", range(SEEDS // 5))
def test_a_walk_that_is_purged_stays_away(tmp_path: Path, seed: int) -> None:
    print(f"seed {seed}")
    with begun(tmp_path, seed) as world:
        for _ in range(STEPS // 2):
            world.step()
        world.purge(world.walks[0], meetings=6)
