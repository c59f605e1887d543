"""A walk is disposed of by the command line, and other devices, each a program of its own, meet the mark."""

from pathlib import Path

from tests.whole.program import Fact, Gatljus


def ask(device: Gatljus, *words: str, code: int = 0) -> Fact:
    """What a command answers; it must end with that code."""
    said = device.run("--json", *words)
    assert said.code == code, said.sentence
    return said.data


def test_a_purged_walk_stays_away_from_every_device_that_meets_the_mark(tmp_path: Path) -> None:
    a, b, c = (Gatljus(tmp_path / name) for name in "ABC")
    stick = tmp_path / "minne"
    stick.mkdir()
    walk = str(ask(a, "walk", "new", "--title", "Kajsaniemi", "--area", "Kajsaniemi")["id"])
    ask(a, "sync", str(stick), "--walk", walk)
    ask(b, "sync", str(stick), "--all")
    refused = ask(a, "walk", "purge", walk, code=1)
    assert "--yes" in refused["error"]["advice"]
    assert ask(a, "walk", "purge", walk, "--yes")["cleared"] == [str(stick)]
    assert ask(b, "sync", str(stick), code=1)["asks"] == "purged"
    assert ask(b, "sync", str(stick), "--again", code=1)["asks"] == "purged"
    assert ask(c, "sync", str(stick), "--all")["walks"] == []
    assert ask(c, "sync", str(stick), "--walk", walk, code=1)["error"]["code"] == "purged"
    assert [each.name.partition(".")[0] for each in (stick / "gatljus1" / walk).rglob("*") if each.is_file()] == [
        "purged"
    ]


def test_a_purge_goes_on_where_it_stopped_when_it_is_asked_for_again(tmp_path: Path) -> None:
    a, stick = Gatljus(tmp_path / "A"), tmp_path / "minne"
    stick.mkdir()
    walk = str(ask(a, "walk", "new", "--title", "Kajsaniemi", "--area", "Kajsaniemi")["id"])
    ask(a, "sync", str(stick), "--walk", walk)
    stick.rename(tmp_path / "inte här")
    told = ask(a, "walk", "purge", walk, "--yes")
    assert (told["cleared"], told["left"]) == ([], [str(stick)])
    (tmp_path / "inte här").rename(stick)
    told = ask(a, "walk", "purge", walk[:8])
    assert (told["cleared"], told["left"]) == ([str(stick)], [])
    assert ask(a, "walk", "purge", walk)["cleared"] == []


def test_an_erased_name_is_told_to_remain_where_it_cannot_be_reached_yet(tmp_path: Path) -> None:
    a, b = (Gatljus(tmp_path / name) for name in "AB")
    stick = tmp_path / "minne"
    stick.mkdir()
    walk = str(ask(a, "walk", "new", "--title", "Kajsaniemi", "--area", "Kajsaniemi")["id"])
    person = str(ask(a, "add", "participant", walk, "role=boende", "name=Anna Andersson")["id"])
    ask(a, "sync", str(stick), "--walk", walk)
    ask(b, "sync", str(stick), "--all")
    blobs = stick / "gatljus1" / walk / "blobs"
    before = {each.name for each in blobs.iterdir() if b"Anna Andersson" in each.read_bytes()}
    assert len(before) == 1
    ask(a, "sync", str(stick))
    told = ask(a, "erase", person, "--yes")
    assert told["left"] == [str(stick)] and len(told["devices"]) == 1
    ask(a, "sync", str(stick))
    ask(b, "sync", str(stick))
    files = [*blobs.iterdir(), *(tmp_path / "A" / "blobs").rglob("*"), *(tmp_path / "B" / "blobs").rglob("*")]
    assert not [each for each in files if each.is_file() and b"Anna Andersson" in each.read_bytes()]
