"""The marks and ways of a walk, for every map."""

from collections.abc import Collection, Sequence
from string import digits

from app.base.words import _
from app.domain.astray import Area, together
from app.domain.records import (
    Device,
    Group,
    Observation,
    Photo,
    Protocol,
    Route,
    SafetyWalk,
    Stop,
    Support,
    Track,
    TrackChunk,
    VoiceNote,
)
from app.domain.rules import is_only_suggested, severity_of
from app.domain.values import Position, PositionSource, known
from ui.widgets.area import pieces_of, ways_of
from ui.widgets.desk import Desk
from ui.widgets.map_model import MapLine, Mark, MarkKind
from ui.widgets.things import Things, practised_chip, severity_words, stop_title
from ui.widgets.words import clock_words

MADE_OF = (SafetyWalk, Stop, Route, Track, TrackChunk, Observation, Support, Photo, VoiceNote, Protocol, Group)
"""The kinds of records that the map of a walk, and the list beside it, are made of."""

ELSEWHERE = (PositionSource.NONE, PositionSource.STOP)
"""Sources of a position that is not the thing's own."""


def marks_of(desk: Desk, scope: str, *, at_desk: bool = False) -> list[Mark]:
    """The stops, observations and lone photos of a walk that have a place; observations may be moved. What another
    group noted has the letter of that, and where there are no groups what another device noted; at the desk all groups
    are others."""
    things = Things(desk.shelf, scope)
    found = [_stop(things, each, each.position) for each in things.stops if isinstance(each.position, Position)]
    own = "" if at_desk else group_of_device(desk, scope)
    found += [
        _observation(things, each, each.position, at_desk=at_desk, own=own)
        for each in things.observations
        if isinstance(each.position, Position)
    ]
    shown = {mark.key for mark in found}
    for photo in desk.shelf.all_of(Photo, scope):
        place = known(photo.position, Position)
        if place and photo.position_source not in ELSEWHERE and photo.observation not in shown:
            found.append(_photo(things, photo, place))
    return found


def group_of_device(desk: Desk, scope: str) -> str:
    """The id of the group that this device walks with; "" where it has none."""
    mine = desk.shelf.one(Device, scope, desk.session.identity.device)
    return str(mine.group) if mine is not None and mine.group else ""


def _stop(things: Things, stop: Stop, position: Position) -> Mark:
    number = things.numbers.get(stop.id, "")
    state = practised_chip()[0] if stop.id in things.practised else ""
    return Mark(stop.id, MarkKind.STOP, position, stop_title(number, stop), number=number, state=state)


def _observation(things: Things, each: Observation, position: Position, *, at_desk: bool, own: str) -> Mark:
    severity = severity_of(each)
    words = (
        things.called(each, at_desk=at_desk),
        severity_words(severity, suggested=is_only_suggested(each)),
        things.group_of(each) if at_desk else things.noted_on(each),
        things.where(each),
    )
    name = ", ".join(word for word in words if word)
    letter = "" if each.group == own else things.letters.get(str(each.group), "")
    if not (at_desk or things.letters) and things.elsewhere(each):
        letter = str(each.tag).rstrip(digits)
    return Mark(each.id, MarkKind.OBSERVATION, position, name, severity=severity, movable=True, letter=letter)


def _photo(things: Things, photo: Photo, position: Position) -> Mark:
    taken = clock_words(photo.taken_at, things.zone)
    name = _("Foto {when}").format(when=taken) if taken else _("Foto")
    return Mark(photo.id, MarkKind.PHOTO, position, name)


def lines_of(desk: Desk, scope: str) -> list[MapLine]:
    """The planned routes and the walked tracks of a walk, without fixes that leapt."""
    return ways_of(desk.shelf, scope)


def seen_at_first(
    marks: Sequence[Mark], ways: Sequence[MapLine], only: Collection[str] | None = None
) -> list[Position]:
    """What a map shows before anybody has moved it: where the walk is, by its stops and ways, else by its observations,
    else by its photos, and what is near that; of `only`, these marks as far as any is near. What lies far away is found
    by moving the map: a wrong position of one thing leaves nothing to be seen of the others."""
    placed = {kind: [each.position for each in marks if each.kind == kind] for kind in MarkKind}
    area = Area.of(placed[MarkKind.STOP], pieces_of(ways))
    if not area.places:
        area = Area(tuple(together(placed[MarkKind.OBSERVATION] or placed[MarkKind.PHOTO])))
    wanted = [each.position for each in marks if each.kind != MarkKind.STOP and (only is None or each.key in only)]
    near = [each for each in wanted if not area.is_far(each)]
    return (near or wanted or [*area.places]) if only is not None else [*area.places, *near]
