"""Records as last read. A kind is read again only after the bell has told of it, so a tap costs what it changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar, cast

from app.commands.rehearsals import KINDS, made_in_rehearsals, only_practised
from app.domain.change import News
from app.domain.checklist import Checklist
from app.domain.numbers import Numbers
from app.domain.record import Record
from app.domain.records import Measure, MeasureFor, Observation, Photo, Protocol, SafetyWalk, Stop
from app.domain.walk import Conflict
from app.queries.whole import noted_elsewhere, numbers_of
from app.session import Session
from ui.bridge.events import Bell

R = TypeVar("R", bound=Record)
T = TypeVar("T")


class Shelf:
    """What this home shows of its walks. Connected to the bell before any screen is, so that a screen that hears the
    bell reads what is new."""

    def __init__(self, session: Session, bell: Bell) -> None:
        self._session, self._bell = session, bell
        self._records: dict[tuple[str, str], tuple[Record, ...]] = {}
        self._conflicts: dict[str, tuple[Conflict, ...]] = {}
        self._numbers: dict[str, Numbers] = {}
        self._worked: dict[tuple[str, str], tuple[list[tuple[Record, ...]], Any]] = {}
        bell.rang.connect(self._forget)

    def _forget(self, news: Mapping[str, News]) -> None:
        if not news:
            self._records.clear()
            self._conflicts.clear()
            self._numbers.clear()
        for scope, told in news.items():
            for key in [key for key in self._records if key[0] == scope]:
                if told.hides or key[1].partition(" ")[0] in told.kinds:
                    del self._records[key]
            self._conflicts.pop(scope, None)
            self._numbers.pop(scope, None)

    def all_of(self, cls: type[R], scope: str, order: str = "") -> tuple[R, ...]:
        """The records of a kind in a walk, by id or by the field `order`."""
        key = (scope, f"{cls.KIND} {order}" if order else cls.KIND)
        if key not in self._records:
            found = self._session.read(cls, {"scope": scope}, (order,) if order else ())
            self._records[key] = tuple(found)
        return cast(tuple[R, ...], self._records[key])

    def one(self, cls: type[R], scope: str, record: str) -> R | None:
        """The record of this id, or None where it is not shown."""
        return next((each for each in self.all_of(cls, scope) if each.id == record), None)

    def now(self, cls: type[R], scope: str, record: str) -> R | None:
        """The same, with what has been written in this turn of the loop: for who keeps what was typed and then does
        something with the whole record."""
        self._bell.settle()
        return self.one(cls, scope, record)

    def as_shown(self, record: R) -> R:
        """A record for who deletes it: what was noted on it since it was read itself has been shown, too. Not what
        another process wrote, of which nobody has heard yet."""
        self._bell.settle()
        read = (
            self._session.read(type(record), {"scope": record.scope, "id": record.id}) if self._bell.heard_all else []
        )
        return replace(record, seen=replace(read[0].seen, own=record.seen.own)) if read else record

    def walk(self, scope: str) -> SafetyWalk | None:
        """The walk itself, or None where it is not shown."""
        found = self.all_of(SafetyWalk, scope)
        return found[0] if found else None

    def stops(self, scope: str) -> tuple[Stop, ...]:
        """The stops in order."""
        return self.all_of(Stop, scope, "order")

    def numbers(self, scope: str) -> Numbers:
        """The numbers of everything that is printed."""
        if scope not in self._numbers:
            self._numbers[scope] = numbers_of(
                self.stops(scope),
                self.all_of(Observation, scope),
                self.all_of(Photo, scope),
                self.all_of(Measure, scope),
                self.all_of(MeasureFor, scope),
                self.all_of(Protocol, scope),
            )
        return self._numbers[scope]

    def worked_out(self, name: str, scope: str, kinds: Sequence[type[Record]], make: Callable[[], T]) -> T:
        """What `make` makes of the records of these kinds; made anew after any of them was read anew."""
        read = [self.all_of(cls, scope) for cls in kinds]
        kept = self._worked.get((name, scope))
        if kept is None or any(old is not new for old, new in zip(kept[0], read, strict=True)):
            kept = self._worked[(name, scope)] = (read, make())
        return cast(T, kept[1])

    def practised(self, scope: str) -> frozenset[str]:
        """The ids of what was made in rehearsals, on whichever device, and nobody has gone on with for real."""
        pointing = (*KINDS, MeasureFor)
        return self.worked_out("practised", scope, pointing, lambda: only_practised(self._session, scope))

    def played(self, scope: str) -> frozenset[str]:
        """The ids of what was made in rehearsals, where positions are played."""
        return self.worked_out("played", scope, KINDS, lambda: made_in_rehearsals(self._session, scope))

    def noted_elsewhere(self, scope: str) -> Mapping[str, str]:
        """The observations that other devices made: by id which device did."""
        return self.worked_out("elsewhere", scope, (Observation,), lambda: noted_elsewhere(self._session, scope))

    def conflicts(self, scope: str) -> tuple[Conflict, ...]:
        """What devices changed unaware of each other."""
        if scope not in self._conflicts:
            self._conflicts[scope] = tuple(self._session.conflicts(scope))
        return self._conflicts[scope]

    @property
    def checklist(self) -> Checklist:
        """The checklist that comes with the program."""
        return self._session.checklist
