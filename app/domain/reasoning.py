"""How far the argument for a measure has come, and which priority follows from what is known."""

from collections.abc import Iterable

from app.domain.checklist import UNDECIDED, Checklist
from app.domain.records import Measure, Observation
from app.domain.rules import is_acute
from app.domain.values import MeasureStatus, Priority, Term, known

LINKS = ("problem", "cause", "mechanism", "text", "expected_effect", "goal_conflict")
"""The chain from problem to measure and on to what it may hurt: fields of a measure, in order."""


def is_filled(measure: Measure, link: str) -> bool:
    """Whether a field says something."""
    value = getattr(measure, link)
    return bool(value.strip() if isinstance(value, str) else value)


def is_declined(measure: Measure) -> bool:
    """Whether it is not carried out, which needs a reason."""
    return measure.priority == Priority.D or measure.status == MeasureStatus.REJECTED


def gaps_of(measure: Measure) -> tuple[str, ...]:
    """The fields that are still to be thought of: links of the chain, a party, a day; of what is not done its reason
    in place of a day."""
    if measure.status == MeasureStatus.DUPLICATE:
        return ()
    found = [link for link in LINKS if not is_filled(measure, link)]
    if not is_filled(measure, "responsible") or measure.responsible == UNDECIDED:
        found.append("responsible")
    last = "decision_reason" if is_declined(measure) else "due"
    return (*found, *([] if is_filled(measure, last) else [last]))


def is_reported(measure: Measure) -> bool:
    """Whether it was reported as a fault: it has the case number of whoever mends it."""
    return bool((known(measure.external_case_no, str) or "").strip())


def stands_as_reported(measure: Measure) -> bool:
    """Whether *Felanmäld* says more of it than its status: nothing but the report has happened so far."""
    return measure.status == MeasureStatus.NEW and is_reported(measure)


def usual_priority(checklist: Checklist, measure: Measure, answers: Iterable[Observation]) -> Priority:
    """The priority of a measure for which nobody has set one, from the observations that it answers: danger now or an
    acute item is A; its own term, else the usual term of their items, decides between B and C."""
    seen = tuple(answers)
    usual = [checklist.items[str(each.item)] for each in seen if each.item in checklist.items]
    if any(map(is_acute, seen)) or any(each.acute for each in usual):
        return Priority.A
    if isinstance(measure.term, Term):
        return Priority.C if measure.term == Term.LONG else Priority.B
    return Priority.C if usual and all(each.term == Term.LONG for each in usual) else Priority.B
