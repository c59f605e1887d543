"""Two tablets that took one letter, unaware of each other: every word tells them apart, and nothing is renamed."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.whole.meeting import Field, alike
from tests.whole.program import Gatljus
from tests.whole.resident import Server

BARE = r"\bB\b(?! \([0-9a-f]{4})"
"""A letter that nothing is said behind, so that nobody can know which B it is."""


@dataclass(frozen=True)
class Two:
    """A's walk, and two tablets B of it; all have met. `ids` are what the names of the two must begin their ids with,
    `tags` what each one's first observation is called, by its id. `shared` is A's observation."""

    walk: str
    a: Gatljus
    bees: tuple[Gatljus, Gatljus]
    ids: tuple[str, str]
    tags: dict[str, str]
    shared: str

    @property
    def names(self) -> set[str]:
        """What the two are called."""
        return {f"B ({each})" for each in self.ids}


def _beginnings(one: str, other: str, least: int) -> tuple[str, str]:
    length = next(length for length in range(least, 33) if one[:length] != other[:length])
    return one[:length], other[:length]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory, server: Server) -> Two:
    """Each of the two got the walk in a parcel that was made before the other had joined; then all meet in a folder."""
    field = Field(tmp_path_factory.mktemp("two"), server)
    a, bees = field.home("A"), (field.home("ett"), field.home("två"))
    walk, parcel, made = a.walk(), field.folder / "vandringen.zip", []
    shared = a.made("observe", walk, "--category", "lighting", "--text", "Mörkt")
    a.ask("sync", str(parcel), "--walk", walk)
    for each in bees:
        name, own = each.home.name, shutil.copy(parcel, field.folder / f"{each.home.name}.zip")
        each.ask("device", "name", f"Platta {name}")
        each.ask("sync", str(own), "--all")
        made.append(each.made("observe", walk, "--category", "lighting", "--text", f"Släckt, {name}"))
        each.made("set", "observation", shared, "text", f"Mörkt, {name}")
        each.made("add", "remark", walk, f"target={shared}", f"text=Instämmer, {name}", "role=boende")
    field.meet(walk, *bees, *bees)
    for each in bees:
        each.made("set", "observation", made[0], "text", f"Trasig, {each.home.name}")
    field.meet(walk, *bees, a, *bees, a)
    ids = [each.ask("show", walk)["here"]["device"] for each in bees]
    one, other = _beginnings(ids[0], ids[1], least=4)
    tags = [f"B1·{each}" for each in _beginnings(made[0], made[1], least=2)]
    return Two(walk, a, bees, (one, other), dict(zip(made, tags, strict=True)), shared)


def test_each_stays_what_it_was_and_every_home_shows_the_same(two: Two) -> None:
    found = alike(two.walk, two.a, *two.bees)
    assert sorted(each["letter"] for each in found["devices"]) == ["A", "B", "B"]
    assert {each["id"]: each["tag"] for each in found["observations"] if each["id"] != two.shared} == two.tags


@pytest.mark.parametrize("words", ["conflicts {walk}", "history observation {shared}"])
def test_what_is_told_of_devices_tells_them_apart_on_each_of_them(two: Two, words: str) -> None:
    for home in (two.a, *two.bees):
        said = home.run(*words.format(walk=two.walk, shared=two.shared).split()).out
        assert all(f"B ({each}, Platta " in said for each in two.ids), said
        assert not re.findall(BARE, said), said


def test_receipts_tell_them_apart_and_say_what_each_calls_itself(two: Two) -> None:
    for home in (two.a, *two.bees):
        said = home.run("devices", two.walk).out
        for each, name in zip(two.ids, ("ett", "två"), strict=True):
            assert re.search(rf"^Platta B \({each}\): .*\n    Den kallar sig Platta {name}\.$", said, re.MULTILINE)
        assert not re.findall(BARE, said)


def test_the_sentences_on_what_has_come_tell_them_apart(two: Two) -> None:
    sentences = two.a.ask("devices", two.walk)["sentences"]
    assert {each.removeprefix("Mottaget av ") for each in sentences if each.startswith("Mottaget")} == two.names
    assert not re.findall(BARE, " ".join(sentences))


def test_an_observation_is_named_with_its_own_tag_in_lists_conflicts_and_by_hand(two: Two) -> None:
    shown, told = two.a.run("show", two.walk).out, two.a.run("conflicts", two.walk).out
    assert all(each in shown for each in two.tags.values())
    (torn,) = [two.tags[each["id"]] for each in two.a.items("conflicts", two.walk) if each["id"] in two.tags]
    assert f"Iakttagelsen {torn}, " in told
    assert not re.findall(r"\bB1\b(?!·)", shown + told)


def test_the_protocol_tells_them_apart(two: Two, tmp_path: Path) -> None:
    two.a.ask("protocol", two.walk, "-o", str(tmp_path / "x.pdf"))
    pages = [page.extract_text() for page in PdfReader(tmp_path / "x.pdf").pages]
    told = " ".join(" ".join(pages).replace("\xa0", " ").split())
    assert f"Plattor A, {' och '.join(sorted(two.names))}" in told
    assert all(f"(Platta {each})" in told and f"boende, {each}" in told for each in two.names)
    assert not re.findall(r"(?:Platta|boende,) B\b(?! \()", told)


def test_what_a_purge_cannot_reach_tells_them_apart(two: Two, tmp_path: Path) -> None:
    shutil.copytree(two.a.home, tmp_path / "A")
    said = Gatljus(tmp_path / "A", environment=two.a.environment).run("walk", "purge", two.walk, "--yes").out
    assert all(each in said for each in two.names) and not re.findall(BARE, said)
