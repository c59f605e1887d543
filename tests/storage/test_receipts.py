"""Who has what: only from what other devices announced, and never a moment too early."""

import json
from pathlib import Path

import pytest

from app.domain.change import Vector
from app.domain.ports import Said
from app.storage.log import ChangeLog
from app.sync.heads import name_of
from app.sync.targets.folder import FolderTarget
from tests.homes import WALK, Home

STOP, NOTE, PICTURE = "5" * 32, "6" * 32, "7" * 32
SAFE = "Säkert att tömma den här plattan."


class Place:
    """A folder where homes meet, and the homes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.target = FolderTarget(folder / "minne")
        self.homes: dict[str, Home] = {}

    def home(self, name: str, **said: str) -> Home:
        """The home of that name, made the first time."""
        if name not in self.homes:
            self.homes[name] = Home(self.folder / name, name, **said)  # type: ignore[arg-type]
        return self.homes[name]

    def meet(self, *names: str) -> None:
        """These homes synchronise, one after the other."""
        for name in names:
            self.home(name).sync(self.target)

    def noted(self, *names: str) -> None:
        """Each of these homes notes an observation."""
        for name in names:
            home = self.home(name)
            home.new("observation", home.device, text=f"sett av {name}")

    def done(self, name: str) -> None:
        """The walk is over on this device."""
        home = self.home(name)
        home.places.say(WALK, Said(done=(home.device, home.log.last_seqs(WALK).get(home.device, 0))))

    def keeps(self, name: str, keeps: bool = True) -> None:
        """The walk is kept on this device."""
        self.home(name).places.say(WALK, Said(keeps=keeps))


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A folder where homes meet."""
    return Place(tmp_path)


def sentences(place: Place, name: str, expected: int | None = None) -> tuple[str, ...]:
    """What may be said on a device."""
    return place.home(name).receipts(expected).sentences


def test_the_three_words_come_one_after_the_other(place: Place) -> None:
    place.noted("A")
    assert sentences(place, "A") == ("Sparat här",)
    place.meet("A")
    copied = f"Kopierat till {place.folder / 'minne'}"
    assert sentences(place, "A") == ("Sparat här", copied)
    place.meet("B")
    assert sentences(place, "A") == ("Sparat här", copied)
    place.meet("A")
    assert sentences(place, "A")[:3] == ("Sparat här", copied, "Mottaget av B")


def test_a_later_write_takes_the_words_back(place: Place) -> None:
    place.noted("A")
    place.meet("A", "B", "A")
    place.home("A").new("stop", STOP)
    assert sentences(place, "A")[0] == "Sparat här"
    assert not any("Kopierat" in each or "Mottaget av" in each for each in sentences(place, "A"))


def test_a_folder_on_the_same_disk_is_called_so(place: Place) -> None:
    place.noted("A")
    a = place.home("A")
    a.sync(FolderTarget(place.folder / "mapp", a.folder))
    assert sentences(place, "A")[1] == f"Kopierat till mappen {place.folder / 'mapp'} på den här datorn"


def test_received_waits_for_the_photo_too(place: Place) -> None:
    a = place.home("A")
    a.new("photo", PICTURE, thumb=a.blobs.put(b"liten"))
    place.meet("A")
    (blob,) = (place.folder / "minne" / "gatljus1" / WALK / "blobs").iterdir()
    whole = blob.read_bytes()
    blob.unlink()
    place.meet("B")
    blob.write_bytes(whole)
    place.meet("A")
    assert not any("Mottaget av" in each for each in sentences(place, "A"))
    place.meet("B", "A")
    assert "Mottaget av B" in sentences(place, "A")


def test_a_device_that_lacks_a_photo_says_so_and_the_other_sees_it(place: Place) -> None:
    a = place.home("A")
    a.new("photo", PICTURE, thumb="ab" * 32)
    place.meet("A", "B")
    assert place.home("B").receipts().missing_blobs == ("ab" * 32,)
    assert "1 foto har inte kommit hit än." in sentences(place, "B")
    assert not any("är mottaget" in each for each in sentences(place, "B"))


def test_what_another_device_says_it_has_made_and_is_not_here_is_counted(place: Place) -> None:
    a = place.home("A")
    for number in range(5):
        a.new("stop", f"{number:032x}")
        a.log.freeze(WALK)
    place.meet("A")
    changes = sorted((place.folder / "minne" / "gatljus1" / WALK / "changes").iterdir())
    for path in changes[2:4]:
        path.unlink()
    place.meet("B")
    found = place.home("B").receipts()
    (row,) = [each for each in found.devices if each.device == a.device]
    assert (row.announced, row.held, row.gaps, found.missing_changes) == (5, 2, ((3, 4),), 2)
    assert found.everything is None


def test_the_figures_come_from_the_other_devices_file_and_change_with_it(place: Place) -> None:
    place.noted("A")
    place.meet("A", "B")
    b = place.home("B")
    heads = place.folder / "minne" / "gatljus1" / WALK / "heads"
    (path,) = [each for each in heads.iterdir() if each.name.startswith(place.home("A").device)]
    said = json.loads(path.read_text())
    said["have"][place.home("A").device][0] = 200
    data = json.dumps(said, sort_keys=True).encode()
    (heads / name_of(place.home("A").device, 7, data)).write_bytes(data)
    place.meet("B")
    (row,) = [each for each in b.receipts().devices if each.device == place.home("A").device]
    assert (row.announced, row.held, row.gaps) == (200, 1, ((2, 200),))


def test_everything_from_three_is_said_only_when_all_three_have_ended_the_walk(place: Place) -> None:
    place.noted("A", "B", "C")
    for name in "ABC":
        assert "Allt från" not in " ".join(sentences(place, "A", 3))
        place.done(name)
        place.meet(name)
    place.meet("A")
    assert "Allt från 3 plattor (A, B, C) är mottaget" in sentences(place, "A", 3)
    assert place.home("A").receipts(3).complete


def test_a_device_that_went_on_after_it_had_ended_takes_the_sentence_back(place: Place) -> None:
    place.noted("A", "B")
    place.done("A")
    place.done("B")
    place.meet("A", "B", "A")
    assert "Allt från 2 plattor (A, B) är mottaget" in sentences(place, "A", 2)
    place.home("B").new("stop", STOP)
    place.meet("B", "A")
    assert sentences(place, "A", 2)[-1] == "Allt som B har skickat är mottaget"


def test_what_is_written_while_a_device_announces_itself_is_not_announced_as_ended(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    a = place.home("A")
    a.new("stop", STOP, name="Torget")
    a.places.say(WALK, Said(done=(a.device, 1)))
    have = ChangeLog.have

    def late(log: ChangeLog, scope: str) -> Vector:
        if log.last_seqs(scope)[a.device] == 1:
            a.set("stop", STOP, name="Torget norr")
        return have(log, scope)

    monkeypatch.setattr(ChangeLog, "have", late)
    place.meet("A")
    (said,) = a.places.announced(WALK)
    told = json.loads(said.content)
    assert (told["have"][a.device][0], told["done"]) == (2, False)


def test_a_device_that_synced_at_half_time_and_was_not_heard_of_again_is_not_everything(place: Place) -> None:
    place.noted("A", "B", "C")
    place.done("A")
    place.done("C")
    place.meet("A", "B", "C", "A")
    assert sentences(place, "A", 3)[-1] == "Allt som B, C har skickat är mottaget"


def test_while_fewer_are_known_it_says_how_many_have_been_heard_of(place: Place) -> None:
    place.noted("A", "B")
    place.done("A")
    place.done("B")
    place.meet("A", "B", "A")
    assert sentences(place, "A", 3)[-2:] == ("Allt som B har skickat är mottaget", "2 av 3 plattor har hörts av")


def test_a_desk_computer_is_not_counted_as_a_tablet(place: Place) -> None:
    place.noted("A", "B")
    desk = place.home("D")
    for name in ("A", "B"):
        place.done(name)
    place.meet("A", "B", "D")
    desk.new("measure", NOTE, text="Laga lampan")
    desk.places.say(WALK, Said(keeps=True, done=(desk.device, 1)))
    place.meet("D", "A")
    assert not place.home("A").receipts(3).complete
    assert "2 av 3 plattor har hörts av" in sentences(place, "A", 3)


def test_a_device_with_several_ids_is_told_to_have_what_it_has_under_all(place: Place) -> None:
    place.noted("A")
    place.meet("A", "B", "A")
    a = place.home("A")
    restored = a.copy(place.folder / "A2", "A2", machine=a.machine, was=a.device)
    place.homes["A2"] = restored
    assert "Mottaget av B" in restored.receipts().state
    (b,) = [each for each in restored.receipts().devices if each.device == place.home("B").device]
    assert (b.received, b.mine) == (1, 1)
    restored.new("stop", STOP)
    place.meet("A2")
    assert "Mottaget av B" not in restored.receipts().state
    place.meet("B", "A2")
    (b,) = [each for each in restored.receipts().devices if each.device == place.home("B").device]
    assert "Mottaget av B" in restored.receipts().state and (b.received, b.mine) == (2, 2)


def test_a_restored_device_with_two_ids_is_one_tablet(place: Place) -> None:
    place.noted("A", "B")
    for name in ("A", "B"):
        place.done(name)
    place.meet("A", "B")
    b = place.home("B")
    restored = b.copy(place.folder / "B2", "B2", machine=b.machine, was=b.device)
    restored.new("observation", NOTE)
    place.homes["B2"] = restored
    place.done("B2")
    place.meet("B2", "A")
    found = place.home("A").receipts(3)
    assert not found.complete
    assert found.heard == "2 av 3 plattor har hörts av"
    assert place.home("A").receipts(2).everything == "Allt från 2 plattor (A, B2) är mottaget"


def test_the_old_id_of_a_restored_device_has_not_ended_the_walk_for_the_new_one(place: Place) -> None:
    place.noted("A", "B")
    for name in ("A", "B"):
        place.done(name)
    place.meet("A", "B")
    b = place.home("B")
    place.homes["B2"] = b.copy(place.folder / "B2", "B2", machine=b.machine, was=b.device)
    place.homes["B2"].new("observation", NOTE)
    place.meet("B2", "A")
    assert not place.home("A").receipts(2).complete


def test_a_device_whose_changes_came_by_others_and_that_announced_nothing_is_not_everything(place: Place) -> None:
    place.noted("A", "B", "C")
    place.home("C").send(place.home("B"))
    place.done("A")
    place.done("B")
    place.meet("A", "B", "A")
    assert len(place.home("A").receipts(2).devices) == 3
    assert not place.home("A").receipts(2).complete


def test_a_tablet_may_be_emptied_when_two_other_machines_have_all_and_one_keeps_it(place: Place) -> None:
    place.noted("A")
    place.meet("A", "B", "C", "A")
    assert SAFE not in sentences(place, "A")
    place.keeps("C")
    place.meet("C", "A")
    assert sentences(place, "A")[-1] == SAFE


def test_the_place_where_the_walk_is_kept_is_never_told_to_be_emptied(place: Place) -> None:
    place.noted("A")
    place.keeps("B")
    place.keeps("C")
    place.meet("A", "B", "C", "A", "B", "C")
    assert SAFE in sentences(place, "A")
    assert SAFE not in sentences(place, "B")
    place.keeps("B", keeps=False)
    place.meet("B", "C", "A", "B")
    assert SAFE in sentences(place, "B")


def test_three_tablets_of_which_none_keeps_the_walk_are_all_told_to_wait(place: Place) -> None:
    place.noted("A", "B", "C")
    place.meet("A", "B", "C", "A", "B", "C")
    assert not any(SAFE in sentences(place, name) for name in "ABC")


def test_two_homes_on_one_machine_are_one_place(place: Place) -> None:
    place.noted("A")
    place.home("B", machine="the desk")
    place.home("C", machine="the desk")
    place.keeps("C")
    place.meet("A", "B", "C", "A")
    assert SAFE not in sentences(place, "A")


def test_my_own_id_from_before_a_restore_is_no_other_place(place: Place) -> None:
    place.noted("A")
    place.keeps("B")
    place.meet("A", "B", "A")
    a = place.home("A")
    restored = a.copy(place.folder / "A2", "A2", machine=a.machine, was=a.device)
    place.homes["A2"] = restored
    restored.sync(place.target)
    assert SAFE not in sentences(place, "A2")


def test_a_write_since_or_a_blob_that_nobody_names_holds_back_the_advice(place: Place) -> None:
    place.noted("A")
    place.keeps("C")
    place.meet("A", "B", "C", "A")
    assert SAFE in sentences(place, "A")
    a = place.home("A")
    orphan = a.blobs.put(b"ingen vet om mig")
    assert SAFE not in sentences(place, "A")
    a.blobs.delete(orphan)
    assert SAFE in sentences(place, "A")
    a.new("stop", STOP)
    assert SAFE not in sentences(place, "A")


def test_a_device_that_lacks_a_photo_is_no_safe_place_for_it(place: Place) -> None:
    a = place.home("A")
    a.new("photo", PICTURE, thumb=a.blobs.put(b"liten"))
    place.keeps("C")
    place.meet("A", "B")
    (blob,) = (place.folder / "minne" / "gatljus1" / WALK / "blobs").iterdir()
    blob.unlink()
    place.meet("C")
    place.meet("A")
    assert SAFE not in sentences(place, "A")
    place.meet("C", "A")
    assert SAFE in sentences(place, "A")


def test_what_has_not_come_is_not_told_as_if_it_spoke_against_emptying_where_that_is_safe(place: Place) -> None:
    place.noted("A")
    b = place.home("B")
    b.new("photo", PICTURE, thumb="ab" * 32)
    place.keeps("C")
    place.meet("A", "B", "C", "A")
    late, safe = sentences(place, "A")[-2:]
    assert late.startswith("1 foto har inte kommit hit än. Det behövs inte för att tömma") and safe == SAFE
