"""How the pages of the walk look: what is lit, what stands where, what has room, what is red at night."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.commands.records import set_fields
from app.domain.records import Observation, Stop
from app.domain.values import Position
from app.session import Session
from tests.gui.hands import press, until, wait
from tests.gui.opening import settle
from tests.gui.room import cut, overlaps
from tests.gui.twins import Told, Twins
from ui.bridge.media import media_of
from ui.screens.walk import WalkScreen
from ui.shell.window import Window
from ui.widgets.button import Button
from ui.widgets.desk import Place
from ui.widgets.edits import Line, Lines
from ui.widgets.look import THEMES, Look, tokens
from ui.widgets.map_frame import MapFrame, flat
from ui.widgets.map_own import Own, OwnMark
from ui.widgets.qr import QrCode
from ui.widgets.stop_rows import HIGHEST, StopRows
from ui.widgets.tile import MarkedRow

Open = Callable[..., Window]
SIZES = ((1280, 800), (800, 1280), (1024, 600))
HERE = Position(60.1745, 24.9470)


def walking(window: Open, walk: str, size: tuple[int, int] = (1280, 800)) -> tuple[Window, WalkScreen]:
    """The walk while its track is recorded, on a machine with a microphone."""
    shown = window(*size)
    media_of(shown.runner).setParent(None)
    Twins(shown.runner)
    shown.go(Place("walk", walk, part="map"))
    wait(20)
    receiver = Told(shown.guide)
    shown.guide.listen(receiver)
    shown.guide.record(walk)
    receiver.say(HERE)
    screen = shown.shown
    assert isinstance(screen, WalkScreen)
    return shown, screen


def place_of(widget: QWidget, within: QWidget) -> QRect:
    return QRect(widget.mapTo(within, QPoint(0, 0)), widget.size())


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("text", [100, 200])
@pytest.mark.parametrize("size", SIZES)
def test_on_the_way_to_the_next_stop_every_word_and_every_button_is_whole(
    window: Open, walk: str, session: Session, size: tuple[int, int], text: int, lang: str
) -> None:
    session.settings = replace(session.settings, text=text, language=lang)
    last = session.read(Stop, {"scope": walk}, ("order",))[2]
    set_fields(session, last, {"name": "Lekplatsen vid Kajsaniemigatan"})
    shown, screen = walking(window, walk, size)
    screen.be_at(session.read(Stop, {"scope": walk}, ("order",))[1].id)
    shown.tray.clear()
    for _turn in range(2):
        settle(shown)
        visible = [each for each in screen.findChildren(QWidget) if each.isVisible()]
        assert screen.bar.onward in visible and screen.live.track in visible
        assert not [f"{each.accessibleName()}: {said}" for each in visible if (said := cut(each))]
        assert not list(overlaps(screen))
        shown.guide.pause()
    assert shown.size().toTuple() == size


@pytest.mark.parametrize("text", [150, 200])
@pytest.mark.parametrize("size", [(1280, 800), (800, 1280)])
def test_with_large_text_too_the_map_is_let_follow_by_a_press(
    window: Open, walk: str, session: Session, size: tuple[int, int], text: int
) -> None:
    session.settings = replace(session.settings, text=text, gloves=True)
    shown, screen = walking(window, walk, size)
    settle(shown)
    for button in (screen.live.follow, screen.live.up):
        assert button.isVisible() and not button.text()
        before = button.isChecked()
        press(shown, button.accessibleName())
        assert button.isChecked() != before
    assert not list(overlaps(screen))


@pytest.mark.parametrize(("lang", "practice"), [("sv", "Övning"), ("en", "Rehearsal")])
@pytest.mark.parametrize("text", [100, 200])
@pytest.mark.parametrize("size", SIZES)
def test_that_it_is_a_rehearsal_is_said_in_the_strip_as_long_as_it_is_one(
    window: Open, walk: str, session: Session, size: tuple[int, int], text: int, lang: str, practice: str
) -> None:
    session.settings = replace(session.settings, text=text, language=lang)
    shown, screen = walking(window, walk, size)
    sign = screen.strip.position
    assert practice not in sign.words.text()
    receiver = Told(shown.guide)
    receiver.is_played = True
    shown.guide.listen(receiver)
    for said in ("", "±"):
        if said:
            receiver.say(HERE)
        settle(shown)
        assert sign.words.text().startswith(f"{practice}, {said}") and practice in sign.accessibleName()
        visible = [each for each in screen.strip.findChildren(QWidget) if each.isVisible()]
        assert sign.words in visible and not list(filter(cut, visible))
        assert not list(overlaps(screen))
    shown.guide.listen(Told(shown.guide))
    assert practice not in sign.words.text()


def test_the_way_stands_at_the_stop_that_it_leads_to(window: Open, walk: str, session: Session) -> None:
    for size in SIZES:
        shown, screen = walking(window, walk, size)
        screen.be_at(session.read(Stop, {"scope": walk}, ("order",))[0].id)
        settle(shown)
        bar = screen.bar
        way, then, name = (place_of(each, bar) for each in (bar.onward, bar._then, bar.name))
        assert way.top() > name.bottom() and (way.top() >= then.bottom() or way.center().y() in range(*_span(then)))
        shown.guide.end()
        shown.close()


def _span(box: QRect) -> tuple[int, int]:
    return box.top(), box.bottom() + 1


def test_while_the_track_is_paused_going_on_is_what_is_lit_and_the_strip_says_so(window: Open, walk: str) -> None:
    shown, screen = walking(window, walk)
    lit = [each for each in screen.findChildren(Button) if each.isVisible() and each.kind == "primary"]
    assert lit == [screen.new]
    press(shown, "Pausa spåret")
    lit = [each for each in screen.findChildren(Button) if each.isVisible() and each.kind == "primary"]
    assert lit == [screen.live.track]
    walked = screen.strip._walked
    assert walked is not None and walked._words.text() == "Pausat"
    assert walked.accessibleName().startswith("Spåret är pausat.")
    press(shown, "Fortsätt spåret")
    assert screen.new.kind == "primary" and screen.live.track.kind == "plain"
    until(lambda: "m" in walked._words.text(), "how far one has walked")


def test_a_voice_note_that_is_spoken_is_seen_on_its_button(window: Open, walk: str) -> None:
    shown, screen = walking(window, walk)
    until(screen.voice.isVisible, "the button")
    calm = screen.voice._inks()
    press(shown, "Tala in en röstanteckning")
    spoken = screen.voice._inks()
    assert spoken.fill == screen.look.color("selected") and spoken.line == screen.look.color("primary")
    assert calm.fill != spoken.fill and calm.line != spoken.line
    press(shown, "Avsluta röstanteckningen")
    until(lambda: screen.voice._inks() == calm, "the end of it")


@pytest.mark.parametrize("theme", THEMES)
def test_the_circle_one_may_be_in_is_seen_on_what_is_light_and_on_what_is_dark(theme: str) -> None:
    look = Look(theme)
    frame = MapFrame(*flat(HERE), 16.0, 400, 400)
    own = Own(HERE, 100 * frame.metres_per_pixel)
    for ground in ("white", "black"):
        image = QImage(400, 400, QImage.Format.Format_RGB32)
        image.fill(ground)
        painter = QPainter(image)
        OwnMark(look).paint(painter, frame, own)
        painter.end()
        rim = {image.pixelColor(x, 200).lightness() for x in range(296, 305)}
        beyond = image.pixelColor(380, 200).lightness()
        assert max(abs(each - beyond) for each in rim) > 80, ground


@pytest.mark.parametrize("text", [100, 200])
def test_rows_grow_no_higher_than_a_hand_needs_where_there_are_few(
    window: Open, walk: str, session: Session, text: int
) -> None:
    session.settings = replace(session.settings, text=text)
    seen = session.read(Observation, {"scope": walk})[0]
    shown = window(800, 1280)
    shown.go(Place("observe", walk, seen.id, "stops"))
    settle(shown)
    (rows,) = shown.shown.findChildren(StopRows)
    count = len(rows.findChildren(MarkedRow))
    most = HIGHEST * (1 + 0.4 * (text / 100 - 1))
    assert count == 4 and rows.height() <= count * most + (count - 1) * 12


def test_what_tells_where_one_is_comes_before_rehearsing_it(window: Open, walk: str) -> None:
    shown = window(1024, 600)
    shown.go(Place("position", walk))
    settle(shown)
    names = [each for each in shown.shown.findChildren(Button) if each.isVisible()]
    tops = {each.accessibleName(): place_of(each, shown).top() for each in names}
    assert max(tops[name] for name in tops if name.startswith("Telefonen")) < tops["Öva längs rutten"]


def test_the_code_for_a_phone_comes_into_sight_when_the_phone_is_chosen(
    window: Open, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.screens.position.own_addresses", lambda: ["192.168.43.7"])
    monkeypatch.setattr("ui.screens.position.receiver_of", lambda *_said: None)
    shown = window(1280, 800)
    shown.go(Place("position", walk))
    settle(shown)
    press(shown, "Telefonen")
    (code,) = shown.shown.findChildren(QrCode)
    until(lambda: code.visibleRegion().boundingRect().height() == code.height(), "the whole code")


def cold(image: QImage) -> set[str]:
    """Colours that are not red."""
    every = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {each.name() for each in every if max(each.green(), each.blue()) > 0.8 * each.red() + 10}


@pytest.mark.parametrize("kind", [Line, Lines])
def test_at_night_a_cursor_is_red(window: Open, session: Session, kind: type[Line | Lines]) -> None:
    session.settings = replace(session.settings, theme="red")
    shown = window()
    look = shown.look if hasattr(shown, "look") else Look("red")
    edit: QWidget = Line(look) if kind is Line else Lines(look, 2, 4)
    edit.setParent(shown)
    edit.setGeometry(20, 20, 200, 80)
    edit.show()
    edit.activateWindow()
    QTest.qWaitForWindowActive(shown)
    edit.setFocus()
    wait(50)
    seen = edit.grab().toImage()
    assert not cold(seen)
    reds = {seen.pixelColor(x, y).red() for x in range(seen.width()) for y in range(12, 40)}
    assert max(reds) > 180, "it is seen"


def test_a_code_is_red_at_night_and_dark_on_light_in_every_theme() -> None:
    for theme in THEMES:
        code = QrCode(Look(theme), "udp://192.168.43.7:10110", "")
        colours = {each.name() for each in _two_colours(code)}
        light = tokens()["themes"]["red"]["text"].lower() if theme == "red" else "#ffffff"
        assert colours == {"#000000", light}, theme


def _two_colours(code: QrCode) -> list[QColor]:
    image = code.pixmap().toImage()
    return [image.pixelColor(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)]
