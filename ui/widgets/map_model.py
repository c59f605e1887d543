"""What a map shows, as plain values: marks and lines. The list beside the map is made from the same marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from app.domain.values import Position, Severity


class MarkKind(Enum):
    """What a mark stands for; later ones are drawn over earlier ones."""

    PHOTO = 0
    OBSERVATION = 1
    STOP = 2
    HERE = 3
    PRESSED = 4


@dataclass(frozen=True)
class Mark:
    """A thing at a place. `key` says which, `name` is the whole of it in words for a screen reader and the list.

    A stop has its `number`, an observation its `severity` (None: a question or a social matter). `next`: the stop one
    is at; `done`: with a tick; `movable`: may be dragged to its right place.
    """

    key: str
    kind: MarkKind
    position: Position
    name: str
    severity: Severity | None = None
    number: str = ""
    next: bool = False
    done: bool = False
    movable: bool = False


@dataclass(frozen=True)
class MapLine:
    """A way in pieces; between two pieces of a track lies a gap, drawn dashed. `planned`: the route, dotted."""

    pieces: tuple[tuple[Position, ...], ...]
    planned: bool = False


def middle_of(positions: Sequence[Position]) -> Position | None:
    """The middle of the box round some positions."""
    if not positions:
        return None
    lats, lons = [each.lat for each in positions], [each.lon for each in positions]
    return Position((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)
