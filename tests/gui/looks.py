"""The looks in which every page is passed: size, theme, size of text, language and gloves; and the picture that is kept
of each page in `artefacts/pictures`, to be looked at."""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from PySide6.QtGui import QColor, QImage, QPalette

from tests.gui.hands import until, wait
from tests.gui.opening import on_top
from ui.shell.window import Window
from ui.widgets.look import THEMES, tokens

PICTURES = Path(__file__).resolve().parents[2] / "artefacts" / "pictures"
SIZES, TEXTS, LANGUAGES = ((1280, 800), (800, 1280), (1024, 600)), (100, 200), ("sv", "en")
EVERY_LOOK = "GATLJUS_EVERY_PICTURE"
"""Where this variable is set each size, theme, language and size of text is passed with each other: 48 times all, four
times as long."""
TURNS = (0, 1, 2, 3, 3, 0, 1, 2, 2, 3, 0, 1)
"""Else each size, language and size of text with each other, and the themes in turn: each in every size."""
STEP = 7
"""Every so many pixels across and down are looked at."""
QUICKLY = 80
"""Of 100: larger files, in less than half the time."""
WARM, DARK = 0.8, 10
"""At night green and blue are less than so large a part of red; among what is nearly black nobody sees it."""
MOSTLY = 0.985
"""A page with more of one colour shows next to nothing."""


@dataclass(frozen=True)
class Look:
    """How the window looks while all its pages are passed."""

    size: tuple[int, int]
    theme: str
    text: int
    lang: str

    @property
    def gloves(self) -> bool:
        """With gloves least goes in: in one of the languages, and where the text is large."""
        return self.lang == "en" or self.text == 200

    @property
    def least(self) -> int:
        """Pixels that what is pressed measures at least, each way."""
        return 64 if self.gloves else 48

    @property
    def has_notices(self) -> bool:
        """Whether a notice is shown on each page, too: that takes time, so in one look of a size."""
        return (self.size, self.text, self.lang) in {(size, 200 if size[0] < size[1] else 100, "sv") for size in SIZES}

    def __str__(self) -> str:
        return f"{self.size[0]}x{self.size[1]}-{self.theme}-{self.text}-{self.lang}"


def _looks() -> Iterator[Look]:
    for (size, lang, text), turn in zip(product(SIZES, LANGUAGES, TEXTS), TURNS, strict=True):
        for theme in THEMES if os.environ.get(EVERY_LOOK) else THEMES[turn : turn + 1]:
            yield Look(size, theme, text, lang)


LOOKS = tuple(_looks())


def faults_of_the_picture(page: str, window: Window, look: Look) -> Iterator[str]:
    """Keeps a picture of a page, and says what is wrong with it."""
    wait(30)
    until(lambda: not window.tiles.waits() and not window.pictures.waits(), "maps and photos")
    ground = QColor(tokens()["themes"][look.theme]["bg"]).name()
    if on_top(window).palette().color(QPalette.ColorRole.Window).name() != ground:
        yield f"has not the ground of {look.theme}"
    PICTURES.mkdir(parents=True, exist_ok=True)
    file = PICTURES / f"{page}-{look}.png"
    assert window.grab().save(str(file), "PNG", QUICKLY), file
    image = QImage(str(file))
    if (image.width(), image.height()) != look.size or image.size() != window.size() * window.devicePixelRatio():
        yield f"is {image.width()} × {image.height()}"
    if look.theme == "red" and (cold := _cold(image)):
        yield f"is not red alone: {cold}"
    seen = _colours(image)
    (_colour, most), *others = seen.most_common()
    if len(others) < 5 or most > MOSTLY * seen.total() or not seen[ground]:
        yield f"next to nothing is painted: {seen.most_common(6)}"


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
