"""Pictures of this home that are decoded again, in a worker process as a file that is imported is: others may have made
them, and a decoder that one brings down must not take the program along."""

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from app.base.errors import disk_full
from app.photos.intake import Format
from app.photos.pool import Failed, Pool, Prepared
from app.photos.reasons import Reason
from app.photos.scale import Pixels
from app.photos.worker import show


def pixels_in(path: Path, most_px: int) -> Pixels | None:
    """The whole picture of a file, with no more than `most_px` pixels where its sides can be divided by 8 so far. None
    where it cannot be shown. Raises GatljusError where the disk is full."""
    with Pool(preparing=partial(show, most_px=most_px), workers=1) as pool:
        (seen,) = _with_room(pool.run([path]))
    if not isinstance(seen, Prepared) or seen.report is None:
        return None
    width, height = seen.width or 0, seen.height or 0
    return Pixels(width, height, seen.report) if len(seen.report) == 3 * width * height else None


def printable(paths: Iterable[Path]) -> set[Path]:
    """Those of the files that can be decoded whole as a picture that a page can take. Raises GatljusError where the
    disk is full."""
    files = list(paths)
    if not files:
        return set()
    with Pool(workers=1) as pool:
        return {each.path for each in _with_room(pool.run(files)) if isinstance(each, Prepared) and _is_whole(each)}


def _with_room(results: Iterable[Prepared | Failed]) -> Iterator[Prepared | Failed]:
    for each in results:
        if isinstance(each, Failed) and each.reason is Reason.NO_ROOM:
            raise disk_full()
        yield each


def _is_whole(found: Prepared) -> bool:
    return found.report is not None and not found.damaged and found.format is not Format.HEIC
