"""Noting something while walking: each tap is one of these. What is already so is not written again."""

from typing import Any

from app.commands.observations import observe
from app.commands.records import set_fields
from app.domain.record import news_in
from app.domain.records import Observation
from app.domain.rules import meant
from app.domain.values import Alarm, LampFault, ObservationKind, Position, Severity, known
from app.session import Session


def choose_category(session: Session, observation: Observation, category: str) -> None:
    """What an observation as it was shown is about. Raises BadInput."""
    _say(session, observation, "category", category)


def choose_item(session: Session, observation: Observation, item: str) -> None:
    """What exactly was seen. Raises BadInput."""
    _say(session, observation, "item", item)


def rate(session: Session, observation: Observation, severity: Severity) -> None:
    """How serious a person says it is. Raises BadInput."""
    _say(session, observation, "severity", severity)


def call_danger(session: Session, observation: Observation) -> None:
    """Danger, now, and nobody has said of what: a category or an item that was chosen before is let go. What was
    written and photographed stays. Raises BadInput."""
    danger = {"kind": ObservationKind.DEFICIENCY, "category": None, "item": None, "severity": Severity.DANGER}
    news = news_in(observation, danger)
    if news:
        set_fields(session, observation, news)


def _say(session: Session, observation: Observation, name: str, value: Any) -> None:
    news = meant(session.checklist, observation, name, value)
    if news:
        set_fields(session, observation, news)


def alarm(session: Session, observation: Observation, called: Alarm) -> None:
    """Who was called, now. Always written: a second call is a fact of its own."""
    set_fields(session, observation, {"alarm": called, "alarm_at": session.clock()})


def another_like(session: Session, observation: Observation) -> str:
    """One more of the same, at the same stop: the next lamp-post of a dark row, with what a person said is wrong with
    it and how serious that is. Danger is said anew for each. Returns its id."""
    said: dict[str, Any] = {name: known(getattr(observation, name), str) for name in ("category", "item", "stop")}
    if said["item"] not in session.checklist.items:
        said["item"] = None
    if said["stop"] is None:
        said["position"] = known(observation.position, Position)
    severity = known(observation.severity, Severity)
    if severity not in (None, Severity.DANGER) and observation.kind == ObservationKind.DEFICIENCY:
        said |= {"severity": severity, "kind": ObservationKind.DEFICIENCY}
    faults = known(observation.lamp_faults, tuple) or ()
    said["lamp_faults"] = tuple(each for each in faults if each in set(LampFault)) or None
    said["deliberate_off"] = known(observation.deliberate_off, bool)
    return observe(session, observation.scope, {name: each for name, each in said.items() if each is not None})
