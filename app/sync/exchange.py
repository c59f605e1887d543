"""One pass over one walk: list, put what is missing there, get what is missing here, announce, read back.

A pass may be stopped anywhere and begun again; it is idempotent, and one bad object never stops the rest. It knows no
locks, no server time, no file times and no order of directories. Whatever moment it is stopped at, the most useful
things have gone both ways: text, then what this device has and what others say they have, then small pictures, then
larger ones, then originals. So an announcement may go twice in a pass that moved both text and pictures: the first says
that the pictures are lacking, which is true as long as it is the latest.
"""

import secrets
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from datetime import datetime

from app.base.clock import Clock, iso, utc_now
from app.base.errors import GatljusError, reason_of
from app.base.job import Job, Step
from app.base.words import _
from app.domain.batch import parse_name, writes_in
from app.domain.ports import Announced, BlobStore, ChangeLog, Places, Remembered, Taken, Target, There
from app.sync import heads
from app.sync.about import about
from app.sync.carrier import Carrier
from app.sync.heads import Heads, Me, NotHeads
from app.sync.moves import Move, lies_there, moves
from app.sync.names import ABOUT, BATCH, BLOB, BLOBS, CHANGES, HEAD, HEADS, MARKER, Found, folder_of, look_in, matches
from app.sync.purging import clear
from app.sync.report import Problem, Report
from app.sync.survey import Asks, Survey, look_twice

KEPT_HEADS = 2
"""Own announcements that are kept besides the latest one, for who is just reading them."""

Pass = Generator[Step, None, None]


def exchange(
    log: ChangeLog,
    blobs: BlobStore,
    places: Places,
    target: Target,
    scope: str,
    me: Me,
    *,
    again: bool = False,
    clock: Clock = utc_now,
    sleep: Callable[[float], None] = time.sleep,
) -> Job[Report]:
    """Exchange one walk with a target. `again` answers yes where the target asks. A walk that was purged here is
    deleted there instead; one that was purged there is not put there again, whatever is answered.

    Raises GatljusError where the target cannot be listed or marked, or where this home's disk fails.
    """
    purged = places.purged(scope)
    if purged is not None:
        return (yield from clear(places, target, scope, purged))
    yield Step(_("Tittar efter vad som finns på {target}.").format(target=target.label))
    seen = yield from look_twice(places, target, scope, sleep)
    if seen.asks and not (again and seen.asks is not Asks.PURGED):
        # It is no longer what it was: nobody may go on saying that everything lies there.
        places.forget_copied(target.label, scope)
        return Report(asks=seen.asks)
    work = _Pass(log, blobs, places, target, scope, me, clock(), seen)
    if work.needs_new_id():
        return Report(new_id_needed=True)
    with closing(work.run()) as steps:
        for step in steps:
            yield step
            if places.purged(scope) is not None:
                break
    # Purged here meanwhile, by another process or thread: what this pass has put since goes as well.
    purged = places.purged(scope)
    return work.report if purged is None else (yield from clear(places, target, scope, purged))


class _Pass:
    """A pass under way."""

    def __init__(
        self,
        log: ChangeLog,
        blobs: BlobStore,
        places: Places,
        target: Target,
        scope: str,
        me: Me,
        now: datetime,
        seen: Survey,
    ) -> None:
        self._log, self._blobs, self._places, self._target = log, blobs, places, target
        self._scope, self._folder, self._me, self._seen = scope, folder_of(scope), me, seen
        self._markers = set(seen.markers)
        self._found_blobs = look_in(seen.names, self._folder + BLOBS, BLOB)
        self._found_heads = look_in(seen.names, self._folder + HEADS, HEAD)
        self._here = blobs.names()
        self._spoilt = set[str]()
        self._now = now
        self._heard: list[Heads] = []
        self.report = Report()
        self._carrier = Carrier(target, scope, seen, now, self.report)

    def needs_new_id(self) -> bool:
        """Whether the target holds something under my id that did not come from this home: a copy of it is about. What
        this home has been emptied of came from it."""
        changes, gone = self._seen.changes, self._log.emptied(self._scope, self._me.device) or 0
        lying = set(changes.whole) | set(changes.beside) | changes.waiting
        for name in sorted(lying - set(self._log.batches(self._scope))):
            said = parse_name(name)
            if said and said.device == self._me.device and said.last > gone:
                data = self._carrier.fetch(CHANGES, changes, name)
                if data is None or not self._log.holds_all_of(self._scope, name, data):
                    return True
        return False

    def run(self) -> Pass:
        """The whole pass, once it is clear that nothing stops it."""
        if not self._markers:
            # Before anything is frozen: a place that cannot be written raises here, and nothing has changed.
            self._markers.add(secrets.token_hex(8))
            self._target.put_new(MARKER + "".join(self._markers), b"")
        yield from self._put_batches()
        yield from self._get_batches()
        yield Step(_("Läser vad de andra har."))
        self._heard = list(self._announcements())
        self._erase(self._found_blobs)
        ahead = self._moves()
        if ahead and (self.report.sent.changes or self.report.got.changes):
            self._announce()
        yield from self._exchange_blobs(ahead)
        yield Step(_("Berättar vad som finns här."))
        self._repair_on_request()
        self._announce()
        yield Step(_("Läser tillbaka."))
        self._read_back()
        self.report.missing = sorted(self._log.blobs_named(self._scope) - set(self._here))
        found = (self._seen.changes, self._found_blobs, self._found_heads)
        self.report.copies = sum(len(names) for each in found for names in each.beside.values())
        self.report.not_applied = self._log.batches_not_applied(self._scope)

    def _put_batches(self) -> Pass:
        self._log.freeze(self._scope)
        held = self._log.batches(self._scope)
        self._say_what_it_is()
        for done, name in enumerate(sorted(held)):
            data = self._log.batch(name)
            if not matches(name, data):
                # Wherever it lies whole, it is fetched again.
                self._spoilt.add(name)
                continue
            wanted, repair = self._carrier.must_put(self._seen.changes, name, held[name])
            if not wanted:
                continue
            yield Step(_("Skickar ändringar."), done, len(held))
            if self._carrier.put(CHANGES, name, data, repair=repair):
                self.report.sent.changes += writes_in(name)
                self.report.sent.bytes += len(data)
                self.report.put_again += name in self._seen.gone

    def _say_what_it_is(self) -> None:
        name, data = about(self._scope)
        lies = {each: size for each, size in self._seen.names.items() if each.startswith(self._folder + ABOUT)}
        cut = lies.get(self._folder + name) not in (None, 0, len(data))
        if cut or not lies:
            self._carrier.put("", name, data, repair=cut)

    def _get_batches(self) -> Pass:
        found, held = self._seen.changes, set(self._log.batches(self._scope)) - self._spoilt
        unknown = sorted((set(found.whole) | set(found.beside)) - held)
        for done, name in enumerate(unknown):
            yield Step(_("Hämtar ändringar."), done, len(unknown))
            data = self._carrier.fetch(CHANGES, found, name)
            if data is None:
                continue
            taken = self._log.append(self._scope, name, data)
            if taken is Taken.DAMAGED:
                self.report.problems.append(Problem(name, _("Filen hör inte till den här vandringen.")))
                continue
            self.report.got.changes += writes_in(name) if taken is Taken.APPLIED else 0
            self.report.got.bytes += len(data)
        for name in sorted(found.waiting - held):
            self._carrier.is_stale(found, name)

    def _moves(self) -> list[Move]:
        """The blobs that are to go either way, the most useful first."""
        found = self._found_blobs
        named = self._log.blobs_named(self._scope)
        there = set(found.whole) | set(found.beside) | found.waiting
        names = self._log.blobs_by_urgency(self._scope, named & (set(self._here) | there))
        return list(moves(self._carrier, found, self._here, names, self._seen.names, self._folder + BLOBS))

    def _exchange_blobs(self, ahead: list[Move]) -> Pass:
        done, total = 0, sum(each.size for each in ahead)
        for place, each in enumerate(ahead):
            text = _("Fil {n} av {total}").format(n=place + 1, total=len(ahead))
            yield Step(text, done, total, in_bytes=True)
            if each.there:
                self._put_blob(each)
            else:
                self._get_blob(each.name)
            done += each.size

    def _put_blob(self, move: Move) -> None:
        if self.report.refused:
            self.report.held_back = True
            return
        try:
            data = self._own(move.name)
        except GatljusError as error:
            # This home's own copy is spoilt; what lies there may be whole.
            self.report.problems.append(Problem(move.name, str(error)))
            self._get_blob(move.name)
            return
        if self._carrier.put(BLOBS, move.name, data, repair=move.repair):
            self.report.sent.blobs += 1
            self.report.sent.names.add(move.name)
            self.report.sent.bytes += len(data)

    def _own(self, name: str) -> bytes:
        """The blob as it lies here. Raises GatljusError where it is spoilt; from then on it is lacking here."""
        try:
            return self._blobs.read(name)
        except GatljusError:
            self._here.pop(name, None)
            raise

    def _get_blob(self, name: str) -> None:
        data = self._carrier.fetch(BLOBS, self._found_blobs, name)
        if data is None:
            return
        try:
            self._blobs.put(data)
        except OSError as error:
            raise GatljusError(
                "home-not-writable",
                _("Ett foto kunde inte sparas här: {error}.").format(error=reason_of(error)),
                _("Frigör utrymme på den här datorn och synka igen."),
            ) from error
        self._here[name] = len(data)
        self.report.got.blobs += 1
        self.report.got.names.add(name)
        self.report.got.bytes += len(data)

    def _erase(self, found: Found) -> None:
        """Blobs of erased records go, here and there, at each pass."""
        for name in sorted(self._log.blobs_to_delete()):
            self._blobs.delete(name)
            self._here.pop(name, None)
        for name in sorted(self._log.blobs_erased(self._scope)):
            for each in {*found.sources(name), *({name} & found.waiting)}:
                self._carrier.delete(BLOBS, each)

    def _announcements(self) -> Iterator[Heads]:
        """Others' announcements on this target, the latest readable one of each device; kept here as well."""
        found = self._found_heads
        kept = {each.name: each.content for each in self._places.announced(self._scope)}
        read = {self._me.device}
        for name in sorted({*found.whole, *found.beside}, key=heads.said_in, reverse=True):
            device, no = heads.said_in(name)
            content = None if device in read else kept.get(name) or self._carrier.fetch(HEADS, found, name)
            if content is None:
                continue
            try:
                said = heads.unpack(content, device)
            except NotHeads:
                self.report.problems.append(Problem(name, _("Beskedet kan inte läsas av den här versionen.")))
                continue
            read.add(device)
            heard = Announced(device, no, name, content, iso(self._now), self._target.label)
            self._places.keep_announced(self._scope, heard)
            yield said

    def _repair_on_request(self) -> None:
        """Put right what others found damaged here, where I hold it whole."""
        held = self._log.batches(self._scope)
        for name in sorted({name for said in self._heard for name in said.damaged}):
            if name in held and name in self._seen.changes.whole and self._carrier.is_damaged(CHANGES, name):
                self._carrier.put(CHANGES, name, self._log.batch(name), repair=True)
            elif name in self._here and name in self._found_blobs.whole and self._carrier.is_damaged(BLOBS, name):
                with self._carrier.passing_over(name):
                    self._carrier.put(BLOBS, name, self._own(name), repair=True)

    def _mine(self) -> Heads:
        said, have = self._places.said(self._scope), self._log.have(self._scope)
        # By the very row that is announced: what is written meanwhile has not been ended.
        last = have.get(self._me.device, [0])[0]
        return Heads(
            device=self._me.device,
            machine=heads.machine_in(self._scope, self._me.machine),
            was=self._me.was,
            letter=self._me.letter,
            label=self._me.label,
            have=have,
            lacking=tuple(sorted(self._log.blobs_named(self._scope) - set(self._here))),
            damaged=tuple(sorted({each.name for each in self.report.damaged if not each.name.endswith(".json")})),
            keeps=said.keeps,
            along=said.keeps and said.along,
            done=said.done == (self._me.device, last),
        )

    def _announce(self) -> None:
        """Write my own announcement where it says something new, and remove those long superseded."""
        found = self._found_heads
        lying = {name for name in (*found.whole, *found.waiting) if heads.said_in(name)[0] == self._me.device}
        there = {heads.said_in(name)[1]: name for name in sorted(lying)}
        mine = [each for each in self._places.announced(self._scope) if each.device == self._me.device]
        data = heads.pack(self._mine())
        no = max([*there, *(each.no for each in mine)], default=0)
        if heads.name_of(self._me.device, no, data) not in {*lying, *(each.name for each in mine)}:
            no += 1
        name = heads.name_of(self._me.device, no, data)
        wanted, repair = self._carrier.must_put(found, name, len(data))
        if wanted and self._carrier.put(HEADS, name, data, repair=repair):
            found.whole[name] = len(data)
        self._places.keep_announced(self._scope, Announced(self._me.device, no, name, data, place=self._target.label))
        superseded = sorted(each for each in there if each != no)
        for old in superseded[: max(0, len(superseded) - KEPT_HEADS)]:
            self._carrier.delete(HEADS, there[old])

    def _read_back(self) -> None:
        """List again what was put, and remember what lies there."""
        names = self._target.list(self._folder) if self._carrier.sent else self._seen.names
        unseen = [full for full, size in self._carrier.sent.items() if names.get(full) != size]
        for full in unseen:
            self.report.problems.append(Problem(full, _("Det som lades dit syns inte där ännu.")))
        changes, blobs = look_in(names, self._folder + CHANGES, BATCH), look_in(names, self._folder + BLOBS, BLOB)
        # In this order: what is written meanwhile is then either not in `have`, or it still waits to be sent.
        have, unsent, held = self._log.have(self._scope), self._log.unsent(self._scope), self._log.batches(self._scope)
        named = self._log.blobs_named(self._scope)
        # What is spoilt here counts as well: if it does not lie there whole, it lies nowhere that is known of.
        lost = named & self._blobs.damaged() - set(blobs.whole)
        self.report.copied = (
            not unseen
            and not unsent
            and not self._carrier.failed
            and all(changes.whole.get(name) == size for name, size in held.items())
            and not lost
            and all(blobs.whole.get(name) == self._here[name] for name in named & set(self._here))
        )
        lacking = {name for name in named if blobs.whole.get(name) != self._here.get(name, -1)}
        seen = Remembered(
            frozenset({*changes.whole, *changes.waiting}),
            self._carrier.since,
            have if self.report.copied else {},
            There(lies_there(have, held, changes.whole), frozenset(lacking)),
        )
        self._places.remember(self._target.label, self._target.here, self._markers, self._scope, seen)
