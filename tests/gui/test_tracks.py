"""The tracks of a walk in its plan: what each tells, how one is taken away, and how it is had back, for 30 days."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.commands.places import add_line
from app.commands.recording import begin_recording, begin_rehearsal
from app.commands.records import delete, set_fields, undo
from app.domain.records import Track, TrackChunk
from app.domain.track import Fix
from app.places.placefile import PlaceFile
from app.queries.tracks import discarded, walked
from app.session import Session
from tests.gui.full_disk import FULL, full_disk
from tests.gui.hands import buttons, press, press_when_there, says, until, wait
from tests.gui.planning import map_of, plan_at
from tests.gui.torn import Other
from ui.bridge.receivers import PlayedReceiver
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.fold import Fold

Open = Callable[..., Window]
BEGINS = datetime(2026, 10, 23, 15, 2, tzinfo=UTC)


def way(seconds: int = 600, gap: int = 60) -> tuple[Fix, ...]:
    """Northwards by 1.3 m each second, with a gap in the middle."""
    half = seconds // 2
    times = [each for each in range(0, seconds + 1, 5) if not half <= each < half + gap]
    return tuple(Fix(BEGINS + timedelta(seconds=each), 60.17 + each * 1.3 / 111_200, 24.94) for each in times)


def add_track(session: Session, walk: str, name: str) -> str:
    return add_line(session, walk, Track, name, "", PlaceFile("gpx", segments=(way(),)))[0]


def gone(session: Session, walk: str) -> list[str]:
    """The names of the tracks that can be had back."""
    return [each.name for each in discarded(session, walk, session.clock())]


def opened(window: Open, walk: str, **how: Any) -> Window:
    """The plan with the tracks unfolded."""
    shown = plan_at(window, walk, "rutt", **how)
    for each in shown.findChildren(Fold):
        each.open_up()
    wait(20)
    return shown


def test_what_a_track_tells_is_listed(window: Open, walk: str, session: Session) -> None:
    add_track(session, walk, "Kvällen")
    shown = opened(window, walk)
    assert says(shown, "Kvällen") and says(shown, f"A ({session.label}), 23 oktober 2026 18.02–18.12")
    (told,) = walked(session.read(Track), session.read(TrackChunk))
    assert 680 < told.length_m < 740 and told.gaps == 1
    assert says(shown, f"{round(told.length_m)}\N{NO-BREAK SPACE}m, 1 lucka")


def test_where_there_never_was_a_track_nothing_is_listed(window: Open, walk: str) -> None:
    shown = plan_at(window, walk, "rutt")
    assert not any("Spår" in each.text() for each in buttons(shown) if each.text() != "Hämta spår")


def test_a_track_is_taken_away_and_undo_brings_it_back(window: Open, walk: str, session: Session) -> None:
    add_track(session, walk, "Kvällen")
    shown = opened(window, walk)
    assert len(map_of(shown).lines) == 1
    press(shown, "Ta bort spåret Kvällen")
    until(lambda: not map_of(shown).lines, "the map without it")
    assert session.read(Track) == [] and session.read(TrackChunk) == []
    assert shown.tray.notice is not None and shown.tray.notice.undo and says(shown, "Spåret Kvällen togs bort.")
    shown.undo()
    until(lambda: len(map_of(shown).lines) == 1, "the track")
    assert gone(session, walk) == []


def test_what_was_taken_away_is_had_back_whole_and_that_can_be_undone(
    window: Open, walk: str, session: Session
) -> None:
    add_track(session, walk, "Kvällen")
    before = session.read(TrackChunk)
    delete(session, session.read(Track)[0])
    shown = opened(window, walk)
    assert says(shown, "Borttaget i dag") and says(shown, f"av A ({session.label}).")
    press(shown, "Ta tillbaka Kvällen")
    until(lambda: len(map_of(shown).lines) == 1, "the track")
    assert session.read(TrackChunk) == before and session.conflicts(walk) == []
    shown.undo()
    until(lambda: not map_of(shown).lines, "the undo")
    assert gone(session, walk) == ["Kvällen"]


def test_what_another_tablet_took_away_is_had_back_on_both(
    window: Open, walk: str, session: Session, other: Other
) -> None:
    add_track(session, walk, "Kvällen")
    other.meet()
    delete(other.session, other.session.read(Track)[0])
    other.meet()
    assert session.read(Track) == []
    shown = opened(window, walk)
    press(shown, "Ta tillbaka Kvällen")
    other.meet()
    for home in (session, other.session):
        assert [each.name for each in home.read(Track)] == ["Kvällen"] and len(home.read(TrackChunk)) == 1
        assert home.conflicts(walk) == [] and gone(home, walk) == []


def test_what_both_took_away_is_had_back_by_one_press(window: Open, walk: str, session: Session, other: Other) -> None:
    add_track(session, walk, "Kvällen")
    other.meet()
    for home in (session, other.session):
        delete(home, home.read(Track)[0])
    other.meet()
    shown = opened(window, walk)
    press(shown, "Ta tillbaka Kvällen")
    other.meet()
    for home in (session, other.session):
        assert len(home.read(Track)) == 1 and home.conflicts(walk) == []


@pytest.mark.parametrize(("days", "listed"), [(29, True), (31, False)])
def test_it_can_be_had_back_for_thirty_days(walk: str, session: Session, days: int, listed: bool) -> None:
    add_track(session, walk, "Kvällen")
    delete(session, session.read(Track)[0])
    later = session.clock() + timedelta(days=days)
    assert bool(discarded(session, walk, later)) is listed


def test_an_import_that_was_undone_is_no_discarded_track(walk: str, session: Session) -> None:
    add_track(session, walk, "Kvällen")
    undo(session, walk)
    assert session.read(Track) == [] and gone(session, walk) == []


def test_a_name_given_before_it_went_is_its_name(walk: str, session: Session) -> None:
    add_track(session, walk, "Kvällen")
    set_fields(session, session.read(Track)[0], {"name": "Norra rundan"})
    delete(session, session.read(Track)[0])
    assert gone(session, walk) == ["Norra rundan"]


def test_what_is_recorded_just_now_cannot_be_taken_away(window: Open, walk: str, session: Session) -> None:
    recording = begin_recording(session, walk, "Pågår")
    for fix in way(60):
        recording.take(fix)
    recording.write()
    add_track(session, walk, "Kvällen")
    shown = opened(window, walk)
    names = [each.accessibleName() for each in buttons(shown) if each.text() == "Ta bort spåret"]
    assert names == ["Ta bort spåret Kvällen"]
    assert says(shown, "Spelas in just nu av ett annat fönster eller ett kommando.")
    assert not any(each.text() == "Avsluta spåret" for each in buttons(shown))
    # What was recorded on since the track itself was read has been shown, too.
    for fix in way(120)[12:]:
        recording.take(fix)
    recording.write()
    wait(20)
    recording.end()
    shown.guide.turned.emit()
    wait(20)
    press(shown, "Ta bort spåret Pågår")
    assert [each.name for each in session.read(Track)] == ["Kvällen"] and not session.conflicts(walk)


@pytest.mark.parametrize("rehearsed", [False, True])
def test_what_this_window_records_is_ended_where_it_is_listed_and_can_then_be_taken_away(
    window: Open, walk: str, session: Session, rehearsed: bool
) -> None:
    shown = opened(window, walk)
    (shown.guide.rehearse if rehearsed else shown.guide.record)(walk)
    (track,) = session.read(Track)
    until(lambda: says(shown, "Spelas in just nu. Avsluta spåret innan du tar bort det."), "what is recorded")
    press_when_there(shown, f"Avsluta spåret {track.name}")
    assert shown.guide.recording is not None, "it takes two steps"
    press_when_there(shown, "Fortsätt spåret")
    press_when_there(shown, f"Avsluta spåret {track.name}")
    press_when_there(shown, f"Ja, avsluta spåret {track.name}")
    assert shown.guide.recording is None and session.read(Track) == [replace(track, over=rehearsed)]
    assert shown.tray.notice is not None and shown.tray.notice.text == f"Spåret {track.name} är avslutat."
    press_when_there(shown, f"Ta bort spåret {track.name}")
    assert session.read(Track) == []


def test_while_the_position_is_played_its_track_leads_to_where_the_whole_rehearsal_is_ended(
    window: Open, walk: str
) -> None:
    shown = opened(window, walk)
    shown.guide.rehearse(walk)
    shown.guide.listen(PlayedReceiver(way()[:2], 1, shown.guide))
    until(lambda: says(shown, "Spelas in just nu. Avsluta spåret innan du tar bort det."), "what is recorded")
    press_when_there(shown, "Avsluta spåret Övning")
    assert shown.place == Place("position", walk) and shown.guide.recording is not None


def test_a_track_that_cannot_be_ended_is_not_said_to_be(
    window: Open, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = opened(window, walk)
    shown.guide.record(walk, "Kvällen")
    recording = shown.guide.recording
    assert recording is not None
    recording.take(way()[0])
    until(lambda: says(shown, "Avsluta spåret innan du tar bort det."), "what is recorded")
    press_when_there(shown, "Avsluta spåret Kvällen")
    until(lambda: says(shown, "inte att spela in mer på spåret sedan"), "the question")
    with monkeypatch.context() as patch, full_disk(patch):
        press_when_there(shown, "Ja, avsluta spåret Kvällen")
    assert shown.guide.recording is not None
    assert shown.tray.notice is not None and shown.tray.notice.text == FULL


def test_a_rehearsal_that_was_killed_is_not_recorded_any_more(window: Open, walk: str, session: Session) -> None:
    begin_rehearsal(session, walk)
    shown = opened(window, walk)
    press(shown, "Ta bort spåret Övning")
    until(lambda: session.read(Track) == [], "no track")


def test_one_that_began_to_be_recorded_on_since_it_was_shown_stays(window: Open, walk: str, session: Session) -> None:
    recording = begin_recording(session, walk, "Pågår")
    recording.end()
    shown = opened(window, walk)
    recording.pause()
    press(shown, "Ta bort spåret Pågår")
    assert [each.name for each in session.read(Track)] == ["Pågår"]
    until(lambda: says(shown, "Spelas in just nu av ett annat fönster"), "why")
