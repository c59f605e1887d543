"""Homes that hand each other what they have, and what must hold of them then."""

from datetime import timedelta
from typing import Any

from tests.homes import Home

TEN_YEARS = timedelta(days=3652)


def exchange_all(*homes: Home) -> None:
    """Every home hands everything it has to every other, until nothing is new."""
    for _round in range(2):
        for one in homes:
            one.send(*(other for other in homes if other is not one))


def assert_alike(*homes: Home) -> None:
    """The homes show the same, and what they keep equals what they would make anew."""
    shown = [each.everything() for each in homes]
    assert all(each == shown[0] for each in shown)
    for each in homes:
        before = [each.table(name) for name in ("cell", "hidden")]
        each.log.rebuild()
        assert [each.table(name) for name in ("cell", "hidden")] == before


def texts_of(home: Home, record: str, field: str) -> set[Any]:
    """The values of a cell that stand against each other."""
    return {
        choice.value for each in home.conflicts() if (each.id, each.field) == (record, field) for choice in each.choices
    }
