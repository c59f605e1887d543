"""The chip that says how far the newest change has come, where a folder has a long name."""

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from tests.gui.opening import Furnished, Opener
from tests.gui.painted import painted
from ui.widgets.bars import SavedChip, UndoButton
from ui.widgets.chip import SaveChain


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


def test_a_receipt_breaks_between_words_and_only_a_folder_without_room_anywhere(at: Opener) -> None:
    look = at("walk", (1280, 800)).look
    metrics, word = QFontMetrics(look.font("meta", weight=600)), "Trygghetsvandringar-2026"
    width = round(1.7 * metrics.horizontalAdvance(word)) + look.icon_px(18) + 22
    whole = SaveChain(look, [(f"{word} {word} {word}", True)])
    assert whole.heightForWidth(width) >= 3 * metrics.height(), "one word in each line"
    endless = SaveChain(look, [(f"Kopierat till mappen /{'x' * 400} på den här datorn", True)])
    endless.resize(width, endless.heightForWidth(width))
    (words,) = (each for each in painted(endless) if each.text.startswith("Kopierat till mappen /"))
    assert not words.cut()
