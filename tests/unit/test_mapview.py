"""The map: what lies where on the paper, and that nothing lies on anything else."""

import math
import random
from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from app.domain.geo import Plane, distance_m
from app.domain.values import Position
from app.report.compose import Handed, compose
from app.report.compose_map import needed
from app.report.document import DrawingFigure, Raster, Table
from app.report.index import BaseMap
from app.report.lettering import width_of
from app.report.mapframe import NARROWEST_M, fitted
from app.report.maplayout import Ground, Spot, numbers_words
from app.report.mapmarks import legend
from app.report.maproom import DISC, Box
from app.report.mapview import MapPlan, drawn, planned, short_name
from app.report.shapes import Clipped, Disc, Label, Line, Picture, Polygon, Shape, moved
from tests.unit.composed_walks import big_walk, empty_walk, written_walk

MIDDLE = Position(60.1717, 24.9420)
PLANE = Plane(MIDDLE)
CREDIT = "© OpenStreetMap contributors"


def ground_at(spots: Sequence[tuple[float, float]], *, acute: Sequence[int] = (), way: bool = True) -> Ground:
    """Stops so many metres east and north of the middle, walked from one to the next."""
    positions = [PLANE.position(x, y) for x, y in spots]
    stops = tuple(
        Spot(number=str(k + 1), name=f"Platsnamnet {k + 1}, hörnet", position=each, acute=k in acute)
        for k, each in enumerate(positions)
    )
    return Ground(stops=stops, pieces=(tuple(positions),) if way and len(positions) > 1 else ())


def plan_of(ground: Ground, width: float = 170.0, height: float = 152.0) -> MapPlan:
    plan = planned("map", ground, width, height, None, CREDIT)
    assert plan is not None
    return plan


def all_shapes(shapes: Sequence[Shape]) -> list[Shape]:
    found: list[Shape] = []
    for each in shapes:
        found += all_shapes(each.shapes) if isinstance(each, Clipped) else [each]
    return found


def numbers_drawn(plan: MapPlan) -> list[str]:
    """The numbers that stand in discs, on the map and in its insets."""
    labels = [each for each in all_shapes(drawn(plan, {})) if isinstance(each, Label) and each.colour == "white"]
    return [each.text for each in labels if each.text != "!"]


def overlaps(plan: MapPlan) -> list[str]:
    """Everything on the main sheet that lies on something else, by names; measured from what is drawn."""
    layout = plan.layout
    discs = [(f"disc {each.spot.number}", each.centre, DISC) for each in layout.stops]
    discs += [(f"octagon {k}", at, 1.5) for k, (at, _about) in enumerate(layout.acute)]
    discs += [("north", layout.furniture.north, 6.2)]
    if layout.end:
        discs.append(("end", layout.end, 2.0))
    boxes = [(f"name {each.name.text}", each.box) for each in plan.names]
    boxes += [(f"plate {each.text}", each.box) for each in layout.plates]
    boxes += [(f"inset {each.letter}", each.corner) for each in layout.insets]
    boxes += [(f"frame {each.letter}", each.framed) for each in layout.insets]
    boxes += [("scale", layout.furniture.scale)]
    boxes += [("credit", layout.furniture.credit)] if layout.furniture.credit else []
    found = [f"{a} on {b}" for (a, p, r), (b, q, s) in combinations(discs, 2) if math.dist(p, q) < r + s - 1e-6]
    found += [f"{a} on {b}" for (a, one), (b, two) in combinations(boxes, 2) if one.meets(two)]
    found += [f"{a} on {b}" for a, p, r in discs for b, box in boxes if box.near(p, r - 1e-6)]
    sheet = Box(0, 0, layout.frame.width, layout.frame.height)
    found += [f"{a} over the edge" for a, box in boxes if not _within(box, sheet)]
    found += [
        f"{a} over the edge" for a, p, r in discs if not _within(Box(p[0] - r, p[1] - r, p[0] + r, p[1] + r), sheet)
    ]
    return found


def overlaps_in_insets(plan: MapPlan) -> list[str]:
    """The same for discs, marks and names within the insets."""
    found = []
    for inset, names in zip(plan.layout.insets, plan.inset_names, strict=True):
        discs = [(f"disc {each.spot.number}", each.centre, DISC) for each in inset.stops]
        discs += [(f"octagon {k}", at, 1.5) for k, (at, _about) in enumerate(inset.acute)]
        found += [f"{a} on {b}" for (a, p, r), (b, q, s) in combinations(discs, 2) if math.dist(p, q) < r + s - 1e-6]
        found += [f"{a} on {n.name.text}" for a, p, r in discs for n in names if n.box.near(p, r - 1e-6)]
        found += [f"{a.name.text} on {b.name.text}" for a, b in combinations(names, 2) if a.box.meets(b.box)]
    return found


def _within(box: Box, sheet: Box) -> bool:
    across = box.left >= sheet.left - 1e-6 and box.right <= sheet.right + 1e-6
    return across and box.top >= sheet.top - 1e-6 and box.bottom <= sheet.bottom + 1e-6


def crowd(seed: int, count: int, wide: float) -> list[tuple[float, float]]:
    chance = random.Random(seed)
    return [(chance.uniform(-wide, wide), chance.uniform(-wide, wide)) for _ in range(count)]


GROUNDS: dict[str, list[tuple[float, float]]] = {
    "one stop": [(0.0, 0.0)],
    "nine stops": crowd(1, 9, 300),
    "forty stops": crowd(2, 40, 400),
    "a cluster and the rest": [*crowd(3, 6, 18), (300, 250), (-280, 100), (200, -220)],
    "three clusters": [(x + dx, y + dy) for x, y in ((0, 0), (300, 200), (-250, 150)) for dx, dy in crowd(4, 4, 15)],
    "all on one spot": [(0.0, 0.0)] * 40,
    "five on one spot": [(0.0, 0.0)] * 5,
    "a straight line": [(25.0 * k, 0.0) for k in range(40)],
    "a line to the north": [(0.0, 60.0 * k) for k in range(9)],
    "two stops 3 m apart": [(0.0, 0.0), (3.0, 0.0)],
    "two stops 3 m apart and one far": [(0.0, 0.0), (3.0, 0.0), (900.0, 400.0)],
    "corners": [(-400, -350), (400, -350), (-400, 350), (400, 350)],
}


@pytest.mark.parametrize("name", GROUNDS)
def test_nothing_on_the_map_lies_on_anything_else(name: str) -> None:
    plan = plan_of(ground_at(GROUNDS[name], acute=(0, 2)))
    assert overlaps(plan) == []
    assert overlaps_in_insets(plan) == []


def test_something_acute_keeps_its_mark_in_an_inset_and_on_a_plate() -> None:
    clustered = plan_of(ground_at(GROUNDS["a cluster and the rest"], acute=(1,)))
    assert len(clustered.layout.insets[0].acute) == 1
    assert len(plan_of(ground_at(GROUNDS["all on one spot"], acute=(1,))).layout.acute) == 1


@pytest.mark.parametrize("name", GROUNDS)
def test_every_stop_has_its_number_on_the_map_once(name: str) -> None:
    spots = GROUNDS[name]
    plan = plan_of(ground_at(spots))
    on_plates = [each.text for each in plan.layout.plates]
    shown = numbers_drawn(plan)
    assert len(shown) == len(set(shown))
    if on_plates:
        assert on_plates == [f"1–{len(spots)}"]
    else:
        assert sorted(shown, key=int) == [str(k + 1) for k in range(len(spots))]
    assert plan.layout.left_out == ()


@settings(max_examples=60, deadline=None)
@given(
    some.lists(
        some.tuples(some.floats(-500, 500, allow_nan=False), some.floats(-500, 500, allow_nan=False)),
        min_size=1,
        max_size=40,
    ),
    some.booleans(),
)
def test_wherever_the_stops_lie_nothing_collides(spots: list[tuple[float, float]], wide: bool) -> None:
    plan = plan_of(ground_at(spots, acute=(1,)), 170.0, 100.0 if wide else 152.0)
    assert overlaps(plan) == []
    assert overlaps_in_insets(plan) == []
    numbered = set(numbers_drawn(plan)) | {each.number for each in plan.layout.left_out}
    assert len(numbered) + sum(_many(each.text) for each in plan.layout.plates) == len(spots)


def _many(text: str) -> int:
    """How many numbers a plate stands for."""
    runs = [each.split("–") for each in text.split(", ")]
    return sum(int(run[-1]) - int(run[0]) + 1 for run in runs)


def test_a_lone_name_stands_to_the_right_of_its_disc() -> None:
    plan = plan_of(ground_at([(0.0, 0.0), (200.0, 300.0)], way=False))
    (stop, _other), (name, _second) = plan.layout.stops, plan.names
    assert name.box.left > stop.centre[0] and name.leader is None
    assert abs((name.box.top + name.box.bottom) / 2 - stop.centre[1]) < 0.01


def test_a_name_keeps_off_the_way_where_it_can() -> None:
    plan = plan_of(ground_at([(0.0, 0.0), (300.0, 0.0)]))
    assert all(plan.layout.room.way_within(each.box) == 0 for each in plan.names)


def test_a_small_crowd_gets_an_inset_with_its_letter_in_both_places() -> None:
    plan = plan_of(ground_at(GROUNDS["a cluster and the rest"]))
    (inset,) = plan.layout.insets
    assert inset.frame.metres_per_mm < plan.layout.frame.metres_per_mm / 1.5
    letters = [each.text for each in all_shapes(drawn(plan, {})) if isinstance(each, Label)]
    assert "A" in letters and f"A: {inset.numbers}" in letters
    assert [need.key for need in plan.needs] == ["map", "map-A"]


def test_many_stops_on_one_spot_are_one_plate_with_their_numbers() -> None:
    plan = plan_of(ground_at(GROUNDS["all on one spot"]))
    (plate,) = plan.layout.plates
    assert plate.text == "1–40" and plan.layout.stops == ()


def test_a_disc_that_steps_aside_has_a_leader_to_its_place() -> None:
    plan = plan_of(ground_at(GROUNDS["two stops 3 m apart"]))
    first, second = plan.layout.stops
    assert first.centre == first.point and second.centre != second.point
    lines = [each for each in all_shapes(drawn(plan, {})) if isinstance(each, Line) and each.width == 0.3]
    assert [each.points for each in lines] == [(second.point, second.centre)]


def test_the_sheet_is_at_least_250_m_wide_and_holds_all_stops_with_a_margin() -> None:
    near = fitted([MIDDLE], 170, 152)
    assert near is not None and abs(near.metres_per_mm * 170 - NARROWEST_M) < 1
    spots = [PLANE.position(x, y) for x, y in crowd(5, 12, 700)]
    frame = fitted(spots, 170, 100)
    assert frame is not None and all(frame.holds(frame.at(each), 8.0) for each in spots)


def test_the_sheet_is_moved_into_the_map_data_and_never_loses_a_stop() -> None:
    spots = [PLANE.position(0, 0), PLANE.position(200, 100)]
    west, south, east, north = 24.9415, 60.1640, 24.9600, 60.1790
    frame = fitted(spots, 170, 152, (west, south, east, north))
    assert frame is not None and frame.bounds[0] >= west - 1e-9
    away = fitted(spots, 170, 152, (25.2, 60.1, 25.3, 60.2))
    assert away is not None and all(away.holds(away.at(each), 3.0) for each in spots)


def test_a_millimetre_on_the_sheet_is_as_many_metres_as_the_scale_says() -> None:
    plan = plan_of(ground_at([(0.0, 0.0), (400.0, 300.0)]))
    a, b = (each.point for each in plan.layout.stops)
    metres = distance_m(*(each.spot.position for each in plan.layout.stops))
    assert math.dist(a, b) * plan.layout.frame.metres_per_mm == pytest.approx(metres, rel=0.005)
    assert plan.scale == pytest.approx(plan.layout.frame.metres_per_mm * 1000, rel=0.02)


@pytest.mark.parametrize("spread", [40, 300, 1100, 9000])
def test_the_bar_of_the_scale_is_as_long_as_the_metres_at_its_end(spread: float) -> None:
    plan = plan_of(ground_at([(0.0, 0.0), (spread, spread / 3)]))
    place, shapes = plan.layout.furniture.scale, all_shapes(drawn(plan, {}))
    words = [each for each in shapes if isinstance(each, Label) and Box(*each.at, *each.at).meets(place)]
    start, middle, end = sorted(words, key=lambda each: each.at[0])
    number, unit = end.text.replace(",", ".").split("\N{NO-BREAK SPACE}")
    metres, length = float(number) * {"m": 1, "km": 1000}[unit], end.at[0] - start.at[0]
    assert start.text == "0" and length * plan.layout.frame.metres_per_mm == pytest.approx(metres, rel=1e-6)
    assert middle.text in ("", f"{metres / 2:g}".replace(".", ","))
    polygons = [each for each in shapes if isinstance(each, Polygon) and each.points[0][1] >= place.top]
    _back, *halves = [each for each in polygons if Box(*each.points[0], *each.points[2]).meets(place)]
    assert [each.fill for each in halves] == ["ink", "white"] and {each.stroke for each in halves} == {"ink"}
    across = [x for each in halves for x, _y in each.points]
    assert (min(across), max(across)) == pytest.approx((start.at[0], end.at[0]))


def test_every_way_and_every_lone_photo_is_drawn_where_it_lies_and_looks_like_its_kind() -> None:
    walked, planned, other = (tuple(PLANE.position(x, y) for x in (-200, 0, 200)) for y in (-100, 0, 100))
    photo = PLANE.position(50, 150)
    plan = plan_of(Ground(pieces=(walked,), planned=(planned,), others=(other,), photos=(photo,)))
    at, shapes = plan.layout.frame.at, all_shapes(drawn(plan, {}))

    def looks(way: Sequence[Position]) -> set[tuple[str, bool]]:
        lines = [each for each in shapes if isinstance(each, Line) and {at(way[0]), at(way[-1])} <= set(each.points)]
        return {(each.colour, each.dash != ()) for each in lines}

    assert looks(walked) == {("white", False), ("accent", False)}
    assert looks(planned) == {("secondary", True)}
    assert looks(other) == {("accent", False)}
    squares = [each for each in shapes if isinstance(each, Polygon) and each.fill == "ink" and len(each.points) == 4]
    middles = [tuple(sum(part) / 4 for part in zip(*each.points, strict=True)) for each in squares]
    assert any(math.dist(each, at(photo)) < 0.01 for each in middles)


def test_the_end_of_the_way_and_north_are_marked() -> None:
    way = (PLANE.position(0, 0), PLANE.position(200, 300))
    plan = plan_of(Ground(pieces=(way,)))
    shapes, north = all_shapes(drawn(plan, {})), plan.layout.furniture.north
    rings = [each for each in shapes if isinstance(each, Disc) and (each.fill, each.stroke) == ("white", "ink")]
    assert [each.centre for each in rings] == [plan.layout.frame.at(way[-1])]
    (needle,) = (each for each in shapes if isinstance(each, Polygon) and math.dist(each.points[0], north) < 5)
    assert needle.points[0][0] == north[0] and needle.points[0][1] < north[1], "it points up"
    assert [each.text for each in shapes if isinstance(each, Label) and math.dist(each.at, north) < 6.2] == ["N"]


def test_the_base_map_is_asked_for_at_a_resolution_that_suits_paper() -> None:
    for spread in (100, 400, 1500, 6000):
        plan = plan_of(ground_at([(0.0, 0.0), (spread, spread)]))
        need = plan.needs[0]
        pixels = 2**need.zoom * 512 * (need.bounds[2] - need.bounds[0]) / 360
        assert 160 <= pixels / (170 / 25.4) <= 330


def test_a_gap_is_dashed_and_never_a_solid_line() -> None:
    pieces = tuple(tuple(PLANE.position(x, 0) for x in part) for part in ((0, 100, 200), (300, 400)))
    ground = Ground(pieces=pieces, gaps=((pieces[0][-1], pieces[1][0]),))
    plan = plan_of(ground)
    frame = plan.layout.frame
    ends = {frame.at(pieces[0][-1]), frame.at(pieces[1][0])}
    drawn_over = [each for each in all_shapes(drawn(plan, {})) if isinstance(each, Line) and ends <= set(each.points)]
    assert {each.dash != () for each in drawn_over if each.colour != "white"} == {True}


def test_a_raster_lies_where_its_bounds_say() -> None:
    plan = plan_of(ground_at([(0.0, 0.0), (300.0, 200.0)]))
    west, south, east, north = plan.needs[0].bounds
    held = BaseMap(raster=Raster(data=b"x"), west=west, south=south, east=(west + east) / 2, north=north)
    (picture,) = [each for each in all_shapes(drawn(plan, {"map": held})) if isinstance(each, Picture)]
    assert picture.corner == pytest.approx((0, 0), abs=1e-6) and picture.width == pytest.approx(85, abs=0.01)


def test_the_credit_stands_on_the_map_only_with_a_base_map() -> None:
    plan = plan_of(ground_at([(0.0, 0.0)]))
    west, south, east, north = plan.needs[0].bounds
    held = BaseMap(raster=Raster(data=b"x"), west=west, south=south, east=east, north=north)
    words = [
        {each.text for each in all_shapes(drawn(plan, maps)) if isinstance(each, Label)} for maps in ({}, {"map": held})
    ]
    assert CREDIT not in words[0] and CREDIT in words[1]


def test_a_photo_with_a_wrong_position_does_not_stretch_the_map() -> None:
    whole = written_walk()
    far = Ground(stops=ground_at([(0.0, 0.0)]).stops, photos=(Position(0.0, 1.0),))
    assert plan_of(far).layout.frame.metres_per_mm * 170 < 300
    assert any(isinstance(block, DrawingFigure) for block in compose(whole).sections[4].blocks)


def test_numbers_in_a_row_are_written_as_a_range() -> None:
    spots = [Spot(number=str(k), name="", position=MIDDLE) for k in (7, 4, 5, 6, 9)]
    assert numbers_words(spots) == "4–7, 9"


def test_a_long_name_is_cut_where_it_still_reads() -> None:
    names = [
        "Eero Erkkos gata vid Sanomahuset",
        "Torget, norra hörnet",
        "",
        "Donaudampfschifffahrtsgesellschaftskapitän",
    ]
    short = [short_name(Spot(number="1", name=each, position=MIDDLE)) for each in names]
    assert short[:3] == ["Eero Erkkos gata", "Torget", ""]
    assert names[3].startswith(short[3]) and len(short[3]) > 15


def test_a_moved_drawing_keeps_its_form() -> None:
    disc, clipped = (
        Disc(centre=(1, 2), radius=3),
        Clipped(corner=(0, 0), width=5, height=5, shapes=(Disc(centre=(1, 2), radius=3),)),
    )
    assert moved(disc, (10, 20)) == Disc(centre=(11, 22), radius=3)
    assert moved(clipped, (10, 20)).shapes[0] == Disc(centre=(11, 22), radius=3)  # type: ignore[union-attr]


def test_the_legend_stays_within_the_width() -> None:
    shapes, height = legend([], ["Ett ganska långt ord i förklaringen"] * 9, 170, 0)
    labels = [each for each in shapes if isinstance(each, Label)]
    assert all(each.at[0] + width_of(each.text, each.size) <= 170 for each in labels)
    assert height > 12


def test_the_walk_says_which_base_maps_it_needs_and_the_document_carries_them() -> None:
    whole = big_walk(9, 3, 9)
    handed = Handed(attribution=CREDIT)
    needs = needed(whole, handed)
    assert {"map", "cover"} <= {each.key for each in needs}
    maps = {
        n.key: BaseMap(
            raster=Raster(data=b"x"), west=n.bounds[0], south=n.bounds[1], east=n.bounds[2], north=n.bounds[3]
        )
        for n in needs
    }
    document = compose(whole, Handed(attribution=CREDIT, maps=maps))
    figure = next(each for each in document.sections[4].blocks if isinstance(each, DrawingFigure))
    keys = {each.key for each in all_shapes(figure.drawing.shapes) if isinstance(each, Picture)}
    assert keys | {"cover"} == set(document.rasters)


def test_a_walk_without_positions_has_no_map_but_says_so() -> None:
    assert needed(empty_walk()) == ()
    document = compose(empty_walk())
    assert document.cover.map is None
    assert not any(isinstance(each, DrawingFigure | Table) for each in document.sections[4].blocks)


def test_a_wide_walk_lies_on_a_wide_sheet() -> None:
    whole = big_walk(9, 0, 3)
    plan = plan_of(ground_at([(0, 0), (1000, 200)]), 261, 118)
    assert plan.layout.frame.width == 261
    assert compose(whole).sections[4].layout.value in ("full", "landscape")
