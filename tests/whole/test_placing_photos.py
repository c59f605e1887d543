"""Photos of a camera without GPS, by the command line: the clock page, what is proposed, applied, taken back."""

from datetime import timedelta
from pathlib import Path

from app.session import Session
from tests.cameras import BEGINS, Camera, evening
from tests.whole.program import Gatljus


def test_a_card_is_placed_by_track_and_clock_page_only_when_one_says_so(tmp_path: Path) -> None:
    session = Session(tmp_path / "home")
    walk = evening(session, tmp_path)
    session.close()
    program, camera = Gatljus(tmp_path / "home"), Camera(tmp_path / "kort", 3720.0)
    page = camera.shoot(5, page=BEGINS + timedelta(seconds=5))
    camera.shoot(60)
    camera.shoot(-7200)
    said = program.run("photos", "import", walk, str(camera.card))
    assert "Kamerans klocka går 1 h 02 min före" in said.out
    assert len(program.ask("show", walk)["photos"]) == 2
    kept = program.kept()
    stop = next(each["id"] for each in program.ask("show", walk)["stops"] if each["number"] == "1")
    shown = program.ask("photos", "place", walk, "--dry-run")["items"]
    assert [(each["sure"], each["stop"]) for each in shown] == [("unknown", None), ("safe", stop)]
    assert shown[1]["taken_at"] == "2026-10-23T15:01:00Z"
    assert program.kept() == kept, "nothing is written"
    assert program.run("photos", "place", walk).code == 0
    assert sorted(str(each["stop"]) for each in program.ask("show", walk)["photos"]) == sorted([stop, "None"])
    program.ask("undo", walk)
    assert {each["stop"] for each in program.ask("show", walk)["photos"]} == {None}
    alone = program.run("photos", "import", walk, str(page))
    assert alone.code == 0, "a photo of the clock page alone is no failure"
    assert program.run("photos", "place", walk, "--clock-offset", "9e9").code == 1
