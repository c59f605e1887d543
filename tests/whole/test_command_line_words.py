"""What the command line says to somebody who is new to it."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from PIL import Image

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
    assert f"Borttaget:\n         {seen[:8]}  iakttagelsen A1, ”Öppen lucka”\n" in home.run("show", walk).out


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
    assert "1 foto utan plats." in said.err and "inom 35 m från" in said.err and "börjar 2026-10-23 18:00" in said.err


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
    assert "  Börjar: 2026-10-23 18:00\n" in home.run("history", "walk", walk).out


def test_the_checklist_lists_what_there_is_to_choose_from(home: Gatljus) -> None:
    told = home.run("checklist", "--place", "torg").out
    assert "lighting" in told and "GATA" in told and "V1" in told
    found = home.ask("--lang", "en", "checklist")
    assert found["items"][0]["word"] == "Lighting" and len(found["items"]) == 14


def test_what_is_good_is_listed_for_every_sort_of_place(home: Gatljus) -> None:
    for place in ("torg", "underpass", "park"):
        told = home.run("checklist", "--place", place).out
        assert all(f"    {item} " in told for item in ("M1", "M2", "M3", "M4")), place


def test_fields_lists_the_kinds_and_what_there_is_to_write_in_each(home: Gatljus) -> None:
    assert {"safety-rating", "participant"} <= {each["kind"] for each in home.items("fields")}
    told = {each["field"]: each["takes"] for each in home.items("fields", "safety-rating")}
    assert (told["stop"], told["feels"], told["alone_in_dark"]) == (
        "platsens nummer, namn eller id", "1 till 4", "yes, hesitant, no",
    )  # fmt: skip
    assert "oncall_phone" in home.run("fields", "walk").out
    assert {"name", "role"} <= {each["field"] for each in home.items("fields", "participant")}
    for command in ("set", "add"):
        assert "safety-rating" in " ".join(home.run(command, "--help").out.replace("-\n  ", "-").split())


ADVICE = {
    "a measure that is not done and has no reason": ("measure add {walk} --text X --priority D", "--reason"),
    "a measure for a question": ("measure add {walk} --observation {question}", "--text"),
    "a clock that does not go so far": ("observe {walk} --category lighting --time 25:22", "18:20"),
    "an option for all commands after one": ("walk list --home x", "gatljus --home … walk list"),
    "a route without its walk": ("route import rutt.gpx", "WALK"),
    "photos without their walk": ("photos import kort", "WALK"),
    "something good that is wrong": ("observe {walk} --category lighting --item A1 --kind positive", "(M)"),
}


@pytest.mark.parametrize("name", ADVICE)
def test_a_refusal_says_what_to_write_on_the_command_line(home: Gatljus, name: str) -> None:
    command, advice = ADVICE[name]
    walk = home.walk(*STARTS)
    question = home.made(
        "observe", walk, "--category", "other", "--kind", "question", "--text", "Vem?", "--time", "18:20"
    )
    said = home.run(*(word.format(walk=walk, question=question) for word in command.split()))
    assert said.code != 0 and advice in said.err, said


def test_the_first_word_of_a_choice_is_enough(home: Gatljus) -> None:
    walk = home.walk()
    home.made("measure", "add", walk, "--text", "Byt", "--term", "lång")
    assert home.shown(walk)["measures"][0]["term"] == "long"


def test_a_backup_says_what_it_lacks_and_where_a_copy_should_lie(home: Gatljus) -> None:
    home.walk()
    said = home.run("backup")
    assert Path(said.out.strip()).is_file()
    assert "men inga foton" in said.err and "annan disk" in said.err


def test_an_import_ends_with_a_sum_and_doubts_a_camera_that_is_years_off(home: Gatljus, tmp_path: Path) -> None:
    card = tmp_path / "card"
    card.mkdir()
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2009:01:01 12:00:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (59.0, 10.0, 0.0), 3: "E", 4: (18.0, 8.0, 0.0), 7: (16.0, 5.0, 0.0),
                                 29: "2026:10:23"})  # fmt: skip
    Image.new("RGB", (9, 9)).save(card / "a.jpg", exif=exif)
    (card / "b.jpg").write_text("text")
    said = home.run("photos", "import", home.walk(*STARTS), str(card))
    assert "1 inläst, 1 inte inläst." in said.err
    assert "a.jpg: inläst. Kamerans klocka säger 2009-01-01, men GPS 2026-10-23: en av dem går fel." in said.out


def options(command: click.Command, path: str = "gatljus") -> Iterator[tuple[str, click.Option]]:
    """Every option of every command."""
    yield from ((path, each) for each in command.params if isinstance(each, click.Option))
    for name, part in getattr(command, "commands", {}).items():
        yield from options(part, f"{path} {name}")


def test_every_option_says_what_it_is_for_in_both_languages() -> None:
    found = [(path, each.name) for path, each in options(gatljus) if not each.help or " / " not in each.help]
    assert [each for each in found if each[1] != "version"] == []
