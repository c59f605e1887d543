"""rescue and restore as commands, each in a process of its own."""

import zipfile
from pathlib import Path

from tests.whole.meeting import Field, alike, picture


def test_what_one_home_rescues_another_takes_in_and_shows_alike(field: Field, tmp_path: Path) -> None:
    walk, (a,) = field.walk("A")
    a.made("observe", walk, "--category", "lighting", "--text", "Mörkt")
    a.ask("photos", "import", walk, str(picture(tmp_path / "ett.jpg", (20, 30, 60))))
    said = a.ask("rescue", "-o", str(tmp_path / "räddat.zip"))
    assert said["walks"] == [walk] and said["damaged"] == said["missing"] == said["broken"] == []
    with zipfile.ZipFile(tmp_path / "räddat.zip") as packed:
        packed.extractall(tmp_path / "uppackat")
    for name, way in (("B", "uppackat"), ("C", "räddat.zip")):
        other = field.home(name)
        assert other.run("sync", str(tmp_path / way), "--all").code == 0
        found = alike(walk, a, other)
        assert len(found["photos"]) == 1
        assert other.ask("show", walk)["here"]["photo_files"]["missing"] == []


def test_what_was_rescued_is_only_read_and_the_command_fails_where_something_lacks(
    field: Field, tmp_path: Path
) -> None:
    walk, (a,) = field.walk("A")
    a.ask("photos", "import", walk, str(picture(tmp_path / "ett.jpg", (20, 30, 60))))
    whole, half = tmp_path / "helt.zip", tmp_path / "halvt.zip"
    a.ask("rescue", "-o", str(whole))
    next(a.home.glob("blobs/??/*")).unlink()
    assert len(a.ask("rescue", "-o", str(half))["missing"]) == 1
    before = whole.read_bytes()
    b, c = field.home("B"), field.home("C")
    said = b.run("sync", str(whole), "--all")
    assert said.code == 0 and "räddad kopia" in said.out and "Inget kunde läggas" not in said.out + said.err
    assert b.ask("sync", str(whole))["problems"] == []
    b.made("observe", walk, "--category", "lighting", "--text", "Nytt")
    said = b.run("sync", str(whole))
    assert said.code == 1 and "Lägg det som är nytt här i ett nytt paket." in said.err
    said = c.run("sync", str(half), "--all")
    assert said.code == 1 and "1 fil finns inte här ännu." in said.out
    assert whole.read_bytes() == before


def test_a_restored_home_gets_back_by_a_sync_what_was_sent_after_the_backup(field: Field) -> None:
    walk, (a, b) = field.walk("A", "B")
    made = Path(a.ask("backup")["file"])
    a.made("observe", walk, "--category", "lighting", "--text", "Sedan")
    field.meet(walk, a, b)
    before = a.shown(walk)
    said = a.ask("restore", str(made))
    assert Path(said["kept"]).is_file()
    assert a.shown(walk)["observations"] == []
    a.made("observe", walk, "--category", "lighting", "--text", "Som ny enhet")
    field.meet(walk, a, b, a)
    found = alike(walk, a, b)
    assert {each["tag"] for each in before["observations"]} < {each["tag"] for each in found["observations"]}
    assert {each["text"] for each in found["observations"]} == {"Sedan", "Som ny enhet"}
    assert len({each["tag"] for each in found["observations"]}) == 2
    assert a.items("verify") == b.items("verify") == []


def test_what_cannot_be_restored_or_rescued_is_said_and_changes_nothing(field: Field, tmp_path: Path) -> None:
    _walk, (a,) = field.walk("A")
    before = a.kept()
    (tmp_path / "fel.db").write_text("Hej")
    assert a.refused("restore", str(tmp_path / "fel.db"))["code"] == "no-backup"
    assert a.refused("restore", str(tmp_path / "saknas.db"))["code"] == "no-backup"
    assert a.refused("rescue", "-o", str(a.home / "inne.zip"))["code"] == "rescue-inside"
    assert a.refused("rescue", "-o", str(tmp_path / "ingen" / "mapp.zip"))["code"] == "rescue-file"
    assert a.kept() == before


def test_a_walk_that_was_purged_here_is_not_taken_in_from_a_rescued_copy_and_the_others_of_it_are(
    field: Field, tmp_path: Path
) -> None:
    a, b = field.home("A"), field.home("B")
    walks = sorted(a.walk() for _each in range(3))
    for walk in walks:
        a.made("observe", walk, "--category", "lighting", "--text", "Mörkt")
        a.ask("sync", str(field.stick), "--walk", walk)
    rescued = tmp_path / "räddat.zip"
    assert a.run("rescue", "-o", str(rescued)).code == 0
    b.ask("sync", str(field.stick), "--walk", walks[0])
    assert b.run("walk", "purge", walks[0], "--yes").code == 0
    done = b.run("sync", str(rescued), "--all")
    assert done.code == 0, done.sentence
    assert sorted(each["id"] for each in b.ask("walk", "list")["items"]) == walks[1:]
    assert "gallrad här" in b.run("sync", str(rescued), "--walk", walks[0]).sentence
