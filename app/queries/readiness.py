"""Whether all is ready for a walk to begin: one finding for each thing that one would miss out there.

What the system, a receiver or a window knows is handed in as plain facts, so that everybody tells the same.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from app.base.battery import Battery
from app.base.room import LITTLE
from app.base.words import N_, _, count_words, decimal_sign, ngettext, percent_words
from app.domain.durations import duration_words
from app.domain.live import CLOCK_WRONG_S, Heard
from app.domain.records import Group, Photo, SafetyWalk, Stop
from app.domain.rules import is_over
from app.domain.values import known
from app.queries.coverage import WALKED, Coverage, Hole, Maps, coverage
from app.queries.devices import devices_of
from app.queries.telling import Teller
from app.queries.whereabouts import whereabouts
from app.queries.whole import numbers_of
from app.session import Session

LOW, EMPTY = 50, 20
"""Per cent of a battery: below the first it may not last a walk, below the second it does not."""
PHOTO_BYTES = 5_000_000
"""A photo of today's tablets and phones, with what is made of it."""
PHOTOS_PER_STOP, LEAST_PHOTOS = 5, 30
"""So many photos are expected."""
WAY_OFF_S = 60.0
"""A clock that differs so much puts photos and notes at the wrong stop."""


class Row(StrEnum):
    """What is looked at, in this order."""

    MAP = "map"
    POSITION = "position"
    CLOCK = "clock"
    CAMERA = "camera"
    MICROPHONE = "microphone"
    BATTERY = "battery"
    ROOM = "room"
    UNCOPIED = "uncopied"
    ONCALL = "oncall"
    GROUP = "group"


NAMES = {
    Row.MAP: N_("Karta längs rutten"),
    Row.POSITION: N_("Läge"),
    Row.CLOCK: N_("Klocka"),
    Row.CAMERA: N_("Kamera"),
    Row.MICROPHONE: N_("Mikrofon"),
    Row.BATTERY: N_("Batteri"),
    Row.ROOM: N_("Plats på disken"),
    Row.UNCOPIED: N_("Kopior"),
    Row.ONCALL: N_("Jourens nummer"),
    Row.GROUP: N_("Grupp"),
}


class Status(StrEnum):
    """How it is with it."""

    FAULT = "fault"
    WARN = "warn"
    OK = "ok"
    CHECKING = "checking"


WORDS = {
    Status.FAULT: N_("Fel"),
    Status.WARN: N_("Se över"),
    Status.OK: N_("Klart"),
    Status.CHECKING: N_("Kollar …"),
}
_RANKS = {Status.FAULT: 0, Status.WARN: 1, Status.OK: 2, Status.CHECKING: 2}


class Act(StrEnum):
    """What can be done about it."""

    ADD_MAP = "add_map"
    PLAN = "plan"
    CONNECT = "connect"
    COPY = "copy"
    GROUP = "group"
    CLOCK = "clock"
    ONCALL = "oncall"
    PRACTISE = "practise"
    FETCH_PHOTOS = "fetch_photos"
    AGAIN = "again"
    DIM = "dim"
    EMPTY = "empty"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A row: how it is, a sentence, and what can be done, where anything can. `walk`: the walk that is done with, where
    it is another. `holes`: the ground that a map lacks, and `near` the ids of the stops nearest to that."""

    row: Row
    status: Status
    text: str = ""
    act: Act | None = None
    walk: str = ""
    holes: tuple[Hole, ...] = ()
    near: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What was looked at."""
        return _(NAMES[self.row])

    def as_data(self) -> dict[str, Any]:
        """As plain data."""
        return {**asdict(self), "name": self.name}


@dataclass(frozen=True, kw_only=True)
class Receiving:
    """What a receiver is and tells: its `name`; whether it is still looked for and `why` it cannot be reached; the
    latest fix, and whether that is too old; how many seconds this device's clock goes before the satellites' (None
    while unknown). `is_played`: a walk is rehearsed."""

    name: str
    is_sought: bool = False
    why: str = ""
    heard: Heard | None = None
    is_stale: bool = False
    ahead_s: float | None = None
    is_played: bool = False


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """Faults first, then what should be looked over, then the rest, each in the order of the rows."""
    rows = list(Row)
    return sorted(findings, key=lambda each: (_RANKS[each.status], rows.index(each.row)))


def has_fault(findings: Sequence[Finding]) -> bool:
    """Whether anything is wrong."""
    return any(each.status == Status.FAULT for each in findings)


# The map


def map_finding(session: Session, walk: SafetyWalk, maps: Maps) -> Finding:
    """Whether the maps show the planned way and what lies round the stops."""
    found = coverage(session, walk, maps)
    if found is None:
        text = _("Ingen rutt och inga stopp är planerade, så kartan kan inte kollas.")
        return Finding(row=Row.MAP, status=Status.WARN, text=text, act=Act.PLAN)
    if found.deepest is None:
        text = _("Ingen karta visar området. Lägg till en kartfil över orten.")
        return Finding(row=Row.MAP, status=Status.FAULT, text=text, act=Act.ADD_MAP)
    if found.missing:
        text, near = _holes(session, walk, found), tuple(each.id for each in found.near)
        return Finding(row=Row.MAP, status=Status.FAULT, text=text, act=Act.ADD_MAP, holes=found.holes, near=near)
    if found.deepest < max(WALKED) - 1:
        text = _("Kartan är grov: den visar inte stigar och hus på nära håll.")
        return Finding(row=Row.MAP, status=Status.WARN, text=text, act=Act.ADD_MAP)
    text = ngettext("Hel: {n} ruta finns här.", "Hel: alla {n} rutor finns här.", found.needed)
    return Finding(row=Row.MAP, status=Status.OK, text=text.format(n=found.needed))


def _holes(session: Session, walk: SafetyWalk, found: Coverage) -> str:
    text = ngettext("Hål: {n} av {all} rutor saknas", "Hål: {n} av {all} rutor saknas", found.missing)
    said = text.format(n=found.missing, all=found.needed)
    if not found.near:
        return f"{said}."
    first, *others = found.near
    number = numbers_of(session.read(Stop, {"scope": walk.id}, order=("order",)), (), (), (), (), ()).of
    near = _("{holes} vid {name} (stopp {number})").format(holes=said, name=first.name, number=number.get(first.id, ""))
    if not others:
        return f"{near}."
    more = ngettext("{holes} och vid {n} stopp till.", "{holes} och vid {n} stopp till.", len(others))
    return more.format(holes=near, n=len(others))


# What a receiver tells


def position_finding(found: Receiving | None) -> Finding:
    """Whether it is known where this device is."""
    status, text = _position(found)
    act = {Status.OK: Act.PRACTISE, Status.CHECKING: None}.get(status, Act.CONNECT)
    return Finding(row=Row.POSITION, status=status, text=text, act=act)


def _position(found: Receiving | None) -> tuple[Status, str]:
    if found is None:
        return Status.WARN, _("Ingen GPS är ansluten. Läget kan sättas på kartan för hand.")
    if found.is_sought:
        if not found.why:
            return Status.CHECKING, _("{name} söks.").format(name=found.name)
        return Status.FAULT, _("{name} hittas inte. {why}").format(name=found.name, why=found.why)
    if found.heard is None:
        return Status.WARN, _("{name} har inte sagt något läge än. Gå ut under öppen himmel.").format(name=found.name)
    if found.is_stale:
        return Status.WARN, _("Gammalt läge: {name} har slutat säga var ni är.").format(name=found.name)
    radius = found.heard.fix.radius_m
    said = found.name if radius is None else _("{name}, ±{n} m").format(name=found.name, n=round(radius))
    if found.heard.is_doubtful:
        return Status.WARN, _("{position}. Vänta tills det är säkrare, eller sätt läget på kartan.").format(
            position=said
        )
    return Status.OK, said


def clock_finding(found: Receiving | None) -> Finding:
    """Whether this device's clock goes as the satellites' do."""
    status, text = _clock(found)
    act = Act.CLOCK if status in (Status.WARN, Status.FAULT) else None
    return Finding(row=Row.CLOCK, status=status, text=text, act=act)


def _clock(found: Receiving | None) -> tuple[Status, str]:
    if found is not None and found.is_played:
        return Status.OK, _("Kan inte kollas under en övning.")
    ahead = found.ahead_s if found is not None else None
    if found is None or found.heard is None or (ahead is None and found.is_stale):
        return Status.WARN, _("Kan inte kollas utan GPS. Jämför med en klocka som går rätt.")
    if ahead is None:
        return Status.CHECKING, _("Jämförs med satelliternas.")
    if abs(ahead) <= CLOCK_WRONG_S:
        return Status.OK, _("Högst {n} s från satelliternas.").format(n=round(CLOCK_WRONG_S))
    text = _("Klockan går {time} före satelliternas.") if ahead > 0 else _("Klockan går {time} efter satelliternas.")
    status = Status.FAULT if abs(ahead) >= WAY_OFF_S else Status.WARN
    said = text.format(time=duration_words(ahead))
    return status, _("{wrong} Ställ om den i systemets inställningar.").format(wrong=said)


# What the machine has


def camera_finding(cameras: Sequence[str] | None) -> Finding:
    """Whether there is a camera; None where that cannot be known."""
    if cameras:
        return Finding(row=Row.CAMERA, status=Status.OK, text=cameras[0])
    found = _("Kameran kan inte kollas.") if cameras is None else _("Ingen kamera hittad.")
    text = _("{camera} Foton kan tas med en annan kamera och hämtas efteråt.").format(camera=found)
    return Finding(row=Row.CAMERA, status=Status.WARN, text=text, act=Act.FETCH_PHOTOS)


def microphone_finding(microphones: Sequence[str] | None) -> Finding:
    """Whether there is a microphone; None where that cannot be known."""
    if microphones:
        return Finding(row=Row.MICROPHONE, status=Status.OK, text=microphones[0])
    found = _("Mikrofonen kan inte kollas.") if microphones is None else _("Ingen mikrofon hittad.")
    text = _("{microphone} Det som sägs får skrivas.").format(microphone=found)
    return Finding(row=Row.MICROPHONE, status=Status.WARN, text=text, act=Act.AGAIN)


def battery_finding(found: Battery | None) -> Finding:
    """Whether the battery lasts."""
    if found is None:
        return Finding(row=Row.BATTERY, status=Status.OK, text=_("Inget batteri att hålla reda på."))
    status = Status.FAULT if found.percent < EMPTY else Status.WARN if found.percent < LOW else Status.OK
    full = _("{share}, laddas.") if found.charges else "{share}."
    said = full.format(share=percent_words(found.percent))
    if status != Status.OK:
        advice = _("{full} Låt den ladda, eller ta med en powerbank.")
        said = (advice if found.charges else _("{full} Ladda, eller ta med en powerbank.")).format(full=said)
    return Finding(row=Row.BATTERY, status=status, text=said, act=None if status == Status.OK else Act.DIM)


def room_finding(free: int | None, stops: int) -> Finding:
    """Whether `free` bytes hold the photos of so many stops; None where the system does not say."""
    if free is None:
        text = _("Disken säger inte hur mycket plats som är kvar.")
        return Finding(row=Row.ROOM, status=Status.WARN, text=text)
    photos = _rounded(free // PHOTO_BYTES)
    text = ngettext("{size}, räcker till {n} foto.", "{size}, räcker till {n} foton.", photos)
    said = text.format(size=_size(free), n=count_words(photos))
    if free < LITTLE:
        text = _("Bara {size} kvar. Frigör utrymme innan ni går.").format(size=_size(free))
        return Finding(row=Row.ROOM, status=Status.FAULT, text=text)
    if free < LITTLE + PHOTO_BYTES * max(LEAST_PHOTOS, PHOTOS_PER_STOP * stops):
        return Finding(row=Row.ROOM, status=Status.WARN, text=_("{room} Det kan bli fler.").format(room=said))
    return Finding(row=Row.ROOM, status=Status.OK, text=said)


def with_room_to_gain(session: Session, walk: SafetyWalk, found: Finding) -> Finding:
    """Where there is little room: the oldest of the other walks that has ended and can be emptied without losing it."""
    if found.status == Status.OK:
        return found
    others = [each for each in session.read(SafetyWalk, order=("starts", "id")) if each.id != walk.id]
    spare = next((each for each in others if session.counts(each.id).get(Photo.KIND) and _is_safe(session, each)), None)
    if spare is None:
        return found
    text = _("{room} {walk} är kopierad och kan tömmas härifrån.")
    said = text.format(room=found.text, walk=str(spare.title) or _("Utan namn"))
    return replace(found, text=said, act=Act.EMPTY, walk=spare.id)


def _is_safe(session: Session, walk: SafetyWalk) -> bool:
    return is_over(walk, session.clock()) and devices_of(session, walk).found.safe_to_empty


def _rounded(count: int) -> int:
    """With two figures that say anything."""
    step = int(10 ** max(0, len(str(count)) - 2))
    return count // step * step


def _size(size: int) -> str:
    if size < 1_000_000_000:
        return f"{size // 1_000_000}\N{NO-BREAK SPACE}MB"
    giga = size / 1e9
    return f"{giga:.{0 if giga >= 10 else 1}f}\N{NO-BREAK SPACE}GB".replace(".", decimal_sign())


# What lies here


def uncopied_finding(session: Session) -> Finding:
    """Whether anything that was noted here, on any walk, lies nowhere else."""
    counted = [(whereabouts(session, each).only_here, each) for each in session.read(SafetyWalk)]
    alone = sorted(((found, each) for found, each in counted if any(found)), key=lambda pair: -sum(pair[0]))
    if not alone:
        return Finding(row=Row.UNCOPIED, status=Status.OK, text=_("Inga iakttagelser eller foton finns bara här."))
    observations, photos = (sum(found[k] for found, _walk in alone) for k in (0, 1))
    seen = ngettext("{n} iakttagelse", "{n} iakttagelser", observations).format(n=observations)
    shot = ngettext("{n} foto", "{n} foton", photos).format(n=photos)
    both = _("{first} och {last}").format(first=seen, last=shot)
    what = both if observations and photos else seen if observations else shot
    walk, others = alone[0][1], len(alone) - 1
    named = _("{what} finns bara här, från {walk}").format(what=what, walk=str(walk.title) or _("Utan namn"))
    more = ngettext("{named} och {n} vandring till.", "{named} och {n} vandringar till.", others)
    text = more.format(named=named, n=others) if others else f"{named}."
    return Finding(row=Row.UNCOPIED, status=Status.WARN, text=text, act=Act.COPY, walk=walk.id)


def oncall_finding(walk: SafetyWalk) -> Finding:
    """Whether there is a number to call at night, for the page that is shown when there is danger."""
    phone, name = ((known(each, str) or "").strip() for each in (walk.oncall_phone, walk.oncall_name))
    if not phone:
        text = _("Numret till jouren saknas i planen. Det visas vid Fara nu.")
        return Finding(row=Row.ONCALL, status=Status.WARN, text=text, act=Act.ONCALL)
    return Finding(row=Row.ONCALL, status=Status.OK, text=f"{name or _('Jour')}, {phone}")


def group_finding(session: Session, walk: SafetyWalk) -> Finding | None:
    """Which group this device walks with; None where the walk is not split."""
    if not session.read(Group, {"scope": walk.id}):
        return None
    name, other = Teller(session, walk.id).group_of(session.identity.device), Act.GROUP
    if name:
        text = _("Den här enheten går med {group}.").format(group=name)
        return Finding(row=Row.GROUP, status=Status.OK, text=text, act=other)
    text = _("Det är inte sagt vilken grupp den här enheten går med.")
    return Finding(row=Row.GROUP, status=Status.WARN, text=text, act=other)
