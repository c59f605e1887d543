"""Placing photos by hand: at a stop, on the map, at the observation they show."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.base.words import _, ngettext
from app.commands.photos import attach_all, place_at, place_at_stop
from app.domain.records import Photo, Stop
from app.domain.values import Position, known
from ui.widgets.area import placed
from ui.widgets.button import Button
from ui.widgets.desk import Desk, Place
from ui.widgets.fields import SegmentField
from ui.widgets.list_scroll import ListScroll, PageList
from ui.widgets.look import icon_named
from ui.widgets.map_view import MapPane
from ui.widgets.notice import Notice, empty_state
from ui.widgets.page import Scroll
from ui.widgets.photo_strip import PhotoStrip, Shot
from ui.widgets.photo_words import Photos
from ui.widgets.rows import Row
from ui.widgets.text import Icon, Label, Surface, column, row
from ui.widgets.things import Things, stop_title
from ui.widgets.track_offer import TrackOffer
from ui.widgets.walk_marks import lines_of, marks_of, seen_at_first

STOPS, OBSERVATIONS, MAP = "stops", "observations", "map"
MOST_THUMBS, MOST_NAMES = 12, 3
"""So many photos are shown at first, and so many named."""
LEAST_LIST = 180
LOW, SIDE, LOW_SIDE = 400, 84, 78
"""Below this effective height the pictures are lower, so that one sees that there is more below."""

BESIDE = 760
"""From this effective width on there is room for the list and the map beside each other."""


def told(text: str, count: int) -> Notice:
    """What was done with so many photos, with its undo; that nothing was new where none."""
    if not count:
        return Notice(_("De var redan där."), icon_named("state", "suggested"))
    return Notice(text, "check", undo=True)


def _say(button: Button, words: str, icon: str, *, shown: bool) -> None:
    button.icon_name = icon
    button.setText(words)
    button.setAccessibleName(words)
    button.setVisible(shown)
    button.updateGeometry()


def put_at_stop(desk: Desk, photos: Photos, chosen: Sequence[Photo], stop: Stop) -> Notice:
    """Place photos, as they were shown, at a stop. Raises GatljusError where one of them shows an observation."""
    count = place_at_stop(desk.session, chosen, stop)
    words = ngettext("{n} foto placerat: {stop}.", "{n} foton placerade: {stop}.", count)
    return told(words.format(n=count, stop=stop_title(photos.numbers.get(stop.id, ""), stop)), count)


def put_by_number(desk: Desk, photos: Photos, keys: Sequence[str], number: int) -> bool:
    """Place photos at the stop of this number, by a key. Returns whether that was done; then it is said."""
    stop = next((each for each in photos.stops if photos.numbers.get(each) == str(number)), None)
    chosen = photos.of(keys)
    if stop is None or not chosen or not desk.session.settings.letters:
        return False
    desk.say(put_at_stop(desk, photos, chosen, photos.stops[stop]))
    return True


class Placing(QWidget):
    """The ways to place some photos; where there are several, any of them can be ticked off and are left as they are.
    `placed(notice)` when it is done, `chose()` when others are ticked."""

    placed = Signal(object)
    chose = Signal()

    def __init__(self, desk: Desk, walk: str, ids: Sequence[str]) -> None:
        super().__init__()
        self.desk, self.look, self._walk, self._ids = desk, desk.look, walk, list(ids)
        self._photos = Photos(desk.session, desk.shelf, walk)
        self._turn = Button(self.look, "")
        self._turn.clicked.connect(lambda _on: self._turn_all())
        self._rest, self._most = Button(self.look, "", "chevron-down"), MOST_THUMBS
        self._rest.clicked.connect(lambda _on: self._show_rest())
        self.strip = PhotoStrip(desk, side=SIDE, ticked=len(self._ids) > 1, after=(self._turn, self._rest))
        self.strip.opened.connect(lambda key: desk.go(Place("photo", walk, key)))
        self.strip.chose.connect(self._chose)
        self._loosen = self._showing_panel()
        self._offer = TrackOffer(desk, walk)
        self._offer.told.connect(self.placed)
        choices = [(STOPS, _("Stopp")), (OBSERVATIONS, _("Iakttagelse")), (MAP, _("Karta"))]
        self.ways = SegmentField(self.look, _("Var hör fotona hemma?"), choices, least=110)
        self.ways.changed.connect(self._show_way)
        self.stops, self.seen = PageList(self.look, _("Stoppen")), PageList(self.look, _("Iakttagelserna"))
        self.stops.opened.connect(self._at_stop)
        self.seen.opened.connect(self._show_observation)
        self.map = MapPane(self.look, desk.tiles, _("Karta, tryck där fotona togs"))
        self.map.view.pressed.connect(self._at_point)
        self.map.view.mark_pressed.connect(self._at_mark)
        self._pages, self._fitted, self.is_low = QStackedWidget(), False, False
        self._lay_out()
        self._way = STOPS

    # Arrangement

    def _showing_panel(self) -> Surface:
        look = self.look
        panel = Surface(look, "warnBg", line="warn", radius=10)
        self._attached = Label(look, "")
        button = Button(look, _("Lossa från iakttagelsen"), "link-variant-off")
        button.clicked.connect(self._detach)
        words = row(Icon(look, icon_named("state", "warn"), "warn"), self._attached, spacing=10)
        words.setStretch(1, 1)
        box = column(margin=12, spacing=10)
        box.addLayout(words)
        box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        panel.setLayout(box)
        panel.hide()
        return panel

    def _lay_out(self) -> None:
        icon, text = icon_named("state", "unplaced"), _("Tryck på kartan där fotona togs.")
        empty_stops = Scroll(self.look, empty_state(self.look, icon, _("Inga stopp än"), text))
        for page in (self.stops, self.seen, self.map, empty_stops):
            self._pages.addWidget(page)
        self._no_stops = empty_stops
        left = QWidget()
        parts = (self.strip, self._offer, self._loosen, self.ways, self._pages)
        self._left = column(*parts, margin=16, spacing=12)
        self._left.setStretch(4, 1)
        left.setLayout(self._left)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(0)
        self._pages.setMinimumHeight(LEAST_LIST)
        self._across.addWidget(ListScroll(self.look, left, [self.stops, self.seen], self._pages), 5)
        self._beside = QVBoxLayout()
        self._hint = Label(self.look, _("Tryck på en rad, eller på kartan där fotona togs."), "body", "text2")
        self._hint.setContentsMargins(16, 12, 16, 12)
        self._beside.addWidget(self._hint)
        self._across.addLayout(self._beside, 6)

    def arrange(self, effective_width: float, effective_height: float) -> None:
        """The map beside the list, or as one of three pages."""
        self.is_low = effective_height < LOW
        self.strip.set_side(LOW_SIDE if self.is_low else SIDE)
        beside = effective_width >= BESIDE
        self.ways.buttons[2][1].setVisible(not beside)
        self._hint.setVisible(beside)
        self._across.setStretch(1, 6 if beside else 0)
        if beside and self._pages.indexOf(self.map) >= 0:
            self._pages.removeWidget(self.map)
            self._beside.addWidget(self.map, 1)
            self.map.show()
        elif not beside and self._pages.indexOf(self.map) < 0:
            self._beside.removeWidget(self.map)
            self._pages.insertWidget(2, self.map)
        if beside and self._way == MAP:
            self._way = STOPS
        self._show_way(self._way)

    def _show_way(self, way: str) -> None:
        self._way = way
        self.ways.show_value(way)
        pages = {
            STOPS: self.stops if self.stops.rows.things else self._no_stops,
            OBSERVATIONS: self.seen,
            MAP: self.map,
        }
        self._pages.setCurrentWidget(pages[way])

    # What is so

    @property
    def chosen(self) -> list[Photo]:
        """The photos that are ticked, as they are shown."""
        return [each for each in self._every if each.id not in self.strip.off]

    @property
    def _every(self) -> list[Photo]:
        return self._photos.of(self._ids)

    @property
    def left(self) -> list[str]:
        """The photos that were ticked off."""
        return [each.id for each in self._every if each.id in self.strip.off]

    def names(self) -> str:
        """What is ticked, by name; one alone by its file, which nobody has named yet. What to do where nothing is."""
        chosen = self.chosen
        if not chosen:
            return _("Inget foto är markerat. Markera det som ska placeras.")
        if len(chosen) == 1 and (file := known(chosen[0].name, str)):
            return file
        named = ", ".join(self._photos.numbers.get(each.id, "") for each in chosen[:MOST_NAMES])
        more = len(chosen) - MOST_NAMES
        words = ngettext("Foto {names} och {n} till", "Foto {names} och {n} till", max(1, more))
        return words.format(names=named, n=more) if more > 0 else _("Foto {number}").format(number=named)

    def _chose(self) -> None:
        self._show_attached()
        self._show_turn()
        self.chose.emit()

    def _show_turn(self) -> None:
        """All or none at one press."""
        words = _("Avmarkera") if self.chosen else _("Markera alla")
        icon = "close" if self.chosen else "checkbox-multiple-marked-outline"
        _say(self._turn, words, icon, shown=len(self._every) > 1)

    def _turn_all(self) -> None:
        self.strip.tick_all(self._ids, on=not self.chosen)

    def _show_shots(self) -> None:
        every = self._every
        self.strip.show_shots([Shot.of(each, self._photos.numbers.get(each.id, "")) for each in every[: self._most]])
        more = len(every) - self._most
        words = ngettext("Visa {n} foto till", "Visa {n} foton till", max(1, more)).format(n=more)
        _say(self._rest, words, "chevron-down", shown=more > 0)

    def _show_rest(self) -> None:
        self._most = len(self._ids)
        self._show_shots()

    def refresh(self, photos: Photos) -> None:
        """Show what is so now."""
        self._photos = photos
        self._show_shots()
        self._show_turn()
        self._show_attached()
        self.stops.show_rows([self._stop_row(stop) for stop in photos.stops.values()])
        things = Things(self.desk.shelf, self._walk)
        self.seen.show_rows([things.row(each, at_desk=True) for each in things.observations])
        self._show_map()
        self._show_way(self._way)

    def _show_attached(self) -> None:
        attached = sum(self._photos.shows(each) is not None for each in self.chosen)
        words = ngettext(
            "{n} foto visar en iakttagelse och hör till dess stopp.",
            "{n} foton visar en iakttagelse och hör till dess stopp.",
            attached,
        )
        self._attached.setText(words.format(n=attached))
        self._offer.refresh([each.id for each in self.chosen])
        self._loosen.setVisible(bool(attached))

    def _stop_row(self, stop: Stop) -> Row:
        number = self._photos.numbers.get(stop.id, "")
        here = sum(self._photos.stop(each) is stop for each in self._photos.every)
        detail = ngettext("{n} foto", "{n} foton", here).format(n=here) if here else _("Inget foto än")
        return Row(stop.id, str(stop.name), detail, number=number, spoken=f"{stop_title(number, stop)}, {detail}")

    def _show_map(self) -> None:
        marks, ways = marks_of(self.desk, self._walk, at_desk=True), lines_of(self.desk, self._walk)
        self.map.view.show_marks(marks)
        self.map.view.show_lines(ways)
        if not self._fitted and marks:
            self._fitted = True
            self.map.view.fit(seen_at_first(marks, ways))

    # What is done

    def _done(self, act: Callable[[list[Photo]], Notice]) -> None:
        chosen = self.chosen
        if chosen:
            self.placed.emit(act(chosen))
        else:
            self.desk.say(Notice(self.names(), icon_named("state", "suggested")))

    def at_number(self, number: int) -> None:
        """Place them at the stop of this number, if there is one."""
        stop = next((k for k in self._photos.stops if self._photos.numbers.get(k) == str(number)), None)
        if stop is not None:
            self._at_stop(stop)

    def _at_stop(self, key: str) -> None:
        stop = self._photos.stops[key]
        self._done(lambda chosen: put_at_stop(self.desk, self._photos, chosen, stop))

    def _at_point(self, position: Position) -> None:
        def act(chosen: list[Photo]) -> Notice:
            count = place_at(self.desk.session, chosen, position, list(self._photos.stops.values()))
            words = ngettext("{n} foto placerat på kartan.", "{n} foton placerade på kartan.", count)
            said = words.format(n=count)
            return placed(self.desk.shelf, self._walk, position, said, "check") if count else told(said, count)

        self._done(act)

    def _at_mark(self, key: str) -> None:
        if key in self._photos.stops:
            self._at_stop(key)
        elif key in self._photos.observations:
            self._show_observation(key)

    def _show_observation(self, key: str) -> None:
        name = self._photos.called(self._photos.observations[key])

        def act(chosen: list[Photo]) -> Notice:
            count = attach_all(self.desk.session, chosen, key)
            words = ngettext("{n} foto visar nu {name}.", "{n} foton visar nu {name}.", count)
            return told(words.format(n=count, name=name), count)

        self._done(act)

    def _detach(self) -> None:
        attached = [each for each in self.chosen if self._photos.shows(each) is not None]
        count = attach_all(self.desk.session, attached, None)
        words = ngettext("{n} foto lossat.", "{n} foton lossade.", count)
        self.desk.say(told(words.format(n=count), count))
