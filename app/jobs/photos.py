"""Import photos: read in worker processes, kept with their originals, placed."""

import errno
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from app.base.errors import BadInput, GatljusError, NotFound, reason_of
from app.base.job import Job, Step
from app.base.words import _
from app.commands import photos as commands
from app.commands.observations import begin, check_begin
from app.domain.camera_clock import MOST_OFFSET_S, clock_words, unknown_sentence
from app.domain.entry import zone_or_default
from app.domain.placing import Placing, place, positions_of
from app.domain.record import CREATED
from app.domain.records import Observation, Photo, SafetyWalk, Stop
from app.domain.rules import stop_of
from app.domain.snap import Snap
from app.domain.values import Position, PositionSource, TakenAtSource, known
from app.photos.apart import pixels_in
from app.photos.exif import Facts, Taken, camera_ahead, taken
from app.photos.geotag import Shot
from app.photos.intake import photos_in
from app.photos.pasted import write_pasted
from app.photos.pool import Failed, Pool, Prepared
from app.photos.scale import Pixels
from app.photos.stamp import write_snap
from app.queries.photos import moved
from app.queries.proposals import placed_along
from app.session import Session

Item = dict[str, Any]

MOST_SHOWN_PX = 50_000_000
"""Of a picture with more pixels a screen shows every second: three times so many bytes are held."""

FAR_APART = timedelta(days=30)
"""Nobody walks with a GPS fix that old; a camera that lost its clock begins again at some year's first day."""

FULL = (errno.ENOSPC, errno.EROFS, errno.EDQUOT)
"""Errors of the disk that is written to, which a home is on; a card that is read has others."""


def _files(paths: Iterable[Path]) -> tuple[list[Path], list[Item]]:
    """The files to read, and the folders among them that are closed, each as an item that was refused."""
    given, closed = list(paths), list[OSError]()
    try:
        for path in given:
            if not path.exists():
                text = _("{path} finns inte.").format(path=path)
                raise NotFound("no-file", text, _("Kontrollera namnet och mappen."))
        found = list(photos_in(given, closed))
    except OSError as error:
        text = _("{path} kan inte läsas: {reason}.").format(path=error.filename, reason=reason_of(error))
        advice = _("Ge dig rätt att läsa där, eller kopiera fotona till en egen mapp.")
        raise BadInput("closed", text, advice) from error
    why = _("Mappen kan inte läsas: {reason}.")
    return found, [_refused(Path(str(each.filename)), why.format(reason=reason_of(each))) for each in closed]


def _unread(session: Session, error: OSError) -> str:
    """Why a file cannot be read. Raises the error where it is not that of a card but of the home's own disk."""
    if error.errno in FULL or str(error.filename or "").startswith(str(session.home)):
        raise error
    return _("Filen kan inte läsas: {reason}.").format(reason=reason_of(error))


def _refused(path: Path, why: str) -> Item:
    return {"file": path.name, "result": "refused", "photo": None, "reason": why, "stop": None}


def _doubt(facts: Facts) -> str | None:
    """A sentence where the camera's own clock is so far from its GPS that one of them cannot be believed."""
    if facts.taken_local is None or facts.gps_utc is None:
        return None
    local = facts.taken_local.replace(tzinfo=UTC)
    if abs(local - facts.gps_utc) <= FAR_APART:
        return None
    text = _("Kamerans klocka säger {camera}, men GPS {gps}: en av dem går fel.")
    return text.format(camera=local.date(), gps=facts.gps_utc.date())


class _Import:
    """One import of photos into a walk; those that show the observation `shown` where there is one, within its
    `action`. `takes`: also those that show another observation. `is_from_files`: what is not taken in stays somewhere.

    After an undo what goes on is another action, so the one of the latest write is the one to go on with."""

    def __init__(
        self,
        session: Session,
        walk: SafetyWalk,
        offset_s: float,
        shown: str | None = None,
        action: int | None = None,
        takes: bool = False,
        at: str | None = None,
        is_from_files: bool = False,
    ) -> None:
        self.session, self.walk, self.offset_s, self.shown, self.action = session, walk, offset_s, shown, action
        self.takes, self.is_from_files = takes, is_from_files
        self.at = next((each for each in session.read(Stop, {"scope": walk.id}) if each.id == at), None)
        self.zone = zone_or_default(walk.zone)
        # All that were read: a camera's clock is measured in every photo of it. Placed are those in `to_place`.
        self.shots: dict[str, Shot] = {}
        self.to_place: dict[str, tuple[Photo, Item]] = {}
        self.clocks: list[str] = []
        self.stops = positions_of(session.read(Stop, {"scope": walk.id}))
        self.observations = {each.id: each for each in session.read(Observation, {"scope": walk.id})}

    def taken(self, facts: Facts) -> Taken:
        """When the photo was taken, with the seconds that a person said the camera's clock lacks."""
        said = taken(facts, self.zone)
        if said.at is None or not self.offset_s or said.source == TakenAtSource.GPS:
            return said
        # Its time is right from here on, and is not put right once more when it is placed later.
        return said._replace(at=said.at + timedelta(seconds=self.offset_s), clock_error_s=0.0)

    def take(self, found: Prepared | Failed) -> Item:
        """Keep one photo. Returns what became of the file. Raises OSError and GatljusError where the home cannot keep
        anything at all."""
        if isinstance(found, Failed):
            return _refused(found.path, found.why)
        try:
            return self._take(found)
        except OSError as error:
            why = _unread(self.session, error)
        except GatljusError as error:
            if error.code == "blob-gone":
                # Another walk with the same photo was purged just now. It is put once more.
                return self.take(found)
            if error.code != "blob-damaged":
                raise
            why = error.text
        return _refused(found.path, why)

    def _clock_page(self, found: Prepared, moment: datetime) -> Item:
        """A photo of the clock page says how its camera's clock goes. It is not taken in: nobody wants it in a
        protocol, and it stays where it lies."""
        ahead, camera = camera_ahead(found.facts, self.zone, moment), found.facts.camera
        if ahead is None:
            why = _("Fotot visar klocksidan, men filen säger inte när det togs. Det togs inte med.")
        elif not camera:
            why = _("Fotot visar klocksidan. {how}. Filen säger inte vilken kamera det är, så skriv det under Ändra.")
        else:
            commands.note_camera_clock(self.session, self.walk.id, camera, ahead)
            why = _("Fotot visar klocksidan och togs inte med. {how}, räknat på det.")
        how = "" if ahead is None else clock_words(ahead)
        return {**_refused(found.path, why.format(how=how)), "clock_ahead_s": ahead}

    def _take(self, found: Prepared) -> Item:
        if found.clock is not None and self.is_from_files:
            return self._clock_page(found, found.clock)
        photo = commands.photo_id(self.walk.id, found.sha256)
        known_already = {"result": "duplicate", "reason": _("Fotot finns redan i vandringen."), "stop": None}
        item: Item = {"file": found.path.name, "photo": photo, **known_already}
        placing = place(found.facts.position, found.facts.accuracy_m, None, self.stops)
        known = self._known(photo)
        if known:
            commands.complete(self.session, known, found)
        elif any(each["field"] == CREATED for each in self.session.history(Photo.KIND, photo)):
            (seen,) = self.session.read(SafetyWalk, {"id": self.walk.id})
            commands.keep_files(self.session, found)
            said = self.taken(found.facts)
            self.action = commands.show_again(self.session, photo, seen, said, placing, self.action)
            item |= {"result": "imported", "reason": _("Fotot var borttaget och visas igen.")}
        else:
            more = self._belongs(placing)
            said = self.taken(found.facts)
            _id, self.action = commands.add_photo(self.session, self.walk.id, found, said, placing, more, self.action)
            item |= {"result": "imported" if found.report else "not_shown", "reason": found.why or _doubt(found.facts)}
        return self._settled(photo, found, item)

    def _belongs(self, placing: Placing) -> dict[str, Any]:
        """What a photo shows; else the stop that one is at, where its own place says none."""
        if self.shown:
            return {"observation": self.shown}
        if self.at is None or placing.stop is not None:
            return {}
        place = known(self.at.position, Position)
        if placing.position is not None or place is None:
            return {"stop": self.at.id}
        return {"stop": self.at.id, "position": place, "position_source": PositionSource.STOP}

    def _known(self, photo: str) -> Photo | None:
        return next(iter(self.session.read(Photo, {"id": photo})), None)

    def _settled(self, photo: str, found: Prepared, item: Item) -> Item:
        """The photo with its observation, and where it is. What has no place yet can be placed by track."""
        self.shots[photo] = Shot.of(photo, found.facts, self.zone)
        record = self._known(photo)
        if record is None:
            return item
        if self.shown and record.observation not in (self.shown, None) and not self.takes:
            item["reason"] = _("Fotot hör redan till en annan iakttagelse.")
        elif self.shown and record.observation != self.shown:
            item["reason"] = moved(self.session, record, self.shown) or item["reason"]
            self.action = commands.attach(self.session, record, self.shown, self.action)
            record = replace(record, observation=self.shown)
        item["stop"] = stop_of(record, self.observations)
        if record.position_source != PositionSource.HAND and (item["result"] != "duplicate" or item["stop"] is None):
            self.to_place[photo] = record, item
        return item

    def place_by_track(self) -> Iterator[str]:
        """Place the photos of this import by time and track, cameras' clock errors taken into account. Yields the name
        of each file; what was found about clocks is then in `clocks`."""
        if not self.to_place:
            return
        shots = [*self.shots.values()]
        said = dict.fromkeys((each.camera for each in shots), self.offset_s) if self.offset_s else {}
        found = placed_along(self.session, self.walk, shots, said)
        self.clocks = [error.sentence for error in found.clock_errors.values() if not said]
        blind = set[str]()
        for photo, (record, item) in self.to_place.items():
            placing = found.placings[photo]
            placed, self.action = commands.place_photo(self.session, record, placing, self.action)
            item["stop"] = stop_of(placed, self.observations) if placed else None
            if placed and placing.uncertain and placed.position_source == PositionSource.TRACK:
                item["reason"] = item["reason"] or _("Läget från spåret är osäkert.")
            if placed and placing.source == PositionSource.TRACK and photo in found.blind:
                blind.add(self.shots[photo].camera)
            yield str(item["file"])
        self.clocks += [unknown_sentence(camera) for camera in sorted(blind)]


def _not_taken(path: Path, why: str) -> BadInput:
    return BadInput("photo", _("{name} kan inte tas med.").format(name=path.name), why)


def _keep(session: Session, found: Prepared) -> None:
    """Keep the files of a photo before anything names them. Raises BadInput where the file has gone meanwhile."""
    try:
        commands.keep_files(session, found)
    except OSError as error:
        raise _not_taken(found.path, _unread(session, error)) from error


def observe_with_photos(
    session: Session, walk: SafetyWalk, values: Mapping[str, Any], paths: Iterable[Path]
) -> Job[tuple[str, list[Item]]]:
    """Note an observation with its photos. Returns its id and what became of each file. Raises GatljusError where the
    observation or one of the files cannot be taken; then nothing is written. Where the disk fails after that, what was
    written stands, as one action to undo."""
    found = []
    # Before a file is kept that nothing would name.
    check_begin(session, walk.id, values)
    files, closed = _files(paths)
    for folder in closed:
        raise BadInput("closed", f"{folder['file']}: {folder['reason']}")
    if files:
        with Pool() as pool:
            for done, each in enumerate(pool.run(files)):
                yield Step(_("Läser {name}").format(name=each.path.name), done, len(files))
                found.append(each)
    for each in found:
        if isinstance(each, Failed):
            raise _not_taken(each.path, each.why)
        _keep(session, each)
    made, action = begin(session, walk.id, values)
    work = _Import(session, walk, 0.0, made, action, takes=True)
    return made, [work.take(each) for each in found]


def check_offset(seconds: float) -> None:
    """Raises BadInput where no camera's clock can be so many seconds wrong."""
    if abs(seconds) > MOST_OFFSET_S:
        text = _("Ingen kamera går så fel som {seconds} s.").format(seconds=seconds)
        raise BadInput("clock-offset", text, _("Skriv sekunder, högst tio år."))


def import_photos(
    session: Session,
    walk: SafetyWalk,
    paths: Iterable[Path],
    *,
    by_track: bool = False,
    offset_s: float = 0.0,
    items: list[Item] | None = None,
    shown: str | None = None,
) -> Job[list[Item]]:
    """Import files and folders: one item {file, result: imported|duplicate|not_shown|refused, photo, reason, stop} per
    file. `by_track` places by time and track; `offset_s` seconds are added to the camera's clock. One action to undo.
    `items` is the list that they are put into, one by one, for whoever ends the job early. `shown` is the observation
    that they are photos of; one that shows another stays with that. A photo of the clock page is refused otherwise, and
    its item says `clock_ahead_s` (seconds; None where that is unknown). Raises GatljusError where a path does not exist
    or cannot be read, or a camera cannot be that wrong. A closed folder within one is refused as a file is."""
    check_offset(offset_s)
    files, closed = _files(paths)
    work = _Import(session, walk, offset_s, shown, is_from_files=shown is None)
    items = [] if items is None else items
    items += closed
    with Pool() as pool:
        for done, found in enumerate(pool.run(files)):
            yield Step(_("Läser {name}").format(name=found.path.name), done, len(files))
            items.append(work.take(found))
    if by_track:
        for done, name in enumerate(work.place_by_track()):
            yield Step(_("Placerar: {name}").format(name=name), done, len(work.to_place))
    for sentence in work.clocks:
        yield Step(sentence, stays=True)
    yield Step(_("Foton"), len(files), len(files))
    return items


def add_photos(
    session: Session, observation: Observation, paths: Iterable[Path], items: list[Item] | None = None
) -> Job[list[Item]]:
    """Import files as photos of an observation. Otherwise as `import_photos`."""
    (walk,) = session.read(SafetyWalk, {"id": observation.scope})
    return (yield from import_photos(session, walk, paths, items=items, shown=observation.id))


def import_pasted(
    session: Session,
    walk: SafetyWalk,
    size: tuple[int, int],
    rgba: bytes,
    *,
    by_track: bool = False,
    items: list[Item] | None = None,
) -> Job[list[Item]]:
    """Import a picture from the clipboard, as one that was taken now: width and height, four bytes a pixel. Otherwise
    as `import_photos`."""
    moment = session.clock().astimezone(ZoneInfo(zone_or_default(walk.zone)))
    with TemporaryDirectory(prefix="gatljus-") as folder:
        yield Step(_("Läser {name}").format(name=_("inklistrad bild")), 0, 1)
        path = write_pasted(Path(folder), size, rgba, moment.replace(microsecond=0))
        return (yield from import_photos(session, walk, [path], by_track=by_track, items=items))


def import_snap(
    session: Session,
    walk: SafetyWalk,
    size: tuple[int, int],
    rgba: bytes,
    snap: Snap,
    *,
    observation: str | None = None,
    stop: str | None = None,
) -> Job[list[Item]]:
    """Import a picture that was taken just now with the device's camera: width and height, four bytes a pixel. It shows
    the observation; without one it is at the stop that its own place says, else at `stop`. One action to undo.
    Otherwise as `import_photos`."""
    with TemporaryDirectory(prefix="gatljus-") as folder, Pool() as pool:
        yield Step(_("Läser {name}").format(name=_("fotot")), 0, 1)
        path = write_snap(Path(folder), size, rgba, snap)
        work = _Import(session, walk, 0.0, observation, at=stop)
        return [work.take(found) for found in pool.run([path])]


def open_original(session: Session, photo: Photo) -> Job[Pixels]:
    """The pixels of a photo's original, for a screen. Raises GatljusError where it does not lie here or cannot be
    shown."""
    yield Step(_("Originalet: {name}").format(name=photo.name), 0, 1)
    # Read once here for what is to be said of a file that is lacking or damaged.
    session.blobs.read(str(photo.original))
    found = pixels_in(session.blobs.path(str(photo.original)), MOST_SHOWN_PX)
    if found is None:
        text = _("Originalet av {name} kan inte visas.").format(name=photo.name)
        raise GatljusError("not-shown", text, _("Det är sparat oförändrat. Bilden för protokollet visas i stället."))
    return found
