"""One world of the fuzz from its beginning to its quiet end."""

from pathlib import Path

from tests.fuzz.world import World

STEPS = 60


def run(folder: Path, seed: int, steps: int = STEPS) -> None:
    """One world from its beginning to its quiet end. Raises AssertionError where something does not hold."""
    folder.mkdir(exist_ok=True)
    world = World(folder, seed)
    try:
        for _ in range(steps):
            world.step()
        world.go_home()
        world.settle()
    finally:
        world.close()
