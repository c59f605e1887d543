"""Beside the grid: where the photos were taken, and what is known of the one that is looked at."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import _
from app.domain.records import Photo
from app.domain.values import Position, PositionSource
from ui.widgets.button import Button
from ui.widgets.desk import Desk
from ui.widgets.flow import Flow
from ui.widgets.look import icon_named
from ui.widgets.map_model import Mark, MarkKind
from ui.widgets.map_view import MapPane
from ui.widgets.photo_facts import clock_words, direction_words, place_words, taken_words
from ui.widgets.photo_words import Photos
from ui.widgets.text import Heading, Label, Surface
from ui.widgets.walk_marks import lines_of, marks_of, seen_at_first


class Beside(QWidget):
    """The map with stops and photos over a card of the current photo. `chosen(photo)`: its mark was pressed;
    `opening()`, `placing()`: what the card offers."""

    chosen = Signal(str)
    opening = Signal()
    placing = Signal()

    def __init__(self, desk: Desk, walk: str) -> None:
        super().__init__()
        self.desk, self._walk, look = desk, walk, desk.look
        self.map = MapPane(look, desk.tiles, _("Karta med fotonas platser, samma foton finns i listan"))
        self.map.view.mark_pressed.connect(self.chosen)
        self._title = Heading(look, "", "h3")
        self._words = Label(look, "")
        self._open = Button(look, _("Öppna fotot"), "image-outline")
        self._open.clicked.connect(self.opening)
        self._place = Button(look, _("Placera fotot"), icon_named("action", "add_stop"))
        self._place.clicked.connect(self.placing)
        card = Surface(look, "surface", edge="top")
        under = QVBoxLayout(card)
        under.setContentsMargins(16, 12, 16, 14)
        under.setSpacing(8)
        buttons = Flow(look.gap)
        for each in (self._open, self._place):
            buttons.addWidget(each)
        under.addWidget(self._title)
        under.addWidget(self._words)
        under.addLayout(buttons)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.map, 1)
        box.addWidget(card)
        self._fitted = False

    def refresh(self, photos: Photos, proposed: Mapping[str, Mark] | None = None) -> None:
        """Show the places as they are now; of photos that are `proposed` for another place (by id) that one."""
        marks = [each for each in marks_of(self.desk, self._walk, at_desk=True) if each.kind == MarkKind.STOP]
        there = proposed or {}
        marks += [mark for each in photos.every if (mark := there.get(each.id) or _mark(photos, each)) is not None]
        ways = lines_of(self.desk, self._walk)
        self.map.view.show_marks(marks)
        self.map.view.show_lines(ways)
        if not self._fitted and marks:
            self._fitted = True
            self.map.view.fit(seen_at_first(marks, ways))

    def show_photo(self, photos: Photos, photo: Photo | None) -> None:
        """Show what is known of a photo."""
        self._open.setVisible(photo is not None)
        self._place.setVisible(photo is not None)
        if photo is None:
            self.map.view.choose("")
            self._title.setText(_("Inget foto valt"))
            self._words.setText(_("Välj ett foto för att se var och när det togs."))
            return
        self.map.view.choose(photo.id)
        self._title.setText(photos.title(photo))
        direction = direction_words(photo)
        said = [
            taken_words(photo, photos.zone),
            clock_words(self.desk.session, photos, photo),
            place_words(photo, photos),
        ]
        said.append(_("Riktning: {way}").format(way=direction.lower()) if direction else "")
        self._words.setText("\n".join(each for each in said if each))

    def tell(self, words: str) -> None:
        """Say this of the photo instead."""
        self._words.setText(words)


def _mark(photos: Photos, photo: Photo) -> Mark | None:
    """A photo that has a place of its own."""
    if not isinstance(photo.position, Position) or photo.position_source == PositionSource.STOP:
        return None
    return Mark(photo.id, MarkKind.PHOTO, photo.position, photos.cell(photo).spoken)
