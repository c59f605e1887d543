"""How fast a rehearsal goes: the pauses between what is played, which nobody here waits for."""

from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from app.cli import making
from app.cli.start import gatljus
from app.commands.walks import new_walk
from app.domain.records import Track, TrackChunk
from app.jobs.rehearsal import fixes_of_log, rehearse
from app.session import Session

LOG = Path(__file__).parents[1] / "data" / "tracks" / "short-walk.nmea"


def rehearsed(home: Path, walk: str, monkeypatch: pytest.MonkeyPatch, *words: str) -> list[float]:
    """Rehearse the log by the command. Returns how long it would have slept, each time."""
    slept = list[float]()
    monkeypatch.setattr(making, "rehearse", partial(rehearse, sleep=slept.append))
    said = ["--home", str(home), "walk", "rehearse", walk, "--nmea", str(LOG), *words]
    gatljus.main(said, prog_name="gatljus", standalone_mode=False)
    return slept


def test_at_sixty_times_the_speed_every_pause_is_a_sixtieth_and_the_same_is_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    session = Session(home)
    walk = new_walk(session, {"title": "Kväll", "area": "Kajsaniemi"})
    session.close()
    times = [fix.time for fix in fixes_of_log(LOG) if fix.time is not None]
    pauses = [(after - before).total_seconds() for before, after in pairwise(times)]
    assert min(pauses) == 1 and max(pauses) > 10, "the log has a gap"
    assert rehearsed(home, walk, monkeypatch) == pauses, "without a word as it was walked"
    fast = rehearsed(home, walk, monkeypatch, "--speed", "60")
    assert fast == pytest.approx([each / 60 for each in pauses]) and sum(fast) < sum(pauses) / 59
    again = Session(home)
    one, other = (
        [row for piece in again.read(TrackChunk, {"track": each.id}, ("number",)) for row in piece.points]
        for each in again.read(Track, {"scope": walk})
    )
    again.close()
    assert one == other and len(one) == len(times)
