"""Write a walk for other programs."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.base.errors import BadInput, GatljusError, NotFound, NotHereYet, reason_of
from app.base.files import Sink, written_whole
from app.base.job import Job, Step
from app.base.words import _
from app.domain.records import SafetyWalk
from app.export.geojson import geojson
from app.export.gpx import gpx
from app.queries.whole import whole_walk
from app.session import Session

WRITERS = {".geojson": geojson, ".gpx": gpx}
LATER = (".csv", ".xlsx", ".gpkg", ".docx")


def _not_writable(path: Path, error: OSError) -> GatljusError:
    return GatljusError(
        "not-writable",
        _("{path} kan inte skrivas: {reason}.").format(path=path, reason=reason_of(error)),
        _("Välj en mapp som finns och som du får skriva i."),
    )


class _AskedFor:
    """The file being written, whose own errors are told apart from those of what is read for it."""

    def __init__(self, path: Path, out: Sink) -> None:
        self._path, self._out = path, out

    def write(self, data: bytes, /) -> int:
        try:
            return self._out.write(data)
        except OSError as error:
            raise _not_writable(self._path, error) from error


@contextmanager
def asked_for(path: Path) -> Iterator[Sink]:
    """A file that a person asked for, written whole or not at all. Raises GatljusError where it cannot be written;
    other errors within the block stay what they are."""
    if not path.parent.is_dir():
        raise NotFound(
            "no-folder", _("Mappen {path} finns inte.").format(path=path.parent), _("Välj en mapp som finns.")
        )
    within = None
    try:
        with written_whole(path) as out:
            try:
                yield _AskedFor(path, out)
            except OSError as error:
                within = error
                raise
    except OSError as error:
        if error is within:
            raise
        raise _not_writable(path, error) from error


def export(session: Session, walk: SafetyWalk, path: Path) -> Job[Path]:
    """Write the walk to `path`, by the file's ending. Raises GatljusError."""
    ending = path.suffix.lower()
    if ending in LATER:
        what = _("Att skriva {ending}").format(ending=ending)
        raise NotHereYet(
            "not-here-yet",
            _("{what} finns inte ännu i den här versionen.").format(what=what),
            _("Skriv .geojson eller .gpx."),
        )
    if ending not in WRITERS:
        raise BadInput(
            "format", _("{name} har ingen känd ändelse.").format(name=path.name), _("Skriv .geojson eller .gpx.")
        )
    yield Step(_("Skriver {name}").format(name=path.name))
    with asked_for(path) as out:
        out.write(WRITERS[ending](whole_walk(session, walk)))
    return path
