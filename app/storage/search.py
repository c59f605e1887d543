"""Full-text search over the fields whose line says `search`, kept by the log's insert.

The trigram tokenizer finds *belysning* in *Gatubelysningen*; words of one or two letters are found by LIKE.
"""

import json
from collections.abc import Iterable

from sqlite_utils import Database as Tables

from app.domain.records import KIND_OF
from app.storage.cells import CellKey

SEARCHED = frozenset((kind, each.name) for kind, cls in KIND_OF.items() for each in cls.FIELDS if each.search)


def _text(value: str) -> str:
    data = json.loads(value)
    return data if isinstance(data, str) else ""


def follow(tables: Tables, keys: Iterable[CellKey]) -> None:
    """Bring the index up to date for these fields."""
    for record, scope, field, kind in keys:
        if (kind, field) not in SEARCHED:
            continue
        cell = tables.execute(
            "select value from cell where record = ? and scope = ? and field = ? and kind = ?",
            (record, scope, field, kind),
        ).fetchone()
        place = tables.execute(
            "select id from searched where record = ? and scope = ? and field = ? and kind = ?",
            (record, scope, field, kind),
        ).fetchone()
        text = _text(cell[0]) if cell else ""
        if place:
            tables.execute("delete from search where rowid = ?", place)
        elif text:
            place = tables.execute(
                "insert into searched(scope, kind, record, field) values(?, ?, ?, ?) returning id",
                (scope, kind, record, field),
            ).fetchone()
        if text:
            tables.execute("insert into search(rowid, text) values(?, ?)", (place[0], text))


def rebuild(tables: Tables) -> None:
    """Make the index anew from the cells."""
    tables.execute("delete from search")
    tables.execute("delete from searched")
    by_kind: dict[str, list[str]] = {}
    for kind, field in sorted(SEARCHED):
        by_kind.setdefault(kind, []).append(field)
    for kind, fields in by_kind.items():
        marks = ",".join("?" * len(fields))
        tables.execute(
            f"""insert into searched(scope, kind, record, field)
                select scope, kind, record, field from cell
                where kind = ? and field in ({marks}) and json_type(value) = 'text' and value <> '""'
                order by record, field""",
            [kind, *fields],
        )
    tables.execute(
        """insert into search(rowid, text) select s.id, json_extract(c.value, '$') from searched s
           join cell c on c.record = s.record and c.scope = s.scope and c.field = s.field and c.kind = s.kind"""
    )


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _like(word: str) -> str:
    for sign in "\\%_":
        word = word.replace(sign, "\\" + sign)
    return f"%{word}%"


def find(tables: Tables, words: str, scope: str | None, limit: int) -> list[tuple[str, str, str, str]]:
    """(scope, kind, record, field) of shown text that holds all the words, best first; hidden records left out."""
    parts = words.split()
    long = [part for part in parts if len(part) >= 3]
    short = [part for part in parts if len(part) < 3]
    if not parts:
        return []
    where, values = ["h.record is null"], list[str]()
    if long:
        where.append("search match ?")
        values.append(" ".join(_quoted(part) for part in long))
    for part in short:
        where.append("search.text like ? escape '\\'")
        values.append(_like(part))
    if scope:
        where.append("s.scope = ?")
        values.append(scope)
    order = "rank, s.id" if long else "s.id"
    query = f"""select s.scope, s.kind, s.record, s.field from search join searched s on s.id = search.rowid
                left join hidden h on h.record = s.record and h.scope = s.scope where {" and ".join(where)}
                order by {order} limit {int(limit)}"""
    return [(found[0], found[1], found[2], found[3]) for found in tables.execute(query, values)]
