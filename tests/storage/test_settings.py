"""What lies beside the log in a home, where it is damaged or strange."""

from pathlib import Path

import pytest

from app.settings import (
    Settings,
    load_passed,
    load_recording,
    load_settings,
    load_stop,
    load_watched,
    load_window,
    save_watched,
)


@pytest.mark.parametrize("text", [b"", b"\xff\xfe", b"[1]", b"null", b'{"walk": "a', b'{"a":' * 100_000])
def test_a_file_that_cannot_be_read_says_nothing(tmp_path: Path, text: bytes) -> None:
    for name in ("settings", "window", "stops", "recording", "watched"):
        (tmp_path / f"{name}.json").write_bytes(text)
    assert load_settings(tmp_path) == Settings() and load_stop(tmp_path, "a") == ""
    assert not load_passed(tmp_path, "a")
    assert load_window(tmp_path) == load_recording(tmp_path) == load_watched(tmp_path) == {}


def test_a_name_of_a_file_that_is_no_text_comes_back_as_it_was(tmp_path: Path) -> None:
    said = {"walk": "a", "folder": "/media/bl\udce5", "known": ["f\udcf6re.jpg 17", "för.jpg 18"], "taken": 1}
    save_watched(tmp_path, said)
    assert load_watched(tmp_path) == said
    (tmp_path / "watched.json").write_bytes('{"folder": "/media/blå"}'.encode())
    assert load_watched(tmp_path) == {"folder": "/media/blå"}
