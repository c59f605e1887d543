"""`gatljus walk rehearse`: a walk gone through indoors, recorded as a walk is."""

import json
import subprocess
import time
from pathlib import Path

from app.places.nmea import read_nmea
from tests.whole.program import ROOT, Gatljus

LOG = ROOT / "tests" / "data" / "tracks" / "short-walk.nmea"


def made(home: Path) -> tuple[Gatljus, str]:
    gatljus = Gatljus(home)
    return gatljus, gatljus.run("walk", "new", "--title", "Kväll", "--area", "Kajsaniemi").out.strip()


def test_a_log_that_is_rehearsed_becomes_a_track_that_says_so(tmp_path: Path) -> None:
    gatljus, walk = made(tmp_path / "home")
    said = [fix for part in read_nmea(LOG.read_bytes()).segments for fix in part]
    done = gatljus.run("--json", "walk", "rehearse", walk, "--nmea", str(LOG), "--speed", "1000")
    assert (done.code, done.data["points"]) == (0, len(said))
    (track,) = gatljus.run("--json", "show", walk).data["tracks"]
    assert (track["id"], track["name"], track["rehearsed"]) == (done.data["id"], "Övning", True)
    assert "m, bara övning" in gatljus.run("show", walk).out
    assert not json.loads((tmp_path / "home" / "recording.json").read_text("utf-8"))


def test_what_a_rehearsal_left_is_taken_away_by_the_command_too(tmp_path: Path) -> None:
    gatljus, walk = made(tmp_path / "home")
    done = gatljus.run("walk", "rehearse", walk, "--nmea", str(LOG), "--speed", "1000")
    assert f"gatljus walk rehearse {walk} --take-away" in done.out + done.err
    gone = gatljus.run("walk", "rehearse", walk, "--take-away")
    assert (gone.code, "1 sak från övningar togs bort." in gone.out + gone.err) == (0, True)
    assert "annan enhet" not in gone.out + gone.err
    assert gatljus.run("--json", "show", walk).data["tracks"] == []
    again = gatljus.run("walk", "rehearse", walk, "--take-away")
    assert "Inget från övningar här finns kvar." in again.out + again.err
    gatljus.run("undo")
    assert len(gatljus.run("--json", "show", walk).data["tracks"]) == 1


def test_a_rehearsal_does_not_end_the_track_of_a_window_that_records(tmp_path: Path) -> None:
    gatljus, walk = made(tmp_path / "home")
    under_way = tmp_path / "home" / "recording.json"
    gatljus.run("walk", "rehearse", walk, "--nmea", str(LOG), "--speed", "1000")
    track = gatljus.run("--json", "show", walk).data["tracks"][0]["id"]
    # As a window writes it when it begins to record.
    under_way.write_text(json.dumps({"walk": walk, "track": track, "paused": False}), "utf-8")
    before = under_way.read_bytes()
    done = gatljus.run("--json", "walk", "rehearse", walk, "--nmea", str(LOG), "--speed", "1000")
    assert (done.code, done.data["error"]["code"]) == (1, "records")
    assert under_way.read_bytes() == before and len(gatljus.run("--json", "show", walk).data["tracks"]) == 1


def rehearsed(gatljus: Gatljus, walk: str) -> "subprocess.Popen[str]":
    """A rehearsal under way in a process of its own."""
    running = gatljus.start(
        "-m", "app.cli", "--home", str(gatljus.home), "walk", "rehearse", walk, "--nmea", str(LOG), "--speed", "1"
    )
    kept, begun = gatljus.home / "recording.json", time.monotonic()
    while not (kept.exists() and json.loads(kept.read_text("utf-8") or "{}").get("rehearses")):
        assert time.monotonic() - begun < 60 and running.poll() is None, "it never began"
        time.sleep(0.05)
    return running


def test_what_is_noted_after_a_rehearsal_was_killed_is_no_part_of_it(tmp_path: Path) -> None:
    gatljus, walk = made(tmp_path / "home")
    running = rehearsed(gatljus, walk)
    practised = gatljus.made("observe", walk, "--category", "lighting", "--text", "Under övningen")
    assert json.loads((gatljus.home / "recording.json").read_text("utf-8"))["rehearses"], "it still goes on"
    running.kill()
    running.communicate()
    real = gatljus.made("observe", walk, "--category", "lighting", "--text", "På riktigt")
    assert not json.loads((gatljus.home / "recording.json").read_text("utf-8"))
    gone = gatljus.run("walk", "rehearse", walk, "--take-away")
    assert "2 saker från övningar togs bort." in gone.out + gone.err
    kept = {each["id"] for each in gatljus.run("--json", "show", walk).data["observations"]}
    assert kept == {real} and practised not in kept


def test_the_command_shows_what_was_only_practised_as_such(tmp_path: Path) -> None:
    gatljus, walk = made(tmp_path / "home")
    running = rehearsed(gatljus, walk)
    practised = gatljus.made("observe", walk, "--category", "lighting", "--text", "Under övningen")
    running.kill()
    running.communicate()
    real = gatljus.made("observe", walk, "--category", "lighting", "--text", "På riktigt")
    shown = gatljus.run("--json", "show", walk).data["here"]["practised"]
    assert practised in shown and real not in shown
    lines = gatljus.run("show", walk).out.splitlines()
    (of_practice,) = (line for line in lines if "Under övningen" in line)
    (of_real,) = (line for line in lines if "På riktigt" in line)
    assert of_practice.endswith("(från en övning)") and not of_real.endswith("(från en övning)")


def test_what_another_device_rehearsed_is_said_to_be_taken_away_there(tmp_path: Path) -> None:
    here, walk = made(tmp_path / "home")
    here.run("walk", "rehearse", walk, "--nmea", str(LOG), "--speed", "1000")
    (tmp_path / "meet").mkdir()
    here.run("sync", str(tmp_path / "meet"), "--walk", walk)
    there = Gatljus(tmp_path / "there")
    there.run("sync", str(tmp_path / "meet"), "--all")
    said = there.run("walk", "rehearse", walk, "--take-away")
    assert "1 sak från övningar noterades på en annan enhet, som kan ta bort den." in said.out + said.err
    assert len(there.run("--json", "show", walk).data["tracks"]) == 1
