"""Groups: people who walk together when the walk splits. What they are called, and in how many a walk should split."""

from collections.abc import Iterable

from app.base.words import _
from app.domain.letters import apart
from app.domain.records import Group
from app.domain.values import known

MOST = 10
"""People of one group at the most: with more not everybody is heard."""
SAYS_SO = ("grupp", "group")
"""What a group is called in the languages that the program speaks, in the one of whoever made it."""
WIDEST = 2
"""Signs of a letter that have room in a disc on a map."""


def fitting(people: int) -> int:
    """In how many groups so many people walk, eight to ten in each where that can be; 1: all together."""
    return max(1, -(-people // MOST))


def shares(people: int, groups: int) -> str:
    """How many there are in each group then: `8`, or `7–8` where they are not alike."""
    few, more = divmod(people, groups)
    return f"{few}–{few + 1}" if more else str(few)


def letter_of(group: Group) -> str:
    """The letter of a group: the one that it has, else the first of its name."""
    said = (known(group.letter, str) or "").strip() or (known(group.name, str) or "").strip()[:1].upper()
    return said[:WIDEST] or "?"


def named(name: str) -> str:
    """A group by its name: `Grupp Norr`; a name that says so itself stays as it is, but for the language: a group that
    was made in Swedish is no *Group Grupp A* in English."""
    first, _space, rest = name.partition(" ")
    words = _("Grupp {name}").format(name=name)
    if len(rest.split()) == 1 and first.casefold() in SAYS_SO:
        return _("Grupp {name}").format(name=rest)
    return name if name.casefold().startswith(words.split()[0].casefold()) else words


def word_of(group: Group) -> str:
    """What a group is called, whatever others are called."""
    return named((known(group.name, str) or "").strip() or letter_of(group))


def in_order(groups: Iterable[Group]) -> list[Group]:
    """Groups by their letters."""
    return sorted(groups, key=lambda each: (letter_of(each).casefold(), word_of(each).casefold(), each.id))


def twins_of(groups: Iterable[Group]) -> dict[str, str]:
    """The groups that are called as one before them, made on devices unaware of each other, and which that is."""
    first: dict[str, str] = {}
    found = {each.id: first.setdefault(word_of(each).casefold(), each.id) for each in in_order(groups)}
    return {each: other for each, other in found.items() if each != other}


def names_of(groups: Iterable[Group]) -> dict[str, str]:
    """What groups are called, by id, in the order of their letters. Two that were called the same unaware of each other
    are told apart by how their ids begin, as tablets are."""
    words = {each.id: word_of(each) for each in in_order(groups)}
    same = {id: [one for one, word in words.items() if word.casefold() == words[id].casefold()] for id in words}
    return {id: word if len(same[id]) == 1 else f"{word} ({apart(id, same[id], 4)})" for id, word in words.items()}
