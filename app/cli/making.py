"""walk, stop, route, observe, measure: what makes a walk."""

from pathlib import Path
from typing import Any

import click

from app.base.words import _
from app.cli.screen import ANYTHING, Screen, not_here_yet, on_screen
from app.cli.usage import WrongUse
from app.commands import measures, stops, walks
from app.domain import entry
from app.domain.entry import choice
from app.domain.records import Measure, Observation, SafetyWalk
from app.domain.rules import severity_of
from app.domain.values import (
    CostClass,
    Light,
    ObservationKind,
    PlaceType,
    Priority,
    Severity,
    Term,
    WalkType,
    plain,
)
from app.jobs.photos import observe_with_photos
from app.jobs.places import import_route
from app.queries import find
from app.queries.show import fields

WALK_FIELDS = ("title", "area", "type", "starts", "ends", "zone", "organiser", "light", "weather")


def given(**values: Any) -> dict[str, Any]:
    """What was said on the command line."""
    return {name: value for name, value in values.items() if value is not None}


@click.group()
def walk() -> None:
    """En vandring: new, list, end, keep / a walk."""


@walk.command("new")
@click.option("--title", required=True)
@click.option("--area", required=True)
@click.option("--type", "type_")
@click.option("--starts")
@click.option("--zone")
@click.option("--organiser")
@click.option("--purpose")
@click.option("--light")
@click.option("--weather")
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
    screen.made(walks.new_walk(screen.session, values))


@walk.command("list")
@on_screen
def walk_list(screen: Screen) -> None:
    """Alla vandringar här / every walk here."""
    items = [fields(each, *WALK_FIELDS) for each in find.walks(screen.session)]
    screen.items(
        items, lambda item: f"{item['id'][:8]}  {item['title']}  {item['area']}  {item['starts'] or ''}".rstrip()
    )


@walk.command("end")
@click.argument("walk_id", metavar="WALK")
@click.option("--devices")
@on_screen
def walk_end(screen: Screen, walk_id: str, devices: str | None) -> None:
    """Avsluta vandringen här / end the walk on this device."""
    found = find.walk_of(screen.session, walk_id)
    walks.end_walk(screen.session, found, None if devices is None else entry.whole(devices))
    screen.made(found.id)


@walk.command("keep")
@click.argument("walk_id", metavar="WALK")
@click.option("--off", is_flag=True)
@on_screen
def walk_keep(screen: Screen, walk_id: str, off: bool) -> None:
    """Vandringen sparas här, eller inte längre / the walk is kept here, or no longer."""
    found = find.walk_of(screen.session, walk_id)
    walks.keep_here(screen.session, found, not off)
    screen.message(_("Vandringen sparas inte längre här.") if off else _("Vandringen sparas här."))
    screen.made(found.id)


@walk.command("rehearse", context_settings=ANYTHING)
def walk_rehearse() -> None:
    """Öva en vandring / rehearse a walk."""
    not_here_yet(_("Att öva en vandring"))


@click.group()
def stop() -> None:
    """Platser / stops."""


@stop.command("add")
@click.argument("walk_id", metavar="WALK")
@click.option("--name", required=True)
@click.option("--at", required=True, metavar="LAT,LON")
@click.option("--place-type")
@click.option("--description")
@on_screen
def stop_add(screen: Screen, walk_id: str, name: str, at: str, place_type: str | None, description: str | None) -> None:
    """Lägg till en plats sist / add a stop last."""
    found = find.walk_of(screen.session, walk_id)
    values = given(name=name, position=entry.position(at), description=description)
    if place_type is not None:
        values["place_type"] = choice(PlaceType, place_type, "place-type")
    screen.made(stops.add_stop(screen.session, found.id, values))


@stop.command("move")
@click.argument("walk_id", metavar="WALK")
@click.argument("stop_id", metavar="NO|ID")
@click.option("--before", metavar="NO|ID")
@click.option("--last", is_flag=True)
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
@click.option("--as", "as_", type=click.Choice(["planned", "track"]))
@on_screen
def route_import(screen: Screen, walk_id: str, file: Path, as_: str | None) -> None:
    """Läs in en rutt eller ett spår (gpx, geojson, nmea) / read a route or track."""
    found = find.walk_of(screen.session, walk_id)
    done = screen.run(import_route(screen.session, found, file, as_))
    for each in done["damaged"]:
        screen.message(_("Rad {line}: {reason}").format(line=each["line"], reason=each["reason"]))
    screen.answer(done, [done["id"]])


def zone_of(screen: Screen, walk: SafetyWalk) -> str:
    """The walk's time zone; a notice where another device wrote one that nobody knows here."""
    zone = entry.zone_or_default(walk.zone)
    if zone != walk.zone:
        text = _("Vandringens tidszon ({name}) är okänd här. Tider räknas som i {zone}.")
        screen.message(text.format(name=walk.zone, zone=zone))
    return zone


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


@click.command()
@click.argument("walk_id", metavar="WALK")
@click.option("--category", required=True)
@click.option("--item")
@click.option("--text", default="")
@click.option("--kind")
@click.option("--severity", metavar="0..4")
@click.option("--stop", "stop_id", metavar="NO|ID")
@click.option("--at", metavar="LAT,LON")
@click.option("--time")
@click.option("--photo", "photos", multiple=True, type=click.Path(path_type=Path))
@on_screen
def observe(
    screen: Screen,
    walk_id: str,
    category: str,
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
    found = find.walk_of(screen.session, walk_id)
    values = given(category=category, item=item, text=text)
    if kind is not None:
        values["kind"] = choice(ObservationKind, kind, "observation-kind")
    if severity is not None:
        values["severity"] = choice(Severity, severity, "severity")
    if stop_id is not None:
        values["stop"] = find.stop_of(screen.session, found, stop_id).id
    if at is not None:
        values["position"] = entry.position(at)
    if time is not None:
        values["observed_at"] = entry.moment(time, zone_of(screen, found))
    made, taken = screen.run(observe_with_photos(screen.session, found, values, photos))
    for each in taken:
        screen.message(each["reason"] or "")
    (seen,) = screen.session.read(Observation, {"id": made})
    warn_of_danger(screen, found, seen)
    screen.made(made, tag=seen.tag, severity=plain(severity_of(seen)))


@click.group()
def measure() -> None:
    """Åtgärder / measures."""


@measure.command("add")
@click.argument("walk_id", metavar="WALK")
@click.option("--observation", "observation_ids", multiple=True, metavar="ID")
@click.option("--text")
@click.option("--responsible")
@click.option("--priority", metavar="A..D")
@click.option("--mechanism", multiple=True, metavar="V1")
@click.option("--cause")
@click.option("--due", metavar="DATE")
@click.option("--term")
@click.option("--cost-class")
@click.option("--reason", "decision_reason")
@on_screen
def measure_add(
    screen: Screen,
    /,
    walk_id: str,
    observation_ids: tuple[str, ...],
    priority: str | None,
    mechanism: tuple[str, ...],
    due: str | None,
    term: str | None,
    cost_class: str | None,
    **texts: str | None,
) -> None:
    """Föreslå en åtgärd / propose a measure."""
    found = find.walk_of(screen.session, walk_id)
    answers = [find.record_of(screen.session, each, Observation.KIND, found.id) for each in observation_ids]
    values = given(**texts)
    if mechanism:
        values["mechanism"] = mechanism
    if priority is not None:
        values["priority"] = choice(Priority, priority, "priority")
    if term is not None:
        values["term"] = choice(Term, term, "term")
    if cost_class is not None:
        values["cost_class"] = choice(CostClass, cost_class, "cost-class")
    if due is not None:
        values["due"] = entry.day(due)
    observed = [each for each in answers if isinstance(each, Observation)]
    made = measures.add_measure(screen.session, found.id, observed, values)
    (seen,) = screen.session.read(Measure, {"id": made})
    screen.made(made, responsible=seen.responsible)


COMMANDS = (walk, stop, route, observe, measure)
