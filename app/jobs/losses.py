"""What of a damaged database could not be read wholly, or stands in several ways, in words."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from app.base.words import _
from app.domain.change import Change
from app.domain.records import KIND_OF
from app.queries.device_words import named, ranges
from app.queries.telling import CALLED
from app.storage.salvage import Doubt, Salvaged
from app.storage.search import SEARCHED


def gone_words(found: Salvaged) -> str:
    """The writes that could not be read wholly: `enhet A nummer 43 och 51–53, enhet B nummer 7`."""
    said = _said_once(found)
    seqs: dict[str, list[int]] = defaultdict(list)
    for _scope, device, seq in sorted(found.partial):
        seqs[said(device, "letter") or device[:8]].append(seq)
    text = _("enhet {device} nummer {numbers}")
    return ", ".join(text.format(device=each, numbers=ranges(runs(seqs[each]))) for each in sorted(seqs))


def listed(found: Salvaged) -> list[str]:
    """The same, each by itself and in no language: `A 43`."""
    said = _said_once(found)
    return [f"{said(device, 'letter') or device[:8]} {seq}" for _scope, device, seq in sorted(found.partial)]


def runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Rising numbers as the first and the last of each unbroken row."""
    first = last = 0
    for each in numbers:
        if first and each != last + 1:
            yield first, last
        if not first or each != last + 1:
            first = each
        last = each
    if first:
        yield first, last


def readable(found: Salvaged) -> list[str]:
    """The texts that people typed and that can be read in writes that cannot be read wholly."""
    every = (each for write in sorted(found.partial) for each in found.partial[write])
    texts = (json.loads(each.value) for each in every if (each.kind, each.field) in SEARCHED)
    return [text for text in texts if isinstance(text, str) and text]


def doubted(found: Salvaged) -> list[str]:
    """The changes that stand in several ways, each in a sentence."""
    said = _said_once(found)
    return [doubt_words(each, said(each.change.record, "tag")) for each in found.doubts]


def doubt_words(doubt: Doubt, tag: str = "") -> str:
    """In which ways a change stands, and where; `tag` says of which observation it is."""
    change = doubt.change
    infos = KIND_OF[change.kind].FIELDS if change.kind in KIND_OF else ()
    field = next((_(each.label) for each in infos if each.name == change.field), change.field)
    record = _(CALLED[change.kind]) if change.kind in CALLED else change.kind
    what = _("{field} i {record}").format(field=f"”{field}”", record=f"{record} {tag}".strip())
    readings = [_("{value} i databasen").format(value=_value(change.value))]
    for where, value in doubt.readings:
        text = _("{value} i säkerhetskopian {name}") if where else _("{value} där det visas")
        readings.append(text.format(value=_value(value), name=where))
    if not doubt.readings:
        return _("{what} är skadat i databasen.").format(what=what)
    return _("{what} skiljer sig mellan olika ställen: det står {readings}.").format(
        what=what, readings=named(readings)
    )


def _value(text: str) -> str:
    data = json.loads(text)
    return f"”{' '.join(data.split())}”" if isinstance(data, str) else text


def _said_once(found: Salvaged) -> Callable[[str, str], str]:
    """What a text field of a record was given as, in any change of it."""
    wanted = ("letter", "tag")
    every: Iterable[Change] = (*found.in_batches.values(), *found.changes.values())
    said = {(each.record, each.field): json.loads(each.value) for each in every if each.field in wanted}
    return lambda record, field: str(said.get((record, field)) or "")
