"""Scenes where people wait and meet: stops, a kiosk, a lit front with benches and boxes of plants."""

import random
from itertools import pairwise

from PIL import Image, ImageDraw

from app.photos.drawn import belongings, things
from app.photos.drawn import surfaces as flat
from app.photos.drawn.night import FINE, WARM, WHITE, Night, Point, Size, dim, mix
from app.photos.drawn.town import front, pave


def shelter(
    size: Size,
    seed: str,
    *,
    broken: bool = False,
    board: str = "lit",
    dusk: float = 0.6,
    middle: float = 0.45,
    light: bool = True,
    wet: bool = False,
) -> Night:
    """A stop with a glass shelter; `board` is the departure board: lit or dark; `broken` its side pane."""
    night = Night(size, seed, middle=middle, horizon=0.5, zoom=0.66, ambient=mix((48, 54, 82), (80, 82, 112), dusk))
    rng = night.random
    things.sky(night, dusk)
    things.skyline(night, dusk, 0.2)
    front(night, 26, (-34, 34), 4, 0.35)
    night.floor(flat.asphalt(rng, (800, 600)), (-30, 30), (6.5, 24))
    pave(night, (188, 182, 174), (-9, 9), 9.1, 0.7)
    if light:
        night.pool(night.at(0, 1.2, 5.2), (3.4 * night.scale(5.2), 1.9 * night.scale(5.2)), (190, 198, 210))
        night.pool(night.at(0, 0, 4.6), (3.2 * night.scale(4.6), 0.8 * night.scale(4.6)), (150, 156, 168))
    night.lamp(7.5, 5.5, 14, WARM, 9)
    night.lamp(-9, 5.5, 18, WARM, 9)
    night.fall()
    if wet:
        night.mirror(flat.noise(rng, (96, 72), 20, 0, 255), 0.8)
    things.post(night, 8.5, 14, 5.5, shining=WARM, side=-1)
    things.post(night, -10, 18, 5.5, shining=WARM, side=1)
    _shelter(night, broken, light)
    _board(night, 3.1, 4.6, board)
    return night


def _pane(night: Night, corners: list[Point], strength: float) -> None:
    """A pane of glass: a little lighter than what is behind it, with a slanting shine."""
    fine = [(x * FINE, y * FINE) for x, y in corners]
    left, right = max(0, int(min(x for x, _ in fine))), int(max(x for x, _ in fine)) + 1
    top, low = max(0, int(min(y for _, y in fine))), int(max(y for _, y in fine)) + 1
    if left >= min(right, night.picture.width) or top >= min(low, night.picture.height):
        return
    mask = Image.new("L", (right - left, low - top))
    pen, wide, high = ImageDraw.Draw(mask), right - left, low - top
    pen.polygon([(x - left, y - top) for x, y in fine], int(30 * strength))
    pen.polygon([(wide * 0.2, high), (wide * 0.35, high), (wide * 0.75, 0), (wide * 0.6, 0)], int(52 * strength))
    night.picture.paste((190, 206, 224), (left, top), mask)


def _shelter(night: Night, broken: bool, light: bool) -> None:
    steel = night.lit((96, 102, 110), night.at(0, 2, 5))
    back = [(x, 5.9) for x in (-2.0, -0.67, 0.67, 2.0)]
    things.bench(night, -0.3, 5.3, 2.2, arms=False)
    for (x0, z0), (x1, z1) in pairwise(back):
        _pane(night, [night.at(x0, 2.2, z0), night.at(x1, 2.2, z1), night.at(x1, 0.25, z1), night.at(x0, 0.25, z0)], 1)
    side = [night.at(2.0, 2.2, 5.9), night.at(2.0, 2.2, 4.5), night.at(2.0, 0.25, 4.5), night.at(2.0, 0.25, 5.9)]
    other = [night.at(-2.0, 2.2, 5.9), night.at(-2.0, 2.2, 4.5), night.at(-2.0, 0.25, 4.5), night.at(-2.0, 0.25, 5.9)]
    _pane(night, other, 1)
    if broken:
        _crack(
            night,
            [
                night.at(-0.67, 2.2, 5.9),
                night.at(0.67, 2.2, 5.9),
                night.at(0.67, 0.25, 5.9),
                night.at(-0.67, 0.25, 5.9),
            ],
        )
    _pane(night, side, 1)
    for x, z in (*back, (-2.0, 4.5), (2.0, 4.5)):
        night.line([night.at(x, 0, z), night.at(x, 2.35, z)], steel, 0.06 * night.scale(z))
    for y in (0.25, 2.2):
        night.line([night.at(-2, y, 5.9), night.at(2, y, 5.9)], steel, 0.04 * night.scale(5.9))
    roof = [night.at(-2.3, 2.42, 4.2), night.at(2.3, 2.42, 4.2), night.at(2.2, 2.42, 6.2), night.at(-2.2, 2.42, 6.2)]
    night.shape(roof, night.lit((130, 134, 140), night.at(0, 2.2, 5)))
    night.shape(
        [night.at(-2.3, 2.56, 4.2), night.at(2.3, 2.56, 4.2), night.at(2.3, 2.42, 4.2), night.at(-2.3, 2.42, 4.2)],
        dim(steel, 0.8),
    )
    if light:
        night.line([night.at(-1.6, 2.38, 4.9), night.at(1.6, 2.38, 4.9)], (244, 248, 255), 0.05 * night.scale(4.9))
        night.glow(night.at(0, 2.36, 4.9), 1.7 * night.scale(4.9), (70, 76, 88))


def _crack(night: Night, corners: list[tuple[float, float]]) -> None:
    """A shattered pane: a hole and lines that run from it."""
    rng = night.random
    (left, top), _, (right, low), _ = corners
    centre = (left + (right - left) * 0.45, top + (low - top) * 0.4)
    pale = (206, 216, 226)
    for step in range(22):
        x, y = (
            (rng.uniform(left, right), rng.choice((top, low)))
            if step % 2
            else (rng.choice((left, right)), rng.uniform(top, low))
        )
        bend = ((centre[0] + x) / 2 + rng.uniform(-9, 9), (centre[1] + y) / 2 + rng.uniform(-9, 9))
        night.line([centre, bend, (x, y)], mix(pale, (90, 100, 116), rng.random() * 0.6), 1.1)
    for radius in (0.2, 0.32, 0.5):
        points = [
            (
                centre[0] + (right - left) * radius * rng.uniform(0.75, 1.1) * c,
                centre[1] + (low - top) * radius * rng.uniform(0.7, 1.05) * s,
            )
            for c, s in (
                (1, 0),
                (0.6, 0.7),
                (-0.1, 1),
                (-0.8, 0.6),
                (-1, -0.1),
                (-0.6, -0.8),
                (0.2, -1),
                (0.8, -0.6),
                (1, 0),
            )
        ]
        if radius == 0.2:
            night.shape(points, (20, 24, 34))
        night.line(points, pale, 1.1)
    for _ in range(60):
        x, z = rng.gauss(0, 0.7), rng.uniform(4.2, 6.4)
        spot = night.at(x, 0, z)
        r = rng.uniform(1.2, 4.2)
        night.shape(
            [(spot[0] - r, spot[1]), (spot[0] + r * 0.3, spot[1] - r * 0.6), (spot[0] + r, spot[1] + r * 0.2)],
            rng.choice((pale, (150, 168, 186), (236, 242, 248))),
        )


def _board(night: Night, x: float, z: float, board: str) -> None:
    """A pole with a departure board on it."""
    scale = night.scale(z)
    spot = night.at(x, 2.6, z)
    night.line([night.at(x, 0, z), night.at(x, 3.0, z)], night.lit(things.DARK, spot), 0.1 * scale)
    left, top, right, low = spot[0] - 0.7 * scale, spot[1] - 0.34 * scale, spot[0] + 0.7 * scale, spot[1] + 0.34 * scale
    night.shape([(left, top), (right, top), (right, low), (left, low)], night.lit((58, 60, 66), spot))
    pane = [(left + 6, top + 6), (right - 6, top + 6), (right - 6, low - 6), (left + 6, low - 6)]
    night.shape(pane, (18, 20, 24))
    for line in range(3):
        y = top + (low - top) * (0.26 + 0.24 * line)
        if board == "lit":
            for start, end in ((0.08, 0.16), (0.22, 0.4 + 0.16 * night.random.random()), (0.8, 0.92)):
                night.line(
                    [(left + (right - left) * start, y), (left + (right - left) * end, y)],
                    (255, 176, 54),
                    0.055 * scale,
                )
    if board == "lit":
        night.glow(spot, 0.9 * scale, (70, 46, 16))
    else:
        night.line([(left + 12, low - 10), (left + (right - left) * 0.4, top + 9)], (52, 58, 70), 0.07 * scale)
    plate = night.at(x, 1.75, z)
    night.oval(plate, (0.24 * scale, 0.24 * scale), night.lit((236, 214, 70), plate))
    night.shape(
        [
            (plate[0] - 0.1 * scale, plate[1] - 0.1 * scale),
            (plate[0] + 0.1 * scale, plate[1] - 0.1 * scale),
            (plate[0] + 0.1 * scale, plate[1] + 0.08 * scale),
            (plate[0] - 0.1 * scale, plate[1] + 0.08 * scale),
        ],
        night.lit((40, 44, 50), plate),
    )


def glassfront(
    size: Size, seed: str, *, dusk: float = 0.1, middle: float = 0.3, wet: bool = True, planters: bool = False
) -> Night:
    """A public building with a lit glass ground floor beside a walkway."""
    night = Night(size, seed, middle=middle, horizon=0.47, ambient=(58, 62, 88))
    rng = night.random
    things.sky(night, dusk)
    things.skyline(night, dusk, 0.22)
    pave(night, (190, 184, 178), (-9, 7), 60, 1.0)
    glass, shining = Image.new("RGB", (1400, 300), (70, 76, 84)), _indoors(rng)
    night.wall(flat.concrete(rng, (900, 500), (176, 174, 176), 9), ((7, 60), (7, 1.2)), (4.6, 15))
    night.wall(glass, ((7, 60), (7, 1.2)), (0.1, 4.6), shining)
    for ahead in range(2, 50, 3):
        scale = night.scale(ahead)
        night.pool(night.at(4.6, 0, ahead), (5.2 * scale, 1.5 * scale), (150, 112, 66))
    night.lamp(-6.5, 4.4, 14, WHITE, 8, 0.8)
    night.lamp(-6.5, 4.4, 30, WHITE, 8, 0.8)
    night.fall()
    if wet:
        night.mirror(flat.noise(rng, (96, 72), 20, 20, 240), 0.6)
    for z in (38.0, 30.0, 22.0, 14.0):
        things.tree(night, -8.6, z - 3, 7, (206, 158, 60), crown=0.3)
        things.post(night, -6.5, z, 4.4, shining=WHITE, style="globe")
    for index in range(3):
        if planters:
            planter(night, 0.6 + index * 0.9, 6.4 + index * 3.6)
        else:
            things.bench(night, 3.6 - index * 0.2, 7 + index * 5.5, 2.2)
    return night


def _indoors(rng: random.Random) -> Image.Image:
    """Lit rooms behind large panes: shelves, lamps, bars."""
    rooms = Image.new("RGB", (1400, 300), (250, 214, 152))
    pen = ImageDraw.Draw(rooms)
    for y in range(300):
        pen.line((0, y, 1400, y), mix((255, 232, 184), (226, 166, 98), y / 300))
    for _ in range(70):
        x, high = rng.uniform(0, 1400), rng.uniform(30, 150)
        pen.rectangle((x, 290 - high, x + rng.uniform(12, 60), 290), mix((150, 92, 56), (226, 170, 104), rng.random()))
    for spot in range(20, 1400, 120):
        pen.ellipse((spot, 26, spot + 34, 44), (255, 252, 240))
    for bar in range(0, 1401, 58):
        pen.line((bar, 0, bar, 300), (70, 58, 46), 6)
    pen.line((0, 150, 1400, 150), (90, 74, 58), 4)
    return rooms


def planter(night: Night, x: float, z: float, wide: float = 1.9) -> None:
    """A wooden box with plants in it."""
    rng = night.random
    foot = night.at(x, 0, z)
    night.shade(foot, (wide * 0.75 * night.scale(z), 0.22 * night.scale(z)), 0.7)
    things.slab(night, x, z, (wide, 0.62, 0.9), (158, 112, 70), 0, (58, 44, 34))
    for board in range(1, 4):
        left, right = night.at(x - wide / 2, board * 0.155, z), night.at(x + wide / 2, board * 0.155, z)
        night.line([left, right], night.lit((84, 58, 36), left), 1.6)
    for _ in range(260):
        px, py = x + rng.uniform(-wide / 2, wide / 2), 0.62 + abs(rng.gauss(0, 0.2))
        spot = night.at(px, py, z + rng.uniform(0, 0.8))
        r = 0.045 * night.scale(z) * rng.uniform(0.5, 1.2)
        colour = rng.choice(
            (
                (96, 136, 70),
                (78, 110, 58),
                (120, 150, 84),
                (96, 136, 70),
                (190, 86, 120),
                (232, 196, 90),
                (206, 206, 220),
            )
        )
        night.oval(spot, (r, r * rng.uniform(0.5, 1)), night.lit(colour, spot))


def kiosk(size: Size, seed: str, *, dusk: float = 0.05, middle: float = 0.5, wet: bool = True) -> Night:
    """A kiosk with its shutter up, the light falling out over the ground."""
    night = Night(size, seed, middle=middle, horizon=0.5, ambient=(52, 56, 84))
    rng = night.random
    things.sky(night, dusk)
    front(night, 34, (-44, 44), 4, 0.3)
    pave(night, (190, 182, 172), (-16, 16), 34, 0.9)
    scale = night.scale(8)
    night.pool(night.at(0, 0, 6.6), (4.6 * scale, 1.5 * scale), (255, 206, 140))
    night.pool(night.at(0, 1.8, 8), (3.6 * scale, 2.3 * scale), (150, 120, 80))
    night.lamp(-8, 4.5, 17, WARM, 9)
    night.lamp(9, 4.5, 21, WARM, 9)
    night.fall()
    if wet:
        night.mirror(flat.noise(rng, (96, 72), 20, 0, 240), 0.75)
    things.post(night, -8, 17, 4.4, style="globe")
    things.post(night, 9, 21, 4.4, style="globe")
    _stall(night)
    night.glow(night.at(0, 1.8, 8), 2.4 * scale, (90, 70, 40))
    belongings.bin_(night, 3.2, 7.6)
    for index in range(2):
        things.bench(night, -4.6 - index * 2.4, 9 + index * 3)
    return night


def _stall(night: Night) -> None:
    """The kiosk itself: wares in its window under a striped awning."""
    rng, scale = night.random, night.scale(8)
    things.slab(night, 0, 8, (4.4, 2.7, 2.4), (92, 128, 124), 0)
    things.slab(night, 0, 7.6, (4.9, 0.24, 3.0), (60, 78, 80), 2.7)
    corners = ((-1.7, 2.35), (1.7, 2.35), (1.7, 1.05), (-1.7, 1.05))
    night.shape([night.at(x, y, 7.98) for x, y in corners], (255, 226, 166))
    for shelf in (1.35, 1.75):
        for index in range(16):
            x, y = night.at(-1.55 + index * 0.205, shelf, 7.97)
            right, top = x + 0.13 * scale, y - rng.uniform(0.14, 0.28) * scale
            colour = rng.choice(((206, 96, 70), (240, 190, 80), (120, 160, 120), (96, 130, 170), (230, 220, 200)))
            night.shape([(x, y), (right, y), (right, top), (x, y - 0.2 * scale)], colour)
    for index in range(14):
        x0, x1 = -2.1 + index * 0.3, -2.1 + (index + 1) * 0.3
        stripe = [night.at(x0, 2.66, 8), night.at(x1, 2.66, 8), night.at(x1, 2.36, 7.0), night.at(x0, 2.36, 7.0)]
        night.shape(stripe, dim((236, 228, 214) if index % 2 else (188, 70, 60), 0.9))
    things.slab(night, 0, 7.7, (3.8, 0.08, 0.3), (206, 190, 160), 1.0)
