"""No field, value or record comes before people as the program calls it: every kind, every field and every value has
words, in both languages."""

import gettext
import re
from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

import resources
from app.base.words import speaking
from app.commands.observations import observe
from app.commands.records import add
from app.commands.stops import add_stop
from app.commands.walks import new_walk
from app.domain.record import CREATED, DELETED, ERASED, FieldInfo, Record
from app.domain.records import KINDS
from app.domain.values import Position, Priority, Severity
from app.queries.telling import CALLED, Teller, by_people, kind_word
from app.queries.undoable import told
from app.session import Session

HERE = Position(59.33, 18.06)
RAW = re.compile(r"\b(true(?! north)|false|none|null)\b|[{}\[\]_–]|[0-9a-f]{8}|[0-9]T[0-9]", re.IGNORECASE)
"""How programs write values."""

FIELDS = [
    (cls, info) for cls in KINDS for info in cls.FIELDS if info.name != CREATED and by_people(cls.KIND, info.name)
]
"""All but what the program writes by itself, which is not told."""


class Scene:
    """A home with a walk in which there is something that fields can name."""

    def __init__(self, folder: Path) -> None:
        self.session = Session(folder)
        self.walk = new_walk(self.session, {"title": "Kväll"})
        self.stop = add_stop(self.session, self.walk, {"name": "Torget", "position": HERE})
        seen = observe(self.session, self.walk, {"category": "lighting", "stop": self.stop})
        group = add(self.session, "group", self.walk, {"name": "Norr"})
        measure = add(self.session, "measure", self.walk, {"text": "Byt lampan"})
        self.rating = add(self.session, "safety-rating", self.walk, {"stop": self.stop, "feels": 2})
        self.named = {"stop": self.stop, "observation": seen, "group": group, "measure": measure, "any": seen}

    def values(self, info: FieldInfo) -> list[Any]:
        """Plain values that a field may hold, one of each sort, nothing and what nobody can read among them."""
        if info.names:
            found: list[Any] = [self.named.get(info.names, "a" * 64), "9" * 32]
        elif info.among:
            found = list(info.among) if info.type is str else [[each] for each in info.among]
        elif isinstance(info.type, type) and issubclass(info.type, Enum):
            found = [each.value for each in info.type]
        else:
            found = EXAMPLES.get(info.type, [])
        return [*found, None, {"newer": True}]


EXAMPLES: dict[Any, list[Any]] = {
    str: ["", "Två rader\ntext", "a" * 64, "9" * 32],
    bool: [True, False],
    int: [0, 1, 3],
    float: [0.0, 1.5, 40.0],
    datetime: ["2026-10-23T16:05:00Z"],
    date: ["2026-11-20"],
    Position: [{"lat": 59.33, "lon": 18.06}, {"lat": 59.331, "lon": 18.06}, {"lat": 1.0, "lon": 1.0}],
    tuple[str, ...]: [[], ["V1", "V3"]],
    dict[str, Any]: [{"9" * 32: "4.2"}, {}],
}


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    found = Scene(tmp_path_factory.mktemp("home"))
    yield found
    found.session.close()


@pytest.fixture(params=["sv", "en"], autouse=True)
def language(request: pytest.FixtureRequest) -> Iterator[None]:
    with resources.path("words/en/LC_MESSAGES/gatljus.mo").open("rb") as catalogue:
        english = gettext.GNUTranslations(catalogue)
    with speaking(request.param, english if request.param == "en" else None):
        yield


@pytest.mark.parametrize(("cls", "info"), FIELDS, ids=[f"{cls.KIND}.{info.name}" for cls, info in FIELDS])
@pytest.mark.parametrize("whole", [False, True], ids=["a line", "a page"])
def test_a_field_and_whatever_it_holds_have_words(
    scene: Scene, cls: type[Record], info: FieldInfo, whole: bool
) -> None:
    teller = Teller(scene.session, scene.walk, whole=whole)
    assert not RAW.search(teller.label(cls.KIND, info.name)) and teller.label(cls.KIND, info.name) != info.name
    for raw in scene.values(info):
        words = teller.value(cls.KIND, info.name, raw, "8" * 32)
        assert words and not RAW.search(AGE.sub("", words)), (raw, words)
        if isinstance(raw, str) and (info.among or (isinstance(info.type, type) and issubclass(info.type, Enum))):
            assert words != raw or raw == "80+", "a code is no word"


AGE = re.compile(r"[0-9]+–[0-9]+")


def test_several_values_that_stood_against_each_other_are_told_one_by_one(scene: Scene) -> None:
    teller = Teller(scene.session, scene.walk)
    assert not RAW.search(teller.value("observation", "alarm", ["oncall", None]))
    assert not RAW.search(teller.value("measure", "mechanism", [["V1"], ["V2", "V3"]]))


@pytest.mark.parametrize("kind", [*(cls.KIND for cls in KINDS), "surface-scan"])
def test_every_kind_has_a_word_and_so_has_what_is_done_to_a_record_of_it(scene: Scene, kind: str) -> None:
    teller = Teller(scene.session, scene.walk)
    assert kind_word(kind) != kind and not RAW.search(kind_word(kind))
    assert not RAW.search(teller.record(kind, "7" * 32))
    for field, raw in ((CREATED, "2026-10-23T16:05:00Z"), (DELETED, {"7" * 32: [1, "ab"]}), (DELETED, None)):
        item = {"at": None, "device": "", "label": "", "action": -1, "field": field, "new": raw}
        line = teller.change(kind, "7" * 32, item)
        assert not RAW.search(line), line
    assert not RAW.search(told(scene.session, [(kind, "7" * 32, DELETED, {})]) or "")
    assert not RAW.search(told(scene.session, [(kind, "7" * 32, DELETED, None)]) or "")
    assert kind_word(kind) in str(told(scene.session, [(kind, "7" * 32, DELETED, {"7" * 32: [1, "ab"]})]))


def test_what_is_erased_or_comes_from_a_newer_version_is_told_in_words(scene: Scene) -> None:
    teller = Teller(scene.session, scene.walk)
    item = {"at": None, "device": "", "label": "", "action": 1, "field": ERASED, "old": None, "new": True}
    assert not re.search("erased:|true|→", teller.change("participant", "7" * 32, item))
    for raw in (True, None, {"a": 1}, [1], 1.5, "9" * 32, "a" * 64):
        assert not RAW.search(teller.value("observation", "surface", raw)), raw


def test_the_words_of_every_kind_are_those_of_the_kinds_there_are() -> None:
    assert set(CALLED) == {cls.KIND for cls in KINDS}


def test_a_rating_is_told_by_its_stop_a_place_by_the_nearest_and_a_priority_with_its_letter(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    with speaking("sv"):
        teller = Teller(scene.session, scene.walk)
        assert teller.record("safety-rating", scene.rating) == "skattningen (stoppet ”Torget”)"
        near = {"lat": 59.331, "lon": 18.06}
        assert teller.value("observation", "position", near) == "111 m från stoppet ”Torget” (59.33100, 18.06000)"
        assert teller.value("stop", "position", near, scene.stop) == "59.33100, 18.06000"
        assert teller.value("stop", "order", "zz") == "nummer 2"
        assert teller.value("stop", "order", "zz", scene.stop) == "nummer 1", "its own place is not before it"
        assert teller.value("measure", "priority", Priority.B.value) == "B, kort sikt"
        assert teller.value("observation", "severity", Severity.LARGE.value) == "Stor (3)"
        assert teller.value("photo", "direction_deg", 40.0) == "40"
        assert teller.value("observation", "accuracy_m", 1.5) == "1,5"
    scene.session.close()
