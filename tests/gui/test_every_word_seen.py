"""Both languages are complete: on every page, nothing is left of the one when one has switched to the other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from app.domain.records import KIND_OF
from tests.gui.desk_faces import BROKEN, NO_PHOTOS
from tests.gui.hands import wait
from tests.gui.opening import Furnished, Opener, on_top
from tests.gui.pages import EVERY
from tests.gui.painted import painted
from ui.shell.window import Window

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
    found |= {str(meeting.with_name(BROKEN)), *(each.name for each in NO_PHOTOS)}
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
