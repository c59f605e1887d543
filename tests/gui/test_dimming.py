"""The screen is made darker than a tablet can: over everything but danger, in the way of nothing, and for nothing."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.domain.geo import Plane
from app.domain.records import Observation
from app.session import Session
from app.settings import load_settings
from tests.gui.hands import button, press, until, wait
from tests.gui.test_walk_live import Painted
from tests.gui.twins import Told
from tests.gui.walking import at, stop
from ui.screens.walk import WalkScreen
from ui.shell.dimming import Shade
from ui.shell.window import Window
from ui.widgets.combo import Combo
from ui.widgets.desk import Place
from ui.widgets.focus import FocusRing
from ui.widgets.look import THEMES
from ui.widgets.map_view import MapView
from ui.widgets.tile import MarkedRow

Open = Callable[..., Window]


def shade_of(root: QWidget) -> Shade:
    (found,) = root.findChildren(Shade, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found


def brightness(root: QWidget) -> float:
    """How bright what is seen is, all of it together."""
    image = root.grab().toImage()
    spots = [(x, y) for x in range(3, image.width(), 11) for y in range(3, image.height(), 11)]
    return sum(image.pixelColor(x, y).value() for x, y in spots) / len(spots)


@pytest.fixture
def more(window: Open, walk: str) -> Window:
    """At *Mer*."""
    shown = window(800, 1280)
    shown.go(Place("more", walk))
    wait(20)
    return shown


@pytest.mark.parametrize("theme", THEMES)
def test_one_press_in_the_field_makes_everything_darker_step_by_step_and_bright_again(
    window: Open, walk: str, session: Session, theme: str
) -> None:
    session.settings = replace(session.settings, theme=theme)
    shown = window(800, 1280)
    shown.go(Place("more", walk))
    wait(20)
    bright = brightness(shown)
    for step in (25, 50, 70):
        wait(QApplication.doubleClickInterval())
        press(shown, "Dämpa skärmen")
        assert load_settings(session.home).dim == step
        assert brightness(shown) == pytest.approx(bright * (100 - step) / 100, rel=0.05, abs=2)
        assert button(shown, f"Dämpa skärmen, Nu: {step}\N{NO-BREAK SPACE}%.").isVisible()
    wait(QApplication.doubleClickInterval())
    press(shown, "Dämpa skärmen")
    assert brightness(shown) == bright and session.settings.dim == 0


def test_it_is_kept_and_dark_from_the_first_moment_of_the_next_start(more: Window, window: Open) -> None:
    press(more, "Dämpa skärmen")
    more.close()
    again = window(800, 1280)
    assert shade_of(again).isVisible() and shade_of(again).size() == again.size()
    top = [each for each in again.children() if isinstance(each, QWidget) and each.isVisible()][-1]
    assert isinstance(top, Shade)


def test_a_key_does_it_on_every_page_and_the_settings_show_it(window: Open, walk: str, session: Session) -> None:
    shown = window()
    shown.go(Place("settings", walk))
    wait(20)
    assert button(shown, "Dämpa skärmen: Inte alls").isChecked()
    QTest.keyClick(shown, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    assert session.settings.dim == 25 and button(shown, "Dämpa skärmen: 25\N{NO-BREAK SPACE}%").isChecked()
    assert shown.tray.notice is not None and shown.tray.notice.text == "Dämpa skärmen: 25\N{NO-BREAK SPACE}%."
    press(shown, "Dämpa skärmen: 70\N{NO-BREAK SPACE}%")
    assert session.settings.dim == 70 and shade_of(shown).isVisible()


def test_in_english_what_is_not_dimmed_is_off(window: Open, walk: str, session: Session) -> None:
    session.settings = replace(session.settings, language="en")
    shown = window(800, 1280)
    shown.go(Place("more", walk))
    wait(20)
    assert button(shown, "Dim the screen, Now: off.").isVisible()
    shown.go(Place("settings", walk))
    wait(20)
    assert button(shown, "Dim the screen: Off").isChecked()


def dim(shown: Window, step: int = 50) -> None:
    shown.set_settings(replace(shown.session.settings, dim=step))


def test_danger_is_never_dimmed_and_what_comes_after_it_is(window: Open, walk: str, session: Session) -> None:
    danger = Place("acute", walk, session.read(Observation, {"scope": walk})[0].id)
    shown = window()
    shown.go(danger)
    wait(20)
    bright = brightness(shown)
    shown.go(Place("walk", walk, part="map"))
    dim(shown)
    assert shade_of(shown).isVisible()
    shown.go(danger)
    wait(20)
    assert not shade_of(shown).isVisible() and brightness(shown) == pytest.approx(bright, rel=0.01)
    shown.back()
    assert shade_of(shown).isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support", "propagateSizeHints")
def test_what_lies_over_the_window_is_dark_too_a_list_that_opens_and_a_dialog(
    window: Open, walk: str, session: Session
) -> None:
    shown = window()
    dim(shown)
    shown.go(Place("plan", walk, stop(session, walk, 0).id, "rutt"))
    wait(20)
    combo = next(each for each in shown.findChildren(Combo) if each.isVisible())
    combo.showPopup()
    popup = combo.view().window()
    assert shade_of(popup).isVisible() and shade_of(popup).rect() == popup.rect()
    combo.hidePopup()
    dialog = QDialog(shown)
    dialog.resize(300, 200)
    dialog.show()
    assert shade_of(dialog).isVisible() and shade_of(dialog).size() == dialog.size()
    dialog.resize(400, 300)
    assert shade_of(dialog).size() == dialog.size()
    dim(shown, 0)
    assert not shade_of(dialog).isVisible() and not shade_of(shown).isVisible()
    dialog.close()


def test_it_takes_no_press_and_no_focus_and_grows_with_the_window(more: Window) -> None:
    dim(more)
    shade = shade_of(more)
    row = button(more, "Nattläge")
    point = row.mapTo(more, row.rect().center())
    assert more.childAt(point) is row and shade.focusPolicy() == Qt.FocusPolicy.NoFocus
    more.resize(900, 1100)
    wait(20)
    assert shade_of(more).rect() == more.rect()
    row = button(more, "Planera")
    QTest.mouseClick(more.windowHandle(), Qt.MouseButton.LeftButton, pos=row.mapTo(more, row.rect().center()))
    assert more.place.page == "plan"


def objects(interface: QAccessibleInterface) -> Iterator[QObject]:
    """All that a screen reader is told of."""
    yield interface.object()
    for k in range(interface.childCount()):
        yield from objects(interface.child(k))


def test_a_screen_reader_is_told_nothing_of_it(more: Window) -> None:
    dim(more)
    found = [type(each) for each in objects(QAccessible.queryAccessibleInterface(more))]
    assert Shade not in found and MarkedRow in found


def test_the_ring_of_the_focus_lies_under_it(more: Window) -> None:
    dim(more)
    for _turn in range(3):
        QTest.keyClick(more, Qt.Key.Key_Tab)
        wait(20)
    shown = [each for each in more.children() if isinstance(each, QWidget) and each.isVisible()]
    assert isinstance(shown[-1], Shade) and any(isinstance(each, FocusRing) for each in shown)


@pytest.fixture
def walking(window: Open, walk: str, session: Session, monkeypatch: pytest.MonkeyPatch) -> tuple[Window, Told]:
    """At the map in the dark, with a receiver, and everything is drawn. No minute begins."""
    now = session.clock()
    monkeypatch.setattr(session, "clock", lambda: now)
    shown = window()
    dim(shown)
    shown.go(Place("walk", walk, part="map"))
    receiver = Told(shown.guide)
    shown.guide.listen(receiver)
    shown.guide.record(walk)
    receiver.say(at(stop(session, walk, 0), east=60))
    shown.guide.write()
    wait(1500)
    until(lambda: not shown.runner.busy and not view_of(shown).tiles.waits(), "what was looked up")
    return shown, receiver


def view_of(shown: Window) -> MapView:
    assert isinstance(shown.shown, WalkScreen)
    return shown.shown.view


def test_nothing_is_painted_while_nothing_comes(walking: tuple[Window, Told]) -> None:
    shown, _receiver = walking
    watched = [Painted(each) for each in [shown, *shown.findChildren(QWidget)] if each.isVisible() and each.width()]
    wait(3000)
    assert [each.name for each in watched if each.shares] == []


def test_a_fix_paints_no_more_of_the_map_than_without_it_nor_of_the_black(
    walking: tuple[Window, Told], session: Session, walk: str
) -> None:
    shown, receiver = walking
    on_map, black = Painted(view_of(shown)), Painted(shade_of(shown))
    begins = at(stop(session, walk, 0), east=60)
    for step in range(1, 11):
        receiver.say(Plane(begins).position(1.3 * step, 0.4 * step), course=70)
        wait(40)
    assert 0 < len(on_map.shares) <= 10 and max(on_map.shares) <= 0.25
    assert len(black.shares) <= 20 and max(black.shares) <= 0.25
