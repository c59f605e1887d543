"""Three devices that write, photograph and meet in two folders of which many requests fail: whatever is said on any of
them, at every step, is true of the homes and the folders themselves."""

import random
from pathlib import Path

import pytest

from app.commands.walks import end_walk
from app.queries.deliveries import deliveries
from app.queries.devices import devices_of, holders_of
from app.queries.whereabouts import whereabouts
from app.sync.receipts import Receipts
from app.sync.targets.folder import FolderTarget
from tests.storage.exchanging import Recording
from tests.storage.test_flaky_target import Flaky
from tests.storage.three_homes import Homes, Row, files_of, homes_in

LETTERS = "ABC"
STEPS = 40

Said = dict[str, int]
"""How often something was said, by its first words: a test that hears nothing proves nothing."""


class Truth:
    """What is true, against what is said on the device `letter`."""

    def __init__(self, homes: Homes, letter: str, folders: list[Path], said: Said) -> None:
        self.homes, self.letter, self.folders, self.said = homes, letter, folders, said
        self.home, self.rows, self.held = homes.sessions[letter], homes.rows(letter), homes.held(letter)
        self.named = {each.sentence: each for each in holders_of(self.home, homes.walk)}
        self.called = {each.name: homes.letter(each.device) for each in self.named.values() if each.device}

    def check(self) -> None:
        """Everything that is said."""
        walk = self.homes.about(self.letter)
        if walk is None:
            return
        found = devices_of(self.home, walk).found
        self._figures(found)
        for sentence in found.state:
            mine = {row for row in self.rows if row.device == self.homes.device(self.letter)}
            self._holds(sentence, mine)
        self._photos()
        self._everything(found)
        self._only_here(whereabouts(self.home, walk).copied)

    def _figures(self, found: Receipts) -> None:
        assert set(found.missing_blobs) == files_of(self.rows) - self.held
        part = {row.record for row in self.rows if files_of({row}) & set(found.missing_blobs)}
        assert found.missing_photos == len(part & set(self.homes.photos))
        for blob, at in found.missing_at.items():
            assert all(blob in self.homes.held(self.called[name]) for name in at), "it lies there"
        lacking = 0
        for each in found.devices:
            here = {row.seq for row in self.rows if row.device == each.device}
            gaps = {seq for first, last in each.gaps for seq in range(first, last + 1)}
            theirs = self.homes.rows(self.homes.letter(each.device))
            assert here | gaps == set(range(1, each.known + 1)) and not here & gaps
            assert gaps <= {row.seq for row in theirs if row.device == each.device}
            assert each.here == len(here)
            lacking += len(gaps)
            received = {row for row in self.rows if row.device == self.homes.device(self.letter)}
            received = {row for row in received if row.seq <= (each.received or 0)}
            assert received <= theirs, "it has what it is said to have received"
        assert found.missing_changes == lacking

    def _holds(self, sentence: str, rows: set[Row]) -> None:
        """What is said of these changes is true of them and of the files they name."""
        self.said[sentence.split(maxsplit=1)[0]] = self.said.get(sentence.split(maxsplit=1)[0], 0) + 1
        if sentence == "Sparat här":
            assert files_of(rows) <= self.held
        elif sentence in self.named and not self.named[sentence].device:
            folder = Path(self.named[sentence].name)
            assert rows <= self.homes.rows_in(folder), "its changes lie there"
            assert files_of(rows) <= self.homes.held_in(folder), "its files lie there"
        else:
            letter = self.called[sentence.removeprefix("Mottaget av ").removeprefix("Sparat hos ")]
            assert rows <= self.homes.rows(letter), "it has its changes"
            assert files_of(rows) <= self.homes.held(letter), "it has its files"

    def _photos(self) -> None:
        for one in deliveries(self.home, self.homes.walk).values():
            rows = {row for row in self.rows if row.record == one.photo}
            assert len(one.missing) == len(files_of(rows) - self.held)
            for sentence in one.state:
                self._holds(sentence, rows)
            for part in one.parts:
                assert len(part.has) <= len(files_of(rows) & self.homes.held(self.called[part.name]))
                assert not part.knows or rows & self.homes.rows(self.called[part.name])

    def _everything(self, found: Receipts) -> None:
        if not found.everything:
            return
        self.said["Allt"] = self.said.get("Allt", 0) + 1
        whole = "Allt från" in found.everything
        assert whole == found.complete
        for other in LETTERS if whole else ():
            assert self.homes.rows(other) <= self.rows, "nothing is missing of what any of them ever wrote"
            assert files_of(self.homes.rows(other)) <= self.held
        self.said["Allt från"] = self.said.get("Allt från", 0) + whole

    def _only_here(self, copied: int) -> None:
        mine = {row.record for row in self.rows if row.device == self.homes.device(self.letter) and files_of({row})}
        elsewhere = [(self.homes.rows(other), self.homes.held(other)) for other in LETTERS if other != self.letter]
        elsewhere += [(self.homes.rows_in(folder), self.homes.held_in(folder)) for folder in self.folders]
        true = 0
        for record in mine:
            rows = {row for row in self.rows if row.record == record}
            true += any(rows <= have and files_of(rows) <= held for have, held in elsewhere)
        assert copied <= true


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_said_at_any_step_is_true(tmp_path: Path, seed: int) -> None:
    print(f"seed {seed}")
    dice, said = random.Random(seed), dict[str, int]()
    folders = [tmp_path / "minne", tmp_path / "annat"]
    with homes_in(tmp_path, LETTERS) as homes:
        for _step in range(STEPS):
            _act(homes, dice, folders)
            for letter in LETTERS:
                Truth(homes, letter, folders, said).check()
        _end(homes, folders, said)
    assert all(said.get(word) for word in ("Sparat", "Kopierat", "Mottaget", "Allt", "Allt från")), said


def _act(homes: Homes, dice: random.Random, folders: list[Path]) -> None:
    letter, what = dice.choice(LETTERS), dice.random()
    if what < 0.5 or homes.about(letter) is None:
        target = FolderTarget(dice.choice(folders))
        homes.sync(letter, Flaky(target, dice) if dice.random() < 0.6 else target)
    elif what < 0.8:
        homes.photo(letter)
    else:
        homes.note(letter)


def _end(homes: Homes, folders: list[Path], said: Said) -> None:
    """Each has noted something and ends the walk, one after the other, while no picture can be read from the folder;
    then they meet until nothing is new."""
    blind = {f"get gatljus1/{homes.walk}/blobs": OSError(5, "Input/output error")}
    for letter in LETTERS:
        homes.sync(letter, FolderTarget(folders[0]))
        homes.note(letter)
        homes.photo(letter)
    for turn, letter in enumerate(LETTERS * 3):
        walk = homes.about(letter)
        assert walk is not None
        end_walk(homes.sessions[letter], walk, None if turn else 3)
        homes.sync(letter, Recording(FolderTarget(folders[0]), blind if turn < 4 else None))
        for each in LETTERS:
            Truth(homes, each, folders, said).check()
