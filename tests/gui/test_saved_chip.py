"""The chip that says how far the newest change has come, where a folder has a long name."""

import pytest
from PySide6.QtWidgets import QWidget

from tests.gui.opening import Furnished, Opener
from tests.gui.painted import painted
from ui.widgets.bars import SavedChip, UndoButton


def _one(root: QWidget, kind: type[QWidget]) -> QWidget:
    (found,) = (each for each in root.findChildren(kind) if each.isVisible())
    return found


@pytest.mark.parametrize("page", ["walk.copied", "observations.copied"])
@pytest.mark.parametrize("size", [(800, 1280), (1280, 800), (1024, 600)], ids=str)
def test_a_long_receipt_leaves_undo_whole_and_is_whole_for_who_asks(
    at: Opener, furnished: Furnished, page: str, size: tuple[int, int]
) -> None:
    window = at(page, size, text=200)
    chip, undo = _one(window, SavedChip), _one(window, UndoButton)
    said = f"Kopierat till mappen {furnished.copied} på den här datorn"
    assert chip.accessibleName() == chip.toolTip() == said
    assert undo.width() >= undo.sizeHint().width() and undo.mapTo(window, undo.rect().topRight()).x() < size[0]
    (words,) = (each for each in painted(window) if each.text.startswith("Kopierat till mappen /"))
    assert not words.cut() and words.text.endswith(" på den här datorn")
    assert words.text.count("…") == 1 and not words.text.split("…")[0].endswith("mappen ")
    assert chip.height() >= chip.heightForWidth(chip.width())


@pytest.mark.parametrize("text", [100, 200])
def test_short_words_that_have_room_stand_in_one_line(at: Opener, text: int) -> None:
    chip = _one(at("walk.list", (800, 1280), text=text), SavedChip)
    assert chip.accessibleName() == "Sparat här" and chip.height() <= chip.sizeHint().height() + 1
