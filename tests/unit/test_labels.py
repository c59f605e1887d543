"""Every choice has its own word, also where choices of different types are equal."""

from enum import IntEnum, StrEnum

import pytest

from app.domain.values import LABELS, CostClass, PositionSource, Severity, TakenAtSource, label_of


def test_equal_choices_of_different_types_keep_their_own_words() -> None:
    assert [label_of(each) for each in (Severity.GOOD, Severity.LARGE)] == ["Bra", "Stor"]
    assert [label_of(each) for each in (CostClass.NONE, CostClass.PROJECT)] == ["Ingen kostnad", "Projekt"]
    assert [label_of(each) for each in (PositionSource.NONE, TakenAtSource.NONE)] == ["läge okänt", "tid okänd"]


@pytest.mark.parametrize("choices", sorted({type(choice) for choice, _label in LABELS}, key=str))
def test_every_choice_has_one_word(choices: type[StrEnum] | type[IntEnum]) -> None:
    assert [choice for choice, _label in LABELS if type(choice) is choices] == list(choices)
