"""The fuzz finds bugs that are planted in the product, or it would prove nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain import batch, change
from app.storage import cells
from app.sync import receipts
from tests.fuzz.running import run

FIRST = (24, 32, 37)
"""The first seeds, of those from 0 on, that found each of them; they are tried before the others."""
WITHIN = 200
"""Seeds within which each must be found."""


def drop_a_replaces(monkeypatch: pytest.MonkeyPatch) -> None:
    """A change that replaces several others forgets one of them on its way to the other tablets."""
    whole = batch._line

    def line(each: change.Change) -> str:
        return whole(change.Change(**{**vars(each), "replaces": each.replaces[:1]}))

    monkeypatch.setattr(batch, "_line", line)


def lose_a_head(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of three values that stand against each other the oldest is not kept."""
    whole = change.heads_of

    def heads_of(changes: list[tuple[str, str, tuple[str, ...]]]) -> list[change.Head]:
        return whole(changes)[-2:]

    monkeypatch.setattr(cells, "heads_of", heads_of)


def tell_too_early(monkeypatch: pytest.MonkeyPatch) -> None:
    """What others have announced and what is not here yet does not count."""
    monkeypatch.setattr(receipts._Told, "_missing_changes", lambda _self, _devices: 0)


@pytest.mark.parametrize("plant", [drop_a_replaces, lose_a_head, tell_too_early])
def test_a_planted_bug_is_found(
    plant: Callable[[pytest.MonkeyPatch], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    for seed in dict.fromkeys((*FIRST, *range(WITHIN))):
        try:
            run(tmp_path / str(seed), seed)
        except AssertionError as found:
            print(f"seed {seed}: {found}")
            return
    raise AssertionError(f"not found within {WITHIN} seeds")
