"""Scenes so close that only one thing is seen: a plate on a post, an open hatch, glass, a hole in the ground."""

import math
from itertools import pairwise

from app.photos.drawn import belongings, things
from app.photos.drawn import surfaces as flat
from app.photos.drawn.night import WARM, WHITE, Colour, Night, Point, Size, block, dim, mix
from app.photos.drawn.town import pave


def _blurred(night: Night, dusk: float, warm: int = 9) -> None:
    """A street out of focus: round spots of light before a dark ground."""
    rng = night.random
    things.sky(night, dusk, 0.2)
    night.shine(
        [(0, night.horizon), (night.width, night.horizon), (night.width, night.height), (0, night.height)], (26, 28, 40)
    )
    night.shine(
        [
            (0, night.horizon * 0.55),
            (night.width, night.horizon * 0.62),
            (night.width, night.horizon * 1.15),
            (0, night.horizon * 1.12),
        ],
        (34, 32, 42),
    )
    for _ in range(warm * 3):
        x, y, r = rng.uniform(0, night.width), rng.uniform(0.1, 0.75) * night.height, rng.uniform(8, 46)
        colour = dim(rng.choice((WARM, (255, 170, 90), WHITE, (220, 90, 70), (140, 190, 170))), rng.uniform(0.16, 0.5))
        night.shine_pen.ellipse((x - r, y - r, x + r, y + r), colour, mix(colour, (255, 255, 255), 0.15), 2)


def _column(night: Night, left: float, right: float, colour: Colour, lit: float, foot: float) -> None:
    """A round post close by, from the top down to the pixel row `foot`; `lit` −1…1 from which side light falls."""
    steps = 48
    for step in range(steps):
        share = (step + 0.5) / steps
        tone = 0.25 + 0.75 * max(0.0, math.sin(math.pi * min(1.0, max(0.0, share + 0.22 * lit)))) ** 1.4
        x0, x1 = left + (right - left) * step / steps, left + (right - left) * (step + 1) / steps
        night.shape(block(x0, 0, x1 + 0.6, foot), dim(colour, tone * 0.62))


def plate(
    size: Size,
    seed: str,
    *,
    number: str = "30417",
    dusk: float = 0.1,
    side: float = -1.0,
    colour: Colour = (112, 120, 124),
) -> Night:
    """The number plate of a lamp post, close."""
    night = Night(size, seed, horizon=0.62)
    _blurred(night, dusk)
    night.fall()
    middle = night.width * (0.5 + 0.05 * side)
    half = min(size) * 0.2
    _column(night, middle - half, middle + half, colour, side, night.height)
    made = flat.digits(number, 110, (24, 26, 30), (236, 222, 150))
    wide, high = half * 1.46, half * 0.62
    top = night.height * 0.4
    tilt = high * 0.02 * side
    corner = [
        (middle - wide / 2, top + tilt),
        (middle + wide / 2, top - tilt),
        (middle + wide / 2, top + high - tilt),
        (middle - wide / 2, top + high + tilt),
    ]
    night.shape([(x + 5, y + 7) for x, y in corner], (14, 15, 20))
    night.lay(made.point([int(v * 0.86) for v in range(256)] * 3), corner)
    for x, y in corner:
        night.oval((x + (10 if x < middle else -10), y + (10 if y < top + high / 2 else -10)), (4, 4), (90, 92, 96))
    for y in (0.2, 0.74):
        row = night.height * y
        night.shape(
            [(middle - half, row), (middle + half, row), (middle + half, row + 16), (middle - half, row + 16)],
            (70, 74, 80),
        )
        night.line([(middle - half, row + 3), (middle + half, row + 3)], (150, 154, 160), 2)
    return night


def hatch(size: Size, seed: str, *, dusk: float = 0.1, cones: bool = False, number: str = "30552") -> Night:
    """An open hatch in a lamp post, its wires bare; `cones` = made safe with cones and tape."""
    night = Night(size, seed, horizon=0.3, eye=1.5, ambient=(60, 64, 90))
    _blurred(night, dusk, 6)
    pave(night, (170, 166, 160), (-4, 4), 7, 0.5)
    night.pool((night.width * 0.5, night.height * 0.62), (night.width * 0.5, night.height * 0.5), (220, 190, 140))
    night.fall()
    z = 3.4 if cones else 2.3
    scale = night.scale(z)
    foot, half = night.at(0, 0, z), 0.17 * scale
    night.shade(foot, (0.6 * scale, 0.16 * scale), 0.8)
    _column(night, foot[0] - half, foot[0] + half, (190, 194, 198), 0, foot[1])
    _opening(night, foot[0], half, (night.at(0, 0.92, z)[1], night.at(0, 0.42, z)[1]), scale)
    top = night.at(0, 1.32, z)[1]
    sign = flat.digits(number, 60, (24, 26, 30), (236, 222, 150))
    night.lay(sign, block(foot[0] - half * 0.72, top, foot[0] + half * 0.72, top + half * 0.5))
    if cones:
        for x, depth in ((-0.5, 4.2), (0.75, 4.1), (-0.95, 3.0), (0.9, 2.9)):
            belongings.cone(night, x, depth)
        tape = flat.bend([night.at(-0.95, 0.62, 3.0), night.at(0.0, 0.54, 2.9), night.at(0.9, 0.62, 2.9)], 12)
        for index, (a, b) in enumerate(pairwise(tape)):
            night.line([a, b], (226, 60, 48) if index % 2 else (240, 238, 230), 9)
    return night


def _opening(night: Night, x: float, half: float, rows: tuple[float, float], scale: float) -> None:
    """The open hatch round `x`, from pixel row to pixel row: the hole, the lid on its hinge, the wires."""
    rng, (top, low) = night.random, rows
    night.shape(block(x - half * 0.6, top, x + half * 0.6, low), (12, 12, 15))
    hinge, edge = x + half * 0.62, x + half * 2.0
    night.shape([(hinge, top), (edge, top + 0.05 * scale), (edge, low + 0.09 * scale), (hinge, low)], (136, 140, 146))
    hinge, edge = x + half * 0.74, x + half * 1.9
    inside = [
        (hinge, top + 0.03 * scale),
        (edge, top + 0.075 * scale),
        (edge, low + 0.05 * scale),
        (hinge, low - 0.03 * scale),
    ]
    night.shape(inside, (92, 96, 102))
    for index, colour in enumerate(((216, 70, 54), (70, 116, 200), (228, 196, 56), (110, 176, 86), (150, 110, 70))):
        at, tall = x + (index - 2) * half * 0.2, low - top
        hanging = [(at + rng.uniform(-14, 14), top + tall * 0.35), (at + rng.uniform(-22, 22), top + tall * 0.66)]
        wire = flat.bend([(at, top), *hanging, (at + rng.uniform(-30, 6), low + rng.uniform(-20, 26))])
        night.line(wire, dim(colour, 0.86), 0.018 * scale)
        night.line(wire[-4:], (230, 190, 120), 0.01 * scale)


def shards(size: Size, seed: str, *, dusk: float = 0.5, tone: Colour = (170, 164, 158)) -> Night:
    """Broken glass on paving, seen from above."""
    night = Night(size, seed, horizon=-0.25, eye=1.7, zoom=0.9, ambient=mix((60, 64, 90), (92, 92, 118), dusk))
    rng = night.random
    night.floor(flat.paving(rng, (1000, 1000), tone, (8, 10), 4), (-2.6, 2.6), (1.0, 8))
    night.pool((night.width * 0.7, night.height * 0.3), (night.width * 0.8, night.height * 0.8), (190, 160, 116))
    night.fall()
    for index in range(420):
        away = abs(rng.gauss(0, 0.24))
        angle = rng.uniform(0, math.tau)
        x, y = night.width * (0.45 + away * math.cos(angle)), night.height * (0.55 + away * 0.8 * math.sin(angle))
        r = rng.uniform(3, 9) if index < 330 else rng.uniform(12, 34)
        turn = rng.uniform(0, math.tau)
        points = [
            (x + r * rng.uniform(0.5, 1) * math.cos(turn + a), y + r * 0.7 * rng.uniform(0.5, 1) * math.sin(turn + a))
            for a in (0, 1.7, 3.4, 5.0)
        ]
        night.shape([(px + 3, py + 4) for px, py in points], dim(night.lit((70, 70, 76), (x, y)), 0.6))
        night.shape(
            points, night.lit(rng.choice(((196, 214, 222), (160, 184, 196), (236, 246, 250), (130, 156, 168))), (x, y))
        )
        if rng.random() < 0.2:
            night.line(points[:2], (255, 244, 220), 1.6)
    return night


def hole(size: Size, seed: str, *, kind: str = "hole", dusk: float = 0.2) -> Night:
    """The ground close by: a `hole` in asphalt, `leaves` lying wet on a path, a `puddle`."""
    night = Night(size, seed, horizon=0.12, eye=1.6, zoom=0.75, ambient=mix((54, 58, 84), (80, 82, 110), dusk))
    rng = night.random
    night.shine(block(0, 0, night.width, night.horizon), (28, 30, 46))
    ground = flat.gravel(rng, (900, 1100)) if kind == "leaves" else flat.asphalt(rng, (900, 1100), 10)
    if kind == "leaves":
        flat.strewn(rng, ground, 2600, 8)
    night.floor(ground, (-3.2, 3.2), (0.9, 12))
    side = flat.strewn(rng, flat.grass(rng, (300, 900), 200), 120, 6)
    night.floor(side, (-9, -2.4), (0.9, 12))
    night.floor(side, (2.4, 9), (0.9, 12))
    night.lamp(1.8, 3.6, 7.4, WARM, 6)
    night.pool((night.width * 0.5, night.height * 0.62), (night.width * 0.55, night.height * 0.5), (150, 124, 88))
    night.fall()
    if kind != "leaves":
        turns = [index / 22 * math.tau for index in range(22)]
        rim = [
            night.at(0.1 + rng.uniform(0.7, 1.0) * math.cos(a), 0, 3.1 + rng.uniform(0.5, 0.74) * math.sin(a))
            for a in turns
        ]
        (_broken if kind == "hole" else _puddle)(night, night.at(0.1, 0, 3.1), rim)
    _wet(night, 0.4 if kind == "leaves" else 0.25)
    return night


def _broken(night: Night, centre: Point, rim: list[Point]) -> None:
    """A hole with ragged edges, loose stones in and round it, cracks from it."""
    rng = night.random

    def inwards(across: float, along: float, down: float) -> list[Point]:
        return [(centre[0] + (x - centre[0]) * across, centre[1] + down + (y - centre[1]) * along) for x, y in rim]

    night.shape(rim, night.lit((34, 33, 34), centre))
    night.shape(inwards(0.93, 0.84, 16), night.lit((84, 78, 72), centre))
    night.shape(inwards(0.62, 0.5, 22), night.lit((62, 58, 56), centre))
    for _ in range(240):
        turn, away = rng.uniform(0, math.tau), math.sqrt(rng.random()) * (0.8 if rng.random() < 0.8 else 1.5)
        spot = night.at(0.1 + 0.8 * away * math.cos(turn), 0, 3.05 + 0.56 * away * math.sin(turn))
        belongings.litter(night, spot, rng.uniform(2, 9), dim((150, 142, 134), rng.uniform(0.6, 1.1)))
    for x, y in rim[::5]:
        dx, dy = x - centre[0], y - centre[1]
        crack = [(x, y), (x + dx * 0.4 + rng.uniform(-20, 20), y + dy * 0.5), (x + dx * 0.7, y + dy * 0.8)]
        night.line(crack, night.lit((40, 40, 42), (x, y)), 2.4)


def _wet(night: Night, share: float) -> None:
    for _ in range(int(260 * share)):
        x, y = night.random.uniform(0, night.width), night.random.uniform(night.height * 0.35, night.height)
        wide = night.random.uniform(3, 22)
        night.line([(x - wide, y), (x + wide, y)], mix(night.lit((220, 206, 180), (x, y)), (255, 240, 210), 0.15), 1.3)


def _puddle(night: Night, centre: Point, rim: list[Point]) -> None:
    """A puddle with the mirror image of a lamp in it."""
    edge = flat.bend([*rim, rim[0]], 5)
    night.shape(edge, (26, 30, 46))
    low, high = min(y for _, y in edge), max(y for _, y in edge)
    middle = centre[0] + 40
    for step in range(40):
        y, away = low + (high - low) * (0.1 + 0.8 * step / 40), abs(step - 16)
        wide = (30 - away) * night.random.uniform(0.8, 2.2)
        night.line([(middle - wide, y), (middle + wide, y)], dim((255, 214, 150), 0.95 - 0.6 * away / 24), 2.4)
    night.line(edge, night.lit((190, 190, 196), centre), 1.6)
    night.glow((middle, (low + high) / 2), 120, (110, 80, 44))
