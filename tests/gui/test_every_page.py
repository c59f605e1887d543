"""What holds for every page: controls have names and are large enough; no word is cut, in two languages and two sizes
of text; both languages are complete."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from app.domain.records import KIND_OF
from tests.gui.desk_faces import BROKEN
from tests.gui.hands import wait
from tests.gui.opening import CONTROLS, Furnished, Opener, called, controls, on_top
from tests.gui.pages import EVERY
from tests.gui.painted import painted, words_over_words
from tests.gui.room import cut, outside, overlaps, scrolls_within
from ui.shell.window import Window

SIZES = ((1280, 800), (800, 1280), (1024, 600))
SAME_IN_BOTH = {"Svenska", "English", "ABC", "Original", "Organisation", "Problem", "Status", "Garage"} | {
    # What the map that comes along says of itself.
    "Helsingfors centrum",
    "Port: 10110",
    "© OpenStreetMap contributors",
    # What a microphone and a camera call themselves.
    "Mikrofonens tvilling",
    "Kamerans tvilling",
}
"""Words that are the same in both languages; what people wrote is found by itself."""
KEY = re.compile(r"(Ctrl|Shift|Alt|Esc|F\d)\b.*|[A-Z0-9](, [A-Z0-9])*|[A-Z]–[A-Z].*|[NE]\s[\d,]+|\d+\sk?m")
"""What a key is called, a coordinate, and a length."""

WORD = re.compile(r"[^\W\d_]{2}")


def test_every_control_has_a_name_of_its_own(at: Opener) -> None:
    wrong: list[str] = []
    for page, window in at.every((1280, 800)):
        found = controls(on_top(window))
        assert found, page
        for each in found:
            name = each.accessibleName().strip()
            if not name or name in {kind.__name__ for kind in type(each).__mro__}:
                wrong.append(f"{page}: {called(each)} has no name")
        counted = Counter(each.accessibleName() for each in found)
        wrong += [f"{page}: {count} are called {name!r}" for name, count in counted.items() if count > 1]
        wrong += [f"{page}: {each} was shown before it had a parent" for each in at.strays.found]
        at.strays.found.clear()
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("gloves", "least"), [(False, 48), (True, 64)])
def test_everything_that_is_pressed_is_large_enough(at: Opener, gloves: bool, least: int) -> None:
    small = [
        f"{page}: {called(each)} {each.width()} × {each.height()}"
        for page, window in at.every((800, 1280), gloves=gloves)
        for each in controls(on_top(window))
        if each.width() < least or each.height() < least
    ]
    assert not small, "\n".join(small)


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("text", [100, 200])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_no_word_is_cut_and_nothing_overlaps(at: Opener, size: tuple[int, int], text: int, lang: str) -> None:
    # With gloves least goes in: in one of the languages, and where the text is large.
    wrong = [
        f"{page}: {found}"
        for page, window in at.every(size, text=text, lang=lang, gloves=lang == "en" or text == 200)
        for found in _not_in_its_place(on_top(window))
    ]
    assert not wrong, "\n".join(wrong)


def _not_in_its_place(root: QWidget) -> Iterator[str]:
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


def _words(root: QWidget) -> set[str]:
    """All that a person can read or hear."""
    found = {root.window().windowTitle(), *(each.text for each in painted(root))}
    for each in root.findChildren(QWidget):
        if each.isVisible():
            found |= {each.accessibleName(), each.accessibleDescription(), each.toolTip(), *_said_by(each)}
    return {each for each in found if any(sign.isalpha() for sign in each)}


def _said_by(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QLineEdit | QPlainTextEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(k) for k in range(widget.count()))
    elif isinstance(widget, QAbstractItemView):
        model = widget.model()
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            yield from (str(model.index(k, 0).data(role) or "") for k in range(model.rowCount()))


def test_every_word_of_the_program_is_in_the_language_that_was_switched_to(at: Opener, furnished: Furnished) -> None:
    typed = _typed(furnished)
    wrong = []
    for page in EVERY:
        # The next page is opened in the language that was switched to at this one.
        window = at(page, (1280, 800), lang="sv")
        same = _words(on_top(window)) & _words_after_switching(at, window, page) - SAME_IN_BOTH
        wrong += [f"{page}: {each}" for each in same if not KEY.fullmatch(each) and not _is_typed(each, typed)]
    assert not wrong, "\n".join(wrong)


def _words_after_switching(at: Opener, window: Window, page: str) -> set[str]:
    settings = window.session.settings
    window.set_settings(replace(settings, language="sv" if settings.language == "en" else "en"))
    wait(50)
    at.act(page)
    return _words(on_top(window))


def _typed(furnished: Furnished) -> list[str]:
    """What people wrote, and what the program is called, which no language changes; the longest first."""
    session, meeting = furnished.session, furnished.meeting
    found = {"Gatljus", session.label, str(session.home), str(meeting), meeting.name, BROKEN}
    found.add(str(meeting.with_name(BROKEN)))
    for cls in KIND_OF.values():
        for record in session.read(cls):
            found |= {value for info in cls.FIELDS if isinstance(value := getattr(record, info.name), str)}
    # Of what devices say otherwise, a record shows one.
    for walk in session.log.scopes():
        found |= {str(said.value) for each in session.conflicts(walk) for said in each.choices}
    return sorted((each for each in found if each.strip()), key=len, reverse=True)


def _is_typed(said: str, typed: Sequence[str]) -> bool:
    """Whether something is, or is a part of, what people wrote; with nothing beside it but numbers and single letters,
    like the tag of an observation."""
    if any(said in each for each in typed):
        return True
    for each in typed:
        said = said.replace(each, " ")
    return not WORD.search(said)
