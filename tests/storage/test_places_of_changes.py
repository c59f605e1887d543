"""Where a change stands in the log, and under which stamp: what a spoilt row or index entry says otherwise is put right
by what stands around it."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.base.job import finish
from app.commands.records import set_fields
from app.domain.records import Observation
from app.jobs.restore import remake
from app.jobs.verify import LOG_SPOILT, lost, verify
from app.session import Session
from app.storage.salvage import salvage
from app.storage.weighing import weigh
from tests.storage.damaging import SENT, flip, furnish, settle, tamper
from tests.storage.test_weighing import KEYS, UNSENT, asked, texts, write_of


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home that was sent half way, closed, all of it in the database file."""
    session, _walk = furnish(tmp_path)
    session.leave()
    settle(session.home)
    return session.home


def _is_told_and_costs_nothing(home: Path, before: list[tuple[object, ...]]) -> None:
    """The damage is found, and a database made anew has all that there was."""
    session = Session(home)
    assert any(each["code"] in LOG_SPOILT for each in finish(verify(session)))
    session.leave()
    done = finish(remake(home))
    assert (done.changes, done.doubts, lost(done)) == (0, (), [])
    assert asked(home, KEYS) == before


@pytest.mark.parametrize("number", ["03", str(SENT + 3)])
def test_a_change_whose_stamp_is_spoilt_in_its_row_comes_under_the_one_that_the_index_and_another_copy_have(
    home: Path, number: str
) -> None:
    before = asked(home, KEYS)
    _as_the_disk_does(home, f"update change set stamp = 'f' || substr(stamp, 2) where value like '%Lampa {number}%'")
    finish(remake(home))
    assert asked(home, KEYS) == before


def _as_the_disk_does(home: Path, statement: str) -> None:
    """A row changes, its index does not."""
    names = "('change_key', 'change_stamp')"
    kept = asked(home, f"select type, name, tbl_name, rootpage, sql from sqlite_master where name in {names}")
    with closing(sqlite3.connect(home / "gatljus.db", isolation_level=None)) as tables:
        tables.execute("pragma writable_schema = on")
        tables.execute(f"delete from sqlite_master where name in {names}")
    tamper(home, statement)
    with closing(sqlite3.connect(home / "gatljus.db", isolation_level=None)) as tables:
        tables.execute("pragma writable_schema = on")
        tables.executemany("insert into sqlite_master values(?, ?, ?, ?, ?)", kept)
    settle(home)


@pytest.mark.parametrize(("column", "bit"), [("n", 8), ("seq", 64), ("stamp", 4), ("arrival", 32), ("arrival", 2)])
def test_a_bit_that_flips_in_the_index_of_changes_costs_nothing_and_tells_of_no_loss(
    home: Path, column: str, bit: int
) -> None:
    before = asked(home, KEYS)
    query = f"select seq, n, stamp, arrival from change where value like '%Lampa {SENT + 3}%'"
    ((seq, n, stamp, arrival),) = asked(home, query)
    # As SQLite lays the entry out: two numbers of a byte, the stamp, and the row's number in two.
    entry = bytes([int(str(seq)), int(str(n))]) + str(stamp).encode() + int(str(arrival)).to_bytes(2, "big")
    data = (home / "gatljus.db").read_bytes()
    (at,) = (each.start() for each in re.finditer(re.escape(entry), data))
    flip(home / "gatljus.db", at + {"seq": 0, "n": 1, "stamp": 10, "arrival": len(entry) - 1}[column], bit)
    _is_told_and_costs_nothing(home, before)


def test_a_bit_that_flips_in_the_index_of_records_is_damage_that_a_rebuild_mends(home: Path) -> None:
    before = asked(home, KEYS)
    ((record, arrival),) = asked(home, f"select record, arrival from change where value like '%Lampa {SENT + 3}%'")
    entry = str(record).encode() + int(str(arrival)).to_bytes(2, "big")
    (at,) = (each.start() for each in re.finditer(re.escape(entry), (home / "gatljus.db").read_bytes()))
    flip(home / "gatljus.db", at, 1)
    _is_told_and_costs_nothing(home, before)
    again = Session(home)
    assert finish(verify(again)) == []
    again.leave()


def test_an_index_entry_that_names_the_row_of_another_change_costs_neither(home: Path) -> None:
    found = finish(salvage(home / "gatljus.db"))
    before = dict(found.changes)
    sent, unsent = min(found.arrivals), max(found.arrivals)
    found.keys[unsent] = found.keys.pop(sent)
    finish(weigh(found, []))
    assert found.changes == before and not (found.doubts or found.partial)


@pytest.mark.parametrize("n", [0, 2, 5])
def test_a_row_whose_number_is_spoilt_comes_back_to_its_place_in_its_write(home: Path, n: int) -> None:
    """The first, one within, and the last, which leaves no hole."""
    before, (scope, device, seq) = asked(home, KEYS), write_of(home, UNSENT)
    which = f"scope = '{scope}' and device = '{device}' and seq = {seq} and n = {n}"
    _as_the_disk_does(home, f"update change set seq = seq + 64 where {which}")
    done = finish(remake(home))
    assert (done.changes, done.mended, done.doubts) == (0, 1, ())
    assert asked(home, KEYS) == before


IN_ORDER = "substr(stamp, 1, 18) || case substr(stamp, 19, 1) when 'f' then 'e' else 'f' end || substr(stamp, 20)"
"""A stamp of which a letter is spoilt that puts it before or after no other."""


@pytest.mark.parametrize("spoilt", ["'f' || substr(stamp, 2)", IN_ORDER])
def test_a_spoilt_stamp_of_a_text_that_was_corrected_does_not_bring_the_old_text_back(home: Path, spoilt: str) -> None:
    before = _corrected(home)
    _as_the_disk_does(home, f"update change set stamp = {spoilt} where value = '\"{UNSENT}\"'")
    session = Session(home)
    assert any(each["code"] in LOG_SPOILT for each in finish(verify(session)))
    session.leave()
    assert finish(remake(home)).mended == 1
    assert asked(home, KEYS) == before
    session = Session(home)
    assert session.conflicts(session.log.scopes()[0]) == []
    session.leave()
    assert "Rättad text" in texts(home) and UNSENT not in texts(home)


def test_of_what_a_change_replaced_a_letter_that_is_spoilt_does_not_bring_the_old_text_back(home: Path) -> None:
    _corrected(home)
    before = asked(home, "select stamp, action, replaces from change")
    tamper(home, "update change set replaces = 'f' || substr(replaces, 2) where value = '\"Rättad text\"'")
    assert finish(remake(home)).mended == 1
    assert asked(home, "select stamp, action, replaces from change") == before


def test_a_change_that_names_another_action_than_its_write_goes_back_into_it(home: Path) -> None:
    before = asked(home, "select stamp, action, replaces from change")
    tamper(home, f"update change set action = action + 8 where value = '\"{UNSENT}\"'")
    assert finish(remake(home)).mended == 1
    assert asked(home, "select stamp, action, replaces from change") == before


def test_a_stamp_that_nothing_proves_is_told(home: Path) -> None:
    _corrected(home)
    # Nothing names it, and among its neighbours either fits.
    _as_the_disk_does(home, "update change set replaces = '' where value = '\"Rättad text\"'")
    which = f"stamp in (select stamp from change where value = '\"{UNSENT}\"')"
    _as_the_disk_does(home, f"update change set stamp = {IN_ORDER} where {which}")
    assert any("skadat i databasen" in each for each in finish(remake(home)).doubts)


def _corrected(home: Path) -> list[tuple[object, ...]]:
    """A home in which the text was corrected. Returns which changes there are."""
    session = Session(home)
    (noted,) = (each for each in session.read(Observation) if each.text == UNSENT)
    set_fields(session, noted, {"text": "Rättad text"})
    session.leave()
    settle(home)
    return asked(home, KEYS)
