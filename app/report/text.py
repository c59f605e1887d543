"""Text as it is typed → atoms that print: by font coverage, shaped, ordered and divided.

A paragraph is a row of runs; `atoms_of` turns it into a row of atoms in reading order. Every atom is set in one face,
knows what was typed (`text`) and what is drawn (`shown`, from left to right), so that what is read out of the file is
what was typed. Scripts that run from right to left are shaped (arabic-reshaper) and get their levels from the
bidirectional algorithm (python-bidi); `visual_order` puts a line's atoms in the order of the eye. A character that no
face has is drawn as U+FFFD, never as nothing.

Lines may be divided at spaces, after dashes, at U+00AD, in web and mail addresses after / @ . and, by `seams`, where
Swedish (or English) divides words.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache

import pyphen
from arabic_reshaper import ArabicReshaper
from bidi import algorithm
from bidi.mirror import MIRRORED

from app.report.fonts import MISSING, Face, covering, face, faces

SOFT_HYPHEN = "\u00ad"
LONG_WORD = 8
KEPT_LETTERS = 4
"""A word is divided from this many letters on, and so many stay on either side."""

_TOKEN = re.compile(
    "(?P<line>\r\n|[\n\r\v\f\x85\u2028\u2029])"
    "|(?P<space>[ \t\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]+)"
    "|(?P<word>[^\n\r\v\f\x85\u2028\u2029 \t\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]+)"
)
_DASHES = re.compile("(?<=[\u2013\u2014\u200b])|(?<=\\w\\w[-\u2010])(?=[^\\W\\d])")
_ADDRESS = re.compile(r"://|^www\.|@")
_ADDRESS_PARTS = re.compile(r"(?<=[/@.])(?=\w)")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_BARE_WORD = re.compile(r"^([^\w]*)([^\W\d_]+)([^\w]*)$")
_SURROGATES = re.compile("[\ud800-\udfff]")
_EMOJI_LOOK = "\ufe0f"
_STAND_IN = {"": "a", "B": " ", "S": " ", "LRI": "!", "RLI": "!", "FSI": "!", "PDI": "!"}
"""For classes that python-bidi does not know, or that end its paragraph: a character of the class nearest to it."""
_JOINER = "\u200d"
_EMOJI_FACE = "NotoEmoji_400Regular"

_SEAMS = (
    "trygghets·vandring",
    "trygghets·samordnare",
    "gatu·förvaltning",
    "park·förvaltning",
    "cykel·väg",
    "gång·tunnel",
    "belysnings·stolpe",
    "åtgärds·lista",
    "återkoppling",
    "iakttagelse",
)
"""Beginnings of words that pyphen divides badly, with the seams that are right; no seam = never divided."""


class Gap(Enum):
    """What may happen to the line after an atom: nothing, a break, a break with a hyphen, a break (the atom is a
    space that then hangs over the edge), or a break that must be."""

    NONE = 0
    FREE = 1
    SOFT = 2
    SPACE = 3
    MUST = 4


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of one run in one face. `width` in thousandths of the type size. `exact`: the glyphs say `text` by
    themselves; else `/ActualText` must. `level`: even runs to the right, odd to the left. `run`: index of its run."""

    text: str
    shown: str
    face: Face
    width: float
    run: int
    gap: Gap = Gap.NONE
    level: int = 0
    exact: bool = True

    def joined_with(self, other: "Atom") -> "Atom":
        """The two as one of this run and face."""
        text, shown, width = self.text + other.text, self.shown + other.shown, self.width + other.width
        return Atom(text, shown, self.face, width, self.run, self.gap, self.level, self.exact)


@dataclass(frozen=True)
class Look:
    """What decides the faces of a run."""

    text: str
    strong: bool = False
    italic: bool = False


def atoms_of(runs: Sequence[Look]) -> tuple[list[Atom], bool]:
    """The atoms of a paragraph in reading order, and whether the paragraph as a whole runs from right to left."""
    whole = "".join(run.text for run in runs)
    if _SURROGATES.search(whole):
        return atoms_of([replace(run, text=_SURROGATES.sub(MISSING, run.text)) for run in runs])
    levels, leftward = _levels(whole) if _RIGHT_TO_LEFT.search(whole) else ([], False)
    atoms: list[Atom] = []
    at = 0
    for index, run in enumerate(runs):
        row = faces(run.strong, run.italic)
        for token in _TOKEN.finditer(run.text):
            here = levels[at + token.start() : at + token.end()]
            atoms += _token_atoms(token, row, index, here)
        at += len(run.text)
    return atoms, leftward


def _token_atoms(token: re.Match[str], row: tuple[str, ...], run: int, levels: list[int]) -> Iterator[Atom]:
    text = token.group()
    plain_face = face(row[0])
    if token.lastgroup == "line":
        yield Atom("\n", " ", plain_face, 0.0, run, Gap.MUST, exact=False)
    elif token.lastgroup == "space":
        shown = text if plain_face.covers(text) else " " * len(text)
        yield Atom(
            text, shown, plain_face, plain_face.width(shown), run, Gap.SPACE, max(levels, default=0), shown == text
        )
    else:
        start = 0
        for piece, gap in _pieces(text):
            *first, last = _word_atoms(piece, row, run, levels[start : start + len(piece)])
            yield from first
            yield last if gap is Gap.NONE else replace(last, gap=gap)
            start += len(piece) + (gap is Gap.SOFT)


def is_address(word: str) -> bool:
    """Whether a word is a web or mail address, which is never hyphenated."""
    return _ADDRESS.search(word) is not None


def _pieces(word: str) -> Iterator[tuple[str, Gap]]:
    """The pieces that a line may be divided between: of an address, else those at dashes and U+00AD."""
    if word.isalnum():
        yield word, Gap.NONE
        return
    parts = _ADDRESS_PARTS.split(word) if is_address(word) else _DASHES.split(word)
    parts = [part for part in parts if part]
    for index, part in enumerate(parts):
        stems = part.split(SOFT_HYPHEN)
        for stem in stems[:-1]:
            yield stem, Gap.SOFT
        yield stems[-1], Gap.FREE if index < len(parts) - 1 else Gap.NONE


def _word_atoms(word: str, row: tuple[str, ...], run: int, levels: list[int]) -> list[Atom]:
    """The atoms of an undivided piece; never none, so that its gap has somewhere to be."""
    plain_face = face(row[0])
    if not any(levels) and plain_face.covers(word) and (word.isascii() or unicodedata.is_normalized("NFC", word)):
        return [Atom(word, word, plain_face, plain_face.width(word), run)]
    atoms: list[Atom] = []
    start = 0
    for text, level in _stretches(word, levels):
        if level % 2:
            atoms += _leftward_atoms(text, row, run, level)
        else:
            for cluster in clusters(text):
                _join(atoms, _cluster_atom(cluster, row, run, level))
        start += len(text)
    return atoms


def _stretches(word: str, levels: list[int]) -> Iterator[tuple[str, int]]:
    """Parts of one level."""
    if not levels:
        yield word, 0
        return
    start = 0
    for end in range(1, len(word) + 1):
        if end == len(word) or levels[end] != levels[start]:
            yield word[start:end], levels[start]
            start = end


def _join(atoms: list[Atom], atom: Atom) -> None:
    """Append an atom, as part of the last one where both are exact and of a kind."""
    last = atoms[-1] if atoms else None
    if last and last.exact and atom.exact and last.face is atom.face and last.level == atom.level:
        atoms[-1] = last.joined_with(atom)
    else:
        atoms.append(atom)


def _cluster_atom(cluster: str, row: tuple[str, ...], run: int, level: int) -> Atom:
    bare = unicodedata.normalize("NFC", "".join(char for char in cluster if not _invisible(char)))
    if _EMOJI_LOOK in cluster:
        row = (_EMOJI_FACE, *row)
    found = covering(bare, row)
    if not found:
        bare, found = MISSING, covering(MISSING, row)
    assert found is not None, "some face has U+FFFD"
    return Atom(cluster, bare, found, found.width(bare), run, level=level, exact=bare == cluster)


def _leftward_atoms(text: str, row: tuple[str, ...], run: int, level: int) -> list[Atom]:
    """Shaped atoms of a stretch from right to left: one for each character that a person sees."""
    mirrored = "".join(MIRRORED.get(char, char) for char in text)
    shaped = _shaped(mirrored)
    if unicodedata.normalize("NFKC", shaped) != mirrored or not all(covering(char, row) for char in shaped):
        shaped = mirrored
    atoms: list[Atom] = []
    at = 0
    for cluster in clusters(shaped):
        letters = len(cluster) if shaped is mirrored else len(unicodedata.normalize("NFKC", cluster))
        atom = _cluster_atom(cluster, row, run, level)
        atoms.append(replace(atom, text=text[at : at + letters], shown=atom.shown[::-1], exact=False))
        at += letters
    return atoms


def clusters(text: str) -> Iterator[str]:
    """What a person takes for one character: a base with its marks, joined emoji with modifiers, a flag."""
    start = 0
    while start < len(text):
        end = start + 1
        if _is_flag_letter(text[start]) and _is_flag_letter(text[end : end + 1]):
            end += 1
        while end < len(text) and (_extends(text[end]) or _joined(text, end)):
            end += 1
        yield text[start:end]
        start = end


def _is_flag_letter(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _joined(text: str, at: int) -> bool:
    return text[at - 1] == _JOINER and text[at] > "\u2100"


def _extends(char: str) -> bool:
    return "\U0001f3fb" <= char <= "\U0001f3ff" or unicodedata.category(char) in ("Mn", "Mc", "Me", "Cf")


def _invisible(char: str) -> bool:
    """What has no ink of its own: format characters, variation selectors and the tones of emoji."""
    return "\ufe00" <= char <= "\ufe0f" or "\U0001f3fb" <= char <= "\U0001f3ff" or unicodedata.category(char) == "Cf"


def _shaped(text: str) -> str:
    """Arabic letters joined. The library fails on a ligature after a joiner that stands alone (3.0: U+200D, lam, alef):
    such a text stays as it was typed."""
    try:
        return str(_reshaper().reshape(text))
    except IndexError:
        return text


@cache
def _reshaper() -> ArabicReshaper:
    return ArabicReshaper({"delete_harakat": False, "delete_tatweel": False, "support_zwj": True})


def _levels(text: str) -> tuple[list[int], bool]:
    """The level of every character (UAX 9), and whether the paragraph runs from right to left."""
    kept = [at for at, char in enumerate(text) if unicodedata.bidirectional(char) not in algorithm.X9_REMOVED]
    storage = algorithm.get_empty_storage()
    bare = "".join(_STAND_IN.get(unicodedata.bidirectional(text[at]), text[at]) for at in kept)
    storage["base_level"] = base = algorithm.get_base_level(bare)
    storage["base_dir"] = ("L", "R")[base]
    algorithm.get_embedding_levels(bare, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    levels = [base] * len(text)
    for at, char in zip(kept, storage["chars"], strict=True):
        levels[at] = char["level"]
    for at in range(1, len(text)):
        if unicodedata.bidirectional(text[at]) in algorithm.X9_REMOVED:
            levels[at] = levels[at - 1]
    return levels, bool(base)


def visual_order(line: Sequence[Atom], leftward: bool) -> list[int]:
    """The indices of a line's atoms from left to right (UAX 9, L1 and L2)."""
    levels = [atom.level for atom in line]
    for at in reversed(range(len(line))):
        if line[at].gap not in (Gap.SPACE, Gap.MUST):
            break
        levels[at] = int(leftward)
    order = list(range(len(line)))
    for level in range(max(levels, default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = max(end, start + 1)
    return order


def split_atom(atom: Atom, letters: int) -> tuple[Atom, Atom]:
    """An exact atom in two, after so many characters."""
    head, tail = atom.text[:letters], atom.text[letters:]
    first = replace(atom, text=head, shown=head, width=atom.face.width(head), gap=Gap.NONE)
    return first, replace(atom, text=tail, shown=tail, width=atom.face.width(tail))


def hyphen_after(atom: Atom) -> Atom:
    """The hyphen at the end of a line that an atom is divided after or in."""
    own = atom.face if atom.face.covers(SOFT_HYPHEN) else face(faces(False, False)[0])
    return Atom(SOFT_HYPHEN, SOFT_HYPHEN, own, own.width(SOFT_HYPHEN), atom.run, Gap.SOFT, atom.level)


def seams(word: str, language: str, names: bool = False) -> list[int]:
    """Where a word may be divided with a hyphen: numbers of letters before it, ascending. None for short words, codes
    and what is no word; for names (a capital anywhere) only with `names`, where they are wider than their line."""
    bare = _BARE_WORD.match(word)
    if not bare or len(bare[2]) < LONG_WORD or not (names or bare[2].islower()):
        return []
    at = len(bare[1])
    for stem in _SEAMS if language.startswith("sv") else ():
        if bare[2].lower().startswith(stem.replace("·", "")):
            return [at + stem.index("·")] if "·" in stem else []
    last = len(bare[2]) - KEPT_LETTERS
    return [at + place for place in _dictionary(language).positions(bare[2]) if KEPT_LETTERS <= place <= last]


@cache
def _dictionary(language: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="sv_SE" if language.startswith("sv") else "en_GB")
