"""A batch: what travels. Frozen bytes, kept verbatim by whoever receives them and passed on verbatim.

A header line `{"format":1,"min_reader":1,"scope","device","first","last","prev","count"}` and one JSON line per change
(`seq, n, stamp, action, kind, record, field, value, replaces`), gzip. Its name is
`<device>.<first10>-<last10>.<sha16>.jsonl.gz`: decimal seqs, and the first 16 hex of the SHA-256 of the gzip bytes.
`value` is the JSON value itself, `replaces` a list of stamps. `prev` names this device's batch before it, or is null.
"""

import gzip
import hashlib
import json
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.change import Change
from app.domain.record import is_id
from app.domain.values import canonical

FORMAT = 1
MAX_LINES = 10_000
MAX_BYTES = 1_000_000
"""Bytes of JSON in one batch before it is packed, so that the packed bytes are fewer still."""
MAX_UNPACKED = 64_000_000

_LARGEST = 10**10
"""Seqs, and so actions and places within a write, have at most ten digits."""
_STAMP = re.compile(r"[0-9a-f]{12}\.[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-z]{1,32}")
_NAME = re.compile(r"([0-9a-z]{1,32})\.(\d{10})-(\d{10})\.([0-9a-f]{16})\.jsonl\.gz")


@dataclass(frozen=True)
class BatchName:
    """What the name of a batch says."""

    device: str
    first: int
    last: int
    sha16: str


def parse_name(name: str) -> BatchName | None:
    """What a batch's name says, or None where it is no such name."""
    found = _NAME.fullmatch(name)
    return BatchName(found[1], int(found[2]), int(found[3]), found[4]) if found else None


def writes_in(name: str) -> int:
    """How many writes the batch of this name holds; 0 where it is no such name."""
    said = parse_name(name)
    return said.last - said.first + 1 if said else 0


def sha16_of(data: bytes) -> str:
    """First 16 hex of the SHA-256."""
    return hashlib.sha256(data).hexdigest()[:16]


class Unreadable(Exception):
    """The bytes are whole but are not a batch as this version knows it."""


class Misplaced(Exception):
    """The batch belongs to another walk or device than the place and the name it was found under."""


class TooNew(Exception):
    """A newer version wrote the batch and says that this one cannot read it."""


def _line(change: Change) -> str:
    return canonical(
        {
            "seq": change.seq, "n": change.n, "stamp": change.stamp, "action": change.action, "kind": change.kind,
            "record": change.record, "field": change.field, "value": json.loads(change.value),
            "replaces": list(change.replaces),
        }
    )  # fmt: skip


def split(changes: Sequence[Change]) -> list[list[Change]]:
    """One device's changes in seq order, cut where a seq is missing and where a batch would get too large; never
    within a write."""
    parts: list[list[Change]] = []
    lines = size = 0
    start = 0
    while start < len(changes):
        end = start
        while end < len(changes) and changes[end].seq == changes[start].seq:
            end += 1
        write = changes[start:end]
        weight = sum(len(_line(change).encode()) + 1 for change in write)
        joins = parts and parts[-1][-1].seq + 1 == write[0].seq
        if not joins or lines + len(write) > MAX_LINES or size + weight > MAX_BYTES:
            parts.append([])
            lines = size = 0
        parts[-1] += write
        lines, size, start = lines + len(write), size + weight, end
    return parts


def pack(changes: Sequence[Change], prev: str | None) -> tuple[str, bytes]:
    """The name and the bytes of a batch of one device's changes."""
    head = changes[0]
    first, last = head.seq, changes[-1].seq
    header = {
        "format": FORMAT, "min_reader": 1, "scope": head.scope, "device": head.device,
        "first": first, "last": last, "prev": prev, "count": len(changes),
    }  # fmt: skip
    text = "".join(f"{line}\n" for line in (json.dumps(header, separators=(",", ":")), *map(_line, changes)))
    data = gzip.compress(text.encode(), 9, mtime=0)
    return f"{head.device}.{first:010d}-{last:010d}.{sha16_of(data)}.jsonl.gz", data


def _unpacked(data: bytes) -> bytes:
    try:
        unpacker = zlib.decompressobj(wbits=31)
        text = unpacker.decompress(data, MAX_UNPACKED)
    except zlib.error as error:
        raise Unreadable(str(error)) from error
    if not unpacker.eof or unpacker.unconsumed_tail:
        raise Unreadable("larger than a batch may be, or cut")
    return text


def _is_deep(value: Any, levels: int = 64) -> bool:
    """Whether JSON data is nested deeper than SQLite and every version of Python will read."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return levels == 0 or any(_is_deep(each, levels - 1) for each in inner)


def _change(scope: str, device: str, line: dict[str, Any]) -> Change:
    replaces = line["replaces"]
    stamps = [line["stamp"], *replaces]
    if not isinstance(replaces, list) or not all(isinstance(each, str) and _STAMP.fullmatch(each) for each in stamps):
        raise Unreadable("stamps")
    texts = [line[key] for key in ("kind", "record", "field")]
    numbers = [line[key] for key in ("seq", "n", "action")]
    if not all(isinstance(text, str) for text in texts) or not all(type(number) is int for number in numbers):
        raise Unreadable("a line's types")
    if not 1 <= line["seq"] < _LARGEST or not 0 <= line["n"] < _LARGEST or abs(line["action"]) >= _LARGEST:
        raise Unreadable("numbers no program of ours would give")
    if _is_deep(line["value"]):
        raise Unreadable("nested too deep")
    value = canonical(line["value"])
    # Half of a surrogate pair is JSON, but no text that can be kept.
    "".join((*texts, value)).encode()
    return Change(
        scope, device, line["seq"], line["n"], line["stamp"], line["action"], line["kind"], line["record"],
        line["field"], value, tuple(sorted(replaces)),
    )  # fmt: skip


def is_sound(change: Change) -> bool:
    """Whether a change that was read from a damaged file may be what was once written: all of it is as any reader
    would take it, and it carries the stamp of its own device."""
    try:
        read = _change(change.scope, change.device, json.loads(_line(change)))
    except (Unreadable, ValueError, TypeError, RecursionError):
        return False
    return read == change and is_id(change.scope) and change.stamp.rpartition(".")[2] == change.device


def unpack(scope: str, name: BatchName, data: bytes) -> list[Change]:
    """The changes in a batch of this walk. Raises TooNew, Misplaced or Unreadable."""
    try:
        first, *rest = [line for line in _unpacked(data).splitlines() if line]
        header = json.loads(first)
        if (header["scope"], header["device"]) != (scope, name.device):
            raise Misplaced(name.device)
        if header.get("min_reader", header["format"]) > FORMAT or header.get("enc") is not None:
            raise TooNew(name.device)
        if header["count"] != len(rest):
            raise Unreadable("count")
        changes = [_change(scope, name.device, json.loads(line)) for line in rest]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable(str(error)) from error
    if not all(name.first <= change.seq <= name.last for change in changes):
        raise Unreadable("seqs outside the name")
    return changes
