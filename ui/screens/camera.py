"""The camera: what it sees, one large button, and to what its photos belong.

Each press is a photo of its own, stored at once. `place.item` is the observation that they show, if any; `place.part`
where one stands (`noting.Step`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from app.base.words import _
from app.commands.observations import begin
from app.commands.photos import attach, attach_all
from app.domain.change import News
from app.domain.records import Observation, Photo
from ui.bridge.media import media_of
from ui.widgets.button import Button, lit
from ui.widgets.desk import Desk, Place
from ui.widgets.flow import Ranks
from ui.widgets.live_view import LiveView
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice, empty_state
from ui.widgets.noting import NO_STOP, Spot, Step, noted_values
from ui.widgets.page import Foot, Screen, Scroll
from ui.widgets.photo_area import PhotoArea
from ui.widgets.photo_watch import WatchCard
from ui.widgets.shutter import Wanted, noted_just_now, shutter_of
from ui.widgets.steps import StepHead
from ui.widgets.text import column, held
from ui.widgets.things import Things
from ui.widgets.voice import VoiceButton

SHUTTER, ROW = 96, 64


class CameraScreen(Screen):
    """Live picture, shutter, and what has been taken since the page was opened."""

    chromeless = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk.in_field(), place)
        self.step = Step.of(place.part)
        self._things = Things(desk.shelf, place.walk)
        self._seen: Observation | None = None
        self._shutter, self.taken = shutter_of(desk), list[str]()
        self._shutter.took.connect(self._took)
        self._late = noted_just_now(desk, self._things) if not place.item else None
        self.live: LiveView | None = None
        media = media_of(desk.runner)
        # It may be found a moment later, or plugged in, for the first time or again.
        media.changed.connect(self._looked)
        if not media.sees:
            self._without()
            return
        self.head = StepHead(self.look, _("Foto"), (_("Klar"), self.desk.back), detail=" ")
        self.heading = self.head.heading
        self.live = LiveView(self.desk)
        self.strip = PhotoArea(self.look, desk.pictures, strip=True)
        self.box.addWidget(self.head)
        self.box.addWidget(self.live, 1)
        self.box.addWidget(self.strip)
        self.box.addWidget(self._foot())
        self.refresh({})

    def _looked(self) -> None:
        if media_of(self.desk.runner).sees and (self.live is None or self.live.eye.picture().isNull()):
            self.desk.swap(self.place)

    def _without(self) -> None:
        self.head = StepHead(self.look, _("Foto"), (_("Tillbaka"), self.desk.back), detail=" ")
        self.heading = self.head.heading
        files = Button(self.look, _("Välj filer"), icon_named("action", "import_"))
        files.clicked.connect(lambda _on: self.desk.swap(Place("photos", self.place.walk, part="import")))
        text = _("Anslut en kamera, eller ta bilden med kameraappen och hämta den sen.")
        watching = WatchCard(self.desk, self.place.walk)
        watching.watch.came.connect(self._came)
        self.strip = PhotoArea(self.look, self.desk.pictures, strip=True)
        none = empty_state(self.look, "camera-off-outline", _("Ingen kamera hittades"), text, files)
        self.box.addWidget(self.head)
        self.box.addWidget(Scroll(self.look, held(column(watching, none, margin=16, spacing=12))), 1)
        self.box.addWidget(self.strip)
        self.box.addWidget(self._foot())
        self.shoot.hide()
        self.refresh({})

    def _came(self, photos: Sequence[str]) -> None:
        """What the watched folder brought stands here; where one notes something it is of that."""
        self.taken += photos
        self.desk.bell.settle()
        if self._seen is not None:
            attach_all(self.desk.session, [each for each in self._photos() if each.id in photos], self._seen.id)
            self.desk.bell.settle()
        self.refresh({})

    def _foot(self) -> Foot:
        look = self.look
        self.add = Button(look, "", icon_named("action", "photo"), least=ROW)
        self.add.clicked.connect(lambda _on: self._add())
        self.new = Button(look, _("Ny iakttagelse"), icon_named("action", "new"), least=ROW)
        self.new.clicked.connect(lambda _on: self._note())
        self.shoot = lit(look, _("Ta foto"), icon_named("action", "shutter"), least=SHUTTER, rank="h2", icon_size=40)
        self.shoot.clicked.connect(lambda _on: self._shoot())
        self._speak = VoiceButton(self.desk, self.place.walk, "", dict, ends=True, least=ROW)
        self._speak.turned.connect(self._show_beside)
        self._beside = Ranks((self.add, self.new, self._speak), look.gap)
        return Foot(look, held(column(self._beside, self.shoot, spacing=look.gap)))

    # What is done

    def _shoot(self) -> None:
        walk = self._things.walk
        if walk is not None and self.live is not None:
            stop = "" if self.step.stop == NO_STOP else self.step.stop
            self._shutter.take(self.live, Wanted(walk, self._seen.id if self._seen else "", stop))

    def _took(self, photo: str, wanted: Wanted) -> None:
        """One of another observation, pressed on the page before, may have been on its way."""
        if wanted.walk.id == self.place.walk and wanted.observation in ("", self.place.item):
            self.taken.append(photo)
            self.desk.bell.settle()
            self.refresh({})

    def _photos(self) -> list[Photo]:
        found = {each.id: each for each in self.desk.shelf.all_of(Photo, self.place.walk)}
        return [found[each] for each in self.taken if each in found]

    def _add(self) -> None:
        """What was just noted is what these are photos of, and those that follow."""
        late = self._late
        if late is None:
            return
        attach_all(self.desk.session, self._photos(), late.id)
        self._shutter.follow(late.id)
        self.place = replace(self.place, item=late.id)
        self.desk.stay(self.place)
        self.desk.bell.settle()
        self.refresh({})
        text = _("Fotona hör till {what}.").format(what=self._things.called(late).rstrip("."))
        self.desk.say(Notice(text, icon_named("action", "photo"), undo=bool(self.taken)))

    def _note(self) -> None:
        """A new observation, which these photos show: one intention."""
        spot = Spot(self._things, self.step, None)
        session, photos = self.desk.session, self._photos()
        made, action = begin(session, self.place.walk, noted_values(self.desk, spot, self.step))
        last: int | None = action
        for each in photos:
            last = attach(session, each, made, last)
        self._shutter.follow(made)
        self.desk.swap(Place("observe", self.place.walk, made, str(self.step.to("category"))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The space bar takes a photo, where a person has not switched single keys off."""
        if event.key() == Qt.Key.Key_Space and self.desk.session.settings.letters and not event.isAutoRepeat():
            self._shoot()
            return
        super().keyPressEvent(event)

    # What is so

    def refresh(self, _news: Mapping[str, News]) -> None:
        """Show what is so now."""
        self._things = things = Things(self.desk.shelf, self.place.walk)
        item = self.place.item
        self._seen = self.desk.shelf.one(Observation, self.place.walk, item) if item else None
        spot = Spot(things, self.step, self._seen)
        if self.live is not None:
            self.live.where = spot.short_words()
            self.live.show_now()
        called = things.called(self._seen) if self._seen else spot.words()
        self.head.say(called)
        photos = self._photos()
        self.strip.setVisible(bool(photos))
        self.strip.show_photos(photos)
        late = self._late if self._seen is None else None
        self.add.setVisible(late is not None)
        if late is not None:
            tag = things.tags.get(late.id, "")
            self.add.setText(_("Lägg till i {tag}").format(tag=tag))
            self.add.setAccessibleName(_("Lägg till i {what}").format(what=things.called(late)))
        self.new.setVisible(self._seen is None and bool(photos))
        self._speak.show_now()
        self._show_beside()

    def _show_beside(self) -> None:
        beside = (self.add, self.new, self._speak)
        self._beside.setVisible(not all(each.isHidden() for each in beside))
