"""The walks of this home as the first page shows them: what each is, how far it has come, what comes next."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.records import Measure, Observation, Photo, SafetyWalk, Stop
from app.domain.rules import is_over
from app.domain.values import known
from app.session import Session


class Stage(StrEnum):
    """How far a walk has come: before, under way, after."""

    PLANNED = "planned"
    WALKING = "walking"
    AFTER = "after"


@dataclass(frozen=True)
class WalkCard:
    """A walk on the first page. `unsent` counts changes that are in no batch yet; `began`: some are in one, so that
    part of the walk has left this device or come to it."""

    walk: SafetyWalk
    stage: Stage
    stops: int
    observations: int
    photos: int
    measures: int
    unsent: int
    began: bool
    conflicts: int


def stage_of(walk: SafetyWalk, observations: int, now: datetime) -> Stage:
    """A walk is over when it was ended, and under way once something was seen."""
    if is_over(walk, now):
        return Stage.AFTER
    return Stage.WALKING if observations else Stage.PLANNED


def is_due(walk: SafetyWalk, today: date) -> bool:
    """Whether the day has come on which a walk was to be purged."""
    return isinstance(walk.retention_until, date) and walk.retention_until <= today


def overview(session: Session) -> list[WalkCard]:
    """Every walk of this home: those not ended first, then the latest first."""
    cards = []
    for walk in session.read(SafetyWalk):
        counts = session.counts(walk.id)
        seen = counts.get(Observation.KIND, 0)
        card = WalkCard(
            walk=walk,
            stage=stage_of(walk, seen, session.clock()),
            stops=counts.get(Stop.KIND, 0),
            observations=seen,
            photos=counts.get(Photo.KIND, 0),
            measures=counts.get(Measure.KIND, 0),
            unsent=session.log.unsent(walk.id),
            began=bool(session.log.batches(walk.id)),
            conflicts=len(session.conflicts(walk.id)),
        )
        cards.append(card)
    cards.sort(key=_latest_first)
    return cards


def _latest_first(card: WalkCard) -> tuple[bool, float, str]:
    starts = known(card.walk.starts, datetime) or known(card.walk.created, datetime)
    return card.stage == Stage.AFTER, -starts.timestamp() if starts else 0.0, card.walk.id
