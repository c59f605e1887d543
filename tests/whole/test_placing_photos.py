"""Photos of a camera without GPS, by the command line: the clock page, what is proposed, applied, taken back."""

from datetime import timedelta
from pathlib import Path

from app.session import Session
from tests.cameras import BEGINS, LEG_S, STAYS_S, Camera, evening, true_place
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


def test_photos_of_a_camera_of_whose_clock_nobody_knows_are_doubtful_and_it_is_said(tmp_path: Path) -> None:
    session = Session(tmp_path / "home")
    walk = evening(session, tmp_path)
    session.close()
    program, phone = Gatljus(tmp_path / "home"), Camera(tmp_path / "telefon", 0.0, "Telefon")
    camera = Camera(tmp_path / "kort", 3600.0)
    for path in (phone.shoot(30, place=true_place(30)), phone.shoot(90), camera.shoot(60 - 3600)):
        assert program.run("photos", "import", walk, str(path)).code == 0
    shown = program.ask("photos", "place", walk, "--dry-run")["items"]
    assert sorted(each["sure"] for each in shown) == ["doubtful", "safe"]
    said = program.run("photos", "place", walk, "--dry-run")
    assert "Telefon: klockan går rätt, mätt i 1 foto." in said.out + said.err
    assert "Kompakt 7: inget foto säger hur klockan går." in said.out + said.err


def test_photos_that_were_placed_by_a_wrong_clock_are_told_of_and_placed_anew_when_one_says_so(tmp_path: Path) -> None:
    session = Session(tmp_path / "home")
    walk = evening(session, tmp_path)
    session.close()
    program, camera = Gatljus(tmp_path / "home"), Camera(tmp_path / "kort", STAYS_S + LEG_S)
    for seconds in (60, STAYS_S + LEG_S + 60):
        camera.shoot(seconds)
    assert program.run("photos", "import", walk, str(camera.card), "--by-track").code == 0
    wrong = stops_of(program, walk)
    page = camera.shoot(5, page=BEGINS + timedelta(seconds=5))
    program.run("photos", "import", walk, str(page))
    told = program.run("photos", "place", walk)
    assert "2 foton som redan är placerade efter spåret hamnar nu någon annanstans." in told.out + told.err
    assert stops_of(program, walk) == wrong
    assert program.run("photos", "place", walk, "--again").code == 0
    numbered = sorted(program.ask("show", walk)["stops"], key=lambda each: int(each["number"]))
    right = [each["id"] for each in numbered[:2]]
    assert stops_of(program, walk) == right != wrong
    told = program.run("photos", "place", walk)
    assert "--again" not in told.out + told.err


def stops_of(program: Gatljus, walk: str) -> list[str]:
    """Where the photos are, in the order in which they were taken."""
    photos = program.ask("show", walk)["photos"]
    return [each["stop"] for each in sorted(photos, key=lambda each: str(each["name"]))]


def test_of_one_camera_alone_it_can_be_said_how_its_clock_goes(tmp_path: Path) -> None:
    session = Session(tmp_path / "home")
    walk = evening(session, tmp_path)
    session.close()
    program, cameras = Gatljus(tmp_path / "home"), [Camera(tmp_path / name, 3720.0, name) for name in ("Ena", "Andra")]
    for camera in cameras:
        camera.shoot(60)
        assert program.run("photos", "import", walk, str(camera.card)).code == 0
    words = ("photos", "place", walk, "--clock-offset", "-3720", "--camera")
    refused = program.run(*words, "Tredje")
    assert refused.code == 1 and "Andra, Ena" in refused.err
    assert program.run("photos", "place", walk, "--camera", "Ena").code == 1, "of whose clock nothing is said"
    assert program.run(*words, "Ena").code == 0
    placed = {each["camera"]: each["stop"] is not None for each in program.ask("show", walk)["photos"]}
    assert placed == {"Ena": True, "Andra": False}
