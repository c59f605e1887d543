"""What of the photos lies on this device, and what one of them showed before."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from app.base.words import _
from app.domain.letters import shown_tags
from app.domain.record import is_hash
from app.domain.records import Observation, Photo, SafetyWalk
from app.domain.walk import Line
from app.session import Session

FAR = timedelta(days=1)
"""A photo taken so long before or after a walk is hardly of it; or the camera's clock is wrong."""


def lies_here(session: Session, name: object) -> bool:
    """Whether a value names a file that lies on this device."""
    return is_hash(name) and session.blobs.has(name)


def lacking(session: Session, photos: Iterable[Photo]) -> frozenset[str]:
    """The ids of photos whose small picture has not come here yet, or was found damaged."""
    return frozenset(each.id for each in photos if is_hash(each.thumb) and not lies_here(session, each.thumb))


def awaited(session: Session, photos: Iterable[Photo]) -> frozenset[str]:
    """The ids of photos whose picture for a page was made, and has not come here."""
    return frozenset(each.id for each in photos if is_hash(each.report) and not lies_here(session, each.report))


def unshown(session: Session, photos: Iterable[Photo]) -> frozenset[str]:
    """The ids of photos that no page can show: their picture for it has not come here, or there is none."""
    return frozenset(each.id for each in photos if not lies_here(session, each.report))


def of_another_day(session: Session, scope: str, photos: Collection[str]) -> int:
    """How many of these photos were taken more than a day before or after the walk."""
    (walk,) = session.read(SafetyWalk, {"id": scope}) or (None,)
    if walk is None or not isinstance(walk.starts, datetime):
        return 0
    ends = walk.ends if isinstance(walk.ends, datetime) else walk.starts
    taken = [each.taken_at for each in session.read(Photo, {"scope": scope}) if each.id in photos]
    return sum(isinstance(at, datetime) and not walk.starts - FAR <= at <= ends + FAR for at in taken)


def original_size(session: Session, photo: Photo) -> int | None:
    """How many bytes the original has; None where it does not lie here."""
    return session.blobs.path(str(photo.original)).stat().st_size if lies_here(session, photo.original) else None


def moved(session: Session, photo: Photo, observation: str) -> str:
    """A sentence where a photo, as it was shown before, showed another observation than now."""
    if not photo.observation or photo.observation == observation:
        return ""
    tags = shown_tags(session.read(Observation, {"scope": photo.scope}))
    if photo.observation not in tags:
        return ""
    text = _("Fotot visade {before} och visar nu {now}; undo ger tillbaka det.")
    return text.format(before=tags[photo.observation], now=tags[observation])


def within(photos: Iterable[Photo], tracks: Iterable[Line], right: Mapping[str, datetime]) -> list[Photo]:
    """Those of these photos that were taken while a track was walked, which can therefore say where. `right`: when they
    were taken by a right clock (UTC, by id), where that is not what their camera said."""
    times = [[fix.time for fix in part if fix.time] for line in tracks for part in line.segments]
    spans = [(min(each), max(each)) for each in times if each]

    def is_within(photo: Photo) -> bool:
        at = right.get(photo.id, photo.taken_at)
        return isinstance(at, datetime) and any(a <= at <= b for a, b in spans)

    return [each for each in photos if is_within(each)]
