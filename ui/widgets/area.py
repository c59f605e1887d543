"""Where a walk is, and what is said of what lies far from it."""

from collections.abc import Mapping, Sequence

from app.base.words import _
from app.commands.records import set_fields
from app.domain.astray import Area
from app.domain.groups import letter_of
from app.domain.records import Group, Observation, Route, Stop, Track, TrackChunk
from app.domain.track import measure
from app.domain.values import Position, known
from app.domain.walk import Line
from app.queries.whole import lines
from ui.bridge.shelf import Shelf
from ui.widgets.desk import Desk
from ui.widgets.look import icon_named
from ui.widgets.map_model import MapLine
from ui.widgets.notice import Notice


def ways_of(shelf: Shelf, scope: str) -> list[MapLine]:
    """The planned routes and the walked tracks of a walk, without fixes that leapt."""
    return shelf.worked_out("map lines", scope, (Route, Track, TrackChunk, Group), lambda: _ways(shelf, scope))


def _ways(shelf: Shelf, scope: str) -> list[MapLine]:
    chunks = shelf.all_of(TrackChunk, scope)
    planned = [_planned(line) for line in lines(shelf.all_of(Route, scope), chunks)]
    letters = {each.id: letter_of(each) for each in shelf.all_of(Group, scope)}
    walked = [_walked(line, letters) for line in lines(shelf.all_of(Track, scope), chunks)]
    return [line for line in (*planned, *walked) if line.pieces]


def _planned(line: Line) -> MapLine:
    pieces = tuple(tuple(fix.position for fix in part) for part in line.segments if part)
    return MapLine(pieces, planned=True)


def _walked(line: Line, letters: Mapping[str, str]) -> MapLine:
    pieces = tuple(piece for piece in measure(line.segments).pieces if piece)
    group = line.record.group if isinstance(line.record, Track) else None
    return MapLine(pieces, letter=letters.get(str(group), ""), key=line.record.id)


def pieces_of(ways: Sequence[MapLine]) -> list[tuple[Position, ...]]:
    """All pieces of these ways."""
    return [piece for way in ways for piece in way.pieces]


def area_of(shelf: Shelf, scope: str) -> Area:
    """Where the stops and ways of a walk are."""

    def make() -> Area:
        stops = [each.position for each in shelf.stops(scope) if isinstance(each.position, Position)]
        return Area.of(stops, pieces_of(ways_of(shelf, scope)))

    return shelf.worked_out("area", scope, (Stop, Route, Track, TrackChunk), make)


def between_stops(area: Area, position: object) -> str:
    """What is said of where something is that belongs to no stop."""
    place = known(position, Position)
    return _("Långt från vandringen") if place is not None and area.is_far(place) else _("Längs vägen")


def placed(shelf: Shelf, scope: str, position: Position, text: str, icon: str) -> Notice:
    """What was placed by a press, with its undo. Far from everything else of the walk the press was probably a slip:
    that is said, and stays until somebody has seen it."""
    area = area_of(shelf, scope)
    if not area.is_far(position):
        return Notice(text, icon, undo=True)
    km = f"{area.away_m(position) / 1000:.0f}"
    doubt = _("Det är {km} km från vandringens platser och spår. Är det rätt?").format(km=km)
    return Notice(f"{text} {doubt}", icon_named("state", "warn"), undo=True, problem=True)


def move(desk: Desk, observation: Observation, position: Position) -> None:
    """Put an observation where somebody says it is, and say so."""
    set_fields(desk.session, observation, {"position": position})
    text, icon = _("Flyttad. Läget är satt för hand."), icon_named("action", "add_stop")
    desk.say(placed(desk.shelf, observation.scope, position, text, icon))
