"""undo and redo through the command line: what they say, and in which walk they work."""

from pathlib import Path

import pytest

from tests.whole.program import Gatljus
from tests.whole.resident import Forked, Server


@pytest.fixture
def a(tmp_path: Path, server: Server) -> Gatljus:
    return Forked(tmp_path / "a", {}, server)


def texts(home: Gatljus, walk: str) -> list[str]:
    return [each["text"] for each in home.shown(walk)["observations"]]


def note(home: Gatljus, walk: str, text: str) -> str:
    return home.made("observe", walk, "--category", "lighting", "--text", text)


def test_redo_puts_back_what_was_undone_last(a: Gatljus) -> None:
    walk = a.walk()
    seen = note(a, walk, "Släckt")
    a.made("set", "observation", seen, "text", "Mörkt")
    a.ask("undo")
    assert texts(a, walk) == ["Släckt"]
    said = a.run("redo")
    assert said.out == "Gjort igen: iakttagelsen A1, ”Mörkt” (Iakttagelse).\n"
    assert texts(a, walk) == ["Mörkt"]
    assert a.ask("redo", walk) == {"redone": None, "left": [], "what": []}
    assert a.run("redo").out == "Det finns inget att göra igen.\n"


def test_undo_without_a_walk_goes_on_in_another_where_one_has_nothing_more_to_undo(a: Gatljus) -> None:
    first, second = a.walk(), a.walk()
    note(a, first, "Ett")
    note(a, second, "Två")
    kinds = [{each["kind"] for each in a.ask("undo")["what"]} for _time in range(4)]
    gone = [next(iter(each & {"observation", "safety-walk"})) for each in kinds]
    assert gone == ["observation", "observation", "safety-walk", "safety-walk"]
    assert a.items("walk", "list") == []
    assert [{each["kind"] for each in a.ask("redo")["what"]} for _time in range(4)] == kinds[::-1]
    assert (texts(a, first), texts(a, second)) == (["Ett"], ["Två"])


def test_undoing_a_new_walk_says_that_all_of_it_is_hidden_and_what_brings_it_back(a: Gatljus) -> None:
    walk = a.walk()
    said = a.run("undo").out
    assert f"Hela vandringen är nu dold, med allt i den. redo {walk[:8]} tar fram den igen." in said
    assert a.run("redo", walk[:8]).code == 0
    assert [each["id"] for each in a.items("walk", "list")] == [walk]


def test_undo_says_first_what_it_could_not_take_back(a: Gatljus, tmp_path: Path, server: Server) -> None:
    b = Forked(tmp_path / "b", {}, server)
    meeting = tmp_path / "meeting"
    meeting.mkdir()
    walk = a.walk()
    seen = note(a, walk, "Släckt")
    note(a, walk, "Klotter")
    a.made("set", "observation", seen, "text", "Mörkt")
    a.ask("sync", str(meeting), "--walk", walk)
    b.ask("sync", str(meeting), "--all")
    b.made("set", "observation", seen, "text", "Nersläckt")
    b.ask("sync", str(meeting))
    a.ask("sync", str(meeting))
    first, second = a.run("undo", walk).out.splitlines()
    assert first.startswith("Det senaste kan inte ångras: iakttagelsen A1, ”Nersläckt”")
    assert first.endswith("ändrat sedan dess.")
    assert second == "I stället ångrat: iakttagelsen A2, ”Klotter”."
