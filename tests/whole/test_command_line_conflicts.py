"""Conflicts, resolve, history, undo and search through the command line, on two devices."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.whole.program import Gatljus
from tests.whole.resident import Forked, Server


class Two:
    """Two devices that hold one walk and have each changed the same observation unaware of the other."""

    def __init__(self, folder: Path, server: Server) -> None:
        self.a, self.b = (Forked(folder / name, {}, server) for name in ("a", "b"))
        self.meeting = folder / "meeting"
        self.meeting.mkdir()
        self.walk = self.a.walk()
        self.seen = self.a.made("observe", self.walk, "--category", "lighting", "--text", "Släckt", "--severity", "1")
        light = 'text=Gatubelysningen på nr "7" är 100% ljussvag'
        self.a.made("add", "remark", self.walk, f"target={self.seen}", light)
        self.a.ask("sync", str(self.meeting), "--walk", self.walk)
        self.b.ask("sync", str(self.meeting), "--all")
        for home, text, severity in ((self.a, "Två släckta", "2"), (self.b, "Tre släckta", "4")):
            home.made("set", "observation", self.seen, "text", text)
            home.made("set", "observation", self.seen, "severity", severity)
        self.meet()

    def meet(self) -> None:
        """Everybody gets everything."""
        for home in (self.a, self.b, self.a):
            home.ask("sync", str(self.meeting))

    def open(self, home: Gatljus) -> dict[str, dict[str, Any]]:
        """What is open, by field."""
        return {each["field"]: each for each in home.items("conflicts", self.walk)}

    def of(self, home: Gatljus) -> dict[str, Any]:
        """The observation as a device shows it."""
        found: dict[str, Any] = home.shown(self.walk)["observations"][0]
        return found


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory, server: Server) -> Two:
    return Two(tmp_path_factory.mktemp("two"), server)


def test_both_devices_offer_the_same_choices(two: Two) -> None:
    first = two.open(two.a)
    assert first == two.open(two.b) == {each["field"]: each for each in two.a.items("conflicts")}
    assert set(first) == {"text", "severity"}
    for name, base, values in (("text", "Släckt", {"Två släckta", "Tre släckta"}), ("severity", 1, {2, 4})):
        each = first[name]
        assert set(each) == {"kind", "id", "field", "shown", "base", "choices"}
        assert (each["kind"], each["id"], each["base"]) == ("observation", two.seen, base)
        assert {one["value"] for one in each["choices"]} == values and each["shown"] in values
        for one in each["choices"]:
            assert set(one) == {"choice", "value", "device", "label", "at"}
            assert re.fullmatch("[0-9a-f]{8}", one["choice"]) and one["label"]
    assert two.a.shown(two.walk) == two.b.shown(two.walk)
    assert two.a.shown(two.walk)["conflicts"] == list(two.a.items("conflicts"))


def test_sync_and_protocol_say_how_much_there_is_to_settle_and_how(tmp_path: Path, server: Server) -> None:
    two = Two(tmp_path, server)
    sentence = f"2 saker att avgöra i Oktober: conflicts {two.walk[:8]} visar dem, resolve avgör."
    assert sentence in two.a.run("sync", str(two.meeting)).err
    assert sentence in two.a.run("protocol", two.walk, "-o", str(tmp_path / "p.pdf")).err
    for field in ("severity", "text"):
        two.a.made("resolve", "observation", two.seen, field, two.open(two.a)[field]["choices"][0]["choice"][:4])
    assert "att avgöra" not in two.a.run("sync", str(two.meeting)).err


def test_a_choice_shorter_than_four_characters_is_asked_about(tmp_path: Path, server: Server) -> None:
    two = Two(tmp_path, server)
    choice = two.open(two.a)["severity"]["choices"][0]["choice"]
    assert two.a.refused("resolve", "observation", two.seen, "severity", choice[:3])["code"] == "choice"
    assert "conflicts" in two.a.run("resolve", "--help").out


def test_show_says_danger_as_long_as_anybody_says_so(tmp_path: Path, server: Server) -> None:
    two = Two(tmp_path, server)
    choice = next(one["choice"] for one in two.open(two.a)["severity"]["choices"] if one["value"] == 2)
    two.a.made("resolve", "observation", two.seen, "severity", choice)
    two.meet()
    two.b.made("set", "observation", two.seen, "severity", "4")
    two.a.made("set", "observation", two.seen, "severity", "3")
    two.meet()
    assert (two.open(two.a)["severity"]["shown"], two.of(two.a)["severity"]) == (3, 3)
    for home in (two.a, two.b):
        assert "Fara nu (4), ej avgjort" in home.run("show", two.walk).out


def test_for_people_every_choice_is_on_the_line(two: Two) -> None:
    told = two.a.run("conflicts").out
    for each in two.open(two.a).values():
        for one in each["choices"]:
            assert one["choice"] in told and str(one["value"]) in told


def test_for_people_a_conflict_is_told_in_words_with_the_command_that_settles_it(two: Two) -> None:
    said, first = two.a.run("conflicts"), two.open(two.a)["severity"]
    heading, *sides = said.out.splitlines()[:3]
    assert heading.startswith("Iakttagelsen A1, ”") and ": Hur allvarligt (" in heading
    assert [each.split(": ")[1] for each in sides] == ["Märkbar (2)", "Fara nu (4)"]
    choice = first["choices"][0]["choice"]
    assert said.err.endswith(f": resolve observation {two.seen[:8]} severity {choice}\n")


def test_what_cannot_settle_a_conflict_is_refused_and_leaves_it_open(two: Two) -> None:
    before = two.a.kept()
    assert two.a.refused("resolve", "observation", two.seen, "text", "00001111")["code"] == "choice"
    assert two.a.refused("resolve", "observation", two.seen, "severity", "--value", "9")["code"] == "severity"
    assert two.a.refused("resolve", "observation", two.seen, "colour", "--value", "X")["code"] == "no-conflict"
    assert two.a.kept() == before


def test_resolving_settles_it_everywhere_and_undo_opens_it_again(tmp_path: Path, server: Server) -> None:
    two = Two(tmp_path, server)
    chosen = next(one for one in two.open(two.a)["severity"]["choices"] if one["value"] == 4)
    said = two.a.run("resolve", "observation", two.seen[:8], "severity", chosen["choice"])
    assert said.out.strip() == two.seen and "112" in said.err
    assert set(two.open(two.a)) == {"text"} and two.of(two.a)["severity"] == 4
    two.a.made("resolve", "observation", two.seen, "text", "--value", "Fyra släckta")
    two.meet()
    assert two.open(two.a) == two.open(two.b) == {}
    assert two.of(two.b)["text"] == "Fyra släckta" and two.of(two.a) == two.of(two.b)
    (settled, *_rest) = two.b.items("history", "observation", two.seen)
    assert (settled["field"], sorted(settled["old"]), settled["new"]) == (
        "text", ["Tre släckta", "Två släckta"], "Fyra släckta",
    )  # fmt: skip
    assert set(settled) == {"at", "device", "label", "field", "old", "new", "action", "shown"} and settled["shown"]
    two.a.ask("undo", two.walk)
    assert set(two.open(two.a)) == {"text"}


def test_undo_takes_back_what_this_device_did_last_and_names_what_it_left(tmp_path: Path, server: Server) -> None:
    two = Two(tmp_path, server)
    two.b.made("set", "observation", two.seen, "asset_tag", "30417")
    two.meet()
    two.a.made("set", "observation", two.seen, "asset_tag", "30418")
    two.meet()
    undone = two.b.ask("undo", two.walk)
    assert {"undone", "left"} <= set(undone)
    assert two.of(two.b)["asset_tag"] == "30418", "what another device has changed since is left"
    told = [(each["kind"], each["id"], each["field"]) for each in undone["left"]]
    assert ("observation", two.seen, "asset_tag") in told
    assert all(each["why"] for each in undone["left"])


def test_undo_of_everything_ends_with_nothing_to_undo(tmp_path: Path) -> None:
    home = Gatljus(tmp_path)
    walk = home.walk()
    home.made("observe", walk, "--category", "lighting", "--text", "Släckt")
    assert home.ask("undo")["undone"] and home.shown(walk)["observations"] == []
    assert home.items("search", "Släckt") == []
    assert home.ask("undo", walk)["undone"] and home.items("walk", "list") == []
    assert home.ask("undo", walk[:6]) == {"undone": None, "left": [], "what": []}
    assert home.run("undo", walk).out == "Det finns inget att ångra.\n"


@pytest.mark.parametrize("words", ["belysning", "BELYSNING", "nr", "100%", "å", "ljus gatubel", '"7"'])
def test_search_finds_within_words(two: Two, words: str) -> None:
    (found,) = two.a.items("search", words, "--walk", two.walk)
    assert set(found) == {"walk", "kind", "id", "field", "text"}
    assert (found["walk"], found["kind"], found["field"]) == (two.walk, "remark", "text")


@pytest.mark.parametrize("words", ["_", "50%", "gatubelysningens", "\\", "' or 1=1 --"])
def test_search_takes_signs_for_signs(two: Two, words: str) -> None:
    assert two.a.items("search", words) == []
