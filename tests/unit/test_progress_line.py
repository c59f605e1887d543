"""How far a job has come, on the command line: on stderr, where a person looks on."""

from pathlib import Path

import pytest

from app.base.job import Job, Step
from app.cli.screen import Screen


def job() -> Job[str]:
    """A job that counts things, then bytes."""
    yield Step("Skickar ändringar.", 1, 2)
    yield Step("Fil 31 av 87", 312_400_000, 839_500_000, in_bytes=True)
    return "klart"


def test_bytes_are_told_as_bytes_and_things_as_things(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert Screen(tmp_path, as_json=True).run(job()) == "klart"
    told = capsys.readouterr()
    assert told.out == ""
    assert "Skickar ändringar. 1/2" in told.err
    assert "Fil 31 av 87, 312 av 840\N{NO-BREAK SPACE}MB" in told.err


def test_nothing_is_told_where_nobody_looks_on(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    Screen(tmp_path, as_json=True).run(job())
    assert capsys.readouterr().err == ""
