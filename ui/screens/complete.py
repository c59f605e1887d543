"""Komplettera: what is still unclear, the most urgent first, to be settled in place. Everything is saved already."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.base.words import _
from app.commands.noting import rate
from app.commands.records import delete, set_fields
from app.domain.change import News
from app.domain.records import Observation, Photo, Stop
from app.domain.rules import severity_of
from app.domain.values import ObservationKind, Severity, label_of
from app.queries.incomplete import Incomplete, Lack
from ui.widgets.button import Button, lit
from ui.widgets.card import Cards
from ui.widgets.chip import Chip
from ui.widgets.desk import Desk, Place
from ui.widgets.field_screen import FieldScreen
from ui.widgets.flow import Flow, FlowGrid
from ui.widgets.lacks import CHIPS
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice, empty_state
from ui.widgets.page import Foot
from ui.widgets.photo_strip import Shot, Thumb
from ui.widgets.severity_chooser import SeverityChooser
from ui.widgets.text import Heading, Label, Surface, column, held, row
from ui.widgets.things import PRACTISED, Things, practised_chip, stop_title
from ui.widgets.walk_over import ended
from ui.widgets.walk_round import Round
from ui.widgets.words import clock_words

AT_ONCE = 40
"""So many cards are shown, and so many more at a press."""

MORE, GOOD = "more", "good"
"""Keys of what is no observation's card."""

ACT = 56
"""The least height of a button on a card."""


class CompleteScreen(FieldScreen):
    """A card for each observation that lacks something; at most two buttons on each."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self._cards: dict[str, tuple[object, QWidget]] = {}
        self._inside: dict[str, QWidget] = {}
        self._most = AT_ONCE
        self.heading = Heading(self.look, _("Komplettera"), "h1")
        self._told = Label(self.look, "", "meta", "text2")
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self._list.setContentsMargins(0, 0, 0, 0)
        cards = QWidget()
        cards.setLayout(self._list)
        page = Cards(self.look, held(column(self.heading, self._told, spacing=2)), cards, centred=True)
        self._next = lit(self.look, "", "", least=80)
        self._next.clicked.connect(lambda _on: self.desk.go(Place(self._leads_to, place.walk)))
        self._show_next()
        self.stacked(page, Foot(self.look, self._next))

    # What is so

    @property
    def _leads_to(self) -> str:
        return "protocol" if ended(self.desk, self.place.walk) is not None else "finish"

    def _show_next(self) -> None:
        """The end of the walk; once that is behind, the protocol."""
        ends = self._leads_to == "finish"
        self._next.setText(_("Avsluta vandringen") if ends else _("Till protokollet"))
        self._next.icon_name = icon_named("action", "next_stop") if ends else icon_named("nav", "protocol")
        self._next.setAccessibleName(self._next.text())
        self._next.updateGeometry()

    def refresh(self, _news: Mapping[str, News]) -> None:
        """Ask what is incomplete. Cards that say the same as before stay as they are."""
        self._things = things = Things(self.desk.shelf, self.place.walk)
        left = things.incomplete
        told = _("{n} kvar. Allt är redan sparat, det här gör det bara lättare att förstå sen.").format(n=len(left))
        self._told.setText(told if left else _("Allt är sparat."))
        self._show_next()
        cards: dict[str, tuple[object, QWidget]] = {}
        for one in left[: self._most]:
            key = one.observation.id
            said = (one.lacks, things.row(one.observation), things.stops)
            before = self._cards.get(key)
            cards[key] = before if before and before[0] == said else (said, self._card(one))
        if len(left) > self._most:
            cards[MORE] = self._cards.get(MORE) or (None, self._rest())
            self._more.setText(_("och {n} till").format(n=len(left) - self._most))
            self._more.setAccessibleName(self._more.text())
        if not left:
            cards[""] = self._cards.get("") or (None, self._nothing())
        if not any(each.kind == ObservationKind.POSITIVE for each in things.observations):
            cards[GOOD] = self._cards.get(GOOD) or (None, self._something_good())
        self._show(cards)
        self.tabs.show_left()

    def _show(self, cards: dict[str, tuple[object, QWidget]]) -> None:
        kept = {id(widget) for _said, widget in cards.values()}
        gone = [(key, widget) for key, (_said, widget) in self._cards.items() if id(widget) not in kept]
        focus: QWidget | None = QApplication.focusWidget()
        places = [self._list.indexOf(each) for _key, each in gone if focus is not None and each.isAncestorOf(focus)]
        for key, widget in gone:
            self._inside.pop(key, None)
            self._list.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._cards = cards
        for place, (_said, widget) in enumerate(cards.values()):
            if self._list.indexOf(widget) != place:
                self._list.insertWidget(place, widget)
        for _said, widget in cards.values():
            widget.show()
        # Each card finds its height only when it has its width: all of that before anything is seen.
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        if places:
            self._go_on_from(places[0])

    def _go_on_from(self, place: int) -> None:
        """The focus goes to the card that has come to where the finished one was."""
        item = self._list.itemAt(min(place, self._list.count() - 1))
        card = item.widget() if item is not None else None
        following = card.findChild(Button) if card is not None else None
        (following or self.heading or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _rest(self) -> QWidget:
        self._more = Button(self.look, "", "chevron-down", least=ACT)
        self._more.clicked.connect(lambda _on: self._show_more())
        return held(row(self._more))

    def _show_more(self) -> None:
        self._most += AT_ONCE
        self.refresh({})

    def _nothing(self) -> QWidget:
        text = _("Allt ni har noterat går att förstå efteråt.")
        return empty_state(self.look, icon_named("state", "done"), _("Inget att komplettera. Ta en fika."), text)

    def _something_good(self) -> QWidget:
        good = Button(self.look, _("Något bra"), icon_named("action", "new"), least=ACT)
        good.clicked.connect(lambda _on: self._observe())
        words = held(column(Label(self.look, _("Inget bra är noterat än"), "strong"),
                            Label(self.look, _("Såg ni något som är värt att värna?"), "meta"), spacing=2))  # fmt: skip
        surface = Surface(self.look, "okBg", line="ok", radius=12)
        box = row(words, good, margin=16, spacing=14)
        box.setStretch(0, 1)
        surface.setLayout(box)
        return surface

    def _observe(self) -> None:
        here = Round.now(self.desk.session, self._things).here
        self.desk.go(Place("observe", self.place.walk, part=f"stop:{here.id}" if here is not None else ""))

    # A card

    def _card(self, one: Incomplete) -> QWidget:
        things, seen = self._things, one.observation
        surface = Surface.card(self.look)
        title = things.called(seen)
        where = ", ".join(each for each in (things.where(seen), clock_words(seen.observed_at, things.zone)) if each)
        flow = Flow(8)
        if seen.id in things.practised:
            flow.addWidget(Chip(self.look, *practised_chip()))
        for lack in one.lacks:
            word, icon, kind = CHIPS[lack]
            flow.addWidget(Chip(self.look, _(word), icon_named("state", icon), kind))
        words = column(Label(self.look, title, "h3"), Label(self.look, where, "meta", "text2"), held(flow), spacing=4)
        words.addSpacing(6)
        text = str(seen.text or "")
        if text.strip() and text.strip() not in title:
            words.insertWidget(1, Label(self.look, text))
        words.addWidget(FlowGrid(self.look, self._acts(one, words), least=170, most=2, spacing=self.look.gap))
        photos = [each for each in things.photos_of(seen) if each.thumb]
        box = row(held(words), margin=12, spacing=14)
        if photos and self.look.scale < 1.5:
            box.insertWidget(0, self._thumb(photos[0]), 0, Qt.AlignmentFlag.AlignTop)
        box.setStretch(box.count() - 1, 1)
        surface.setLayout(box)
        practised = (_(PRACTISED),) if seen.id in things.practised else ()
        surface.setAccessibleName(", ".join((title, where, *practised, *(_(CHIPS[lack][0]) for lack in one.lacks))))
        return surface

    def _thumb(self, photo: Photo) -> Thumb:
        thumb = Thumb(self.look, self.desk.pictures, Shot.of(photo, self._things.numbers.get(photo.id, "")))
        thumb.clicked.connect(lambda _on: self.desk.go(Place("photo", self.place.walk, photo.id)))
        return thumb

    def _acts(self, one: Incomplete, words: QVBoxLayout) -> list[Button]:
        """The two buttons of a card, for what is most urgent."""
        seen, lack = one.observation, one.lacks[0]
        title, walk = self._things.called(seen), self.place.walk
        first: Mapping[Lack, tuple[str, str, Callable[[], object]]] = {
            Lack.ALARM: (_("Det här är fara nu"), "alert-octagon", lambda: self.desk.go(Place("acute", walk, seen.id))),
            Lack.VERSION: (_("Granska"), icon_named("state", "conflict"), lambda: self._open(seen.id)),
            Lack.CATEGORY: (_("Välj kategori"), "tag-outline", lambda: self.desk.go(Place("observe", walk, seen.id))),
            Lack.PLACE: (_("Välj stopp"), icon_named("state", "unplaced"), lambda: self._toggle(one, words)),
            Lack.SEVERITY: (self._fits(seen), "check", lambda: self._agree(seen)),
            Lack.TEXT: (_("Skriv text"), icon_named("action", "edit"), lambda: self._write(seen.id)),
        }
        opens = (_("Öppna"), "chevron-right", lambda: self._open(seen.id))
        second: Mapping[Lack, tuple[str, str, Callable[[], object]]] = {
            Lack.SEVERITY: (_("Ändra"), icon_named("action", "edit"), lambda: self._toggle(one, words)),
            Lack.CATEGORY: (_("Ta bort"), icon_named("action", "delete"), lambda: self._delete(seen)),
        }
        buttons = list[Button]()
        # Where versions are chosen is where it opens.
        both = (first[lack],) if lack == Lack.VERSION else (first[lack], second.get(lack, opens))
        for word, icon, act in both:
            name = _("{act}: {what}").format(act=word, what=title)
            button = Button(self.look, word, icon, least=ACT, name=name, kind="danger" if lack == Lack.ALARM and
                            not buttons else "plain")  # fmt: skip
            button.clicked.connect(lambda _on, act=act: act())
            buttons.append(button)
        return buttons

    @staticmethod
    def _fits(seen: Observation) -> str:
        severity = severity_of(seen)
        return _("{severity} stämmer").format(severity=label_of(severity)) if severity is not None else ""

    def _choices(self, one: Incomplete) -> QWidget:
        """What is chosen from, once the button has opened it."""
        seen = one.observation
        if one.lacks[0] == Lack.SEVERITY:
            chooser = SeverityChooser(self.look, self.desk.shelf.checklist)
            chooser.show_severity(severity_of(seen), suggested=True)
            chooser.chosen.connect(lambda severity: self._rate(seen, severity))
            return chooser
        buttons = [self._stop_button(seen, stop) for stop in self._things.stops]
        return FlowGrid(self.look, buttons, least=220, most=2, spacing=self.look.gap)

    def _stop_button(self, seen: Observation, stop: Stop) -> Button:
        text = stop_title(self._things.numbers.get(stop.id, ""), stop)
        name = _("{what}: {stop}").format(what=self._things.called(seen), stop=text)
        button = Button(self.look, text, least=ACT, name=name, left=True)
        button.clicked.connect(lambda _on: self._place(seen, stop))
        return button

    # What a press does

    def _toggle(self, one: Incomplete, words: QVBoxLayout) -> None:
        key = one.observation.id
        opened = self._inside.pop(key, None)
        if opened is not None:
            words.removeWidget(opened)
            opened.hide()
            opened.deleteLater()
            return
        self._inside[key] = self._choices(one)
        words.addWidget(self._inside[key])

    def _open(self, key: str) -> None:
        self.desk.go(Place("observation", self.place.walk, key))

    def _write(self, key: str) -> None:
        self.desk.go(Place("observe", self.place.walk, key, "text"))

    def _agree(self, seen: Observation) -> None:
        severity = severity_of(seen)
        if severity is not None:
            self._rate(seen, severity)

    def _rate(self, seen: Observation, severity: Severity) -> None:
        rate(self.desk.session, seen, severity)
        text = _("Allvar {n} för {what}.").format(n=severity.value, what=self._things.called(seen).rstrip("."))
        self._done(text)

    def _place(self, seen: Observation, stop: Stop) -> None:
        set_fields(self.desk.session, seen, {"stop": stop.id})
        number = self._things.numbers.get(stop.id, "")
        self._done(_("{what} är placerad vid stopp {n}.").format(what=self._things.called(seen).rstrip("."), n=number))

    def _delete(self, seen: Observation) -> None:
        delete(self.desk.session, self.desk.shelf.as_shown(seen))
        self._done(_("{what} är borttagen.").format(what=self._things.called(seen).rstrip(".")))

    def _done(self, text: str) -> None:
        self.desk.say(Notice(text, undo=True))
