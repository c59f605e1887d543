"""The benchmarks of Gatljus: `python3 packaging/bench.py [WORD…]`; a long fuzz: `python3 packaging/bench.py --fuzz
MINUTES [SEED]`.

Runs every benchmark of `tests/benchmarks/` whose name or module holds one of the words (all without words), prints a
table and, when all were run, writes it to `packaging/benchmarks.md` with the machine it was made on. Exit code 1 when
one is over what it may be at most.
"""

from __future__ import annotations  # an older Python shall come as far as the sentence that says so

import importlib
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from environment import CHECKS, ROOT, WITHOUT_SCREEN, CannotGoOn, missing_parts, prepare, say, venv_python

if TYPE_CHECKING:
    from tests.benchmarks.protocol import Benchmark, Outcome

FUZZ = "--fuzz"
TABLE = ROOT / "packaging" / "benchmarks.md"


def _benchmarks(words: Sequence[str]) -> Iterator[Benchmark]:
    for file in sorted((ROOT / "tests" / "benchmarks").glob("*.py")):
        module = importlib.import_module(f"tests.benchmarks.{file.stem}")
        for each in module.benchmarks() if hasattr(module, "benchmarks") else ():
            if not words or any(word in f"{file.stem} {each.name}" for word in words):
                yield each


def _row(benchmark: Benchmark, outcome: Outcome) -> str:
    verdict = "yes" if outcome.value <= benchmark.most else "**NO**"
    value = f"{outcome.value:.3g} ({outcome.lower:.3g}–{outcome.upper:.3g}) {benchmark.unit}"
    most = f"{benchmark.most:g} {benchmark.unit}"
    return f"| {benchmark.name} | {benchmark.kind} | {value} | {most} | {verdict} | {outcome.shown} |"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def _machine() -> str:
    return (
        f"{os.cpu_count()} × {_processor()}; {platform.platform()}; Python {platform.python_version()}; "
        f"{time.strftime('%Y-%m-%d', time.gmtime())}"
    )


def _measure(words: Sequence[str]) -> int:
    lines = [
        "# Benchmarks",
        "",
        f"Made by `packaging/bench.py` on {_machine()}. Medians (quartiles).",
        "",
        "| what | judged | measured | at most | kept | absolute |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    print("\n".join(lines), flush=True)
    over = 0
    for benchmark in _benchmarks(words):
        outcome = benchmark.run()
        over += outcome.value > benchmark.most
        lines.append(_row(benchmark, outcome))
        print(lines[-1], flush=True)
    if not words:
        TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 1 if over else 0


def main(words: Sequence[str]) -> int:
    """Set up, go on in the interpreter of `.venv`, measure."""
    if Path(sys.prefix).resolve() == venv_python().parent.parent.resolve():
        if FUZZ in words:
            return subprocess.run([sys.executable, "-m", "tests.fuzz.long", *words[1:]], cwd=ROOT).returncode
        sys.path.insert(0, str(ROOT))
        return _measure(words)
    try:
        python = prepare(CHECKS)
    except CannotGoOn as reason:
        say(str(reason))
        return 1
    missing_parts(WITHOUT_SCREEN)
    return subprocess.run([str(python), str(Path(__file__)), *words], cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
