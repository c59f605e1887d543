"""What a purge could not do at once is done later, or said; nothing of a walk that has gone is left or comes back."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.base.errors import GatljusError
from app.base.job import Job, finish
from app.commands import observations, walks
from app.domain.ports import Announced, Remembered
from app.domain.records import SafetyWalk
from app.jobs import purge as jobs
from app.jobs.backup import keep_backed_up
from app.jobs.restore import prepare_restore
from app.jobs.sync import meet as meet_walk
from app.session import Session
from app.storage.log import ChangeLog
from app.storage.restore import abandoned_in
from app.storage.waiting import is_ready
from app.sync.targets.folder import FolderTarget
from tests.storage.test_purge import SECRET, begin, lying, meet


def holding(folder: Path) -> list[str]:
    """The files in which the secret stands as it was written."""
    files = [each for each in folder.rglob("*") if each.is_file()]
    return sorted(each.name for each in files if SECRET.encode() in each.read_bytes())


def texts_of(session: Session, stick: Path, walk: str) -> Iterator[str]:
    job = meet_walk(session, FolderTarget(stick, session.home), walk)
    for step in job:
        yield step.text


@contextmanager
def refusing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Within the block a folder may not be entered or read."""
    mode = folder.stat().st_mode
    folder.chmod(0)
    with monkeypatch.context() as patch:
        # Nobody is refused anything by modes who is root, or on Windows.
        for name in ("stat", "listdir", "scandir", "mkdir"):
            patch.setattr(os, name, _refusing(getattr(os, name), folder, name))
        yield
    folder.chmod(mode)


def _refusing(real: Callable[..., Any], folder: Path, name: str) -> Callable[..., Any]:
    def refuse(path: Any = ".", *rest: Any, **said: Any) -> Any:
        within = isinstance(path, str | Path) and folder in Path(path).parents
        if within or (Path(str(path)) == folder and name in ("listdir", "scandir")):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *rest, **said)

    return refuse


def cut_short(session: Session, walk: SafetyWalk) -> None:
    """Purge, and lose the power when the walk has left the log."""
    job = jobs.purge(session, walk)
    next(job)
    next(job)
    job.close()
    assert not session.log.scopes()


def test_a_purge_cut_short_goes_on_at_the_next_opening(session: Session) -> None:
    walk = begin(session)
    session.back_up()
    cut_short(session, walk)
    assert holding(session.home)
    session.leave()
    Session(session.home).leave()
    assert not holding(session.home)


def test_a_purge_cut_short_goes_on_when_it_is_asked_for_again(session: Session, stick: Path) -> None:
    walk = begin(session)
    meet(session, stick, walk=walk.id)
    cut_short(session, walk)
    gone = finish(jobs.purge_on(session, walk.id, jobs.left_of(session, walk.id)))
    assert (gone.cleared, gone.left, gone.copies) == ((str(stick),), (), ())
    session.leave()
    assert not holding(session.home) and len(lying(stick, walk.id)) == 1


def test_a_file_that_cannot_be_deleted_stops_nothing_is_named_and_goes_later(
    session: Session, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = begin(session)
    meet(session, stick, walk=walk.id)
    session.back_up()
    lay = {str(session.blobs.path(name)) for name in session.blobs.names()}
    with monkeypatch.context() as patch:
        patch.setattr(session.blobs, "delete", lambda _name: (_ for _ in ()).throw(PermissionError(13, "no")))
        gone = finish(jobs.purge(session, walk))
    assert set(gone.files) == lay and gone.cleared == (str(stick),)
    assert any(each in line for each in lay for line in gone.lines)
    assert session.log.leaving() == {walk.id}
    session.leave()
    again = Session(session.home)
    assert not again.blobs.names() and not again.log.leaving()


def test_backups_on_a_disk_that_was_away_are_changed_when_it_is_back(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.storage.backup.on_another_disk", lambda _folder, _home: True)
    disk = tmp_path / "disk"
    session.save(replace(session.settings, backups=str(disk)))
    walk = begin(session)
    finish(keep_backed_up(session))
    assert list((disk / "blobs").rglob("*")) and holding(disk)
    disk.rename(tmp_path / "inte här")
    gone = finish(jobs.purge(session, walk))
    assert gone.away == (str(disk),) and any(str(disk) in each and "nås" in each for each in gone.lines)
    (tmp_path / "inte här").rename(disk)
    assert finish(keep_backed_up(session)) == ""
    assert not [each for each in (disk / "blobs").rglob("*") if each.is_file()] and not holding(disk)


def opened_after_a_purge(session: Session, walk: SafetyWalk, disk: Path) -> None:
    """Purge, and open the home anew as if that had been cut short; the folder for backups is out of reach."""
    gone = finish(jobs.purge(session, walk))
    assert gone.away == (str(disk),) and not gone.files and any("nås" in each for each in gone.lines)
    session.leave()
    with closing(sqlite3.connect(session.home / "gatljus.db")) as tables:
        tables.execute("insert into leaving values(?, '[]')", [walk.id])
        tables.commit()
    again = Session(session.home)
    assert not again.log.leaving()
    again.leave()


@pytest.mark.parametrize("refuses", ["to be entered", "to be read"])
def test_a_folder_for_backups_that_refuses_stops_neither_the_purge_nor_the_next_opening(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refuses: str
) -> None:
    closed, disk = tmp_path / "stängd", tmp_path / "stängd" / "kopior"
    session.save(replace(session.settings, backups=str(disk)))
    walk = begin(session)
    session.back_up()
    with refusing(closed if refuses == "to be entered" else disk, monkeypatch):
        opened_after_a_purge(session, walk, disk)
    again = Session(session.home)
    again.back_up()
    assert not holding(tmp_path)


def test_a_folder_for_backups_that_no_disk_can_have_stops_neither_the_purge_nor_the_next_opening(
    session: Session, tmp_path: Path
) -> None:
    disk = tmp_path / ("x" * 300)
    session.save(replace(session.settings, backups=str(disk)))
    opened_after_a_purge(session, begin(session), disk)
    again = Session(session.home)
    assert disk.name in finish(keep_backed_up(again)) and not again.count_backups()


def test_a_backup_that_is_made_while_a_walk_is_purged_does_not_keep_it(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk, other = begin(session), Session(session.home)
    replace_file = Path.replace

    def late(self: Path, target: Path) -> Path:
        finish(jobs.purge(other, walk))
        return replace_file(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", late)
        session.back_up()
    assert not holding(session.backups) and session.count_backups() == 1


def test_what_backups_and_restores_left_unfinished_goes_with_a_purge(session: Session) -> None:
    walk = begin(session)
    (made,) = [session.back_up()]
    left = [made.with_suffix(".part"), session.home / ".restoring.0a0a0a0a.part" / "gatljus.db"]
    left[1].parent.mkdir()
    for each in left:
        each.write_bytes(made.read_bytes())
    finish(jobs.purge(session, walk))
    assert not any(each.exists() for each in left) and made.exists()


def reading_back(session: Session, file: Path) -> Job[int]:
    """A restore that is being made ready."""
    job = prepare_restore(session.home, file)
    assert any(step.text == "Läser tillbaka" for step in job)
    return job


def test_a_restore_that_is_being_made_ready_is_not_swept_away(session: Session) -> None:
    begin(session)
    job = reading_back(session, session.back_up())
    assert list(session.home.glob(".restoring.*.part")) and not abandoned_in(session.home)
    session.disposal.go_on()
    finish(job)
    assert is_ready(session.home)


def test_one_of_two_restores_that_are_made_ready_is_not_swept_away_when_the_other_ends(session: Session) -> None:
    walk = begin(session)
    made = session.back_up()
    one, two = (reading_back(session, made) for _ in range(2))
    one.close()
    finish(jobs.purge(session, walk))
    assert len(list(session.home.glob(".restoring.*.part"))) == 1
    finish(two)
    assert is_ready(session.home) and not list(session.home.glob(".restoring.*"))


def test_a_copy_with_nothing_but_batches_of_a_walk_is_changed_too(session: Session, stick: Path) -> None:
    walk = begin(session)
    meet(session, stick, walk=walk.id)
    made = session.back_up()
    with closing(sqlite3.connect(made)) as tables:
        tables.execute("drop trigger change_stays")
        tables.execute("delete from change")
        tables.commit()
    finish(jobs.purge(session, walk))
    with closing(sqlite3.connect(made)) as tables:
        assert tables.execute("select count(*) from batch").fetchone() == (0,)


def test_a_copy_in_which_the_bytes_may_still_lie_is_cleaned_the_next_time(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = begin(session)
    made = session.back_up()
    with monkeypatch.context() as patch:
        patch.setattr("app.storage.purge.leave_no_trace", lambda _tables: False)
        gone = finish(jobs.purge(session, walk))
    assert gone.copies == (str(made),) and gone.bytes_lie
    assert finish(jobs.purge_on(session, walk.id, gone)).copies == ()
    with closing(sqlite3.connect(made)) as tables:
        assert tables.execute("pragma user_version").fetchone() == (0,)
        assert tables.execute("pragma freelist_count").fetchone() == (0,)


def test_a_copy_that_can_never_be_changed_is_named_and_makes_no_opening_write_the_database_anew(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk, spoilt = begin(session), session.home / "replaced" / "20261023T160500000000" / "gatljus.db"
    spoilt.parent.mkdir(parents=True)
    spoilt.write_bytes(b"x" * 4096)
    done, real = [], ChangeLog.leave_no_trace

    def counted(log: ChangeLog) -> bool:
        done.append(log)
        return real(log)

    monkeypatch.setattr(ChangeLog, "leave_no_trace", counted)
    assert finish(jobs.purge(session, walk)).copies == (str(spoilt),)
    session.leave()
    again = Session(session.home)
    again.back_up()
    assert len(done) == 1
    assert again.disposal.go_on().copies == (str(spoilt),)


@pytest.mark.parametrize("deed", ["purge", "empty"])
def test_the_bytes_go_when_nobody_reads_any_more(session: Session, deed: str) -> None:
    walk = begin(session)
    session.log.database.tables.execute("pragma busy_timeout=50")
    with closing(sqlite3.connect(session.home / "gatljus.db", isolation_level=None)) as reader:
        reader.execute("begin")
        reader.execute("select count(*) from change").fetchone()
        if deed == "purge":
            gone = finish(jobs.purge(session, walk))
            assert gone.bytes_lie and any("Databasfilen" in each for each in gone.lines)
        else:
            finish(jobs.empty(session, walk, anyway=True))
        assert session.log.leaving() == {walk.id} and holding(session.home)
    other = Session(session.home)
    assert not other.log.leaving() and not holding(session.home)


def test_a_walk_purged_while_a_restore_waits_is_refused_and_one_purged_anyhow_does_not_come_back(
    session: Session,
) -> None:
    walk, other = begin(session), begin(session, "Sörnäs")
    early = Session(session.home)
    finish(prepare_restore(session.home, session.back_up()))
    for deed in (jobs.purge(session, walk), jobs.empty(session, walk, anyway=True)):
        with pytest.raises(GatljusError) as told:
            finish(deed)
        assert told.value.code == "restoring" and walk.id in session.log.scopes()
    # Whoever was past that question when the restore became ready.
    early.log.remove(walk.id, mark=("purged.0123456789abcdef.json", b"{}"))
    for each in (session, early):
        each.leave()
    after = Session(session.home)
    assert after.log.scopes() == [other.id] and after.places.purged(walk.id) is not None


def test_what_is_written_after_it_was_proved_that_a_walk_may_go_is_not_lost(session: Session) -> None:
    walk = begin(session)
    proved = session.log.state(walk.id)
    seen = observations.observe(Session(session.home), walk.id, {"text": "Just nu"})
    old = session.identity.device
    with pytest.raises(GatljusError) as told:
        session.disposal.empty(walk.id, proved)
    assert told.value.code == "written-meanwhile" and session.find("Just nu") and seen
    assert session.identity.device == old
    session.disposal.empty(walk.id, session.log.state(walk.id))
    assert not session.log.scopes()


def test_two_sticks_with_one_name_are_two_targets(session: Session, stick: Path, tmp_path: Path) -> None:
    walk = begin(session)
    meet(session, stick, walk=walk.id)
    other = stick.rename(tmp_path / "det första")
    stick.mkdir()
    meet(session, stick, walk=walk.id, again=True)
    gone = finish(jobs.purge(session, walk))
    assert gone.cleared == gone.left == (str(stick),)
    assert any("ett annat mål som har hetat" in each for each in gone.lines)
    stick.rename(tmp_path / "det andra")
    other.rename(stick)
    meet(session, stick)
    purged = session.places.purged(walk.id)
    assert purged is not None and not purged.left and len(lying(stick, walk.id)) == 1


def test_a_pass_under_way_when_a_walk_is_purged_leaves_nothing_of_it(session: Session, stick: Path) -> None:
    walk, other = begin(session), Session(session.home)
    meet(session, stick, walk=walk.id)
    steps = texts_of(session, stick, walk.id)
    while "Berättar" not in next(steps):
        pass
    finish(jobs.purge(other, walk))
    assert list(steps)
    assert [name.partition(".")[0] for name in lying(stick, walk.id)] == ["purged"]
    assert not session.places.announced(walk.id) and not session.places.seen_at(walk.id)
    purged = session.places.purged(walk.id)
    assert purged is not None and not purged.left


def test_no_target_and_no_announcement_of_a_purged_walk_is_remembered(session: Session) -> None:
    walk = begin(session)
    finish(jobs.purge(session, walk))
    session.places.remember("minne", True, {"0" * 16}, walk.id, Remembered(frozenset({"1" * 16})))
    session.places.keep_announced(walk.id, Announced("2" * 32, 1, "heads", b"{}"))
    assert not session.places.seen_at(walk.id) and not session.places.announced(walk.id)


def test_a_mark_that_a_late_listing_hides_is_no_error(
    session: Session, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = begin(session)
    meet(session, stick, walk=walk.id)
    put = FolderTarget.put_new

    def there(self: FolderTarget, name: str, data: bytes) -> None:
        put(self, name, data)
        raise FileExistsError(17, "it is there", name)

    monkeypatch.setattr(FolderTarget, "put_new", there)
    gone = finish(jobs.purge(session, walk))
    assert gone.cleared == (str(stick),) and len(lying(stick, walk.id)) == 1


def test_a_device_that_keeps_a_walk_is_not_emptied_before_the_others_know(session: Session, stick: Path) -> None:
    walk = begin(session)
    walks.keep_here(session, walk, True)
    meet(session, stick, walk=walk.id)
    for keeps in (True, False):
        walks.keep_here(session, walk, keeps)
        with pytest.raises(GatljusError) as told:
            finish(jobs.empty(session, walk, anyway=True))
        assert told.value.code == "kept-here" and session.log.scopes()
    meet(session, stick)
    finish(jobs.empty(session, walk, anyway=True))
    assert not session.log.scopes()
