"""What of the photos lies on this device, and what one of them showed before."""

from collections.abc import Iterable

from app.base.words import _
from app.domain.record import is_hash
from app.domain.records import Observation, Photo
from app.session import Session


def lies_here(session: Session, name: object) -> bool:
    """Whether a value names a file that lies on this device."""
    return is_hash(name) and session.blobs.has(name)


def lacking(session: Session, photos: Iterable[Photo]) -> frozenset[str]:
    """The ids of photos whose small picture has not come here yet, or was found damaged."""
    return frozenset(each.id for each in photos if is_hash(each.thumb) and not lies_here(session, each.thumb))


def original_size(session: Session, photo: Photo) -> int | None:
    """How many bytes the original has; None where it does not lie here."""
    return session.blobs.path(str(photo.original)).stat().st_size if lies_here(session, photo.original) else None


def moved(session: Session, photo: Photo, observation: str) -> str:
    """A sentence where a photo, as it was shown before, showed another observation than now."""
    if not photo.observation or photo.observation == observation:
        return ""
    tags = {each.id: str(each.tag) for each in session.read(Observation, {"scope": photo.scope})}
    if photo.observation not in tags:
        return ""
    text = _("Fotot visade {before} och visar nu {now}; undo ger tillbaka det.")
    return text.format(before=tags[photo.observation], now=tags[observation])
