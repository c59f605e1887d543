"""Who has received what of a walk, and what lies here."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from app.domain.called import Names, Tablet, tablets
from app.domain.groups import names_of as names_of_groups
from app.domain.record import is_hash
from app.domain.records import Device, Group, SafetyWalk
from app.domain.rules import is_over
from app.domain.values import known
from app.domain.walk import WholeWalk
from app.queries.device_words import lines_of
from app.session import Session
from app.sync.heads import Me, NotHeads, machine_in, names_in, told_by_home, unpack
from app.sync.holders import Holder
from app.sync.receipts import DeviceReceipt, Receipts, holders, receipts


@dataclass(frozen=True)
class Devices:
    """The receipts of a walk, ready to be told at the moment `now` by the clock of `zone`."""

    found: Receipts
    zone: object
    now: datetime
    clocks: Mapping[str, float] = field(default_factory=dict)
    """How many seconds the clock of each device whose receiver told it went before the satellites'."""
    groups: Mapping[str, str] = field(default_factory=dict)
    """The group that each device walks with, in words."""

    def as_data(self) -> dict[str, Any]:
        """{items: one per device, sentences, missing_changes, missing_blobs, missing_at, …}."""
        items = [
            {
                **asdict(each),
                "id": each.device,
                "name": each.name,
                "here": each.here,
                "known": each.known,
                "group": self.groups.get(each.device),
            }
            for each in self.found.devices
        ]
        rest = {name: value for name, value in asdict(self.found).items() if name not in ("devices", "holders")}
        return {**rest, "items": items, "sentences": list(self.found.sentences)}

    def lines(self) -> list[str]:
        """The same for people."""
        return [*(line for each in self.found.devices for line in self._lines(each)), *self.found.sentences]

    def _lines(self, each: DeviceReceipt) -> list[str]:
        clock_error, group = self.clocks.get(each.device, 0.0), self.groups.get(each.device, "")
        return lines_of(each, self.zone, self.now, clock_error, group)


def me_in(session: Session, scope: str) -> Me:
    """How this device presents itself in a walk. One that has written nothing there has no letter yet."""
    found = session.read(Device, {"scope": scope, "id": session.identity.device})
    return Me(
        device=session.identity.device,
        machine=session.identity.machine,
        was=_was(session, scope),
        letter=(known(found[0].letter, str) or "") if found else "",
        label=(known(found[0].label, str) or "") if found else session.label,
    )


def _was(session: Session, scope: str) -> str | None:
    """The id before, as the others know it: the last of this home's that has told them anything of the walk."""
    told = {said.device: said.was for _each, said in told_by_home(session.places, scope)}
    if session.identity.device in told:
        return told[session.identity.device]
    last = sorted(set(told) - set(told.values()))
    return last[0] if len(last) == 1 else session.identity.was


def _recorded(session: Session, scope: str) -> dict[str, Tablet]:
    return tablets(session.read(Device, {"scope": scope}))


def names_of(session: Session, scope: str) -> Names:
    """What the devices of a walk are called: the same as in its receipts."""
    said = []
    for each in session.places.announced(scope):
        with suppress(NotHeads):
            said.append(unpack(each.content, each.device))
    return names_in(me_in(session, scope), said, _recorded(session, scope))


def clocks_of(session: Session, scope: str) -> dict[str, float]:
    """How many seconds the clock of each device of a walk whose receiver told it went before the satellites'."""
    return {each.id: known(each.clock_error_s, float) or 0.0 for each in session.read(Device, {"scope": scope})}


def groups_of(session: Session, scope: str) -> dict[str, str]:
    """The group that each device of a walk walks with, in words; those that have none left out."""
    words = names_of_groups(session.read(Group, {"scope": scope}))
    devices = session.read(Device, {"scope": scope}) if words else []
    return {each.id: words[str(each.group)] for each in devices if str(each.group) in words}


def devices_of(session: Session, walk: SafetyWalk) -> Devices:
    """Who has received what, from other devices' announcements."""
    me, recorded = me_in(session, walk.id), _recorded(session, walk.id)
    expected, now = known(walk.devices_expected, int), session.clock()
    ended = is_over(walk, now)
    found = receipts(session.log, session.blobs, session.places, walk.id, me, recorded, expected, ended=ended)
    clocks, groups = clocks_of(session, walk.id), groups_of(session, walk.id)
    return Devices(found, walk.zone, now, clocks, groups)


def announces_keeping(session: Session, scope: str) -> bool:
    """Whether the others were told last that a walk is kept on this device: by the id it has, or by one that it had
    before, as long as none after that has told them anything."""
    machine = machine_in(scope, session.identity.machine)
    mine = [said for _each, said in told_by_home(session.places, scope) if said.machine == machine]
    before = {each.was for each in mine}
    return any(each.keeps for each in mine if each.device not in before)


def is_done(session: Session, scope: str) -> bool:
    """Whether this device has said that it is done with a walk, and has written nothing in it since."""
    device = session.identity.device
    return session.places.said(scope).done == (device, session.log.last_seqs(scope).get(device, 0))


def holders_of(session: Session, scope: str) -> tuple[Holder, ...]:
    """The other devices and the targets, and what they hold of a walk."""
    me, recorded = me_in(session, scope), _recorded(session, scope)
    return holders(session.log, session.blobs, session.places, scope, me, recorded)


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
    return receipts(session.log, session.blobs, session.places, scope, me, _recorded(session, scope), None).state
