"""What lies in a folder, on a stick or in a parcel, in words, before anything is taken from it."""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from app.base.errors import NotFound
from app.base.job import Job, Step
from app.base.words import _
from app.domain.batch import Misplaced, TooNew, Unreadable, parse_name, unpack
from app.domain.change import Change, heads_of
from app.domain.ports import Target
from app.domain.record import field_of
from app.domain.records import SafetyWalk
from app.domain.values import known
from app.jobs.sync import opened
from app.session import Session
from app.sync.names import BATCH, CHANGES, ROOT, folder_of, look_in, purged_in, walks_in
from app.sync.purging import purged_on

TOLD = ("title", "area", "starts", "zone")
"""Fields of a walk that tell a person which one it is."""


@dataclass(frozen=True)
class FoundWalk:
    """A walk that lies on a target: what it is called there, and whether this home has it or has deleted it. Without a
    title nothing of it could be read yet. `purged`: it is marked as purged there, so that nothing of it is to be had,
    and on which `day`, where the mark tells."""

    id: str
    title: str = ""
    area: str = ""
    starts: datetime | None = None
    zone: str = ""
    here: bool = False
    gone: bool = False
    purged: bool = False
    day: date | None = None


def meeting_place(folder: Path) -> Path:
    """The folder that was meant where somebody chose the one of ours inside it, or one of a walk."""
    inside = (each for each in (folder, *folder.parents) if each.name == ROOT.rstrip("/"))
    return next((each.parent for each in inside), folder)


def walks_at(session: Session, place: Path) -> Job[list[FoundWalk]]:
    """The walks that lie in a folder or a parcel, those not here first, those purged there last and those purged here
    left out. Nothing is written, here or there. Raises GatljusError where it cannot be read."""
    with opened(session, str(place)) as target:
        found = yield from _walks_on(session, target)
    return sorted(found, key=lambda each: (each.purged, each.here, each.title.casefold(), each.id))


def _walks_on(session: Session, target: Target) -> Job[list[FoundWalk]]:
    names = target.list(ROOT)
    own = {each.id: each for each in session.read(SafetyWalk)}
    marked, purged = purged_in(names), session.places.purged_walks()
    found = []
    for scope in walks_in(names):
        if scope in purged and scope not in own:
            continue
        if scope in marked and scope not in own:
            found.append(FoundWalk(scope, purged=True, day=purged_on(target, scope)))
            continue
        if scope in own:
            said: Mapping[str, Any] = {name: getattr(own[scope], name) for name in TOLD}
        else:
            said = yield from _said_of(target, scope, names)
        gone = scope not in own and bool(session.log.heads_of_deleted(scope, scope))
        found.append(replace(_found(scope, said), here=scope in own, gone=gone))
    return found


def _found(scope: str, said: Mapping[str, Any]) -> FoundWalk:
    title, area, zone = (known(said.get(name), str) or "" for name in ("title", "area", "zone"))
    return FoundWalk(scope, title, area, known(said.get("starts"), datetime), zone)


def _said_of(target: Target, scope: str, names: Mapping[str, int]) -> Job[dict[str, Any]]:
    """What the batches of a walk say of it. A title may have been corrected in any of them, so all are read."""
    folder = folder_of(scope) + CHANGES
    listed = look_in(names, folder, BATCH)
    changes: list[Change] = []
    for done, name in enumerate(sorted(listed.whole)):
        yield Step(_("Läser vad som ligger där"), done, len(listed.whole))
        changes += _of_the_walk(target, scope, folder, name)
    said = {}
    for field in TOLD:
        cell = [(each.stamp, each.value, each.replaces) for each in changes if each.field == field]
        # Where changes replace each other in a ring there is none.
        for head in heads_of(cell)[-1:]:
            with suppress(ValueError, TypeError):
                said[field] = field_of(SafetyWalk, field).load(json.loads(head.value))
    return said


def _of_the_walk(target: Target, scope: str, folder: str, name: str) -> Iterable[Change]:
    """The changes of the walk itself in one batch; none where it cannot be read, which the sync will tell of."""
    about = parse_name(name)
    with suppress(Unreadable, Misplaced, TooNew, NotFound, OSError):
        if about is not None:
            changes = unpack(scope, about, target.get(folder + name))
            return [each for each in changes if (each.kind, each.record) == (SafetyWalk.KIND, scope)]
    return ()
