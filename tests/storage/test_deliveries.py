"""How far one photo has come, in the fixed words: said of its change and all its files, proved, and never before."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.commands.records import set_fields
from app.domain.records import Photo
from app.queries.deliveries import Delivery, Part, deliveries, missing_lines, words_of
from app.sync.heads import name_of, said_in
from app.sync.targets.folder import FolderTarget
from tests.storage.exchanging import Recording
from tests.storage.three_homes import FILES, Homes, homes_in


@pytest.fixture
def homes(tmp_path: Path) -> Iterator[Homes]:
    """Three homes that have each noted something, and so a letter, and have met."""
    with homes_in(tmp_path) as made:
        for letter in "ABC":
            made.sync(letter, FolderTarget(tmp_path / "minne"))
            made.note(letter)
            made.sync(letter, FolderTarget(tmp_path / "minne"))
        for letter in "ABC":
            made.sync(letter, FolderTarget(tmp_path / "minne"))
        yield made


def words(homes: Homes, letter: str, photo: str) -> str:
    """What is said of a photo on a device."""
    return " ".join(words_of(deliveries(homes.sessions[letter], homes.walk)[photo]))


def file_of(homes: Homes, letter: str, photo: str, field: str) -> str:
    """The name of a photo's file."""
    (found,) = homes.sessions[letter].read(Photo, {"id": photo})
    return str(getattr(found, field))


def rewrite(folder: Path, homes: Homes, letter: str, **change: object) -> None:
    """Edit a device's latest announcement by hand."""
    heads = folder / "gatljus1" / homes.walk / "heads"
    latest = max(each for each in heads.iterdir() if each.name.startswith(homes.device(letter)))
    data = json.dumps(json.loads(latest.read_text()) | change, sort_keys=True).encode()
    (heads / name_of(homes.device(letter), said_in(latest.name)[1] + 1, data)).write_bytes(data)


def test_the_words_come_one_after_the_other_for_each_photo_by_itself(homes: Homes, tmp_path: Path) -> None:
    stick = tmp_path / "minne"
    first = homes.photo("A")
    assert words(homes, "A", first).startswith("Sparat här. ")
    original = file_of(homes, "A", first, "original")
    homes.sync("A", Recording(FolderTarget(stick), {f"put gatljus1/{homes.walk}/blobs/{original}": OSError(5, "fel")}))
    second = homes.photo("A")
    assert f"Kopierat till {stick}" not in words(homes, "A", first), "its original does not lie there"
    homes.sync("B", FolderTarget(stick))
    homes.sync("A", Recording(FolderTarget(stick), {f"put gatljus1/{homes.walk}/blobs/{original}": OSError(5, "fel")}))
    told = words(homes, "A", first)
    assert "B har bilden i rapportstorlek, originalet är på väg." in told
    assert "C har inte sagt att den känner till fotot." in told
    assert words(homes, "A", second).startswith(f"Sparat här. Kopierat till {stick}. B har inte sagt"), "its files do"
    for letter in "ABCA":
        homes.sync(letter, FolderTarget(stick))
    assert words(homes, "A", first) == f"Sparat här. Kopierat till {stick}. Mottaget av B. Mottaget av C."
    # When B was there, C had not been.
    before = f"Sparat här. Kopierat till {stick}. Sparat hos A. "
    assert words(homes, "B", second) == f"{before}C har inte sagt att den känner till fotot."


def test_what_is_not_here_is_told_with_who_has_it(homes: Homes, tmp_path: Path) -> None:
    stick, photo = tmp_path / "minne", homes.photo("C")
    homes.sync("C", FolderTarget(stick))
    for field in ("original", "report"):
        (stick / "gatljus1" / homes.walk / "blobs" / file_of(homes, "C", photo, field)).unlink()
    homes.sync("A", FolderTarget(stick))
    told = words(homes, "A", photo)
    assert told.startswith("En del av bilden är inte här än. Den finns hos C. Sparat hos C.")
    found = deliveries(homes.sessions["A"], homes.walk)
    assert list(missing_lines(homes.sessions["A"].read(Photo), found)) == [
        f"{photo[:8]}: En del av bilden är inte här än. Den finns hos C."
    ]
    rewrite(stick, homes, "C", lacking=[file_of(homes, "C", photo, "report")])
    homes.sync("A", FolderTarget(stick))
    assert "Ingen som har hörts av har sagt att den har den." in words(homes, "A", photo)


def test_photos_of_which_the_same_may_be_said_are_one_line_and_each_stays_in_the_data(
    homes: Homes, tmp_path: Path
) -> None:
    stick, photos = tmp_path / "minne", [homes.photo("C") for _ in range(5)]
    homes.sync("C", FolderTarget(stick))
    blobs = stick / "gatljus1" / homes.walk / "blobs"
    for photo in photos[:4]:
        (blobs / file_of(homes, "C", photo, "original")).unlink()
    for field in FILES:
        (blobs / file_of(homes, "C", photos[4], field)).unlink()
    homes.sync("A", FolderTarget(stick))
    session = homes.sessions["A"]
    found, names = deliveries(session, homes.walk), [each[:8] for each in photos]
    few = f"({names[0]}, {names[1]} och 2 till)"
    assert list(missing_lines(session.read(Photo), found)) == [
        f"4 bilder {few} finns här i rapportstorlek, originalen är inte här än. De finns hos C.",
        f"{names[4]}: Bilden är inte här än. Den finns hos C.",
    ]
    three = [each for each in session.read(Photo) if each.id in photos[:3]]
    assert next(missing_lines(three, found)).startswith(f"3 bilder ({names[0]}, {names[1]} och {names[2]}) finns här")
    assert sorted(each for each in found if found[each].as_data()["missing"]) == sorted(photos)


def test_a_later_change_of_the_photo_takes_the_words_back_until_it_has_come_too(homes: Homes, tmp_path: Path) -> None:
    stick, photo = tmp_path / "minne", homes.photo("A")
    for letter in "ABA":
        homes.sync(letter, FolderTarget(stick))
    assert "Mottaget av B." in words(homes, "A", photo)
    set_fields(homes.sessions["A"], homes.sessions["A"].read(Photo, {"id": photo})[0], {"caption": "Vid trappan"})
    told = words(homes, "A", photo)
    assert "Mottaget av B" not in told and "Kopierat" not in told
    assert "B har bilden, men inte det senaste som skrevs om den." in told


def test_what_this_log_cannot_check_is_no_receipt(homes: Homes, tmp_path: Path) -> None:
    stick, photo = tmp_path / "minne", homes.photo("C")
    for letter in "CBA":
        homes.sync(letter, FolderTarget(stick))
    assert "Mottaget av B." in words(homes, "A", photo)
    have = homes.sessions["B"].log.have(homes.walk) | {homes.device("C"): [99, "0" * 16]}
    rewrite(stick, homes, "B", have=have)
    homes.sync("A", FolderTarget(stick))
    told = words(homes, "A", photo)
    assert "Mottaget av B" not in told
    assert "B säger att den har bilden. Det kan kontrolleras när alla ändringar är här." in told


def test_what_a_device_has_of_a_photo_is_said_in_words() -> None:
    def told(*has: str, knows: bool = True) -> str:
        lacks = tuple(each for each in FILES if each not in has)
        part = Part("B", lacks, has, knows, knows)
        return " ".join(words_of(Delivery("7" * 32, (), FILES, (), (), (part,))))

    assert told("thumb") == "B har en liten bild, resten är på väg."
    assert told("report", "thumb") == "B har bilden i rapportstorlek, originalet är på väg."
    assert told("original", "thumb") == "B har en del av bilden, resten är på väg."
    assert told() == "B har texten, bilden är på väg."
    assert told(knows=False) == "B har inte sagt att den känner till fotot."


def test_one_photo_is_told_alone_and_as_data(homes: Homes) -> None:
    photo, other = homes.photo("A"), homes.photo("A")
    found = deliveries(homes.sessions["A"], homes.walk, photo)
    assert set(found) == {photo} != {other}
    data = found[photo].as_data()
    assert (data["id"], data["state"], data["missing"]) == (photo, ("Sparat här",), ())
    assert found[photo].is_here
