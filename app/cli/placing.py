"""photos place: where photos were taken, proposed and applied."""

from dataclasses import replace
from typing import Any

import click

from app.base.clock import iso
from app.base.words import _, ngettext
from app.cli.making import zone_of
from app.cli.screen import Screen, on_screen
from app.commands.photos import apply_placings
from app.domain import entry
from app.domain.camera_clock import clock_words, unknown_sentence
from app.domain.geo import distance_m
from app.domain.records import Photo, SafetyWalk, Stop
from app.domain.values import Position, PositionSource, known
from app.jobs.photos import check_offset
from app.queries import find
from app.queries.proposals import Proposal, Proposed, Sure, proposal
from app.session import Session

AS_GOOD_AS_M = 5.0
"""A place so near is none that is worth a change."""


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
    if found.offset_s is not None:
        return [f"{clock_words(-found.offset_s)}."]
    unknown = [unknown_sentence(camera) for camera in found.unknown]
    return [*(each.sentence for each in found.clocks.values()), *unknown]


def _placed_before(session: Session, walk: SafetyWalk, offset: float | None) -> list[Proposed]:
    """Those that are placed by track, and surely belong elsewhere by what is known of clocks now. That they have
    another stop then is what they are placed anew for."""
    placed = session.read(Photo, {"scope": walk.id, "position_source": PositionSource.TRACK})
    found = proposal(session, walk, {each.id for each in placed}, offset).of(Sure.SAFE, Sure.DOUBTFUL) if placed else []
    sure = [each for each in found if not (each.blind or each.placing.uncertain)]
    return [replace(each, sure=Sure.SAFE) for each in sure if _metres(each) > AS_GOOD_AS_M]


def _metres(each: Proposed) -> float:
    now, then = each.placing.position, known(each.photo.position, Position)
    return distance_m(now, then) if now is not None and then is not None else 0.0


@click.command("place")
@click.argument("walk_id", metavar="WALK")
@click.option("--clock-offset", metavar="S", help="Sekunder som läggs till kamerornas klockor / seconds added to them")
@click.option(
    "--again", is_flag=True, help="Också dem som redan placerats efter spår / also those placed by track before"
)
@click.option("--dry-run", is_flag=True, help="Visa förslaget, ändra inget / show what is proposed, change nothing")
@on_screen
def photos_place(screen: Screen, walk_id: str, clock_offset: str | None, again: bool, dry_run: bool) -> None:
    """Placera oplacerade foton efter spår och tid / place the unplaced by track and time."""
    session, walk = screen.session, find.walk_of(screen.session, walk_id)
    zone_of(screen, walk)
    offset = None if clock_offset is None else entry.number(clock_offset)
    check_offset(offset or 0.0)
    found = proposal(session, walk, None, offset)
    before = _placed_before(session, walk, offset)
    if again:
        found = replace(found, photos=(*found.photos, *before))
    names = {each.id: str(each.name) for each in session.read(Stop, {"scope": walk.id})}
    words = {
        Sure.SAFE: "{place}",
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
        text = ngettext(
            "{n} foto som redan är placerat efter spåret hamnar nu någon annanstans. Flytta det med --again.",
            "{n} foton som redan är placerade efter spåret hamnar nu någon annanstans. Flytta dem med --again.",
            len(before),
        )
        screen.message(text.format(n=len(before)))
    safe = found.of(Sure.SAFE)
    if dry_run:
        text = ngettext("{n} foto kan placeras.", "{n} foton kan placeras.", len(safe)).format(n=len(safe))
        screen.message(f"{text} {_('Inget är ändrat.')}")
        return
    count = apply_placings(session, [(each.photo, each.placing) for each in safe], offset)
    screen.message(ngettext("{n} foto placerat.", "{n} foton placerade.", count).format(n=count))
