"""Which blobs are to go which way, and up to where the changes of a walk lie on a target."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.domain.batch import parse_name
from app.domain.change import Vector
from app.sync.carrier import Carrier
from app.sync.names import Found


@dataclass(frozen=True)
class Move:
    """A blob that is to go. `size` in bytes; `there`: it is put there, else it is got; `repair`: in place of what lies
    there."""

    name: str
    size: int
    there: bool
    repair: bool = False


def moves(
    carrier: Carrier,
    found: Found,
    here: Mapping[str, int],
    names: Iterable[str],
    sizes: Mapping[str, int],
    folder: str,
) -> Iterator[Move]:
    """What is to be done with each of `names`, in their order. `here`: name and size of what lies here; `sizes`: of
    everything that was listed, by its full name, which begins with `folder`. A name that has been there for a while
    without its bytes is noted by the carrier."""
    for name in names:
        if name in here:
            wanted, repair = carrier.must_put(found, name, here[name])
            if wanted:
                yield Move(name, here[name], there=True, repair=repair)
        elif sources := found.sources(name):
            yield Move(name, sizes.get(folder + sources[0], 0), there=False)
        else:
            carrier.is_stale(found, name)


def lies_there(have: Vector, held: Mapping[str, int], whole: Mapping[str, int]) -> dict[str, int]:
    """Per device the seq up to which its changes lie on a target: the unbroken row of the log, `have`, as far as each
    of the batches `held` here (name and size) is among those that lie `whole` there."""
    reached: dict[str, int] = {}
    before: dict[str, int] = {}
    for name, size in held.items():
        said = parse_name(name)
        if said is None:
            continue
        if whole.get(name) == size:
            reached[said.device] = max(reached.get(said.device, 0), said.last)
        else:
            before[said.device] = min(before.get(said.device, said.first - 1), said.first - 1)
    found = {
        device: min(last, reached.get(device, 0), before.get(device, last)) for device, (last, _sha16) in have.items()
    }
    return {device: seq for device, seq in found.items() if seq}
