"""Raster maps: what they say of themselves, their tiles, and files that are none."""

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.base.errors import BadInput, GatljusError, NotFound
from app.domain.geo import mercator
from app.domain.values import Position
from app.places.mbtiles import Bounds, TileMap, tiles_over, zoom_for

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
SAID = {"name": "Provkarta", "format": "png", "attribution": "© Alla", "license": "CC0-1.0", "scale": "2"}


def make(path: Path, said: dict[str, str], tiles: list[tuple[int, int, int, object]]) -> Path:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE metadata (name text, value text)")
        db.execute("CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob)")
        db.executemany("INSERT INTO metadata VALUES (?, ?)", said.items())
        db.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", tiles)
        db.commit()
    return path


@pytest.fixture
def helsinki(shared: Path) -> Iterator[TileMap]:
    with TileMap(shared / "data/map/helsingfors.mbtiles") as opened:
        yield opened


def test_a_map_says_what_it_is(tmp_path: Path) -> None:
    path = make(
        tmp_path / "åäö prov?#%.mbtiles", {**SAID, "bounds": "18.0,59.0,18.2,59.2"}, [(3, 4, 5, PNG), (5, 17, 22, PNG)]
    )
    with TileMap(path) as opened:
        info = opened.info
    assert (info.name, info.format, info.attribution, info.licence) == ("Provkarta", "png", "© Alla", "CC0-1.0")
    assert (info.min_zoom, info.max_zoom, info.tile_px) == (3, 5, 512)
    assert info.bounds == Bounds(18.0, 59.0, 18.2, 59.2)
    assert (info.center.lat, info.center.lon) == pytest.approx((59.1, 18.1))


def test_rows_are_counted_from_the_north_as_on_the_web(tmp_path: Path) -> None:
    with TileMap(make(tmp_path / "a.mbtiles", SAID, [(3, 4, 5, PNG)])) as opened:
        assert opened.tile(3, 4, 2) == PNG
        for place in ((3, 4, 5), (3, 3, 2), (4, 4, 2), (-1, 0, 0), (3, 8, 0), (3, 0, -1), (99, 0, 0)):
            assert opened.tile(*place) is None, place


def test_a_map_that_does_not_say_its_bounds_or_format_has_those_of_its_tiles(tmp_path: Path) -> None:
    with TileMap(
        make(tmp_path / "stilla.mbtiles", {"bounds": "hej"}, [(1, 1, 1, b"\xff\xd8\xff" + bytes(30))])
    ) as opened:
        info = opened.info
    assert (info.name, info.format, info.tile_px) == ("stilla", "jpg", 256)
    assert (info.bounds.west, info.bounds.south, info.bounds.east) == pytest.approx((0, 0, 180))
    assert info.bounds.north == pytest.approx(85.0511, abs=0.001)


def test_a_map_on_a_write_protected_place_opens_and_is_not_changed(tmp_path: Path) -> None:
    path = make(tmp_path / "a.mbtiles", SAID, [(3, 4, 5, PNG)])
    before = path.read_bytes()
    path.chmod(stat.S_IRUSR)
    with TileMap(path) as opened:
        assert opened.tile(3, 4, 2) == PNG
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["a.mbtiles"]


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00", b"PK\x03\x04 zip", b"text " * 1000])
def test_a_file_that_is_no_map_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.mbtiles"
    path.write_bytes(content)
    with pytest.raises(BadInput) as refused:
        TileMap(path)
    assert refused.value.code == "not-mbtiles"
    assert "a.mbtiles" in refused.value.text


def test_another_database_an_empty_map_and_a_vector_map_are_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as db:
        db.execute("CREATE TABLE walks (id)")
        db.commit()
    for path, code in (
        (tmp_path / "other.db", "not-mbtiles"),
        (make(tmp_path / "empty.mbtiles", SAID, []), "not-mbtiles"),
        (make(tmp_path / "odd.mbtiles", SAID, [(77, 0, 0, PNG)]), "not-mbtiles"),
        (make(tmp_path / "vector.mbtiles", {**SAID, "format": "pbf"}, [(3, 4, 5, b"\x1f\x8b")]), "vector-map"),
    ):
        with pytest.raises(BadInput) as refused:
            TileMap(path)
        assert refused.value.code == code


def test_a_map_that_is_not_there_is_not_found_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        TileMap(tmp_path / "a.mbtiles")
    assert not (tmp_path / "a.mbtiles").exists()


def test_a_map_cut_short_is_refused_or_says_that_it_is_damaged(tmp_path: Path, shared: Path) -> None:
    whole = (shared / "data/map/helsingfors.mbtiles").read_bytes()
    path = tmp_path / "cut.mbtiles"
    path.write_bytes(whole[: len(whole) // 3])
    codes = set()
    try:
        with TileMap(path) as opened:
            for x, y in tiles_over(opened.info.bounds, 18):
                codes.add(code_of(opened, x, y))
    except GatljusError as refused:
        codes.add(refused.code)
    assert codes - {""} in ({"map-damaged"}, {"not-mbtiles"})


def code_of(opened: TileMap, x: int, y: int) -> str:
    """The code of the error a tile gives, empty for none."""
    try:
        opened.tile(18, x, y)
    except BadInput as damaged:
        return damaged.code
    return ""


def test_the_map_of_helsinki_has_every_tile_within_its_bounds(helsinki: TileMap) -> None:
    info = helsinki.info
    assert (info.format, info.tile_px, info.min_zoom, info.max_zoom) == ("webp", 512, 12, 18)
    assert (info.attribution, info.licence, info.data_date) == (
        "© OpenStreetMap contributors",
        "ODbL-1.0",
        "2019-04-21",
    )
    for zoom in range(info.min_zoom, info.max_zoom + 1):
        tiles = [helsinki.tile(zoom, x, y) for x, y in tiles_over(info.bounds, zoom)]
        assert tiles
        assert all(tile is not None and tile[:4] == b"RIFF" for tile in tiles), zoom
    x, y = (int(each) for each in mercator(Position(60.1711965, 24.9434593), 17))
    assert helsinki.tile(17, x, y) is not None
    assert helsinki.tile(17, x, (1 << 17) - 1 - y) is None


def test_the_tiles_over_a_stretch_of_map() -> None:
    around = Bounds(18.14, 59.16, 18.15, 59.17)
    assert list(tiles_over(around, 0)) == [(0, 0)]
    tiles = list(tiles_over(around, 16))
    assert len(tiles) == len({x for x, _ in tiles}) * len({y for _, y in tiles})
    for corner in (Position(59.16, 18.14), Position(59.17, 18.15)):
        assert tuple(int(each) for each in mercator(corner, 16)) in tiles
    assert len(list(tiles_over(Bounds(-180, -85.06, 180, 85.06), 2))) == 16
    assert len(list(tiles_over(Bounds(18.14, 59.16, 18.14, 59.16), 16))) == 1


def test_the_zoom_at_which_a_stretch_of_map_fits() -> None:
    around = Bounds(24.9352, 60.1642, 24.9534, 60.1791)
    zoom = zoom_for(around, 1280, 800)
    left, top = mercator(Position(around.north, around.west), zoom)
    right, bottom = mercator(Position(around.south, around.east), zoom)
    assert (right - left) * 256 <= 1280
    assert 400 < (bottom - top) * 256 <= 800
    assert zoom_for(around, 1280, 800, highest=13) == 13
    assert zoom_for(Bounds(18, 59, 18, 59), 100, 100, highest=18) == 18
