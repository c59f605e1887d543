"""What a tablet is called: the one rule, for every word on the screen, on the command line and on paper.

A tablet is its letter; where another has taken the same, unaware of it, the beginning of its id stands behind: `B`,
`B (3fa2)`. One that has no letter is what it calls itself, and one that says nothing the beginning of its id.

Two that have met as B both stay B. A letter is for ever: it stands in tags that people have read out and written on
paper, and a tablet that took another later would have made B1 to B5 and be called C, while a third may have taken C
elsewhere by then; and it would write by itself at a sync, which withdraws that it has ended the walk. So nothing is
renamed behind anybody's back, and both are told apart wherever they are named, as two observations of one tag are
(`app.domain.letters.shown_tags`). That goes for every two ids: also what a machine wrote under an id that it gave up is
told apart from what it writes now, for nobody can know whether the first is about in a copy.
"""

from collections.abc import Iterable
from typing import NamedTuple

from app.domain.letters import apart
from app.domain.records import Device
from app.domain.values import known

SHORTEST = 4
"""So many signs of an id are said at the least where it tells two apart."""


class Tablet(NamedTuple):
    """A device as it presents itself in a walk: its letter, and what it calls itself; "" where it has said nothing."""

    letter: str = ""
    label: str = ""


def tablets(devices: Iterable[Device]) -> dict[str, Tablet]:
    """Devices as their records in a walk say, by id."""
    return {each.id: Tablet(known(each.letter, str) or "", known(each.label, str) or "") for each in devices}


class Names:
    """What the tablets of a walk are called, each as it has presented itself, by id."""

    def __init__(self, presented: dict[str, Tablet]) -> None:
        self._presented = presented

    def tablet(self, device: str, label: str = "") -> Tablet:
        """A device as it has presented itself. `label`: what one calls itself that has not."""
        return self._presented.get(device, Tablet(label=label))

    def of(self, device: str, label: str = "") -> str:
        """What a device is called."""
        return self._said(device, self.tablet(device, label))

    def full(self, device: str, label: str = "") -> str:
        """The same, and behind a letter what the tablet calls itself: `B (Ullas platta)`, `B (3fa2, Ullas platta)`."""
        one = self.tablet(device, label)
        more = one.label if one.letter and one.letter not in one.label.split() else ""
        return self._said(device, one, more)

    def _said(self, device: str, one: Tablet, more: str = "") -> str:
        name = one.letter or one.label
        if not name:
            return device[:8]
        same = [each for each, other in self._presented.items() if each != device and _is_called(other, name, one)]
        behind = ", ".join(filter(None, [apart(device, same, SHORTEST) if same else "", more]))
        return f"{name} ({behind})" if behind else name


def _is_called(other: Tablet, name: str, one: Tablet) -> bool:
    """Whether another may be taken for the one called `name`. What a lettered one calls itself stands behind its letter
    and is taken for the name of one that has no letter."""
    return name in (other.letter or other.label, "" if one.letter else other.label)
