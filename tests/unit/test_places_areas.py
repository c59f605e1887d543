"""Who looks after a place."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.base.errors import BadInput
from app.domain.values import Position
from app.places.areas import Areas, read_areas

SQUARE = [[18.0, 59.0], [18.01, 59.0], [18.01, 59.01], [18.0, 59.01], [18.0, 59.0]]
POND = [[18.004, 59.004], [18.006, 59.004], [18.006, 59.006], [18.004, 59.006], [18.004, 59.004]]
FAR = [[[corner[0] + 1, corner[1]] for corner in SQUARE]]


def area(owner: Any, coordinates: Any, kind: str = "Polygon", **more: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"owner_code": owner, **more},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def areas(*features: Any) -> Areas:
    return read_areas(
        json.dumps({"type": "FeatureCollection", "attribution": "Kommunen", "features": features}).encode()
    )


def test_a_place_is_in_the_area_and_not_in_its_hole() -> None:
    found = areas(area("PARK", [SQUARE, POND], id="P1", owner_name="Parkförvaltningen", name="Parken"))
    assert found.owner_codes(Position(59.002, 18.002)) == ("PARK",)
    assert found.owner_codes(Position(59.005, 18.005)) == ()
    assert found.owner_codes(Position(59.02, 18.002)) == ()
    (one,) = found.areas
    assert (one.id, one.owner_name, one.name, found.attribution) == ("P1", "Parkförvaltningen", "Parken", "© Kommunen")
    assert one.size_m2 == pytest.approx(0.96 * 1113.9 * 573.6, rel=0.01)


def test_the_smallest_area_comes_first_and_an_owner_once() -> None:
    found = areas(area("GATA", [SQUARE]), area("BRF", [POND]), area("GATA", [[*SQUARE]], name="igen"))
    assert found.owner_codes(Position(59.005, 18.005)) == ("BRF", "GATA")
    assert len(found.at(Position(59.005, 18.005))) == 3


def test_one_area_may_be_several_pieces() -> None:
    found = areas(area("GATA", [[SQUARE], FAR], "MultiPolygon"))
    assert found.owner_codes(Position(59.005, 18.005)) == found.owner_codes(Position(59.005, 19.005)) == ("GATA",)


@pytest.mark.parametrize(
    "bad",
    [
        area("", [SQUARE]),
        area(None, [SQUARE]),
        area("GATA", [SQUARE[:3]]),
        area("GATA", [[[18, 95]] * 5]),
        area("GATA", []),
        area("GATA", [[]]),
        area("GATA", 7),
        area("GATA", SQUARE, "LineString"),
        {"type": "Feature", "properties": None, "geometry": None},
        7,
    ],
)
def test_a_bad_area_is_named_by_its_number_and_the_rest_is_kept(bad: Any) -> None:
    found = areas(bad, area("PARK", [SQUARE]))
    assert [each.owner_code for each in found.areas] == ["PARK"]
    assert [each.line for each in found.damaged] == [1]


def test_a_file_without_areas_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        areas(area("", [SQUARE]))
    assert refused.value.code == "no-areas"


def test_the_example_areas_answer_for_the_stops(shared: Path) -> None:
    found = read_areas((shared / "data/areas/ansvarsytor.geojson").read_bytes())
    assert len(found.areas) == 52
    assert found.damaged == ()
    assert found.attribution == "© OpenStreetMap contributors"
    assert {each.owner_code for each in found.areas} == {"GATA", "PARK", "TRV", "KTM", "FAST", "BRF", "NAR"}
    assert "PARK" in found.owner_codes(Position(60.1738365, 24.9442422))
    assert found.owner_codes(Position(60.1662, 24.9517)) == (), "left out on purpose"
    assert found.owner_codes(Position(59.0, 18.0)) == ()
