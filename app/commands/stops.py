"""Stops of a walk."""

from collections.abc import Mapping
from itertools import chain
from typing import Any

from app.base.errors import BadInput
from app.base.words import _
from app.commands.checks import check_new
from app.commands.drafts import changed, new_record
from app.domain.records import Stop
from app.domain.rules import order_after, orders_between
from app.session import Session


def add_stop(session: Session, walk: str, values: Mapping[str, Any], action: int | None = None) -> str:
    """Add a stop last. Returns its id. Raises BadInput."""
    check_new(session, walk, Stop, values)
    stop = session.new_id()
    order = order_after(session.read(Stop, {"scope": walk}))
    session.write(walk, new_record(session, Stop, stop, {**values, "order": order}), action=action)
    return stop


def move_stop(session: Session, stop: Stop, before: Stop | None) -> None:
    """Move a stop to before another one; None is the end. Raises BadInput where that is the stop itself."""
    if before and before.id == stop.id:
        raise BadInput("stop", _("En plats kan inte stå före sig själv."), _("Skriv en annan plats."))
    others = [each for each in session.read(Stop, {"scope": stop.scope}, order=("order",)) if each.id != stop.id]
    place = next((i for i, each in enumerate(others) if before and each.id == before.id), len(others))
    orders = orders_between([str(each.order) for each in others[:place]], [str(each.order) for each in others[place:]])
    drafts = [changed(each, {"order": order}) for each, order in zip((stop, *others[place:]), orders, strict=False)]
    session.write(stop.scope, list(chain.from_iterable(drafts)))
