"""The photos of a walk: all of them, the ways in, what came of an import, and placing by hand."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import _, ngettext
from app.domain.change import News
from app.domain.records import CameraClock, Observation, Photo, Protocol, SafetyWalk, Stop, Track
from app.domain.rules import is_walked
from ui.widgets.button import Button, lit
from ui.widgets.card import Cards
from ui.widgets.desk import Desk, Place
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice, empty_state
from ui.widgets.page import Foot, Head, Screen
from ui.widgets.photo_gallery import Gallery
from ui.widgets.photo_import import Begin, PhotoImport, from_files, from_image, image_in, imports_of, paths_in
from ui.widgets.photo_place import Placing
from ui.widgets.photo_ways import WIDEST, Outcome, WaysIn
from ui.widgets.photo_words import UNPLACED, Photos
from ui.widgets.text import Surface

IMPORT, RESULT, PLACE = "import", "result", "place"
"""Parts of the page; any other part is the choice of photos that is shown."""

WHILE_IMPORTING_MS = 700
"""While photos come in one after the other, the page is shown anew so often."""


class PhotosScreen(Screen):
    """The photos of a walk. `place.part` says which part of the page; `place.item` what is chosen there."""

    kinds = (Photo, CameraClock, Observation, Stop, Track, Protocol, SafetyWalk)

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.photos = Photos(desk.session, desk.shelf, place.walk)
        self.gallery: Gallery | None = None
        self._ways: WaysIn | None = None
        self._outcome: Outcome | None = None
        self._placing: Placing | None = None
        self._soon = QTimer(self, singleShot=True, interval=WHILE_IMPORTING_MS)
        self._soon.timeout.connect(self._show)
        self.setAcceptDrops(True)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.activated.connect(self._paste)
        found = imports_of(desk.runner, place.walk)
        self._import = found[-1] if found else None
        if self._import is not None:
            self._import.changed.connect(self._import_changed)
        parts = {IMPORT: self._build_import, RESULT: self._build_result, PLACE: self._build_place}
        parts.get(place.part, self._build_gallery)()
        self._cover = self._drop_cover()
        # What is made before the page is shown need not be fitted in afterwards.
        self._show()

    # Parts

    def _take_head(self, head: Head) -> None:
        self._head = head
        self.heading = head.heading
        self.box.addWidget(head)

    def _build_gallery(self) -> None:
        self.gallery = Gallery(self.desk, self.place)
        self._take_head(self.gallery.head)
        self.box.addWidget(self.gallery, 1)

    def _build_import(self) -> None:
        self._take_head(Head(self.desk, _("Hämta foton"), back=_("Tillbaka")))
        self._ways = WaysIn(self.desk, self.place.walk)
        self._ways.chosen.connect(self._begin_files)
        self._ways.pasting.connect(self._paste)
        self.box.addWidget(Cards(self.look, self._ways, widest=WIDEST), 1)

    def _build_result(self) -> None:
        self._take_head(Head(self.desk, _("Foton hämtas"), " ", back=_("Tillbaka")))
        if self._import is None:
            text = _("Det som hämtas visas här, fil för fil.")
            self.box.addWidget(empty_state(self.look, "image-multiple-outline", _("Inget hämtat än"), text), 1)
            return
        self._outcome = Outcome(self.desk, self._import)
        self._outcome.layout().setContentsMargins(16, 12, 16, 0)  # type: ignore[union-attr]
        self.box.addWidget(self._outcome, 1)
        self._more = Button(self.look, _("Hämta fler"), icon_named("action", "import_"))
        self._more.clicked.connect(lambda: self.desk.swap(replace(self.place, part=IMPORT)))
        self._next = lit(self.look, _("Till fotona"), "image-multiple-outline")
        self._next.clicked.connect(self._go_on)
        self.box.addWidget(Foot(self.look, self._more, self._next))

    def _build_place(self) -> None:
        self._take_head(Head(self.desk, _("Placera foton"), " ", back=_("Tillbaka")))
        self._placing = Placing(self.desk, self.place.walk, self.place.item.split(","))
        self._placing.placed.connect(self._placed)
        self._placing.chose.connect(self._show_head_of_placing)
        self.box.addWidget(self._placing, 1)
        for number in range(1, 10) if self.desk.session.settings.letters else ():
            shortcut = QShortcut(QKeySequence(str(number)), self)
            shortcut.activated.connect(partial(self._placing.at_number, number))

    # What is so

    def refresh(self, news: Mapping[str, News]) -> None:
        """Show what is so now; while photos are coming in, now and then."""
        if self._importing and news:
            if not self._soon.isActive():
                self._soon.start()
            return
        self._show()

    @property
    def _importing(self) -> bool:
        return self._import is not None and self._import.running

    def _import_changed(self) -> None:
        if not self._soon.isActive():
            self._soon.start(0 if not self._importing else WHILE_IMPORTING_MS)

    def _show(self) -> None:
        self.photos = Photos(self.desk.session, self.desk.shelf, self.place.walk)
        if self.gallery is not None:
            self.gallery.refresh(self.photos)
        if self._outcome is not None:
            self._show_outcome(self._outcome)
        if self._placing is not None:
            self._show_placing(self._placing)

    def _show_outcome(self, outcome: Outcome) -> None:
        outcome.refresh(self.photos)
        title = _("Foton hämtas") if self._importing else _("Hämtade foton")
        self._head.say(title, outcome.detail() or " ")
        waiting = len(self._unplaced())
        words = ngettext("Placera {n} oplacerat", "Placera {n} oplacerade", waiting).format(n=waiting)
        self._next.setText(words if waiting and not self._importing else _("Till fotona"))
        self._next.setAccessibleName(self._next.text())
        self._next.updateGeometry()
        self._more.setVisible(not self._importing)

    def _unplaced(self) -> list[str]:
        """The photos of the import that have no place yet."""
        came = set(self._came())
        return [each.id for each in self.photos.shown(UNPLACED) if each.id in came]

    def _came(self) -> list[str]:
        """The photos of the import, in the order in which they came."""
        items = self._import.items if self._import is not None else []
        return list(dict.fromkeys(str(each["photo"]) for each in items if each["photo"]))

    def _show_placing(self, placing: Placing) -> None:
        placing.refresh(self.photos)
        self._show_head_of_placing()

    def _show_head_of_placing(self) -> None:
        assert self._placing is not None
        chosen = self._placing.chosen
        one = self.photos.title(chosen[0]) if len(chosen) == 1 else ""
        title = _("Placera {photo}").format(photo=one.lower()) if one else ""
        many = ngettext("Placera {n} foto", "Placera {n} foton", len(chosen)).format(n=len(chosen))
        what = _("Välj ett stopp, en iakttagelse eller en punkt på kartan. Det går att ångra.")
        self._head.say(title or many, self._placing.names() if self._placing.is_low or not chosen else what)

    # Going on

    def _go_on(self) -> None:
        waiting = [] if self._importing else self._unplaced()
        if waiting and any(map(is_walked, self.desk.shelf.all_of(Track, self.place.walk))):
            self.desk.go(Place("placement", self.place.walk, ",".join(self._came())))
        elif waiting:
            self.desk.go(Place("photos", self.place.walk, ",".join(waiting), PLACE))
        else:
            self.desk.swap(Place("photos", self.place.walk))

    def _placed(self, notice: Notice) -> None:
        left = self._placing.left if self._placing is not None else []
        if left:
            # What was ticked off is what remains.
            self.desk.swap(replace(self.place, item=",".join(left)))
        else:
            self.desk.back()
        self.desk.say(notice)

    # Ways in

    def _may_begin(self) -> bool:
        if self._importing:
            self.desk.say(Notice(_("Vänta tills de andra fotona är inlästa."), icon_named("state", "suggested")))
        return not self._importing

    def _begin_files(self, paths: list[Path]) -> None:
        walk = self.photos.walk
        if walk is None or not paths or not self._may_begin():
            return
        offset = self._ways.offset_s() if self._ways else 0.0
        self._begin(from_files(self.desk.session, walk, paths, offset_s=offset))

    def _begin(self, begin: Begin) -> None:
        self._import = PhotoImport(self.desk, self.place.walk, begin)
        result = Place("photos", self.place.walk, part=RESULT)
        if self.place.part in (IMPORT, RESULT):
            self.desk.swap(result)
        else:
            self.desk.go(result)

    def _take(self, mime: QMimeData) -> bool:
        """Begin the import of what is dropped or pasted. Returns whether there was anything."""
        paths, image, walk = paths_in(mime), image_in(mime), self.photos.walk
        if paths:
            self._begin_files(paths)
            return True
        if image is not None and walk is not None and self._may_begin():
            self._begin(from_image(self.desk.session, walk, image))
        return image is not None

    def _paste(self) -> None:
        mime = QGuiApplication.clipboard().mimeData()
        if not self._take(mime):
            text = _("Det finns ingen bild att klistra in. Kopiera en bild eller en fil först.")
            self.desk.say(Notice(text, icon_named("state", "suggested")))

    def _drop_cover(self) -> QWidget:
        cover = Surface(self.look, "infoBg", line="info", radius=12)
        text = _("De läses in i vandringen. Filerna där de ligger rörs inte.")
        box = QVBoxLayout(cover)
        box.addWidget(empty_state(self.look, icon_named("action", "import_"), _("Släpp fotona här"), text))
        cover.setParent(self)
        cover.hide()
        return cover

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files or a picture may be dropped anywhere on the page."""
        mime = event.mimeData()
        if paths_in(mime) or mime.hasImage():
            event.acceptProposedAction()
            self._cover.setGeometry(self.rect().adjusted(12, 12, -12, -12))
            self._cover.show()
            self._cover.raise_()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They were carried on."""
        self._cover.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """They were dropped."""
        self._cover.hide()
        if self._take(event.mimeData()):
            event.acceptProposedAction()

    def flush(self) -> None:
        """Take in what is still being typed."""
        if self._ways is not None:
            self._ways.flush()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, perhaps another arrangement."""
        super().resizeEvent(event)
        if self.gallery is not None:
            self.gallery.arrange(self.effective_width(), self.height() / self.look.scale)
        if self._placing is not None:
            self._placing.arrange(self.effective_width(), self.height() / self.look.scale)
            self._show_head_of_placing()
