"""Tablets, places and what befalls them, step by step; after each step what must hold is held against the model.

Nothing that anybody wrote may go as long as one tablet or place had it, nothing may be told too early, and when all is
quiet every tablet has everything and shows what the model shows.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from app.base.errors import GatljusError
from app.base.job import finish
from app.domain.ports import Places, Target
from app.domain.records import SafetyWalk
from app.jobs.purge import empty, purge
from app.jobs.sync import meet
from app.queries.devices import devices_of
from app.sync.passing import Unremembered
from app.sync.report import Report
from app.sync.targets.parcel import ParcelTarget
from tests.contract.kinds import let_go, settled
from tests.fuzz.deeds import Deeds
from tests.fuzz.model import Model
from tests.fuzz.places import PLACES, Content, Faulty, Killed, Place, blobs_in, stamps_in
from tests.fuzz.tablet import Tablet
from tests.homes import START

YEARS = timedelta(days=3652)
ROUNDS = 8
"""Passes of every tablet at every place after which all must be quiet."""
MOST = 6
"""Tablets at once."""


class World:
    """Two to five tablets and two or three places in a folder; everything follows from the seed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.dice = random.Random(seed)
        self._folder, self._seed = folder, seed
        self.models: dict[str, Model] = {}
        self.deeds = Deeds(self.dice, self.models)
        self.tablets: list[Tablet] = []
        for _ in range(self.dice.randint(2, 5)):
            ahead = self.dice.choice((timedelta(), timedelta(), timedelta(hours=3), YEARS, -YEARS))
            self._join(folder / f"tablet{len(self.tablets)}", ahead)
        # A parcel alone brings nobody together again after a fault.
        kinds = [self.dice.choice(PLACES[:2]), *(self.dice.choice(PLACES) for _ in range(self.dice.randint(1, 2)))]
        self.places: list[Place] = [kind(folder / f"place{number}") for number, kind in enumerate(kinds)]
        self._before: list[Content] = [each.read() for each in self.places]
        self.walks = [self.deeds.begin(self.tablets[0]) for _ in range(self.dice.choice((1, 1, 2)))]
        self._lay: dict[str, set[str]] = {}
        self._ever: dict[tuple[str, str], set[str]] = {}
        self._announced_done: list[tuple[str, str, set[str]]] = []

    def _join(self, folder: Path, ahead: timedelta, machine: str = "") -> None:
        name = f"{folder.name}"
        self.tablets.append(Tablet(folder, name, machine or f"machine of {name}", ahead, f"{self._seed} {name}"))

    def close(self) -> None:
        """Close every home."""
        for each in self.tablets:
            each.session.leave()

    # Step by step

    def step(self) -> None:
        """Something is done by somebody, or befalls somebody. What was anywhere before is still somewhere."""
        tablet, walk = self.dice.choice(self.tablets), self.dice.choice(self.walks)
        tablet.stand()
        deeds = self.deeds
        doing: dict[Callable[[Tablet, str], None], float] = {
            deeds.add: 3, deeds.edit: 8, deeds.delete: 2, deeds.undo: 2, deeds.settle: 4, self._end: 1, self._meet: 10,
            self._back_up: 1, self._image: 0.3, self._change_clock: 1, self._empty: 2,
        }  # fmt: skip
        losing: dict[Callable[[Tablet, str], None], float] = {
            self._restore: 0.6, self._put_image_back: 0.3, self._clone: 0.5, self._break: 0.2, self._befall_place: 1,
        }  # fmt: skip
        if self.dice.random() < 0.06:
            self._lay = {}
            self._any(losing)(tablet, walk)
            return
        before = self._lay or self._lying()
        self._any(doing)(tablet, walk)
        # What lies somewhere after this step is what lay there before the next.
        self._lay = self._lying()
        for each in self.walks:
            gone = before[each] - self._lay[each]
            assert not gone, f"lost without a reason: {[self.models[each].rows[one] for one in gone]}"
        if self.dice.random() < 0.3 and tablet.stamps(walk):
            deeds.compare(tablet, walk)

    def _any(self, doings: dict[Callable[[Tablet, str], None], float]) -> Callable[[Tablet, str], None]:
        return self.dice.choices(list(doings), list(doings.values()))[0]

    def _lying(self) -> dict[str, set[str]]:
        """The stamps that lie somewhere, by walk."""
        return {each: self._everywhere(each) for each in self.walks}

    def _everywhere(self, walk: str) -> set[str]:
        found = set[str]()
        for tablet in self.tablets:
            found |= tablet.stamps(walk)
        for place in self.places:
            found |= stamps_in(place.read(), walk)
        return found

    def _end(self, tablet: Tablet, walk: str) -> None:
        self.deeds.end(tablet, walk, self.dice.randint(1, len(self.tablets)))

    def _change_clock(self, tablet: Tablet, _walk: str) -> None:
        tablet.clock.now += self.dice.choice((timedelta(hours=5), timedelta(hours=-5), YEARS, -YEARS, timedelta(1)))

    def _back_up(self, tablet: Tablet, _walk: str) -> None:
        tablet.session.back_up()

    def _image(self, tablet: Tablet, _walk: str) -> None:
        tablet.take_image()

    def _empty(self, tablet: Tablet, walk: str) -> None:
        """A tablet is emptied of a walk where all that it has of it lies elsewhere as well."""
        others, lying = [each for each in self.tablets if each is not tablet], [each.read() for each in self.places]
        stamps = set[str]().union(*(each.stamps(walk) for each in others), *(stamps_in(each, walk) for each in lying))
        blobs = set[str]().union(*(each.blobs() for each in others), *map(blobs_in, lying))
        mine = tablet.stamps(walk)
        if mine <= stamps and self._named(walk, mine) & tablet.blobs() <= blobs:
            for found in tablet.session.read(SafetyWalk, {"id": walk}):
                # Not where it is told to keep the walk.
                with suppress(GatljusError):
                    finish(empty(tablet.session, found, anyway=True))
                    self.deeds.forget(tablet)

    # What may take something away

    def _restore(self, tablet: Tablet, _walk: str) -> None:
        found = sorted(tablet.session.backups.glob("*.db"))
        if found:
            tablet.restore(self.dice.choice(found))
            self.deeds.forget(tablet)

    def _put_image_back(self, tablet: Tablet, _walk: str) -> None:
        if tablet.images:
            tablet.put_image_back(self.dice.choice(tablet.images))
            self.deeds.forget(tablet)

    def _clone(self, tablet: Tablet, _walk: str) -> None:
        if len(self.tablets) < MOST:
            folder = self._folder / f"tablet{len(list(self._folder.glob('tablet*')))}"
            tablet.copy(folder)
            same = tablet.machine if self.dice.random() < 0.3 else ""
            self._join(folder, tablet.clock.now - START, same)

    def _break(self, tablet: Tablet, _walk: str) -> None:
        """A tablet falls into the water."""
        if len(self.tablets) > 2:
            tablet.session.leave()
            self.tablets.remove(tablet)

    def _befall_place(self, _tablet: Tablet, _walk: str) -> None:
        """A place is emptied, rolled back, half deleted, half there only by name, or swapped for another."""
        number = self.dice.randrange(len(self.places))
        place, now = self.places[number], self.places[number].read()
        match self.dice.choice(("emptied", "rolled back", "half", "empty files", "one", "swapped", "kept", "kept")):
            case "emptied":
                place.write({})
            case "rolled back":
                place.write(self._before[number])
            case "half":
                place.write({name: data for name, data in now.items() if self.dice.random() < 0.5})
            case "empty files":
                place.write({name: b"" if self.dice.random() < 0.2 else data for name, data in now.items()})
            case "one":
                gone = self.dice.choice([*now, ""])
                place.write({name: data for name, data in now.items() if name != gone})
            case "swapped":
                place.write(self.dice.choice(self.places).read())
            case _:
                self._before[number] = now

    # Meeting at a place

    def _meet(self, tablet: Tablet, walk: str) -> None:
        """A pass at a place that fails, hides and cuts, and in one of ten times a kill in the middle."""
        place = self.dice.choice(self.places)
        if not tablet.stamps(walk) and not stamps_in(place.read(), walk):
            return
        deadly = self.dice.randrange(30) if self.dice.random() < 0.1 else None
        try:
            self.meet(tablet, walk, place, lambda target: Faulty(target, self.dice, deadly))
        except Killed:
            tablet.reopen()

    def meet(self, tablet: Tablet, walk: str, place: Place, faulty: Callable[[Target], Target] | None = None) -> None:
        """A pass, and a second one where the place asks and a person says yes."""
        tablet.stand()
        lying, target = place.read(), place.open(tablet.folder)
        met = target if faulty is None else faulty(target)
        places = Unremembered(tablet.session.places) if isinstance(target, ParcelTarget) else tablet.session.places
        try:
            report = self._pass(tablet, walk, met, places, again=False)
            if report and report.asks:
                assert place.read() == lying, "changed before a person had answered"
                again = self.dice.random() < 0.6
                report = self._pass(tablet, walk, met, places, again=True) if again else None
            report = self._settle(target, report, may_fail=faulty is not None)
        finally:
            let_go(target)
        if report:
            self._check_told(tablet, walk, place, report)

    def _settle(self, target: Target, report: Report | None, *, may_fail: bool) -> Report | None:
        """What was put lasts. A parcel in which an object was cut to nothing on its way does not read back as it was
        put, and so is not written: then nothing was sent."""
        try:
            settled(target)
        except GatljusError:
            if not may_fail:
                raise
            return None
        return report

    def _pass(self, tablet: Tablet, walk: str, target: Target, places: Places, *, again: bool) -> Report | None:
        said = tablet.session.places.said(walk).done
        mine = self._written_by(tablet, walk)
        try:
            return finish(meet(tablet.session, target, walk, again=again, places=places))
        except (GatljusError, OSError):
            return None
        finally:
            self._note(tablet, walk)
            last = tablet.session.log.last_seqs(walk).get(tablet.session.identity.device, 0)
            if said == (tablet.session.identity.device, last):
                self._announced_done.append((tablet.machine, walk, mine))

    def _written_by(self, tablet: Tablet, walk: str) -> set[str]:
        device = tablet.session.identity.device
        return {row.stamp for row in tablet.rows(walk) if row.device == device}

    def _note(self, tablet: Tablet, walk: str) -> None:
        """Remember what this tablet's device has now held."""
        held = self._ever.setdefault((tablet.session.identity.device, walk), set())
        held |= tablet.stamps(walk) | tablet.blobs()

    # What is told

    def _check_told(self, tablet: Tablet, walk: str, place: Place, report: Report) -> None:
        """Nothing is told that is not so."""
        known, blobs = tablet.stamps(walk), tablet.blobs()
        named = self._named(walk, known)
        if report.copied:
            lying = place.read()
            assert known <= stamps_in(lying, walk), "copied, told too early: changes"
            assert named & blobs <= blobs_in(lying), "copied, told too early: photos"
        for found in tablet.session.read(SafetyWalk, {"id": walk}):
            told = devices_of(tablet.session, found).found
            for each in told.holders:
                stamps = {row.stamp for row in tablet.rows(walk) if row.seq <= each.upto.get(row.device, 0)}
                assert not each.device or stamps <= self._ever.get((each.device, walk), set()), "received, too early"
            if told.complete:
                done = {machine for machine, of, stamps in self._announced_done if of == walk and stamps <= known}
                expected = self._expected(found)
                assert named <= blobs, "everything received, told too early: photos"
                assert len(done) >= expected, "everything received, told too early: changes"
            if told.safe_to_empty:
                self._check_safe(tablet, walk, known | (named & blobs))

    def _expected(self, walk: SafetyWalk) -> int:
        return walk.devices_expected if isinstance(walk.devices_expected, int) else 0

    def _check_safe(self, tablet: Tablet, walk: str, held: set[str]) -> None:
        devices = {each.session.identity.device: each.machine for each in self.tablets}
        others = {
            devices.get(device, device)
            for (device, of), ever in self._ever.items()
            if of == walk and held <= ever and devices.get(device) != tablet.machine
        }
        assert len(others) >= 2, "safe to empty, told too early"

    def _named(self, walk: str, known: set[str]) -> set[str]:
        values = (self.models[walk].rows[each].value for each in known)
        return {value[1:-1] for value in values if len(value) == 66 and set(value[1:-1]) <= set("0123456789abcdef")}

    # In the end

    def go_home(self) -> None:
        """Every tablet ends the walk, and they meet for a while where requests still fail."""
        expected = self.dice.randint(1, len(self.tablets))
        for tablet in self.tablets:
            tablet.stand()
            for walk in self.walks:
                self.deeds.end(tablet, walk, expected)
        for _ in range(8 * len(self.tablets)):
            tablet = self.dice.choice(self.tablets)
            tablet.stand()
            self._meet(tablet, self.dice.choice(self.walks))

    def settle(self) -> None:
        """Faults end, and every tablet meets every place until nothing is new. Then all have everything."""
        wanted = {each: self._everywhere(each) for each in self.walks}
        photos = set[str]()
        for each in self.tablets:
            photos |= each.blobs()
        for place in self.places:
            photos |= blobs_in(place.read())
        before: object = None
        for _ in range(ROUNDS):
            for tablet, walk, place in self._meetings():
                tablet.clock.now += timedelta(minutes=11)
                self.meet(tablet, walk, place)
            now = [each.read() for each in self.places], [each.stamps(walk) for each in self.tablets for walk in wanted]
            if now == before:
                break
            before = now
        for walk in self.walks:
            self._check_settled(walk, wanted[walk], photos)

    def purge(self, walk: str, meetings: int) -> None:
        """One tablet after the other purges a walk, while all go on meeting at places that fail. Whoever has purged it
        never has anything of it again; in the end nobody has, and marks alone lie on the places."""
        purgers: list[Tablet] = []
        # What no change names since a restore belongs to no walk.
        orphans = {each.name: each.blobs() - self._named_on(each) for each in self.tablets}
        for tablet in self.dice.sample(self.tablets, len(self.tablets)):
            tablet.stand()
            self._purge_on(tablet, walk)
            purgers.append(tablet)
            for _ in range(meetings):
                other = self.dice.choice(self.tablets)
                other.stand()
                self._meet(other, self.dice.choice(self.walks))
                for each in purgers:
                    assert not each.stamps(walk), f"{each.name} has again what it had purged"
        for tablet in self.tablets:
            for place in self.places:
                self.meet(tablet, walk, place)
        for place in self.places:
            lying = [name.rpartition("/")[2] for name in place.read() if name.startswith(f"gatljus1/{walk}/")]
            assert all(name.startswith("purged.") for name in lying), lying
        for tablet in self.tablets:
            kept = tablet.blobs() - orphans[tablet.name]
            assert kept <= self._named_on(tablet), f"{tablet.name} keeps photos of what it had purged"

    def _named_on(self, tablet: Tablet) -> set[str]:
        return {name for walk in self.walks for name in self._named(walk, tablet.stamps(walk))}

    def _purge_on(self, tablet: Tablet, walk: str) -> None:
        (found, *_) = [*tablet.session.read(SafetyWalk, {"id": walk}), SafetyWalk(id=walk, scope=walk)]
        finish(purge(tablet.session, found))

    def _meetings(self) -> Iterator[tuple[Tablet, str, Place]]:
        for tablet in self.tablets:
            for place in self.places:
                for walk in self.walks:
                    yield tablet, walk, place

    def _check_settled(self, walk: str, wanted: set[str], photos: set[str]) -> None:
        named = self._named(walk, wanted)
        for tablet in self.tablets:
            tablet.stand()
            assert tablet.stamps(walk) == wanted, f"{tablet.name} has other changes in the end"
            assert named & photos <= tablet.blobs(), f"{tablet.name} lacks photos in the end"
            self.deeds.compare(tablet, walk)
            assert not tablet.session.log.gaps(walk) or self._gaps(walk, wanted), "gaps"
            assert not tablet.session.log.wrong_cells(), f"{tablet.name}: cells that the log does not say"

    def _gaps(self, walk: str, wanted: set[str]) -> bool:
        """Whether what is left of some device's writes has gaps: what lay between went with its tablet."""
        seqs: dict[str, set[int]] = {}
        for stamp in wanted:
            row = self.models[walk].rows[stamp]
            seqs.setdefault(row.device, set()).add(row.seq)
        return any(len(each) < max(each) for each in seqs.values())
