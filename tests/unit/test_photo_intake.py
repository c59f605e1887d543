"""Which files are taken up, in what order, and when."""

import os
from pathlib import Path

import pytest

from app.photos.intake import HEAD, Format, Watch, format_of, photos_in

JPEG = b"\xff\xd8\xff\xe0" + bytes(60)


def _box(major: bytes, *others: bytes) -> bytes:
    body = b"ftyp" + major + bytes(4) + b"".join(others)
    return (len(body) + 4).to_bytes(4, "big") + body + b"....meta"


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (JPEG, Format.JPEG),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), Format.PNG),
        (b"RIFF\x10\0\0\0WEBPVP8X", Format.WEBP),
        (_box(b"heic", b"mif1", b"heic"), Format.HEIC),
        (_box(b"mif1", b"heic"), Format.HEIC),
        (_box(b"mif1", b"avif", b"miaf"), Format.AVIF),
        (_box(b"avif"), Format.AVIF),
        (_box(b"isom", b"mp42"), None),
        (b"RIFF\x10\0\0\0WAVEfmt ", None),
        (b"GIF89a", None),
        ("Anteckningar från mötet".encode(), None),
        (b"", None),
    ],
)
def test_the_content_says_what_a_file_is(head: bytes, kind: Format | None) -> None:
    assert format_of(head) is kind
    assert format_of(head[:HEAD]) is kind


def _fill(folder: Path) -> None:
    for name, data in {
        "b/IMG_2.jpg": JPEG,
        "b/a/IMG_3.HEIC": JPEG,
        "IMG_1.jpg": JPEG,
        "c.jpg": b"",
        "note.jpg": b"text",
        "read me.txt": b"text",
        "nameless": JPEG,
        ".hidden.jpg": JPEG,
        ".hidden/IMG_4.jpg": JPEG,
        "IMG_5.jpg.part": JPEG,
        "film.mp4": b"film",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def test_a_folder_is_read_all_the_way_down_in_the_order_of_names(tmp_path: Path) -> None:
    _fill(tmp_path)
    names = [path.relative_to(tmp_path).as_posix() for path in photos_in([tmp_path])]
    assert names == ["IMG_1.jpg", "b/IMG_2.jpg", "b/a/IMG_3.HEIC", "c.jpg", "film.mp4", "nameless", "note.jpg"]
    assert names == sorted(names, key=lambda name: name.split("/"))


def test_what_is_named_is_taken_as_it_is_and_once(tmp_path: Path) -> None:
    _fill(tmp_path)
    wanted = [tmp_path / "read me.txt", tmp_path / "gone.jpg", tmp_path / ".hidden.jpg", tmp_path / "IMG_1.jpg"]
    assert list(photos_in([*wanted, tmp_path / "b" / ".." / "IMG_1.jpg"])) == wanted
    assert len(list(photos_in([tmp_path / "b", tmp_path / "b" / "a"]))) == 2


@pytest.mark.skipif(not hasattr(os, "symlink") or os.name == "nt", reason="links need a privilege on Windows")
def test_a_folder_that_links_to_itself_ends(tmp_path: Path) -> None:
    _fill(tmp_path)
    (tmp_path / "b" / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert len(list(photos_in([tmp_path]))) == 7


class Hand:
    """A clock that is set by hand."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_watched_file_is_handed_on_once_it_has_stood_still(tmp_path: Path) -> None:
    clock = Hand()
    watch = Watch(tmp_path, clock)
    photo = tmp_path / "IMG_1.jpg"
    photo.write_bytes(JPEG)
    assert watch.look() == []
    clock.now += 1.0
    with open(photo, "ab") as out:
        out.write(b"more")
    assert watch.look() == []
    clock.now += 1.5
    assert watch.look() == []
    clock.now += 0.5
    assert watch.look() == [photo]
    clock.now += 10.0
    assert watch.look() == []


def test_a_watched_file_that_is_written_anew_comes_again(tmp_path: Path) -> None:
    clock = Hand()
    watch = Watch(tmp_path, clock)
    photo = tmp_path / "IMG_1.jpg"
    for data in (JPEG, JPEG + b"another"):
        photo.write_bytes(data)
        assert watch.look() == []
        clock.now += 2.0
        assert watch.look() == [photo]


def test_a_folder_without_photos_gives_nothing(tmp_path: Path) -> None:
    assert list(photos_in([tmp_path])) == []
