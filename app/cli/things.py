"""add, set, delete, undo, history, search, show, conflicts, resolve: records of any kind."""

from datetime import datetime
from typing import Any

import click

from app.base.errors import BadInput
from app.base.words import _
from app.cli.making import warn_of_danger, zone_of
from app.cli.screen import ANYTHING, Screen, not_here_yet, on_screen
from app.cli.usage import WrongUse
from app.commands import records
from app.domain import entry
from app.domain.numbers import number_key
from app.domain.record import ANY, BLOB, ERASED, Record, field_of, is_id
from app.domain.records import Observation, Participant, SafetyWalk, Stop
from app.domain.rules import shown
from app.domain.values import Json, canonical, label_of
from app.domain.walk import Conflict
from app.queries import find
from app.queries.devices import here
from app.queries.show import conflict as as_data
from app.queries.show import show as as_shown
from app.queries.whole import whole_walk

VERBATIM = {"ignore_unknown_options": True, "help_option_names": ["--help"]}
"""Settings of a command whose words may begin with `-`: `-hej` is a text."""


def typed(screen: Screen, walk: SafetyWalk, cls: type[Record], name: str, text: str) -> Any:
    """The value of a field from what was typed; the beginning of an id becomes the id. Raises GatljusError."""
    if cls is Participant and name in (records.NAME, ERASED):
        return entry.flag(text) if name == ERASED else text
    info = field_of(cls, name)
    if not info.names or info.names == BLOB:
        return entry.parse(info, text, zone_of(screen, walk) if info.type is datetime else walk.zone)
    if info.names == Stop.KIND:
        return find.stop_of(screen.session, walk, text).id
    return find.record_of(screen.session, text, None if info.names == ANY else info.names, walk.id).id


def warn(screen: Screen, walk: SafetyWalk, kind: str, record: str) -> None:
    """Say at once what an observation asks for that is dangerous now."""
    if kind == Observation.KIND:
        for seen in screen.session.read(Observation, {"scope": walk.id, "id": record}):
            warn_of_danger(screen, walk, seen)


@click.command(context_settings=VERBATIM)
@click.argument("kind")
@click.argument("walk_id", metavar="WALK")
@click.argument("fields", nargs=-1, metavar="FIELD=VALUE…")
@on_screen
def add(screen: Screen, kind: str, walk_id: str, fields: tuple[str, ...]) -> None:
    """Lägg till en post av vilken sort som helst / add a record of any kind."""
    walk = find.walk_of(screen.session, walk_id)
    cls = records.kind_named(kind)
    values = {}
    for each in fields:
        name, equals, text = each.partition("=")
        if not equals:
            raise BadInput("field", _("{text} är inget fält.").format(text=shown(each)), _("Skriv FÄLT=VÄRDE."))
        values[name] = typed(screen, walk, cls, name, text)
    made = records.add(screen.session, kind, walk.id, values)
    warn(screen, walk, kind, made)
    screen.made(made)


@click.command("set", context_settings=VERBATIM)
@click.argument("kind")
@click.argument("record_id", metavar="ID")
@click.argument("name", metavar="FIELD")
@click.argument("value", required=False)
@click.option("--unset", is_flag=True)
@click.option("--walk", "walk_id", metavar="WALK")
@on_screen
def set_field(
    screen: Screen, kind: str, record_id: str, name: str, value: str | None, unset: bool, walk_id: str | None
) -> None:
    """Sätt ett fält / set a field."""
    if (value is None) != unset:
        raise WrongUse(_("Skriv ett värde, eller --unset för att ta bort det."))
    cls = records.kind_named(kind)
    scope = find.walk_of(screen.session, walk_id).id if walk_id else None
    record = find.record_of(screen.session, record_id, kind, scope)
    walk = find.walk_of(screen.session, record.scope)
    records.check_writable(cls, [name])
    said = None if value is None else typed(screen, walk, cls, name, value)
    records.set_fields(screen.session, record, {name: said})
    warn(screen, walk, kind, record.id)
    screen.made(record.id)


@click.command()
@click.argument("kind")
@click.argument("record_id", metavar="ID")
@on_screen
def delete(screen: Screen, kind: str, record_id: str) -> None:
    """Ta bort en post; det går att ångra / delete a record; undo brings it back."""
    records.kind_named(kind)
    record = find.record_of(screen.session, record_id, kind)
    records.delete(screen.session, record)
    screen.made(record.id)


def _scope(screen: Screen, walk_id: str | None) -> str:
    if walk_id is not None:
        return find.scope_of(screen.session, walk_id)
    latest = screen.session.latest_scope()
    if latest is None:
        raise BadInput("nothing", _("Den här enheten har inte skrivit något ännu."), _("Börja med walk new."))
    return latest


@click.command()
@click.argument("walk_id", metavar="[WALK]", required=False)
@on_screen
def undo(screen: Screen, walk_id: str | None) -> None:
    """Ångra det senaste som gjordes här / undo what was done here last."""
    done = records.undo(screen.session, _scope(screen, walk_id))
    why = {"changed": _("ändrat sedan dess"), "shared": _("en annan enhet har lagt till något")}
    left = [{"kind": each.kind, "id": each.record, "field": each.field, "why": why[each.why]} for each in done.left]
    lines = [_("Ångrat.") if done.action else _("Det finns inget att ångra.")]
    lines += [
        _("Kvar: {kind} {field}, {why}.").format(kind=each["kind"], field=each["field"], why=each["why"])
        for each in left
    ]
    screen.answer({"undone": done.action, "left": left}, lines)


def _said(value: Json) -> str:
    return "–" if value is None else value if isinstance(value, str) else canonical(value)


def _history_line(item: dict[str, Any]) -> str:
    return f"{item['at']}  {item['label']}  {item['field']}: {_said(item['old'])} → {_said(item['new'])}"


@click.command()
@click.argument("kind")
@click.argument("record_id", metavar="ID")
@on_screen
def history(screen: Screen, kind: str, record_id: str) -> None:
    """Allt som hänt med en post, det senaste först / all that happened to a record."""
    cls = records.kind_named(kind)
    found = record_id if is_id(record_id) else find.record_of(screen.session, record_id, cls.KIND).id
    items = screen.session.history(kind, found)
    if not items:
        find.record_of(screen.session, record_id, cls.KIND)
    screen.items(items, _history_line)


@click.command(context_settings=VERBATIM)
@click.argument("words", nargs=-1, required=True)
@click.option("--walk", "walk_id", metavar="WALK")
@on_screen
def search(screen: Screen, words: tuple[str, ...], walk_id: str | None) -> None:
    """Sök i all text / search all text."""
    scope = find.walk_of(screen.session, walk_id).id if walk_id else None
    found = find.search(screen.session, " ".join(words), scope)
    if len(found) == find.MOST_FOUND:
        screen.message(_("Bara de {count} som skrevs senast visas. Skriv fler ord.").format(count=find.MOST_FOUND))
    screen.items(found, lambda item: f"{item['kind']} {item['id'][:8]}  {item['text']}")


@click.command()
@click.argument("walk_id", metavar="WALK")
@on_screen
def show(screen: Screen, walk_id: str) -> None:
    """Visa hela vandringen / show the whole walk."""
    whole = whole_walk(screen.session, find.walk_of(screen.session, walk_id))
    data = as_shown(whole)
    data["here"] = here(screen.session, whole)
    lines = [f"{whole.walk.title}, {whole.walk.area}"]
    lines += [f"{whole.numbers.of[each.id]:>5}  {each.id[:8]}  {each.name}" for each in whole.stops]
    ordered = sorted(whole.observations, key=lambda each: number_key(whole.numbers.of[each.id]))
    for each in ordered:
        lines.append(f"{whole.numbers.of[each.id]:>5}  {each.id[:8]}  {each.tag}  {label_of(each.kind)}: {each.text}")
    lines.append(
        _("{photos} foton, {measures} åtgärder, {conflicts} att avgöra").format(
            photos=len(whole.photos), measures=len(whole.measures), conflicts=len(whole.conflicts)
        )
    )
    screen.answer(data, lines)


def _conflicts(screen: Screen, walk_id: str | None) -> list[tuple[SafetyWalk, Conflict]]:
    walks = [find.walk_of(screen.session, walk_id)] if walk_id else find.walks(screen.session)
    return [(walk, each) for walk in walks for each in screen.session.conflicts(walk.id)]


def _conflict_line(item: dict[str, Any]) -> str:
    choices = " | ".join(f"{one['choice']} {_said(one['value'])} ({one['label']})" for one in item["choices"])
    return f"{item['kind']} {item['id'][:8]} {item['field']}: {choices}"


@click.command()
@click.argument("walk_id", metavar="[WALK]", required=False)
@on_screen
def conflicts(screen: Screen, walk_id: str | None) -> None:
    """Det som enheter ändrat ovetande om varandra / what devices changed unaware of each other."""
    screen.items([as_data(each) for _walk, each in _conflicts(screen, walk_id)], _conflict_line)


@click.command(context_settings=VERBATIM)
@click.argument("kind")
@click.argument("record_id", metavar="ID")
@click.argument("name", metavar="FIELD")
@click.argument("choice", required=False)
@click.option("--value", "third")
@on_screen
def resolve(screen: Screen, kind: str, record_id: str, name: str, choice: str | None, third: str | None) -> None:
    """Avgör en konflikt / settle a conflict."""
    if (choice is None) == (third is None):
        raise WrongUse(_("Skriv ett val, eller --value och ett eget värde."))
    cls = records.kind_named(kind)
    record = find.record_of(screen.session, record_id, kind)
    walk = find.walk_of(screen.session, record.scope)
    open_ones = screen.session.conflicts(walk.id)
    found = next((each for each in open_ones if (each.kind, each.id, each.field) == (kind, record.id, name)), None)
    if found is None:
        raise BadInput(
            "no-conflict",
            _("Det finns inget att avgöra där."),
            _("Kommandot conflicts visar vad som är oavgjort."),
        )
    if choice is not None:
        records.resolve(screen.session, found, walk.id, choice)
    elif third is not None:
        records.resolve_with(screen.session, found, record, typed(screen, walk, cls, name, third))
    warn(screen, walk, kind, record.id)
    screen.made(record.id)


@click.command(context_settings=ANYTHING)
def duplicates() -> None:
    """Samma iakttagelse två gånger / the same observation twice."""
    not_here_yet(_("Att leta efter dubbletter"))


@click.command(context_settings=ANYTHING)
def merge() -> None:
    """Slå ihop dubbletter / merge duplicates."""
    not_here_yet(_("Att slå ihop dubbletter"))


COMMANDS = (add, set_field, delete, undo, history, search, show, conflicts, resolve, duplicates, merge)
