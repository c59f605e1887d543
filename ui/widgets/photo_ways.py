"""The ways in for photos, and what came of each file."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import _
from app.domain.rules import is_unplaced
from app.jobs.photos import Item
from ui.widgets.button import Button
from ui.widgets.camera_clock import ClockFields
from ui.widgets.desk import Desk, Place
from ui.widgets.fields import PLACE_NOT_PEOPLE
from ui.widgets.flow import FlowGrid
from ui.widgets.list_scroll import ListScroll, PageList
from ui.widgets.look import icon_named
from ui.widgets.notice import ErrorPanel
from ui.widgets.photo_import import DUPLICATE, IMPORTED, NOT_SHOWN, REFUSED, PhotoImport, counts_in_words
from ui.widgets.photo_watch import WatchCard
from ui.widgets.photo_words import Photos, photo_files
from ui.widgets.rows import Row
from ui.widgets.text import Icon, Label, Surface, column, emptied, held, row

TILE, WIDEST = 132, 760


class WaysIn(QWidget):
    """Files, a folder, the clipboard. `chosen(paths)`, `pasting()`."""

    chosen = Signal(object)
    pasting = Signal()

    def __init__(self, desk: Desk, walk: str) -> None:
        super().__init__()
        self.desk, self.look = desk, desk.look
        look = self.look
        ways = (
            (_("Hämta foton"), icon_named("action", "photo"), _("Välj filer"), self._files),
            (_("Hämta mapp"), "folder-image", _("Ett kort eller en telefon"), self._folder),
            (_("Klistra in"), "content-paste", _("Det som är kopierat"), self.pasting.emit),
        )
        tiles = []
        for words, icon, detail, act in ways:
            tile = Button(look, words, icon, detail=detail, over=True, lamp=True, least=TILE, icon_size=36, name=words)
            tile.clicked.connect(act)
            tiles.append(tile)
        hint = _("Gäller de foton som hämtas nu. Foton som har tid från gps rättas inte.")
        self._clock, self._offset_s = ClockFields(look, 0.0, hint, reckons=False), 0.0
        self._clock.said.connect(self._set_offset)
        clock = Button(look, _("Visa klocksidan"), "clock-outline", name=_("Visa klocksidan, att fotografera"))
        clock.clicked.connect(lambda _on: desk.go(Place("clock", walk)))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        box.addWidget(FlowGrid(look, tiles, least=190, spacing=look.gap))
        box.addWidget(self._told())
        box.addWidget(WatchCard(desk, walk))
        box.addWidget(self._clock)
        box.addWidget(clock, 0, Qt.AlignmentFlag.AlignLeft)
        box.addStretch(1)

    def _told(self) -> QWidget:
        look = self.look
        lines = (
            (
                icon_named("source", "track"),
                _("Foton utan plats får ett förslag efter spåret, som du ser först."),
            ),
            ("clock-outline", _("Har kameran ingen gps? Fotografera klocksidan med den, så räknas dess klocka in.")),
            (icon_named("action", "import_"), _("Eller dra filer och mappar hit. Ctrl+V klistrar in.")),
            ("content-save-check-outline", _("Originalen sparas oförändrade här. Filerna på kortet rörs inte.")),
            (icon_named("state", "person"), _(PLACE_NOT_PEOPLE)),
        )
        box = column(spacing=6)
        for icon, words in lines:
            line = row(Icon(look, icon, "text2", 20), Label(look, words, "body", "text2"), spacing=10)
            line.setStretch(1, 1)
            box.addLayout(line)
        return held(box)

    def _set_offset(self, seconds: float | None) -> None:
        self._offset_s = seconds or 0.0

    def offset_s(self) -> float:
        """The seconds to add to the camera's clock, as a person says it."""
        self.flush()
        return self._offset_s

    def flush(self) -> None:
        """Take in what is still being typed."""
        self._clock.flush()

    def _files(self) -> None:
        self._tell(self.desk.choose_files(self, _("Hämta foton"), f"{photo_files()};;{_('Alla filer')} (*)"))

    def _folder(self) -> None:
        folder = self.desk.choose_folder(self, _("Hämta mapp"))
        self._tell([folder] if folder is not None else [])

    def _tell(self, paths: Sequence[Path]) -> None:
        if paths:
            self.chosen.emit(list(paths))


def outcome_row(key: str, item: Item, photos: Photos) -> Row:
    """What came of one file, in plain words."""
    photo = photos.one(str(item["photo"]))
    reason, result = str(item["reason"] or ""), item["result"]
    chips = {
        IMPORTED: (_("Inläst"), "check", "ok"),
        NOT_SHOWN: (_("Kan inte visas"), icon_named("state", "photo_blocked"), "warn"),
        DUPLICATE: (_("Fanns redan"), icon_named("state", "duplicate"), "info"),
        REFUSED: (_("Togs inte med"), icon_named("state", "blocks"), "danger"),
    }
    chip = (_("Klocksidan"), "clock-outline", "info") if "clock_ahead_s" in item else chips[result]
    if photo is None and result != REFUSED:
        return Row(key, str(item["file"]), _("Borttaget igen."), icon="undo-variant", quiet=True)
    words = [reason]
    if photo is not None and result == DUPLICATE:
        words = [_("Samma bild finns redan som {photo}.").format(photo=photos.title(photo).lower())]
    elif photo is not None:
        unplaced = is_unplaced(photo, photos.observations)
        words = [photos.title(photo), photos.place_words(photo), "" if unplaced else photos.source(photo)[1], reason]
        chip = (*photos.state(photo), "warn") if result == IMPORTED and photos.state(photo)[0] else chip
    detail = ". ".join(each.rstrip(".") for each in words if each) + "."
    thumb = photos.cell(photo).thumb if photo is not None else ""
    return Row(key, str(item["file"]), detail, thumb=thumb, icon="" if thumb else chip[1], chip=chip)


class Outcome(QWidget):
    """What came of an import, file by file, while it goes on and afterwards: what needs a look stands first."""

    def __init__(self, desk: Desk, imports: PhotoImport) -> None:
        super().__init__()
        self.desk, self.imports, self.look = desk, imports, desk.look
        self._told = QVBoxLayout()
        self._told.setSpacing(8)
        self.list = PageList(self.look, _("Filer"), desk.pictures)
        self.list.opened.connect(self._open)
        down = column(spacing=10)
        down.addLayout(self._told)
        down.addWidget(self.list, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(ListScroll(self.look, held(down), [self.list]))
        self._said: tuple[object, ...] = ()

    def detail(self) -> str:
        """The counts, or how it ended."""
        if self.imports.cut_short:
            return self.imports.cut_words()
        return self.imports.words() if self.imports.items or not self.imports.running else ""

    def refresh(self, photos: Photos) -> None:
        """Show the files as they stand now."""
        order: Mapping[str, int] = {REFUSED: 0, NOT_SHOWN: 1, DUPLICATE: 2, IMPORTED: 3}
        items = sorted(enumerate(self.imports.items), key=lambda each: order[each[1]["result"]])
        self.list.show_rows([outcome_row(str(place), item, photos) for place, item in items])
        said = (tuple(self.imports.clocks), self.imports.failure)
        if said == self._said:
            return
        self._said = said
        emptied(self._told)
        if self.imports.failure is not None:
            self._told.addWidget(
                ErrorPanel(self.look, self.imports.failure, meaning=counts_in_words(self.imports.items))
            )
        for sentence in self.imports.clocks:
            self._told.addWidget(self._clock(sentence))

    def _clock(self, sentence: str) -> QWidget:
        surface = Surface(self.look, "infoBg", line="info", radius=10)
        box = row(Icon(self.look, "clock-outline", "info"), Label(self.look, sentence), margin=12, spacing=10)
        box.setStretch(1, 1)
        surface.setLayout(box)
        return surface

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever looks here needs no notice that leads here."""
        self.imports.watched = True
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any longer."""
        self.imports.watched = False
        super().hideEvent(event)

    def _open(self, key: str) -> None:
        photo = self.imports.items[int(key)]["photo"]
        if photo and self.desk.shelf.walk(self.imports.walk) is not None:
            self.desk.go(Place("photo", self.imports.walk, str(photo)))
