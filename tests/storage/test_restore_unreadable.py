"""A restore whose turn comes and that cannot be gone through with: the home opens as it was, and says so."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app.base.errors import GatljusError
from app.base.job import Job, finish
from app.commands import walks
from app.domain.records import Observation, SafetyWalk
from app.jobs import purge as jobs
from app.jobs.restore import Restored, alone_in, prepare_restore, remake, restore
from app.jobs.verify import HARMLESS, verify
from app.session import Session
from app.storage import restore as files
from app.storage.restore import put_aside_in, replaced_in, unreadable_in
from app.storage.waiting import RESTORING, is_ready
from tests.storage.damaging import overwrite
from tests.storage.test_restore import Cut, note


@pytest.fixture
def waiting(tmp_path: Path) -> tuple[Path, str, Path]:
    """A home in which a restore waits, and a walk was purged before. Returns home, walk and backup."""
    session = Session(tmp_path / "home")
    walk, gone = (walks.new_walk(session, {"title": each}) for each in ("Kvällsvandring", "Gallrad"))
    note(session, walk, "före")
    made = session.back_up()
    note(session, walk, "efter")
    finish(jobs.purge(session, session.read(SafetyWalk, {"id": gone})[0]))
    finish(prepare_restore(session.home, made))
    session.leave()
    return session.home, walk, made


def spoil(home: Path) -> bytes:
    """Spoil the database that waits. Returns what it is then."""
    file = home / RESTORING / "gatljus.db"
    overwrite(file, 0, b"\0" * 100)
    return file.read_bytes()


def texts(home: Path) -> list[str]:
    """What is noted in a home."""
    session = Session(home)
    found = sorted(each.text for each in session.read(Observation))
    session.leave()
    return found


@pytest.mark.parametrize("purged", [True, False])
def test_it_is_put_aside_whole_and_the_home_opens_as_it_was_and_says_so(
    waiting: tuple[Path, str, Path], purged: bool
) -> None:
    home, walk, _made = waiting
    if not purged:
        shutil.rmtree(home / RESTORING)
        fresh = home.with_name("fresh")
        session = Session(fresh)
        walk = walks.new_walk(session, {"title": "Utan"})
        note(session, walk, "före")
        made = session.back_up()
        note(session, walk, "efter")
        finish(prepare_restore(fresh, made))
        session.leave()
        home = fresh
    lay = spoil(home)
    session = Session(home)
    (aside,) = unreadable_in(home)
    assert session.unread is not None and str(aside) in str(session.unread)
    assert (aside / "gatljus.db").read_bytes() == lay and not replaced_in(home)
    note(session, walk, "sedan")
    session.leave()
    assert texts(home) == ["efter", "före", "sedan"]
    again = Session(home)
    assert again.unread is None
    (found,) = [each for each in finish(verify(again)) if each["code"] not in ("device", "unfinished")]
    assert found["code"] in HARMLESS and str(aside) in found["text"]
    again.leave()


def test_a_backup_can_be_read_back_and_the_database_made_anew_all_the_same(waiting: tuple[Path, str, Path]) -> None:
    home, _walk, made = waiting
    ways: tuple[tuple[Callable[[], Job[Restored]], list[str]], ...] = (
        (partial(remake, home), ["efter", "före"]),
        (partial(restore, home, made), ["före"]),
    )
    for mend, shown in ways:
        shutil.rmtree(home / RESTORING, ignore_errors=True)
        finish(prepare_restore(home, made))
        spoil(home)
        finish(mend())
        assert texts(home) == shown


def test_one_that_is_spoilt_before_it_is_gone_through_with_at_once_is_no_success(
    waiting: tuple[Path, str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, _walk, made = waiting
    assert texts(home) == ["före"]
    prepare = files.prepare

    def spoilt(*words: Any) -> Job[None]:
        yield from prepare(*words)
        spoil(home)

    monkeypatch.setattr(files, "prepare", spoilt)
    with pytest.raises(GatljusError) as told:
        finish(restore(home, made))
    assert told.value.code == "restore-unreadable" and len(unreadable_in(home)) == 1
    assert texts(home) == ["före"]


def test_wherever_the_power_goes_the_database_that_was_there_is_there(
    waiting: tuple[Path, str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both before the restore turns out to be unreadable, when part of the database has moved, and after."""
    home, walk, _made = waiting
    ready = (home / RESTORING).rename(tmp_path / "ready")
    session, real = Session(home), os.replace
    # It lies in the log beside the file as long as somebody has it open.
    note(session, walk, "sist")
    for first in range(6):
        for second in range(6):
            fresh = tmp_path / f"{first} {second}"
            shutil.copytree(home, fresh)
            shutil.copytree(ready, fresh / RESTORING)
            for left in (first, second):
                with monkeypatch.context() as patch, suppress(Cut):
                    patch.setattr(os, "replace", cut_after(left, real))
                    Session(fresh).leave()
                if is_ready(fresh) and (fresh / RESTORING / "gatljus.db").exists():
                    spoil(fresh)
            assert texts(fresh) == (["före"] if first > 4 else ["efter", "före", "sist"])
    session.leave()


def cut_after(left: int, real: Callable[[Path, Path], None]) -> Callable[[Path, Path], None]:
    """Renames so often, and then the power goes."""

    def replace(source: Path, goal: Path) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Cut
        real(source, goal)

    return replace


def full(_home: Path) -> None:
    raise GatljusError("disk-full", "Full.", "Frigör.")


def test_a_home_that_did_not_open_is_held_by_nobody(
    waiting: tuple[Path, str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, _walk, made = waiting
    errors = []
    for broken in ("app.storage.restore.finish", "app.storage.disposal.Disposal.resume", "app.session.identify"):
        for begin in (Session, alone_in) if broken.endswith("finish") else (Session,):
            with monkeypatch.context() as patch:
                patch.setattr(broken, lambda *_: full(home))
                with pytest.raises(GatljusError) as told:
                    begin(home)
            # Whoever is told of it has it while it is put right.
            errors.append(told.value)
            alone_in(home).close()
            finish(prepare_restore(home, made))
    assert {each.code for each in errors} == {"disk-full"} and texts(home) == ["före"]


def test_nothing_is_written_to_the_database_that_goes_while_a_restore_becomes_ready(
    waiting: tuple[Path, str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, walk, made = waiting
    session, writer = Session(home), Session(home)
    writer.log.database.tables.execute("pragma busy_timeout=50")
    real, told = os.replace, []

    def late(source: Path, goal: Path) -> None:
        if goal == home / RESTORING:
            with pytest.raises(GatljusError) as refused:
                note(writer, walk, "i sista stund")
            told.append(refused.value.code)
        real(source, goal)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", late)
        finish(prepare_restore(home, made))
    with pytest.raises(GatljusError) as refused:
        note(writer, walk, "sedan")
    assert (told, refused.value.code) == (["home-busy"], "restoring")
    for each in (session, writer):
        each.leave()


def test_a_restore_that_another_is_before_changes_nothing(waiting: tuple[Path, str, Path]) -> None:
    home, _walk, made = waiting
    with pytest.raises(GatljusError) as told:
        finish(prepare_restore(home, made))
    assert told.value.code == "restoring" and texts(home) == ["före"]


def test_a_purge_names_one_that_was_put_aside_for_nobody_can_take_the_walk_out_of_it(
    waiting: tuple[Path, str, Path],
) -> None:
    home, walk, _made = waiting
    spoil(home)
    session = Session(home)
    gone = finish(jobs.purge(session, session.read(SafetyWalk, {"id": walk})[0]))
    assert gone.copies == (str(put_aside_in(home)[0]),)
    session.leave()
