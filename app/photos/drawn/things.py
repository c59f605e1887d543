"""Things that stand in the evening: lamp posts, trees, bushes, benches, bins, bicycles, shelters, cars, signs.

Each takes the picture, where it stands (`x` metres right, `z` ahead) and paints itself in the light that falls there.
Things are painted after night has fallen, the farthest first.
"""

import math

from app.photos.drawn.night import WARM, Colour, Night, Point, dim, mix
from app.photos.drawn.surfaces import LEAVES, bend, noise

STEEL: Colour = (120, 126, 134)
DARK: Colour = (52, 56, 62)
WOOD: Colour = (172, 128, 84)
GREEN: Colour = (88, 116, 62)


def sky(night: Night, dusk: float, clouds: float = 0.5) -> None:
    """The sky down to the horizon; `dusk` 1 = the last light in the west, 0 = night over a town."""
    from_top = [
        mix((10, 14, 30), (40, 58, 110), dusk),
        mix((20, 24, 44), (104, 100, 142), dusk),
        mix((38, 38, 56), (206, 138, 122), dusk),
        mix((58, 52, 60), (250, 176, 112), dusk),
    ]
    rows = ((0.0, 0.42), (0.42, 0.76), (0.76, 1.0))
    for (low, high), upper, lower in zip(rows, from_top, from_top[1:], strict=False):
        steps = 40
        for step in range(steps):
            y0 = night.horizon * (low + (high - low) * step / steps) - 1
            y1 = night.horizon * (low + (high - low) * (step + 1) / steps) + 2
            night.shine_pen.rectangle((0, y0, night.width, y1), mix(upper, lower, step / steps))
    _clouds(night, dusk, clouds)
    if dusk < 0.25:
        for _ in range(26):
            x, y = night.random.uniform(0, night.width), night.random.uniform(0, night.horizon * 0.6)
            night.shine_pen.ellipse((x - 1, y - 1, x + 1, y + 1), (150, 156, 176))


def _clouds(night: Night, dusk: float, clouds: float) -> None:
    size = (night.width, max(8, int(night.horizon)))
    strip = noise(night.random, (size[0], size[0]), 9, 0, 255).resize(size)
    mask = strip.point([int(max(0, v - 120) * 1.1 * clouds) for v in range(256)])
    night.shining.paste(mix((44, 42, 56), (214, 134, 120), dusk), (0, 0), mask)


def skyline(night: Night, dusk: float, height: float = 0.16, lights: float = 0.4) -> None:
    """Houses far off along the horizon."""
    x = -10.0
    body = mix((22, 24, 38), (70, 66, 92), dusk)
    while x < night.width:
        wide, tall = (
            night.random.uniform(0.04, 0.12) * night.width,
            night.random.uniform(0.35, 1) * height * night.height,
        )
        top = night.horizon - tall
        night.paint([(x, top), (x + wide, top), (x + wide, night.horizon + 3), (x, night.horizon + 3)], body)
        night.shine([(x, top), (x + wide, top), (x + wide, night.horizon + 3), (x, night.horizon + 3)], body)
        rows, columns = int(tall / 11), int(wide / 12)
        for row in range(rows):
            for column in range(columns):
                if night.random.random() < lights:
                    left, up = x + 4 + column * 12, top + 5 + row * 11
                    night.shine_pen.rectangle(
                        (left, up, left + 4, up + 5),
                        dim(
                            night.random.choice((WARM, (255, 180, 96), (214, 222, 236))),
                            night.random.uniform(0.4, 0.85),
                        ),
                    )
        x += wide + night.random.uniform(-4, 6)


def post(
    night: Night,
    x: float,
    z: float,
    height: float = 5.0,
    colour: Colour = DARK,
    shining: Colour | None = WARM,
    style: str = "arm",
    side: int = 1,
    lean: float = 0.0,
) -> Point:
    """A lamp post; `style` arm, globe or pair; `shining` None = unlit. Returns the pixel of the lamp."""
    foot, scale = night.at(x, 0, z), night.scale(z)
    top = night.at(x + lean * height, height, z)
    width = max(1.4, 0.11 * scale)
    tone = night.lit(colour, night.at(x, 1.2, z))
    night.line([foot, top], tone, width)
    night.line(
        [(foot[0] - width * 0.28, foot[1]), (top[0] - width * 0.28, top[1])],
        mix(tone, (255, 255, 255), 0.16),
        width * 0.25,
    )
    night.shape(
        [
            (foot[0] - width, foot[1]),
            (foot[0] - width * 0.8, foot[1] - scale * 0.8),
            (foot[0] + width * 0.8, foot[1] - scale * 0.8),
            (foot[0] + width, foot[1]),
        ],
        dim(tone, 0.9),
    )
    heads = {"arm": (side,), "pair": (-1, 1), "globe": (0,)}[style]
    spot = top
    for turn in heads:
        spot = (top[0] + turn * 1.1 * scale, top[1] - 0.12 * scale) if turn else (top[0], top[1] - 0.22 * scale)
        _head(night, top, spot, scale, tone, shining)
    return spot


def _head(night: Night, top: Point, spot: Point, scale: float, tone: Colour, shining: Colour | None) -> None:
    glass = mix(shining, (255, 255, 255), 0.72) if shining else mix(tone, (120, 128, 140), 0.35)
    if spot[0] == top[0]:
        night.oval(spot, (0.24 * scale, 0.26 * scale), glass)
        night.line(
            [(spot[0] - 0.16 * scale, spot[1] - 0.24 * scale), (spot[0] + 0.16 * scale, spot[1] - 0.24 * scale)],
            tone,
            max(1, 0.07 * scale),
        )
        return
    night.line([top, (spot[0], spot[1])], tone, max(1.2, 0.07 * scale))
    night.shape(
        [
            (spot[0] - 0.32 * scale, spot[1] + 0.05 * scale),
            (spot[0] - 0.2 * scale, spot[1] - 0.12 * scale),
            (spot[0] + 0.2 * scale, spot[1] - 0.12 * scale),
            (spot[0] + 0.32 * scale, spot[1] + 0.05 * scale),
        ],
        dim(tone, 0.8),
    )
    night.oval((spot[0], spot[1] + 0.06 * scale), (0.28 * scale, 0.07 * scale), glass)


def tree(
    night: Night,
    x: float,
    z: float,
    height: float = 8.0,
    leaves: Colour = (196, 140, 52),
    full: float = 1.0,
    crown: float = 0.36,
) -> None:
    """A broad-leaved tree in autumn; `full` 0–1 how much of its leaves it has kept."""
    scale, rng = night.scale(z), night.random
    foot = night.at(x, 0, z)
    fork = night.at(x + rng.uniform(-0.2, 0.2), height * 0.34, z)
    bark = night.lit((112, 96, 84), night.at(x, 1.5, z))
    wide = max(1.5, 0.034 * height * scale)
    night.shape(
        [
            (foot[0] - wide, foot[1]),
            (fork[0] - wide * 0.55, fork[1]),
            (fork[0] + wide * 0.55, fork[1]),
            (foot[0] + wide, foot[1]),
        ],
        bark,
    )
    for _ in range(9):
        angle, long = rng.uniform(-1.0, 1.0), height * scale * rng.uniform(0.28, 0.58)
        end = (fork[0] + math.sin(angle) * long * 0.8, fork[1] - math.cos(angle) * long)
        bent = ((fork[0] + end[0]) / 2 + rng.uniform(-6, 6), (fork[1] + end[1]) / 2)
        night.line(bend([fork, bent, end], 4), dim(bark, 0.85), max(1, wide * rng.uniform(0.25, 0.55)))
    centre = night.at(x, height * 0.66, z)
    _foliage(
        night,
        centre,
        (height * crown * scale, height * 0.37 * scale),
        leaves,
        int((500 + 6 * scale) * full),
        max(1.1, 0.1 * scale),
    )


def _foliage(night: Night, centre: Point, radius: Point, colour: Colour, count: int, size: float) -> None:
    """Leaves in an uneven oval: the back dark, the front in the light."""
    rng = night.random
    count = round(min(2200, max(count, 0.9 * radius[0] * radius[1] / size**2)))
    bumps = [(rng.uniform(-0.6, 0.6), rng.uniform(-0.55, 0.6), rng.uniform(0.34, 0.58)) for _ in range(10)]
    for bx, by, br in bumps:
        spot = (centre[0] + bx * radius[0], centre[1] + by * radius[1])
        night.oval(spot, (br * radius[0] * 0.86, br * radius[1] * 0.8), night.lit(dim(colour, 0.26), spot))
    for layer, tone in ((0, 0.48), (1, 0.74), (2, 1.0)):
        for _ in range(count // 3):
            bx, by, br = rng.choice(bumps)
            angle, away = rng.uniform(0, math.tau), math.sqrt(rng.random()) * br * 1.12
            fx, fy = bx + math.cos(angle) * away, by + math.sin(angle) * away - layer * 0.06
            spot = (centre[0] + fx * radius[0], centre[1] + fy * radius[1])
            shade = dim(
                mix(colour, rng.choice(LEAVES), 0.25 * rng.random()),
                tone * rng.uniform(0.7, 1.15) * (1.0 - 0.35 * max(-0.4, fy)),
            )
            r = size * rng.uniform(0.5, 1.4) * (1.35 - layer * 0.25)
            night.oval(spot, (r, r * rng.uniform(0.5, 0.9)), night.lit(shade, spot))


def bush(night: Night, x: float, z: float, width: float = 2.0, height: float = 1.6, colour: Colour = GREEN) -> None:
    """A bush that stands on the ground."""
    scale = night.scale(z)
    foot = night.at(x, 0, z)
    night.shade((foot[0], foot[1]), (width * 0.7 * scale, 0.22 * scale), 0.6)
    _foliage(
        night,
        night.at(x, height * 0.5, z),
        (width * 0.62 * scale, height * 0.62 * scale),
        colour,
        int(400 + 120 * width + 2 * scale),
        max(1.2, 0.055 * scale),
    )


def slab(
    night: Night,
    x: float,
    z: float,
    size: tuple[float, float, float],
    colour: Colour,
    y: float = 0.0,
    top: Colour | None = None,
) -> None:
    """A box `size` = width, height, depth (metres), its front at `z`, its middle at `x`, its foot at `y`."""
    w, h, d = size
    a, b = x - w / 2, x + w / 2
    front = [night.at(a, y + h, z), night.at(b, y + h, z), night.at(b, y, z), night.at(a, y, z)]
    spot = night.at(x, y + h / 2, z)
    side = b if b < 0 else a if a > 0 else None
    if side is not None:
        night.shape(
            [night.at(side, y + h, z), night.at(side, y + h, z + d), night.at(side, y, z + d), night.at(side, y, z)],
            night.lit(dim(colour, 0.6), spot),
        )
    if y + h < night.eye:
        night.shape(
            [night.at(a, y + h, z), night.at(b, y + h, z), night.at(b, y + h, z + d), night.at(a, y + h, z + d)],
            night.lit(top or dim(colour, 1.18), spot),
        )
    night.shape(front, night.lit(colour, spot))


def bench(
    night: Night, x: float, z: float, length: float = 1.8, missing: int = -1, arms: bool = True, colour: Colour = WOOD
) -> None:
    """A park bench seen from the front; slat number `missing` of its back is gone."""
    scale = night.scale(z)
    foot = night.at(x, 0, z)
    under = night.at(x, 0, z + 0.22)
    night.shade(under, (length * 0.6 * scale, max(4.0, (foot[1] - under[1]) * 1.5)), 0.7)
    for end in (-1, 1):
        at = x + end * (length / 2 - 0.15)
        for points in ([(0.0, z), (0.44, z)], [(0.0, z + 0.4), (0.92, z + 0.5)]):
            night.line([night.at(at, y, depth) for y, depth in points], night.lit(DARK, foot), 0.06 * scale)
        if arms:
            night.line([night.at(at, 0.66, z), night.at(at, 0.66, z + 0.42)], night.lit(DARK, foot), 0.05 * scale)
            night.line([night.at(at, 0.44, z), night.at(at, 0.66, z)], night.lit(DARK, foot), 0.04 * scale)
    for slat in range(4):
        if slat != missing:
            slab(night, x, z + 0.48, (length, 0.085, 0.03), dim(colour, 0.9 + 0.05 * (slat % 2)), 0.54 + slat * 0.115)
    for slat in range(4):
        slab(night, x, z + 0.09 * (3 - slat), (length, 0.04, 0.085), dim(colour, 0.94 + 0.05 * (slat % 2)), 0.43)
