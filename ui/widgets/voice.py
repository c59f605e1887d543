"""Speaking a note: one at a time, for as long as the button that ends it is seen.

The recording lies with the runner, so that one may go on from step to step while one speaks. What leads to a page
without that button ends it, and keeps it: nobody is recorded unseen.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QObject, QRect, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent

from app.base.errors import GatljusError
from app.base.words import _
from app.commands.voice import LONGEST_S, Spoken, begin_note, keep_note
from app.domain.durations import length_words
from ui.bridge.media import media_of
from ui.bridge.runner import Failure
from ui.widgets.button import Button, Inks, inks
from ui.widgets.desk import Desk, Place
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice

if TYPE_CHECKING:
    from ui.bridge.sound import Recorder

UNSEEN_MS = 400
"""Going from one page to the next the button is unseen for a moment."""
LONGEST_END_MS = 3000
"""So long the end of the program waits for the last word."""
LEVEL = 6
"""The height of the line that shows how loud it is."""


class Voice(QObject):
    """The voice note that is spoken now, if any. `turned()`: it is begun or ended; `ticked()`: a second is over."""

    turned = Signal()
    ticked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.runner)
        self._desk = desk
        self._spoken: Spoken | None = None
        self._recorder: Recorder | None = None
        self._seen = 0
        self._unseen = QTimer(self, singleShot=True, interval=UNSEEN_MS)
        self._unseen.timeout.connect(self.end)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self._end_now)

    @property
    def is_on(self) -> bool:
        """Whether something is recorded."""
        return self._recorder is not None

    @property
    def seconds(self) -> float:
        """How much has been heard."""
        return self._recorder.seconds if self._recorder is not None else 0.0

    @property
    def level(self) -> float:
        """How loud the last second was, 0 to 1."""
        return self._recorder.level if self._recorder is not None else 0.0

    def begin(self, walk: str, belongs: Mapping[str, Any]) -> None:
        """Record, unless that is done already; `belongs` says to what, as `begin_note` takes it."""
        if self.is_on:
            return
        try:
            self._spoken = begin_note(self._desk.session, walk, **belongs)
        except GatljusError as error:
            self._desk.fail(Failure.of(error))
            return
        self._recorder = media_of(self._desk.runner).recorder(str(self._spoken.path), LONGEST_S, self)
        self._recorder.ticked.connect(self.ticked)
        self._recorder.ended.connect(self._ended)
        self._recorder.start()
        self.turned.emit()

    def end(self) -> None:
        """It has been said; it is kept a moment later."""
        if self._recorder is not None:
            self._recorder.stop()

    def _end_now(self) -> None:
        """The program ends: what was said is kept now, not when it opens the next time."""
        self.end()
        late = QDeadlineTimer(LONGEST_END_MS)
        while self.is_on and not late.hasExpired():
            QCoreApplication.processEvents()

    def watch(self, on: bool) -> None:
        """A button that ends it is shown, or hidden."""
        self._seen += 1 if on else -1
        if self._seen:
            self._unseen.stop()
        elif self.is_on:
            self._unseen.start()

    def _ended(self, why: str) -> None:
        spoken, recorder = self._spoken, self._recorder
        self._spoken = self._recorder = None
        if recorder is not None:
            recorder.deleteLater()
        self.turned.emit()
        if spoken is not None:
            self._keep(spoken, recorder.seconds if recorder else 0.0, why)

    def _keep(self, spoken: Spoken, seconds: float, why: str) -> None:
        desk = self._desk
        try:
            kept = keep_note(desk.session, spoken.id)
        except GatljusError as error:
            desk.fail(Failure.of(error))
            return
        if kept is None:
            text = " ".join(each for each in (_("Inget hördes, så inget är sparat."), why) if each)
            desk.say(Notice(text, "microphone-off", problem=True))
            return
        text = _("Röstanteckning {length}, sparad här.").format(length=length_words(seconds))
        if seconds >= LONGEST_S:
            text = f"{text} {_('Längre än fem minuter blir den inte.')}"
        show = (_("Visa"), lambda: desk.go(Place("voices", spoken.walk, kept)))
        desk.say(Notice(f"{text} {why}".strip(), icon_named("action", "voice"), undo=True, action=show))


def voice_of(desk: Desk) -> Voice:
    """The one of this window."""
    found = desk.runner.findChild(Voice)
    return found if isinstance(found, Voice) else Voice(desk)


class VoiceButton(Button):
    """Begins a voice note and ends it. Not shown where there is no microphone; with `ends`, only while one is spoken.
    `belongs` says to what, when it is begun; `turned()`: it has come or gone."""

    turned = Signal()

    def __init__(
        self, desk: Desk, walk: str, word: str, belongs: Callable[[], Mapping[str, Any]], *, ends: bool = False,
        **said: Any,
    ) -> None:  # fmt: skip
        super().__init__(desk.look, word, icon_named("action", "voice"), **said)
        self._walk, self._word, self._belongs, self._ends = walk, word, belongs, ends
        self._voice, self._media = voice_of(desk), media_of(desk.runner)
        self._watches = self.twice = False
        self.clicked.connect(lambda _on: self.press())
        self._voice.turned.connect(self.show_now)
        self._voice.ticked.connect(self.show_now)
        self._media.changed.connect(self.show_now)
        self.hide()

    @property
    def is_there(self) -> bool:
        """Whether it has anything to do."""
        return self._voice.is_on or (self._media.hears and not self._ends)

    def press(self) -> None:
        """Begin, or end."""
        if self._voice.is_on:
            self._voice.end()
        elif self.is_there:
            self._voice.begin(self._walk, self._belongs())

    def show_now(self) -> None:
        """Show what is so now."""
        on = self._voice.is_on
        length = length_words(self._voice.seconds)
        self.setText(_("Klar {length}").format(length=length) if on else self._word)
        name = _("Avsluta röstanteckningen, {length}").format(length=length) if on else _("Tala in en röstanteckning")
        self.setAccessibleName(name)
        self.icon_name = icon_named("action", "stop") if on else icon_named("action", "voice")
        self.update()
        # Shown before it has a parent it would be a window of its own.
        if self.parentWidget() is not None and self.is_there == self.isHidden():
            self.setVisible(self.is_there)
            self.turned.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """It can be pressed."""
        super().showEvent(event)
        if not event.spontaneous() and not self._watches:
            self._watches = True
            self._voice.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """It cannot be pressed any longer."""
        super().hideEvent(event)
        if not event.spontaneous() and self._watches:
            self._watches = False
            self._voice.watch(False)

    def _inks(self) -> Inks:
        return inks(self.look, self.kind, down=self.isDown(), chosen=self._voice.is_on, hover=self.underMouse())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Under the words a line, as long as it is loud."""
        super().paintEvent(event)
        if self._voice.is_on:
            room = self.rect().adjusted(10, 0, -10, -6)
            line = QRect(room.left(), room.bottom() - LEVEL, round(room.width() * self._voice.level), LEVEL)
            QPainter(self).fillRect(line, self.look.color("primary"))
