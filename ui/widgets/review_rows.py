"""What is left to go through in a walk, in words: one row for each thing, under its group."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlencode

from app.base.words import N_, _, ngettext
from app.domain.record import Record
from app.domain.records import Measure, Observation, Photo, SafetyWalk, Stop
from app.domain.walk import Conflict
from app.queries.history import contenders
from app.queries.incomplete import Lack
from app.queries.review import STANDS_ELSEWHERE, Gap, Group, Item
from app.queries.telling import Teller
from app.session import Session
from ui.bridge.shelf import Shelf
from ui.widgets.lacks import CHIPS
from ui.widgets.left_to_review import left_to_review, record_of
from ui.widgets.look import icon_named
from ui.widgets.rows import Row
from ui.widgets.things import PRACTISED, Things, stop_title

GROUPS = {
    Group.DANGER: N_("Fara nu utan larm"),
    Group.VERSIONS: N_("Olika versioner"),
    Group.GAPS: N_("Foton och luckor"),
}
"""What each group is called."""

LAST = "last"


@dataclass(frozen=True)
class Progress:
    """How far one has come, as part of a place: how many things there were at the most, and what was put last."""

    most: int = 0
    later: tuple[str, ...] = ()

    @staticmethod
    def of(part: str) -> "Progress":
        """What a place's part tells."""
        said = parse_qs(part)
        most = said.get("most", ["0"])[0]
        return Progress(int(most) if most.isdecimal() else 0, tuple(said.get("later", ())))

    def as_part(self) -> str:
        """The same as part of a place."""
        return urlencode({"most": self.most, "later": self.later}, doseq=True)


class Inbox:
    """What is left in one walk, in order. Made anew for each showing."""

    def __init__(self, session: Session, shelf: Shelf, scope: str, later: Iterable[str] = ()) -> None:
        self.session, self.shelf, self.scope = session, shelf, scope
        self.things = Things(shelf, scope)
        found = {each.key: each for each in left_to_review(session, shelf, self.things)}
        self.later = tuple(key for key in later if key in found)
        now = [key for key in found if key not in self.later]
        self.items = {key: found[key] for key in (*now, *self.later)}
        self._teller = Teller(session, scope)
        self._conflicts = {(each.kind, each.id, each.field): each for each in shelf.conflicts(scope)}
        self._lacks = {each.observation.id: each.lacks for each in self.things.incomplete}

    @property
    def count(self) -> int:
        """How many things are left: photos that are gone through together are one."""
        return len(self.items)

    def place(self, key: str) -> int:
        """Which of them it is, counted from 1."""
        return list(self.items).index(key) + 1

    def record(self, item: Item) -> Record | None:
        """The record it is about; None where it is not shown."""
        return record_of(self.shelf, self.scope, (item.kind, item.record, item.about))

    def is_practised(self, item: Item) -> bool:
        """Whether it is about one thing that was only practised."""
        return item.count == 1 and item.record in self.things.practised

    def conflict(self, item: Item) -> Conflict | None:
        """What stands against each other; None where that was settled elsewhere meanwhile."""
        return self._conflicts.get((item.kind, item.record, item.about))

    def lacks(self, item: Item) -> tuple[Lack, ...]:
        """What an observation lacks, but for what has a group of its own; the most urgent first."""
        return tuple(each for each in self._lacks.get(item.record, ()) if each not in STANDS_ELSEWHERE)

    def called(self, item: Item) -> str:
        """Which record it is, in words."""
        things, number = self.things, self.things.numbers.get(item.record, "")
        match self.record(item):
            case Observation() as seen:
                return things.called(seen, at_desk=True)
            case Stop() as stop:
                return stop_title(number, stop)
            case Photo():
                return _("Foto {number}").format(number=number)
            case Measure():
                return _("Åtgärd {number}").format(number=number)
            case SafetyWalk():
                return _("Vandringen")
        said = self._teller.record(item.kind, item.record)
        return said[:1].upper() + said[1:]

    # Rows

    def rows(self) -> list[Row]:
        """A row for each thing, under the headings of the groups; what was put last has one of its own."""
        found: list[Row] = []
        heads: list[str] = []
        for key, item in self.items.items():
            head = LAST if key in self.later else item.group
            if head not in heads:
                heads.append(head)
                found.append(self._head(head))
            found.append(self._row(item))
        return found

    def _head(self, head: str) -> Row:
        same = [each for key, each in self.items.items() if (LAST if key in self.later else each.group) == head]
        word = _("Till sist") if head == LAST else _(GROUPS[Group(head)])
        return Row(f"group {head}", f"{word} ({len(same)})", heading=True)

    def _row(self, item: Item) -> Row:
        row = {Group.DANGER: self._danger, Group.VERSIONS: self._versions, Group.GAPS: self._gap}[item.group](item)
        place = _("{n} av {total}").format(n=self.place(item.key), total=len(self.items))
        # The words say it here: a card beside the list leaves no room for chips.
        practised = _(PRACTISED) if self.is_practised(item) else ""
        detail = ". ".join(each.rstrip(".") for each in (practised, row.detail) if each)
        said = (_(GROUPS[item.group]), row.title, detail, place)
        return replace(
            row, key=item.key, detail=detail, chip=None, spoken=", ".join(each.rstrip(".") for each in said if each)
        )

    def _danger(self, item: Item) -> Row:
        seen = self.record(item)
        assert isinstance(seen, Observation)
        return self.things.row(seen, at_desk=True)

    def _versions(self, item: Item) -> Row:
        conflict = self.conflict(item)
        field = self._teller.label(item.kind, item.about)
        title = _("{field}, {what}").format(field=field, what=self.called(item))
        if conflict is None:
            return Row("", title, _("Redan vald på en annan platta"), icon=icon_named("state", "conflict"))
        *first, last = contenders(self._teller, conflict)
        who = _("{first} och {last}").format(first=", ".join(first), last=last) if first else last
        return Row("", title, who, icon=icon_named("state", "conflict"))

    def _gap(self, item: Item) -> Row:
        if item.about == Gap.UNPLACED:
            text = ngettext("{n} foto utan plats", "{n} foton utan plats", item.count).format(n=item.count)
            why = ngettext("Ingen vet var det togs.", "Ingen vet var de togs.", item.count)
            return Row("", text, why, icon=icon_named("state", "unplaced"))
        if item.about == Gap.UNSHOWN:
            text = ngettext("{n} foto har inte kommit hit", "{n} foton har inte kommit hit", item.count)
            where = ngettext("Det finns på en annan platta.", "De finns på en annan platta.", item.count)
            return Row("", text.format(n=item.count), where, icon="image-off-outline")
        lacks = ", ".join(_(CHIPS[each][0]) for each in self.lacks(item))
        return Row("", self.called(item), lacks, icon=icon_named("state", "missing"))
