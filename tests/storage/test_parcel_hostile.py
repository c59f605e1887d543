"""Parcels that are broken, foreign, packed anew by hand, or meant to do harm: each is said in words, none does any."""

import io
import random
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from app.base.errors import GatljusError
from app.sync.targets import contents
from app.sync.targets.parcel import ParcelTarget
from tests.homes import STOP, Home, Make
from tests.storage.exchanging import UNDER, photo
from tests.storage.parcels import Entry, entries, link, sync, write

Content = dict[str, bytes]


@pytest.fixture
def parcel(tmp_path: Path) -> Path:
    """Where the parcel lies."""
    return tmp_path / "vandringen.zip"


@pytest.fixture
def good(home: Make, parcel: Path) -> Content:
    """A parcel of six changes and three blobs lies there; what is in it."""
    a = home("A")
    a.new("stop", STOP, name="Torget")
    photo(a)
    sync(a, parcel)
    return entries(parcel)


def refused(parcel: Path) -> GatljusError:
    """Why a parcel was not opened. It lies there as it was, and nothing beside it."""
    before, beside = parcel.read_bytes(), sorted(parcel.parent.iterdir())
    with pytest.raises(GatljusError) as told:
        ParcelTarget(parcel)
    assert told.value.text.endswith(".") and str(parcel) in told.value.text
    assert told.value.advice.endswith(".")
    assert parcel.read_bytes() == before and sorted(parcel.parent.iterdir()) == beside
    return told.value


def taken_in(home: Make, parcel: Path) -> Home:
    """A home that takes in everything of the parcel."""
    b = home("B")
    report, _written = sync(b, parcel)
    assert (report.got.changes, report.got.blobs, report.damaged, report.problems) == (2, 3, [], [])
    return b


BATCH = f"{UNDER}changes/" + "ab" * 16 + ".0000000001-0000000001." + "0" * 16 + ".jsonl.gz"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../ute", "parcel-leads-out"),
        ("gatljus1/../../ute", "parcel-leads-out"),
        ("gatljus1/x/..", "parcel-leads-out"),
        ("/etc/passwd", "parcel-leads-out"),
        ("C:/Windows/x", "parcel-leads-out"),
        ("C:\\Windows\\x", "parcel-leads-out"),
        ("..\\ute", "parcel-leads-out"),
        ("\\\\server\\x", "parcel-leads-out"),
    ],
)
def test_names_that_lead_out_are_refused(good: Content, parcel: Path, name: str, code: str) -> None:
    write(parcel, {**good, name: b"ont"})
    assert refused(parcel).code == code


def test_links_are_refused(good: Content, parcel: Path) -> None:
    more: list[Entry] = [link(BATCH, "/etc/passwd")]
    write(parcel, [*good.items(), *more])
    assert refused(parcel).code == "parcel-links"


def test_two_objects_of_one_name_are_refused_and_the_same_one_twice_is_not(
    home: Make, good: Content, parcel: Path
) -> None:
    name = next(each for each in good if "/blobs/" in each)
    with pytest.warns(UserWarning, match="Duplicate"):
        write(parcel, [*good.items(), (name, b"annat")])
    assert refused(parcel).code == "parcel-doubled"
    with pytest.warns(UserWarning, match="Duplicate"):
        write(parcel, [*good.items(), (name, good[name])])
    taken_in(home, parcel)


def _locked(parcel: Path) -> None:
    """Mark every entry as encrypted, in both places where a zip says so."""
    data = bytearray(parcel.read_bytes())
    for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(mark, place + 4)
    parcel.write_bytes(data)


def test_a_parcel_with_a_password_says_how_to_get_at_it(good: Content, parcel: Path) -> None:
    write(parcel, good)
    _locked(parcel)
    told = refused(parcel)
    assert told.code == "parcel-locked" and "Packa upp det i en mapp" in told.advice


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_way_of_packing_whose_size_cannot_be_bounded_is_refused(good: Content, parcel: Path, how: int) -> None:
    write(parcel, good, how)
    assert refused(parcel).code == "parcel-packed-otherwise"


def test_a_bomb_that_says_its_size_is_refused_before_it_is_read(good: Content, parcel: Path) -> None:
    write(parcel, {**good, f"{UNDER}blobs/{'0' * 64}": bytes(30_000_000)}, zipfile.ZIP_DEFLATED)
    tracemalloc.start()
    assert refused(parcel).code == "parcel-bomb"
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


@pytest.mark.usefixtures("good")
@pytest.mark.parametrize("part", ["blobs", "changes"])
def test_an_object_larger_than_any_of_its_sort_is_refused(
    parcel: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    monkeypatch.setattr(contents, {"blobs": "MOST_BLOB", "changes": "MAX_UNPACKED"}[part], 50)
    assert refused(parcel).code == "parcel-bomb"


def test_many_objects_that_share_their_bytes_are_a_bomb(parcel: Path) -> None:
    """One object of 900 kB, and a directory that names it a hundred times."""
    name = f"{UNDER}blobs/{'0' * 64}"
    write(parcel, {name: bytes(900_000)}, zipfile.ZIP_DEFLATED)
    data = parcel.read_bytes()
    start = data.index(b"PK\1\2")
    entry, end = data[start : data.index(b"PK\5\6")], data[data.index(b"PK\5\6") :]
    names = (f"{UNDER}blobs/{number:064x}".encode() for number in range(100))
    directory = b"".join(entry.replace(name.encode(), each) for each in names)
    end = end[:8] + struct.pack("<HHI", 100, 100, len(directory)) + end[16:]
    parcel.write_bytes(data[:start] + directory + end)
    assert refused(parcel).code == "parcel-bomb"


def test_a_bomb_that_hides_its_size_gives_no_more_bytes_than_it_says(home: Make, good: Content, parcel: Path) -> None:
    name, small = f"{UNDER}blobs/{'0' * 64}", 1000
    write(parcel, {**good, name: bytes(30_000_000)}, zipfile.ZIP_DEFLATED)
    parcel.write_bytes(parcel.read_bytes().replace(struct.pack("<I", 30_000_000), struct.pack("<I", small)))
    target = ParcelTarget(parcel)
    assert target.list(name) == {name: small}
    tracemalloc.start()
    with pytest.raises(GatljusError, match="skadad"):
        target.get(name)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()
    target.close()
    taken_in(home, parcel)


def test_a_directory_of_any_size_fills_no_memory(parcel: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(parcel, {f"{UNDER}blobs/{number:064x}": b"x" for number in range(2000)})
    monkeypatch.setattr(contents, "MOST_DIRECTORY", 100_000)
    assert refused(parcel).code == "parcel-half"


@pytest.mark.usefixtures("good")
def test_half_a_parcel_is_called_so_wherever_it_was_cut(parcel: Path) -> None:
    data = parcel.read_bytes()
    for end in (4, 100, len(data) // 2, len(data) - 23, len(data) - 1):
        parcel.write_bytes(data[:end])
        told = refused(parcel)
        assert told.code == "parcel-half", end
        assert "en gång till" in told.advice


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"P", bytes(5000)])
def test_what_is_no_zip_is_called_so(parcel: Path, data: bytes) -> None:
    parcel.write_bytes(data)
    assert refused(parcel).code == "parcel-no-zip"


@pytest.mark.parametrize("content", [{}, {"brev.txt": b"Hej"}, {"gatljus2/w/x": b"1"}, {"gatljus1": b"1"}])
def test_a_zip_of_something_else_is_not_written_into(parcel: Path, content: Content) -> None:
    write(parcel, content)
    assert refused(parcel).code == "parcel-foreign"


def test_a_copy_of_a_whole_home_is_called_so(parcel: Path) -> None:
    write(parcel, {"home/gatljus.db": b"SQLite", "home/device.json": b"{}", "home/blobs/ab/abcd": b"1"})
    told = refused(parcel)
    assert told.code == "parcel-is-home" and "restore" in told.advice


def _under(folder: str) -> Callable[[Content], Content]:
    return lambda content: {f"{folder}/{name}": data for name, data in content.items()}


JUNK = {
    "__MACOSX/gatljus1/._target": b"x", "__MACOSX/._gatljus1": b"x", ".DS_Store": b"x", "gatljus1/.DS_Store": b"x",
    "gatljus1/desktop.ini": b"x", "gatljus1/Thumbs.db": b"x", f"{UNDER}blobs/._{'a' * 64}": b"x", "gatljus1/": b"",
    f"{UNDER}blobs/": b"",
}  # fmt: skip
REPACKED: dict[str, Callable[[Content], Content]] = {
    "one level deeper": _under("vandringen"),
    "two levels deeper, with å": _under("Från Åsa/vandringen (1)"),
    "with backslashes": lambda content: {name.replace("/", "\\"): data for name, data in content.items()},
    "with what systems add": lambda content: {**content, **JUNK},
    "with all of it": lambda content: _under("vandringen")({**JUNK, **content}),
    "with a placeholder and an empty file": lambda content: {
        **content, f"{UNDER}blobs/.{'b' * 64}.icloud": b"bplist", f"{UNDER}blobs/{'c' * 64}": b"",
    },
    "in two folders": lambda content: {**_under("a")(content), **_under("b")(content)},
}  # fmt: skip


@pytest.mark.parametrize("how", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("repacked", REPACKED)
def test_a_parcel_that_somebody_unpacked_and_packed_again_is_understood(
    home: Make, good: Content, parcel: Path, repacked: str, how: int
) -> None:
    write(parcel, REPACKED[repacked](good), how)
    b = taken_in(home, parcel)
    written = entries(parcel)
    assert good.items() <= written.items()
    assert set(written) - set(good) == {name for name in written if f"/heads/{b.device}" in name}


def test_noise_in_a_parcel_never_ends_in_anything_but_words(home: Make, good: Content, parcel: Path) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    dice, whole = random.Random(seed), parcel.read_bytes()
    b = home("B")
    for _time in range(150):
        data = bytearray(whole)
        for _spot in range(dice.choice((1, 1, 4, 40))):
            data[dice.randrange(len(data))] = dice.randrange(256)
        parcel.write_bytes(data[: dice.choice((len(data), dice.randrange(len(data))))])
        with suppress(GatljusError):
            sync(b, parcel)
    write(parcel, good)
    sync(b, parcel)
    assert len(b.blobs.names()) == 3


def test_a_zip_inside_is_only_an_object(home: Make, good: Content, parcel: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as zipped:
        zipped.writestr("../x", b"1")
    write(parcel, {**good, f"{UNDER}packs/x.zip": inner.getvalue()})
    taken_in(home, parcel)
