"""Drafts of a new record, of changed fields of one that was shown, and of what deletes one. What a person wrote has
been checked before; what this version cannot read is never written back."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.base.errors import BadInput
from app.base.words import _
from app.domain.change import Draft
from app.domain.record import CREATED, DELETED, Record, field_of, news_in
from app.domain.records import Device
from app.domain.values import PositionSource, Unknown
from app.session import Session


def new_record(session: Session, cls: type[Record], record: str, values: Mapping[str, Any]) -> list[Draft]:
    """The drafts that make a record; what is None or equal to the field's default is left out."""
    said = {CREATED: session.clock(), **values}
    return [
        Draft(kind=cls.KIND, record=record, field=name, value=value)
        for name, value in said.items()
        if value is not None and value != field_of(cls, name).default and not isinstance(value, Unknown)
    ]


def changed(record: Record, values: Mapping[str, Any]) -> list[Draft]:
    """The drafts that set fields of a record as it was shown."""
    return [
        Draft(
            kind=record.KIND, record=record.id, field=field_of(type(record), name).name, value=value, seen=record.seen
        )
        for name, value in values.items()
        if not isinstance(value, Unknown)
    ]


def by_hand(record: Record, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values, where one of them is a position with what follows: it was set by hand, and what a receiver said of
    the one before holds no longer."""
    names = {each.name for each in type(record).FIELDS}
    if "position" not in values or "position_source" not in names:
        return dict(values)
    source = PositionSource.NONE if values["position"] is None else PositionSource.HAND
    follows = {"position_source": source, "accuracy_m": None, "stale": None}
    return {**news_in(record, {name: each for name, each in follows.items() if name in names}), **values}


def deletes_of(session: Session, records: Sequence[Record]) -> list[Draft]:
    """What deletes records of one walk as they were shown. Raises BadInput, see `records.delete`."""
    if any(isinstance(each, Device) for each in records):
        text = _("En enhet som var med kan inte tas bort: dess bokstav står i iakttagelsernas märken.")
        raise BadInput("device", text, _("Låt den stå kvar."))
    # To know who has written what takes a look at all of a walk, so it is done once for all that were shown at once.
    moments = {each.seen.at: each for each in records}
    shown = {at: session.log.vector(each.scope, each.seen) for at, each in moments.items()}
    return [
        Draft(kind=each.KIND, record=each.id, field=DELETED, value=shown[each.seen.at], seen=each.seen)
        for each in records
    ]
