"""The language of a system that says its locale in its own way."""

import locale
import sys

import pytest

from app.session import language_of

SAID = {
    "Swedish_Sweden": "sv",
    "Swedish_Finland": "sv",
    "sv_SE": "sv",
    "sv-SE": "sv",
    "English_Sweden": "en",
    "Finnish_Finland": "en",
    None: "sv",
}


@pytest.mark.parametrize("name", SAID)
def test_windows_speaks_the_language_of_its_own_locale(monkeypatch: pytest.MonkeyPatch, name: str | None) -> None:
    for variable in ("GATLJUS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(locale, "getlocale", lambda: (name, "1252"))
    assert language_of(None) == SAID[name]
