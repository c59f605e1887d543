"""Reading routes and tracks into a walk."""

import hashlib
import os
from pathlib import Path
from typing import Any

from app.base.errors import BadInput, NotFound
from app.base.job import Job, Step
from app.base.words import _
from app.commands.places import add_line
from app.domain.records import Route, SafetyWalk, Track
from app.places.placefile import PlaceFile, readable
from app.places.reading import read_place_file
from app.session import Session

LARGEST = 200_000_000
"""Bytes of a place file that are read at all; a day of 10 Hz NMEA is 100 MB."""


def read_file(path: Path) -> bytes:
    """A place file's bytes. Raises GatljusError where it is none, or too large."""
    if path.is_dir():
        text = _("{path} är en mapp, ingen fil.").format(path=path)
        raise BadInput("folder", text, _("Skriv namnet på en fil i den. Foton läses in med photos import."))
    if not path.is_file():
        raise NotFound("no-file", _("Filen {path} finns inte.").format(path=path), _("Kontrollera namnet och mappen."))
    if path.stat().st_size > LARGEST:
        raise BadInput("too-large", _("Filen {path} är för stor.").format(path=path), _("Dela den i mindre delar."))
    return path.read_bytes()


def _kind(found: PlaceFile, said: str | None) -> type[Route] | type[Track]:
    """Planned where it was said so, or where nothing in the file has a time."""
    if said is None:
        timed = any(fix.time for segment in found.segments for fix in segment)
        return Track if timed else Route
    return Route if said == "planned" else Track


def import_route(session: Session, walk: SafetyWalk, path: Path, said: str | None) -> Job[dict[str, Any]]:
    """Read a GPX, GeoJSON or NMEA file: {id, points, segments, damaged: [{line, reason}], stops: [id], known}.

    A planned file's waypoints become stops. The same file twice adds nothing and gives the id of the first time: it is
    `known`.
    Raises GatljusError where nothing in the file can be used.
    """
    yield Step(_("Läser {name}").format(name=path.name))
    data = read_file(path)
    found = read_place_file(data, path.name)
    cls = _kind(found, said)
    points = sum(len(segment) for segment in found.segments)
    if points == 0 and not found.waypoints:
        raise BadInput(
            "no-points", _("Det finns inga punkter i {name}.").format(name=path.name), _("Välj en annan fil.")
        )
    source = "sha256:" + hashlib.sha256(data).hexdigest()
    known = session.read(cls, {"scope": walk.id, "source": source})
    line, stops = known[0].id if known else "", list[str]()
    if not known:
        name = found.name or readable(os.fsencode(path.stem).decode("utf-8", "replace"))
        line, stops = add_line(session, walk.id, cls, name, source, found)
    damaged = [{"line": each.line, "reason": each.reason} for each in found.damaged]
    about = {"id": line, "points": points, "segments": len(found.segments), "known": bool(known)}
    return {**about, "damaged": damaged, "stops": stops}
