"""Killed at any act of noting: what was pressed is there, and what was typed more than a second before."""

import json
import os
import random
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from app.base.job import finish
from app.commands.records import add
from app.domain.records import Observation, Participant, Photo, Remark
from app.domain.values import Position, Severity
from app.jobs.verify import verify
from app.queries.people import names_of
from app.session import Session
from tests.gui.noting_slowly import TEXTS, Act, acts
from ui.shell.window import Window

SCRIPT = Path(__file__).with_name("noting_slowly.py")
SECOND = 1.0
LITTLE_MORE = 0.1
TURNS = 8

PRESSED = {
    "category": "lighting",
    "item": "A1",
    "severity": Severity.LARGE,
    "lamp_faults": ("flickering",),
    "lamp_count": 1,
    "deliberate_off": True,
}
"""What a press writes, by field."""

HARMLESS = {"orphan", "unfinished"}
"""What may lie about after a photo was cut short: files that no record names."""


@dataclass
class Told:
    """What the process said it had done, and when that was heard here; at last when it was killed."""

    heard: list[tuple[float, str, str]] = field(default_factory=list)
    killed: float = 0.0

    def done(self, what: str) -> bool:
        """Whether an act was told of."""
        return any(each == what for _at, each, _text in self.heard)

    def typed(self, what: str) -> str:
        """What had been typed of a text a second before the end."""
        before = [text for at, each, text in self.heard if each == what and at <= self.killed - SECOND]
        return before[-1] if before else ""


def _listen(process: subprocess.Popen[str], told: Told) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        said = json.loads(line)
        told.heard.append((time.monotonic(), said["what"], said["text"]))


@contextmanager
def _noting(home: Path, walk: str, parts: Sequence[str]) -> Iterator[tuple[subprocess.Popen[str], Told]]:
    """The script at work; it is killed at the end of the block."""
    told = Told()
    command = [sys.executable, str(SCRIPT), str(home), walk, *parts]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", env=os.environ.copy()) as process:
        listener = threading.Thread(target=_listen, args=(process, told))
        listener.start()
        try:
            yield process, told
        finally:
            told.killed = time.monotonic()
            process.kill()
            listener.join()


def _killed_after(home: Path, walk: str, parts: Sequence[str], count: int, seconds: float) -> Told:
    """Run parts of the script, and kill it so long after it told of its `count`th act."""
    with _noting(home, walk, parts) as (process, told):
        while len(told.heard) < count:
            assert process.poll() is None
            time.sleep(0.01)
        time.sleep(seconds)
    return told


def _one(found: Sequence[Any], must: bool) -> Any:
    """The one there is; None where there needs to be none yet."""
    assert len(found) <= 1
    assert found or not must
    return found[0] if found else None


def _check_noted(session: Session, noted: Observation, told: Told) -> None:
    """Each press that was told of is there, and each text as far as it was typed in time."""
    for name, value in PRESSED.items():
        assert getattr(noted, name) == value or not told.done(name), name
    for name in ("asset_tag", "text"):
        _check_typed(name, getattr(noted, name), told)
    remark = _one(session.read(Remark, {"target": noted.id}), bool(told.typed("remark")))
    _check_typed("remark", remark.text if remark else "", told)
    photo = _one(session.read(Photo, {"scope": noted.scope}), told.done("photo"))
    assert photo is None or (photo.observation == noted.id and session.blobs.is_whole(photo.original))


def _check_typed(name: str, found: str | None, told: Told) -> None:
    kept = found or ""
    assert TEXTS[name].startswith(kept)
    assert kept.startswith(told.typed(name)), f"{told.typed(name)!r} was typed in time, {kept!r} is there"


@pytest.mark.parametrize("turn", range(TURNS))
def test_what_was_pressed_and_what_was_typed_a_second_before_the_end_is_there(
    session: Session, walk: str, window: Callable[..., Window], turn: int
) -> None:
    seed = secrets.randbits(32)
    print(f"seed {seed}")
    dice = random.Random(seed)
    parts = ("note", "remark")
    script = acts(parts)
    count = 1 + int((turn + dice.random()) * len(script) / TURNS)
    before = {each.id for each in session.read(Observation, {"scope": walk})}
    told = _killed_after(session.home, walk, parts, count, dice.uniform(0, 0.25))
    made = [each for each in session.read(Observation, {"scope": walk}) if each.id not in before]
    noted = _one(made, told.done("category"))
    if noted is not None:
        _check_noted(session, noted, told)
    assert {each["code"] for each in finish(verify(session))} <= HARMLESS
    reopened = window(800, 1280).place
    assert reopened.page in _pages(script, len(told.heard))
    assert reopened.item == (noted.id if noted else "")


def _count_to(what: str) -> int:
    """How many acts of noting there are up to the first of these."""
    return 1 + next(place for place, each in enumerate(acts(["note"])) if each.what == what)


def _pages(script: Sequence[Act], count: int) -> set[str]:
    """The page of the act told of last, and that of the one that may have been done after it."""
    return {each.page for each in script[count - 1 : count + 1]}


@pytest.mark.parametrize(("after", "step"), [("category", "items"), ("item", "severity"), ("words", "text")])
def test_a_window_that_was_killed_reopens_at_the_same_step(
    session: Session, walk: str, window: Callable[..., Window], after: str, step: str
) -> None:
    count = _count_to(after)
    before = {each.id for each in session.read(Observation, {"scope": walk})}
    _killed_after(session.home, walk, [f"note:{count}"], count, 0)
    (noted,) = (each for each in session.read(Observation, {"scope": walk}) if each.id not in before)
    reopened = window(800, 1280).place
    assert (reopened.page, reopened.item, reopened.part.split()[0]) == ("observe", noted.id, step)


def test_a_photo_that_was_being_read_in_leaves_everything_whole(session: Session, walk: str) -> None:
    seed = secrets.randbits(32)
    print(f"seed {seed}")
    asked = _count_to("photo asked for")
    before = {each.id for each in session.read(Observation, {"scope": walk})}
    told = _killed_after(session.home, walk, ["note"], asked, random.Random(seed).uniform(0, 0.4))
    (noted,) = (each for each in session.read(Observation, {"scope": walk}) if each.id not in before)
    _check_noted(session, noted, told)
    assert {each["code"] for each in finish(verify(session))} <= HARMLESS


def _rested(session: Session, walk: str, part: str) -> Told:
    """What was told by who wrote a part to its end, rested a little more than a second in the field and was killed."""
    return _killed_after(session.home, walk, [part], len(acts([part])), SECOND + LITTLE_MORE)


def test_a_position_is_there_a_second_after_its_last_digit_though_nobody_left_the_field(
    session: Session, walk: str
) -> None:
    told = _rested(session, walk, "position")
    newest = max(session.read(Observation, {"scope": walk}), key=lambda each: str(each.created))
    assert told.typed("position") == TEXTS["position"]
    assert newest.position == Position(60.171234, 24.944321)


def test_half_a_position_is_not_there_however_long_the_hand_rests(session: Session, walk: str) -> None:
    before = {each.id: each.position for each in session.read(Observation, {"scope": walk})}
    told = _rested(session, walk, "position:18")
    assert told.typed("position") == "60.171234, 24.944"
    assert {each.id: each.position for each in session.read(Observation, {"scope": walk})} == before


def test_a_name_is_there_a_second_after_its_last_letter_though_nobody_left_the_field(
    session: Session, walk: str
) -> None:
    record = add(session, Participant.KIND, walk, {"role": "Ledare"})
    told = _rested(session, walk, "name")
    assert told.typed("name") == TEXTS["name"]
    people = session.read(Participant, {"scope": walk})
    assert names_of(session, walk, people) == {record: TEXTS["name"]}
