"""How a stop feels: one answer is one record, without a name. The first press of a person writes it, every press after
that changes it."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.commands.checks import check_new
from app.commands.drafts import new_record
from app.commands.records import set_fields
from app.domain.record import CREATED, news_in
from app.domain.records import SafetyRating
from app.domain.values import known
from app.session import Session

GROUP = "group"
"""In `role_or_group`: a group answered together, on the device that it carries."""


def answer(
    session: Session, walk: str, stop: str, said: Mapping[str, Any], before: SafetyRating | None, *, group: bool = False
) -> str:
    """Keep what somebody says of a stop: `said` is `feels` or `alone_in_dark`. `before` is that person's, or the
    group's, own answer as it was shown, None where there is none yet. Returns the answer's id. Raises BadInput."""
    if before is not None:
        # Who presses what already holds has said nothing new.
        if news := news_in(before, said):
            set_fields(session, before, news)
        return before.id
    values = {"stop": stop, "role_or_group": GROUP if group else "", **said}
    check_new(session, walk, SafetyRating, values)
    made = session.new_id()
    session.write(walk, new_record(session, SafetyRating, made, values))
    return made


def people_at(ratings: Iterable[SafetyRating], stop: str) -> int:
    """How many people have answered for themselves at a stop."""
    own = (each for each in ratings if each.stop == stop and not is_group(each))
    return sum(max(1, known(each.count, int) or 1) for each in own)


def is_group(rating: SafetyRating) -> bool:
    """Whether a group answered together."""
    return rating.role_or_group == GROUP


def group_answer(session: Session, ratings: Iterable[SafetyRating], stop: str) -> SafetyRating | None:
    """What the group that carries this device answered at a stop: another group has another device."""
    return next((each for each in ratings if each.stop == stop and is_group(each) and _is_mine(session, each)), None)


def _is_mine(session: Session, rating: SafetyRating) -> bool:
    history = session.history(SafetyRating.KIND, rating.id)
    return any(each["field"] == CREATED and each["device"] == session.identity.device for each in history)
