"""What lies where on a target, and what a listing shows under which name.

    gatljus1/target-<random16>                      marker
    gatljus1/<walk>/about.<sha16>.json
    gatljus1/<walk>/changes/<batch>
    gatljus1/<walk>/blobs/<sha256>
    gatljus1/<walk>/heads/<device>.<no10>.<sha16>.json

A folder that a cloud program syncs also shows names that nobody of ours has put there: copies beside ("… (conflicted
copy)…"), whose bytes decide, and placeholders of what is there but not here yet.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

ROOT = "gatljus1/"
MARKER = ROOT + "target-"
CHANGES, BLOBS, HEADS = "changes/", "blobs/", "heads/"
ABOUT, PURGED = "about.", "purged."
READ_ME, UNNAMED = "LÄS MIG.txt", "unnamed/"
"""What a rescue lays beside the walks."""

BATCH = re.compile(r"\.?([0-9a-z]{1,32}\.\d{10}-\d{10}\.[0-9a-f]{16})(?![0-9a-f])(.*)", re.DOTALL)
BLOB = re.compile(r"\.?([0-9a-f]{64})(?![0-9a-f])(.*)", re.DOTALL)
HEAD = re.compile(r"\.?([0-9a-z]{1,32}\.\d{10}\.[0-9a-f]{16})(?![0-9a-f])(.*)", re.DOTALL)
_ENDINGS = {BATCH: ".jsonl.gz", BLOB: "", HEAD: ".json"}
_GOOD = re.compile(r"gatljus1/(?:[a-z0-9.-]{1,99}/){0,2}[a-z0-9.-]{1,99}")
_PLACEHOLDERS = re.compile(r".*(\.nextcloud|\.icloud|\.~[0-9a-f]+)", re.DOTALL)
"""What stands for a file that a cloud program has not brought here yet, or is just bringing."""
_WALK = re.compile(re.escape(ROOT) + r"([0-9a-z-]{1,64})/")
_HASH = re.compile(
    r"(?:[0-9a-z]{1,32}\.[0-9-]{10,21}\.|about\.|purged\.)?([0-9a-f]{16}|[0-9a-f]{64})(?:\.json|\.jsonl\.gz)?"
)


def folder_of(scope: str) -> str:
    """Where a walk lies on a target."""
    return f"{ROOT}{scope}/"


def walks_in(names: Mapping[str, int]) -> list[str]:
    """The walks of which a listing shows something."""
    return sorted({found[1] for found in map(_WALK.match, names) if found})


def purged_in(names: Mapping[str, int]) -> set[str]:
    """The walks that are marked as purged in a listing."""
    return {scope for scope in walks_in(names) if any(name.startswith(folder_of(scope) + PURGED) for name in names)}


def markers_in(names: Mapping[str, int]) -> set[str]:
    """The random parts of the markers that a listing shows."""
    return {name.removeprefix(MARKER) for name in names if re.fullmatch(re.escape(MARKER) + "[0-9a-z]{1,64}", name)}


def leads_out(name: str) -> bool:
    """Whether a name leads out of the target, or may be understood so by some system."""
    return not name.startswith(ROOT) or bool({"", ".", ".."} & set(name.split("/")) or set(name) & set("\\:\0"))


def checked(name: str) -> str:
    """A name that every file system can hold and keep apart from others. Raises ValueError for any other."""
    if leads_out(name) or not _GOOD.fullmatch(name):
        raise ValueError(f"not a name for a target: {name!r}")
    return name


def is_placeholder(name: str) -> bool:
    """Whether a name, with or without its folders, is a cloud program's for what is not here yet."""
    return _PLACEHOLDERS.fullmatch(name) is not None


def matches(name: str, data: bytes) -> bool:
    """Whether the bytes of an object fit the hash in its name; True for a name without one."""
    found = _HASH.fullmatch(name.rpartition("/")[2])
    return found is None or hashlib.sha256(data).hexdigest().startswith(found[1])


@dataclass
class Found:
    """What a listing shows of one folder of a walk, by the names we gave.

    `whole` is the size under the name itself, `beside` other names that may hold the same, `waiting` what is there but
    not here yet; of those `empty` lies under its own name without a byte.
    """

    whole: dict[str, int] = field(default_factory=dict)
    beside: dict[str, list[str]] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)
    empty: set[str] = field(default_factory=set)

    def sources(self, name: str) -> list[str]:
        """The names under which the object may be read, the right one first; relative to the folder."""
        return [name] * (name in self.whole) + self.beside.get(name, [])


def look_in(names: Mapping[str, int], folder: str, pattern: re.Pattern[str]) -> Found:
    """Sort out what a listing shows in `folder` (with its closing slash) of names like `pattern`."""
    found = Found()
    for full, size in names.items():
        named = full.removeprefix(folder)
        said = pattern.fullmatch(named) if full.startswith(folder) and "/" not in named else None
        if said is None:
            continue
        name = said[1] + _ENDINGS[pattern]
        if size == 0 or is_placeholder(named):
            found.waiting.add(name)
            if named == name:
                found.empty.add(name)
        elif named == name:
            found.whole[name] = size
        else:
            found.beside.setdefault(name, []).append(named)
    found.waiting -= set(found.whole)
    return found
