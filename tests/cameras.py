"""A camera without GPS whose clock goes wrong, and an evening's walk that it was along on, for tests."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import segno
from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

from app.base.job import finish
from app.commands.stops import add_stop
from app.commands.walks import new_walk
from app.domain.camera_clock import code_of
from app.domain.geo import Plane
from app.domain.records import SafetyWalk
from app.domain.values import Position
from app.jobs.places import import_route
from app.session import Session

BEGINS = datetime(2026, 10, 23, 15, 0, tzinfo=UTC)
HERE = Plane(Position(60.1752, 24.9452))
ZONE = "Europe/Helsinki"
PACE = 1.2
"""Metres a second between the stops; at each they stand for four minutes."""
STAYS_S, LEG_M, STOPS = 240, 180, 4
LEG_S = LEG_M / PACE


def true_place(seconds: float) -> Position:
    """Where they were so long after the beginning, along a straight way east."""
    turn, rest = divmod(seconds, STAYS_S + LEG_S)
    walked = max(0.0, rest - STAYS_S) * PACE
    return HERE.position(min(turn * LEG_M + walked, (STOPS - 1) * LEG_M), 0.0)


def evening(session: Session, folder: Path) -> str:
    """A walk of four stops with its track. Returns its id."""
    walk = new_walk(session, {"title": "Kväll", "area": "Kajsaniemi", "zone": ZONE, "starts": BEGINS})
    for number in range(STOPS):
        add_stop(session, walk, {"name": f"Stopp {number + 1}", "position": HERE.position(number * LEG_M, 0.0)})
    walk_along(session, walk, folder)
    return walk


def walk_along(session: Session, walk: str, folder: Path, north_m: float = 0.0) -> None:
    """Read a track in, a fix each fifth second, so far beside the way."""
    points = []
    for second in range(0, round(STOPS * STAYS_S + (STOPS - 1) * LEG_S) + 1, 5):
        at, along = BEGINS + timedelta(seconds=second), HERE.xy(true_place(second).lat, true_place(second).lon)
        place = HERE.position(along[0], along[1] + north_m)
        time = f"{at:%Y-%m-%dT%H:%M:%SZ}"
        points.append(f'<trkpt lat="{place.lat:.7f}" lon="{place.lon:.7f}"><time>{time}</time></trkpt>')
    path = folder / "kvall.gpx"
    head = '<gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>'
    path.write_text(f"{head}{''.join(points)}</trkseg></trk></gpx>", encoding="utf-8")
    finish(import_route(session, session.read(SafetyWalk, {"id": walk})[0], path, "walked"))


def page_picture(moment: datetime, size: tuple[int, int] = (1600, 1200), turned: float = 4.0) -> Image.Image:
    """The clock page as a camera sees it at a moment: a bright screen in the dark, held a little aslant."""
    code = BytesIO()
    segno.make(code_of(moment), error="m", micro=False).save(code, kind="png", scale=12, border=4)
    side = size[1] // 3
    seen = Image.open(code).convert("RGB").resize((side, side)).rotate(turned, expand=True, fillcolor=(30, 30, 34))
    picture = Image.new("RGB", size, (30, 30, 34))
    picture.paste(seen, (size[0] // 3, size[1] // 4))
    return picture


@dataclass
class Camera:
    """A camera whose clock is `ahead_s` ahead of the right time, with its card in a folder."""

    card: Path
    ahead_s: float = 0.0
    model: str = "Kompakt 7"
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def shoot(self, seconds: float, *, page: datetime | None = None, place: Position | None = None) -> Path:
        """Take a picture so long after the beginning; of the clock page where it shows a moment, with a GPS of its own
        where there is a place. Returns the file."""
        number = next(self._numbers)
        true = BEGINS + timedelta(seconds=seconds)
        shows = (true + timedelta(seconds=self.ahead_s)).astimezone(ZoneInfo(ZONE))
        exif = Image.Exif()
        if self.model:
            exif[ExifTags.Base.Model] = self.model
        exif[ExifTags.IFD.Exif] = {
            ExifTags.Base.DateTimeOriginal: shows.strftime("%Y:%m:%d %H:%M:%S"),
            ExifTags.Base.OffsetTimeOriginal: shows.isoformat()[-6:],
        }
        if place is not None:
            exif[ExifTags.IFD.GPSInfo] = _gps(true, place)
        picture = Image.new("RGB", (320, 240), (number * 7 % 256, 60, 90)) if page is None else page_picture(page)
        path = self.card / f"IMG_{number:04d}.JPG"
        self.card.mkdir(parents=True, exist_ok=True)
        picture.save(path, "JPEG", quality=88, exif=exif)
        return path


def _gps(true: datetime, place: Position) -> dict[int, object]:
    def degrees(value: float) -> tuple[IFDRational, IFDRational, IFDRational]:
        return IFDRational(round(value * 10_000_000), 10_000_000), IFDRational(0, 1), IFDRational(0, 1)

    tags = ExifTags.GPS
    return {
        tags.GPSLatitudeRef: "N",
        tags.GPSLatitude: degrees(place.lat),
        tags.GPSLongitudeRef: "E",
        tags.GPSLongitude: degrees(place.lon),
        tags.GPSDateStamp: true.strftime("%Y:%m:%d"),
        tags.GPSTimeStamp: tuple(IFDRational(each, 1) for each in (true.hour, true.minute, true.second)),
    }
