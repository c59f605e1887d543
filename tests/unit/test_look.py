"""The tokens: every colour can be told from its ground, every icon exists, and colours stand nowhere else."""

import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QColor

from app.domain.values import PlaceType
from ui.widgets.look import THEMES, Look, glyph, tokens

ROOT = Path(__file__).resolve().parents[2]

TEXT, GRAPHICS = 4.5, 3.0


def _luminance(color: QColor) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
             for part in (color.redF(), color.greenF(), color.blueF())]  # fmt: skip
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2.2, contrast ratio."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _pairs() -> list[tuple[str, str, float]]:
    """What stands on what, and how much it must differ; marks' edges (`kant`) are looked at below."""
    said: list[dict[str, Any]] = tokens()["contrast"]
    return [(each["front"], each["back"], float(each["needed"])) for each in said if "/" not in each["front"]]


@pytest.mark.parametrize("theme", THEMES)
def test_what_stands_on_a_ground_can_be_read(theme: str) -> None:
    look = Look(theme)
    wrong = [
        f"{front} on {back}: {found:.2f}, needs {needed}"
        for front, back, needed in _pairs()
        if (found := contrast(look.color(front), look.color(back))) < needed
        # Light has an icon of lamp light on its one lit button; elsewhere the icon has the colour of the words.
        and not (front == "lamp" and theme != "light")
    ]
    assert not wrong


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("severity", range(5))
def test_the_mark_of_a_severity_stands_out_from_what_it_lies_on(theme: str, severity: int) -> None:
    look = Look(theme)
    edges = [f"sev{severity}", f"sev{severity}i", *(["sev2o"] if severity == 2 else [])]
    ground = look.color("surface")
    assert max(contrast(look.color(edge), ground) for edge in edges) >= GRAPHICS
    assert contrast(look.color(f"sev{severity}i"), look.color(f"sev{severity}")) >= TEXT


def test_the_icon_font_has_every_icon_that_is_named() -> None:
    for group in tokens()["icons"].values():
        for name in group.values():
            assert glyph(name)
    assert set(tokens()["icons"]["place_type"]) == {each.value for each in PlaceType}


def test_colours_stand_in_the_tokens_alone() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in (ROOT / "ui").rglob("*.py")
        for match in re.finditer(
            r"#[0-9a-fA-F]{6}\b|QColor\(\s*\d|Qt\.GlobalColor\.(?!transparent)", path.read_text("utf-8")
        )
    ]
    # The paper of a printed page is white in every theme.
    assert set(found) <= {"ui/widgets/page_preview.py: Qt.GlobalColor."}


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_type_is_never_smaller_than_it_may_be_and_grows_with_the_scale(scale: float) -> None:
    for look in (Look(scale=scale), Look(scale=scale, field=True), Look(scale=scale, gloves=True)):
        assert look.text_px("meta") >= round(14 * scale)
        assert look.text_px("body") == round(look.base * scale)
