"""What scripts may rely on: every command, with and without --json, as it is promised."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.whole.program import ROOT, Gatljus, Said

ID = re.compile(r"[0-9a-f]{32}")
PHOTO = ROOT / "tests" / "data" / "photos"
GPX = """<?xml version="1.0"?><gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">
<wpt lat="59.17" lon="18.14"><name>1. Torget</name><desc>vid kiosken</desc></wpt>
<wpt lat="59.171" lon="18.142"><name>2. Tunneln</name></wpt>
<rte><name>Slingan</name><rtept lat="59.17" lon="18.14"/><rtept lat="59.171" lon="18.142"/></rte></gpx>"""
NMEA = """$GPRMC,160500.00,A,5910.2000,N,01808.4000,E,2.0,90.0,231026,,,A*69
$GPRMC,160501.00,A,5910.2010,N,01808.4010,E,2.0,90.0,231026,,,A*68
$GPRMC,160502.00,A,5910.2020,N,01808.4020,E,2.0,90.0,231026,,,A*00
"""


class Evening:
    """A home with a whole small walk, and every answer on the way to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = home = Gatljus(folder / "home")
        (folder / "rutt.gpx").write_text(GPX)
        (folder / "spår.nmea").write_text(NMEA)
        new = ("walk", "new", "--title", "Oktober", "--area", "Bredbygden", "--starts", "2026-10-23T18:05")
        self.answers: dict[str, Said] = {}
        self.walk = self.made("walk new", *new, "--type", "inventory", "--organiser", "Kommunen", "--light", "dark")
        self.stop = self.made("stop add", "stop", "add", self.walk, "--name", "Gården", "--at", "59.172,18.143")
        self.route = self.made("route import", "route", "import", self.walk, str(folder / "rutt.gpx"))
        seen = ("observe", self.walk, "--category", "lighting", "--item", "A1", "--text", "Mörkt", "--stop", "1")
        self.seen = self.made("observe", *seen, "--time", "2026-10-23T18:20")
        self.photo = home.items("photos", "import", self.walk, str(PHOTO / "DSC00031.JPG"))[0]["photo"]
        self.made("photo attach", "photo", "attach", self.photo, self.seen)
        self.measure = self.made("measure add", "measure", "add", self.walk, "--observation", self.seen)
        self.group = self.made("add", "add", "group", self.walk, "name=Norra gruppen")
        self.made("set", "set", "group", self.group, "letter", "N")
        self.gone = self.made("add remark", "add", "remark", self.walk, f"target={self.stop}", "text=Bort")
        self.made("delete", "delete", "remark", self.gone)

    def made(self, name: str, *words: str) -> str:
        """Run a creating command and keep its answer."""
        self.answers[name] = said = self.home.run(*words)
        assert said.code == 0, said
        return said.out.splitlines()[-1]


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Evening:
    return Evening(tmp_path_factory.mktemp("evening"))


@pytest.fixture(scope="module")
def shown(evening: Evening) -> dict[str, Any]:
    found: dict[str, Any] = evening.home.ask("show", evening.walk)
    return found


def test_every_creating_command_prints_the_id_alone_on_the_last_line(evening: Evening) -> None:
    for name, said in evening.answers.items():
        assert ID.fullmatch(said.out.splitlines()[-1]), name
        assert said.out.endswith("\n"), name


def test_with_json_a_creating_command_answers_with_the_id(evening: Evening) -> None:
    home, folder = Gatljus(evening.folder / "other"), evening.folder
    walk = home.ask("walk", "new", "--title", "X", "--area", "Y")["id"]
    stop = home.ask("stop", "add", walk, "--name", "X", "--at", "59,18")["id"]
    seen = home.ask("observe", walk, "--category", "maintenance", "--text", "Trasig bänk")
    assert {"id", "tag", "severity"} <= set(seen) and (seen["tag"], seen["severity"]) == ("A1", 2)
    measure = home.ask("measure", "add", walk, "--text", "Laga", "--observation", seen["id"])["id"]
    group = home.ask("add", "group", walk, "name=X")["id"]
    for words in (("set", "stop", stop, "name", "Z"), ("delete", "measure", measure), ("delete", "group", group)):
        assert home.ask(*words)["id"] == words[2]
    route = home.ask("route", "import", walk, str(folder / "spår.nmea"), "--as", "track")
    assert {"id", "points", "segments", "damaged"} <= set(route) and ID.fullmatch(route["id"])
    assert (route["points"], [each["line"] for each in route["damaged"]]) == (2, [3])
    assert set(route["damaged"][0]) == {"line", "reason"}
    assert home.ask("walk", "end", walk, "--devices", "3")["id"] == walk
    ended = home.ask("show", walk)["walk"]
    assert ended["devices_expected"] == 3 and ended["ends"].endswith("Z")


def test_listings_are_items(evening: Evening) -> None:
    home = evening.home
    for command in (
        ["walk", "list"], ["history", "observation", evening.seen], ["search", "mörkt"], ["conflicts"],
        ["conflicts", evening.walk], ["verify"], ["photos", "import", evening.walk, str(PHOTO / "DSC00031.JPG")],
        ["devices", evening.walk],
    ):  # fmt: skip
        assert isinstance(home.ask(*command)["items"], list), command
    plain = home.run("walk", "list")
    assert evening.walk[:8] in plain.out and "Bredbygden" in plain.out


def test_photos_import_says_what_became_of_each_file(evening: Evening, tmp_path: Path) -> None:
    (tmp_path / "tom.jpg").touch()
    (tmp_path / "anteckning.txt").write_text("inget foto")
    again = PHOTO / "DSC00031.JPG"
    items = evening.home.items("photos", "import", evening.walk, str(again), str(tmp_path / "tom.jpg"))
    assert [(each["file"], each["result"]) for each in items] == [(again.name, "duplicate"), ("tom.jpg", "refused")]
    assert all(set(each) == {"file", "result", "photo", "reason", "stop"} for each in items)
    assert items[0]["photo"] == evening.photo
    assert items[1]["photo"] is None and items[1]["reason"].startswith("Filen är tom.")
    refused = evening.home.run("--json", "photos", "import", evening.walk, str(tmp_path / "tom.jpg"))
    assert refused.code == 1 and refused.data["items"][0]["result"] == "refused"


WALK = """title type area purpose background organiser data_controller starts ends zone light weather ground
    leader_function oncall_name oncall_phone fault_report_to info_shown_at devices_expected checklist retention_until"""
KEYS = {
    "stops": "id number name place_type position order description",
    "observations": """id tag number kind category item text severity severity_suggested noted_by stop position
        observed_at photos group asset_tag lamp_count lamp_faults deliberate_off alarm alarm_at handed_to answer
        source""",
    "photos": """id sha256 name format width height taken_at taken_at_source position direction_deg direction_ref stop
        observation alt state""",
    "measures": """id number text observations stops responsible mechanism cause priority cost_class due status decision
        decision_reason external_case_no problem expected_effect indicator follow_up_on goal_conflict term status_at
        handed_to feedback feedback_at""",
    "routes": "id",
    "devices": "id label letter app_version group machine was clock_error_s",
    "parties": "id code name short contact kind",
}
EVERY = "walk stops observations photos measures tracks routes ratings participants parties remarks conflicts devices"


def test_show_has_every_key_that_is_promised(shown: dict[str, Any]) -> None:
    assert set(EVERY.split()) | {"here"} <= set(shown)
    assert {"device", "photo_files", "sync"} <= set(shown["here"])
    assert set(WALK.split()) <= set(shown["walk"])
    for name, keys in KEYS.items():
        assert shown[name], name
        for each in shown[name]:
            assert set(keys.split()) <= set(each), (name, set(keys.split()) - set(each))
    seen, photo = shown["observations"][0], shown["photos"][0]
    assert {"lat", "lon", "source", "accuracy_m", "stale"} == set(seen["position"])
    assert {"lat", "lon", "altitude_m", "source"} == set(photo["position"])
    assert (seen["number"], seen["tag"], seen["photos"]) == ("1.1", "A1", [photo["id"]])
    assert (seen["severity"], seen["severity_suggested"], seen["position"]["source"]) == (2, 2, "stop")
    assert photo["observation"] == seen["id"] and photo["stop"] == seen["stop"] and photo["state"] == "ok"


def test_what_is_absent_is_null_and_times_are_utc(shown: dict[str, Any]) -> None:
    walk, seen, measure = shown["walk"], shown["observations"][0], shown["measures"][0]
    assert walk["ends"] is None and walk["retention_until"] is None and walk["devices_expected"] is None
    assert seen["alarm"] is None and seen["lamp_count"] is None and seen["group"] is None
    assert measure["due"] is None and measure["priority"] is None and measure["cost_class"] is None
    assert (walk["starts"], walk["zone"]) == ("2026-10-23T16:05:00Z", "Europe/Stockholm")
    assert seen["observed_at"] == "2026-10-23T16:20:00Z"


def test_lists_are_sorted_by_id(shown: dict[str, Any]) -> None:
    for name in set(EVERY.split()) - {"walk", "conflicts"}:
        ids = [each["id"] for each in shown[name]]
        assert ids == sorted(ids), name
    assert len(shown["stops"]) == 3 and len(shown["parties"]) > 10


def test_a_planned_route_makes_stops_of_its_waypoints_once(evening: Evening, shown: dict[str, Any]) -> None:
    stops = sorted(shown["stops"], key=lambda each: each["order"])
    assert [(each["number"], each["name"], each["description"]) for each in stops] == [
        ("1", "Gården", ""), ("2", "Torget", "vid kiosken"), ("3", "Tunneln", ""),
    ]  # fmt: skip
    again = evening.home.ask("route", "import", evening.walk, str(evening.folder / "rutt.gpx"))
    assert again["id"] == evening.route
    assert len(evening.home.shown(evening.walk)["stops"]) == 3


def test_for_people_the_same_is_told_in_lines(evening: Evening) -> None:
    for command in (["show", evening.walk], ["devices", evening.walk], ["history", "group", evening.group], ["verify"]):
        said = evening.home.run(*command)
        assert said.code == 0 and "None" not in said.sentence and "{" not in said.sentence, said
    assert "Norra gruppen" in evening.home.run("history", "group", evening.group).out


def test_an_observation_of_an_item_is_of_its_subject_without_saying_it(tmp_path: Path) -> None:
    home = Gatljus(tmp_path)
    walk = home.walk()
    home.made("observe", walk, "--item", "A1", "--text", "Släckt")
    assert home.ask("show", walk)["observations"][0]["category"] == "lighting"
    assert "--item" in str(home.refused("observe", walk, "--text", "Släckt"))


def test_messages_go_to_stderr_and_leave_stdout_to_the_answer(tmp_path: Path) -> None:
    home = Gatljus(tmp_path)
    said = home.run("--json", "observe", home.walk(), "--category", "maintenance", "--severity", "4")
    assert ID.fullmatch(said.data["id"]) and "112" in said.err and "112" not in said.out


def test_what_leaves_the_house_is_named(evening: Evening, tmp_path: Path) -> None:
    for name in ("x.geojson", "x.gpx"):
        assert evening.home.ask("export", evening.walk, "-o", str(tmp_path / name)) == {"file": str(tmp_path / name)}
        assert (tmp_path / name).stat().st_size > 500
    made = evening.home.ask("protocol", evening.walk, "-o", str(tmp_path / "x.pdf"), "--internal")
    assert made["file"] == str(tmp_path / "x.pdf") and made["pages"] > 5
    assert evening.home.run("protocol", evening.walk, "-o", str(tmp_path / "y.pdf")).out == f"{tmp_path}/y.pdf\n"
    assert (tmp_path / "x.pdf").read_bytes() == (tmp_path / "y.pdf").read_bytes()


def test_caring_for_a_home(evening: Evening) -> None:
    assert Path(evening.home.ask("backup")["file"]).is_file()
    assert evening.home.ask("verify", "--rebuild") == {"items": []}
    assert evening.home.run("verify").out == ""
    checked = evening.home.ask("self-check")
    assert set(checked) == {"version", "python", "sqlite"}


def test_a_file_that_is_damaged_on_the_disk_is_found(tmp_path: Path) -> None:
    home = Gatljus(tmp_path)
    home.walk()
    (kept,) = (path for path in (tmp_path / "blobs").rglob("*") if path.is_file())
    kept.write_bytes(b"x")
    said = home.run("--json", "verify")
    assert said.code == 1 and [each["code"] for each in said.data["items"]] == ["blob"]
    assert all(each["text"] and each["advice"] for each in said.data["items"])


def test_sync_says_what_went_to_and_fro(evening: Evening, tmp_path: Path) -> None:
    meeting, other = tmp_path / "minne", Gatljus(tmp_path / "other")
    meeting.mkdir()
    first = evening.home.ask("sync", str(meeting))
    assert first["sent"] == {"changes": 0, "blobs": 0, "bytes": 0}, "a first time needs --walk"
    sent = evening.home.ask("sync", str(meeting), "--walk", evening.walk[:6])
    keys = {"sent", "got", "missing", "damaged", "asks"}
    (own,) = evening.home.ask("devices", evening.walk)["items"]
    assert keys <= set(sent) and sent["asks"] is None and sent["sent"]["blobs"] == 4
    assert sent["sent"]["changes"] == own["mine"] > 10, "they are counted in one way everywhere"
    assert other.ask("sync", str(meeting))["got"]["changes"] == 0, "a walk is taken in only with --all or --walk"
    got = other.ask("sync", str(meeting), "--all")
    assert (got["got"], got["missing"]) == (sent["sent"] | {"bytes": got["got"]["bytes"]}, [])
    assert evening.home.run("sync", str(meeting)).code == 0
    assert other.shown(evening.walk) == evening.home.shown(evening.walk)


def test_a_target_that_was_emptied_asks_and_changes_nothing(tmp_path: Path) -> None:
    home, meeting = Gatljus(tmp_path / "home"), tmp_path / "minne"
    walk = home.walk()
    meeting.mkdir()
    home.ask("sync", str(meeting), "--walk", walk)
    for path in sorted(meeting.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    said = home.run("--json", "sync", str(meeting))
    assert (said.code, said.data["asks"], list(meeting.iterdir())) == (1, "empty", [])
    assert "--again" in home.run("sync", str(meeting)).sentence
    assert home.ask("sync", str(meeting), "--again")["asks"] is None
    assert list(meeting.rglob("*.jsonl.gz"))


@pytest.mark.parametrize("command", ["", "walk", "stop", "route", "photos", "photo", "measure"])
def test_help_is_there_for_every_group(tmp_path: Path, command: str) -> None:
    said = Gatljus(tmp_path / "home").run(*command.split(), "--help")
    assert said.code == 0 and "gatljus" in said.out
    assert Gatljus(tmp_path / "home").run(*command.split()).code == 2
    assert not (tmp_path / "home").exists()


def test_every_promised_command_is_there(tmp_path: Path) -> None:
    listed = Gatljus(tmp_path).run("--help").out
    for (
        name
    ) in """walk stop route observe photos photo measure add set delete undo history search show conflicts resolve
        devices duplicates merge sync protocol finalise export verify backup restore rescue demo self-check""".split():
        assert re.search(rf"^  {name} ", listed, re.MULTILINE), name


def test_a_reader_that_leaves_early_hears_no_complaint(evening: Evening) -> None:
    command = [sys.executable, "-m", "app.cli", "--home", str(evening.home.home), "--json", "show", evening.walk]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as telling:
        assert telling.stdout is not None and telling.stderr is not None
        telling.stdout.close()
        assert telling.stderr.read() == b""
