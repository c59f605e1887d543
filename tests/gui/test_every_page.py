"""What holds for every page in every look: controls have names and are large enough, no word is cut and nothing
overlaps, where one writes freely stands what to describe, and something is painted, in the colours of the theme."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QWidget

from tests.gui.covered import LONG, covered
from tests.gui.hands import wait
from tests.gui.looks import LOOKS, Look, faults_of_the_picture
from tests.gui.opening import CONTROLS, Furnished, Opener, called, controls, on_top
from tests.gui.painted import painted, words_over_words
from tests.gui.room import cut, outside, overlaps, scrolls_within
from ui.shell.failure import FailurePage
from ui.shell.window import Window
from ui.widgets.fields import Field
from ui.widgets.text import Label

REMINDER = {"sv": "Beskriv platsen, inte personer.", "en": "Describe the place, not people."}
WHERE_PEOPLE_WRITE = {"measure", "new_walk", "observation", "observe", "photo", "plan"}


@dataclass(frozen=True)
class Seen:
    """What is wrong with a page, of each kind; and whether people write freely there."""

    nameless: list[str]
    small: list[str]
    out_of_place: list[str]
    without_parent: list[str]
    unreminded: list[str]
    picture: list[str]
    covered: list[str]
    is_written_on: bool


Passed = dict[str, Seen]


@pytest.fixture(scope="module", params=LOOKS, ids=str)
def passed(request: pytest.FixtureRequest, furnished: Furnished, qapp: QApplication) -> Passed:
    """All pages in one look, each opened once for all that is asked of it: to open them is what takes time."""
    look: Look = request.param
    opener = Opener(furnished, qapp)
    how = {"text": look.text, "gloves": look.gloves, "lang": look.lang, "theme": look.theme}
    try:
        return {page: _seen(opener, page, window, look) for page, window in opener.every(look.size, **how)}
    finally:
        opener.close()


def _seen(opener: Opener, page: str, window: Window, look: Look) -> Seen:
    root = on_top(window)
    found = controls(root)
    editors = [each for each in window.findChildren(QPlainTextEdit) if not each.isReadOnly()]
    strays = list(opener.strays.found)
    opener.strays.found.clear()
    return Seen(
        nameless=list(_nameless(found)),
        small=[
            f"{called(each)} {each.width()} × {each.height()}"
            for each in found
            if min(each.width(), each.height()) < look.least
        ],
        out_of_place=list(_out_of_place(root)),
        without_parent=strays,
        unreminded=[each.accessibleName() for each in editors if not _reminds(each, REMINDER[look.lang])],
        picture=list(faults_of_the_picture(page, window, look)),
        covered=_covered(window) if look.has_notices else [],
        is_written_on=bool(editors),
    )


def _nameless(found: list[QWidget]) -> Iterator[str]:
    if not found:
        yield "nothing can be pressed"
    for each in found:
        name = each.accessibleName().strip()
        if not name or name in {kind.__name__ for kind in type(each).__mro__}:
            yield f"{called(each)} has no name"
    counted = Counter(each.accessibleName() for each in found)
    yield from (f"{count} are called {name!r}" for name, count in counted.items() if count > 1)


def _out_of_place(root: QWidget) -> Iterator[str]:
    visible = [each for each in root.findChildren(QWidget) if each.isVisible()]
    yield from (f"{called(each)}: {found}" for each in visible if (found := cut(each)))
    wide = (QLabel, *CONTROLS)
    yield from (f"{called(each)}: {found}" for each in visible if isinstance(each, wide) and (found := outside(each)))
    yield from overlaps(root)
    drawn = painted(root)
    yield from (f"painted {each.text!r}: {found}" for each in drawn if each.is_words and (found := each.cut()))
    yield from words_over_words(drawn)
    # Where there is hardly any height at all the whole page scrolls, whatever lies in it.
    if not isinstance(root, Window) or not root.frame.how.lowest:
        yield from scrolls_within(root)


def _covered(window: Window) -> list[str]:
    """What a notice of many words covers; a page of something that went wrong has none."""
    if window.findChildren(FailurePage):
        return []
    window.say(LONG)
    wait(60)
    found = covered(window) if window.tray.isVisible() else ["the notice is not seen"]
    window.tray.clear()
    return found


def _reminds(editor: QPlainTextEdit, reminder: str) -> bool:
    """Whether the reminder stands in an empty field, or beside it."""
    parent: QWidget | None = editor
    while parent is not None and not isinstance(parent, Field):
        parent = parent.parentWidget()
    beside = parent.findChildren(Label) if parent is not None else []
    return reminder in editor.placeholderText() or any(
        reminder in each.text() and not each.isHidden() for each in beside
    )


def _all(passed: Passed, kind: str) -> str:
    return "\n".join(f"{page}: {each}" for page, seen in passed.items() for each in getattr(seen, kind))


def test_every_control_has_a_name_of_its_own(passed: Passed) -> None:
    assert not (wrong := _all(passed, "nameless")), wrong


def test_everything_that_is_pressed_is_large_enough(passed: Passed) -> None:
    assert not (wrong := _all(passed, "small")), wrong


def test_no_word_is_cut_and_nothing_overlaps(passed: Passed) -> None:
    assert not (wrong := _all(passed, "out_of_place")), wrong


def test_nothing_is_shown_before_it_has_a_parent(passed: Passed) -> None:
    assert not (wrong := _all(passed, "without_parent")), wrong


def test_the_reminder_stands_at_every_field_of_several_lines(passed: Passed) -> None:
    assert not (wrong := _all(passed, "unreminded")), wrong
    assert {page.partition(".")[0] for page, seen in passed.items() if seen.is_written_on} >= WHERE_PEOPLE_WRITE


def test_a_notice_covers_nothing_that_is_pressed_or_read(passed: Passed) -> None:
    assert not (wrong := _all(passed, "covered")), wrong


def test_every_page_is_painted_in_the_colours_of_the_theme(passed: Passed) -> None:
    assert not (wrong := _all(passed, "picture")), wrong
