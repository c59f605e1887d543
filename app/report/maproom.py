"""Room on a map: boxes and discs that take it, lines that cost it, and where a disc still finds some."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.domain.geo import off_line
from app.report.shapes import Point

DISC = 2.9
RING = 0.45
TAKEN = DISC + RING / 2
"""Radius in mm that a stop's disc takes, with its white ring."""
APART = 6.4
"""Discs whose centres are closer than this are crowded."""


@dataclass(frozen=True)
class Box:
    """An upright rectangle in mm."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether two boxes overlap."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def near(self, point: Point, radius: float) -> bool:
        """Whether a disc overlaps the box."""
        dx = max(self.left - point[0], 0.0, point[0] - self.right)
        dy = max(self.top - point[1], 0.0, point[1] - self.bottom)
        return math.hypot(dx, dy) < radius

    def grown(self, by: float) -> "Box":
        """The box with `by` mm more on each side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def inside(self, width: float, height: float, margin: float = 0.0) -> bool:
        """Whether it lies on a sheet, `margin` mm from its edge."""
        free = self.left >= margin and self.top >= margin
        return free and self.right <= width - margin and self.bottom <= height - margin

    def length_within(self, a: Point, b: Point) -> float:
        """How many mm of a line from `a` to `b` lie in the box (Liang and Barsky, 1984)."""
        first, last = 0.0, 1.0
        for start, step, low, high in (
            (a[0], b[0] - a[0], self.left, self.right),
            (a[1], b[1] - a[1], self.top, self.bottom),
        ):
            if step == 0:
                if not low <= start <= high:
                    return 0.0
                continue
            ends = sorted(((low - start) / step, (high - start) / step))
            first, last = max(first, ends[0]), min(last, ends[1])
        return max(0.0, last - first) * math.dist(a, b)


def around(points: Sequence[Point], margin: float) -> Box:
    """The box of points and `margin` mm round it."""
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys)).grown(margin)


@dataclass
class Room:
    """A sheet that fills up: what is taken must not be covered, `ways` should not be."""

    width: float
    height: float
    boxes: list[Box] = field(default_factory=list)
    discs: list[tuple[Point, float]] = field(default_factory=list)
    leaders: list[tuple[Point, Point]] = field(default_factory=list)
    ways: list[tuple[Point, Point]] = field(default_factory=list)

    def free_for_disc(self, centre: Point, radius: float = TAKEN) -> bool:
        """Whether a disc finds room here."""
        on_sheet = radius <= centre[0] <= self.width - radius and radius <= centre[1] <= self.height - radius
        return (
            on_sheet
            and not any(box.near(centre, radius) for box in self.boxes)
            and all(math.dist(centre, other) >= radius + taken for other, taken in self.discs)
            and all(off_line(centre, a, b) >= radius + 0.3 for a, b in self.leaders)
        )

    def free_for_box(self, box: Box) -> bool:
        """Whether a box finds room: on the sheet, off everything that is taken."""
        return (
            box.inside(self.width, self.height, 0.5)
            and not any(box.meets(other) for other in self.boxes)
            and not any(box.near(centre, taken) for centre, taken in self.discs)
            and not any(box.length_within(a, b) > 0 for a, b in self.leaders)
        )

    def free_for_line(self, a: Point, b: Point) -> bool:
        """Whether a leader from the point `a` finds room: off all discs but those that cover `a`, off boxes and
        leaders."""
        return (
            all(
                math.dist(centre, a) < taken + 0.3 or off_line(centre, a, b) >= taken + 0.3
                for centre, taken in self.discs
            )
            and not any(box.length_within(a, b) > 0 for box in self.boxes)
            and not any(crosses(a, b, c, d) for c, d in self.leaders)
        )

    def way_within(self, box: Box) -> float:
        """Millimetres of the ways that a box would cover."""
        return sum(box.length_within(a, b) for a, b in self.ways)


def crosses(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether two lines cross."""

    def side(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def crowds(points: Sequence[Point]) -> list[list[int]]:
    """Which points are crowded together: groups of two or more, each point closer than `APART` to another of its
    group."""
    open_ = set(range(len(points)))
    groups = []
    while open_:
        group = [min(open_)]
        open_.discard(group[0])
        for here in group:
            close = sorted(each for each in open_ if math.dist(points[here], points[each]) < APART)
            group += close
            open_ -= set(close)
        if len(group) > 1:
            groups.append(sorted(group))
    return groups


def rings(centre: Point, radii: Sequence[float], directions: int = 16) -> Iterator[Point]:
    """Points round a centre, the nearest ring first, each from the east round by the north."""
    for radius in radii:
        for step in range(directions):
            angle = 2 * math.pi * step / directions
            yield centre[0] + radius * math.cos(angle), centre[1] - radius * math.sin(angle)


_RADII = tuple(APART + 2.2 * step for step in range(60))
_NEAR, _FAR = _RADII[:14], _RADII[14:]
"""How far a disc steps aside: up to 35 mm with a leader that crosses nothing, then wherever there is room."""


def settle(room: Room, points: Sequence[Point]) -> list[Point | None]:
    """Where the disc of each point goes: on the point where that is free, else as near as there is room, with a leader
    to the point. None where no room is left. Takes the room."""
    crowded = {each for group in crowds(points) for each in group}
    found: list[Point | None] = [None] * len(points)
    for each in sorted(range(len(points)), key=lambda one: (one in crowded, one)):
        found[each] = spot = _spot(room, points[each])
        if spot is None:
            continue
        room.discs.append((spot, TAKEN))
        if spot != points[each]:
            room.leaders.append((points[each], spot))
    return found


def _spot(room: Room, point: Point) -> Point | None:
    if room.free_for_disc(point):
        return point
    second = None
    for spot in rings(point, _NEAR):
        if room.free_for_disc(spot):
            if room.free_for_line(point, spot):
                return spot
            second = second or spot
    return second or next((spot for spot in rings(point, _FAR, 32) if room.free_for_disc(spot)), None)
