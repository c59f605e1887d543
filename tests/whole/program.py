"""The real program in processes of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

PEAK = """
import resource, sys
from app.cli import main
try:
    main(sys.argv[1:])
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""
"""Runs a command and says the program's own peak memory last on stderr (kilobytes; on macOS bytes)."""


class Gatljus:
    """The program at work in one home: a device. `surroundings` are environment variables besides the test's own."""

    def __init__(self, home: Path, **surroundings: str) -> None:
        self.home = home
        self.surroundings = surroundings

    def run(self, *arguments: str, code: tuple[str, ...] = ("-m", "app.cli")) -> "subprocess.CompletedProcess[bytes]":
        """Run a command and let it end as it will. The output is bytes."""
        command = [sys.executable, *code, "--home", str(self.home), *arguments]
        surroundings = {**os.environ, **self.surroundings, "PYTHONPATH": str(ROOT)}
        return subprocess.run(command, capture_output=True, cwd=ROOT, env=surroundings, timeout=240, check=False)

    def ask(self, *arguments: str) -> dict[str, Any]:
        """What a command that succeeds answers, as JSON."""
        done = self.run("--json", *arguments)
        assert done.returncode == 0, (arguments, done.stdout.decode(), done.stderr.decode())
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def made(self, *arguments: str) -> str:
        """The id that a creating command prints alone on its last line."""
        done = self.run(*arguments)
        assert done.returncode == 0, (arguments, done.stdout.decode(), done.stderr.decode())
        return done.stdout.decode().splitlines()[-1]

    def refused(self, *arguments: str) -> dict[str, str]:
        """The error of a command that says no: {code, text, advice}."""
        done = self.run("--json", *arguments)
        assert done.returncode == 1, (arguments, done.returncode, done.stdout.decode(), done.stderr.decode())
        assert b"Traceback" not in done.stderr
        found: dict[str, str] = json.loads(done.stdout)["error"]
        return found

    def peak_of(self, *arguments: str) -> int:
        """The program's own peak memory while it runs a command, in bytes; its workers' not counted."""
        done = self.run(*arguments, code=("-c", PEAK))
        return int(done.stderr.split()[-1]) * (1 if sys.platform == "darwin" else 1024)
