"""Two windows in two processes, two homes, one folder: the whole walk, by hand."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

from pypdf import PdfReader

SCRIPT = Path(__file__).with_name("walker.py")


class Tablet:
    """A device: a window in a process of its own. Use in a `with` block."""

    def __init__(self, home: Path, folder: Path) -> None:
        command = [sys.executable, str(SCRIPT), str(home), str(folder)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env=os.environ.copy()
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.communicate(timeout=60)

    def do(self, *acts: str) -> dict[str, Any]:
        """Do these things by hand. Returns what is so afterwards."""
        assert self._process.stdin is not None and self._process.stdout is not None
        line = ""
        for act in acts:
            self._process.stdin.write(f"{act}\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
            assert line, f"the window ended while it was to {act}"
        said: dict[str, Any] = json.loads(line)
        return said


def test_a_whole_walk_by_hand_on_two_tablets(tmp_path: Path) -> None:
    folder = tmp_path / "GATLJUS-1"
    folder.mkdir()
    with Tablet(tmp_path / "a", folder) as a, Tablet(tmp_path / "b", folder) as b:
        planned = a.do("plan", "copy")
        assert planned["counts"] == {"stop": 2}
        assert b.do("fetch")["counts"] == {"stop": 2}
        noted = b.do("inform", "observe", "copy")
        assert noted["photos"] == 1
        seen = a.do("copy")
        assert seen["observations"] == noted["observations"]
        assert (seen["photos"], seen["observations"][0]["item"]) == (1, "A1")

        a.do("say_out", "copy")
        b.do("say_broken", "copy")
        assert a.do("copy")["conflicts"] == b.do("copy")["conflicts"] == 1
        assert a.do("choose", "copy")["conflicts"] == 0
        settled = b.do("copy")
        assert (settled["conflicts"], settled["observations"][0]["text"]) == (0, "Lampan är trasig.")

        assert a.do("measure")["counts"]["measure"] == 1
        b.do("end", "copy")
        a.do("end", "copy")
        b.do("copy")
        received = a.do("copy", "devices")["said"]
        # Both homes lie on one machine, which counts as one tablet: no more may be said.
        assert "Allt som B har skickat är mottaget." in received, "\n".join(received)
        assert any("Vandringen är avslutad där." in each for each in received), "\n".join(received)
        a.do("print")
    words = " ".join(page.extract_text() for page in PdfReader(tmp_path / "protokoll.pdf").pages)
    assert "Lampan är trasig." in " ".join(words.split())
