"""Where photos were taken, as is proposed: by their own place, by track and time. Nothing is written.

What a person, a stop or an observation has placed is left as it is. A proposal is *safe* where nothing speaks against
it; one that a person should look at is *doubtful*: a gap in the track, tracks that differ, a place that calls itself
vague, a time by a clock of which nobody knows how it goes, or another stop than the photo has now. What the track has
placed already and surely was taken elsewhere, by what is known of clocks now, is *to be moved*.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.base.clock import iso
from app.domain.numbers import photo_key
from app.domain.placing import Placing, nearest_stop, positions_of
from app.domain.records import CameraClock, Observation, Photo, SafetyWalk, Stop, Track, TrackChunk
from app.domain.rules import is_unplaced, is_walked
from app.domain.values import Position, PositionSource, TakenAtSource, known
from app.photos.geotag import ClockError, Geotagged, Shot, clock_errors, is_by_clock, known_clocks, moment_of, place_all
from app.queries.whole import lines
from app.session import Session
from app.settings import MOST_AHEAD_S, load_camera_clocks, load_said_clocks

AS_GOOD_AS_M = 5.0
"""A place so near is none that is worth a change."""
BY_MACHINE = (PositionSource.EXIF, PositionSource.TRACK, PositionSource.NONE)
"""How the place of a photo is known where nobody has said it."""


class Sure(StrEnum):
    """How sure a proposal is; `MOVED`: the photo is placed and surely belongs elsewhere; `PLACED`: it is where it
    belongs already; `UNKNOWN`: nothing can be proposed."""

    SAFE = "safe"
    MOVED = "moved"
    DOUBTFUL = "doubtful"
    PLACED = "placed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Proposed:
    """A photo, when it was taken by a right clock (UTC), and where. `perhaps`: the stop near a doubtful place; `blind`:
    it is doubtful as nobody knows how its camera's clock goes."""

    photo: Photo
    moment: datetime | None
    placing: Placing
    sure: Sure
    perhaps: str | None = None
    blind: bool = False


@dataclass(frozen=True)
class Proposal:
    """What is proposed for each photo, in their order. `clocks`: how the clocks of their cameras go, by camera, where
    that is known; `unknown`: the cameras, "" among them, of whose clocks nobody knows it. Where there are no photos it
    is said of all of the walk. `said`: by camera the seconds that a person said are to be added to its clock."""

    photos: tuple[Proposed, ...]
    clocks: Mapping[str, ClockError]
    unknown: tuple[str, ...]
    said: Mapping[str, float] = field(default_factory=dict)

    def of(self, *sure: Sure) -> list[Proposed]:
        """Those that are so sure."""
        return [each for each in self.photos if each.sure in sure]


def tracks_of(session: Session, walk: SafetyWalk) -> list[Track]:
    """The tracks of a walk that somebody walked, this device's first."""
    found = [each for each in session.read(Track, {"scope": walk.id}) if is_walked(each)]

    def place_in_row(each: Track) -> tuple[bool, str, str]:
        made = iso(each.created) if isinstance(each.created, datetime) else "~"
        return each.device != session.identity.device, made, each.id

    return sorted(found, key=place_in_row)


def shot_of(photo: Photo) -> Shot:
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
        difference_s=(error or None) if error is not None else right,
        is_right=error == 0,
    )


def _noted(session: Session, walk: str) -> dict[str, ClockError]:
    """How cameras' clocks go, as a photo of the clock page told or a person said last; those of cameras without a name
    are not the same. Before that was written in the walk it was kept beside the log, of this device alone, with what a
    person said until that was taken back."""
    told = load_camera_clocks(session.home, walk).items()
    said = [each for each in load_said_clocks(session.home, walk) if session.log.stands(walk, each.device, each.action)]
    found = {
        **{camera: ClockError(camera, ahead_s, 0) for camera, ahead_s in told},
        **{each.camera: ClockError(each.camera, each.ahead_s, 0, said=True) for each in said},
        **{str(each.camera): _told(each) for each in sorted(_clocks(session, walk), key=_when)},
    }
    return {camera: each for camera, each in found.items() if camera}


def _believed(session: Session, walk: str, said: Mapping[str, float] | None) -> dict[str, ClockError]:
    """What is noted, and instead of it what a person says now."""
    now = {camera: ClockError(camera, -seconds, 0, said=True) for camera, seconds in (said or {}).items()}
    return {**_noted(session, walk), **now}


def _clocks(session: Session, walk: str) -> list[CameraClock]:
    """What stands of what was told; what no clock can be is left out."""

    def is_clock(each: CameraClock) -> bool:
        ahead_s = known(each.ahead_s, float)
        return bool(known(each.camera, str)) and ahead_s is not None and abs(ahead_s) < MOST_AHEAD_S

    return [each for each in session.read(CameraClock, {"scope": walk}) if is_clock(each)]


def _when(clock: CameraClock) -> tuple[str, str]:
    at = known(clock.at, datetime)
    return iso(at) if at else "", clock.id


def _told(clock: CameraClock) -> ClockError:
    return ClockError(str(clock.camera), known(clock.ahead_s, float) or 0.0, 0, said=clock.said is True)


def right_moments(session: Session, walk: str, photos: Sequence[Photo]) -> dict[str, datetime]:
    """When these photos, all of a walk, were taken by a right clock (UTC), where that is not what their camera said:
    by what their files tell of their camera's clock and what a photo of the clock page, or a person, told."""
    shots = [shot_of(each) for each in photos]
    errors = clock_errors(shots, _noted(session, walk))
    right = {each.key: moment_of(each, errors) for each in shots}
    return {each.key: at for each in shots if (at := right[each.key]) is not None and at != each.taken_at}


def placed_along(
    session: Session, walk: SafetyWalk, shots: list[Shot], said: Mapping[str, float] | None = None
) -> Geotagged:
    """Where these photos were taken, by the tracks of a walk and what is known of their cameras' clocks; `said` as in
    `Proposal`."""
    tracks = [line.segments for line in lines(tracks_of(session, walk), session.read(TrackChunk, {"scope": walk.id}))]
    stops = positions_of(session.read(Stop, {"scope": walk.id}))
    return place_all(shots, stops, tracks, _believed(session, walk.id, said))


def cameras_of(session: Session, walk: SafetyWalk) -> set[str]:
    """The cameras, "" among them, that the photos of a walk were taken with."""
    return {str(each.camera) for each in session.read(Photo, {"scope": walk.id})}


def proposal(
    session: Session, walk: SafetyWalk, photos: Collection[str] | None = None, said: Mapping[str, float] | None = None
) -> Proposal:
    """What is proposed for these photos; None: for all that nobody knows the place of and all that are to be moved. All
    photos of the walk tell of their own cameras' clocks. `said` as in `Proposal`, instead of what is known of them."""
    every = sorted(session.read(Photo, {"scope": walk.id}), key=photo_key)
    observations = {each.id: each for each in session.read(Observation, {"scope": walk.id})}
    shots = {each.id: shot_of(each) for each in every}
    found = placed_along(session, walk, [*shots.values()], said)
    stops = positions_of(session.read(Stop, {"scope": walk.id}))

    def is_wanted(each: Proposed) -> bool:
        if photos is not None:
            return each.photo.id in photos
        return each.sure is Sure.MOVED or is_unplaced(each.photo, observations)

    proposed = [_proposed(session, each, found, stops, observations) for each in every]
    wanted = tuple(filter(is_wanted, proposed))
    clocks = known_clocks(shots.values(), _believed(session, walk.id, said))
    asked = [shots[each.photo.id] for each in wanted or proposed]
    cameras = {each.camera for each in asked if is_by_clock(each)}
    ours = {camera: clocks[camera] for camera in sorted(cameras & clocks.keys())}
    return Proposal(wanted, ours, tuple(sorted(cameras - clocks.keys())), dict(said or {}))


def to_be_moved(session: Session, walk: SafetyWalk) -> list[str]:
    """The photos (ids) that the track has placed and that surely were taken elsewhere, by what is known of clocks now.
    Where the track has placed none, nothing is worked out."""
    placed = session.read(Photo, {"scope": walk.id, "position_source": PositionSource.TRACK})
    return [each.photo.id for each in proposal(session, walk).of(Sure.MOVED)] if placed else []


def unknown_clocks(session: Session, walk: str, photos: Sequence[Photo], among: Collection[str]) -> tuple[str, ...]:
    """The cameras, "" among them, of whose clocks nobody knows how they go, of some of the photos of a walk."""
    shots = [shot_of(each) for each in photos]
    cameras = {each.camera for each in shots if each.key in among and is_by_clock(each)}
    return tuple(sorted(cameras - known_clocks(shots, _noted(session, walk)).keys()))


def _proposed(
    session: Session,
    photo: Photo,
    found: Geotagged,
    stops: Mapping[str, Position],
    observations: Mapping[str, Observation],
) -> Proposed:
    moment, placing = found.moments[photo.id], found.placings[photo.id]
    held = observations.get(str(photo.observation)) is not None and not is_unplaced(photo, observations)
    if held or photo.position_source not in BY_MACHINE or (photo.stop and photo.position is None):
        return Proposed(photo, moment, Placing(), Sure.PLACED)
    if placing.position is None:
        return Proposed(photo, moment, placing, Sure.UNKNOWN)
    same = (placing.position, placing.stop) == (photo.position, photo.stop)
    if same and not placing.uncertain:
        return Proposed(photo, moment, placing, Sure.PLACED)
    moves = photo.stop is not None and photo.stop != placing.stop
    blind = photo.id in found.blind and placing.source == PositionSource.TRACK
    perhaps = placing.stop or nearest_stop(placing.position, stops)
    if placing.uncertain or blind:
        return Proposed(photo, moment, placing, Sure.DOUBTFUL, perhaps, blind)
    if _is_to_be_moved(session, photo, found):
        return Proposed(photo, moment, placing, Sure.MOVED, perhaps)
    return Proposed(photo, moment, placing, Sure.DOUBTFUL if moves else Sure.SAFE, perhaps if moves else None)


def _is_to_be_moved(session: Session, photo: Photo, found: Geotagged) -> bool:
    """Whether a track has placed a photo, nobody has said since at which stop it is, and no track was there then."""
    then = known(photo.position, Position)
    sources = {photo.position_source, found.placings[photo.id].source}
    if then is None or sources != {PositionSource.TRACK} or found.is_on_a_track(photo.id, then, AS_GOOD_AS_M):
        return False
    return _is_stop_of_placing(session, photo)


def _is_stop_of_placing(session: Session, photo: Photo) -> bool:
    """Whether the stop of a photo, also that it has none, is the one that came with its place; else a person has said
    it since."""
    past = session.history(Photo.KIND, photo.id)
    placed = next((k for k, each in enumerate(past) if each["field"] == "position"), len(past))
    by = [(each["device"], each["action"]) for each in past[placed : placed + 1]]
    stops = (
        each["new"]
        for k, each in enumerate(past)
        if each["field"] == "stop" and (k > placed or (each["device"], each["action"]) in by)
    )
    return photo.stop == next(stops, None)
