"""All photos of a walk in a grid: which are shown, which are marked, and the one that is looked at."""

from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.base.words import _, ngettext
from ui.widgets.button import Button
from ui.widgets.desk import Desk, Place
from ui.widgets.flow import Flow
from ui.widgets.group import KeyGroup
from ui.widgets.list_scroll import ListScroll
from ui.widgets.look import icon_named
from ui.widgets.moved_offer import MovedOffer
from ui.widgets.notice import empty_state
from ui.widgets.page import Head
from ui.widgets.photo_beside import Beside
from ui.widgets.photo_grid import PhotoGrid
from ui.widgets.photo_place import put_by_number
from ui.widgets.photo_words import ALL, LOOSE, UNPLACED, Photos
from ui.widgets.text import Label, Surface, column, held, row
from ui.widgets.track_offer import TrackOffer

BESIDE, PANE = 1000, 352
"""From this effective width on the map stands beside the grid, so wide."""
LOW, LEAST = 440, 96
"""Below this effective height photos lie beside their words. So much of it is left to what is under the head."""

BETWEEN = "|"
"""Between the current photo and the marked ones in `Place.item`."""


class Gallery(QWidget):
    """The grid with its head, choices and the acts on what is marked."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__()
        self.desk, self.look, self.place = desk, desk.look, place
        self.photos = Photos(desk.session, desk.shelf, place.walk)
        look = self.look
        self._fetch = Button(look, _("Hämta foton"), icon_named("action", "import_"), kind="primary")
        self._fetch.clicked.connect(lambda: desk.go(Place("photos", place.walk, part="import")))
        self.head = Head(desk, _("Foton"), " ", actions=(self._fetch,))
        self.grid = PhotoGrid(look, _("Fotona i vandringen"), desk.pictures)
        self.grid.opened.connect(self._open)
        self.grid.moved.connect(self._show_current)
        self.grid.marks_changed.connect(self._show_marks)
        self.grid.marks_changed.connect(self._stay)
        self.grid.numbered.connect(self._at_number)
        self._pages = QStackedWidget()
        self._empty = self._nothing()
        self._pages.addWidget(self.grid)
        self._pages.addWidget(self._empty)
        self._foot, self._beside = self._acts(), Beside(desk, place.walk)
        self._beside.chosen.connect(self.grid.choose)
        self._beside.opening.connect(lambda: self._open(self.grid.current_key()))
        self._beside.placing.connect(lambda: self._go_place([self.grid.current_key()]))
        self._beside.setFixedWidth(round(PANE * look.scale))
        self._beside.hide()
        self._offer = TrackOffer(desk, place.walk, beside=desk.room != "narrow")
        self._offer.told.connect(desk.say)
        self._moved = MovedOffer(desk, place.walk)
        self._moved.told.connect(self._show_offer)
        self._lay_out()
        self._first = True

    # Building

    def _lay_out(self) -> None:
        offer = column(self._moved, self._offer, spacing=self.look.gap)
        offer.setContentsMargins(16, 0, 16, 0)
        pages = row(self._pages)
        pages.setContentsMargins(10, 0, 0, 0)
        self._within = column(self._choices(), held(offer), held(pages), spacing=0)
        self._within.setStretch(2, 1)
        page = ListScroll(self.look, held(self._within), [self.grid], self._pages)
        page.scroll_alone(round(LEAST * self.look.scale))
        self._under = column(page, self._foot, spacing=0)
        self._under.setStretchFactor(page, 1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addLayout(self._under, 1)
        across.addWidget(self._beside)

    def _nothing(self) -> QWidget:
        text = _("Hämta från kamerans kort eller telefonen, dra hit filer, eller klistra in en bild.")
        return empty_state(self.look, "image-multiple-outline", _("Inga foton än"), text)

    def _choices(self) -> QWidget:
        look = self.look
        self._which: dict[str, Button] = {}
        for which, icon in ((ALL, ""), (UNPLACED, icon_named("state", "unplaced")), (LOOSE, "link-variant-off")):
            button = Button(look, "", icon, icon_size=20)
            button.setCheckable(True)
            button.clicked.connect(lambda _on, which=which: self._choose(which))
            self._which[which] = button
        self._marking = Button(look, _("Markera"), "checkbox-multiple-marked-outline", icon_size=20)
        self._marking.setCheckable(True)
        self._marking.clicked.connect(self._set_marking)
        holder = QWidget()
        flow = _padded(holder, look.gap, 6)
        for each in (*self._which.values(), self._marking):
            flow.addWidget(each)
        self._group = KeyGroup(list(self._which.values()), self, one_of=True)
        return holder

    def _acts(self) -> QWidget:
        look = self.look
        self._count = Label(look, "", "strong")
        self._place = Button(look, _("Placera"), icon_named("action", "add_stop"), kind="primary")
        self._place.clicked.connect(lambda: self._go_place(self.grid.marked()))
        every = Button(look, _("Markera alla"), "checkbox-multiple-marked-outline")
        every.clicked.connect(lambda: self.grid.mark([each.key for each in self.grid.cells.things]))
        none = Button(look, _("Avmarkera"), "close")
        none.clicked.connect(self._unmark)
        surface = Surface(look, "surface", edge="top")
        flow = _padded(surface, look.gap, 12)
        for each in (self._place, every, none, self._count):
            flow.addWidget(each)
        surface.hide()
        return surface

    # What is so

    @property
    def _chosen(self) -> str:
        return self.place.part if self.place.part in self._which else ALL

    def refresh(self, photos: Photos) -> None:
        """Show what is so now."""
        self.photos = photos
        shown = {which: photos.shown(which) for which in self._which}
        which = self._chosen
        words = {ALL: _("Alla"), UNPLACED: _("Oplacerat"), LOOSE: _("Utan iakttagelse")}
        for each, button in self._which.items():
            text = f"{words[each]} {len(shown[each])}"
            button.setChecked(each == which)
            if button.text() != text:
                button.setText(text)
                button.setAccessibleName(text)
                button.updateGeometry()
        self.head.say(_("Foton"), self._detail(len(photos.every), len(shown[UNPLACED])))
        self._moved.refresh()
        self._show_offer()
        self.grid.show_cells([photos.cell(each) for each in shown[which]])
        self._pages.setCurrentWidget(self.grid if shown[which] else self._empty)
        if not shown[which]:
            self._show_empty(which)
        if self._first:
            self._first = False
            self._restore()
        self._show_marks()
        self._show_beside()

    def _show_offer(self) -> None:
        """What the track can place is told of among the unplaced and among all, there one thing after the other: what
        lies wrong comes first."""
        is_told = self._chosen == UNPLACED or (self._chosen == ALL and self._moved.is_known and self._moved.isHidden())
        self._offer.refresh(None if is_told else ())

    def _show_beside(self) -> None:
        if self.grid.shows_current:
            self._beside.refresh(self.photos)
            self._show_current()

    def _show_current(self) -> None:
        if self.grid.shows_current:
            self._beside.show_photo(self.photos, self.photos.one(self.grid.current_key()))

    def _detail(self, count: int, unplaced: int) -> str:
        said = ngettext("{n} foto", "{n} foton", count).format(n=count)
        if not unplaced:
            return said
        waiting = ngettext("{n} är oplacerat", "{n} är oplacerade", unplaced).format(n=unplaced)
        return f"{said}, {waiting}"

    def _show_empty(self, which: str) -> None:
        """Why there is nothing to show."""
        if which == ALL or not self.photos.every:
            made = self._nothing()
        elif which == UNPLACED:
            made = empty_state(self.look, "check-circle-outline", _("Alla foton har en plats"), "")
        else:
            made = empty_state(self.look, "check-circle-outline", _("Alla foton visar en iakttagelse"), "")
        self._pages.removeWidget(self._empty)
        self._empty.deleteLater()
        self._empty = made
        self._pages.addWidget(made)
        self._pages.setCurrentWidget(made)

    def _restore(self) -> None:
        current, _between, marked = self.place.item.partition(BETWEEN)
        self.grid.choose(current)
        if marked:
            self.grid.mark(marked.split(","))
            self._set_marking(True)

    def _show_marks(self) -> None:
        count = len(self.grid.marked())
        self._foot.setVisible(bool(count) or self.grid.marking)
        self._count.setText(ngettext("{n} markerat", "{n} markerade", count).format(n=count))
        self._place.setText(ngettext("Placera {n} foto", "Placera {n} foton", count).format(n=count))
        self._place.setAccessibleName(self._place.text())
        self._place.setVisible(bool(count))
        self._place.updateGeometry()
        self._fetch.kind = "plain" if count else "primary"
        self._fetch.update()

    def _stay(self) -> None:
        """Say what is chosen, so that one comes back to it."""
        if self._first:
            return
        marked = ",".join(self.grid.marked())
        item = self.grid.current_key() + (BETWEEN + marked if marked else "")
        if item != self.place.item:
            self.place = replace(self.place, item=item)
            self.desk.stay(self.place)

    def arrange(self, effective_width: float, effective_height: float) -> None:
        """The map beside the grid where there is room. What is done with what is marked is always seen, where there is
        little height by scrolling."""
        low = effective_height < LOW
        self.grid.set_low(low)
        holder = self._within if low else self._under
        if holder.indexOf(self._foot) < 0:
            holder.addWidget(self._foot)
        self.grid.shows_current = effective_width >= BESIDE
        self._beside.setVisible(self.grid.shows_current)
        self._show_beside()

    # What is done

    def _choose(self, which: str) -> None:
        self.place = replace(self.place, part=which)
        self.desk.stay(self.place)
        self.refresh(self.photos)

    def _set_marking(self, on: bool) -> None:
        self.grid.marking = on
        self._marking.setChecked(on)
        self._show_marks()

    def _unmark(self) -> None:
        self.grid.mark([])
        self._set_marking(False)

    def _open(self, key: str) -> None:
        self._stay()
        self.desk.go(Place("photo", self.place.walk, key, self.place.part))

    def _go_place(self, keys: list[str]) -> None:
        self._stay()
        self.desk.go(Place("photos", self.place.walk, ",".join(keys), "place"))

    def _at_number(self, number: int) -> None:
        if put_by_number(self.desk, self.photos, self.grid.chosen(), number):
            self.grid.mark([])


def _padded(holder: QWidget, gap: int, below: int) -> Flow:
    """A flow with room round it."""
    box = QVBoxLayout(holder)
    box.setContentsMargins(16, 12, 16, below)
    flow = Flow(gap)
    box.addLayout(flow)
    return flow
