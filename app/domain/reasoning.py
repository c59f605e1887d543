"""How far the argument for a measure has come, and which priority follows from what is known."""

from collections.abc import Iterable

from app.domain.checklist import UNDECIDED, Item
from app.domain.records import Measure
from app.domain.values import MeasureStatus, Priority, Term

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


def suggested_priority(term: object, items: Iterable[Item], *, acute: bool) -> Priority:
    """The priority of a measure for which nobody has set one: danger now or an acute item is A; its own term, else the
    usual term of the items it answers, decides between B and C."""
    usual = tuple(items)
    if acute or any(each.acute for each in usual):
        return Priority.A
    if isinstance(term, Term):
        return Priority.C if term == Term.LONG else Priority.B
    return Priority.C if usual and all(each.term == Term.LONG for each in usual) else Priority.B
