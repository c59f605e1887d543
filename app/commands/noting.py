"""Noting something while walking: each tap is one of these. What is already so is not written again."""

from collections.abc import Mapping
from typing import Any

from app.commands.observations import observe
from app.commands.records import set_fields
from app.domain.checklist import Checklist
from app.domain.records import Observation
from app.domain.rules import kind_of
from app.domain.values import Alarm, LampFault, ObservationKind, Position, Severity, known
from app.session import Session


def choose_category(session: Session, observation: Observation, category: str) -> None:
    """What an observation as it was shown is about. An item of another category is let go. Raises BadInput."""
    if category == observation.category:
        return
    kind = kind_of(session.checklist, category, None)
    _set(session, observation, {"category": category, "item": None, "kind": kind})


def choose_item(session: Session, observation: Observation, item: str) -> None:
    """What exactly was seen; the category and the kind follow from it. Raises BadInput."""
    found = session.checklist.item(item)
    _set(session, observation, {"item": item, "category": found.category, "kind": found.kind})


def rated(checklist: Checklist, observation: Observation, severity: Severity) -> dict[str, Any]:
    """The fields that say how serious a person says it is. 0 is something good, anything else a deficiency; an item
    that says what is wrong is let go by what is good. A kind that it has already is not said again."""
    kind = ObservationKind.POSITIVE if severity == Severity.GOOD else ObservationKind.DEFICIENCY
    said: dict[str, Any] = {} if observation.kind == kind else {"kind": kind}
    if severity != Severity.GOOD:
        return {"severity": severity, **said}
    item = checklist.items.get(str(observation.item))
    if item is None or item.kind == ObservationKind.POSITIVE:
        return said
    # Said together, for an item that is let go takes its category along.
    return {**said, "item": None, "category": item.category}


def rate(session: Session, observation: Observation, severity: Severity) -> None:
    """How serious a person says it is, as `rated` says. Raises BadInput."""
    said = rated(session.checklist, observation, severity)
    if any(value != getattr(observation, name) for name, value in said.items()):
        set_fields(session, observation, said)


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


def _set(session: Session, observation: Observation, values: Mapping[str, Any]) -> None:
    news = {name: value for name, value in values.items() if value != getattr(observation, name)}
    if news:
        set_fields(session, observation, news)
