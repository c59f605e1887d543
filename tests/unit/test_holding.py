"""A folder that is held: who is kept out, and what a disk without locks means."""

import errno
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from app.base import holding
from app.base.holding import Holding
from app.commands.walks import new_walk
from app.session import Session


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "PATIENCE_S", 0.1)


def _refusing(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def refuse(_handle: int, **_said: Any) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(holding, "_lock", refuse)


def test_a_folder_that_one_has_alone_is_not_shared_until_it_is_let_go(tmp_path: Path) -> None:
    one, other = Holding(tmp_path / "in-use"), Holding(tmp_path / "in-use")
    assert one.alone() and not other.share()
    one.let_go()
    assert other.share() and one.share() and not one.alone()


@pytest.mark.parametrize("number", [errno.ENOTSUP, errno.ENOLCK, errno.ENOSYS, errno.EINVAL])
def test_a_disk_that_knows_no_locks_keeps_nobody_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    _refusing(monkeypatch, number)
    held = Holding(tmp_path / "in-use")
    assert held.share() and held.alone()
    held.let_go()
    held.close()


@pytest.mark.parametrize("number", [errno.EWOULDBLOCK, errno.EACCES])
def test_what_another_has_is_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    _refusing(monkeypatch, number)
    held = Holding(tmp_path / "in-use")
    assert not held.share() and not held.alone()


if sys.platform != "win32":

    def test_a_home_on_a_disk_that_knows_no_locks_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(_handle: int, _how: int) -> None:
            raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))

        monkeypatch.setattr("fcntl.flock", refuse)
        session = Session(tmp_path / "home")
        walk = new_walk(session, {"title": "Kvällsvandring"})
        session.back_up()
        session.leave()
        again = Session(tmp_path / "home")
        assert again.log.scopes() == [walk]
        again.leave()
