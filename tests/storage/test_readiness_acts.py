"""What can be done about what is found before a walk: room that a copied walk takes, a camera that is missing."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from app.base.battery import Battery
from app.base.job import finish
from app.commands.records import set_fields
from app.commands.walks import end_walk, keep_here, new_walk
from app.domain.records import SafetyWalk
from app.jobs.photos import import_photos
from app.jobs.sync import sync
from app.queries.readiness import (
    Act,
    battery_finding,
    camera_finding,
    microphone_finding,
    room_finding,
    with_room_to_gain,
)
from app.session import Session


@pytest.fixture
def walk(session: Session) -> SafetyWalk:
    id = new_walk(session, {"title": "I kväll", "area": "Kajsaniemi"})
    return session.read(SafetyWalk, {"id": id})[0]


def test_what_fails_can_be_done_something_about() -> None:
    assert battery_finding(Battery(19, False)).act == Act.DIM and battery_finding(Battery(88, False)).act is None
    assert camera_finding(()).act == Act.FETCH_PHOTOS and camera_finding(("Inbyggd",)).act is None
    assert microphone_finding(None).act == Act.AGAIN and microphone_finding(("Inbyggd",)).act is None


def test_where_there_is_little_room_the_oldest_walk_that_can_be_emptied_is_named(
    session: Session, walk: SafetyWalk, tmp_path: Path
) -> None:
    older, newer = (
        new_walk(session, {"title": title, "area": "Kajsaniemi", "starts": datetime(2026, month, 1, tzinfo=UTC)})
        for title, month in (("Våren", 4), ("Sommaren", 6))
    )
    full, free = room_finding(499_999_999, 3), room_finding(41_300_000_000, 3)
    picture = tmp_path / "bild.jpg"
    Image.new("RGB", (64, 48)).save(picture)
    for each in (older, newer):
        finish(import_photos(session, one(session, each), [picture]))
    assert with_room_to_gain(session, walk, full) == full, "they lie here alone"
    meet(session, tmp_path, newer)
    assert with_room_to_gain(session, walk, full) == full, "it has not ended"
    later = (session.clock() + timedelta(hours=1)).replace(second=0, microsecond=0)
    set_fields(session, one(session, newer), {"ends": later})
    meet(session, tmp_path, newer)
    assert with_room_to_gain(session, walk, full) == full, "its end is only planned"
    end_walk(session, one(session, newer))
    meet(session, tmp_path, newer)
    found = with_room_to_gain(session, walk, full)
    assert (found.act, found.walk) == (Act.EMPTY, newer)
    assert found.text.endswith("Sommaren är kopierad och kan tömmas härifrån.")
    set_fields(session, one(session, newer), {"purpose": "Finns bara här"})
    assert with_room_to_gain(session, walk, full) == full, "something of it lies here alone"
    for each in (newer, older):
        end_walk(session, one(session, each))
        meet(session, tmp_path, each)
    assert with_room_to_gain(session, walk, full).walk == older
    assert with_room_to_gain(session, walk, free) == free


def one(session: Session, walk: str) -> SafetyWalk:
    """The walk as it is now."""
    return session.read(SafetyWalk, {"id": walk})[0]


def meet(session: Session, folder: Path, walk: str) -> None:
    """Two other machines have all of a walk, and one of them keeps it."""
    others, between = [], str(folder / "mapp")
    for name in ("kommunen", "annan"):
        with pytest.MonkeyPatch.context() as elsewhere:
            elsewhere.setenv("GATLJUS_MACHINE", name)
            others.append(Session(folder / name))
    for each in (session, *others, session):
        finish(sync(each, between, walk=walk))
    keep_here(others[0], one(others[0], walk), keeps=True)
    for each in (*others, session, *others, session):
        finish(sync(each, between, walk=walk))
    for each in others:
        each.close()
