"""A field's value in words, and what is not settled about a record."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Any

from app.base.words import _
from app.domain.record import DELETED, FieldInfo, is_hash, is_id, word_of
from app.domain.records import KIND_OF, Observation, SafetyWalk
from app.domain.values import Json, Position, Unknown, label_of, load
from app.domain.walk import Choice, Conflict
from app.report.document import Look, Run, Text, plain
from app.report.index import Index
from app.report.wording import DASH, at_time, code, coordinates, hold, listed, number, one_line, quoted, short_date

_SET_BY_LAYOUT = frozenset(
    {
        "created",
        "tag",
        "kind",
        "category",
        "item",
        "text",
        "severity",
        "severity_suggested",
        "stop",
        "position",
        "accuracy_m",
        "position_source",
        "stale",
        "observed_at",
        "group",
        "alarm",
        "alarm_at",
    }
)
"""Fields of an observation that have a place of their own on the page. Every other field is printed by its label, so
that a new one needs no line here."""


_ANSWER = frozenset({"handed_to", "answer"})
"""Printed in section 10 where no measure answers the observation."""


def value_words(index: Index, value: Any) -> str:
    """A value as printed, in the language spoken now; `–` for none."""
    match value:
        case None | "" | ():
            return DASH
        case bool():
            return _("ja") if value else _("nej")
        case StrEnum() | IntEnum() | Unknown():
            return label_of(value)
        case datetime():
            moment = index.local(value) or value
            seconds = f".{moment:%S}" if moment.second else ""
            return f"{short_date(moment.date())} {at_time(moment)}{seconds}"
        case date():
            return short_date(value)
        case Position():
            return coordinates(value)
        case int() | float():
            return number(value, 0 if float(value).is_integer() else 1)
        case tuple() | list():
            return ", ".join(value_words(index, part) for part in value)
    return _named(index, str(value))


def _named(index: Index, value: str) -> str:
    """A text, with names for what is only an id."""
    if is_hash(value):
        return _("en fil")
    if not is_id(value):
        return one_line(value)
    if value in index.stops:
        return _("plats {number} {name}").format(number=index.number(value), name=index.stops[value].name)
    if value in index.whole.numbers.of:
        return index.number(value)
    return _("något som inte finns här")


def field_info(kind: str, name: str) -> FieldInfo | None:
    """What a field says about itself, if this version knows it."""
    fields = KIND_OF[kind].FIELDS if kind in KIND_OF else ()
    return next((each for each in fields if each.name == name), None)


def field_words(index: Index, kind: str, name: str, raw: Json) -> str:
    """A field's plain JSON value in words."""
    if name == DELETED:
        return _("borttagen") if raw else _("kvar, ändrad efteråt")
    info = field_info(kind, name)
    value = load(info.type if info else str, raw)
    if name == "category" and isinstance(value, str):
        return next((str(each.tile) for each in index.whole.checklist.categories if each.id == value), value)
    if name == "responsible":
        return index.bare_party(value)
    if name == "item" and isinstance(value, str) and value in index.whole.checklist.items:
        return f"{value} {index.whole.checklist.items[value].statement}"
    if info and info.among and isinstance(value, tuple):
        return _chosen(info, value)
    words = value_words(index, value)
    return quoted(words) if isinstance(value, str) and info and info.search and words != DASH else words


def label_words(kind: str, name: str) -> str:
    """The label of a field."""
    info = field_info(kind, name)
    return _("Borttagning") if name == DELETED else _(info.label) if info else name


def _choices(conflict: Conflict) -> list[Choice]:
    return sorted(conflict.choices, key=lambda each: each.stamp)


def conflict_note(index: Index, conflict: Conflict) -> Text:
    """`Ej avgjort: Hur allvarligt: Stor (platta A) eller Märkbar (platta B).` with the first words marked."""
    words = []
    for each in _choices(conflict):
        value = field_words(index, conflict.kind, conflict.field, each.value)
        letter = index.letters.get(each.device)
        device = _("Platta {name}").format(name=letter) if letter else each.label or _("okänd platta")
        words.append(_("{value} ({device})").format(value=value, device=device))
    label = label_words(conflict.kind, conflict.field)
    values = _(" eller ").join(words) or DASH
    return (
        Run(_("Ej avgjort.") + " ", Look.ITALIC),
        Run(_("{field}: {values}.").format(field=label, values=values)),
    )


def conflict_notes(index: Index, record_id: str) -> tuple[Text, ...]:
    """What is not settled about a record, a line each."""
    return tuple(conflict_note(index, each) for each in index.conflicts_of(record_id))


def details_of(index: Index, observation: Observation, *, answered_elsewhere: bool = False) -> tuple[Text, ...]:
    """The fields of an observation that have no place of their own, as one line `Stolpnummer 30417 · Antal lampor
    2`."""
    without = _SET_BY_LAYOUT | _ANSWER if answered_elsewhere else _SET_BY_LAYOUT
    parts = []
    for each in observation.FIELDS:
        value = getattr(observation, each.name)
        if each.name in without or each.machine or each.personal or value in (None, "", ()):
            continue
        parts.append(f"{_(each.label)}: {_detail(index, each, value)}")
    return (plain(" · ".join(parts)),) if parts else ()


def _detail(index: Index, info: FieldInfo, value: Any) -> str:
    if info.name == "asset_tag":
        return code(value)
    if info.among and isinstance(value, tuple):
        return _chosen(info, value)
    return value_words(index, value)


def _chosen(info: FieldInfo, codes: Sequence[str]) -> str:
    return ", ".join(word_of(info, each).lower() for each in codes) or DASH


def place_of(index: Index, conflict: Conflict) -> str:
    """What a conflict is about: `Iakttagelse 4.2`, `Plats 4`."""
    names = {
        "stop": _("Plats {number}"),
        "observation": _("Iakttagelse {number}"),
        "photo": _("Foto {number}"),
        "measure": _("Åtgärd {number}"),
    }
    if conflict.kind == SafetyWalk.KIND:
        return _("Vandringen")
    if conflict.kind in names and conflict.id in index.whole.numbers.of:
        return hold(names[conflict.kind].format(number=index.number(conflict.id)))
    return kind_words(conflict.kind)


def kind_words(kind: str) -> str:
    """What a kind of record is called."""
    names = {
        "participant": _("Deltagare"),
        "support": _("Fler tyckte så"),
        "remark": _("Anmärkning"),
        "party": _("Ansvarig"),
        "group": _("Grupp"),
        "device": _("Platta"),
        "route": _("Rutt"),
        "track": _("Spår"),
        "organisation": _("Organisation"),
        "protocol": _("Protokoll"),
        "safety-rating": _("Upplevd trygghet"),
        "observation": _("Iakttagelse"),
        "measure": _("Åtgärd"),
        "photo": _("Foto"),
        "stop": _("Plats"),
    }
    return names.get(kind, kind)


def joined(words: Sequence[str]) -> str:
    """Words as `a, b och c`, without repeats."""
    return listed(list(dict.fromkeys(words)))
