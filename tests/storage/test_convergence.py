"""Whatever devices do, in whatever order it arrives: all end alike, nothing is lost, nothing is hidden unseen."""

import json
import os
import random
from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from app.domain.change import Draft
from app.domain.record import CREATED, DELETED, Seen
from app.storage.hidden import is_vector
from tests.homes import WALK, Clock, Home

SEEDS = int(os.environ.get("GATLJUS_SEEDS", "60"))
STEPS = 40
FIELDS = {
    "stop": ("name", "description"),
    "observation": ("text", "stop"),
    "photo": ("caption", "observation", "width"),
}
POINTS = {("observation", "stop"): "stop", ("photo", "observation"): "observation"}
YEARS = timedelta(days=3652)


class Row(NamedTuple):
    """A change."""

    device: str
    seq: int
    stamp: str
    record: str
    field: str
    value: str
    replaces: str


class Fuzz:
    """Three devices with clocks up to ten years apart that do things at random and hand each other batches."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.dice = random.Random(seed)
        ahead = [self.dice.choice((timedelta(), YEARS, -YEARS, timedelta(hours=3))) for _ in "ABC"]
        self.homes = [
            Home(folder / name, name, clock=Clock(each), seed=str(seed))
            for name, each in zip("ABC", ahead, strict=True)
        ]
        self.ids: dict[str, list[str]] = defaultdict(list)
        self.looked: dict[tuple[int, str], Seen] = {}

    def step(self) -> None:
        """One device does one thing."""
        home = self.dice.choice(self.homes)
        doing = self.dice.choices(
            (self.new, self.edit, self.edit_as_seen, self.delete, self.undelete, self.undo, self.redo, self.hand_over),
            (3, 5, 3, 4, 1, 2, 1, 5),
        )[0]
        doing(home)
        if self.dice.random() < 0.7:
            # Many small batches leave many gaps where only some arrive.
            home.log.freeze(WALK)

    def any_record(self) -> tuple[str, str] | None:
        known = [(kind, each) for kind, ids in self.ids.items() for each in ids]
        return self.dice.choice(known) if known else None

    def value(self, kind: str, field: str) -> Any:
        if (kind, field) in POINTS:
            return self.dice.choice([*self.ids[POINTS[kind, field]], None])
        return self.dice.randrange(4) if field == "width" else self.dice.choice("xyz")

    def new(self, home: Home) -> None:
        kind = self.dice.choice(list(FIELDS))
        record = self.dice.choice([self.dice.randbytes(16).hex(), *self.ids[kind][-1:]]) if kind == "photo" else None
        record = record or self.dice.randbytes(16).hex()
        home.new(kind, record, **{name: self.value(kind, name) for name in FIELDS[kind] if self.dice.random() < 0.6})
        if record not in self.ids[kind]:
            self.ids[kind].append(record)

    def edit(self, home: Home) -> None:
        found = self.any_record()
        if found:
            field = self.dice.choice(FIELDS[found[0]])
            home.set(*found, **{field: self.value(found[0], field)})

    def edit_as_seen(self, home: Home) -> None:
        """Edit what was looked at some time ago, then look again."""
        found = self.any_record()
        if found:
            key = (self.homes.index(home), found[1])
            seen = self.looked.get(key, home.now())
            field = self.dice.choice(FIELDS[found[0]])
            home.set(*found, seen, **{field: self.value(found[0], field)})
            self.looked[key] = home.now()

    def delete(self, home: Home) -> None:
        found = self.any_record()
        if found:
            home.delete(*found, self.looked.get((self.homes.index(home), found[1])))

    def undelete(self, home: Home) -> None:
        found = self.any_record()
        if found:
            kind, record = found
            home.log.write(WALK, [Draft(kind=kind, record=record, field=DELETED, value=None, seen=home.now())])

    def undo(self, home: Home) -> None:
        home.log.undo(WALK)

    def redo(self, home: Home) -> None:
        home.log.redo(WALK)

    def hand_over(self, home: Home) -> None:
        """Some of the batches one has go to another, in any order; some twice, the rest late."""
        other = self.dice.choice([each for each in self.homes if each is not home])
        home.log.freeze(WALK)
        names = list(home.log.batches(WALK))
        self.dice.shuffle(names)
        for name in names[: self.dice.randrange(len(names) + 1)]:
            other.log.append(WALK, name, home.log.batch(name))

    def settle(self) -> None:
        """Everything goes to everybody, each time in another order."""
        for _round in range(2):
            for home in self.homes:
                home.log.freeze(WALK)
                for other in self.homes:
                    names = list(home.log.batches(WALK))
                    self.dice.shuffle(names)
                    for name in names:
                        other.log.append(WALK, name, home.log.batch(name))


def check_nothing_lost(home: Home) -> None:
    """Every value that no one replaced is a head of its cell, and heads that differ are told as a conflict."""
    rows = home.table("change", "kind, record, field, stamp, value, replaces")
    cells: dict[tuple[str, str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for kind, record, field, stamp, value, replaces in rows:
        cells[kind, record, field].append((stamp, value, replaces))
    told = {(each.kind, each.id, each.field) for each in home.conflicts()}
    hidden = {row[0] for row in home.table("hidden", "record")}
    shown = {(row[1], row[0], row[2]): row[3:] for row in home.table("cell", "record, kind, field, value, heads")}
    for key, changes in cells.items():
        replaced = {each for change in changes for each in change[2].split()}
        heads = sorted((stamp, value) for stamp, value, _ in changes if stamp not in replaced)
        value, several = shown[key]
        assert value == heads[-1][1]
        assert (json.loads(several) if several else [list(heads[-1])]) == [list(each) for each in heads]
        machine = key[2] in (CREATED, "width")
        if key[2] != DELETED and not machine and key[1] not in hidden:
            assert (len({value for _, value in heads}) > 1) == (key in told)


def check_hidden_by_the_rule(home: Home) -> None:
    """What is hidden is what the rule says, worked out here in the plainest way. There are no gaps and no forks."""
    changes = [Row(*each) for each in home.table("change", "device, seq, stamp, record, field, value, replaces")]
    replaced = {stamp for each in changes for stamp in each.replaces.split()}
    heads = [each for each in changes if each.stamp not in replaced]

    def all_pointing(record: str) -> set[str]:
        found, before = {record}, set[str]()
        while found != before:
            before = set(found)
            found |= {each.record for each in heads if each.value.strip('"') in before}
        return found

    def needs_cover(each: Row, record: str) -> bool:
        if each.field == DELETED:
            return each.record != record and not is_vector(json.loads(each.value))
        return each.field != "width"

    roots = set()
    for record in {each.record for each in heads if each.field == DELETED}:
        vectors = [json.loads(each.value) for each in heads if (each.record, each.field) == (record, DELETED)]
        if all(map(is_vector, vectors)):
            around = all_pointing(record)
            open_ = [each for each in changes if each.record in around and needs_cover(each, record)]
            if all(any(each.seq <= vector.get(each.device, [0])[0] for vector in vectors) for each in open_):
                roots.add(record)
    parts = {
        (record, json.loads(value))
        for record, kind, field, value in home.table("cell", "record, kind, field, value")
        if (kind, field) in POINTS and value != "null"
    }
    hidden, before = set(roots), set[str]()
    while hidden != before:
        before = set(hidden)
        hidden |= {record for record, whole in parts if whole in before}
    assert {each[0] for each in home.table("hidden", "record")} == hidden
    assert {each[0] for each in home.table("hidden", "record, root") if each[1]} == roots


@pytest.mark.parametrize("seed", range(SEEDS))
def test_devices_that_did_anything_in_any_order_end_alike(tmp_path: Path, seed: int) -> None:
    print(f"seed {seed}")
    fuzz = Fuzz(tmp_path, seed)
    for _ in range(STEPS):
        fuzz.step()
    fuzz.settle()
    logs = [
        each.table("change", "scope, device, seq, n, stamp, action, kind, record, field, value, replaces")
        for each in fuzz.homes
    ]
    assert logs[0] == logs[1] == logs[2]
    assert fuzz.homes[0].log.have(WALK) == fuzz.homes[1].log.have(WALK) == fuzz.homes[2].log.have(WALK)
    shown = [each.everything() for each in fuzz.homes]
    assert shown[0] == shown[1] == shown[2]
    for home in fuzz.homes:
        check_nothing_lost(home)
        check_hidden_by_the_rule(home)
        before = {name: home.table(name) for name in ("cell", "hidden", "loose")}
        found = home.table("searched", "scope, kind, record, field, text")
        with home.log.database.writing() as tables:
            tables.execute("insert into search(search, rank) values('integrity-check', 1)")
        home.log.rebuild()
        assert {name: home.table(name) for name in before} == before
        assert home.table("searched", "scope, kind, record, field, text") == found


@pytest.mark.parametrize("seed", range(10))
def test_undo_and_redo_agree_with_a_plain_stack(tmp_path: Path, seed: int) -> None:
    """150 random runs each: after every step the texts are those that a stack of states would show."""
    print(f"seed {seed}")
    dice = random.Random(seed)
    home = Home(tmp_path / "A", "A", seed=str(seed))
    for run in range(150):
        records = [dice.randbytes(16).hex() for _ in range(2)]
        for each in records:
            home.new("stop", each, name="")
        state = dict.fromkeys(records, "")
        done: list[dict[str, str]] = []
        undone: list[dict[str, str]] = []
        for _step in range(dice.randrange(2, 12)):
            what = dice.choice(("edit", "edit", "both", "undo", "redo"))
            if what in ("edit", "both"):
                done.append(dict(state))
                undone.clear()
                texts = {each: dice.choice("abc") for each in (records if what == "both" else [dice.choice(records)])}
                seen = home.now()
                home.log.write(
                    WALK,
                    [
                        Draft(kind="stop", record=each, field="name", value=text, seen=seen)
                        for each, text in texts.items()
                    ],
                )
                state |= texts
            elif what == "undo" and done:
                home.log.undo(WALK)
                undone.append(state)
                state = done.pop()
            elif what == "redo" and undone:
                home.log.redo(WALK)
                done.append(state)
                state = undone.pop()
            shown = {each: json.loads(home.value(each, "name")) for each in records}
            assert shown == state, f"seed {seed}, run {run}, {what}"
