"""*Allt från … är mottaget*, where a device keeps the walk or is emptied of it, and what it waits for."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.ports import Said
from app.sync.heads import unpack
from app.sync.leaving import last_words, leave_words
from app.sync.names import folder_of
from tests.homes import WALK
from tests.storage.test_receipts import SAFE, STOP, Place, sentences

ALL = "Allt från 2 plattor (A, B) är mottaget"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A folder where homes meet."""
    return Place(tmp_path)


def test_a_tablet_that_keeps_the_walk_counts_where_it_is_said_that_it_was_along(place: Place) -> None:
    place.noted("A", "B")
    place.meet("A", "B")
    for name in "AB":
        place.done(name)
    a, b = place.home("A"), place.home("B")
    b.places.say(WALK, replace(b.places.said(WALK), keeps=True))
    place.meet("A", "B", "C", "A", "B")
    found = a.receipts(2, ended=True)
    assert not found.complete and found.heard == "1 av 2 plattor har hörts av"
    assert found.waits == ("B sparar vandringen. Var den med och antecknade: säg det där under Enheter, och synka.",)
    b.places.say(WALK, replace(b.places.said(WALK), along=True))
    place.meet("B", "A")
    found = a.receipts(2, ended=True)
    assert found.everything == ALL and found.complete and not found.waits
    assert found.safe_to_empty and not b.receipts(2, ended=True).safe_to_empty


def test_who_walked_with_one_tablet_waits_to_hear_of_none(place: Place) -> None:
    place.noted("A")
    place.done("A")
    found = place.home("A").receipts(1, ended=True)
    assert not found.complete and found.heard is None
    place.noted("B")
    place.meet("B", "C")
    assert place.home("C").receipts(2, ended=True).heard == "1 av 2 plattor har hörts av", "C was not along"
    assert place.home("A").receipts(2, ended=True).heard == "0 av 2 plattor har hörts av"


def test_what_a_desk_notes_makes_it_no_tablet(place: Place) -> None:
    place.noted("A", "B", "D")
    desk = place.home("D")
    for name in "AB":
        place.done(name)
    desk.places.say(WALK, Said(keeps=True, done=(desk.device, 1)))
    place.meet("A", "B", "D", "A")
    found = place.home("A").receipts(3, ended=True)
    assert not found.complete and found.heard == "2 av 3 plattor har hörts av"
    assert place.home("A").receipts(2, ended=True).everything == ALL


def test_who_was_along_and_keeps_nothing_says_nothing_of_it(place: Place) -> None:
    place.noted("A")
    place.home("A").places.say(WALK, Said(along=True))
    place.meet("A")
    (said,) = place.home("A").places.announced(WALK)
    assert b"along" not in said.content and b"emptied" not in said.content


def test_once_the_walk_has_ended_it_is_said_what_everything_waits_for(place: Place) -> None:
    place.noted("A", "B", "C")
    place.home("C").send(place.home("B"))
    place.done("A")
    place.meet("A", "B", "A")
    a = place.home("A")
    number = "Hur många plattor som var med är inte sagt. Säg det under Avsluta vandringen."
    silent = f"{place.home('C').device[:8]} har inte hörts av."
    going = "B har inte sagt att vandringen är avslutad där. Avsluta den där, och synka."
    assert a.receipts(None, ended=True).waits == (number, silent, going)
    assert a.receipts(3, ended=True).waits == (silent, going) and a.receipts(3).waits == ()
    assert set(a.receipts(3, ended=True).waits) <= set(a.receipts(3, ended=True).sentences)
    place.meet("C")
    for name in "BC":
        place.done(name)
    place.meet("B", "C", "A")
    assert a.receipts(3, ended=True).complete and a.receipts(3, ended=True).waits == ()
    place.home("B").new("stop", STOP)
    place.meet("B", "A")
    assert a.receipts(3, ended=True).waits == (going,)
    own = "Den här plattan har inte sagt att vandringen är avslutad. Avsluta den här, och synka."
    assert place.home("B").receipts(3, ended=True).waits == (own,)


def ended_by_two(place: Place) -> None:
    """A and B were along and have ended the walk, C keeps it, and all have met."""
    place.noted("A", "B")
    place.keeps("C")
    for name in "AB":
        place.done(name)
    place.meet("A", "B", "C", "A", "B")


def empty(place: Place, name: str) -> None:
    """Take the walk off a device, which says so where devices meet."""
    home = place.home(name)
    home.log.remove(WALK, words=lambda: last_words(home.places, WALK, home.device, home.log.last_seqs(WALK)))
    leave_words(home.places, place.target, WALK, place.target.list(folder_of(WALK)))


def test_a_device_that_is_emptied_holds_nothing_and_has_ended_the_walk_all_the_same(place: Place) -> None:
    ended_by_two(place)
    b = place.home("B")
    assert "Mottaget av A" in sentences(place, "B", 2) and SAFE in sentences(place, "B", 2)
    empty(place, "A")
    place.meet("B")
    found = b.receipts(2)
    assert "Mottaget av A" not in found.sentences and SAFE not in found.sentences
    assert found.everything == ALL
    (row,) = [each for each in found.devices if each.device == place.home("A").device]
    assert row.emptied and row.received == 0 and not row.gaps


def test_a_device_that_took_another_id_and_is_emptied_before_it_has_spoken_by_that_holds_nothing(place: Place) -> None:
    ended_by_two(place)
    a = place.home("A")
    place.homes["A2"] = a.copy(place.folder / "A2", "A2", machine=a.machine, was=a.device)
    assert SAFE in sentences(place, "B", 2)
    empty(place, "A2")
    place.meet("B")
    assert SAFE not in sentences(place, "B", 2) and ALL in sentences(place, "B", 2)


def test_what_a_device_wrote_after_it_had_ended_is_not_ended_by_emptying_it(place: Place) -> None:
    place.noted("A")
    place.done("A")
    place.meet("A")
    a = place.home("A")
    a.new("stop", STOP)
    assert [unpack(each.content, a.device).done for each in a.places.announced(WALK)] == [True]
    for device, last in ((a.device, {a.device: 2}), ("f" * 32, {a.device: 1, "f" * 32: 1})):
        (word,) = last_words(a.places, WALK, device, last)
        assert not unpack(word.content, a.device).done
    (word,) = last_words(a.places, WALK, a.device, {a.device: 1})
    assert unpack(word.content, a.device).done
