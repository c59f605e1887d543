"""Receipts: who has got what of a walk, from other devices' announcements and never from own belief.

A receipt counts only where the sha16 agrees, that is where this log holds the very same row. Sentences are never said a
moment too early; where something cannot be proved, the weaker sentence is said.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.base.words import _, ngettext
from app.domain.called import Tablet
from app.domain.ports import BlobStore, ChangeLog, Places
from app.domain.records import Photo
from app.sync.heads import Heads, Me
from app.sync.holders import Damaged, Holder, Unread, without
from app.sync.known import Known, Machine, copied_to

FIELD_KINDS = ("observation", "support", "safety-rating", "voice-note")
"""Who has made a record of these kinds was along."""


@dataclass(frozen=True, kw_only=True)
class DeviceReceipt:
    """One device's row. Seqs count changes' writes; `None` where the device has announced nothing.

    `announced` of its own writes it says it has made; `known` are those that anybody has said it has made or that lie
    here, `held` of them lie here unbroken, `gaps` are missing of them, and all of these lie at `gaps_at`. `unread` lie
    here but are not applied. `received` of this device's `mine` writes, those by its earlier ids among them, are proved
    to lie there. `lacking` blobs it says it lacks. `emptied`: the walk has left it, as it says. `damaged` it found
    where it meets others (of this device also what its own disk has spoilt). `forked`: who has its changes otherwise
    than they are here, so that its id was in two places. `latest`: no later id of the same machine is known; else
    `successor` is it. `seen`: when this home last read something new from it, by this home's clock (ISO UTC); it says
    neither when that was written nor that it was not about since. `ids`: its own and those its machine had before.
    `called`: what it is called, so that no other is called the same; `called_in_full` with what it calls itself.
    `ahead_s`: its clock goes at least so many seconds before this home's. `near`: it is another home of this machine;
    `beside`: the others of its machine, this one aside. Who is lost together is one place.
    """

    device: str
    letter: str
    label: str
    machine: str
    own: bool
    latest: bool
    announced: int | None
    held: int
    gaps: tuple[tuple[int, int], ...]
    received: int | None
    mine: int
    lacking: int | None
    keeps: bool
    done: bool
    called: str
    called_in_full: str
    ids: tuple[str, ...]
    emptied: bool = False
    known: int = 0
    seen: str | None = None
    gaps_at: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()
    damaged: tuple[Damaged, ...] = ()
    forked: tuple[str, ...] = ()
    successor: str | None = None
    ahead_s: int = 0
    near: bool = False
    beside: tuple[str, ...] = ()

    @property
    def here(self) -> int:
        """How many of its `known` writes are not missing here; those that lie here unread are here."""
        return self.known - sum(last - first + 1 for first, last in self.gaps)

    @property
    def name(self) -> str:
        """What people call the device."""
        return self.called


@dataclass(frozen=True, kw_only=True)
class Receipts:
    """A walk's receipts: per device, and the sentences that may be said now.

    `missing_changes` writes that others announced and that are not here, `unread_changes` those of them that lie here
    all the same but are not applied; `missing_blobs` that changes name and that are not here, `missing_at` of each of
    them the names of the devices that have said to have it, `missing_photos` how many photos they are part of,
    `missing_files` how many are part of none. `state` is *Sparat här → Kopierat till … → Mottaget av …* as far as it
    has come. `everything` says what has been received here, `heard` how many devices have been heard from while fewer
    than expected are known, `waits` what *Allt från …* waits for once the walk has ended. `holders` are the ground of
    it all. `whole_at`: how many other machines have announced all that this one holds.
    """

    devices: tuple[DeviceReceipt, ...]
    missing_changes: int
    unread_changes: int
    missing_blobs: tuple[str, ...]
    missing_at: Mapping[str, tuple[str, ...]]
    missing_photos: int
    missing_files: int
    state: tuple[str, ...]
    everything: str | None
    heard: str | None
    complete: bool
    safe_to_empty: bool
    waits: tuple[str, ...] = ()
    holders: tuple[Holder, ...] = ()
    whole_at: int = 0

    @property
    def sentences(self) -> tuple[str, ...]:
        """Everything that may be said now, in order."""
        said = [*self.state, *(each for each in (self.everything, self.heard) if each), *self.waits]
        if self.missing_changes > self.unread_changes:
            count = self.missing_changes - self.unread_changes
            text = ngettext("{n} ändring har inte kommit hit än.", "{n} ändringar har inte kommit hit än.", count)
            said.append(text.format(n=count))
        if self.unread_changes:
            count = self.unread_changes
            text = ngettext("{n} ändring ligger här oläst.", "{n} ändringar ligger här olästa.", count)
            said.append(text.format(n=count))
        if self.missing_photos:
            count = self.missing_photos
            text = ngettext("{n} foto har inte kommit hit än.", "{n} foton har inte kommit hit än.", count)
            said.append(text.format(n=count) + self._not_needed())
        if self.missing_files:
            count = self.missing_files
            text = ngettext("{n} fil har inte kommit hit än.", "{n} filer har inte kommit hit än.", count)
            said.append(text.format(n=count) + self._not_needed())
        if self.safe_to_empty:
            said.append(_("Säkert att tömma den här plattan."))
        return tuple(said)

    def _not_needed(self) -> str:
        """That what has not come keeps nobody from emptying this device, where that is safe."""
        text = _("Det behövs inte för att tömma: två andra har allt som ligger här.")
        return f" {text}" if self.safe_to_empty else ""


def receipts(
    log: ChangeLog,
    blobs: BlobStore,
    places: Places,
    scope: str,
    me: Me,
    recorded: Mapping[str, Tablet],
    expected: int | None,
    *,
    ended: bool = False,
) -> Receipts:
    """The receipts of a walk. `recorded`: the devices as the walk's records of them say, by id; `expected`: how
    many tablets were along, None where nobody has said; `ended`: whether the walk has ended."""
    return _Told(log, blobs, places, scope, me, recorded).receipts(expected, ended=ended)


def holders(
    log: ChangeLog, blobs: BlobStore, places: Places, scope: str, me: Me, recorded: Mapping[str, Tablet]
) -> tuple[Holder, ...]:
    """The other devices that have announced something of a walk, each by its latest id, and the targets where it was
    seen."""
    return _Told(log, blobs, places, scope, me, recorded).holders()


class _Told(Known):
    """What may be said of what is known."""

    def receipts(self, expected: int | None, *, ended: bool) -> Receipts:
        """All of it."""
        me = {self._me.device} & set(self._gone.values())
        devices = sorted({*self._last, *self._heads, *self._recorded, *self._unread, *self._told_of(), *me})
        missing = self._missing_changes(devices)
        blobs = tuple(sorted(self._named - set(self._held)))
        naming = self._log.naming(self._scope, blobs)
        photos = {record for found in naming.values() for kind, record, _device, _seq in found if kind == Photo.KIND}
        others = [blob for blob, found in naming.items() if all(kind != Photo.KIND for kind, *_rest in found)]
        along, unheard = self._along(), self._unheard()
        over = not unheard and not self._unended(along) and all(each.latest for each in along)
        complete = expected is not None and not missing and not blobs and over and 0 < expected <= len(along)
        return Receipts(
            devices=tuple(self._device(device) for device in devices),
            missing_changes=missing,
            unread_changes=self._unread_changes(),
            missing_blobs=blobs,
            missing_at=self._at(blobs),
            missing_photos=len(photos),
            missing_files=len(others),
            state=self._state(),
            everything=self._everything(complete, along, bool(missing or blobs)),
            heard=self._heard(len(along), expected),
            complete=complete,
            safe_to_empty=self._safe_to_empty(missing),
            waits=tuple(self._waits(along, unheard, expected)) if ended and not complete else (),
            holders=self.holders(),
            whole_at=len(self._holding()),
        )

    def _device(self, device: str) -> DeviceReceipt:
        said, own = self._heads.get(device), device == self._me.device
        announced = said.have.get(device, [0])[0] if said else None
        mine = sum(self._last.get(each, 0) for each in self._mine)
        there = self._proved[device] if said and not own else {}
        unread = self._unread.get(device, ())
        gaps = without(self._all_gaps(device), unread)
        successor = None if device in self._gone and self._went_on(device) else self._gone.get(device)
        return DeviceReceipt(
            device=device,
            letter=self._called.tablet(device).letter,
            label=self._called.tablet(device).label,
            machine=said.machine if said else "",
            own=own,
            latest=successor is None,
            announced=announced,
            held=self._have.get(device, [0])[0],
            gaps=gaps,
            received=mine if own else sum(there.get(each, 0) for each in self._mine) if said else None,
            mine=mine,
            lacking=len(self._named - set(self._held)) if own else len(said.lacking) if said else None,
            keeps=self._keeps if own else bool(said and said.keeps),
            done=bool(said and said.done),
            called=self._called.of(device),
            called_in_full=self._called.full(device),
            ids=tuple(sorted(self._line(device))),
            emptied=bool(said and said.emptied),
            known=self._known_of(device),
            seen=None if own else self._seen.get(device),
            gaps_at=self._have_as_far(device, gaps[-1][1]) if gaps else (),
            unread=unread,
            damaged=self._damaged(said, own=own),
            forked=self._forked(device),
            successor=successor,
            ahead_s=0 if own else self._ahead.get(device, 0),
            near=not own and successor is None and bool(said and said.machine == self._my_machine),
            beside=self._beside(said) if said and successor is None else (),
        )

    def _missing_changes(self, devices: Iterable[str]) -> int:
        """Writes that others announced and that are not applied here; a row that differs counts as one at least."""
        every = {device: sum(last - first + 1 for first, last in self._all_gaps(device)) for device in devices}
        return sum(count or bool(self._forked(device)) for device, count in every.items())

    def _unread_changes(self) -> int:
        """Those of them that lie here unread."""
        every = {device: self._all_gaps(device) for device in self._unread}
        left = {device: without(gaps, self._unread[device]) for device, gaps in every.items()}
        return sum(last - first + 1 for gaps in every.values() for first, last in gaps) - sum(
            last - first + 1 for gaps in left.values() for first, last in gaps
        )

    def _along(self) -> list[Machine]:
        """The machines that were along: those that noted something in the field. One that keeps the walk may be a desk
        where people enter what others saw, so that it counts only where it is said that it was along."""
        return [each for each in self._noting() if not _keeps(each) or any(said.along for said in each.latest)]

    def _noting(self) -> list[Machine]:
        workers = self._log.authors(self._scope, FIELD_KINDS)
        return [each for each in self._machines.values() if self._line_of(each) & workers]

    def _unheard(self) -> list[str]:
        """The devices that noted something in the field and of which it is not known on which machine that was."""
        before = {said.was for said in self._heads.values()}
        return sorted(self._log.authors(self._scope, FIELD_KINDS) - set(self._heads) - before)

    def _line_of(self, machine: Machine) -> set[str]:
        """The ids of a machine, and what they were before."""
        return machine.ids | {self._heads[device].was or device for device in machine.ids}

    def _unended(self, along: Iterable[Machine]) -> list[Heads]:
        """The latest words of those that have not said that the walk has ended there, or have gone on since."""
        return [
            said
            for each in along
            for said in each.latest
            if not (said.done and (said.emptied or self._is_current(said)))
        ]

    def _waits(self, along: Sequence[Machine], unheard: Iterable[str], expected: int | None) -> Iterator[str]:
        """What *Allt från …* waits for, beside those that are not known at all and what has not come here."""
        if expected is None:
            yield _("Hur många plattor som var med är inte sagt. Säg det under Avsluta vandringen.")
        desks = [each for each in self._noting() if _keeps(each) and each not in along]
        if desks and expected is not None and len(along) < expected:
            text = _("{names} sparar vandringen. Var den med och antecknade: säg det där under Enheter, och synka.")
            yield text.format(names=self._names(desks))
        if names := sorted(self._called.of(each) for each in unheard if each != self._me.device):
            yield _("{names} har inte hörts av.").format(names=", ".join(names))
        unended = self._unended(along)
        if any(said.device in self._mine for said in unended):
            yield _("Den här plattan har inte sagt att vandringen är avslutad. Avsluta den här, och synka.")
        if names := sorted({self._name(said) for said in unended if said.device not in self._mine}):
            text = _("{names} har inte sagt att vandringen är avslutad där. Avsluta den där, och synka.")
            yield text.format(names=", ".join(names))

    def _is_current(self, said: Heads) -> bool:
        """Whether nothing of the device's own is here that it had not yet written when it announced."""
        return bool(said.have.get(said.device, [0])[0] >= self._last.get(said.device, 0))

    def _names(self, machines: Iterable[Machine]) -> str:
        names = {self._name(said) for each in machines for said in each.latest}
        return ", ".join(sorted(names, key=lambda name: (len(name), name)))

    def _everything(self, complete: bool, along: list[Machine], missing: bool) -> str | None:
        if complete:
            text = ngettext(
                "Allt från {n} platta ({names}) är mottaget", "Allt från {n} plattor ({names}) är mottaget", len(along)
            )
            return text.format(n=len(along), names=self._names(along))
        before = {said.was for said in self._heads.values()}
        others = {device: said for device, said in self._others.items() if device not in before}
        if missing or not others:
            return None
        names = sorted(map(self._name, others.values()))
        return _("Allt som {names} har skickat är mottaget").format(names=", ".join(names))

    def _heard(self, heard: int, expected: int | None) -> str | None:
        if expected is None or heard >= expected or (expected == 1 and self._alone()):
            return None
        return _("{heard} av {expected} plattor har hörts av").format(heard=heard, expected=expected)

    def _alone(self) -> bool:
        """Whether this machine alone noted something in the field, and is no desk: there is no other to hear of."""
        workers = self._log.authors(self._scope, FIELD_KINDS)
        return not self._keeps and bool(workers) and workers <= set(self._mine)

    def _state(self) -> tuple[str, ...]:
        said = [_("Sparat här")]
        last = {device: self._last[device] for device in self._mine if device in self._last}
        mine = {device: self._have[device] for device in last if device in self._have}
        if not mine or self._unsent or any(mine.get(device, [0])[0] != seq for device, seq in last.items()):
            return tuple(said)
        said += [copied_to(each) for each in self._copied if mine.items() <= each.have.items()]
        for device, heads in self._others.items():
            # What an id had said that was given up is no longer so where its machine was restored.
            told = device not in self._gone and all(self._proved[device].get(of) == at[0] for of, at in mine.items())
            if told and not set(heads.lacking) & set(self._held):
                said.append(_("Mottaget av {name}").format(name=self._name(heads)))
        return tuple(said)

    def _safe_to_empty(self, missing: int) -> bool:
        """Whether two other machines, by their latest ids, announced every change and blob this one holds, at least one
        of them a place where the walk is kept."""
        settled = not (missing or self._unsent or self._log.batches_not_applied(self._scope) or self._keeps)
        if not settled or not self._have or orphans(self._log, self._held):
            return False
        holding = self._holding()
        return len(holding) >= 2 and any(map(_keeps, holding))

    def _holding(self) -> list[Machine]:
        """The other machines that announced every change and blob this one holds, by their latest ids."""
        return [each for each in self._other_machines if each.latest and all(map(self._holds_all, each.latest))]

    def _holds_all(self, said: Heads) -> bool:
        proved = self._proved[said.device]
        whole = all(proved.get(device) == entry[0] for device, entry in self._have.items())
        return whole and not set(said.lacking) & set(self._held)


def _keeps(machine: Machine) -> bool:
    return any(said.keeps for said in machine.latest)


def orphans(log: ChangeLog, held: Iterable[str]) -> set[str]:
    """Of the files that lie here those that nothing in any walk names: after a restore they may be the only ones."""
    return set(held).difference(*(log.blobs_named(scope) for scope in log.scopes()))
