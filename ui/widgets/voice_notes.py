"""Voice notes in a list: each is played, written out, and deleted."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.errors import GatljusError
from app.base.words import _
from app.commands.records import delete
from app.domain.durations import length_words
from app.domain.records import VoiceNote
from ui.bridge.media import media_of
from ui.bridge.runner import Failure
from ui.widgets.button import Button, only_icon
from ui.widgets.desk import Desk
from ui.widgets.fields import forget_unkept
from ui.widgets.form import RecordForm
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice
from ui.widgets.text import Label, Surface, column, row
from ui.widgets.words import clock_words


class _Line(Surface):
    """One of them."""

    def __init__(self, desk: Desk, note: VoiceNote) -> None:
        super().__init__(desk.look, "sunken", radius=8)
        self.desk, self.note = desk, note
        look = desk.look
        self.media = media_of(desk.runner)
        self._play = Button(look, "", icon_named("action", "resume"))
        self._play.clicked.connect(lambda _on: self._press())
        self._said = Label(look, "", "strong")
        self._where = Label(look, "", "meta", "text2")
        self._gone = only_icon(look, "", icon_named("action", "delete"))
        self._gone.clicked.connect(self._remove)
        self.form = RecordForm(desk, VoiceNote, ("text",))
        words = column(self._said, self._where, spacing=2)
        box = column(spacing=10)
        box.setContentsMargins(12, 10, 12, 12)
        if look.gloves:
            # Between two buttons for gloves there would be hardly any room for them.
            box.addLayout(words)
            box.addLayout(row(self._play, 1, self._gone, spacing=12))
        else:
            head = row(self._play, self._gone, spacing=12)
            head.insertLayout(1, words, 1)
            box.addLayout(head)
        box.addWidget(self.form)
        self.setLayout(box)
        self._listens = False

    def show_note(self, note: VoiceNote, where: str, zone: object) -> None:
        """Show it as it is now."""
        self.note = note
        length, at = length_words(note.duration_s), clock_words(note.recorded_at, zone)
        here = isinstance(note.audio, str) and self.desk.session.blobs.has(note.audio)
        name = _("Röstanteckning {length}, {time}").format(length=length, time=at)
        self._said.setText(name)
        self._where.setText(where if here else f"{where} {_('Ljudet är inte här än.')}".strip())
        self._where.setVisible(bool(self._where.text()))
        self._play.setVisible(here)
        self._gone.setAccessibleName(_("Ta bort: {what}").format(what=name))
        self._gone.setToolTip(self._gone.accessibleName())
        self.form.fields["text"].editor.setAccessibleName(_("Utskrift av {what}").format(what=name))
        self._name = name
        self.form.show_record(note)
        self.show_playing()

    def show_playing(self) -> None:
        """Whether it is played now."""
        player = self.media.player
        plays = player is not None and player.plays(self.note.id)
        if player is not None and not self._listens:
            self._listens = True
            player.turned.connect(self.show_playing)
            player.failed.connect(self._tell)
        self._play.setText(_("Pausa") if plays else _("Spela"))
        self._play.setAccessibleName(f"{self._play.text()}: {self._name}")
        self._play.icon_name = icon_named("action", "pause" if plays else "resume")
        self._play.updateGeometry()
        self._play.update()

    def _tell(self, key: str, why: str) -> None:
        """What is played cannot be heard."""
        if key == self.note.id:
            self.desk.fail(Failure(_("Ljud kan inte spelas upp här."), why or _("Försök igen om en stund.")))

    def _press(self) -> None:
        player = self.media.player
        if player is None:
            self._tell(self.note.id, self.media.why)
        elif player.plays(self.note.id):
            player.pause()
        else:
            self._start()

    def _start(self) -> None:
        player = self.media.player
        blobs, name = self.desk.session.blobs, str(self.note.audio)
        try:
            # Read once for what is to be said of a file that is lacking or damaged.
            blobs.read(name)
        except (GatljusError, OSError) as error:
            self.desk.fail(Failure.of(error))
            return
        if player is not None:
            player.play(self.note.id, str(blobs.path(name)))
            self.show_playing()
        if not self.media.sounds:
            self.desk.say(Notice(_("Ingen högtalare eller hörlur hittades."), "volume-off", problem=True))

    def _remove(self) -> None:
        self.form.flush()
        note = self.desk.shelf.now(VoiceNote, self.note.scope, self.note.id)
        if note is None:
            return
        if self.media.player is not None and self.media.player.plays(note.id):
            self.media.player.stop()
        delete(self.desk.session, note)
        forget_unkept(self)
        self.desk.say(Notice(_("Röstanteckningen borttagen."), icon_named("action", "delete"), undo=True))


class VoiceNotes(QWidget):
    """Voice notes under each other. `where` says to what each belongs, "" where that is seen anyway."""

    def __init__(self, desk: Desk, where: Callable[[VoiceNote], str] = lambda _note: "") -> None:
        super().__init__()
        self.desk, self._where = desk, where
        self.lines: dict[str, _Line] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(10)

    def show_notes(self, notes: Sequence[VoiceNote], zone: object) -> None:
        """Show these; a line that stays is not made anew."""
        kept = {each.id for each in notes}
        for key in [key for key in self.lines if key not in kept]:
            gone = self.lines.pop(key)
            self._box.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for place, each in enumerate(notes):
            if each.id not in self.lines:
                self.lines[each.id] = _Line(self.desk, each)
                self._box.insertWidget(place, self.lines[each.id])
            self.lines[each.id].show_note(each, self._where(each), zone)

    def hideEvent(self, event: QHideEvent) -> None:
        """What is heard belongs to a page that is seen."""
        super().hideEvent(event)
        player = media_of(self.desk.runner).player
        if player is not None and not event.spontaneous():
            player.stop()

    def flush(self) -> None:
        """Write what is still being typed."""
        for each in self.lines.values():
            each.form.flush()
