"""Where people write freely it stands that the place is described and not the people there."""

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from tests.gui.opening import Opener
from tests.gui.pages import EVERY
from ui.shell.window import Window
from ui.widgets.fields import Field
from ui.widgets.text import Label

REMINDER = "Beskriv platsen, inte personer."
WHERE_PEOPLE_WRITE = {"measure", "new_walk", "observation", "observe", "photo", "plan"}


def _reminds(editor: QPlainTextEdit) -> bool:
    """Whether the reminder stands in an empty field, or beside it."""
    parent: QWidget | None = editor
    while parent is not None and not isinstance(parent, Field):
        parent = parent.parentWidget()
    beside = parent.findChildren(Label) if parent is not None else []
    return REMINDER in editor.placeholderText() or any(
        REMINDER in each.text() and not each.isHidden() for each in beside
    )


def _editors(window: Window) -> list[QPlainTextEdit]:
    return [each for each in window.findChildren(QPlainTextEdit) if not each.isReadOnly()]


def test_the_reminder_stands_at_every_field_of_several_lines_on_every_page(at: Opener) -> None:
    without, written_on = set[tuple[str, str]](), set[str]()
    for page in EVERY:
        for each in _editors(at(page, (1280, 800))):
            written_on.add(page.partition(".")[0])
            if not _reminds(each):
                without.add((page, each.accessibleName()))
    assert not without
    assert written_on >= WHERE_PEOPLE_WRITE
