"""Letters of devices and the tags of observations."""

from collections.abc import Collection, Iterable
from itertools import count

from app.domain.records import Observation

LONGEST = 9
"""Digits of the highest tag that anybody will come to."""


def letter(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def first_free(taken: Collection[str]) -> str:
    """The first letter that is not taken."""
    return next(each for each in map(letter, count()) if each not in taken)


def next_tag(mine: str, tags: Iterable[str]) -> str:
    """The tag of a new observation of the device with letter `mine`: A1, A2 … never used before as far as is known."""
    counts = [tag[len(mine) :] for tag in tags if tag.startswith(mine)]
    numbers = [int(count) for count in counts if count.isdecimal() and len(count) <= LONGEST]
    return f"{mine}{max(numbers, default=0) + 1}"


def shown_tags(observations: Iterable[Observation]) -> dict[str, str]:
    """The tag of every observation as it is shown: two with one tag show `A7·` and the shortest prefix, at least two
    hex, of the record id that tells them apart."""
    groups: dict[str, list[str]] = {}
    for each in observations:
        groups.setdefault(str(each.tag), []).append(each.id)
    shown = {}
    for tag, ids in groups.items():
        for each_id in ids:
            shown[each_id] = tag if len(ids) == 1 or not tag else f"{tag}·{apart(each_id, ids, 2)}"
    return shown


def apart(one: str, ids: Collection[str], least: int) -> str:
    """The shortest beginning of an id, `least` signs at the least, that tells it apart from the others of `ids`."""
    others = [other for other in ids if other != one]
    lengths = range(least, len(one))
    return one[: next((each for each in lengths if all(other[:each] != one[:each] for other in others)), len(one))]
