"""Records, fields and values as people call them: by their words, and by the clock of the walk."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from app.base.clock import from_iso
from app.base.words import N_, _, clock_sign, ngettext
from app.domain.checklist import Checklist, seamless, words_of
from app.domain.entry import zone_or_default
from app.domain.letters import shown_tags
from app.domain.record import CREATED, DELETED, FieldInfo, is_hash, is_id, word_of
from app.domain.records import KIND_OF, Device, Group, Observation, SafetyWalk
from app.domain.values import Json, Position, Unknown, canonical, known, label_of, load
from app.queries.devices import names_of
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
    return f"”{line if len(line) <= LONGEST else line[:LONGEST].rstrip() + '…'}”"


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


class Teller:
    """Tells of one walk: `zone` is its time zone. `whole`: texts unshortened and without quotation marks, as a page
    shows them, not a line."""

    def __init__(self, session: Session, scope: str, *, whole: bool = False) -> None:
        self.session, self.scope, self.whole = session, scope, whole
        walks = session.read(SafetyWalk, {"id": scope})
        self.zone = zone_or_default(walks[0].zone if walks else None)
        self.names = names_of(session, scope)
        self.devices = {each.id: each for each in session.read(Device, {"scope": scope})}
        self.groups = {each.id: str(each.name) for each in session.read(Group, {"scope": scope})}

    def device(self, id: str, label: str = "") -> str:
        """A device by letter and label: `A (vm)`."""
        return self.names.full(id, label)

    def group_of(self, id: str) -> str:
        """The group that a device walks with: `Grupp Norr`; "" where it has none."""
        found = self.devices.get(id)
        name = self.groups.get(str(found.group), "").strip() if found else ""
        word = _("Grupp {name}").format(name=name)
        return name if not name or name.casefold().startswith(word.split()[0].casefold()) else word

    def writer(self, id: str, label: str = "") -> str:
        """Who wrote something: the group and the device, `Grupp Norr, A (vm)`."""
        return ", ".join(each for each in (self.group_of(id), self.device(id, label)) if each)

    def time(self, iso: str | None) -> str:
        """When something was done, by the walk's clock."""
        return local_time(from_iso(iso), self.zone) if iso else "–"

    def values(self, kind: str, record: str) -> dict[str, Json]:
        """What a record's fields hold, also of one that is deleted: what is shown, whatever the clocks say."""
        past = sorted(self.session.history(kind, record), key=lambda each: bool(each["shown"]))
        return {each["field"]: each["new"] for each in past}

    def record(self, kind: str, record: str) -> str:
        """A record by its kind, its tag and its text: `iakttagelsen A2, ”Öppen lucka”`."""
        values = self.values(kind, record)
        said = [values.get(each) for each in TITLES]
        title = next((each for each in said if isinstance(each, str) and each.strip()), None)
        tag = values.get("tag")
        called = _(CALLED[kind]) if kind in CALLED else kind
        if isinstance(tag, str):
            called = f"{called} {tag_of(self.session, Observation(id=record, scope=self.scope, tag=tag))}"
        return f"{called}, {quoted(title)}" if title else called

    def label(self, kind: str, field: str) -> str:
        """What a field is called."""
        if field == DELETED:
            return _("Borttagen")
        infos = KIND_OF[kind].FIELDS if kind in KIND_OF else ()
        return next((_(each.label) for each in infos if each.name == field), field)

    def value(self, kind: str, field: str, raw: Json) -> str:
        """A field's value, given as plain data, in words; a list of several that stood against each other too."""
        infos = KIND_OF[kind].FIELDS if kind in KIND_OF else ()
        info = next((each for each in infos if each.name == field), None)
        if field == DELETED:
            return _("borttagen") if raw else _("inte borttagen")
        if raw is None or info is None:
            return "–" if raw is None else raw if isinstance(raw, str) else canonical(raw)
        value = load(info.type, raw)
        if isinstance(value, Unknown) and isinstance(raw, list):
            return " | ".join(self.value(kind, field, each) for each in raw)
        return self._word(info, value)

    def _word(self, info: FieldInfo, value: Any) -> str:
        match value:
            case bool():
                return _("ja") if value else _("nej")
            case IntEnum():
                return f"{label_of(value)} ({value.value})"
            case StrEnum():
                return label_of(value)
            case datetime():
                said = local_time(value, self.zone)
                return said.replace(":", clock_sign()) if self.whole else said
            case Position(lat, lon):
                return f"{lat:.5f}, {lon:.5f}"
            case tuple() | list():
                return ", ".join(self._word(info, each) for each in value) or "–"
            case dict():
                return canonical(value)
            case str():
                return self._text(info, value)
        return str(value)

    def _text(self, info: FieldInfo, text: str) -> str:
        if is_hash(text):
            return text[:8]
        if is_id(text):
            found = [*self.session.ids(text), *self.session.ids(text, deleted=True)]
            return self.record(found[0][0], text) if found else text[:8]
        if text in info.among:
            return word_of(info, text)
        if info.name in ("category", "item", "mechanism", "responsible"):
            return coded(self.session.checklist, info.name, text)
        return (text if self.whole else quoted(text)) if text else "–"

    def change(self, kind: str, item: dict[str, Any]) -> str:
        """One line of a record's history."""
        who = f"{self.time(item['at'])}  {self.device(item['device'], item['label'])}"
        field = item["field"]
        if field == CREATED:
            return f"{who}  {_('Skapad')}"
        if field == DELETED:
            return f"{who}  {self.value(kind, field, item['new']).capitalize()}"
        old, new = (self.value(kind, field, item[each]) for each in ("old", "new"))
        return f"{who}  {self.label(kind, field)}: {old} → {new}"
