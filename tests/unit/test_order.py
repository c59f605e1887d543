"""The order of the tabulator, on plain widgets: upper ones first, side by side the left one, part by part."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui.shell.order import in_order, step


class Page:
    """A page with stops at places; they are made in the order in which they are said."""

    def __init__(self) -> None:
        self.whole = QWidget()
        self.whole.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.whole.resize(400, 400)

    def stop(self, name: str, *place: int, inside: QWidget | None = None) -> QWidget:
        """Something that takes the focus by the tabulator, at left, top, width, height."""
        made = QWidget(inside or self.whole)
        made.setObjectName(name)
        made.setGeometry(QRect(*place))
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return made

    def holder(self, *place: int) -> QWidget:
        """Something that holds others and takes no focus."""
        made = self.stop("", *place)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return made

    def names(self) -> list[str]:
        """The stops in their order."""
        return [each.objectName() for each in in_order(self.whole)]


@pytest.fixture
def page(qapp: QApplication) -> Iterator[Page]:
    """An empty page."""
    assert qapp is not None
    made = Page()
    made.whole.show()
    yield made
    made.whole.close()
    made.whole.deleteLater()


def test_the_upper_one_is_read_first_whenever_it_was_made(page: Page) -> None:
    for name, top in (("third", 200), ("first", 0), ("second", 100)):
        page.stop(name, 0, top, 100, 50).show()
    assert page.names() == ["first", "second", "third"]


def test_side_by_side_the_left_one_is_read_first_even_where_it_stands_a_little_lower(page: Page) -> None:
    page.stop("right", 200, 0, 100, 50).show()
    page.stop("left", 0, 20, 100, 50).show()
    page.stop("under", 0, 100, 100, 50).show()
    assert page.names() == ["left", "right", "under"]


def test_one_column_is_read_to_its_end_before_the_next(page: Page) -> None:
    right, left = page.holder(200, 0, 200, 400), page.holder(0, 0, 200, 400)
    for name, top, column in (("d", 200, right), ("c", 0, right), ("b", 200, left), ("a", 0, left)):
        page.stop(name, 0, top, 100, 50, inside=column).show()
    right.show()
    left.show()
    assert page.names() == ["a", "b", "c", "d"]


def test_what_is_hidden_or_disabled_or_no_stop_is_passed_by(page: Page) -> None:
    page.stop("hidden", 0, 0, 100, 50)
    page.stop("disabled", 0, 100, 100, 50).setEnabled(False)
    page.stop("clicked", 0, 200, 100, 50).setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    page.stop("seen", 0, 300, 100, 50)
    for each in page.whole.findChildren(QWidget):
        each.setVisible(each.objectName() != "hidden")
    assert page.names() == ["seen"]


def test_the_focus_goes_through_the_parts_in_their_order_and_round_both_ways(page: Page) -> None:
    upper, lower = page.holder(0, 0, 400, 100), page.holder(0, 200, 400, 100)
    for name, part in (("upper", upper), ("lower", lower)):
        page.stop(name, 0, 0, 100, 50, inside=part).show()
        part.show()
    page.whole.activateWindow()
    QTest.qWaitForWindowActive(page.whole)
    seen = []
    for forward in (True, True, True, False, False, False):
        assert step([lower, upper], forward=forward)
        focus = QApplication.focusWidget()
        seen.append(focus.objectName() if focus else "")
    assert seen == ["lower", "upper", "lower", "upper", "lower", "upper"]


def test_where_there_is_no_stop_the_focus_stays(page: Page) -> None:
    assert not step([page.whole], forward=True)
