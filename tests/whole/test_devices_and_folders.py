"""Devices that are copied, what they have received from each other, and folders that are not what they were."""

import shutil
import sqlite3
from pathlib import Path
from typing import Any

from tests.storage.sticks import small_disk
from tests.whole.meeting import Field, alike, stop_of
from tests.whole.program import Gatljus


def test_a_copied_home_becomes_a_new_device_and_nothing_is_lost(field: Field) -> None:
    walk, (a, b) = field.walk("A", "B")
    stop = stop_of(a, walk)
    a.made("set", "stop", stop, "name", "Inte skickat än")
    shutil.copytree(a.home, field.folder / "kopia")
    copy = field.home("kopia", machine="machine A")
    ids = [each.ask("show", walk)["here"]["device"] for each in (a, copy)]
    assert ids[0] != ids[1]
    copy.made("set", "stop", stop, "description", "På kopian")
    a.made("set", "stop", stop, "description", "På originalet")
    field.meet(walk, copy, a, b, copy, a)
    found = alike(walk, a, b, copy)
    assert found["stops"][0]["name"] == "Inte skickat än"
    assert {each["value"] for each in found["conflicts"][0]["choices"]} == {"På kopian", "På originalet"}
    (made,) = [each for each in found["devices"] if each["id"] == ids[1]]
    assert made["was"] == ids[0]
    assert len({each["letter"] for each in found["devices"]}) == len(found["devices"])
    # Both go on: none of them is what the other was before.
    told = {each["id"]: each for each in b.ask("devices", walk)["items"]}
    assert [told[each]["successor"] for each in ids] == [None, None]


def test_a_home_that_has_moved_is_told_as_one_device_by_its_new_id(field: Field) -> None:
    walk, (a, b) = field.walk("A", "B")
    stop = stop_of(a, walk)
    a.made("set", "stop", stop, "name", "Före flytten")
    field.meet(walk, a)
    before = a.ask("show", walk)["here"]["device"]
    a.home.rename(field.folder / "flyttad")
    moved = field.home("flyttad", machine="machine A")
    moved.made("set", "stop", stop, "name", "Efter flytten")
    field.meet(walk, moved, b)
    told = {each["id"]: each for each in b.ask("devices", walk)["items"]}
    assert told[before]["successor"] == moved.ask("show", walk)["here"]["device"]


def test_a_disk_image_that_wakes_up_later_takes_a_new_id_before_it_sends_anything(field: Field) -> None:
    walk, (a, b) = field.walk("A", "B")
    stop = stop_of(a, walk)
    shutil.copytree(a.home, field.folder / "avbild")
    a.made("set", "stop", stop, "name", "Efter avbilden")
    field.meet(walk, a, b)
    shutil.rmtree(a.home)
    (field.folder / "avbild").rename(a.home)
    a.made("set", "stop", stop, "name", "Från avbilden")
    before = a.ask("show", walk)["here"]["device"]
    field.meet(walk, a, b, a)
    assert a.ask("show", walk)["here"]["device"] != before
    found = alike(walk, a, b)
    assert {each["value"] for each in found["conflicts"][0]["choices"]} == {"Efter avbilden", "Från avbilden"}


def test_a_device_with_two_walks_shows_no_gaps_and_a_letter_in_each(field: Field) -> None:
    walk, (a, b) = field.walk("A", "B")
    other = a.walk()
    for number in range(3):
        for each in (walk, other):
            a.made("observe", each, "--category", "lighting", "--text", str(number))
    a.ask("sync", str(field.stick), "--walk", other)
    for home in (a, b, a):
        home.ask("sync", str(field.stick), "--all")
    for each in (walk, other):
        found = alike(each, a, b)
        assert [device["letter"] for device in found["devices"]] == ["A"]
        assert sorted((seen["text"], seen["tag"]) for seen in found["observations"]) == [
            ("0", "A1"),
            ("1", "A2"),
            ("2", "A3"),
        ]
        for home in (a, b):
            devices = home.ask("devices", each)
            assert all(device["gaps"] == [] for device in devices["items"])
            assert devices["missing_changes"] == 0


def receipts(home: Gatljus, walk: str) -> list[str]:
    """What may be said on a device."""
    found: list[str] = home.ask("devices", walk)["sentences"]
    return found


def test_receipts_go_through_the_folder_and_are_taken_back_by_what_comes_later(field: Field) -> None:
    walk, (a, b) = field.walk("A", "B")
    a.made("observe", walk, "--category", "lighting", "--text", "ett")
    assert "Sparat här" in receipts(a, walk)
    assert not any("Mottaget av" in each for each in receipts(a, walk))
    field.meet(walk, a)
    assert f"Kopierat till mappen {field.stick} på den här datorn" in receipts(a, walk)
    field.meet(walk, b)
    assert not any("Mottaget av" in each for each in receipts(a, walk))
    field.meet(walk, a)
    (received,) = [each for each in receipts(a, walk) if "Mottaget av" in each]
    b.made("observe", walk, "--category", "lighting", "--text", "två")
    for home in (a, b):
        home.made("walk", "end", walk, "--devices", "2")
    field.meet(walk, b, a, b, a)
    assert "Allt från 2 plattor (A, B) är mottaget" in receipts(a, walk)
    assert received.startswith("Mottaget av ")
    b.made("observe", walk, "--category", "lighting", "--text", "tre")
    field.meet(walk, b, a)
    assert not any(each.startswith("Allt från") for each in receipts(a, walk))


def test_a_tablet_that_took_notes_may_keep_the_walk_and_the_other_be_emptied_and_both_are_told(field: Field) -> None:
    walk, (a, b) = field.walk("A", "B")
    other = a.walk()
    desk = field.home("desk", machine="machine D")
    for home in (a, b):
        home.made("observe", walk, "--category", "lighting", "--text", "sett")
    b.ask("walk", "keep", walk, "--along")
    b.made("walk", "end", walk, "--devices", "2")
    a.ask("sync", str(field.stick), "--walk", other)
    field.meet(walk, a, b, a)
    waits = [each for each in receipts(b, walk) if "avslutad" in each]
    assert waits == ["A har inte sagt att vandringen är avslutad där. Avsluta den där, och synka."]
    a.made("walk", "end", walk)
    field.meet(walk, a, desk, b, desk, a)
    everything = "Allt från 2 plattor (A, B) är mottaget"
    assert {everything, "Säkert att tömma den här plattan."} <= set(receipts(a, walk))
    device = a.ask("show", other)["here"]["device"]
    a.ask("walk", "empty", walk)
    field.meet(walk, b)
    assert everything in receipts(b, walk) and "Mottaget av A" not in receipts(b, walk)
    (row,) = [each for each in b.ask("devices", walk)["items"] if each["letter"] == "A"]
    assert row["emptied"] and a.ask("show", other)["here"]["device"] == device


def held_by(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_more_than_a_tenth_of_the_batches_missing_asks_and_changes_nothing_until_answered(field: Field) -> None:
    walk, (a, b) = field.walk("A", "B")
    for number in range(5):
        a.made("observe", walk, "--category", "lighting", "--text", str(number))
        a.ask("sync", str(field.stick))
    changes = field.stick / "gatljus1" / walk / "changes"
    gone = sorted(changes.iterdir())[:4]
    for path in gone:
        path.unlink()
    a.made("observe", walk, "--category", "lighting", "--text", "väntar")
    before, rows = held_by(field.stick), batches(a)
    for words in (("sync", str(field.stick)), ("sync", str(field.stick), "--walk", walk)):
        said = a.run("--json", *words)
        assert (said.code, said.data["asks"]) == (1, "rolled_back")
        assert said.data["sent"] == said.data["got"] == {"changes": 0, "blobs": 0, "bytes": 0}
    assert a.run("sync", str(field.stick)).code == 1
    assert held_by(field.stick) == before
    assert batches(a) == rows
    answered = a.ask("sync", str(field.stick), "--again")
    assert (answered["asks"], answered["put_again"]) == (None, 4)
    assert all(path.exists() for path in gone)
    b.ask("sync", str(field.stick))
    alike(walk, a, b)


def batches(home: Gatljus) -> list[Any]:
    """The batches that a home holds."""
    with sqlite3.connect(f"file:{home.home / 'gatljus.db'}?mode=ro", uri=True) as found:
        rows = found.execute("select name from batch order by name").fetchall()
    found.close()
    return rows


def test_an_emptied_and_a_foreign_folder_ask_too(field: Field) -> None:
    walk, (a, b) = field.walk("A", "B")
    shutil.rmtree(field.stick / "gatljus1")
    said = a.run("--json", "sync", str(field.stick))
    assert (said.code, said.data["asks"]) == (1, "empty")
    assert list(field.stick.iterdir()) == []
    other = field.home("C")
    other.ask("sync", str(field.stick), "--walk", other.walk())
    said = a.run("--json", "sync", str(field.stick), "--walk", walk)
    assert (said.code, said.data["asks"]) == (1, "foreign")
    assert not (field.stick / "gatljus1" / walk).exists()
    a.ask("sync", str(field.stick), "--walk", walk, "--again")
    assert b.run("--json", "sync", str(field.stick)).data["asks"] == "foreign"
    b.ask("sync", str(field.stick), "--again")
    alike(walk, a, b)


def test_an_erased_name_is_gone_from_every_device_and_from_the_folder(field: Field) -> None:
    walk, (a, b) = field.walk("A", "B")
    person = a.made("add", "participant", walk, "role=boende", "name=Anna Ek")
    field.meet(walk, a, b)
    blobs = [path for path in field.stick.rglob("blobs/*") if b"Anna Ek" in path.read_bytes()]
    assert len(blobs) == 1
    assert any(b"Anna Ek" in data for data in held_by(b.home / "blobs").values())
    a.made("set", "participant", person, "erased", "true")
    field.meet(walk, a, b)
    for folder in (a.home, b.home, field.stick):
        assert not any(b"Anna Ek" in data for data in held_by(folder).values())
    alike(walk, a, b)


def test_a_stick_that_is_out_is_not_made_anew_on_the_disk(field: Field) -> None:
    walk, (a, b) = field.walk("A", "B")
    field.meet(walk, a, b)
    away = field.stick.rename(field.stick.with_name("ute"))
    for words in (("sync", str(field.stick)), ("sync", str(field.stick), "--again")):
        assert a.refused(*words)["code"] == "target-missing"
    assert not field.stick.exists()
    away.rename(field.stick)
    a.ask("sync", str(field.stick))


def test_several_that_end_the_walk_contradict_nobody(field: Field) -> None:
    walk, (a, b) = field.walk("A", "B")
    field.meet(walk, a, b)
    a.made("walk", "end", walk)
    b.made("walk", "end", walk)
    field.meet(walk, a, b, a)
    assert a.items("conflicts") == b.items("conflicts") == []
    assert alike(walk, a, b)["walk"]["ends"]


def test_what_was_passed_over_is_told_by_what_it_is_and_named_in_the_data_alone(field: Field) -> None:
    walk, (a, b) = field.walk("A", "B")
    changes = field.stick / "gatljus1" / walk / "changes"
    before = set(changes.iterdir())
    for number in range(2):
        a.made("observe", walk, "--category", "lighting", "--text", str(number))
        a.ask("sync", str(field.stick))
    for path in set(changes.iterdir()) - before:
        path.write_bytes(bytes(path.stat().st_size))
    said = b.run("sync", str(field.stick))
    assert "2 filer med ändringar: Filen är skadad." in said.sentence
    assert not any(word in said.sentence for word in ("gatljus1/", "jsonl", "paket"))
    told = b.run("devices", walk).sentence
    assert f"hittade 2 skadade filer med ändringar på målet {field.stick} och hämtade dem inte." in told
    assert [each["name"][-9:] for each in b.ask("sync", str(field.stick))["damaged"]] == [".jsonl.gz"] * 2


def test_an_image_that_wrote_before_it_met_others_is_whole_once_all_have_both(field: Field) -> None:
    walk, (a, b) = field.walk("A", "B")
    a.made("observe", walk, "--category", "lighting", "--text", "ett")
    shutil.copytree(a.home, field.folder / "avbild")
    a.made("observe", walk, "--category", "lighting", "--text", "två, bara före avbilden")
    field.meet(walk, a)
    shutil.rmtree(a.home)
    (field.folder / "avbild").rename(a.home)
    a.made("observe", walk, "--category", "lighting", "--text", "två, ur avbilden")
    field.meet(walk, a, b, a)
    for home in (a, b):
        found = home.ask("devices", walk)
        assert found["missing_changes"] == 0 and not any(each["forked"] for each in found["items"])
    assert len(alike(walk, a, b)["observations"]) == 3


def test_a_home_whose_disk_is_full_says_so_also_where_it_is_only_read(tmp_path: Path) -> None:
    with small_disk(tmp_path, 6 << 20) as disk:
        home = Gatljus(disk / "hem")
        walk = home.walk()
        (disk / "fyllning").write_bytes(b"x" * (shutil.disk_usage(disk).free & ~4095))
        for words in (["walk", "list"], ["show", walk], ["observe", walk, "--category", "lighting", "--text", "x"]):
            said = home.run(*words)
            assert said.code != 0 and "Disken är full." in said.err
        (disk / "fyllning").unlink()
        assert home.run("verify").code == 0


def test_a_copy_of_a_home_on_its_own_machine_has_the_new_id_and_the_first_one_keeps_its_own(field: Field) -> None:
    walk, (a,) = field.walk("A")
    a.made("observe", walk, "--category", "lighting", "--text", "ett")
    field.meet(walk, a)
    shutil.copytree(a.home, field.folder / "kopia")
    copy = field.home("kopia", machine="machine A")
    field.meet(walk, copy, a)
    (own,) = [each for each in a.ask("devices", walk)["items"] if each["own"]]
    assert own["successor"] is None and own["latest"]
