"""One photo: large, with what is known of it, what it is called on paper, and where it belongs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from app.base.job import Job
from app.base.words import _
from app.commands.photos import attach_all
from app.commands.records import delete
from app.domain.change import News
from app.domain.record import is_hash
from app.domain.records import CameraClock, Observation, Photo, Protocol, Stop
from app.jobs.photos import open_original
from app.queries.photos import lies_here, original_size
from ui.bridge.pictures import dyed
from ui.widgets.button import BARE, Button, only_icon
from ui.widgets.desk import Desk, Place
from ui.widgets.fields import forget_unkept
from ui.widgets.flow import Flow
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice, empty_state
from ui.widgets.page import Head, Screen, Scroll
from ui.widgets.photo_delivery import PhotoDelivery
from ui.widgets.photo_facts import facts_of
from ui.widgets.photo_form import PhotoForm
from ui.widgets.photo_view import STEP, PhotoView
from ui.widgets.photo_words import Photos
from ui.widgets.text import Icon, Label, Surface, emptied, row

BESIDE = 820
"""From this effective width on the words stand beside the picture."""

SIDE = 372
LOW, BESIDE_LOW = 320, 480
"""Where there is so little effective height the words stand beside the picture from this effective width on."""
KINDS = frozenset(each.KIND for each in (Photo, CameraClock, Observation, Stop, Protocol))


class PhotoScreen(Screen):
    """One photo. `place.part` is the choice of photos that one steps through."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self._photos = Photos(desk.session, desk.shelf, place.walk)
        self._original: str | None = None
        self._in_color = False
        self._before = only_icon(self.look, _("Föregående foto"), "chevron-left")
        self._after = only_icon(self.look, _("Nästa foto"), "chevron-right")
        self._before.clicked.connect(lambda: self._step(-1))
        self._after.clicked.connect(lambda: self._step(1))
        self._head = Head(desk, "", " ", back=_("Tillbaka"), actions=(self._before, self._after))
        self.heading = self._head.heading
        self.box.addWidget(self._head)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setContentsMargins(16, 14, 16, 14)
        self._across.setSpacing(16)
        self._across.addWidget(self._viewer(), 1)
        self._side = Scroll(self.look, self._words())
        self._across.addWidget(self._side)
        self._body = QWidget()
        self._body.setLayout(self._across)
        self.box.addWidget(self._body, 1)
        gone = _("Det kan ha tagits bort på en annan enhet. Ångra tar tillbaka det du själv tog bort.")
        self._gone = empty_state(self.look, "image-off-outline", _("Fotot finns inte längre"), gone)
        self.box.addWidget(self._gone, 1)
        self._gone.hide()
        desk.pictures.arrived.connect(self._arrived)
        # What is made before the page is shown need not be fitted in afterwards.
        self.refresh({})

    # Building

    def _viewer(self) -> QWidget:
        look = self.look
        self.view = PhotoView(look)
        self.view.stepped.connect(self._step)
        self.view.zoomed.connect(self._show_zoom)
        closer = only_icon(look, _("Närmare"), "magnify-plus-outline")
        further = only_icon(look, _("Längre ut"), "magnify-minus-outline")
        # Words as large as that would leave no room for the picture.
        tool = only_icon if look.scale >= BARE else Button
        self._whole = tool(look, _("Hela bilden"), "fit-to-screen-outline")
        self._show_original = tool(look, _("Visa original"), "file-image-outline")
        self._color = tool(look, _("Visa i färg"), "palette-outline")
        self._color.setCheckable(True)
        closer.clicked.connect(lambda: self.view.zoom_by(STEP * STEP))
        further.clicked.connect(lambda: self.view.zoom_by(1 / STEP / STEP))
        self._whole.clicked.connect(self.view.fit)
        self._show_original.clicked.connect(self._open_original)
        self._color.clicked.connect(self._set_color)
        tools = QWidget()
        flow = Flow(look.gap, tools)
        for each in (closer, further, self._whole, self._show_original, self._color):
            flow.addWidget(each)
        self._color.setVisible(look.theme == "red")
        box = QVBoxLayout()
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(self.view, 1)
        box.addWidget(tools)
        holder = QWidget()
        holder.setLayout(box)
        return holder

    def _words(self) -> QWidget:
        look = self.look
        self._trouble = Surface(look, "warnBg", line="warn", radius=10)
        self._what = Label(look, "")
        box = row(Icon(look, icon_named("state", "warn"), "warn"), self._what, margin=12, spacing=10)
        box.setStretch(1, 1)
        self._trouble.setLayout(box)
        self.form = PhotoForm(self.desk, self._photos.zone)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(8)
        self._said: list[tuple[str, str]] = []
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 8, 8)
        column.setSpacing(16)
        for each in (self._trouble, self._actions(), self.form):
            column.addWidget(each)
        self._delivery = PhotoDelivery(look, self.desk)
        column.addWidget(self._delivery)
        column.addLayout(self._facts)
        column.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        holder = QWidget()
        holder.setLayout(column)
        return holder

    def _actions(self) -> QWidget:
        look = self.look
        self._place = Button(look, _("Placera"), icon_named("action", "add_stop"))
        self._place.clicked.connect(self._go_place)
        self._open = Button(look, _("Öppna iakttagelsen"), icon_named("nav", "observations"))
        self._open.clicked.connect(self._go_observation)
        self._loosen = Button(look, _("Lossa från iakttagelsen"), "link-variant-off")
        self._loosen.clicked.connect(self._detach)
        self._remove = Button(look, _("Ta bort fotot"), icon_named("action", "delete"), kind="danger")
        self._remove.clicked.connect(self._delete)
        holder = QWidget()
        flow = Flow(look.gap, holder)
        for each in (self._place, self._open, self._loosen):
            flow.addWidget(each)
        return holder

    # What is so

    @property
    def photo(self) -> Photo | None:
        """The photo, as it is shown."""
        return self._photos.one(self.place.item)

    def subtitle(self) -> str:
        """The walk's area."""
        walk = self._photos.walk
        return str(walk.area) if walk is not None else ""

    def refresh(self, news: Mapping[str, News]) -> None:
        """Show what is so now."""
        told = news.get(self.place.walk)
        if told is not None and not told.hides and not told.kinds & KINDS:
            return
        self._photos = Photos(self.desk.session, self.desk.shelf, self.place.walk)
        photo = self.photo
        self._body.setVisible(photo is not None)
        self._gone.setVisible(photo is None)
        self._show_row()
        if photo is None:
            self._head.say(_("Foto"), "")
            return
        self.form.show_photo(photo)
        self._show_words(photo)
        self._show_picture()

    def _row(self) -> Sequence[Photo]:
        """The photos that one steps through."""
        shown = self._photos.shown(self.place.part)
        return shown if any(each.id == self.place.item for each in shown) else self._photos.every

    def _show_row(self) -> None:
        ids = [each.id for each in self._row()]
        here = ids.index(self.place.item) if self.place.item in ids else -1
        self._before.setVisible(here > 0)
        self._after.setVisible(0 <= here < len(ids) - 1)
        self._count = _("{n} av {total}").format(n=here + 1, total=len(ids)) if here >= 0 else ""

    def _show_words(self, photo: Photo) -> None:
        photos = self._photos
        title, state = photos.title(photo), photos.state(photo)[0]
        self._head.say(title, ", ".join(each for each in (photos.place_words(photo), self._count) if each))
        shows = str(photo.alt or photo.caption or "").strip()
        self.view.name_it(", ".join(each for each in (title, shows or _("utan beskrivning"), state) if each))
        self._trouble.setVisible(bool(state))
        self._what.setText(self._trouble_words(photo, state))
        owner = photos.shows(photo)
        self._open.setVisible(owner is not None)
        self._loosen.setVisible(owner is not None)
        lies_here = is_hash(photo.report) and original_size(self.desk.session, photo) is not None
        self._show_original.setVisible(lies_here and self._original != photo.id)
        self._delivery.show_photo(photo)
        facts = list(facts_of(self.desk.session, photos, photo))
        if facts != self._said:
            self._said = facts
            emptied(self._facts)
            for label, words in facts:
                self._facts.addWidget(_fact(self, label, words))

    def _trouble_words(self, photo: Photo, state: str) -> str:
        if not is_hash(photo.thumb):
            return _("Bilden kan inte visas. Originalet är sparat oförändrat.")
        if photo.id in self._photos.lacking:
            return _("Bildens fil finns inte på den här enheten än. Synka med den som har den.")
        return _("Filen är skadad. Det som går att visa av bilden visas.") if state else ""

    def _show_picture(self) -> None:
        photo = self.photo
        if photo is None:
            return
        words = self._trouble_words(photo, self._photos.state(photo)[0])
        self.view.show_picture(self._picture(photo), words or _("Bilden finns inte på den här enheten."))

    def _picture(self, photo: Photo) -> QPixmap | None:
        """The copy for the protocol; the small one while that is on its way or where it is not here."""
        pictures, plain, blank = self.desk.pictures, self._in_color, QPixmap()
        # What is not here yet is not asked for, so that it is looked for anew once it has come.
        session = self.desk.session
        large = pictures.get(str(photo.report), 0, as_it_is=plain) if lies_here(session, photo.report) else blank
        if large is not None and not large.isNull():
            return large
        small = pictures.get(str(photo.thumb), 0, as_it_is=plain) if lies_here(session, photo.thumb) else blank
        return small if small is not None and (not small.isNull() or large is not None) else None

    def _arrived(self, blob: str) -> None:
        photo = self.photo
        if photo is not None and blob in (photo.report, photo.thumb):
            self._show_picture()

    def _show_zoom(self) -> None:
        self._whole.setVisible(not self.view.is_whole)

    # Another photo

    def _step(self, step: int) -> None:
        ids = [each.id for each in self._row()]
        if self.place.item not in ids:
            return
        here = ids.index(self.place.item) + step
        if 0 <= here < len(ids) and self.desk.may_leave(self):
            self.place = replace(self.place, item=ids[here])
            self.desk.stay(self.place)
            self._original = None
            self.view.begin_anew()
            self.refresh({})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and page keys go to the next photo."""
        ways = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_PageUp: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_PageDown: 1,
        }
        if Qt.Key(event.key()) in ways and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._step(ways[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)

    # What is done

    def _set_color(self, on: bool) -> None:
        self._in_color = on
        self.view.show_large(None)
        self._original = None
        self.refresh({})

    def _open_original(self) -> None:
        photo = self.photo
        if photo is None:
            return
        red = self.look.theme == "red" and not self._in_color
        dye = self.look.color("text") if red else None
        run = self.desk.work(_("Originalet öppnas"), lambda: _as_image(open_original(self.desk.session, photo), dye))
        self._original = photo.id
        self._show_original.hide()
        run.done.connect(self._opened)
        run.cancelled.connect(self._not_opened)
        run.failed.connect(self._not_opened)

    def _opened(self, image: QImage) -> None:
        if self._original == self.place.item:
            self.view.show_large(image)
            self.desk.say(Notice(_("Originalet visas: {n} × {m}.").format(n=image.width(), m=image.height())))

    def _not_opened(self) -> None:
        self._original = None
        self.refresh({})

    def _go_place(self) -> None:
        self.desk.go(Place("photos", self.place.walk, self.place.item, "place"))

    def _go_observation(self) -> None:
        photo = self.photo
        if photo is not None and photo.observation:
            self.desk.go(Place("observation", self.place.walk, str(photo.observation)))

    def _detach(self) -> None:
        photo = self.photo
        if photo is not None and attach_all(self.desk.session, [photo], None):
            self.desk.say(Notice(_("{photo} är lossat.").format(photo=self._photos.title(photo)), undo=True))

    def _delete(self) -> None:
        photo = self.photo
        if photo is None:
            return
        ids = [each.id for each in self._row()]
        here, title = ids.index(photo.id), self._photos.title(photo)
        following = [*ids[here + 1 : here + 2], *ids[:here][-1:]]
        self.flush()
        now = self.desk.shelf.now(Photo, photo.scope, photo.id)
        if now is None:
            return
        delete(self.desk.session, self.desk.shelf.as_shown(now))
        forget_unkept(self)
        if following:
            self.desk.swap(replace(self.place, item=following[0]))
        else:
            self.desk.back()
        self.desk.say(Notice(_("{photo} är borttaget.").format(photo=title), icon_named("action", "delete"), undo=True))

    def flush(self) -> None:
        """Write what is still being typed."""
        self.form.flush()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words beside the picture, or under it."""
        super().resizeEvent(event)
        page = self.parentWidget()
        # Where the page scrolls it is higher than what is seen of it.
        seen = min(self._body.height(), page.height()) if page is not None else self._body.height()
        self.view.setMaximumHeight(max(seen, self.view.minimumHeight()))
        low = seen / self.look.scale < LOW
        beside = self.effective_width() >= (BESIDE_LOW if low else BESIDE)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._across.setDirection(way)
        width = round(min(SIDE, self.effective_width() / 2) * self.look.scale)
        self._side.setMinimumWidth(width if beside else 0)
        self._side.setMaximumWidth(width if beside else 16_777_215)
        self._across.setStretch(0, 1 if beside else 3)
        self._across.setStretch(1, 0 if beside else 2)


def _as_image(job: Job[Any], dye: QColor | None) -> Job[QImage]:
    """The same job, its pixels made ready for the screen in its own thread."""
    found = yield from job
    image = QImage(found.rgb, found.width, found.height, 3 * found.width, QImage.Format.Format_RGB888)
    return image.convertToFormat(QImage.Format.Format_RGB32) if dye is None else dyed(image, dye)


def _fact(screen: Screen, label: str, words: str) -> QWidget:
    holder = QWidget()
    box = QVBoxLayout(holder)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(0)
    box.addWidget(Label(screen.look, label, "meta", "text2"))
    box.addWidget(Label(screen.look, words))
    return holder
