"""What is fitted into a map lies beside its buttons and its plate, and lies still."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPointF, QRectF

from app.domain.values import Position
from tests.gui.hands import wait
from ui.shell.window import Window
from ui.widgets.button import Button
from ui.widgets.desk import Place
from ui.widgets.map_frame import LEAST
from ui.widgets.map_model import MarkKind
from ui.widgets.map_paint import Ground
from ui.widgets.map_picture import MapPicture
from ui.widgets.map_sprites import MARGIN, size_of
from ui.widgets.map_view import MapPane

Open = Callable[..., Window]
PLACES = [Position(60.1752, 24.9452), Position(60.1755, 24.9495), Position(60.1729, 24.9470)]


def _pane(window: Open, walk: str) -> MapPane:
    shown = window()
    shown.go(Place("walk", walk, part="map"))
    wait(100)
    return next(each for each in shown.findChildren(MapPane) if each.isVisible())


@pytest.mark.parametrize("degrees", [0.0, 90.0, 137.0])
def test_nothing_that_was_fitted_in_lies_under_buttons_or_plate(window: Open, walk: str, degrees: float) -> None:
    pane = _pane(window, walk)
    view = pane.view
    view.turn_to(degrees)
    view.fit(PLACES)
    covered = [QRectF(each.geometry()) for each in (pane.closer, pane.further) if each.isVisible()]
    covered.append(QRectF(0, view.height() - view.plate_height, view.width(), view.plate_height))
    assert len(covered) == 3
    for each in PLACES:
        point = view.point_of(each)
        assert QRectF(view.rect()).contains(point) and not any(box.contains(QPointF(point)) for box in covered)


def test_what_is_fitted_in_is_as_large_as_its_outermost_marks_whole_allow(window: Open, walk: str) -> None:
    view = _pane(window, walk).view
    places = [*PLACES, Position(60.1640, 24.9400)]
    view.fit(places)
    half = size_of(view.look, MarkKind.STOP) / 2 + MARGIN
    around = QRectF()
    for each in places:
        around |= QRectF(-half, -half, 2 * half, 2 * half).translated(view.point_of(each))
    assert view.free.adjusted(-1, -1, 1, 1).contains(around)
    assert around.width() > view.free.width() - 2 or around.height() > view.free.height() - 2


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("size", [(1280, 800), (500, 700), (640, 480)], ids=str)
def test_no_mark_that_was_fitted_in_lies_under_the_plate_or_outside_however_the_map_is_turned(
    window: Open, walk: str, size: tuple[int, int], seed: int
) -> None:
    shown = window(*size)
    shown.go(Place("walk", walk, part="map"))
    wait(100)
    view = next(each for each in shown.findChildren(MapPane) if each.isVisible()).view
    # Ground and marks lie on whole pixels.
    half = size_of(view.look, MarkKind.STOP) / 2 + MARGIN - 2
    chance = random.Random(seed)
    for _time in range(120):
        spread = 10 ** chance.uniform(-4, -2)
        places = [
            Position(60.17 + chance.uniform(-spread, spread), 24.945 + chance.uniform(-2 * spread, 2 * spread))
            for _place in range(chance.randint(1, 4))
        ]
        view.turn_to(chance.choice([0.0, 60.0, 90.0, 200.0]))
        view.fit(places)
        boxes = [QRectF(-half, -half, 2 * half, 2 * half).translated(view.point_of(each)) for each in places]
        wrong = [box for box in boxes if not view.free.contains(box) or box.intersects(QRectF(view._plate.box))]
        assert not wrong or view.free.height() < LEAST + 2 * half, f"seed {seed}: {places} turned {view.frame.turn}"


def test_a_map_whose_words_are_longer_elsewhere_is_not_fitted_in_again_and_again(
    window: Open, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = _pane(window, walk)
    pane = MapPane(found.look, found.view.tiles, "Karta")
    pane.setParent(found.window())
    pane.resize(900, 262)
    pane.show()
    pane.view.fit(PLACES)
    wait(200)
    here, fits, really = pane.view.frame.x, list[Any](), MapPicture.fit

    def fit(view: MapPicture, places: Any) -> None:
        fits.append(places)
        really(view, places)

    monkeypatch.setattr(Ground, "attribution", lambda _self, frame: "lång text " * 60 if frame.x <= here else "kort")
    monkeypatch.setattr(MapPicture, "fit", fit)
    pane.place()
    wait(1500)
    assert len(fits) <= 1
    pane.close()
    pane.deleteLater()


def test_where_the_map_is_low_buttons_do_not_lie_over_what_it_is_there_for(window: Open, walk: str) -> None:
    found = _pane(window, walk)
    pane = MapPane(found.look, found.view.tiles, "Karta")
    pane.setParent(found.window())
    others = [Button(found.look, word, over=True) for word in ("Följ mig", "Norr upp")]
    for each in others:
        pane.add(each)
    pane.show()
    for high, there in ((262, True), (180, False)):
        pane.resize(700, high)
        wait(50)
        assert [each.isVisible() for each in (pane.closer, pane.further, *others)] == [True, True, there, there], high
        assert min(each.x() for each in (pane.closer, pane.further, *others) if each.isVisible()) > pane.width() // 2
    pane.close()
    pane.deleteLater()
