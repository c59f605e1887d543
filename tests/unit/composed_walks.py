"""Walks written down record by record, for the tests of the composed protocol."""

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from app.domain.checklist import Checklist, checklist_from
from app.domain.numbers import number_all
from app.domain.records import (
    Device,
    DuplicateLink,
    Measure,
    MeasureFor,
    Observation,
    Organisation,
    Participant,
    Photo,
    Protocol,
    Remark,
    SafetyRating,
    SafetyWalk,
    Stop,
    Support,
    Track,
)
from app.domain.track import Fix
from app.domain.values import (
    Alarm,
    CostClass,
    Light,
    MeasureStatus,
    ObservationKind,
    PlaceType,
    Position,
    PositionSource,
    Priority,
    Severity,
    TakenAtSource,
)
from app.domain.walk import Choice, Conflict, Line, WholeWalk

ROOT = Path(__file__).resolve().parents[2]
SCOPE = "5" * 32
STARTS = datetime(2026, 10, 23, 16, 5, tzinfo=UTC)
DEVICE_A, DEVICE_B = "a" * 32, "b" * 32


def checklist() -> Checklist:
    """The checklist that the program brings."""
    return checklist_from(json.loads((ROOT / "resources/checklist/gatljus-1.json").read_text("utf-8")))


def made(cls: Any, number: int, **fields: Any) -> Any:
    """A record with an id that says its kind and number; made a second after the one before."""
    prefix = {"stop": "1", "observation": "2", "photo": "3", "measure": "4"}.get(cls.KIND, "6")
    created = STARTS + timedelta(seconds=number)
    mixed = f"{(number * 2654435761) % 2**32:08x}"
    return cls(id=f"{prefix}{mixed}{number:023x}", scope=SCOPE, created=created, **fields)


def plainly(cls: Any, id: str, **fields: Any) -> Any:
    """A record with the id given."""
    return cls(id=id, scope=SCOPE, **fields)


def numbered(whole: WholeWalk) -> WholeWalk:
    """The same walk with its numbers, and everything by id as a query hands it over."""
    written = whole.protocols[0].numbers if whole.protocols else None
    numbers = number_all(whole.stops, whole.observations, whole.photos, whole.measures, whole.measure_fors, written)
    return replace(whole, numbers=numbers)


def shuffled(whole: WholeWalk, seed: int) -> WholeWalk:
    """The same walk with all its records but the stops in another order."""
    chance = random.Random(seed)

    def mixed(many: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(chance.sample(list(many), len(many)))

    names = (
        "observations photos measures measure_fors supports remarks participants groups devices parties ratings "
        "organisations protocols tracks routes conflicts duplicates"
    ).split()
    others: dict[str, Any] = {each: mixed(getattr(whole, each)) for each in names}
    return replace(whole, **others)


def empty_walk() -> WholeWalk:
    """A walk of which nothing is known."""
    walk = plainly(SafetyWalk, SCOPE)
    return numbered(WholeWalk(walk=walk, checklist=checklist(), numbers=number_all((), (), (), (), ())))


def walked_line(stops: Sequence[Stop]) -> Line:
    """A track from stop to stop, a fix every five seconds, with one gap of two minutes."""
    record = made(Track, 900, name="A", device=DEVICE_A)
    spots = [each.position for each in stops if each.position]
    fixes: list[Fix] = []
    moment = STARTS
    for here, there in pairwise(spots):
        for step in range(20):
            part = step / 20
            lat, lon = here.lat + (there.lat - here.lat) * part, here.lon + (there.lon - here.lon) * part
            moment += timedelta(seconds=5)
            fixes.append(Fix(moment, lat, lon))
    half = len(fixes) // 2
    late = [replace(each, time=each.time + timedelta(minutes=2)) for each in fixes[half:] if each.time]
    return Line(record, (tuple(fixes[:half] + late),))


def written_walk() -> WholeWalk:
    """A small walk with something of everything: three stops, two devices, a conflict, a draft, an acute fault, a
    duplicate, photos with and without a place and one that cannot be shown, measures of every priority."""
    walk = plainly(
        SafetyWalk,
        SCOPE,
        title="Vandring i Brunnsparken",
        area="Brunnsparken, Strandvägen och Torget",
        purpose="Vi vill veta var det känns otryggt när det är mörkt",
        background="Många har hört av sig.\n\nFörra vandringen var 2024.",
        organiser="Exempelkommunen",
        starts=STARTS,
        ends=STARTS + timedelta(hours=2, minutes=5),
        light=Light.DARK,
        weather="6 °C, mulet",
        ground="Blöta löv",
        leader_function="Trygghetssamordnaren",
    )
    stops = (
        made(Stop, 1, name="Torget", place_type=PlaceType.SQUARE, position=Position(59.3300, 18.0600), order="a"),
        made(
            Stop,
            2,
            name="Gångtunneln, östra mynningen",
            description="Gångtunnel under banan",
            place_type=PlaceType.UNDERPASS,
            position=Position(59.3315, 18.0640),
            order="b",
        ),
        made(
            Stop, 3, name="Lekplatsen", place_type=PlaceType.PLAYGROUND, position=Position(59.3330, 18.0610), order="c"
        ),
    )
    observations = _observations(stops)
    photos = _photos(stops, observations)
    measures = _measures()
    links = tuple(
        made(MeasureFor, 500 + at, measure=measures[m].id, observation=observations[o].id)
        for at, (m, o) in enumerate(((0, 2), (1, 0), (2, 3), (3, 3), (4, 4)))
    )
    remark = made(
        Remark, 601, target=observations[3].id, text="När jag väl är inne finns ingen annan väg ut.", role="boende"
    )
    conflict = Conflict(
        kind="observation",
        id=observations[3].id,
        field="severity",
        shown=3,
        base=None,
        choices=(
            Choice("aaaaaaaa", "1", 3, DEVICE_A, "Platta A", "2026-10-23T16:40:00Z"),
            Choice("bbbbbbbb", "2", 2, DEVICE_B, "Platta B", "2026-10-23T16:41:00Z"),
        ),
    )
    return numbered(
        WholeWalk(
            walk=walk,
            checklist=checklist(),
            numbers=number_all((), (), (), (), ()),
            stops=stops,
            observations=observations,
            photos=photos,
            measures=measures,
            measure_fors=links,
            supports=(made(Support, 701, observation=observations[3].id, role="boende", count=11),),
            remarks=(remark,),
            participants=(
                made(Participant, 801, role="Boende", count=12),
                made(Participant, 802, role="Polis", organisation="Polisen", count=1),
            ),
            devices=(
                plainly(Device, DEVICE_A, label="Platta A", letter="A"),
                plainly(Device, DEVICE_B, label="Platta B", letter="B"),
            ),
            ratings=(
                made(SafetyRating, 861, stop=stops[1].id, feels=2, count=9),
                made(SafetyRating, 862, stop=stops[1].id, feels=3, count=1),
            ),
            duplicates=(made(DuplicateLink, 871, observation=observations[3].id, duplicate=observations[7].id),),
            organisations=(
                made(
                    Organisation, 881, name="Exempelkommunen", unit="Trygghetssamordningen", contact="trygg@example.org"
                ),
            ),
            tracks=(walked_line(stops),),
            conflicts=(conflict,),
            drafts=frozenset({observations[6].id}),
            authors={remark.id: DEVICE_A},
            last_change="2026-11-09T22:30:00Z",
        )
    )


def remarked_walk() -> WholeWalk:
    """The same with a remark on every stop, observation, photo and measure, on the walk, and on what has no place of
    its own on paper; those on one stop and on the walk longer than a page."""
    whole = written_walk()
    about = (*whole.stops, *whole.observations, *whole.photos, *whole.measures, whole.walk, *whole.participants)
    long = {whole.stops[1].id, whole.walk.id}
    remarks = tuple(
        made(Remark, 650 + at, target=each.id, role="boende",
             text=f"Tillägg nummer {at}" + " och ett ord till" * (400 if each.id in long else 1))
        for at, each in enumerate((*about, *whole.remarks))
    )  # fmt: skip
    return replace(
        whole, remarks=(*whole.remarks, *remarks), authors={**whole.authors, **{each.id: DEVICE_B for each in remarks}}
    )


def _seen(number: int, minutes: int, **fields: Any) -> Observation:
    record: Observation = made(Observation, number, observed_at=STARTS + timedelta(minutes=minutes), **fields)
    return record


def _observations(stops: Sequence[Stop]) -> tuple[Observation, ...]:
    one, two, three = (each.id for each in stops)
    return (
        _seen(11, 5, stop=one, category="lighting", item="A1", text="Lampan på stolpe 30417 är släckt.",
              severity=Severity.NOTICEABLE, asset_tag="30417"),
        _seen(12, 6, stop=one, kind=ObservationKind.POSITIVE, category="positive", item="M1",
              text="Jämnt ljus utan mörka fickor."),
        _seen(13, 20, stop=two, category="lighting", item="A8", text="Luckan på stolpe 30552 står öppen.",
              severity=Severity.DANGER, alarm=Alarm.REPORTED, alarm_at=STARTS + timedelta(minutes=22)),
        _seen(14, 21, stop=two, category="underpasses", item="F1", text="Tunnelmynningen är mörk och väggarna är grå.",
              severity=Severity.LARGE),
        _seen(15, 22, stop=two, category="maintenance", item="C2", severity_suggested=Severity.NOTICEABLE),
        _seen(16, 40, stop=three, kind=ObservationKind.QUESTION, text="Vem sköter gungorna?"),
        _seen(17, 41, stop=three),
        _seen(18, 42, text="Mörk tunnel.", category="underpasses", item="F1", severity=Severity.NOTICEABLE,
              position=Position(59.3320, 18.0625)),
    )  # fmt: skip


def _photos(stops: Sequence[Stop], observations: Sequence[Observation]) -> tuple[Photo, ...]:
    def photo(number: int, minutes: int, **fields: Any) -> Photo:
        told = {
            "original": f"{number:064x}",
            "report": f"{number + 4096:064x}",
            "name": f"IMG_{number:04}.JPG",
            "width": 2016,
            "height": 1512,
            "taken_at": STARTS + timedelta(minutes=minutes),
            "taken_at_source": TakenAtSource.OFFSET,
            "position": Position(59.3315, 18.0640),
            "position_source": PositionSource.EXIF,
            "accuracy_m": 4.2,
        }
        record: Photo = made(Photo, number, **(told | fields))
        return record

    at = {"stop": stops[1].id}
    return (
        photo(21, 20, **at, observation=observations[2].id, caption="Öppen lucka på stolpe 30552. Kablarna syns"),
        photo(22, 21, **at, observation=observations[3].id, direction_deg=310.0),
        photo(23, 23, **at, report=None, damaged=True),
        *(photo(30 + k, 24, **at, position_source=PositionSource.STOP) for k in range(6)),
        photo(41, 6, stop=stops[0].id, observation=observations[1].id, alt="Torget med jämnt ljus över hela ytan."),
        photo(42, 50, position=None, position_source=PositionSource.NONE, taken_at=None,
              taken_at_source=TakenAtSource.NONE),
        photo(43, 44, taken_at_source=TakenAtSource.ZONE, position_source=PositionSource.TRACK,
              position=Position(59.3322, 18.0622)),
    )  # fmt: skip


def _measures() -> tuple[Measure, ...]:
    return (
        made(Measure, 51, text="Stäng luckan.", responsible="GATA", priority=Priority.A,
             external_case_no="F-2026-11873", status=MeasureStatus.DONE, status_at=date(2026, 10, 24)),
        made(Measure, 52, text="Byt ljuskälla.", responsible="GATA", priority=Priority.B, due=date(2026, 11, 20),
             cost_class=CostClass.RUNNING, mechanism=("V1",), cause="Lampan är trasig."),
        made(Measure, 53, text="Vita väggar och vitt ljus i mynningen", responsible="TRV", priority=Priority.C,
             due=date(2027, 4, 30), cost_class=CostClass.PROJECT, mechanism=("V1", "V9"),
             cause="Mynningen är oupplyst och väggarna är mörkgrå", follow_up_on=date(2027, 10, 22),
             goal_conflict="Ljuset kan locka folk till en otrygg väg"),
        made(Measure, 54, text="Bygg en ny väg i markplan", responsible="PLAN", priority=Priority.D,
             decision_reason="För dyrt i förhållande till nyttan"),
        made(Measure, 55, text="Sanera väggen"),
    )  # fmt: skip


def big_walk(stops: int, photos: int, observations: int, seed: int = 7) -> WholeWalk:
    """A walk of a given size along a winding line, the same for the same seed."""
    chance = random.Random(seed)
    pack = checklist()
    items = [item for item in pack.items.values() if item.severity is not None]
    places = tuple(
        made(Stop, k, name=f"Plats nummer {k}, hörnet", order=f"{k:04}",
             position=Position(59.33 + 0.0006 * k, 18.06 + 0.002 * chance.random()))
        for k in range(1, stops + 1)
    )  # fmt: skip
    seen = []
    for k in range(1, observations + 1):
        item = chance.choice(items)
        stop = chance.choice(places).id if k % 20 else None
        seen.append(
            _seen(1000 + k, k, stop=stop, kind=item.kind, category=item.category, item=item.id,
                  text=f"Iakttagelse nummer {k} om något som syns här.", severity_suggested=item.severity)
        )  # fmt: skip
    pictures = _big_photos(photos, places, seen, chance)
    measures = [
        made(Measure, 5000 + k, text=f"Åtgärd nummer {k}", responsible="GATA", cause="Det är slitet",
             mechanism=("V7",), due=date(2027, 1, 1 + k % 28))
        for k in range(observations // 3)
    ]  # fmt: skip
    links = [made(MeasureFor, 7000 + k, measure=each.id, observation=seen[k * 3].id) for k, each in enumerate(measures)]
    walk = plainly(SafetyWalk, SCOPE, area="Stora området", starts=STARTS, light=Light.DARK, organiser="Kommunen")
    return numbered(
        WholeWalk(
            walk=walk,
            checklist=pack,
            numbers=number_all((), (), (), (), ()),
            stops=places,
            observations=tuple(seen),
            photos=pictures,
            measures=tuple(measures),
            measure_fors=tuple(links),
            tracks=(walked_line(places),),
            protocols=(made(Protocol, 9999, version=1),),
            last_change="2026-11-09T12:00:00Z",
        )
    )


def _big_photos(
    count: int, places: Sequence[Stop], seen: Sequence[Observation], chance: random.Random
) -> tuple[Photo, ...]:
    found = []
    for k in range(count):
        about = chance.choice(seen) if k % 2 and seen else None
        stop = about.stop if about else chance.choice(places).id
        found.append(
            made(Photo, 3000 + k, original=f"{k:064x}", report=f"{k + 99999:064x}", name=f"DSC{k}.jpg", width=2016,
                 height=1512, stop=stop, observation=about.id if about else None,
                 taken_at=STARTS + timedelta(seconds=20 * k), taken_at_source=TakenAtSource.OFFSET,
                 position=Position(59.33, 18.06), position_source=PositionSource.EXIF)
        )  # fmt: skip
    return tuple(found)
