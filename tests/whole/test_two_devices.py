"""Two and three devices that write the same walk and meet in a folder."""

import itertools
import shutil
from pathlib import Path

import pytest

from tests.whole.meeting import NOW, Field, alike, picture, stop_of
from tests.whole.resident import Server

TRACKS = Path(__file__).parents[1] / "data" / "tracks"


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


def test_a_track_that_one_device_takes_away_is_brought_back_whole_by_another(field: Field) -> None:
    walk, (a, b) = field.walk("A", "B")
    a.ask("route", "import", walk, str(TRACKS / "short-walk.nmea"), "--as", "track")
    field.meet(walk, a, b)
    before = alike(walk, a, b)["tracks"]
    b.made("delete", "track", before[0]["id"])
    field.meet(walk, b, a)
    assert alike(walk, a, b)["tracks"] == []
    a.made("undelete", "track", before[0]["id"][:8])
    field.meet(walk, a, b)
    shown = alike(walk, a, b)
    assert shown["tracks"] == before and shown["conflicts"] == []
    a.ask("undo")
    field.meet(walk, a, b)
    assert alike(walk, a, b)["tracks"] == []


def test_how_a_stop_feels_adds_up_from_two_devices(field: Field) -> None:
    walk, (a, b) = field.walk("A", "B")
    for home, feels in ((a, 2), (b, 2), (b, 4)):
        home.made("add", "safety-rating", walk, "stop=1", f"feels={feels}")
    field.meet(walk, a, b, a)
    shown = alike(walk, a, b)
    assert sorted(each["feels"] for each in shown["ratings"]) == [2, 2, 4] and shown["conflicts"] == []
