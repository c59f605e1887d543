"""What people do on a tablet, through the commands that the window and the command line use, and what the model is told
of it."""

import random
from collections.abc import Callable
from itertools import count
from typing import Any

from app.base.errors import GatljusError
from app.commands import observations, records, walks
from app.commands.drafts import new_record
from app.commands.photos import photo_id
from app.domain.record import Record
from app.domain.records import KIND_OF, Photo, SafetyWalk, Stop
from app.domain.values import plain
from tests.fuzz.model import Cell, Model
from tests.fuzz.tablet import Tablet

TEXTS = {
    "safety-walk": ("title", "area"),
    "stop": ("name", "description"),
    "observation": ("text",),
    "photo": ("caption",),
    "remark": ("text",),
}
POINTS = {"observation": {"stop": "stop"}, "photo": {"observation": "observation", "stop": "stop"}}
COMPARED = {kind: (*names, *POINTS.get(kind, ())) for kind, names in TEXTS.items()}

Looked = tuple[Record, set[str]]
"""A record as it was shown, and what was known then."""


class Deeds:
    """Deeds at random. `looked` is what still stands on a screen, per tablet and record."""

    def __init__(self, dice: random.Random, models: dict[str, Model]) -> None:
        self._dice, self._models = dice, models
        self._numbers = count()
        self._looked: dict[tuple[str, str], Looked] = {}

    def forget(self, tablet: Tablet) -> None:
        """What stood on a tablet's screens is gone."""
        self._looked = {key: each for key, each in self._looked.items() if key[0] != tablet.name}

    def _do(
        self, tablet: Tablet, walk: str, shown: set[str], deed: Callable[[], object], offered: Cell | None = None
    ) -> None:
        before = tablet.stamps(walk)
        try:
            deed()
        except GatljusError:
            assert tablet.stamps(walk) == before, "a refused deed was written"
            return
        rows = [row for row in tablet.rows(walk) if row.stamp not in before]
        self._models[walk].wrote(rows, shown, before, offered)

    def _text(self) -> str:
        """Mostly a text of its own; sometimes one that somebody else may write as well."""
        return self._dice.choice("xyz") if self._dice.random() < 0.25 else f"text {next(self._numbers)}"

    def _shown(self, tablet: Tablet, walk: str, kind: str) -> list[Record]:
        return tablet.session.read(KIND_OF[kind], {"scope": walk})

    def _look(self, tablet: Tablet, walk: str, kind: str | None = None) -> Looked | None:
        """A record on a screen: looked at now, or some time ago."""
        found = self._shown(tablet, walk, kind or self._dice.choice(list(TEXTS)))
        if not found:
            return None
        record = self._dice.choice(found)
        key, stale = (tablet.name, record.id), self._dice.random() < 0.4
        if not stale or key not in self._looked:
            self._looked[key] = record, tablet.stamps(walk)
        return self._looked[key] if stale else self._looked.pop(key)

    def begin(self, tablet: Tablet) -> str:
        """A new walk."""
        walk = tablet.session.new_id()
        self._models[walk] = Model()
        draft = new_record(tablet.session, SafetyWalk, walk, {"title": "Vandringen"})
        self._do(tablet, walk, set(), lambda: tablet.session.write(walk, draft, begins=True))
        assert tablet.stamps(walk), "nothing was begun"
        return walk

    def add(self, tablet: Tablet, walk: str) -> None:
        """A new stop, observation, photo or remark."""
        session, dice = tablet.session, self._dice
        kind = dice.choice(("stop", "observation", "observation", "photo", "photo", "remark"))
        targets = {each: self._shown(tablet, walk, each) for each in ("stop", "observation")}
        near = {name: dice.choice(targets[of]).id for name, of in POINTS.get(kind, {}).items() if targets[of]}
        said: dict[str, Any] = {name: self._text() for name in TEXTS[kind]}
        said |= {name: each for name, each in near.items() if dice.random() < 0.5}

        def deed() -> object:
            if kind == "stop":
                return session.write(walk, new_record(session, Stop, session.new_id(), said))
            if kind == "observation":
                return observations.observe(session, walk, said)
            if kind == "remark":
                every = targets["stop"] + targets["observation"]
                target = dice.choice(every).id if every else walk
                return observations.remark(session, walk, target, said["text"])
            return self._photo(tablet, walk, said)

        self._do(tablet, walk, set(), deed)

    def _photo(self, tablet: Tablet, walk: str, said: dict[str, Any]) -> object:
        """A photo; now and then from a card that another tablet has read as well."""
        session, dice = tablet.session, self._dice
        card = b"card" * 50 if dice.random() < 0.1 else dice.randbytes(dice.randrange(200, 3000))
        names = {each: session.blobs.put(each.encode() + card) for each in ("original", "report", "thumb")}
        photo = photo_id(walk, names["original"])
        return session.write(walk, new_record(session, Photo, photo, {**said, **names}))

    def edit(self, tablet: Tablet, walk: str) -> None:
        """Set one or several fields of a record as it was shown."""
        looked = self._look(tablet, walk)
        if looked is None:
            return
        record, shown = looked
        names = self._dice.sample(COMPARED[record.KIND], self._dice.randint(1, min(2, len(COMPARED[record.KIND]))))
        said: dict[str, Any] = {}
        for name in names:
            of = POINTS.get(record.KIND, {}).get(name)
            targets = [each.id for each in self._shown(tablet, walk, of)] if of else []
            said[name] = self._dice.choice([*targets, None]) if of else self._text()
        self._do(tablet, walk, shown, lambda: records.set_fields(tablet.session, record, said))

    def delete(self, tablet: Tablet, walk: str) -> None:
        """Delete a record as it was shown, but for the walk itself."""
        looked = self._look(tablet, walk, self._dice.choice(("stop", "observation", "photo", "remark")))
        if looked:
            self._do(tablet, walk, looked[1], lambda: records.delete(tablet.session, looked[0]))

    def undo(self, tablet: Tablet, walk: str) -> None:
        """Take back what was done last here, or put it back."""
        before = tablet.stamps(walk)
        deed = records.undo if self._dice.random() < 0.6 else records.redo
        deed(tablet.session, walk)
        rows = [row for row in tablet.rows(walk) if row.stamp not in before]
        self._models[walk].took_back(rows, before, tablet.session.identity.device)

    def settle(self, tablet: Tablet, walk: str) -> None:
        """Choose one of the values that stand against each other."""
        found = tablet.session.conflicts(walk)
        if found:
            conflict = self._dice.choice(found)
            choice = self._dice.choice(conflict.choices).choice
            cell = (conflict.kind, conflict.id, conflict.field)
            shown = tablet.stamps(walk)
            self._do(tablet, walk, shown, lambda: records.resolve(tablet.session, conflict, walk, choice), cell)

    def end(self, tablet: Tablet, walk: str, expected: int) -> None:
        """End the walk on this tablet, or say that it is kept here."""
        found = tablet.session.read(SafetyWalk, {"id": walk})
        if found and self._dice.random() < 0.7:
            self._do(tablet, walk, tablet.stamps(walk), lambda: walks.end_walk(tablet.session, found[0], expected))
        elif found:
            along = self._dice.random() < 0.5
            walks.keep_here(tablet.session, found[0], self._dice.random() < 0.8, along=along)

    def compare(self, tablet: Tablet, walk: str) -> None:
        """What the tablet shows is what the model says that it shows who knows what lies there."""
        view = self._models[walk].view(tablet.stamps(walk))
        for kind, names in COMPARED.items():
            shown = {
                each.id: {name: plain(getattr(each, name)) or None for name in names}
                for each in self._shown(tablet, walk, kind)
            }
            wanted = {
                record: {name: said.get(name) or None for name in names} for record, said in view.shown(kind).items()
            }
            assert shown == wanted, f"{tablet.name} shows other {kind}s"
        told = {(each.kind, each.id, each.field) for each in tablet.session.conflicts(walk)}
        assert told == view.conflicts, f"{tablet.name} tells of other conflicts"
