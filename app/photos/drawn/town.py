"""Scenes in the town: streets, crossings, squares, stops, fronts."""

from collections.abc import Callable

from PIL import Image, ImageDraw

from app.photos.drawn import belongings, things
from app.photos.drawn import surfaces as flat
from app.photos.drawn.night import WARM, WHITE, Colour, Night, Size, dim, mix

Ground = Callable[[tuple[int, int]], Image.Image]


def pave(
    night: Night, colour: Colour, x: tuple[float, float], far: float, slab: float = 0.8, near: float = 1.0
) -> None:
    """Paved ground: near slabs sharp, far ones in a picture of their own so that they do not flicker."""
    wide = x[1] - x[0]
    for low, high, detail in ((9.0, far, 0.5), (near, 9.0, 1.0)):
        across, along = max(2, round(wide / slab)), max(2, round((high - low) / slab * 1.6))
        size = (int(min(1100, across * 44 * detail)), int(min(1100, along * 40 * detail)))
        night.floor(flat.paving(night.random, size, colour, (across, along), 2 if detail == 1 else 1), x, (low, high))


def row(night: Night, x: float, far: float, floors: int, lit: float, shops: str = "open", near: float = 1.5) -> None:
    """A row of houses along one side of a street, from `near` to `far` metres ahead."""
    z = far
    while z > near:
        bays = night.random.randrange(3, 6)
        start = max(near, z - bays * 3)
        tall = floors + night.random.randrange(-1, 2)
        picture, shining = flat.facade(night.random, tall, bays, night.random.choice(flat.PLASTER), lit, shops)
        left = x < night.random.uniform(-0.01, 0.01)
        ends = ((x, start), (x, z)) if left else ((x, z), (x, start))
        night.wall(picture, ends, (0, tall * 3.4), shining)
        if shops == "open":
            for step in range(2):
                at = start + (z - start) * (step + 0.5) / 2
                foot = night.at(x * 0.86, 0, at)
                night.pool(foot, (3.2 * night.scale(at), 1.1 * night.scale(at)), (120, 88, 48))
        z = start


def front(night: Night, z: float, x: tuple[float, float], floors: int, lit: float, shops: str = "open") -> None:
    """Houses side by side across the picture, `z` metres ahead."""
    at = x[0]
    while at < x[1]:
        bays = night.random.randrange(4, 8)
        tall = floors + night.random.randrange(-1, 2)
        picture, shining = flat.facade(night.random, tall, bays, night.random.choice(flat.PLASTER), lit, shops)
        night.wall(picture, ((at, z), (at + bays * 3, z)), (0, tall * 3.4), shining)
        for part in range(bays // 2 if shops == "open" else 0):
            night.pool(
                night.at(at + 3 + part * 6, 0, z * 0.93), (5 * night.scale(z), 1.6 * night.scale(z)), (150, 112, 64)
            )
        at += bays * 3


def street(
    size: Size,
    seed: str,
    *,
    dusk: float = 0.2,
    dark: tuple[int, ...] = (),
    lit: float = 0.35,
    shops: str = "open",
    wet: bool = False,
    middle: float = 0.5,
    width: float = 5.0,
    rails: bool = False,
    trees: int = 0,
    cars: int = 0,
    colour: Colour = WARM,
) -> Night:
    """A street between houses; lamps number `dark` (0 = nearest) are unlit."""
    night = Night(size, seed, middle=middle, horizon=0.48, ambient=mix((50, 56, 86), (66, 72, 106), dusk))
    rng = night.random
    things.sky(night, dusk)
    things.skyline(night, dusk, 0.14)
    night.floor(flat.asphalt(rng, (512, 1024)), (-width, width), (1.2, 70))
    for side in (-1, 1):
        walk = sorted((side * width * 0.55, side * width))
        pave(night, (186, 180, 172), (walk[0], walk[1]), 70, 0.6)
    for rail in (-1.6, -0.2, 0.9, 2.3) if rails else ():
        night.paint(
            [
                night.at(rail, 0, 1.2),
                night.at(rail + 0.07, 0, 1.2),
                night.at(rail + 0.07, 0, 70),
                night.at(rail, 0, 70),
            ],
            (206, 208, 214),
        )
    for side in (-1, 1):
        row(night, side * width, 62, 4, lit, shops)
    places = [(-width * 0.62 if index % 2 else width * 0.62, 6.5 + index * 7.5) for index in range(7)]
    for index, (x, z) in enumerate(places):
        if index not in dark:
            night.lamp(x * 0.72, 5.4, z, colour, 8.5)
    night.fall()
    if wet:
        night.mirror(flat.noise(rng, (96, 72), 24, 20, 255), 0.75)
    night.mist(night.horizon, night.height * 0.3, (70, 64, 84), 0.4)
    for index, (x, z) in reversed(list(enumerate(places))):
        if index < trees:
            things.tree(night, -x * 1.05, z + 3, 6.5, crown=0.28)
        if index < cars:
            belongings.car(night, -x * 1.1, z + 1.5, rng.choice(((120, 40, 44), (60, 80, 110), (150, 150, 152))), 2.0)
        things.post(night, x, z, 5.5, shining=None if index in dark else colour, side=-1 if x > 0 else 1)
    return night


def crossing(
    size: Size,
    seed: str,
    *,
    dusk: float = 0.1,
    lamp: bool = True,
    wet: bool = True,
    rails: bool = False,
    middle: float = 0.4,
    island: bool = False,
) -> Night:
    """A zebra crossing over a street, with its own lamp on the right."""
    night = Night(size, seed, middle=middle, horizon=0.42, ambient=(52, 58, 88))
    rng = night.random
    things.sky(night, dusk)
    things.skyline(night, dusk, 0.2)
    front(night, 24, (-34, 40), 4, 0.3)
    _zebra(night, rails)
    if lamp:
        night.lamp(2.2, 5.5, 9.5, WHITE, 9, 1.1)
    night.lamp(-11, 5.5, 19, WARM, 8, 0.9)
    night.lamp(13, 5.5, 20, WARM, 8, 0.9)
    night.fall()
    if wet:
        night.mirror(flat.noise(rng, (96, 72), 20, 10, 255), 0.85)
    things.post(night, -11.5, 20, 5.5, shining=WARM, side=1)
    things.post(night, 13.5, 20.5, 5.5, shining=WARM, side=-1)
    belongings.car(night, -9, 16.5, (70, 84, 112), 4.3, lights=True)
    if island:
        for x in (-5.2, 5.4):
            belongings.bollard(night, x, 10.5, 1.1, (224, 190, 40))
    things.post(night, 4.6, 9.5, 5.5, shining=WHITE if lamp else None, side=-1)
    for x in (-4.9, 5.6):
        _zebra_sign(night, x, 9.4)
    return night


def _zebra(night: Night, rails: bool) -> None:
    """A street across the view and the stripes over it, worn unlike each other."""
    rng = night.random
    night.floor(flat.asphalt(rng, (900, 700)), (-30, 30), (1.0, 22))
    night.floor(flat.paving(rng, (900, 60), (184, 178, 170), (50, 3), 1), (-30, 30), (19, 23.9))
    for bar in range(9):
        left = -3.9 + bar * 0.95
        _strip(night, (left, left + 0.5), (3.2, 17), dim((232, 232, 226), rng.uniform(0.75, 1)))
    for z in (8.0, 9.5, 12.0, 13.5) if rails else ():
        _strip(night, (-30, 30), (z, z + 0.12), (210, 212, 218))


def _strip(night: Night, x: tuple[float, float], z: tuple[float, float], colour: Colour) -> None:
    """A strip on the ground between two x and two z."""
    corners = ((x[0], z[1]), (x[1], z[1]), (x[1], z[0]), (x[0], z[0]))
    night.paint([night.at(right, 0, ahead) for right, ahead in corners], colour)


def _zebra_sign(night: Night, x: float, z: float) -> None:
    """The blue square with the white triangle."""
    scale, spot = night.scale(z), night.at(x, 2.5, z)
    night.line([night.at(x, 0, z), night.at(x, 2.85, z)], night.lit(things.STEEL, spot), 0.07 * scale)
    half = 0.33 * scale
    night.shape(
        [
            (spot[0] - half, spot[1] - half),
            (spot[0] + half, spot[1] - half),
            (spot[0] + half, spot[1] + half),
            (spot[0] - half, spot[1] + half),
        ],
        mix(night.lit((36, 88, 170), spot), (36, 88, 170), 0.25),
    )
    night.shape(
        [
            (spot[0], spot[1] - half * 0.75),
            (spot[0] + half * 0.75, spot[1] + half * 0.7),
            (spot[0] - half * 0.75, spot[1] + half * 0.7),
        ],
        mix(night.lit((240, 240, 240), spot), (240, 240, 240), 0.25),
    )
    ink = (24, 26, 30)
    night.oval((spot[0], spot[1] - half * 0.18), (half * 0.1, half * 0.1), ink)
    night.line([(spot[0], spot[1]), (spot[0], spot[1] + half * 0.3)], ink, half * 0.12)
    for foot in (-0.2, 0.22):
        night.line([(spot[0], spot[1] + half * 0.28), (spot[0] + half * foot, spot[1] + half * 0.6)], ink, half * 0.1)


def square(
    size: Size,
    seed: str,
    *,
    dusk: float = 0.8,
    lamps: int = 6,
    lit: float = 0.5,
    middle: float = 0.5,
    wet: bool = False,
    trees: int = 2,
    benches: int = 2,
    colour: Colour = WARM,
    tone: Colour = (196, 186, 172),
    floors: int = 4,
    shops: str = "open",
    tower: bool = False,
) -> Night:
    """An open square with paving, lamps and house fronts at its far side."""
    night = Night(size, seed, middle=middle, horizon=0.5, ambient=mix((56, 60, 88), (96, 92, 118), dusk))
    rng = night.random
    things.sky(night, dusk, 0.8)
    things.skyline(night, dusk, 0.24)
    if tower:
        _tower(night, -13, 60)
    front(night, 40, (-48, 48), floors, lit, shops)
    pave(night, tone, (-24, 24), 40, 1.1)
    places = [
        (((index % 3) - 1) * 9 + rng.uniform(-1, 1) + (index // 3) * 3, 9 + (index // 3) * 10 + rng.uniform(0, 2))
        for index in range(lamps)
    ]
    for px, pz in places:
        night.lamp(px, 4.6, pz, colour, 10, 0.8)
    night.fall()
    if wet:
        night.mirror(flat.noise(rng, (96, 72), 18, 0, 230), 0.8)
    for index in range(trees):
        things.tree(night, (-15 + index * 11 if index % 2 else 14 - index * 9) + rng.uniform(-2, 2), 27 + index * 2, 9)
    for px, pz in sorted(places, key=lambda place: -place[1]):
        things.post(night, px, pz, 4.5, shining=colour, style="globe")
    for index in range(benches):
        things.bench(night, -5.5 + index * 8.5 + rng.uniform(-1, 1), 10.5 - index * 1.8)
    return night


def _tower(night: Night, x: float, z: float) -> None:
    """A clock tower behind the houses."""
    picture, shining = flat.facade(night.random, 6, 3, (168, 140, 118), 0.15, "home")
    night.wall(picture, ((x - 4, z), (x + 4, z)), (0, 20), shining)
    night.paint([night.at(x - 4.4, 20, z), night.at(x + 4.4, 20, z), night.at(x, 25, z)], (150, 196, 182))
    (left, top), radius = night.at(x, 17.2, z), 2.1 * night.scale(z)
    night.shine_pen.ellipse(
        (left - radius, top - radius, left + radius, top + radius), (252, 240, 206), (120, 90, 60), 2
    )
    for dx, dy in ((0.0, -0.75), (0.5, 0.25)):
        night.shine_pen.line((left, top, left + dx * radius, top + dy * radius), (40, 34, 30), 3)


def closed(
    size: Size, seed: str, *, dusk: float = 0.05, middle: float = 0.35, wet: bool = True, papers: int = 5
) -> Night:
    """A pavement along closed shop windows, some of them papered over."""
    night = Night(size, seed, middle=middle, horizon=0.48, ambient=(54, 58, 86))
    rng = night.random
    things.sky(night, dusk)
    things.skyline(night, dusk, 0.18)
    night.floor(flat.asphalt(rng, (500, 900)), (-14, -0.5), (1.1, 55))
    pave(night, (180, 174, 168), (-0.5, 3.6), 55, 0.7)
    picture, shining = flat.facade(rng, 4, 17, (162, 150, 140), 0.12, "closed")
    pen = ImageDraw.Draw(picture)
    for _ in range(papers):
        bay, low = rng.randrange(8, 17), picture.height
        left, top = bay * 66 + rng.uniform(8, 26), low - rng.uniform(42, 52)
        pen.rectangle(
            (left, top, left + rng.uniform(16, 30), top + rng.uniform(16, 28)),
            rng.choice(((214, 206, 188), (196, 186, 160), (170, 176, 182))),
        )
    night.wall(picture, ((3.6, 52), (3.6, 1.0)), (0, 13.6), shining)
    for z in (16.0, 34.0):
        night.lamp(-6.0, 5.5, z, WARM, 8.5)
    night.fall()
    if wet:
        night.mirror(flat.noise(rng, (96, 72), 20, 0, 230), 0.7)
    for z in (34.0, 16.0):
        things.post(night, -6.6, z, 5.5, side=1)
    for _ in range(16):
        belongings.litter(
            night, night.at(rng.uniform(1.2, 3.4), 0, rng.uniform(3, 12)), rng.uniform(3, 7), rng.choice(flat.LEAVES)
        )
    return night
