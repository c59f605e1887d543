"""Stops of a walk."""

from collections.abc import Mapping
from typing import Any

from app.commands.checks import check_new
from app.commands.drafts import changed, new_record
from app.domain.records import Stop
from app.domain.rules import between, order_after
from app.session import Session


def add_stop(session: Session, walk: str, values: Mapping[str, Any], action: int | None = None) -> str:
    """Add a stop last. Returns its id. Raises BadInput."""
    check_new(session, walk, Stop, values)
    stop = session.new_id()
    order = order_after(session.read(Stop, {"scope": walk}))
    session.write(walk, new_record(session, Stop, stop, {**values, "order": order}), action=action)
    return stop


def move_stop(session: Session, stop: Stop, after: Stop | None, before: Stop | None) -> None:
    """Move a stop between two others; None is the beginning or the end."""
    order = between(after.order if after else "", before.order if before else "")
    session.write(stop.scope, changed(stop, {"order": order}))
