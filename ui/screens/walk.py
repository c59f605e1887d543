"""The walk, seen from the path: the stop one is at, the map, the list, and the one thing to press.

`place.part` is how one looks at it (`Looking`); which stop one is at this device keeps (`Round`).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.base.words import _
from app.commands.observations import support
from app.commands.records import set_fields
from app.commands.stops import add_stop
from app.domain.change import News
from app.domain.records import Device, Observation, Stop
from app.domain.values import Position
from ui.bridge.media import media_of
from ui.widgets.area import placed
from ui.widgets.button import Button, lit
from ui.widgets.desk import Desk, Place
from ui.widgets.field_screen import LIST, FieldScreen, Looking
from ui.widgets.look import icon_named
from ui.widgets.map_model import Mark, MarkKind
from ui.widgets.map_view import MapPane
from ui.widgets.next_bar import NextBar
from ui.widgets.notice import Notice, least_height
from ui.widgets.noting import Step, spoken_of
from ui.widgets.photo_watch import watch_of
from ui.widgets.rows import RowList
from ui.widgets.things import Things
from ui.widgets.voice import VoiceButton
from ui.widgets.walk_card import Said, WalkCard
from ui.widgets.walk_frame import Arrangement, Parts, WalkFrame
from ui.widgets.walk_live import LiveWalk
from ui.widgets.walk_marks import MADE_OF, lines_of, marks_of, seen_at_first
from ui.widgets.walk_over import WalkOver, ended_words, show_onward
from ui.widgets.walk_round import Round, arrived, be_at, kind_of, rows_of, stand_act, stood_words

PRESSED = "pressed"


class WalkScreen(FieldScreen):
    """One screen with map and list of the same content; beside each other where there is room."""

    kinds = (*MADE_OF, Device)

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        look = self.look
        name, free = _("Karta, samma innehåll finns i listan"), least_height(look)
        self.pane = MapPane(look, self.desk.tiles, name, kept_free=free)
        self.view = self.pane.view
        self.list = RowList(look, _("Stopp och iakttagelser"), self.desk.pictures)
        self.list.setMinimumHeight(self.look.target)
        self.bar, self.card = NextBar(look), WalkCard(look)
        self.heading = self.bar.name
        self.new = lit(look, _("Ny iakttagelse"), icon_named("action", "new"), rank="h2", icon_size=30)
        self.photo = Button(look, _("Foto"), icon_named("action", "photo"), over=True)
        self.voice = VoiceButton(self.desk, place.walk, _("Röst"), self._spoken_of, over=True)
        self.onward = Button(look, _("Nästa stopp"), icon_named("action", "next_stop"), over=True)
        self._things, self._round = Things(self.desk.shelf, place.walk), Round((), 0)
        self._over = WalkOver(self.desk, place.walk, self)
        self.live = LiveWalk(self.desk, place.walk, self.pane, self.bar, self, self)
        self._parts = Parts(self.strip, self.bar, self.pane, self.list, self.card, self.new, self.photo, self.voice,
                            self.onward, self.live.track, self.tabs)  # fmt: skip
        self._frame: WalkFrame | None = None
        self._how, self._arranging = Arrangement(), False
        self._looking = Looking.of(place.part)
        self._pressed: Position | None = None
        self._shown, self._fitted = "", False
        self._connect()
        walk = self._things.walk
        # Whoever put it off comes with a part, and is asked again the next time.
        if walk is not None and walk.info_shown_at is None and not (place.part or desk.guide.practises):
            QTimer.singleShot(0, self, lambda: desk.swap(Place("information", place.walk)))

    def _connect(self) -> None:
        view = self.view
        view.pressed.connect(self._press)
        view.pressed_twice.connect(self._put_card_away)
        view.mark_pressed.connect(self._choose)
        view.mark_moved.connect(self._move)
        view.around = lambda: f"{self.strip.position.accessibleName().rstrip('.')}. {self.bar.told}"
        # While a card asks which of several, none of them is meant.
        view.may_carry = lambda key: key == self._shown
        view.settled.connect(self._keep_view)
        self.list.opened.connect(self._open_row)
        self.card.turned.connect(self._show_looking)
        self.card.closed.connect(self._put_card_away)
        self.card.chosen.connect(self._show_card)
        self.new.clicked.connect(lambda _on: self._observe())
        self.photo.clicked.connect(lambda _on: self._photograph())
        for turned in (self.voice.turned, self.desk.guide.turned):
            turned.connect(self._show_looking)
        self.onward.clicked.connect(lambda _on: self._go_on())
        self._over.measured.connect(self.show_plate)
        self.obey({
            "N": self._observe, "F": self.photo.click, "S": self._go_on,
            "K": lambda: self.opens("walk"), "L": lambda: self.opens(LIST),
            "M": self.live.follow.click, "H": self.live.up.click, "P": self.live.track.click,
            "R": self.voice.press,
            "+": lambda: view.zoom_by(1), "-": lambda: view.zoom_by(-1),
        })  # fmt: skip

    # Arranging

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size may ask for another arrangement; to show its parts may ask for another size, within this call.
        Parts that are moved while they are being shown end the program: that size is looked at afterwards, once."""
        super().resizeEvent(event)
        if not self._arranging:
            self._arranging = True
            self._arrange()
            self._arrange()
            self._arranging = False

    def _arrange(self) -> None:
        how = Arrangement.of(self.width(), self.height(), self.look)
        if self._frame is not None and how == self._how:
            return
        self._how = how
        self.bar.set_low(low=how.very_low, short=how.beside and how.short)
        old, self._frame = self._frame, WalkFrame(self.look, self._parts, how, self.width())
        self.box.addWidget(self._frame)
        self._frame.show()
        if old is not None:
            old.deleteLater()
        self._show_looking()

    def notices_over(self) -> QWidget:
        """Notices lie over the map, or over the list where that is in its place."""
        in_place = not self._how.both and not (self._how.beside and self.card.is_open)
        return self.list if self._looking.as_list and in_place else self.pane

    def make_room(self, height: int) -> None:
        """Scale and attribution stay in sight."""
        self.pane.lift(height)

    # What is so

    def refresh(self, _news: Mapping[str, News]) -> None:
        """Ask for everything of the walk."""
        self._things = Things(self.desk.shelf, self.place.walk)
        self._round = Round.now(self.desk.session, self._things)
        self.show_plate()
        ways = lines_of(self.desk, self.place.walk)
        self.view.show_lines(ways, growing=self.live.growing)
        if not self._fitted:
            self._fitted = True
            if self._looking.at is not None:
                self.view.go_to(self._looking.at, self._looking.zoom)
            else:
                self.view.fit(seen_at_first(self.view.marks, ways))
            self._show_gone_on()
        self.tabs.show_left()
        self.live.show_now()
        self.voice.show_now()
        if self._shown:
            self._show_card(self._shown)

    def _show_gone_on(self) -> None:
        """One comes back from the rating of a stop, and may have gone on there."""
        here, left = self._round.here, self.place.item
        if not left:
            return
        self._stay(item="")
        if here is not None and here.id != left and isinstance(here.position, Position):
            self.view.show_also(here.position)

    def show_plate(self) -> None:
        """At which stop one is, and what comes after: on the plate, on the map and in the list."""
        # Whether it is ended comes before where one is, which goes by that.
        things, over, way = self._things, self.live.see_end(), self.live.plate
        if over is None:
            self.bar.show_round(things, way, is_asked=self.live.is_asked)
        else:
            self.bar.show_over(ended_words(self.desk, over), self._over.facts(things, over))
        marks = [way.marked(mark) for mark in marks_of(self.desk, self.place.walk)]
        self.list.show_rows(rows_of(things, marks, way))
        if self._pressed is not None:
            marks.append(Mark(PRESSED, MarkKind.PRESSED, self._pressed, _("Här tryckte du")))
        self.view.show_marks(marks)
        show_onward(self.onward, way, over=over is not None)
        if self._shown and (said := self._said(self._shown)) is not None:
            self.card.show_said(said)

    # Looking

    def opens(self, tab: str) -> bool:
        """Map and list are both here."""
        if tab not in ("walk", LIST):
            return False
        self._stay(part=str(replace(self._looking, as_list=tab == LIST)))
        self._show_looking()
        (self.list if tab == LIST else self.view).setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _show_looking(self) -> None:
        as_list = self._looking.as_list
        self.tabs.show_here(LIST if as_list else "walk")
        if self._frame is not None:
            self._frame.show_looking(as_list=as_list, card=self.card.is_open)

    def _stay(self, **said: str) -> None:
        self.place = replace(self.place, **said)
        self.tabs.place = self.place
        self._looking = Looking.of(self.place.part)
        self.desk.stay(self.place)

    def _keep_view(self) -> None:
        frame, fitted = self.view.frame, self.view.is_fitted
        if self.isVisible() and self._fitted and not (fitted and self._looking.at is None):
            self._stay(part=str(replace(self._looking, at=None if fitted else frame.middle, zoom=frame.zoom)) or "map")

    def step_back(self) -> None:
        """The card first, then the list, then the place before."""
        if self.card.is_open:
            self._put_card_away()
        elif self._looking.as_list and not self._how.both:
            self.opens("walk")
        else:
            self.desk.back()

    # The stop one is at

    def _observe(self, part: str = "") -> None:
        here = self._round.here
        if here is not None:
            # What another device notes further on does not move the people here.
            be_at(self.desk.session, self.place.walk, here.id)
        self.desk.go(Place("observe", self.place.walk, part=part or self.live.spot(self._things)))

    def _spoken_of(self) -> dict[str, Any]:
        return spoken_of(self.desk, Step.of(self.live.spot(self._things)).stop)

    def _photograph(self) -> None:
        if media_of(self.desk.runner).sees or watch_of(self.desk).is_on:
            self.desk.go(Place("camera", self.place.walk, part=self.live.spot(self._things)))
        else:
            self.desk.go(Place("photos", self.place.walk, part="import"))

    def _go_on(self) -> None:
        plate = self.live.plate
        if self.live.over is not None:
            self.desk.go(Place("finish", self.place.walk))
            return
        if plate.here is None:
            return
        if not self._round.is_here(plate.here.id):
            # Whoever goes on from where the position says they are says so too.
            self._stand(plate.here.id)
        # Who passes by does not know how it feels there. On the way back the map shows where one has gone on to.
        if self.desk.session.settings.ask_rating and not plate.bound:
            self._stay(item=plate.here.id)
            self._rate(plate.here.id)
        elif plate.next is None:
            self.tabs.open("complete")
        else:
            self.be_at(plate.next.id, sets_out=True)

    def _rate(self, stop: str) -> None:
        self.desk.go(Place("rating", self.place.walk, stop, str(self._looking)))

    @property
    def way(self) -> Round:
        """The stop one is at, and the next."""
        return self._round

    def number_of(self, stop: Stop) -> str:
        """The number of a stop."""
        return self._things.numbers.get(stop.id, "")

    def be_at(self, stop: str, *, sets_out: bool = False) -> None:
        """Say that one is at a stop, or goes there; the way back is offered."""
        before = self._round.heard(self.desk.guide)
        self._put_card_away()
        self._stand(stop, sets_out=sets_out)
        here = self._round.here
        if here is None or before.here is None:
            return
        if isinstance(here.position, Position):
            self.view.show_also(here.position)
        back = partial(self._stand, before.here.id, sets_out=before.bound)
        self.desk.say(arrived(self._things, here, before.here, back, bound=self.live.plate.bound))

    def _stand(self, stop: str, *, sets_out: bool = False) -> None:
        be_at(self.desk.session, self.place.walk, stop, self._round.heard(self.desk.guide))
        self.live.hold(stop, sets_out=sets_out)
        self.refresh({})

    # Pressing

    def _press(self, position: Position) -> None:
        self._pressed = position
        self._show_card(PRESSED)
        self.refresh({})

    def _choose(self, key: str) -> None:
        several = self.view.together(key)
        if len(several) < 2:
            self._show_card(key)
            return
        self._forget_press()
        self._shown = ""
        rows = {each.key: each for each in self.list.rows.things}
        self.card.show_several([rows[each] for each in several if each in rows])

    def _open_row(self, key: str) -> None:
        if not self._how.beside and kind_of(self._things, key) is not Stop:
            self._open(key)
            return
        self.view.choose(key)
        self._show_card(key)

    def _open(self, key: str) -> None:
        pages = {Stop: "plan", Observation: "observation"}
        self.desk.go(Place(pages.get(kind_of(self._things, key), "photo"), self.place.walk, key))

    def _forget_press(self) -> None:
        if self._pressed is not None:
            self._pressed = None
            self.view.show_marks([mark for mark in self.view.marks if mark.key != PRESSED])

    def _put_card_away(self) -> None:
        self._shown = ""
        self.card.put_away()
        self.view.choose("")
        self._forget_press()

    def _show_card(self, key: str) -> None:
        said = self._said(key)
        if said is None:
            self._put_card_away()
            return
        if key != PRESSED:
            self._forget_press()
            self.view.choose(key)
        self._shown = key
        self.card.show_said(said)

    def _said(self, key: str) -> Said | None:
        """What the card says of a thing; None where it is no longer there."""
        if key == PRESSED and self._pressed is not None:
            return self._said_of_place(self._pressed)
        found = next((each for each in self.list.rows.things if each.key == key), None)
        if found is None:
            return None
        kind = kind_of(self._things, key)
        opens = (_("Öppna"), "chevron-right", _("Öppna {what}").format(what=found.title), lambda: self._open(key))
        acts = [opens]
        title = found.title
        if kind is Stop:
            title = _("Stopp {number}, {name}").format(number=found.number, name=found.title)
            acts.insert(0, self._new_here(f"stop:{key}"))
            acts.insert(1, (_("Hur känns platsen?"), icon_named("rating", "r3"), "", lambda: self._rate(key)))
            if self.live.is_to_be_said(key, beside=self._how.keeps_bar):
                acts.insert(1, (_("Vi är här"), "map-marker", "", lambda: self.be_at(key)))
            acts[-1:] = [*stand_act(self.desk, self.place.walk, key), opens]
        elif kind is Observation:
            name = _("Fler tyckte så: {what}").format(what=found.title)
            acts.append((_("Fler tyckte så +1"), "account-multiple-plus-outline", name, lambda: self._support(key)))
        mark = self.view.mark(key)
        carried = mark is not None and mark.movable and self.pane.isVisible()
        hint = _("Dra märket till rätt plats.") if carried else stood_words(self._things, key)
        return Said(title, found.detail, found.severity, found.number, found.icon, acts, hint)

    def _said_of_place(self, at: Position) -> Said:
        adds = (_("Lägg till stopp här"), icon_named("action", "add_stop"), "", lambda: self._add_stop(at))
        acts = (self._new_here(f"at:{at.lat:.7f},{at.lon:.7f}"), adds)
        return Said(_("Här på kartan"), icon="map-marker-outline", acts=acts)

    def _new_here(self, part: str) -> tuple[str, str, str, Callable[[], None]]:
        return _("Ny iakttagelse här"), icon_named("action", "new"), "", lambda: self._observe(part)

    # Writing

    def _support(self, key: str) -> None:
        seen = self.desk.shelf.one(Observation, self.place.walk, key)
        if seen is not None:
            support(self.desk.session, seen)
            text = _("En till tyckte så: {name}.").format(name=self._things.called(seen).rstrip("."))
            self.desk.say(Notice(text, "account-multiple-plus-outline", undo=True))

    def _add_stop(self, at: Position) -> None:
        stop = add_stop(self.desk.session, self.place.walk, {"name": _("Nytt stopp"), "position": at})
        self._put_card_away()
        name = (_("Ge det ett namn"), lambda: self.desk.go(Place("plan", self.place.walk, stop)))
        self.desk.say(Notice(_("Stoppet är tillagt sist."), icon_named("action", "add_stop"), undo=True, action=name))

    def _move(self, key: str, at: Position) -> None:
        seen = self.desk.shelf.one(Observation, self.place.walk, key)
        if seen is not None:
            set_fields(self.desk.session, seen, {"position": at})
            text = _("{name} är flyttad på kartan.").format(name=self._things.called(seen).rstrip("."))
            self.desk.say(placed(self.desk.shelf, self.place.walk, at, text, icon_named("source", "hand")))
