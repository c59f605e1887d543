"""A picture of every page in every theme, size and language, kept in `artefacts/pictures` to be looked at."""

import os
from collections import Counter
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage, QPalette

from tests.gui.hands import until, wait
from tests.gui.opening import Opener, on_top
from ui.widgets.look import THEMES, tokens

PICTURES = Path(__file__).resolve().parents[2] / "artefacts" / "pictures"
SIZES, TEXTS, LANGUAGES = ((1280, 800), (800, 1280), (1024, 600)), (100, 200), ("sv", "en")
EVERY_LOOK = "GATLJUS_EVERY_PICTURE"
"""Where this variable is set each size, theme, language and size of text is painted with each other: 48 times all,
four times as long."""
TURNS = (0, 1, 2, 3, 3, 0, 1, 2, 2, 3, 0, 1)
"""Else each size, language and size of text with each other, and the themes in turn: each in every size."""
LOOKS = tuple(product(SIZES, LANGUAGES, TEXTS))
VIEWS = tuple(
    (size, theme, text, lang)
    for (size, lang, text), turn in zip(LOOKS, TURNS, strict=True)
    for theme in (THEMES if os.environ.get(EVERY_LOOK) else THEMES[turn : turn + 1])
)
STEP = 7
"""Every so many pixels across and down are looked at."""
QUICKLY = 80
"""Of 100: larger files, in less than half the time."""
WARM, DARK = 0.8, 10
"""At night green and blue are less than so large a part of red; among what is nearly black nobody sees it."""
MOSTLY = 0.985
"""A page with more of one colour shows next to nothing."""


def _dots(image: QImage) -> memoryview:
    """The colours of all dots, row by row."""
    # A copy: what the bits of a picture lie in goes with the picture.
    return memoryview(bytes(image.convertToFormat(QImage.Format.Format_RGB32).constBits())).cast("I")


def _colours(image: QImage) -> Counter[str]:
    dots, wide = _dots(image), image.width()
    rows = (dots[y * wide : (y + 1) * wide : STEP].tolist() for y in range(0, image.height(), STEP))
    counted = Counter(dot for row in rows for dot in row)
    return Counter({QColor(dot).name(): count for dot, count in counted.items()})


def _cold(image: QImage) -> list[str]:
    """The colours at night that are not red: with as much green or blue, or nearly."""
    seen = (QColor(each) for each in set(_dots(image)))
    return [each.name() for each in seen if max(each.green(), each.blue()) > WARM * each.red() + DARK]


@pytest.mark.parametrize(("size", "theme", "text", "lang"), VIEWS, ids=lambda part: str(part).replace(" ", ""))
def test_every_page_is_painted_in_every_theme_size_and_language(
    at: Opener, size: tuple[int, int], theme: str, text: int, lang: str
) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    ground = QColor(tokens()["themes"][theme]["bg"]).name()
    for page, window in at.every(size, text=text, theme=theme, lang=lang):
        wait(30)
        until(lambda window=window: not window.tiles.waits() and not window.pictures.waits(), "maps and photos")  # type: ignore[misc]
        assert on_top(window).palette().color(QPalette.ColorRole.Window).name() == ground, page
        picture = window.grab()
        file = PICTURES / f"{page}-{size[0]}x{size[1]}-{theme}-{text}-{lang}.png"
        assert picture.save(str(file), "PNG", QUICKLY), file
        image = QImage(str(file))
        assert image.size() == window.size() * window.devicePixelRatio(), page
        assert (image.width(), image.height()) == size, page
        if theme == "red":
            assert not (cold := _cold(image)), f"{page}: {cold}"
        seen = _colours(image)
        assert len(seen) > 5, f"{page}: nothing is painted"
        assert seen.most_common(1)[0][1] < MOSTLY * seen.total(), f"{page}: is all {seen.most_common(1)}"
        assert seen[ground], f"{page}: the ground is not {ground}"
