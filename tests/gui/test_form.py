"""The editor of a field is made from the field's own line and from nothing else."""

from collections.abc import Callable

from PySide6.QtWidgets import QPlainTextEdit

from app.domain.record import Record, field, field_of, record
from app.domain.values import LampFault
from tests.gui.hands import button, says
from ui.shell.window import Window
from ui.widgets.fields import Field
from ui.widgets.form import editor_for


@record("bench")
class Bench(Record):
    """A kind of a newer version."""

    story: str = field("Berättelse", default="", describes=True)
    maker: str = field("Tillverkare", default="")
    faults: tuple[str, ...] = field("Fel på bänken", default=(), among=tuple(LampFault))


def editor(window: Callable[..., Window], name: str) -> Field:
    """The editor of a field of a bench."""
    page = window().shown
    made = editor_for(page.desk, field_of(Bench, name), "Europe/Stockholm")
    made.setParent(page)
    made.show()
    return made


def test_a_field_that_describes_has_several_lines_and_the_reminder(window: Callable[..., Window]) -> None:
    story = editor(window, "story")
    assert story.findChildren(QPlainTextEdit)
    assert says(story, "Beskriv platsen, inte personer.")


def test_any_other_text_has_one_line(window: Callable[..., Window]) -> None:
    assert not editor(window, "maker").findChildren(QPlainTextEdit)


def test_several_of_those_that_may_be_written_are_buttons_and_what_is_unknown_is_kept(
    window: Callable[..., Window],
) -> None:
    faults = editor(window, "faults")
    faults.show_value(("off", "of a newer version"))
    told = list[object]()
    faults.changed.connect(told.append)
    button(faults, "Fel på bänken: Blinkar").click()
    assert told == [("off", "flickering", "of a newer version")]
