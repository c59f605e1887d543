"""fields: what there is to write in a record of each kind."""

from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Any

import click

from app.base.words import _
from app.cli.screen import Screen, on_screen
from app.cli.things import kind_said
from app.commands.records import NAME
from app.domain.record import ANY, BLOB, ERASED, FieldInfo, Record
from app.domain.records import KIND_OF, Participant, Stop
from app.domain.values import Position, label_of
from app.queries.telling import CALLED


def _takes(info: FieldInfo) -> str:
    """What is written in a field, in words."""
    if info.name in ("category", "item", "mechanism", "responsible"):
        return _("en kod ur gatljus checklist")
    if info.names == Stop.KIND:
        return _("platsens nummer, namn eller id")
    if info.names:
        return _("ett id") if info.names == ANY else _("id av sorten {kind}").format(kind=info.names)
    if info.among:
        among = ", ".join(info.among)
        return among if info.type is str else _("mellan kommatecken: {words}").format(words=among)
    if info.span:
        return _("{least:g} till {most:.0f}").format(least=info.span[0], most=info.span[1])
    if isinstance(info.type, type) and issubclass(info.type, StrEnum | IntEnum):
        return ", ".join(f"{each.value} ({label_of(each)})" for each in info.type)
    words: dict[Any, str] = {
        bool: _("ja eller nej"),
        int: _("ett heltal"),
        float: _("ett tal"),
        datetime: _("en tid, som 2026-10-23T18:20"),
        date: _("en dag, som 2026-11-20"),
        Position: _("LAT,LON i grader"),
        tuple[str, ...]: _("ord mellan kommatecken"),
    }
    return words.get(info.type, _("text"))


def _rows(cls: type[Record]) -> list[dict[str, str]]:
    own = [each for each in cls.FIELDS if not each.machine and each.names != BLOB]
    rows = [{"field": each.name, "label": _(each.label), "takes": _takes(each)} for each in own]
    if cls is Participant:
        apart = _("text; sparas vid sidan av och kan raderas")
        rows.append({"field": NAME, "label": _("Namn"), "takes": apart})
        rows.append({"field": ERASED, "label": _("Namnet raderas för gott"), "takes": _("ja")})
    return rows


@click.command()
@click.argument("kind", required=False, metavar="[KIND]")
@on_screen
def fields(screen: Screen, kind: str | None) -> None:
    """Sorterna, eller fälten i en sort / the kinds, or the fields of a kind."""
    if kind is None:
        kinds = [{"kind": each, "word": _(CALLED[each])} for each in KIND_OF]
        screen.items(kinds, lambda item: f"{item['kind']:<16} {item['word']}")
        return
    screen.items(_rows(kind_said(kind)), lambda item: f"{item['field']:<18} {item['label']}: {item['takes']}")


COMMANDS = (fields,)
