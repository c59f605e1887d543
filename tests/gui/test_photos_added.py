"""What is said of photos that were added to an observation: in the field of those that were not taken, at the desk of
all."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from app.commands.observations import observe
from app.session import Session
from tests.gui.hands import Answers, press, until
from ui.shell.window import Window
from ui.widgets.desk import Place


@pytest.mark.parametrize(
    ("page", "button", "said"),
    [
        ("observation", "Lägg till foton", "1 foto inläst. trasig.jpg: "),
        ("acute", "Foto på avstånd", "trasig.jpg: "),
    ],
)
def test_what_was_not_taken_is_said_as_a_problem_and_at_the_desk_also_how_many_were(
    page: str, button: str, said: str,
    window: Callable[..., Window], session: Session, walk: str, answers: Answers, tmp_path: Path,
) -> None:  # fmt: skip
    seen = observe(session, walk, {"category": "lighting"})
    good, broken = tmp_path / "lampa.jpg", tmp_path / "trasig.jpg"
    Image.new("RGB", (60, 40), (80, 80, 9)).save(good)
    broken.write_bytes(b"no photo")
    answers.opened.append([good, broken])
    shown = window()
    shown.go(Place(page, walk, seen))
    press(shown, button)
    until(lambda: shown.tray.notice is not None, "what came of it")
    assert shown.tray.notice is not None
    assert shown.tray.notice.text.startswith(said) and shown.tray.notice.problem
