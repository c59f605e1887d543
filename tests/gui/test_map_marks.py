"""The marks that the map paints, read from its pixels and their words."""

import math
from dataclasses import replace
from itertools import combinations
from typing import Any, ClassVar

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest

from app.domain.values import Severity
from tests.gui.maps import AWAY, MIDDLE, Maps, observation, photo, still, stop
from tests.gui.read_back import count, image, share
from ui.widgets import map_sprites
from ui.widgets.look import THEMES, Look
from ui.widgets.map_model import Mark, MarkKind
from ui.widgets.map_view import MapView


def patch(map_: MapView, side: int = 90) -> QImage:
    """What is painted round the middle."""
    still(map_)
    return image(map_).copy(400 - side // 2, 300 - side // 2, side, side)


def circle(radius: float) -> list[QPointF]:
    """Points on a circle round the middle of the map."""
    angles = (k * math.tau / 90 for k in range(90))
    return [QPointF(400 + radius * math.cos(each), 300 + radius * math.sin(each)) for each in angles]


class Telling(QPainter):
    """A painter that remembers its words."""

    said: ClassVar[list[str]] = []

    def drawText(self, *how: Any) -> Any:  # noqa: N802, Qt's name
        """Called as that of Qt."""
        self.said.append(how[-1])
        return super().drawText(*how)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words of marks, which are painted once each and then copied."""
    said: list[str] = []
    monkeypatch.setattr(Telling, "said", said)
    monkeypatch.setattr(map_sprites, "QPainter", Telling)
    return said


def test_each_kind_of_mark_is_painted_at_its_place_and_none_looks_like_another(view: Maps) -> None:
    lat, lon = AWAY.lat, AWAY.lon
    one = stop("s1", lat, lon)
    shown = view()
    shown.go_to(AWAY, 18)
    bare = patch(shown)
    kinds = {
        "photo": [photo("p", lat, lon)],
        "two photos": [photo(each, lat, lon) for each in "pq"],
        "question": [observation("o", lat, lon, None)],
        **{str(each): [observation("o", lat, lon, each)] for each in Severity},
        **{f"{n} at one place": [observation(str(k), lat, lon) for k in range(n)] for n in (2, 3, 12)},
        **{f"{n} near": [observation(str(k), lat, lon + k * 1e-6) for k in range(n)] for n in (2, 3)},
        "stop 1": [one],
        "stop 2": [stop("s2", lat, lon)],
        "here": [replace(one, here=True)],
        "done": [replace(one, done=True)],
        "pressed": [Mark("here", MarkKind.PRESSED, AWAY, "Här")],
    }
    seen = {"nothing": bare}
    for name, marks in kinds.items():
        shown.show_marks(marks)
        seen[name] = patch(shown)
        changed = [(x, y) for x in range(90) for y in range(90) if seen[name].pixel(x, y) != bare.pixel(x, y)]
        assert len(changed) > 200, f"{name} is not painted"
        middle = [sum(each) / len(changed) for each in zip(*changed, strict=True)]
        assert all(abs(each - 45) < 6 for each in middle), f"{name} lies elsewhere"
    for (name, a), (other, b) in combinations(seen.items(), 2):
        assert a != b, f"{name} looks like {other}"


@pytest.mark.parametrize("theme", THEMES)
def test_a_photo_is_a_ringed_disc_with_a_camera_on_the_map(view: Maps, theme: str) -> None:
    shown = view(Look(theme=theme, calm=True))
    look = shown.look
    still(shown)
    shown.show_marks([photo("p", MIDDLE.lat, MIDDLE.lon)])
    seen = image(shown)
    assert share(seen, circle(12), look.color("text2"), 1) > 0.95, "its ring"
    assert share(seen, circle(9.5), look.color("surface"), 1) > 0.95, "its paper"
    assert count(seen, QRect(394, 294, 13, 13), look.color("text")) > 20, "the camera"


@pytest.mark.parametrize("theme", THEMES)
def test_the_chosen_mark_has_a_ring_in_the_colour_of_the_focus(view: Maps, theme: str) -> None:
    shown = view(Look(theme=theme, calm=True))
    shown.show_marks([observation("o", MIDDLE.lat, MIDDLE.lon, Severity.SMALL)])
    still(shown)
    assert share(image(shown), circle(21), shown.look.color("focus"), 1) < 0.5
    shown.choose("o")
    assert share(image(shown), circle(21), shown.look.color("focus"), 1) > 0.95


@pytest.mark.parametrize("many", [2, 3, 12, 140])
def test_how_many_lie_at_one_place_stands_on_a_badge(view: Maps, told: list[str], many: int) -> None:
    shown = view()
    shoulder, ink = QRect(400 + 8, 300 - 25, 24, 20), shown.look.color("text")
    shown.show_marks([observation("o0", MIDDLE.lat, MIDDLE.lon)])
    still(shown)
    assert told == ["2"], "its severity alone"
    before = count(image(shown), shoulder, ink)
    shown.show_marks([observation(f"o{k}", MIDDLE.lat, MIDDLE.lon) for k in range(many)])
    seen = image(shown)
    assert told[1:] == ["2", str(many)]
    assert count(seen, shoulder, ink) > before + 60, "a plate of its own"
    assert count(seen, shoulder, shown.look.color("bg")) >= 3, "with the number on it"


def test_marks_that_a_closer_look_tells_apart_are_a_disc_with_how_many(view: Maps, told: list[str]) -> None:
    shown = view(zoom=14)
    severities = [Severity.SMALL, Severity.LARGE, Severity.NOTICEABLE]
    shown.show_marks(
        [observation(f"o{k}", MIDDLE.lat, MIDDLE.lon + k * 1e-6, each) for k, each in enumerate(severities)]
    )
    still(shown)
    assert sorted(told) == ["3", "×3"], "how many, and the worst of them"
    assert share(image(shown), circle(13), shown.look.color("text2"), 1) > 0.75


def test_the_number_of_a_stop_is_painted(view: Maps, told: list[str]) -> None:
    shown = view()
    shown.show_marks([stop("s7", MIDDLE.lat, MIDDLE.lon)])
    still(shown)
    assert told == ["7"]
    assert share(image(shown), circle(15), shown.look.color("primary"), 1) > 0.95
    assert count(image(shown), QRect(390, 290, 20, 20), shown.look.color("text")) > 10


def test_the_disc_of_the_stop_one_is_at_is_filled(view: Maps) -> None:
    shown = view()
    for here in (False, True):
        shown.show_marks([replace(stop("s1", MIDDLE.lat, MIDDLE.lon), here=here)])
        still(shown)
        filled = share(image(shown), circle(12), shown.look.color("primary"), 1)
        assert filled > 0.95 if here else filled < 0.1


def test_a_carried_mark_is_painted_under_the_finger_and_not_where_it_lay(view: Maps) -> None:
    shown = view()
    still(shown)
    bare = patch(shown)
    shown.show_marks([observation("o", MIDDLE.lat, MIDDLE.lon)])
    shown.choose("o")
    QTest.mousePress(shown, Qt.MouseButton.LeftButton, pos=QPoint(400, 300))
    for k in (1, 2, 3):
        QTest.mouseMove(shown, QPoint(400 + 40 * k, 300))
    assert patch(shown) == bare
    held = [each + QPointF(120, 0) for each in circle(21)]
    assert share(image(shown), held, shown.look.color("focus"), 1) > 0.95
    QTest.mouseRelease(shown, Qt.MouseButton.LeftButton, pos=QPoint(520, 300))
