"""What a device's fields said before a part of what it wrote, as a plan of ordinary changes."""

import json
from collections.abc import Collection, Mapping, Sequence
from sqlite3 import Connection

from app.domain.change import Before, Change, Draft, Span
from app.domain.record import CREATED, DELETED, ERASED
from app.storage import cells, hidden
from app.storage.batches import changes_in


def before(
    tables: Connection,
    scope: str,
    device: str,
    spans: Sequence[Span],
    fields: Mapping[str, Collection[str]],
    made: Collection[str],
) -> Before:
    """What puts back what people at a device said within spans of its writes: of each kind these fields, all where none
    is named, in records but those `made`. Only where what is shown is still what was said then: what anybody has said
    since is left."""
    found, meanwhile = Before(), _Meanwhile(tables, scope, device, spans)
    for key in meanwhile.cells(fields):
        if key[0] in made or (fields[key[3]] and key[2] not in fields[key[3]]):
            continue
        heads = cells.heads_at(tables, key)
        roots = meanwhile.before([head.stamp for head in heads])
        values = [each.value for each in roots] or ["null"]
        stamps = tuple(head.stamp for head in heads)
        if any(stamp in (each.stamp for each in roots) for stamp in stamps) or values == [each.value for each in heads]:
            continue
        _put(found, key, values, stamps)
    return found


def _put(found: Before, key: cells.CellKey, values: Sequence[str], replaces: tuple[str, ...]) -> None:
    record, _scope, name, kind = key
    for place, text in enumerate(values):
        value = json.loads(text)
        draft = Draft(kind=kind, record=record, field=name, value=value, replaces=replaces)
        if name == DELETED and hidden.is_vector(value):
            found.deletes.append(draft)
            return
        while len(found.writes) <= place:
            found.writes.append([])
        found.writes[place].append(draft)


class _Meanwhile:
    """What people at a device wrote in a walk within spans of its writes."""

    def __init__(self, tables: Connection, scope: str, device: str, spans: Sequence[Span]) -> None:
        self._tables, self._scope, self._device, self._spans = tables, scope, device, spans

    def cells(self, kinds: Collection[str]) -> list[cells.CellKey]:
        """The cells they wrote to, but what makes and erases a record."""
        within = " or ".join("seq between ? and ?" for _span in self._spans)
        query = f"""select distinct record, scope, field, kind from change where scope = ? and device = ?
                    and action <> 0 and field not in (?, ?) and kind in ({",".join("?" * len(kinds))}) and ({within})"""
        ends = [end for span in self._spans for end in span]
        values = [self._scope, self._device, CREATED, ERASED, *sorted(kinds), *ends]
        return [(record, scope, name, kind) for record, scope, name, kind in self._tables.execute(query, values)]

    def before(self, stamps: Sequence[str]) -> list[Change]:
        """What stood before these changes: of those that were written meanwhile what they replaced, and so on; the
        others themselves."""
        found: dict[str, Change] = {}
        todo, seen = list(stamps), set[str]()
        while todo:
            stamp = todo.pop()
            for change in changes_in(self._tables, "stamp = ?", [stamp]) if stamp not in seen else ():
                if self._has(change):
                    todo += change.replaces
                else:
                    found[stamp] = change
            seen.add(stamp)
        return [found[stamp] for stamp in sorted(found)]

    def _has(self, change: Change) -> bool:
        return (
            change.device == self._device
            and change.action != 0
            and any(first <= change.seq <= last for first, last in self._spans)
        )
