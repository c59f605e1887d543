"""What `resources/sample` tells of the sample walk: who did what when, and the way that was walked."""

import json
import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import resources
from app.domain.track import Fix
from app.domain.values import Position

Said = Mapping[str, Any]

METRES_PER_DEGREE = 111_320.0
EAST = 0.497
"""The cosine of 60.17°: how much shorter a degree of longitude is here than one of latitude."""
DRIFT_S = 60.0
"""How long a receiver's error keeps its direction."""


class Story:
    """What `resources/sample` says."""

    def __init__(self) -> None:
        self.said: Said = json.loads(resources.read_text("sample/story.json"))
        self.ways: Said = json.loads(resources.read_text("sample/tracks.json"))
        self.zone = ZoneInfo(self.said["walk"]["zone"])

    def moment(self, text: str) -> datetime:
        """An ISO time, or a clock time of the evening."""
        if "T" in text:
            return datetime.fromisoformat(text)
        return datetime.fromisoformat(f"{self.said['date']}T{text}").replace(tzinfo=self.zone)

    def walked(self, at: datetime) -> Position:
        """Where the group was at a moment."""
        seconds = (at - datetime.fromisoformat(self.ways["begins"])).total_seconds()
        return self.walked_after(seconds)

    def walked_after(self, seconds: float) -> Position:
        """Where the group was so many seconds after the beginning."""
        way = self.ways["walked"]
        seconds = min(max(seconds, way[0][0]), way[-1][0])
        for (s0, lat0, lon0), (s1, lat1, lon1) in pairwise(way):
            if s0 <= seconds <= s1:
                share = (seconds - s0) / (s1 - s0)
                return Position(lat0 + (lat1 - lat0) * share, lon0 + (lon1 - lon0) * share)
        return Position(*way[-1][1:])


def aside(position: Position, east: float, north: float) -> Position:
    """The position some metres away, to a centimetre."""
    lat = position.lat + north / METRES_PER_DEGREE
    return Position(round(lat, 7), round(position.lon + east / METRES_PER_DEGREE / EAST, 7))


def fixes(story: Story, tablet: Said) -> tuple[tuple[Fix, ...], ...]:
    """What the tablet's receiver said, in pieces: the way walked, with an error that drifts and with silences."""
    rng = random.Random(f"gatljus {tablet['seed']}")
    begins = datetime.fromisoformat(story.ways["begins"])
    keeps = 1 - tablet["every"] / DRIFT_S
    fresh = tablet["sigma_m"] * (1 - keeps**2) ** 0.5
    east = north = 0.0
    pieces: list[list[Fix]] = [[]]
    for second in range(tablet["from"], tablet["to"], tablet["every"]):
        east, north = keeps * east + rng.gauss(0, fresh), keeps * north + rng.gauss(0, fresh)
        if any(start <= second < stop for start, stop in tablet["gaps"]):
            if pieces[-1]:
                pieces.append([])
            continue
        at = aside(story.walked_after(second), east, north)
        pieces[-1].append(
            Fix(
                begins + timedelta(seconds=second),
                at.lat,
                at.lon,
                round(8 + 0.1 * north, 1),
                round(0.9 + 0.05 * abs(east), 2),
            )
        )
    return tuple(tuple(piece) for piece in pieces)
