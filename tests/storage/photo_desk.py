"""A home with an evening's walk and a camera without GPS, for tests of where photos are proposed to be."""

import statistics
from pathlib import Path
from typing import Any

from app.base.job import finish
from app.commands.photos import apply_placings
from app.domain.geo import distance_m
from app.domain.records import Photo, SafetyWalk
from app.jobs.photos import import_photos
from app.queries.proposals import Proposal, Sure, cameras_of, proposal
from app.session import Session
from tests.cameras import LEG_S, STAYS_S, Camera, evening, true_place


class Desk:
    """A home with an evening's walk, and a camera."""

    def __init__(self, folder: Path, ahead_s: float) -> None:
        self.session = Session(folder / "home")
        self.walk = evening(self.session, folder)
        self.camera = Camera(folder / "card", ahead_s)

    @property
    def safety_walk(self) -> SafetyWalk:
        return self.session.read(SafetyWalk, {"id": self.walk})[0]

    def take(self, *paths: Path, **how: Any) -> list[dict[str, Any]]:
        return finish(import_photos(self.session, self.safety_walk, paths or [self.camera.card], **how))

    def propose(self, photos: set[str] | None = None, offset_s: float | None = None) -> Proposal:
        return proposal(self.session, self.safety_walk, photos, self.of_all(offset_s))

    def of_all(self, offset_s: float | None) -> dict[str, float]:
        """The same said of the clocks of all cameras."""
        return {} if offset_s is None else dict.fromkeys(cameras_of(self.session, self.safety_walk), offset_s)

    def apply(self, found: Proposal) -> int:
        return apply_placings(self.session, [(each.photo, each.placing) for each in found.of(Sure.SAFE)])

    def photos(self) -> dict[str, Photo]:
        """By their names, in the order in which they were taken."""
        return {str(each.name): each for each in self.session.read(Photo, {"scope": self.walk}, order=("name",))}

    def wrong(self, found: Proposal, shots: dict[str, float]) -> float:
        """The median distance in metres from where they were taken while they walked."""
        far = []
        for each in found.photos:
            seconds = shots[str(each.photo.name)]
            if each.placing.position is not None and seconds % (STAYS_S + LEG_S) > STAYS_S:
                far.append(distance_m(each.placing.position, true_place(seconds)))
        return statistics.median(far)
