"""What the command line says to somebody who is new to it."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from app.base.errors import GatljusError
from app.cli.start import gatljus
from app.sync.targets.folder import FolderTarget
from tests.whole.program import ROOT, Gatljus

STARTS = ("--starts", "2026-10-23T18:00")


@pytest.fixture
def home(tmp_path: Path) -> Gatljus:
    return Gatljus(tmp_path / "home")


def test_a_folder_is_not_made_where_a_stick_is_not_in(tmp_path: Path) -> None:
    media = tmp_path / "media"
    (media / "anna").mkdir(parents=True)
    for missing in (media / "sticka", media / "anna" / "sticka"):
        with pytest.raises(GatljusError) as told:
            FolderTarget(missing, media=[media])
        assert told.value.code == "target-missing" and "Sätt i minnet" in told.value.advice
        assert not missing.exists()
    FolderTarget(tmp_path / "annan mapp", media=[media])


def test_a_target_that_is_a_file_is_called_a_file(home: Gatljus, tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("x")
    assert "är en fil, ingen mapp." in home.refused("sync", str(tmp_path / "fil"))["text"]


def test_a_first_sync_with_nothing_in_common_says_how_a_walk_gets_there(home: Gatljus, tmp_path: Path) -> None:
    home.walk()
    (tmp_path / "stick").mkdir()
    said = home.run("sync", str(tmp_path / "stick")).out
    assert "Ingen vandring finns både här och på målet." in said and "--walk WALK" in said and "--all" in said


def test_undo_says_what_it_took_back(home: Gatljus) -> None:
    walk = home.walk()
    seen = home.made("observe", walk, "--category", "lighting", "--text", "Öppen lucka")
    home.made("delete", "observation", seen)
    assert home.run("undo", walk).out == "Ångrat: borttagningen av iakttagelsen A1, ”Öppen lucka”.\n"
    undone = home.ask("undo", walk)
    assert undone["what"] == [{"kind": "observation", "id": seen, "text": "iakttagelsen A1, ”Öppen lucka”"}]
    assert home.items("history", "observation", seen[:6]), "the short id is known also when it is undone"
    assert f"Borttaget: 1 (observation {seen[:8]})" in home.run("show", walk).out


def test_words_are_understood_for_codes_in_any_case(home: Gatljus) -> None:
    walk = home.walk(*STARTS, "--light", "Mörker")
    home.made("stop", "add", walk, "--name", "Torget", "--at", "59.17,18.14", "--place-type", "torg")
    said = ("--category", "Lighting", "--item", "a1", "--kind", "brist", "--severity", "stor", "--time", "18:20")
    seen = home.made("observe", walk, *said)
    home.made("measure", "add", walk, "--observation", seen, "--responsible", "gata", "--mechanism", "v1",
              "--priority", "akut")  # fmt: skip
    shown = home.shown(walk)
    (place,), (found,), (measure,) = shown["stops"], shown["observations"], shown["measures"]
    assert (shown["walk"]["light"], place["place_type"]) == ("dark", "square")
    assert (found["category"], found["item"], found["severity"]) == ("lighting", "A1", 3)
    assert found["observed_at"] == "2026-10-23T16:20:00Z", "18:20 is on the day of the walk, by its own clock"
    assert (measure["responsible"], measure["mechanism"], measure["priority"]) == ("GATA", ["V1"], "A")
    refused = home.refused("observe", walk, "--category", "ljus")
    assert "lighting (Belysning)" in refused["advice"]


def test_a_time_without_a_day_needs_a_walk_that_has_one(home: Gatljus) -> None:
    assert home.refused("observe", home.walk(), "--category", "other", "--time", "18:20")["code"] == "time"


def test_a_protocol_is_made_as_a_pdf_alone(home: Gatljus, tmp_path: Path) -> None:
    walk = home.walk()
    assert home.refused("protocol", walk, "-o", str(tmp_path / "x.docx"))["code"] == "not-here-yet"
    assert home.refused("protocol", walk, "-o", str(tmp_path / "x"))["code"] == "suffix"
    assert not list(tmp_path.glob("x*"))


def test_a_stop_with_latitude_and_longitude_swapped_is_taken_in_and_doubted(home: Gatljus) -> None:
    walk = home.walk()
    assert home.run("stop", "add", walk, "--name", "Torget", "--at", "59.17,18.14").err == ""
    said = home.run("stop", "add", walk, "--name", "Tunneln", "--at", "18.14,59.17")
    assert said.code == 0 and "latitud" in said.err


def test_photos_from_another_year_are_doubted_and_counted(home: Gatljus) -> None:
    walk = home.walk(*STARTS)
    said = home.run("photos", "import", walk, str(ROOT / "tests" / "data" / "photos" / "PXL_20240507_013304046.jpg"))
    assert "1 foto utan plats." in said.err and "R = 35 m" in said.err and "börjar 2026-10-23 18:00" in said.err


def test_what_is_empty_is_said_in_a_sentence(home: Gatljus) -> None:
    for command in (("walk", "list"), ("conflicts",), ("search", "tunnel")):
        said = home.run(*command)
        assert said.code == 0 and said.out == "" and said.err.endswith(".\n"), command


def test_a_kind_is_understood_or_asked_about(home: Gatljus) -> None:
    walk = home.walk()
    for kind in ("walk", "safety_walk", "Safety-Walk"):
        assert home.made("set", kind, walk, "oncall-phone", "08-1") == walk
    assert "Menade du observation?" in home.refused("set", "observaton", walk, "text", "x")["advice"]
    assert "--observation" in home.refused("measure", "add", walk)["advice"]


def test_history_and_lists_tell_times_by_the_walks_own_clock(home: Gatljus) -> None:
    walk = home.walk("--starts", "2026-10-23T18:00", "--zone", "Europe/Helsinki")
    assert "2026-10-23 18:00 (Europe/Helsinki)" in home.run("walk", "list").out
    assert "Börjar: – → 2026-10-23 18:00" in home.run("history", "walk", walk).out


def test_the_checklist_lists_what_there_is_to_choose_from(home: Gatljus) -> None:
    told = home.run("checklist", "--place", "torg").out
    assert "lighting" in told and "GATA" in told and "V1" in told
    found = home.ask("--lang", "en", "checklist")
    assert found["items"][0]["word"] == "Lighting" and len(found["items"]) == 14


def options(command: click.Command, path: str = "gatljus") -> Iterator[tuple[str, click.Option]]:
    """Every option of every command."""
    yield from ((path, each) for each in command.params if isinstance(each, click.Option))
    for name, part in getattr(command, "commands", {}).items():
        yield from options(part, f"{path} {name}")


def test_every_option_says_what_it_is_for_in_both_languages() -> None:
    found = [(path, each.name) for path, each in options(gatljus) if not each.help or " / " not in each.help]
    assert [each for each in found if each[1] != "version"] == []
