"""Find a walk or a record by what a person types of its id, and text by its words."""

import re
from collections.abc import Sequence
from typing import Any

from app.base.errors import BadInput, NotFound
from app.base.words import _
from app.domain.entry import alike
from app.domain.groups import letter_of, named, names_of
from app.domain.letters import shown_tags
from app.domain.record import Record
from app.domain.records import KIND_OF, Group, Measure, MeasureFor, Observation, Photo, Protocol, SafetyWalk, Stop
from app.domain.rules import check_text, shown
from app.queries.whole import numbers_of
from app.session import Session

SHORTEST = 4
"""Leading characters of an id that are enough."""

_CALLED = re.compile(r"[0-9]+\.[0-9]+( [A-Z]+)?|[A-Z]+[0-9]+(·[0-9A-F]+)?")
"""A number of the protocol, 4.2 or 4.2 a, or the tag of an observation, A7."""

MOST_FOUND = 200
"""Texts that a search shows; who wants others writes more words."""


def _single(
    session: Session, prefix: str, kind: str | None, scope: str | None, deleted: bool = False
) -> tuple[str, str, str]:
    """(kind, id, walk) of the one record whose id begins so, where none is shown and `deleted` of those that are
    deleted. Raises BadInput or NotFound."""
    prefix = prefix.lower()
    if len(prefix) < SHORTEST or set(prefix) - set("0123456789abcdef"):
        raise BadInput("id", _("{text} är inget id.").format(text=shown(prefix)), _written_how(prefix, kind))
    found = [each for each in session.ids(prefix, kind) if scope in (None, each[2]) and each[0] in KIND_OF]
    if not found and deleted:
        found = session.ids(prefix, kind, deleted=True)
    if not found:
        raise NotFound(
            "not-found",
            _("Det finns inget med id {id} här.").format(id=shown(prefix)),
            _("Se efter i walk list eller show."),
        )
    if len(found) > 1:
        raise _ambiguous(prefix, sorted({record for _kind, record, _scope in found}))
    return found[0]


def _written_how(text: str, kind: str | None) -> str:
    if kind == SafetyWalk.KIND:
        return _("Skriv minst fyra av vandringens första tecken; walk list visar dem.")
    if _CALLED.fullmatch(text.upper()):
        return _("Nummer och märken gäller inom en vandring. Skriv id:ts första tecken; show visar dem.")
    return _("Skriv minst fyra av id:ts första tecken; kommandot show visar dem.")


def _ambiguous(prefix: str, ids: Sequence[str]) -> BadInput:
    if len(ids) == 1:
        # A device has the same id in every walk it was along on.
        text, advice = _("{id} finns i flera vandringar."), _("Säg vilken med --walk.")
    else:
        text, advice = _("Flera id börjar på {id}."), _("Skriv fler tecken: {ids}.")
    longer = ", ".join(each[: max(8, len(prefix) + 4)] for each in ids[:5])
    return BadInput("ambiguous", text.format(id=prefix), advice.format(ids=longer))


def walk_of(session: Session, prefix: str) -> SafetyWalk:
    """The walk whose id begins so. Raises BadInput or NotFound."""
    _kind, found, _scope = _single(session, prefix, SafetyWalk.KIND, None)
    return session.read(SafetyWalk, {"id": found})[0]


def scope_of(session: Session, prefix: str) -> str:
    """The id of the walk that begins so, also where the walk itself is deleted. Raises BadInput or NotFound."""
    found = [each for each in session.log.scopes() if len(prefix) >= SHORTEST and each.startswith(prefix.lower())]
    return found[0] if len(found) == 1 else walk_of(session, prefix).id


def record_of(session: Session, prefix: str, kind: str | None = None, scope: str | None = None) -> Record:
    """The record whose id begins so; in the walk `scope` an observation, photo or measure also by its number, and an
    observation by its tag. Raises BadInput or NotFound."""
    called = _called(session, prefix, kind, scope) if scope and kind else None
    found_kind, found, where = _single(session, called or prefix, kind, scope)
    return session.read(KIND_OF[found_kind], {"id": found, "scope": where})[0]


def _called(session: Session, text: str, kind: str | None, scope: str) -> str | None:
    """The id of the one record of a kind that has this number or tag in a walk."""
    name = " ".join(text.split())
    if kind not in (Observation.KIND, Photo.KIND, Measure.KIND) or not _CALLED.fullmatch(name.upper()):
        return None
    where = {"scope": scope}
    stops = session.read(Stop, where, order=("order",))
    seen, photos, measures = session.read(Observation, where), session.read(Photo, where), session.read(Measure, where)
    links, protocols = session.read(MeasureFor, where), session.read(Protocol, where)
    numbers = numbers_of(stops, seen, photos, measures, links, protocols).of
    known: dict[str, Sequence[Record]] = {Observation.KIND: seen, Photo.KIND: photos, Measure.KIND: measures}
    found = [each.id for each in known[kind] if numbers[each.id] == name.lower()]
    if kind == Observation.KIND:
        tags = shown_tags(seen)
        found += [each.id for each in seen if tags[each.id] == name]
    return found[0] if len(found) == 1 else None


def ever(session: Session, prefix: str, kind: str) -> str:
    """The id of the record that begins so, also where it is deleted. Raises BadInput or NotFound."""
    return _single(session, prefix, kind, None, deleted=True)[1]


def ever_in(session: Session, prefix: str, kind: str) -> tuple[str, str]:
    """The same, and the walk it lies in. Raises BadInput or NotFound."""
    _kind, found, scope = _single(session, prefix, kind, None, deleted=True)
    return found, scope


def stop_of(session: Session, walk: SafetyWalk, text: str) -> Stop:
    """The stop with this number, name or id. Raises BadInput or NotFound."""
    stops = session.read(Stop, {"scope": walk.id}, order=("order",))
    numbers = numbers_of(stops, (), (), (), (), session.read(Protocol, {"scope": walk.id})).of
    for stop in stops:
        if numbers[stop.id] == text:
            return stop
    if text.isdigit() and len(text) < SHORTEST:
        raise NotFound(
            "stop",
            _("Det finns ingen plats med nummer {number}.").format(number=text),
            _("Vandringen har {count} platser.").format(count=len(stops)),
        )
    named = [each for each in stops if alike(str(each.name)) == alike(text)]
    if len(named) == 1:
        return named[0]
    if len(named) > 1:
        text, said = _("Flera platser heter {name}.").format(name=shown(text)), [numbers[each.id] for each in named]
        raise BadInput("ambiguous", text, _("Skriv numret: {numbers}.").format(numbers=", ".join(said)))
    if set(text.lower()) - set("0123456789abcdef"):
        text = _("Det finns ingen plats som heter {name}.").format(name=shown(text))
        raise NotFound("stop", text, _("Skriv platsens nummer, namn eller id; show visar dem."))
    found = record_of(session, text, Stop.KIND, walk.id)
    assert isinstance(found, Stop)
    return found


def group_of(session: Session, walk: SafetyWalk, text: str) -> Group:
    """The group with this name, letter or id; `Grupp Norr` is called `Norr`, too. Raises BadInput or NotFound."""
    groups = {each.id: each for each in session.read(Group, {"scope": walk.id})}
    words, wanted = names_of(groups.values()), alike(named(text))
    called = [id for id in words if wanted in (alike(words[id]), alike(named(str(groups[id].name))))]
    called = called or [id for id in words if alike(letter_of(groups[id])) == alike(text)]
    if len(called) == 1:
        return groups[called[0]]
    if called:
        said = _("Flera grupper heter {name}.").format(name=shown(text))
        raise BadInput("ambiguous", said, _("Skriv id: {ids}.").format(ids=", ".join(each[:8] for each in called)))
    if len(text) < SHORTEST or set(text.lower()) - set("0123456789abcdef"):
        said = _("Det finns ingen grupp som heter {name}.").format(name=shown(text))
        there = _("Grupperna är: {names}.").format(names=", ".join(words.values()))
        first = _("Lägg till en: add group {id} name=Norr.").format(id=walk.id[:8])
        raise NotFound("group", said, there if words else first)
    found = record_of(session, text, Group.KIND, walk.id)
    assert isinstance(found, Group)
    return found


def deleted_too(session: Session, prefix: str) -> SafetyWalk:
    """The walk whose id begins so, also where it is deleted; then nothing of it can be read. Raises BadInput or
    NotFound."""
    scope = scope_of(session, prefix)
    return next(iter(session.read(SafetyWalk, {"id": scope})), SafetyWalk(id=scope, scope=scope))


def purged(session: Session, prefix: str) -> str | None:
    """The id of the walk that was purged here, of which nothing is here, and whose id begins so."""
    found = [
        each for each in session.places.purged_walks() if len(prefix) >= SHORTEST and each.startswith(prefix.lower())
    ]
    return found[0] if len(found) == 1 and not session.log.has(found[0]) else None


def walks(session: Session) -> list[SafetyWalk]:
    """Every walk in this home, by id."""
    return session.read(SafetyWalk)


def walks_without_beginning(session: Session) -> list[str]:
    """The walks of which there is something here, but not that they were begun, so that none of it can be shown."""
    kind = SafetyWalk.KIND
    return [
        scope
        for scope in session.log.scopes()
        if not (session.ids(scope, kind) or session.ids(scope, kind, deleted=True))
    ]


def is_here(session: Session, scope: str) -> bool:
    """Whether this home has anything of a walk, if only that it was deleted."""
    return session.log.has(scope)


def search(session: Session, words: str, scope: str | None = None) -> list[dict[str, Any]]:
    """Text that holds all the words: {walk, kind, id, field, text}, written last first, `MOST_FOUND` at the most.
    Raises BadInput."""
    check_text("search", words)
    items = []
    for where, kind, record, field in session.find(words, scope, MOST_FOUND):
        found = session.read(KIND_OF[kind], {"id": record})
        if found:
            items.append({"walk": where, "kind": kind, "id": record, "field": field, "text": getattr(found[0], field)})
    return items
