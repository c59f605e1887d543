"""Worlds without end: `python packaging/bench.py --fuzz MINUTES [FIRST_SEED]`. Says how many there were, and every seed
in which something did not hold."""

import os
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from app.sync import survey
from tests.fuzz.running import run

LONG = 220
"""Steps of every tenth world; the others have as many as in the tests."""
SHORT = 60


def main(words: Sequence[str]) -> int:
    """Run worlds for so many minutes. 0 where everything held."""
    minutes, first = float(words[0]), int(words[1]) if len(words) > 1 else random.SystemRandom().randrange(10**9)
    survey.SECOND_LOOK = 0.0
    until, seed, wrong = time.monotonic() + 60 * minutes, first, 0
    while time.monotonic() < until:
        with tempfile.TemporaryDirectory(prefix="gatljus-fuzz-") as folder:
            try:
                run(Path(folder), seed, LONG if seed % 10 == 0 else SHORT)
            except Exception as error:  # noqa: BLE001, told, and the next world begins
                wrong += 1
                print(f"seed {seed}: {type(error).__name__} {error}"[:2000], flush=True)
        seed += 1
    print(f"{seed - first} worlds from seed {first}, {wrong} in which something did not hold")
    return 1 if wrong else 0


if __name__ == "__main__":
    os.environ["GATLJUS_MACHINE"] = ""
    sys.exit(main(sys.argv[1:]))
