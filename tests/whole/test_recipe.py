"""A target read without the program: the commands that stand in its `about`, run with zcat and jq as they stand."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.whole.meeting import Field, picture


@pytest.mark.skipif(not shutil.which("jq") or not shutil.which("zcat"), reason="needs jq and zcat")
def test_the_recipe_on_a_target_gives_what_the_program_shows(field: Field, tmp_path: Path) -> None:
    walk, (a, b) = field.walk("A", "B")
    kept = a.made("observe", walk, "--category", "lighting", "--text", 'Mörkt vid "trappan"')
    torn = a.made("observe", walk, "--category", "lighting", "--text", "Lampan")
    gone = a.made("observe", walk, "--category", "lighting", "--text", "Fel knapp")
    a.ask("photos", "import", walk, str(picture(tmp_path / "ett.jpg", (20, 30, 60))))
    field.meet(walk, a, b)
    a.made("set", "observation", torn, "text", "Lampan är släckt")
    b.made("set", "observation", torn, "text", "Lampan blinkar")
    b.made("set", "observation", kept, "text", "Mörkt vid rampen")
    a.made("delete", "observation", gone)
    field.meet(walk, a, b, a)
    shown = a.shown(walk)
    assert len(shown["conflicts"]) == 1

    folder = field.stick / "gatljus1" / walk
    (said,) = folder.glob("about.*.json")
    recipe = json.loads(said.read_text("utf-8"))["zcat, jq"]
    assert len(recipe) == 5
    copy = shutil.copytree(folder, tmp_path / "kopia")
    lines = [
        subprocess.run(["sh", "-ec", each], cwd=copy, capture_output=True, encoding="utf-8", check=True).stdout
        for each in recipe
    ]
    observations = {tuple(line.split("\t")) for line in lines[3].splitlines()}
    records = [json.loads(line) for line in (copy / "records.jsonl").read_text("utf-8").splitlines()]
    deleted = {each["id"] for each in records if each.get("deleted")}
    assert deleted == {gone}
    tag_gone = next(each["tag"] for each in records if each["id"] == gone)
    due = {(each["tag"], each["observed_at"], each["text"]) for each in shown["observations"]}
    assert {line for line in observations if line[0] != tag_gone} == due
    photos = {tuple(line.split("\t")) for line in lines[4].splitlines()}
    assert photos == {(each["sha256"], each["name"]) for each in shown["photos"]}
    for original, _name in photos:
        assert (copy / "blobs" / original).is_file()
