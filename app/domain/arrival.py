"""To which stop one has come by position alone, beside what a person has said. Pure."""

from collections.abc import Sequence

from app.domain.geo import distance_m
from app.domain.placing import RADIUS_M, nearest_stop, positions_of
from app.domain.records import Stop
from app.domain.values import Position

CLEAR = 3
"""So many fixes in a row near one stop are no chance."""


class Arrival:
    """The stop of one walk, later than the one that a person said, to which one has come since. `at` is its id; ""
    while there is none. It stays while one walks on, until one clearly is at another stop. `bound` is the one for which
    one has set out, until one comes there; "" where one is where one said. `offered` is the one of which one was asked
    last whether one is there, and that is over."""

    def __init__(self, walk: str) -> None:
        self.walk, self.said, self.at, self.bound, self.offered = walk, "", "", "", ""
        self._stops: tuple[Stop, ...] = ()
        self._near, self._count, self._refused = "", 0, ""
        # So many in a row, doubtful ones too, were where one is bound for.
        self._there = 0

    def among(self, stops: Sequence[Stop], said: str) -> None:
        """The walk has these stops, in order, and this is the one that a person has said."""
        self._stops = tuple(stops)
        if said != self.said:
            self.hold(said)

    def anew(self) -> "Arrival":
        """The same walk, without what was heard."""
        made = Arrival(self.walk)
        made.among(self._stops, self.said)
        return made

    def hold(self, said: str) -> None:
        """A person says where one is. Whoever says another stop than the one at which they stand knows better, until
        they have gone elsewhere."""
        self.said, self.at, self.bound, self._refused = said, "", "", self._near

    def set_out(self, said: str) -> None:
        """A person goes on to a stop: from now on that is the one that is said, though one is not there yet, unless
        one stands there."""
        self.hold(said)
        self.bound, self._there = "" if said == self._near else said, 0

    def hear(self, place: Position, *, doubtful: bool = False) -> None:
        """A position came. A doubtful one tells nothing but, with others in a row, that one has come to where one is
        bound for: under a bridge there may be no other."""
        positions = positions_of(self._stops)
        goal = positions.get(self.bound)
        self._there = self._there + 1 if goal is not None and distance_m(place, goal) <= RADIUS_M else 0
        if self._there >= (CLEAR if doubtful else 1):
            self.bound = ""
        if not doubtful:
            self._come(nearest_stop(place, positions) or "")

    def _come(self, near: str) -> None:
        self._count = self._count + 1 if near == self._near else 1
        self._near = near
        if self._count < CLEAR:
            return
        if near != self._refused:
            self._refused = ""
        ids = [each.id for each in self._stops]
        later = ids[ids.index(self.said) + 1 :] if self.said in ids else []
        if near == self.said:
            self.at = ""
        elif near in later and near != self._refused:
            self.at = near
