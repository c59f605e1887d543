"""A walk that is rehearsed: a log or the planned way, gone through at any speed and recorded as a walk is."""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from app.base.errors import BadInput
from app.base.job import Job, Step
from app.base.words import _
from app.commands.recording import begin_rehearsal
from app.domain.geo import Plane, distance_m
from app.domain.placing import positions_of
from app.domain.records import Route, SafetyWalk, Stop, TrackChunk
from app.domain.track import Fix
from app.domain.values import Position
from app.domain.walking import USUAL_MPS
from app.jobs.places import read_file
from app.places.nmea import read_nmea
from app.queries.whole import lines
from app.session import Session

WRITES_S = 4.0
"""What has come is written so often."""
LONGEST_PAUSE_S = 3600.0
"""A log is not silent for longer; a recorder that was off for a day is not waited for."""


def fixes_of_log(path: Path) -> tuple[Fix, ...]:
    """The fixes of a receiver's log, in order. Raises GatljusError where there are none with a time."""
    found = tuple(fix for fix in chain.from_iterable(read_nmea(read_file(path)).segments) if fix.time is not None)
    if not found:
        raise BadInput(
            "no-points",
            _("I {name} finns inga lägen med tid.").format(name=path.name),
            _("Välj en logg i formatet NMEA 0183."),
        )
    return found


def fixes_along(line: Sequence[Position], begins: datetime) -> Iterator[Fix]:
    """Somebody who walks along a line at the usual pace, a fix each second from `begins` (UTC) on."""
    second = 0
    over = 0.0
    for a, b in pairwise(line):
        length, plane = distance_m(a, b), Plane(a)
        x, y = plane.xy(b.lat, b.lon)
        while over <= length:
            part = over / length if length else 0.0
            at = plane.position(part * x, part * y)
            yield Fix(begins + timedelta(seconds=second), at.lat, at.lon, hdop=1.0, speed_mps=USUAL_MPS)
            second, over = second + 1, over + USUAL_MPS
        over -= length


def fixes_of_plan(session: Session, walk: SafetyWalk) -> tuple[Fix, ...]:
    """The planned way as it would be walked from now on, from stop to stop where no route came along. Raises BadInput
    where there are no two stops on the map either."""
    routes = lines(session.read(Route, {"scope": walk.id}), session.read(TrackChunk, {"scope": walk.id}))
    way = [fix.position for route in routes[:1] for segment in route.segments for fix in segment]
    way = way or [*positions_of(session.read(Stop, {"scope": walk.id}, ["order"])).values()]
    found = tuple(fixes_along(way, session.clock().astimezone(UTC).replace(microsecond=0)))
    if not found:
        raise BadInput(
            "no-route",
            _("Vandringen har varken rutt eller två stopp på kartan."),
            _("Sätt ut stoppen under Planera, eller välj en logg att öva med."),
        )
    return found


def pauses_s(fixes: Sequence[Fix]) -> list[float]:
    """The seconds before each fix."""
    times = [fix.time for fix in fixes]
    after = [(b - a).total_seconds() for a, b in pairwise(times) if a is not None and b is not None]
    return [0.0, *(min(max(0.0, each), LONGEST_PAUSE_S) for each in after)]


def rehearse(
    session: Session,
    walk: SafetyWalk,
    fixes: Sequence[Fix],
    speed: float,
    *,
    sleep: Callable[[float], None] = time.sleep,
    ticks: Callable[[], float] = time.monotonic,
) -> Job[dict[str, Any]]:
    """Go through fixes `speed` times as fast as they were walked, and record them: {id, points}. Stopped in the middle
    it has recorded what came. Raises GatljusError, OSError."""
    recording = begin_rehearsal(session, walk.id)
    written = ticks()
    try:
        for done, (fix, pause) in enumerate(zip(fixes, pauses_s(fixes), strict=True)):
            if pause:
                sleep(pause / speed)
            recording.take(fix, "played")
            if ticks() - written >= WRITES_S:
                recording.write()
                written = ticks()
                yield Step(_("Övar vandringen"), done + 1, len(fixes))
    finally:
        recording.end()
    return {"id": recording.track, "points": len(fixes)}
