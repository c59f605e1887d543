"""Walks to compose, and what a test looks for in a composed protocol."""

import dataclasses
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from app.domain.walk import WholeWalk
from app.report.document import (
    Document,
    ObservationItem,
    Part,
    PhotoFigure,
    Run,
    Section,
    Table,
    words_of,
)
from tests.unit.composed_walks import big_walk, empty_walk, numbered, written_walk

NB = "\u00a0"
SIZES = {"1": (1, 1, 1), "40/80": (40, 80, 40), "300/600": (40, 600, 300)}


def everything(thing: Any) -> Iterator[Any]:
    """Every dataclass in a composed document, in reading order."""
    if dataclasses.is_dataclass(thing):
        yield thing
        for each in dataclasses.fields(thing):
            yield from everything(getattr(thing, each.name))
    elif isinstance(thing, tuple | list):
        for each in thing:
            yield from everything(each)


def records_in(thing: Any) -> list[str]:
    return [each.record for each in everything(thing) if getattr(each, "record", "")]


def anchors_in(document: Document) -> set[str]:
    return {each.anchor for each in everything(document.sections) if getattr(each, "anchor", "")}


def all_words(thing: Any) -> str:
    return "\n".join(each.text for each in everything(thing) if isinstance(each, Run))


def section(document: Document, number: str) -> Section:
    return next(each for each in document.sections if each.number == number)


def part(document: Document, title: str) -> Part:
    return next(each for section in document.sections for each in section.parts if each.title == title)


def item(document: Document, record: str) -> ObservationItem:
    return next(each for each in everything(document) if isinstance(each, ObservationItem) and each.record == record)


def figure(document: Document, record: str) -> PhotoFigure:
    return next(each for each in everything(document) if isinstance(each, PhotoFigure) and each.record == record)


def row_words(table: Table) -> list[str]:
    return [" | ".join(" / ".join(words_of(line) for line in cell.lines) for cell in row.cells) for row in table.rows]


def ids(whole: WholeWalk) -> list[str]:
    return sorted(each.id for each in (*whole.stops, *whole.observations, *whole.photos, *whole.measures))


WALKS = {
    "written": written_walk(),
    "nothing": empty_walk(),
    **{name: big_walk(*size) for name, size in SIZES.items()},
}


def without_measures(whole: WholeWalk) -> WholeWalk:
    return numbered(replace(whole, measures=(), measure_fors=()))


def tables_in(thing: Any) -> list[Table]:
    return [each for each in everything(thing) if isinstance(each, Table)]
