"""Rules of the trade that a record must follow. Pure; every refusal is a sentence."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from app.base.errors import BadInput
from app.base.words import _
from app.domain.checklist import Checklist
from app.domain.record import FieldInfo, news_in
from app.domain.records import Observation, Photo, SafetyWalk, Stop, Track
from app.domain.values import MAX_VALUE, ObservationKind, Severity, Unknown, dump, known

LIGHTING_CATEGORY, POSITIVE_CATEGORY = "lighting", "positive"
WITHOUT_SEVERITY = (ObservationKind.QUESTION, ObservationKind.SOCIAL)


def check_value(info: FieldInfo, value: Any, held: Any = None) -> None:
    """Raises BadInput where a person may not write a value of the right type in a field, as the field's line says. What
    is already `held` there, by a newer version, may stay."""
    texts = value if isinstance(value, tuple) else (value,)
    for text in texts:
        if isinstance(text, str):
            check_text(info.name, text)
    if value is None or value == () or (isinstance(value, str) and not value.strip()):
        if info.needed:
            raise BadInput(
                "empty",
                _("Fältet {field} ({label}) är tomt.").format(field=info.name, label=_(info.label)),
                _("Skriv något där."),
            )
        return
    kept = held if isinstance(held, tuple) else (held,)
    for text in texts if info.among else ():
        if text not in info.among and text not in kept:
            raise BadInput(
                info.name.replace("_", "-"),
                _("{text} finns inte att välja på.").format(text=shown(text)),
                _("Välj något av: {choices}.").format(choices=", ".join(info.among)),
            )
    if info.span and not info.span[0] <= value <= info.span[1]:
        raise BadInput(
            info.name.replace("_", "-"),
            _("{value} passar inte i fältet {field}.").format(value=shown(str(value)), field=info.name),
            _("Skriv ett tal från {least:g} till {most:.0f}.").format(least=info.span[0], most=info.span[1]),
        )
    if info.phone and value not in kept:
        check_phone(value)


_PHONE = re.compile("[-+() \u00a00-9]+")
LEAST_DIGITS = 3


def is_phone(text: str) -> bool:
    """Whether a text is a number that can be called: digits, with spaces, `+`, `-` and parentheses between them."""
    return _PHONE.fullmatch(text.strip()) is not None and len(re.findall("[0-9]", text)) >= LEAST_DIGITS


def check_phone(text: str) -> None:
    """Raises BadInput where a text is no number to call."""
    if not is_phone(text):
        raise BadInput(
            "phone",
            _("{text} är inget telefonnummer.").format(text=shown(text)),
            _("Skriv minst tre siffror, och mellan dem bara mellanslag, +, - och parenteser: 08-123 45 67."),
        )


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Unicode's category Cc without tab and new line."""


def check_text(field: str, text: str) -> None:
    """Raises BadInput where a text has signs that cannot be read or printed, or is longer than one value may be."""
    if _CONTROL.search(text):
        raise _unreadable(field)
    stored(field, text)


def stored(field: str, value: Any) -> str:
    """The JSON text of a value as it is stored. Raises BadInput where it has signs that are in no UTF-8, or is longer
    than one value may be."""
    text = dump(value)
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        raise _unreadable(field) from error
    if size > MAX_VALUE:
        raise BadInput(
            "too-long",
            _("Texten i {field} är för lång.").format(field=field),
            _("Högst 64 000 tecken får plats. Dela den i flera anmärkningar."),
        )
    return text


def _unreadable(field: str) -> BadInput:
    return BadInput(
        "text",
        _("Texten i {field} har tecken som inte går att läsa.").format(field=field),
        _("Skriv om texten i UTF-8, utan styrtecken."),
    )


def shown(text: str) -> str:
    """What a person typed, in quotes and short enough for a sentence."""
    return repr(text if len(text) <= 60 else text[:60] + "…")


def check_category(checklist: Checklist, category: str | None, item: str | None) -> str | None:
    """The category of an observation; that of its item where none was said. Raises BadInput where they disagree."""
    if item is None:
        return checklist.category(category).id if category else None
    own = checklist.category_of_item(item)
    if category and checklist.category(category).id != own.id:
        other = checklist.category(category).tile
        raise BadInput(
            "item-category",
            _("{item} hör till {own}, inte till {other}.").format(item=item, own=own.tile, other=other),
            _("Välj en punkt ur ämnet, eller ett annat ämne."),
        )
    return own.id


def check_severity(kind: ObservationKind, category: str | None, severity: Severity | None) -> None:
    """Severity and kind are one fact. Raises BadInput on what contradicts itself."""
    if category == POSITIVE_CATEGORY and kind != ObservationKind.POSITIVE:
        raise BadInput(
            "severity-kind",
            _("Ämnet Något bra här är för det som är bra."),
            _("Välj sorten positive, eller ett annat ämne."),
        )
    if severity is None:
        return
    if kind in WITHOUT_SEVERITY:
        raise BadInput(
            "severity-kind",
            _("En fråga har ingen allvarlighet."),
            _("Ta bort allvarligheten eller välj sorten deficiency."),
        )
    if (severity == Severity.GOOD) != (kind == ObservationKind.POSITIVE):
        raise BadInput(
            "severity-kind",
            _("Allvarlighet 0 är till för det som är bra, 1 till 4 för brister."),
            _("Ändra sort eller allvarlighet så att de säger samma sak."),
        )


def check_item(checklist: Checklist, kind: ObservationKind, item: str | None) -> None:
    """Raises BadInput where something good is noted with an item that says what is wrong: "Något bra: Lampa släckt"."""
    if item is None or kind != ObservationKind.POSITIVE or checklist.item(item).kind == kind:
        return
    raise BadInput(
        "item-kind",
        _("{item} {statement} är inget bra.").format(item=item, statement=checklist.item(item).statement),
        _("Välj en punkt för det som är bra (M), eller låt punkten vara."),
    )


def suggested_severity(checklist: Checklist, kind: ObservationKind, item: str | None) -> Severity | None:
    """What the item suggests for a deficiency, else 2; nothing for other kinds."""
    if kind != ObservationKind.DEFICIENCY:
        return None
    found = checklist.item(item).severity if item else None
    return found or Severity.NOTICEABLE


def kind_of(
    checklist: Checklist, category: str | None, item: str | None, severity: Severity | None = None
) -> ObservationKind:
    """What an observation is when nobody said: positive in the positive category or with severity 0, else as the item
    says."""
    if category == POSITIVE_CATEGORY or severity == Severity.GOOD:
        return ObservationKind.POSITIVE
    return checklist.item(item).kind if item else ObservationKind.DEFICIENCY


def meant(checklist: Checklist, observation: Observation, name: str, value: Any) -> dict[str, Any]:
    """What is written when a person sets a field of an observation: what it is about, how serious it is and what kind
    it is say one thing together. Only what is news."""
    said = _FOLLOWS[name](checklist, observation, value) if name in _FOLLOWS and value is not None else {name: value}
    return news_in(observation, said)


def _about(checklist: Checklist, observation: Observation, category: str) -> dict[str, Any]:
    """Another category. An item of the one before is let go, and what either said of the kind; a kind that a person
    chose stays."""
    item = checklist.items.get(str(observation.item))
    leaving = item if item is not None and item.category != category else None
    said: dict[str, Any] = {"category": category, **({"item": None} if leaving else {})}
    if category == POSITIVE_CATEGORY:
        return {**said, "kind": ObservationKind.POSITIVE}
    followed = observation.category == POSITIVE_CATEGORY or (leaving is not None and leaving.kind == observation.kind)
    return {**said, "kind": ObservationKind.DEFICIENCY} if followed else said


def _exactly(checklist: Checklist, _observation: Observation, item: str) -> dict[str, Any]:
    """Another item, with its category and kind."""
    found = checklist.item(item)
    return {"item": item, "category": found.category, "kind": found.kind}


def _rated(checklist: Checklist, observation: Observation, severity: Severity) -> dict[str, Any]:
    """How serious a person says it is. 0 is something good, anything else a deficiency; an item that says what is wrong
    is let go by what is good."""
    if severity != Severity.GOOD:
        return {"severity": severity, "kind": ObservationKind.DEFICIENCY}
    item = checklist.items.get(str(observation.item))
    wrong = item is not None and item.kind != ObservationKind.POSITIVE
    return {"kind": ObservationKind.POSITIVE, **({"item": None} if wrong else {})}


_FOLLOWS: Mapping[str, Callable[[Checklist, Observation, Any], dict[str, Any]]] = {
    "category": _about,
    "item": _exactly,
    "severity": _rated,
}


def severity_of(observation: Observation) -> Severity | None:
    """How serious an observation is: derived from `kind`, else what a person said, else what was suggested."""
    if observation.kind == ObservationKind.POSITIVE:
        return Severity.GOOD
    if observation.kind in WITHOUT_SEVERITY:
        return None
    said = observation.severity if observation.severity is not None else observation.severity_suggested
    return said if isinstance(said, Severity) and said != Severity.GOOD else Severity.NOTICEABLE


def is_deficiency(observation: Observation) -> bool:
    """Whether something is wrong. An unknown kind is taken for a deficiency, so that nothing disappears."""
    return observation.kind != ObservationKind.POSITIVE and observation.kind not in WITHOUT_SEVERITY


def is_acute(observation: Observation) -> bool:
    """Whether there is danger now, or was until someone raised the alarm."""
    raised = is_deficiency(observation) and bool(observation.alarm)
    return raised or severity_of(observation) == Severity.DANGER


def is_unalarmed(observation: Observation) -> bool:
    """Whether there is danger now and nobody has said who was called."""
    return severity_of(observation) == Severity.DANGER and observation.alarm is None


PLAN_SLIPS = timedelta(hours=1)
"""A walk goes on longer than it was planned to."""
PLAN_ENDS = timedelta(hours=6)
"""So long after its planned end a walk is over though nobody has said so: people who walk on late into the evening are
not told that it is, and the next morning it is."""
INSTANT = timedelta(milliseconds=1)
"""The shortest time that is stored."""
CLOCKS_DIFFER = timedelta(minutes=15)
"""One tablet says that the walk has ended, and another when something was noted."""


def is_late(observation: Observation, walk: SafetyWalk) -> bool:
    """Whether an observation was noted after its walk had ended, whenever it was seen. An end that is said to the
    minute is a plan, which slips; when a device ends the walk it says so to the moment, by its own clock."""
    made, ends = known(observation.created, datetime), known(walk.ends, datetime)
    if made is None or ends is None:
        return False
    return made > ends + (PLAN_SLIPS if _is_planned(ends) else CLOCKS_DIFFER)


def is_over(walk: SafetyWalk, now: datetime) -> bool:
    """Whether a walk has ended: a device has said so, or it is long past the end that was planned."""
    ends = known(walk.ends, datetime)
    return ends is not None and not (_is_planned(ends) and now <= ends + PLAN_ENDS)


def said_end(now: datetime) -> datetime:
    """What a device writes as the end of a walk that ends now: to the moment, so that it never looks planned."""
    return now + INSTANT if _is_planned(now) else now


def _is_planned(ends: datetime) -> bool:
    return ends.second == 0 and ends.microsecond < INSTANT.microseconds


def is_only_suggested(observation: Observation) -> bool:
    """Whether nobody has said how serious a deficiency is."""
    return observation.kind == ObservationKind.DEFICIENCY and observation.severity is None


def is_draft(observation: Observation, photographed: bool) -> bool:
    """Whether an observation is still *att komplettera*: no item, no text and no photo."""
    return not observation.item and not observation.text and not photographed


def stop_of(thing: Observation | Photo, observations: Mapping[str, Observation]) -> str | None:
    """The id of the stop where a thing is. A photo that shows one of `observations` is where that is, else where it was
    placed itself."""
    owner = observations.get(str(thing.observation)) if isinstance(thing, Photo) else None
    return known((owner or thing).stop, str)


def is_unplaced(photo: Photo, observations: Mapping[str, Observation]) -> bool:
    """Whether nobody knows where a photo was taken: it has no position and no stop, nor has what it shows."""
    owner = observations.get(str(photo.observation))
    places = (photo.position, stop_of(photo, observations), owner.position if owner else None)
    return not any(each is not None and not isinstance(each, Unknown) for each in places)


def is_walked(track: Track) -> bool:
    """Whether somebody walked a track; one that was only rehearsed says nothing of where the walk went."""
    return track.rehearsed is not True


def between(before: str, after: str) -> str:
    """A fractional text key between two keys; "" stands for the beginning or the end. Letters a to z, never a last."""
    key = ""
    place = 0
    while True:
        low = ord(before[place]) - 97 if place < len(before) else 0
        high = ord(after[place]) - 97 if after and place < len(after) else 26
        if high - low > 1:
            return key + chr(97 + (low + high) // 2)
        key += chr(97 + low)
        if low < high:
            after = ""
        place += 1


def orders_between(earlier: Sequence[str], later: Sequence[str]) -> list[str]:
    """The order key of a stop that comes after `earlier` and before `later`, both in order, and new ones for those of
    `later` that must give way: two devices may have given two stops one key, and nothing fits between those."""
    low = max(earlier, default="")
    giving_way = sum(1 for key in later if key <= low)
    high = min((key for key in later if key > low), default="")
    found: list[str] = []
    for _place in range(giving_way + 1):
        found.append(between(found[-1] if found else low, high))
    return found


def order_after(stops: Sequence[Stop]) -> str:
    """The order key of a stop that comes last. Counting on is shorter than halving towards the end."""
    last = max((stop.order for stop in stops if not isinstance(stop.order, Unknown)), default="")
    return following(last)


def following(key: str) -> str:
    """The order key that comes next when counting on."""
    if not key:
        return "b"
    head, last = key[:-1], key[-1]
    return head + chr(ord(last) + 1) if last < "z" else key + "b"


WALKING_M_PER_MIN = 4000 / 60
MINUTES_AT_A_STOP = 8


def expected_minutes(length_m: float, stops: int) -> int:
    """How long a walk takes by plan, to five minutes: a group walks 4 km an hour and stands eight minutes at a stop."""
    return 5 * round((length_m / WALKING_M_PER_MIN + MINUTES_AT_A_STOP * stops) / 5)
