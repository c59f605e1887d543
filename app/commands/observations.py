"""Observations: the first tap writes `created`; there are no separate drafts."""

from collections.abc import Mapping
from typing import Any

from app.commands.checks import check, check_new
from app.commands.drafts import by_hand, new_record
from app.commands.groups import group_here
from app.domain import rules
from app.domain.letters import next_tag
from app.domain.records import Observation, Remark, Stop, Support
from app.domain.values import ObservationKind, Position, PositionSource, Unknown, known
from app.session import Session

DECIDING = frozenset({"kind", "category", "item", "severity"})
"""Fields that must agree with each other."""


def checked(session: Session, values: Mapping[str, Any]) -> dict[str, Any]:
    """The deciding fields of an observation, made to agree: category from the item, suggestion from the item.
    Raises BadInput where a person contradicted himself."""
    item, said = values.get("item"), values.get("severity")
    category = rules.check_category(session.checklist, values.get("category"), item)
    kind = values.get("kind") or rules.kind_of(session.checklist, category, item, said)
    rules.check_item(session.checklist, kind, item)
    rules.check_severity(kind, category, said)
    suggested = rules.suggested_severity(session.checklist, kind, item) if said is None else None
    severity = None if kind == ObservationKind.POSITIVE else said
    return {"kind": kind, "category": category, "item": item, "severity": severity, "severity_suggested": suggested}


def observe(session: Session, walk: str, values: Mapping[str, Any], *, action: int | None = None) -> str:
    """Note an observation with these fields. Returns its id. Raises BadInput, then nothing is written."""
    return begin(session, walk, values, action)[0]


def check_begin(session: Session, walk: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Whether an observation can begin with these fields. Returns those that decide its kind, made to agree. Raises
    BadInput."""
    check_new(session, walk, Observation, values)
    return checked(session, values)


def begin(session: Session, walk: str, values: Mapping[str, Any], action: int | None = None) -> tuple[str, int]:
    """Note an observation to which more will belong, its photos. Returns its id and the action. Raises BadInput.

    Without a position of its own it has that of its stop, and says so. It is of the group this device walks with,
    unless another is said.
    """
    said = {**values, **check_begin(session, walk, values)}
    said.setdefault("observed_at", session.clock())
    if said.get("position") is not None:
        said.setdefault("position_source", PositionSource.HAND)
    elif said.get("stop"):
        (stop,) = session.read(Stop, {"scope": walk, "id": said["stop"]})
        if isinstance(stop.position, Position):
            said |= {"position": stop.position, "position_source": PositionSource.STOP}
    observation = session.new_id()
    with session.writing(walk) as here:
        if "group" not in said:
            said["group"] = group_here(session, walk)
        said["tag"] = next_tag(here.letter, session.tags(walk, here.letter))
        written = here.write(new_record(session, Observation, observation, said), action)
    return observation, written.action


def decided(session: Session, observation: Observation, values: Mapping[str, Any]) -> dict[str, Any]:
    """What is written where these fields are set; those that decide its kind are checked together. An item or category
    of a newer checklist stays as it is unless it is one of the fields. Raises BadInput."""
    check(session, observation, values)
    written = _placed(session, observation, values)
    if DECIDING & set(values):
        foreign = _foreign(session, observation) - set(values)
        now = {name: None if name in foreign else getattr(observation, name) for name in DECIDING}
        if values.get("item") is not None and "category" not in values:
            now["category"] = None
        if "kind" in values and "severity" not in values and values["kind"] != ObservationKind.DEFICIENCY:
            now["severity"] = None
        agreed = checked(session, {**now, **values})
        if "item" in foreign and agreed["severity_suggested"] is not None:
            agreed["severity_suggested"] = observation.severity_suggested or agreed["severity_suggested"]
        kept = foreign - {"category"} if "item" in values else foreign
        written |= {
            name: value
            for name, value in agreed.items()
            if name not in kept and (name in values or value != getattr(observation, name))
        }
    return written


def _foreign(session: Session, observation: Observation) -> set[str]:
    """The deciding fields whose values this version or its checklist does not know."""
    names = {name for name in DECIDING if isinstance(getattr(observation, name), Unknown)}
    if observation.item is not None and observation.item not in session.checklist.items:
        names.add("item")
    if observation.category is not None and observation.category not in {
        each.id for each in session.checklist.categories
    }:
        names.add("category")
    return names


def _placed(session: Session, observation: Observation, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values, with the new stop's position where the observation has none of its own."""
    said = by_hand(observation, values)
    own = observation.position is not None and observation.position_source != PositionSource.STOP
    if "stop" not in values or "position" in values or own:
        return said
    stops = session.read(Stop, {"scope": observation.scope, "id": values["stop"]}) if values["stop"] else []
    place = known(stops[0].position, Position) if stops else None
    source = PositionSource.NONE if place is None else PositionSource.STOP
    return {**said, "position": place, "position_source": source}


def support(session: Session, observation: Observation, role: str = "", count: int = 1) -> str:
    """ "Fler tyckte så": `count` more people said the same. Returns the support's id."""
    record = session.new_id()
    said = {"observation": observation.id, "role": role, "count": count}
    session.write(observation.scope, new_record(session, Support, record, said))
    return record


def remark(session: Session, walk: str, target: str, text: str, role: str = "") -> str:
    """Add a signed remark to a record. Returns the remark's id."""
    return begin_remark(session, walk, target, text, role)[0]


def begin_remark(session: Session, walk: str, target: str, text: str, role: str = "") -> tuple[str, int]:
    """Add a signed remark that is still being typed. Returns its id and the action that the rest of it goes on with."""
    record = session.new_id()
    said = {"target": target, "text": text, "role": role}
    written = session.write(walk, new_record(session, Remark, record, said))
    return record, written.action
