"""walk, stop, route, observe: what makes a walk."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from app.base.errors import BadInput
from app.base.room import little_room
from app.base.words import _, ngettext
from app.cli.doubts import doubled, doubts_of, mistaken, skipped_hour, untimely
from app.cli.screen import Screen, on_screen
from app.cli.usage import WrongUse
from app.commands import stops, walks
from app.commands.rehearsals import left_elsewhere, take_away
from app.domain import entry
from app.domain.durations import duration_words
from app.domain.entry import choice
from app.domain.record import Record
from app.domain.records import Observation, Route, SafetyWalk, Stop, Track, TrackChunk
from app.domain.rules import severity_of
from app.domain.spoken import code_of
from app.domain.track import measure as measured
from app.domain.values import (
    Light,
    ObservationKind,
    PlaceType,
    Severity,
    WalkType,
    known,
    plain,
)
from app.jobs.photos import observe_with_photos
from app.jobs.places import import_route
from app.jobs.rehearsal import fixes_of_log, fixes_of_plan, pauses_s, rehearse
from app.queries import find
from app.queries.show import fields, planned_m
from app.queries.telling import local_time
from app.queries.whole import lines as lines_of

WALK_FIELDS = ("title", "area", "type", "starts", "ends", "zone", "organiser", "light", "weather")


def given(**values: Any) -> dict[str, Any]:
    """What was said on the command line."""
    return {name: value for name, value in values.items() if value is not None}


@click.group()
def walk() -> None:
    """En vandring: new, list, end, keep, rehearse / a walk."""


@walk.command("new")
@click.option("--title", required=True, help="Vad vandringen heter / what the walk is called")
@click.option("--area", required=True, help="Området / the area")
@click.option(
    "--type",
    "type_",
    metavar="TYPE",
    help="inventory (förval), follow_up, themed, staff_only, patrol_shift, self_guided: sorts vandring / type of walk",
)
@click.option(
    "--starts", metavar="TIME", help="Som 2026-10-23T18:00, i vandringens tidszon / in the walk's own time zone"
)
@click.option("--zone", metavar="ZONE", help="Tidszon, förval Europe/Stockholm / time zone")
@click.option("--organiser", help="Vem som ordnar vandringen / who arranges the walk")
@click.option("--purpose", help="Syftet / the purpose")
@click.option("--light", metavar="LIGHT", help="daylight, twilight, dark (dagsljus, skymning, mörker) / light")
@click.option("--weather", help="Vädret / the weather")
@on_screen
def walk_new(
    screen: Screen, /, type_: str | None, starts: str | None, zone: str | None, light: str | None, **texts: str | None
) -> None:
    """Börja en vandring / begin a walk."""
    values = given(**texts, zone=zone)
    where = zone or "Europe/Stockholm"
    entry.zone_named(where)
    if type_ is not None:
        values["type"] = choice(WalkType, type_, "type")
    if light is not None:
        values["light"] = choice(Light, light, "light")
    if starts is not None:
        values["starts"] = entry.moment(starts, where)
        screen.message(skipped_hour(starts, values["starts"], where))
    screen.made(walks.new_walk(screen.session, values))


@walk.command("list")
@on_screen
def walk_list(screen: Screen) -> None:
    """Alla vandringar här / every walk here."""
    found = find.walks(screen.session)
    if not found:
        screen.message(_("Här finns inga vandringar ännu. Börja en med walk new, eller hämta dem med sync --all."))
    lacking = find.walks_without_beginning(screen.session)
    screen.answer({"items": [fields(each, *WALK_FIELDS) for each in found]}, [_walk_line(each) for each in found])
    if lacking:
        text = ngettext(
            "En vandring kan inte visas, för början av den fattas här: {ids}. Synka med en enhet eller ett mål som har "
            "den.",
            "{n} vandringar kan inte visas, för början av dem fattas här: {ids}. Synka med en enhet eller ett mål som "
            "har dem.",
            len(lacking),
        )
        screen.message(text.format(n=len(lacking), ids=", ".join(each[:8] for each in lacking)))


def _walk_line(walk: SafetyWalk) -> str:
    starts = known(walk.starts, datetime)
    when = f"{local_time(starts, str(walk.zone))} ({walk.zone})" if starts else ""
    return f"{walk.id[:8]}  {walk.title}  {walk.area}  {when}".rstrip()


@walk.command("end")
@click.argument("walk_id", metavar="WALK")
@click.option("--devices", metavar="N", help="Så många enheter antecknade / this many devices took notes")
@on_screen
def walk_end(screen: Screen, walk_id: str, devices: str | None) -> None:
    """Avsluta vandringen här / end the walk on this device."""
    found = find.walk_of(screen.session, walk_id)
    walks.end_walk(screen.session, found, None if devices is None else entry.whole(devices))
    screen.made(found.id)


@walk.command("keep")
@click.argument("walk_id", metavar="WALK")
@click.option("--off", is_flag=True, help="Inte längre / no longer")
@click.option("--along", is_flag=True, help="Enheten var med och antecknade / it was along and took notes")
@on_screen
def walk_keep(screen: Screen, walk_id: str, off: bool, along: bool) -> None:
    """Vandringen sparas här, eller inte längre / the walk is kept here, or no longer."""
    found = find.walk_of(screen.session, walk_id)
    walks.keep_here(screen.session, found, not off, along=along)
    screen.message(_("Vandringen sparas inte längre här.") if off else _("Vandringen sparas här."))
    screen.made(found.id)


@walk.command("rehearse")
@click.argument("walk_id", metavar="WALK")
@click.option(
    "--nmea",
    "log",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="En mottagares logg; annars den ritade rutten / a receiver's log, else the planned route",
)
@click.option("--speed", metavar="N", default="1", help="Så många gånger fortare / this many times as fast")
@click.option(
    "--take-away",
    "takes_away",
    is_flag=True,
    help="Ta bort det som övningar här lämnat, och öva inte / take away what rehearsals here have left",
)
@on_screen
def walk_rehearse(screen: Screen, walk_id: str, log: Path | None, speed: str, takes_away: bool) -> None:
    """Öva en vandring: läget spelas upp och spåret spelas in / rehearse a walk."""
    session, found = screen.session, find.walk_of(screen.session, walk_id)
    if takes_away:
        count = take_away(session, found.id)
        words = ngettext("{n} sak från övningar togs bort.", "{n} saker från övningar togs bort.", count)
        screen.message(words.format(n=count) if count else _("Inget från övningar här finns kvar."))
        if others := left_elsewhere(session, found.id):
            told = ngettext(
                "{n} sak från övningar noterades på en annan enhet, som kan ta bort den.",
                "{n} saker från övningar noterades på andra enheter, som kan ta bort dem.",
                others,
            )
            screen.message(told.format(n=others))
        return
    fast = entry.number(speed)
    if fast <= 0:
        raise BadInput("speed", _("Hastigheten måste vara större än noll."), _("Skriv till exempel --speed 60."))
    fixes = fixes_of_log(log) if log else fixes_of_plan(session, found)
    lasts = duration_words(sum(pauses_s(fixes)) / fast)
    begun = _("Övningen har börjat: {n} lägen, {time}. Avbryt med Ctrl+C.")
    screen.message(begun.format(n=len(fixes), time=lasts))
    done = screen.run(rehearse(session, found, fixes, fast))
    screen.made(**done)
    told = _("Övningen är slut. Det den lämnade tas bort med gatljus walk rehearse {id} --take-away")
    screen.message(told.format(id=found.id))


@click.group()
def stop() -> None:
    """Platser / stops."""


@stop.command("add")
@click.argument("walk_id", metavar="WALK")
@click.option("--name", required=True, help="Vad platsen heter / what the stop is called")
@click.option("--at", required=True, metavar="LAT,LON", help="Läge i grader, som 59.1687,18.1448 / position in degrees")
@click.option(
    "--place-type",
    metavar="TYPE",
    help="path, underpass, yard, square, transit_stop, garage, playground, park, other; eller det svenska ordet / "
    "or the Swedish word",
)
@click.option("--description", help="Beskrivning / description")
@on_screen
def stop_add(screen: Screen, walk_id: str, name: str, at: str, place_type: str | None, description: str | None) -> None:
    """Lägg till en plats sist / add a stop last."""
    found = find.walk_of(screen.session, walk_id)
    values = given(name=name, position=entry.position(at), description=description)
    if place_type is not None:
        values["place_type"] = choice(PlaceType, place_type, "place-type")
    made = stops.add_stop(screen.session, found.id, values)
    (seen,) = screen.session.read(Stop, {"scope": found.id, "id": made})
    doubt(screen, found, seen, values)
    screen.made(made)


@stop.command("move")
@click.argument("walk_id", metavar="WALK")
@click.argument("stop_id", metavar="NO|ID")
@click.option("--before", metavar="NO|ID", help="Före den här platsen / before this stop")
@click.option("--last", is_flag=True, help="Sist / last")
@on_screen
def stop_move(screen: Screen, walk_id: str, stop_id: str, before: str | None, last: bool) -> None:
    """Flytta en plats i ordningen / move a stop in the order."""
    if (before is None) != last:
        raise WrongUse(_("Skriv --before och en annan plats, eller --last."))
    found = find.walk_of(screen.session, walk_id)
    moved = find.stop_of(screen.session, found, stop_id)
    stops.move_stop(screen.session, moved, find.stop_of(screen.session, found, before) if before else None)
    screen.made(moved.id)


@click.group()
def route() -> None:
    """Rutter och spår / routes and tracks."""


@route.command("import")
@click.argument("walk_id", metavar="WALK")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--as", "as_", type=click.Choice(["planned", "track"]), help="Planerad rutt eller gånget spår / planned or walked"
)
@on_screen
def route_import(screen: Screen, walk_id: str, file: Path, as_: str | None) -> None:
    """Läs in en rutt eller ett spår (gpx, geojson, nmea) / read a route or track."""
    found = find.walk_of(screen.session, walk_id)
    done = screen.run(import_route(screen.session, found, file, as_))
    for each in done["damaged"]:
        screen.message(_("Rad {line}: {reason}").format(line=each["line"], reason=each["reason"]))
    for sentence in _read_in(screen, found, done):
        screen.message(sentence)
    screen.answer(done, [done["id"]])


def _read_in(screen: Screen, walk: SafetyWalk, done: dict[str, Any]) -> Iterator[str]:
    """What was read of a route or track, in sentences."""
    if done["known"]:
        yield _("Filen fanns redan i vandringen. Inget har lagts till.")
        return
    points = ngettext("{count} punkt", "{count} punkter", done["points"]).format(count=done["points"])
    if done["damaged"]:
        count = len(done["damaged"])
        lines = ngettext("{count} rad hade fel", "{count} rader hade fel", count).format(count=count)
        text = _("Behållet: {points}. {lines}; ovan står vad som blev av dem.")
        yield text.format(points=points, lines=lines)
    where = {"scope": walk.id, "id": done["id"]}
    chunks = screen.session.read(TrackChunk, {"scope": walk.id, "track": done["id"]})
    tracks, routes = screen.session.read(Track, where), screen.session.read(Route, where)
    for line in (*lines_of(tracks, chunks), *lines_of(routes, chunks)):
        yield mistaken(line)
        if isinstance(line.record, Route):
            metres = sum(planned_m(segment) for segment in line.segments)
            yield _("Rutt: {points}, {metres:.0f} m.").format(points=points, metres=metres)
            continue
        track = measured(line.segments)
        yield _("Spår: {points}, {metres:.0f} m.").format(points=points, metres=track.length_m)
        for gap in track.gaps:
            start, end = local_time(gap.start, str(walk.zone)), local_time(gap.end, str(walk.zone), gap.end.date())
            text = _("Lucka {start} till {end}: {metres:.0f} m fågelvägen, inte inräknat.")
            yield text.format(start=start, end=end, metres=gap.straight_m)
        if track.outliers:
            count = len(track.outliers)
            yield ngettext(
                "{count} punkt hoppar iväg och räknas inte.", "{count} punkter hoppar iväg och räknas inte.", count
            ).format(count=count)
        yield untimely(walk, (fix.time for segment in line.segments for fix in segment))
    if done["stops"]:
        count = len(done["stops"])
        yield ngettext("{count} plats gjord.", "{count} platser gjorda.", count).format(count=count)
        yield doubled(screen.session, walk, done["stops"])


def zone_of(screen: Screen, walk: SafetyWalk) -> str:
    """The walk's time zone; a notice where another device wrote one that nobody knows here."""
    zone = entry.zone_or_default(walk.zone)
    if zone != walk.zone:
        text = _("Vandringens tidszon ({name}) är okänd här. Tider räknas som i {zone}.")
        screen.message(text.format(name=walk.zone, zone=zone))
    return zone


def doubt(screen: Screen, walk: SafetyWalk, record: Record, names: Iterable[str]) -> None:
    """Say what was taken in of a record and may still be a slip; `names` are the fields that were written."""
    for sentence in doubts_of(screen.session, walk, record, names):
        screen.message(sentence)


def warn_of_danger(screen: Screen, walk: SafetyWalk, observation: Observation) -> None:
    """Severity 4 is never only saved: 112 and the on-call number are said at once."""
    if severity_of(observation) != Severity.DANGER:
        return
    screen.message(_("Fara nu: ring 112 om någon är i fara."))
    if walk.oncall_phone:
        jour = f"{walk.oncall_name} {walk.oncall_phone}".strip()
        screen.message(_("Jour: {jour}.").format(jour=jour))
    else:
        screen.message(_("Vandringen har inget journummer. Ring den som ansvarar för platsen."))
    if not observation.alarm:
        text = _("När det är gjort: set observation {id} alarm 112, eller oncall (jour) eller reported (felanmält).")
        screen.message(text.format(id=observation.id[:8]))


@click.command()
@click.argument("walk_id", metavar="WALK")
@click.option(
    "--category",
    metavar="WORD",
    help="Ämne, som lighting eller belysning; utan det punktens; se gatljus checklist / category; that of the item",
)
@click.option("--item", metavar="A1", help="Punkt i checklistan; se gatljus checklist / item of the checklist")
@click.option("--text", default="", help="Vad som syns; beskriv platsen, inte människor / what is seen")
@click.option(
    "--kind",
    metavar="KIND",
    help="deficiency, positive, question, social (brist, något bra, fråga, social fråga) / kind",
)
@click.option("--severity", metavar="0..4", help="0 bra, 1 liten, 2 märkbar, 3 stor, 4 fara nu / severity")
@click.option("--stop", "stop_id", metavar="NO|ID", help="Platsen / the stop")
@click.option("--at", metavar="LAT,LON", help="Läge i grader / position in degrees")
@click.option(
    "--time",
    metavar="TIME",
    help="18:20 på vandringens dag, eller 2026-10-23T18:20 / on the walk's day, or with a date",
)
@click.option(
    "--photo",
    "photos",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Ett foto som visar det / a photo that shows it",
)
@on_screen
def observe(
    screen: Screen,
    walk_id: str,
    category: str | None,
    item: str | None,
    text: str,
    kind: str | None,
    severity: str | None,
    stop_id: str | None,
    at: str | None,
    time: str | None,
    photos: tuple[Path, ...],
) -> None:
    """Notera en iakttagelse / note an observation."""
    screen.message(little_room(screen.home) if photos else "")
    found = find.walk_of(screen.session, walk_id)
    checklist = screen.session.checklist
    if category is None and item is None:
        raise BadInput("no-category", _("Säg ämnet med --category, eller punkten med --item."))
    values = given(category=category and code_of(checklist, "category", category), text=text)
    if item is not None:
        values["item"] = code_of(checklist, "item", item)
    if kind is not None:
        values["kind"] = choice(ObservationKind, kind, "observation-kind")
    if severity is not None:
        values["severity"] = choice(Severity, code_of(checklist, "severity", severity), "severity")
    if stop_id is not None:
        values["stop"] = find.stop_of(screen.session, found, stop_id).id
    if at is not None:
        values["position"] = entry.position(at)
    if time is not None:
        values["observed_at"] = entry.moment_on(time, zone := zone_of(screen, found), found.starts)
        screen.message(skipped_hour(time, values["observed_at"], zone))
    made, taken = screen.run(observe_with_photos(screen.session, found, values, photos))
    for each in taken:
        screen.message(each["reason"] or "")
    (seen,) = screen.session.read(Observation, {"id": made})
    warn_of_danger(screen, found, seen)
    doubt(screen, found, seen, {*values, "observed_at"})
    screen.made(made, tag=seen.tag, severity=plain(severity_of(seen)))


COMMANDS = (walk, stop, route, observe)
