"""Who has received what of a walk, and what lies here."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from app.domain.live import CLOCK_WRONG_S
from app.domain.record import is_hash
from app.domain.records import Device, SafetyWalk
from app.domain.values import known
from app.domain.walk import WholeWalk
from app.queries.device_words import clock_told, line_of
from app.session import Session
from app.sync.heads import Me, machine_in, unpack
from app.sync.holders import Holder
from app.sync.receipts import Receipts, holders, receipts


@dataclass(frozen=True)
class Devices:
    """The receipts of a walk, ready to be told at the moment `now` by the clock of `zone`."""

    found: Receipts
    zone: object
    now: datetime
    clocks: Mapping[str, str] = field(default_factory=dict)
    """Of each device whose clock was told to be wrong, by how much, in words."""

    def as_data(self) -> dict[str, Any]:
        """{items: one per device, sentences, missing_changes, missing_blobs, missing_at, …}."""
        items = [
            {**asdict(each), "id": each.device, "name": each.name, "here": each.here, "known": each.known}
            for each in self.found.devices
        ]
        rest = {name: value for name, value in asdict(self.found).items() if name not in ("devices", "holders")}
        return {**rest, "items": items, "sentences": list(self.found.sentences)}

    def lines(self) -> list[str]:
        """The same for people."""
        said = [
            " ".join(filter(None, (line_of(each, self.zone, self.now), self.clocks.get(each.device, ""))))
            for each in self.found.devices
        ]
        return [*said, *self.found.sentences]


def me_in(session: Session, scope: str) -> Me:
    """How this device presents itself in a walk. One that has written nothing there has no letter yet."""
    found = session.read(Device, {"scope": scope, "id": session.identity.device})
    return Me(
        device=session.identity.device,
        machine=session.identity.machine,
        was=session.identity.was,
        letter=(known(found[0].letter, str) or "") if found else "",
        label=(known(found[0].label, str) or "") if found else session.label,
    )


def _letters(session: Session, scope: str) -> dict[str, str]:
    return {each.id: known(each.letter, str) or "" for each in session.read(Device, {"scope": scope})}


def clocks_of(session: Session, scope: str) -> dict[str, str]:
    """Of each device of a walk whose receiver told that its clock is wrong, by how much, in words."""
    errors = {each.id: known(each.clock_error_s, float) for each in session.read(Device, {"scope": scope})}
    return {device: clock_told(error) for device, error in errors.items() if error and abs(error) > CLOCK_WRONG_S}


def devices_of(session: Session, walk: SafetyWalk) -> Devices:
    """Who has received what, from other devices' announcements."""
    me, letters = me_in(session, walk.id), _letters(session, walk.id)
    expected = known(walk.devices_expected, int)
    found = receipts(session.log, session.blobs, session.places, walk.id, me, letters, expected)
    return Devices(found, walk.zone, session.clock(), clocks_of(session, walk.id))


def announces_keeping(session: Session, scope: str) -> bool:
    """Whether the others were told last that a walk is kept on this device: by the id it has, or by one that it had
    before, as long as none after that has told them anything."""
    machine = machine_in(scope, session.identity.machine)
    # What this home has told itself was seen by nobody here.
    told = [unpack(each.content, each.device) for each in session.places.announced(scope) if not each.seen]
    mine = [each for each in told if each.machine == machine]
    before = {each.was for each in mine}
    return any(each.keeps for each in mine if each.device not in before)


def holders_of(session: Session, scope: str) -> tuple[Holder, ...]:
    """The other devices and the targets, and what they hold of a walk."""
    me, letters = me_in(session, scope), _letters(session, scope)
    return holders(session.log, session.blobs, session.places, scope, me, letters)


def here(session: Session, whole: WholeWalk) -> dict[str, Any]:
    """What differs between devices: which this one is, which photo files lie here, what may be said of the sync."""
    names = {name for photo in whole.photos for name in (photo.original, photo.report, photo.thumb)}
    named = sorted(filter(is_hash, names))
    held = [name for name in named if session.blobs.has(name)]
    found = devices_of(session, whole.walk).found
    return {
        "device": session.identity.device,
        "photo_files": {"held": len(held), "missing": sorted(set(named) - set(held))},
        "sync": list(found.sentences),
    }


def newest_state(session: Session, scope: str) -> tuple[str, ...]:
    """How far the newest change of this device in a walk has come: *Sparat här → Kopierat till … → Mottaget av …*."""
    me = me_in(session, scope)
    return receipts(session.log, session.blobs, session.places, scope, me, _letters(session, scope), None).state
