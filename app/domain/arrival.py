"""To which stop one has come by position alone, beside what a person has said. Pure."""

from collections.abc import Collection

CLEAR = 3
"""So many fixes in a row near one stop are no chance."""


class Arrival:
    """The stop of one walk, later than the one that a person said, to which one has come since. `at` is its id; ""
    while there is none. It stays while one walks on, until one clearly is at another stop. `bound` is the one for which
    one has set out, until one comes there; "" where one is where one said."""

    def __init__(self, walk: str) -> None:
        self.walk, self.said, self.at, self.bound = walk, "", "", ""
        self._near, self._count, self._refused = "", 0, ""

    def hold(self, said: str) -> None:
        """A person says where one is. Whoever says another stop than the one at which they stand knows better, until
        they have gone elsewhere."""
        self.said, self.at, self.bound, self._refused = said, "", "", self._near

    def set_out(self, said: str) -> None:
        """A person goes on to a stop: from now on that is the one that is said, though one is not there yet."""
        self.hold(said)
        self.bound = said

    def hear(self, near: str, said: str, later: Collection[str]) -> None:
        """A good position came. `near`: the stop that it is at, "" at none; `said`: the one that a person said,
        `later`: those that come after that."""
        began, self._count = bool(self.said), self._count + 1 if near == self._near else 1
        self._near = near
        if said != self.said:
            self.hold(said)
            # What was said before the first position came was said elsewhere.
            self._refused = near if began else ""
        if near == self.bound:
            self.bound = ""
        if self._count < CLEAR:
            return
        if near != self._refused:
            self._refused = ""
        if near == said:
            self.at = ""
        elif near in later and near != self._refused:
            self.at = near
