"""One world of the fuzz from its beginning to its quiet end."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from tests.fuzz.world import World

STEPS = 60


@contextmanager
def begun(folder: Path, seed: int) -> Iterator[World]:
    """A world in which everything follows from the seed, also the marks that tablets draw by chance where they meet."""
    drawn = random.Random(f"marks {seed}")
    with patch("secrets.token_hex", lambda count: drawn.randbytes(count).hex()):
        world = World(folder, seed)
        try:
            yield world
        finally:
            world.close()


def run(folder: Path, seed: int, steps: int = STEPS) -> None:
    """One world from its beginning to its quiet end. Raises AssertionError where something does not hold."""
    folder.mkdir(exist_ok=True)
    with begun(folder, seed) as world:
        for _ in range(steps):
            world.step()
        world.go_home()
        world.settle()
