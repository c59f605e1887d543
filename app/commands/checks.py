"""What a person may write, checked before anything is written: values, and what they name."""

from collections.abc import Mapping
from typing import Any

from app.base.errors import NotFound
from app.base.words import _
from app.domain.record import ANY, BLOB, FieldInfo, Record, field_of
from app.domain.rules import check_value
from app.session import Session


def check(session: Session, record: Record, values: Mapping[str, Any]) -> None:
    """Raises BadInput where a value does not fit its field of a record as it was shown, NotFound where it names what is
    not in the walk."""
    for name, value in values.items():
        info = field_of(type(record), name)
        check_value(info, value, getattr(record, info.name))
        _check_named(session, record.scope, info, value)


def check_new(session: Session, walk: str, cls: type[Record], values: Mapping[str, Any]) -> None:
    """The same for a record that is made: what it needs must be among the values."""
    needed = {each.name: each.default for each in cls.FIELDS if each.needed}
    for name, value in {**needed, **values}.items():
        info = field_of(cls, name)
        check_value(info, value)
        _check_named(session, walk, info, value)


def _check_named(session: Session, walk: str, info: FieldInfo, value: Any) -> None:
    if not info.names or not value:
        return
    if info.names == BLOB:
        found = session.blobs.has(value)
    else:
        found = any(
            where == walk and record == value
            for _kind, record, where in session.ids(value, None if info.names == ANY else info.names)
        )
    if not found:
        raise NotFound(
            "not-found",
            _("Fältet {field} pekar på något som inte finns i vandringen.").format(field=_(info.label)),
            _("Det kan vara borttaget. Välj något som finns i vandringen."),
        )
