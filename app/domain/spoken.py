"""What people say for the codes of a checklist: `belysning` or `Lighting` for `lighting`, `gata` for `GATA`.

Each is understood in both languages whichever is spoken, and in any case. What is not understood stays as it was typed:
whoever looks it up refuses it and names what there is.
"""

from collections.abc import Iterable
from typing import Any

from app.domain.checklist import Checklist, words_of
from app.domain.entry import alike
from app.domain.records import Party
from app.domain.values import known


def _coded(things: Iterable[Any]) -> dict[str, str]:
    """The code of each word and of each code itself; a word that several things share tells none of them."""
    rows = [(str(getattr(each, "id", None) or each.code), each) for each in things]
    found: dict[str, str] = {}
    shared = set[str]()
    for code, each in rows:
        for word in {alike(text) for words in words_of(each) for text in (words.sv, words.en)}:
            shared |= {word} & found.keys()
            found[word] = code
    return {word: code for word, code in found.items() if word not in shared} | {alike(code): code for code, _ in rows}


def _parties(parties: Iterable[Party]) -> dict[str, str]:
    """The codes of a walk's own parties by code, name and short name."""
    return {
        alike(word): str(each.code)
        for each in parties
        for word in (each.name, each.short, each.code)
        if known(word, str)
    }


def code_of(checklist: Checklist, field: str, text: str, parties: Iterable[Party] = ()) -> str:
    """The code that is meant in the field `category`, `item`, `responsible`, `mechanism`, `severity` or `priority`;
    the text itself where it is none of its words."""
    things: dict[str, Iterable[Any]] = {
        "category": checklist.categories,
        "item": checklist.items.values(),
        "responsible": checklist.parties,
        "mechanism": checklist.mechanisms,
        "severity": checklist.severities,
        "priority": checklist.priorities,
    }
    if field not in things:
        return text
    codes = _coded(things[field])
    if field == "responsible":
        codes |= _parties(parties)
    return codes.get(alike(text), text)
