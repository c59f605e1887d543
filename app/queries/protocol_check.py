"""What stands in the way of a good protocol, found in the records that are shown."""

from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum

from app.domain.checklist import UNDECIDED
from app.domain.reasoning import is_declined, is_filled
from app.domain.records import Measure, MeasureFor, Observation, Photo
from app.domain.rules import is_draft, is_only_suggested, is_unalarmed
from app.domain.values import ObservationKind
from app.domain.walk import Conflict


class Matter(StrEnum):
    """What may be looked at before the protocol is made, the gravest first."""

    UNALARMED = "unalarmed"
    CONFLICTS = "conflicts"
    REHEARSED = "rehearsed"
    UNSHOWN = "unshown"
    DRAFTS = "drafts"
    SUGGESTED = "suggested"
    UNREASONED = "unreasoned"
    UNDECIDED = "undecided"
    UNANSWERED = "unanswered"
    UNDESCRIBED = "undescribed"


def unanswered(observations: Iterable[Observation], links: Iterable[MeasureFor]) -> list[Observation]:
    """What is not good and has no measure."""
    answered = {each.observation for each in links}
    return [each for each in observations if each.kind != ObservationKind.POSITIVE and each.id not in answered]


def matters(
    observations: Sequence[Observation],
    photos: Sequence[Photo],
    measures: Sequence[Measure],
    links: Sequence[MeasureFor],
    conflicts: Sequence[Conflict],
    unshown: Collection[str],
    rehearsed: Sequence[str] = (),
    practised: Collection[str] = (),
) -> dict[Matter, tuple[str, ...]]:
    """The ids of the records that each matter is about; `unshown` the photos whose picture is not here,
    `rehearsed` what was noted or changed in a rehearsal, `practised` what was only noted there: of that nobody raises
    the alarm."""
    pictured = {each.observation for each in photos}
    shown = {each.id for each in measures}
    drafts = [each.id for each in observations if is_draft(each, each.id in pictured)]
    return {
        Matter.UNALARMED: tuple(each.id for each in observations if is_unalarmed(each) and each.id not in practised),
        Matter.CONFLICTS: tuple(each.id for each in conflicts),
        Matter.REHEARSED: tuple(rehearsed),
        Matter.UNSHOWN: tuple(each.id for each in photos if each.id in unshown),
        Matter.DRAFTS: tuple(drafts),
        Matter.SUGGESTED: tuple(each.id for each in observations if is_only_suggested(each) and each.id not in drafts),
        Matter.UNREASONED: tuple(
            each.id for each in measures if is_declined(each) and not is_filled(each, "decision_reason")
        ),
        Matter.UNDECIDED: tuple(each.id for each in measures if (each.responsible or UNDECIDED) == UNDECIDED),
        Matter.UNANSWERED: tuple(
            each.id for each in unanswered(observations, [each for each in links if each.measure in shown])
        ),
        Matter.UNDESCRIBED: tuple(each.id for each in photos if not str(each.alt or "").strip()),
    }
