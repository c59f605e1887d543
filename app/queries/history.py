"""What happened to a record, and what stands against each other, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.base.clock import from_iso
from app.base.words import _, clock_sign
from app.domain.record import CREATED, DELETED
from app.domain.records import Remark
from app.domain.values import Json, canonical, known, load
from app.domain.walk import Choice, Conflict, Later
from app.queries.telling import Teller, by_people, info_of, local_time, says_nothing
from app.session import Session

MOST_FIELDS = 4
"""So many changed fields of a record are named; what matters is that it was changed."""


@dataclass(frozen=True)
class Past:
    """One change of a field: who, when, from what to what; "" where there was nothing, and both where something was
    done to the record as a whole, which `label` tells. `value` is what was set, as a command takes it. `shown`: it is
    what the field shows now; `restorable`: a person may set the field to it again."""

    field: str
    label: str
    who: str
    at: datetime | None
    old: str
    new: str
    value: Any
    shown: bool
    restorable: bool


@dataclass(frozen=True)
class Side:
    """One of the values that stand against each other, and who wrote it: group and device, and in `short` the group
    alone where that says it. `choice` chooses it; `gone`: a delete. `told`: what was changed or added, line by line,
    where that is what stands against a delete."""

    choice: str
    who: str
    short: str
    at: datetime | None
    words: str
    value: Json
    gone: bool
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Clash:
    """A conflict in words: which record, which field, one side per value. `is_text`: the sides can be written
    together. `at_delete`: one deleted what another changed; `only_added`: what stands against that was added to it."""

    conflict: Conflict
    record: str
    label: str
    sides: tuple[Side, ...]
    is_text: bool

    @property
    def at_delete(self) -> bool:
        """Whether a delete stands against changes."""
        return self.conflict.field == DELETED

    @property
    def only_added(self) -> bool:
        """Whether the record itself stands as its deleter saw it, and only what belongs to it is new."""
        later = self.conflict.later
        return bool(later) and all(each.id != self.conflict.id for each in later)


def history_of(session: Session, scope: str, kind: str, record: str) -> list[Past]:
    """What people did with a record, newest first; what the program wrote by itself is left out, but that it was
    made."""
    teller = Teller(session, scope, whole=True)
    past = session.history(kind, record)
    return [_past(teller, kind, record, each) for each in past if by_people(kind, each["field"])]


def _past(teller: Teller, kind: str, record: str, item: dict[str, Any]) -> Past:
    field, info = item["field"], info_of(kind, item["field"])
    value = load(info.type, item["new"]) if info is not None else item["new"]
    deed = teller.deed(field, item["new"])
    nothing = deed or says_nothing(item["old"])
    who = teller.device(item["device"], item["label"])
    return Past(
        field=field,
        label=deed or teller.label(kind, field),
        who=_("Ångrat av {who}").format(who=who) if item["action"] < 0 else who,
        at=from_iso(item["at"]) if item["at"] else None,
        old="" if nothing else teller.value(kind, field, item["old"], record),
        new="" if deed else teller.value(kind, field, item["new"], record),
        value=info.default if info is not None and value is None else value,
        shown=item["shown"],
        restorable=info is not None and not info.machine and not item["shown"],
    )


def clash_of(session: Session, scope: str, conflict: Conflict) -> Clash:
    """A conflict in words. Equal values of several devices are one side."""
    teller = Teller(session, scope, whole=True)
    info = info_of(conflict.kind, conflict.field)
    groups: dict[str, list[Choice]] = {}
    for each in conflict.choices:
        # Two vectors of a delete say the same: gone.
        value = bool(each.value) if conflict.field == DELETED else each.value
        groups.setdefault(canonical(value), []).append(each)
    sides = [_side(teller, conflict, group) for group in groups.values()]
    alike = {each.short for each in sides} if len(sides) > 1 else set()
    return Clash(
        conflict=conflict,
        record=teller.record(conflict.kind, conflict.id),
        label=teller.label(conflict.kind, conflict.field),
        # Two tablets of one group are told apart by their names.
        sides=tuple(sides if len(alike) == len(sides) else (replace(each, short=each.who) for each in sides)),
        is_text=info is not None and info.is_text,
    )


def contenders(teller: Teller, conflict: Conflict) -> tuple[str, ...]:
    """Whose values stand against each other: groups, or devices that have none."""
    devices = [(each.device, each.label) for each in conflict.choices]
    devices += [(each.device, each.label) for each in conflict.later]
    return tuple(dict.fromkeys(teller.group_of(each[0]) or teller.device(*each) for each in devices))


def _side(teller: Teller, conflict: Conflict, group: Iterable[Choice]) -> Side:
    choices = sorted(group, key=lambda each: each.at)
    last = choices[-1]
    gone = conflict.field == DELETED and bool(last.value)
    stands = conflict.later if conflict.field == DELETED and not gone else ()
    devices = [(each.device, each.label) for each in (stands or choices)]
    return Side(
        choice=last.choice,
        who=", ".join(dict.fromkeys(teller.writer(*each) for each in devices)),
        short=", ".join(dict.fromkeys(teller.group_of(each[0]) or teller.device(*each) for each in devices)),
        at=from_iso(last.at) if last.at else None,
        words=teller.value(conflict.kind, conflict.field, last.value, conflict.id),
        value=last.value,
        gone=gone,
        told=tuple(later_told(teller, conflict)) if conflict.field == DELETED and not gone else (),
    )


def later_told(teller: Teller, conflict: Conflict) -> Iterator[str]:
    """What stands against a delete, a line for each thing: what was changed of the record, what was added to it, what
    was changed of that."""
    changes: dict[tuple[str, str], list[Later]] = {}
    for each in conflict.later:
        changes.setdefault((each.kind, each.id), []).append(each)
    for (kind, record), found in changes.items():
        said = teller.record(kind, record)
        last = {each.field: each.value for each in found}
        if CREATED in last:
            yield _("Tillagt: {what}").format(what=said)
        elif record == conflict.id:
            for field, value in last.items():
                yield f"{teller.label(kind, field)}: {teller.value(kind, field, value, record)}"
        else:
            fields = [teller.label(kind, field) for field in last]
            more = len(fields) - MOST_FIELDS
            named = ", ".join(fields[:MOST_FIELDS])
            if more > 0:
                named = _("{fields} och {n} till").format(fields=named, n=more)
            yield _("Ändrat: {what} ({fields})").format(what=said, fields=named)
    if not changes:
        yield _("Den togs tillbaka.")


def signature(session: Session, remark: Remark) -> str:
    """What a remark is signed with: role, device, time by the walk's clock. Never a name."""
    teller = Teller(session, remark.scope, whole=True)
    made = next((each for each in session.history(Remark.KIND, remark.id) if each["field"] == CREATED), None)
    whose = known(remark.device, str)
    device = teller.device(whose) if whose else teller.device(made["device"], made["label"]) if made else ""
    when = local_time(remark.created, teller.zone) if isinstance(remark.created, datetime) else ""
    said = when.replace(":", clock_sign())
    parts = (str(remark.role), device, said)
    return ", ".join(each for each in parts if each)
