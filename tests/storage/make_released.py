"""Makes the database that a released version leaves behind: `python -m tests.storage.make_released`.

Run once when a version is released, with that version's program; the file is kept for ever in `released/` and every
later version must open it. The same program makes the same bytes: clock and chance are fixed.
"""

import gzip
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from app import __version__
from app.domain.change import Draft
from app.domain.ports import Announced, Remembered, Said
from app.domain.records import KIND_OF
from app.domain.values import canonical, plain
from tests.homes import START, WALK, Home

RELEASED = Path(__file__).with_name("released")
STOP, NOTE, OTHER, PICTURE, LINK = ("1" * 32, "2" * 32, "3" * 32, "4" * 32, "5" * 32)
BLOB = "ab" * 32


def fill(a: Home, b: Home) -> None:
    """A walk of two devices with something of everything that the log knows."""
    a.new("safety-walk", WALK, title="Höstvandring", area="Bredbygden", devices_expected=2)
    for home in (a, b):
        draft = [Draft(kind="device", record=home.device, field=name, value=value) for name, value in _device(home)]
        home.log.write(WALK, draft, action=0)
    a.new("stop", STOP, name="Gångtunneln", position={"lat": 59.17, "lon": 18.14})
    a.new("observation", NOTE, tag="A1", text="Gatubelysningen är släckt", stop=STOP, severity=3)
    a.new("observation", OTHER, tag="A2", text="Buskar", stop=STOP)
    a.new("photo", PICTURE, thumb=BLOB, original="cd" * 32, observation=NOTE, hologram={"newer": ["field"]})
    a.new("constellation", LINK, stars=7)
    a.send(b)
    a.set("observation", NOTE, text="Släckt vid trappan")
    b.set("observation", NOTE, text="Släckt vid rampen")
    b.delete("observation", OTHER)
    a.set("stop", STOP, description="Mörkt")
    a.undo()
    b.send(a)
    a.set("stop", STOP, name="Tunneln")


def _device(home: Home) -> list[tuple[str, Any]]:
    return [("created", START), ("letter", home.name), ("label", f"Platta {home.name}"), ("app_version", "0.1.0")]


def remember(a: Home) -> None:
    """What a home remembers besides the log."""
    batches = frozenset(a.log.batches(WALK))
    a.places.remember("/media/minne", False, ["0123456789abcdef"], WALK, Remembered(batches, {}, a.log.have(WALK)))
    a.places.keep_announced(WALK, Announced("b" * 32, 3, f"{'b' * 32}.0000000003.{'0' * 16}.json", b"{}"))
    a.places.say(WALK, Said(keeps=True, done=(a.device, 9)))


def shown(home: Home) -> str:
    """Everything that is shown, as text to compare. What a record does not say is left out: a later version may know
    more fields, and its defaults are no news."""
    found = home.everything()
    conflicts = [
        [each.kind, each.id, each.field, sorted(canonical(choice.value) for choice in each.choices)]
        for each in found.pop("conflicts")
    ]
    records = {
        kind: {each: _said(kind, values) for each, values in records.items()}
        for kind, records in found.items()
        if records
    }
    return json.dumps({"records": records, "conflicts": conflicts}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _said(kind: str, values: dict[str, Any]) -> dict[str, Any]:
    defaults = {each.name: each.default for each in KIND_OF[kind].FIELDS}
    return {name: plain(value) for name, value in values.items() if value != defaults[name]}


def make(folder: Path) -> tuple[bytes, str]:
    """The database file, and what it shows."""
    a, b = Home(folder / "A", "A"), Home(folder / "B", "B")
    fill(a, b)
    a.log.freeze(WALK)
    remember(a)
    a.new("remark", "6" * 32, target=NOTE, text="Inte fryst än")
    said = shown(a)
    with a.log.database.writing() as tables:
        tables.execute("update _sqlite_migrations set applied_at = ?", [START.isoformat()])
    a.log.database.tables.execute("vacuum")
    a.log.database.tables.execute("pragma journal_mode=delete")
    a.log.close()
    return (folder / "A" / "gatljus.db").read_bytes(), said


def main() -> None:
    """Write the files of this version, unless they are there."""
    path = RELEASED / f"{__version__}.db.gz"
    if path.exists() and "--again" not in sys.argv:
        raise SystemExit(f"{path} is there; what has been released stays as it is")
    with tempfile.TemporaryDirectory() as folder:
        data, said = make(Path(folder))
    path.write_bytes(gzip.compress(data, 9, mtime=0))
    path.with_name(f"{__version__}.json").write_text(said, "utf-8")


if __name__ == "__main__":
    main()
