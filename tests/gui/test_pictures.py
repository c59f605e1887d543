"""A picture of every page in every theme and size, kept in `artefacts/pictures` to be looked at."""

from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from tests.gui.hands import until
from tests.gui.opening import Opener
from tests.gui.pages import EVERY
from ui.widgets.look import THEMES

PICTURES = Path(__file__).resolve().parents[2] / "artefacts" / "pictures"
VIEWS = (
    *(((1280, 800), theme, 100) for theme in THEMES),
    *(((800, 1280), theme, 100) for theme in THEMES),
    ((1024, 600), "dark", 100),
    ((800, 1280), "light", 200),
    ((1280, 800), "dark", 200),
)


@pytest.mark.parametrize(("size", "theme", "text"), VIEWS, ids=lambda part: str(part).replace(" ", ""))
@pytest.mark.parametrize("page", EVERY)
def test_a_page_is_painted_in_every_theme_and_size(
    at: Opener, page: str, size: tuple[int, int], theme: str, text: int
) -> None:
    window = at(page, size, text=text, theme=theme)
    QTest.qWait(100)
    until(lambda: not window.tiles.waits() and not window.pictures.waits(), "maps and photos")
    picture = window.grab()
    PICTURES.mkdir(parents=True, exist_ok=True)
    picture.save(str(PICTURES / f"{page}-{size[0]}x{size[1]}-{theme}-{text}.png"))
    image = picture.toImage()
    seen = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    assert len(seen) > 5, "nothing is painted"
