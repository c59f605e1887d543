"""What people write of a photo, and what devices wrote of it unaware of each other."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import _
from app.domain.record import DELETED
from app.domain.records import Photo
from ui.widgets.desk import Desk
from ui.widgets.field_slot import FieldSlot
from ui.widgets.fields import PLACE_NOT_PEOPLE, TextField
from ui.widgets.form import RecordForm

OTHERS = ("stop", "observation", "position", "position_source", "taken_at", "taken_at_source", DELETED)
"""Fields that are shown here only while values stand against each other."""


class PhotoForm(QWidget):
    """Caption and description; whatever else of the photo two devices changed stands over them."""

    def __init__(self, desk: Desk, zone: object) -> None:
        super().__init__()
        self.desk, look = desk, desk.look
        hint = f"{_('Står under bilden i protokollet.')} {_(PLACE_NOT_PEOPLE)}"
        says = _("Läses upp för den som inte ser bilden: vad visar den, som är viktigt för platsen?")
        editors = {
            "caption": TextField(look, _("Bildtext"), hint, lines=2),
            "alt": TextField(look, _("Beskrivning av bilden"), f"{says} {_(PLACE_NOT_PEOPLE)}", lines=3),
        }
        self.form = RecordForm(desk, Photo, tuple(editors), editors=editors, lay_out=False)
        self.form.setParent(self)
        self.form.hide()
        self.slots = {name: FieldSlot(desk, zone) for name in OTHERS}
        self.slots |= {name: FieldSlot(desk, zone, field) for name, field in editors.items()}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(14)
        for slot in self.slots.values():
            box.addWidget(slot)

    def show_photo(self, photo: Photo) -> None:
        """Show a photo as it was just read."""
        self.form.show_record(photo)
        found = {each.field: each for each in self.desk.shelf.conflicts(photo.scope) if each.id == photo.id}
        for name, slot in self.slots.items():
            slot.show_conflict(name, found.get(name), photo)
            slot.setVisible(name in found or name not in OTHERS)

    def flush(self) -> None:
        """Write what is still being typed."""
        self.form.flush()
        for slot in self.slots.values():
            slot.flush()
