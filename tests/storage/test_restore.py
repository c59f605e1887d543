"""A backup read back: the old home or the restored one, never neither, and nothing is lost."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.base import holding
from app.base.errors import BadInput, GatljusError
from app.base.holding import Holding
from app.base.job import finish
from app.commands import observations, walks
from app.domain.change import Draft
from app.domain.records import Device, Observation
from app.jobs.backup import back_up, backups_of, keep_backed_up
from app.jobs.restore import prepare_restore, remake, restore
from app.jobs.sync import sync
from app.jobs.verify import lost, verify
from app.session import Session
from app.storage import backup as backups
from app.storage.restore import replaced_in
from app.storage.waiting import RESTORING
from tests.conftest import ROOT

RESTORES = """
import sys
from pathlib import Path
from app.base.job import finish
from app.jobs.restore import restore
print("ready", flush=True)
sys.stdin.readline()
finish(restore(Path(sys.argv[1]), Path(sys.argv[2])))
print("done", flush=True)
"""
HAS_IT_OPEN = """
import sys
from pathlib import Path
from app.session import Session
session = Session(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.readline()
"""


def start(script: str, *words: str | Path) -> "subprocess.Popen[str]":
    """A process of a script."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def note(session: Session, walk: str, text: str) -> None:
    """Note an observation."""
    observations.observe(session, walk, {"category": "lighting", "text": text})


def draft(kind: str, field: str, value: str) -> Draft:
    """A field to be set."""
    return Draft(kind=kind, record="7" * 32, field=field, value=value)


def texts(home: Path) -> list[str]:
    """What is noted in a home, which is whole."""
    session = Session(home)
    found = sorted(each.text for each in session.read(Observation))
    assert [each for each in finish(verify(session)) if each["code"] not in ("device", "unfinished")] == []
    session.leave()
    return found


@pytest.fixture
def backed_up(tmp_path: Path) -> tuple[Path, str, Path]:
    """A home with a note, a backup of it, and one more note since. Returns home, walk and backup."""
    session = Session(tmp_path / "home")
    walk = walks.new_walk(session, {"title": "Kvällsvandring"})
    note(session, walk, "före")
    made = finish(back_up(session))
    note(session, walk, "efter")
    session.leave()
    return session.home, walk, made


def test_a_restored_home_shows_the_backup_as_a_new_device_and_keeps_the_other_database(
    backed_up: tuple[Path, str, Path],
) -> None:
    home, walk, made = backed_up
    before = Session(home)
    old = before.identity.device
    before.leave()
    done = finish(restore(home, made))
    assert texts(home) == ["före"]
    session = Session(home)
    assert session.identity.was == old != session.identity.device
    note(session, walk, "sedan")
    assert {each.id: each.was for each in session.read(Device)}[session.identity.device] == old
    session.leave()
    assert done.kept is not None and list(replaced_in(home).values()) == [done.kept]
    finish(restore(home, done.kept))
    assert texts(home) == ["efter", "före"]


def test_what_was_sent_after_the_backup_comes_back_and_what_was_never_sent_travels_under_its_old_id(
    backed_up: tuple[Path, str, Path], tmp_path: Path
) -> None:
    home, walk, made = backed_up
    stick = tmp_path / "minne"
    stick.mkdir()
    session = Session(home)
    old = session.identity.device
    session.leave()
    # The backup holds changes that were in no batch then; they are sent, and so is what came after it.
    shutil.copytree(home, tmp_path / "sent")
    sent = Session(tmp_path / "sent")
    sent.identity = session.identity
    finish(sync(sent, str(stick), walk=walk))
    sent.leave()
    finish(restore(home, made))
    restored = Session(home)
    note(restored, walk, "sedan")
    finish(sync(restored, str(stick), walk=walk))
    restored.leave()
    assert texts(home) == ["efter", "före", "sedan"]
    other = Session(tmp_path / "other")
    finish(sync(other, str(stick), walk=walk))
    assert {old, restored.identity.device} <= {name for name, _ in other.log.have(walk).items()}
    other.leave()
    assert texts(other.home) == texts(home)


def test_changes_that_only_a_backup_holds_are_frozen_under_the_id_they_carry(
    backed_up: tuple[Path, str, Path], tmp_path: Path
) -> None:
    home, walk, made = backed_up
    (tmp_path / "minne").mkdir()
    before = Session(home)
    old = before.identity.device
    before.leave()
    finish(restore(home, made))
    restored = Session(home)
    finish(sync(restored, str(tmp_path / "minne"), walk=walk))
    assert {name.partition(".")[0] for name in restored.log.batches(walk)} == {old}
    other = Session(tmp_path / "other")
    finish(sync(other, str(tmp_path / "minne"), walk=walk))
    assert [each.text for each in other.read(Observation)] == ["före"]


@pytest.mark.parametrize("damage", ["absent", "text", "cut", "flipped", "foreign"])
def test_what_is_no_whole_backup_is_refused_and_nothing_changes(
    backed_up: tuple[Path, str, Path], tmp_path: Path, damage: str
) -> None:
    home, _walk, made = backed_up
    file = tmp_path / "fil.db"
    data = bytearray(made.read_bytes())
    if damage == "flipped":
        data[4096 + 5] ^= 0xFF
    if damage == "foreign":
        with closing(sqlite3.connect(file)) as tables:
            tables.execute("create table change(a)")
    elif damage != "absent":
        file.write_bytes({"text": b"Hej", "cut": bytes(data[:9000]), "flipped": bytes(data)}[damage])
    with pytest.raises(BadInput):
        finish(restore(home, file))
    assert texts(home) == ["efter", "före"]
    assert replaced_in(home) == {}


def test_a_home_that_another_process_has_open_is_not_restored(
    backed_up: tuple[Path, str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, _walk, made = backed_up
    monkeypatch.setattr(holding, "PATIENCE_S", 0.1)
    with start(HAS_IT_OPEN, home) as other:
        assert other.stdin and other.stdout and other.stdout.readline() == "open\n"
        with pytest.raises(GatljusError) as refused:
            finish(restore(home, made))
        assert refused.value.code == "home-in-use"
        other.stdin.close()
    assert texts(home) == ["efter", "före"]


def test_a_restore_made_ready_in_an_open_home_waits_until_it_is_closed(
    backed_up: tuple[Path, str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, walk, made = backed_up
    monkeypatch.setattr(holding, "PATIENCE_S", 0.1)
    session = Session(home)
    finish(prepare_restore(home, made))
    # What was written now would be put aside with the database that goes.
    for deed in (lambda: note(session, walk, "i sista stund"), lambda: session.log.undo(walk)):
        with pytest.raises(GatljusError) as told:
            deed()
        assert told.value.code == "restoring"
    assert sorted(each.text for each in session.read(Observation)) == ["efter", "före"]
    # Another program that comes meanwhile does not pull the database away.
    with pytest.raises(GatljusError) as refused:
        Session(home)
    assert refused.value.code == "home-in-use"
    session.leave()
    assert texts(home) == ["före"]
    finish(restore(home, next(iter(replaced_in(home).values()))))
    assert texts(home) == ["efter", "före"]


@pytest.mark.parametrize("stays", [True, False])
def test_of_two_that_open_a_home_after_a_restore_one_goes_through_with_it_and_both_have_it(
    backed_up: tuple[Path, str, Path], monkeypatch: pytest.MonkeyPatch, stays: bool
) -> None:
    home, _walk, made = backed_up
    monkeypatch.setattr(holding, "PATIENCE_S", 0.1)
    finish(prepare_restore(home, made))
    alone, others = Holding.alone, list["subprocess.Popen[str]"]()

    def late(held: Holding) -> bool:
        """Another process comes first, just when both have seen that a restore is ready."""
        held.let_go()
        other = start(HAS_IT_OPEN, home)
        others.append(other)
        assert other.stdin and other.stdout and other.stdout.readline() == "open\n"
        if not stays:
            other.communicate("\n")
        return alone(held)

    monkeypatch.setattr(Holding, "alone", late)
    session = Session(home)
    assert [each.text for each in session.read(Observation)] == ["före"]
    session.leave()
    (other,) = others
    if stays:
        other.communicate("\n")
    assert other.returncode == 0


def test_a_restore_that_is_killed_at_any_moment_leaves_the_old_home_or_the_restored_one(
    backed_up: tuple[Path, str, Path], tmp_path: Path
) -> None:
    home, _walk, made = backed_up
    seed = random.randrange(10**6)
    print("seed", seed)
    dice = random.Random(seed)
    seen = set()
    shutil.copy(made, tmp_path / "kopia.db")
    for number in range(12):
        fresh = tmp_path / f"home {number}"
        shutil.copytree(home, fresh)
        with start(RESTORES, fresh, tmp_path / "kopia.db") as process:
            assert process.stdin and process.stdout and process.stdout.readline() == "ready\n"
            process.stdin.write("\n")
            process.stdin.flush()
            time.sleep(dice.random() * 0.2)
            process.send_signal(signal.SIGKILL)
        found = texts(fresh)
        assert found in (["före"], ["efter", "före"])
        assert not (fresh / RESTORING).exists()
        seen.add(tuple(found))
        if found == ["före"]:
            finish(restore(fresh, next(iter(replaced_in(fresh).values()))))
            assert texts(fresh) == ["efter", "före"]
    print("seen", seen)


class Cut(BaseException):
    """The power goes."""


def test_a_restore_cut_short_before_any_rename_of_its_is_gone_through_with_or_never_was(
    backed_up: tuple[Path, str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, _walk, made = backed_up
    seen = []
    real = os.replace
    for last in range(20):
        fresh = tmp_path / f"home {last}"
        shutil.copytree(home, fresh)
        left = last

        def replace(source: Path, goal: Path) -> None:
            nonlocal left
            if left == 0:
                raise Cut
            left -= 1
            real(source, goal)

        with monkeypatch.context() as patched:
            patched.setattr(os, "replace", replace)
            try:
                finish(restore(fresh, made))
                cut = False
            except Cut:
                cut = True
        seen.append(texts(fresh))
        assert seen[-1] in (["före"], ["efter", "före"])
        if not cut:
            break
    assert not cut
    # Before it was ready nothing had changed, and after that all of it.
    assert seen == sorted(seen) and ["före"] in seen and ["efter", "före"] in seen


def test_a_full_disk_leaves_the_home_as_it_was(
    backed_up: tuple[Path, str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, _walk, made = backed_up

    def full(_path: Path, _data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.storage.restore.write_atomically", full)
    with pytest.raises(GatljusError) as refused:
        finish(restore(home, made))
    assert refused.value.code == "disk-full"
    monkeypatch.undo()
    assert texts(home) == ["efter", "före"]
    assert not list(home.glob(".restoring*"))


def test_photos_are_backed_up_only_to_another_disk_never_names_and_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session(tmp_path / "home")
    walk = walks.new_walk(session, {"title": "Kvällsvandring"})
    names = {field: session.blobs.put(f"{field} av ett foto".encode() * 99) for field in ("original", "thumb")}
    secret = session.put_personal({"name": "Anna"})
    session.write(walk, [draft("photo", field, name) for field, name in names.items()])
    session.write(walk, [draft("participant", "name_blob", secret)])
    made = finish(back_up(session))
    assert not (made.parent / "blobs").exists()
    monkeypatch.setattr(backups, "on_another_disk", lambda _folder, _home: True)
    assert finish(keep_backed_up(session)) == ""
    kept = session.backed_up_blobs
    assert kept is not None and set(names.values()) <= set(kept.names()) and not kept.has(secret)
    session.leave()
    session.blobs.delete(names["original"])
    done = finish(restore(session.home, made))
    assert done.photos == 1
    anew = Session(session.home)
    assert anew.blobs.is_whole(names["original"])
    assert finish(backups_of(anew))[0].walks == 1


def test_a_database_made_anew_from_a_damaged_one_is_never_said_to_be_all_and_a_backup_that_has_more_is_named(
    tmp_path: Path,
) -> None:
    session = Session(tmp_path / "home")
    for title in ("Centrum", "Hamnen"):
        walk = walks.new_walk(session, {"title": title})
        for number in range(60):
            observations.observe(session, walk, {"text": f"Mörkt {title} {number} " + "och vått " * 20})
    finish(back_up(session))
    session.log.database.tables.execute("pragma wal_checkpoint(truncate)")
    session.leave()
    with open(tmp_path / "home" / "gatljus.db", "r+b") as file:
        size = file.seek(0, 2)
        file.seek(size // 2 // 4096 * 4096)
        file.write(bytes(size // 8))
    done = finish(remake(tmp_path / "home"))
    assert done.uncertain and done.richer is not None and done.richer[1] == 2
    told = [each["text"] for each in lost(done)]
    assert any("har mer: 2 vandringar" in each for each in told)
    assert lost(replace(done, richer=None, changes=0, batches=(), pages=0))[0]["text"].startswith(
        "Databasen var skadad"
    )
