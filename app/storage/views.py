"""Views: the records as they are shown, made from the record types when a connection is opened.

A view is anchored on the field `created`, which each record's first write sets, and reads the other fields by
correlated subselects (views with group by were 2 to 20 times slower, left joins end at 64 tables). A record without
`created` is incomplete and not shown; hidden records are left out. Values stay JSON text until a record is made.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlite_utils import Database as Tables

from app.base.errors import BadInput
from app.domain.record import Record, Seen
from app.domain.records import KINDS
from app.domain.values import Unknown, dump

R = TypeVar("R", bound=Record)


def view_name(cls: type[Record]) -> str:
    """What the view of a kind is called."""
    return "view_" + cls.KIND.replace("-", "_")


def make_views(tables: Tables) -> None:
    """Make the views on a connection."""
    for cls in KINDS:
        this = f"record = c.record and kind = '{cls.KIND}'"
        fields = ", ".join(
            f"""(select value from cell where {this} and field = '{each.name}') as "{each.name}\""""
            for each in cls.FIELDS
        )
        tables.execute(
            f"""create temp view {view_name(cls)} as select c.record as id, c.scope as scope, {fields} from cell c
                where c.kind = '{cls.KIND}' and c.field = 'created'
                and not exists (select 1 from hidden where hidden.record = c.record)"""
        )


def _made(cls: type[R], row: Sequence[Any], seen: Seen) -> R:
    """A record from a view's row. What this version cannot read becomes `Unknown`."""
    values: dict[str, Any] = {"id": row[0], "scope": row[1], "seen": seen}
    for info, text in zip(cls.FIELDS, row[2:], strict=True):
        if text is None or text == "null":
            values[info.name] = info.default
            continue
        raw = json.loads(text)
        try:
            values[info.name] = info.load(raw)
        except (ValueError, TypeError, KeyError, OverflowError, BadInput):
            values[info.name] = Unknown(raw)
    made = object.__new__(cls)
    # A frozen dataclass sets its fields one by one through object.__setattr__, which costs more than reading them.
    made.__dict__.update(values)
    return made


def seen_now(tables: Tables) -> Seen:
    """What is seen by whoever reads in this transaction."""
    return Seen(tables.execute("select coalesce(max(arrival), 0) from change").fetchone()[0])


def read(
    tables: Tables,
    cls: type[R],
    where: Mapping[str, Any],
    order: Sequence[str],
    limit: int | None,
) -> Iterator[R]:
    """Records of a kind. `where` compares fields, `id` and `scope` with values; `order` names fields, "-name" falling."""
    seen = seen_now(tables)
    conditions = [f'"{name}" is ?' for name in where]
    values = [value if name in ("id", "scope") else dump(value) for name, value in where.items()]
    clause = f" where {' and '.join(conditions)}" if conditions else ""
    by = [f'"{name.removeprefix("-")}"{" desc" if name.startswith("-") else ""}' for name in (*order, "id")]
    top = f" limit {int(limit)}" if limit is not None else ""
    query = f"select * from {view_name(cls)}{clause} order by {', '.join(by)}{top}"
    for row in tables.execute(query, values):
        yield _made(cls, row, seen)


def ids(tables: Tables, prefix: str, kind: str | None) -> list[tuple[str, str, str]]:
    """(kind, record, scope) of every shown record whose id begins with `prefix`."""
    query = """select kind, record, scope from cell where record >= ? and record < ? and field = 'created'
               and (? is null or kind = ?) and not exists (select 1 from hidden where hidden.record = cell.record)"""
    rows = tables.execute(query, (prefix, prefix + "g", kind, kind))
    return [(found, record, scope) for found, record, scope in rows]


def values(tables: Tables, scope: str, kind: str, field: str) -> list[str]:
    """The texts that a field of a kind shows in a walk, hidden records' too."""
    query = "select value from cell where scope = ? and kind = ? and field = ?"
    found = [json.loads(row[0]) for row in tables.execute(query, (scope, kind, field))]
    return [text for text in found if isinstance(text, str)]
