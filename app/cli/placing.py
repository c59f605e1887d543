"""photos place: where photos were taken, proposed and applied."""

from typing import Any

import click

from app.base.clock import iso
from app.base.words import _, ngettext
from app.cli.making import zone_of
from app.cli.screen import Screen, on_screen
from app.commands.photos import apply_placings
from app.domain import entry
from app.domain.camera_clock import clock_words, unknown_sentence
from app.domain.records import Stop
from app.jobs.photos import check_offset
from app.queries import find
from app.queries.proposals import Proposal, Proposed, Sure, proposal


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


@click.command("place")
@click.argument("walk_id", metavar="WALK")
@click.option("--clock-offset", metavar="S", help="Sekunder som läggs till kamerornas klockor / seconds added to them")
@click.option("--dry-run", is_flag=True, help="Visa förslaget, ändra inget / show what is proposed, change nothing")
@on_screen
def photos_place(screen: Screen, walk_id: str, clock_offset: str | None, dry_run: bool) -> None:
    """Placera oplacerade foton efter spår och tid / place the unplaced by track and time."""
    session, walk = screen.session, find.walk_of(screen.session, walk_id)
    zone_of(screen, walk)
    offset = None if clock_offset is None else entry.number(clock_offset)
    check_offset(offset or 0.0)
    found = proposal(session, walk, None, offset)
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
    safe = found.of(Sure.SAFE)
    if dry_run:
        text = ngettext("{n} foto kan placeras.", "{n} foton kan placeras.", len(safe)).format(n=len(safe))
        screen.message(f"{text} {_('Inget är ändrat.')}")
        return
    count = apply_placings(session, [(each.photo, each.placing) for each in safe], offset)
    screen.message(ngettext("{n} foto placerat.", "{n} foton placerade.", count).format(n=count))
