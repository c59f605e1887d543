"""add, set, delete, history, search, conflicts, resolve: records of any kind."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from difflib import get_close_matches
from typing import Any

import click

from app.base.errors import BadInput
from app.base.words import _, ngettext
from app.cli.making import doubt, warn_of_danger, zone_of
from app.cli.screen import ANYTHING, Screen, not_here_yet, on_screen
from app.cli.usage import WrongUse
from app.commands import records
from app.domain import entry
from app.domain.record import ANY, BLOB, DELETED, ERASED, Record, field_of, is_id
from app.domain.records import KIND_OF, Observation, Participant, Party, SafetyWalk, Stop
from app.domain.rules import shown
from app.domain.spoken import code_of
from app.domain.walk import Conflict
from app.queries import find
from app.queries.history import later_told
from app.queries.show import conflict as as_data
from app.queries.telling import Teller, by_people, counted, quoted

VERBATIM = {"ignore_unknown_options": True, "help_option_names": ["--help"]}
"""Settings of a command whose words may begin with `-`: `-hej` is a text."""

KINDS = f"KIND: {', '.join(KIND_OF)}. Fälten / the fields: gatljus fields KIND."
"""Stands last in the help of commands that take a kind."""


def kind_said(text: str) -> type[Record]:
    """The record kind that was meant: case and `_` do not matter, and `walk` is a safety-walk. Raises BadInput that
    asks whether a kind like it was meant."""
    word = text.strip().lower().replace("_", "-")
    kind = SafetyWalk.KIND if word == "walk" else word
    near = get_close_matches(word, ("walk", *KIND_OF), 1)
    if kind not in KIND_OF and near:
        raise BadInput(
            "kind",
            _("{kind} är ingen sorts post.").format(kind=shown(text)),
            _("Menade du {near}? Sorterna är: {kinds}.").format(near=near[0], kinds=", ".join(KIND_OF)),
        )
    return records.kind_named(kind if kind in KIND_OF else text)


def field_said(cls: type[Record], text: str) -> str:
    """The name of the field that was meant: case and `-` do not matter."""
    name = text.strip().lower().replace("-", "_")
    return name if any(each.name == name for each in cls.FIELDS) else text


def typed(screen: Screen, walk: SafetyWalk, cls: type[Record], name: str, text: str) -> Any:
    """The value of a field from what was typed; the beginning of an id becomes the id. Raises GatljusError."""
    if cls is Participant and name in (records.NAME, ERASED):
        return entry.flag(text) if name == ERASED else text
    info = field_of(cls, name)
    if not info.names or info.names == BLOB:
        zone = zone_of(screen, walk) if info.type is datetime else walk.zone
        return entry.parse(info, meant(screen, walk, cls, name, text), zone, walk.starts)
    if info.names == Stop.KIND:
        return find.stop_of(screen.session, walk, text).id
    return find.record_of(screen.session, text, None if info.names == ANY else info.names, walk.id).id


def meant(screen: Screen, walk: SafetyWalk, cls: type[Record], name: str, text: str) -> str:
    """What was typed in a field of an observation or a measure, words of the checklist turned into their codes."""
    if cls.KIND not in ("observation", "measure"):
        return text
    words = text.split(",") if name == "mechanism" else [text]
    parties = screen.session.read(Party, {"scope": walk.id}) if name == "responsible" else ()
    return ",".join(code_of(screen.session.checklist, name, word, parties) for word in words)


def warn(screen: Screen, walk: SafetyWalk, kind: str, record: str, names: Iterable[str]) -> None:
    """Say at once what an observation asks for that is dangerous now, and what of the fields just written may be a
    slip."""
    for seen in screen.session.read(KIND_OF[kind], {"scope": walk.id, "id": record}):
        if isinstance(seen, Observation):
            warn_of_danger(screen, walk, seen)
        doubt(screen, walk, seen, names)


@click.command(context_settings=VERBATIM, epilog=KINDS)
@click.argument("kind")
@click.argument("walk_id", metavar="WALK")
@click.argument("fields", nargs=-1, metavar="FIELD=VALUE…")
@on_screen
def add(screen: Screen, kind: str, walk_id: str, fields: tuple[str, ...]) -> None:
    """Lägg till en post av vilken sort som helst / add a record of any kind."""
    walk = find.walk_of(screen.session, walk_id)
    cls = kind_said(kind)
    kind, values = cls.KIND, {}
    for each in fields:
        name, equals, text = each.partition("=")
        name = field_said(cls, name)
        if not equals:
            raise BadInput("field", _("{text} är inget fält.").format(text=shown(each)), _("Skriv FÄLT=VÄRDE."))
        values[name] = typed(screen, walk, cls, name, text)
    made = records.add(screen.session, kind, walk.id, values)
    warn(screen, walk, kind, made, values)
    screen.made(made)


@click.command("set", context_settings=VERBATIM, epilog=KINDS)
@click.argument("kind")
@click.argument("record_id", metavar="ID")
@click.argument("name", metavar="FIELD")
@click.argument("value", required=False)
@click.option("--unset", is_flag=True, help="Ta bort värdet / take the value away")
@click.option("--walk", "walk_id", metavar="WALK", help="Bara i den här vandringen / in this walk alone")
@on_screen
def set_field(
    screen: Screen, kind: str, record_id: str, name: str, value: str | None, unset: bool, walk_id: str | None
) -> None:
    """Sätt ett fält / set a field."""
    if (value is None) != unset:
        raise WrongUse(_("Skriv ett värde, eller --unset för att ta bort det."))
    cls = kind_said(kind)
    kind, name = cls.KIND, field_said(cls, name)
    scope = find.walk_of(screen.session, walk_id).id if walk_id else None
    record = find.record_of(screen.session, record_id, kind, scope)
    walk = find.walk_of(screen.session, record.scope)
    records.check_writable(cls, [name])
    said = None if value is None else typed(screen, walk, cls, name, value)
    records.set_fields(screen.session, record, {name: said})
    warn(screen, walk, kind, record.id, [name])
    screen.made(record.id)


@click.command()
@click.argument("kind")
@click.argument("record_id", metavar="ID")
@on_screen
def delete(screen: Screen, kind: str, record_id: str) -> None:
    """Ta bort en post; det går att ångra / delete a record; undo brings it back."""
    record = find.record_of(screen.session, record_id, kind_said(kind).KIND)
    before = _shown(screen, record.scope)
    records.delete(screen.session, record)
    parts = Counter(kind for kind, each in before - _shown(screen, record.scope) if each != record.id)
    if told := counted(parts):
        screen.message(_("{what} följde med; undo tar tillbaka allt.").format(what=told))
    screen.made(record.id)


@click.command()
@click.argument("kind")
@click.argument("record_id", metavar="ID")
@on_screen
def undelete(screen: Screen, kind: str, record_id: str) -> None:
    """Ta tillbaka en borttagen post / bring a deleted record back, whoever deleted it."""
    cls = kind_said(kind)
    found, scope = find.ever_in(screen.session, record_id, cls.KIND)
    records.undelete(screen.session, scope, cls.KIND, found)
    screen.made(found)


def _shown(screen: Screen, scope: str) -> set[tuple[str, str]]:
    """(kind, id) of everything that is shown of a walk."""
    return {(kind, record) for kind, record, where in screen.session.ids("") if where == scope}


@click.command()
@click.argument("kind")
@click.argument("record_id", metavar="ID")
@on_screen
def history(screen: Screen, kind: str, record_id: str) -> None:
    """Allt som hänt med en post, det senaste först / all that happened to a record."""
    kind = kind_said(kind).KIND
    found = record_id if is_id(record_id) else find.ever(screen.session, record_id, kind)
    items = screen.session.history(kind, found)
    if not items:
        find.record_of(screen.session, record_id, kind)
    scopes = [scope for gone in (False, True) for _kind, _id, scope in screen.session.ids(found, kind, deleted=gone)]
    teller = Teller(screen.session, scopes[0] if scopes else "")
    told = [each for each in items if by_people(kind, each["field"])]
    screen.answer({"items": items}, [teller.change(kind, found, each) for each in told])


@click.command(context_settings=VERBATIM)
@click.argument("words", nargs=-1, required=True)
@click.option("--walk", "walk_id", metavar="WALK", help="Bara i den här vandringen / in this walk alone")
@on_screen
def search(screen: Screen, words: tuple[str, ...], walk_id: str | None) -> None:
    """Sök i all text / search all text."""
    scope = find.walk_of(screen.session, walk_id).id if walk_id else None
    found = find.search(screen.session, " ".join(words), scope)
    if len(found) == find.MOST_FOUND:
        screen.message(_("Bara de {count} som skrevs senast visas. Skriv fler ord.").format(count=find.MOST_FOUND))
    nothing = _("Ingen text innehåller {words}.").format(words=quoted(" ".join(words)))
    screen.items(found, lambda item: f"{item['kind']} {item['id'][:8]}  {item['text']}", nothing)


def _conflicts(screen: Screen, walk_id: str | None) -> list[tuple[SafetyWalk, Conflict]]:
    walks = [find.walk_of(screen.session, walk_id)] if walk_id else find.walks(screen.session)
    return [(walk, each) for walk in walks for each in screen.session.conflicts(walk.id)]


def _meant(conflict: Conflict) -> str:
    """A conflict as `resolve` is told of it."""
    return f"{conflict.kind} {conflict.id[:8]} {conflict.field}"


def _conflict_lines(teller: Teller, conflict: Conflict) -> list[str]:
    """What stands against each other, a line each, under what it is about."""
    kind, id, field = conflict.kind, conflict.id, conflict.field
    said, about = teller.record(kind, id), _("borttagning") if field == DELETED else teller.label(kind, field)
    lines = [f"{said[:1].upper()}{said[1:]}: {about} ({_meant(conflict)})"]
    for one in conflict.choices:
        words = _stands(one.value) if field == DELETED else teller.value(kind, field, one.value, id)
        lines.append(f"    {one.choice}  {teller.writer(one.device, one.label)}: {words}")
        if field == DELETED and not one.value:
            lines += [f"        {each}" for each in later_told(teller, conflict)]
    return lines


def _stands(gone: Any) -> str:
    return _("togs bort") if gone else _("är kvar, och något har ändrats efteråt:")


@click.command()
@click.argument("walk_id", metavar="[WALK]", required=False)
@on_screen
def conflicts(screen: Screen, walk_id: str | None) -> None:
    """Det som enheter ändrat ovetande om varandra / what devices changed unaware of each other."""
    found = _conflicts(screen, walk_id)
    tellers = {walk.id: Teller(screen.session, walk.id) for walk, _conflict in found}
    lines = [line for walk, each in found for line in _conflict_lines(tellers[walk.id], each)]
    if not lines:
        screen.message(_("Det finns inget att avgöra."))
    screen.answer({"items": [as_data(each) for _walk, each in found]}, lines)
    if found:
        first = found[0][1]
        command = f"resolve {_meant(first)} {first.choices[0].choice}"
        screen.message(_("Så avgörs den första, om det översta ska gälla: {command}").format(command=command))


@click.command(context_settings=VERBATIM)
@click.argument("kind")
@click.argument("record_id", metavar="ID")
@click.argument("name", metavar="FIELD")
@click.argument("choice", required=False)
@click.option("--value", "third", metavar="V", help="Ett eget värde i stället för ett val / a value of your own")
@click.option(
    "--keep-others", is_flag=True, help="De andra texterna blir anmärkningar / the other texts become remarks"
)
@on_screen
def resolve(
    screen: Screen, kind: str, record_id: str, name: str, choice: str | None, third: str | None, keep_others: bool
) -> None:
    """Avgör en konflikt. CHOICE är tecknen framför det värde som ska gälla, som conflicts visar; de fyra första räcker.
    FIELD deleted: det borttagna är kvar eller tas bort ändå. Med --keep-others står den valda texten kvar, och de andra
    blir anmärkningar på samma post, signerade med plattan som skrev dem; undo tar tillbaka allt på en gång.

    Settle a conflict. CHOICE are the characters before the value that is to stand, as conflicts shows them. FIELD
    deleted: what was deleted stays, or goes nevertheless. With --keep-others the chosen text stays and the others
    become remarks on the same record, signed with the tablet that wrote them; undo takes all of it back at once.
    """
    if (choice is None) == (third is None):
        raise WrongUse(_("Skriv ett val, eller --value och ett eget värde."))
    if choice is None and keep_others:
        raise WrongUse(_("--keep-others gäller ett val, inte --value."))
    cls = kind_said(kind)
    kind, name = cls.KIND, field_said(cls, name)
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
    if third is not None and name == DELETED:
        gone = entry.flag(third)
        choice = next(each.choice for each in found.choices if bool(each.value) is gone)
    if choice is not None:
        kept = records.resolve(screen.session, found, walk.id, choice, keep_others=keep_others)
        if kept:
            said = ngettext("{n} text är kvar som anmärkning.", "{n} texter är kvar som anmärkningar.", len(kept))
            screen.message(said.format(n=len(kept)))
    elif third is not None:
        records.resolve_with(screen.session, found, record, typed(screen, walk, cls, name, third))
    warn(screen, walk, kind, record.id, [name])
    screen.made(record.id)


@click.command(context_settings=ANYTHING)
def duplicates() -> None:
    """Samma iakttagelse två gånger / the same observation twice."""
    not_here_yet(_("Att leta efter dubbletter"))


@click.command(context_settings=ANYTHING)
def merge() -> None:
    """Slå ihop dubbletter / merge duplicates."""
    not_here_yet(_("Att slå ihop dubbletter"))


COMMANDS = (add, set_field, delete, undelete, history, search, conflicts, resolve, duplicates, merge)
