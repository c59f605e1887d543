"""Names that are erased for ever, and all that must survive it."""

import errno
import json
import os
from pathlib import Path

import pytest

from app.base.errors import BadInput, GatljusError
from app.base.job import finish
from app.commands import records, walks
from app.commands.drafts import new_record
from app.domain.batch import pack
from app.domain.change import Change
from app.domain.ports import Taken
from app.domain.records import Participant, Photo, SafetyWalk
from app.jobs.protocol import handed_to
from app.jobs.sync import sync
from app.queries.history import clash_of
from app.queries.whole import whole_walk
from app.session import Session
from tests.homes import device_id, stamp

FOREIGN = device_id("F")
PICTURE, PERSON = "a" * 32, "b" * 32


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return Session(tmp_path / "home")


def foreign(session: Session, scope: str, record: str, **values: object) -> None:
    """A batch of another device that writes these fields of a participant."""
    said = enumerate(values.items())
    changes = [
        Change(scope, FOREIGN, 1, n, stamp(FOREIGN, 1, n), 1, "participant", record, name, json.dumps(value), ())
        for n, (name, value) in said
    ]
    assert session.log.append(scope, *pack(changes, None)) is Taken.APPLIED


def meet(session: Session, folder: Path, walk: str) -> None:
    """One pass over a walk with the folder."""
    folder.mkdir(exist_ok=True)
    finish(sync(session, str(folder), walk=walk))


@pytest.mark.parametrize("record", [PICTURE, PERSON], ids=["on the photo's own id", "on a record naming its file"])
def test_what_is_erased_in_one_walk_leaves_the_files_of_another(session: Session, tmp_path: Path, record: str) -> None:
    walk, other = (walks.new_walk(session, {"title": title}) for title in ("Ettan", "Tvåan"))
    original = session.blobs.put(b"original")
    session.write(walk, new_record(session, Photo, PICTURE, {"original": original, "name": "a.jpg"}))
    meet(session, tmp_path / "minne", walk)
    foreign(session, other, record, erased=True, **({} if record == PICTURE else {"name_blob": original}))
    meet(session, tmp_path / "minne", other)
    assert session.blobs.read(original) == b"original"
    assert (tmp_path / "minne" / "gatljus1" / walk / "blobs" / original).is_file()
    assert not (tmp_path / "minne" / "gatljus1" / other / "blobs" / original).exists()


@pytest.mark.parametrize(
    "wrong", [{"count": 0}, {"role": "x" * 70_000}, {"age_band": "ung"}], ids=["count", "role", "age"]
)
def test_a_participant_that_is_refused_leaves_no_name_on_the_disk(session: Session, wrong: dict[str, object]) -> None:
    walk = walks.new_walk(session, {"title": "Ettan"})
    records.add(session, "participant", walk, {"role": "boende"})
    before = session.blobs.names()
    with pytest.raises(BadInput):
        records.add(session, "participant", walk, {"name": "Anna", **wrong})
    with pytest.raises(BadInput):
        records.set_fields(session, session.read(Participant)[0], {"name": "Anna", **wrong})
    assert session.blobs.names() == before


def test_a_name_that_another_device_erased_is_not_printed_and_goes_when_the_home_is_opened(session: Session) -> None:
    walk = walks.new_walk(session, {"title": "Ettan"})
    erased, kept = (records.add(session, "participant", walk, {"role": "boende", "name": name}) for name in "AB")
    names = {each.id: str(each.name_blob) for each in session.read(Participant)}
    foreign(session, walk, erased, erased=True)
    assert handed_to(session, whole_walk(session, session.read(SafetyWalk)[0])).names == {kept: "B"}
    session.close()
    again = Session(session.home)
    assert not again.blobs.has(names[erased]) and again.blobs.has(names[kept])


def test_a_name_that_two_walks_have_erased_goes(session: Session, tmp_path: Path) -> None:
    walk, other = (walks.new_walk(session, {"title": title}) for title in ("Ettan", "Tvåan"))
    name = session.put_personal({"name": "Anna"})
    foreign(session, walk, PERSON, name_blob=name, erased=True)
    foreign(session, other, PERSON, name_blob=name, erased=True)
    meet(session, tmp_path / "minne", walk)
    assert not session.blobs.has(name)


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, "disk-full"), (errno.EROFS, "home-not-writable")])
def test_a_name_whose_file_cannot_be_written_is_refused_with_what_to_do(
    session: Session, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    walk = walks.new_walk(session, {"title": "Ettan"})
    records.add(session, "participant", walk, {"role": "boende"})

    def write(path: Path, _data: bytes) -> None:
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr("app.storage.blobs.write_atomically", write)
    with pytest.raises(GatljusError) as refused:
        records.set_fields(session, session.read(Participant)[0], {"name": "Anna"})
    assert refused.value.code == code and refused.value.advice
    assert session.read(Participant)[0].name_blob is None


def test_names_that_stand_against_each_other_are_nothing_to_settle_once_they_are_erased(
    session: Session, tmp_path: Path
) -> None:
    walk, other, place = walks.new_walk(session, {"title": "Ettan"}), Session(tmp_path / "other"), tmp_path / "minne"
    person = records.add(session, Participant.KIND, walk, {"role": "boende", "name": "Anna"})
    for each in (session, other):
        meet(each, place, walk)
    for each, name in ((session, "Annika"), (other, "Annelie")):
        (found,) = each.read(Participant, {"id": person})
        records.set_fields(each, found, {"name": name})
    for each in (session, other, session):
        meet(each, place, walk)
    (conflict,) = session.conflicts(walk)
    clash = clash_of(session, walk, conflict)
    assert {side.words for side in clash.sides} == {"Annika", "Annelie"}, "a person chooses between names"
    (found,) = session.read(Participant, {"id": person})
    records.erase(session, found)
    for each in (session, other):
        meet(each, place, walk)
        assert each.conflicts(walk) == []
    other.close()
