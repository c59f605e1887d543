"""Scenes of ways through: tunnels, stairs, scaffolding, parking."""

from app.photos.drawn import belongings, things
from app.photos.drawn import surfaces as flat
from app.photos.drawn.night import WARM, WHITE, Colour, Night, Point, Size, dim


def scaffold(
    size: Size, seed: str, *, dusk: float = 0.1, lit: bool = False, middle: float = 0.36, wet: bool = True
) -> Night:
    """A walkway under scaffolding along a house front."""
    night = Night(size, seed, middle=middle, horizon=0.48, ambient=(56, 60, 88))
    rng = night.random
    things.sky(night, dusk)
    things.skyline(night, dusk, 0.2)
    night.floor(flat.asphalt(rng, (600, 900)), (-14, 0.2), (1.1, 50))
    night.floor(flat.paving(rng, (220, 900), (180, 174, 166), (4, 46)), (-0.2, 4.0), (1.0, 50))
    for start, stop in ((30.0, 50.0), (0.9, 30.0)):
        picture, shining = flat.facade(rng, 4, int((stop - start) / 3), (176, 150, 122), 0.1, "closed")
        night.wall(picture, ((4.0, stop), (4.0, start)), (0, 13.6), shining)
    for side_z in (20.0, 40.0):
        night.lamp(-6.5, 5.5, side_z, WARM, 9)
    if lit:
        for z in (6.0, 12.0, 18.0):
            night.pool(night.at(2.2, 1.4, z), (2.8 * night.scale(z), 1.8 * night.scale(z)), (200, 196, 180))
    night.fall()
    if wet:
        night.mirror(flat.noise(rng, (96, 72), 20, 0, 220), 0.7)
    for z in (40.0, 20.0):
        things.post(night, -6.8, z, 5.5, side=1)
    _tubes(night, lit)
    return night


def _tubes(night: Night, lit: bool) -> None:
    rng = night.random
    for index in range(9, -1, -1):
        z = 2.6 + index * 2.4
        if index < 9:
            far = z + 2.4
            for level, colour in ((2.5, (150, 116, 80)), (4.9, (140, 108, 74))):
                night.shape(
                    [
                        night.at(0.4, level, z),
                        night.at(4.0, level, z),
                        night.at(4.0, level, far),
                        night.at(0.4, level, far),
                    ],
                    night.lit(dim(colour, 0.6), night.at(2, level - 0.4, z)),
                )
                night.shape(
                    [
                        night.at(0.4, level + 0.18, z),
                        night.at(0.4, level + 0.18, far),
                        night.at(0.4, level, far),
                        night.at(0.4, level, z),
                    ],
                    night.lit(colour, night.at(0.4, level, z)),
                )
        tone = night.lit((172, 176, 182), night.at(0.6, 1.4, z))
        for x in (0.4, 3.7):
            night.line([night.at(x, 0, z), night.at(x, 7.4, z)], tone, max(1.4, 0.055 * night.scale(z)))
        for y in (2.4, 4.8, 7.2):
            night.line([night.at(0.4, y, z), night.at(3.7, y, z)], dim(tone, 0.85), max(1.2, 0.045 * night.scale(z)))
        if index % 2 and index < 9:
            night.line(
                [night.at(0.4, 2.5, z), night.at(0.4, 4.8, z + 2.4)], dim(tone, 0.8), max(1.0, 0.04 * night.scale(z))
            )
        if lit and index in (1, 4, 7):
            spot = night.at(2.2, 2.3, z)
            night.oval(spot, (0.12 * night.scale(z), 0.07 * night.scale(z)), (255, 252, 240))
    for _ in range(3):
        z = rng.uniform(8, 16)
        things.slab(night, 3.2, z, (1.2, 0.3, 0.8), (196, 170, 130))


def parking(
    size: Size,
    seed: str,
    *,
    dusk: float = 0.0,
    lamps: tuple[int, ...] = (1,),
    wet: bool = True,
    cars: int = 4,
    middle: float = 0.5,
) -> Night:
    """An open car park with bays; of three lamps those in `lamps` shine."""
    night = Night(size, seed, middle=middle, horizon=0.42, ambient=(48, 54, 80))
    rng = night.random
    things.sky(night, dusk)
    things.skyline(night, dusk, 0.24, 0.5)
    night.floor(flat.asphalt(rng, (900, 700), 8), (-24, 24), (1.0, 32))
    for index in range(13):
        x = -18 + index * 3.0
        for z in (7.0, 17.0):
            night.paint(
                [night.at(x, 0, z + 5), night.at(x + 0.12, 0, z + 5), night.at(x + 0.12, 0, z), night.at(x, 0, z)],
                (214, 214, 208),
            )
    for index, x in enumerate((-12.0, 0.0, 12.0)):
        if index in lamps:
            night.lamp(x, 6, 15, WHITE, 9, 1.1)
    night.fall()
    if wet:
        night.mirror(flat.noise(rng, (96, 72), 20, 0, 240), 0.8)
    for index, x in enumerate((-12.0, 0.0, 12.0)):
        things.post(night, x, 15.2, 6, shining=WHITE if index in lamps else None, style="pair")
    tones: tuple[Colour, ...] = ((124, 44, 46), (70, 90, 120), (170, 172, 174), (54, 58, 62), (96, 116, 92))
    for index in range(cars):
        belongings.car(
            night, -10.5 + index * 6.2 + rng.uniform(-0.6, 0.6), 13.2 if index % 2 else 9.4, tones[index % 5]
        )
    return night


def ramp(
    size: Size, seed: str, *, bikes: int = 5, dusk: float = 0.05, middle: float = 0.42, wet: bool = False
) -> Night:
    """A ramp with a handrail up to an entrance, bicycles locked to the rail."""
    night = Night(size, seed, middle=middle, horizon=0.46, ambient=(62, 62, 84))
    rng = night.random
    things.sky(night, dusk)
    picture, shining = flat.facade(rng, 4, 12, (186, 160, 136), 0.3, "closed")
    night.wall(picture, ((-18, 9), (18, 9)), (0, 13.6), shining)
    door = _upright(night, 2.2, 5.0)
    night.paint(door, (90, 70, 50))
    night.shine(door, (255, 218, 152))
    for x in (2.2, 3.6, 5.0):
        night.shine(_upright(night, x - 0.06, x + 0.06), (70, 50, 34))
    night.floor(flat.setts(rng, (1000, 700)), (-12, 12), (1.0, 9))
    front = ((-5, 0.02), (2.0, 0.9), (5.4, 0.9))
    edge = [night.at(x, y, 6.6) for x, y in front]
    night.paint([*edge, night.at(5.4, 0.0, 6.6), night.at(-5, 0.0, 6.6)], (150, 146, 142))
    night.paint([*edge, *(night.at(x, y, 8.9) for x, y in reversed(front))], (186, 182, 178))
    night.pool(night.at(3.6, 1.6, 8), (night.width * 0.4, night.height * 0.44), (255, 214, 150))
    night.lamp(-6.5, 4.6, 7.0, WARM, 6, 0.8)
    night.fall()
    if wet:
        night.mirror(flat.noise(rng, (96, 72), 20, 0, 200), 0.6, night.at(0, 0, 6.6)[1])
    things.post(night, -7.0, 7.4, 4.6, style="globe")
    _handrail(night)
    tones: tuple[Colour, ...] = ((160, 60, 56), (60, 110, 130), (196, 160, 60), (90, 96, 104), (110, 140, 96))
    for index in range(bikes):
        belongings.bicycle(
            night, -4.2 + index * 1.35 + rng.uniform(-0.2, 0.2), 6.0 - 0.25 * (index % 2), tones[index % 5]
        )
    return night


def _upright(night: Night, left: float, right: float) -> list[Point]:
    """A part of the entrance, as high as its door."""
    return [night.at(x, y, 8.98) for x, y in ((left, 3.4), (right, 3.4), (right, 0.9), (left, 0.9))]


def _handrail(night: Night) -> None:
    """Two rails along the ramp, on ten posts."""
    rail = night.lit((190, 194, 200), night.at(0, 1, 6.6))
    for height in (0.92, 0.5):
        along = [night.at(-5, height, 6.6), night.at(2.0, 0.9 + height, 6.6), night.at(5.4, 0.9 + height, 6.6)]
        night.line(along, rail, 6)
    for index in range(10):
        x = -5 + index * 10.4 / 9
        y = 0.02 + max(0.0, min(1.0, (x + 5) / 7)) * 0.88
        night.line([night.at(x, y, 6.6), night.at(x, y + 0.92, 6.6)], rail, 4.5)


def racks(size: Size, seed: str, *, bikes: int = 9, dusk: float = 0.2, middle: float = 0.5) -> Night:
    """Full bicycle stands in a row along a wall."""
    night = Night(size, seed, middle=middle, horizon=0.4, ambient=(58, 62, 90))
    rng = night.random
    things.sky(night, dusk)
    picture, shining = flat.facade(rng, 4, 12, (170, 164, 158), 0.35, "open")
    night.wall(picture, ((-18, 13), (18, 13)), (0, 13.6), shining)
    night.floor(flat.paving(rng, (900, 500), (188, 182, 174), (26, 18)), (-13, 13), (1.0, 13))
    night.lamp(3.4, 4.5, 8, WHITE, 8)
    night.pool(night.at(0, 0, 11), (night.width * 0.6, 70), (150, 110, 66))
    night.fall()
    things.post(night, 4.4, 8.6, 4.5, shining=WHITE, style="globe")
    tones: tuple[Colour, ...] = (
        (160, 60, 56),
        (60, 110, 130),
        (196, 160, 60),
        (90, 96, 104),
        (110, 140, 96),
        (190, 186, 180),
    )
    for lane in (7.6, 5.2):
        for index in range(bikes):
            x = -5.4 + index * 10.8 / max(1, bikes - 1)
            hoop = [
                night.at(x - 0.35, 0, lane),
                night.at(x - 0.35, 0.75, lane),
                night.at(x + 0.35, 0.75, lane),
                night.at(x + 0.35, 0, lane),
            ]
            night.line(hoop, night.lit(things.STEEL, hoop[1]), 0.05 * night.scale(lane))
            if rng.random() < 0.86:
                belongings.bicycle(
                    night, x + rng.uniform(-0.15, 0.15), lane - 0.1, tones[rng.randrange(6)], rng.uniform(0.55, 1)
                )
    return night
