"""What is still to be thought of about a measure, and the priority that follows from what is known."""

from dataclasses import replace
from datetime import date

from app.domain.checklist import Checklist
from app.domain.reasoning import gaps_of, is_declined, is_reported, stands_as_reported, usual_priority
from app.domain.records import Measure, Observation
from app.domain.values import Alarm, MeasureStatus, ObservationKind, Priority, Severity, Term
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


def _about(item: str | None = None, **said: object) -> Observation:
    return Observation(id="3" * 32, scope="2" * 32, item=item, **said)  # type: ignore[arg-type]


def test_danger_comes_before_the_term_and_the_term_before_what_is_usual(checklist: Checklist) -> None:
    items = checklist.items.values()
    lasting = next(each.id for each in items if each.term == Term.LONG and not each.acute)
    acute = next(each.id for each in items if each.acute)

    def priority(term: Term | None, *answers: Observation) -> Priority:
        return usual_priority(checklist, replace(WHOLE, term=term), answers)

    assert priority(Term.LONG, _about("A1", severity=Severity.DANGER)) == Priority.A
    assert priority(Term.LONG, _about(acute)) == Priority.A
    assert priority(Term.LONG, _about("A1", alarm=Alarm.SOS)) == Priority.A
    assert priority(Term.SHORT, _about(lasting)) == Priority.B
    assert priority(None, _about(lasting)) == Priority.C
    assert priority(None, _about(lasting), _about("A1")) == Priority.B
    assert priority(None, _about("Z9")) == priority(None) == Priority.B
    assert unanswered([], []) == []


def test_an_alarm_about_what_turned_out_to_be_good_is_not_acute(checklist: Checklist) -> None:
    good = _about(kind=ObservationKind.POSITIVE, alarm=Alarm.SOS)
    assert usual_priority(checklist, WHOLE, [good]) == Priority.B


def test_a_case_number_says_that_it_was_reported_and_any_status_says_more() -> None:
    reported = replace(WHOLE, external_case_no="F-2026-1187")
    assert is_reported(reported) and stands_as_reported(reported)
    assert not is_reported(replace(WHOLE, external_case_no="  "))
    done = replace(reported, status=MeasureStatus.DONE)
    assert is_reported(done) and not stands_as_reported(done)
