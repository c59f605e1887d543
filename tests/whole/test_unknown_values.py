"""What a newer version wrote: any JSON in any field of any kind is carried, shown as it is and never written back, and
nothing in the program falls over it."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app.base.job import finish
from app.cli import main
from app.commands import measures, observations, stops, walks
from app.domain.batch import pack
from app.domain.change import Change
from app.domain.record import BLOB, CREATED, DELETED, ERASED, FieldInfo, Record
from app.domain.records import KIND_OF, KINDS, Observation, SafetyWalk, Stop
from app.domain.values import Position, Unknown, canonical, dump, known, load
from app.jobs.export import export
from app.queries import find
from app.queries.devices import devices_of, here
from app.queries.show import conflict, show
from app.queries.whole import whole_walk
from app.report.compose import Handed, compose
from app.report.compose_map import needed
from app.session import Session, speak_language

PHOTOS = Path(__file__).resolve().parents[1] / "data" / "photos"

FOREIGN: dict[str, Any] = {
    "a word": "hovering",
    "control signs": "\x00\x07\x1b[31m\r\n\t\u2028\ufffe\U0010ffff «ord»",
    "a whole number": 7,
    "a negative number": -3,
    "a huge number": 10**400,
    "a large number": 1.5e308,
    "a flag": True,
    "a list": ["a", ["b"], {"c": None}, 5],
    "an empty list": [],
    "a table": {"lat": 99, "lon": 1, "x": ["y"]},
    "an empty table": {},
    "the first moment": "0001-01-01T00:00:00Z",
    "the last moment": "9999-12-31T23:59:59Z",
    "a path": "../../x",
    "no blob": "f" * 64,
    "no record": "e" * 32,
    "digits": "9" * 5000,
    "a map to lists": {"a" * 32: ["b"], "b" * 32: "²", "c" * 32: "9" * 5000},
}
"""Values that no field, or only some, can read."""

RAW = {"measure": "measures", "participant": "participants", "remark": "remarks", "party": "parties"}
RAW |= {"stop": "stops", "safety-rating": "ratings", "device": "devices"}
"""Kinds that `show` lists with all their fields as they are → the name of the list."""

DEVICE, OTHER, TRACK = "f" * 32, "d" * 32, f"{1:032x}"

BEGINNING = {DEVICE: 0x0200_0000_0000, OTHER: 0x01FF_0000_0000}
"""Milliseconds since 1970: later than whatever this home has written."""


class Scene:
    """A home with a walk in which everything is in order, and devices of a newer version that write to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.session = Session(folder / "home")
        self.seqs = {DEVICE: 0, OTHER: 0}
        self.walk, self.stop, self.observation, self.measure = self.new_walk()

    def new_walk(self) -> tuple[str, str, str, str]:
        """A walk with a stop, an observation and a measure: their ids."""
        walk = walks.new_walk(self.session, {"title": "Oktober", "area": "Bredbygden"})
        stop = stops.add_stop(self.session, walk, {"name": "Tunneln", "position": Position(60.17, 24.94)})
        said = {"category": "lighting", "text": "Släckt", "stop": stop}
        seen = observations.observe(self.session, walk, said)
        (observed,) = self.session.read(Observation, {"id": seen})
        return walk, stop, seen, measures.add_measure(self.session, walk, [observed], {"text": "Byt lampan"})

    def write(self, walk: str, rows: Sequence[tuple[str, str, str, Any]], device: str = DEVICE) -> None:
        """A batch of a newer version: (kind, record, field, value) each."""
        self.seqs[device] += 1
        seq = self.seqs[device]
        changes = [
            Change(
                walk, device, seq, n, f"{BEGINNING[device] + seq:012x}.{n:04x}.abcd.{device}", seq,
                *row[:3], canonical(row[3]), (),
            )
            for n, row in enumerate(rows)
        ]  # fmt: skip
        name, data = pack(changes, None)
        self.session.log.append(walk, name, data)

    def fitting(self, info: FieldInfo) -> Any:
        """A value that the field can read, so that the record takes part in everything."""
        targets = {"stop": self.stop, "observation": self.observation, "measure": self.measure, "any": self.observation}
        if info.name == "track":
            return TRACK
        if info.names:
            return targets.get(info.names)
        if isinstance(info.type, type) and issubclass(info.type, Enum):
            return next(iter(info.type))
        points = [[1_792_771_500_000, 60.17, 24.94, None, None, None], [1_792_771_501_000, 60.1701, 24.94, 1, 1, 1]]
        values: dict[Any, Any] = {str: "ord", int: 3, float: 3.0, bool: True, Position: Position(60.1701, 24.9401)}
        values |= {datetime: "2026-10-23T16:05:00Z", date: "2026-11-20"}
        return {**values, tuple[Any, ...]: points, tuple[str, ...]: ["off"]}.get(info.type)

    def fitting_all(self, cls: type[Record]) -> dict[str, Any]:
        """All fields of a record with values that fit; the blobs are none's."""
        said = {each.name: self.fitting(each) for each in cls.FIELDS if each.names != BLOB}
        return {name: json.loads(dump(value)) for name, value in said.items() if value is not None}


def record_id(cls: type[Record], place: int) -> str:
    """The id of the record whose field number `place` is foreign."""
    return f"{KINDS.index(cls) + 1:02x}{place + 1:030x}"


def fields_of(cls: type[Record]) -> list[str]:
    """Every field of a kind, and those that every record has besides."""
    return [*(each.name for each in cls.FIELDS), DELETED, ERASED]


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    made = Scene(tmp_path)
    yield made
    made.session.close()


def fill(scene: Scene, value: Any, other: Any) -> dict[tuple[str, str], str]:
    """For every field of every kind a record that is in order but for that field, which holds `value`, and, by another
    device unaware of it, earlier, `other`. Returns (kind, field) → record."""
    made, against, rows = {}, [], [("track", TRACK, CREATED, "2026-10-23T16:05:00Z"), ("track", TRACK, "name", value)]
    for cls in KINDS:
        if cls is SafetyWalk:
            continue
        for place, field in enumerate(fields_of(cls)):
            record = made[cls.KIND, field] = record_id(cls, place)
            said = {**scene.fitting_all(cls), field: value}
            rows += [(cls.KIND, record, name, each) for name, each in said.items()]
            against.append((cls.KIND, record, field, other))
    scene.write(scene.walk, against, OTHER)
    scene.write(scene.walk, rows)
    return made


def everything_runs(scene: Scene, walk_id: str) -> dict[str, Any]:
    """Everything that reads a walk. Returns what `show` says."""
    session = scene.session
    (walk,) = session.read(SafetyWalk, {"id": walk_id})
    whole = whole_walk(session, walk)
    shown = show(whole)
    json.dumps([shown, here(session, whole), devices_of(session, walk).as_data()], allow_nan=False)
    json.dumps([conflict(each) for each in session.conflicts(walk.id)], allow_nan=False)
    devices_of(session, walk).lines()
    find.search(session, "ord", walk.id)
    geojson = finish(export(session, walk, scene.folder / "w.geojson"))
    json.loads(geojson.read_text("utf-8"))
    ET.parse(finish(export(session, walk, scene.folder / "w.gpx")))
    for language in ("sv", "en"):
        speak_language(language)
        compose(whole)
    speak_language("sv")
    # Base maps are made by the command `protocol`, tried once; here what they would have to show.
    needed(whole, Handed())
    return shown


def said_by(scene: Scene, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What a command that must succeed says, run in this process."""
    with pytest.raises(SystemExit) as ended:
        main(["--home", str(scene.folder / "home"), *words])
    out, err = capsys.readouterr()
    assert not ended.value.code, err
    return out


@pytest.mark.parametrize("name", FOREIGN)
def test_any_value_in_any_field_is_carried_and_nothing_falls_over_it(scene: Scene, name: str) -> None:
    names, value = list(FOREIGN), FOREIGN[name]
    made = fill(scene, value, FOREIGN[names[names.index(name) - 1]])
    shown = everything_runs(scene, scene.walk)
    listed = {each["id"]: each for group in RAW.values() for each in shown[group]}
    told = 0
    for cls in (each for each in KINDS if each.KIND in RAW):
        for place, info in enumerate(cls.FIELDS[1:], start=1):
            if isinstance(load(info.type, value), Unknown):
                assert listed[record_id(cls, place)][info.name] == value, (cls.KIND, info.name)
                told += 1
    assert told > 5
    for (kind, field), record in made.items():
        assert value in [each["new"] for each in scene.session.history(kind, record) if each["field"] == field]


@pytest.mark.parametrize("name", FOREIGN)
def test_any_value_in_a_field_of_the_walk_is_carried(scene: Scene, name: str) -> None:
    for info in SafetyWalk.FIELDS:
        walk, *_rest = scene.new_walk()
        scene.write(walk, [(SafetyWalk.KIND, walk, info.name, FOREIGN[name])])
        shown = everything_runs(scene, walk)
        if info.name != CREATED and isinstance(load(info.type, FOREIGN[name]), Unknown):
            assert shown["walk"][info.name] == FOREIGN[name], info.name


def test_kinds_and_fields_that_nobody_knows_yet_are_carried(scene: Scene) -> None:
    odd = ("ny", "sort", "", " ", "\x00", "a\x00b", '"', "'; drop table cell", "created ", "id", "scope", "seen", "å\n")
    value = FOREIGN["a list"]
    rows = [(kind, record_id(Stop, 900 + n), name, value) for n, kind in enumerate(odd) for name in (CREATED, *odd)]
    rows += [(cls.KIND, scene.observation, name, value) for cls in KINDS for name in odd]
    rows += [
        (cls.KIND, name, CREATED, "2026-10-23T16:05:00Z") for cls in KINDS if cls is not SafetyWalk for name in odd
    ]
    scene.write(scene.walk, rows)
    everything_runs(scene, scene.walk)
    batches = scene.session.log.batches(scene.walk)
    assert any(each.startswith(DEVICE) for each in batches)
    assert scene.session.log.batches_not_applied(scene.walk) == {}


def commands_over(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    """What people do in a walk that a newer version has written in, by the commands they have."""
    said = partial(said_by, scene, capsys)
    for language in ("sv", "en"):
        for words in (["show", scene.walk], ["conflicts", scene.walk], ["devices", scene.walk], ["search", "ord"]):
            said("--lang", language, *words)
            json.loads(said("--json", *words))
        said("--lang", language, "protocol", scene.walk, "-o", str(scene.folder / f"{language}.pdf"))
    said("walk", "list")
    for kind in ("photo", "observation", "device", "protocol", "measure-for", "track-chunk"):
        cls = KIND_OF[kind]
        said("history", kind, record_id(cls, 2))
    track = ["photos", "import", scene.walk, str(PHOTOS / "pixel.jpg"), "--by-track"]
    said(*track)
    said(*track)
    place = next(place for place, each in enumerate(Stop.FIELDS) if each.name == "position")
    said("observe", scene.walk, "--category", "lighting", "--stop", record_id(Stop, place), "--text", "Ord")
    for place, _field in enumerate(Observation.FIELDS[1:], start=1):
        said("measure", "add", scene.walk, "--observation", record_id(Observation, place), "--text", "Byt")
        said("undo", scene.walk)
    said("stop", "add", scene.walk, "--name", "Torget", "--at", "60.17,24.94")
    said("undo", scene.walk)
    said("delete", "observation", record_id(Observation, 3))
    said("undo", scene.walk)
    (scene.folder / "stick").mkdir()
    said("sync", str(scene.folder / "stick"), "--walk", scene.walk)


@pytest.mark.parametrize("name", ["control signs", "a list", "a map to lists"])
def test_every_command_goes_on_and_writes_none_of_it_back(
    scene: Scene, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(scene, FOREIGN[name], FOREIGN["a table"])
    commands_over(scene, capsys)
    mine = scene.session.identity.device
    with scene.session.log.database.reading() as tables:
        written = tables.execute("select kind, field, value from change where device = ?", [mine]).fetchall()
    assert written
    assert canonical(FOREIGN[name]) not in {value for _kind, _field, value in written}


def test_a_tag_beyond_all_counting_is_passed_over(scene: Scene) -> None:
    tag = "A" + "9" * 5000
    scene.write(scene.walk, [("observation", record_id(Observation, 0), "tag", tag)])
    made = observations.observe(scene.session, scene.walk, {"category": "lighting"})
    assert [each.tag for each in scene.session.read(Observation, {"id": made})] == ["A2"]


def test_unknown_values_are_equal_where_their_json_is() -> None:
    assert Unknown({"a": 1, "b": [2]}) == Unknown({"b": [2], "a": 1})
    assert len({Unknown(1), Unknown(True), Unknown("1"), Unknown([1]), Unknown([1])}) == 4
    assert known(Unknown(1), int) is None
