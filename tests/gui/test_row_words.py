"""What a row of an observation says: the item and, under it, what people wrote."""

from collections.abc import Callable

import pytest

from app.commands.observations import observe
from app.domain.record import new_id
from app.domain.records import Stop
from app.domain.values import Severity
from app.session import Session
from tests.gui.hands import named, wait
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.rows import Row, RowList
from ui.widgets.things import first_words, stop_title

Open = Callable[..., Window]


def _rows(window: Open, walk: str, page: str = "observations") -> list[Row]:
    shown = window()
    shown.go(Place(page, walk))
    wait(20)
    found = named(shown, "Iakttagelser i ordning" if page == "observations" else "Stopp och iakttagelser", RowList)
    assert isinstance(found, RowList)
    return list(found.rows.things)


@pytest.mark.parametrize("page", ["observations", "walk"])
def test_two_of_the_same_item_are_told_apart_by_what_was_written(
    window: Open, walk: str, session: Session, page: str
) -> None:
    observe(session, walk, {"item": "A1", "text": "Blinkar vid kiosken. Det har den gjort länge."})
    lamps = [each for each in _rows(window, walk, page) if "Lampa släckt eller trasig" in each.title]
    said = {each.detail for each in lamps}
    assert any(each.startswith("Två lampor är släckta vid grinden. Stopp 1, ") for each in said)
    assert any(each.startswith("Blinkar vid kiosken. Längs vägen, ") for each in said)
    assert all(each.detail in each.spoken for each in lamps)


def test_a_text_that_is_the_name_of_the_row_is_not_said_again(window: Open, walk: str) -> None:
    (row,) = (each for each in _rows(window, walk) if each.title == "0.1 Lösa plattor.")
    assert row.detail.startswith("Längs vägen, ")


@pytest.mark.parametrize("severity", [Severity.DANGER, None])
def test_what_lacks_words_says_once_that_it_is_to_be_completed(
    window: Open, walk: str, session: Session, severity: Severity | None
) -> None:
    made = observe(session, walk, {"severity": severity} if severity else {})
    (row,) = (each for each in _rows(window, walk) if each.key == made)
    assert row.title == ("0.2 Fara nu" if severity else "0.2 Att komplettera")
    assert (row.title + (row.chip[0] if row.chip else "")).count("Att komplettera") == 1
    assert "Att komplettera" in row.name()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Lampan blinkar", "Lampan blinkar."),
        ("Mörkt, ca. 20 meter. Sedan ljust.", "Mörkt, ca. 20 meter."),
        ("Mörkt t.ex. vid bron. Sedan ljust.", "Mörkt t.ex. vid bron."),
        ("Är det rätt? Nej.", "Är det rätt?"),
        ("Första raden\nandra raden", "Första raden."),
        ("  ", ""),
        (None, ""),
    ],
)
def test_the_first_sentence_is_said(text: str | None, words: str) -> None:
    assert first_words(text) == words


def test_a_long_sentence_ends_with_a_whole_word() -> None:
    said = first_words("mörkt " * 60)
    assert len(said) <= 120 and said.endswith("mörkt …")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Växthusgrinden", "Stopp 2, Växthusgrinden"), ("Stopp 2", "Stopp 2"), ("Stop 2", "Stopp 2"), ("", "Stopp 2"),
        ("Stopp 3", "Stopp 2, Stopp 3"),
    ],
)  # fmt: skip
def test_a_stop_that_is_called_by_its_number_alone_is_not_called_so_twice(name: str, said: str) -> None:
    assert stop_title("2", Stop(id=new_id(), scope=new_id(), name=name)) == said
