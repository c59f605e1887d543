"""A picture of an evening, painted in three steps.

1. *By day*: walls, ground and things far off are painted as they look in daylight (`paint`, `lay`), and what shines by
   itself (sky, windows) beside it (`shine`).
2. *Dusk falls*: `lamp` and `pool` have said where light is; `fall` multiplies the picture with that light.
3. *Near things* are painted on top in colours that `lit` has dimmed to the light at their place; `finish` adds the glow
   round lamps, a darker rim and grain.

Coordinates: `at(x, y, z)` gives pixels from metres right of the eye line, above ground and ahead. Everything is
painted at twice the size and halved at the end, which is what makes edges smooth. Nothing here draws from anything but
the seed, so a picture has the same bytes every time.
"""

import math
import random
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
Point = tuple[float, float]
Size = tuple[int, int]

FINE = 2
"""Painted pixels per pixel of the finished picture."""
COARSE = 8
"""Finished pixels per pixel of the light map: light has no sharp edges, so few pixels are enough."""
NEAREST = 0.25
"""Metres: nothing nearer than this is projected."""

WARM: Colour = (255, 196, 122)
WHITE: Colour = (226, 236, 255)
AMBER: Colour = (255, 168, 84)

_REACH = 178
"""What Pillow's radial gradient says at the middle of its edges."""
_DISC = Image.radial_gradient("L").point(
    [round(255 * (1 - min(v, _REACH) / _REACH) ** 2 * (1 + 2 * min(v, _REACH) / _REACH)) for v in range(256)]
)


def mix(a: Colour, b: Colour, share: float) -> Colour:
    """The colour that is `share` (0–1) of the way from `a` to `b`."""
    return (
        round(a[0] + (b[0] - a[0]) * share),
        round(a[1] + (b[1] - a[1]) * share),
        round(a[2] + (b[2] - a[2]) * share),
    )


def block(left: float, top: float, right: float, low: float) -> list[Point]:
    """The corners of a rectangle in pixels."""
    return [(left, top), (right, top), (right, low), (left, low)]


def dim(colour: Colour, share: float) -> Colour:
    """`colour` with `share` of its brightness; above 1 brighter, never beyond white."""
    return (min(255, round(colour[0] * share)), min(255, round(colour[1] * share)), min(255, round(colour[2] * share)))


def _solve(rows: list[list[float]]) -> list[float]:
    """The unknowns of as many linear equations; each row ends with its right-hand side."""
    for index in range(len(rows)):
        pivot = max(range(index, len(rows)), key=lambda row: abs(rows[row][index]))
        rows[index], rows[pivot] = rows[pivot], rows[index]
        rows[index] = [value / rows[index][index] for value in rows[index]]
        for other, row in enumerate(rows):
            if other != index and row[index]:
                rows[other] = [value - row[index] * mine for value, mine in zip(row, rows[index], strict=True)]
    return [row[-1] for row in rows]


def _warp(quad: Sequence[Point], size: tuple[int, int]) -> list[float]:
    """Pillow's eight numbers that lay an image of `size` into `quad` (from the top left, clockwise)."""
    w, h = size
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(quad, ((0, 0), (w, 0), (w, h), (0, h)), strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    return _solve(rows)


def _enlarged(picture: Image.Image, quad: Sequence[Point]) -> float:
    """How many pixels of the finished picture a pixel of `picture` becomes in `quad`, at the most."""
    a, b, c, d = quad
    across, along = max(math.dist(a, b), math.dist(d, c)), max(math.dist(a, d), math.dist(b, c))
    return max(across / picture.width, along / picture.height)


def _doubled(picture: Image.Image) -> Image.Image:
    """`picture` in fine pixels, each four times: enough for what is smooth, and the cheapest way."""
    return picture.resize((picture.width * FINE, picture.height * FINE), Image.Resampling.NEAREST)


_DEVELOPED = [round(255 * (v / 255) ** 0.74) for v in range(256)]
"""A camera lifts the dark parts of a picture taken in the evening."""


class Night:
    """The picture being painted. `width`, `height` in pixels; `horizon` as a share of the height, `middle` (where the
    eye line meets it) as a share of the width, `zoom` the focal length as a share of the longer side, `eye` metres."""

    def __init__(
        self,
        size: tuple[int, int],
        seed: str,
        *,
        ambient: Colour = (58, 66, 96),
        horizon: float = 0.46,
        middle: float = 0.5,
        zoom: float = 0.8,
        eye: float = 1.6,
    ) -> None:
        self.width, self.height = size
        self.random = random.Random(seed)
        self.horizon, self.middle = horizon * self.height, middle * self.width
        self.focal, self.eye = zoom * min(max(size), 1.4 * min(size)), eye
        self.ambient = ambient
        self.picture = Image.new("RGB", (self.width * FINE, self.height * FINE), (90, 90, 90))
        self.pen = ImageDraw.Draw(self.picture)
        self.shining = Image.new("RGB", size)
        self.shine_pen = ImageDraw.Draw(self.shining)
        coarse = (self.width // COARSE + 1, self.height // COARSE + 1)
        self.light = Image.new("RGB", coarse, ambient)
        self.glowing = Image.new("RGB", coarse)

    # where things are

    def at(self, x: float, y: float, z: float) -> Point:
        """The pixel of a point `x` metres to the right, `y` above ground, `z` ahead."""
        scale = self.focal / max(z, NEAREST)
        return self.middle + x * scale, self.horizon + (self.eye - y) * scale

    def scale(self, z: float) -> float:
        """Pixels per metre, `z` metres ahead."""
        return self.focal / max(z, NEAREST)

    def facing(self, x: tuple[float, float], y: tuple[float, float], z: float) -> list[Point]:
        """The corners of an upright rectangle that faces the eye: `x` left and right, `y` low and high, metres."""
        return [self.at(x[0], y[1], z), self.at(x[1], y[1], z), self.at(x[1], y[0], z), self.at(x[0], y[0], z)]

    # by day

    def backdrop(self, colour: Colour) -> None:
        """What is behind everything else."""
        self.shine_pen.rectangle((0, 0, self.width, self.height), colour)

    def paint(self, points: Sequence[Point], colour: Colour) -> None:
        """A filled shape; hides what shone behind it."""
        self.shape(points, colour)
        self.shine_pen.polygon(points, (0, 0, 0))

    def shine(self, points: Sequence[Point], colour: Colour) -> None:
        """A shape that shines by itself."""
        self.shine_pen.polygon(points, colour)

    def lay(self, picture: Image.Image, quad: Sequence[Point], shining: Image.Image | None = None) -> None:
        """A flat picture in perspective: `quad` is top left, top right, bottom right, bottom left in pixels.
        `shining` is what of it shines by itself, of the same size; without it, what shone behind is hidden."""
        self._lay(self.picture, picture, quad, FINE)
        if shining:
            self._lay(self.shining, shining, quad, 1)
        else:
            self.shine_pen.polygon(quad, (0, 0, 0))

    def _lay(self, onto: Image.Image, picture: Image.Image, quad: Sequence[Point], times: int) -> None:
        # What is enlarged needs no fine pixels; what is made smaller no smoothing, as it is painted fine and halved.
        enlarged = times > 1 and _enlarged(picture, quad) > 1.2
        step = times // FINE if enlarged else times
        points = [(x * step, y * step) for x, y in quad]
        left, top = (max(0, int(min(axis))) for axis in zip(*points, strict=True))
        right = min(onto.width * step // times, int(max(x for x, _ in points)) + 1)
        bottom = min(onto.height * step // times, int(max(y for _, y in points)) + 1)
        if left >= right or top >= bottom:
            return
        moved = [(x - left, y - top) for x, y in points]
        smooth = Image.Resampling.BILINEAR if enlarged or times == 1 else Image.Resampling.NEAREST
        warped = picture.transform(
            (right - left, bottom - top), Image.Transform.PERSPECTIVE, _warp(moved, picture.size), smooth
        )
        if step != times:
            warped = _doubled(warped)
            left, top, moved = left * FINE, top * FINE, [(x * FINE, y * FINE) for x, y in moved]
        mask = Image.new("L", warped.size)
        ImageDraw.Draw(mask).polygon(moved, 255)
        onto.paste(warped, (left, top), mask)

    def wall(
        self,
        picture: Image.Image,
        ends: tuple[tuple[float, float], tuple[float, float]],
        height: tuple[float, float],
        shining: Image.Image | None = None,
    ) -> None:
        """A flat picture as a wall between two points (x, z) on the ground, `height[0]` to `height[1]` metres up."""
        (x0, z0), (x1, z1) = ends
        low, high = height
        self.lay(
            picture, [self.at(x0, high, z0), self.at(x1, high, z1), self.at(x1, low, z1), self.at(x0, low, z0)], shining
        )

    def floor(self, picture: Image.Image, x: tuple[float, float], z: tuple[float, float], y: float = 0.0) -> None:
        """A flat picture on the ground, from `x[0]` to `x[1]` and `z[0]` (near) to `z[1]` (far)."""
        self.lay(
            picture, [self.at(x[0], y, z[1]), self.at(x[1], y, z[1]), self.at(x[1], y, z[0]), self.at(x[0], y, z[0])]
        )

    # light

    def _add(self, onto: Image.Image, centre: Point, radius: Point, colour: Colour) -> None:
        x, y, rx, ry = (value / COARSE for value in (*centre, *radius))
        left, top = max(0, int(x - rx)), max(0, int(y - ry))
        right, bottom = min(onto.width, int(x + rx) + 1), min(onto.height, int(y + ry) + 1)
        if left >= right or top >= bottom or rx < 0.2 or ry < 0.2:
            return
        box = tuple(
            min(256.0, max(0.0, 128 + 128 * (value - middle) / half))
            for value, middle, half in ((left, x, rx), (top, y, ry), (right, x, rx), (bottom, y, ry))
        )
        if box[2] - box[0] < 0.5 or box[3] - box[1] < 0.5:
            return
        disc = _DISC.resize(
            (right - left, bottom - top), Image.Resampling.BILINEAR, box=(box[0], box[1], box[2], box[3])
        )
        tile = Image.merge("RGB", [disc.point([v * part // 255 for v in range(256)]) for part in colour])
        onto.paste(ImageChops.add(onto.crop((left, top, right, bottom)), tile), (left, top))

    def pool(self, centre: Point, radius: Point, colour: Colour) -> None:
        """Light that falls softly round a pixel."""
        self._add(self.light, centre, radius, colour)

    def glow(self, centre: Point, radius: float, colour: Colour) -> None:
        """A halo in the air round a lamp."""
        self._add(self.glowing, centre, (radius, radius), colour)

    def shade(self, centre: Point, radius: Point, depth: float = 0.6) -> None:
        """A soft shadow on what is painted so far: under a bench, in a corner."""
        times = FINE
        width, height = max(2, int(2 * radius[0] * times)), max(2, int(2 * radius[1] * times))
        if width > 4000 or height > 4000:
            return
        mask = _DISC.resize((width, height), Image.Resampling.BILINEAR).point([int(v * depth) for v in range(256)])
        corner = (int((centre[0] - radius[0]) * times), int((centre[1] - radius[1]) * times))
        self.picture.paste((8, 9, 16), corner, mask)

    def lamp(self, x: float, y: float, z: float, colour: Colour = WARM, reach: float = 9.0, power: float = 1.0) -> None:
        """The light of a lamp: a pool on the ground, light on what is round it, a halo."""
        spot = self.at(x, y, z)
        foot, scale = self.at(x, 0, z), self.scale(z)
        reach *= 1.3
        near, far = self.at(x, 0, max(0.8, z - reach)), self.at(x, 0, z + reach)
        self.pool(
            foot, (reach * scale, max(4.0, min((near[1] - far[1]) / 2, reach * scale * 0.5))), dim(colour, 0.72 * power)
        )
        self.pool(spot, (reach * 0.75 * scale, reach * 0.75 * scale), dim(colour, 0.42 * power))
        self.glow(spot, max(16.0, 1.9 * scale), dim(colour, 0.5 * power))
        self.glow(spot, max(9.0, 0.6 * scale), dim(mix(colour, (255, 255, 255), 0.5), 0.9 * power))

    def fall(self) -> None:
        """Night falls over what is painted so far."""
        light = self.light.resize((self.width, self.height), Image.Resampling.BILINEAR)
        dark = ImageChops.multiply(self.picture.reduce(FINE), light)
        self.picture = _doubled(ImageChops.lighter(dark, self.shining))
        self.pen = ImageDraw.Draw(self.picture)

    def mirror(self, mask: Image.Image, strength: float, line: float | None = None, blur: float = 10.0) -> None:
        """What stands above `line` (a pixel row, else the horizon) mirrored in wet ground where `mask` is white."""
        line = self.horizon if line is None else line
        small = self.picture.reduce(FINE * 4)
        row = int(line / 4)
        upper = small.crop((0, max(0, 2 * row - small.height), small.width, row)).transpose(
            Image.Transpose.FLIP_TOP_BOTTOM
        )
        lower = Image.new("RGB", (small.width, small.height - row))
        lower.paste(upper, (0, 0))
        lower = lower.filter(ImageFilter.BoxBlur((blur / 8, blur / 2))).point(
            [int(v * strength) for v in range(256)] * 3
        )
        top = row * 4 * FINE
        below = self.picture.crop((0, top, *self.picture.size))
        wet = ImageChops.screen(
            below, _doubled(lower.resize((self.width, self.height - row * 4), Image.Resampling.BILINEAR))
        )
        part = mask.resize((self.width, self.height), Image.Resampling.BILINEAR).crop(
            (0, row * 4, self.width, self.height)
        )
        self.picture.paste(wet, (0, top), _doubled(part))

    def mist(self, row: float, spread: float, colour: Colour, strength: float) -> None:
        """Haze round a row of pixels: what is far off fades."""
        top, bottom = max(0, int(row - spread)), min(self.height, int(row + spread))
        mask = Image.new("L", (1, 32))
        for index in range(32):
            away = abs(top + (index + 0.5) / 32 * (bottom - top) - row) / spread
            mask.putpixel((0, index), int(255 * strength * max(0.0, 1 - away) ** 2))
        area = (0, top * FINE, self.picture.width, bottom * FINE)
        self.picture.paste(colour, area, _doubled(mask.resize((self.width, bottom - top), Image.Resampling.BILINEAR)))

    # near things

    def lit(self, colour: Colour, spot: Point) -> Colour:
        """`colour` as it looks in the light at a pixel."""
        x = min(self.light.width - 1, max(0, int(spot[0] / COARSE)))
        y = min(self.light.height - 1, max(0, int(spot[1] / COARSE)))
        r, g, b = self.light.getpixel((x, y))  # type: ignore[misc]  # an RGB image gives three numbers
        return (colour[0] * r // 255, colour[1] * g // 255, colour[2] * b // 255)

    def shape(self, points: Sequence[Point], colour: Colour) -> None:
        """A filled shape."""
        self.pen.polygon([(x * FINE, y * FINE) for x, y in points], colour)

    def oval(self, centre: Point, radius: Point, colour: Colour) -> None:
        """A filled ellipse."""
        (x, y), (rx, ry) = centre, radius
        self.pen.ellipse(((x - rx) * FINE, (y - ry) * FINE, (x + rx) * FINE, (y + ry) * FINE), colour)

    def ring(self, centre: Point, radius: float, colour: Colour, width: float) -> None:
        """A circle."""
        (x, y), r = centre, radius * FINE
        self.pen.ellipse(
            (x * FINE - r, y * FINE - r, x * FINE + r, y * FINE + r), None, colour, max(1, round(width * FINE))
        )

    def line(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        """A line through points, with round joints."""
        self.pen.line([(x * FINE, y * FINE) for x, y in points], colour, max(1, round(width * FINE)), "curve")

    # done

    def finish(self) -> Image.Image:
        """The finished picture."""
        size = (self.width, self.height)
        done = self.picture.reduce(FINE).point(_DEVELOPED * 3)
        bright = (
            done.reduce(COARSE).point([max(0, v - 150) for v in range(256)] * 3).filter(ImageFilter.GaussianBlur(4))
        )
        shine = ImageChops.screen(self.glowing, bright.resize(self.glowing.size, Image.Resampling.BILINEAR))
        done = ImageChops.screen(done, shine.resize(size, Image.Resampling.BILINEAR))
        rim = _DISC.resize((64, 64), box=(40, 40, 216, 216)).point([min(255, 176 + v * 110 // 255) for v in range(256)])
        done = ImageChops.multiply(done, Image.merge("RGB", [rim.resize(size, Image.Resampling.BILINEAR)] * 3))
        grain = Image.frombytes(
            "L", (self.width // 2, self.height // 2), self.random.randbytes(self.width // 2 * (self.height // 2))
        )
        grain = grain.point([118 + v * 20 // 255 for v in range(256)]).resize(size, Image.Resampling.BILINEAR)
        return ImageChops.add(done, Image.merge("RGB", [grain] * 3), 1, -128)
