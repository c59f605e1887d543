"""The smallest cases in which a simpler rule lost, hid or falsely contradicted something; those of undo stand beside.

One test each."""

import json
from datetime import timedelta
from pathlib import Path

from app.domain.batch import pack
from app.domain.change import Draft
from app.domain.letters import shown_tags
from app.domain.numbers import number_all
from app.domain.record import Seen
from app.domain.records import Observation, Photo, Protocol, Stop
from app.sync.targets.folder import FolderTarget
from tests.homes import NAME, NOTE, PICTURE, STOP, WALK, Clock, Make, change, stamp
from tests.storage.meeting import TEN_YEARS, assert_alike, exchange_all, texts_of


def test_1_two_homes_from_one_snapshot_with_a_pinned_clock_keep_both_values(home: Make, tmp_path: Path) -> None:
    pinned = Clock(TEN_YEARS, pinned=True)
    one = home("A", clock=pinned)
    one.new("stop", STOP, name="Torget")
    other = one.copy(tmp_path / "kopia", clock=pinned, seed="annan slump")
    one = home("A", clock=pinned, seed="en slump")
    one.set("stop", STOP, name="Torget norr")
    other.set("stop", STOP, name="Torget söder")
    assert one.log.last_seqs(WALK) == other.log.last_seqs(WALK) == {one.device: 2}
    exchange_all(one, other)
    assert_alike(one, other)
    assert texts_of(one, STOP, "name") == {"Torget norr", "Torget söder"}


def test_2_an_edit_replaces_what_its_list_row_showed_and_no_other_head(home: Make) -> None:
    a, b, c = home("A"), home("B"), home("C")
    a.new("stop", STOP, name="?")
    a.send(b, c)
    a.set("stop", STOP, name="ett")
    b.set("stop", STOP, name="två")
    exchange_all(a, b, c)
    shown = c.shown(Stop)[STOP].name
    c.set("stop", STOP, c.shown(Stop)[STOP].seen, name="tre")
    exchange_all(a, b, c)
    assert_alike(a, b, c)
    assert texts_of(a, STOP, "name") == {"ett", "två", "tre"} - {shown}


def test_3_a_machine_written_value_from_a_fast_clock_is_corrected_by_a_later_write(home: Make) -> None:
    a, b = home("A", clock=Clock(TEN_YEARS)), home("B")
    a.new("photo", PICTURE, width=1)
    a.send(b)
    b.set("photo", PICTURE, width=2)
    exchange_all(a, b)
    assert_alike(a, b)
    assert a.shown(Photo)[PICTURE].width == 2


def test_3_the_same_card_read_on_two_devices_is_one_photo_and_no_conflict(home: Make) -> None:
    a, b = home("A"), home("B", clock=Clock(timedelta(minutes=7)))
    for each in (a, b):
        each.new("photo", PICTURE, original="ab" * 32, name="IMG_1.JPG")
    exchange_all(a, b)
    assert_alike(a, b)
    assert len(a.shown(Photo)) == 1
    assert a.conflicts() == []


def test_4_two_concurrent_deletes_hide_the_record_and_are_no_conflict(home: Make) -> None:
    a, b = home("A"), home("B")
    a.new("stop", STOP, name="Torget")
    a.send(b)
    a.delete("stop", STOP)
    b.delete("stop", STOP)
    exchange_all(a, b)
    assert_alike(a, b)
    assert a.shown(Stop) == {}
    assert a.conflicts() == []


def test_5_a_delete_does_not_hide_what_arrived_after_the_person_had_looked(home: Make) -> None:
    a, b = home("A"), home("B")
    a.new("stop", STOP, name="Torget")
    a.send(b)
    looked = a.shown(Stop)[STOP].seen
    b.set("stop", STOP, description="Mörkt")
    b.send(a)
    a.delete("stop", STOP, looked)
    exchange_all(a, b)
    assert_alike(a, b)
    assert a.shown(Stop)[STOP].description == "Mörkt"
    assert [each.field for each in a.conflicts()] == ["deleted"]


def test_6_a_delete_does_not_cover_a_gap_in_what_had_arrived(home: Make) -> None:
    a, b = home("A"), home("B")
    a.new("stop", STOP, name="Torget")
    a.send(b)
    for number in range(1, 10):
        b.set("stop", STOP, description=f"rad {number}")
        b.log.freeze(WALK)
    parts = sorted(name for name in b.log.batches(WALK) if name.startswith(b.device))
    late = parts[3:6]
    for name in parts:
        if name not in late:
            a.log.append(WALK, name, b.log.batch(name))
    assert a.log.have(WALK)[b.device][0] == 3
    assert a.log.gaps(WALK) == {b.device: [(4, 6)]}
    a.delete("stop", STOP)
    for name in late:
        a.log.append(WALK, name, b.log.batch(name))
    a.send(b)
    assert_alike(a, b)
    assert STOP in a.shown(Stop)


def test_6_a_delete_hides_as_soon_as_all_its_maker_had_seen_is_here(home: Make) -> None:
    a, b, c = home("A"), home("B"), home("C")
    for record, text in ((STOP, "ett"), (NOTE, "annat"), (STOP, "två")):
        if text == "två":
            b.set("stop", record, name=text)
        else:
            b.new("stop", record, name=text)
        b.log.freeze(WALK)
    b.send(a)
    a.delete("stop", STOP)
    a.log.freeze(WALK)
    late = sorted(name for name in b.log.batches(WALK))[1]
    for name in a.log.batches(WALK):
        if name != late:
            c.log.append(WALK, name, a.log.batch(name))
    assert set(c.shown(Stop)) == {STOP}
    c.log.append(WALK, late, a.log.batch(late))
    assert set(c.shown(Stop)) == {NOTE}
    assert_alike(a, c)


def test_7_a_photo_of_another_device_on_an_observation_of_a_deleted_stop_stays(home: Make) -> None:
    a, b = home("A"), home("B")
    a.new("stop", STOP, name="Torget")
    a.new("observation", NOTE, stop=STOP, text="Mörkt")
    a.send(b)
    b.new("photo", PICTURE, observation=NOTE)
    a.delete("stop", STOP)
    assert a.shown(Stop) == {}
    assert a.shown(Observation) == {}
    exchange_all(a, b)
    assert_alike(a, b)
    assert (set(a.shown(Stop)), set(a.shown(Observation)), set(a.shown(Photo))) == ({STOP}, {NOTE}, {PICTURE})
    assert [each.field for each in a.conflicts()] == ["deleted"]


def test_8_a_delete_does_not_cover_the_other_variant_of_a_fork(home: Make) -> None:
    a, c = home("A"), home("C")
    first = [change(a.device, 1, 0, ("stop", STOP, "created"), '"2026-10-23T16:05:00Z"')]
    variants = [
        [change(a.device, 2, 0, ("stop", STOP, "name"), json.dumps(text), stamp=stamp(a.device, 2, 0, chance))]
        for text, chance in (("norr", "1111"), ("söder", "2222"))
    ]
    seen, unseen = pack(first + variants[0], None), pack(variants[1], None)
    c.log.append(WALK, *seen)
    c.delete("stop", STOP)
    assert c.shown(Stop) == {}
    c.log.append(WALK, *unseen)
    assert_alike(c)
    assert set(c.shown(Stop)) == {STOP}


def test_10_two_observations_with_one_tag_are_told_apart_by_their_own_ids(home: Make) -> None:
    a, b = home("A"), home("B")
    ids = ["aa" + "1" * 30, "ab" + "2" * 30, "cc" + "3" * 30]
    a.new("observation", ids[0], tag="A1")
    a.new("observation", ids[2], tag="A2")
    b.new("observation", ids[1], tag="A1")
    exchange_all(a, b)
    assert shown_tags(a.shown(Observation).values()) == {ids[0]: "A1·aa", ids[1]: "A1·ab", ids[2]: "A2"}
    c = home("C")
    for each in ("ab" + "1" * 30, "ab1" + "2" * 29):
        c.new("observation", each, tag="A1")
    assert sorted(shown_tags(c.shown(Observation).values()).values()) == ["A1·ab11", "A1·ab12"]


def test_11_two_concurrent_finalisations_are_one_conflict_and_no_number_is_given_twice(home: Make) -> None:
    a, b = home("A"), home("B")
    notes = ["a" * 32, "b" * 32, "c" * 32]
    a.new("stop", STOP, name="Torget")
    for note in notes:
        a.new("observation", note, stop=STOP)
    a.new("protocol", NAME)
    a.send(b)
    a.set("protocol", NAME, numbers={STOP: "1", notes[0]: "1.1", notes[1]: "1.2"})
    b.set("protocol", NAME, numbers={STOP: "1", notes[1]: "1.1", notes[0]: "1.2", notes[2]: "1.3"})
    exchange_all(a, b)
    assert_alike(a, b)
    assert [(each.kind, each.field) for each in a.conflicts()] == [("protocol", "numbers")]
    written = a.shown(Protocol)[NAME].numbers
    numbers = number_all([*a.shown(Stop).values()], [*a.shown(Observation).values()], [], [], [], written)
    assert sorted(numbers.of.values()) == ["1", "1.1", "1.2", "1.3"]


def test_12_every_name_a_participant_ever_had_is_erased_everywhere_and_does_not_come_back(
    home: Make, tmp_path: Path
) -> None:
    target = FolderTarget(tmp_path / "minne")
    a, b = home("A"), home("B")
    a.new("participant", NAME, role="boende")
    names = {each: home_.blobs.put(each.encode()) for each, home_ in (("Annna", a), ("Anna", a), ("Anna Ek", b))}
    a.set("participant", NAME, name_blob=names["Annna"])
    a.sync(target)
    b.sync(target)
    a.set("participant", NAME, name_blob=names["Anna"])
    a.sync(target)
    old = a.copy(tmp_path / "gammal", "C")
    a = home("A")
    b.set("participant", NAME, name_blob=names["Anna Ek"])
    a.set("participant", NAME, erased=True)
    a.sync(target)
    for each in (b, a, old, b, a):
        each.sync(target)
    for each in (a, b, old):
        assert not set(each.blobs.names()) & set(names.values())
        assert each.log.blobs_erased(WALK) == set(names.values())
        assert each.log.blobs_named(WALK) == set()
    assert not any(blob in name for name in target.list("gatljus1/") for blob in names.values())


def test_13_what_a_restored_home_had_not_sent_travels_under_its_old_id(home: Make, tmp_path: Path) -> None:
    target = FolderTarget(tmp_path / "minne")
    a, b = home("A"), home("B")
    a.new("stop", STOP, name="Torget")
    restored = a.copy(tmp_path / "återställd", "A2", was=a.device)
    restored.set("stop", STOP, description="Efter återställning")
    restored.sync(target)
    b.sync(target)
    assert_alike(restored, b)
    assert b.shown(Stop)[STOP].name == "Torget"
    assert set(b.log.have(WALK)) == {a.device, restored.device}


def test_13_a_home_that_was_copied_before_it_sent_lets_both_send_the_same(home: Make, tmp_path: Path) -> None:
    target = FolderTarget(tmp_path / "minne")
    a, b = home("A"), home("B")
    a.new("stop", STOP, name="Torget")
    copy = a.copy(tmp_path / "kopia", "A2", was=a.device)
    a = home("A")
    a.set("stop", STOP, description="Mörkt")
    for each in (copy, a, b, copy):
        report = each.sync(target)
        assert not report.new_id_needed
        assert report.not_applied == {}
    assert_alike(a, b, copy)


def test_14_a_receipt_for_one_variant_of_a_fork_does_not_count_for_the_other(home: Make, tmp_path: Path) -> None:
    target = FolderTarget(tmp_path / "minne")
    a, b = home("A"), home("B")
    a.new("stop", STOP, name="Torget")
    fork = a.copy(tmp_path / "kopia", seed="annan slump")
    a = home("A", seed="en slump")
    a.set("stop", STOP, name="söder")
    fork.set("stop", STOP, name="norr")
    fork.sync(target)
    b.sync(target)
    assert a.sync(target).new_id_needed
    a = home("A", seed="en slump")
    a.log.become("a2" * 16)
    assert not a.sync(target).new_id_needed
    assert a.log.last_seqs(WALK) == b.log.last_seqs(WALK)
    assert a.log.agreed(WALK, [b.log.have(WALK)]) == [{}]
    # All that B has said to have is here, but B has not all that is here.
    assert a.receipts().missing_changes == 0
    assert a.receipts().everything == f"Allt som A ({fork.device[:4]}), B har skickat är mottaget"
    assert not any("Mottaget av" in each for each in a.receipts().sentences)
    b.sync(target)
    a.sync(target)
    assert a.log.agreed(WALK, [b.log.have(WALK)]) == [{a.device: 2}]
    (row,) = [each for each in a.receipts().devices if each.device == b.device]
    assert (row.received, row.announced) == (a.log.last_seqs(WALK).get(a.log.device, 0), 0)
    assert_alike(a, b)


def test_19_a_blob_named_in_an_unknown_field_is_fetched_counted_as_lacking_and_no_orphan(
    home: Make, tmp_path: Path
) -> None:
    target = FolderTarget(tmp_path / "minne")
    a, b, c = home("A"), home("B"), home("C")
    a.new("photo", PICTURE)
    blob, other = a.blobs.put(b"panorama"), "ab" * 32
    a.set("photo", PICTURE, panorama=blob)
    a.new("hologram", NAME, data=other)
    a.sync(target)
    assert b.sync(target).missing == [other]
    assert b.blobs.read(blob) == b"panorama"
    assert {blob, other} == b.log.blobs_named(WALK)
    again = FolderTarget(tmp_path / "annat minne")
    b.sync(again)
    c.sync(again)
    assert c.blobs.read(blob) == b"panorama"


def test_a_value_that_arrives_between_showing_and_tapping_is_a_conflict_and_no_silent_win(home: Make) -> None:
    a, b = home("A"), home("B")
    a.new("stop", STOP, name="?")
    a.send(b)
    looked: Seen = a.shown(Stop)[STOP].seen
    b.set("stop", STOP, name="två")
    b.send(a)
    a.set("stop", STOP, looked, name="ett")
    exchange_all(a, b)
    assert_alike(a, b)
    assert texts_of(b, STOP, "name") == {"ett", "två"}


def test_equal_edits_are_no_conflict_and_one_edit_replaces_both(home: Make) -> None:
    a, b = home("A"), home("B")
    a.new("stop", STOP, name="?")
    a.send(b)
    a.set("stop", STOP, name="Torget")
    b.set("stop", STOP, name="Torget")
    exchange_all(a, b)
    assert a.conflicts() == []
    a.set("stop", STOP, name="Stora torget")
    exchange_all(a, b)
    assert_alike(a, b)
    assert b.conflicts() == []
    assert b.shown(Stop)[STOP].name == "Stora torget"


def test_a_device_has_its_own_letter_in_each_of_two_walks_and_no_gaps(home: Make) -> None:
    a = home("A")
    other = "f" * 32
    for scope, letter in ((WALK, "A"), (other, "B"), (WALK, "A"), (other, "B")):
        draft = [Draft(kind="device", record=a.device, field="letter", value=letter)]
        a.log.write(scope, draft, action=0)
    with a.log.database.reading() as tables:
        rows = tables.execute("select scope, value, heads from cell where record = ?", [a.device]).fetchall()
    assert sorted(rows) == [(WALK, '"A"', None), (other, '"B"', None)]
    assert a.log.gaps(WALK) == a.log.gaps(other) == {}
    assert a.log.last_seqs(WALK) == a.log.last_seqs(other) == {a.device: 2}
