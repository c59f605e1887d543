"""The protocol as a file, from real homes: pictures that are none, and files that cannot be written."""

import errno
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from app.base.errors import GatljusError
from app.base.job import finish
from app.commands import stops, walks
from app.commands.drafts import new_record
from app.domain.records import Organisation, Photo, SafetyWalk
from app.domain.values import Position
from app.jobs.export import asked_for
from app.jobs.protocol import handed_to, make_protocol
from app.photos.scale import make_copies
from app.queries.whole import whole_walk
from app.report.compose import compose
from app.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return Session(tmp_path / "home")


def picture(mode: str, kind: str) -> bytes:
    out = BytesIO()
    Image.new(mode, (40, 30)).save(out, kind)
    return out.getvalue()


GOOD = picture("RGB", "JPEG")
NO_COPIES = {
    "no picture": b"\x00\x01 nonsense",
    "nothing": b"",
    "cut in its header": GOOD[:30],
    "another format": picture("RGB", "PNG"),
    "other colours": picture("CMYK", "JPEG"),
}


def test_a_letter_of_a_coordinate_stands_on_one_line_with_its_number(session: Session) -> None:
    walk = walks.new_walk(session, {"title": "Ettan", "area": "Torget"})
    stop = stops.add_stop(session, walk, {"name": "Torget", "position": Position(59.17, 18.14)})
    (shown,) = session.read(SafetyWalk)
    assert re.fullmatch("N\u00a0[0-9]+, E\u00a0[0-9]+", handed_to(session, whole_walk(session, shown)).projected[stop])


def test_a_picture_that_is_none_is_said_to_be_unshown_and_the_protocol_is_made(
    session: Session, tmp_path: Path
) -> None:
    walk = walks.new_walk(session, {"title": "Ettan", "area": "Torget"})
    stop = stops.add_stop(session, walk, {"name": "Torget"})
    for at, data in enumerate((*NO_COPIES.values(), GOOD)):
        said = {"report": session.blobs.put(data), "name": f"{at}.jpg", "width": 40, "height": 30, "stop": stop}
        session.write(walk, new_record(session, Photo, f"{at:032x}", said))
    (shown,) = session.read(SafetyWalk)
    assert handed_to(session, whole_walk(session, shown)).unshown == {f"{at:032x}" for at in range(len(NO_COPIES))}
    made = finish(make_protocol(session, shown, tmp_path / "protokoll.pdf"))
    assert made.unshown == len(NO_COPIES) and (tmp_path / "protokoll.pdf").stat().st_size


@pytest.mark.parametrize("data", [b"no picture", GOOD[:300], None, picture("RGB", "PNG")])
def test_a_logotype_is_printed_where_it_is_here_and_whole(session: Session, tmp_path: Path, data: bytes | None) -> None:
    walk = walks.new_walk(session, {"title": "Ettan", "area": "Torget"})
    logo = session.blobs.put(data or b"not here")
    session.write(walk, new_record(session, Organisation, "a" * 32, {"name": "Kommunen", "logo": logo}))
    if not data:
        session.blobs.delete(logo)
    (shown,) = session.read(SafetyWalk)
    finish(make_protocol(session, shown, tmp_path / "protokoll.pdf"))
    whole = whole_walk(session, shown)
    printed = compose(whole, handed_to(session, whole)).cover.logo
    assert printed == (logo if data == picture("RGB", "PNG") else "")


def test_no_decoder_of_the_program_itself_opens_a_logotype(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    walk = walks.new_walk(session, {"title": "Ettan", "area": "Torget"})
    logo = session.blobs.put(picture("RGB", "PNG"))
    session.write(walk, new_record(session, Organisation, "a" * 32, {"name": "Kommunen", "logo": logo}))
    (shown,) = session.read(SafetyWalk)
    monkeypatch.setattr(Image, "open", None)
    assert handed_to(session, whole_walk(session, shown)).unshown == frozenset()


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_the_copies_that_an_import_makes_are_shown(session: Session, mode: str) -> None:
    made = make_copies(picture(mode, "PNG"))
    assert made.report
    walk = walks.new_walk(session, {"title": "Ettan", "area": "Torget"})
    session.write(walk, new_record(session, Photo, "a" * 32, {"report": session.blobs.put(made.report)}))
    assert handed_to(session, whole_walk(session, session.read(SafetyWalk)[0])).unshown == frozenset()


def test_an_error_of_something_else_is_not_put_on_the_file_that_was_asked_for(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="Input/output") as raised, asked_for(tmp_path / "protokoll.pdf"):
        raise OSError(errno.EIO, os.strerror(errno.EIO), "blob")
    assert raised.value.filename == "blob"
    assert not list(tmp_path.iterdir())


@contextmanager
def no_larger_files(most: int) -> Iterator[None]:
    """Files of this process end at so many bytes."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.skipif(sys.platform == "win32", reason="no limits of files there")
@pytest.mark.parametrize("name", ["protokoll.pdf", "x" * 300, "folder"], ids=["writing", "opening", "renaming"])
def test_what_goes_wrong_with_the_file_that_was_asked_for_is_said_of_it(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder" / "full").mkdir(parents=True)
    with pytest.raises(GatljusError) as refused, no_larger_files(4096), asked_for(tmp_path / name) as out:
        out.write(b"x" * 100_000 * (name != "folder"))
    assert refused.value.code == "not-writable" and name in refused.value.text
    assert [each.name for each in tmp_path.iterdir()] == ["folder"]
