"""What is known of who has what of a walk: from this log, others' announcements, and what was read back on targets."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.base.words import _
from app.domain.batch import parse_name
from app.domain.called import Tablet
from app.domain.ports import BlobStore, ChangeLog, Copied, Places
from app.sync.heads import Heads, Me, NotHeads, machine_in, names_in, unpack
from app.sync.holders import Damaged, Holder, announced_of, unread_of


@dataclass
class Machine:
    """A machine, its ids, and what the latest of them announced: those that no other id of it was before."""

    ids: set[str] = field(default_factory=set)
    latest: list[Heads] = field(default_factory=list)


class Known:
    """What is known of who has what."""

    def __init__(
        self, log: ChangeLog, blobs: BlobStore, places: Places, scope: str, me: Me, recorded: Mapping[str, Tablet]
    ) -> None:
        self._log, self._scope, self._recorded, self._me = log, scope, recorded, me
        self._copied, self._targets = places.copied(scope), places.seen_at(scope)
        self._keeps = places.said(scope).keeps
        self._heads: dict[str, Heads] = {}
        self._seen: dict[str, str | None] = {}
        self._met: dict[str, str | None] = {}
        for each in places.announced(scope):
            try:
                self._heads[each.device] = unpack(each.content, each.device)
            except NotHeads:
                continue
            self._seen[each.device], self._met[each.device] = each.seen, each.place
        self._have, self._last = log.have(scope), log.last_seqs(scope)
        self._gaps, self._unsent = log.gaps(scope), log.unsent(scope)
        self._unread, self._ahead = unread_of(log, scope), log.clocks_ahead(scope)
        self._held, self._spoilt = blobs.names(), blobs.damaged()
        self._named = log.blobs_named(scope)
        self._others = {device: each for device, each in self._heads.items() if device != me.device}
        proved = log.agreed(scope, [each.have for each in self._others.values()])
        self._proved = dict(zip(self._others, proved, strict=True))
        self._machines, self._gone = self._by_machine(), self._given_up()
        self._mine = self._line(me.device)
        """The ids of this device: what it writes under, and what it had before."""
        self._called = names_in(me, self._heads.values(), recorded)
        self._my_machine = machine_in(scope, me.machine)
        self._other_machines = [each for name, each in self._machines.items() if name != self._my_machine]

    def _by_machine(self) -> dict[str, Machine]:
        found: dict[str, Machine] = {}
        for device, said in self._heads.items():
            found.setdefault(said.machine, Machine()).ids.add(device)
        for machine in found.values():
            before = {self._heads[device].was for device in machine.ids}
            machine.latest = [self._heads[device] for device in sorted(machine.ids) if device not in before]
        return found

    def _given_up(self) -> dict[str, str]:
        """Device ids that their machine has given up, and the next one it took. A home that was copied to another
        machine is a device beside the first, and so is, to itself, this one where a copy of it lies beside it."""
        took = [(said.was, said.device, said.machine) for said in self._heads.values()]
        took.append((self._me.was, self._me.device, machine_in(self._scope, self._me.machine)))
        heads = {device: said.machine for device, said in self._heads.items() if device != self._me.device}
        return {was: device for was, device, machine in took if was in heads and heads[was] == machine}

    def _line(self, device: str) -> set[str]:
        """A device's id, and those that its machine gave up before."""
        ids = {device}
        while before := {old for old, new in self._gone.items() if new in ids} - ids:
            ids |= before
        return ids

    def _went_on(self, device: str) -> bool:
        """Whether an id that was given up has written since its machine took the next one: the home was copied then,
        and both are about. A word on what lies where counts the later one alone, which is never too much."""
        old, new = (self._log.stamps_of(self._scope, each) for each in (device, self._gone[device]))
        return bool(old and new and old[1] > new[0])

    def _beside(self, said: Heads) -> tuple[str, ...]:
        """The names of the other devices of a device's machine, this one aside."""
        others = [
            each for each in self._machines[said.machine].latest if each.device not in (said.device, self._me.device)
        ]
        return tuple(sorted(map(self._name, others)))

    def holders(self) -> tuple[Holder, ...]:
        """The targets, and the other devices by their latest ids: in the order of the words."""
        devices = [
            Holder(
                device=device,
                name=self._name(said),
                sentence=_("Mottaget av {name}").format(name=self._name(said)),
                upto=self._proved[device],
                said={of: last for of, (last, _sha16) in said.have.items() if not self._differs(said, of)},
                lacking=frozenset(said.lacking),
                near=said.machine == self._my_machine,
            )
            for device, said in self._others.items()
            if device not in self._gone
        ]
        targets = [
            Holder(
                name=each.label,
                sentence=copied_to(each),
                upto=each.there.upto,
                said=each.there.upto,
                lacking=each.there.lacking,
                near=each.here,
            )
            for each in self._targets
        ]
        return (*targets, *sorted(devices, key=lambda each: (len(each.name), each.name)))

    def _at(self, blobs: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Of each of these blobs the names of the other devices that have said to have it."""
        devices = [each for each in self.holders() if each.device]
        naming = self._log.naming(self._scope, blobs)
        return {
            blob: tuple(sorted(each.name for each in devices if each.says_blob(blob, found)))
            for blob, found in naming.items()
        }

    def _told_of(self) -> set[str]:
        """The devices whose changes somebody has announced."""
        return {device for said in self._heads.values() for device, (last, _sha16) in said.have.items() if last}

    def _have_as_far(self, device: str, seq: int) -> tuple[str, ...]:
        """The names of those who have said to have a device's changes as far as that."""
        latest = [said for said in self._others.values() if said.device not in self._gone]
        found = [said for said in latest if said.have.get(device, [0])[0] >= seq]
        return tuple(sorted({self._name(said) for said in found}))

    def _differs(self, said: Heads, device: str) -> bool:
        """Whether what somebody says of a device's changes is disproved by those that are here."""
        last, held = said.have.get(device, [0])[0], self._have.get(device, [0])[0]
        if not 0 < last <= held or device in self._proved[said.device]:
            return False
        return not self._log.covers(self._scope, device, *said.have[device])

    def _forked(self, device: str) -> tuple[str, ...]:
        """The names of those who have a device's changes otherwise than they are here, where they are here as far."""
        differ = [said for said in self._others.values() if self._differs(said, device)]
        return tuple(sorted({self._name(said) for said in differ}))

    def _damaged(self, said: Heads | None, *, own: bool) -> tuple[Damaged, ...]:
        spoilt = self._spoilt & self._named if own else set()
        # Announcements are not passed on: what one tells of was found where it was read.
        place = self._met[said.device] if said else None
        found = {**dict.fromkeys(said.damaged if said else (), place), **dict.fromkeys(spoilt)}
        return tuple(Damaged(name, self._whole_at(name), name in spoilt, found[name]) for name in sorted(found))

    def _whole_at(self, name: str) -> tuple[str, ...]:
        """The names of those who have said to have an object, this device's first where it has it."""
        batch = parse_name(name)
        if batch is None:
            mine, others = name in self._held, self._at([name])[name]
        else:
            mine = name in self._log.batches(self._scope)
            others = self._have_as_far(batch.device, batch.last)
        return (*([self._called.of(self._me.device)] if mine else []), *others)

    def _name(self, said: Heads) -> str:
        return self._called.of(said.device)

    def _known_of(self, device: str) -> int:
        unread = [each.last for each in self._unread.get(device, ())]
        return max([self._last.get(device, 0), announced_of(device, self._heads.values()), *unread])

    def _all_gaps(self, device: str) -> tuple[tuple[int, int], ...]:
        last, announced = self._last.get(device, 0), announced_of(device, self._heads.values())
        return (*self._gaps.get(device, ()), *([(last + 1, announced)] if announced > last else ()))


def copied_to(copied: Copied) -> str:
    """*Kopierat till …*, of a folder on a disk of this machine so that nobody takes it for another place."""
    if copied.here:
        return _("Kopierat till mappen {path} på den här datorn").format(path=copied.label)
    return _("Kopierat till {target}").format(target=copied.label)
