"""The command that opens the window says what it takes, and opens nothing when it is asked."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(("word", "code"), [("--help", 0), ("-h", 0), ("--hlep", 2)])
def test_a_word_that_is_no_folder_is_answered_and_no_home_is_made(tmp_path: Path, word: str, code: int) -> None:
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "GATLJUS_HOME": str(tmp_path / "home")}
    done = subprocess.run(
        [sys.executable, "-m", "ui", word], cwd=tmp_path, env=surroundings, capture_output=True, text=True, timeout=120
    )
    assert (done.returncode, done.stdout.startswith("gatljus-window [FOLDER]")) == (code, True)
    assert list(tmp_path.iterdir()) == []
