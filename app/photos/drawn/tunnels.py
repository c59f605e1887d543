"""Scenes of underpasses: inside, the mouth, a painted wall, the stairs up."""

from app.photos.drawn import belongings, things
from app.photos.drawn import surfaces as flat
from app.photos.drawn.night import WARM, WHITE, Colour, Night, Size, dim, mix
from app.photos.drawn.surfaces import SPRAY

TREAD, RISE = 0.36, 0.16
"""Metres: how deep and how high a step is."""


def tunnel(
    size: Size,
    seed: str,
    *,
    lights: tuple[float, ...] = (3.4, 9.0, 16.0, 23.0, 30.0),
    dark: tuple[int, ...] = (),
    white: bool = False,
    paint: int = 5,
    wet: bool = False,
) -> Night:
    """Inside an underpass, towards its far mouth; `lights` metres ahead, those in `dark` (0 = nearest) out; `paint`
    scribbles on each wall."""
    night = Night(size, seed, horizon=0.5, ambient=(40, 42, 54))
    night.backdrop((24, 30, 52))
    stone = (214, 214, 208) if white else (146, 146, 144)
    _tube(night, (1.0, 36.0), 2.4, 2.8, stone, paint)
    night.floor(flat.asphalt(night.random, (300, 1200), 8), (-2.4, 2.4), (1.0, 36.0))
    tone = WHITE if white else (255, 224, 176)
    for index, z in enumerate(lights):
        if index not in dark:
            scale = night.scale(z)
            night.pool(night.at(0, 1.5, z), (5.0 * scale, 3.8 * scale), dim(tone, 0.5))
            night.pool(night.at(0, 0, z), (2.6 * scale, 0.8 * scale), dim(tone, 0.5))
            night.pool(night.at(0, 2.8, z), (1.6 * scale, 0.6 * scale), dim(tone, 0.6))
            night.glow(night.at(0, 2.7, z), 1.1 * scale, dim(tone, 0.5))
    night.fall()
    if wet:
        night.mirror(flat.noise(night.random, (60, 60), 14, 0, 255), 0.85, night.at(0, 0, 36)[1])
    for index, z in reversed(list(enumerate(lights))):
        _tube_light(night, z, 2.74, lit=index not in dark)
    return night


def _tube(night: Night, z: tuple[float, float], half: float, high: float, stone: Colour, paint: int = 0) -> None:
    """Walls and ceiling of an underpass from `z[0]` to `z[1]` ahead, `2 * half` wide."""
    for side in (-1, 1):
        made = flat.concrete(night.random, (1500, 210), stone, 12)
        if paint:
            flat.scribble(night.random, made, paint, SPRAY, 84)
        near, far = (side * half, z[0]), (side * half, z[1])
        night.wall(made, (near, far) if side < 0 else (far, near), (0, high))
    ceiling = flat.concrete(night.random, (300, 1200), dim(stone, 0.8), 2)
    corners = [
        night.at(-half, high, z[0]),
        night.at(half, high, z[0]),
        night.at(half, high, z[1]),
        night.at(-half, high, z[1]),
    ]
    night.lay(ceiling, corners)


def _tube_light(night: Night, z: float, height: float, lit: bool = True) -> None:
    colour = (255, 250, 238) if lit else (60, 62, 68)
    night.line([night.at(-0.5, height, z), night.at(0.5, height, z)], colour, max(2.0, 0.07 * night.scale(z)))


def mouth(
    size: Size,
    seed: str,
    *,
    dusk: float = 0.15,
    lamp: bool = False,
    inside: float = 0.5,
    paint: int = 3,
    bushes: bool = True,
) -> Night:
    """The mouth of an underpass seen from the path outside; `inside` 0–1 how much light there is in it."""
    night = Night(size, seed, horizon=0.5, ambient=mix((54, 60, 86), (72, 76, 108), dusk))
    things.sky(night, dusk, 0.5)
    things.skyline(night, dusk, 0.26, 0.25)
    _portal(night, paint)
    night.floor(flat.grass(night.random, (700, 500), 160), (-22, 22), (1.0, 11))
    night.floor(flat.asphalt(night.random, (400, 1000)), (-2.5, 2.5), (1.0, 30))
    depths = (26.0, 20.0, 14.0)
    for z in depths:
        radius = (3.0 * night.scale(z), 2.2 * night.scale(z))
        night.pool(night.at(0, 1.5, z), radius, dim((255, 226, 180), inside * 1.5))
        night.glow(night.at(0, 2.8, z), 0.9 * night.scale(z), dim(WARM, inside * 0.8))
    if lamp:
        night.lamp(-4.4, 4.4, 8, WHITE, 8, 1.1)
    night.lamp(14, 5, 18, WARM, 7, 0.8)
    night.fall()
    for z in depths:
        _tube_light(night, z, 2.84)
    if bushes:
        for x, z in ((-6.5, 9.2), (6.3, 9.0), (-4.6, 7.4), (4.8, 7.2), (-8.6, 8.2), (9.0, 8.0)):
            things.bush(night, x, z, 2.6, 2.0)
    if lamp:
        things.post(night, -4.6, 8, 4.4, shining=WHITE, side=1)
    return night


def _portal(night: Night, paint: int) -> None:
    """The wall with the opening, a railing on top, and the walls within."""
    rng, stone = night.random, (152, 150, 150)
    face = flat.concrete(rng, (1100, 340), stone, 8)
    if paint:
        flat.scribble(rng, face, paint, SPRAY, 90)
    night.wall(face, ((-13, 11), (13, 11)), (0, 4.4))
    night.wall(flat.concrete(rng, (700, 40), dim(stone, 1.1), 12), ((-13.3, 10.8), (13.3, 10.8)), (4.2, 4.7))
    for x in range(-13, 14):
        night.paint(night.facing((x, x + 0.09), (4.7, 5.8), 10.8), (110, 114, 120))
    night.paint(night.facing((-13, 13), (5.76, 5.86), 10.8), (120, 124, 130))
    night.paint(night.facing((-2.5, 2.5), (0, 2.9), 11), (20, 20, 24))
    _tube(night, (11.0, 30.0), 2.5, 2.9, dim(stone, 0.8))


def wall(size: Size, seed: str, *, paint: int = 4) -> Night:
    """A brick wall close by with spray paint on it, under a lamp."""
    night = Night(size, seed, horizon=0.46, ambient=(52, 56, 80))
    rng = night.random
    night.backdrop((16, 19, 32))
    made = flat.bricks(rng, (1500, 520), (150, 92, 74), 26)
    flat.scribble(rng, made, paint, SPRAY, 190)
    flat.scribble(rng, made, paint + 2, ((30, 30, 34), (196, 196, 200)), 70)
    night.wall(made, ((-4.6, 5.0), (5.4, 5.0)), (0, 3.4))
    night.floor(flat.asphalt(rng, (800, 400)), (-7, 9), (1.0, 5.0))
    lamp = (night.width * 0.55, night.height * 0.05)
    night.pool(lamp, (night.width * 0.62, night.height * 0.9), (255, 208, 142))
    night.pool((lamp[0], night.height * 0.8), (night.width * 0.5, night.height * 0.2), (140, 104, 62))
    night.fall()
    for _ in range(40):
        spot = night.at(rng.uniform(-3.5, 4), 0, rng.uniform(3.2, 4.9))
        belongings.litter(night, spot, rng.uniform(3, 8), rng.choice(flat.LEAVES))
    return night


def stairs(
    size: Size,
    seed: str,
    *,
    steps: int = 14,
    niche: bool = True,
    middle: float = 0.55,
    loose: bool = False,
    near: float = 3.2,
    turn: bool = True,
) -> Night:
    """A flight of stairs upwards between walls; `niche` = a dark recess at its foot, `loose` = a handrail hangs."""
    night = Night(size, seed, middle=middle, horizon=0.56, ambient=(58, 62, 86))
    rng = night.random
    night.backdrop((22, 28, 50))
    top, rise = near + steps * TREAD, steps * RISE
    picture, shining = flat.facade(rng, 4, 6, (176, 160, 140), 0.35, "home")
    night.wall(picture, ((-9, 24), (9, 24)), (rise, rise + 13.6), shining)
    night.wall(flat.concrete(rng, (900, 420), (160, 158, 156), 6), ((-2.0, 0.8), (-2.0, top)), (0, 4.6))
    night.wall(flat.concrete(rng, (900, 420), (150, 148, 148), 6), ((2.0, top), (2.0, 0.8)), (0, 4.6))
    if niche:
        left, right = near - 1.5, near - 0.1
        corners = [
            night.at(-2.0, 2.4, left),
            night.at(-2.0, 2.4, right),
            night.at(-2.0, 0, right),
            night.at(-2.0, 0, left),
        ]
        night.paint(corners, (14, 14, 18))
    night.floor(flat.asphalt(rng, (400, 300)), (-2.0, 2.0), (0.8, near))
    for step in range(steps):
        _step(night, near + step * TREAD, step * RISE)
    spot = night.at(1.4 if turn else -0.6, rise + 2.6, top + 0.4)
    night.pool(spot, (night.width * 0.5, night.height * 0.44), (230, 186, 124))
    night.pool(night.at(0, rise * 0.6, near + steps * 0.2), (night.width * 0.36, night.height * 0.3), (120, 100, 74))
    night.glow(spot, night.width * 0.07, (255, 210, 140))
    night.fall()
    night.oval(spot, (13, 13), (255, 244, 220))
    for side in (-1, 1):
        _handrail(night, side, near, steps, 0.34 if loose and side < 0 else 0.0)
    return night


def _step(night: Night, z: float, y: float) -> None:
    night.lay(flat.cloth(night.random, (300, 20), (126, 124, 124), 30), night.facing((-2, 2), (y, y + RISE), z))
    if y + RISE < night.eye:
        night.floor(flat.cloth(night.random, (300, 30), (188, 186, 182), 30), (-2, 2), (z, z + TREAD), y + RISE)


def _handrail(night: Night, side: int, near: float, steps: int, drop: float) -> None:
    """A handrail on one side; its lower end hangs `drop` metres."""
    tone = night.lit((176, 180, 186), night.at(side * 1.8, 1.6, near + 1))
    ends = [
        night.at(side * 1.82, 0.95 - drop, near - 0.2),
        night.at(side * 1.82, steps * RISE + 0.95, near + steps * TREAD),
    ]
    night.line(ends, tone, 7)
    for step in range(0, steps, 4):
        z, y = near + step * TREAD, step * RISE
        hang = 0.0 if step else drop
        hook = [
            night.at(side * (1.82 - hang * 0.4), y + 0.92 - hang, z),
            night.at(side * 1.98, y + 0.84 - hang * 0.2, z),
        ]
        night.line(hook, dim(tone, 0.8), 4)
