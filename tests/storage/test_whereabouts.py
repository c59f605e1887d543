"""Where everything lies, told from other devices' announcements: two homes and a folder between them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.base.job import finish
from app.commands.measures import add_measure, share
from app.commands.observations import observe
from app.commands.records import set_fields
from app.commands.walks import new_walk
from app.domain.records import Measure, MeasureFor, Observation, Photo, SafetyWalk
from app.domain.values import MeasureStatus
from app.jobs.sync import sync
from app.queries.whereabouts import Whereabouts, whereabouts
from app.session import Session
from app.sync.targets.folder import FolderTarget
from tests.storage.three_homes import homes_in


@pytest.fixture
def homes(tmp_path: Path) -> Iterator[tuple[Session, Session]]:
    """Two homes."""
    opened = Session(tmp_path / "a"), Session(tmp_path / "b")
    yield opened
    for each in opened:
        each.close()


def told(session: Session) -> Whereabouts:
    """What may be said in a home."""
    return whereabouts(session, session.read(SafetyWalk)[0])


def test_what_lies_only_here_is_counted_until_another_device_says_that_it_has_it(
    homes: tuple[Session, Session], tmp_path: Path
) -> None:
    a, b = homes
    b.identity = replace(b.identity, machine="another")
    walk = new_walk(a, {"title": "T", "area": "A"})
    observe(a, walk, {"item": "A1", "text": "Släckt"})
    assert told(a).only_here == (1, 0) and told(a).meetings == ()
    folder = str(tmp_path / "minne")
    finish(sync(a, folder, walk=walk))
    # A folder on this machine is lost with the machine.
    assert told(a).only_here == (1, 0)
    assert [(each.label, each.current) for each in told(a).meetings] == [(folder, True)]
    finish(sync(b, folder, walk=walk))
    assert told(a).only_here == (1, 0)
    finish(sync(a, folder, walk=walk))
    assert told(a).only_here == (0, 0)
    (other,) = told(b).others
    assert other.observations == 1 and other.is_whole
    (seen,) = a.read(Observation)
    set_fields(a, seen, {"text": "Släckt sedan i går"})
    assert told(a).only_here == (1, 0)
    observe(a, walk, {"item": "A1"})
    assert told(a).only_here == (2, 0) and not told(a).meetings[0].current


def test_what_only_homes_of_this_machine_have_lies_only_here(homes: tuple[Session, Session], tmp_path: Path) -> None:
    a, b = homes
    walk = new_walk(a, {"title": "T", "area": "A"})
    observe(a, walk, {"item": "A1", "text": "Släckt"})
    for each in (a, b, a):
        finish(sync(each, str(tmp_path / "minne"), walk=walk))
    assert told(a).only_here == (1, 0)
    assert [each.receipt.received == each.receipt.mine for each in told(a).others] == [True]


def test_a_measure_for_two_owners_is_two_measures_for_the_same_observations(homes: tuple[Session, Session]) -> None:
    session = homes[0]
    walk = new_walk(session, {"title": "T", "area": "A"})
    seen = session.read(Observation, {"id": observe(session, walk, {"item": "A1", "text": "Släckt"})})
    first = add_measure(session, walk, seen, {"status": MeasureStatus.PLANNED, "decision": "Beslutat i nämnden."})
    (measure,) = session.read(Measure)
    other = share(session, measure, session.read(MeasureFor), "TRV")
    second = session.read(Measure, {"id": other})[0]
    assert (second.responsible, second.text, second.problem) == ("TRV", measure.text, "Släckt")
    assert second.status == MeasureStatus.NEW and not second.decision
    links = session.read(MeasureFor)
    assert {each.measure for each in links} == {first, other}
    assert {each.observation for each in links} == {seen[0].id}


def test_a_photo_of_an_id_that_was_given_up_is_told_with_the_one_its_machine_took(tmp_path: Path) -> None:
    stick = tmp_path / "minne"
    with homes_in(tmp_path, "AB") as homes:
        homes.sync("A", FolderTarget(stick))
        homes.sync("B", FolderTarget(stick))
        photo = homes.photo("B")
        homes.note("B")
        homes.sync("B", FolderTarget(stick))
        other = homes.sessions["B"]
        other.become_new_device()
        other.identity = replace(other.identity, machine="machine B")
        homes.note("B")
        homes.sync("B", FolderTarget(stick))
        (lost,) = other.read(Photo, {"id": photo})
        (stick / "gatljus1" / homes.walk / "blobs" / str(lost.original)).unlink()
        homes.sync("A", FolderTarget(stick))
        (card,) = told(homes.sessions["A"]).others
        assert card.receipt.device == other.identity.device
        assert (card.observations, card.photos, card.coming, len(card.missing)) == (2, 1, 1, 1)
        assert not card.is_whole
