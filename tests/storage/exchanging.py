"""A folder where devices meet, what lies there, and what is asked of it."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from app.domain.ports import Target
from tests.homes import PICTURE, WALK, Home

UNDER = f"gatljus1/{WALK}/"
LONG = timedelta(minutes=11)


class Recording:
    """A target that writes down what is asked of it, and fails where it is told to."""

    def __init__(self, target: Target, failing: Mapping[str, Exception] | None = None) -> None:
        self._target = target
        self._failing = failing or {}
        self.asked: list[tuple[str, str]] = []

    def _note(self, what: str, name: str) -> None:
        self.asked.append((what, name))
        for part, error in self._failing.items():
            if part in f"{what} {name}":
                raise error

    def of(self, what: str) -> list[str]:
        """The names that were asked for so."""
        return [name for asked, name in self.asked if asked == what]

    @property
    def label(self) -> str:
        return self._target.label

    @property
    def here(self) -> bool:
        return self._target.here

    def list(self, prefix: str) -> dict[str, int]:
        self._note("list", prefix)
        return self._target.list(prefix)

    def get(self, name: str) -> bytes:
        self._note("get", name)
        return self._target.get(name)

    def put_new(self, name: str, data: bytes) -> None:
        self._note("put", name)
        self._target.put_new(name, data)

    def repair(self, name: str, data: bytes) -> None:
        self._note("repair", name)
        self._target.repair(name, data)

    def delete(self, name: str) -> None:
        self._note("delete", name)
        self._target.delete(name)


def files(place: Path, part: str) -> list[Path]:
    """The files of a part of the walk's folder, in order."""
    return sorted((place / UNDER / part).iterdir())


def fill(home: Home, batches: int) -> None:
    """Freeze so many batches."""
    for number in range(batches):
        home.new("stop", f"{number:032x}", name=str(number))
        home.log.freeze(WALK)


def photo(home: Home, record: str = PICTURE) -> dict[str, str]:
    """A photo with its three blobs."""
    names = {field: home.blobs.put(f"{field} of {record}".encode() * 50) for field in ("original", "report", "thumb")}
    home.new("photo", record, **names)
    return names
