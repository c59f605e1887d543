"""Flat pictures of surfaces, by daylight, to be laid in perspective: ground, walls, fronts, paint on them."""

import math
import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from app.photos.drawn.night import Colour, dim, mix

Rng = random.Random


def noise(rng: Rng, size: tuple[int, int], cells: int, low: int, high: int) -> Image.Image:
    """Soft random grey between `low` and `high`, `cells` spots across the longer side."""
    across = max(1, cells * size[0] // max(size)), max(1, cells * size[1] // max(size))
    grid = Image.frombytes("L", across, rng.randbytes(across[0] * across[1]))
    return grid.point([low + v * (high - low) // 255 for v in range(256)]).resize(size, Image.Resampling.BILINEAR)


def cloth(rng: Rng, size: tuple[int, int], colour: Colour, rough: int = 40, cells: int = 160) -> Image.Image:
    """A surface of one colour with spots, stains and grain; `rough` 0–80."""
    stains = noise(rng, size, 6, 255 - rough, 255)
    grain = noise(rng, size, cells, 255 - rough, 255)
    grey = ImageChops.multiply(stains, grain)
    return Image.merge("RGB", [grey.point([v * part // 255 for v in range(256)]) for part in colour])


def paving(rng: Rng, size: tuple[int, int], colour: Colour, slabs: tuple[int, int], joint: int = 2) -> Image.Image:
    """Slabs in rows, every other row shifted by half."""
    made = cloth(rng, size, colour, 30)
    pen = ImageDraw.Draw(made, "RGBA")
    across, down = size[0] / slabs[0], size[1] / slabs[1]
    for row in range(slabs[1]):
        for column in range(-1, slabs[0] + 1):
            x, y = (column + (row % 2) / 2) * across, row * down
            shade = rng.randrange(0, 46)
            pen.rectangle((x, y, x + across, y + down), (0, 0, 0, shade), (30, 30, 36, 150), joint)
    return made


def asphalt(rng: Rng, size: tuple[int, int] = (640, 640), cracks: int = 4) -> Image.Image:
    """Asphalt with mended patches and thin cracks."""
    made = cloth(rng, size, (150, 150, 156), 62, 320)
    pen = ImageDraw.Draw(made, "RGBA")
    for _ in range(cracks // 2):
        x, y = rng.uniform(0, size[0]), rng.uniform(0, size[1])
        pen.rectangle((x, y, x + rng.uniform(60, 190), y + rng.uniform(40, 170)), (20, 20, 26, 60))
    for _ in range(cracks):
        x, y = rng.uniform(0, size[0]), rng.uniform(0, size[1])
        points = [(x, y)]
        for _ in range(9):
            x, y = x + rng.uniform(-26, 26), y + rng.uniform(4, 34)
            points.append((x, y))
        pen.line(points, (24, 24, 30, 130), 2)
    return made


def gravel(rng: Rng, size: tuple[int, int] = (640, 640)) -> Image.Image:
    """A gravel path."""
    return cloth(rng, size, (196, 180, 152), 58, 400)


def grass(rng: Rng, size: tuple[int, int] = (640, 640), leaves: int = 0) -> Image.Image:
    """A lawn, with fallen leaves."""
    made = cloth(rng, size, (104, 132, 74), 70, 300)
    return strewn(rng, made, leaves)


LEAVES: tuple[Colour, ...] = ((222, 164, 54), (198, 112, 42), (170, 74, 38), (226, 190, 90), (140, 96, 46))


def strewn(rng: Rng, made: Image.Image, leaves: int, big: float = 5.0) -> Image.Image:
    """`made` with fallen leaves on it."""
    pen = ImageDraw.Draw(made)
    for _ in range(leaves):
        x, y, r = rng.uniform(0, made.width), rng.uniform(0, made.height), rng.uniform(0.5, 1.2) * big
        turn = rng.uniform(0.35, 1)
        pen.ellipse((x - r, y - r * turn, x + r, y + r * turn), dim(rng.choice(LEAVES), rng.uniform(0.7, 1.05)))
    return made


def setts(rng: Rng, size: tuple[int, int] = (640, 640), colour: Colour = (156, 150, 146)) -> Image.Image:
    """Small cut stones in waving rows."""
    made = Image.new("RGB", size, dim(colour, 0.42))
    pen = ImageDraw.Draw(made)
    step = size[0] // 26
    for row in range(-1, size[1] // step + 1):
        for column in range(-1, 27):
            x, y = column * step + (row % 2) * step / 2, row * step + 3 * ((column % 6) - 3) / 2
            tone = dim(mix(colour, (182, 160, 140), rng.random() * 0.5), rng.uniform(0.72, 1.08))
            pen.rounded_rectangle((x + 1, y + 1, x + step - 2, y + step - 2), step // 4, tone)
    return made


def bricks(rng: Rng, size: tuple[int, int], colour: Colour, rows: int) -> Image.Image:
    """A brick wall."""
    made = Image.new("RGB", size, dim(mix(colour, (190, 186, 178), 0.5), 0.8))
    pen = ImageDraw.Draw(made)
    high = size[1] / rows
    long = high * 3.1
    for row in range(rows):
        x = -rng.random() * 4 - (row % 2) * long / 2
        while x < size[0]:
            pen.rectangle((x, row * high, x + long - 2, (row + 1) * high - 2), dim(colour, rng.uniform(0.74, 1.06)))
            x += long
    return made


def concrete(rng: Rng, size: tuple[int, int], colour: Colour = (168, 166, 164), panels: int = 6) -> Image.Image:
    """Concrete panels with joints, holes of the mould and traces of running water."""
    made = cloth(rng, size, colour, 44, 120)
    pen = ImageDraw.Draw(made, "RGBA")
    for index in range(panels + 1):
        x = index * size[0] / panels
        pen.line((x, 0, x, size[1]), (30, 30, 34, 170), 3)
        for y in (0.2, 0.8):
            pen.ellipse((x + 14, size[1] * y, x + 20, size[1] * y + 6), (40, 40, 44, 120))
    for _ in range(panels * 3):
        x, long = rng.uniform(0, size[0]), rng.uniform(0.2, 0.8)
        pen.line((x, 0, x + rng.uniform(-4, 4), size[1] * long), (60, 58, 54, 40), rng.randrange(3, 12))
    return made


def scribble(rng: Rng, made: Image.Image, spots: int, colours: tuple[Colour, ...], tall: float) -> Image.Image:
    """`made` with painted loops and strokes on it that say nothing; `tall` pixels high each."""
    pen = ImageDraw.Draw(made)
    for spot in range(spots):
        colour = rng.choice(colours)
        high = tall * rng.uniform(0.7, 1.2)
        x = made.width * (spot + 0.5 + rng.uniform(-0.25, 0.25)) / spots - high
        y = made.height * rng.uniform(0.42, 0.62)
        wide = max(3, round(high / rng.uniform(8, 14)))
        line = _hand(rng, x, y, high)
        if rng.random() < 0.6:
            pen.line(line, dim(colour, 0.3), wide * 3, "curve")
        pen.line(line, colour, wide, "curve")
        for drip in range(rng.randrange(0, 4)):
            end = line[(drip * 17 + 9) % len(line)]
            pen.line((end[0], end[1], end[0], end[1] + high * rng.uniform(0.1, 0.5)), colour, max(2, wide // 4))
        if rng.random() < 0.5:
            pen.arc(
                (x - high * 0.3, y - high * 0.1, x + high * 2.1, y + high * 0.9), 20, 150, colour, max(2, wide // 2)
            )
    return made


def _hand(rng: Rng, x: float, y: float, high: float) -> list[tuple[float, float]]:
    """A line like quick handwriting: loops of uneven height that lean."""
    line = []
    for loop in range(rng.randrange(3, 6)):
        tall, fat, lean = high * rng.uniform(0.3, 0.75), high * rng.uniform(0.12, 0.3), rng.uniform(-0.2, 0.5)
        turn = rng.choice((-1, 1))
        for step in range(16):
            angle = step / 16 * math.tau
            up = tall * (1 - math.cos(angle)) / 2
            line.append(
                (
                    x + loop * high * 0.42 + step / 16 * high * 0.42 + turn * fat * math.sin(angle) + lean * up,
                    y + high * 0.3 - up,
                )
            )
    return line


def bend(points: list[tuple[float, float]], steps: int = 8) -> list[tuple[float, float]]:
    """A smooth line through points (Catmull–Rom)."""
    padded = [points[0], *points, points[-1]]
    smooth = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(steps):
            t = step / steps
            smooth.append(
                (
                    0.5
                    * (
                        2 * b[0]
                        + (c[0] - a[0]) * t
                        + (2 * a[0] - 5 * b[0] + 4 * c[0] - d[0]) * t**2
                        + (3 * b[0] - a[0] - 3 * c[0] + d[0]) * t**3
                    ),
                    0.5
                    * (
                        2 * b[1]
                        + (c[1] - a[1]) * t
                        + (2 * a[1] - 5 * b[1] + 4 * c[1] - d[1]) * t**2
                        + (3 * b[1] - a[1] - 3 * c[1] + d[1]) * t**3
                    ),
                )
            )
    return [*smooth, points[-1]]


SPRAY: tuple[Colour, ...] = (
    (70, 120, 200),
    (206, 70, 80),
    (236, 196, 60),
    (90, 170, 110),
    (220, 220, 226),
    (150, 90, 170),
)
PLASTER: tuple[Colour, ...] = (
    (206, 178, 132),
    (190, 150, 124),
    (176, 170, 158),
    (150, 160, 158),
    (202, 190, 164),
    (168, 128, 106),
)


def facade(
    rng: Rng,
    floors: int,
    bays: int,
    colour: Colour,
    lit: float,
    shops: str = "open",
    metre: int = 22,
) -> tuple[Image.Image, Image.Image]:
    """A house front, 3 m to a bay and 3.4 m to a floor, and what of it shines.

    `lit` is the share of windows with light in them; the ground floor is `open` (lit shop windows), `closed` (dark
    panes), `shut` (no windows) or `home` (windows like above).
    """
    size = (int(bays * 3 * metre), int(floors * 3.4 * metre))
    made, shining = cloth(rng, size, colour, 26), Image.new("RGB", size)
    pen, glow = ImageDraw.Draw(made, "RGBA"), ImageDraw.Draw(shining)
    tall = size[1] / floors
    for floor in range(floors):
        top = floor * tall
        ground = floor == floors - 1
        pen.rectangle((0, top - 4, size[0], top + 3), (255, 255, 255, 60))
        pen.rectangle((0, top + 4, size[0], top + 7), (0, 0, 0, 70))
        for bay in range(bays):
            left = bay * 3 * metre
            if ground and shops != "home":
                _shop(rng, pen, glow, (left, top, left + 3 * metre, size[1]), shops, metre)
            else:
                _window(
                    rng,
                    pen,
                    glow,
                    (left + 0.85 * metre, top + 0.8 * metre, left + 2.15 * metre, top + 2.6 * metre),
                    lit,
                )
    return made, shining


Box = tuple[float, float, float, float]


def _window(rng: Rng, pen: ImageDraw.ImageDraw, glow: ImageDraw.ImageDraw, box: Box, lit: float) -> None:
    left, top, right, bottom = box
    pen.rectangle((left - 4, top - 4, right + 4, bottom + 4), (232, 226, 214, 255))
    pen.rectangle((left - 6, bottom + 4, right + 6, bottom + 8), (0, 0, 0, 80))
    pen.rectangle(box, (34, 40, 54, 255))
    occupied = rng.random() < lit
    if occupied:
        colour = rng.choice(((255, 206, 130), (255, 186, 104), (248, 222, 176), (214, 226, 240)))
        colour = dim(colour, rng.uniform(0.55, 0.95))
        glow.rectangle(box, colour)
        if rng.random() < 0.6:
            high = top + (bottom - top) * rng.uniform(0.15, 0.5)
            glow.rectangle((left, top, right, high), dim(colour, 0.72))
        if rng.random() < 0.4:
            spot = left + (right - left) * rng.uniform(0.2, 0.7)
            glow.rectangle((spot, bottom - 9, spot + 7, bottom), dim(colour, 0.3))
    middle = (left + right) / 2
    for line in (
        (middle, top, middle, bottom),
        (left, top + (bottom - top) * 0.34, right, top + (bottom - top) * 0.34),
    ):
        pen.line(line, (226, 220, 208, 255), 3)
        glow.line(line, (60, 48, 30) if occupied else (0, 0, 0), 3)


def _shop(rng: Rng, pen: ImageDraw.ImageDraw, glow: ImageDraw.ImageDraw, box: Box, shops: str, metre: int) -> None:
    left, top, right, bottom = box
    pane = (left + 0.3 * metre, top + 0.9 * metre, right - 0.3 * metre, bottom - 0.45 * metre)
    pen.rectangle((left, top + 8, right, bottom), (92, 88, 86, 150))
    if shops == "shut":
        for line in range(int(pane[1]), int(pane[3]), 8):
            pen.line((pane[0], line, pane[2], line), (60, 62, 66, 255), 4)
        return
    pen.rectangle(pane, (30, 34, 44, 255))
    pen.rectangle(pane, None, (200, 196, 188, 255), 2)
    pen.line((pane[0] + 4, pane[3] - 6, pane[0] + 0.9 * metre, pane[1] + 4), (90, 100, 120, 120), 6)
    if shops != "open":
        return
    warm = rng.choice(((255, 214, 150), (255, 196, 120), (240, 240, 236), (255, 226, 176)))
    glow.rectangle(pane, dim(warm, rng.uniform(0.8, 1)))
    for _ in range(rng.randrange(2, 5)):
        x, high = rng.uniform(pane[0] + 3, pane[2] - 12), rng.uniform(0.3, 1.3) * metre
        glow.rectangle(
            (x, pane[3] - high, x + rng.uniform(6, 16), pane[3]),
            dim(rng.choice(((190, 90, 70), (80, 120, 140), (200, 170, 90))), 0.75),
        )
    glow.rectangle(
        (pane[0], pane[1] - 0.42 * metre, pane[2], pane[1] - 0.12 * metre),
        dim(rng.choice(((220, 90, 70), (90, 170, 190), (230, 190, 90), (130, 190, 130))), 0.8),
    )


_SEGMENTS = {
    "0": "abcdef",
    "1": "bc",
    "2": "abged",
    "3": "abgcd",
    "4": "fgbc",
    "5": "afgcd",
    "6": "afgedc",
    "7": "abc",
    "8": "abcdefg",
    "9": "abcdfg",
}


def digits(number: str, high: int, ink: Colour, paper: Colour) -> Image.Image:
    """A plate with a number on it, drawn with seven strokes a digit."""
    wide, edge = int(high * 0.62), high // 5
    made = Image.new("RGB", (len(number) * (wide + edge) + 2 * edge, high + 2 * edge), paper)
    pen = ImageDraw.Draw(made)
    thick = max(2, high // 8)
    for place, digit in enumerate(number):
        x0, y0 = edge + place * (wide + edge) + edge // 2, edge
        x1, y1, ym = x0 + wide - edge // 2, y0 + high, y0 + high / 2
        strokes = {
            "a": (x0, y0, x1, y0),
            "b": (x1, y0, x1, ym),
            "c": (x1, ym, x1, y1),
            "d": (x0, y1, x1, y1),
            "e": (x0, ym, x0, y1),
            "f": (x0, y0, x0, ym),
            "g": (x0, ym, x1, ym),
        }
        for name in _SEGMENTS[digit]:
            left, top, right, low = strokes[name]
            shift = (x0 - x1) / 2 if digit == "1" else 0
            pen.line((left + shift, top, right + shift, low), ink, thick)
    return made.filter(ImageFilter.SMOOTH)
