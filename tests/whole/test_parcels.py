"""Parcels between devices, each a process of its own: there and back, changed meanwhile, cut short, written nowhere."""

import json
import random
import signal
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from app.base.job import finish
from app.jobs.sync import TRIES, Synced, sync
from app.jobs.targets import walks_at
from app.session import Session
from tests.storage.parcels import write
from tests.whole.meeting import MACHINE, Field, alike, picture
from tests.whole.program import Gatljus


@pytest.fixture
def parcel(tmp_path: Path) -> Path:
    """Where the parcel lies."""
    (tmp_path / "post").mkdir()
    return tmp_path / "post" / "vandringen.zip"


def _packed(field: Field, parcel: Path) -> tuple[str, Gatljus]:
    """A walk with an observation and a photo, which its home has put into the parcel."""
    a = field.home("A")
    walk = a.walk()
    a.made("observe", walk, "--category", "lighting", "--text", "Släckt")
    a.ask("photos", "import", walk, str(picture(field.folder / "ett.jpg", (20, 30, 60))))
    told = a.ask("sync", str(parcel), "--walk", walk)
    assert told["parcel"] == {"size": parcel.stat().st_size, "written": True}
    return walk, a


def test_a_parcel_goes_from_one_device_to_another_and_back(field: Field, parcel: Path) -> None:
    walk, a = _packed(field, parcel)
    b = field.home("B")
    got = b.ask("sync", str(parcel), "--all")["got"]
    assert (got["blobs"], b.ask("show", walk)["here"]["photo_files"]["missing"]) == (4, [])
    b.made("observe", walk, "--category", "lighting", "--text", "Trasig")
    b.ask("sync", str(parcel))
    a.ask("sync", str(parcel))
    found = alike(walk, a, b)
    assert {each["text"] for each in found["observations"]} == {"Släckt", "Trasig"}
    sentences = a.ask("devices", walk)["sentences"]
    assert "Mottaget av B" in sentences
    assert not [each for each in sentences if "Kopierat" in each or "Säkert" in each]
    unchanged = parcel.read_bytes()
    assert not a.ask("sync", str(parcel))["parcel"]["written"]
    assert parcel.read_bytes() == unchanged


def test_a_parcel_unpacked_by_hand_is_a_folder_like_any_other(field: Field, parcel: Path) -> None:
    walk, a = _packed(field, parcel)
    with zipfile.ZipFile(parcel) as zipped:
        zipped.extractall(field.stick)
    b = field.home("B")
    field.meet(walk, b, a)
    alike(walk, a, b)


def test_words_for_people_say_what_became_of_the_parcel(field: Field, parcel: Path) -> None:
    walk, a = _packed(field, parcel)
    a.made("observe", walk, "--category", "lighting", "--text", "Trasig")
    said = a.run("sync", str(parcel)).out
    assert f"Lagt i paketet {parcel}: " in said and "skicka det." in said
    assert "Skickat: 0 ändringar" in a.run("sync", str(parcel)).out
    back = field.home("B").run("sync", str(parcel), "--all").out
    assert "Skicka tillbaka det, så vet avsändaren." in back


def test_a_parcel_that_cannot_be_written_is_taken_in_and_the_command_fails_in_words(field: Field, parcel: Path) -> None:
    walk, a = _packed(field, parcel)
    parcel.chmod(0o444)
    before, b = parcel.read_bytes(), field.home("B")
    said = b.run("sync", str(parcel), "--all")
    assert said.code == 1 and "Inget kunde läggas i paketet" in said.err and "Traceback" not in said.err
    assert parcel.read_bytes() == before
    alike(walk, a, b)


@pytest.mark.parametrize("broken", ["half", "foreign", "no zip", "home"])
def test_what_is_no_parcel_is_refused_in_a_sentence(field: Field, parcel: Path, broken: str) -> None:
    walk, a = _packed(field, parcel)
    if broken == "home":
        home = {path.name: path.read_bytes() for path in a.home.glob("gatljus.db")}
        write(parcel, home)
    elif broken == "foreign":
        write(parcel, {"brev.txt": b"Hej"})
    else:
        parcel.write_bytes(parcel.read_bytes()[:-30] if broken == "half" else b"Hej")
    before, kept = parcel.read_bytes(), a.kept()
    error = a.refused("sync", str(parcel), "--walk", walk)
    codes = {"half": "parcel-half", "foreign": "parcel-foreign", "no zip": "parcel-no-zip", "home": "parcel-is-home"}
    assert error["code"] == codes[broken] and error["advice"]
    assert parcel.read_bytes() == before and a.kept() == kept


def test_a_walk_that_is_purged_in_a_parcel_keeps_no_other_back(field: Field, parcel: Path) -> None:
    walk, a = _packed(field, parcel)
    other = a.walk()
    a.ask("sync", str(parcel), "--walk", other)
    b = field.home("B")
    b.ask("sync", str(parcel), "--all")
    b.made("observe", other, "--category", "lighting", "--text", "Trasig")
    a.ask("walk", "purge", walk, "--yes")
    a.ask("sync", str(parcel))
    said = b.run("--json", "sync", str(parcel)).data
    assert said["asks"] == "purged" and said["parcel"]["written"] and said["sent"]["changes"]
    a.ask("sync", str(parcel))
    assert [each["text"] for each in a.ask("show", other)["observations"]] == ["Trasig"]


def test_a_parcel_whose_walk_was_purged_says_so_and_when_and_that_nothing_is_to_be_had(
    field: Field, parcel: Path
) -> None:
    walk, a = _packed(field, parcel)
    b, c = field.home("B"), field.home("C")
    b.ask("sync", str(parcel), "--all")
    a.ask("walk", "purge", walk, "--yes")
    a.ask("sync", str(parcel))
    with zipfile.ZipFile(parcel) as packed:
        (mark,) = (each for each in packed.namelist() if "/purged." in each)
        day = json.loads(packed.read(mark))["purged"]
    for words in (("--all",), ()):
        said = c.run("sync", str(parcel), *words)
        assert said.code == 0 and "Ingen vandring finns både här" not in said.out
        assert f"Vandringen {walk[:8]} gallrades på målet {day}. Det finns inget av den att hämta där." in said.out
    assert c.ask("sync", str(parcel), "--all")["purged"] == [{"walk": walk, "on": day}]
    assert day in c.refused("sync", str(parcel), "--walk", walk)["text"]
    said = b.run("sync", str(parcel))
    assert said.code == 1 and f"gallrades på målet {day}" in said.out and "walk purge" in said.out


def _meanwhile(home: Gatljus, parcel: Path, do: Callable[[], object]) -> tuple[Synced, list[str]]:
    """Exchange with a parcel; each time it is about to be written, something is done first. What came of it, and what
    was told."""
    told = []
    session = Session(home.home)
    job = sync(session, str(parcel))
    try:
        while True:
            step = next(job)
            if step.text == "Skriver paketet." and step.done == 0:
                do()
            if step.stays:
                told.append(step.text)
    except StopIteration as end:
        done: Synced = end.value
        return done, told
    finally:
        session.close()


def test_a_parcel_that_a_third_device_changed_meanwhile_is_read_again_and_holds_everything(
    field: Field, parcel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk, a = _packed(field, parcel)
    b, c = field.home("B"), field.home("C")
    for each in (b, c):
        each.ask("sync", str(parcel), "--all")
        each.made("observe", walk, "--category", "lighting", "--text", f"Från {each.home.name}")
    monkeypatch.setenv(MACHINE, "machine B")
    left = [1]
    done, told = _meanwhile(b, parcel, lambda: left and left.pop() and c.ask("sync", str(parcel)))
    assert told == ["Någon annan ändrade paketet under tiden. Det läses igen."]
    assert done.as_data()["got"]["changes"] > 0 and done.parcel is not None and done.parcel.written
    for each in (a, c, a):
        each.ask("sync", str(parcel))
    found = alike(walk, a, b, c)
    assert {each["text"] for each in found["observations"]} == {"Släckt", "Från B", "Från C"}


def test_a_parcel_that_changes_again_and_again_is_given_up_in_words_and_nothing_is_lost(
    field: Field, parcel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk, a = _packed(field, parcel)
    b = field.home("B")
    b.ask("sync", str(parcel), "--all")
    a.made("observe", walk, "--category", "lighting", "--text", "Ny")
    number = iter(range(100))

    def change() -> None:
        a.made("observe", walk, "--category", "lighting", "--text", f"Nummer {next(number)}")
        a.ask("sync", str(parcel))

    b.made("observe", walk, "--category", "lighting", "--text", "Från B")
    monkeypatch.setenv(MACHINE, "machine B")
    done, told = _meanwhile(b, parcel, change)
    assert len(told) == TRIES
    assert done.refused is not None and done.refused.code == "parcel-busy" and "tagits emot" in done.refused.advice
    assert done.as_data()["sent"]["changes"] == 0
    for each in (b, a, b):
        each.ask("sync", str(parcel))
    assert len(alike(walk, a, b)["observations"]) == 3 + TRIES


def test_a_process_that_is_killed_while_it_writes_leaves_a_whole_parcel(field: Field, parcel: Path) -> None:
    walk, a = _packed(field, parcel)
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    dice, killed = random.Random(seed), 0
    for number in range(12):
        a.made("observe", walk, "--category", "lighting", "--text", f"Nummer {number}")
        script = f"from app.cli import main; main(['--home', {str(a.home)!r}, 'sync', {str(parcel)!r}])"
        process = a.start("-c", script)
        time.sleep(dice.uniform(0.4, 1.2))
        process.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
        killed += process.wait() != 0
        process.communicate()
        with zipfile.ZipFile(parcel) as zipped:
            assert zipped.testzip() is None
    print(f"{killed} of 12 killed before their end")
    a.ask("sync", str(parcel))
    b = field.home("B")
    b.ask("sync", str(parcel), "--all")
    assert len(alike(walk, a, b)["observations"]) == 13


def test_looking_into_a_parcel_lists_the_walks_of_several_homes(field: Field, parcel: Path) -> None:
    walk, a = _packed(field, parcel)
    b = field.home("B")
    other = b.walk()
    b.ask("sync", str(parcel), "--walk", other)
    session = Session(field.folder / "C")
    found = finish(walks_at(session, parcel))
    session.close()
    assert {each.id for each in found} == {walk, other}
    assert {each.title for each in found} == {"Oktober"}
    a.ask("sync", str(parcel), "--all")
    assert len(a.items("walk", "list")) == 2
