"""The checklist: what to look for on a place, what usually helps, who usually answers for it, and why it should work.

It is data, handed in by the session; a walk has its own copy. Every text stands in Swedish and English side by side.
Ids (`lighting`, `A1`, `V1`, `GATA`) are format: never renamed, a retired one not used again; `X…` are one's own items.
"""

import dataclasses
import re
import string
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol, TypeVar

from app.base.errors import BadInput, NotFound
from app.base.words import ENGLISH, _, language
from app.domain.values import MeasureStatus, ObservationKind, PlaceType, Priority, Severity, Term

UNDECIDED = "UTR"
"""The party of a measure whose owner is still to be found out."""

PLACEHOLDERS = ("cause", "measure", "place", "time", "due")
"""What an argument sentence may ask for: cause on the spot, measure, name of the place, time of day, by when."""


@dataclass(frozen=True)
class Words:
    """One text in both languages. `str` gives the language spoken now."""

    sv: str
    en: str

    def in_(self, language: str) -> str:
        """The text in `sv` or `en`; any other language gets the Swedish."""
        return self.en if language == ENGLISH else self.sv

    def __str__(self) -> str:
        return self.in_(language())


def seamless(text: str) -> str:
    """`text` without the soft hyphens (U+00AD) that names of parties carry for narrow columns: for files and search."""
    return text.replace("\u00ad", "")


@dataclass(frozen=True)
class Item:
    """One thing to look for. `question` is asked, `statement` says the same as a fault seen (or a good thing, for M).

    `measure` usually helps. Of `responsible`, `mechanisms` and `terms` the first is the default; `mechanisms` is empty
    where nothing is known beforehand (categories M and N). `severity` is a suggestion; a social matter has none.
    `acute`: report the same day.
    """

    id: str
    category: str
    question: Words
    statement: Words
    measure: Words
    responsible: tuple[str, ...]
    mechanisms: tuple[str, ...]
    terms: tuple[Term, ...]
    severity: Severity | None
    acute: bool

    @property
    def term(self) -> Term:
        """The usual term."""
        return self.terms[0]

    @property
    def kind(self) -> ObservationKind:
        """What an observation of this item is, from the suggested severity: 0 is good, none is a social matter."""
        if self.severity is None:
            return ObservationKind.SOCIAL
        return ObservationKind.POSITIVE if self.severity == Severity.GOOD else ObservationKind.DEFICIENCY


@dataclass(frozen=True)
class Category:
    """A group of items. `tile` is the short word used everywhere, `name` the long one for the protocol's appendix."""

    id: str
    letter: str
    tile: Words
    name: Words
    items: tuple[Item, ...]


@dataclass(frozen=True)
class PlaceTypeItems:
    """The items of a place's own list, in the order one sees them there."""

    place_type: PlaceType
    items: tuple[str, ...]


@dataclass(frozen=True)
class Mechanism:
    """Why a measure should work. `sentence` has named placeholders (`PLACEHOLDERS`), `indicator` says how the effect is
    seen, `conflict` which other interest it may hurt."""

    code: str
    name: Words
    sentence: Words
    indicator: Words
    conflict: Words

    def argument(self, **known: str) -> str:
        """The sentence in the language spoken now, filled with what is known by placeholder; the rest shows as "…"."""
        filled = {each: known.get(each, "").strip().rstrip(".") or "…" for each in PLACEHOLDERS}
        return str(self.sentence).format(**filled)


@dataclass(frozen=True)
class PartyInfo:
    """Who may answer for a measure: a function, never a person. Names carry soft hyphens at seams (`seamless`)."""

    code: str
    name: Words
    short: Words


@dataclass(frozen=True)
class SeverityInfo:
    """What a severity means: `word` and `hint` on its button, `meaning` as a sentence."""

    code: Severity
    word: Words
    hint: Words
    meaning: Words


@dataclass(frozen=True)
class PriorityInfo:
    """When a priority is used (`rule`) and what it promises (`target`)."""

    code: Priority
    word: Words
    rule: Words
    target: Words


@dataclass(frozen=True)
class StatusInfo:
    """A measure's status and the statuses that may follow it, the usual one first."""

    code: MeasureStatus
    word: Words
    meaning: Words
    next: tuple[MeasureStatus, ...]


def words_of(thing: Any) -> tuple[Words, ...]:
    """What a thing of the checklist may be called, the usual word first."""
    return tuple(vars(thing)[each] for each in ("tile", "word", "short", "name", "statement") if each in vars(thing))


class _Coded(Protocol):
    @property
    def code(self) -> str | Severity: ...


C = TypeVar("C", bound=_Coded)


def _coded(many: Iterable[C], code: str, kind: str, advice: str) -> C:
    found = {str(each.code): each for each in many}
    if code not in found:
        named = (f"{each.code} ({seamless(str(words_of(each)[0]))})" for each in found.values())
        text = _("Checklistan har ingen kod {code}.").format(code=code)
        raise NotFound(kind, text, advice.format(codes=", ".join(named)))
    return found[code]


@dataclass(frozen=True)
class Checklist:
    """Everything of one version. Lookups raise NotFound with a sentence that names what there is."""

    version: str
    categories: tuple[Category, ...]
    place_types: tuple[PlaceTypeItems, ...]
    mechanisms: tuple[Mechanism, ...]
    parties: tuple[PartyInfo, ...]
    severities: tuple[SeverityInfo, ...]
    priorities: tuple[PriorityInfo, ...]
    statuses: tuple[StatusInfo, ...]

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """All items by id, in order."""
        return {item.id: item for category in self.categories for item in category.items}

    def category(self, id: str) -> Category:
        """The category of this id (`lighting`)."""
        for each in self.categories:
            if each.id == id:
                return each
        raise NotFound(
            "category",
            _("Checklistan har inget ämne som heter {id}.").format(id=id),
            _("Ämnena är: {ids}.").format(ids=", ".join(f"{each.id} ({each.tile})" for each in self.categories)),
        )

    def item(self, id: str) -> Item:
        """The item of this id (`A1`)."""
        if id not in self.items:
            rows = (f"{each.items[0].id}–{each.items[-1].id} ({each.tile})" for each in self.categories)
            raise NotFound(
                "item",
                _("Checklistan har ingen punkt som heter {id}.").format(id=id),
                _("Punkterna är: {ids}.").format(ids=", ".join(rows)),
            )
        return self.items[id]

    def category_of_item(self, id: str) -> Category:
        """The category of an item."""
        return self.category(self.item(id).category)

    def items_of(self, place_type: PlaceType) -> tuple[Item, ...]:
        """A place's own list, in order; that of `other` where the checklist has none for it."""
        own = {each.place_type: each.items for each in self.place_types}
        return tuple(self.item(each) for each in own.get(place_type, own[PlaceType.OTHER]))

    def items_for(self, category: str, place_type: PlaceType) -> tuple[Item, ...]:
        """All items of a category, those of the place's own list first and in its order."""
        first = [each for each in self.items_of(place_type) if each.category == category]
        return (*first, *(each for each in self.category(category).items if each not in first))

    def mechanism(self, code: str) -> Mechanism:
        """The mechanism of this code (`V1`)."""
        return _coded(self.mechanisms, code, "mechanism", _("Verkan skrivs med en av koderna {codes}."))

    def party(self, code: str) -> PartyInfo:
        """The party of this code (`GATA`)."""
        return _coded(self.parties, code, "party", _("Ansvarig skrivs med en av koderna {codes}."))

    def severity(self, level: int) -> SeverityInfo:
        """What severity 0 … 4 means."""
        return _coded(self.severities, str(level), "severity", _("Allvar skrivs med en av siffrorna {codes}."))

    def priority(self, code: str) -> PriorityInfo:
        """What priority A … D means."""
        return _coded(self.priorities, code, "priority", _("Prioritet skrivs med en av bokstäverna {codes}."))

    def status(self, code: str) -> StatusInfo:
        """What a measure's status means and what may follow it."""
        return _coded(self.statuses, code, "status", _("Status skrivs med ett av orden {codes}."))


def _words(data: Any) -> Words:
    if not isinstance(data["sv"], str) or not isinstance(data["en"], str):
        raise TypeError(data)
    return Words(data["sv"], data["en"])


def _texts(data: Any) -> tuple[str, ...]:
    if not isinstance(data, list) or not all(isinstance(each, str) for each in data):
        raise TypeError(data)
    return tuple(data)


def _flag(data: Any) -> bool:
    if not isinstance(data, bool):
        raise TypeError(data)
    return data


def _item(data: Any, category: str) -> Item:
    return Item(
        id=data["id"],
        category=category,
        question=_words(data["question"]),
        statement=_words(data["statement"]),
        measure=_words(data["measure"]),
        responsible=_texts(data["responsible"]),
        mechanisms=_texts(data["mechanisms"]),
        terms=tuple(Term(each) for each in _texts(data["terms"])),
        severity=None if data["severity"] is None else Severity(data["severity"]),
        acute=_flag(data["acute"]),
    )


def _category(data: Any) -> Category:
    items = tuple(_item(each, data["id"]) for each in data["items"])
    return Category(data["id"], data["letter"], _words(data["tile"]), _words(data["name"]), items)


def _mechanism(data: Any) -> Mechanism:
    texts = (_words(data[each]) for each in ("name", "sentence", "indicator", "conflict"))
    return Mechanism(data["code"], *texts)


def _severity(data: Any) -> SeverityInfo:
    return SeverityInfo(Severity(data["code"]), _words(data["word"]), _words(data["hint"]), _words(data["meaning"]))


def _priority(data: Any) -> PriorityInfo:
    return PriorityInfo(Priority(data["code"]), _words(data["word"]), _words(data["rule"]), _words(data["target"]))


def _status(data: Any) -> StatusInfo:
    following = tuple(MeasureStatus(each) for each in _texts(data["next"]))
    return StatusInfo(MeasureStatus(data["code"]), _words(data["word"]), _words(data["meaning"]), following)


def _read(data: Any) -> Checklist:
    return Checklist(
        version=_texts([data["version"]])[0],
        categories=tuple(_category(each) for each in data["categories"]),
        place_types=tuple(PlaceTypeItems(PlaceType(each), _texts(ids)) for each, ids in data["place_types"].items()),
        mechanisms=tuple(_mechanism(each) for each in data["mechanisms"]),
        parties=tuple(PartyInfo(each["code"], _words(each["name"]), _words(each["short"])) for each in data["parties"]),
        severities=tuple(_severity(each) for each in data["severities"]),
        priorities=tuple(_priority(each) for each in data["priorities"]),
        statuses=tuple(_status(each) for each in data["statuses"]),
    )


def _named_texts(thing: Any, name: str) -> Iterator[tuple[str, Words]]:
    """Every text in a part of a checklist, with a name that says where it stands."""
    for each in dataclasses.fields(thing):
        value = getattr(thing, each.name)
        if isinstance(value, Words):
            yield f"{name} {each.name}", value
        elif isinstance(value, tuple):
            for part in value:
                if dataclasses.is_dataclass(part):
                    label = getattr(part, "id", getattr(part, "code", ""))
                    yield from _named_texts(part, str(label))


def texts_of(checklist: Checklist) -> tuple[tuple[str, Words], ...]:
    """Every text of a checklist, with a name that says where it stands (`A1 question`)."""
    return tuple(_named_texts(checklist, ""))


def placeholders_in(sentence: str) -> frozenset[str]:
    """The names in braces. Raises ValueError on a stray brace."""
    return frozenset(name for _text, name, _spec, _conversion in string.Formatter().parse(sentence) if name is not None)


def _code_faults(checklist: Checklist) -> Iterator[str]:
    known = {each.code for each in checklist.parties} | {each.code for each in checklist.mechanisms}
    for item in checklist.items.values():
        for code in (each for each in (*item.responsible, *item.mechanisms) if each not in known):
            yield _("Punkten {id} nämner koden {code}, som inte finns.").format(id=item.id, code=code)
        if not item.responsible or not item.terms:
            yield _("Punkten {id} saknar ansvarig eller sikt.").format(id=item.id)
    for place in checklist.place_types:
        for id in (each for each in place.items if each not in checklist.items):
            yield _("Listan för {place} nämner {id}, som inte finns.").format(place=place.place_type.value, id=id)
    if UNDECIDED not in known or PlaceType.OTHER not in {each.place_type for each in checklist.place_types}:
        yield _("Koden UTR eller listan för andra platser saknas.")


def _id_faults(checklist: Checklist) -> Iterator[str]:
    codes = [*(each.code for each in checklist.mechanisms), *(each.code for each in checklist.parties)]
    ids = [*(each.id for each in checklist.categories), *(each.letter for each in checklist.categories)]
    rows = [(category, item) for category in checklist.categories for item in category.items]
    counted = Counter([*codes, *ids, *(item.id for _category, item in rows)])
    for twice in (each for each, count in counted.items() if count > 1):
        yield _("{id} står två gånger.").format(id=twice)
    for category, item in rows:
        if not re.fullmatch(rf"(?:{re.escape(category.letter)}|X)[1-9][0-9]*", item.id):
            yield _("Punkten {id} står under {letter} men heter inte så.").format(id=item.id, letter=category.letter)
    for empty in (each for each in checklist.categories if not each.items):
        yield _("Ämnet {id} har inga punkter.").format(id=empty.id)


def _text_faults(checklist: Checklist) -> Iterator[str]:
    for name, words in texts_of(checklist):
        if not words.sv.strip() or not words.en.strip():
            yield _("Texten {name} saknas på svenska eller engelska.").format(name=name)
    for each in checklist.mechanisms:
        asked = placeholders_in(each.sentence.sv)
        if asked != placeholders_in(each.sentence.en) or not asked.issubset(PLACEHOLDERS):
            yield _("Meningen för {code} har fel namn inom klamrar.").format(code=each.code)


def _table_faults(checklist: Checklist) -> Iterator[str]:
    severities = [each.code for each in checklist.severities] == list(Severity)
    priorities = [each.code for each in checklist.priorities] == list(Priority)
    if not (severities and priorities and [each.code for each in checklist.statuses] == list(MeasureStatus)):
        yield _("Allvar, prioritet eller status har inte precis de steg som programmet känner.")


def checklist_from(data: Mapping[str, Any]) -> Checklist:
    """The checklist of plain JSON data. Raises BadInput, naming the first fault, if something is missing or loose."""
    advice = _("Använd en checklista som inte är ändrad för hand, eller rätta det som meningen nämner.")
    try:
        checklist = _read(data)
        faults = [*_id_faults(checklist), *_text_faults(checklist), *_code_faults(checklist), *_table_faults(checklist)]
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as wrong:
        text = _("Checklistan kan inte läsas ({reason}).").format(reason=f"{type(wrong).__name__}: {wrong}")
        raise BadInput("checklist", text, advice) from wrong
    if faults:
        raise BadInput("checklist", _("Checklistan är fel. {fault}").format(fault=faults[0]), advice)
    return checklist
