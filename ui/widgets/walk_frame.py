"""How the parts of the walk's screen lie: under each other, or map and panel side by side."""

from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.button import AROUND, PADDING, WIDEST, Button
from ui.widgets.field_screen import LARGE, VERY_LOW, Strip, effective_height, has_both, lies_beside, panel_of
from ui.widgets.flow import Ranks
from ui.widgets.look import Look
from ui.widgets.next_bar import NextBar
from ui.widgets.page import WIDE, Scroll
from ui.widgets.tabs_bar import TabsBar
from ui.widgets.text import Surface, column, held, row

SHORT, TINY, LOWEST, NARROW_LOW = 640, 320, 270, 760
"""Under these effective heights rows are less high; what is said of the stop where one is is brief over rows of actions
whose words wrap; it gives way to rows of any; and where all lies under each other, it gives way to a card. Under
`VERY_LOW` what lies over the actions gives way to a card."""
IN_A_ROW = 2
"""So many of the lesser actions stand beside each other beside a map, at large text."""
TIGHT = 6
"""Pixels round the words of the lesser actions, where large text has hardly any height."""
SIDES = 16
NEW, ROW, LESS, LEAST = 96, 84, 20, 28


@dataclass(frozen=True)
class Parts:
    """What the screen is made of."""

    strip: Strip
    bar: NextBar
    pane: QWidget
    list: QWidget
    card: QWidget
    new: Button
    photo: Button
    voice: Button
    onward: Button
    track: Button
    tabs: TabsBar


class Arrangement(NamedTuple):
    """What a size asks for. `wide`: the panel beside the map is, see `panel_of`."""

    beside: bool = False
    both: bool = False
    wide: bool = False
    short: bool = False
    very_low: bool = False
    tiny: bool = False
    lowest: bool = False
    narrow_low: bool = False

    @staticmethod
    def of(width: int, height: int, look: Look) -> "Arrangement":
        """The arrangement of a window of a size."""
        wide, high = width / look.scale, effective_height(height, look)
        beside, both = lies_beside(width, height, look), has_both(width, height, look)
        narrow_low = not beside and high < NARROW_LOW
        low, tiny, lowest = (beside and high < each for each in (VERY_LOW, TINY, LOWEST))
        return Arrangement(beside, both, beside and wide >= WIDE, high < SHORT, low, tiny, lowest, narrow_low)

    @property
    def keeps_bar(self) -> bool:
        """Whether what is said of the stop where one is stays while a card is open."""
        return not (self.very_low or self.narrow_low)


class WalkFrame(QWidget):
    """The parts, arranged."""

    def __init__(self, look: Look, parts: Parts, how: Arrangement, width: int) -> None:
        super().__init__()
        self.look, self._parts, self._how, self._width = look, parts, how, width
        # Hidden while a card is shown, because there is no room for both, and what is shown instead.
        self._gives_way: tuple[QWidget, ...] = ()
        self._comes_forth: tuple[QWidget, ...] = ()
        self._deeds, self._panel = self._actions(), width
        if how.lowest:
            parts.strip.take(parts.bar.aside)
        # Where they lie beside each other, what the map lies in, and what the list does.
        self._ground: QWidget
        self._side: QWidget
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        if how.beside:
            self._beside(box)
            return
        if how.narrow_low:
            self._gives_way = (parts.bar,)
        for each in (parts.strip, parts.bar, parts.pane, parts.list, parts.card, self._deeds, parts.tabs):
            box.addWidget(each, 1 if each in (parts.pane, parts.list) else 0)

    def show_looking(self, *, as_list: bool, card: bool) -> None:
        """Show the map or the list, or both, and what a card that is open leaves room for."""
        parts, how = self._parts, self._how
        parts.pane.setVisible(how.both or not as_list or (how.beside and card))
        parts.list.setVisible(how.beside or as_list)
        for each in self._gives_way:
            each.setVisible(not card)
        lesser = [each for each in self._lesser() if not each.isHidden()]
        many = len(lesser) > IN_A_ROW
        crowded = how.lowest or (how.tiny and not self._in_lines(lesser))
        # Where the list has no room beside the map it is the one or the other; and so with list and actions under each
        # other.
        cramped = how.beside and not how.both
        parts.bar.set_in_line(cramped and as_list and not card)
        parts.bar.set_brief(cramped and many and crowded and not as_list)
        parts.bar.set_aside(cramped and many and how.lowest and not as_list)
        if cramped:
            parts.list.setVisible((as_list or not (many or how.lowest)) and not card)
            self._deeds.setVisible(not as_list and not card)
            parts.bar.setVisible((as_list or not (many and how.lowest)) and not card)
            self._give_all(on=as_list and not card)
        for each in self._comes_forth:
            each.setVisible(card)

    def _give_all(self, *, on: bool) -> None:
        """Whether what lies beside the map has its room too."""
        self._ground.setVisible(not on)
        self._side.setMaximumWidth(WIDEST if on else self._panel)

    def _in_lines(self, lesser: list[Button]) -> bool:
        """Whether two and two of them stand beside each other without a word that wraps."""
        room = self._panel - 2 * SIDES - self.look.gap
        rows = (lesser[first : first + IN_A_ROW] for first in range(0, len(lesser), IN_A_ROW))
        return all(sum(each.sizeHint().width() for each in row) <= room for row in rows)

    def _lesser(self) -> tuple[Button, ...]:
        parts = self._parts
        return parts.photo, parts.voice, parts.onward, parts.track

    def _beside(self, box: QVBoxLayout) -> None:
        parts, how, left_handed, actions = self._parts, self._how, self.look.left_handed, self._deeds
        self._panel, holds_tabs = panel_of(self._width, self.look, parts.tabs.needed)
        map_side = column(parts.pane, spacing=0)
        self._side = panel = Surface(self.look, "bg", edge="right" if left_handed else "left")
        panel_side = column(parts.bar, parts.list, actions, spacing=0)
        panel_side.setStretch(1, 1)
        panel_side.setContentsMargins(0 if left_handed else 1, 0, 1 if left_handed else 0, 0)
        panel.setLayout(panel_side)
        if how.very_low:
            self._gives_way, self._comes_forth = (parts.bar, parts.list, actions), (self._scrolled_card(),)
            panel_side.insertWidget(2, *self._comes_forth)
        else:
            map_side.addWidget(parts.card)
        if holds_tabs:
            map_side.insertWidget(0, parts.strip)
            panel_side.addWidget(parts.tabs)
        else:
            box.addWidget(parts.strip)
        map_side.setStretch(map_side.indexOf(parts.pane), 1)
        panel.setFixedWidth(self._panel)
        self._ground = ground = held(map_side)
        both = (panel, ground) if left_handed else (ground, panel)
        sides = row(*both, spacing=0)
        sides.setStretch(both.index(ground), 1)
        box.addWidget(held(sides), 1)
        if not holds_tabs:
            box.addWidget(parts.tabs)

    def _scrolled_card(self) -> QWidget:
        """The card where there is little height even for it."""
        scroll = Scroll(self.look, held(column(self._parts.card, 1, spacing=0)))
        scroll.hide()
        return scroll

    def _actions(self) -> QWidget:
        """By the thumb: the lit button lowest where they stand beside the map, highest under it."""
        parts, gap = self._parts, self.look.gap
        lesser = self._lesser()
        less = LEAST if self._how.very_low else LESS if self._how.short else 0
        # Where there is hardly any height its words keep to one line.
        tight = self._how.very_low and self.look.scale >= LARGE
        parts.new.setFont(self.look.font("strong" if tight else "h2"))
        parts.new.set_padding(*((TIGHT, TIGHT) if tight else (PADDING, AROUND)))
        for each, high in ((parts.new, NEW), *((each, ROW) for each in lesser)):
            each.set_least(high - less)
        for each in lesser:
            each.over = self.look.scale < LARGE
            each.set_padding(*((TIGHT, TIGHT) if tight else (PADDING, AROUND)))
            each.setMinimumWidth(each.minimumSizeHint().width())
        small = Ranks(lesser, gap)
        both = (small, parts.new) if self._how.beside else (parts.new, small)
        box = column(*both, spacing=gap)
        above = 6 if self._how.very_low else 8 if self._how.short else 12
        box.setContentsMargins(SIDES, above, SIDES, above)
        holder = Surface(self.look, "bg", edge="top")
        holder.setLayout(box)
        return holder
