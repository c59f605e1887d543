"""Section 5 and the cover's map: what the walk's ground is, which base maps it needs, and the list beside the map."""

from app.base.words import _, ngettext
from app.domain.astray import ASTRAY_M, astray
from app.domain.records import Stop
from app.domain.values import Position
from app.domain.walk import WholeWalk
from app.report.document import (
    Block,
    Cell,
    Column,
    DrawingFigure,
    Halves,
    Layout,
    Look,
    Paragraph,
    Row,
    Run,
    Section,
    Style,
    Table,
    plain,
)
from app.report.index import Handed, Index, position_of
from app.report.lettering import width_of
from app.report.mapframe import Frame, extent, fitted
from app.report.maplayout import Ground, Spot, simpler
from app.report.mapmarks import disc, entries, legend
from app.report.mapview import MapNeed, MapPlan, base, drawn, planned, ways
from app.report.readable import readable
from app.report.shapes import Clipped, Drawing, Shape
from app.report.ways import Ways, ways_of
from app.report.wording import coordinates, listed, metres, number, one_line, sentence, shortened

SECTION, COVER = "map", "cover"
"""Keys of the base maps; an inset's is `map-A`."""
_COVER_SIZE = (210.0, 135.0)
_SQUARE, _WIDE, _LONG = (170.0, 152.0), (170.0, 100.0), (261.0, 118.0)
_PAGE = 203.0
"""What is left of a page for map and list, in mm, after heading, legend and remarks."""
_LOWEST = 110.0
_MOST_IN_HALVES = 18
_NUMBER, _SPOT = 8.0, 31.0
_NAME = 82.0 - _NUMBER - _SPOT
"""Columns of the list in a half, in mm."""


def needed(whole: WholeWalk, handed: Handed | None = None) -> tuple[MapNeed, ...]:
    """The base maps that the protocol of this walk wants. Of `handed` the bounds of the map data and its attribution
    are used. To be fetched, merged into one picture each, toned, and handed in as `Handed.maps`."""
    index = Index(readable(whole), handed or Handed())
    ground = ground_of(index, ways_of(whole))
    plan, cover = _plan(index, ground), _cover_frame(index, ground)
    own = plan.needs if plan else ()
    return (*own, MapNeed(COVER, cover.bounds, cover.zoom)) if cover else own


def ground_of(index: Index, ways_walked: Ways) -> Ground:
    """What the map shows of a walk."""
    spots = []
    acute: list[Position] = []
    for stop in index.stops.values():
        position = position_of(stop)
        seen = [each for each in index.seen_at(stop) if index.is_acute(each)]
        if position:
            spots.append(Spot(number=index.number(stop.id), name=stop.name, position=position, acute=bool(seen)))
        else:
            acute += [spot for each in seen if (spot := position_of(each))]
    acute += [spot for each in index.seen_at(None) if index.is_acute(each) and (spot := position_of(each))]
    loose = [each for each in index.photos.values() if index.stop_of(each) is None]
    return Ground(
        stops=tuple(spots),
        pieces=ways_walked.pieces,
        gaps=tuple((each.left, each.back) for each in ways_walked.gaps),
        others=ways_walked.others,
        planned=ways_walked.planned,
        photos=tuple(spot for each in loose if (spot := position_of(each))),
        acute=tuple(acute),
    )


def _size(index: Index, ground: Ground) -> tuple[float, float]:
    """The sheet that suits the shape of the walk; lower where the list of stops else would not find room below it."""
    box = extent(ground.positions)
    if box is None:
        return _SQUARE
    wide, high = box[2] - box[0], box[3] - box[1]
    if wide > 1.9 * high and len(ground.stops) > 1:
        return _LONG
    if wide > 1.4 * high and len(ground.stops) > 1:
        return _WIDE
    room = _PAGE - _list_height(index)
    return (_SQUARE[0], room) if _LOWEST <= room < _SQUARE[1] else _SQUARE


def _list_height(index: Index) -> float:
    """About how many mm the two tables beside each other take."""
    stops = list(index.stops.values())
    if len(stops) > _MOST_IN_HALVES:
        return 0.0
    half = -(-len(stops) // 2)
    rows = [
        max(-(-width_of(each.name, 3.35) // (_NAME - 3)), 1 + (each.id in index.handed.projected)) for each in stops
    ]
    return 8.5 + max((sum(4.6 * lines + 3.8 for lines in part) for part in (rows[:half], rows[half:])), default=0.0)


def _plan(index: Index, ground: Ground) -> MapPlan | None:
    handed = index.handed
    return planned(SECTION, ground, *_size(index, ground), handed.map_bounds, handed.attribution)


def _cover_frame(index: Index, ground: Ground) -> Frame | None:
    return fitted(ground.positions, *_COVER_SIZE, index.handed.map_bounds)


def cover_map(index: Index, ways_walked: Ways) -> Drawing | None:
    """Route and numbered discs over the toned map, without labels; None without positions."""
    ground = ground_of(index, ways_walked)
    frame = _cover_frame(index, ground)
    if frame is None:
        return None
    shapes: list[Shape] = [*base(frame, COVER, index.handed.maps), *ways(simpler(ground, frame), frame, 1.5)]
    seen: list[tuple[float, float]] = []
    for each in ground.stops:
        at = frame.at(each.position)
        if all((at[0] - x) ** 2 + (at[1] - y) ** 2 > 6.4**2 for x, y in seen):
            seen.append(at)
            shapes += disc(at, each.number)
    clipped = Clipped(corner=(0, 0), width=frame.width, height=frame.height, shapes=tuple(shapes))
    return Drawing(width=frame.width, height=frame.height, shapes=(clipped,))


def map_section(index: Index, ways_walked: Ways) -> Section:
    """Section 5: the map, and the same in words."""
    ground = ground_of(index, ways_walked)
    plan = _plan(index, ground)
    long = plan is not None and plan.layout.frame.width > 170
    blocks: list[Block] = [Paragraph(text=plain(_("Inga lägen är noterade, så det finns ingen karta.")))]
    if plan:
        blocks = [_figure(index, plan, ways_walked)]
        if said := _remarks(index, plan, ways_walked):
            blocks.append(Paragraph(text=plain(" ".join(said)), style=Style.META))
    blocks += _list(index, 261.0 if long else 170.0)
    return Section(
        number="5",
        title=_("Karta över rutt och platser"),
        anchor="section-5",
        layout=Layout.LANDSCAPE if long else Layout.FULL,
        new_page=True,
        blocks=tuple(blocks),
    )


def _figure(index: Index, plan: MapPlan, ways_walked: Ways) -> DrawingFigure:
    layout, ground = plan.layout, plan.ground
    frame = layout.frame
    found = entries(
        walked=bool(ground.pieces),
        gaps=bool(ground.gaps),
        planned=bool(ground.planned),
        others=bool(ground.others),
        end=layout.end is not None,
        acute=bool(layout.acute),
        photos=bool(layout.photos),
    )
    words = [_("Skala 1:{n} (A4)").format(n=number(plan.scale)).replace(" ", "\u00a0")]
    if index.handed.map_date and index.handed.maps:
        words.append(_("Karta från {date}").format(date=index.handed.map_date).replace(" ", "\u00a0"))
    key, height = legend(found, words, frame.width, frame.height)
    shapes = (*drawn(plan, index.handed.maps), *key)
    drawing = Drawing(width=frame.width, height=frame.height + height, shapes=shapes)
    return DrawingFigure(drawing=drawing, alt=_alt(index, ways_walked))


def _alt(index: Index, ways_walked: Ways) -> str:
    places = [f"{index.number(each.id)} {one_line(each.name)}".strip() for each in index.stops.values()]
    count = ngettext("{n} plats", "{n} platser", len(places)).format(n=len(places))
    lead = _("Karta med {places}").format(places=count)
    if ways_walked.length_m:
        length = metres(ways_walked.length_m)
        lead = _("Karta. Rutten är {length} och går genom {places}").format(length=length, places=count)
    lead += f": {', '.join(places)}." if places else "."
    return f"{lead} {_('Samma uppgifter finns i tabellen under kartan.')}"


def _remarks(index: Index, plan: MapPlan, ways_walked: Ways) -> list[str]:
    """What the map does not show by itself."""
    said = []
    if ways_walked.gaps:
        gaps = [metres(each.straight_m) for each in ways_walked.gaps]
        words = ngettext(
            "Spåret har en lucka, {lengths} fågelvägen. Den räknas inte in i längden.",
            "Spåret har {n} luckor, {lengths} fågelvägen. De räknas inte in i längden.",
            len(gaps),
        )
        said.append(words.format(n=number(len(gaps)), lengths=listed(gaps)))
    if plan.layout.left_out:
        numbers = listed([each.number for each in plan.layout.left_out])
        said.append(_("Plats {numbers} ryms inte i kartan. Se tabellen.").format(numbers=numbers))
    if alone := _astray(list(index.stops.values())):
        numbers = listed([index.number(each.id) for each in alone])
        words = ngettext(
            "Plats {numbers} ligger mer än {km} km från alla andra. Kontrollera läget.",
            "Platserna {numbers} ligger mer än {km} km från alla andra. Kontrollera lägena.",
            len(alone),
        )
        said.append(words.format(numbers=numbers, km=number(ASTRAY_M / 1000)))
    frame = plan.layout.frame
    loose = (*plan.ground.photos, *plan.ground.acute)
    if outside := sum(not frame.holds(frame.at(each)) for each in loose):
        words = ngettext(
            "{n} foto eller larm utan plats ligger utanför kartan.",
            "{n} foton och larm utan plats ligger utanför kartan.",
            outside,
        )
        said.append(words.format(n=number(outside)))
    if not index.handed.maps:
        said.append(_("Ingen kartbild finns för området. Rutt och platser är ritade i rätt läge."))
    if index.handed.projected_reason:
        said.append(sentence(index.handed.projected_reason))
    return said


def _astray(stops: list[Stop]) -> list[Stop]:
    """Stops so far from all others that one of them makes the map useless, and is probably written wrong."""
    placed = [(each, position) for each in stops if (position := position_of(each))]
    return [placed[k][0] for k in astray([position for _each, position in placed])]


def _list(index: Index, width: float) -> list[Block]:
    """The stops with their coordinates: two tables side by side, or one over the whole width where they are many."""
    stops = list(index.stops.values())
    if not stops:
        return []
    if len(stops) <= _MOST_IN_HALVES and width < 200:
        half = -(-len(stops) // 2)
        tables = [_table(index, part, 82.0) for part in (stops[:half], stops[half:]) if part]
        if len(tables) == 2:
            return [Halves(left=(tables[0],), right=(tables[1],))]
    return [_table(index, stops, width)]


def _table(index: Index, stops: list[Stop], width: float) -> Table:
    projected = any(each.id in index.handed.projected for each in stops)
    narrow = width < 100
    first, spots = (_NUMBER, _SPOT) if narrow else (13.0, 44.0)
    grid = 60.0 if projected and not narrow else 0.0
    columns = [
        Column(_("Nr"), first, row_head=True, whole=True),
        Column(_("Plats"), width - first - spots - grid),
        Column("WGS\u00a084 (lat, lon)", spots, whole=True),
    ]
    if grid:
        columns.append(Column("SWEREF\u00a099\u00a0TM", 60.0, whole=True))
    return Table(columns=tuple(columns), rows=tuple(_row(index, each, narrow) for each in stops))


def _row(index: Index, stop: Stop, narrow: bool) -> Row:
    position = position_of(stop)
    spot = coordinates(position) if position else _("läge okänt")
    grid = index.handed.projected.get(stop.id, "")
    number_run = Run(index.number(stop.id), Look.STRONG, link=stop.id)
    cells = [Cell(((number_run,),)), Cell((plain(shortened(stop.name, 80) or "–"),))]
    if narrow or not index.handed.projected:
        lines = (plain(spot), (Run(f"SWEREF\u00a0{grid}", Look.SECONDARY),)) if grid else (plain(spot),)
        return Row((*cells, Cell(lines)))
    return Row((*cells, Cell((plain(spot),)), Cell((plain(grid or "–"),))))
