"""How serious something is: told by word, by colour and by shape, each of which is enough."""

from collections.abc import Callable
from itertools import combinations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from app.domain.records import Observation
from app.domain.values import Severity
from app.session import Session
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.look import THEMES, Look
from ui.widgets.paint import paint_severity, severity_path
from ui.widgets.severity_chooser import SeverityChooser

SIDE = 40
PAIRS = list(combinations(Severity, 2))
ENOUGH = 60
"""So many of the 1600 pixels of a mark must differ: an edge that is only a little smoother is no other shape."""


class Colourless(Look):
    """A look in which every ground is black and everything on it white: what still differs is shape."""

    def color(self, role: str) -> QColor:
        return QColor(Qt.GlobalColor.white if role.endswith("i") else Qt.GlobalColor.black)


def _painted(look: Look, severity: Severity) -> QImage:
    image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    image.fill(look.color("surface"))
    painter = QPainter(image)
    paint_severity(painter, look, QRectF(0, 0, SIDE, SIDE), severity)
    painter.end()
    return image


def _grey(image: QImage) -> list[int]:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return [grey.pixelColor(x, y).lightness() for y in range(SIDE) for x in range(SIDE)]


def _differ(one: QImage, other: QImage) -> int:
    return sum(abs(a - b) > 64 for a, b in zip(_grey(one), _grey(other), strict=True))


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_two_severities_have_different_shapes_where_there_is_no_colour(one: Severity, other: Severity) -> None:
    look = Colourless()
    grounded = [_painted(look, each) for each in (one, other)]
    assert _differ(*grounded) > ENOUGH


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_two_severities_are_told_apart_in_grey_in_every_theme(theme: str, one: Severity, other: Severity) -> None:
    look = Look(theme)
    assert _differ(_painted(look, one), _painted(look, other)) > ENOUGH


@pytest.mark.parametrize("theme", [each for each in THEMES if each != "red"])
def test_every_severity_has_a_colour_of_its_own_in_every_theme_that_is_not_all_red(theme: str) -> None:
    look = Look(theme)
    assert len({look.color(f"sev{each.value}").name() for each in Severity}) == len(Severity)


def test_the_outlines_of_what_is_bad_differ_from_each_other() -> None:
    box = QRectF(0, 0, SIDE, SIDE)
    worse = [each for each in Severity if each != Severity.GOOD]
    for one, other in combinations(worse, 2):
        apart = severity_path(box, one).subtracted(severity_path(box, other))
        apart.addPath(severity_path(box, other).subtracted(severity_path(box, one)))
        assert apart.boundingRect().width() > SIDE / 2


def test_every_severity_is_chosen_by_a_word_and_a_number_of_its_own(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    (seen,) = session.read(Observation, {"scope": walk, "item": "A1"})
    shown = window(800, 1280)
    shown.go(Place("observe", walk, seen.id, "severity"))
    (chooser,) = shown.shown.findChildren(SeverityChooser)
    words = [each.text() for each in chooser.buttons.values()]
    assert words == ["Bra", "Liten", "Märkbar", "Stor", "Fara nu"]
    assert [each.accessibleName().partition(":")[0] for each in chooser.buttons.values()] == [
        f"Allvar {number}, {word}" for number, word in enumerate(words)
    ]
    assert [each.severity for each in chooser.buttons.values()] == list(Severity)
