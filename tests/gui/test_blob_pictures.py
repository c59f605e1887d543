"""Pictures of blobs, decoded beside the window."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image

from app.session import Session
from tests.gui.hands import until
from ui.bridge import pictures as bridge
from ui.bridge.pictures import Pictures


@pytest.fixture
def pictures(session: Session) -> Iterator[Pictures]:
    """The pictures of a home."""
    made = Pictures(session.blobs)
    yield made
    made.stop()


def grey(shade: int) -> bytes:
    """A picture in one shade of grey, which is decoded with a byte for each pixel."""
    out = BytesIO()
    Image.new("L", (64, 64), shade).save(out, "PNG")
    return out.getvalue()


def test_a_picture_whose_blob_comes_later_is_shown_when_it_is_here(session: Session, pictures: Pictures) -> None:
    data = grey(90)
    name = session.blobs.put(data)
    session.blobs.delete(name)
    for _time in range(2):
        found = pictures.get(name, 0)
        until(lambda: not pictures.waits(), "the end of the decoding")
        assert found is None or found.isNull()
    session.blobs.put(data)
    pictures.get(name, 0)
    until(lambda: not pictures.waits(), "the end of the decoding")
    picture = pictures.get(name, 0)
    assert picture is not None and picture.width() == 64


def test_a_blob_that_is_no_picture_is_looked_at_once(session: Session, pictures: Pictures) -> None:
    name = session.blobs.put(b"no picture")
    assert pictures.get(name, 0) is None
    until(lambda: not pictures.waits(), "the end of the decoding")
    picture = pictures.get(name, 0)
    assert picture is not None and picture.isNull() and not pictures.waits()


def test_grey_pictures_weigh_the_same_when_they_come_and_go(
    session: Session, pictures: Pictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bridge, "MOST_BYTES", 3 * 64 * 64 * 4)
    for shade in range(20):
        pictures.get(session.blobs.put(grey(shade)), 0)
        until(lambda: not pictures.waits(), "the end of the decoding")
    assert len(pictures._held) == 3
    assert pictures._bytes == 3 * 64 * 64 * 4
