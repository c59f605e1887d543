"""What an undo would take back, in words: a button that only says *Ångra* leaves people guessing."""

from typing import Any

from app.base.words import N_, _, ngettext
from app.domain.record import DELETED, ERASED
from app.domain.records import CameraClock, Group, Measure, Observation, Photo, Stop, Track
from app.queries.telling import field_word, kind_word, tag_of
from app.session import Session

MADE = {
    "observation": N_("{name} noterad"),
    "stop": N_("stopp tillagt"),
    "photo": N_("foto inläst"),
    "voice-note": N_("röstanteckning inspelad"),
    "measure": N_("åtgärd föreslagen"),
    "support": N_("fler tyckte så"),
    "remark": N_("anmärkning tillagd"),
    "route": N_("rutt hämtad"),
    "track": N_("spår hämtat"),
    "participant": N_("deltagare tillagda"),
    "group": N_("grupp tillagd"),
    "safety-walk": N_("vandringen skapad"),
}
"""What was done when a record of a kind was made."""

PLACING = frozenset({"position", "position_source", "accuracy_m", "stop"})
"""Fields of a photo that say where it was taken."""


def undoable(session: Session, scope: str, *, past_erasure: bool = False) -> str | None:
    """What an undo in a walk would take back now, or that it was erased and cannot be; None where there is nothing."""
    return told(session, session.would_undo(scope, past_erasure=past_erasure))


def told(session: Session, writes: list[tuple[str, str, str, Any]]) -> str | None:
    """What was done, from what its undo writes (kind, record, field, value)."""
    if not writes:
        return None
    # How a clock goes was said by placing photos.
    writes = [each for each in writes if each[0] != CameraClock.KIND] or writes
    # What was made goes by a delete that is filled in when it is written; any other was written before.
    made = [each for each in writes if each[2] == DELETED and each[3] == {}]
    if made:
        return _made(session, made)
    records = {record for _kind, record, _field, _value in writes}
    if all(kind == Photo.KIND and field == "position_source" for kind, _record, field, _value in writes):
        # A person said that they lie right where they were.
        return ngettext("{n} foto ligger kvar", "{n} foton ligger kvar", len(records)).format(n=len(records))
    if _are_moved(writes):
        return ngettext("{n} foto flyttat", "{n} foton flyttade", len(records)).format(n=len(records))
    if all(kind == Photo.KIND and field in PLACING for kind, _record, field, _value in writes):
        return ngettext("{n} foto placerat", "{n} foton placerade", len(records)).format(n=len(records))
    kind, record, field, value = writes[0]
    if field == ERASED:
        return _("ett namn raderat, som inte går att få tillbaka")
    if len(records) > 1 and any(kind == Track.KIND and field == DELETED for kind, _record, field, _value in writes):
        # Nothing else takes a track away together with other things.
        return _("borttagningen av en övning")
    if len(records) > 1:
        return ngettext("{n} ändring", "{n} ändringar", len(writes)).format(n=len(writes))
    if field == DELETED and (value is not None or len(writes) > 1):
        return _("valet om {record} ska vara kvar").format(record=_name(session, kind, record))
    if field == DELETED:
        return _("borttagningen av {record}").format(record=_name(session, kind, record))
    return _("{field} i {name}").format(field=field_word(kind, field), name=_name(session, kind, record))


def _are_moved(writes: list[tuple[str, str, str, Any]]) -> bool:
    """Whether all of it is photos that had a place, known in the same way."""
    if any(kind != Photo.KIND or field not in ("position", "stop") for kind, _record, field, _value in writes):
        return False
    back = {record for _kind, record, field, value in writes if field == "position" and value is not None}
    return back == {record for _kind, record, _field, _value in writes}


def _made(session: Session, made: list[tuple[str, str, str, Any]]) -> str:
    photos = sum(kind == Photo.KIND for kind, *_rest in made)
    if photos > 1:
        return ngettext("{n} foto inläst", "{n} foton inlästa", photos).format(n=photos)
    groups = sum(kind == Group.KIND for kind, *_rest in made)
    if groups > 1:
        return ngettext("{n} grupp tillagd", "{n} grupper tillagda", groups).format(n=groups)
    first = next((each for each in made if each[0] in (Observation.KIND, Measure.KIND, Stop.KIND)), made[0])
    if first[0] not in MADE:
        return ngettext("{n} ändring", "{n} ändringar", len(made)).format(n=len(made))
    return _(MADE[first[0]]).format(name=_name(session, first[0], first[1]))


def _name(session: Session, kind: str, record: str) -> str:
    if kind == Observation.KIND:
        found = session.read(Observation, {"id": record})
        if found:
            return tag_of(session, found[0])
    return kind_word(kind)
