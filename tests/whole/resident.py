"""A process that has the program loaded and forks a new one for every command: the same as starting it each time, less
the half second of imports. Where a system cannot fork, every command is started as it is."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from app.cli import main
from tests.whole.program import ROOT, Gatljus, Said

Server = subprocess.Popen[str] | None
"""What starts the processes; None where a system cannot fork."""

CAN_FORK = hasattr(os, "fork")


class Forked(Gatljus):
    """The program in the home `home`, each command in a process of its own that `server` forks."""

    def __init__(self, home: Path, environment: Mapping[str, str | None], server: Server) -> None:
        super().__init__(home, environment=environment)
        self._server = server

    def run(self, *words: str | bytes, **environment: str | None) -> Said:
        """Run a command. Never fails by itself: look at the exit code."""
        if self._server is None:
            return super().run(*words, **environment)
        said = {**os.environ, "PYTHONPATH": str(ROOT), **self.environment, **environment}
        known = {name: value for name, value in said.items() if value is not None}
        out, err = (self.home.parent / f".{self.home.name}.{name}" for name in ("out", "err"))
        typed = ["--home", str(self.home), *map(os.fsdecode, words)]
        asked = {"words": typed, "environment": known, "out": str(out), "err": str(err)}
        assert self._server.stdin
        assert self._server.stdout
        self._server.stdin.write(json.dumps(asked) + "\n")
        self._server.stdin.flush()
        code = int(self._server.stdout.readline())
        return Said(code, out.read_text("utf-8"), err.read_text("utf-8"))


@contextlib.contextmanager
def serving() -> Iterator["subprocess.Popen[str] | None"]:
    """The server, as long as it is needed; None where a system cannot fork."""
    if not CAN_FORK:
        yield None
        return
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    with subprocess.Popen(
        [sys.executable, __file__], cwd=ROOT, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as server:
        yield server
        assert server.stdin
        server.stdin.close()


def _become(asked: Mapping[str, str], words: list[str], environment: Mapping[str, str]) -> None:
    """Be the process of one command, until it ends."""
    os.environ.clear()
    os.environ.update(environment)
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(asked[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    main(words)


def _serve(lines: IO[str], answers: IO[str]) -> None:
    for line in lines:
        asked = json.loads(line)
        child = os.fork()
        if not child:
            _become(asked, asked["words"], asked["environment"])
        _pid, status = os.waitpid(child, 0)
        answers.write(f"{os.waitstatus_to_exitcode(status)}\n")
        answers.flush()


if __name__ == "__main__":
    _serve(sys.stdin, sys.stdout)
