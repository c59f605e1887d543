"""Full-text search over the fields whose line says `search`, kept by the log's insert.

The trigram tokenizer finds *belysning* in *Gatubelysningen*; words of one or two letters are found by LIKE. `searched`
holds the texts, `search` their index alone.
"""

import json
from collections.abc import Iterable
from sqlite3 import Connection

from app.domain.records import KIND_OF
from app.storage.cells import CellKey

SEARCHED = frozenset((kind, each.name) for kind, cls in KIND_OF.items() for each in cls.FIELDS if each.search)


ROOM, ROOM_TO_REBUILD = 1 << 20, 32 << 20
"""Bytes of memory for new words: what FTS5 takes by itself, and while everything is made anew."""


def _text(value: str) -> str:
    data = json.loads(value)
    return data if isinstance(data, str) else ""


def follow(tables: Connection, keys: Iterable[CellKey]) -> None:
    """Bring the index up to date for these fields."""
    for key in keys:
        if (key[3], key[2]) not in SEARCHED:
            continue
        which = "record = ? and scope = ? and field = ? and kind = ?"
        cell = tables.execute(f"select value from cell where {which}", key).fetchone()
        text = _text(cell[0]) if cell else ""
        held = tables.execute(f"select id, text from searched where {which}", key).fetchone()
        if held:
            tables.execute("insert into search(search, rowid, text) values('delete', ?, ?)", held)
            tables.execute("delete from searched where id = ?", held[:1])
        if text:
            tables.execute("insert into searched(record, scope, field, kind, text) values(?, ?, ?, ?, ?)", (*key, text))
            tables.execute("insert into search(rowid, text) values(last_insert_rowid(), ?)", [text])


_TEXTS = f"""select record, scope, field, kind, json_extract(value, '$') from cell
            where (kind, field) in (values {", ".join("(?, ?)" for _ in SEARCHED)})
            and case when json_valid(value) then json_type(value) end = 'text' and value <> '""'"""
"""The texts that the cells say; none where the disk has spoilt the value."""
_PAIRS = [part for pair in sorted(SEARCHED) for part in pair]


def rebuild(tables: Connection) -> None:
    """Make the index anew from the cells."""
    tables.execute("insert into search(search) values('delete-all')")
    tables.execute("delete from searched")
    tables.execute(f"insert into searched(record, scope, field, kind, text) {_TEXTS} order by stamp", _PAIRS)
    # With room for more words before they are put into the file it takes half the time.
    tables.execute("insert into search(search, rank) values('hashsize', ?)", [ROOM_TO_REBUILD])
    tables.execute("insert into search(search) values('rebuild')")
    tables.execute("insert into search(search, rank) values('hashsize', ?)", [ROOM])


def count_of_wrong(tables: Connection) -> int:
    """How many texts are kept otherwise than the cells say, missing and surplus ones included."""
    kept = "select record, scope, field, kind, text from searched"
    query = f"""select count(*) from (select distinct record, scope, field, kind from
                (select * from ({_TEXTS} except {kept}) union all select * from ({kept} except {_TEXTS})))"""
    found: int = tables.execute(query, _PAIRS * 2).fetchone()[0]
    return found


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _like(word: str) -> tuple[str, list[str]]:
    """A condition that a text holds a short word, and its values. LIKE takes A for a but not Å for å."""
    for sign in "\\%_":
        word = word.replace(sign, "\\" + sign)
    cases = [word] if word.isascii() else sorted({word.lower(), word.upper(), word.capitalize()})
    condition = " or ".join(["s.text like ? escape '\\'"] * len(cases))
    return f"({condition})", [f"%{case}%" for case in cases]


def find(tables: Connection, words: str, scope: str | None, limit: int) -> list[tuple[str, str, str, str]]:
    """(scope, kind, record, field) of shown text that holds all the words, written last first; hidden records left out.

    Not by rank: that is worked out for every text that matches before the first is shown, which for an ordinary word
    among 50 000 observations took 20 times as long, and of trigrams it says little.
    """
    long = [word for word in words.split() if len(word) >= 3]
    short = [word for word in words.split() if len(word) < 3]
    if not words.split():
        return []
    source, where, values = "searched s", ["1"], list[str]()
    if long:
        source, where = "search join searched s on s.id = search.rowid", ["search match ?"]
        values.append(" ".join(_quoted(word) for word in long))
    for word in short:
        condition, cases = _like(word)
        where.append(condition)
        values += cases
    if scope:
        where.append("s.scope = ?")
        values.append(scope)
    query = f"""select s.scope, s.kind, s.record, s.field from {source} where {" and ".join(where)}
                and not exists (select 1 from hidden h where h.record = s.record and h.scope = s.scope)
                order by {"search.rowid" if long else "s.id"} desc limit {int(limit)}"""
    return [(found[0], found[1], found[2], found[3]) for found in tables.execute(query, values)]
