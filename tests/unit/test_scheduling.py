"""The suite itself: it comes to an end although one of its processes dies."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DIES_ONCE = """
import os
from pathlib import Path

MARK = Path(__file__).with_name("mark")

def test_it_dies_the_first_time():
    if not MARK.exists():
        MARK.touch()
        os._exit(3)

def test_what_comes_after():
    pass
"""
MANY = "def test_one(): pass\ndef test_two(): pass\n"


def test_the_files_of_a_process_that_dies_are_gone_on_with(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text("from tests.scheduling import pytest_testnodedown\n")
    for number in range(8):
        (tmp_path / f"test_{number}.py").write_text(MANY)
    (tmp_path / "test_dies.py").write_text(DIES_ONCE)
    command = ("-m", "pytest", "-p", "no:randomly", "-n", "2", "--dist", "loadfile", "--max-worker-restart", "2")
    # What counts is how many are done at all; a time is only what ends the test where they never are.
    done = subprocess.run(
        [sys.executable, *command, "--rootdir", tmp_path, tmp_path],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "1 failed, 18 passed" in done.stdout, done.stdout + done.stderr
