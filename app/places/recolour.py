"""A map tile in other colours: its colour table is mapped, so that one file serves every theme."""

from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO

from app.base.errors import BadInput
from app.base.words import _

Rgb = tuple[int, int, int]

SIGNS: tuple[tuple[str, Rgb], ...] = (
    ("land", (244, 241, 234)),
    ("building", (222, 212, 200)),
    ("park", (207, 229, 189)),
    ("water", (190, 218, 232)),
    ("road", (255, 255, 255)),
    ("major", (251, 224, 166)),
    ("line", (165, 143, 124)),
    ("text", (51, 51, 51)),
    ("text", (100, 92, 84)),
    ("text", (84, 96, 128)),
)
"""What the colours of an ordinary light map mean: a colour between two of them becomes one between their new ones.
Names are written in black, brown and blue."""


def _rgb(text: str) -> Rgb:
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def _mapped(color: Rgb, new: Mapping[str, Rgb]) -> Rgb:
    """The new colour: those of all signs, the nearest by far the heaviest, so that smooth edges stay smooth."""
    weights = [
        (sign, 1.0 / (sum((a - b) ** 2 for a, b in zip(color, old, strict=True)) + 1.0) ** 2) for sign, old in SIGNS
    ]
    whole = sum(weight for _sign, weight in weights)
    r, g, b = (round(sum(weight * new[sign][axis] for sign, weight in weights) / whole) for axis in range(3))
    return r, g, b


@lru_cache(maxsize=4096)
def _cached(color: Rgb, names: tuple[tuple[str, str], ...]) -> Rgb:
    return _mapped(color, {sign: _rgb(text) for sign, text in names})


def recoloured(data: bytes, colors: Mapping[str, str]) -> bytes:
    """The picture of a tile (PNG, JPEG, WebP) as a PNG in these colours: `#rrggbb` for each of `SIGNS`. Raises
    BadInput where it is no picture."""
    # 0.02 s, and a light map needs it not at all.
    from PIL import Image

    names = tuple(sorted(colors.items()))
    try:
        with Image.open(BytesIO(data)) as image:
            few = image.convert("RGB").quantize(255, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    except (OSError, ValueError, SyntaxError) as broken:
        raise BadInput("map-damaged", _("En ruta i kartan är skadad."), _("Hämta kartfilen på nytt.")) from broken
    table = few.getpalette() or []
    mapped: list[int] = []
    for k in range(0, len(table) - 2, 3):
        mapped += _cached((table[k], table[k + 1], table[k + 2]), names)
    few.putpalette(mapped)
    out = BytesIO()
    few.save(out, "PNG", compress_level=1)
    return out.getvalue()
