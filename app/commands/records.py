"""What can be done with a record of any kind: add, set, delete, settle a conflict, undo."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.base.errors import BadInput, NotFound
from app.base.words import N_, _
from app.commands import measures, observations, photos, stops, walks
from app.commands.checks import check, check_new
from app.commands.drafts import by_hand, changed, deletes_of, new_record
from app.domain.change import Draft, Undone, Written
from app.domain.record import CREATED, DELETED, ERASED, Record, Seen, field_of
from app.domain.records import (
    KIND_OF,
    CameraClock,
    Device,
    DuplicateLink,
    Measure,
    Observation,
    Participant,
    Party,
    Photo,
    Remark,
    SafetyWalk,
    Stop,
    TrackChunk,
)
from app.domain.rules import check_text, shown
from app.domain.walk import Choice, Conflict
from app.session import Session

NAME = "name"
"""What a participant is called: written like a field, kept in a blob that can be erased."""

SHORTEST_CHOICE = 4
"""Leading characters of a choice that are enough where they are those of one alone."""

MADE_OTHERWISE = {
    SafetyWalk: N_("En vandring görs med walk new."),
    Device: N_("En enhet presenterar sig själv när den skriver."),
    Photo: N_("Ett foto läses in med photos import."),
    TrackChunk: N_("Punkter läses in med route import."),
    CameraClock: N_("Hur en kameras klocka går sägs av ett foto av klocksidan, eller med photos place."),
}


def kind_named(kind: str) -> type[Record]:
    """The record kind of that name. Raises BadInput that names them."""
    if kind in KIND_OF:
        return KIND_OF[kind]
    raise BadInput(
        "kind",
        _("{kind} är ingen sorts post.").format(kind=shown(kind)),
        _("Sorterna är: {kinds}.").format(kinds=", ".join(KIND_OF)),
    )


def add(session: Session, kind: str, walk: str, values: Mapping[str, Any]) -> str:
    """Add a record of any kind, by the rules of its own command where it has one. Returns its id. Raises BadInput."""
    cls = kind_named(kind)
    if cls in MADE_OTHERWISE:
        raise BadInput("kind", _("{kind} läggs inte till så.").format(kind=kind), _(MADE_OTHERWISE[cls]))
    if not values:
        raise BadInput("field", _("Det står inga fält."), _("Skriv FÄLT=VÄRDE, minst ett."))
    check_writable(cls, values)
    if cls is Observation:
        return observations.observe(session, walk, values)
    if cls is Stop:
        return stops.add_stop(session, walk, values)
    if cls is Measure:
        return measures.add_measure(session, walk, (), values)
    record = session.new_id()
    check_new(session, walk, cls, _fields(cls, values))
    _check_unique(session, walk, cls, record, values)
    # Last, so that what is refused leaves no name behind.
    said = _kept_apart(session, cls, values)
    session.write(walk, new_record(session, cls, record, said))
    return record


def _fields(cls: type[Record], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values without a participant's name, which is no field."""
    return {name: each for name, each in values.items() if not (cls is Participant and name == NAME)}


def _kept_apart(session: Session, cls: type[Record], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values, a participant's name replaced by the name of the blob that keeps it. Raises BadInput."""
    rest = dict(values)
    if cls is Participant and NAME in rest:
        name = str(rest.pop(NAME) or "").strip()
        check_text(NAME, name)
        rest["name_blob"] = session.put_personal({NAME: name}) if name else None
    return rest


def _check_unique(session: Session, walk: str, cls: type[Record], record: str, values: Mapping[str, Any]) -> None:
    """Raises BadInput where a party's code is taken, or a duplicate is its own."""
    code = values.get("code") if cls is Party else None
    if code and any(each.id != record for each in session.read(Party, {"scope": walk, "code": code})):
        raise BadInput("code", _("Koden {code} finns redan.").format(code=shown(code)), _("Välj en annan kod."))
    if cls is DuplicateLink and values.get("observation") and values.get("observation") == values.get("duplicate"):
        raise BadInput("duplicate", _("En iakttagelse är inte sin egen dubblett."), _("Skriv två olika iakttagelser."))


def check_writable(cls: type[Record], names: Mapping[str, Any] | Sequence[str]) -> None:
    """Raises BadInput where a field is written by the program alone, NotFound where there is none of that name."""
    for name in names:
        if cls is Participant and name in (NAME, ERASED):
            continue
        if name == CREATED or (field_of(cls, name).machine and name != "label"):
            raise BadInput(
                "machine-field",
                _("Fältet {field} skrivs av programmet.").format(field=name),
                _("Det kan inte skrivas för hand."),
            )


def set_fields(session: Session, record: Record, values: Mapping[str, Any], *, action: int | None = None) -> Written:
    """Set fields of a record as it was shown. `action` goes on with an intention begun by an earlier write, as a field
    from focus to focus does. Returns what was written. Raises BadInput, then nothing is."""
    check_writable(type(record), values)
    if isinstance(record, Participant) and ERASED in values:
        if values[ERASED] is not True or len(values) > 1:
            raise BadInput("erased", _("Det som är raderat kan inte tas tillbaka."), _("Lägg till deltagaren på nytt."))
        return erase(session, record)
    return session.write(record.scope, changed(record, _decided(session, record, values)), action=action)


def _decided(session: Session, record: Record, values: Mapping[str, Any]) -> dict[str, Any]:
    """What is written where fields of a record are set, by the rules of its kind. Raises BadInput."""
    if isinstance(record, Observation):
        return observations.decided(session, record, values)
    if isinstance(record, Measure):
        return measures.decided(session, record, values)
    if isinstance(record, Participant):
        return _participant_decided(session, record, values)
    if isinstance(record, SafetyWalk):
        walks.check_decided(session, record, values)
    if isinstance(record, Photo):
        photos.check_stop(record, values)
    check(session, record, values)
    _check_unique(session, record.scope, type(record), record.id, values)
    return by_hand(record, values)


def _participant_decided(session: Session, participant: Participant, values: Mapping[str, Any]) -> dict[str, Any]:
    if values.get(NAME) and is_erased(session, participant):
        raise BadInput("erased", _("Deltagarens namn är raderat för gott."), _("Lägg till deltagaren på nytt."))
    check(session, participant, _fields(Participant, values))
    return _kept_apart(session, Participant, values)


def delete(session: Session, record: Record) -> None:
    """Delete a record as it was shown. What others have added unseen keeps it in sight, as a conflict. Raises BadInput
    for a device: its letter is in the names of observations for ever."""
    delete_all(session, [record])


def delete_all(session: Session, records: Sequence[Record]) -> None:
    """Delete records of one walk as they were shown, by one action. Raises BadInput, see `delete`."""
    drafts = deletes_of(session, records)
    if drafts:
        session.write(records[0].scope, drafts)


def undelete(session: Session, scope: str, kind: str, record: str, seen: Seen | None = None) -> Written:
    """Show a deleted record again, with what went with it; `seen`: the log as it stood when a person was shown that it
    is deleted. Returns what was written. Raises BadInput where it was not deleted itself."""
    heads = session.log.heads_of_deleted(scope, record, seen)
    if not heads or not any(found == record for _kind, found, _scope in session.ids(record, kind, deleted=True)):
        text = _("Posten är inte borttagen, eller gick med något annat som är det.")
        raise BadInput("not-deleted", text, _("Ta tillbaka det som togs bort; history visar vad som hänt."))
    return session.write(scope, [Draft(kind=kind, record=record, field=DELETED, value=None, replaces=heads)])


def erase(session: Session, participant: Participant) -> Written:
    """Erase a participant's name for ever: every blob any change of that record names, here and wherever it is met."""
    draft = Draft(kind=Participant.KIND, record=participant.id, field=ERASED, value=True, seen=participant.seen)
    written = session.write(participant.scope, [draft])
    session.forget_erased()
    return written


def is_erased(session: Session, participant: Participant) -> bool:
    """Whether anyone has erased a participant's name; once counts for ever."""
    history = session.history(Participant.KIND, participant.id)
    return any(each["field"] == ERASED and each["new"] is True for each in history)


def resolve(
    session: Session, conflict: Conflict, scope: str, choice: str, *, keep_others: bool = False
) -> tuple[str, ...]:
    """Choose one of the values that stand against each other. An ordinary change that replaces them all. `keep_others`:
    the other texts become remarks on the same record, signed with the devices that wrote them, by the same action.
    Returns the ids of the remarks. Raises BadInput where they are no texts."""
    chosen = _chosen(conflict, choice)
    remarks = _as_remarks(session, conflict, chosen) if keep_others else []
    _settle(session, conflict, scope, chosen.value, remarks)
    return tuple(dict.fromkeys(each.record for each in remarks))


def _as_remarks(session: Session, conflict: Conflict, chosen: Choice) -> list[Draft]:
    """The drafts of a remark for each other text of a conflict. What others wrote of a remark stands beside it."""
    cls = KIND_OF.get(conflict.kind)
    if cls is None or conflict.field == DELETED or not field_of(cls, conflict.field).is_text:
        raise BadInput("no-text", _("Bara texter kan behållas som anmärkningar."), _("Välj utan --keep-others."))
    (target,) = [each.target for each in session.read(Remark, {"id": conflict.id})] or [conflict.id]
    others = {each.value: each.device for each in conflict.choices if isinstance(each.value, str)}
    found = []
    for text, device in sorted(others.items()):
        if text.strip() and text != chosen.value:
            said = {"target": target, "text": text, "device": device}
            found += new_record(session, Remark, session.new_id(), said)
    return found


def resolve_with(session: Session, conflict: Conflict, record: Record, value: Any) -> None:
    """Settle a conflict about a record as it was shown with a third value. Raises BadInput where that cannot be set."""
    follows = _decided(session, record, {conflict.field: value})
    value = follows.pop(conflict.field, value)
    _settle(session, conflict, record.scope, value, changed(record, follows))


def _chosen(conflict: Conflict, choice: str) -> Choice:
    meant = [each for each in conflict.choices if each.choice.startswith(choice.lower())]
    if len(meant) == 1 and len(choice) >= SHORTEST_CHOICE:
        return meant[0]
    raise NotFound(
        "choice",
        _("Valet {choice} finns inte.").format(choice=shown(choice)),
        _("Välj något av: {choices}.").format(choices=", ".join(each.choice for each in conflict.choices)),
    )


def _settle(session: Session, conflict: Conflict, scope: str, value: Any, follows: Sequence[Draft] = ()) -> None:
    replaces = tuple(each.stamp for each in conflict.choices)
    if conflict.field == DELETED:
        # Whoever settles has been shown what stood against the delete; what has come since stands against it anew.
        value = session.log.vector(scope, conflict.seen) if value else None
        replaces = session.log.heads_of_deleted(scope, conflict.id, conflict.seen)
    draft = Draft(kind=conflict.kind, record=conflict.id, field=conflict.field, value=value, replaces=replaces)
    session.write(scope, [draft, *follows])


def undo(session: Session, scope: str, *, past_erasure: bool = False) -> Undone:
    """Take back what this device did last in a walk. Where that erased something nothing is taken back, unless it is
    to go on `past_erasure`."""
    return session.log.undo(scope, past_erasure=past_erasure)


def redo(session: Session, scope: str) -> Undone:
    """Put back what was undone last."""
    return session.log.redo(scope)
