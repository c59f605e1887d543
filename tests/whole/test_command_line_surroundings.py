"""Language, encoding and clock: what the program takes from where it is run."""

import json
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.whole.program import Gatljus, Said

SWEDISH, ENGLISH = "Det finns inget med id '0000' här.", "There is nothing with id '0000' here."

LANGUAGES: list[tuple[str, dict[str, str | None], str]] = [
    ("sv", {"GATLJUS_LANG": "en"}, SWEDISH),
    ("en", {"GATLJUS_LANG": "sv"}, ENGLISH),
    ("", {"GATLJUS_LANG": "en", "LC_ALL": "sv_SE.UTF-8"}, ENGLISH),
    ("", {"GATLJUS_LANG": "sv", "LC_ALL": "en_GB.UTF-8"}, SWEDISH),
    ("", {"LC_ALL": "sv_SE.UTF-8", "LANG": "en_GB.UTF-8"}, SWEDISH),
    ("", {"LC_MESSAGES": "sv_FI", "LANG": "fi_FI.UTF-8"}, SWEDISH),
    ("", {"LANG": "en_GB.UTF-8"}, ENGLISH),
    ("", {"LANG": "fi_FI"}, ENGLISH),
    ("", {"LANG": "C"}, SWEDISH),
    ("", {"LC_ALL": "C.UTF-8", "LANG": "en_GB.UTF-8"}, SWEDISH),
    ("", {"LANG": "POSIX"}, SWEDISH),
    ("", {"LANG": "Swedish_Sweden.1252"}, SWEDISH),
    ("", {"LANG": "English_Sweden.1252"}, ENGLISH),
    ("", {"LANG": ""}, SWEDISH),
    ("", {}, SWEDISH),
]
NOTHING: dict[str, str | None] = dict.fromkeys(("GATLJUS_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Gatljus:
    made = Gatljus(tmp_path_factory.mktemp("home"))
    made.walk()
    return made


@pytest.mark.parametrize(("lang", "environment", "sentence"), LANGUAGES)
def test_the_language_is_what_was_said_else_the_variable_else_the_locale(
    home: Gatljus, lang: str, environment: dict[str, str | None], sentence: str
) -> None:
    words = ("--lang", lang) if lang else ()
    said = home.run(*words, "show", "0000", **{**NOTHING, **environment})
    assert said.err.startswith(sentence), said


def test_wrong_usage_too_is_told_in_the_language_that_was_asked_for(home: Gatljus) -> None:
    assert "The command 'strosa' does not exist." in home.run("--lang", "en", "strosa").err
    assert "Kommandot 'strosa' finns inte." in home.run("--lang", "sv", "strosa", LANG="en_GB.UTF-8").err


def spoken(home: Gatljus, **environment: str | None) -> list[Said]:
    """A walk in Swedish letters, made and told."""
    walk = home.made("walk", "new", "--title", "Ökna å", "--area", "Čáčcerohttu ŋ ŧ", **environment)
    return [
        home.run("walk", "list", **environment),
        home.run("--json", "walk", "list", **environment),
        home.run("show", walk, **environment),
        home.run("show", "ååå", **environment),
    ]


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "LANG": None},
        {"PYTHONIOENCODING": "latin-1"},
        {"PYTHONIOENCODING": "ascii:strict", "LC_ALL": "POSIX"},
    ],
    ids=["C", "latin-1", "ascii"],
)
def test_everything_said_is_utf_8_wherever_it_is_said(tmp_path: Path, environment: dict[str, str | None]) -> None:
    made, as_json, shown, refused = spoken(Gatljus(tmp_path), **environment)
    assert "Ökna å" in made.out and "Čáčcerohttu ŋ ŧ" in made.out
    assert json.loads(as_json.out)["items"][0]["area"] == "Čáčcerohttu ŋ ŧ"
    assert "Ökna å, Čáčcerohttu ŋ ŧ" in shown.out
    assert "'ååå' är inget id." in refused.err


def test_the_clock_can_be_fixed(tmp_path: Path) -> None:
    home = Gatljus(tmp_path, environment={"GATLJUS_NOW": "2026-10-23T18:20:30+02:00"})
    walk = home.walk()
    seen = home.made("observe", walk, "--category", "lighting", "--text", "Mörkt")
    home.made("walk", "end", walk)
    shown = home.shown(walk)
    assert shown["observations"][0]["observed_at"] == "2026-10-23T16:20:30Z"
    assert shown["walk"]["ends"] == "2026-10-23T16:20:30Z"
    assert {each["at"] for each in home.items("history", "observation", seen)} == {"2026-10-23T16:20:30Z"}
    without_offset = home.made("observe", walk, "--category", "lighting", GATLJUS_NOW="2026-10-23T16:21")
    at = {each["id"]: each["observed_at"] for each in home.shown(walk)["observations"]}
    assert at[without_offset] == "2026-10-23T16:21:00Z"


def test_a_time_without_an_offset_is_the_walks_own(tmp_path: Path) -> None:
    home = Gatljus(tmp_path)
    walk = home.walk("--zone", "Europe/Helsinki", "--starts", "2026-10-23T18:05")
    times = {"2026-10-23T18:20": "2026-10-23T15:20:00Z", "2026-10-23T18:20+02:00": "2026-10-23T16:20:00Z",
             "2026-10-23T18:20Z": "2026-10-23T18:20:00Z", "2026-10-25T03:30+02:00": "2026-10-25T01:30:00Z"}  # fmt: skip
    made = {home.made("observe", walk, "--category", "lighting", "--time", each): times[each] for each in times}
    shown = home.shown(walk)
    assert (shown["walk"]["starts"], shown["walk"]["zone"]) == ("2026-10-23T15:05:00Z", "Europe/Helsinki")
    assert {each["id"]: each["observed_at"] for each in shown["observations"]} == made


def test_the_same_commands_under_the_same_clock_differ_only_in_what_is_random(tmp_path: Path) -> None:
    told = []
    for name in ("one", "two"):
        home = Gatljus(tmp_path / name, environment={"GATLJUS_NOW": "2026-10-23T16:20:30Z"})
        walk = home.walk()
        home.made("stop", "add", walk, "--name", "Tunneln", "--at", "59.17,18.14")
        home.made("observe", walk, "--category", "lighting", "--item", "A1", "--stop", "1")
        told.append([{**each, "id": "", "stop": ""} for each in home.shown(walk)["observations"]])
    assert told[0] == told[1]


SWEDISH_LETTERS = re.compile("[^\n]*[åäöÅÄÖ][^\n]*")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[Gatljus, str]:
    """A walk of which nothing that people wrote has a Swedish letter, and a program that speaks English."""
    home = Gatljus(tmp_path_factory.mktemp("plain"), environment={"GATLJUS_LANG": "en"})
    walk = home.made("walk", "new", "--title", "Harbour", "--area", "Harbour", "--starts", "2026-10-23T18:05")
    home.made("stop", "add", walk, "--name", "Bridge", "--at", "59.17,18.14", "--place-type", "underpass")
    for words in (
        ("lighting", "--item", "A1", "--text", "Dark", "--stop", "1"), ("lighting", "--item", "A8", "--stop", "1"),
        ("positive", "--text", "Nice", "--stop", "1"), ("other", "--kind", "question", "--text", "When?"),
        ("underpasses", "--item", "F1", "--at", "59.171,18.141"), ("other",),
    ):  # fmt: skip
        home.made("observe", walk, "--category", *words)
    seen = [each["id"] for each in home.shown(walk)["observations"] if each["item"]]
    for id, priority in zip(seen, ("A", "B", "C"), strict=True):
        more = ("--priority", priority, "--cause", "Old", "--text", "Mend", "--responsible", "POL")
        home.made("measure", "add", walk, "--observation", id, *more, "--due", "2026-11-20")
    home.made("add", "participant", walk, "role=resident", "count=5", "name=Ann")
    home.made("add", "safety-rating", walk, "stop=1", "feels=2", "alone_in_dark=no", "count=5")
    return home, walk


def test_the_protocol_in_english_has_no_swedish_of_the_programs_own(plain: tuple[Gatljus, str], tmp_path: Path) -> None:
    home, walk = plain
    home.made("protocol", walk, "-o", str(tmp_path / "x.pdf"))
    told = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "x.pdf").pages)
    assert "Working draft" in told and "Old." in told
    assert SWEDISH_LETTERS.findall(told) == []


def test_commands_in_english_say_nothing_in_swedish(plain: tuple[Gatljus, str], tmp_path: Path) -> None:
    home, walk = plain
    for words in (
        ("show", walk), ("walk", "list"), ("devices", walk), ("conflicts",), ("verify", "--rebuild"), ("undo", walk),
        ("sync", str(tmp_path), "--walk", walk), ("sync", str(tmp_path / "a" / "b")), ("sync", "x.zip"), ("merge",),
        ("walk", "new", "--title", "", "--area", ""), ("observe", walk, "--category", "positive", "--severity", "3"),
        ("measure", "add", walk, "--text", "X", "--priority", "D"), ("stop", "add", walk, "--name", "X"), ("search",),
        ("set", "observation", "0000", "text", "X"), ("export", walk, "-o", "x.shp"), ("backup",), ("strosa",),
    ):  # fmt: skip
        said = home.run(*words)
        assert SWEDISH_LETTERS.findall(said.out + said.err) == [], words
