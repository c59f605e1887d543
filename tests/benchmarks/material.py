"""What is measured on: homes with walks of many observations, the same every time.

Observations are made through the ordinary drafts and changes, about 12 of their fields set, texts of 60 to 200
characters. Only their way into the database is shorter than a person's: one transaction, then `rebuild`.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from app.commands import walks
from app.commands.drafts import new_record
from app.domain.change import Change, Draft
from app.domain.records import Observation, Stop
from app.domain.stamp import Stamper
from app.domain.values import PlaceType, Position, PositionSource, Severity, dump
from app.session import Session

BEGIN = datetime(2026, 10, 23, 16, 5, tzinfo=UTC)

THINGS = (
    "Belysningen vid gångtunneln", "Lyktstolpen bakom busshållplatsen", "Häcken längs cykelvägen", "Klottret på muren",
    "Trappan ner mot parkeringen", "Bänken vid lekplatsen", "Porten till cykelrummet", "Den smala gången mellan husen",
    "Skylten mot vårdcentralen", "Räcket på bron över ån", "Papperskorgen vid kiosken", "Övergångsstället vid skolan",
)  # fmt: skip
FAULTS = (
    "är släckt sedan flera veckor", "skymmer sikten för den som kommer gående", "är trasig och har inte lagats i höst",
    "lyser så svagt att man inte ser vem man möter", "används av mopeder trots förbudet", "är svår att hitta i mörkret",
    "lutar och kan falla om någon stöder sig mot den", "bländar den som kommer från stationen",
)  # fmt: skip
VOICES = (
    "Flera i gruppen går hellre en omväg.", "Boende har felanmält det två gånger utan svar.",
    "Det vore tryggare om buskarna gallrades till knähöjd.", "Här väntar ungdomar på bussen sent på kvällen.",
    "Sämst är det när löven har fallit och asfalten är blöt.", "Äldre med rullator kommer inte förbi snökanten.",
)  # fmt: skip
SELDOM = ("kanelbulle", "ställverk", "näckrosdamm", "järnvägsbom")
ITEMS = ("A1", "A2", "A3", "B1", "B2", "C1", "C2", "D1", "E1", "F2")


def sentence(chance: random.Random) -> str:
    """What somebody might write: 60 to 200 characters."""
    text = f"{chance.choice(THINGS)} {chance.choice(FAULTS)}. {chance.choice(VOICES)}"
    return text if chance.random() > 0.001 else f"{text} Nära {chance.choice(SELDOM)}."


def position(chance: random.Random) -> Position:
    """Somewhere in central Helsinki, where the map that comes with the program lies."""
    return Position(60.166 + chance.random() / 125, 24.938 + chance.random() / 80)


class Walk:
    """One walk on its way into the log of `session`: `changes` are the writes of one device, numbered in a row."""

    def __init__(self, session: Session, observations: int, chance: random.Random) -> None:
        self.session, self.chance = session, chance
        self.id = walks.new_walk(
            session, {"title": f"Vandring med {observations} observationer", "area": "Gloet", "zone": "Europe/Helsinki"}
        )
        self._size = observations

    def _id(self) -> str:
        return f"{self.chance.getrandbits(128):032x}"

    @cached_property
    def stops(self) -> list[str]:
        """The ids of its stops, one for every five observations."""
        return [self._id() for _ in range(1 + self._size // 5)]

    def _stop(self, number: int, record: str) -> list[Draft]:
        said = {
            "name": f"Plats {number + 1}",
            "place_type": self.chance.choice(list(PlaceType)),
            "position": position(self.chance),
            "order": f"{number:06d}",
        }
        return new_record(self.session, Stop, record, said)

    def observation(self, number: int) -> dict[str, Any]:
        """The fields of one observation."""
        chance = self.chance
        return {
            "tag": f"A{number + 1}",
            "category": "lighting",
            "item": chance.choice(ITEMS),
            "text": sentence(chance),
            "severity": chance.choice((None, *list(Severity)[1:])),
            "severity_suggested": Severity.NOTICEABLE,
            "stop": chance.choice(self.stops),
            "position": position(chance),
            "accuracy_m": round(3 + 9 * chance.random(), 1),
            "position_source": PositionSource.DEVICE,
            "observed_at": BEGIN + timedelta(seconds=number),
            "asset_tag": f"GL-{chance.randrange(9999):04d}" if chance.random() < 0.3 else "",
        }

    def changes(self) -> Iterator[Change]:
        """Every change of its stops and observations: one write each."""
        stamp = Stamper(
            self.session.identity.device, "", BEGIN, lambda size: f"{self.chance.getrandbits(8 * size):0{2 * size}x}"
        )
        (last,) = self.session.log.last_seqs(self.id).values()
        for write, drafts in enumerate(self._writes(), last + 1):
            for n, each in enumerate(drafts):
                yield Change(
                    self.id, self.session.identity.device, write, n, stamp(), write, each.kind, each.record, each.field,
                    dump(each.value), (),
                )  # fmt: skip

    def _writes(self) -> Iterator[list[Draft]]:
        for number, stop in enumerate(self.stops):
            yield self._stop(number, stop)
        for number in range(self._size):
            yield new_record(self.session, Observation, self._id(), self.observation(number))


def _row(change: Change) -> tuple[object, ...]:
    return (*(getattr(change, name) for name in COLUMNS[:-1]), " ".join(change.replaces))


COLUMNS = ("scope", "device", "seq", "n", "stamp", "action", "kind", "record", "field", "value", "replaces")


def insert(session: Session, changes: Iterable[Change]) -> None:
    """Put changes into the log in one transaction; what follows from the log is not made."""
    names, marks = ", ".join(COLUMNS), ", ".join("?" * len(COLUMNS))
    with session.log.database.writing() as tables:
        tables.executemany(f"insert into change({names}) values({marks})", map(_row, changes))


def settle(session: Session) -> None:
    """Move everything from the write-ahead log into the database; the log's file keeps its room, as while working."""
    session.log.database.tables.execute("pragma wal_checkpoint(truncate)")


def home(folder: Path, sizes: Sequence[int], *, rebuild: bool = True) -> tuple[Session, list[str]]:
    """A home in `folder` that holds walks of so many observations each; the walks' ids."""
    session = Session(folder)
    found = [Walk(session, size, random.Random(f"{index} {size}")) for index, size in enumerate(sizes)]
    insert(session, (change for walk in found for change in walk.changes()))
    if rebuild:
        session.log.rebuild()
    settle(session)
    return session, [walk.id for walk in found]
