"""Scenes close by: a number plate on a post, an open hatch, bins, scooters, glass, a hole, a kerb, a box, a sign."""

from PIL import Image, ImageDraw

from app.photos.drawn import belongings, things
from app.photos.drawn import surfaces as flat
from app.photos.drawn.night import WARM, WHITE, Night, Size, dim, mix
from app.photos.drawn.surfaces import SPRAY
from app.photos.drawn.town import front, pave


def bins(
    size: Size,
    seed: str,
    *,
    count: int = 2,
    full: bool = True,
    dusk: float = 0.7,
    middle: float = 0.5,
    near: float = 4.2,
) -> Night:
    """Litter bins on a square."""
    night = Night(size, seed, middle=middle, horizon=0.42, ambient=mix((54, 58, 86), (90, 88, 116), dusk))
    things.sky(night, dusk)
    front(night, 30, (-40, 40), 4, 0.4)
    pave(night, (188, 180, 170), (-14, 14), 30, 0.8)
    night.lamp(4, 4.6, near + 4, WARM, 9)
    night.lamp(-7, 4.6, near + 9, WARM, 9)
    night.fall()
    things.post(night, -7, near + 9, 4.5, style="globe")
    things.post(night, 4.5, near + 4.4, 4.5, style="globe")
    things.bench(night, -2.4, near + 3.4)
    for index in range(count):
        belongings.bin_(
            night,
            -0.9 * (count - 1) + index * 1.8,
            near + 0.5 * (index % 2),
            ((64, 92, 80), (90, 84, 78), (70, 80, 104))[index % 3],
            full,
        )
    return night


def scooters(size: Size, seed: str, *, count: int = 4, dusk: float = 0.6, middle: float = 0.5, lying: int = 2) -> Night:
    """Scooters across a tactile strip in the paving."""
    night = Night(size, seed, middle=middle, horizon=0.34, ambient=mix((56, 60, 88), (88, 88, 116), dusk))
    rng = night.random
    things.sky(night, dusk)
    front(night, 28, (-38, 38), 4, 0.35)
    pave(night, (176, 170, 164), (-12, 12), 28, 0.6)
    strip = flat.cloth(rng, (80, 900), (232, 226, 206), 20)
    pen = ImageDraw.Draw(strip)
    for groove in range(6, 80, 12):
        pen.line((groove, 0, groove, 900), (150, 146, 134), 3)
    night.floor(strip, (-0.4, 0.4), (1.0, 28))
    night.lamp(-4.5, 4.6, 8, WARM, 9)
    night.lamp(6, 4.6, 15, WARM, 9)
    night.fall()
    things.post(night, 6.3, 15, 4.5, style="globe")
    things.post(night, -4.8, 8.4, 4.5, style="globe")
    for index in range(count - 1, -1, -1):
        x = -0.7 + 1.5 * rng.random() + (0.6 if index % 2 else -0.5)
        belongings.scooter(
            night, x, 3.3 + index * 1.25, index < lying, ((110, 190, 150), (230, 140, 70), (120, 150, 210))[index % 3]
        )
    return night


def kerb(size: Size, seed: str, *, dusk: float = 0.05, height: float = 0.14, wet: bool = True) -> Night:
    """A high kerb at a crossing, seen from the street."""
    night = Night(size, seed, horizon=0.24, eye=1.35, ambient=(60, 62, 88))
    rng = night.random
    things.sky(night, dusk)
    front(night, 20, (-28, 28), 4, 0.3)
    night.floor(flat.paving(rng, (900, 700), (184, 178, 170), (24, 26)), (-10, 10), (4.4, 20), height)
    night.floor(flat.asphalt(rng, (900, 400), 6), (-8, 8), (1.0, 4.1))
    stones = flat.cloth(rng, (900, 40), (196, 192, 188), 40)
    pen = ImageDraw.Draw(stones)
    for joint in range(0, 900, 75):
        pen.line((joint, 0, joint, 40), (60, 60, 64), 4)
    night.lay(
        stones,
        [night.at(-8, height, 4.4), night.at(8, height, 4.4), night.at(8, height, 4.1), night.at(-8, height, 4.1)],
    )
    night.lay(
        stones.point([int(v * 0.62) for v in range(256)] * 3),
        [night.at(-8, height, 4.1), night.at(8, height, 4.1), night.at(8, 0, 4.1), night.at(-8, 0, 4.1)],
    )
    for bar in range(5):
        x = -2.2 + bar * 0.95
        night.paint(
            [night.at(x, 0, 4.0), night.at(x + 0.5, 0, 4.0), night.at(x + 0.5, 0, 1.0), night.at(x, 0, 1.0)],
            dim((230, 230, 224), rng.uniform(0.75, 1)),
        )
    night.lamp(2.6, 4.8, 6.5, WHITE, 8)
    night.fall()
    if wet:
        night.mirror(flat.noise(rng, (96, 72), 20, 0, 200), 0.5, night.at(0, 0, 4.1)[1])
    things.post(night, 3.2, 6.9, 4.8, shining=WHITE, side=-1)
    belongings.bollard(night, -3.4, 5.2)
    return night


def box(size: Size, seed: str, *, dusk: float = 0.05, posters: int = 7, middle: float = 0.5, boxes: int = 1) -> Night:
    """An electric cabinet with torn posters and spray paint."""
    night = Night(size, seed, middle=middle, horizon=0.44, ambient=(60, 62, 90))
    things.sky(night, dusk)
    front(night, 26, (-36, 36), 4, 0.35)
    pave(night, (180, 174, 166), (-12, 12), 26, 0.7)
    night.lamp(-3.2, 4.6, 6.0, WARM, 7, 1.05)
    night.lamp(8, 4.6, 16, WARM, 8)
    night.fall()
    things.post(night, 8.4, 16, 4.5, style="globe")
    things.bush(night, 4.4, 6.6, 2.4, 1.1)
    things.post(night, -3.7, 6.2, 4.5, style="globe")
    for index in range(boxes - 1, -1, -1):
        x, z = -0.2 + index * 1.9, 3.6 + index * 0.5
        foot = night.at(x, 0, z)
        night.shade(foot, (1.1 * night.scale(z), 0.2 * night.scale(z)), 0.8)
        things.slab(night, x, z, (1.4, 1.35, 0.5), (126, 140, 134))
        made = _lid(night, posters)
        spot = night.at(x, 0.8, z)
        shade = night.lit((255, 255, 255), spot)
        made = made.point([v * part // 255 for part in shade for v in range(256)])
        night.lay(made, night.facing((x - 0.7, x + 0.7), (0.05, 1.35), z))
    return night


def _lid(night: Night, posters: int) -> Image.Image:
    """The doors of a cabinet with torn posters and spray paint."""
    rng = night.random
    made = flat.cloth(rng, (560, 520), (126, 140, 134), 26)
    pen = ImageDraw.Draw(made)
    pen.line((280, 0, 280, 520), (60, 66, 64), 6)
    for _ in range(posters):
        left, top = rng.uniform(10, 400), rng.uniform(10, 330)
        wide, high = rng.uniform(90, 160), rng.uniform(120, 190)
        paper = rng.choice(((232, 226, 206), (206, 120, 90), (110, 150, 170), (230, 200, 110), (190, 190, 186)))
        upper = [(left, top), (left + wide, top + rng.uniform(-12, 12))]
        lower = [
            (left + wide - rng.uniform(0, 50), top + high),
            (left + rng.uniform(0, 40), top + high - rng.uniform(0, 30)),
        ]
        pen.polygon([*upper, *lower], paper)
        for line in range(4):
            y = top + 22 + line * 24
            pen.line((left + 14, y, left + wide * rng.uniform(0.4, 0.8), y), dim(paper, 0.55), 3 if line else 6)
    return flat.scribble(rng, made, 2, SPRAY, 150)


def signpost(
    size: Size, seed: str, *, dusk: float = 0.3, tilt: float = 0.5, middle: float = 0.5, signs: int = 2
) -> Night:
    """A sign post at a corner; its lowest sign has been twisted by `tilt` radians."""
    night = Night(size, seed, middle=middle, horizon=0.66, ambient=mix((54, 58, 86), (82, 82, 112), dusk))
    things.sky(night, dusk, 0.8)
    front(night, 22, (-30, 30), 5, 0.4)
    pave(night, (184, 178, 170), (-11, 11), 22, 0.8)
    night.lamp(-3.4, 4.8, 6.6, WARM, 7, 1.0)
    night.fall()
    things.post(night, -4.0, 7.0, 4.9, side=1)
    x, z = 0.2, 4.6
    belongings.sign(night, x, z, 3.0, 0.0, (36, 84, 156), 1.7)
    if signs > 1:
        belongings.sign(night, x, z - 0.02, 2.45, tilt, (44, 110, 84), 1.5)
    return night


def seat(
    size: Size,
    seed: str,
    *,
    missing: int = 1,
    dusk: float = 0.3,
    middle: float = 0.5,
    park: bool = True,
    arms: bool = True,
) -> Night:
    """A bench close by; slat `missing` of its back is gone (−1 none)."""
    night = Night(size, seed, middle=middle, horizon=0.36, ambient=mix((52, 58, 84), (80, 82, 110), dusk))
    rng = night.random
    things.sky(night, dusk)
    if park:
        night.shine(
            [
                (0, night.horizon * 0.4),
                (night.width, night.horizon * 0.5),
                (night.width, night.horizon * 1.2),
                (0, night.horizon * 1.2),
            ],
            (24, 28, 36),
        )
        night.floor(flat.grass(rng, (700, 600), 500), (-14, 14), (4.2, 22))
        night.floor(flat.strewn(rng, flat.gravel(rng, (900, 400)), 300, 5), (-8, 8), (1.0, 4.6))
    else:
        front(night, 26, (-36, 36), 4, 0.5)
        pave(night, (190, 184, 176), (-12, 12), 26, 0.8)
    night.lamp(2.4, 4.0, 5.6, WARM, 6, 1.1)
    night.fall()
    if park:
        for x in (-7.0, -1.5, 5.6):
            things.tree(night, x, 15 + rng.uniform(0, 3), 9, rng.choice(((196, 140, 52), (164, 100, 44))))
    things.post(night, 2.9, 6.0, 4.2, style="globe")
    things.bench(night, -0.2, 3.4, 2.1, missing, arms)
    if missing >= 0:
        at = night.at(-0.8, 0.02, 3.0)
        night.line([at, (at[0] + 300, at[1] + 26)], night.lit((150, 112, 74), at), 13)
    return night


def spots(size: Size, seed: str, *, count: int = 4, dusk: float = 0.05, middle: float = 0.5) -> Night:
    """Floodlights in the ground that shine in the eyes."""
    night = Night(size, seed, middle=middle, horizon=0.5, ambient=(40, 44, 66))
    rng = night.random
    things.sky(night, dusk)
    picture, shining = flat.facade(rng, 5, 12, (186, 178, 166), 0.12, "shut")
    night.wall(picture, ((-18, 16), (18, 16)), (0, 17), shining)
    pave(night, (176, 172, 168), (-12, 12), 16, 1.0)
    places = [(-5.4 + index * 10.8 / max(1, count - 1), 9.0 + (index % 2) * 1.6) for index in range(count)]
    for x, z in places:
        top = night.at(x, 5.5, 16)
        night.pool((top[0], top[1]), (2.6 * night.scale(16), 6 * night.scale(16)), (220, 226, 240))
        night.pool(night.at(x, 0, z), (1.6 * night.scale(z), 0.5 * night.scale(z)), (200, 206, 220))
    night.fall()
    for x, z in places:
        spot, scale = night.at(x, 0.05, z), night.scale(z)
        night.oval(spot, (0.3 * scale, 0.1 * scale), (255, 255, 255))
        night.glow(spot, 1.7 * scale, (170, 176, 192))
        night.glow((spot[0], spot[1] - 1.1 * scale), 2.4 * scale, (60, 64, 74))
        night.line(
            [(spot[0] - 4.6 * scale, spot[1] + 0.1 * scale), (spot[0] + 4.6 * scale, spot[1] - 0.1 * scale)],
            (150, 156, 170),
            1.6,
        )
    return night


def crown(size: Size, seed: str, *, dusk: float = 0.15, middle: float = 0.5) -> Night:
    """A lamp inside the crown of a tree: the light stays among the leaves."""
    night = Night(size, seed, middle=middle, horizon=0.8, ambient=mix((46, 52, 78), (70, 74, 106), dusk))
    rng = night.random
    things.sky(night, dusk, 0.6)
    front(night, 26, (-36, 36), 5, 0.3, "closed")
    pave(night, (170, 166, 160), (-12, 12), 26, 0.9)
    spot = night.at(0.5, 4.6, 7.0)
    night.pool(spot, (night.width * 0.3, night.width * 0.27), (255, 214, 140))
    night.pool(night.at(0.6, 0, 7.0), (2.0 * night.scale(7), 0.6 * night.scale(7)), (70, 54, 34))
    night.glow(spot, night.width * 0.12, (200, 150, 84))
    night.fall()
    things.post(night, 0.5, 7.2, 4.6, style="globe")
    for x, z, tall in ((-1.2, 7.6, 8.0), (2.2, 6.9, 7.6), (0.4, 6.4, 7.9)):
        things.tree(night, x, z, tall, rng.choice(((206, 150, 54), (186, 124, 46), (160, 140, 60))), 0.9, 0.3)
    return night
