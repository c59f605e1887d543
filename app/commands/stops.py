"""Stops of a walk."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from app.base.errors import BadInput
from app.base.words import _
from app.commands.checks import check_new
from app.commands.drafts import changed, new_record
from app.domain.change import Draft
from app.domain.live import Averaged
from app.domain.records import Stop
from app.domain.rules import following, order_after, orders_between
from app.domain.standing import kept
from app.session import Session


def add_stop(session: Session, walk: str, values: Mapping[str, Any]) -> str:
    """Add a stop last. Returns its id. Raises BadInput."""
    (stop,), drafts = stop_drafts(session, walk, [values])
    session.write(walk, drafts)
    return stop


def stop_drafts(session: Session, walk: str, stops: Sequence[Mapping[str, Any]]) -> tuple[list[str], list[Draft]]:
    """The ids of new stops that come last, in order, and the drafts that make them. Raises BadInput."""
    ids, drafts = list[str](), list[Draft]()
    order = order_after(session.read(Stop, {"scope": walk}))
    for values in stops:
        check_new(session, walk, Stop, values)
        ids.append(session.new_id())
        drafts += new_record(session, Stop, ids[-1], {**values, "order": order})
        order = following(order)
    return ids, drafts


def place_stop(session: Session, stop: Stop, found: Averaged) -> None:
    """Give a stop, as it was shown, the position at which somebody stood with a receiver, and keep how it came about.
    One undo takes back both."""
    session.write(stop.scope, changed(stop, _stood(found)))


def add_stop_here(session: Session, walk: str, name: str, found: Averaged) -> str:
    """Add a stop last, where somebody stood with a receiver. Returns its id. Raises BadInput."""
    return add_stop(session, walk, {"name": name, **_stood(found)})


def _stood(found: Averaged) -> dict[str, Any]:
    return {"position": found.position, "averaged": kept(found)}


def move_stop(session: Session, stop: Stop, before: Stop | None) -> None:
    """Move a stop to before another one; None is the end. Raises BadInput where that is the stop itself."""
    if before and before.id == stop.id:
        raise BadInput("stop", _("En plats kan inte stå före sig själv."), _("Skriv en annan plats."))
    others = [each for each in session.read(Stop, {"scope": stop.scope}, order=("order",)) if each.id != stop.id]
    place = next((i for i, each in enumerate(others) if before and each.id == before.id), len(others))
    orders = orders_between([str(each.order) for each in others[:place]], [str(each.order) for each in others[place:]])
    drafts = [changed(each, {"order": order}) for each, order in zip((stop, *others[place:]), orders, strict=False)]
    session.write(stop.scope, list(chain.from_iterable(drafts)))
