"""The map under fingers and keys."""

import math
import random

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.geo import Plane, distance_m
from app.domain.values import Position, Severity
from tests.gui.hands import until, wait
from tests.gui.maps import AWAY, MIDDLE, Maps, observation, still, stop
from tests.gui.read_back import image
from ui.widgets.look import Look
from ui.widgets.map_frame import flat
from ui.widgets.map_model import MapLine, MarkKind
from ui.widgets.map_spots import BESIDE, CROWDED
from ui.widgets.map_sprites import size_of
from ui.widgets.map_view import MapView

STEP = 0.0004
LEFT = Qt.MouseButton.LeftButton


def heard(map_: MapView) -> list[object]:
    """What the map tells, in order: keys of marks, positions."""
    told: list[object] = []
    map_.mark_pressed.connect(told.append)
    map_.pressed.connect(told.append)
    return told


def lies_still(map_: MapView) -> bool:
    """Whether the middle is where it was."""
    return (map_.point_of(MIDDLE) - QPointF(400, 300)).manhattanLength() < 1.5


def test_a_hundred_taps_anywhere_press_what_is_nearest(view: Maps) -> None:
    seed = random.randrange(1 << 30)
    print(f"seed {seed}")
    chance = random.Random(seed)
    shown = view()
    marks = [
        observation(f"o{k}", MIDDLE.lat + chance.uniform(-0.003, 0.003), MIDDLE.lon + chance.uniform(-0.006, 0.006))
        for k in range(40)
    ]
    marks += [stop(f"s{k}", MIDDLE.lat + k * 0.0004 - 0.002, MIDDLE.lon + k * 0.0008 - 0.004) for k in range(9)]
    shown.show_marks(marks)
    told = heard(shown)
    for _tap in range(100):
        point = QPoint(chance.randrange(800), chance.randrange(600))
        key, before = shown.nearest(QPointF(point)), shown.frame
        apart = len(shown.together(key)) > 1 if key else False
        told.clear()
        shown._hand.rest()
        QTest.mouseClick(shown, LEFT, pos=point)
        if shown._plate.box.contains(point):
            assert told == [], "a press on the plate is none on the map"
        elif key is None:
            assert len(told) == 1 and isinstance(told[0], Position)
        elif not told:
            assert apart and shown.frame.zoom > before.zoom, "only a gathering is shown closer instead"
        else:
            assert told == [key]
        shown.choose("")
        shown.go_to(MIDDLE, 16)


def test_a_press_on_the_plate_is_none_on_the_map_and_what_it_hides_is_drawn_out_from_under_it(view: Maps) -> None:
    shown = view()
    moved, told, twice = list[str](), heard(shown), list[int]()
    shown.mark_moved.connect(lambda key, _position: moved.append(key))
    shown.pressed_twice.connect(lambda: twice.append(1))
    plate = shown._plate.box.center()
    place = shown.position_at(QPointF(plate))
    QTest.mouseClick(shown, LEFT, pos=plate)
    QTest.mouseClick(shown, LEFT, pos=plate)
    assert told == [] and twice == [] and lies_still(shown), "nothing was put where nobody sees it"
    shown.show_marks([observation("o1", place.lat, place.lon)])
    shown._hand.rest()
    QTest.mouseClick(shown, LEFT, pos=plate)
    assert told == []
    shown._current = "o1"
    beyond = QPoint(plate.x() + 40, plate.y() - 200)
    QTest.mousePress(shown, LEFT, pos=plate)
    QTest.mouseMove(shown, (plate + beyond) / 2)
    QTest.mouseMove(shown, beyond)
    QTest.mouseRelease(shown, LEFT, pos=beyond)
    assert moved == [] and (shown.point_of(place) - QPointF(beyond)).manhattanLength() < 2, "the map came along"
    QTest.mouseClick(shown, LEFT, pos=beyond)
    assert told == ["o1"]


def test_a_crowd_of_marks_is_gathered_until_the_map_is_seen_and_few_marks_lie_where_they_are(view: Maps) -> None:
    chance = random.Random(7)
    shown = view(zoom=17.0)
    width = size_of(shown.look, MarkKind.OBSERVATION) + 4.0
    near = [observation(f"n{k}", MIDDLE.lat, MIDDLE.lon + k * 1.2 * width * shown.frame.metres_per_pixel / 55_500)
            for k in range(5)]  # fmt: skip
    shown.show_marks(near)
    still(shown)
    assert [shown.together(each.key) for each in near] == [[each.key] for each in near]
    crowd = [
        observation(f"c{k}", MIDDLE.lat + chance.uniform(-0.003, 0.003), MIDDLE.lon + chance.uniform(-0.006, 0.006))
        for k in range(5000)
    ]
    shown.show_marks([*near, *crowd, stop("s1", MIDDLE.lat, MIDDLE.lon)])
    still(shown)
    spots = shown._seen_spots()
    points = [each.point(shown.frame) for each in spots if each.top.kind == MarkKind.OBSERVATION]
    gaps = [math.hypot((a - b).x(), (a - b).y()) for k, a in enumerate(points) for b in points[k + 1 :]]
    assert len(points) > 20 and sum(gap < CROWDED * width - 1 for gap in gaps) <= len(BESIDE)
    assert sum(len(each.marks) for each in shown._all_spots().all) == 5006, "every mark is in a spot"
    shown.go_to(AWAY)
    still(shown)
    assert shown._all_spots() is shown._apart, "there is no crowd elsewhere"


def test_while_the_map_moves_out_marks_that_would_hide_it_are_left_out_and_stops_never(view: Maps) -> None:
    chance = random.Random(7)
    shown = view(zoom=17.0)
    crowd = [
        observation(f"c{k}", MIDDLE.lat + chance.uniform(-0.02, 0.02), MIDDLE.lon + chance.uniform(-0.04, 0.04))
        for k in range(5000)
    ]
    shown.show_marks([*crowd, *(stop(f"s{k}", MIDDLE.lat + k * 1e-5, MIDDLE.lon) for k in range(9))])
    still(shown)
    shown.zoom_at(-2.0, QPointF(400, 300))
    seen = shown._seen_spots()
    drawn = shown._thinned(seen)
    assert len(drawn) < len(seen) / 3
    assert sum(each.top.kind == MarkKind.STOP for each in drawn) == 9
    still(shown)
    assert shown._thinned(shown._seen_spots()) == shown._seen_spots()


def test_an_empty_place_tells_where_it_is(view: Maps) -> None:
    shown = view()
    told = heard(shown)
    QTest.mouseClick(shown, LEFT, pos=QPoint(200, 150))
    (position,) = told
    assert isinstance(position, Position)
    point = shown.point_of(position)
    assert abs(point.x() - 200) < 1 and abs(point.y() - 150) < 1
    assert position.lat > MIDDLE.lat and position.lon < MIDDLE.lon


def test_the_map_is_drawn_along_and_a_press_that_slips_is_still_a_press(view: Maps) -> None:
    shown = view()
    told = heard(shown)
    QTest.mousePress(shown, LEFT, pos=QPoint(400, 300))
    QTest.mouseMove(shown, QPoint(403, 302))
    QTest.mouseRelease(shown, LEFT, pos=QPoint(403, 302))
    assert len(told) == 1 and lies_still(shown)
    QTest.mousePress(shown, LEFT, pos=QPoint(400, 300))
    for x in (420, 460, 500):
        QTest.mouseMove(shown, QPoint(x, 340))
    QTest.mouseRelease(shown, LEFT, pos=QPoint(500, 340))
    assert len(told) == 1, "drawing along presses nothing"
    moved = shown.point_of(MIDDLE)
    assert abs(moved.x() - 500) <= 21 and abs(moved.y() - 340) <= 1


def test_a_throw_goes_on_and_calm_eyes_are_spared_it(view: Maps) -> None:
    for calm in (True, False):
        shown = view(Look(calm=calm))
        QTest.mousePress(shown, LEFT, pos=QPoint(300, 300))
        for x in range(320, 500, 30):
            wait(8)
            QTest.mouseMove(shown, QPoint(x, 300))
        QTest.mouseRelease(shown, LEFT, pos=QPoint(490, 300))
        before = shown.point_of(MIDDLE).x()
        wait(120)
        assert (shown.point_of(MIDDLE).x() > before) is not calm


def test_two_fingers_zoom_round_their_middle(view: Maps) -> None:
    shown = view()
    still = shown.position_at(QPointF(400, 300))
    pad = QTest.createTouchDevice()
    touch = QTest.touchEvent(shown, pad)
    touch.press(0, QPoint(350, 300), shown).press(1, QPoint(450, 300), shown)
    touch.commit()
    for apart in (60, 80, 100):
        touch.move(0, QPoint(400 - apart, 300), shown).move(1, QPoint(400 + apart, 300), shown)
        touch.commit()
    touch.release(0, QPoint(300, 300), shown).release(1, QPoint(500, 300), shown)
    touch.commit()
    assert shown.frame.zoom == pytest.approx(17.0, abs=0.05)
    assert (shown.point_of(still) - QPointF(400, 300)).manhattanLength() < 2


def test_wheel_and_double_tap_zoom_where_the_hand_is(view: Maps) -> None:
    shown = view()
    place = shown.position_at(QPointF(200, 200))
    spin = QWheelEvent(
        QPointF(200, 200), QPointF(200, 200), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(shown, spin)
    assert shown.frame.zoom == 17
    assert (shown.point_of(place) - QPointF(200, 200)).manhattanLength() < 2
    QTest.mouseClick(shown, LEFT, pos=QPoint(200, 200))
    QTest.mouseClick(shown, LEFT, pos=QPoint(201, 200))
    assert shown.frame.zoom == 18
    assert (shown.point_of(place) - QPointF(200, 200)).manhattanLength() < 2


def test_the_keyboard_alone_reaches_everything(view: Maps) -> None:
    shown = view()
    near, far = observation("near", MIDDLE.lat + STEP, MIDDLE.lon), stop("s1", MIDDLE.lat - 3 * STEP, MIDDLE.lon)
    shown.show_marks([far, near])
    told = heard(shown)
    shown.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(shown, Qt.Key.Key_Tab)
    assert shown.current == "near" and shown.accessibleDescription() == "near"
    QTest.keyClick(shown, Qt.Key.Key_Tab)
    assert shown.current == "s1"
    QTest.keyClick(shown, Qt.Key.Key_Return)
    assert told == ["s1"]
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert shown.current == ""
    QTest.keyClick(shown, Qt.Key.Key_Right)
    assert shown.point_of(MIDDLE).x() < 400
    QTest.keyClick(shown, Qt.Key.Key_Plus)
    assert shown.frame.zoom == 17
    QTest.keyClick(shown, Qt.Key.Key_Minus)
    assert shown.frame.zoom == 16


def test_only_the_chosen_mark_is_carried_to_its_right_place(view: Maps) -> None:
    shown = view()
    shown.show_marks([observation("o1", MIDDLE.lat, MIDDLE.lon)])
    moved: list[tuple[str, Position]] = []
    shown.mark_moved.connect(lambda key, position: moved.append((key, position)))

    def carry(start: QPoint, end: QPoint) -> None:
        QTest.mousePress(shown, LEFT, pos=start)
        QTest.mouseMove(shown, (start + end) / 2)
        QTest.mouseMove(shown, end)
        QTest.mouseRelease(shown, LEFT, pos=end)

    carry(QPoint(400, 300), QPoint(480, 300))
    assert not moved, "what nobody has chosen is drawn along with the map"
    shown.go_to(MIDDLE)
    QTest.mouseClick(shown, LEFT, pos=QPoint(400, 300))
    carry(QPoint(400, 300), QPoint(480, 260))
    ((key, position),) = moved
    assert key == "o1"
    assert (shown.point_of(position) - QPointF(480, 260)).manhattanLength() < 1
    assert lies_still(shown)


def test_the_chosen_one_of_a_stack_is_carried_and_the_others_stay(view: Maps) -> None:
    shown = view()
    shown.show_marks([observation(key, MIDDLE.lat, MIDDLE.lon) for key in ("o1", "o2", "o3")])
    moved: list[str] = []
    shown.mark_moved.connect(lambda key, _position: moved.append(key))
    shown.choose("o2")
    QTest.mousePress(shown, LEFT, pos=QPoint(400, 300))
    QTest.mouseMove(shown, QPoint(440, 280))
    QTest.mouseMove(shown, QPoint(480, 260))
    before = shown._spot_at(QPointF(400, 300))
    assert before is not None and [each.key for each in before.without("o2").marks] == ["o1", "o3"]
    image(shown)
    QTest.mouseRelease(shown, LEFT, pos=QPoint(480, 260))
    assert moved == ["o2"] and lies_still(shown)


def test_marks_that_would_lie_on_each_other_are_one_until_one_looks_closer(view: Maps) -> None:
    shown = view(zoom=14)
    small = 0.00012
    marks = [observation(f"o{k}", MIDDLE.lat + k * small, MIDDLE.lon, Severity(1 + k % 3)) for k in range(6)]
    shown.show_marks(marks)
    assert sorted(shown.together("o0")) == [f"o{k}" for k in range(6)]
    told = heard(shown)
    point = shown.point_of(Position(MIDDLE.lat, MIDDLE.lon)).toPoint()
    QTest.mouseClick(shown, LEFT, pos=point)
    assert told == [] and shown.frame.zoom > 14
    shown.go_to(MIDDLE, 19)
    until(lambda: shown.together("o0") == ["o0"], "each mark by itself")


def test_what_lies_at_one_place_stays_together_and_the_worst_stands_for_all(view: Maps) -> None:
    shown = view(zoom=19)
    shown.show_marks(
        [observation("a", MIDDLE.lat, MIDDLE.lon), observation("b", MIDDLE.lat, MIDDLE.lon, Severity.DANGER)]
    )
    assert shown.together("a") == ["b", "a"]
    told = heard(shown)
    QTest.mouseClick(shown, LEFT, pos=QPoint(400, 300))
    assert told == ["b"]


def test_an_observation_never_lies_on_a_stops_number(view: Maps) -> None:
    shown = view(zoom=17)
    shown.show_marks([stop("s1", MIDDLE.lat, MIDDLE.lon), observation("o", MIDDLE.lat, MIDDLE.lon)])
    assert shown.nearest(QPointF(400, 300)) == "s1"
    places = {spot.top.key: spot.point(shown.frame) for spot in shown._seen_spots()}
    off = places["o"] - places["s1"]
    assert (off.x() ** 2 + off.y() ** 2) ** 0.5 > 34


def test_where_the_map_ends_there_is_a_grid_and_the_way_is_seen_all_the_same(view: Maps) -> None:
    shown = view()
    shown.show_lines([MapLine(((AWAY, Position(AWAY.lat + 0.002, AWAY.lon + 0.002)),))])
    shown.go_to(AWAY, 16)
    assert not shown._ground.covers(shown.frame)
    wait(200)
    seen = image(shown)
    colors = {seen.pixelColor(x, y).name() for x in range(0, 800, 2) for y in range(0, 600, 2)}
    look = shown.look
    assert {look.color(role).name() for role in ("sunken", "hair", "track")} <= colors


def test_a_missing_tile_is_filled_by_the_one_above_it(view: Maps) -> None:
    shown = view(zoom=18)
    until(lambda: not shown.tiles.waits(), "tiles")
    shown.go_to(MIDDLE, 19)
    wait(200)
    until(lambda: not shown.tiles.waits(), "tiles")
    ground = shown.look.color("sunken").name()
    seen = image(shown)
    bare = sum(seen.pixelColor(x, y).name() == ground for x in range(0, 800, 8) for y in range(0, 480, 8))
    assert bare < 100, "closer than the closest tiles their enlarged picture is shown"


def test_nothing_is_painted_while_nothing_happens(view: Maps) -> None:
    painted: list[int] = []
    shown = view()
    until(lambda: not shown.tiles.waits(), "tiles")
    wait(300)
    paint = shown._paint_marks
    shown._paint_marks = lambda *said: (painted.append(1), paint(*said))[1]  # type: ignore[method-assign, func-returns-value]
    wait(400)
    assert painted == []


def test_it_fits_what_it_is_told_until_somebody_moves_it(view: Maps) -> None:
    shown = view()
    corners = [Position(60.168, 24.938), Position(60.176, 24.951)]
    shown.fit(corners)
    for size in ((800, 600), (500, 400), (900, 700)):
        shown.resize(*size)
        wait(20)
        assert all(shown.rect().contains(shown.point_of(each).toPoint()) for each in corners)
    shown.pan_by(50, 0)
    zoom = shown.frame.zoom
    shown.resize(400, 300)
    wait(20)
    assert shown.frame.zoom == zoom
    shown.fit([MIDDLE])
    assert shown.frame.zoom == 17, "one place alone is not blown up"


def test_a_mark_behind_the_edge_is_brought_in_when_it_is_chosen(view: Maps) -> None:
    shown = view()
    mark = observation("o", MIDDLE.lat + 0.02, MIDDLE.lon)
    shown.show_marks([mark])
    assert not shown.rect().contains(shown.point_of(mark.position).toPoint())
    shown.choose("o")
    assert shown.rect().contains(shown.point_of(mark.position).toPoint())


def test_a_map_that_is_turned_is_pressed_and_drawn_along_where_it_is_seen(view: Maps) -> None:
    shown = view()
    shown.turn_to(90)
    frame, middle = shown.frame, shown.frame.middle
    east = Plane(middle).position(100, 0)
    above = shown.point_of(east)
    assert abs(above.x() - shown.width() / 2) < 2 and above.y() < shown.height() / 2 - 20, "east is up"
    back = shown.position_at(above)
    assert distance_m(back, east) < 0.5
    shown.pan_by(0, 50)
    assert distance_m(shown.position_at(above + QPointF(0, 50)), east) < 0.5
    shown.zoom_at(1, QPointF(30, 40))
    assert distance_m(shown.position_at(QPointF(30, 40)), frame.moved(0, 50).position_at(QPointF(30, 40))) < 0.5
    assert shown.frame.seen.contains(QPointF(*flat(shown.frame.middle)))
