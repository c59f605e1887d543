"""A screen's frame: a head with what it is and what can be done, a body that scrolls, a foot for the next step."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QScrollBar, QScroller, QVBoxLayout, QWidget

from app.base.words import _
from app.domain.change import News
from app.domain.record import Record
from ui.widgets.button import Button
from ui.widgets.desk import Desk, Place
from ui.widgets.look import Look, icon_named
from ui.widgets.tabs_bar import TabsBar
from ui.widgets.text import Heading, Label, Surface

LEAST = 128
"""A part of a page that scrolls by itself has at least so many pixels."""
KEPT = 96
"""Of a part a notice leaves so many pixels at least."""
SETTLED_MS = 80
"""So long what is shown takes until its parts have their heights."""
WIDE, MIDDLE = 1100, 720
"""From these effective widths on (pixels ÷ text scale) there is room for two panes, and for a rail."""


def _forget(layout: QLayout) -> None:
    """Let a layout ask all that lies in it anew: Qt tells the outermost of several within each other alone."""
    layout.invalidate()
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is not None and (within := item.layout()) is not None:
            _forget(within)


class Scroll(QScrollArea):
    """A body that scrolls by finger, wheel and keys, never sideways. `is_whole`: it has room for all of `content`, and
    the page it lies in scrolls."""

    def __init__(self, look: Look, content: QWidget) -> None:
        super().__init__()
        self.content = content
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        content.installEventFilter(self)
        self._look = look
        self._heard = False
        self.is_whole, self._asked = False, 0
        self.alone = 0
        """So high it is at least where it never is whole, but scrolls alone; 0: it may be whole."""

    def ask(self, page: QWidget, *, whole: bool, less: int = 0) -> None:
        """In a page that scrolls: ask for room for all of its content, or for as little as is of use, and for so much
        less than that."""
        self._settle()
        high = max(self.content.minimumHeight(), self.content.sizeHint().height())
        height = high if whole else max(1, LEAST - less)
        if (whole, height) == (self.is_whole, self._asked):
            return
        self.is_whole, self._asked = whole, height
        if self.alone:
            self.setMinimumHeight(max(1, self.alone - less))
        # At once, not level by level as events come.
        around: QWidget | None = self
        while around is not None and around is not page:
            around.updateGeometry()
            around = around.parentWidget()
            layout = around.layout() if around is not None else None
            # Else the page would seem too high under a notice, and scroll from then on.
            if less and layout is not None:
                _forget(layout)

    def sizeHint(self) -> QSize:
        """As Qt says, of 24 lines at the most; or as it asks in a page that scrolls."""
        hint = super().sizeHint()
        return QSize(hint.width(), self._asked) if self._asked else hint

    def minimumSizeHint(self) -> QSize:
        """As Qt says, or less where less is asked for, or all of its content."""
        least = super().minimumSizeHint()
        if self.is_whole or 0 < self._asked < least.height():
            return QSize(least.width(), self._asked)
        return least

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What lies within is as wide as there is room, and as high as that width asks."""
        super().resizeEvent(event)
        self._settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Other contents may ask for another height."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self._settle()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fingers are heard once there is something to touch: the first time costs 18 ms of the first window's 500."""
        super().paintEvent(event)
        if not self._heard:
            self._heard = True
            viewport, touch = self.viewport(), QScroller.ScrollerGestureType.TouchGesture
            QTimer.singleShot(0, viewport, lambda: QScroller.grabGesture(viewport, touch))

    def _settle(self) -> None:
        """QScrollArea asks only for the least height, at which words that wrap are cut."""
        content = self.widget()
        layout = content.layout() if content is not None else None
        if content is None or layout is None:
            return
        width = self.viewport().width()
        content.setMaximumWidth(width)
        if layout.hasHeightForWidth():
            content.setMinimumHeight(max(0, layout.totalHeightForWidth(width)))

    def changeEvent(self, event: QEvent) -> None:
        """Keeps the ground clear when the palette changes."""
        super().changeEvent(event)
        self.viewport().setAutoFillBackground(False)


class Screen(QWidget):
    """One screen at one place. Subclasses fill `self.box` and show what is so in `refresh`.

    `refresh(news)` is called after the bell rang (scope → News; empty: anything may differ). `flush` writes what is
    still being typed; the window calls it before it leaves, closes or builds anew. `subtitle` and `title` are what the
    top bar says. A screen whose `chromeless` is true draws its own bars and fills the window. `kinds` are the records
    it is made of, where it need not hear of others.
    """

    chromeless = False
    kinds: ClassVar[Sequence[type[Record]]] = ()

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__()
        self.desk, self.place, self.look = desk, place, desk.look
        self.heading: QWidget | None = None
        self.notice_room: QWidget | None = None
        """The room that it leaves to notices, once there was one."""
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(0)

    def title(self) -> str:
        """What the top bar says: the walk's name."""
        walk = self.desk.shelf.walk(self.place.walk) if self.place.walk else None
        return str(walk.title) if walk else ""

    def subtitle(self) -> str:
        """The line under it."""
        return ""

    def refresh(self, news: Mapping[str, News]) -> None:
        """Show what is so now."""

    @property
    def outlives_walk(self) -> bool:
        """Whether it is still of use when its walk leaves this home; else the window goes home then."""
        return False

    def flush(self) -> None:
        """Write what is still being typed."""

    def step_back(self) -> None:
        """One step back: to the place before, where the screen has no steps of its own."""
        self.desk.back()

    def search(self) -> None:
        """Go to this screen's search field, where it has one."""

    def show_state(self) -> None:
        """Show receipts and what can be undone, where the screen has bars of its own; called a while after a change."""

    def notices_over(self) -> QWidget:
        """The part of it over whose bottom notices lie: a strip above the foot and the tabs, as high as they need while
        there are any, so that nothing that is pressed or read is covered."""
        if self.notice_room is None:
            self.notice_room = QWidget()
            place = self.box.count()
            while (below := self.box.itemAt(place - 1)) and isinstance(below.widget(), (Foot, TabsBar)):
                place -= 1
            self.box.insertWidget(place, self.notice_room)
            self.notice_room.show()
            self.make_room(0)
        return self.notice_room

    @property
    def notice_height(self) -> int:
        """How much of its height is left to a notice now."""
        return self.notice_room.minimumHeight() if self.notice_room is not None else 0

    def make_room(self, height: int) -> None:
        """A notice covers so much of the bottom of that part; 0 when it has gone."""
        if self.notice_room is not None:
            self.notice_room.setFixedHeight(height)

    def concerns(self, news: Mapping[str, News]) -> bool:
        """Whether news may change what this screen shows."""
        if not news or not self.place.walk:
            return True
        told = news.get(self.place.walk)
        if told is None:
            return False
        return not self.kinds or told.concerns(self.kinds)

    def effective_width(self) -> float:
        """Width ÷ text scale: what decides the arrangement."""
        return self.width() / self.look.scale


class PageScroll(Scroll):
    """Where there is hardly any height: the whole of a screen. Where what stands around a part of it that scrolls
    leaves that part room, the part alone scrolls. Where it does not, the part is whole, and the page scrolls. There,
    and where a notice would leave hardly anything of the part, notices lie under what is seen of the page. `elsewhere`
    is emitted when they are to lie over something else than before."""

    elsewhere = Signal()

    def __init__(self, look: Look, screen: Screen) -> None:
        self._screen, self._whole, self._less = screen, False, 0
        self._under, self._is_making = 0, False
        super().__init__(look, screen)

    def notices_over(self) -> QWidget:
        """What notices lie over the bottom of."""
        own = self._screen.notices_over()
        return self if self._under and own is self._screen.notice_room else own

    def make_room(self, height: int) -> None:
        """A notice covers so much of the bottom of that; 0 when it has gone."""
        # That other room is made moves the notice, which says it again.
        if self._is_making:
            return
        self._is_making = True
        before, read, stays = self._under, self._moving().value(), bool(height) and self.notices_over() is self
        if not stays:
            self._screen.make_room(height)
        self._under = height if stays or self._is_full() else 0
        if self._under:
            self._screen.make_room(0)
        self.setViewportMargins(0, 0, 0, self._under)
        self._is_making = False
        if bool(before) != bool(self._under):
            # What is read stays where it is, whichever of the two scrolls.
            bar = self._moving()
            QTimer.singleShot(SETTLED_MS, bar, lambda: bar.setValue(read))

    def _moving(self) -> QScrollBar:
        """Of the page and its part the one that scrolls."""
        parts = [] if self._whole else self._parts()
        return (parts[0] if parts else self).verticalScrollBar()

    def _is_full(self) -> bool:
        """Whether the page has no room for the notice that lies in it."""
        parts, taken = self._parts(), self._screen.notice_height
        if not taken or self._whole:
            return bool(taken)
        # One that is to scroll alone gives what it has.
        spare = LEAST - KEPT if parts else 0
        return not any(each.alone for each in parts) and self._high() - spare + taken > self.viewport().height()

    def _parts(self) -> list[Scroll]:
        return [each for each in self._screen.findChildren(Scroll) if each.isVisibleTo(self._screen)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height, perhaps room enough."""
        if event.size().height() != event.oldSize().height():
            self._whole = False
        super().resizeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A part's content has another height."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest) and watched is not self.widget():
            self._settle()
        return super().eventFilter(watched, event)

    def _settle(self) -> None:
        parts, room = self._parts(), self.viewport().height()
        # What lies under a notice for a while is taken from the parts: were the page to scroll too, there would be two.
        most = max(LEAST, *(each.alone for each in parts)) if parts else 1
        self._less = 0 if self._whole else min(self._screen.notice_height, most - 1)
        for each in parts:
            each.content.installEventFilter(self)
            each.ask(self._screen, whole=self._whole, less=self._less)
        # Once it scrolls it goes on to: what is read does not jump when a part becomes lower.
        if parts and not self._whole and self._high() > room:
            self._whole, self._less = True, 0
            for each in parts:
                each.ask(self._screen, whole=True)
        if (self._whole and self._screen.notice_height) or (self._under and self.notices_over() is not self):
            QTimer.singleShot(0, self, self.elsewhere.emit)
        super()._settle()
        if parts and not self._whole:
            self._screen.setMinimumHeight(min(self._screen.minimumHeight(), room))

    def _high(self) -> int:
        """How high the screen would be with as little of its parts as is of use, and no notice."""
        box, width = self._screen.box, self.viewport().width()
        high = box.totalHeightForWidth(width) if box.hasHeightForWidth() else box.totalSizeHint().height()
        return high + self._less - self._screen.notice_height


class Head(Surface):
    """The head of a page: back where there is a way back, its heading, a line under it, and what can be done. `leave`
    is what back does, where that is not the place before."""

    def __init__(
        self, desk: Desk, title: str, detail: str = "", *, back: str | None = None, actions: tuple[QWidget, ...] = (),
        leave: Callable[[], None] | None = None,
    ) -> None:  # fmt: skip
        look = desk.look
        super().__init__(look, "surface", edge="bottom")
        box = QHBoxLayout(self)
        box.setContentsMargins(16, 10, 16, 10)
        box.setSpacing(14)
        if back is not None:
            self.back = Button(look, back or _("Tillbaka"), icon_named("action", "back"))
            go_back = leave or desk.back
            self.back.clicked.connect(lambda _on: go_back())
            box.addWidget(self.back, 0, Qt.AlignmentFlag.AlignVCenter)
        self.heading = Heading(look, title, "h2")
        self.detail = Label(look, detail, "meta", "text2")
        # Shown before it has a parent it would be a window of its own.
        if not detail:
            self.detail.hide()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.heading)
        words.addWidget(self.detail)
        box.addLayout(words, 1)
        for each in actions:
            box.addWidget(each, 0, Qt.AlignmentFlag.AlignVCenter)

    def say(self, title: str, detail: str = "") -> None:
        """Another heading, another line."""
        self.heading.setText(title)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))


class Foot(Surface):
    """The foot of a page: its next step, by the thumb."""

    def __init__(self, look: Look, *buttons: QWidget) -> None:
        super().__init__(look, "surface", edge="top")
        box = QHBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(look.gap)
        for each in buttons:
            box.addWidget(each, 1)


def is_single(event: QKeyEvent) -> bool:
    """Whether one key alone was pressed, just now: one that is held was pressed on the page before."""
    others = ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
    return not event.isAutoRepeat() and not event.modifiers() & others
