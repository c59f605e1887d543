"""Danger now: what to say on the telephone, what to write in a fault report, who has been called."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from app.base.clock import from_iso
from app.base.words import N_, _, clock_sign, decimal_sign
from app.domain.entry import zone_or_default
from app.domain.geo import bearing_deg, distance_m
from app.domain.numbers import is_named
from app.domain.placing import RADIUS_M
from app.domain.records import Observation, SafetyWalk, Stop
from app.domain.rules import severity_of
from app.domain.values import Alarm, LampFault, Position, PositionSource, Severity, known, label_of
from app.queries.telling import tag_of
from app.session import Session

WINDS = (
    N_("norr"), N_("nordost"), N_("öster"), N_("sydost"), N_("söder"), N_("sydväst"), N_("väster"), N_("nordväst"),
)  # fmt: skip

NEAR_M, FAR_M = 25.0, 800.0
"""A stop nearer than this is where one stands already; one further away tells nobody anything."""


@dataclass(frozen=True)
class Alarming:
    """`say` is read aloud, sentence by sentence. `facts` are coordinates, accuracy and time, to be read out. `report`
    is the text of a fault report, to be pasted."""

    say: str
    facts: tuple[str, ...]
    report: str


def alarming(session: Session, observation: Observation, *, practised: bool = False, played: bool = False) -> Alarming:
    """What to tell of an observation, from what stands in the walk now. `practised`: what is told begins by saying so,
    and tells no position. `played`: its own position was only played, so nobody has stood there and it is not told."""
    (walk,) = session.read(SafetyWalk, {"id": observation.scope})
    nowhere = replace(observation, position=None, position_source=None, accuracy_m=None, stale=None)
    seen = nowhere if practised or played else observation
    stops = session.read(Stop, {"scope": walk.id}, order=("order",))
    told = _Told(session, walk, [replace(each, position=None) for each in stops] if practised else stops, seen)
    say, facts, report = told.said(practised=practised), told.facts(), told.report(tag_of(session, observation))
    begins = f"{_('Övning.')} " if practised else ""
    return Alarming(f"{begins}{say}", facts, f"{begins}{report}")


def called(session: Session, observation: Observation) -> dict[Alarm, datetime]:
    """Who has been called and when, as far as it has not been taken back. The field keeps the last one only; the one
    before is a fact all the same."""
    found: dict[Alarm, datetime] = {}
    if observation.alarm is None:
        return found
    past = session.past(observation, "alarm")
    # The last change of an action says whether it stands or was taken back.
    last = {
        (each.device, abs(each.action)): each.action > 0 for each in sorted(past.values(), key=lambda each: each.seq)
    }
    # Back from what stands now, by what replaced what: clocks may be wrong.
    todo, met = sorted(set(past) - {each for one in past.values() for each in one.replaces}), set[str]()
    while todo:
        stamp = todo.pop()
        if stamp in met or stamp not in past:
            continue
        met.add(stamp)
        each = past[stamp]
        stands = last[(each.device, abs(each.action))]
        if stands and each.value is None:
            continue
        if stands and each.value in set(Alarm) and each.at:
            found.setdefault(Alarm(each.value), from_iso(each.at))
        todo += each.replaces
    return found


class _Told:
    """One observation, on its way into words."""

    def __init__(self, session: Session, walk: SafetyWalk, stops: Sequence[Stop], seen: Observation) -> None:
        self.walk, self.seen, self.stops = walk, seen, stops
        self.checklist, self._now = session.checklist, session.clock()
        self.stop = next((each for each in stops if each.id == seen.stop), None)
        own = known(seen.position, Position)
        self.from_stop = own is None or seen.position_source == PositionSource.STOP
        at_stop = known(self.stop.position, Position) if self.stop else None
        self.place = own or at_stop
        # Where a stop and a position say two places one alone is told: the position, unless it is old.
        far = bool(own and at_stop and distance_m(own, at_stop) > 2 * RADIUS_M)
        self.is_away = far and seen.stale is not True
        self._beside = at_stop if far and not self.is_away else self.place

    def said(self, *, practised: bool) -> str:
        """Where we are, what it is near, what is wrong, how sure the position is unless it is only `practised`."""
        near = self._near()
        where = (self._where(), near or self._degrees())
        return " ".join(each for each in (*where, self._fault(), "" if practised else self._doubt()) if each)

    @property
    def _named(self) -> Stop | None:
        """The stop where we are, if it has a name: a number tells nothing to who was not along."""
        return self.stop if self.stop is not None and not self.is_away and is_named(self.stop) else None

    def _degrees(self) -> str:
        """Where nothing near has a name: the position, which else stands beside what is said."""
        if self.place is None or self._named is not None:
            return ""
        return _("Vi står vid {position}.").format(position=", ".join(_both(self.place)))

    def _where(self) -> str:
        area = known(self.walk.area, str) or ""
        if self._named is None:
            return _("Vi är i området {area}.").format(area=area) if area else ""
        where = _("Vi står vid {stop}.").format(stop=self._named.name)
        return " ".join((where, _("Området är {area}.").format(area=area))) if area else where

    def _near(self) -> str:
        """The nearest stop at which we are not: a name that someone who knows the place may know as well."""
        here = self._beside
        if here is None:
            return ""
        others = [(distance_m(here, each.position), each) for each in self.stops
                  if isinstance(each.position, Position) and is_named(each)
                  and (self.is_away or each is not self.stop)]  # fmt: skip
        others = [pair for pair in others if NEAR_M <= pair[0] <= FAR_M]
        if not others:
            return ""
        metres, other = min(others, key=lambda pair: pair[0])
        assert isinstance(other.position, Position)
        wind = _(WINDS[round(bearing_deg(other.position, here) / 45) % 8])
        rounded = max(10, round(metres, -1))
        text = _("Det är ungefär {n} meter {wind} om {name}.")
        return text.format(n=f"{rounded:.0f}", wind=wind, name=other.name)

    def _what(self) -> str:
        """The item's statement, what is wrong with the lamp, what a person wrote."""
        item = self.checklist.items.get(str(self.seen.item))
        faults = ", ".join(label_of(LampFault(each)).lower() for each in self._faults())
        parts = (str(item.statement) if item else "", faults.capitalize(), known(self.seen.text, str) or "")
        return " ".join(f"{each.strip().rstrip('.')}." for each in parts if each.strip())

    def _faults(self) -> list[str]:
        return [each for each in (known(self.seen.lamp_faults, tuple) or ()) if each in set(LampFault)]

    def _pole(self) -> str:
        return (known(self.seen.asset_tag, str) or "").strip()

    def _fault(self) -> str:
        what = self._what() or _("Det är farligt här just nu.")
        return _("Belysningsstolpe {tag}. {what}").format(tag=self._pole(), what=what) if self._pole() else what

    def _doubt(self) -> str:
        if self.place is None:
            return _("Vi har inget läge på kartan.")
        return _("Läget är gammalt.") if self.seen.stale is True else ""

    def facts(self) -> tuple[str, ...]:
        """N 60,17532 · E 24,94734 · ±6 m · kl 18.44."""
        found = []
        if self.place is not None:
            found += [*_both(self.place), self._accuracy()]
        found.append(_("kl {time}").format(time=self._moment().strftime(f"%H{clock_sign()}%M")))
        return tuple(each for each in found if each)

    def _accuracy(self) -> str:
        metres = known(self.seen.accuracy_m, float)
        if metres is not None:
            return f"±{max(1, round(metres))}\N{NO-BREAK SPACE}m"
        return label_of(PositionSource.STOP) if self.from_stop else label_of(self.seen.position_source)

    def _moment(self) -> datetime:
        when = known(self.seen.observed_at, datetime) or known(self.seen.created, datetime) or self._now
        return when.astimezone(ZoneInfo(zone_or_default(self.walk.zone)))

    def report(self, tag: str) -> str:
        """A line per fact; `tag` is what we call it."""
        danger = severity_of(self.seen) == Severity.DANGER
        names = (self.stop.name if self.stop and not self.is_away else "", self.walk.area)
        at = f"{self.place.lat:.5f}, {self.place.lon:.5f}" if self.place else ""
        count = known(self.seen.lamp_count, int)
        rows = (
            (_("Plats"), ", ".join(str(each) for each in names if each)),
            (_("Stolpnummer"), self._pole()),
            (_("Läge"), f"{at} (WGS 84, {self._accuracy()})" if at else _("okänt")),
            (_("Vad"), self._what()),
            (_("Antal lampor"), str(count) if count else ""),
            (_("När"), self._moment().strftime(f"%Y-%m-%d %H{clock_sign()}%M")),
            (_("Vårt märke"), ", ".join(str(each) for each in (tag, self.walk.title) if each)),
        )
        title = _("Felanmälan: fara nu") if danger else _("Felanmälan")
        return "\n".join([title, *(f"{name}: {text}" for name, text in rows if text)]) + "\n"


def _both(place: Position) -> tuple[str, str]:
    north, east = place.lat, place.lon
    return _degrees("N" if north >= 0 else "S", north), _degrees("E" if east >= 0 else "W", east)


def _degrees(letter: str, degrees: float) -> str:
    return f"{letter}\N{NO-BREAK SPACE}{abs(degrees):.5f}".replace(".", decimal_sign())
