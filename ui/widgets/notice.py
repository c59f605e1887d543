"""What the program says: a line with undo, an error that says what to do, work on its way."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.base.job import Step
from app.base.words import _
from ui.bridge.runner import Failure, Run
from ui.widgets.button import Button
from ui.widgets.flow import Flow
from ui.widgets.look import Look, icon_named
from ui.widgets.pace import Pace
from ui.widgets.paint import CARD_RADIUS, RADIUS, paint_box
from ui.widgets.text import Icon, Label, Surface, column, held, row

SECONDS_DESK, SECONDS_FIELD = 8, 10
GAP = 12
WORDS = 260
"""Where words have less than so many pixels, what can be done stands under them."""
WIDEST = 760
MOMENT = 1.5
FOLLOWED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide)


@dataclass(frozen=True)
class Notice:
    """What has happened. `undo`: it can be taken back; `action`: one more thing to do, with its word. `waits`: nobody
    pressed for it, so it takes the place of nothing that a finger may be on its way to."""

    text: str
    icon: str = "check"
    undo: bool = False
    action: tuple[str, Callable[[], None]] | None = None
    problem: bool = False
    waits: bool = False

    def after(self, before: "Notice | None") -> "Notice":
        """This, and what was being said: when the program starts there may be several things to say."""
        if before is None:
            return self
        text, action = f"{before.text} {self.text}", before.action or self.action
        return replace(before, text=text, action=action, undo=False, problem=before.problem or self.problem)


def announce(widget: QWidget) -> None:
    """Let a screen reader say the widget's name at once."""
    QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.Alert))
    # Qt hands alerts on to Windows alone, and announcements to every system.
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, widget.accessibleName()))


class Snackbar(Surface):
    """One notice at the bottom of the content. It stays while it has the focus or the pointer."""

    undo_pressed = Signal()
    closed = Signal()

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
        self._grid.setContentsMargins(10, 10, 10, 10)
        self._grid.setSpacing(GAP)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self._icon, 0, 0)
        self._grid.addWidget(self._words, 0, 1)
        # After what can be done, for whoever goes by the tabulator.
        self._grid.addWidget(self._acts, 0, 2)
        self._grid.addWidget(self._close, 0, 3, Qt.AlignmentFlag.AlignTop)
        self.setMinimumHeight(60)
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
            button.clicked.connect(self.closed)
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

    def arrange(self, width: int) -> None:
        """What can be done stands beside the words where the words have room at this width, else under them."""
        acts = self._acts.sizeHint().width()
        taken = self._icon.width() + self._close.width() + acts + 2 * 10 + 3 * GAP
        line = self._words.fontMetrics().horizontalAdvance(self.notice.text)
        beside = width - taken >= min(line + 2, round(WORDS * self.look.scale))
        self._acts.setMinimumWidth(acts if beside else 0)
        self._grid.removeWidget(self._acts)
        if beside:
            self._grid.addWidget(self._acts, 0, 2, Qt.AlignmentFlag.AlignVCenter)
        elif acts:
            self._grid.addWidget(self._acts, 1, 0, 1, 4)
        self._grid.invalidate()

    def _time_is_up(self) -> None:
        if self.underMouse() or any(each.hasFocus() for each in self.findChildren(QWidget)):
            self._leave.start()
            return
        self.closed.emit()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer has left: the time begins anew."""
        if not self.notice.problem:
            self._leave.start()
        super().leaveEvent(event)


def flowing(look: Look, *acts: QWidget) -> QWidget:
    """What can be done, side by side as far as there is room."""
    holder = QWidget()
    box = Flow(look.gap, holder)
    for each in acts:
        box.addWidget(each)
    return holder


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


class Bar(QWidget):
    """How much of a job is done, 18 px high; without a total a block that moves, or stands still for calm eyes."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look, self.share, self._place = look, 0.0, 0.0
        self.known = False
        self.setFixedHeight(18)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._tick = QTimer(self, interval=60)
        self._tick.timeout.connect(self._move)
        if not look.calm:
            self._tick.start()

    def _move(self) -> None:
        if not self.known and self.isVisible():
            self._place = (self._place + 0.02) % 1.0
            self.update()

    def show_share(self, done: int, total: int) -> None:
        """So much of so much; 0 in all is not known."""
        self.known = total > 0
        self.share = done / total if total else 0.0
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        paint_box(
            painter, self.rect(), self.look.color("sunken"), self.look.color("line"), radius=RADIUS - 1, width=1.5
        )
        room = self.width() - 6
        start, wide = (0.0, self.share) if self.known else (self._place * 0.7, 0.3)
        box = QRect(3 + round(start * room), 3, round(wide * room), self.height() - 6)
        if box.width() > 2:
            paint_box(painter, box, self.look.color("primary"), radius=6)


class Progress(Surface):
    """A job on its way, where it was started: what is being done, how much, how long, and ways to pause and to stop."""

    def __init__(self, look: Look, what: str, run: Run) -> None:
        super().__init__(look, "infoBg", line="info", radius=CARD_RADIUS)
        self.what, self._pace, self._run = what, Pace(), run
        self.setAccessibleName(what)
        self._words, self._share = Label(look, what, "strong"), Label(look, "", "strong")
        self._share.setWordWrap(False)
        self._bar, self._time = Bar(look), Label(look, _("Du kan fortsätta arbeta."), "meta", "text2")
        self._pause = Button(look, "", "pause")
        self._pause.clicked.connect(lambda: run.rest(not run.rests))
        stop = Button(look, _("Avbryt"), "close", name=_("Avbryt: {what}").format(what=what))
        stop.clicked.connect(run.cancel)
        head = row(self._words, self._share, spacing=12)
        head.setStretch(0, 1)
        foot = row(self._time, flowing(look, self._pause, stop), spacing=12)
        foot.setStretch(0, 1)
        self.setLayout(column(held(head), self._bar, held(foot), margin=14, spacing=8))
        self._step = Step("")
        if run.last is not None:
            self._stepped(run.last)
        run.stepped.connect(self._stepped)
        run.rested.connect(self._rested)
        self._tell_pause()

    def _stepped(self, step: Step) -> None:
        self._step = step
        counted = f"{step.text} {step.amount}" if step.total and not step.in_bytes else step.text
        self._words.setText(f"{self.what}: {counted}")
        self._share.setText(f"{100 * step.done // step.total} %" if step.total else "")
        self._bar.show_share(step.done, step.total)
        left = self._pace.left(step.done, step.total)
        if not self._run.rests:
            self._say(left, _("Du kan fortsätta arbeta."))

    def _say(self, left: str, word: str) -> None:
        said = ", ".join(each for each in (self._step.amount if self._step.in_bytes else "", left) if each)
        self._time.setText(f"{said[:1].upper()}{said[1:]}. {word}" if said else word)

    def _rested(self, on: bool) -> None:
        if on:
            self._pace.rest()
            self._say("", _("Pausat. Det som är gjort ligger kvar."))
        else:
            self._pace.go_on()
            self._say("", _("Du kan fortsätta arbeta."))
        self._tell_pause()

    def _tell_pause(self) -> None:
        rests = self._run.rests
        word = _("Fortsätt") if rests else _("Pausa")
        self._pause.setText(word)
        self._pause.icon_name = "play" if rests else "pause"
        self._pause.setAccessibleName(f"{word}: {self.what}")
        self._pause.updateGeometry()
        self._pause.update()


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
        self._watched: QWidget | None = None
        self.hide()

    def say(self, notice: Notice) -> None:
        """Show a notice in place of the one before; one that waits comes when that is over."""
        if notice.waits and self._shown is not None:
            self._waiting = notice
            return
        self._take_away()
        self._shown = Snackbar(self.look, notice)
        self._shown.undo_pressed.connect(self.undo_pressed)
        self._shown.closed.connect(self.clear)
        self._box.addWidget(self._shown)
        self.show()
        self.raise_()
        self.place()
        announce(self._shown)

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

    def _take_away(self) -> None:
        if self._shown is not None:
            self._shown.hide()
            self._shown.deleteLater()
            self._shown = None
        self.hide()
        self.covers.emit(0)

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
            self._shown.arrange(width - margins.left() - margins.right())
        height = self._box.heightForWidth(width) if self._box.hasHeightForWidth() else self.sizeHint().height()
        height = max(height, self.sizeHint().height())
        left, top = corner.x() + (over.width() - width) // 2, corner.y() + over.height() - height
        self.setGeometry(left, max(0, top), width, height)
        self.covers.emit(height)

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
