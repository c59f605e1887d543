"""Photos in a walk for tests of windows: small files of one's own, kept as an import keeps them."""

import shutil
from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from app.commands.drafts import new_record
from app.commands.photos import photo_id
from app.domain.change import Draft
from app.domain.records import Photo, SafetyWalk
from app.domain.values import TakenAtSource
from app.session import Session

DATA = Path(__file__).resolve().parents[1] / "data" / "photos"


def card(folder: Path, *names: str) -> Path:
    """A camera's card with these of the tests' photos."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        shutil.copy(DATA / name, folder / name)
    return folder


def drawn(color: str, size: tuple[int, int] = (64, 48)) -> bytes:
    """A JPEG of one colour."""
    out = BytesIO()
    Image.new("RGB", size, color).save(out, "JPEG")
    return out.getvalue()


def keep(session: Session, walk: str, number: int, **said: Any) -> str:
    """Keep a small photo, the `number`th. Returns its id. The original is no picture: whoever decodes it fails."""
    (about,) = session.read(SafetyWalk, {"id": walk})
    assert isinstance(about.starts, datetime)
    original = session.blobs.put(f"the original of {number}, which nobody may decode".encode())
    values = {
        "original": original,
        "report": session.blobs.put(drawn(f"#{number % 256:02x}8060", (640, 480 + number))),
        "thumb": session.blobs.put(drawn(f"#{number % 256:02x}4040", (320, 240 + number))),
        "name": f"IMG_{number:04d}.JPG",
        "format": "JPEG",
        "width": 640,
        "height": 480,
        "taken_at": about.starts + timedelta(minutes=number),
        "taken_at_source": TakenAtSource.OFFSET,
        **said,
    }
    record = photo_id(walk, original)
    drafts: Sequence[Draft] = new_record(session, Photo, record, values)
    session.write(walk, drafts)
    return record
