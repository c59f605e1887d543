"""Reading GPX 1.0 and 1.1: tracks, routes and waypoints. Extensions are passed over.

The file is fed to expat piece by piece, so nothing but the points is held in memory. A document type declaration is
refused, and with it every entity bomb. Where the file breaks off or stops being XML, what came before is kept and the
line is named. A file that says it is UTF-8 and is not is read as Latin-1: it loses letters at worst, never points.
"""

from datetime import UTC, datetime
from xml.parsers import expat

from app.base.errors import BadInput
from app.base.words import _
from app.domain.track import Fix
from app.domain.values import Position
from app.places.placefile import (
    Damages,
    PlaceFile,
    Waypoint,
    check_size,
    credited,
    number,
    plain_name,
    readable,
    why_no_place,
    without_empty,
)

PIECE = 1 << 16
LONGEST_TEXT = 10_000
DEEPEST = 64
POINTS = {"trkpt", "rtept", "wpt"}
SEGMENTS = {"trkseg", "rte"}


class _Stop(Exception):
    """The file cannot be read further; what came before stands."""


def moment(text: str) -> datetime | None:
    """The UTC moment of an ISO 8601 time, UTC where it says no offset (GPX means UTC); None if it is none."""
    try:
        time = datetime.fromisoformat(text.strip())
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


class _Reader:
    def __init__(self, encoding: str | None) -> None:
        self.parser = expat.ParserCreate(encoding)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.damages = Damages()
        self.segments: list[list[Fix]] = []
        self.waypoints: list[Waypoint] = []
        self.name = self.author = self.licence = ""
        self._path: list[str] = []
        self._words = ""
        self._point: dict[str, str] = {}
        self._line = 0
        self._points = 0

    def _doctype(self, *_about: object) -> None:
        raise BadInput(
            "gpx-doctype",
            _("Filen innehåller en dokumenttypsdeklaration (DOCTYPE), som kan dölja skadligt innehåll."),
            _("Exportera spåret på nytt, eller ta bort raden med DOCTYPE."),
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rsplit(":", 1)[-1]
        if not self._path and tag != "gpx":
            raise BadInput(
                "not-gpx", _("Filen är XML men inte GPX."), _("Exportera spåret som GPX, GeoJSON eller NMEA.")
            )
        self._path.append(tag)
        self._words = ""
        if len(self._path) > DEEPEST:
            raise _Stop
        if tag in POINTS:
            self._point, self._line = dict(attributes), self.parser.CurrentLineNumber
        elif tag in SEGMENTS:
            self.segments.append([])
        elif tag == "copyright":
            self.author = readable(attributes.get("author", "")[:LONGEST_TEXT])

    def _text(self, words: str) -> None:
        if len(self._words) < LONGEST_TEXT:
            self._words += words[:LONGEST_TEXT]

    def _end(self, tag: str) -> None:
        tag = tag.rsplit(":", 1)[-1]
        self._path.pop()
        words, self._words = readable(self._words).strip(), ""
        if "extensions" in self._path:
            return
        parent = self._path[-1] if self._path else ""
        if tag in POINTS:
            self._finish(tag)
        elif parent in POINTS:
            self._point.setdefault(tag, words)
        elif tag == "name" and (parent == "metadata" or (parent in {"trk", "rte", "gpx"} and not self.name)):
            self.name = words
        elif tag == "license" and parent == "copyright":
            self.licence = words

    def _finish(self, tag: str) -> None:
        about = self._point
        lat, lon = number(about.get("lat")), number(about.get("lon"))
        why = why_no_place(lat, lon) or (_("Mottagaren hade inget läge.") if about.get("fix") == "none" else "")
        if why or lat is None or lon is None:
            self.damages.add(self._line, why)
            return
        self._points += 1
        check_size(self._points)
        if tag == "wpt":
            description = about.get("desc", "") or about.get("cmt", "")
            point = Waypoint(plain_name(about.get("name", "")), description, Position(lat, lon), about.get("type", ""))
            self.waypoints.append(point)
            return
        time = moment(about["time"]) if about.get("time") else None
        if about.get("time") and time is None:
            self.damages.add(self._line, _("Tiden går inte att läsa; punkten är kvar utan tid."))
        if not self.segments:
            self.segments.append([])
        altitude, hdop, speed = (number(about.get(key)) for key in ("ele", "hdop", "speed"))
        self.segments[-1].append(Fix(time, lat, lon, altitude, hdop, speed))

    def read(self, data: bytes) -> None:
        """Read until the end or until it cannot be read further. Raises BadInput for what is no GPX at all."""
        try:
            for start in range(0, len(data), PIECE):
                self.parser.Parse(data[start : start + PIECE], False)
            self.parser.Parse(b"", True)
        except (expat.ExpatError, LookupError, ValueError, _Stop) as broken:
            line = broken.lineno if isinstance(broken, expat.ExpatError) else self.parser.CurrentLineNumber
            self.damages.add(line, _("Här går filen sönder; det som kom före är läst."))


def _spoken_encoding(data: bytes) -> str | None:
    """What to tell expat to read the bytes as; None leaves it to the file."""
    head = data[:200].lower()
    says_utf8 = b"encoding" not in head.split(b"?>")[0] or b"utf-8" in head
    if not says_utf8 or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as wrong:
        # A letter cut in two at the very end is a file that breaks off, not one in another encoding.
        return None if wrong.reason == "unexpected end of data" else "iso-8859-1"
    return None


def read_gpx(data: bytes) -> PlaceFile:
    """The tracks, routes and waypoints of a GPX file. Raises BadInput for what is no GPX or has a DOCTYPE."""
    reader = _Reader(_spoken_encoding(data))
    reader.read(data)
    return PlaceFile(
        kind="gpx",
        name=reader.name,
        attribution=credited(reader.author),
        licence=reader.licence,
        segments=without_empty(reader.segments),
        waypoints=tuple(reader.waypoints),
        damaged=reader.damages.all(),
    )
