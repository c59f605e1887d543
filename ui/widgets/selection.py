"""Which observations of a walk are shown: by words, stop, category, severity, kind, group, or what is left to do."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from urllib.parse import parse_qsl, urlencode

from app.domain.numbers import number_key
from app.domain.records import Observation, Photo, Remark
from app.domain.rules import severity_of
from app.queries.find import search
from ui.widgets.desk import Desk
from ui.widgets.things import Things, title_of

DRAFTS, CLASHING = "drafts", "conflicts"
ALONG = "along"
"""Of a stop: none, along the way."""
ALONE = "none"
"""Of a group: none."""


@dataclass(frozen=True)
class Selection:
    """What is asked for; "" asks for everything. As `part` of a place it is kept when one comes back."""

    words: str = ""
    stop: str = ""
    category: str = ""
    severity: str = ""
    kind: str = ""
    only: str = ""
    group: str = ""

    @staticmethod
    def of(part: str) -> "Selection":
        """The selection that a place's part tells of."""
        said = {name: value for name, value in parse_qsl(part) if name in asdict(Selection())}
        return Selection(**said)

    def as_part(self) -> str:
        """The same as part of a place."""
        return urlencode({name: value for name, value in asdict(self).items() if value})

    @property
    def count(self) -> int:
        """How many things are asked for, besides words."""
        return sum(bool(value) for name, value in asdict(self).items() if name != "words")


class Selector:
    """Picks the observations of a walk that a selection asks for."""

    def __init__(self, desk: Desk, things: Things) -> None:
        self.desk, self.things = desk, things

    def pick(self, wanted: Selection) -> list[Observation]:
        """Those, in the order of their numbers: stop by stop, what lies along the way last."""
        clashing = {each.id for each in self.desk.shelf.conflicts(self.things.scope)} if wanted.only else set()
        hits = self._hits(wanted.words) if wanted.words.strip() else None
        found = [
            each
            for each in self.things.observations
            if (hits is None or each.id in hits or self._reads(each, wanted.words))
            and self._fits(each, wanted, clashing)
        ]
        return sorted(found, key=self._order)

    def _order(self, each: Observation) -> tuple[bool, tuple[int, ...], str]:
        return self.things.stop_of(each) is None, number_key(self.things.numbers.get(each.id, "")), each.id

    def _hits(self, words: str) -> set[str]:
        """Observations in whose text, remarks or photos the words stand."""
        scope = self.things.scope
        owners: dict[str, Mapping[str, object]] = {
            Remark.KIND: {each.id: each.target for each in self.desk.shelf.all_of(Remark, scope)},
            Photo.KIND: {each.id: each.observation for each in self.desk.shelf.all_of(Photo, scope)},
        }
        found = search(self.desk.session, words, scope)
        return {str(owners.get(each["kind"], {}).get(each["id"], each["id"])) for each in found}

    def _reads(self, each: Observation, words: str) -> bool:
        """Whether all the words stand in what the row says."""
        things = self.things
        tag, number = things.tags.get(each.id, ""), things.numbers.get(each.id, "")
        stop = things.stop_of(each)
        said = " ".join((tag, number, title_of(things.checklist, each), str(stop.name) if stop else "")).casefold()
        return all(word in said for word in words.casefold().split())

    def _fits(self, each: Observation, wanted: Selection, clashing: set[str]) -> bool:
        things, severity = self.things, severity_of(each)
        stop = things.stop_of(each)
        fits = (
            not wanted.stop or (stop.id if stop else ALONG) == wanted.stop,
            not wanted.category or str(each.category or "") == wanted.category,
            not wanted.severity or (severity is not None and str(severity.value) == wanted.severity),
            not wanted.kind or str(each.kind) == wanted.kind,
            not wanted.group or (str(each.group) if things.group_of(each) else ALONE) == wanted.group,
            wanted.only != DRAFTS or things.is_draft(each),
            wanted.only != CLASHING or each.id in clashing,
        )
        return all(fits)
