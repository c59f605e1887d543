"""Three devices, each a process of its own, and one folder: what comes when a sync is killed, what is told then, and
what the next one does."""

import signal
from pathlib import Path

import pytest

from tests.whole.meeting import NOW, Field, picture
from tests.whole.program import Fact, Gatljus

SCRIPT = str(Path(__file__).with_name("sync_cut_short.py"))
PHOTOS = 40
FIVE_DAYS_LATER = "2026-10-28T18:05:00Z"

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")


def take_photos(home: Gatljus, walk: str, folder: Path, count: int, red: int) -> None:
    """Import so many photos, each another colour."""
    folder.mkdir()
    for number in range(count):
        picture(folder / f"IMG_{number:04}.jpg", (red, 5 * number, 90))
    home.ask("photos", "import", walk, str(folder))


def killed(home: Gatljus, stick: Path, walk: str, after: int) -> None:
    """A sync that is killed after it has put so many files of photos."""
    with home.start(SCRIPT, str(home.home), str(stick), walk, str(after)) as process:
        process.communicate()
    assert process.returncode == -signal.SIGKILL


def blobs_on(stick: Path, walk: str) -> set[str]:
    """The files of photos on the stick."""
    return {path.name for path in (stick / "gatljus1" / walk / "blobs").iterdir() if not path.name.endswith(".part")}


def device_of(found: Fact, device: str) -> Fact:
    """A device among those that are told of."""
    (row,) = [each for each in found["items"] if each["id"] == device]
    return dict(row)


def test_a_sync_killed_among_forty_photos_goes_on_days_later_with_exactly_the_rest(field: Field) -> None:
    walk, (a, c) = field.walk("A", "C")
    take_photos(c, walk, field.folder / "foton", PHOTOS, 200)
    every = set(c.ask("show", walk)["here"]["photos"][0]["here"])
    assert every == {"original", "report", "thumb"}
    before = blobs_on(field.stick, walk)
    killed(c, field.stick, walk, 50)
    lying = blobs_on(field.stick, walk)
    assert len(lying - before) == 50
    rest = c.ask("sync", str(field.stick), **{NOW: FIVE_DAYS_LATER})["sent"]
    assert rest["blobs"] == 3 * PHOTOS - 50
    assert lying < blobs_on(field.stick, walk)
    assert c.ask("sync", str(field.stick), **{NOW: FIVE_DAYS_LATER})["sent"] == {"changes": 0, "blobs": 0, "bytes": 0}
    assert a.ask("sync", str(field.stick))["got"]["blobs"] == 3 * PHOTOS
    assert a.items("verify") == c.items("verify") == []


@pytest.fixture
def halted(field: Field) -> tuple[Field, str, list[Gatljus]]:
    """A, B and C have each noted something, B and C have photos, C's sync was killed after twenty files of its twelve
    photos, and the others have met since. Returns the walk and the homes."""
    walk, homes = field.walk("A", "B", "C")
    for each in homes:
        each.made("observe", walk, "--category", "lighting", "--text", each.home.name)
        field.meet(walk, each, *homes)
    take_photos(homes[1], walk, field.folder / "foton B", 3, 10)
    take_photos(homes[2], walk, field.folder / "foton C", 12, 200)
    field.meet(walk, homes[1])
    killed(homes[2], field.stick, walk, 20)
    field.meet(walk, *homes[:2])
    return field, walk, homes


def test_what_came_of_a_killed_sync_and_what_lies_on_the_other_device_is_told_exactly(
    halted: tuple[Field, str, list[Gatljus]],
) -> None:
    _field, walk, (a, _b, c) = halted
    found, theirs = a.ask("devices", walk), c.ask("show", walk)
    row = device_of(found, theirs["here"]["device"])
    true = device_of(c.ask("devices", walk), theirs["here"]["device"])["mine"]
    # All the text has come, and that it has: C said so before its pictures went.
    assert [row[each] for each in ("here", "known", "announced", "gaps")] == [true, true, true, []]
    # Twelve small pictures and eight larger ones went; the rest lies on C.
    assert (found["missing_photos"], len(found["missing_blobs"])) == (12, 16)
    assert {tuple(each) for each in found["missing_at"].values()} == {("C",)}
    assert {each["id"] for each in found["photos"]} < {each["id"] for each in theirs["photos"]}
    assert sum("report" not in each["missing"] for each in found["photos"]) == 8
    assert all("original" in each["missing"] and each["at"] == ["C"] for each in found["photos"])
    assert not any("mottaget" in each for each in found["sentences"])
    words = a.run("devices", walk).out
    assert f"Platta C: {true} av {true} mottagna, senast sedd" in words
    larger = [line for line in words.splitlines() if "finns här i rapportstorlek, originalen är inte här än." in line]
    assert len(larger) == 1 and larger[0].startswith("8 bilder") and larger[0].endswith("De finns hos C.")


def test_everything_is_said_when_the_killed_one_has_gone_on_and_all_have_ended_and_not_before(
    halted: tuple[Field, str, list[Gatljus]],
) -> None:
    field, walk, (a, b, c) = halted

    def said() -> str:
        return " ".join(a.ask("devices", walk)["sentences"])

    a.ask("walk", "end", walk, "--devices", "3")
    b.ask("walk", "end", walk)
    field.meet(walk, a, b, a)
    assert "mottaget" not in said()
    field.meet(walk, c, a)
    assert a.ask("devices", walk)["photos"] == []
    assert "Allt som B, C har skickat är mottaget" in said()
    c.ask("walk", "end", walk)
    assert "Allt från" not in said()
    field.meet(walk, c, b, a)
    assert "Allt från 3 plattor (A, B, C) är mottaget" in said()


def test_each_photo_says_how_far_it_has_come_as_others_announce(field: Field) -> None:
    walk, (a, b) = field.walk("A", "B")
    take_photos(a, walk, field.folder / "foton", 1, 30)

    def state() -> list[str]:
        (one,) = a.ask("show", walk)["here"]["photos"]
        return list(one["state"])

    copied = f"Kopierat till mappen {field.stick} på den här datorn"
    assert state() == ["Sparat här"]
    field.meet(walk, a)
    assert state() == ["Sparat här", copied]
    (blobs,) = (field.stick / "gatljus1").glob("*/blobs")
    a_file = a.ask("show", walk)["photos"][0]["sha256"]
    kept = (blobs / a_file).read_bytes()
    (blobs / a_file).unlink()
    field.meet(walk, b)
    (theirs,) = b.ask("show", walk)["here"]["photos"]
    assert theirs["missing"] == ["original"] and len(theirs["at"]) == 1 and "Sparat här" not in theirs["state"]
    field.meet(walk, a)
    (one,) = a.ask("show", walk)["here"]["photos"]
    assert one["state"] == ["Sparat här", copied]
    assert [(each["lacks"], each["has"]) for each in one["parts"]] == [(["original"], ["report", "thumb"])]
    assert (blobs / a_file).read_bytes() == kept, "it was put again"
    field.meet(walk, b, a)
    (row,) = [each for each in a.ask("devices", walk)["items"] if not each["own"]]
    assert state() == ["Sparat här", copied, f"Mottaget av {row['name']}"]
