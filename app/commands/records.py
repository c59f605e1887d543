"""What can be done with a record of any kind: add, set, delete, settle a conflict, undo."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.base.errors import BadInput, NotFound
from app.base.words import _
from app.commands import measures, observations, stops, walks
from app.commands.drafts import changed, new_record
from app.domain.change import Draft, Undone
from app.domain.record import CREATED, DELETED, ERASED, Record, field_of
from app.domain.records import KIND_OF, Device, Measure, Observation, Participant, SafetyWalk, Stop
from app.domain.walk import Choice, Conflict
from app.session import Session


def kind_named(kind: str) -> type[Record]:
    """The record kind of that name. Raises BadInput that names them."""
    if kind in KIND_OF:
        return KIND_OF[kind]
    raise BadInput(
        "kind",
        _("{kind} är ingen sorts post.").format(kind=repr(kind)),
        _("Sorterna är: {kinds}.").format(kinds=", ".join(KIND_OF)),
    )


def add(session: Session, kind: str, walk: str, values: Mapping[str, Any]) -> str:
    """Add a record of any kind, by the rules of its own command where it has one. Returns its id. Raises BadInput."""
    cls = kind_named(kind)
    check_writable(cls, values)
    if cls is Observation:
        return observations.observe(session, walk, values)
    if cls is Stop:
        return stops.add_stop(session, walk, values)
    if cls is Measure:
        return measures.add_measure(session, walk, (), values)
    if cls in (SafetyWalk, Device):
        raise BadInput(
            "kind",
            _("{kind} läggs inte till så.").format(kind=kind),
            _("En vandring görs med walk new; en enhet presenterar sig själv."),
        )
    record = session.new_id()
    session.write(walk, new_record(session, cls, record, values))
    return record


def check_writable(cls: type[Record], names: Mapping[str, Any] | Sequence[str]) -> None:
    """Raises BadInput where a field is written by the program alone, NotFound where there is none of that name."""
    for name in names:
        if name == CREATED or (field_of(cls, name).machine and name != "label"):
            raise BadInput("machine-field", _("Fältet {field} skrivs av programmet.").format(field=name))


def set_fields(session: Session, record: Record, values: Mapping[str, Any]) -> None:
    """Set fields of a record as it was shown. Raises BadInput, then nothing is written."""
    check_writable(type(record), values)
    if isinstance(record, Observation):
        observations.decide(session, record, values)
    elif isinstance(record, Measure):
        measures.decide(session, record, values)
    elif isinstance(record, SafetyWalk) and "zone" in values:
        walks.set_zone(session, record, values)
    else:
        session.write(record.scope, changed(record, values))


def delete(session: Session, record: Record) -> None:
    """Delete a record as it was shown. What others have added unseen keeps it in sight, as a conflict."""
    vector = session.log.vector(record.scope, record.seen)
    draft = Draft(kind=record.KIND, record=record.id, field=DELETED, value=vector, seen=record.seen)
    session.write(record.scope, [draft])


def erase(session: Session, participant: Participant) -> None:
    """Erase a participant's name for ever: every blob any change of that record names, here and wherever it is met."""
    draft = Draft(kind=Participant.KIND, record=participant.id, field=ERASED, value=True, seen=participant.seen)
    session.write(participant.scope, [draft])
    for name in session.log.blobs_erased(participant.scope):
        session.blobs.delete(name)


def name_participant(session: Session, participant: Participant, name: str) -> None:
    """Keep a participant's name outside the log, in a blob that can be erased."""
    session.write(participant.scope, changed(participant, {"name_blob": session.put_personal({"name": name})}))


def resolve(session: Session, conflict: Conflict, scope: str, choice: str) -> None:
    """Choose one of the values that stand against each other. An ordinary change that replaces them all."""
    _settle(session, conflict, scope, _chosen(conflict, choice).value)


def resolve_with(session: Session, conflict: Conflict, scope: str, value: Any) -> None:
    """Settle a conflict with a third value."""
    _settle(session, conflict, scope, value)


def _chosen(conflict: Conflict, choice: str) -> Choice:
    for each in conflict.choices:
        if each.choice == choice:
            return each
    raise NotFound(
        "choice",
        _("Valet {choice} finns inte.").format(choice=repr(choice)),
        _("Välj något av: {choices}.").format(choices=", ".join(each.choice for each in conflict.choices)),
    )


def _settle(session: Session, conflict: Conflict, scope: str, value: Any) -> None:
    replaces = tuple(each.stamp for each in conflict.choices)
    if conflict.field == DELETED:
        # Whoever settles has been shown what stood against the delete, so a new delete covers all there is now.
        value = session.log.vector(scope) if value else None
        replaces = session.log.heads_of_deleted(scope, conflict.id)
    draft = Draft(kind=conflict.kind, record=conflict.id, field=conflict.field, value=value, replaces=replaces)
    session.write(scope, [draft])


def undo(session: Session, scope: str) -> Undone:
    """Take back what this device did last in a walk."""
    return session.log.undo(scope)


def redo(session: Session, scope: str) -> Undone:
    """Put back what was undone last."""
    return session.log.redo(scope)
