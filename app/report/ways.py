"""Which way the walk went: measured tracks for the map, and the length that is printed."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from app.domain.geo import Plane, off_line, path_m, simplify
from app.domain.records import Track
from app.domain.track import Gap, Measured, measure
from app.domain.values import Position
from app.domain.walk import Line, WholeWalk

Piece = tuple[Position, ...]

_NEAR_M = 30.0
"""A planned way this near to the walked one was walked."""
_STEP_M = 15.0
_SIMPLER_M = 3.0


@dataclass(frozen=True)
class Ways:
    """`pieces` are the unbroken stretches of the track that counts, `gaps` what lies between them, `length_m` their
    measured length; `others` the tracks of other groups; `planned` the planned ways that were not walked, `planned_m`
    the length of the plan."""

    pieces: tuple[Piece, ...] = ()
    gaps: tuple[Gap, ...] = ()
    length_m: float = 0.0
    others: tuple[Piece, ...] = ()
    planned: tuple[Piece, ...] = ()
    planned_m: float = 0.0


def ways_of(whole: WholeWalk) -> Ways:
    """The ways of a walk. Of the tracks of one group the longest counts; of the groups the one that walked furthest is
    the walk's own, the others are drawn thinner."""
    groups = {each.id: each.group for each in whole.devices}
    best: dict[str, tuple[float, str, Measured]] = {}
    for line in sorted(whole.walked, key=lambda each: each.record.id):
        measured = measure(line.segments)
        key = (measured.length_m, line.record.id, measured)
        group = _group(line, groups)
        if measured.length_m and (group not in best or key[:2] > best[group][:2]):
            best[group] = key
    ranked = [measured for _length, _id, measured in sorted(best.values(), key=lambda each: each[:2], reverse=True)]
    main = ranked[0] if ranked else None
    plan = [tuple(fix.position for fix in part) for each in _by_id(whole.routes) for part in each.segments]
    plan = [each for each in plan if len(each) > 1]
    walked = [piece for each in ranked for piece in each.pieces]
    return Ways(
        pieces=main.pieces if main else (),
        gaps=main.gaps if main else (),
        length_m=main.length_m if main else 0.0,
        others=tuple(piece for each in ranked[1:] for piece in each.pieces),
        planned=tuple(part for each in plan for part in _not_walked(each, walked)),
        planned_m=sum(path_m(each) for each in plan),
    )


def _by_id(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda each: each.record.id)


def _group(line: Line, groups: dict[str, str | None]) -> str:
    record = line.record
    own = (record.group or groups.get(record.device or "")) if isinstance(record, Track) else None
    return str(own or "")


def _not_walked(plan: Piece, walked: list[Piece]) -> list[Piece]:
    """The stretches of a planned way that lie further than `_NEAR_M` from every walked one."""
    if not walked:
        return [plan]
    plane = Plane(plan[0])
    lines = [[plane.xy(each.lat, each.lon) for each in simplify(piece, _SIMPLER_M)] for piece in walked]
    stretches = [pair for line in lines for pair in pairwise(line)]
    found: list[list[Position]] = [[]]
    for here in _sampled(plan, plane):
        spot = plane.xy(here.lat, here.lon)
        if all(off_line(spot, a, b) > _NEAR_M for a, b in stretches):
            found[-1].append(here)
        elif found[-1]:
            found.append([])
    return [tuple(each) for each in found if len(each) > 2]


def _sampled(plan: Piece, plane: Plane) -> list[Position]:
    spots = [plane.xy(each.lat, each.lon) for each in plan]
    found = [plan[0]]
    for (ax, ay), (bx, by) in pairwise(spots):
        count = max(1, int(max(abs(bx - ax), abs(by - ay)) // _STEP_M))
        parts = [(ax + (bx - ax) * k / count, ay + (by - ay) * k / count) for k in range(1, count + 1)]
        found += [plane.position(x, y) for x, y in parts]
    return found
