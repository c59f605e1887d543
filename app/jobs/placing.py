"""Placing photos by a track that came after them."""

from collections.abc import Collection

from app.base.job import Job, Step
from app.base.words import _
from app.commands.photos import place_photo
from app.domain.records import Observation, Photo, SafetyWalk
from app.domain.rules import is_unplaced
from app.queries.proposals import placed_along, shot_of
from app.session import Session


def place_by_track(session: Session, walk: SafetyWalk, photos: Collection[str]) -> Job[int]:
    """Place those of these photos that nobody knows the place of by time and track, as an import does: one action to
    undo. Returns how many have a place since."""
    yield Step(_("Placerar"), 0, len(photos))
    every = session.read(Photo, {"scope": walk.id})
    observations = {each.id: each for each in session.read(Observation, {"scope": walk.id})}
    placings = placed_along(session, walk, [shot_of(each) for each in every]).placings
    action, count = None, 0
    for done, photo in enumerate(each for each in every if each.id in photos and is_unplaced(each, observations)):
        if placings[photo.id].position is not None:
            placed, action = place_photo(session, photo, placings[photo.id], action)
            count += placed is not None
        yield Step(_("Placerar: {name}").format(name=photo.name), done + 1, len(photos))
    return count
