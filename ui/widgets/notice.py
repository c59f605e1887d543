"""What the program says: a line with undo, an error that says what to do, nothing yet and what to do about it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from time import monotonic

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.base.words import _
from ui.bridge.runner import Failure
from ui.widgets.button import Button
from ui.widgets.chip import broken
from ui.widgets.flow import Flow, flowing
from ui.widgets.look import Look, icon_named
from ui.widgets.paint import CARD_RADIUS
from ui.widgets.shield import Shield
from ui.widgets.text import Icon, Label, Surface, column, held, row

SECONDS_DESK, SECONDS_FIELD = 8, 10
GAP = 12
WORDS = 260
"""Where words have less than so many pixels, what can be done stands under them."""
WIDEST = 760
MUCH = 0.15
"""A notice that takes more than this share of the height says its few words instead, where it has some."""
ROOMY, BRIEF = 10, 6
"""Pixels round a notice, and round its few words."""
LOWEST = 60
MOMENT = 1.5
FOLLOWED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide)


@dataclass(frozen=True)
class Notice:
    """What has happened. `undo`: it can be taken back; `action`: one more thing to do, with its word. `waits`: nobody
    pressed for it, so it takes the place of nothing that a finger may be on its way to. `patient`: while it waits, what
    asks something without having been pressed for stays until it is answered or closed. `stays`: it is shown until
    then, or until something else is to be said, and takes no other's turn. `brief`: the few words that are shown where
    all of them would cover much of the page; a screen reader says all. `shown` is called when it appears, with what
    takes it away, `gone` when it is neither shown nor waits any longer; not when the page it lies on is left.
    `declined` is called when a person closes it."""

    text: str
    icon: str = "check"
    undo: bool = False
    action: tuple[str, Callable[[], None]] | None = None
    problem: bool = False
    waits: bool = False
    patient: bool = False
    stays: bool = False
    brief: str = ""
    shown: Callable[[Callable[[], None]], None] = lambda _take_away: None
    gone: Callable[[], None] = lambda: None
    declined: Callable[[], None] = lambda: None

    @property
    def asks(self) -> bool:
        """Whether it asks something that nobody pressed for."""
        return self.waits and self.action is not None

    def after(self, before: "Notice | None") -> "Notice":
        """This, and what was being said: when the program starts there may be several things to say."""
        if before is None:
            return self
        text, action = f"{before.text} {self.text}", before.action or self.action
        return replace(before, text=text, action=action, undo=False, brief="",
                       problem=before.problem or self.problem)  # fmt: skip


def announce(widget: QWidget) -> None:
    """Let a screen reader say the widget's name at once."""
    QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.Alert))
    # Qt hands alerts on to Windows alone, and announcements to every system.
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, widget.accessibleName()))


def least_height(look: Look) -> int:
    """How many pixels a notice of one line takes of what it lies over."""
    return max(LOWEST, look.target + 2 * ROOMY) + GAP


class Snackbar(Surface):
    """One notice at the bottom of the content. It stays while it has the focus or the pointer."""

    undo_pressed = Signal()
    closed = Signal()
    acted = Signal()
    over = Signal()
    """Its time is up."""

    def __init__(self, look: Look, notice: Notice) -> None:
        # By day it is dark on what is light; at night nothing bright is that large: a bright edge tells it apart.
        by_day = look.theme == "light" and not notice.problem
        ground = "dangerBg" if notice.problem else "text" if by_day else "raised"
        super().__init__(look, ground, line="" if by_day or notice.problem else "text", radius=CARD_RADIUS)
        self.notice = notice
        self.setAccessibleName(notice.text)
        ink = "bg" if by_day else "text"
        self._icon = Icon(look, notice.icon, ink if not notice.problem else "danger")
        self._words = Label(look, notice.text, "body", ink)
        self._close = Button(look, "", "close", name=_("Stäng meddelandet"))
        self._close.setFixedWidth(max(look.target, self._close.minimumSizeHint().width()))
        self._close.clicked.connect(self.closed)
        self._acts = self._made_acts()
        self._grid = QGridLayout(self)
        self._grid.setSpacing(GAP)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self._icon, 0, 0)
        self._grid.addWidget(self._words, 0, 1)
        # After what can be done, for whoever goes by the tabulator.
        self._grid.addWidget(self._acts, 0, 2)
        self._grid.addWidget(self._close, 0, 3, Qt.AlignmentFlag.AlignTop)
        self.setMinimumHeight(LOWEST)
        seconds = SECONDS_FIELD if look.field else SECONDS_DESK
        self._since = monotonic()
        self._leave = QTimer(self, singleShot=True, interval=1000 * seconds)
        self._leave.timeout.connect(self._time_is_up)
        if not notice.problem:
            self._leave.start()

    @property
    def is_read(self) -> bool:
        """Whether it has been there for more than a moment, so that whoever does something has seen it."""
        return monotonic() - self._since >= MOMENT

    def _made_acts(self) -> QWidget:
        notice, buttons = self.notice, Flow(GAP)
        if notice.action:
            word, act = notice.action
            button = Button(self.look, word)
            # First this one goes, or it would take with it what the act says.
            button.clicked.connect(self.acted)
            button.clicked.connect(act)
            buttons.addWidget(button)
        if notice.undo:
            name = _("Ångra: {what}").format(what=notice.text)
            button = Button(self.look, _("Ångra"), icon_named("action", "undo"), name=name)
            button.clicked.connect(self.undo_pressed)
            buttons.addWidget(button)
        held_acts = QWidget()
        held_acts.setLayout(buttons)
        if not buttons.count():
            held_acts.hide()
        return held_acts

    def arrange(self, width: int, most: int) -> None:
        """What can be done stands beside the words where the words have room at this width, else under them. Where that
        is higher than `most` pixels and there are few words to say instead, those are said, in one row where they have
        room so."""
        self._lay(width, brief=False)
        if self.notice.brief and self._grid.totalHeightForWidth(width) > most:
            self._lay(width, brief=True)

    def _lay(self, width: int, *, brief: bool) -> None:
        around = BRIEF if brief else ROOMY
        self._words.setText(self.notice.brief if brief else self.notice.text)
        self._icon.setVisible(not brief)
        # Without an icon the words begin no nearer to the corner than they end.
        self._grid.setContentsMargins(GAP if brief else around, around, around, around)
        acts = self._acts.sizeHint().width()
        icon = 0 if brief else self._icon.width() + GAP
        taken = icon + self._close.width() + acts + 2 * around + 2 * GAP
        line = self._words.fontMetrics().horizontalAdvance(self._words.text())
        least = self._words.minimumSizeHint().width() if brief else round(WORDS * self.look.scale)
        beside = width - taken >= min(line + 2, least)
        room = width - (taken if beside else taken - acts)
        self._words.setText(broken(self._words.text(), self._words.fontMetrics(), room))
        self._acts.setMinimumWidth(acts if beside else 0)
        self._grid.removeWidget(self._acts)
        # As high as the buttons it stands beside, and on their line.
        in_row = beside and acts
        self._close.set_least(self._acts.sizeHint().height() if in_row else self.look.target)
        middle, top = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignTop
        self._grid.setAlignment(self._close, middle if in_row else top)
        if beside:
            self._grid.addWidget(self._acts, 0, 2, middle)
        elif acts:
            self._grid.addWidget(self._acts, 1, 0, 1, 4)
        self._grid.invalidate()
        self.updateGeometry()

    def _time_is_up(self) -> None:
        if self.underMouse() or any(each.hasFocus() for each in self.findChildren(QWidget)):
            self.stay()
            return
        self.over.emit()

    def stay(self) -> None:
        """The time begins anew."""
        self._leave.start()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer has left: the time begins anew."""
        if not self.notice.problem:
            self._leave.start()
        super().leaveEvent(event)


class ErrorPanel(Surface):
    """What went wrong in the world, what it means for people's data, what to do."""

    def __init__(
        self,
        look: Look,
        failure: Failure,
        again: tuple[str, Callable[[], None]] | None = None,
        meaning: str = "",
        other: tuple[str, Callable[[], None]] | None = None,
    ) -> None:
        super().__init__(look, "dangerBg", line="danger", radius=CARD_RADIUS)
        self.setAccessibleName(" ".join(each for each in (failure.text, meaning, failure.advice) if each))
        words = column(Label(look, failure.text, "strong"), spacing=4)
        for text in (meaning or _("Allt som är skrivet är sparat här."), failure.advice):
            if text:
                words.addWidget(Label(look, text))
        icon = Icon(look, icon_named("state", "blocks"), "danger", 32)
        box = row(icon, held(words), margin=14, spacing=12)
        box.setStretch(1, 1)
        box.setAlignment(icon, Qt.AlignmentFlag.AlignTop)
        acts = [Button(look, each[0]) for each in (again, other) if each]
        for button, way in zip(acts, [each for each in (again, other) if each], strict=True):
            button.clicked.connect(way[1])
        if len(acts) == 1:
            box.addWidget(acts[0])
        elif acts:
            words.addWidget(flowing(look, *acts))
        self.setLayout(box)
        announce(self)


class Tray(QWidget):
    """Where notices appear in the window, over the bottom of what `over` says of the content. `covers(height)`: so
    much of it is covered."""

    undo_pressed = Signal()
    covers = Signal(int)

    def __init__(self, look: Look, parent: QWidget, over: Callable[[], QWidget] | None = None) -> None:
        super().__init__(parent)
        self.look, self._over = look, over or (lambda: parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(12, 0, 12, 12)
        self._shown: Snackbar | None = None
        self._waiting: Notice | None = None
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._say_waiting)
        self._watched: QWidget | None = None
        self.hide()

    def keeps(self, notice: Notice) -> bool:
        """Whether it would wait: for the one that is shown, or until no finger is on its way to the one that was."""
        return notice.waits and (self._shown is not None or self._pause.isActive())

    def say(self, notice: Notice) -> None:
        """Show a notice in place of the one before; one that waits comes when that is over."""
        if self.keeps(notice):
            before, self._waiting = self._waiting, notice
            if before is not None and notice.stays:
                before, self._waiting = notice, before
            if before is not None:
                before.gone()
            return
        self._take_away()
        self._shown = Snackbar(self.look, notice)
        self._shown.undo_pressed.connect(self.undo_pressed)
        self._shown.closed.connect(notice.declined)
        self._shown.closed.connect(self.clear)
        # What is said then comes first.
        self._shown.acted.connect(lambda: self._make_way(0))
        self._shown.over.connect(self._time_is_up)
        self._box.addWidget(self._shown)
        self.show()
        self.raise_()
        self.place()
        announce(self._shown)
        notice.shown(partial(self._withdraw, self._shown))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What it lies over has another size or place, or something else is there instead."""
        if event.type() in FOLLOWED and watched is self._watched:
            self.place()
        return super().eventFilter(watched, event)

    @property
    def notice(self) -> Notice | None:
        """The notice that is shown."""
        return self._shown.notice if self._shown else None

    @property
    def unread(self) -> Notice | None:
        """A problem that was said this very moment: whoever is on the way has not seen it yet."""
        shown = self._shown
        return shown.notice if shown is not None and shown.notice.problem and not shown.is_read else None

    def clear_read(self) -> None:
        """Somebody goes on: a problem that was seen is over."""
        if self._shown is not None and self._shown.notice.problem and self._shown.is_read:
            self.clear()

    def clear(self) -> None:
        """Show none, or the one that waits."""
        self._take_away()
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.say(waiting)

    def _time_is_up(self) -> None:
        waiting, shown = self._waiting, self._shown
        if shown is not None and (shown.notice.asks and waiting.patient if waiting else shown.notice.stays):
            shown.stay()
        else:
            self._make_way()

    def _make_way(self, after_ms: int = round(1000 * MOMENT)) -> None:
        """Show none, and the one that waits after so long, where nothing else is said until then: a finger may be on
        its way to what goes."""
        if self._shown is not None and after_ms:
            Shield(self)
        self._take_away()
        self._pause.start(after_ms)

    def _say_waiting(self) -> None:
        content = self.parentWidget()
        if self._shown is None and content is not None and content.isVisible():
            self.clear()

    def _withdraw(self, shown: Snackbar) -> None:
        if shown is self._shown:
            self._make_way()

    def _take_away(self) -> None:
        shown, self._shown = self._shown, None
        self.hide()
        self.covers.emit(0)
        if shown is not None:
            shown.hide()
            shown.deleteLater()
            shown.notice.gone()

    def place(self) -> None:
        """Lie at the bottom."""
        parent, over = self.parentWidget(), self._over()
        if parent is None or not self.isVisible():
            return
        corner = over.mapTo(parent, QPoint(0, 0)) if over is not parent else QPoint(0, 0)
        width = min(over.width(), round(WIDEST * self.look.scale))
        if over is not self._watched:
            # It may find its size only later.
            self._watched = over
            over.installEventFilter(self)
        if self._shown is not None:
            margins = self._box.contentsMargins()
            most = round(MUCH * parent.height()) - margins.bottom()
            self._shown.arrange(width - margins.left() - margins.right(), most)
        height = self._box.heightForWidth(width) if self._box.hasHeightForWidth() else self.sizeHint().height()
        height = max(height, self.sizeHint().height())
        left, top = corner.x() + (over.width() - width) // 2, corner.y() + over.height() - height
        self.setGeometry(left, max(0, top), width, height)
        self.covers.emit(height)
        # It may have no room there.
        if self._over() is not over:
            self.place()

    def sizeHint(self) -> QSize:
        """As its notice asks."""
        return self._box.sizeHint()


def empty_state(look: Look, icon: str, heading: str, text: str, action: QWidget | None = None) -> QWidget:
    """What stands where there is nothing yet: an icon, a heading, a sentence, one thing to do."""
    box = QVBoxLayout()
    box.setSpacing(8)
    box.addStretch(1)
    for widget in (Icon(look, icon, "lampInk", 64), Label(look, heading, "h2"), Label(look, text, "body", "text2")):
        if isinstance(widget, Label):
            widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            box.addWidget(widget)
        else:
            box.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
    if action is not None:
        centred = QHBoxLayout()
        centred.addStretch(1)
        centred.addWidget(action)
        centred.addStretch(1)
        box.addSpacing(8)
        box.addLayout(centred)
    box.addStretch(2)
    holder = QWidget()
    holder.setLayout(box)
    return holder
