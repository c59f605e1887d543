"""Several processes that have one home open at once."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from app.base.errors import BadInput
from app.commands import observations, walks
from app.domain.change import Draft
from app.domain.records import Device, Observation
from app.domain.values import MAX_VALUE
from app.session import Session
from app.storage import identity
from tests.conftest import ROOT

OPENS = """
import sys
from pathlib import Path
from app.session import Session
for line in sys.stdin:
    try:
        session = Session(Path(line.strip()))
        print(session.identity.device, flush=True)
        session.close()
    except Exception as error:
        print(repr(error), flush=True)
"""
"""Opens every home it is told, and says as which device."""

OBSERVES = """
import sys
from pathlib import Path
from app.base.errors import BadInput
from app.commands import observations
from app.session import Session
session = Session(Path(sys.argv[1]))
print("ready", flush=True)
for walk in sys.stdin:
    print(observations.observe(session, walk.strip(), {"category": "lighting"}), flush=True)
"""
"""Notes an observation in every walk it is told."""

TAKES_A_NEW_ID = """
import sys
from pathlib import Path
from app.session import Session
Session(Path(sys.argv[1])).become_new_device()
"""

Process = subprocess.Popen[str]


@contextmanager
def processes(count: int, script: str, *words: str) -> Iterator[list[Process]]:
    """That many processes of a script."""
    command, said = [sys.executable, "-c", script, *words], {**os.environ, "PYTHONPATH": str(ROOT)}
    with ExitStack() as stack:
        yield [
            stack.enter_context(
                subprocess.Popen(command, env=said, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            )
            for _ in range(count)
        ]


def tell(all_: list[Process], text: str) -> None:
    """A line for all of them at once."""
    for each in all_:
        assert each.stdin
        each.stdin.write(text + "\n")
        each.stdin.flush()


def answers(all_: list[Process]) -> list[str]:
    """A line from each of them."""
    return [each.stdout.readline().strip() for each in all_ if each.stdout]


def test_six_processes_that_start_in_a_new_home_at_once_are_one_device(tmp_path: Path) -> None:
    with processes(6, OPENS) as all_:
        for number in range(8):
            tell(all_, str(tmp_path / f"home {number}"))
            (device,) = set(answers(all_))
            assert Session(tmp_path / f"home {number}").identity.device == device


def test_a_process_that_goes_on_after_another_took_a_new_id_writes_under_the_new_one(tmp_path: Path) -> None:
    session = Session(tmp_path / "home")
    walk = walks.new_walk(session, {"title": "Kvällsvandring"})
    old = session.identity.device
    with processes(1, TAKES_A_NEW_ID, str(session.home)):
        pass
    assert session.identity.device != old
    noted = observations.observe(session, walk, {"category": "lighting"})
    assert {each["device"] for each in session.history("observation", noted)} == {session.identity.device}
    assert session.read(Observation, {"id": noted})[0].tag == "B1"
    assert {each.id: each.letter for each in session.read(Device)} == {old: "A", session.identity.device: "B"}
    assert session.read(Device, {"letter": "B"})[0].was == old


def test_a_tag_is_given_once_also_to_four_processes_that_note_at_once(tmp_path: Path) -> None:
    session = Session(tmp_path / "home")
    walk = walks.new_walk(session, {"title": "Kvällsvandring"})
    with processes(4, OBSERVES, str(session.home)) as all_:
        answers(all_)
        for _ in range(8):
            tell(all_, walk)
            answers(all_)
    tags = [each.tag for each in session.read(Observation)]
    assert sorted(tags) == sorted(f"A{number}" for number in range(1, 33))


def test_a_letter_is_not_remembered_of_an_introduction_that_did_not_last(tmp_path: Path) -> None:
    session = Session(tmp_path / "home")
    walk = session.new_id()
    long = Draft(kind="stop", record="51" * 16, field="name", value="x" * (MAX_VALUE + 1))
    with pytest.raises(BadInput):
        session.write(walk, [long], begins=True)
    assert session.read(Device) == []
    with session.writing(walk, begins=True) as here:
        assert here.letter == "A"
    assert session.introduce(walk) == "A"
    assert [each.letter for each in session.read(Device)] == ["A"]


def test_a_machine_that_its_system_has_no_name_for_is_known_whichever_network_card_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GATLJUS_MACHINE", raising=False)
    monkeypatch.setattr(identity, "_system_id", lambda: "")
    said = set()
    for card in (1, 2):
        monkeypatch.setattr(uuid, "getnode", lambda card=card: card)
        said.add(identity.machine_id())
    assert len(said) == 1
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "someone else"))
    monkeypatch.setenv("HOME", str(tmp_path / "someone else"))
    assert identity.machine_id() not in said
