"""Photos: kept with their originals, placed, attached to observations."""

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.base.errors import BadInput
from app.base.words import _
from app.commands.drafts import by_hand, changed, new_record
from app.domain.change import Draft
from app.domain.placing import Placing, nearest_stop, positions_of
from app.domain.record import DELETED, news_in
from app.domain.records import CameraClock, Observation, Photo, SafetyWalk, Stop
from app.domain.values import Position, PositionSource, TakenAtSource, known
from app.session import Session, Writing

if TYPE_CHECKING:
    # Reading photos brings decoders and worker processes along, which who changes a title should not wait for.
    from app.photos.exif import Taken
    from app.photos.pool import Prepared


def photo_id(scope: str, original: str) -> str:
    """The id of a photo: the first 32 hex of the SHA-256 of its walk and the hash of its original, so that the same
    card read on two devices gives one record."""
    return hashlib.sha256((scope + original).encode("ascii")).hexdigest()[:32]


def keep_files(session: Session, found: "Prepared") -> dict[str, Any]:
    """Keep the original and its copies, durable before anything names them. Returns the fields that name them."""
    names: dict[str, Any] = {"original": session.blobs.put_file(found.path, found.sha256)}
    if found.report and found.thumb:
        names |= {"report": session.blobs.put(found.report), "thumb": session.blobs.put(found.thumb)}
    return names


def add_photo(
    session: Session,
    walk: str,
    found: "Prepared",
    taken: "Taken",
    placing: Placing,
    more: dict[str, Any],
    action: int | None,
) -> tuple[str, int]:
    """Keep a photo with what its file says. `more`: fields that are known from elsewhere. Returns its id and the
    action it was made in."""
    facts = found.facts
    values = {
        **keep_files(session, found),
        # A name from a camera card need not be UTF-8.
        "name": os.fsencode(found.path.name).decode("utf-8", "replace"),
        "format": found.format.value,
        "width": found.width,
        "height": found.height,
        "taken_at": taken.at,
        "taken_at_source": taken.source,
        "offset": facts.offset,
        "clock_error_s": taken.clock_error_s,
        "altitude_m": facts.altitude_m if placing.source == PositionSource.EXIF else None,
        "accuracy_m": facts.accuracy_m,
        "direction_deg": facts.direction_deg,
        "direction_ref": facts.direction_ref,
        "camera": facts.camera,
        "damaged": found.damaged or None,
        "position": placing.position,
        "position_source": placing.source,
        "stop": placing.stop,
        **more,
    }
    record = photo_id(walk, found.sha256)
    written = session.write(walk, new_record(session, Photo, record, values), action=action)
    return record, written.action


def complete(session: Session, photo: Photo, found: "Prepared") -> None:
    """Keep the files of a photo that is known, where they are not here: it may have come from another device without
    them, or they may be damaged. Copies that this device makes otherwise than the other one are named anew."""
    if all(session.blobs.has(str(name)) for name in (found.sha256, photo.report, photo.thumb) if name):
        return
    names = keep_files(session, found)
    news = news_in(photo, names)
    if news:
        session.write(photo.scope, changed(photo, news), action=0)


def show_again(
    session: Session, photo: str, seen: SafetyWalk, taken: "Taken", placing: Placing, action: int | None
) -> int | None:
    """A photo that is hidden, as deleted or as a part of something deleted, is imported again: show it, taken when this
    import says. Returns the action. `seen` is the walk as it was just read."""
    replaces = session.log.heads_of_deleted(seen.id, photo)
    drafts = [Draft(kind=Photo.KIND, record=photo, field=DELETED, value=None, replaces=replaces)] if replaces else []
    loose = [
        Draft(kind=Photo.KIND, record=photo, field=name, value=value, seen=seen.seen)
        for name, value in {"observation": None, "stop": placing.stop}.items()
    ]
    with session.writing(seen.id) as here:
        # First: a photo that is new at an observation that was deleted would bring that back, as a question.
        if _hangs_on_hidden(session, photo):
            action, loose = here.write(loose, action).action, []
        if drafts:
            action = here.write(drafts, action).action
        if loose and not session.read(Photo, {"id": photo}):
            action = here.write(loose, action).action
        said = {"taken_at": taken.at, "taken_at_source": taken.source, "clock_error_s": taken.clock_error_s}
        for now in session.read(Photo, {"id": photo}):
            if news := news_in(now, said):
                action = here.write(changed(now, news), action).action
    return action


def _hangs_on_hidden(session: Session, photo: str) -> bool:
    """Whether a photo, hidden or not, shows an observation that is hidden."""
    past = session.history(Photo.KIND, photo)
    named = {str(each["new"]) for each in past if each["field"] == "observation" and each["shown"] and each["new"]}
    return any(not session.read(Observation, {"id": each}) for each in named)


def place_photo(
    session: Session, photo: Photo, placing: Placing, action: int | None = None
) -> tuple[Photo | None, int | None]:
    """Set where a photo was taken and its stop, as far as that is news; where someone has moved it since it was read,
    it stays there. Returns the photo as it is then, None where it is shown no more, and the action."""
    values: dict[str, Any] = {"position": placing.position, "position_source": placing.source, "stop": placing.stop}
    news = news_in(photo, values)
    if not news:
        return photo, action
    with session.writing(photo.scope) as here:
        now = next(iter(session.read(Photo, {"id": photo.id})), None)
        if now is None or any(getattr(now, name) != getattr(photo, name) for name in values):
            return now, action
        action = here.write(changed(now, news), action).action
    return replace(now, **values), action


def apply_placings(
    session: Session, placings: Sequence[tuple[Photo, Placing]], said: Mapping[str, float] | None = None
) -> int:
    """Place photos, as they were shown, as was proposed for them: one action. A photo that shows an observation stays
    at that one's stop. Returns how many that was news for. `said`: by camera the seconds that a person said are to be
    added to its clock, which goes so from now on, as if a photo of the clock page had told. Undo takes that back with
    the places, redo brings it again."""
    drafts, count, by_clock = list[Draft](), 0, set[str]()
    for photo, placing in placings:
        values = {"position": placing.position, "position_source": placing.source, "stop": placing.stop}
        news = news_in(photo, {name: each for name, each in values.items() if name != "stop" or not photo.observation})
        drafts += changed(photo, news)
        count += bool(news)
        if news and _is_placed_by_clock(photo, placing):
            by_clock.add(str(photo.camera))
    if drafts:
        walk = placings[0][0].scope
        with session.writing(walk) as here:
            action = here.write(drafts, None).action
            for camera in sorted(by_clock & (said or {}).keys()):
                _note_clock(session, here, walk, camera, -(said or {})[camera], action)
    return count


def keep_placed(session: Session, photos: Sequence[Photo]) -> int:
    """A person says that photos, as they were shown, lie right where they are, so that nothing proposes another place:
    one action. Returns of how many that was news."""
    kept = [(each, known(each.position, Position), each.stop) for each in photos]
    return apply_placings(session, [(each, Placing(place, PositionSource.HAND, stop)) for each, place, stop in kept])


def _is_placed_by_clock(photo: Photo, placing: Placing) -> bool:
    """Whether a proposal hangs on how the camera's clock goes; a clock without a camera's name is nobody's."""
    is_right = photo.taken_at_source == TakenAtSource.GPS or photo.clock_error_s == 0
    return bool(photo.camera) and placing.source == PositionSource.TRACK and not is_right


def note_camera_clock(session: Session, walk: str, camera: str, ahead_s: float) -> None:
    """Keep how many seconds a camera's clock is ahead, as a photo of the clock page told. It changes no photo: those of
    that camera are placed by it from now on, on every device that it comes to."""
    with session.writing(walk) as here:
        _note_clock(session, here, walk, camera, ahead_s, 0)


def _note_clock(session: Session, here: Writing, walk: str, camera: str, ahead_s: float, action: int) -> None:
    """What each device says stands by itself: who takes back what was said here leaves what others have said."""
    record = hashlib.sha256(f"{walk} {session.identity.device} camera {camera}".encode()).hexdigest()[:32]
    if not session.read(CameraClock, {"id": record}):
        here.write(new_record(session, CameraClock, record, {"camera": camera}), 0)
    for now in session.read(CameraClock, {"id": record}):
        said = {"ahead_s": float(ahead_s), "said": action != 0, "at": session.clock()}
        here.write(changed(now, said), action)


def attach(session: Session, photo: Photo, observation: str, action: int | None = None) -> int | None:
    """Let a photo show an observation; as long as it does, it is at that observation's stop. Returns the action."""
    if photo.observation == observation:
        return action
    return session.write(photo.scope, changed(photo, {"observation": observation}), action=action).action


def check_stop(photo: Photo, values: Mapping[str, Any]) -> None:
    """Raises BadInput where a photo that shows an observation would be moved by itself."""
    if "stop" in values and values.get("observation", photo.observation):
        raise BadInput(
            "photo-stop",
            _("Fotot hör till en iakttagelse och är där den är."),
            _("Flytta iakttagelsen, eller lossa fotot från den."),
        )


def place_at_stop(session: Session, photos: Sequence[Photo], stop: Stop) -> int:
    """Place photos, as they were shown, at a stop: one action. One without a place of its own has the stop's. Returns
    how many that was news for. Raises BadInput where one of them shows an observation, then nothing is written."""
    place = known(stop.position, Position)
    source = PositionSource.NONE if place is None else PositionSource.STOP
    news: dict[str, dict[str, Any]] = {}
    for photo in photos:
        check_stop(photo, {"stop": stop.id})
        own = photo.position is not None and photo.position_source != PositionSource.STOP
        news[photo.id] = {"stop": stop.id} if own else {"stop": stop.id, "position": place, "position_source": source}
    return _set_all(session, photos, news)


def place_at(session: Session, photos: Sequence[Photo], position: Position, stops: Sequence[Stop]) -> int:
    """Place photos, as they were shown, at a point that a person pointed out, and at the stop that is near it, if any:
    one action. A photo that shows an observation stays at that one's stop. Returns how many that was news for."""
    stop = nearest_stop(position, positions_of(stops))
    news: dict[str, dict[str, Any]] = {}
    for photo in photos:
        said = by_hand(photo, {"position": position})
        news[photo.id] = said if photo.observation else {**said, "stop": stop}
    return _set_all(session, photos, news)


def attach_all(session: Session, photos: Sequence[Photo], observation: str | None) -> int:
    """Let photos, as they were shown, show an observation, or none any longer: one action. Returns how many that was
    news for."""
    return _set_all(session, photos, {photo.id: {"observation": observation} for photo in photos})


def _set_all(session: Session, photos: Sequence[Photo], news: Mapping[str, Mapping[str, Any]]) -> int:
    """Set fields of several photos of one walk in one write. Returns how many of them had something new."""
    drafts = []
    count = 0
    for photo in photos:
        said = news_in(photo, news[photo.id])
        drafts += changed(photo, said)
        count += bool(said)
    if drafts:
        session.write(photos[0].scope, drafts)
    return count
