"""Which stop one is at on a walk, and everything of the walk as a list: what the map shows, in words."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from app.base.words import _, ngettext
from app.domain.records import Observation, Photo, Stop
from app.domain.standing import averaged_of, told
from app.domain.values import Position, known
from app.session import Session
from app.settings import load_passed, load_stop, save_stop
from ui.bridge.guide import Guide
from ui.widgets.desk import Desk, Place
from ui.widgets.field_screen import LARGE
from ui.widgets.look import icon_named
from ui.widgets.map_model import Mark, MarkKind
from ui.widgets.notice import Notice
from ui.widgets.rows import Row
from ui.widgets.things import Things, practised_chip


@dataclass(frozen=True)
class Round:
    """The stops in order, and the place among them of the one that one is at. It stays until a person goes on.
    `said`: the place that a person has said, where the position says another. `bound`: one has set out for that stop
    and is not there yet. `passed`: the ids of those that one went by on the way there. `reached`: a person said it, or
    something was seen there; else it is only the first. `over`: the walk is ended, and one is at none any more."""

    stops: tuple[Stop, ...]
    place: int
    said: int | None = None
    bound: bool = False
    passed: frozenset[str] = frozenset()
    reached: bool = False
    over: bool = False

    @staticmethod
    def of(things: Things, chosen: str) -> "Round":
        """`chosen` is the stop that a person said; else it is the last one at which anything was seen, else the
        first."""
        seen = {each.stop for each in things.observations}
        said = [place for place, stop in enumerate(things.stops) if stop.id == chosen]
        found = said or [place for place, stop in enumerate(things.stops) if stop.id in seen]
        return Round(things.stops, max(found, default=0), reached=bool(found))

    @staticmethod
    def now(session: Session, things: Things) -> "Round":
        """Where this device is on the walk."""
        way = Round.of(things, load_stop(session.home, things.scope))
        return replace(way, passed=load_passed(session.home, things.scope))

    def at(self, stop: str) -> "Round":
        """At this stop, as the position says; the same where it is none of them."""
        found = (k for k, each in enumerate(self.stops) if each.id == stop)
        return next((replace(self, place=k, said=self.place) for k in found), self)

    def heard(self, guide: Guide) -> "Round":
        """The same; on the way there, where a receiver tells so."""
        here = self.here
        return replace(self, bound=here is not None and guide.is_bound_for(here.id, known(here.position, Position)))

    @property
    def by_position(self) -> bool:
        """Whether the position says that one is there, and no person yet."""
        return self.said is not None

    @property
    def here(self) -> Stop | None:
        """The stop one is at, or last was; None only where there are none."""
        return self.stops[self.place] if self.stops else None

    @property
    def next(self) -> Stop | None:
        """The stop that comes after it; None at the last one."""
        return self.stops[self.place + 1] if self.place + 1 < len(self.stops) else None

    @property
    def towards(self) -> Stop | None:
        """The stop to which one goes; None at the last one."""
        return self.here if self.bound else self.next

    def is_here(self, stop: str) -> bool:
        """Whether a stop is the one that one is at."""
        return not (self.bound or self.over) and self.here is not None and self.here.id == stop

    def is_done(self, stop: str) -> bool:
        """Whether a stop lies behind, as a person has said: what one may have passed by is not visited."""
        place = self.place if self.said is None else self.said
        behind = self.stops[: place + (self.over and self.reached)]
        return stop not in self.passed and any(each.id == stop for each in behind)

    def state_of(self, stop: str) -> str:
        """In words whether one is at a stop, or on the way there, and who says so; "" of all others."""
        if self.over or self.here is None or self.here.id != stop:
            return ""
        return _("På väg hit") if self.bound else _("Enligt läget") if self.by_position else _("Vi är här")

    def marked(self, mark: Mark) -> Mark:
        """A mark of the map as it is now: a stop where one is, or that lies behind, is seen to be so."""
        if mark.kind != MarkKind.STOP:
            return mark
        here, state = self.is_here(mark.key), self.state_of(mark.key) or mark.state
        return replace(mark, here=here, done=self.is_done(mark.key), state=state)


def be_at(session: Session, walk: str, stop: str, before: Round | None = None) -> None:
    """A person says which stop one is at, or goes on to it; the one `before` is passed by where one was on the way
    there."""
    left = before.here if before is not None and before.bound else None
    save_stop(session.home, walk, stop, load_passed(session.home, walk) | {left.id} if left is not None else None)


def arrived(things: Things, here: Stop, before: Stop, back: Callable[[], None], *, bound: bool = False) -> Notice:
    """One is at another stop now, or on the way to it (`bound`); `back` is the way to the one before."""
    number = things.numbers.get(here.id, "")
    said, short = _("Nu är ni vid stopp {n}, {name}."), _("Nu vid {n}.")
    if bound:
        said, short = _("Nu går ni till stopp {n}, {name}."), _("Nu till {n}.")
    text, brief = said.format(n=number, name=here.name), short.format(n=number)
    word = _("Tillbaka till {n}").format(n=things.numbers.get(before.id, ""))
    return Notice(text, icon_named("action", "next_stop"), action=(word, back), brief=brief)


def stand_act(desk: Desk, walk: str, stop: str) -> list[tuple[str, str, str, Callable[[], None]]]:
    """What a stop's card offers where a receiver tells where one is: word, icon, name, what it does. Else nothing; nor
    at large text, at which a card has no room for one more: there the stop's own page offers it."""
    if desk.guide.receiver is None or desk.look.scale >= LARGE:
        return []
    go = partial(desk.go, Place("stand", walk, stop))
    return [(_("Mät in platsen"), icon_named("action", "follow_me"), "", go)]


def stood_words(things: Things, key: str) -> str:
    """How the position of a stop came about, where somebody stood there with a receiver; "" else."""
    found = next((averaged_of(each) for each in things.stops if each.id == key), None)
    return _("Inmätt på plats: {said}.").format(said=told(found)) if found is not None else ""


def rows_of(things: Things, marks: list[Mark], way: Round) -> list[Row]:
    """Every stop with what was seen there, then what was seen along the way, then photos that belong to nothing."""
    by_stop: dict[str, list[Observation]] = {}
    known_stops = {stop.id for stop in things.stops}
    for each in things.observations:
        where = str(each.stop) if each.stop in known_stops else ""
        by_stop.setdefault(where, []).append(each)
    for several in by_stop.values():
        several.sort(key=lambda each: (str(each.observed_at), each.id))
    rows = []
    open_ = {each.observation.id for each in things.incomplete}
    for stop in things.stops:
        own = by_stop.get(stop.id, [])
        rows.append(_stop_row(things, stop, len(own), sum(each.id in open_ for each in own), way))
        rows += [things.row(each) for each in own]
    if by_stop.get(""):
        rows.append(Row("along", _("Längs vägen"), heading=True))
        rows += [things.row(each) for each in by_stop[""]]
    photos = [mark for mark in marks if mark.kind == MarkKind.PHOTO]
    if photos:
        rows.append(Row("photos", _("Foton på kartan"), heading=True))
        rows += [Row(mark.key, mark.name, icon=icon_named("action", "photo")) for mark in photos]
    return rows


def _stop_row(things: Things, stop: Stop, seen: int, left: int, way: Round) -> Row:
    counted = ngettext("{n} iakttagelse", "{n} iakttagelser", seen).format(n=seen) if seen else _("Inget noterat")
    if left:
        counted = _("{seen}, {n} att komplettera").format(seen=counted, n=left)
    if not isinstance(stop.position, Position):
        counted = _("{seen}, inte på kartan").format(seen=counted)
    number = things.numbers.get(stop.id, "")
    chip = practised_chip() if stop.id in things.practised else None
    state = way.state_of(stop.id)
    chip = (state, "map-marker", "info") if state else chip
    spoken = ", ".join(each for each in (_("Stopp {number}, {name}").format(number=number, name=stop.name), counted,
                                         chip[0] if chip else "") if each)  # fmt: skip
    done = way.is_done(stop.id)
    if done:
        spoken = _("{stop}, besökt").format(stop=spoken)
    return Row(stop.id, str(stop.name), counted, number=number, done=done, chip=chip, spoken=spoken)


def kind_of(things: Things, key: str) -> type[Stop] | type[Observation] | type[Photo]:
    """What a key of the map or of the list stands for."""
    if any(each.id == key for each in things.stops):
        return Stop
    return Observation if any(each.id == key for each in things.observations) else Photo
