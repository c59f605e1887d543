"""*Töm* among the devices: one that a walk has left says so, so that nobody goes on counting on it.

Its last announcement names nothing, and is `emptied`. The home keeps it in place of the walk, and leaves it wherever an
earlier one of its own lies.
"""

from dataclasses import replace

from app.domain.ports import Announced, Places, Target
from app.sync.heads import name_of, pack, said_in, unpack
from app.sync.names import HEAD, HEADS, folder_of, look_in


def last_word(places: Places, scope: str, device: str, last: int) -> Announced | None:
    """What a device that has written up to `last` says once this home is emptied of a walk, after what it said before;
    None where it has said nothing, so that nobody counts on it."""
    for each in places.announced(scope):
        if each.device == device:
            said = unpack(each.content, device)
            # What it wrote after it had ended the walk takes that back, though nobody will hear of it.
            done = said.done and said.have.get(device, [0])[0] == last
            data = pack(replace(said, have={}, lacking=(), damaged=(), keeps=False, done=done, emptied=True))
            return Announced(device, each.no + 1, name_of(device, each.no + 1, data), data)
    return None


def leave_word(places: Places, target: Target, scope: str) -> None:
    """Say on a target that this home is emptied of a walk, where it said something else there. Raises OSError,
    GatljusError."""
    folder = folder_of(scope) + HEADS
    for each in places.announced(scope):
        if each.seen is None and unpack(each.content, each.device).emptied:
            lying = look_in(target.list(folder), folder, HEAD)
            mine = {name for name in (*lying.whole, *lying.waiting) if said_in(name)[0] == each.device}
            if mine and each.name not in mine:
                target.put_new(folder + each.name, each.content)
