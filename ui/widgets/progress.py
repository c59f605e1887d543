"""Work on its way: how much of it is done, how long it takes, and ways to pause and to stop it."""

from PySide6.QtCore import QRect, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.base.job import Step
from app.base.words import _, percent_words
from ui.bridge.runner import Run
from ui.widgets.button import Button
from ui.widgets.flow import flowing
from ui.widgets.look import Look
from ui.widgets.pace import Pace
from ui.widgets.paint import CARD_RADIUS, RADIUS, paint_box
from ui.widgets.text import Label, Surface, column, held, row


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
        self._share.setText(percent_words(100 * step.done // step.total) if step.total else "")
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
