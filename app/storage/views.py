"""Views: the records as they are shown, made from the record types when a connection is opened.

A view is anchored on the field `created`, which each record's first write sets. A record without `created` is
incomplete and not shown; hidden records are left out.

Each field is a column of its own, read by a correlated subselect, for conditions and for order: SQLite works out only
the columns that a query names (views with group by were 2 to 20 times slower, left joins end at 64 tables). Records
themselves are made from one more column, `whole`: all fields of a record as one JSON object. The cells of a record lie
side by side, so that is one look-up where 27 subselects are 27, and one JSON text to parse instead of a dozen. Opening
a walk of 5 000 observations took 3.7 times the bare SELECT of its cells column by column, 1.8 times so.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from sqlite3 import Connection
from typing import Any, TypeVar

from app.base.errors import BadInput
from app.domain.letters import LONGEST
from app.domain.record import Record, Seen
from app.domain.records import KINDS
from app.domain.values import Unknown, dump
from app.storage.soundness import Spoilt

R = TypeVar("R", bound=Record)

_DEFAULTS = {cls.KIND: {each.name: each.default for each in cls.FIELDS} for cls in KINDS}
_LOADERS = {cls.KIND: {each.name: each.load for each in cls.FIELDS} for cls in KINDS}


def view_name(cls: type[Record]) -> str:
    """What the view of a kind is called."""
    return "view_" + cls.KIND.replace("-", "_")


def make_views(tables: Connection) -> None:
    """Make the views on a connection."""
    for cls in KINDS:
        this = f"record = c.record and scope = c.scope and kind = '{cls.KIND}'"
        fields = ", ".join(
            f"""(select value from cell where {this} and field = '{each.name}') as "{each.name}\""""
            for each in cls.FIELDS
        )
        tables.execute(
            f"""create temp view {view_name(cls)} as select c.record as id, c.scope as scope, {fields},
                (select '{{' || group_concat(json_quote(field) || ':' || value) || '}}' from cell where {this}) as whole
                from cell c where c.kind = '{cls.KIND}' and c.field = 'created'
                and not exists (select 1 from hidden where hidden.record = c.record and hidden.scope = c.scope)"""
        )


def _made(cls: type[R], row: Sequence[Any], seen: Seen) -> R:
    """A record from a view's row (id, scope, whole). What this version cannot read becomes `Unknown`."""
    loaders = _LOADERS[cls.KIND]
    values = {**_DEFAULTS[cls.KIND], "id": row[0], "scope": row[1], "seen": seen}
    for name, raw in _whole(row[2]).items():
        if raw is None or name not in loaders:
            continue
        try:
            values[name] = loaders[name](raw)
        except (ValueError, TypeError, KeyError, OverflowError, BadInput):
            values[name] = Unknown(raw)
    made = object.__new__(cls)
    # A frozen dataclass sets its fields one by one through object.__setattr__, which costs more than reading them.
    made.__dict__.update(values)
    return made


def _whole(text: str | None) -> dict[str, Any]:
    """The fields of a record. Raises Spoilt where they are none, or not where the record is."""
    try:
        found: dict[str, Any] = json.loads(text or "")
    except ValueError as error:
        raise Spoilt(f"fields of a record: {error}") from error
    return found


def seen_now(tables: Connection) -> Seen:
    """What is seen by whoever reads in this transaction."""
    return Seen(tables.execute("select coalesce(max(arrival), 0) from change").fetchone()[0])


def _condition(name: str, value: Any) -> tuple[str, Any]:
    """The clause that compares a field with a value, and what stands for its question mark."""
    if name == "id" and isinstance(value, (set, frozenset)):
        return '"id" in (select value from json_each(?))', json.dumps(sorted(value))
    return f'"{name}" is ?', value if name in ("id", "scope") else dump(value)


def read(
    tables: Connection,
    cls: type[R],
    where: Mapping[str, Any],
    order: Sequence[str],
    limit: int | None,
) -> Iterator[R]:
    """Records of a kind. `where` compares fields, `id`, `scope` with values, `id` also with a set of them; `order`
    names fields, "-name" falling. Raises ValueError for a name that is none of them, which SQLite would take for a
    text."""
    if unknown := {*where, *(name.removeprefix("-") for name in order)} - _DEFAULTS[cls.KIND].keys() - {"id", "scope"}:
        raise ValueError(f"{cls.KIND} has no {', '.join(sorted(unknown))}")
    seen = seen_now(tables)
    conditions = [_condition(name, value) for name, value in where.items()]
    clause = f" where {' and '.join(text for text, _value in conditions)}" if conditions else ""
    by = [f'"{name.removeprefix("-")}"{" desc" if name.startswith("-") else ""}' for name in (*order, "id")]
    top = f" limit {int(limit)}" if limit is not None else ""
    query = f"select id, scope, whole from {view_name(cls)}{clause} order by {', '.join(by)}{top}"
    for row in tables.execute(query, [value for _text, value in conditions]):
        yield _made(cls, row, seen)


def counts(tables: Connection, scope: str) -> dict[str, int]:
    """How many records of each kind are shown in a walk; kinds without any left out."""
    query = """select kind, count(*) from cell where scope = ? and field = 'created' and not exists
               (select 1 from hidden where hidden.record = cell.record and hidden.scope = cell.scope) group by kind"""
    return dict(tables.execute(query, [scope]).fetchall())


def ids(tables: Connection, prefix: str, kind: str | None, deleted: bool = False) -> list[tuple[str, str, str]]:
    """(kind, record, scope) of every record whose id begins so: of those that are shown, or of the others."""
    query = f"""select kind, record, scope from cell where record >= ? and record < ? and field = 'created'
               and (? is null or kind = ?) and {"" if deleted else "not "}exists
               (select 1 from hidden where hidden.record = cell.record and hidden.scope = cell.scope)"""
    rows = tables.execute(query, (prefix, prefix + "g", kind, kind))
    return [(found, record, scope) for found, record, scope in rows]


def highest_tag(tables: Connection, scope: str, letter: str) -> list[str]:
    """Of the tags that are `letter` and at most `LONGEST` digits the highest in a walk, hidden records' too; none where
    there is none."""
    query = f"""select value from cell where scope = ? and field = 'tag' and kind = 'observation'
               and rtrim(value, '"0123456789') = '"' || ? and length(value) <= length(?) + 2 + {LONGEST}
               order by length(value) desc, value desc limit 1"""
    return [json.loads(row[0]) for row in tables.execute(query, (scope, letter, letter))]


def letters(tables: Connection, scope: str) -> set[str]:
    """The letters of the devices of a walk, hidden records' too."""
    query = "select value from cell where scope = ? and field = 'letter' and kind = 'device'"
    found = [json.loads(row[0]) for row in tables.execute(query, (scope,))]
    return {letter for letter in found if isinstance(letter, str)}
