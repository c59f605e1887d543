"""Import photos: read in worker processes, kept with their originals, placed."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.base.errors import BadInput, NotFound
from app.base.job import Job, Step
from app.base.words import _
from app.commands import photos as commands
from app.commands.observations import observe
from app.domain.placing import place
from app.domain.records import Observation, Photo, SafetyWalk, Stop, Track, TrackChunk
from app.domain.values import Position, PositionSource, TakenAtSource
from app.photos.exif import Facts, Taken, taken
from app.photos.geotag import Shot, place_all
from app.photos.intake import photos_in
from app.photos.pool import Failed, Pool, Prepared
from app.queries.whole import lines
from app.session import Session

Item = dict[str, Any]


def _files(paths: Iterable[Path]) -> list[Path]:
    given = list(paths)
    for path in given:
        if not path.exists():
            raise NotFound("no-file", _("{path} finns inte.").format(path=path), _("Kontrollera namnet och mappen."))
    return list(photos_in(given))


class _Import:
    """One import of photos into a walk."""

    def __init__(self, session: Session, walk: SafetyWalk, offset_s: float, observation: str | None) -> None:
        self.session, self.walk, self.offset_s = session, walk, offset_s
        self.action: int | None = None
        self.shots: dict[str, tuple[Shot, Item]] = {}
        stops = session.read(Stop, {"scope": walk.id})
        self.stops = {stop.id: stop.position for stop in stops if isinstance(stop.position, Position)}
        self.more: dict[str, Any] = {}
        if observation:
            (seen,) = session.read(Observation, {"id": observation})
            self.more = {"observation": observation, "stop": seen.stop}

    def taken(self, facts: Facts) -> Taken:
        """When the photo was taken, with the seconds that a person said the camera's clock lacks."""
        said = taken(facts, self.walk.zone)
        if said.at is None or not self.offset_s or said.source == TakenAtSource.GPS:
            return said
        return said._replace(at=said.at + timedelta(seconds=self.offset_s))

    def take(self, found: Prepared | Failed) -> Item:
        """Keep one photo. Returns what became of the file."""
        if isinstance(found, Failed):
            return {"file": found.path.name, "result": "refused", "photo": None, "reason": found.why, "stop": None}
        photo = commands.photo_id(self.walk.id, found.sha256)
        item: Item = {"file": found.path.name, "result": "duplicate", "photo": photo, "reason": None, "stop": None}
        known = self.session.read(Photo, {"id": photo})
        if known:
            item |= {"reason": _("Fotot finns redan i vandringen."), "stop": known[0].stop}
            if known[0].stop is None and known[0].position_source != PositionSource.HAND:
                self.shots[photo] = (Shot.of(photo, found.facts, self.walk.zone), item)
            return item
        if self.session.history(Photo.KIND, photo):
            commands.take_back_delete(self.session, self.walk.id, photo)
            return item | {"result": "imported", "reason": _("Fotot var borttaget och visas igen.")}
        facts, said = found.facts, self.taken(found.facts)
        placing = place(facts.position, facts.accuracy_m, None, self.stops)
        _id, action = commands.add_photo(self.session, self.walk.id, found, said, placing, self.more, self.action)
        self.action = self.action or action
        item |= {
            "result": "imported" if found.report else "not_shown",
            "reason": found.why,
            "stop": self.more.get("stop", placing.stop),
        }
        self.shots[photo] = (Shot.of(photo, facts, self.walk.zone), item)
        return item

    def place_by_track(self) -> Iterator[str]:
        """Place the photos of this import by time and track, cameras' clock errors taken into account. Yields the name
        of each file; what was found about clocks comes first."""
        chunks = self.session.read(TrackChunk, {"scope": self.walk.id})
        tracks = [line.segments for line in lines(tracks_of(self.session, self.walk), chunks)]
        found = place_all([shot for shot, _item in self.shots.values()], self.stops, tracks, self.offset_s or None)
        yield from (error.sentence for error in found.clock_errors.values())
        for photo, (_shot, item) in self.shots.items():
            placing = found.placings[photo]
            (record,) = self.session.read(Photo, {"id": photo})
            commands.place_photo(self.session, record, placing, self.action)
            item["stop"] = placing.stop
            if placing.uncertain and placing.source == PositionSource.TRACK:
                item["reason"] = item["reason"] or _("Läget från spåret är osäkert.")
            yield str(item["file"])


def tracks_of(session: Session, walk: SafetyWalk) -> list[Track]:
    """The tracks of a walk, this device's first."""
    found = session.read(Track, {"scope": walk.id})
    return sorted(
        found, key=lambda each: (each.device != session.identity.device, each.created is None, each.created, each.id)
    )


def observe_with_photos(
    session: Session, walk: SafetyWalk, values: Mapping[str, Any], paths: Iterable[Path]
) -> Job[tuple[str, list[Item]]]:
    """Note an observation with its photos. Returns its id and what became of each file. Raises GatljusError where the
    observation or one of the files cannot be taken; then nothing is written."""
    found = []
    files = _files(paths)
    if files:
        with Pool() as pool:
            for done, each in enumerate(pool.run(files)):
                yield Step(_("Foton: {name}").format(name=each.path.name), done, len(files))
                found.append(each)
    for each in found:
        if isinstance(each, Failed):
            text = _("{name} kan inte tas med.").format(name=each.path.name)
            raise BadInput("photo", text, each.why)
    made = observe(session, walk.id, values)
    work = _Import(session, walk, 0.0, made)
    return made, [work.take(each) for each in found]


def import_photos(
    session: Session,
    walk: SafetyWalk,
    paths: Iterable[Path],
    *,
    by_track: bool = False,
    offset_s: float = 0.0,
    observation: str | None = None,
) -> Job[list[Item]]:
    """Import files and folders: one item {file, result: imported|duplicate|not_shown|refused, photo, reason, stop} per
    file. `by_track` places by time and track; `offset_s` seconds are added to the camera's clock. One action to undo.
    Raises GatljusError where a path does not exist."""
    files = _files(paths)
    work = _Import(session, walk, offset_s, observation)
    items = []
    with Pool() as pool:
        for done, found in enumerate(pool.run(files)):
            yield Step(_("Foton: {name}").format(name=found.path.name), done, len(files))
            items.append(work.take(found))
    if by_track and observation is None:
        for done, name in enumerate(work.place_by_track()):
            yield Step(_("Placerar: {name}").format(name=name), done, len(work.shots))
    yield Step(_("Foton"), len(files), len(files))
    return items
