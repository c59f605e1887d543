"""All voice notes of a walk: listened to, written out, deleted."""

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import _, ngettext
from app.domain.change import News
from app.domain.records import Observation, Stop, VoiceNote
from ui.widgets.card import Cards
from ui.widgets.desk import Desk, Place
from ui.widgets.look import icon_named
from ui.widgets.notice import empty_state
from ui.widgets.page import Head, Screen
from ui.widgets.things import Things, stop_title
from ui.widgets.voice_notes import VoiceNotes


class VoicesScreen(Screen):
    """Those that were spoken last stand first."""

    kinds = (VoiceNote, Observation, Stop)

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.head = Head(desk, _("Röstanteckningar"), " ", back=_("Tillbaka"))
        self.heading = self.head.heading
        self._things = Things(desk.shelf, place.walk)
        self.notes = VoiceNotes(desk, self._where)
        self._cards = Cards(self.look, self.notes)
        self.box.addWidget(self.head)
        self.box.addWidget(self._cards, 1)
        self._empty = QWidget()
        box = QVBoxLayout(self._empty)
        text = _("Tryck Röst under vandringen och berätta. Det som sägs sparas och kan skrivas ut här.")
        box.addWidget(empty_state(self.look, icon_named("action", "voice"), _("Inget är inspelat än"), text))
        self.box.addWidget(self._empty, 1)

    def _where(self, note: VoiceNote) -> str:
        """A7 Lampa släckt; Stopp 2, Tunneln; Utan plats."""
        things = self._things
        seen = next((each for each in things.observations if each.id == note.observation), None)
        if seen is not None:
            return things.called(seen, at_desk=True)
        stop = next((each for each in things.stops if each.id == note.stop), None)
        return (
            stop_title(things.numbers.get(stop.id, ""), stop) if stop is not None else _("Hör inte till något stopp.")
        )

    def refresh(self, _news: Mapping[str, News]) -> None:
        """Show what is so now."""
        self._things = Things(self.desk.shelf, self.place.walk)
        found = [*self.desk.shelf.all_of(VoiceNote, self.place.walk)]
        found.sort(key=lambda each: (str(each.recorded_at), each.id), reverse=True)
        count = ngettext("{n} röstanteckning", "{n} röstanteckningar", len(found)).format(n=len(found))
        self.head.say(_("Röstanteckningar"), count if found else "")
        self.notes.show_notes(found, self._things.zone)
        self._cards.setVisible(bool(found))
        self._empty.setVisible(not found)

    def flush(self) -> None:
        """Write what is still being typed."""
        self.notes.flush()
