"""Map tiles in the colours of a theme."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

import resources
from app.base.errors import BadInput
from app.places.mbtiles import TileMap, tiles_over
from app.places.recolour import SIGNS, recoloured
from ui.widgets.look import Look, tokens


def colors(theme: str) -> dict[str, str]:
    return {**tokens()["map"][theme], "text": Look(theme).color("text").name()}


def rgb(text: str) -> tuple[int, int, int]:
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def picture(color: tuple[int, int, int]) -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, 64), color).save(out, "PNG")
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


@pytest.mark.parametrize("theme", ["dark", "red", "contrast"])
@pytest.mark.parametrize(("sign", "old"), SIGNS, ids=str)
def test_what_a_colour_means_gets_the_colour_of_the_theme(theme: str, sign: str, old: tuple[int, int, int]) -> None:
    found = opened(recoloured(picture(old), colors(theme))).getpixel((5, 5))
    wanted = rgb(colors(theme)[sign])
    assert isinstance(found, tuple)
    assert max(abs(a - b) for a, b in zip(found, wanted, strict=True)) <= 6


def test_a_real_tile_keeps_its_size_and_becomes_dark() -> None:
    with TileMap(Path(resources.path("map/helsingfors.mbtiles"))) as tiles:
        place = next(iter(tiles_over(tiles.info.bounds, 16)))
        data = tiles.tile(16, *place)
    assert data is not None
    before, after = opened(data), opened(recoloured(data, colors("dark")))
    assert after.size == before.size
    assert _mean(after) < 90 < _mean(before)


def _mean(image: Image.Image) -> float:
    grey = image.convert("L").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert isinstance(grey, int | float)
    return float(grey)


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(BadInput, match="skadad"):
        recoloured(b"not a picture", colors("dark"))
