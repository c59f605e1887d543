"""Whether this machine and this home are ready for a walk: what takes a moment to look up, thing by thing."""

from collections.abc import Callable
from contextlib import closing

from app.base.battery import battery
from app.base.errors import GatljusError
from app.base.job import Job, Step
from app.base.room import room_at
from app.base.words import _
from app.domain.records import SafetyWalk, Stop
from app.jobs.maps import OpenMaps, map_files
from app.queries.readiness import (
    NAMES,
    Finding,
    Row,
    Status,
    battery_finding,
    group_finding,
    map_finding,
    oncall_finding,
    room_finding,
    uncopied_finding,
    with_room_to_gain,
)
from app.session import Session


def look_over(session: Session, walk: SafetyWalk) -> Job[tuple[Finding, ...]]:
    """Everything that can be known without a window and a receiver, in the order of the rows."""
    looks: dict[Row, Callable[[], Finding | None]] = {
        Row.MAP: lambda: _map(session, walk),
        Row.BATTERY: lambda: battery_finding(battery()),
        Row.ROOM: lambda: _room(session, walk),
        Row.UNCOPIED: lambda: uncopied_finding(session),
        Row.ONCALL: lambda: oncall_finding(walk),
        Row.GROUP: lambda: group_finding(session, walk),
    }
    found = []
    for done, (row, look) in enumerate(looks.items()):
        yield Step(_(NAMES[row]), done, len(looks))
        try:
            found.append(look())
        except GatljusError as error:
            # One thing that cannot be known keeps nobody from knowing the others.
            found.append(Finding(row=row, status=Status.WARN, text=f"{error.text} {error.advice}".strip()))
    return tuple(each for each in found if each is not None)


def _room(session: Session, walk: SafetyWalk) -> Finding:
    found = room_finding(room_at(session.home), session.counts(walk.id).get(Stop.KIND, 0))
    return with_room_to_gain(session, walk, found)


def _map(session: Session, walk: SafetyWalk) -> Finding:
    with closing(OpenMaps(map_files(session), None)) as maps:
        return map_finding(session, walk, maps)
