"""What is still to be thought of about a measure, and the priority that follows from what is known."""

from dataclasses import replace
from datetime import date

from app.domain.checklist import Checklist
from app.domain.reasoning import gaps_of, is_declined, suggested_priority
from app.domain.records import Measure
from app.domain.values import MeasureStatus, Priority, Term
from app.queries.protocol_check import unanswered

WHOLE = Measure(
    id="1" * 32, scope="2" * 32, problem="Mörkt", cause="Släckt", mechanism=("V1",), text="Byt lampan",
    expected_effect="Man ser", goal_conflict="Ingen", responsible="GATA", due=date(2026, 11, 20),
)  # fmt: skip


def test_a_measure_that_says_everything_has_no_gaps_and_one_that_says_nothing_has_all() -> None:
    assert gaps_of(WHOLE) == ()
    bare = Measure(id="1" * 32, scope="2" * 32)
    assert len(gaps_of(bare)) == 8
    assert "responsible" in gaps_of(replace(WHOLE, responsible="UTR"))


def test_what_is_not_carried_out_needs_a_reason_in_place_of_a_day() -> None:
    declined = replace(WHOLE, status=MeasureStatus.REJECTED, due=None)
    assert is_declined(declined)
    assert gaps_of(declined) == ("decision_reason",)
    assert gaps_of(replace(declined, decision_reason="Vägen ska rivas.")) == ()


def test_danger_comes_before_the_term_and_the_term_before_what_is_usual(checklist: Checklist) -> None:
    lamp, long = (
        checklist.item("A1"),
        next(each for each in checklist.items.values() if each.term == Term.LONG and not each.acute),
    )
    assert suggested_priority(Term.LONG, [lamp], acute=True) == Priority.A
    assert suggested_priority(Term.SHORT, [long], acute=False) == Priority.B
    assert suggested_priority(None, [long], acute=False) == Priority.C
    assert suggested_priority(None, [], acute=False) == Priority.B
    assert unanswered([], []) == []
