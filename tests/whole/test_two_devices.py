"""Two and three devices, each a process of its own, that meet in a folder."""

import itertools
import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.whole.program import Fact, Gatljus
from tests.whole.resident import Forked, Server

MACHINE = "GATLJUS_MACHINE"
NOW = "GATLJUS_NOW"


class Field:
    """Some homes, each on a machine of its own, and the folder where they meet."""

    def __init__(self, folder: Path, server: Server) -> None:
        self.folder = folder
        self._server = server
        self.stick = folder / "minne"
        self.stick.mkdir(parents=True, exist_ok=True)

    def home(self, name: str, machine: str | None = None) -> Gatljus:
        """The home of that name."""
        return Forked(self.folder / name, {MACHINE: machine or f"machine {name}"}, self._server)

    def walk(self, *names: str) -> tuple[str, list[Gatljus]]:
        """A walk with one stop that all of these homes hold. Returns its id and the homes."""
        homes = [self.home(name) for name in names]
        walk = homes[0].walk()
        homes[0].made("stop", "add", walk, "--name", "Tunneln", "--at", "59.17,18.14")
        self.meet(walk, *homes)
        return walk, homes

    def meet(self, walk: str, *homes: Gatljus) -> None:
        """Each home synchronises, one after the other."""
        for each in homes:
            each.ask("sync", str(self.stick), "--walk", walk)


@pytest.fixture
def field(tmp_path: Path, server: Server) -> Field:
    """An empty field."""
    return Field(tmp_path, server)


def alike(walk: str, *homes: Gatljus) -> Fact:
    """What all the homes show, which must be the same bytes."""
    shown = [json.dumps(each.shown(walk), ensure_ascii=False, sort_keys=True) for each in homes]
    assert len(set(shown)) == 1
    found: Fact = json.loads(shown[0])
    return found


def stop_of(home: Gatljus, walk: str) -> str:
    """The id of the walk's first stop."""
    found: str = home.shown(walk)["stops"][0]["id"]
    return found


def picture(path: Path, colour: tuple[int, int, int]) -> Path:
    """A photo file."""
    Image.new("RGB", (64, 48), colour).save(path, quality=90)
    return path


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory, server: Server) -> tuple[str, Path]:
    """Three homes that hold one walk and have each gone on by themselves: edits of one field, of several, a delete
    against an edit, a photo, an undo, a clock ten years fast. Returns the walk and the folder, to be copied back."""
    folder = tmp_path_factory.mktemp("busy")
    field = Field(folder / "now", server)
    walk, (a, b, c) = field.walk("A", "B", "C")
    stop = stop_of(a, walk)
    seen = a.made("observe", walk, "--category", "lighting", "--item", "A1", "--stop", "1", "--text", "Mörkt")
    other = a.made("observe", walk, "--category", "sightlines_vegetation", "--text", "Buskar", "--stop", "1")
    field.meet(walk, a, b, c)
    fast = {NOW: "2036-10-23T18:00"}
    a.made("set", "observation", seen, "text", "Mörkt vid trappan")
    b.made("set", "observation", seen, "text", "Mörkt vid rampen", **fast)
    c.made("set", "observation", seen, "severity", "3")
    a.made("delete", "observation", other)
    b.made("set", "observation", other, "text", "Buskar skymmer")
    b.made("observe", walk, "--category", "lighting", "--stop", "1", "--text", "Släckt", **fast)
    c.ask("photos", "import", walk, str(picture(folder / "ett.jpg", (20, 30, 60))))
    c.made("set", "stop", stop, "name", "Tunneln norr")
    a.made("set", "stop", stop, "name", "Tunneln norr")
    a.made("observe", walk, "--category", "lighting", "--text", "Fel knapp")
    a.ask("undo", walk)
    a.made("measure", "add", walk, "--observation", seen, "--text", "Byt lampa", "--responsible", "GATA")
    shutil.copytree(field.folder, folder / "kept")
    return walk, folder


@pytest.mark.parametrize("order", list(itertools.permutations("ABC")), ids="".join)
def test_three_homes_that_sync_twice_in_any_order_show_the_same_bytes(
    busy: tuple[str, Path], order: tuple[str, ...], server: Server
) -> None:
    walk, folder = busy
    shutil.rmtree(folder / "now")
    shutil.copytree(folder / "kept", folder / "now")
    field = Field(folder / "now", server)
    homes = [field.home(name) for name in order]
    field.meet(walk, *homes, *homes)
    found = alike(walk, *homes)
    assert len(found["photos"]) == 1
    assert {(each["kind"], each["field"]) for each in found["conflicts"]} == {
        ("observation", "text"),
        ("observation", "deleted"),
    }
    assert {each["severity"] for each in found["observations"] if each["text"].startswith("Mörkt")} == {3}
    assert [each["name"] for each in found["stops"]] == ["Tunneln norr"]
    last = homes[-1]
    for way in ("sent", "got"):
        assert last.ask("sync", str(field.stick))[way] == {"changes": 0, "blobs": 0, "bytes": 0}
    assert last.ask("devices", walk)["missing_changes"] == 0
    assert last.ask("show", walk)["here"]["photo_files"]["missing"] == []
    assert last.items("verify") == []


def test_two_homes_that_never_met_end_with_the_same_walk(field: Field) -> None:
    walk, (a,) = field.walk("A")
    b = field.home("B")
    assert b.ask("sync", str(field.stick))["walks"] == []
    got = b.ask("sync", str(field.stick), "--all")["got"]
    assert got["changes"] > 0
    assert got["blobs"] == 1
    alike(walk, a, b)
    b.made("observe", walk, "--category", "lighting", "--text", "Släckt")
    for each in (b, a):
        each.ask("sync", str(field.stick))
    found = alike(walk, a, b)
    assert [each["tag"] for each in found["observations"]] == ["B1"]


def test_a_walk_goes_to_a_target_for_the_first_time_only_when_it_is_named(field: Field) -> None:
    a = field.home("A")
    walk = a.walk()
    assert a.ask("sync", str(field.stick))["walks"] == []
    assert a.ask("sync", str(field.stick), "--all")["walks"] == []
    assert list(field.stick.iterdir()) == []
    assert a.ask("sync", str(field.stick), "--walk", walk[:6])["walks"] == [walk]


def test_two_edits_of_one_field_are_a_conflict_that_is_settled_once_for_all(field: Field) -> None:
    walk, (a, b) = field.walk("A", "B")
    stop = stop_of(a, walk)
    a.made("set", "stop", stop, "name", "Tunneln norr")
    b.made("set", "stop", stop, "name", "Tunneln söder")
    field.meet(walk, a, b, a)
    (conflict,) = alike(walk, a, b)["conflicts"]
    assert conflict["base"] == "Tunneln"
    assert {each["value"] for each in conflict["choices"]} == {"Tunneln norr", "Tunneln söder"}
    choice = next(each["choice"] for each in conflict["choices"] if each["value"] == "Tunneln norr")
    b.made("resolve", "stop", stop, "name", choice)
    field.meet(walk, b, a)
    found = alike(walk, a, b)
    assert found["conflicts"] == []
    assert found["stops"][0]["name"] == "Tunneln norr"
    history = a.items("history", "stop", stop)
    assert [each["new"] for each in history if each["field"] == "name"].count("Tunneln söder") == 1


def test_two_edits_of_different_fields_and_two_equal_edits_are_no_conflict(field: Field) -> None:
    walk, (a, b) = field.walk("A", "B")
    stop = stop_of(a, walk)
    for home, name, text in ((a, "name", "Torget"), (b, "name", "Torget"), (b, "description", "Mörkt")):
        home.made("set", "stop", stop, name, text)
    field.meet(walk, a, b, a)
    found = alike(walk, a, b)
    assert found["conflicts"] == []
    assert (found["stops"][0]["name"], found["stops"][0]["description"]) == ("Torget", "Mörkt")


def test_a_delete_against_an_edit_shows_both_and_either_can_be_chosen(field: Field) -> None:
    walk, (a, b) = field.walk("A", "B")
    seen = [a.made("observe", walk, "--category", "lighting", "--text", text) for text in ("ett", "två")]
    field.meet(walk, a, b)
    for each in seen:
        a.made("delete", "observation", each)
        b.made("set", "observation", each, "text", "ändrad")
    field.meet(walk, a, b, a)
    found = alike(walk, a, b)
    assert {each["id"] for each in found["observations"]} == set(seen)
    conflicts = {each["id"]: each for each in found["conflicts"]}
    assert {each["field"] for each in conflicts.values()} == {"deleted"}
    for record, gone in zip(seen, (True, False), strict=True):
        choices = conflicts[record]["choices"]
        assert {bool(each["value"]) for each in choices} == {True, False}
        choice = next(each["choice"] for each in choices if bool(each["value"]) == gone)
        b.made("resolve", "observation", record, "deleted", choice)
    field.meet(walk, b, a)
    found = alike(walk, a, b)
    assert [each["id"] for each in found["observations"]] == seen[1:]
    assert found["conflicts"] == []


def test_a_deleted_stop_with_another_devices_photo_stays_and_says_why(field: Field) -> None:
    walk, (a, b) = field.walk("A", "B")
    stop = stop_of(a, walk)
    seen = a.made("observe", walk, "--category", "lighting", "--stop", "1", "--text", "Släckt")
    field.meet(walk, a, b)
    (item,) = b.items("photos", "import", walk, str(picture(field.folder / "b.jpg", (90, 20, 20))))
    b.ask("photo", "attach", item["photo"], seen)
    a.made("delete", "stop", stop)
    assert a.shown(walk)["stops"] == a.shown(walk)["observations"] == []
    field.meet(walk, a, b, a)
    found = alike(walk, a, b)
    assert [each["id"] for each in found["stops"]] == [stop]
    assert found["observations"][0]["photos"] == [item["photo"]]
    assert [(each["id"], each["field"]) for each in found["conflicts"]] == [(stop, "deleted")]


def test_an_edit_by_a_clock_ten_years_fast_is_corrected_by_whoever_has_seen_it(field: Field) -> None:
    walk, (a, b) = field.walk("A", "B")
    stop = stop_of(a, walk)
    b.made("set", "stop", stop, "name", "Från framtiden", **{NOW: "2036-10-23T18:00"})
    field.meet(walk, b, a)
    a.made("set", "stop", stop, "name", "Rättad")
    field.meet(walk, a, b)
    found = alike(walk, a, b)
    assert found["stops"][0]["name"] == "Rättad"
    assert found["conflicts"] == []


def test_two_homes_whose_clocks_stand_still_on_the_same_moment_ten_years_ahead_lose_nothing(field: Field) -> None:
    walk, (a, b) = field.walk("A", "B")
    stop = stop_of(a, walk)
    still = {NOW: "2036-10-23T18:00:00Z"}
    for home in (a, b):
        for number in range(3):
            home.made("observe", walk, "--category", "lighting", "--text", f"{home.home.name}{number}", **still)
        home.made("set", "stop", stop, "name", home.home.name, **still)
    field.meet(walk, a, b, a)
    found = alike(walk, a, b)
    assert {each["text"] for each in found["observations"]} == {
        f"{name}{number}" for name in "AB" for number in range(3)
    }
    assert len({each["tag"] for each in found["observations"]}) == 6
    assert {each["value"] for each in found["conflicts"][0]["choices"]} == {"A", "B"}


def test_a_value_that_arrives_between_showing_and_tapping_is_a_conflict(field: Field) -> None:
    """The command line looks and writes at once; here a window was opened before the other device's value came."""
    walk, (a, b) = field.walk("A", "B")
    stop = stop_of(a, walk)
    looked = field.folder / "looked.py"
    looked.write_text(
        "import sys\n"
        "from pathlib import Path\n"
        "from app.commands.records import set_fields\n"
        "from app.domain.records import Stop\n"
        "from app.session import Session\n"
        "session = Session(Path(sys.argv[1]))\n"
        "(shown,) = session.read(Stop, {'id': sys.argv[2]})\n"
        "print('shown', flush=True)\n"
        "sys.stdin.readline()\n"
        "set_fields(session, shown, {'name': 'Tryckt'})\n"
    )
    with a.start(str(looked), str(a.home), stop) as window:
        assert window.stdout
        assert window.stdin
        assert window.stdout.readline() == "shown\n"
        b.made("set", "stop", stop, "name", "Ankommen")
        field.meet(walk, b, a)
        assert a.shown(walk)["stops"][0]["name"] == "Ankommen"
        window.stdin.write("tap\n")
        window.stdin.close()
    assert window.returncode == 0
    field.meet(walk, a, b)
    (conflict,) = alike(walk, a, b)["conflicts"]
    assert {each["value"] for each in conflict["choices"]} == {"Tryckt", "Ankommen"}


def test_a_copied_home_becomes_a_new_device_and_nothing_is_lost(field: Field) -> None:
    walk, (a, b) = field.walk("A", "B")
    stop = stop_of(a, walk)
    a.made("set", "stop", stop, "name", "Inte skickat än")
    shutil.copytree(a.home, field.folder / "kopia")
    copy = field.home("kopia", machine="machine A")
    ids = [each.ask("show", walk)["here"]["device"] for each in (a, copy)]
    assert ids[0] != ids[1]
    copy.made("set", "stop", stop, "description", "På kopian")
    a.made("set", "stop", stop, "description", "På originalet")
    field.meet(walk, copy, a, b, copy, a)
    found = alike(walk, a, b, copy)
    assert found["stops"][0]["name"] == "Inte skickat än"
    assert {each["value"] for each in found["conflicts"][0]["choices"]} == {"På kopian", "På originalet"}
    (made,) = [each for each in found["devices"] if each["id"] == ids[1]]
    assert made["was"] == ids[0]
    assert len({each["letter"] for each in found["devices"]}) == len(found["devices"])


def test_a_disk_image_that_wakes_up_later_takes_a_new_id_before_it_sends_anything(field: Field) -> None:
    walk, (a, b) = field.walk("A", "B")
    stop = stop_of(a, walk)
    shutil.copytree(a.home, field.folder / "avbild")
    a.made("set", "stop", stop, "name", "Efter avbilden")
    field.meet(walk, a, b)
    shutil.rmtree(a.home)
    (field.folder / "avbild").rename(a.home)
    a.made("set", "stop", stop, "name", "Från avbilden")
    before = a.ask("show", walk)["here"]["device"]
    field.meet(walk, a, b, a)
    assert a.ask("show", walk)["here"]["device"] != before
    found = alike(walk, a, b)
    assert {each["value"] for each in found["conflicts"][0]["choices"]} == {"Efter avbilden", "Från avbilden"}


def test_a_device_with_two_walks_shows_no_gaps_and_a_letter_in_each(field: Field) -> None:
    walk, (a, b) = field.walk("A", "B")
    other = a.walk()
    for number in range(3):
        for each in (walk, other):
            a.made("observe", each, "--category", "lighting", "--text", str(number))
    a.ask("sync", str(field.stick), "--walk", other)
    for home in (a, b, a):
        home.ask("sync", str(field.stick), "--all")
    for each in (walk, other):
        found = alike(each, a, b)
        assert [device["letter"] for device in found["devices"]] == ["A"]
        assert sorted((seen["text"], seen["tag"]) for seen in found["observations"]) == [
            ("0", "A1"),
            ("1", "A2"),
            ("2", "A3"),
        ]
        for home in (a, b):
            devices = home.ask("devices", each)
            assert all(device["gaps"] == [] for device in devices["items"])
            assert devices["missing_changes"] == 0


def receipts(home: Gatljus, walk: str) -> list[str]:
    """What may be said on a device."""
    found: list[str] = home.ask("devices", walk)["sentences"]
    return found


def test_receipts_go_through_the_folder_and_are_taken_back_by_what_comes_later(field: Field) -> None:
    walk, (a, b) = field.walk("A", "B")
    a.made("observe", walk, "--category", "lighting", "--text", "ett")
    assert "Sparat här" in receipts(a, walk)
    assert not any("Mottaget av" in each for each in receipts(a, walk))
    field.meet(walk, a)
    assert f"Kopierat till mappen {field.stick} på den här datorn" in receipts(a, walk)
    field.meet(walk, b)
    assert not any("Mottaget av" in each for each in receipts(a, walk))
    field.meet(walk, a)
    (received,) = [each for each in receipts(a, walk) if "Mottaget av" in each]
    b.made("observe", walk, "--category", "lighting", "--text", "två")
    for home in (a, b):
        home.made("walk", "end", walk, "--devices", "2")
    field.meet(walk, b, a, b, a)
    assert "Allt från 2 plattor (A, B) är mottaget" in receipts(a, walk)
    assert received.startswith("Mottaget av ")
    b.made("observe", walk, "--category", "lighting", "--text", "tre")
    field.meet(walk, b, a)
    assert not any(each.startswith("Allt från") for each in receipts(a, walk))


def held_by(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_more_than_a_tenth_of_the_batches_missing_asks_and_changes_nothing_until_answered(field: Field) -> None:
    walk, (a, b) = field.walk("A", "B")
    for number in range(5):
        a.made("observe", walk, "--category", "lighting", "--text", str(number))
        a.ask("sync", str(field.stick))
    changes = field.stick / "gatljus1" / walk / "changes"
    gone = sorted(changes.iterdir())[:4]
    for path in gone:
        path.unlink()
    a.made("observe", walk, "--category", "lighting", "--text", "väntar")
    before, rows = held_by(field.stick), batches(a)
    for words in (("sync", str(field.stick)), ("sync", str(field.stick), "--walk", walk)):
        said = a.run("--json", *words)
        assert (said.code, said.data["asks"]) == (1, "rolled_back")
        assert said.data["sent"] == said.data["got"] == {"changes": 0, "blobs": 0, "bytes": 0}
    assert a.run("sync", str(field.stick)).code == 1
    assert held_by(field.stick) == before
    assert batches(a) == rows
    answered = a.ask("sync", str(field.stick), "--again")
    assert (answered["asks"], answered["put_again"]) == (None, 4)
    assert all(path.exists() for path in gone)
    b.ask("sync", str(field.stick))
    alike(walk, a, b)


def batches(home: Gatljus) -> list[Any]:
    """The batches that a home holds."""
    with sqlite3.connect(f"file:{home.home / 'gatljus.db'}?mode=ro", uri=True) as found:
        rows = found.execute("select name from batch order by name").fetchall()
    found.close()
    return rows


def test_an_emptied_and_a_foreign_folder_ask_too(field: Field) -> None:
    walk, (a, b) = field.walk("A", "B")
    shutil.rmtree(field.stick / "gatljus1")
    said = a.run("--json", "sync", str(field.stick))
    assert (said.code, said.data["asks"]) == (1, "empty")
    assert list(field.stick.iterdir()) == []
    other = field.home("C")
    other.ask("sync", str(field.stick), "--walk", other.walk())
    said = a.run("--json", "sync", str(field.stick), "--walk", walk)
    assert (said.code, said.data["asks"]) == (1, "foreign")
    assert not (field.stick / "gatljus1" / walk).exists()
    a.ask("sync", str(field.stick), "--walk", walk, "--again")
    assert b.run("--json", "sync", str(field.stick)).data["asks"] == "foreign"
    b.ask("sync", str(field.stick), "--again")
    alike(walk, a, b)


def test_an_erased_name_is_gone_from_every_device_and_from_the_folder(field: Field) -> None:
    walk, (a, b) = field.walk("A", "B")
    person = a.made("add", "participant", walk, "role=boende", "name=Anna Ek")
    field.meet(walk, a, b)
    blobs = [path for path in field.stick.rglob("blobs/*") if b"Anna Ek" in path.read_bytes()]
    assert len(blobs) == 1
    assert any(b"Anna Ek" in data for data in held_by(b.home / "blobs").values())
    a.made("set", "participant", person, "erased", "true")
    field.meet(walk, a, b)
    for folder in (a.home, b.home, field.stick):
        assert not any(b"Anna Ek" in data for data in held_by(folder).values())
    alike(walk, a, b)
