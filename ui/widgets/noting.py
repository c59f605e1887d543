"""Noting an observation: at which step one is, where one stands, and what is said when it is done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf
from pathlib import Path
from typing import Any

from app.base.errors import BadInput
from app.base.words import _, ngettext
from app.domain.entry import position
from app.domain.geo import distance_m
from app.domain.records import Observation, Stop
from app.domain.rules import is_only_suggested, severity_of
from app.domain.values import PlaceType, Position, PositionSource, Severity, known, label_of
from app.jobs.photos import Item, add_photos
from ui.widgets.area import between_stops, placed
from ui.widgets.desk import Desk, Place
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice
from ui.widgets.things import Things, stop_title

STEPS = ("category", "items", "usual", "severity", "text", "stops")
"""`usual`: the place's own items; `text`: severity and photo, with the text open; `stops`: which stop it is."""

MOST_LEFT = 3
"""Of so many files that were not taken a notice has room to say why."""

NO_STOP = "-"
"""What a person says who is along the way, however near a stop is."""


@dataclass(frozen=True)
class Step:
    """Where one is on the way, as a place's `part` says: `severity stop:ID`, `at:60.17,24.94`, `stops items stop:ID`.
    `came_from` is the step to go back to; `stop` and `at` say where one stands."""

    name: str = STEPS[0]
    came_from: str = ""
    stop: str = ""
    at: Position | None = None

    @staticmethod
    def of(part: str) -> "Step":
        """What a part says; what it does not say in known words is left out."""
        words = [each for each in part.split() if each in STEPS]
        said = dict(each.split(":", 1) for each in part.split() if ":" in each)
        try:
            at = position(said["at"]) if "at" in said else None
        except BadInput:
            at = None
        return Step(words[0] if words else STEPS[0], words[1] if len(words) > 1 else "", said.get("stop", ""), at)

    def __str__(self) -> str:
        at = f"at:{self.at.lat:.7f},{self.at.lon:.7f}" if self.at else ""
        stop = f"stop:{self.stop}" if self.stop else ""
        return " ".join(each for each in (self.name, self.came_from, stop, at) if each)

    def to(self, name: str, came_from: str = "") -> "Step":
        """Another step at the same spot."""
        return replace(self, name=name, came_from=came_from)


DETOUR = 0.5
"""Who is between two stops makes no longer a detour from the way between them, as a share of it."""


class Spot:
    """Where an observation is, or will be: its own stop, else the one that is near, else between two."""

    def __init__(self, things: Things, step: Step, observation: Observation | None) -> None:
        self._things = things
        at = known(observation.position, Position) if observation else step.at
        if observation is not None:
            self.stop = things.stop_of(observation)
        else:
            chosen = next((each for each in things.stops if each.id == step.stop), None)
            self.stop = None if step.stop == NO_STOP else chosen or things.stop_near(at)
        self.at = at

    @property
    def place_type(self) -> PlaceType:
        """The sort of place one is at."""
        return (known(self.stop.place_type, PlaceType) if self.stop else None) or PlaceType.OTHER

    def type_word(self) -> str:
        """gångväg; "" where nobody has said."""
        return "" if self.place_type == PlaceType.OTHER else label_of(self.place_type).lower()

    def words(self) -> str:
        """Stopp 5, Växthusgrinden; Mellan stopp 5 och 6; Längs vägen; Långt från vandringen."""
        if self.stop is not None:
            return stop_title(self._things.numbers.get(self.stop.id, ""), self.stop)
        between = self._between()
        if between is None or (self.at is not None and self._things.area.is_far(self.at)):
            return between_stops(self._things.area, self.at)
        one, other = (self._things.numbers.get(each.id, "") for each in between)
        return _("Mellan stopp {one} och {other}").format(one=one, other=other)

    def short_words(self) -> str:
        """Stopp 5."""
        if self.stop is None:
            return self.words()
        return _("Stopp {number}").format(number=self._things.numbers.get(self.stop.id, ""))

    def _between(self) -> tuple[Stop, Stop] | None:
        """The two stops that follow each other and that one makes the least detour from here to, where it is little."""
        here = self.at
        if here is None:
            return None
        legs = []
        for one, other in pairwise(self._things.stops):
            if isinstance(one.position, Position) and isinstance(other.position, Position):
                way = distance_m(one.position, other.position)
                detour = distance_m(one.position, here) + distance_m(here, other.position) - way
                legs.append((detour, way, one, other))
        detour, way, *stops = min(legs, key=lambda each: each[0], default=(inf, 0.0))
        return (stops[0], stops[1]) if detour <= DETOUR * way else None


def own_place(desk: Desk) -> dict[str, Any]:
    """Where this device is and how that is known, as an observation keeps it; empty where nobody knows."""
    guide = desk.guide
    if guide.heard is None:
        return {}
    fix = guide.heard.fix
    return {
        "position": fix.position,
        "accuracy_m": fix.radius_m,
        "position_source": PositionSource.DEVICE,
        "stale": guide.is_stale,
    }


def spoken_of(desk: Desk, stop: str = "", observation: str | None = None) -> dict[str, Any]:
    """To what a voice note belongs that is begun now: an observation, else the stop, and where this device is."""
    place = own_place(desk)
    at = place["position"] if place and not place["stale"] else None
    return {"observation": observation, "stop": "" if stop == NO_STOP else stop, "position": at}


def noted_values(desk: Desk, spot: Spot, step: Step) -> dict[str, Any]:
    """What an observation says that is begun at this spot: its stop, and its place or where this device is."""
    said: dict[str, Any] = {"stop": spot.stop.id} if spot.stop is not None else {}
    return said | ({"position": step.at} if step.at is not None else own_place(desk))


def kept(desk: Desk, observation: Observation) -> Notice:
    """A7 Lampa släckt, sparat här. Allvar 2, föreslaget."""
    things = Things(desk.shelf, observation.scope)
    text = _("{name}, sparat här.").format(name=things.called(observation).rstrip("."))
    severity = severity_of(observation)
    if severity is not None and severity != Severity.GOOD:
        said = _("Allvar {n}, föreslaget.") if is_only_suggested(observation) else _("Allvar {n}.")
        text = f"{text} {said.format(n=severity.value)}"
    again = Place("observe", observation.scope, observation.id, "severity")
    change = (_("Ändra"), lambda: desk.go(again))
    place = known(observation.position, Position)
    told = placed(desk.shelf, observation.scope, place, text, "check") if place else Notice(text, undo=True)
    return replace(told, action=change)


def add_shown(desk: Desk, observation: Observation, paths: Sequence[Path], *, says_taken: bool = False) -> None:
    """Import files as photos of an observation. Which were not taken, and why, is said, wherever one is by then; how
    many were only where `says_taken`, for elsewhere they are seen. Where a person ends it, it is said how far it
    came. No undo stands beside it: by then one may be in another walk, or have done something else."""
    items: list[Item] = []
    run = desk.work(_("Foton läses in"), lambda: add_photos(desk.session, observation, paths, items))
    run.done.connect(lambda all_: _tell_of_photos(desk, all_, says_taken))
    run.cancelled.connect(lambda: desk.say(_cut_short(items, len(paths))))


def _tell_of_photos(desk: Desk, items: Sequence[Item], says_taken: bool) -> None:
    left = [f"{each['file']}: {each['reason']}" for each in items if each["result"] == "refused" or each["reason"]]
    taken = sum(each["result"] != "refused" for each in items)
    said = [ngettext("{n} foto inläst.", "{n} foton inlästa.", taken).format(n=taken)] if says_taken else []
    if said or left:
        words = " ".join([*said, *left[:MOST_LEFT]])
        icon = icon_named("state", "photo_blocked") if left else icon_named("action", "photo")
        desk.say(Notice(words, icon, problem=bool(left)))


def _cut_short(items: Sequence[Item], total: int) -> Notice:
    taken = sum(each["result"] != "refused" for each in items)
    text = _("Avbrutet. {n} av {total} foton är inlästa.").format(n=taken, total=total)
    return Notice(text, icon_named("action", "photo"))
