"""Maps of one's own: added and removed in the settings, used at once; the plan says where there is none."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from app.base.errors import BadInput
from app.base.job import finish
from app.commands.stops import add_stop
from app.domain.values import Position
from app.jobs.maps import add_map, map_files, remove_map
from app.session import Session
from tests.gui.hands import Answers, buttons, press, until
from tests.gui.maps import still
from tests.gui.read_back import image, share, texts
from ui.screens.walk import WalkScreen
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.map_view import MapView
from ui.widgets.text import Label

Open = Callable[..., Window]
END = "Kartan slutar här. Din position och spåret visas ändå."
GREEN = QColor("#3a9d44")
KIRUNA = Position(67.8558, 20.2253)


def _tile() -> bytes:
    out = BytesIO()
    Image.new("RGB", (256, 256), GREEN.name()).save(out, "PNG")
    return out.getvalue()


def _map(path: Path) -> Path:
    """A map of Kiruna with two tiles, all green."""
    said = {"name": "Kiruna", "format": "png", "attribution": "© Kiruna kommun", "bounds": "20.1,67.8,20.4,67.9"}
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE metadata (name text, value text)")
        db.execute("CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob)")
        db.executemany("INSERT INTO metadata VALUES (?, ?)", said.items())
        db.executemany("INSERT INTO tiles VALUES (12, ?, 3111, ?)", ((x, _tile()) for x in (2277, 2278)))
        db.commit()
    return path


def _texts(window: Window) -> str:
    return "\n".join(each.text() for each in window.shown.findChildren(Label) if each.isVisible())


def test_a_map_of_ones_own_is_copied_in_and_used_at_once_and_can_be_removed(
    window: Open, session: Session, answers: Answers, tmp_path: Path
) -> None:
    shown = window()
    shown.go(Place("settings"))
    answers.opened = [[_map(tmp_path / "kiruna.mbtiles")]]
    press(shown, "Lägg till karta")
    until(lambda: any(each.info.bounds.holds(KIRUNA) for each in shown.tiles.files), "the map")
    until(lambda: "© Kiruna kommun" in _texts(shown), "the row")
    assert "km kring 67,850 N, 20,250 O" in _texts(shown)
    assert (session.home / "maps" / "kiruna.mbtiles").read_bytes() == (tmp_path / "kiruna.mbtiles").read_bytes()
    press(shown, "Ta bort kartan kiruna")
    until(lambda: "© Kiruna kommun" not in _texts(shown), "the row gone")
    assert not any(each.info.bounds.holds(KIRUNA) for each in shown.tiles.files)
    assert not list((session.home / "maps").iterdir())


def test_a_map_that_was_added_is_painted_on_the_map_of_a_walk_with_its_attribution_until_it_is_removed(
    window: Open, answers: Answers, walk: str, tmp_path: Path
) -> None:
    shown = window()

    def at_kiruna() -> MapView:
        shown.go(Place("walk", walk, part="map"))
        screen = shown.shown
        assert isinstance(screen, WalkScreen)
        screen.view.go_to(KIRUNA, 12)
        still(screen.view)
        return screen.view

    def green(view: MapView) -> float:
        seen = image(view)
        middle = view.point_of(KIRUNA)
        return share(seen, (middle + QPointF(x, y) for x in range(-30, 31, 10) for y in range(-30, 31, 10)), GREEN)

    bare = at_kiruna()
    assert END in texts(bare) and green(bare) == 0.0
    shown.go(Place("settings"))
    answers.opened = [[_map(tmp_path / "kiruna.mbtiles")]]
    press(shown, "Lägg till karta")
    until(lambda: "© Kiruna kommun" in _texts(shown), "the row")
    there = at_kiruna()
    assert "© Kiruna kommun" in texts(there) and END not in texts(there) and green(there) == 1.0
    shown.go(Place("settings"))
    press(shown, "Ta bort kartan kiruna")
    until(lambda: "© Kiruna kommun" not in _texts(shown), "the row gone")
    gone = at_kiruna()
    assert "© Kiruna kommun" not in texts(gone) and END in texts(gone) and green(gone) == 0.0


def test_what_is_no_map_is_refused_and_leaves_nothing(
    window: Open, session: Session, answers: Answers, tmp_path: Path
) -> None:
    (tmp_path / "x.mbtiles").write_bytes(b"no map")
    answers.opened = [[tmp_path / "x.mbtiles"]]
    shown = window()
    shown.go(Place("settings"))
    press(shown, "Lägg till karta")
    until(lambda: shown.tray.notice is not None, "the refusal")
    assert shown.tray.notice is not None and "inte en karta i formatet MBTiles" in shown.tray.notice.text
    assert len(map_files(session)) == 1


def test_a_map_that_is_added_again_replaces_itself_and_that_of_the_program_stays(
    session: Session, tmp_path: Path
) -> None:
    there = _map(tmp_path / "kiruna.mbtiles")
    first, again = finish(add_map(session, there)), finish(add_map(session, there))
    assert finish(add_map(session, first.path)).path == again.path == first.path
    assert first.path.read_bytes() == there.read_bytes()
    with pytest.raises(BadInput):
        remove_map(session, map_files(session)[-1])


def test_the_plan_says_which_stops_no_map_shows_and_leads_to_the_maps(
    window: Open, session: Session, walk: str
) -> None:
    shown = window()
    shown.go(Place("plan", walk, part="rutt"))
    assert "utanför kartorna" not in _texts(shown)
    assert "Lägg till en karta" not in [each.text() for each in buttons(shown)]
    add_stop(session, walk, {"name": "Kyrkan", "position": KIRUNA})
    until(lambda: "1 stopp ligger utanför kartorna som finns här." in _texts(shown), "the sentence")
    press(shown, "Lägg till en karta")
    assert shown.place.page == "settings"
