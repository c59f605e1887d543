"""What the command line takes in and doubts: times and places that may be a slip."""

from pathlib import Path

import pytest

from tests.whole.program import Gatljus
from tests.whole.resident import Forked, Server

EVENING = {"GATLJUS_NOW": "2026-10-23T18:30:00+02:00"}
MONTH_AFTER = {"GATLJUS_NOW": "2026-11-25T18:30:00+01:00"}


@pytest.fixture
def home(tmp_path: Path, server: Server) -> Gatljus:
    return Forked(tmp_path / "home", EVENING, server)


@pytest.fixture
def walk(home: Gatljus) -> str:
    return home.walk("--starts", "2026-10-23T18:00")


def observe(home: Gatljus, walk: str, *words: str, **environment: str) -> str:
    said = home.run("observe", walk, "--category", "lighting", "--text", "Släckt", *words, **environment)
    assert said.code == 0, said
    return said.err


def test_an_observation_on_another_day_than_its_walk_is_doubted(home: Gatljus, walk: str) -> None:
    assert observe(home, walk) == ""
    assert observe(home, walk, "--time", "18:20") == ""
    assert observe(home, walk, "--time", "2026-10-24T00:20") == "", "the night after the walk"
    for said in (observe(home, walk, **MONTH_AFTER), observe(home, walk, "--time", "2026-11-25T18:30")):
        assert "har tiden 2026-11-25 18:30, men vandringen börjar 2026-10-23 18:00. Rätta med set observation" in said
    assert "2025-10-23" in observe(home, walk, "--time", "2025-10-23T18:20")
    seen = home.shown(walk)["observations"][0]["id"]
    assert "2025-10-23" in home.run("set", "observation", seen, "observed_at", "2025-10-23T18:20").err
    assert home.run("set", "observation", seen, "asset_tag", "1").err == ""


def test_an_observation_with_latitude_and_longitude_swapped_is_doubted(home: Gatljus, walk: str) -> None:
    home.made("stop", "add", walk, "--name", "Torget", "--at", "59.17,18.14")
    assert observe(home, walk, "--at", "59.171,18.141") == ""
    assert "Har latitud och longitud bytt plats?" in observe(home, walk, "--at", "18.141,59.171")


def test_a_day_that_has_been_is_doubted_as_the_last_one(home: Gatljus, walk: str) -> None:
    said = home.run("measure", "add", walk, "--text", "Byt", "--due", "2020-01-01")
    assert "Klart senast 2020-01-01 har redan varit." in said.err
    assert home.run("set", "measure", said.out.strip(), "due", "2026-12-01").err == ""


def test_a_time_that_the_clocks_jump_over_is_said_to_be_so(home: Gatljus) -> None:
    words = ("walk", "new", "--title", "T", "--area", "A", "--starts")
    said = home.run(*words, "2026-03-29T02:30")
    assert "Klockan 02:30 finns inte i Europe/Stockholm den dagen: då ställs den fram." in said.err
    assert "Det blev 2026-03-29 03:30." in said.err
    assert home.run(*words, "2026-03-29T03:30").err == ""


GPX = '<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">'
POINT = '<wpt lat="59.17" lon="18.14"><name>1. Torget</name></wpt>'
PLANNED = f'{GPX}{POINT}<rte><rtept lat="59.17" lon="18.14"/><rtept lat="59.18" lon="18.15"/></rte></gpx>'
FIXES = "".join(f'<trkpt lat="59.17{k}" lon="18.14"><time>2026-10-23T16:05:{k:02}Z</time></trkpt>' for k in range(1, 4))
WALKED = f"{GPX}<trk><trkseg>{FIXES}</trkseg></trk></gpx>"


def test_a_route_file_that_was_read_before_is_said_to_be_known(home: Gatljus, walk: str, tmp_path: Path) -> None:
    (tmp_path / "r.gpx").write_text(PLANNED)
    words = ("route", "import", walk, str(tmp_path / "r.gpx"), "--as", "planned")
    assert "1 plats gjord." in home.run(*words).err
    again = home.run(*words)
    assert (again.code, again.err) == (0, "Filen fanns redan i vandringen. Inget har lagts till.\n")
    assert home.ask(*words)["known"] is True


def test_the_same_stops_from_another_file_are_doubted(home: Gatljus, walk: str, tmp_path: Path) -> None:
    for name, text in (("r.gpx", PLANNED), ("s.gpx", PLANNED.replace("</gpx>", " </gpx>"))):
        (tmp_path / name).write_text(text)
    assert "Fanns redan" not in home.run("route", "import", walk, str(tmp_path / "r.gpx"), "--as", "planned").err
    said = home.run("route", "import", walk, str(tmp_path / "s.gpx"), "--as", "planned")
    assert "Fanns redan på samma ställe: Torget." in said.err
    assert "Fanns redan" in home.run("stop", "add", walk, "--name", "torget", "--at", "59.17001,18.14").err
    assert home.run("stop", "add", walk, "--name", "Torget", "--at", "59.18,18.14").err == ""


def test_a_plan_read_as_a_track_and_a_track_read_as_a_plan_are_doubted(
    home: Gatljus, walk: str, tmp_path: Path
) -> None:
    for name, text in (("plan.gpx", PLANNED), ("log.gpx", WALKED)):
        (tmp_path / name).write_text(text)
    plan, log = (["route", "import", walk, str(tmp_path / name)] for name in ("plan.gpx", "log.gpx"))
    assert "Filen har inga tider" in home.run(*plan, "--as", "track").err
    assert "Filen har tider, som ett gånget spår." in home.run(*log, "--as", "planned").err
    assert not any("tider" in home.run(*words).err for words in (plan, log))


def test_a_folder_is_no_route_and_is_called_a_folder(home: Gatljus, walk: str, tmp_path: Path) -> None:
    assert "är en mapp, ingen fil." in home.refused("route", "import", walk, str(tmp_path))["text"]


def test_lines_that_were_kept_are_not_said_to_be_left_out(home: Gatljus, walk: str, shared: Path) -> None:
    said = home.run("route", "import", walk, str(shared / "data" / "tracks" / "broken.nmea"))
    assert "Utelämnat" not in said.err and "37 rader hade fel; ovan står vad som blev av dem." in said.err
