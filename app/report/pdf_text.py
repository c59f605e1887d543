"""Paragraphs: lines broken by the atoms of `text`, drawn as content of their elements.

Lines are filled one after the other, left aligned. A word is divided with a hyphen only where the line would else be
left noticeably short, and not in two lines running. Each line's last space is drawn, so that words never run together
when the text is read out of the file.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.report.document import Look, Mark, Run, Text
from app.report.fonts import first_face
from app.report.pdf_canvas import Canvas
from app.report.pdf_marks import draw_mark, is_drawn, mark_colour, mark_size
from app.report.style import Type
from app.report.tagging import Element
from app.report.text import Atom, Gap, atoms_of, hyphen_after, is_address, seams, split_atom, visual_order
from app.report.text import Look as Faces

_SHORT_LINE = 0.12
"""A word is divided with a hyphen only if this share of the line would else be empty."""
_MARK_GAP = 4.2
_HALVINGS = 8
_ASCENT, _DESCENT = 1.024, 0.4
"""Of the text face, in type sizes: half of what the leading has more goes above."""

_LOOKS: dict[Look, dict[str, object]] = {
    Look.PLAIN: {},
    Look.STRONG: {"strong": True},
    Look.ITALIC: {"italic": True},
    Look.SECONDARY: {"colour": "secondary"},
    Look.ACCENT: {"colour": "accent", "strong": True},
    Look.RED: {"colour": "red", "strong": True},
}


@dataclass(frozen=True)
class _Ink:
    """How a run is drawn."""

    run: Run
    type: Type


@dataclass(frozen=True)
class Line:
    """Atoms in reading order with the width of what is seen of them, in points."""

    atoms: tuple[Atom, ...]
    width: float


def baseline(type: Type) -> float:
    """How far the first base line lies below the top of a line."""
    return type.leading / 2 + (_ASCENT - _DESCENT) / 2 * type.size


@dataclass
class Setting:
    """A text broken into lines for a width. Made once, split and drawn in pieces."""

    inks: tuple[_Ink, ...]
    type: Type
    lines: tuple[Line, ...]
    leftward: bool
    width: float
    links: dict[int, Element] = field(default_factory=dict)
    """The Link element of a run, shared by all pieces."""

    @property
    def height(self) -> float:
        """All its lines, in points."""
        return len(self.lines) * self.type.leading

    @property
    def natural_width(self) -> float:
        """The width of the longest line."""
        return max((line.width for line in self.lines), default=0.0)

    def piece(self, start: int, end: int | None = None) -> "Setting":
        """Some of its lines."""
        return replace(self, lines=self.lines[start:end], links=self.links)


def set_text(text: Text, type: Type, width: float, language: str) -> Setting:
    """Break a text into lines of `width` points."""
    inks = tuple(_Ink(run, _type_of(run, type)) for run in text)
    looks = [Faces(run.text, ink.type.strong, ink.type.italic) for run, ink in zip(text, inks, strict=True)]
    atoms, leftward = atoms_of(looks)
    marked = _with_marks(atoms, inks)
    return Setting(inks, type, tuple(_Breaker(inks, type, width, language).lines(marked)), leftward, width)


def set_evenly(text: Text, type: Type, width: float, language: str) -> Setting:
    """Break a title into as few lines as `width` allows, and those as even as can be."""
    widest = set_text(text, type, width, language)
    narrow, wide = 0.0, width
    for _halving in range(_HALVINGS):
        middle = (narrow + wide) / 2
        if len(set_text(text, type, middle, language).lines) > len(widest.lines):
            narrow = middle
        else:
            wide = middle
    return set_text(text, type, wide, language) if len(widest.lines) > 1 else widest


def _type_of(run: Run, type: Type) -> Type:
    changes = dict(_LOOKS[run.look])
    if run.mark and run.look in (Look.PLAIN, Look.STRONG):
        changes["colour"] = mark_colour(run.mark)
    return type.but(**changes) if changes else type


def _with_marks(atoms: list[Atom], inks: tuple[_Ink, ...]) -> list[Atom]:
    """The atoms with an empty one, as wide as its mark and the gap after it, before the first of each marked run."""
    whole: list[Atom] = []
    rest = list(atoms)
    for index, ink in enumerate(inks):
        if ink.run.mark and is_drawn(ink.run.mark):
            gap = _MARK_GAP if ink.run.text else 0
            width = (mark_size(ink.run.mark) + gap) / ink.type.size * 1000
            whole.append(Atom("", "", first_face(False, False), width, index, exact=False))
        while rest and rest[0].run == index:
            whole.append(rest.pop(0))
    return whole


class _Breaker:
    """Breaks the atoms of one text."""

    def __init__(self, inks: tuple[_Ink, ...], type: Type, width: float, language: str) -> None:
        self._inks = inks
        self._hyphens = type.hyphens
        self._limit = width + 0.01
        self._language = language

    def lines(self, atoms: list[Atom]) -> list[Line]:
        lines: list[Line] = []
        line: list[Atom] = []
        used = seen = 0.0
        words = _words(atoms)[::-1]
        while words:
            word = words.pop()
            width = self._width(word)
            if used + width > self._limit:
                head, tail = self._divide(word, self._limit - used, bool(line), _divided(lines))
                if tail:
                    words.append(tail)
                if head:
                    line += head
                    seen = used + self._width(head)
                lines.append(Line(tuple(line), seen))
                line, used, seen = [], 0.0, 0.0
                continue
            line += word
            used += self._width(word, hanging=True)
            seen = used - self._hang(word)
            if word[-1].gap is Gap.MUST:
                lines.append(Line(tuple(line), seen))
                line, used, seen = [], 0.0, 0.0
        if line:
            lines.append(Line(tuple(line), seen))
        return lines

    def _size(self, atom: Atom) -> float:
        return atom.width * self._inks[atom.run].type.size / 1000

    def _width(self, word: Sequence[Atom], hanging: bool = False) -> float:
        whole = sum(map(self._size, word))
        return whole if hanging else whole - self._hang(word)

    def _hang(self, word: Sequence[Atom]) -> float:
        """The width of the spaces at its end, which may stand beyond the line."""
        return sum(self._size(atom) for atom in word if atom.gap is Gap.SPACE)

    def _divide(self, word: list[Atom], room: float, begun: bool, after_hyphen: bool) -> tuple[list[Atom], list[Atom]]:
        """What of a word still goes on a line with `room`, and the rest. On an empty line something always goes."""
        too_wide = self._width(word) > self._limit
        seamed = too_wide or not (after_hyphen or room < _SHORT_LINE * self._limit)
        hyphened = seamed and (self._hyphens or too_wide) and not is_address("".join(atom.text for atom in word))
        best: tuple[list[Atom], list[Atom]] = ([], word)
        for index, atom in enumerate(word):
            before, after = word[:index], word[index + 1 :]
            parts = self._inside(atom, too_wide) if hyphened else []
            if atom.gap is Gap.SOFT and after and seamed:
                parts.append(([atom, hyphen_after(atom)], []))
            elif atom.gap is Gap.FREE and after:
                parts.append(([atom], []))
            for head, tail in parts:
                if self._width([*before, *head]) <= room:
                    best = [*before, *head], [*tail, *after]
        if best[0] or begun:
            return best
        return self._by_letters(word, room)

    def _inside(self, atom: Atom, names: bool) -> list[tuple[list[Atom], list[Atom]]]:
        """The ways of dividing an atom where the language does, in order."""
        if not atom.exact or atom.level % 2 or self._inks[atom.run].run.language:
            return []
        halves = [split_atom(atom, letters) for letters in seams(atom.text, self._language, names)]
        return [([head, hyphen_after(head)], [tail]) for head, tail in halves]

    def _by_letters(self, word: list[Atom], room: float) -> tuple[list[Atom], list[Atom]]:
        """A word that has no seam and is wider than a line: as many letters as fit, at least one atom's first."""
        used = 0.0
        for index, atom in enumerate(word):
            if used + self._size(atom) > room and atom.exact and len(atom.text) > 1 and not atom.level % 2:
                scale = self._inks[atom.run].type.size / 1000
                letters = 1
                while used + atom.face.width(atom.text[: letters + 1]) * scale <= room and letters < len(atom.text) - 1:
                    letters += 1
                head, tail = split_atom(atom, letters)
                return [*word[:index], head], [tail, *word[index + 1 :]]
            used += self._size(atom)
            if used > room and index:
                return word[:index], word[index:]
        return word, []


def _divided(lines: list[Line]) -> bool:
    """Whether the last line ends in a hyphen that was put there."""
    return bool(lines) and bool(lines[-1].atoms) and lines[-1].atoms[-1].text.endswith("\u00ad")


def _words(atoms: list[Atom]) -> list[list[Atom]]:
    """Atoms up to and with the spaces after them."""
    words: list[list[Atom]] = []
    last = Gap.MUST
    for atom in atoms:
        if last is Gap.MUST or (last is Gap.SPACE and atom.gap is not Gap.SPACE):
            words.append([])
        words[-1].append(atom)
        last = atom.gap
    return words


class Drawer:
    """Draws a setting: pieces of content in reading order, each with its own element."""

    def __init__(self, canvas: Canvas, setting: Setting, element: Element | None, halo: float = 0) -> None:
        self._canvas = canvas
        self._setting = setting
        self._element = element
        self._halo = halo
        self._batch: list[tuple[float, float, list[tuple[float, Atom]]]] = []
        self._owner: Element | None = None

    def draw(self, x: float, top: float) -> None:
        """Draw it with its upper left corner at (x, top). Without an element the caller has opened its content."""
        self.draw_on(x, top - baseline(self._setting.type))

    def draw_on(self, x: float, y: float) -> None:
        """Draw it from x with its first base line at y; with a halo only the white edge of its letters."""
        setting = self._setting
        for line in setting.lines:
            start = x + (setting.width - line.width if setting.leftward or setting.type.right else 0)
            self._line(line, start, y)
            y -= setting.type.leading
        self._flush()

    def _line(self, line: Line, x: float, y: float) -> None:
        places = self._places(line, x)
        at = 0
        while at < len(line.atoms):
            end = at + 1
            while end < len(line.atoms) and line.atoms[end].run == line.atoms[at].run:
                end += 1
            self._run(line, places, at, end, y)
            at = end

    def _places(self, line: Line, x: float) -> list[float]:
        """Where each atom stands, by index."""
        sizes = [atom.width * self._setting.inks[atom.run].type.size / 1000 for atom in line.atoms]
        if self._setting.leftward and line.atoms[-1].gap is Gap.SPACE:
            x -= sizes[-1]
        places = [0.0] * len(sizes)
        for index in visual_order(line.atoms, self._setting.leftward):
            places[index] = x
            x += sizes[index]
        return places

    def _run(self, line: Line, places: list[float], start: int, end: int, y: float) -> None:
        ink = self._setting.inks[line.atoms[start].run]
        first = line.atoms[start]
        if ink.run.mark and not first.text and not first.shown and first.width:
            self._mark(ink, places[start], y)
            start += 1
        if start == end:
            return
        drawn = [(places[at], line.atoms[at]) for at in range(start, end)]
        owner = self._owner_of(line.atoms[start].run)
        if owner is not self._owner:
            self._flush()
            self._owner = owner
        self._batch.append((y, ink.type.size, drawn))
        if owner is not self._element and owner is not None:
            self._annotate(owner, ink, drawn, y)

    def _owner_of(self, index: int) -> Element | None:
        """The element of a run: that of the paragraph, or its Link."""
        run = self._setting.inks[index].run
        if self._element is None or not self._leads_somewhere(run):
            return self._element
        found = self._setting.links.get(index)
        if found is None:
            self._flush()
            found = self._setting.links[index] = self._element.add("Link")
        return found

    def _leads_somewhere(self, run: Run) -> bool:
        return run.link in self._canvas.targets or run.link.startswith(("https://", "http://", "mailto:"))

    def _annotate(self, owner: Element, ink: _Ink, drawn: list[tuple[float, Atom]], y: float) -> None:
        size = ink.type.size
        x0 = min(x for x, _atom in drawn)
        x1 = max(x + atom.width * size / 1000 for x, atom in drawn)
        self._flush()
        self._canvas.link(owner, (x0, y - _DESCENT / 2 * size, x1, y + 0.8 * size), ink.run.link, ink.run.text.strip())

    def _mark(self, ink: _Ink, x: float, y: float) -> None:
        mark = ink.run.mark
        assert mark is not None
        low = y + ink.type.size * 0.33 - mark_size(mark) / 2
        self._flush()
        if self._element is None:
            draw_mark(self._canvas, mark, x, low)
        elif mark.spoken:
            with self._canvas.content(self._element), self._canvas.span(_spoken(mark, ink.run)):
                draw_mark(self._canvas, mark, x, low)
        else:
            with self._canvas.artifact():
                draw_mark(self._canvas, mark, x, low)

    def _flush(self) -> None:
        """Draw what is waiting as content of its element."""
        batch, self._batch = self._batch, []
        if not batch:
            return
        if self._owner is None:
            self._show(batch)
        else:
            with self._canvas.content(self._owner):
                self._show(batch)

    def _show(self, batch: list[tuple[float, float, list[tuple[float, Atom]]]]) -> None:
        for y, size, drawn in batch:
            ink = self._setting.inks[drawn[0][1].run]
            for x, atom in _joined(drawn):
                with self._canvas.span(None if atom.exact else atom.text, ink.run.language):
                    if not atom.shown:
                        continue
                    if self._halo:
                        self._canvas.halo(x, y, atom.face, size, atom.shown, self._halo)
                    else:
                        self._canvas.show(x, y, atom.face, size, ink.type.colour, atom.shown, _meant(atom))


def _spoken(mark: Mark, run: Run) -> str:
    return mark.spoken + (" " if run.text else "")


def _meant(atom: Atom) -> str:
    """What its glyph says by itself. Private characters have no meaning, so only ActualText may say them."""
    return "" if any(unicodedata.category(char) in ("Co", "Cc") for char in atom.text) else atom.text


def _joined(drawn: list[tuple[float, Atom]]) -> list[tuple[float, Atom]]:
    """Neighbours in one face that say themselves, running to the right, as one."""
    joined: list[tuple[float, Atom]] = []
    for x, atom in drawn:
        last = joined[-1][1] if joined else None
        if last and last.face is atom.face and last.exact and atom.exact and not last.level and not atom.level:
            joined[-1] = (joined[-1][0], last.joined_with(atom))
        else:
            joined.append((x, atom))
    return joined
