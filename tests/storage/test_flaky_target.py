"""Four devices and a target that fails, hides and truncates: in the end everything is everywhere and whole."""

import random
from pathlib import Path

import pytest

from app.domain.ports import Target
from app.sync.names import matches
from app.sync.targets.folder import FolderTarget
from tests.homes import WALK, Home

NAMES = "ABCD"


class Flaky:
    """A folder of which three in ten requests fail, three in ten names are not listed yet, and one in ten objects is
    cut short on its way."""

    def __init__(self, target: FolderTarget, dice: random.Random) -> None:
        self._target, self._dice = target, dice
        self.label, self.here = target.label, target.here

    def _fail(self) -> None:
        if self._dice.random() < 0.3:
            raise OSError(5, "Input/output error")

    def list(self, prefix: str) -> dict[str, int]:
        return {name: size for name, size in self._target.list(prefix).items() if self._dice.random() > 0.3}

    def get(self, name: str) -> bytes:
        self._fail()
        return self._target.get(name)

    def put_new(self, name: str, data: bytes) -> None:
        if "target-" not in name:
            self._fail()
        cut = self._dice.randrange(len(data)) if len(data) > 1 and self._dice.random() < 0.1 else len(data)
        self._target.put_new(name, data[:cut])
        if "target-" not in name:
            self._fail()

    def repair(self, name: str, data: bytes) -> None:
        self._fail()
        self._target.repair(name, data)

    def delete(self, name: str) -> None:
        self._fail()
        self._target.delete(name)


def act(home: Home, dice: random.Random, ids: list[str]) -> None:
    """One thing that a person does."""
    if not ids or dice.random() < 0.4:
        record = dice.randbytes(16).hex()
        blob = home.blobs.put(dice.randbytes(200))
        home.new("photo", record, original=blob, caption=dice.choice("xyz"))
        ids.append(record)
    elif dice.random() < 0.8:
        home.set("photo", dice.choice(ids), caption=dice.choice("xyz"))
    else:
        home.delete("photo", dice.choice(ids))


@pytest.mark.parametrize("seed", range(12))
def test_everything_is_everywhere_in_the_end(tmp_path: Path, seed: int) -> None:
    print(f"seed {seed}")
    dice = random.Random(seed)
    target = FolderTarget(tmp_path / "minne")
    homes = [Home(tmp_path / name, name, seed=str(seed)) for name in NAMES]
    ids: list[str] = []
    acknowledged: dict[str, int] = {}
    for _ in range(60):
        home = dice.choice(homes)
        if dice.random() < 0.6:
            act(home, dice, ids)
            acknowledged[home.device] = home.log.last_seqs(WALK)[home.device]
        else:
            home.sync(Flaky(target, dice), again=dice.random() < 0.5)
    settle(target, homes)
    for home in homes:
        assert home.log.last_seqs(WALK) == acknowledged
        assert home.log.gaps(WALK) == {}
        assert set(home.blobs.names()) == home.log.blobs_named(WALK)
        assert home.everything() == homes[0].everything()
        assert home.receipts().missing_changes == 0
    listed = target.list(f"gatljus1/{WALK}/")
    assert all(matches(name, target.get(name)) for name in listed if "/heads/" not in name)


def settle(target: Target, homes: list[Home]) -> None:
    """Passes without faults, until one has nothing to do on any device."""
    for _round in range(8):
        reports = [home.sync(target, again=True) for home in homes]
        if all(each.copied and not each.sent.bytes and not each.got.bytes for each in reports):
            return
    raise AssertionError(reports)
