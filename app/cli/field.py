"""photos: import and attach."""

from pathlib import Path
from typing import Any

import click

from app.base.words import _
from app.cli.making import zone_of
from app.cli.screen import Screen, on_screen
from app.commands.photos import attach
from app.domain import entry
from app.domain.records import Observation, Photo
from app.jobs.photos import import_photos
from app.queries import find


@click.group()
def photos() -> None:
    """Läs in foton / import photos."""


def _line(item: dict[str, Any]) -> str:
    words = {
        "imported": _("inläst"),
        "duplicate": _("fanns redan"),
        "not_shown": _("sparad, kan inte visas"),
        "refused": _("inte inläst"),
    }
    return f"{item['file']}: {words[item['result']]}. {item['reason'] or ''}".rstrip()


@photos.command("import")
@click.argument("walk_id", metavar="WALK")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FOLDER|FILE…")
@click.option("--by-track", is_flag=True)
@click.option("--clock-offset", metavar="S")
@on_screen
def photos_import(
    screen: Screen, walk_id: str, paths: tuple[Path, ...], by_track: bool, clock_offset: str | None
) -> None:
    """Läs in foton från mappar och filer / import photos from folders and files."""
    walk = find.walk_of(screen.session, walk_id)
    offset = 0.0 if clock_offset is None else entry.number(clock_offset)
    zone_of(screen, walk)
    items = screen.run(import_photos(screen.session, walk, paths, by_track=by_track, offset_s=offset))
    screen.items(items, _line)
    if all(item["result"] == "refused" for item in items):
        raise SystemExit(1)


@photos.command("attach")
@click.argument("photo_id", metavar="PHOTO")
@click.argument("observation_id", metavar="OBSERVATION")
@on_screen
def photos_attach(screen: Screen, photo_id: str, observation_id: str) -> None:
    """Lägg ett foto till en iakttagelse / attach a photo to an observation."""
    photo = find.record_of(screen.session, photo_id, Photo.KIND)
    observation = find.record_of(screen.session, observation_id, Observation.KIND, photo.scope)
    assert isinstance(photo, Photo)
    assert isinstance(observation, Observation)
    attach(screen.session, photo, observation.id)
    screen.made(photo.id)


photo = click.Group("photo", commands={"attach": photos_attach}, help="Ett foto / one photo")

COMMANDS = (photos, photo)
