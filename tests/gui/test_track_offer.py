"""A track that comes after the photos: it is offered to place them, by one press that can be undone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from app.base.job import finish
from app.commands.photos import note_camera_clock
from app.commands.recording import begin_recording, begin_rehearsal
from app.commands.records import set_fields
from app.domain.geo import distance_m
from app.domain.records import Observation, Photo, SafetyWalk
from app.domain.track import Fix
from app.domain.values import Position, PositionSource
from app.jobs.photos import import_photos
from app.jobs.places import import_route
from app.session import Session
from tests.cameras import Camera, evening
from tests.gui.hands import Answers, awaited, buttons, press, says, until
from tests.gui.photo_walk import keep
from tests.gui.planning import plan_at
from ui.shell.window import Window
from ui.widgets.button import Button
from ui.widgets.desk import Place

Open = Callable[..., Window]
OFFER = "Placera efter spåret"
BEGINS = datetime(2026, 10, 23, 15, 0, tzinfo=UTC)


@pytest.fixture
def track(tmp_path: Path) -> Path:
    """Ten minutes past the three stops, from two minutes after the walk's beginning on."""
    corners = [(60.1752, 24.9452), (60.1755, 24.9495), (60.1729, 24.9470)]
    fixes = []
    for second in range(0, 601, 5):
        leg, share = divmod(second / 300, 1)
        (lat, lon), (to_lat, to_lon) = corners[min(int(leg), 1)], corners[min(int(leg) + 1, 2)]
        share = 1.0 if leg == 2 else share
        at = BEGINS + timedelta(minutes=2, seconds=second)
        fixes.append(
            f'<trkpt lat="{lat + share * (to_lat - lat):.6f}" lon="{lon + share * (to_lon - lon):.6f}">'
            f"<time>{at:%Y-%m-%dT%H:%M:%SZ}</time></trkpt>"
        )
    path = tmp_path / "kvall.gpx"
    head = '<gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>'
    path.write_text(f"{head}{''.join(fixes)}</trkseg></trk></gpx>", encoding="utf-8")
    return path


def _fetched(session: Session, walk: str, path: Path) -> None:
    finish(import_route(session, session.read(SafetyWalk, {"id": walk})[0], path, "walked"))


def _sources(session: Session, walk: str) -> dict[str, PositionSource]:
    return {each.id: each.position_source for each in session.read(Photo, {"scope": walk})}


def taken(session: Session, walk: str, minute: int, **said: Any) -> str:
    """A photo of a camera of which it is known that its clock goes right. Returns its id."""
    note_camera_clock(session, walk, "EOS R", 0.0)
    return keep(session, walk, minute, **{"camera": "EOS R", **said})


def _offered(shown: Window) -> bool:
    return any(each.accessibleName() == OFFER for each in buttons(shown))


def test_a_rehearsal_places_no_photo(window: Open, walk: str, session: Session) -> None:
    taken(session, walk, 4)
    for begin, is_offered in ((begin_rehearsal, False), (begin_recording, True)):
        recording = begin(session, walk)
        for minute in (2, 6):
            recording.take(Fix(BEGINS + timedelta(minutes=minute), 60.1752, 24.9452))
        recording.end()
        shown = plan_at(window, walk, "rutt")
        assert _offered(shown) is is_offered
        shown.close()


def test_a_track_that_is_fetched_after_the_photos_places_them_by_one_press(
    window: Open, walk: str, session: Session, answers: Answers, track: Path
) -> None:
    early, first, second = (taken(session, walk, minute) for minute in (1, 4, 8))
    shown = plan_at(window, walk, "rutt")
    assert not _offered(shown)
    answers.opened = [[track]]
    press(shown, "Hämta spår")
    awaited(shown, OFFER, Button)
    assert says(shown, "2 foton utan plats togs medan spåret gicks.")
    press(shown, OFFER)
    until(lambda: not _offered(shown) and not shown.runner.busy, "the photos in their places")
    assert shown.tray.notice is not None and shown.tray.notice.undo
    assert shown.tray.notice.text == "2 foton placerade efter spåret."
    track_, none = PositionSource.TRACK, PositionSource.NONE
    assert _sources(session, walk) == {early: none, first: track_, second: track_}
    (photo,) = session.read(Photo, {"id": first})
    assert isinstance(photo.position, Position)
    assert distance_m(photo.position, Position(60.17532, 24.94692)) < 20
    shown.undo()
    until(lambda: set(_sources(session, walk).values()) == {none}, "the undo")
    until(lambda: _offered(shown), "the offer, again")


def test_the_page_of_photos_offers_it_among_all_and_among_the_unplaced_where_there_is_a_track(
    window: Open, walk: str, session: Session, track: Path
) -> None:
    taken(session, walk, 1)
    taken(session, walk, 5)
    _fetched(session, walk, track)
    shown = window()
    shown.go(Place("photos", walk))
    assert _offered(shown)
    press(shown, "Utan iakttagelse 2")
    assert not _offered(shown)
    press(shown, "Oplacerat 2")
    assert says(shown, "1 foto utan plats togs medan spåret gicks.")
    press(shown, OFFER)
    until(lambda: "Oplacerat 1" in [each.accessibleName() for each in buttons(shown)], "one that is left")
    until(lambda: not _offered(shown), "no offer")
    assert sorted(_sources(session, walk).values()) == [PositionSource.NONE, PositionSource.TRACK]


def test_that_nobody_knows_how_the_clocks_go_is_said_where_it_is_offered(
    window: Open, walk: str, session: Session, track: Path
) -> None:
    for minute, camera in ((4, "Canon EOS"), (6, "Nikon D"), (8, "Canon EOS")):
        keep(session, walk, minute, camera=camera)
    _fetched(session, walk, track)

    def offered() -> str:
        shown = plan_at(window, walk, "rutt")
        text = " ".join(each.text() for each in shown.findChildren(QLabel) if each.isVisible())
        shown.close()
        return text[text.index("3 foton utan plats") :]

    assert "Ingen vet om klockan i Canon EOS, Nikon D går rätt. Se förslaget först." in offered()
    note_camera_clock(session, walk, "Canon EOS", 10.0)
    assert "Ingen vet om klockan i Nikon D går rätt." in offered()
    shown = plan_at(window, walk, "rutt")
    assert not _offered(shown), "nothing is placed by a clock that nobody knows without a look"
    press(shown, "Se förslaget innan något ändras")
    assert shown.place.page == "placement"
    note_camera_clock(session, walk, "Nikon D", 0.0)
    assert "Ingen vet" not in offered()


def test_of_several_that_are_being_placed_those_that_are_ticked_are_placed(
    window: Open, walk: str, session: Session, track: Path
) -> None:
    photos = [taken(session, walk, minute) for minute in (4, 8)]
    _fetched(session, walk, track)
    shown = window(800, 1280)
    shown.go(Place("photos", walk))
    shown.go(Place("photos", walk, ",".join(photos), "place"))
    press(shown, OFFER)
    until(lambda: shown.place.part == "" and shown.tray.notice is not None, "the page before")
    assert shown.tray.notice is not None and shown.tray.notice.text == "2 foton placerade efter spåret."


def test_a_photo_that_a_person_placed_and_one_of_an_observation_with_a_place_stay(
    window: Open, walk: str, session: Session, track: Path
) -> None:
    by_hand, shows, loose = (taken(session, walk, minute) for minute in (4, 5, 6))
    position = Position(60.1730, 24.9471)
    set_fields(session, session.read(Photo, {"id": by_hand})[0], {"position": position})
    set_fields(session, session.read(Photo, {"id": shows})[0], {"observation": session.read(Observation)[0].id})
    _fetched(session, walk, track)
    shown = window()
    shown.go(Place("photos", walk, part="unplaced"))
    press(shown, OFFER)
    until(lambda: not _offered(shown) and not shown.runner.busy, "the photo in its place")
    sources = _sources(session, walk)
    assert (sources[by_hand], sources[shows], sources[loose]) == (
        PositionSource.HAND, PositionSource.NONE, PositionSource.TRACK,
    )  # fmt: skip


def test_photos_that_a_wrong_clock_moves_out_of_the_walk_are_offered_once_it_is_known(
    window: Open, session: Session, tmp_path: Path
) -> None:
    walk, camera = evening(session, tmp_path), Camera(tmp_path / "kort", 7200.0)
    finish(import_photos(session, session.read(SafetyWalk, {"id": walk})[0], [camera.shoot(60)]))
    shown = window()
    shown.go(Place("photos", walk, part="unplaced"))
    assert not says(shown, "utan plats togs medan spåret gicks")
    note_camera_clock(session, walk, camera.model, 7200.0)
    until(lambda: says(shown, "1 foto utan plats togs medan spåret gicks."), "the offer")
    press(shown, OFFER)
    until(lambda: list(_sources(session, walk).values()) == [PositionSource.TRACK], "its place")
