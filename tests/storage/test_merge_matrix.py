"""Any two things that two devices do unaware of each other, and what all devices show once they have met.

Rows are what A did, columns what B did, all of it about one observation that both have:

- `insert` another observation; `edit-f1` its text; `edit-f2` its pole number; `delete` it;
- `attach` a new photo to it; `detach` the photo it had; `resolve` a conflict about its question that both know of.

Outcomes: `both` are shown, and nothing is to be chosen; `conflict`: both values stand, to be chosen between;
`delete?edit`: it is shown with what the other one did, and whether it stays is to be chosen; `hidden`: it is gone, and
nothing is to be chosen. There is no word for what is lost.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.domain.record import DELETED
from app.domain.records import Observation, Photo
from tests.homes import NOTE, PICTURE, STOP, Home
from tests.storage.meeting import assert_alike, exchange_all

TABLE = """
         insert  edit-f1      edit-f2      delete       attach       detach  resolve
insert   both    both         both         both         both         both    both
edit-f1  both    conflict     both         delete?edit  both         both    both
edit-f2  both    both         conflict     delete?edit  both         both    both
delete   both    delete?edit  delete?edit  hidden       delete?edit  both    delete?edit
attach   both    both         both         delete?edit  both         both    both
detach   both    both         both         both         both         both    both
resolve  both    both         both         delete?edit  both         both    conflict
"""
COLUMNS, *ROWS = (line.split() for line in TABLE.strip().splitlines())
EXPECTED = {row[0]: dict(zip(COLUMNS, row[1:], strict=True)) for row in ROWS}

OPEN = "answer"
"""The field that two devices had written differently before."""


@dataclass(frozen=True)
class Device:
    """A device that does one of the things; its words and its records are its own."""

    home: Home

    @property
    def words(self) -> str:
        """What it writes."""
        return f"av {self.home.name}"

    @property
    def record(self) -> str:
        """The id of what it makes."""
        return self.home.device

    def does(self, action: str) -> None:
        """Do it, as the observation is shown there."""
        home = self.home
        acts: dict[str, Callable[[], object]] = {
            "insert": lambda: home.new("observation", self.record, stop=STOP, text=self.words),
            "edit-f1": lambda: home.set("observation", NOTE, text=self.words),
            "edit-f2": lambda: home.set("observation", NOTE, asset_tag=self.words),
            "delete": lambda: home.delete("observation", NOTE),
            "attach": lambda: home.new("photo", self.record, observation=NOTE),
            "detach": lambda: home.set("photo", PICTURE, observation=None),
            "resolve": lambda: home.choose(next(iter(home.conflicts())), self.words),
        }
        acts[action]()

    def stands(self, action: str, at: Home) -> bool:
        """Whether what it did is shown at a home."""
        seen, photos = at.shown(Observation), at.shown(Photo)
        note = seen.get(NOTE)
        return {
            "insert": self.record in seen,
            "edit-f1": note is not None and note.text == self.words,
            "edit-f2": note is not None and note.asset_tag == self.words,
            "delete": note is None,
            "attach": self.record in photos and photos[self.record].observation == NOTE,
            "detach": PICTURE in photos and photos[PICTURE].observation is None,
            "resolve": note is not None and note.answer == self.words,
        }[action]


def outcome(at: Home, did: dict[Device, str]) -> str:
    """What a home shows of what two devices did, in a word of the table."""
    asked = {OPEN} if "resolve" not in did.values() else set()
    fields = [each.field for each in at.conflicts() if each.field not in asked]
    if len(fields) > 1:
        return f"{len(fields)} conflicts"
    if fields == [DELETED]:
        others = [device for device, action in did.items() if action != "delete"]
        return "delete?edit" if NOTE in at.shown(Observation) and _all_stand(at, did, others) else "lost"
    if fields:
        (conflict,) = (each for each in at.conflicts() if each.field not in asked)
        return "conflict" if {each.value for each in conflict.choices} == {each.words for each in did} else "lost"
    if set(did.values()) == {"delete"} and NOTE not in at.shown(Observation):
        return "hidden"
    return "both" if _all_stand(at, did, list(did)) else "lost"


def _all_stand(at: Home, did: dict[Device, str], devices: list[Device]) -> bool:
    return all(each.stands(did[each], at) for each in devices)


def met(folder: Path, names: str) -> list[Home]:
    """Homes that have one observation with a photo, and know of a conflict about its question."""
    homes = [Home(folder / name, name) for name in names]
    first, second = homes[:2]
    first.new("stop", STOP, name="Tunneln")
    first.new("observation", NOTE, stop=STOP, text="Släckt", asset_tag="4417", answer="Frågan")
    first.new("photo", PICTURE, observation=NOTE)
    exchange_all(*homes)
    for home in (first, second):
        home.set("observation", NOTE, answer=f"Frågan till {home.name}")
    exchange_all(*homes)
    assert [each.field for each in homes[-1].conflicts()] == [OPEN]
    return homes


@pytest.fixture(params=["AB", "BA", "ABC", "CBA"])
def meets(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str, str], str]:
    """Lets A and B do something, and all of them hand on what they have in this order; C only carries."""
    order: str = request.param

    def meet(did_a: str, did_b: str) -> str:
        homes = met(tmp_path / f"{did_a} {did_b}", "".join(sorted(order)))
        did = {Device(homes[0]): did_a, Device(homes[1]): did_b}
        for device, action in did.items():
            device.does(action)
        exchange_all(*sorted(homes, key=lambda each: order.index(each.name)))
        assert_alike(*homes)
        found = {outcome(each, did) for each in homes}
        for each in homes:
            each.log.close()
        return found.pop() if len(found) == 1 else " or ".join(sorted(found))

    return meet


@pytest.mark.parametrize("did_a", COLUMNS)
def test_what_two_devices_did_is_shown_as_the_table_says(meets: Callable[[str, str], str], did_a: str) -> None:
    assert {did_b: meets(did_a, did_b) for did_b in COLUMNS} == EXPECTED[did_a]
