"""A walk as plain JSON data, as `show --json` prints it.

Times are UTC, metres, degrees from true north, WGS 84 with 7 decimals; absent is null, never missing; lists are sorted
by id. What differs between devices stands under the single key `here`. A position always has its `source`; without one
`lat` and `lon` are null and `source` is "none". `severity` is what is in force; `severity_suggested` repeats it while
nobody has said it, and is null once someone has.
"""

from collections.abc import Iterable
from typing import Any

from app.domain.geo import path_m
from app.domain.letters import shown_tags
from app.domain.record import Record, is_id
from app.domain.records import Measure, Observation, Photo, VoiceNote
from app.domain.rules import is_only_suggested, severity_of, stop_of
from app.domain.track import Fix, measure
from app.domain.values import Json, Position, PositionSource, Unknown, known, plain
from app.domain.walk import Conflict, Line, WholeWalk


def fields(record: Record, *names: str) -> dict[str, Json]:
    """Fields of a record as plain data."""
    return {"id": record.id, **{name: plain(getattr(record, name)) for name in names}}


def _all_fields(record: Record) -> dict[str, Json]:
    return fields(record, *(each.name for each in type(record).FIELDS if each.name != "created"))


def _point(position: Position | Unknown | None) -> dict[str, Json]:
    place = known(position, Position)
    return {"lat": round(place.lat, 7) if place else None, "lon": round(place.lon, 7) if place else None}


def _observation(each: Observation, whole: WholeWalk, tags: dict[str, str]) -> dict[str, Json]:
    severity = plain(severity_of(each))
    source = each.position_source or PositionSource.NONE
    place = {
        **_point(each.position),
        "source": plain(source),
        "accuracy_m": plain(each.accuracy_m),
        "stale": known(each.stale, bool) or False,
    }
    photos: list[Json] = [photo.id for photo in whole.photos if photo.observation == each.id]
    return {
        **_all_fields(each),
        "tag": tags[each.id],
        "number": whole.numbers.of.get(each.id),
        "severity": severity,
        "severity_suggested": severity if is_only_suggested(each) else None,
        "noted_by": 1 + sum(known(one.count, int) or 0 for one in whole.supports if one.observation == each.id),
        "position": place,
        "photos": photos,
    }


def photo_state(photo: Photo) -> str:
    """`ok`, `damaged` (shown as far as it goes) or `not_shown` (kept, but cannot be shown)."""
    if not photo.report:
        return "not_shown"
    return "damaged" if photo.damaged else "ok"


def _photo(each: Photo, whole: WholeWalk, observations: dict[str, Observation]) -> dict[str, Json]:
    place = {**_point(each.position), "altitude_m": plain(each.altitude_m), "source": plain(each.position_source)}
    names = (
        "name", "format", "width", "height", "taken_at", "taken_at_source", "direction_deg", "direction_ref",
        "observation", "alt", "caption", "camera", "accuracy_m", "clock_error_s", "offset",
    )  # fmt: skip
    return {
        **fields(each, *names),
        "sha256": plain(each.original),
        "stop": stop_of(each, observations),
        "number": whole.numbers.of.get(each.id),
        "position": place,
        "state": photo_state(each),
    }


def _voice_note(each: VoiceNote) -> dict[str, Json]:
    names = ("name", "duration_s", "recorded_at", "observation", "stop", "text")
    return {**fields(each, *names), "sha256": plain(each.audio), "position": _point(each.position)}


def _measure(each: Measure, whole: WholeWalk) -> dict[str, Json]:
    answers = sorted(filter(is_id, (link.observation for link in whole.measure_fors if link.measure == each.id)))
    stops = {seen.stop for seen in whole.observations if seen.id in answers}
    return {
        **_all_fields(each),
        "number": whole.numbers.of.get(each.id),
        "observations": list(answers),
        "stops": sorted(filter(is_id, stops)),
    }


def _track(line: Line) -> dict[str, Json]:
    measured = measure(line.segments)
    gaps: list[Json] = [
        {
            "start": plain(gap.start),
            "end": plain(gap.end),
            "straight_m": round(gap.straight_m, 1),
        }
        for gap in measured.gaps
    ]
    return {
        "id": line.record.id,
        "name": plain(line.record.name),
        "device": plain(getattr(line.record, "device", None)),
        "group": plain(getattr(line.record, "group", None)),
        "rehearsed": getattr(line.record, "rehearsed", False) is True,
        "told_by": list(line.told_by),
        "points": sum(len(segment) for segment in line.segments),
        "segments": len(line.segments),
        "gaps": gaps,
        "outliers": len(measured.outliers),
        "length_m": round(measured.length_m, 1),
    }


def _route(line: Line) -> dict[str, Json]:
    fixes: tuple[Fix, ...] = tuple(fix for segment in line.segments for fix in segment)
    return {
        **fields(line.record, "name", "attribution"),
        "points": len(fixes),
        "length_m": round(sum(planned_m(segment) for segment in line.segments), 1),
    }


def planned_m(segment: tuple[Fix, ...]) -> float:
    """Length of a planned way, metres: every point counts."""
    return path_m([fix.position for fix in segment])


def conflict(each: Conflict) -> dict[str, Json]:
    """A conflict as plain data."""
    choices: list[Json] = [
        {"choice": one.choice, "value": one.value, "device": one.device, "label": one.label, "at": one.at}
        for one in each.choices
    ]
    return {
        "kind": each.kind,
        "id": each.id,
        "field": each.field,
        "shown": each.shown,
        "base": each.base,
        "choices": choices,
    }


def _sorted(items: Iterable[dict[str, Json]]) -> list[Json]:
    ordered = sorted(items, key=lambda item: str(item["id"]))
    return [*ordered]


def show(whole: WholeWalk) -> dict[str, Any]:
    """The walk as plain data, without `here`: equal on every device that holds the same changes."""
    tags = shown_tags(whole.observations)
    observations = {each.id: each for each in whole.observations}
    stops = [{**_all_fields(stop), "number": whole.numbers.of[stop.id]} for stop in whole.stops]
    return {
        "walk": _all_fields(whole.walk),
        "stops": _sorted(stops),
        "observations": _sorted(_observation(each, whole, tags) for each in whole.observations),
        "photos": _sorted(_photo(each, whole, observations) for each in whole.photos),
        "voice_notes": _sorted(map(_voice_note, whole.voice_notes)),
        "measures": _sorted(_measure(each, whole) for each in whole.measures),
        "tracks": _sorted(_track(line) for line in whole.tracks),
        "routes": _sorted(_route(line) for line in whole.routes),
        "ratings": _sorted(map(_all_fields, whole.ratings)),
        "participants": _sorted(map(_all_fields, whole.participants)),
        "groups": _sorted(map(_all_fields, whole.groups)),
        "parties": _sorted(map(_all_fields, whole.parties)),
        "remarks": _sorted(map(_all_fields, whole.remarks)),
        "conflicts": [conflict(each) for each in whole.conflicts],
        "devices": _sorted(map(_all_fields, whole.devices)),
    }
