"""Things that people leave or use: bins, bicycles, scooters, cars, signs, bollards, cones.

Each paints itself in the light that falls where it stands, as in `things`.
"""

import math

from app.photos.drawn.night import Colour, Night, Point, dim, mix
from app.photos.drawn.surfaces import bend
from app.photos.drawn.things import DARK, STEEL


def bin_(
    night: Night, x: float, z: float, colour: Colour = (64, 92, 80), full: bool = False, height: float = 0.95
) -> None:
    """A litter bin on a stand; `full` = it spills over."""
    scale, rng = night.scale(z), night.random
    foot = night.at(x, 0, z)
    night.shade((foot[0], foot[1]), (0.5 * scale, 0.14 * scale), 0.7)
    spot = night.at(x, 0.6, z)
    tone = night.lit(colour, spot)
    half = 0.26 * scale
    top, low = night.at(x, height, z)[1], night.at(x, 0.12, z)[1]
    for step in range(12):
        left, right = spot[0] - half + 2 * half * step / 12, spot[0] - half + 2 * half * (step + 1) / 12
        night.shape(
            [(left, top), (right + 1, top), (right + 1, low), (left, low)],
            dim(tone, 0.62 + 0.55 * math.sin(math.pi * (step + 0.7) / 12)),
        )
    night.oval((spot[0], low), (half, half * 0.2), dim(tone, 0.5))
    night.oval((spot[0], top), (half, half * 0.24), dim(tone, 0.35))
    night.ring((spot[0], top), half * 0.2, tone, 1)
    if full:
        for _ in range(26):
            paper = rng.choice(((226, 222, 212), (196, 160, 110), (150, 176, 196), (206, 110, 92), (236, 232, 226)))
            px, py = spot[0] + rng.gauss(0, 0.42) * half, top - abs(rng.gauss(0.1, 0.32)) * half
            litter(night, (px, py), half * rng.uniform(0.22, 0.42), paper)
        for _ in range(14):
            litter(
                night,
                (spot[0] + rng.gauss(0, 1.8) * half, foot[1] + rng.uniform(-0.1, 0.5) * half),
                half * rng.uniform(0.16, 0.36),
                rng.choice(((214, 210, 200), (186, 150, 104), (150, 170, 186))),
            )


def litter(night: Night, spot: Point, size: float, colour: Colour) -> None:
    """A crumpled piece of paper or a cup."""
    rng = night.random
    points = [
        (spot[0] + math.cos(a) * size * rng.uniform(0.6, 1), spot[1] + math.sin(a) * size * rng.uniform(0.45, 0.8))
        for a in (0.2, 1.2, 2.3, 3.3, 4.4, 5.5)
    ]
    tone = night.lit(colour, spot)
    night.shape(points, tone)
    night.shape([points[0], points[2], points[4]], dim(tone, 0.8))


def bicycle(night: Night, x: float, z: float, colour: Colour = (150, 60, 56), turn: float = 1.0) -> None:
    """A bicycle seen from the side; `turn` narrows it as it turns away."""
    scale = night.scale(z)
    foot = night.at(x, 0, z)
    spot = night.at(x, 0.5, z)
    tone, black = night.lit(colour, spot), night.lit((40, 42, 46), spot)

    def to(px: float, py: float) -> Point:
        return foot[0] + px * scale * turn, foot[1] - py * scale

    night.shade(foot, (0.9 * scale * turn, 0.1 * scale), 0.6)
    for wheel in (-0.52, 0.52):
        centre, r = to(wheel, 0.33), 0.33 * scale
        steps = [
            (centre[0] + math.cos(a / 16 * math.tau) * r * turn, centre[1] + math.sin(a / 16 * math.tau) * r)
            for a in range(17)
        ]
        night.line(steps, black, max(1.2, 0.045 * scale))
        for spoke in steps[::2]:
            night.line([centre, spoke], mix(black, (150, 150, 156), 0.3), 0.6)
    hub, seat, head, crank = to(-0.52, 0.33), to(-0.2, 0.86), to(0.36, 0.82), to(-0.06, 0.3)
    for a, b in (
        (hub, crank),
        (crank, seat),
        (hub, to(-0.17, 0.74)),
        (crank, to(0.38, 0.7)),
        (to(-0.17, 0.74), head),
        (head, to(0.52, 0.33)),
    ):
        night.line([a, b], tone, max(1.2, 0.042 * scale))
    night.line([to(-0.32, 0.88), to(-0.08, 0.88)], black, max(1.4, 0.06 * scale))
    night.line([head, to(0.32, 1.0), to(0.5, 1.02)], black, max(1.2, 0.04 * scale))


def scooter(night: Night, x: float, z: float, lying: bool = False, colour: Colour = (110, 190, 150)) -> None:
    """An electric scooter, standing or thrown down."""
    scale = night.scale(z)
    foot = night.at(x, 0, z)
    spot = night.at(x, 0.3, z)
    tone, black = night.lit(colour, spot), night.lit((58, 60, 66), spot)

    def to(px: float, py: float) -> Point:
        return (
            (foot[0] + (px + py * 0.75) * scale, foot[1] - py * 0.16 * scale + px * 0.1 * scale)
            if lying
            else (foot[0] + px * scale, foot[1] - py * scale)
        )

    night.shade(foot, (0.75 * scale, 0.12 * scale), 0.65)
    for wheel in (-0.45, 0.45):
        night.oval(to(wheel, 0.11), (0.11 * scale, (0.05 if lying else 0.11) * scale), black)
        night.oval(to(wheel, 0.11), (0.05 * scale, (0.02 if lying else 0.05) * scale), dim(tone, 0.9))
    night.line([to(-0.42, 0.16), to(0.32, 0.16)], tone, 0.09 * scale)
    night.line([to(0.42, 0.14), to(0.3, 1.12)], tone, 0.055 * scale)
    night.line([to(0.12, 1.14), to(0.46, 1.1)], black, 0.05 * scale)


def car(
    night: Night, x: float, z: float, colour: Colour = (120, 40, 44), length: float = 4.3, lights: bool = False
) -> None:
    """A parked car seen from the side, without plates."""
    scale = night.scale(z)
    foot = night.at(x, 0, z)
    spot = night.at(x, 0.8, z)
    tone = night.lit(colour, spot)
    night.shade((foot[0], foot[1]), (length * 0.56 * scale, 0.22 * scale), 0.85)

    def to(px: float, py: float) -> Point:
        return foot[0] + (px - 0.5) * length * scale, foot[1] - py * scale

    body = [
        (0.0, 0.32),
        (0.01, 0.72),
        (0.1, 0.84),
        (0.22, 0.88),
        (0.34, 1.36),
        (0.44, 1.44),
        (0.68, 1.42),
        (0.82, 1.06),
        (0.97, 0.88),
        (1.0, 0.6),
        (0.99, 0.3),
    ]
    night.shape(bend([to(*p) for p in body], 5), tone)
    night.shape([to(0.02, 0.32), to(0.02, 0.5), to(0.99, 0.5), to(0.99, 0.32)], dim(tone, 0.7))
    glass = night.lit((92, 108, 128), spot)
    for pane in (
        [(0.27, 0.92), (0.36, 1.3), (0.5, 1.34), (0.5, 0.92)],
        [(0.53, 0.92), (0.53, 1.34), (0.67, 1.32), (0.77, 0.98), (0.77, 0.92)],
    ):
        night.shape([to(*p) for p in pane], glass)
    night.line(
        bend([to(0.12, 0.84), to(0.5, 0.87), to(0.92, 0.8)]), mix(tone, (255, 255, 255), 0.25), max(1, 0.03 * scale)
    )
    for wheel in (0.19, 0.8):
        night.oval(to(wheel, 0.32), (0.34 * scale, 0.34 * scale), night.lit((34, 34, 38), spot))
        night.oval(to(wheel, 0.32), (0.2 * scale, 0.2 * scale), night.lit((150, 154, 160), spot))
    night.oval(
        to(0.985, 0.68), (0.09 * scale, 0.07 * scale), (255, 248, 220) if lights else night.lit((220, 220, 214), spot)
    )
    night.oval(
        to(0.015, 0.7), (0.06 * scale, 0.09 * scale), (230, 40, 36) if lights else night.lit((150, 40, 40), spot)
    )


def sign(
    night: Night,
    x: float,
    z: float,
    height: float = 2.4,
    tilt: float = 0.0,
    colour: Colour = (36, 84, 156),
    wide: float = 1.3,
) -> None:
    """A direction sign on a pole, with an arrow and a walking mark; `tilt` in radians."""
    scale = night.scale(z)
    foot, top = night.at(x, 0, z), night.at(x, height + 0.25, z)
    spot = night.at(x, height, z)
    night.line([foot, top], night.lit(STEEL, spot), max(1.5, 0.07 * scale))
    c, s = math.cos(tilt), math.sin(tilt)

    def to(px: float, py: float) -> Point:
        return spot[0] + (px * c - py * s) * scale, spot[1] + (px * s + py * c) * scale

    half, high = wide / 2, 0.2
    night.shape(
        [to(-half, -high), to(half - 0.2, -high), to(half, 0), to(half - 0.2, high), to(-half, high)],
        night.lit((236, 236, 232), spot),
    )
    night.shape(
        [
            to(-half + 0.03, -high + 0.03),
            to(half - 0.21, -high + 0.03),
            to(half - 0.04, 0),
            to(half - 0.21, high - 0.03),
            to(-half + 0.03, high - 0.03),
        ],
        night.lit(colour, spot),
    )
    white = night.lit((236, 236, 232), spot)
    night.line([to(-half + 0.42, 0), to(half - 0.26, 0)], white, 0.05 * scale)
    night.line([to(half - 0.4, -0.1), to(half - 0.24, 0), to(half - 0.4, 0.1)], white, 0.05 * scale)
    night.oval(to(-half + 0.2, -0.11), (0.04 * scale, 0.04 * scale), white)
    for a, b in (
        ((0.2, -0.06), (0.2, 0.03)),
        ((0.2, 0.03), (0.14, 0.13)),
        ((0.2, 0.03), (0.26, 0.13)),
        ((0.2, -0.03), (0.28, 0.02)),
    ):
        night.line([to(-half + a[0], a[1]), to(-half + b[0], b[1])], white, 0.035 * scale)


def bollard(night: Night, x: float, z: float, height: float = 0.9, colour: Colour = DARK, band: bool = True) -> None:
    """A bollard with a reflecting band."""
    scale = night.scale(z)
    foot, top = night.at(x, 0, z), night.at(x, height, z)
    tone = night.lit(colour, top)
    night.shade(foot, (0.25 * scale, 0.07 * scale), 0.7)
    night.line([foot, top], tone, 0.13 * scale)
    night.line(
        [(foot[0] - 0.03 * scale, foot[1]), (top[0] - 0.03 * scale, top[1])],
        mix(tone, (255, 255, 255), 0.2),
        0.03 * scale,
    )
    night.oval(top, (0.065 * scale, 0.03 * scale), dim(tone, 1.3))
    if band:
        at = night.at(x, height * 0.8, z)
        night.line(
            [(at[0], at[1]), (at[0], at[1] + 0.1 * scale)],
            mix(night.lit((240, 240, 236), at), (255, 255, 255), 0.2),
            0.13 * scale,
        )


def cone(night: Night, x: float, z: float) -> None:
    """A traffic cone."""
    scale = night.scale(z)
    foot, top = night.at(x, 0, z), night.at(x, 0.7, z)
    night.shade(foot, (0.4 * scale, 0.1 * scale), 0.7)
    for low, high, colour in (
        (0.0, 0.25, (232, 98, 36)),
        (0.25, 0.42, (240, 238, 230)),
        (0.42, 0.55, (232, 98, 36)),
        (0.55, 1.0, (240, 110, 50)),
    ):
        wide0, wide1 = 0.2 * (1 - low) + 0.03, 0.2 * (1 - high) + 0.03
        y0, y1 = foot[1] + (top[1] - foot[1]) * low, foot[1] + (top[1] - foot[1]) * high
        night.shape(
            [
                (foot[0] - wide0 * scale, y0),
                (foot[0] + wide0 * scale, y0),
                (foot[0] + wide1 * scale, y1),
                (foot[0] - wide1 * scale, y1),
            ],
            night.lit(colour, top),
        )
    night.oval((foot[0], foot[1]), (0.28 * scale, 0.06 * scale), night.lit((206, 84, 30), foot))
