"""What is read and found of a walk: records whole, words, tags, and the index against the log."""

from pathlib import Path

import pytest

from app.commands import observations, records, walks
from app.commands.drafts import new_record
from app.domain.change import Draft
from app.domain.records import Device, Observation, SafetyWalk, Stop
from app.queries.find import walks_without_beginning
from app.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """A home."""
    return Session(tmp_path / "home")


@pytest.fixture
def walk(session: Session) -> str:
    """A walk in it."""
    return walks.new_walk(session, {"title": "Kvällsvandring", "area": "Åsö"})


def texts(session: Session, words: str, scope: str | None = None) -> list[str]:
    """The observations' texts that are found, in the order they are found in."""
    found = [record for _scope, kind, record, _field in session.find(words, scope) if kind == Observation.KIND]
    return [session.read(Observation, {"id": record})[0].text for record in found]


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("belysning", 1), ("BELYSNING", 1), ("ån", 1), ("ÅN", 1), ("å", 2), ("la sl", 1), ("släckt ån", 1), ("100%", 1),
        ("0%", 1), ("%", 1), ("_", 0), ("\\", 0), ('"', 0), ("släckt bänk", 0), ("", 0), ("   ", 0),
    ],
)  # fmt: skip
def test_words_are_found_within_words_in_any_case_and_signs_are_only_signs(
    session: Session, walk: str, words: str, count: int
) -> None:
    observations.observe(session, walk, {"text": "Gatubelysningen vid Ån var alla släckt"})
    observations.observe(session, walk, {"text": "Bänk på torget, 100% trasig"})
    assert len(texts(session, words)) == count
    session.log.rebuild()
    assert len(texts(session, words)) == count


def test_what_was_written_last_is_found_first_also_after_a_rebuild(session: Session, walk: str) -> None:
    for number in range(5):
        observations.observe(session, walk, {"text": f"Trasig lampa {number}"})
    expected = [f"Trasig lampa {number}" for number in (4, 3, 2, 1, 0)]
    assert texts(session, "lampa") == texts(session, "la") == expected
    session.log.rebuild()
    assert texts(session, "lampa") == texts(session, "la") == expected


def test_a_text_is_no_longer_found_by_words_that_were_taken_out(session: Session, walk: str) -> None:
    record = observations.observe(session, walk, {"text": "Trasig lampa"})
    (shown,) = session.read(Observation, {"id": record})
    records.set_fields(session, shown, {"text": "Trasig bänk"})
    assert (texts(session, "lampa"), texts(session, "la")) == ([], [])
    assert texts(session, "bänk") == ["Trasig bänk"]
    session.log.undo(walk)
    assert (texts(session, "lampa"), texts(session, "bänk")) == (["Trasig lampa"], [])


def test_what_is_deleted_or_in_another_walk_is_not_found(session: Session, walk: str) -> None:
    other = walks.new_walk(session, {"title": "En annan"})
    gone = observations.observe(session, walk, {"text": "Trasig lampa"})
    observations.observe(session, other, {"text": "Trasig lampa där"})
    records.delete(session, session.read(Observation, {"id": gone})[0])
    assert texts(session, "lampa") == ["Trasig lampa där"]
    assert texts(session, "lampa", walk) == texts(session, "la", walk) == []


def test_the_next_tag_comes_after_the_highest_of_its_letter_alone(session: Session, walk: str) -> None:
    def tagged(tag: object) -> str:
        return observations_with(session, walk, tag)

    for tag in ("A9", "A10", "AA300", "B2000", "A", "A5x", "Å77", 12, None):
        tagged(tag)
    assert session.tags(walk, "A") == ["A10"]
    assert session.tags(walk, "C") == []
    records.delete(session, session.read(Observation, {"id": tagged("A11")})[0])
    record = observations.observe(session, walk, {"text": "Den nya"})
    assert session.read(Observation, {"id": record})[0].tag == "A12"


def observations_with(session: Session, walk: str, tag: object) -> str:
    """An observation with just this tag, whatever it is."""
    record = session.new_id()
    drafts = [Draft(kind=Observation.KIND, record=record, field="created", value=session.clock())]
    session.log.write(walk, [*drafts, Draft(kind=Observation.KIND, record=record, field="tag", value=tag)])
    return record


def test_a_field_of_a_newer_version_disturbs_no_reading_whatever_its_name(session: Session, walk: str) -> None:
    record = observations.observe(session, walk, {"text": 'Sa "hej" \\ åäö\n'})
    (before,) = session.read(Observation, {"id": record})
    names = ['a"b', "id", "scope", "seen", "å\\", "}{", "text;--"]
    drafts = [Draft(kind=Observation.KIND, record=record, field=name, value={"x": [1]}) for name in names]
    session.log.write(walk, drafts)
    (after,) = session.read(Observation, {"id": record})
    assert after == before
    assert after.text == 'Sa "hej" \\ åäö\n'


def test_the_index_is_compared_with_the_log_field_by_field(session: Session, walk: str) -> None:
    observations.observe(session, walk, {"text": "Trasig lampa", "item": "A1"})
    assert session.log.wrong_cells() == 0
    tables = session.log.database.tables
    tables.execute("update cell set value = '\"Hel lampa\"' where field = 'text'")
    tables.execute("delete from cell where field = 'item'")
    tables.execute("insert into cell select 'f' || record, field, kind, scope, value, stamp, heads from cell limit 1")
    assert session.log.wrong_cells() == 3
    session.log.rebuild()
    assert session.log.wrong_cells() == 0


def test_a_device_that_becomes_another_takes_a_letter_of_its_own(session: Session, walk: str) -> None:
    assert session.introduce(walk) == "A"
    session.become_new_device()
    record = observations.observe(session, walk, {"text": "Efteråt"})
    assert session.read(Observation, {"id": record})[0].tag == "B1"
    assert sorted(each.letter for each in session.read(Device, {"scope": walk})) == ["A", "B"]


def test_of_a_walk_whose_beginning_is_lacking_it_is_known_that_it_is_here(session: Session) -> None:
    whole, deleted = (walks.new_walk(session, {"title": each}) for each in "AB")
    records.delete(session, session.read(SafetyWalk, {"id": deleted})[0])
    lacking = "e" * 32
    stop = new_record(session, Stop, session.new_id(), {"name": "Porten"})
    session.write(lacking, stop, begins=True)
    assert session.log.scopes() == sorted((whole, deleted, lacking))
    assert walks_without_beginning(session) == [lacking]


def test_a_home_without_walks_has_none(session: Session) -> None:
    assert session.log.scopes() == walks_without_beginning(session) == []


def test_of_records_only_those_that_are_asked_for_and_shown_are_read(session: Session, walk: str) -> None:
    one, two, gone, other = (observations.observe(session, walk, {"text": text}) for text in "abcd")
    records.delete(session, session.read(Observation, {"id": gone})[0])
    found = session.read(Observation, {"scope": walk, "id": {two, one, gone, walk, "'"}}, ["-text"])
    assert [each.id for each in found] == [two, one] and other not in {each.id for each in found}
    assert session.read(Observation, {"id": frozenset[str]()}) == []
