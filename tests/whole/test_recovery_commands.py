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
        other.run("sync", str(tmp_path / way), "--all")
        found = alike(walk, a, other)
        assert len(found["photos"]) == 1
        assert other.ask("show", walk)["here"]["photo_files"]["missing"] == []


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
