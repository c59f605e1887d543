"""Photos for an observation that is there already."""

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from app.base.job import Job
from app.base.words import _
from app.commands.photos import attach
from app.domain.record import CREATED
from app.domain.records import Observation, Photo, SafetyWalk
from app.jobs.photos import Item, import_photos
from app.session import Session


def add_photos(
    session: Session, observation: Observation, paths: Iterable[Path], items: list[Item] | None = None
) -> Job[list[Item]]:
    """Import files as photos of an observation. What became of each as `import_photos` says, also in `items`, one by
    one, for whoever ends the job early: what is there then belongs to the observation. A photo that shows another
    observation stays with that. One action to undo. Raises GatljusError."""
    (walk,) = session.read(SafetyWalk, {"id": observation.scope})
    items = [] if items is None else items
    attached = 0
    with closing(import_photos(session, walk, paths, items=items)) as job:
        for step in job:
            for item in items[attached:]:
                _attach(session, observation, item)
            attached = len(items)
            yield step
    return items


def _attach(session: Session, observation: Observation, item: Item) -> None:
    photo = next(iter(session.read(Photo, {"id": item["photo"]})), None) if item["photo"] else None
    if photo is None or photo.observation == observation.id:
        return
    if photo.observation:
        item["reason"] = _("Fotot hör redan till en annan iakttagelse.")
        return
    attach(session, photo, observation.id, _action_of(session, photo) if item["result"] != "duplicate" else None)
    item["stop"] = observation.stop


def _action_of(session: Session, photo: Photo) -> int | None:
    """The action in which this device has just made a photo, so that one undo takes back both."""
    made = next((each for each in session.history(Photo.KIND, photo.id) if each["field"] == CREATED), None)
    mine = made is not None and made["device"] == session.identity.device
    return made["action"] if made is not None and mine else None
