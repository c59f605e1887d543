"""Whether all is ready for a walk: each row in each state, from real homes and real map files."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.base.battery import Battery
from app.base.errors import BadInput
from app.base.job import finish
from app.commands.observations import observe
from app.commands.places import add_line
from app.commands.records import add, set_fields
from app.commands.stops import add_stop
from app.commands.walks import new_walk
from app.domain.geo import mercator
from app.domain.live import Heard
from app.domain.records import Device, Group, Route, SafetyWalk
from app.domain.track import Fix
from app.domain.values import Position
from app.jobs import readiness as job
from app.jobs.maps import SAMPLE_MAP, OpenMaps, map_files, own_maps
from app.jobs.readiness import look_over
from app.jobs.sync import sync
from app.places.mbtiles import TileMap
from app.places.placefile import PlaceFile
from app.queries.coverage import WALKED, coverage
from app.queries.readiness import (
    Act,
    Finding,
    Receiving,
    Row,
    Status,
    battery_finding,
    camera_finding,
    clock_finding,
    group_finding,
    has_fault,
    in_order,
    map_finding,
    microphone_finding,
    oncall_finding,
    position_finding,
    room_finding,
    uncopied_finding,
)
from app.session import Session
from resources import path as resource

NOW = datetime(2026, 10, 23, 16, 5, tzinfo=UTC)
GATE, TUNNEL = Position(60.1752, 24.9452), Position(60.1755, 24.9495)
KIRUNA = Position(67.8558, 20.2253)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = Session(tmp_path / "home")
    yield opened
    opened.close()


@pytest.fixture
def walk(session: Session) -> SafetyWalk:
    """A walk with two stops that the program's own map shows."""
    scope = new_walk(session, {"title": "Kajsaniemi", "area": "Kajsaniemi"})
    add_stop(session, scope, {"name": "Grinden", "position": GATE})
    add_stop(session, scope, {"name": "Tunneln", "position": TUNNEL})
    return session.read(SafetyWalk, {"id": scope})[0]


def of_map(session: Session, walk: SafetyWalk) -> Finding:
    with closing(OpenMaps(map_files(session), None)) as maps:
        return map_finding(session, walk, maps)


def said(found: Finding) -> tuple[Status, str]:
    return found.status, found.text


# The map


def test_a_map_without_a_hole_is_all_right(session: Session, walk: SafetyWalk) -> None:
    with closing(OpenMaps(map_files(session), None)) as maps:
        counted = coverage(session, walk, maps)
    assert counted is not None and counted.needed > 20 and not counted.missing
    found = of_map(session, walk)
    assert said(found) == (Status.OK, f"Hel: alla {counted.needed} rutor finns här.") and found.act is None


def pierced(session: Session, monkeypatch: pytest.MonkeyPatch, *holes: Position) -> None:
    """The program's own map, without the closest tiles under these positions."""
    source = resource(SAMPLE_MAP)
    copy = session.home / "holes.mbtiles"
    copy.write_bytes(source.read_bytes())
    with TileMap(copy) as whole, closing(sqlite3.connect(copy)) as db:
        assert whole.info.max_zoom > max(WALKED)
        side = 1 << max(WALKED)
        for hole in holes:
            x, y = tile_of(hole)
            db.execute("DELETE FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?",
                       (max(WALKED), x, side - 1 - y))  # fmt: skip
        db.commit()
    monkeypatch.setattr("app.jobs.maps.map_paths", lambda _session: [copy])


def tile_of(position: Position) -> tuple[int, int]:
    x, y = mercator(position, max(WALKED))
    return int(x), int(y)


def test_a_hole_is_a_fault_that_names_how_much_is_missing_and_the_stop_that_is_nearest(
    session: Session, walk: SafetyWalk, monkeypatch: pytest.MonkeyPatch
) -> None:
    pierced(session, monkeypatch, TUNNEL)
    found = of_map(session, walk)
    whole = int(found.text.split(" av ")[1].split()[0])
    assert said(found) == (Status.FAULT, f"Hål: 1 av {whole} rutor saknas vid Tunneln (stopp 2).")
    assert found.act == Act.ADD_MAP
    ((north_west, south_east),) = found.holes
    assert south_east.lat < TUNNEL.lat < north_west.lat and north_west.lon < TUNNEL.lon < south_east.lon
    pierced(session, monkeypatch, TUNNEL, GATE)
    text = of_map(session, walk).text
    assert text == f"Hål: 2 av {whole} rutor saknas vid Grinden (stopp 1) och vid 1 stopp till."
    beside = Position(TUNNEL.lat, TUNNEL.lon + 360 / (1 << max(WALKED)))
    pierced(session, monkeypatch, TUNNEL, GATE, beside)
    text = of_map(session, walk).text
    assert text == f"Hål: 3 av {whole} rutor saknas vid Tunneln (stopp 2) och vid 1 stopp till."


def test_a_hole_along_the_planned_way_is_seen_between_two_distant_stops(
    session: Session, walk: SafetyWalk, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = Position(60.1690, 24.9420)
    between = Position((GATE.lat + far.lat) / 2, (GATE.lon + far.lon) / 2)
    pierced(session, monkeypatch, between)
    assert of_map(session, walk).status == Status.OK
    way = (Fix(None, GATE.lat, GATE.lon), Fix(None, far.lat, far.lon))
    add_line(session, walk.id, Route, "Rutt", "", PlaceFile("geojson", segments=(way,)))
    found = of_map(session, walk)
    assert found.status == Status.FAULT and found.text.startswith("Hål: 1 av ")


def test_where_no_map_shows_the_area_that_is_said(session: Session, walk: SafetyWalk) -> None:
    scope = new_walk(session, {"title": "Kiruna", "area": "Kiruna"})
    add_stop(session, scope, {"name": "Kyrkan", "position": KIRUNA})
    found = of_map(session, session.read(SafetyWalk, {"id": scope})[0])
    assert said(found) == (Status.FAULT, "Ingen karta visar området. Lägg till en kartfil över orten.")
    assert found.act == Act.ADD_MAP
    church = add_stop(session, walk.id, {"name": "Kyrkan", "position": KIRUNA})
    found = of_map(session, walk)
    assert found.text.startswith("Hål: ") and found.text.endswith(" vid Kyrkan (stopp 3).")
    assert found.near == (church,)
    side = 360 / (1 << min(WALKED))
    assert all(abs(east.lon - west.lon - side) < 1e-9 for west, east in found.holes), "the largest tiles alone"


def test_a_coarse_map_is_to_be_looked_over(session: Session) -> None:
    scope = new_walk(session, {"title": "Kiruna", "area": "Kiruna"})
    add_stop(session, scope, {"name": "Kyrkan", "position": KIRUNA})
    own_maps(session).mkdir()
    path = own_maps(session) / "kiruna.mbtiles"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE metadata (name text, value text)")
        db.execute("CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob)")
        db.executemany("INSERT INTO metadata VALUES (?, ?)", {"format": "png", "bounds": "20.1,67.8,20.4,67.9"}.items())
        rows = ((x, y) for x in range(2270, 2285) for y in range(3105, 3118))
        db.executemany("INSERT INTO tiles VALUES (12, ?, ?, x'89504e47')", rows)
        db.commit()
    found = of_map(session, session.read(SafetyWalk, {"id": scope})[0])
    assert said(found) == (Status.WARN, "Kartan är grov: den visar inte stigar och hus på nära håll.")


def test_without_stops_and_way_the_map_cannot_be_looked_over_and_the_plan_is_offered(session: Session) -> None:
    scope = new_walk(session, {"title": "Tom", "area": "T"})
    add_stop(session, scope, {"name": "Utan läge"})
    found = of_map(session, session.read(SafetyWalk, {"id": scope})[0])
    assert (found.status, found.act) == (Status.WARN, Act.PLAN)


# The receiver


def heard(**said: float) -> Heard:
    return Heard(Fix(NOW, 60.17, 24.94, **said), NOW)


@pytest.mark.parametrize(
    ("found", "status", "text"),
    [
        (None, Status.WARN, "Ingen GPS är ansluten. Läget kan sättas på kartan för hand."),
        (Receiving(name="GPS", is_sought=True), Status.CHECKING, "GPS söks."),
        (Receiving(name="GPS", is_sought=True, why="Den sitter inte i."), Status.FAULT,
         "GPS hittas inte. Den sitter inte i."),
        (Receiving(name="GPS"), Status.WARN, "GPS har inte sagt något läge än. Gå ut under öppen himmel."),
        (Receiving(name="GPS", heard=heard(hdop=1.0), is_stale=True), Status.WARN,
         "Gammalt läge: GPS har slutat säga var ni är."),
        (Receiving(name="GPS", heard=heard(accuracy_m=80.0)), Status.WARN,
         "GPS, ±80 m. Vänta tills det är säkrare, eller sätt läget på kartan."),
        (Receiving(name="GPS", heard=heard(accuracy_m=5.2)), Status.OK, "GPS, ±5 m"),
        (Receiving(name="GPS", heard=heard()), Status.OK, "GPS"),
    ],
)  # fmt: skip
def test_the_position_is_as_the_receiver_tells(found: Receiving | None, status: Status, text: str) -> None:
    made = position_finding(found)
    assert (made.row, *said(made)) == (Row.POSITION, status, text)
    assert (made.act == Act.CONNECT) == (status in (Status.WARN, Status.FAULT))


UNCHECKED = "Kan inte kollas utan GPS. Jämför med en klocka som går rätt."


def ticking(ahead: float | None) -> Receiving:
    return Receiving(name="GPS", heard=heard(), ahead_s=ahead)


@pytest.mark.parametrize(
    ("found", "status", "text"),
    [
        (None, Status.WARN, UNCHECKED),
        (Receiving(name="GPS"), Status.WARN, UNCHECKED),
        (Receiving(name="GPS", heard=heard(), is_stale=True), Status.WARN, UNCHECKED),
        (Receiving(name="GPS", heard=heard(), is_played=True), Status.OK, "Kan inte kollas under en övning."),
        (ticking(None), Status.CHECKING, "Jämförs med satelliternas."),
        (ticking(4.9), Status.OK, "Högst 5 s från satelliternas."),
        (ticking(-12.0), Status.WARN,
         "Klockan går 12 s efter satelliternas. Ställ om den i systemets inställningar."),
        (ticking(420.0), Status.FAULT,
         "Klockan går 7 min före satelliternas. Ställ om den i systemets inställningar."),
        (ticking(-3 * 3600.0), Status.FAULT,
         "Klockan går 3 h efter satelliternas. Ställ om den i systemets inställningar."),
        (ticking(30 * 86400.0), Status.FAULT,
         "Klockan går 30 dygn före satelliternas. Ställ om den i systemets inställningar."),
    ],
)  # fmt: skip
def test_the_clock_is_held_against_the_satellites(found: Receiving | None, status: Status, text: str) -> None:
    made = clock_finding(found)
    assert said(made) == (status, text)
    assert (made.act == Act.CLOCK) == (status in (Status.WARN, Status.FAULT)), "it is shown, to be compared"


# The machine


@pytest.mark.parametrize(
    ("made", "names", "status", "text"),
    [
        (camera_finding, ("Kamera fram", "Kamera bak"), Status.OK, "Kamera fram"),
        (camera_finding, (), Status.WARN,
         "Ingen kamera hittad. Foton kan tas med en annan kamera och hämtas efteråt."),
        (camera_finding, None, Status.WARN,
         "Kameran kan inte kollas. Foton kan tas med en annan kamera och hämtas efteråt."),
        (microphone_finding, ("Mikrofon",), Status.OK, "Mikrofon"),
        (microphone_finding, (), Status.WARN, "Ingen mikrofon hittad. Det som sägs får skrivas."),
        (microphone_finding, None, Status.WARN, "Mikrofonen kan inte kollas. Det som sägs får skrivas."),
    ],
)  # fmt: skip
def test_a_camera_and_a_microphone_that_are_missing_are_to_be_looked_over(
    made: Callable[[tuple[str, ...] | None], Finding], names: tuple[str, ...] | None, status: Status, text: str
) -> None:
    assert said(made(names)) == (status, text)


@pytest.mark.parametrize(
    ("found", "status", "text"),
    [
        (None, Status.OK, "Inget batteri att hålla reda på."),
        (Battery(50, False), Status.OK, "50\N{NO-BREAK SPACE}%."),
        (Battery(80, True), Status.OK, "80\N{NO-BREAK SPACE}%, laddas."),
        (Battery(49, False), Status.WARN, "49\N{NO-BREAK SPACE}%. Ladda, eller ta med en powerbank."),
        (Battery(20, True), Status.WARN, "20\N{NO-BREAK SPACE}%, laddas. Låt den ladda, eller ta med en powerbank."),
        (Battery(19, False), Status.FAULT, "19\N{NO-BREAK SPACE}%. Ladda, eller ta med en powerbank."),
    ],
)
def test_a_battery_below_a_half_is_to_be_looked_over_and_below_a_fifth_a_fault(
    found: Battery | None, status: Status, text: str
) -> None:
    assert said(battery_finding(found)) == (status, text)


@pytest.mark.parametrize(
    ("free", "stops", "status", "text"),
    [
        (None, 3, Status.WARN, "Disken säger inte hur mycket plats som är kvar."),
        (499_999_999, 3, Status.FAULT, "Bara 499\xa0MB kvar. Frigör utrymme innan ni går."),
        (500_000_000, 3, Status.WARN, "500\xa0MB, räcker till 100 foton. Det kan bli fler."),
        (650_000_000, 3, Status.OK, "650\xa0MB, räcker till 130 foton."),
        (650_000_000, 9, Status.WARN, "650\xa0MB, räcker till 130 foton. Det kan bli fler."),
        (1_250_000_000, 9, Status.OK, "1,2\xa0GB, räcker till 250 foton."),
        (41_300_000_000, 9, Status.OK, "41\xa0GB, räcker till 8\xa0200 foton."),
    ],
)
def test_the_room_is_for_the_photos_that_are_expected(free: int | None, stops: int, status: Status, text: str) -> None:
    assert said(room_finding(free, stops)) == (status, text)


# What lies here


def test_what_lies_only_here_is_told_of_all_walks_until_another_device_has_it(
    session: Session, walk: SafetyWalk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert said(uncopied_finding(session)) == (Status.OK, "Inga iakttagelser eller foton finns bara här.")
    before = new_walk(session, {"title": "I våras", "area": "T"})
    for text in ("Släckt", "Skymd"):
        observe(session, before, {"item": "A1", "text": text})
    found = uncopied_finding(session)
    assert said(found) == (Status.WARN, "2 iakttagelser finns bara här, från I våras.")
    assert (found.act, found.walk) == (Act.COPY, before)
    observe(session, walk.id, {"item": "A1"})
    found = uncopied_finding(session)
    assert found.text == "3 iakttagelser finns bara här, från I våras och 1 vandring till." and found.walk == before
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("GATLJUS_MACHINE", "en annan")
        other = Session(tmp_path / "other")
    for each in (session, other, session):
        for scope in (before, walk.id):
            finish(sync(each, str(tmp_path / "minne"), walk=scope))
    other.close()
    assert uncopied_finding(session).status == Status.OK


def test_the_number_that_is_shown_in_danger_is_told_or_missed(session: Session, walk: SafetyWalk) -> None:
    found = oncall_finding(walk)
    assert said(found) == (Status.WARN, "Numret till jouren saknas i planen. Det visas vid Fara nu.")
    assert found.act == Act.ONCALL and found.name == "Jourens nummer"
    set_fields(session, walk, {"oncall_phone": " 08-465 004 12 "})
    assert said(oncall_finding(session.read(SafetyWalk)[0])) == (Status.OK, "Jour, 08-465 004 12")
    set_fields(session, walk, {"oncall_name": "Kommunens jour"})
    found = oncall_finding(session.read(SafetyWalk)[0])
    assert said(found) == (Status.OK, "Kommunens jour, 08-465 004 12") and found.act is None


def test_the_group_is_told_only_where_the_walk_is_split(session: Session, walk: SafetyWalk) -> None:
    assert group_finding(session, walk) is None
    group = add(session, Group.KIND, walk.id, {"name": "Norr"})
    found = group_finding(session, walk)
    nothing = "Det är inte sagt vilken grupp den här enheten går med."
    assert found is not None and said(found) == (Status.WARN, nothing) and found.act == Act.GROUP
    (mine,) = session.read(Device, {"scope": walk.id})
    set_fields(session, mine, {"group": group})
    found = group_finding(session, walk)
    assert found is not None and said(found) == (Status.OK, "Den här enheten går med Grupp Norr.")


# All of it


def test_faults_come_first_then_what_is_to_be_looked_over_then_the_rest_as_they_stand() -> None:
    given = {Row.GROUP: Status.FAULT, Row.BATTERY: Status.WARN, Row.POSITION: Status.WARN, Row.CLOCK: Status.FAULT,
             Row.CAMERA: Status.CHECKING, Row.MAP: Status.OK}  # fmt: skip
    findings = [Finding(row=row, status=status) for row, status in given.items()]
    rows = [Row.CLOCK, Row.GROUP, Row.POSITION, Row.BATTERY, Row.MAP, Row.CAMERA]
    assert [each.row for each in in_order(findings)] == rows
    assert has_fault(findings) and not has_fault(findings[1:3])


def test_one_thing_that_cannot_be_known_keeps_nobody_from_knowing_the_others(
    session: Session, walk: SafetyWalk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(_session: Session) -> Finding:
        raise BadInput("torn", "Databasen är trasig.", "Hämta en kopia.")

    monkeypatch.setattr(job, "uncopied_finding", refuses)
    monkeypatch.setattr(job, "battery", lambda: Battery(60, False))
    found = {each.row: each for each in finish(look_over(session, walk))}
    assert said(found[Row.UNCOPIED]) == (Status.WARN, "Databasen är trasig. Hämta en kopia.")
    assert found[Row.MAP].status == found[Row.BATTERY].status == Status.OK
    assert list(found) == [Row.MAP, Row.BATTERY, Row.ROOM, Row.UNCOPIED, Row.ONCALL]
