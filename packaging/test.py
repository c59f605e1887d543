"""Every check of Gatljus: `python3 packaging/test.py`.

Makes `.venv` and installs what the checks need, runs them all even when one fails, and ends with the time of each and
pytest's closing line. Exit code 0 only when all are green. Words after the command go to pytest, and then only pytest
is run: `python3 packaging/test.py tests/unit -k stamp`.
"""

from __future__ import annotations  # an older Python shall come as far as the sentence that says so

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from environment import (
    CHECKS,
    PDF_JUDGE,
    REAL_WINDOW,
    RECEIVER,
    ROOT,
    CannotGoOn,
    is_debian,
    missing_parts,
    prepare,
    say,
)

PARALLEL = ("-n", "3", "--dist", "loadfile", "--max-worker-restart", "2")
"""Three processes, one more than the least machine has cores: tests wait for real time a third of theirs. Each file's
tests are in one of them, so that what a file builds once is built once. A test at which one of them ended is begun
again by the next one, so only a few may."""

AT_MOST = 75 * 60
"""Seconds a check may take: what hangs shall say where, before whoever runs all this loses patience."""

TO_TELL = 15
"""Seconds that it has then to say where it was."""


@dataclass(frozen=True)
class Done:
    """A check that has been run: how long it took, whether it was green, its last line."""

    name: str
    seconds: float
    green: bool
    last_line: str


def _tell(process: subprocess.Popen[str], what: int) -> None:
    """Sends a signal to a check and to all it started."""
    if sys.platform == "win32":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, what)


def _lose_patience(process: subprocess.Popen[str]) -> None:
    """Ends a check that hangs, and with it all of this: what it started may hold its output open for ever. pytest's
    processes tell with the first signal where each thread was."""
    print(f"\nNot done after {AT_MOST // 60} minutes; ended.", flush=True)
    _tell(process, signal.SIGABRT)
    time.sleep(TO_TELL)
    _tell(process, getattr(signal, "SIGKILL", signal.SIGABRT))
    os._exit(1)


def _run(name: str, command: Sequence[str], environment: Mapping[str, str]) -> Done:
    """Runs one check, showing its lines as they come."""
    print(f"\n── {name}", flush=True)
    started = time.monotonic()
    last = ""
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    ) as process:
        patience = threading.Timer(AT_MOST, _lose_patience, (process,))
        patience.start()
        try:
            for line in process.stdout or ():
                print(line, end="", flush=True)
                last = line.strip() or last
        except BaseException:
            # Ctrl-C, or whoever runs this ends it: what runs in a session of its own hears neither.
            _tell(process, signal.SIGINT)
            raise
        finally:
            patience.cancel()
    return Done(name, time.monotonic() - started, process.returncode == 0, last)


def _checks(python: Path) -> dict[str, list[str]]:
    tool = [str(python), "-m"]
    scripts = sorted(str(each.relative_to(ROOT)) for each in (ROOT / "packaging").glob("*.py"))
    checks = {
        "ruff check": [*tool, "ruff", "check"],
        "ruff format": [*tool, "ruff", "format", "--check", "--diff"],
        "mypy: product and tests": [*tool, "mypy"],
        "mypy: packaging": [*tool, "mypy", "--no-explicit-package-bases", *scripts],
        "import contracts": [str(python.with_name("lint-imports"))],
    }
    if (ROOT / "resources" / "words").exists():
        checks["words"] = [str(python), "packaging/words.py", "--check"]
    return checks


def _environment() -> dict[str, str]:
    """The environment of the checks. On Debian veraPDF and a real window are musts; elsewhere their tests say that they
    were skipped."""
    still_missing = missing_parts((*REAL_WINDOW, *PDF_JUDGE, *RECEIVER))
    if still_missing:
        say(f"Missing on this machine: apt-get install {' '.join(still_missing)}")
    required = {"GATLJUS_REQUIRE_VERAPDF": "1", "GATLJUS_REQUIRE_X11": "1"} if is_debian() else {}
    return {**os.environ, "PYTHONUTF8": "1", "QT_QPA_PLATFORM": "offscreen", **required}


def _report(done: Sequence[Done]) -> int:
    """Prints the times and returns the exit code."""
    print("\n── in all")
    for each in done:
        print(f"{each.seconds:8.1f} s  {'green' if each.green else 'RED  '}  {each.name}")
    red = [each.name for each in done if not each.green]
    print(f"{sum(each.seconds for each in done):8.1f} s  {'RED: ' + ', '.join(red) if red else 'all green'}")
    print(done[-1].last_line)
    return 1 if red else 0


def main(words: Sequence[str]) -> int:
    """Run the checks; 0 if all are green."""
    started = time.monotonic()
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(1))
    try:
        python = prepare(CHECKS)
    except CannotGoOn as reason:
        say(str(reason))
        return 1
    environment = _environment()
    pytest = [str(python), "-m", "pytest"]
    if words:
        return subprocess.run([*pytest, *words], cwd=ROOT, env=environment).returncode
    done = [Done("set-up", time.monotonic() - started, True, "")]
    done += [_run(name, command, environment) for name, command in _checks(python).items()]
    done.append(_run("pytest", [*pytest, *PARALLEL], environment))
    return _report(done)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
