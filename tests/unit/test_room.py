"""When it is said that little room is left on a disk."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.base.room import LITTLE, little_room


@pytest.mark.parametrize(("free", "said"), [(LITTLE, ""), (LITTLE - 1, "Bara 499 MB är kvar"), (0, "Bara 0 MB")])
def test_little_room_is_said_below_500_mb(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, said: str
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=free))
    assert little_room(tmp_path).startswith(said) and bool(little_room(tmp_path)) == bool(said)


def test_a_disk_that_does_not_say_how_much_is_free_is_no_reason_to_warn(tmp_path: Path) -> None:
    assert little_room(tmp_path / "saknas") == ""
