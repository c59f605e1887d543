"""Reading a place file, whichever kind it is: what it holds decides, never its name."""

import codecs
import re
from dataclasses import replace
from pathlib import PurePath

from app.base.errors import BadInput
from app.base.words import _
from app.places.geojson import read_geojson
from app.places.gpx import read_gpx
from app.places.nmea import read_nmea
from app.places.placefile import PlaceFile

MOST_BYTES = 256 << 20
HEAD = 1 << 16
_NMEA = re.compile(rb"\$[A-Z]{2}(GGA|GNS|RMC|GLL),")
_WIDE = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def _narrow(data: bytes) -> bytes:
    """Text that was saved as UTF-16 as UTF-8; anything else as it is."""
    encoding = _WIDE.get(data[:2])
    return data.decode(encoding, errors="replace").encode() if encoding else data


def read_place_file(data: bytes, name: str = "") -> PlaceFile:
    """The tracks, routes and named points of a GPX, GeoJSON or NMEA file; without a name of its own it has its file's.

    What cannot be read is left out and named in `damaged`. Raises BadInput for another kind of file, one without any
    position that can be used, and one that is too large.
    """
    if len(data) > MOST_BYTES:
        raise BadInput(
            "file-too-large",
            _("Filen {name} är större än {limit} MB.").format(name=name, limit=MOST_BYTES >> 20),
            _("Dela upp den i flera filer."),
        )
    read = _read(data, name)
    if not read.segments and not read.waypoints:
        text = _("Filen {name} innehåller inget läge som går att använda.").format(name=name)
        why = _("Första felet, rad {line}: {reason}").format(**vars(read.damaged[0])) if read.damaged else ""
        raise BadInput("no-places", f"{text} {why}".strip(), _("Exportera spåret på nytt och försök igen."))
    return replace(read, name=read.name or PurePath(name).stem)


def _read(data: bytes, name: str) -> PlaceFile:
    data = _narrow(data)
    start = data[:HEAD].removeprefix(codecs.BOM_UTF8).lstrip()
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        raise BadInput(
            "empty-file",
            _("Filen {name} är tom.").format(name=name),
            _("Exportera spåret eller rutten en gång till och försök igen."),
        )
    if start[:1] == b"<" and (b"<gpx" in start or b":gpx" in start or b"<!DOCTYPE" in start):
        return read_gpx(data.removeprefix(codecs.BOM_UTF8).lstrip())
    if start[:1] == b"{":
        return read_geojson(data)
    if _NMEA.search(data):
        return read_nmea(data)
    raise BadInput(
        "not-a-place-file",
        _("Filen {name} är varken GPX, GeoJSON eller NMEA.").format(name=name),
        _("Exportera spåret eller rutten som GPX, GeoJSON eller NMEA och försök igen."),
    )
