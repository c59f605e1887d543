"""photos: import and attach."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from app.base.errors import BadInput, GatljusError, NotFound
from app.base.room import little_room
from app.base.words import _, ngettext
from app.cli.doubts import untimely
from app.cli.making import zone_of
from app.cli.placing import moved_words, photos_place
from app.cli.screen import Screen, on_screen
from app.commands.photos import attach
from app.domain import entry
from app.domain.placing import RADIUS_M
from app.domain.record import Record
from app.domain.records import Observation, Photo, SafetyWalk, Stop
from app.domain.values import known
from app.jobs.photos import import_photos
from app.queries import find
from app.queries.photos import moved
from app.queries.proposals import to_be_moved
from app.queries.telling import CALLED, photos_counted
from app.session import Session


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


def _summed(counted: Mapping[str, int]) -> str:
    """How many files became what: `17 inlästa, 2 fanns redan.`"""
    count = counted.get
    shown = ngettext(
        "{count} sparad utan att kunna visas", "{count} sparade utan att kunna visas", count("not_shown", 0)
    )
    words = {
        "imported": ngettext("{count} inläst", "{count} inlästa", count("imported", 0)),
        "duplicate": _("{count} fanns redan"),
        "not_shown": shown,
        "refused": ngettext("{count} inte inläst", "{count} inte inlästa", count("refused", 0)),
    }
    found = [said.format(count=counted[each]) for each, said in words.items() if count(each)]
    return f"{', '.join(found)}."


def _summary(screen: Screen, walk: SafetyWalk, items: list[dict[str, Any]]) -> Iterator[str]:
    """Where the photos of an import are, in sentences."""
    yield _summed(Counter(str(item["result"]) for item in items))
    taken = [item for item in items if item["photo"]]
    if not taken:
        return
    stops = screen.session.read(Stop, {"scope": walk.id}, order=("order",))
    at = Counter(item["stop"] for item in taken)
    placed = [f"{each.name} {at[each.id]}" for each in stops if at[each.id]]
    if placed:
        yield _("Per plats: {places}.").format(places=", ".join(placed))
    without = len(taken) - sum(at[each.id] for each in stops)
    text = _("{photos} utan plats. Ett foto hör till den närmaste platsen inom {radius:.0f} m från där det togs.")
    yield text.format(photos=photos_counted(without), radius=RADIUS_M)
    ids = {item["photo"] for item in taken}
    shot = [each for each in screen.session.read(Photo, {"scope": walk.id}) if each.id in ids]
    yield untimely(walk, (known(each.taken_at, datetime) for each in shot))


@photos.command("import")
@click.argument("walk_id", metavar="WALK")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FOLDER|FILE…")
@click.option("--by-track", is_flag=True, help="Placera efter tid och spår / place by time and track")
@click.option(
    "--clock-offset", metavar="S", help="Sekunder som läggs till kamerans klocka / seconds added to its clock"
)
@on_screen
def photos_import(
    screen: Screen, walk_id: str, paths: tuple[Path, ...], by_track: bool, clock_offset: str | None
) -> None:
    """Läs in foton från mappar och filer / import photos from folders and files."""
    walk = find.walk_of(screen.session, walk_id)
    offset = 0.0 if clock_offset is None else entry.number(clock_offset)
    zone_of(screen, walk)
    screen.message(little_room(screen.home))
    items = screen.run(import_photos(screen.session, walk, paths, by_track=by_track, offset_s=offset))
    screen.items(items, _line, _("Det finns inga foton där."))
    for sentence in _summary(screen, walk, items) if items else ():
        screen.message(sentence)
    told = any(item.get("clock_ahead_s") is not None for item in items)
    wrong = len(to_be_moved(screen.session, walk)) if told else 0
    screen.message(moved_words(wrong, walk.id) if wrong else "")
    if all(item["result"] == "refused" and item.get("clock_ahead_s") is None for item in items):
        raise SystemExit(1)


def _mistaken(session: Session, photo_id: str, observation_id: str) -> GatljusError | None:
    """Which of the two is none of what it was to be, and the right command; None where neither is known."""
    photo = _any(session, observation_id, Photo.KIND)
    if photo and _any(session, photo_id, Observation.KIND, photo.scope):
        return BadInput(
            "photo-first",
            _("{first} är en iakttagelse och {second} är ett foto.").format(first=photo_id, second=observation_id),
            _("Fotot skrivs först: gatljus photo attach {photo} {observation}").format(
                photo=observation_id, observation=photo_id
            ),
        )
    first, second = _any(session, photo_id), _any(session, observation_id)
    advice = _("Fotot skrivs först och iakttagelsen sedan: gatljus photo attach FOTO IAKTTAGELSE. show visar id.")
    if first and first.KIND != Photo.KIND:
        text = _("{id} är id för {what}, inte för ett foto.")
        return BadInput("no-photo", text.format(id=photo_id, what=_(CALLED[first.KIND])), advice)
    if second and second.KIND != Observation.KIND:
        text = _("{id} är id för {what}, inte för en iakttagelse.")
        return BadInput("no-observation", text.format(id=observation_id, what=_(CALLED[second.KIND])), advice)
    if first and second and first.scope != second.scope:
        text = _("Fotot och iakttagelsen hör till olika vandringar.")
        return BadInput("other-walk", text, _("Välj en iakttagelse i den vandring som fotot hör till."))
    return None


def _any(session: Session, text: str, kind: str | None = None, scope: str | None = None) -> Record | None:
    """The record that is meant; None where there is none, or several."""
    try:
        return find.record_of(session, text, kind, scope)
    except (BadInput, NotFound):
        return None


@photos.command("attach")
@click.argument("photo_id", metavar="PHOTO")
@click.argument("observation_id", metavar="OBSERVATION")
@on_screen
def photos_attach(screen: Screen, photo_id: str, observation_id: str) -> None:
    """Lägg ett foto till en iakttagelse / attach a photo to an observation."""
    try:
        photo = find.record_of(screen.session, photo_id, Photo.KIND)
        observation = find.record_of(screen.session, observation_id, Observation.KIND, photo.scope)
    except (BadInput, NotFound) as error:
        raise _mistaken(screen.session, photo_id, observation_id) or error from error
    assert isinstance(photo, Photo)
    assert isinstance(observation, Observation)
    attach(screen.session, photo, observation.id)
    screen.message(moved(screen.session, photo, observation.id))
    screen.made(photo.id)


photos.add_command(photos_place)
photo = click.Group("photo", commands={"attach": photos_attach}, help="Ett foto / one photo")

COMMANDS = (photos, photo)
