"""Scenes in the park: paths, avenue, pond, playground, yard."""

import math

from PIL import Image, ImageDraw

from app.photos.drawn import belongings, things
from app.photos.drawn import surfaces as flat
from app.photos.drawn.night import WARM, WHITE, Colour, Night, Size, dim, mix

BARK: Colour = (112, 96, 84)


def path(night: Night, width: float, far: float, bend: float, made: Image.Image) -> list[tuple[float, float]]:
    """A path that bends `bend` metres aside until `far`, as narrow cross strips. Returns its middle line (x, z)."""
    middle = []
    depth = 1.1
    while depth < far:
        nxt = depth * 1.16
        a, b = bend * (depth / far) ** 2, bend * (nxt / far) ** 2
        low, high = (
            int(depth / far * made.height),
            max(int(depth / far * made.height) + 2, int(nxt / far * made.height)),
        )
        piece = made.crop((0, min(low, made.height - 3), made.width, min(max(high, low + 3), made.height)))
        night.lay(
            piece,
            [
                night.at(b - width / 2, 0, nxt),
                night.at(b + width / 2, 0, nxt),
                night.at(a + width / 2, 0, depth),
                night.at(a - width / 2, 0, depth),
            ],
        )
        middle.append((a, depth))
        depth = nxt
    return middle


def wood(night: Night, z: float, count: int, tone: Colour = (20, 24, 32)) -> None:
    """A dark edge of trees far off."""
    rng = night.random
    for _ in range(count * 6):
        x, r = rng.uniform(-z, z), rng.uniform(0.5, 1.9)
        spot, scale = night.at(x, rng.uniform(1, 8.5) * rng.uniform(0.5, 1), z), night.scale(z)
        colour = dim(mix(tone, (60, 52, 40), rng.random() * 0.4), rng.uniform(0.7, 1.3))
        night.shine_pen.ellipse(
            (spot[0] - r * scale, spot[1] - r * scale, spot[0] + r * scale, spot[1] + r * scale), colour
        )
    foot = night.at(0, 0, z)[1]
    night.shine(
        [(0, foot - 2 * night.scale(z)), (night.width, foot - 2 * night.scale(z)), (night.width, foot), (0, foot)], tone
    )


def parkpath(
    size: Size,
    seed: str,
    *,
    dusk: float = 0.3,
    bushes: int = 8,
    tall: float = 2.2,
    lamps: tuple[float, ...] = (9.0, 26.0),
    dark: tuple[int, ...] = (),
    bend: float = 3.0,
    middle: float = 0.5,
    leaves: int = 300,
    eye: float = 1.6,
    overhang: bool = False,
    width: float = 2.6,
) -> Night:
    """A park path between bushes; `lamps` metres ahead, those in `dark` (0 = first) unlit."""
    night = Night(size, seed, middle=middle, horizon=0.44, eye=eye, ambient=mix((42, 50, 74), (66, 72, 102), dusk))
    rng = night.random
    things.sky(night, dusk, 0.4)
    wood(night, 45, 60, mix((16, 20, 26), (44, 44, 56), dusk))
    night.floor(flat.grass(rng, (700, 700), leaves), (-30, 30), (1.0, 45))
    path(night, width, 45, bend, flat.strewn(rng, flat.gravel(rng, (300, 2200)), leaves // 2, 4))
    for index, z in enumerate(lamps):
        if index not in dark:
            night.lamp(bend * (z / 45) ** 2 - width * 0.85, 4.2, z, WARM, 7.5, 1.0)
    night.fall()
    night.mist(night.horizon, night.height * 0.2, mix((34, 38, 52), (96, 84, 100), dusk), 0.35)
    rows = sorted((3.4 + index * 3.1 for index in range(bushes)), reverse=True)
    for index, z in enumerate(rows):
        at = bend * (z / 45) ** 2
        things.tree(
            night,
            at + (7 if index % 2 else -8) + rng.uniform(-2, 2),
            z + 7,
            rng.uniform(7, 11),
            rng.choice(((196, 140, 52), (170, 96, 44), (150, 128, 56))),
        )
        for lamp_index, lamp_z in enumerate(lamps):
            if z <= lamp_z < z + 3.1:
                things.post(
                    night,
                    bend * (lamp_z / 45) ** 2 - width * 0.85,
                    lamp_z,
                    4.0,
                    shining=None if lamp_index in dark else WARM,
                    style="globe",
                )
        for side in (-1, 1):
            things.bush(
                night,
                at + side * (width / 2 + 0.75 + rng.uniform(0, 0.4)),
                z,
                rng.uniform(1.9, 2.7),
                tall * rng.uniform(0.8, 1.1),
                mix(things.GREEN, (120, 110, 60), rng.random() * 0.5),
            )
    if overhang:
        _overhang(night)
    return night


def _overhang(night: Night) -> None:
    """A branch with leaves that hangs into the way."""
    rng = night.random
    start = (night.width * 0.98, night.height * 0.04)
    end = (night.width * 0.24, night.height * 0.5)
    bark = night.lit((120, 100, 84), (night.width * 0.6, night.height * 0.3))
    line = flat.bend([start, (night.width * 0.72, night.height * 0.12), (night.width * 0.45, night.height * 0.27), end])
    night.line(line, bark, 9)
    for spot in line[::2]:
        for _ in range(3):
            tip = (spot[0] + rng.uniform(-90, 30), spot[1] + rng.uniform(10, 150))
            night.line([spot, tip], bark, 2.5)
            for _ in range(26):
                share = rng.random()
                leaf = (
                    spot[0] + (tip[0] - spot[0]) * share + rng.gauss(0, 22),
                    spot[1] + (tip[1] - spot[1]) * share + rng.gauss(0, 20),
                )
                r = rng.uniform(6, 12)
                night.oval(
                    leaf,
                    (r, r * rng.uniform(0.35, 0.7)),
                    night.lit(dim(rng.choice(flat.LEAVES), rng.uniform(0.6, 1.1)), (leaf[0], leaf[1] + 60)),
                )


def avenue(
    size: Size,
    seed: str,
    *,
    dusk: float = 0.2,
    wet: bool = False,
    middle: float = 0.5,
    colour: Colour = WHITE,
    benches: int = 2,
) -> Night:
    """A straight avenue between trees, evenly lit to its end."""
    night = Night(size, seed, middle=middle, horizon=0.46, ambient=mix((54, 60, 84), (72, 78, 106), dusk))
    rng = night.random
    things.sky(night, dusk, 0.4)
    wood(night, 80, 70)
    night.floor(flat.grass(rng, (600, 900), 500), (-30, 30), (1.0, 80))
    night.floor(flat.strewn(rng, flat.gravel(rng, (420, 1500)), 240, 4), (-2.6, 2.6), (1.0, 80))
    depths = [8.0 + 8 * index for index in range(8)]
    for index, z in enumerate(depths):
        night.lamp(-3.0 if index % 2 else 3.0, 4.6, z, colour, 7.5, 0.95)
    night.fall()
    if wet:
        night.mirror(flat.noise(rng, (96, 72), 20, 0, 150), 0.6)
    for index, z in reversed(list(enumerate(depths))):
        for side in (-1, 1):
            things.tree(
                night, side * 5.2, z + 3, 9.5, rng.choice(((214, 160, 56), (200, 134, 48), (186, 150, 66))), crown=0.3
            )
        things.post(night, -3.3 if index % 2 else 3.3, z, 4.4, shining=colour, style="globe")
        if index < benches:
            things.bench(night, 3.4 if index % 2 else -3.5, z + 1.5)
    return night


def pond(size: Size, seed: str, *, dusk: float = 0.5, middle: float = 0.5, lamps: int = 5) -> Night:
    """Still water with the lamps of the far bank mirrored in it."""
    night = Night(size, seed, middle=middle, horizon=0.42, ambient=mix((50, 58, 84), (74, 78, 110), dusk))
    rng = night.random
    things.sky(night, dusk, 0.7)
    wood(night, 60, 60, mix((18, 22, 30), (50, 48, 62), dusk))
    things.skyline(night, dusk, 0.1, 0.5) if dusk < 0.3 else None
    night.floor(flat.grass(rng, (600, 600), 200), (-40, 40), (22, 60))
    night.floor(flat.cloth(rng, (300, 300), (60, 70, 92), 16), (-40, 40), (3.4, 24))
    night.floor(flat.setts(rng, (900, 200)), (-12, 12), (1.0, 3.4))
    places = [
        (-15 + index * 30 / max(1, lamps - 1) + rng.uniform(-1, 1), 27 + rng.uniform(0, 4)) for index in range(lamps)
    ]
    for x, z in places:
        night.lamp(x, 4.4, z, WARM, 8)
    night.lamp(-3.2, 4.2, 3.6, WHITE, 5, 0.5)
    night.fall()
    for x, z in places:
        things.tree(night, x + 3.4, z + 4, 9, rng.choice(((206, 150, 54), (178, 108, 48))))
        things.post(night, x, z, 4.4, style="globe")
    _mirrored(night, places)
    for index in range(7):
        x = -9 + index * 3.0
        belongings.bollard(night, x, 3.6, 0.8, band=False)
        if index:
            chain = [night.at(x - 3, 0.7, 3.6), night.at(x - 1.5, 0.5, 3.6), night.at(x, 0.7, 3.6)]
            night.line(flat.bend(chain), night.lit(things.DARK, night.at(x, 0.6, 3.6)), 3)
    return night


def _mirrored(night: Night, lamps: list[tuple[float, float]]) -> None:
    """The far bank and its lamps (x, z) in still water."""
    rng = night.random
    shore, near = night.at(0, 0, 24)[1], night.at(0, 0, 3.5)[1]
    for x, z in lamps:
        spot = night.at(x, 4.4, z)
        for streak in range(26):
            y = 2 * shore - spot[1] + (streak - 9) * 9
            wide = rng.uniform(4, 26) * (1 - abs(streak - 12) / 17)
            if shore + 6 < y < near:
                shine = dim((255, 206, 130), 0.95 - abs(streak - 9) / 24)
                night.oval((spot[0] + rng.uniform(-9, 9), y), (wide, 1.7), shine)
    water = Image.new("L", (night.width // 4, night.height // 4))
    bank = (night.at(-40, 0, 24), night.at(40, 0, 24), night.at(40, 0, 3.4), night.at(-40, 0, 3.4))
    ImageDraw.Draw(water).polygon([(x / 4, y / 4) for x, y in bank], 255)
    night.mirror(water, 0.72, shore, 6)


def playground(
    size: Size, seed: str, *, dusk: float = 0.3, lit: bool = False, middle: float = 0.5, what: str = "both"
) -> Night:
    """A playground: swing frame, slide, sandpit; `lit` False = its only lamp is out by the entrance."""
    night = Night(size, seed, middle=middle, horizon=0.45, ambient=mix((48, 56, 82), (72, 78, 110), dusk))
    rng = night.random
    things.sky(night, dusk, 0.4)
    wood(night, 40, 50, mix((16, 20, 26), (46, 46, 60), dusk))
    night.floor(flat.grass(rng, (700, 500), 200), (-30, 30), (1.0, 40))
    night.floor(flat.cloth(rng, (500, 400), (206, 184, 146), 50, 300), (-7, 8), (4.2, 14))
    if lit:
        night.lamp(-1, 4.5, 12, WHITE, 9, 1.1)
    night.lamp(-11 if not lit else -9, 4.5, 16, WARM, 6.5, 0.9)
    night.fall()
    for x in (-17.0, -6.0, 6.0, 15.0):
        things.tree(night, x, 26 + rng.uniform(0, 6), 10, rng.choice(((186, 130, 50), (150, 92, 44))))
    things.post(night, -11 if not lit else -9, 16, 4.4, style="globe")
    if lit:
        things.post(night, -1, 13, 5.0, shining=WHITE, style="pair")
    _fence(night, 17.5)
    if what in ("both", "slide"):
        _slide(night, 3.6 if what == "both" else 0.8, 9.0 if what == "both" else 6.4)
    if what in ("both", "swing"):
        swing(night, -2.6 if what == "both" else 0.0, 9.5 if what == "both" else 5.6, loose=what == "swing")
    _springer(night, 0.9 if what == "both" else 4.2, 7.2)
    return night


def _fence(night: Night, z: float) -> None:
    tone = night.lit((176, 150, 110), night.at(0, 0.6, z))
    for index in range(60):
        x = -15 + index * 0.5
        night.line(
            [night.at(x, 0, z), night.at(x, 0.9, z)],
            night.lit((176, 150, 110), night.at(x, 0.6, z)),
            0.09 * night.scale(z),
        )
    for y in (0.3, 0.75):
        night.line([night.at(-15, y, z), night.at(15, y, z)], dim(tone, 0.8), 2)


def swing(night: Night, x: float, z: float, loose: bool = False) -> None:
    """A swing frame with two seats; `loose` = one hangs by one chain."""
    scale = night.scale(z)
    tone = night.lit((196, 84, 62), night.at(x, 1.4, z))
    night.shade(night.at(x, 0, z), (2.2 * scale, 0.3 * scale), 0.5)
    for end in (-1.7, 1.7):
        for foot in (-0.5, 0.5):
            night.line([night.at(x + end, 2.3, z), night.at(x + end + foot * 0.5, 0, z + foot)], tone, 0.09 * scale)
    night.line([night.at(x - 1.8, 2.3, z), night.at(x + 1.8, 2.3, z)], dim(tone, 0.9), 0.1 * scale)
    chain = night.lit((150, 154, 160), night.at(x, 1.4, z))
    for seat, hung in ((-0.75, True), (0.75, not loose)):
        left, right = night.at(x + seat - 0.22, 2.28, z), night.at(x + seat + 0.22, 2.28, z)
        low_left = night.at(x + seat - 0.22, 0.5, z)
        low_right = night.at(x + seat + 0.22, 0.5, z) if hung else night.at(x + seat + 0.06, 0.12, z)
        night.line([left, low_left], chain, 0.025 * scale)
        night.line([right, low_right if hung else night.at(x + seat + 0.3, 1.2, z)], chain, 0.025 * scale)
        night.line([low_left, low_right], night.lit((46, 48, 54), low_left), 0.07 * scale)


def _slide(night: Night, x: float, z: float) -> None:
    scale = night.scale(z)
    night.shade(night.at(x, 0, z), (2.0 * scale, 0.3 * scale), 0.5)
    red, blue = night.lit((206, 92, 60), night.at(x, 1, z)), night.lit((70, 120, 170), night.at(x, 1, z))
    for post in (-1.5, -0.6):
        night.line(
            [night.at(x + post, 0, z), night.at(x + post, 2.4, z)],
            night.lit(things.WOOD, night.at(x, 1, z)),
            0.12 * scale,
        )
        night.line(
            [night.at(x + post, 0, z + 1), night.at(x + post, 2.4, z + 1)],
            night.lit(dim(things.WOOD, 0.7), night.at(x, 1, z)),
            0.1 * scale,
        )
    night.shape(
        [night.at(x - 1.8, 2.4, z - 0.2), night.at(x - 1.05, 3.1, z + 0.5), night.at(x - 0.3, 2.4, z - 0.2)], red
    )
    night.shape(
        [night.at(x - 1.6, 1.4, z), night.at(x - 0.5, 1.4, z), night.at(x - 0.5, 1.28, z), night.at(x - 1.6, 1.28, z)],
        blue,
    )
    chute = flat.bend(
        [night.at(x - 0.55, 1.4, z), night.at(x + 0.3, 0.95, z), night.at(x + 1.1, 0.4, z), night.at(x + 1.9, 0.26, z)]
    )
    night.line(chute, night.lit((196, 200, 206), night.at(x, 0.8, z)), 0.2 * scale)
    night.line([(px, py - 0.12 * scale) for px, py in chute], red, 0.06 * scale)
    for rung in range(5):
        night.line(
            [
                night.at(x - 1.9 + 0.07 * rung, 0.2 + rung * 0.26, z),
                night.at(x - 1.55 + 0.07 * rung, 0.2 + rung * 0.26, z),
            ],
            dim(blue, 0.9),
            0.05 * scale,
        )


def _springer(night: Night, x: float, z: float) -> None:
    scale = night.scale(z)
    body, foot = night.at(x, 0.55, z), night.at(x, 0, z)
    night.shade(foot, (0.5 * scale, 0.12 * scale), 0.6)
    steel = night.lit(things.STEEL, foot)
    for turn in range(4):
        night.line(
            [
                (foot[0] - 0.12 * scale, foot[1] - turn * 0.09 * scale),
                (foot[0] + 0.12 * scale, foot[1] - (turn + 0.5) * 0.09 * scale),
            ],
            steel,
            0.035 * scale,
        )
    night.oval(body, (0.46 * scale, 0.2 * scale), night.lit((96, 150, 96), body))
    night.oval(
        (body[0] + 0.42 * scale, body[1] - 0.22 * scale), (0.18 * scale, 0.16 * scale), night.lit((110, 164, 104), body)
    )
    night.oval((body[0] + 0.48 * scale, body[1] - 0.26 * scale), (0.03 * scale, 0.03 * scale), (16, 18, 20))


def courtyard(size: Size, seed: str, *, gate: str = "dark", middle: float = 0.5) -> Night:
    """A vaulted gateway into a yard; `gate` dark or lit."""
    night = Night(size, seed, middle=middle, horizon=0.52, ambient=(46, 52, 78))
    rng = night.random
    night.backdrop((14, 17, 30))
    picture, shining = flat.facade(rng, 3, 5, rng.choice(flat.PLASTER), 0.3, "home")
    night.wall(picture, ((-7.5, 7), (7.5, 7)), (0, 10.2), shining)
    night.floor(flat.setts(rng, (1000, 700)), (-9, 9), (1.2, 7))
    _vault(night)
    if gate == "lit":
        night.lamp(0, 3.2, 10, WARM, 5, 1.2)
    night.lamp(4.2, 3.2, 6.6, WARM, 4.5, 0.9 if gate == "lit" else 0.55)
    night.fall()
    scale, (x, y) = night.scale(6.8), night.at(4.2, 3.0, 6.8)
    lantern = ((-0.2, 0.25), (0.2, 0.25), (0.12, -0.2), (-0.12, -0.2))
    night.shape([(x + right * scale, y + down * scale) for right, down in lantern], (255, 236, 190))
    for side in (-1, 1):
        _leaf(night, side)
    belongings.bin_(night, -4.4, 6.1, (70, 96, 80))
    return night


def _vault(night: Night) -> None:
    """The gateway's arch, its sides and floor, and the yard's far wall."""
    rng = night.random
    turns = [a * math.pi / 12 for a in range(13)]
    arch = [night.at(-1.7, 0, 7), night.at(-1.7, 2.6, 7)]
    arch += [night.at(-1.7 * math.cos(turn), 2.6 + 1.2 * math.sin(turn), 7) for turn in turns]
    arch += [night.at(1.7, 2.6, 7), night.at(1.7, 0, 7)]
    night.paint(arch, (40, 40, 46))
    for x0, x1 in ((-1.68, -1.5), (1.68, 1.5)):
        side = [night.at(x0, 3.2, 7), night.at(x1, 3.0, 15), night.at(x1, 0, 15), night.at(x0, 0, 7)]
        night.paint(side, (150, 130, 110))
    night.floor(flat.setts(rng, (300, 600)), (-1.65, 1.65), (7, 15))
    back, glow = flat.facade(rng, 1, 1, (150, 140, 128), 0.9, "home")
    night.wall(back, ((-1.5, 15), (1.5, 15)), (0, 3.2), glow)


def _leaf(night: Night, side: int) -> None:
    """A leaf of the open gate, left (-1) or right (1)."""
    for bar in range(6):
        x = side * (1.62 + bar * 0.27)
        iron = night.lit(things.DARK, night.at(x, 1, 6.3))
        night.line([night.at(x, 0.05, 6.3), night.at(x, 2.3 - 0.05 * bar, 6.3)], iron, 3.2)
    iron = night.lit(things.DARK, night.at(side * 2, 1, 6.3))
    for y in (0.25, 2.0):
        night.line([night.at(side * 1.6, y, 6.3), night.at(side * 3.0, y, 6.3)], iron, 4)
