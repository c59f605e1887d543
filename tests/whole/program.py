"""The real program in processes of its own: one `Gatljus` is one home."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

Fact = dict[str, Any]

MEASURED = """
import resource, sys
from app.cli import main
def peak():
    # On Linux ru_maxrss begins with the size of whoever started the program; VmHWM is the program's own.
    try:
        lines = open("/proc/self/status").read().splitlines()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024
try:
    main(sys.argv[1:])
finally:
    print(peak(), file=sys.stderr)
"""
"""Runs a command and says the program's own peak memory last on stderr, in bytes."""


@dataclass(frozen=True)
class Said:
    """What a command answered: exit code, stdout and stderr, which are UTF-8 whatever the system says."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Fact:
        """Stdout as JSON."""
        found: Fact = json.loads(self.out)
        return found

    @property
    def sentence(self) -> str:
        """Everything said, on one line."""
        return " ".join(f"{self.out} {self.err}".split())


class Gatljus:
    """The program working in the home `home`. `sources`: the folder it is started from; `environment`: variables that
    differ from the test's own, None takes one away."""

    def __init__(
        self, home: Path, *, sources: Path = ROOT, environment: Mapping[str, str | None] | None = None
    ) -> None:
        self.home = home
        self.sources = sources
        self.environment = dict(environment or {})

    def run(self, *words: str | bytes, **environment: str | None) -> Said:
        """Run a command. Never fails by itself: look at the exit code."""
        said = {**os.environ, "PYTHONPATH": str(self.sources), **self.environment, **environment}
        command = [sys.executable, "-m", "app.cli", "--home", str(self.home), *words]
        known = {name: value for name, value in said.items() if value is not None}
        done = subprocess.run(command, cwd=self.sources, env=known, capture_output=True, timeout=240)
        return Said(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    def peak_of(self, *words: str) -> int:
        """The program's own peak memory while it runs a command, in bytes; its workers' not counted."""
        command = [sys.executable, "-c", MEASURED, "--home", str(self.home), *words]
        said = {**os.environ, "PYTHONPATH": str(self.sources)}
        done = subprocess.run(command, env=said, capture_output=True, timeout=240, check=False)
        return int(done.stderr.split()[-1])

    def start(self, *words: str) -> "subprocess.Popen[str]":
        """A process of this home's machine that goes on by itself: a script and its words."""
        said = {**os.environ, "PYTHONPATH": str(self.sources), **self.environment}
        known = {name: value for name, value in said.items() if value is not None}
        return subprocess.Popen(
            [sys.executable, *words], env=known, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, *words: str, **environment: str | None) -> Fact:
        """What a command that must succeed answers with --json."""
        said = self.run("--json", *words, **environment)
        assert said.code == 0, said
        return said.data

    def items(self, *words: str) -> list[Fact]:
        """The items of a listing."""
        found: list[Fact] = self.ask(*words)["items"]
        return found

    def made(self, *words: str, **environment: str | None) -> str:
        """The id of what a creating command made: alone on the last line."""
        said = self.run(*words, **environment)
        assert said.code == 0, said
        return said.out.splitlines()[-1]

    def refused(self, *words: str | bytes, code: int = 1) -> Fact:
        """Why a command that must fail failed: {code, text, advice}."""
        said = self.run("--json", *words)
        assert said.code == code, said
        assert "Traceback" not in said.err, said
        error: Fact = said.data["error"]
        assert set(error) == {"code", "text", "advice"}
        return error

    def walk(self, *words: str) -> str:
        """A new walk with nothing in it. Returns its id."""
        return self.made("walk", "new", "--title", "Oktober", "--area", "Bredbygden", *words)

    def shown(self, walk: str) -> Fact:
        """What `show` says of a walk, without what differs between devices."""
        found = self.ask("show", walk)
        del found["here"]
        return found

    def kept(self) -> tuple[list[tuple[Any, ...]], list[str]]:
        """All that people's data consists of: every row of the log, and the name of every other file in the home."""
        with sqlite3.connect(f"file:{self.home / 'gatljus.db'}?mode=ro", uri=True) as log:
            rows = log.execute("select * from change order by arrival").fetchall()
        log.close()
        names = [str(path.relative_to(self.home)) for path in self.home.rglob("*") if path.is_file()]
        return rows, sorted(name for name in names if not name.startswith("gatljus.db"))
