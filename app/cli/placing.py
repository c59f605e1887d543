"""photos place: where photos were taken, proposed and applied."""

from dataclasses import replace
from typing import Any

import click

from app.base.clock import iso
from app.base.errors import BadInput
from app.base.words import _, ngettext
from app.cli.making import zone_of
from app.cli.screen import Screen, on_screen
from app.commands.photos import apply_placings
from app.domain import entry
from app.domain.camera_clock import unknown_sentence
from app.domain.records import Stop
from app.jobs.photos import check_offset
from app.queries import find
from app.queries.proposals import Proposal, Proposed, Sure, cameras_of, proposal


def _item(each: Proposed) -> dict[str, Any]:
    source, stop = each.placing.source, each.placing.stop or each.perhaps
    if each.sure is Sure.PLACED:
        source, stop = each.photo.position_source, each.photo.stop
    return {
        "photo": each.photo.id,
        "name": each.photo.name,
        "taken_at": iso(each.moment) if each.moment else None,
        "source": source,
        "stop": stop,
        "sure": each.sure,
    }


def _clocks(found: Proposal) -> list[str]:
    unknown = [unknown_sentence(camera) for camera in found.unknown]
    return [*(each.sentence for each in found.clocks.values()), *unknown]


def moved_words(count: int, walk: str) -> str:
    """That so many photos belong elsewhere than where the track placed them, and how they are moved."""
    text = ngettext(
        "{n} foto som redan är placerat efter spåret hamnar nu någon annanstans. Flytta: gatljus {command}",
        "{n} foton som redan är placerade efter spåret hamnar nu någon annanstans. Flytta: gatljus {command}",
        count,
    )
    return text.format(n=count, command=f"photos place {walk} --again")


def _said(cameras: set[str], clock_offset: str | None, camera: str | None) -> dict[str, float]:
    """By camera the seconds to add to its clock. Raises BadInput."""
    if camera is not None and camera not in cameras:
        named = ", ".join(sorted(filter(None, cameras)))
        advice = _("Kamerorna i vandringen: {cameras}.").format(cameras=named) if named else ""
        raise BadInput("camera", _("Inget foto i vandringen är taget med {camera}.").format(camera=camera), advice)
    if clock_offset is None and camera is not None:
        text = _("--camera säger vems klocka --clock-offset gäller, och det saknas.")
        raise BadInput("clock-offset", text, _("Skriv båda, eller ingen av dem."))
    if clock_offset is None:
        return {}
    offset = entry.number(clock_offset)
    check_offset(offset)
    return dict.fromkeys(cameras if camera is None else (camera,), offset)


@click.command("place")
@click.argument("walk_id", metavar="WALK")
@click.option("--clock-offset", metavar="S", help="Sekunder som läggs till kamerornas klockor / seconds added to them")
@click.option("--camera", help="Bara den kamerans klocka / of this camera alone")
@click.option(
    "--again", is_flag=True, help="Också dem som redan placerats efter spår / also those placed by track before"
)
@click.option("--dry-run", is_flag=True, help="Visa förslaget, ändra inget / show what is proposed, change nothing")
@on_screen
def photos_place(
    screen: Screen, walk_id: str, clock_offset: str | None, camera: str | None, again: bool, dry_run: bool
) -> None:
    """Placera oplacerade foton efter spår och tid / place the unplaced by track and time."""
    session, walk = screen.session, find.walk_of(screen.session, walk_id)
    zone_of(screen, walk)
    said = _said(cameras_of(session, walk), clock_offset, camera)
    found = proposal(session, walk, None, said)
    before = found.of(Sure.MOVED)
    if not again:
        found = replace(found, photos=tuple(each for each in found.photos if each not in before))
    names = {each.id: str(each.name) for each in session.read(Stop, {"scope": walk.id})}
    words = {
        Sure.SAFE: "{place}",
        Sure.MOVED: _("{place}, låg någon annanstans."),
        Sure.DOUBTFUL: _("{place}? Osäkert, lämnas oplacerat."),
        Sure.UNKNOWN: _("inget säger var det togs."),
        Sure.PLACED: "{place}",
    }

    def line(item: dict[str, Any]) -> str:
        place = names.get(str(item["stop"]), _("mellan stoppen"))
        return f"{item['name']}: {words[item['sure']].format(place=place)}"

    screen.items([_item(each) for each in found.photos], line, _("Alla foton har en plats."))
    for sentence in _clocks(found):
        screen.message(sentence)
    if before and not again:
        screen.message(moved_words(len(before), walk.id))
    safe = found.of(Sure.SAFE, Sure.MOVED)
    if dry_run:
        text = ngettext("{n} foto kan placeras.", "{n} foton kan placeras.", len(safe)).format(n=len(safe))
        screen.message(f"{text} {_('Inget är ändrat.')}")
        return
    count = apply_placings(session, [(each.photo, each.placing) for each in safe], said)
    screen.message(ngettext("{n} foto placerat.", "{n} foton placerade.", count).format(n=count))
