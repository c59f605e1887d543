"""The code of the clock page: what it says, and that it is read in a picture and in no other."""

from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image

from app.domain.camera_clock import clock_words, code_of, moment_in
from app.photos.clock_page import moment_shown
from tests.cameras import page_picture

AT = datetime(2026, 10, 23, 16, 5, 0, tzinfo=UTC)


def test_a_code_says_its_moment() -> None:
    assert code_of(AT + timedelta(milliseconds=900)) == "GATLJUS:CLOCK:2026-10-23T16:05:00Z"
    assert moment_in(code_of(AT)) == AT


@pytest.mark.parametrize(
    "code", ["", "https://example.org", "GATLJUS:CLOCK:", "GATLJUS:CLOCK:2026-13-45T99:00:00Z", "udp://192.168.1.2:1"]
)
def test_another_code_says_none(code: str) -> None:
    assert moment_in(code) is None


@pytest.mark.parametrize("turned", [0.0, 4.0, 90.0, 183.0])
def test_it_is_read_however_the_camera_was_held(turned: float) -> None:
    assert moment_shown(page_picture(AT, turned=turned)) == AT


def test_it_is_read_small_and_in_grey() -> None:
    whole = Image.new("L", (2016, 1512), 40)
    whole.paste(page_picture(AT, (640, 480)).convert("L"), (700, 500))
    assert moment_shown(whole) == AT


def test_other_pictures_show_none() -> None:
    assert moment_shown(Image.linear_gradient("L").resize((640, 480))) is None
    assert moment_shown(Image.new("RGB", (1, 1))) is None


def test_it_is_said_which_way_the_clock_goes_wrong() -> None:
    assert clock_words(37.2) == "Kamerans klocka går 37 s före"
    assert clock_words(-60) == "Kamerans klocka går 1 min efter"
    assert clock_words(0.3) == "Kamerans klocka går rätt"
