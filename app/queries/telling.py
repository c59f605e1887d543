"""Records, fields and values as people call them: by their words, and by the clock of the walk."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from app.base.clock import from_iso
from app.base.words import ENGLISH, N_, _, clock_sign, decimal_sign, language, ngettext
from app.domain import standing
from app.domain.checklist import Checklist, seamless, words_of
from app.domain.entry import zone_or_default
from app.domain.geo import distance_m
from app.domain.groups import names_of as group_names
from app.domain.letters import shown_tags
from app.domain.record import CREATED, DELETED, ERASED, FieldInfo, is_hash, is_id, word_of
from app.domain.records import FEELS, KIND_OF, Device, Group, Observation, SafetyWalk, Stop
from app.domain.values import Json, Position, Priority, Severity, Unknown, known, label_of, load
from app.queries.devices import names_of
from app.queries.people import name_in
from app.session import Session

CALLED = {
    "safety-walk": N_("vandringen"),
    "device": N_("enheten"),
    "group": N_("gruppen"),
    "participant": N_("deltagaren"),
    "stop": N_("stoppet"),
    "route": N_("rutten"),
    "track": N_("spåret"),
    "track-chunk": N_("en del av spåret"),
    "observation": N_("iakttagelsen"),
    "support": N_("instämmandet"),
    "remark": N_("anmärkningen"),
    "photo": N_("fotot"),
    "camera-clock": N_("kamerans klocka"),
    "voice-note": N_("röstanteckningen"),
    "measure": N_("åtgärden"),
    "measure-for": N_("kopplingen till åtgärden"),
    "party": N_("den ansvariga"),
    "duplicate-link": N_("dubbletten"),
    "safety-rating": N_("skattningen"),
    "answer": N_("svaret"),
    "checklist-pack": N_("checklistan"),
    "organisation": N_("arrangören"),
    "protocol": N_("protokollet"),
}
"""The word for one record of each kind."""

TITLES = ("text", "title", "name", "label", "code", "role", "question")
"""Fields that say which record it is; the first that says anything."""

LONGEST = 60

NEAR_M = 500.0
"""A place so near to a stop is told by it: who goes through a walk knows the stops, and not degrees."""

STATES = {"working_draft": N_("arbetsmaterial"), "finalised": N_("upprättad handling")}
"""The words for the states of a protocol."""


def photos_counted(count: int) -> str:
    """`1 foto`, `2 foton`."""
    return ngettext("{count} foto", "{count} foton", count).format(count=count)


def counted(kinds: Mapping[str, int]) -> str:
    """How many there are of each kind, the kinds that people know by name: `8 iakttagelser och 1 foto`."""
    known_by_name: dict[str, Callable[[int], str]] = {
        "stop": lambda count: ngettext("{count} stopp", "{count} stopp", count),
        "observation": lambda count: ngettext("{count} iakttagelse", "{count} iakttagelser", count),
        "photo": lambda count: ngettext("{count} foto", "{count} foton", count),
        "voice-note": lambda count: ngettext("{count} röstanteckning", "{count} röstanteckningar", count),
        "measure": lambda count: ngettext("{count} åtgärd", "{count} åtgärder", count),
        "remark": lambda count: ngettext("{count} anmärkning", "{count} anmärkningar", count),
        "safety-rating": lambda count: ngettext("{count} skattning", "{count} skattningar", count),
        "track": lambda count: ngettext("{count} spår", "{count} spår", count),
        "route": lambda count: ngettext("{count} rutt", "{count} rutter", count),
    }
    found = [words(kinds[kind]).format(count=kinds[kind]) for kind, words in known_by_name.items() if kinds.get(kind)]
    *first, last = found or [""]
    return _("{first} och {last}").format(first=", ".join(first), last=last) if first else last


def tag_of(session: Session, observation: Observation) -> str:
    """The tag of an observation as it is shown, also of one that is deleted: with the beginning of its id where another
    that is shown has the same."""
    same = session.read(Observation, {"scope": observation.scope, "tag": str(observation.tag)})
    return shown_tags({each.id: each for each in (*same, observation)}.values())[observation.id]


def to_settle(session: Session, walk: SafetyWalk) -> str:
    """A sentence where something of a walk is not settled: how much, and what shows it."""
    count = len(session.conflicts(walk.id))
    text = ngettext(
        "{count} sak att avgöra i {walk}: conflicts {id} visar den, resolve avgör.",
        "{count} saker att avgöra i {walk}: conflicts {id} visar dem, resolve avgör.",
        count,
    )
    return text.format(count=count, walk=walk.title, id=walk.id[:8]) if count else ""


def quoted(text: str) -> str:
    """A text between quotation marks, short enough for a line."""
    line = " ".join(text.split())
    opens = "“" if language() == ENGLISH else "”"
    return f"{opens}{line if len(line) <= LONGEST else line[:LONGEST].rstrip() + '…'}”"


def local_time(moment: datetime, zone: str, day: date | None = None) -> str:
    """A moment by the clock of `zone` to the minute, without the date where that is `day`."""
    there = moment.astimezone(ZoneInfo(zone_or_default(zone)))
    return there.strftime("%H:%M" if there.date() == day else "%Y-%m-%d %H:%M")


def day_of(walk: SafetyWalk) -> date | None:
    """The day on which a walk begins, by its own clock."""
    starts = known(walk.starts, datetime)
    return starts.astimezone(ZoneInfo(zone_or_default(walk.zone))).date() if starts else None


def coded(checklist: Checklist, field: str, code: str) -> str:
    """A code of the checklist with its word: `A1 Lampa släckt eller trasig`; an unknown one alone."""
    things: dict[str, Iterable[Any]] = {
        "item": checklist.items.values(),
        "mechanism": checklist.mechanisms,
        "responsible": checklist.parties,
        "category": checklist.categories,
    }
    for each in things.get(field, ()):
        if code == (getattr(each, "id", None) or each.code):
            word = seamless(str(words_of(each)[0]))
            return word if field == "category" else f"{code} {word}"
    return code


def says_nothing(raw: Json) -> bool:
    """Whether a field that holds this holds nothing."""
    return raw is None or (isinstance(raw, str | list) and not raw)


def kind_word(kind: str) -> str:
    """The word for one record of a kind; for one of a newer version that it is one."""
    return _(CALLED[kind]) if kind in CALLED else _("en post av en okänd sort")


def info_of(kind: str, field: str) -> FieldInfo | None:
    """What a field says about itself, if this version knows it."""
    infos = KIND_OF[kind].FIELDS if kind in KIND_OF else ()
    return next((each for each in infos if each.name == field), None)


def field_word(kind: str, field: str) -> str:
    """What a field is called. A field of a newer version has no word: it is called by its name."""
    own = {DELETED: N_("Borttagen"), ERASED: N_("Namnet raderat för alltid")}
    if field in own:
        return _(own[field])
    info = info_of(kind, field)
    return _(info.label) if info else _("Okänt fält {name}").format(name=quoted(field))


def by_people(kind: str, field: str) -> bool:
    """Whether people may have set a field, or it says that a record was made: what the program writes by itself is not
    told of."""
    info = info_of(kind, field)
    return info is None or not info.machine or field in (CREATED, "label", "averaged")


class Teller:
    """Tells of one walk: `zone` is its time zone. `whole`: texts unshortened and without quotation marks, as a page
    shows them, not a line."""

    def __init__(self, session: Session, scope: str, *, whole: bool = False) -> None:
        self.session, self.scope, self.whole = session, scope, whole
        walks = session.read(SafetyWalk, {"id": scope})
        self.zone = zone_or_default(walks[0].zone if walks else None)
        self.names = names_of(session, scope)
        self.devices = {each.id: each for each in session.read(Device, {"scope": scope})}
        self.groups = group_names(session.read(Group, {"scope": scope}))

    def device(self, id: str, label: str = "") -> str:
        """A device by letter and label: `A (vm)`; of two that are called the same also by how its id begins."""
        name = self.names.full(id, label)
        return name if name != id[:8] else _("okänd platta {id}").format(id=id[:4]).strip()

    def group_of(self, id: str) -> str:
        """The group that a device walks with: `Grupp Norr`; "" where it has none."""
        found = self.devices.get(id)
        return self.groups.get(str(found.group), "") if found else ""

    def writer(self, id: str, label: str = "") -> str:
        """Who wrote something: the group and the device, `Grupp Norr, A (vm)`."""
        return ", ".join(each for each in (self.group_of(id), self.device(id, label)) if each)

    def time(self, iso: str | None) -> str:
        """When something was done, by the walk's clock."""
        return local_time(from_iso(iso), self.zone) if iso else _("tid okänd")

    def values(self, kind: str, record: str) -> dict[str, Json]:
        """What a record's fields hold, also of one that is deleted: what is shown, whatever the clocks say."""
        past = sorted(self.session.history(kind, record), key=lambda each: bool(each["shown"]))
        return {each["field"]: each["new"] for each in past}

    def record(self, kind: str, record: str) -> str:
        """A record by its kind, its tag and its text: `iakttagelsen A2, ”Öppen lucka”`; one that has neither by what
        it is a part of: `skattningen (stoppet ”Torget”)`."""
        return self._called(kind, record) or self._part(kind, record)

    def _called(self, kind: str, record: str) -> str:
        """A record by what it says itself, "" where that is nothing but its kind."""
        values = self.values(kind, record)
        said = [values.get(each) for each in TITLES]
        title = next((each for each in said if isinstance(each, str) and each.strip()), None)
        tag, word = values.get("tag"), kind_word(kind)
        if kind == Device.KIND:
            return f"{word} {self.device(record)}"
        if isinstance(tag, str) and tag:
            word = f"{word} {tag_of(self.session, Observation(id=record, scope=self.scope, tag=tag))}"
            return f"{word}, {quoted(title)}" if title else word
        return f"{word} {quoted(title)}" if title else ""

    def _part(self, kind: str, record: str) -> str:
        values = self.values(kind, record)
        for info in KIND_OF[kind].FIELDS if kind in KIND_OF else ():
            whole = values.get(info.name)
            if info.part and isinstance(whole, str) and (found := self._found(whole)):
                return f"{kind_word(kind)} ({self._called(found, whole) or kind_word(found)})"
        return kind_word(kind)

    def _found(self, record: str) -> str:
        """The kind of a record, also of one that is deleted; "" where there is none."""
        found = [*self.session.ids(record), *self.session.ids(record, deleted=True)]
        return found[0][0] if found else ""

    def label(self, kind: str, field: str) -> str:
        """What a field is called."""
        return field_word(kind, field)

    def deed(self, field: str, raw: Json) -> str:
        """What was done to a record as a whole where this field of it was set; "" for every other field."""
        if field == CREATED:
            return _("Skapad")
        if field == DELETED:
            return _("Togs bort") if raw else _("Togs tillbaka")
        return self.label("", field) if field == ERASED else ""

    def value(self, kind: str, field: str, raw: Json, record: str = "") -> str:
        """A field's value, given as plain data, in words; a list of several that stood against each other too. A place
        is told from the nearest stop, other than the `record` itself, and its order among the others."""
        info = info_of(kind, field)
        if field == DELETED:
            return _("borttagen") if raw else _("inte borttagen")
        if says_nothing(raw):
            return _("tomt")
        if info is None:
            return self._unknown(raw)
        value = load(info.type, raw)
        if isinstance(value, Unknown) and isinstance(raw, list):
            parts: list[Json] = raw
            return _(" eller ").join(self.value(kind, field, each, record) for each in parts)
        if info.name == "order" and isinstance(value, str):
            before = [each for each in self._stops(record) if str(each.order) < value]
            return _("nummer {n}").format(n=1 + len(before))
        return self._near(value, record) if isinstance(value, Position) else self._word(info, value)

    def _unknown(self, raw: Json) -> str:
        """A value of a field that only a newer version knows."""
        if isinstance(raw, bool):
            return _("ja") if raw else _("nej")
        if isinstance(raw, str) and not is_id(raw) and not is_hash(raw):
            return raw if self.whole else quoted(raw)
        return _number(raw) if isinstance(raw, int | float) else str(Unknown(raw))

    def _stops(self, record: str) -> list[Stop]:
        return [each for each in self.session.read(Stop, {"scope": self.scope}) if each.id != record]

    def _near(self, place: Position, record: str) -> str:
        degrees = f"{place.lat:.5f}, {place.lon:.5f}"
        stops = [each for each in self._stops(record) if isinstance(each.position, Position)]
        away = {each.id: distance_m(place, each.position) for each in stops if isinstance(each.position, Position)}
        nearest = min(stops, key=lambda each: (away[each.id], each.id), default=None)
        if nearest is None or away[nearest.id] > NEAR_M:
            return degrees
        if round(away[nearest.id]) == 0:
            return _("vid {stop} ({degrees})").format(stop=self.record(Stop.KIND, nearest.id), degrees=degrees)
        words = _("{m} m från {stop} ({degrees})")
        return words.format(m=round(away[nearest.id]), stop=self.record(Stop.KIND, nearest.id), degrees=degrees)

    def _word(self, info: FieldInfo, value: Any) -> str:
        match value:
            case bool():
                return _("ja") if value else _("nej")
            case Severity():
                return f"{label_of(value)} ({value.value})"
            case Priority():
                return f"{value.value}, {label_of(value).lower()}"
            case StrEnum() | IntEnum():
                return label_of(value)
            case datetime():
                said = local_time(value, self.zone)
                return said.replace(":", clock_sign()) if self.whole else said
            case int() | float():
                felt = info.name == "feels" and value in range(1, len(FEELS) + 1)
                return f"{value}, {_(FEELS[int(value) - 1])}" if felt else _number(value)
            case tuple() | list():
                return ", ".join(self._word(info, each) for each in value)
            case dict() if info.name == "averaged":
                found = standing.read(value)
                return standing.told_whence(found) if found else str(Unknown(None))
            case dict():
                return ngettext("{n} nummer", "{n} nummer", len(value)).format(n=len(value))
            case str():
                return self._text(info, value)
        return str(value)

    def _text(self, info: FieldInfo, text: str) -> str:
        if is_hash(text):
            if not info.personal:
                return _("en fil")
            if text in self.session.log.blobs_erased(self.scope):
                return _("ett raderat namn")
            name = name_in(self.session, text)
            return name if name and self.whole else quoted(name) if name else _("ett namn som inte finns här")
        if is_id(text):
            found = self._found(text)
            return self.record(found, text) if found else _("något som inte finns här")
        if info.among:
            return word_of(info, text)
        if info.name in ("category", "item", "mechanism", "responsible"):
            return coded(self.session.checklist, info.name, text)
        if info.name == "state" and text in STATES:
            return _(STATES[text])
        return text if self.whole else quoted(text)

    def change(self, kind: str, record: str, item: dict[str, Any]) -> str:
        """One line of a record's history."""
        name = self.device(item["device"], item["label"])
        if item["action"] < 0:
            name = _("Ångrat av {who}").format(who=name)
        who = f"{self.time(item['at'])}  {name}"
        field = item["field"]
        if deed := self.deed(field, item["new"]):
            return f"{who}  {deed}"
        old, new = (self.value(kind, field, item[each], record) for each in ("old", "new"))
        was = "" if says_nothing(item["old"]) or old == new else f"{old} → "
        return f"{who}  {self.label(kind, field)}: {was}{new}"


def _number(value: float) -> str:
    """A number without a needless end, with the sign for decimals of the language spoken now."""
    return f"{value:.10g}".replace(".", decimal_sign())
