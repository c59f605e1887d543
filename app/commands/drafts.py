"""Drafts of a new record, and of changed fields of one that was shown."""

from collections.abc import Mapping
from typing import Any

from app.domain.change import Draft
from app.domain.record import CREATED, Record, field_of
from app.session import Session


def new_record(session: Session, cls: type[Record], record: str, values: Mapping[str, Any]) -> list[Draft]:
    """The drafts that make a record; what is None or equal to the field's default is left out."""
    said = {CREATED: session.clock(), **values}
    return [
        Draft(kind=cls.KIND, record=record, field=name, value=value)
        for name, value in said.items()
        if value is not None and value != field_of(cls, name).default
    ]


def changed(record: Record, values: Mapping[str, Any]) -> list[Draft]:
    """The drafts that set fields of a record as it was shown."""
    return [
        Draft(
            kind=record.KIND, record=record.id, field=field_of(type(record), name).name, value=value, seen=record.seen
        )
        for name, value in values.items()
    ]
