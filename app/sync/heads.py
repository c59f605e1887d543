"""Announcements: what a device says it has, in a file of its own on the target.

`heads/<device>.<no10>.<sha16>.json`: `{"format":1, device, machine, was, letter, label, have, lacking, damaged, keeps,
done}` with sorted keys; `"along":true` from one that keeps the walk and was along, `"emptied":true` from one that the
walk has left. `no` counts up with the content; readers take the highest. Only its own device writes it, and nobody
passes it on.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from app.domain.batch import sha16_of
from app.domain.called import Names, Tablet
from app.domain.change import Vector
from app.domain.ports import Announced, Places
from app.domain.values import canonical

FORMAT = 1
SINCE = ("along", "emptied")
"""Keys that stand in an announcement only where they are true."""


class NotHeads(Exception):
    """The bytes are no announcement that this version can read."""


@dataclass(frozen=True, kw_only=True)
class Me:
    """How this device presents itself in a walk. `machine` is this machine's id, unsalted; `was` the id before."""

    device: str
    machine: str
    was: str | None = None
    letter: str = ""
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Heads:
    """What a device announced. `lacking` and `damaged` are sorted names; `machine` is salted with the walk. One that is
    `emptied` has nothing; it had ended the walk before if it is `done`."""

    device: str
    machine: str
    was: str | None
    letter: str
    label: str
    have: Vector
    lacking: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()
    keeps: bool = False
    done: bool = False
    along: bool = False
    emptied: bool = False


def told_by_home(places: Places, scope: str) -> list[tuple[Announced, Heads]]:
    """What this home itself has told of a walk, by whatever id it had: the last word of each, where it can be read."""
    found = []
    for each in places.announced(scope):
        # What it told itself was seen by nobody here.
        with suppress(NotHeads):
            if not each.seen:
                found.append((each, unpack(each.content, each.device)))
    return found


def machine_in(scope: str, machine: str) -> str:
    """A machine's id as it is told in one walk: salted, so that machines cannot be followed from walk to walk."""
    return hashlib.sha256(f"{scope} {machine}".encode()).hexdigest()[:32]


def names_in(me: Me, said: Iterable[Heads], recorded: Mapping[str, Tablet]) -> Names:
    """What the devices of a walk are called, by all that is known of them here: this one, what the others announced,
    and what the walk's device records say, which is what counts."""
    found = {each.device: Tablet(each.letter, each.label) for each in said}
    found[me.device] = Tablet(me.letter, me.label)
    for device, (letter, label) in recorded.items():
        before = found.get(device, Tablet())
        found[device] = Tablet(letter or before.letter, label or before.label)
    return Names(found)


def pack(heads: Heads) -> bytes:
    """The bytes of an announcement."""
    said = {**asdict(heads), "format": FORMAT, "lacking": list(heads.lacking), "damaged": list(heads.damaged)}
    for key in SINCE:
        # Only where it is so does an announcement differ from those of older versions, which need not be put once more.
        if not said[key]:
            del said[key]
    return canonical(said).encode()


def name_of(device: str, no: int, data: bytes) -> str:
    """The name of an announcement, without its folder."""
    return f"{device}.{no:010d}.{sha16_of(data)}.json"


def said_in(name: str) -> tuple[str, int]:
    """The device and the number that an announcement's name says."""
    device, no, _sha16, _ending = name.split(".")
    return device, int(no)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _is_vector(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(entry, list) and len(entry) == 2 and type(entry[0]) is int and isinstance(entry[1], str)
        for entry in value.values()
    )


def unpack(data: bytes, device: str) -> Heads:
    """What an announcement of this device says. Keys this version does not know are left out. Raises NotHeads."""
    try:
        said = json.loads(data)
        if said["format"] != FORMAT or said["device"] != device or not _is_vector(said["have"]):
            raise NotHeads(device)
        return Heads(
            device=device,
            machine=_text(said["machine"]),
            was=None if said["was"] is None else _text(said["was"]),
            letter=_text(said["letter"]),
            label=_text(said["label"]),
            have=said["have"],
            lacking=tuple(map(_text, said["lacking"])),
            damaged=tuple(map(_text, said["damaged"])),
            keeps=said["keeps"] is True,
            done=said["done"] is True,
            along=said.get("along") is True,
            emptied=said.get("emptied") is True,
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotHeads(str(error)) from error
