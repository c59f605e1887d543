"""Measures: proposed, each with one responsible party."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from app.base.errors import BadInput
from app.base.words import _
from app.commands.checks import check, check_new
from app.commands.drafts import new_record
from app.domain.entry import zone_or_default
from app.domain.records import Measure, MeasureFor, Observation, Party, SafetyWalk
from app.domain.rules import check_text
from app.domain.values import Priority, Unknown, known
from app.session import Session

SHARED = frozenset(
    {"problem", "cause", "mechanism", "text", "expected_effect", "indicator", "follow_up_on", "goal_conflict", "term"}
)
"""What a measure that is proposed to one more party takes along."""


def check_decision(session: Session, walk: str, values: Mapping[str, Any]) -> None:
    """Raises BadInput where a mechanism or a responsible party is unknown, or a D has no reason."""
    for code in values.get("mechanism") or ():
        session.checklist.mechanism(code)
    responsible = values.get("responsible")
    if responsible and not session.read(Party, {"scope": walk, "code": responsible}):
        session.checklist.party(responsible)
    if values.get("priority") == Priority.D and not values.get("decision_reason"):
        raise BadInput(
            "reason",
            _("Prioritet D, genomförs inte, kräver ett skäl."),
            _("Skriv skälet i fältet Motivering."),
        )


def add_measure(session: Session, walk: str, answers: Sequence[Observation], values: Mapping[str, Any]) -> str:
    """Propose a measure for observations. What was not said comes from the first observation's item: problem,
    responsible, mechanism, term. Returns its id. Raises BadInput."""
    said = {**suggestion(session, answers[0]), **values} if answers else dict(values)
    check_new(session, walk, Measure, said)
    check_decision(session, walk, said)
    measure = session.new_id()
    drafts = new_record(session, Measure, measure, said)
    for observation in dict.fromkeys(each.id for each in answers):
        drafts += new_record(session, MeasureFor, session.new_id(), {"measure": measure, "observation": observation})
    session.write(walk, drafts)
    return measure


def suggestion(session: Session, observation: Observation) -> dict[str, Any]:
    """What the item of an observation usually leads to."""
    found: dict[str, Any] = {"problem": _writable(observation.text)}
    if isinstance(observation.item, str) and observation.item in session.checklist.items:
        item = session.checklist.items[observation.item]
        found |= {"responsible": item.responsible[0], "mechanism": item.mechanisms[:1], "term": item.term}
        found["text"] = str(item.measure)
    return found


def _writable(text: object) -> str:
    """A text as a person may write it; nothing where a newer version let in what this one does not."""
    try:
        check_text("text", known(text, str) or "")
    except BadInput:
        return ""
    return known(text, str) or ""


def decided(session: Session, measure: Measure, values: Mapping[str, Any]) -> dict[str, Any]:
    """What is written where these fields of a measure are set. A new status gets its day. Raises BadInput."""
    check(session, measure, values)
    decided = {"priority": measure.priority, "decision_reason": measure.decision_reason}
    check_decision(session, measure.scope, {**(decided if decided.keys() & values.keys() else {}), **values})
    said = dict(values)
    if "status" in said:
        said.setdefault("status_at", _today(session, measure.scope))
    return said


def _today(session: Session, scope: str) -> date:
    """The day where a walk is."""
    zone = next((each.zone for each in session.read(SafetyWalk, {"id": scope})), None)
    return session.clock().astimezone(ZoneInfo(zone_or_default(zone))).date()


def share(session: Session, measure: Measure, answers: Sequence[MeasureFor], responsible: str) -> str:
    """Propose the same to another party, for the same observations: two owners are two measures. What the first one
    has decided, promised and answered is not taken along. Returns the new one's id. Raises BadInput."""
    said = {each.name: getattr(measure, each.name) for each in Measure.FIELDS if each.name in SHARED}
    said = {name: value for name, value in said.items() if not isinstance(value, Unknown)}
    said["responsible"] = responsible
    check_new(session, measure.scope, Measure, said)
    check_decision(session, measure.scope, said)
    record = session.new_id()
    drafts = new_record(session, Measure, record, said)
    for observation in dict.fromkeys(each.observation for each in answers):
        drafts += new_record(session, MeasureFor, session.new_id(), {"measure": record, "observation": observation})
    session.write(measure.scope, drafts)
    return record
