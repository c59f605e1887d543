"""What is said of an error: the same words everywhere, and on the command line how to follow them there."""

import pytest

from app.base.errors import BadInput
from app.cli.screen import HINTS, failed


@pytest.mark.parametrize("code", HINTS)
def test_the_command_line_says_how_its_own_advice_is_followed(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        failed(BadInput(code, "Det går inte.", "Gör så här."), as_json=False)
    said = capsys.readouterr().err
    assert said.startswith("Det går inte. Gör så här. ")
    assert len(said) > len("Det går inte. Gör så här. ")
