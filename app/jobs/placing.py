"""Placing photos by a track that came after them."""

from collections.abc import Collection
from datetime import datetime

from app.base.job import Job, Step
from app.base.words import _
from app.commands.photos import place_photo
from app.domain.placing import positions_of
from app.domain.records import Observation, Photo, SafetyWalk, Stop, TrackChunk
from app.domain.rules import is_unplaced
from app.domain.values import Position, PositionSource, TakenAtSource, known
from app.jobs.photos import tracks_of
from app.photos.geotag import Shot, place_all
from app.queries.whole import lines
from app.session import Session


def place_by_track(session: Session, walk: SafetyWalk, photos: Collection[str]) -> Job[int]:
    """Place those of these photos that nobody knows the place of by time and track, as an import does: one action to
    undo. Returns how many have a place since."""
    yield Step(_("Placerar"), 0, len(photos))
    every = session.read(Photo, {"scope": walk.id})
    observations = {each.id: each for each in session.read(Observation, {"scope": walk.id})}
    tracks = [line.segments for line in lines(tracks_of(session, walk), session.read(TrackChunk, {"scope": walk.id}))]
    stops = positions_of(session.read(Stop, {"scope": walk.id}))
    placings = place_all([_shot(each) for each in every], stops, tracks).placings
    action, count = None, 0
    for done, photo in enumerate(each for each in every if each.id in photos and is_unplaced(each, observations)):
        if placings[photo.id].position is not None:
            placed, action = place_photo(session, photo, placings[photo.id], action)
            count += placed is not None
        yield Step(_("Placerar: {name}").format(name=photo.name), done + 1, len(photos))
    return count


def _shot(photo: Photo) -> Shot:
    """A photo as it was when it was read in. What is kept of its camera's clock is only an error; where it has its own
    position and no error, its clock was right."""
    source = known(photo.taken_at_source, TakenAtSource) or TakenAtSource.NONE
    own = known(photo.position, Position) if photo.position_source == PositionSource.EXIF else None
    right = 0.0 if own is not None and source == TakenAtSource.OFFSET else None
    error = known(photo.clock_error_s, float)
    return Shot(
        key=photo.id,
        camera=str(photo.camera),
        taken_at=known(photo.taken_at, datetime),
        taken_at_source=source,
        position=own,
        accuracy_m=known(photo.accuracy_m, float),
        difference_s=error if error is not None else right,
    )
