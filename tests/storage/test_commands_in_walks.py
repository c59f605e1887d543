"""Place files that are taken in whole or not at all, and fields that a newer or a foreign device wrote."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.base.clock import utc_now
from app.base.errors import BadInput, GatljusError, NotFound
from app.base.job import finish
from app.commands import measures, observations, records, stops, walks
from app.domain.change import Draft
from app.domain.ports import Said
from app.domain.records import Device, Measure, Observation, Route, SafetyWalk, Stop, Track, TrackChunk
from app.domain.values import MeasureStatus, ObservationKind, Severity, Unknown
from app.jobs.places import import_route
from app.jobs.sync import sync
from app.places.reading import read_place_file
from app.queries.show import show
from app.queries.whole import whole_walk
from app.session import Session
from app.sync.heads import unpack

GPX = b"""<gpx version="1.1"><wpt lat="59.1" lon="18.1"><name>1. Tunneln</name><desc>
M\xc3\xb6rkt&#13;&#10;och v\xc3\xa5tt</desc></wpt>
<trk><trkseg><trkpt lat="59.1" lon="18.1"><time>2026-10-23T16:05:00Z</time></trkpt></trkseg></trk></gpx>"""


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return Session(tmp_path / "home")


@pytest.fixture
def walk(session: Session) -> SafetyWalk:
    made = walks.new_walk(session, {"title": "T", "area": "A"})
    return session.read(SafetyWalk, {"id": made})[0]


def planned(path: Path, description: str) -> Path:
    line = {"type": "LineString", "coordinates": [[18.1 + place / 1e5, 59.1] for place in range(1200)]}
    point = {"type": "Point", "coordinates": [18.1, 59.1]}
    features = [
        {"type": "Feature", "properties": {"name": "Rutten"}, "geometry": line},
        {"type": "Feature", "properties": {"name": "Tunneln", "description": description}, "geometry": point},
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_lines_and_signs_of_other_systems_in_a_place_file_are_mended(
    session: Session, walk: SafetyWalk, tmp_path: Path
) -> None:
    finish(import_route(session, walk, planned(tmp_path / "a.geojson", "Mörkt\r\noch\x07 vått\r"), None))
    (stop,) = session.read(Stop)
    assert stop.description == "Mörkt\noch vått\n"
    assert read_place_file(GPX, "a.gpx").waypoints[0].description == "Mörkt\noch vått"


def test_a_place_file_with_something_that_cannot_be_kept_adds_nothing(
    session: Session, walk: SafetyWalk, tmp_path: Path
) -> None:
    with pytest.raises(BadInput) as refused:
        finish(import_route(session, walk, planned(tmp_path / "a.geojson", "x" * 70_000), None))
    assert refused.value.code == "too-long"
    assert not session.read(Route) and not session.read(TrackChunk)


def test_a_route_whose_import_was_cut_short_is_imported_whole_the_next_time(
    session: Session, walk: SafetyWalk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = planned(tmp_path / "a.geojson", "Mörkt")
    stored = session.log._insert
    left = [1, 1, 0]

    def breaks(*said: object, **more: object) -> object:
        if not left.pop(0):
            raise GatljusError("disk-full", "Disken är full.")
        return stored(*said, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(session.log, "_insert", breaks)
    with pytest.raises(GatljusError, match="full"):
        finish(import_route(session, walk, file, None))
    monkeypatch.undo()
    assert session.read(Route) == []
    done = finish(import_route(session, walk, file, None))
    (route,) = show(whole_walk(session, walk))["routes"]
    assert (route["id"], route["points"], len(done["stops"])) == (done["id"], 1200, 1)
    records.undo(session, walk.id)
    assert not session.read(Route) and not session.read(Stop) and not session.read(TrackChunk)


def test_a_track_says_which_device_it_was_read_on(session: Session, walk: SafetyWalk, tmp_path: Path) -> None:
    (tmp_path / "a.gpx").write_bytes(GPX)
    finish(import_route(session, walk, tmp_path / "a.gpx", None))
    assert [each.device for each in session.read(Track)] == [session.identity.device]
    assert show(whole_walk(session, walk))["tracks"][0]["device"] == session.identity.device


def newer(session: Session, walk: SafetyWalk, **values: object) -> Observation:
    """An observation as a newer version of the program wrote it."""
    record = observations.observe(session, walk.id, {"category": "lighting", "text": "Ny sorts lampa"})
    (seen,) = session.read(Observation, {"id": record})
    session.write(
        walk.id,
        [
            Draft(kind="observation", record=record, field=name, value=value, seen=seen.seen)
            for name, value in values.items()
        ],
    )
    return session.read(Observation, {"id": record})[0]


def test_an_observation_with_an_item_of_a_newer_checklist_can_be_edited(session: Session, walk: SafetyWalk) -> None:
    seen = newer(session, walk, item="Z9", category="holograms", severity_suggested=3)
    records.set_fields(session, seen, {"severity": Severity.DANGER})
    (now,) = session.read(Observation)
    assert (now.item, now.category, now.severity) == ("Z9", "holograms", Severity.DANGER)
    with pytest.raises(NotFound):
        records.set_fields(session, now, {"item": "Z9"})
    records.set_fields(session, now, {"item": "A1"})
    (now,) = session.read(Observation)
    assert (now.item, now.category) == ("A1", "lighting")


def test_an_observation_of_a_newer_kind_keeps_it_when_its_category_is_set(session: Session, walk: SafetyWalk) -> None:
    seen = newer(session, walk, kind="hologram")
    records.set_fields(session, seen, {"category": "wayfinding"})
    (now,) = session.read(Observation)
    assert str(now.kind) == str(Unknown("hologram")) and now.category == "wayfinding"


def test_what_is_good_has_no_severity_however_it_is_said(session: Session, walk: SafetyWalk) -> None:
    record = observations.observe(session, walk.id, {"category": "lighting", "text": "Ljust"})
    records.set_fields(session, session.read(Observation)[0], {"kind": ObservationKind.POSITIVE})
    records.set_fields(session, session.read(Observation)[0], {"severity": Severity.GOOD})
    assert session.read(Observation)[0].severity is None
    records.set_fields(session, session.read(Observation)[0], {"kind": ObservationKind.DEFICIENCY})
    assert session.read(Observation)[0].kind == ObservationKind.DEFICIENCY
    records.set_fields(session, session.read(Observation)[0], {"kind": ObservationKind.POSITIVE})
    in_conflict(session, record, walk.id, "severity", 1, 3)
    (conflict,) = session.conflicts(walk.id)
    records.resolve_with(session, conflict, session.read(Observation)[0], Severity.GOOD)
    assert session.read(Observation)[0].severity is None and session.conflicts(walk.id) == []


def test_a_new_status_has_the_day_of_the_walks_own_zone(tmp_path: Path) -> None:
    session = Session(tmp_path / "home", clock=lambda: datetime(2026, 10, 23, 22, 30, tzinfo=UTC))
    for zone, day in (("Europe/Stockholm", 24), ("Atlantic/Azores", 23), ("Mars/X", 24)):
        walk = walks.new_walk(session, {"title": zone, "area": "A"})
        (seen,) = session.read(SafetyWalk, {"id": walk})
        session.write(walk, [Draft(kind="safety-walk", record=walk, field="zone", value=zone, seen=seen.seen)])
        measure = measures.add_measure(session, walk, (), {"text": "Byt lampan"})
        records.set_fields(session, session.read(Measure, {"id": measure})[0], {"status": MeasureStatus.DONE})
        assert session.read(Measure, {"id": measure})[0].status_at == date(2026, 10, day)


def in_conflict(session: Session, record: str, scope: str, field: str, *values: object) -> None:
    """Two devices write a field unaware of each other."""
    kind = "safety-walk" if record == scope else "observation"
    for value in values:
        session.write(scope, [Draft(kind=kind, record=record, field=field, value=value, replaces=())])


def test_a_conflict_is_not_settled_with_what_could_not_be_set(session: Session, walk: SafetyWalk) -> None:
    in_conflict(session, walk.id, walk.id, "zone", "Europe/Oslo", "Europe/Riga")
    (conflict,) = session.conflicts(walk.id)
    with pytest.raises(BadInput) as refused:
        records.resolve_with(session, conflict, session.read(SafetyWalk)[0], "Mars/X")
    assert refused.value.code == "zone"
    records.resolve_with(session, conflict, session.read(SafetyWalk)[0], "Europe/Helsinki")
    assert session.read(SafetyWalk)[0].zone == "Europe/Helsinki"
    assert session.conflicts(walk.id) == []


def test_a_third_value_of_a_conflict_takes_along_what_follows_from_it(session: Session, walk: SafetyWalk) -> None:
    record = observations.observe(session, walk.id, {"category": "lighting"})
    in_conflict(session, record, walk.id, "item", "A2", "A3")
    (conflict,) = session.conflicts(walk.id)
    (seen,) = session.read(Observation)
    records.resolve_with(session, conflict, seen, "C4")
    (now,) = session.read(Observation)
    assert (now.item, now.category) == ("C4", session.checklist.category_of_item("C4").id)
    assert now.kind == ObservationKind.DEFICIENCY
    assert session.conflicts(walk.id) == []


def send(session: Session, other: Session, scope: str) -> None:
    """What one home has written of a walk comes to another."""
    session.log.freeze(scope)
    for name in session.log.batches(scope):
        other.log.append(scope, name, session.log.batch(name))


@pytest.mark.parametrize("late", [{"description": "NYTT, osett"}, None], ids=["a text", "another delete taken back"])
def test_who_lets_a_delete_stand_deletes_nothing_that_came_after_the_conflict_was_shown(
    session: Session, walk: SafetyWalk, tmp_path: Path, late: dict[str, str] | None
) -> None:
    other = Session(tmp_path / "other")
    stop = stops.add_stop(session, walk.id, {"name": "Torget"})
    send(session, other, walk.id)
    records.delete(session, session.read(Stop)[0])
    records.set_fields(other, other.read(Stop)[0], {"name": "Torget, östra"})
    send(other, session, walk.id)
    (conflict,) = session.conflicts(walk.id)
    if late:
        records.set_fields(other, other.read(Stop)[0], late)
    else:
        other.write(walk.id, [Draft(kind="stop", record=stop, field="deleted", value=None)])
    send(other, session, walk.id)
    records.resolve(session, conflict, walk.id, next(each.choice for each in conflict.choices if each.value))
    assert session.read(Stop)
    assert [each.field for each in session.conflicts(walk.id)] == ["deleted"]
    (conflict,) = session.conflicts(walk.id)
    records.resolve(session, conflict, walk.id, next(each.choice for each in conflict.choices if each.value))
    assert not session.read(Stop) and not session.conflicts(walk.id)


def test_a_whole_walk_is_of_one_moment_also_where_the_walk_was_read_before(session: Session, walk: SafetyWalk) -> None:
    records.set_fields(session, walk, {"title": "Ny titel"})
    assert whole_walk(session, walk).walk.title == "Ny titel"
    records.delete(session, session.read(SafetyWalk)[0])
    assert whole_walk(session, walk).walk.title == "T"


def test_many_waypoints_become_stops_in_their_order(session: Session, walk: SafetyWalk) -> None:
    ids, drafts = stops.stop_drafts(session, walk.id, [{"name": str(number)} for number in range(60)])
    session.write(walk.id, drafts)
    assert [each.id for each in session.read(Stop, order=("order",))] == ids


def test_the_letter_of_a_device_that_someone_deleted_is_not_given_again(session: Session) -> None:
    other, scope = "f" * 32, "e" * 32
    said = [("created", "2026-10-23T16:05:00Z"), ("letter", "A")]
    session.log.write(scope, [Draft(kind="device", record=other, field=name, value=value) for name, value in said])
    deleted = session.log.vector(scope)
    session.log.write(scope, [Draft(kind="device", record=other, field="deleted", value=deleted)])
    assert not session.read(Device, {"scope": scope})
    assert session.introduce(scope) == "B"


def test_a_walk_is_brought_back_once_and_one_that_is_there_is_left_alone(session: Session, walk: SafetyWalk) -> None:
    walks.bring_back(session, walk.id)
    before = session.log.last_seqs(walk.id)
    records.delete(session, walk)
    assert not session.read(SafetyWalk, {"id": walk.id})
    walks.bring_back(session, walk.id)
    assert session.read(SafetyWalk, {"id": walk.id})
    after = session.log.last_seqs(walk.id)
    walks.bring_back(session, walk.id)
    assert session.log.last_seqs(walk.id) == after != before


def test_what_a_newer_version_wrote_in_a_field_of_several_may_stay_and_nothing_else_unknown_comes(
    session: Session, walk: SafetyWalk
) -> None:
    made = observations.observe(session, walk.id, {"category": "lighting"})

    def now() -> Observation:
        return session.read(Observation, {"id": made})[0]

    newer = ["pole_leans_new"]
    session.write(walk.id, [Draft(kind="observation", record=made, field="lamp_faults", value=newer, seen=now().seen)])
    records.set_fields(session, now(), {"lamp_faults": ("off", "pole_leans_new")})
    assert now().lamp_faults == ("off", "pole_leans_new")
    with pytest.raises(BadInput, match="'glows_green' finns inte att välja på"):
        records.set_fields(session, now(), {"lamp_faults": ("off", "pole_leans_new", "glows_green")})
    records.set_fields(session, now(), {"lamp_faults": ("off",)})
    with pytest.raises(BadInput, match="'pole_leans_new' finns inte att välja på"):
        records.set_fields(session, now(), {"lamp_faults": ("off", "pole_leans_new")})


def test_a_device_that_got_another_name_has_it_in_its_walks_from_the_next_sync_and_is_still_done(
    session: Session, walk: SafetyWalk, tmp_path: Path
) -> None:
    stick, device = tmp_path / "minne", session.identity.device
    stick.mkdir()
    walks.end_walk(session, walk)
    session.save(replace(session.settings, label="Platta Norr"))
    finish(sync(session, str(stick), walk=walk.id))
    other = Session(tmp_path / "annan")
    finish(sync(other, str(stick), everything=True))
    assert [each.label for each in other.read(Device, {"id": device})] == ["Platta Norr"]
    (said,) = [unpack(each.content, device) for each in other.places.announced(walk.id) if each.device == device]
    assert (said.label, said.done) == ("Platta Norr", True)
    last = session.log.last_seqs(walk.id)
    finish(sync(session, str(stick)))
    assert session.log.last_seqs(walk.id) == last


def test_what_somebody_else_calls_a_device_stays(session: Session, walk: SafetyWalk, tmp_path: Path) -> None:
    place, device = tmp_path / "minne", session.identity.device
    place.mkdir()
    finish(sync(session, str(place), walk=walk.id))
    other = Session(tmp_path / "annan")
    finish(sync(other, str(place), everything=True))
    (shown,) = other.read(Device, {"id": device})
    records.set_fields(other, shown, {"label": "Platta i hallen"})
    for each in (other, session, session, other):
        finish(sync(each, str(place)))
    assert {each.read(Device, {"id": device})[0].label for each in (session, other)} == {"Platta i hallen"}


def test_what_is_written_while_a_device_tells_its_name_withdraws_that_the_walk_has_ended(
    session: Session, walk: SafetyWalk, monkeypatch: pytest.MonkeyPatch
) -> None:
    walks.end_walk(session, walk)
    session.save(replace(session.settings, label="Platta Norr"))
    real = session.places.said

    def late(scope: str) -> Said:
        said = real(scope)
        stops.add_stop(session, walk.id, {"name": "I sista stund"})
        return said

    monkeypatch.setattr(session.places, "said", late)
    walks.tell_name(session, walk.id)
    monkeypatch.undo()
    device = session.identity.device
    assert session.places.said(walk.id).done != (device, session.log.last_seqs(walk.id)[device])


def test_devices_that_each_begin_or_end_a_walk_before_its_planned_time_contradict_nobody(
    session: Session, tmp_path: Path
) -> None:
    stick = tmp_path / "minne"
    stick.mkdir()
    now = session.clock()
    ends, begun, moved = (
        walks.new_walk(session, {"title": "Kväll", "starts": now + timedelta(hours=ahead)}) for ahead in (0.5, 3, 3)
    )
    for one in (ends, begun, moved):
        finish(sync(session, str(stick), walk=one))
    other = Session(tmp_path / "annan", clock=lambda: utc_now() + timedelta(minutes=2))
    finish(sync(other, str(stick), everything=True))
    for each in (session, other):
        walks.end_walk(each, each.read(SafetyWalk, {"id": ends})[0])
        walks.begin_walk(each, each.read(SafetyWalk, {"id": begun})[0])
    walks.begin_walk(session, session.read(SafetyWalk, {"id": moved})[0])
    (planned,) = other.read(SafetyWalk, {"id": moved})
    records.set_fields(other, planned, {"starts": now + timedelta(hours=5)})
    for each in (session, other, session):
        finish(sync(each, str(stick)))
    for each in (session, other):
        assert each.conflicts(ends) == each.conflicts(begun) == []
        assert [found.field for found in each.conflicts(moved)] == ["starts"], "a plan against it is asked about"
    shown = [{found.id: found.starts for found in each.read(SafetyWalk)} for each in (session, other)]
    assert shown[0] == shown[1]
    other.close()


@pytest.mark.parametrize(
    ("starts", "ends", "keeps_end"),
    [
        (None, timedelta(hours=2), True),
        (timedelta(hours=5), timedelta(hours=7), True),
        (None, timedelta(hours=-2), False),
    ],
    ids=["only the end planned", "both later", "the planned end has been"],
)
def test_a_planned_end_keeps_no_start_from_being_written_and_never_comes_before_it(
    session: Session, walk: SafetyWalk, starts: timedelta | None, ends: timedelta, *, keeps_end: bool
) -> None:
    now = session.clock().replace(second=30, microsecond=0)
    session.clock = lambda: now
    planned = now.replace(second=0) + ends
    records.set_fields(session, walk, {"starts": starts and now + starts, "ends": planned})
    walks.begin_walk(session, session.read(SafetyWalk)[0])
    begun = session.read(SafetyWalk)[0]
    assert (begun.starts, begun.ends) == (now, planned if keeps_end else None)


def test_a_walk_that_has_ended_is_not_begun_anew(session: Session, walk: SafetyWalk) -> None:
    walks.end_walk(session, walk)
    ended = session.read(SafetyWalk)[0]
    walks.begin_walk(session, ended)
    assert session.read(SafetyWalk)[0].starts is ended.starts is None
