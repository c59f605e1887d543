"""Whether tests that look at a page look at it when all of it has found its place."""

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.gui.hands import wait
from tests.gui.opening import settle
from tests.gui.room import cut
from ui.widgets.look import Look
from ui.widgets.page import Scroll
from ui.widgets.text import Label, column, held, row


def test_words_that_come_late_have_their_room_even_if_the_machine_had_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    label = Label(Look("light"), "")
    within: QWidget = label
    for _level in range(12):
        within = held(row(held(column(within, spacing=0))))
    window = Scroll(Look("light"), held(column(within, 1)))
    window.resize(300, 600)
    window.show()
    wait(50)
    # Of the wait nothing is left but one look at what was asked.
    monkeypatch.setattr(QTest, "qWait", lambda _ms: QCoreApplication.sendPostedEvents())
    label.setText("Två andra enheter, minst en där vandringen sparas, ska först ha sagt att de har allt.")
    settle(window)
    assert cut(label) == ""
    window.close()
