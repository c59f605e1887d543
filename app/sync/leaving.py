"""*Töm* among the devices: one that a walk has left says so, so that nobody goes on counting on it.

The last announcement of each id that the home has spoken by names nothing, and is `emptied`. The home keeps it in place
of the walk, and leaves it wherever an earlier one of that id lies.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.domain.ports import Announced, Places, Target
from app.sync.heads import name_of, pack, said_in, told_by_home
from app.sync.names import HEAD, HEADS, folder_of, look_in


def last_words(places: Places, scope: str, device: str, last: Mapping[str, int]) -> list[Announced]:
    """What this home says once it is emptied of a walk, by each id by which it has said anything. `device` is the one
    it has now, `last` the seq up to which each has written."""
    words = []
    for each, said in told_by_home(places, scope):
        # What was written after the walk had ended takes that back, though nobody will hear of it.
        ended = said.have.get(each.device, [0])[0] == last.get(each.device, 0)
        on = device != each.device and device in last
        quiet = replace(said, have={}, lacking=(), damaged=(), keeps=False, along=False)
        data = pack(replace(quiet, done=said.done and (said.emptied or ended) and not on, emptied=True))
        words.append(Announced(each.device, each.no + 1, name_of(each.device, each.no + 1, data), data))
    return words


def leave_words(places: Places, target: Target, scope: str, names: Iterable[str]) -> None:
    """Say on a target, of which `names` shows all that lies there, that this home is emptied of a walk, where it said
    something else there. Raises OSError, GatljusError."""
    folder = folder_of(scope) + HEADS
    lying = look_in(dict.fromkeys(names, 1), folder, HEAD)
    for each, said in told_by_home(places, scope):
        mine = {name for name in (*lying.whole, *lying.waiting) if said_in(name)[0] == each.device}
        if said.emptied and mine and each.name not in mine:
            target.put_new(folder + each.name, each.content)
