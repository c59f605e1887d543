"""The record kinds. This list decides; kinds and field names are format and are never renamed.

A new field of an observation is one line here: it is stored, synced, shown in the form, searched, exported and printed.
Where a docstring gives columns, they are format too.
"""

from datetime import date, datetime
from typing import Any

from app.base.words import N_
from app.domain.record import ANY, BLOB, Record, field, record
from app.domain.values import (
    Alarm,
    CostClass,
    LampFault,
    Light,
    MeasureStatus,
    ObservationKind,
    PlaceType,
    Position,
    PositionSource,
    Priority,
    Severity,
    TakenAtSource,
    Term,
    WalkType,
)

PEOPLE = (1, 100_000)
"""How many people one record may count."""

AGE_BANDS = ("0-12", "13-17", "18-29", "30-44", "45-64", "65-79", "80+", "no_answer")
ALONE_IN_DARK = ("yes", "hesitant", "no")

FEELS = (N_("mycket otrygg"), N_("ganska otrygg"), N_("ganska trygg"), N_("mycket trygg"))
"""The words for 1 to 4."""


@record("safety-walk")
class SafetyWalk(Record):
    """People walk an area, stop, look and talk. Its id is the scope of everything in it."""

    title: str = field(N_("Namn"), default="", search=True, needed=True)
    type: WalkType = field(N_("Typ"), default=WalkType.INVENTORY)
    area: str = field(N_("Område"), default="", search=True)
    purpose: str = field(N_("Syfte"), default="", search=True, describes=True)
    background: str = field(N_("Bakgrund"), default="", search=True, describes=True)
    organiser: str = field(N_("Arrangör"), default="", search=True)
    data_controller: str = field(N_("Personuppgiftsansvarig"), default="")
    starts: datetime | None = field(N_("Börjar"), default=None, happens=True)
    ends: datetime | None = field(N_("Slutar"), default=None, settles=True)
    zone: str = field(N_("Tidszon"), default="Europe/Stockholm", needed=True)
    light: Light | None = field(N_("Ljus"), default=None)
    weather: str = field(N_("Väder"), default="")
    ground: str = field(N_("Underlag"), default="")
    leader_function: str = field(N_("Ledarens funktion"), default="")
    oncall_name: str = field(N_("Jour"), default="", publish=False)
    oncall_phone: str = field(N_("Jourens telefon"), default="", publish=False, phone=True)
    fault_report_to: str = field(N_("Felanmälan till"), default="")
    info_shown_at: datetime | None = field(N_("Information visad"), default=None, settles=True)
    devices_expected: int | None = field(N_("Antal plattor"), default=None, publish=False, span=(1, 1000))
    checklist: str = field(N_("Checklista"), default="gatljus-1")
    retention_until: date | None = field(N_("Gallras"), default=None, publish=False)


@record("device")
class Device(Record):
    """A tablet or laptop that was along. Its id is the device id that its changes carry. `clock_error_s` is how many
    seconds its clock went before the satellites', where its receiver has told and that was wrong."""

    label: str = field(N_("Namn"), default="", publish=False, machine=True)
    letter: str = field(N_("Bokstav"), default="", machine=True)
    app_version: str = field(N_("Version"), default="", publish=False, machine=True)
    group: str | None = field(N_("Grupp"), default=None, publish=False, names="group")
    machine: str = field(N_("Maskin"), default="", publish=False, machine=True)
    was: str | None = field(N_("Tidigare id"), default=None, publish=False, machine=True)
    clock_error_s: float | None = field(N_("Klockfel (s)"), default=None, publish=False, machine=True)


@record("group")
class Group(Record):
    """People who walk together when the walk splits."""

    name: str = field(N_("Namn"), default="", search=True, needed=True)
    letter: str = field(N_("Bokstav"), default="")


@record("participant")
class Participant(Record):
    """People of one role who were along; `count` of them. A name is never in the log: `name_blob` names a blob that
    can be erased."""

    role: str = field(N_("Roll"), default="", search=True)
    organisation: str = field(N_("Organisation"), default="", search=True)
    count: int = field(N_("Antal"), default=1, span=PEOPLE)
    age_band: str = field(N_("Ålder"), default="", publish=False, among=AGE_BANDS)
    sex: str = field(N_("Kön"), default="", publish=False)
    name_blob: str | None = field(N_("Namn"), default=None, personal=True, publish=False, names=BLOB)


@record("stop")
class Stop(Record):
    """A place where the walk stops. `order` is a fractional text key: it sorts as text.

    `averaged` is how a position came about that was taken by standing there with a receiver: {position {lat, lon},
    source, count, spread_m, seconds}. It speaks of that position alone, and of none that was set since.
    """

    name: str = field(N_("Namn"), default="", search=True, needed=True)
    description: str = field(N_("Beskrivning"), default="", search=True, describes=True)
    place_type: PlaceType = field(N_("Sorts plats"), default=PlaceType.OTHER)
    position: Position | None = field(N_("Läge"), default=None)
    order: str = field(N_("Ordning"), default="")
    averaged: dict[str, Any] | None = field(N_("Inmätt på plats"), default=None, publish=False, machine=True)


@record("route")
class Route(Record):
    """A planned way. Its points are TrackChunks whose `track` is the route's id."""

    name: str = field(N_("Namn"), default="", search=True)
    source: str = field(N_("Fil"), default="", machine=True)
    attribution: str = field(N_("Källa"), default="", machine=True)


@record("track")
class Track(Record):
    """A walked way as a receiver gave it. `source` is `sha256:` and the hash of the file it came from, or empty.
    `rehearsed`: nobody walked it, the positions were only played. `over`: the rehearsal it began has ended."""

    name: str = field(N_("Namn"), default="", search=True)
    source: str = field(N_("Fil"), default="", machine=True)
    device: str | None = field(N_("Platta"), default=None, publish=False, machine=True)
    group: str | None = field(N_("Grupp"), default=None, publish=False, names="group")
    rehearsed: bool = field(N_("Övning"), default=False, publish=False, machine=True)
    over: bool = field(N_("Övningen är slut"), default=False, publish=False, machine=True)


@record("track-chunk")
class TrackChunk(Record):
    """A piece of a track or route: whole, final, raw, at most 500 points.

    `points` rows: [time in ms since 1970 UTC or null, lat, lon, altitude m or null, HDOP or null, speed m/s or null].
    `number` orders the pieces; `segment` counts up where the source itself began anew. `told_by`: what kind of receiver
    told all of these positions, `serial`, `network`, `gpsd`, `phone`, `system` or `played`; "" where it was read in, or
    nobody wrote it.
    """

    track: str | None = field(N_("Spår"), default=None, part=True, machine=True)
    number: int = field(N_("Nummer"), default=0, machine=True)
    segment: int = field(N_("Del"), default=0, machine=True)
    points: tuple[Any, ...] = field(N_("Punkter"), default=(), machine=True)
    told_by: str = field(N_("Mottagare"), default="", machine=True, publish=False)


@record("observation")
class Observation(Record):
    """Something seen that someone must know about: a deficiency, something good, a question, a social matter.

    `kind` decides: positive means severity 0, questions and social matters have none. `severity` is what a person said,
    `severity_suggested` what the item suggested. `tag` is its name in the field, for ever (`A7`).
    """

    tag: str = field(N_("Märke"), default="", machine=True)
    kind: ObservationKind = field(N_("Sort"), default=ObservationKind.DEFICIENCY)
    category: str | None = field(N_("Ämne"), default=None)
    item: str | None = field(N_("Punkt"), default=None)
    text: str = field(N_("Iakttagelse"), default="", search=True, describes=True)
    severity: Severity | None = field(N_("Hur allvarligt"), default=None)
    severity_suggested: Severity | None = field(N_("Föreslagen allvarlighet"), default=None, machine=True)
    stop: str | None = field(N_("Plats"), default=None, part=True, names="stop")
    position: Position | None = field(N_("Läge"), default=None)
    accuracy_m: float | None = field(N_("Noggrannhet (m)"), default=None, publish=False, span=(0, 100_000))
    position_source: PositionSource | None = field(N_("Lägets källa"), default=None)
    stale: bool | None = field(N_("Gammalt läge"), default=None, publish=False)
    observed_at: datetime | None = field(N_("Tid"), default=None)
    group: str | None = field(N_("Grupp"), default=None, publish=False, names="group")
    asset_tag: str = field(N_("Stolpnummer"), default="", search=True)
    lamp_count: int | None = field(N_("Antal lampor"), default=None, span=(0, 1000))
    lamp_faults: tuple[str, ...] = field(N_("Fel på lampan"), default=(), among=tuple(LampFault))
    deliberate_off: bool | None = field(N_("Kan vara medvetet släckt"), default=None)
    alarm: Alarm | None = field(N_("Larm"), default=None)
    alarm_at: datetime | None = field(N_("Larmat"), default=None)
    handed_to: str = field(N_("Lämnad till"), default="", search=True)
    answer: str = field(N_("Svar"), default="", search=True, describes=True)
    source: str = field(N_("Källa"), default="")


@record("support")
class Support(Record):
    """ "Fler tyckte så": `count` more people of a role said the same."""

    observation: str | None = field(N_("Iakttagelse"), default=None, part=True, names="observation", needed=True)
    role: str = field(N_("Roll"), default="")
    count: int = field(N_("Antal"), default=1, span=PEOPLE)


@record("remark")
class Remark(Record):
    """What someone added to another record, signed with a role and the device's letter; never a name.

    `device` is whose words they are, where that is not the device that made the remark.
    """

    target: str | None = field(N_("Gäller"), default=None, part=True, names=ANY, needed=True)
    text: str = field(N_("Anmärkning"), default="", search=True, needed=True, describes=True)
    role: str = field(N_("Roll"), default="")
    device: str | None = field(N_("Platta"), default=None, publish=False, machine=True)


@record("photo")
class Photo(Record):
    """A photo. `original`, `report` and `thumb` name blobs. `width` and `height` are as shown, after turning.

    `stop` is where it was placed; while `observation` is set it is where that is (`rules.stop_of`).
    `clock_error_s` is what the camera's clock was ahead of its own GPS, where the file tells both.
    """

    original: str | None = field(N_("Original"), default=None, machine=True, publish=False)
    report: str | None = field(N_("Bild för protokollet"), default=None, machine=True, publish=False)
    thumb: str | None = field(N_("Liten bild"), default=None, machine=True, publish=False)
    redacted: str | None = field(N_("Övertäckt bild"), default=None, names=BLOB)
    name: str = field(N_("Filnamn"), default="", machine=True, search=True, publish=False)
    format: str = field(N_("Format"), default="", machine=True, publish=False)
    width: int | None = field(N_("Bredd"), default=None, machine=True, publish=False)
    height: int | None = field(N_("Höjd"), default=None, machine=True, publish=False)
    taken_at: datetime | None = field(N_("Tagen"), default=None)
    offset: str | None = field(N_("Tidsskillnad"), default=None, machine=True, publish=False)
    taken_at_source: TakenAtSource = field(N_("Tidens källa"), default=TakenAtSource.NONE)
    clock_error_s: float | None = field(N_("Kamerans klockfel (s)"), default=None, machine=True, publish=False)
    position: Position | None = field(N_("Läge"), default=None)
    altitude_m: float | None = field(N_("Höjd över havet (m)"), default=None, publish=False, span=(-500, 10_000))
    direction_deg: float | None = field(N_("Riktning"), default=None, span=(0, 360))
    direction_ref: str | None = field(N_("Riktningens norr"), default=None, among=("T", "M"))
    position_source: PositionSource = field(N_("Lägets källa"), default=PositionSource.NONE)
    accuracy_m: float | None = field(N_("Noggrannhet (m)"), default=None, publish=False, span=(0, 100_000))
    stop: str | None = field(N_("Plats"), default=None, part=True, unless="observation", names="stop")
    observation: str | None = field(N_("Iakttagelse"), default=None, part=True, names="observation")
    caption: str = field(N_("Bildtext"), default="", search=True, describes=True)
    alt: str = field(N_("Beskrivning för den som inte ser bilden"), default="", search=True, describes=True)
    camera: str = field(N_("Kamera"), default="", machine=True, publish=False)
    damaged: bool | None = field(N_("Skadad"), default=None, machine=True, publish=False)


@record("camera-clock")
class CameraClock(Record):
    """How a camera's clock goes in a walk, as was told on one device `at` a moment by a photo of the clock page or,
    where it is `said`, a person: by `ahead_s` seconds before (below 0: after), None where that was taken back. The last
    that was told on any device counts. It changes no photo: what their files say stays, and a right time is reckoned by
    it wherever it has come, so that the protocols of two devices say the same."""

    camera: str = field(N_("Kamera"), default="", machine=True, publish=False)
    at: datetime | None = field(N_("Sagt"), default=None, machine=True, publish=False)
    ahead_s: float | None = field(N_("Klockan före (s)"), default=None, machine=True, publish=False)
    said: bool = field(N_("Sagt av en person"), default=False, machine=True, publish=False)


@record("voice-note")
class VoiceNote(Record):
    """A spoken note."""

    audio: str | None = field(N_("Ljud"), default=None, machine=True, publish=False)
    name: str = field(N_("Filnamn"), default="", machine=True, publish=False)
    duration_s: float | None = field(N_("Längd (s)"), default=None, machine=True, publish=False)
    recorded_at: datetime | None = field(N_("Inspelad"), default=None, machine=True, publish=False)
    observation: str | None = field(N_("Iakttagelse"), default=None, part=True, names="observation")
    stop: str | None = field(N_("Plats"), default=None, part=True, unless="observation", names="stop")
    position: Position | None = field(N_("Läge"), default=None)
    text: str = field(N_("Utskrift"), default="", search=True, publish=False, describes=True)


@record("measure")
class Measure(Record):
    """A proposed measure with one responsible party: two owners are two measures. `due` and `follow_up_on` are days."""

    problem: str = field(N_("Problem"), default="", search=True, describes=True)
    cause: str = field(N_("Orsak"), default="", search=True)
    mechanism: tuple[str, ...] = field(N_("Verkan"), default=())
    text: str = field(N_("Åtgärd"), default="", search=True, needed=True, describes=True)
    expected_effect: str = field(N_("Väntad effekt"), default="", search=True)
    indicator: str = field(N_("Så ser vi effekten"), default="")
    follow_up_on: date | None = field(N_("Följs upp"), default=None)
    goal_conflict: str = field(N_("Målkonflikt"), default="")
    responsible: str = field(N_("Ansvarig"), default="UTR")
    priority: Priority | None = field(N_("Prioritet"), default=None)
    term: Term | None = field(N_("Sikt"), default=None)
    cost_class: CostClass | None = field(N_("Kostnadsklass"), default=None)
    due: date | None = field(N_("Klart senast"), default=None)
    status: MeasureStatus = field(N_("Status"), default=MeasureStatus.NEW)
    status_at: date | None = field(N_("Statusdatum"), default=None)
    decision: str = field(N_("Beslut"), default="")
    decision_reason: str = field(N_("Motivering"), default="", search=True)
    external_case_no: str = field(N_("Ärendenummer"), default="", search=True)
    handed_to: str = field(N_("Lämnad till"), default="")
    feedback: str = field(N_("Återkoppling"), default="", search=True)
    feedback_at: date | None = field(N_("Återkopplad"), default=None)


@record("measure-for")
class MeasureFor(Record):
    """A measure answers an observation."""

    measure: str | None = field(N_("Åtgärd"), default=None, part=True, names="measure", needed=True)
    observation: str | None = field(N_("Iakttagelse"), default=None, part=True, names="observation", needed=True)


@record("party")
class Party(Record):
    """Who may answer for a measure: a function, never a person. `code` is what measures name."""

    code: str = field(N_("Kod"), default="", needed=True)
    name: str = field(N_("Namn"), default="", search=True, needed=True)
    short: str = field(N_("Kortnamn"), default="")
    contact: str = field(N_("Kontakt"), default="", publish=False)
    kind: str = field(N_("Sort"), default="")


@record("duplicate-link")
class DuplicateLink(Record):
    """Two observations say the same; `duplicate` is read with `observation`."""

    observation: str | None = field(N_("Iakttagelse"), default=None, part=True, names="observation", needed=True)
    duplicate: str | None = field(N_("Dubblett"), default=None, part=True, names="observation", needed=True)


@record("safety-rating")
class SafetyRating(Record):
    """How a stop feels: `feels` 1 mycket otrygg … 4 mycket trygg; `alone_in_dark` yes, hesitant or no.
    `count` answers, or one of a group."""

    stop: str | None = field(N_("Plats"), default=None, part=True, names="stop", needed=True)
    feels: int | None = field(N_("Hur känns platsen just nu?"), default=None, span=(1, 4))
    alone_in_dark: str = field(N_("Skulle du gå här ensam när det är mörkt?"), default="", among=ALONE_IN_DARK)
    why: str = field(N_("Vad avgör?"), default="", search=True)
    role_or_group: str = field(N_("Roll eller grupp"), default="")
    count: int = field(N_("Antal"), default=1, span=PEOPLE)


@record("answer")
class Answer(Record):
    """`count` equal answers to a question of the survey."""

    question: str = field(N_("Fråga"), default="", needed=True)
    value: str = field(N_("Svar"), default="", needed=True)
    stop: str | None = field(N_("Plats"), default=None, part=True, names="stop")
    count: int = field(N_("Antal"), default=1, span=PEOPLE)


@record("checklist-pack")
class ChecklistPack(Record):
    """The checklist a walk uses; `content` names a blob."""

    name: str = field(N_("Namn"), default="")
    version: str = field(N_("Version"), default="", machine=True)
    content: str | None = field(N_("Innehåll"), default=None, machine=True)


@record("organisation")
class Organisation(Record):
    """Who arranges the walk, as printed: name, unit, whom to ask."""

    name: str = field(N_("Namn"), default="", search=True, needed=True)
    unit: str = field(N_("Enhet"), default="")
    contact: str = field(N_("Frågor"), default="")
    logo: str | None = field(N_("Logotyp"), default=None, names=BLOB)
    legal_basis: str = field(N_("Rättslig grund"), default="")
    protection_officer: str = field(N_("Dataskyddsombud"), default="")
    archive_plan: str = field(N_("Dokumenthanteringsplan"), default="")


@record("protocol")
class Protocol(Record):
    """A version of the protocol. `numbers` is the whole map id → number, one value."""

    version: int | None = field(N_("Version"), default=None, span=(1, 10_000))
    state: str = field(N_("Status"), default="working_draft")
    registry_no: str = field(N_("Diarienummer"), default="")
    numbers: dict[str, Any] | None = field(N_("Nummer"), default=None, machine=False)
    finalised_on: date | None = field(N_("Upprättad"), default=None)
    summary: str = field(N_("Sammanfattning"), default="", search=True)


KINDS: tuple[type[Record], ...] = (
    SafetyWalk, Device, Group, Participant, Stop, Route, Track, TrackChunk, Observation, Support, Remark, Photo,
    CameraClock, VoiceNote, Measure, MeasureFor, Party, DuplicateLink, SafetyRating, Answer, ChecklistPack,
    Organisation, Protocol,
)  # fmt: skip
"""Every kind this version knows."""

KIND_OF: dict[str, type[Record]] = {each.KIND: each for each in KINDS}
