"""A walk with values of a newer version made readable: a text that this version cannot read is shown as "okänt
värde"."""

import dataclasses
from typing import Any

from app.domain.record import Record
from app.domain.values import Unknown
from app.domain.walk import WholeWalk


def readable(whole: WholeWalk) -> WholeWalk:
    """The same walk; unknown values in fields of text are words, in lists of texts nothing. Others stay `Unknown`,
    which has the same words where it is shown and counts as absent where it would have to be understood."""
    changes: dict[str, Any] = {"walk": _readable(whole.walk)}
    for each in dataclasses.fields(whole):
        value = getattr(whole, each.name)
        if isinstance(value, tuple) and any(isinstance(part, Record) for part in value):
            changes[each.name] = tuple(_readable(part) for part in value)
    return dataclasses.replace(whole, **changes)


def _readable(record: Any) -> Any:
    found: dict[str, Any] = {}
    for each in record.FIELDS:
        value = getattr(record, each.name)
        if isinstance(value, Unknown) and (each.type is str or each.type == tuple[str, ...]):
            texts = each.type is str and each.default is not None
            found[each.name] = str(value) if texts else each.default
    return dataclasses.replace(record, **found) if found else record
