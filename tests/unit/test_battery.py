"""What the systems say of a battery, read from what they write."""

import sys
from pathlib import Path

import pytest

from app.base import battery as said
from app.base.battery import Battery, battery, of_pmset, of_supplies, of_windows


def supply(folder: Path, name: str, **words: object) -> None:
    """What Linux tells of a battery or of the mains."""
    (folder / name).mkdir()
    for word, value in words.items():
        (folder / name / word).write_text(f"{value}\n")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ({"capacity": 54, "status": "Discharging"}, Battery(54, False)),
        ({"capacity": 54, "status": "Charging"}, Battery(54, True)),
        ({"capacity": 100, "status": "Full"}, Battery(100, True)),
        ({"energy_now": 27_000_000, "energy_full": 50_000_000, "capacity": 99}, Battery(54, False)),
        ({"charge_now": 1000, "charge_full": 4000}, Battery(25, False)),
        ({"energy_now": 0, "energy_full": 0, "capacity": 7}, Battery(7, False)),
        ({"status": "Unknown"}, None),
        ({"capacity": "many"}, None),
    ],
)
def test_a_battery_of_linux_is_as_full_as_it_says(
    tmp_path: Path, words: dict[str, object], found: Battery | None
) -> None:
    supply(tmp_path, "AC", type="Mains", online=1)
    supply(tmp_path, "BAT0", type="Battery", **words)
    assert of_supplies(tmp_path) == found


def test_two_batteries_count_as_one_and_that_of_a_mouse_as_none(tmp_path: Path) -> None:
    supply(tmp_path, "hid-mouse-battery", type="Battery", scope="Device", capacity=1, status="Charging")
    assert of_supplies(tmp_path) is None
    supply(tmp_path, "BAT0", type="Battery", energy_now=10, energy_full=10, status="Full")
    supply(tmp_path, "BAT1", type="Battery", energy_now=5, energy_full=40, status="Discharging")
    assert of_supplies(tmp_path) == Battery(30, False)
    (tmp_path / "BAT1" / "status").write_text("Charging")
    assert of_supplies(tmp_path) == Battery(30, True)


def test_a_machine_without_a_battery_has_none(tmp_path: Path) -> None:
    assert of_supplies(tmp_path / "none") is None
    assert of_supplies(tmp_path) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (" -InternalBattery-0 (id=4653155)\t87%; discharging; 3:20 remaining present: true\n", Battery(87, False)),
        (" -InternalBattery-0 (id=4653155)\t5%; charging; 1:02 remaining present: true\n", Battery(5, True)),
        (" -InternalBattery-0 (id=4653155)\t100%; charged; 0:00 remaining present: true\n", Battery(100, True)),
        ("Now drawing from 'AC Power'\n", None),
    ],
)
def test_the_words_of_macos_are_understood(text: str, found: Battery | None) -> None:
    assert of_pmset(text) == found


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ((0, 1, 87), Battery(87, False)),
        ((1, 8, 12), Battery(12, True)),
        ((1, 128, 255), None),
        ((1, 255, 255), None),
        ((0, 0, 255), None),
    ],
)
def test_what_windows_says_is_understood(parts: tuple[int, int, int], found: Battery | None) -> None:
    assert of_windows(parts) == found


@pytest.mark.skipif(sys.platform != "linux", reason="Linux alone tells of it in a folder")
def test_the_battery_of_this_machine_is_read_where_linux_tells_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    supply(tmp_path, "BAT0", type="Battery", capacity=33, status="Discharging")
    monkeypatch.setattr(said, "SUPPLIES", tmp_path)
    assert battery() == Battery(33, False)
