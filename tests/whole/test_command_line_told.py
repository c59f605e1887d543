"""What the command line tells before something goes for ever, of a target, and of who was along."""

from pathlib import Path

import pytest

from tests.whole.program import ROOT, Gatljus

PHOTO = str(ROOT / "tests" / "data" / "photos" / "PXL_20240507_013304046.jpg")


@pytest.fixture
def home(tmp_path: Path) -> Gatljus:
    return Gatljus(tmp_path / "home")


def test_what_only_this_device_has_is_told_before_it_is_emptied_all_the_same(home: Gatljus) -> None:
    walk = home.walk()
    home.made("observe", walk, "--category", "lighting", "--text", "Släckt")
    home.ask("photos", "import", walk, PHOTO)
    assert home.refused("walk", "empty", walk)["code"] == "not-safe"
    refused = home.refused("walk", "empty", walk, "--anyway")
    assert refused["text"] == "1 iakttagelse och 1 foto finns bara här och försvinner."
    assert "--yes" in refused["advice"] and len(home.shown(walk)["photos"]) == 1
    home.ask("walk", "empty", walk, "--anyway", "--yes")
    assert home.items("walk", "list") == []


def test_a_walk_of_which_nothing_is_counted_is_not_emptied_without_a_word_either(home: Gatljus) -> None:
    walk = home.walk()
    assert "Det som bara finns här försvinner." in home.refused("walk", "empty", walk, "--anyway")["text"]
    home.made("walk", "keep", walk)
    assert "walk keep WALK --off" in home.refused("walk", "empty", walk)["advice"]


def test_a_folder_that_a_sync_made_is_told_of_and_one_that_is_not_there_is_called_so(
    home: Gatljus, tmp_path: Path
) -> None:
    walk, stick, none = home.walk(), tmp_path / "mine", tmp_path / "ingen"
    refused = home.refused("sync", str(none))
    assert refused["code"] == "target-missing" and refused["text"] == f"Mappen {none} finns inte."
    assert home.refused("sync", str(none), "--all")["code"] == "target-missing" and not none.exists()
    made = f"Mappen {stick} fanns inte och gjordes."
    assert made in home.run("sync", str(stick), "--walk", walk).out
    assert made not in home.run("sync", str(stick)).out


def test_a_damaged_file_that_a_sync_put_right_is_told_of(home: Gatljus, tmp_path: Path) -> None:
    walk, stick = home.walk(), tmp_path / "minne"
    stick.mkdir()
    assert "lagad" not in home.run("sync", str(stick), "--walk", walk).out
    (batch,) = (stick / "gatljus1" / walk / "changes").iterdir()
    batch.write_bytes(batch.read_bytes()[:20])
    assert "1 fil som var skadad där är lagad." in home.run("sync", str(stick)).out
    assert home.ask("sync", str(stick))["repaired"] == 0


def test_who_was_along_and_what_was_remarked_is_shown_with_the_id_that_erase_takes(home: Gatljus) -> None:
    walk = home.walk()
    seen = home.made("observe", walk, "--category", "lighting", "--text", "Släckt")
    person = home.made("add", "participant", walk, "role=boende", "name=Anna Andersson")
    several = home.made("add", "participant", walk, "role=polis", "count=3")
    remark = home.made("add", "remark", walk, f"target={seen}", "text=Anmäld i dag", "role=vaktmästare")
    lines = home.run("show", walk).out.splitlines()
    (one,) = (each for each in lines if person[:8] in each)
    assert one.split("  ")[-1] == "boende, ”Anna Andersson”"
    assert any(several[:8] in each and each.endswith("polis, 3 personer") for each in lines)
    (said,) = (each for each in lines if remark[:8] in each)
    assert "iakttagelsen A1, ”Släckt”: ”Anmäld i dag” (vaktmästare, " in said
    home.ask("erase", person[:8], "--yes")
    assert "Anna" not in home.run("show", walk).out


def test_how_many_tablets_were_along_can_still_be_said_after_the_end(home: Gatljus) -> None:
    walk = home.walk()
    home.made("set", "safety-walk", walk, "ends", "2096-10-23T20:00")
    assert home.run("devices", walk).err == "", "that is planned"
    home.made("walk", "end", walk)
    said = home.run("devices", walk)
    assert f"walk end {walk[:8]} --devices N" in said.err and "Säg det under Avsluta vandringen." in said.out
    home.made("walk", "end", walk, "--devices", "1")
    assert home.run("devices", walk).err == ""
