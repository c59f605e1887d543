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
    PRESSED = 3


@dataclass(frozen=True)
class Mark:
    """A thing at a place. `key` says which, `name` is the whole of it in words for a screen reader and the list.

    A stop has its `number`, an observation its `severity` (None: a question or a social matter). `here`: the stop one
    is at, or in the plan the one that is chosen; `done`: with a tick; `state`: how it is with it, as the list says in
    words; `movable`: may be dragged to its right place. `letter`: that of the group, or of the other device, that noted
    it, where that is to be seen.
    """

    key: str
    kind: MarkKind
    position: Position
    name: str
    severity: Severity | None = None
    number: str = ""
    here: bool = False
    done: bool = False
    state: str = ""
    movable: bool = False
    letter: str = ""


@dataclass(frozen=True)
class MapLine:
    """A way in pieces; between two pieces of a track lies a gap, drawn dashed. `planned`: the route, dotted. `letter`:
    that of the group that walked it; `key`: the id of the track."""

    pieces: tuple[tuple[Position, ...], ...]
    planned: bool = False
    letter: str = ""
    key: str = ""


def without(key: str, lines: Sequence[MapLine]) -> list[MapLine]:
    """The lines but the one of a key; "" is none."""
    return [each for each in lines if not key or each.key != key]
