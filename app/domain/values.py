"""Values that fields hold, and how they are written as JSON and read back.

`dump` gives the canonical JSON text that is stored and sent. `loader_of` gives, for a field's type, the function that
reads such JSON; it never raises: what the program does not know becomes `Unknown(raw)`, is shown as "okänt värde" and
never written back. Times are UTC, positions WGS 84 degrees.
"""

import json
import math
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Any, TypeVar

from app.base.clock import from_iso, iso
from app.base.errors import BadInput
from app.base.words import N_, _

Json = None | bool | int | float | str | list[Any] | dict[str, Any]

T = TypeVar("T")

MAX_VALUE = 64 * 1024
"""Bytes of JSON in one value; anything larger is a blob."""


class WalkType(StrEnum):
    INVENTORY = "inventory"
    FOLLOW_UP = "follow_up"
    THEMED = "themed"
    STAFF_ONLY = "staff_only"
    PATROL_SHIFT = "patrol_shift"
    SELF_GUIDED = "self_guided"


class Light(StrEnum):
    DAYLIGHT = "daylight"
    TWILIGHT = "twilight"
    DARK = "dark"


class ObservationKind(StrEnum):
    DEFICIENCY = "deficiency"
    POSITIVE = "positive"
    QUESTION = "question"
    SOCIAL = "social"


class Severity(IntEnum):
    GOOD = 0
    SMALL = 1
    NOTICEABLE = 2
    LARGE = 3
    DANGER = 4


class PlaceType(StrEnum):
    PATH = "path"
    UNDERPASS = "underpass"
    YARD = "yard"
    SQUARE = "square"
    TRANSIT_STOP = "transit_stop"
    GARAGE = "garage"
    PLAYGROUND = "playground"
    PARK = "park"
    OTHER = "other"


class PositionSource(StrEnum):
    """How a position is known."""

    EXIF = "exif"
    TRACK = "track"
    DEVICE = "device"
    STOP = "stop"
    HAND = "hand"
    NONE = "none"


class TakenAtSource(StrEnum):
    """How the time of a photo is known: its offset, its GPS clock, the walk's zone, or not at all."""

    OFFSET = "offset"
    GPS = "gps"
    ZONE = "zone"
    NONE = "none"


class Alarm(StrEnum):
    SOS = "112"
    ONCALL = "oncall"
    REPORTED = "reported"


class LampFault(StrEnum):
    OFF = "off"
    FLICKERING = "flickering"
    WEAK = "weak"
    LIT_BY_DAY = "lit_by_day"
    HIDDEN = "hidden"
    GLARING = "glaring"
    DAMAGED_HATCH = "damaged_hatch"


class Priority(StrEnum):
    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Term(StrEnum):
    SHORT = "short"
    LONG = "long"


class CostClass(IntEnum):
    NONE = 0
    RUNNING = 1
    SMALL_INVESTMENT = 2
    PROJECT = 3


class MeasureStatus(StrEnum):
    NEW = "new"
    ASSESSED = "assessed"
    HANDED_OVER = "handed_over"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    CHECKED = "checked"
    FED_BACK = "fed_back"
    DORMANT = "dormant"
    IN_ACTION_PLAN = "in_action_plan"
    DUPLICATE = "duplicate"


@dataclass(frozen=True)
class Position:
    """A point on the earth: degrees north and east, WGS 84."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.lat) and math.isfinite(self.lon) and abs(self.lat) <= 90 and abs(self.lon) <= 180):
            raise BadInput(
                "position",
                _("Läget {lat}, {lon} finns inte på jorden.").format(lat=self.lat, lon=self.lon),
                _("Skriv grader som LAT,LON: latitud −90 till 90, longitud −180 till 180, som 59.1687,18.1448."),
            )


@dataclass(frozen=True, eq=False)
class Unknown:
    """A value that a newer version wrote and this one cannot read. Shown as "okänt värde", never written back. Equal
    where the canonical JSON is equal."""

    raw: Json

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Unknown) and canonical(self.raw) == canonical(other.raw)

    def __hash__(self) -> int:
        return hash(canonical(self.raw))

    def __str__(self) -> str:
        return _("okänt värde")


def known(value: Any, kind: type[T]) -> T | None:
    """The value if it is of that type, else None: for a field that may hold `Unknown`."""
    return value if isinstance(value, kind) else None


LABELS: tuple[tuple[StrEnum | IntEnum, str], ...] = (
    (WalkType.INVENTORY, N_("Trygghetsvandring")),
    (WalkType.FOLLOW_UP, N_("Uppföljande vandring")),
    (WalkType.THEMED, N_("Temavandring")),
    (WalkType.STAFF_ONLY, N_("Trygghetsrond")),
    (WalkType.PATROL_SHIFT, N_("Nattvandring")),
    (WalkType.SELF_GUIDED, N_("Egen vandring")),
    (Light.DAYLIGHT, N_("Dagsljus")),
    (Light.TWILIGHT, N_("Skymning")),
    (Light.DARK, N_("Mörker")),
    (ObservationKind.DEFICIENCY, N_("Brist")),
    (ObservationKind.POSITIVE, N_("Något bra")),
    (ObservationKind.QUESTION, N_("Fråga")),
    (ObservationKind.SOCIAL, N_("Social fråga")),
    (Severity.GOOD, N_("Bra")),
    (Severity.SMALL, N_("Liten")),
    (Severity.NOTICEABLE, N_("Märkbar")),
    (Severity.LARGE, N_("Stor")),
    (Severity.DANGER, N_("Fara nu")),
    (PlaceType.PATH, N_("Gångväg")),
    (PlaceType.UNDERPASS, N_("Gångtunnel")),
    (PlaceType.YARD, N_("Gård")),
    (PlaceType.SQUARE, N_("Torg")),
    (PlaceType.TRANSIT_STOP, N_("Hållplats")),
    (PlaceType.GARAGE, N_("Garage")),
    (PlaceType.PLAYGROUND, N_("Lekplats")),
    (PlaceType.PARK, N_("Park")),
    (PlaceType.OTHER, N_("Annan plats")),
    (PositionSource.EXIF, N_("läge från kamerans gps")),
    (PositionSource.TRACK, N_("läge från spåret")),
    (PositionSource.DEVICE, N_("plattans läge")),
    (PositionSource.STOP, N_("platsens läge")),
    (PositionSource.HAND, N_("läge satt för hand")),
    (PositionSource.NONE, N_("läge okänt")),
    (TakenAtSource.OFFSET, N_("tid från kameran")),
    (TakenAtSource.GPS, N_("tid från gps")),
    (TakenAtSource.ZONE, N_("tid från kameran, i vandringens tidszon")),
    (TakenAtSource.NONE, N_("tid okänd")),
    (Alarm.SOS, N_("112 larmat")),
    (Alarm.ONCALL, N_("Jour larmad")),
    (Alarm.REPORTED, N_("Felanmäld")),
    (LampFault.OFF, N_("Släckt")),
    (LampFault.FLICKERING, N_("Blinkar")),
    (LampFault.WEAK, N_("Svag")),
    (LampFault.LIT_BY_DAY, N_("Tänd dagtid")),
    (LampFault.HIDDEN, N_("Skymd")),
    (LampFault.GLARING, N_("Bländar")),
    (LampFault.DAMAGED_HATCH, N_("Skadad lucka")),
    (Priority.A, N_("Akut")),
    (Priority.B, N_("Kort sikt")),
    (Priority.C, N_("Lång sikt")),
    (Priority.D, N_("Genomförs inte")),
    (Term.SHORT, N_("Kort sikt")),
    (Term.LONG, N_("Lång sikt")),
    (CostClass.NONE, N_("Ingen kostnad")),
    (CostClass.RUNNING, N_("Drift")),
    (CostClass.SMALL_INVESTMENT, N_("Mindre investering")),
    (CostClass.PROJECT, N_("Projekt")),
    (MeasureStatus.NEW, N_("Ny")),
    (MeasureStatus.ASSESSED, N_("Bedömd")),
    (MeasureStatus.HANDED_OVER, N_("Överlämnad")),
    (MeasureStatus.ACCEPTED, N_("Accepterad")),
    (MeasureStatus.REJECTED, N_("Avslagen")),
    (MeasureStatus.PLANNED, N_("Planerad")),
    (MeasureStatus.IN_PROGRESS, N_("Pågår")),
    (MeasureStatus.DONE, N_("Åtgärdad")),
    (MeasureStatus.CHECKED, N_("Kontrollerad")),
    (MeasureStatus.FED_BACK, N_("Återkopplad")),
    (MeasureStatus.DORMANT, N_("Vilande")),
    (MeasureStatus.IN_ACTION_PLAN, N_("Överförd till åtgärdsplan")),
    (MeasureStatus.DUPLICATE, N_("Dubblett")),
)
"""The word for every choice, to be shown through `_`."""

_LABEL_OF = {(type(choice), choice): label for choice, label in LABELS}
"""With the type in the key, since choices of different types may be equal: `Severity.GOOD == CostClass.NONE`."""


def label_of(value: object) -> str:
    """The word for a choice in the language spoken now; a value without one as it is written."""
    if isinstance(value, StrEnum | IntEnum) and (type(value), value) in _LABEL_OF:
        return _(_LABEL_OF[type(value), value])
    return "" if value is None else str(value)


_PLAIN = frozenset({str, int, float, bool, type(None)})


def plain(value: Any) -> Json:
    """A field's value as plain JSON data."""
    if type(value) in _PLAIN:
        return typing.cast(Json, value)
    match value:
        case Unknown(raw):
            return raw
        case Position(lat, lon):
            return {"lat": round(lat, 7), "lon": round(lon, 7)}
        case datetime():
            return iso(value)
        case date():
            return value.isoformat()
        case StrEnum() | IntEnum():
            return value.value
        case tuple() | list():
            return [plain(part) for part in value]
    return typing.cast(Json, value)


_CANONICAL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)


def canonical(data: Json) -> str:
    """JSON text with sorted keys and no blanks: equal data give equal text. Raises ValueError on NaN and infinity."""
    return _CANONICAL.encode(data)


def dump(value: Any) -> str:
    """The canonical JSON text of a field's value."""
    return canonical(plain(value))


_LARGEST = 2**53
"""Whole numbers from here on are not told apart by every reader of JSON (RFC 8259, 6); no field counts so far."""


def _load_text(raw: Any) -> str:
    if not isinstance(raw, str):
        raise TypeError
    return raw


def _load_whole(raw: Any) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool):
        raise TypeError
    if abs(raw) >= _LARGEST:
        raise ValueError
    return raw


def _load_moment(raw: Any) -> datetime:
    moment = from_iso(_load_text(raw))
    # In the first and last year of the calendar a moment may have no time of day by the walk's clock.
    if not date.min.year < moment.year < date.max.year:
        raise ValueError
    return moment


def _load_number(raw: Any) -> float:
    if not isinstance(raw, int | float) or isinstance(raw, bool):
        raise TypeError
    return float(raw)


def _load_flag(raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise TypeError
    return raw


def _load_position(raw: Any) -> Position:
    return Position(_load_number(raw["lat"]), _load_number(raw["lon"]))


def _load_texts(raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, list):
        raise TypeError
    return tuple(_load_text(part) for part in raw)


def _load_table(raw: Any) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise TypeError
    return raw


def _load_rows(raw: Any) -> tuple[Any, ...]:
    if not isinstance(raw, list):
        raise TypeError
    return tuple(raw)


_LOADERS: dict[Any, Callable[[Any], Any]] = {
    str: _load_text,
    int: _load_whole,
    float: _load_number,
    bool: _load_flag,
    Position: _load_position,
    datetime: _load_moment,
    date: lambda raw: date.fromisoformat(_load_text(raw)),
    tuple[str, ...]: _load_texts,
    tuple[Any, ...]: _load_rows,
    dict[str, Any]: _load_table,
}


def bare_type(annotation: Any) -> Any:
    """The type of a field without its `| None`."""
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is typing.Union:
        (annotation,) = [part for part in typing.get_args(annotation) if part is not type(None)]
    return annotation


def loader_of(annotation: Any) -> Callable[[Any], Any]:
    """The function that turns plain JSON data into the value of a field of this type. Raises on what does not fit."""
    kind = bare_type(annotation)
    if isinstance(kind, type) and issubclass(kind, IntEnum):
        # True and 1.0 are equal to 1, but nobody wrote them for it.
        return lambda raw: kind(_load_whole(raw))
    return _LOADERS[kind] if kind in _LOADERS else typing.cast(Callable[[Any], Any], kind)


def load(annotation: Any, raw: Json) -> Any:
    """The value of a field of this type; None stays None, what does not fit becomes `Unknown(raw)`. Never raises."""
    if raw is None:
        return None
    try:
        return loader_of(annotation)(raw)
    except (ValueError, TypeError, KeyError, OverflowError, BadInput):
        return Unknown(raw)
