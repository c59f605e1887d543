"""Noting an observation in four presses: what it is about, what exactly, how serious and a photo.

The first press writes it; every press after that changes it. Nothing is lost by leaving, at any step: what is not
finished is left to be completed. Which step one is at stands in the place, so that the program reopens there.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.base.words import _
from app.commands.noting import call_danger, choose_category, choose_item, rate
from app.commands.observations import observe
from app.commands.records import set_fields
from app.domain.change import News
from app.domain.records import Observation
from app.domain.values import Severity, known
from ui.bridge.media import media_of
from ui.widgets.button import Button, lit
from ui.widgets.category_grid import CategoryGrid
from ui.widgets.desk import Desk, Place
from ui.widgets.fields import PLACE_NOT_PEOPLE
from ui.widgets.flow import Ranks
from ui.widgets.group import ARROWS, KeyGroup
from ui.widgets.item_rows import ItemRows, place_words
from ui.widgets.look import icon_named
from ui.widgets.noting import NO_STOP, Spot, Step, add_shown, kept, noted_values, spoken_of
from ui.widgets.page import Foot, Screen, Scroll, is_single
from ui.widgets.photo_area import PhotoArea
from ui.widgets.photo_button import PhotoButton
from ui.widgets.photo_words import photo_files
from ui.widgets.severity_step import SeverityStep
from ui.widgets.shutter import Wanted, shutter_of
from ui.widgets.steps import StepHead, StepMark
from ui.widgets.stop_rows import StopRows
from ui.widgets.text import Label
from ui.widgets.things import Things
from ui.widgets.voice import VoiceButton
from ui.widgets.words import clock_words

PEOPLE = "activity"
"""The category in which one comes to speak of people."""

NEEDS_OBSERVATION = ("items", "severity", "text")


class ObserveScreen(Screen):
    """One step at a time. `place.item` is the observation once there is one, `place.part` the step (`noting.Step`)."""

    chromeless = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk.in_field(), place)
        self._things = Things(desk.shelf, place.walk)
        self._seen = desk.shelf.one(Observation, place.walk, place.item) if place.item else None
        self.step = Step.of(place.part)
        if self._seen is None and self.step.name in NEEDS_OBSERVATION:
            self.step = self.step.to("category")
        self.spot = Spot(self._things, self.step, self._seen)
        self._last: SeverityStep | None = None
        self._strip: PhotoArea | None = None
        self._speak: VoiceButton | None = None
        self._keys: Callable[[QKeyEvent], bool] = lambda _event: False
        pages: Mapping[str, Callable[[], None]] = {
            "category": self._category, "items": self._items, "usual": self._usual, "stops": self._stops,
            "severity": self._severity, "text": self._severity,
        }  # fmt: skip
        pages[self.step.name]()
        # What is laid out first is what will be seen.
        self.refresh({})

    # What every step has

    @property
    def _checklist(self) -> Any:
        return self.desk.shelf.checklist

    def _head(self, title: str, number: int, *, changes: bool = True, detail: str = "") -> None:
        back = (_("Tillbaka"), self.step_back)
        if self.step.name == "category" and not self._seen:
            back = (_("Karta"), self.desk.back)
        self.head = StepHead(
            self.look, title, back, detail=detail or self._where(),
            change=(lambda: self._go("stops", self.step.name)) if changes else None,
            change_name=_("Välj ett annat stopp"), mark=StepMark(self.look, number) if number else None,
        )  # fmt: skip
        self.heading = self.head.heading
        self.box.addWidget(self.head)

    def _where(self) -> str:
        moment = self._seen.observed_at if self._seen else self.desk.session.clock()
        return f"{self.spot.words()}, {clock_words(moment, self._things.zone)}"

    def _body(self, *parts: QWidget, tail: bool = False) -> None:
        """What scrolls where there is too little room; with `tail` a gap stands last."""
        content = QWidget()
        box = QVBoxLayout(content)
        box.setContentsMargins(16, 14, 16, 14)
        box.setSpacing(12)
        for each in parts:
            box.addWidget(each)
        if tail:
            # The last part grows as far as it may before the gap does.
            box.setStretch(len(parts) - 1, 1000)
            box.addStretch(1)
        self.box.addWidget(Scroll(self.look, content), 1)

    def _foot(self, *buttons: Button) -> None:
        self.box.addWidget(Foot(self.look, Ranks(buttons, self.look.gap)))

    def _button(self, text: str, icon: str, act: Callable[[], None], **said: Any) -> Button:
        made = Button(self.look, text, icon, least=76, **said)
        made.clicked.connect(lambda _on: act())
        return made

    def _voice(self, *, ends: bool = True) -> VoiceButton:
        walk = self.place.walk
        self._speak = VoiceButton(self.desk, walk, _("Berätta"), self._spoken_of, ends=ends, least=76)
        return self._speak

    def _go(self, name: str, came_from: str = "") -> None:
        item = self._seen.id if self._seen else ""
        self.desk.swap(Place("observe", self.place.walk, item, str(self.step.to(name, came_from))))

    def step_back(self) -> None:
        """To the step before; from the first one to the walk."""
        before = {"items": "category", "text": "items", "severity": "items"}
        name = self.step.came_from or before.get(self.step.name, "")
        if self.step.name == "usual":
            name = self.step.came_from or "category"
        if name == "items" and not (self._seen and self._seen.category):
            name = "category"
        if name:
            self._go(name)
        else:
            self.desk.back()

    # What a press writes

    def _noted(self, values: Mapping[str, Any]) -> str:
        """The observation of this page: changed where there is one, else begun at this spot. Returns its id."""
        said = {**values, **noted_values(self.desk, self.spot, self.step)}
        return observe(self.desk.session, self.place.walk, said)

    def _open(self, item: str, name: str) -> None:
        self.desk.swap(Place("observe", self.place.walk, item, str(self.step.to(name))))

    def _about(self, category: str) -> None:
        if self._seen is None:
            self._open(self._noted({"category": category}), "items")
            return
        choose_category(self.desk.session, self._seen, category)
        self._go("items")

    def _exactly(self, item: str) -> None:
        seen = self._seen.id if self._seen else self._noted({"item": item})
        if self._seen is not None:
            choose_item(self.desk.session, self._seen, item)
        if self._checklist.item(item).severity == Severity.DANGER:
            self._alarm(seen)
        else:
            self._open(seen, "severity")

    def _rate(self, severity: Severity) -> None:
        assert self._seen is not None
        rate(self.desk.session, self._seen, severity)
        if severity == Severity.DANGER:
            self._alarm(self._seen.id)
            return
        self.desk.bell.settle()

    def _danger(self) -> None:
        """Pressed instead of a tile: whoever went back to the tiles has chosen none of them."""
        if self._seen is None:
            self._alarm(self._noted({"severity": Severity.DANGER}))
            return
        call_danger(self.desk.session, self._seen)
        self._alarm(self._seen.id)

    def _alarm(self, item: str) -> None:
        self.desk.swap(Place("acute", self.place.walk, item))

    def _photograph(self) -> None:
        """With the camera that there is: at once where it is seen through, else on its page. Without one: photos that
        lie as files, for the camera is another program's."""
        live, walk = self._last.live if self._last else None, self._things.walk
        if live is not None and live.isVisible() and self._seen is not None and walk is not None:
            shutter_of(self.desk).take(live, Wanted(walk, self._seen.id))
            return
        if media_of(self.desk.runner).sees:
            item = self._seen.id if self._seen else ""
            go = self.desk.go if item else self.desk.swap
            go(Place("camera", self.place.walk, item, str(self.step)))
            return
        paths = self.desk.choose_files(self, _("Välj foton"), photo_files())
        if not paths:
            return
        begun = self._seen is None
        item = self._seen.id if self._seen else self._noted({})
        session, desk = self.desk.session, self.desk
        (observation,) = session.read(Observation, {"id": item})
        add_shown(desk, observation, paths)
        if begun:
            self._open(item, "category")

    def _spoken_of(self) -> Mapping[str, Any]:
        item = self._seen.id if self._seen else self._noted({})
        if self._seen is None:
            QTimer.singleShot(0, self, lambda: self._open(item, "category"))
        return spoken_of(self.desk, observation=item)

    def _done(self) -> None:
        self.flush()
        self.desk.bell.settle()
        seen = self._seen
        self.desk.back()
        if seen is not None:
            self.desk.say(kept(self.desk, seen))

    # The steps

    def _category(self) -> None:
        self._head(_("Vad gäller det?"), 1)
        categories = self._checklist.categories
        grid = CategoryGrid(self.look, categories, str(self._seen.category) if self._seen else "")
        grid.chosen.connect(self._about)
        self._strip = PhotoArea(self.look, self.desk.pictures, strip=True)
        self._body(self._strip, grid)
        usual = self._button(_("Vanligt här"), "clipboard-list-outline", lambda: self._go("usual", "category"))
        photo = self._button(_("Foto först"), icon_named("action", "photo"), self._photograph)
        danger = self._button(_("Fara nu"), "", self._danger, kind="danger", severity=Severity.DANGER, icon_size=32)
        self._foot(usual, photo, self._voice(ends=False), danger)
        letters = {each.letter.lower(): each.id for each in categories}
        self._keys = lambda event: self._pressed(letters.get(event.text().lower()), self._about)

    def _items(self) -> None:
        assert self._seen is not None
        category = str(self._seen.category)
        known_here = {each.id: each for each in self._checklist.categories}
        if category not in known_here:
            self.step = self.step.to("category")
            self._category()
            return
        self._head(str(known_here[category].tile), 2)
        items = self._checklist.items_for(category, self.spot.place_type)
        own = {each.id for each in self._checklist.items_of(self.spot.place_type)}
        first = self.spot.type_word() if any(each.id in own for each in items) else ""
        self._rows(ItemRows(self.look, items, self._seen.item), place_words(first, len(items), usual=False), category)
        words = self._button(_("Egna ord"), icon_named("action", "edit"), lambda: self._go("text"))
        usual = self._button(_("Vanligt här"), "clipboard-list-outline", lambda: self._go("usual", "items"))
        self._foot(words, usual, self._voice())

    def _usual(self) -> None:
        self._head(_("Vanligt här"), 2)
        items = self._checklist.items_of(self.spot.place_type)
        rows = ItemRows(self.look, items, self._seen.item if self._seen else None, self._checklist)
        self._rows(rows, place_words(self.spot.type_word(), len(items), usual=True))
        every = self._button(_("Alla ämnen"), "view-grid-outline", lambda: self._go("category"))
        self._foot(every, self._voice())

    def _rows(self, rows: ItemRows, line: str, category: str = "") -> None:
        rows.chosen.connect(self._exactly)
        parts: list[QWidget] = [Label(self.look, line, "meta", "text2")]
        if category == PEOPLE:
            parts.append(Label(self.look, _(PLACE_NOT_PEOPLE), "strong", "warn"))
        self._body(*parts, rows, tail=True)
        by_digit = dict(zip("123456789", rows.rows, strict=False))

        def keys(event: QKeyEvent) -> bool:
            if event.text().lower() == "e" and self._seen is not None:
                self._go("text")
                return True
            return self._pressed(by_digit.get(event.text()), self._exactly)

        self._keys = keys

    def _stops(self) -> None:
        self._head(_("Vilket stopp?"), 0, changes=False)
        rows = StopRows(self.look, self._things, self.spot.stop)
        rows.chosen.connect(self._move)
        self._body(rows, tail=True)

    def _move(self, stop: str) -> None:
        """Where it is: at another stop, or along the way."""
        self.step = replace(self.step, stop=stop or NO_STOP)
        if self._seen is not None and (known(self._seen.stop, str) or "") != stop:
            set_fields(self.desk.session, self._seen, {"stop": stop or None})
        self._go(self.step.came_from or "category")

    def _severity(self) -> None:
        assert self._seen is not None
        detail = self._things.called(self._seen)
        self._head(_("Allvar och foto"), 3, changes=False, detail=detail)
        self._last = last = SeverityStep(self.desk)
        last.rated.connect(self._rate)
        last.photo_wanted.connect(self._photograph)
        last.lamp_wanted.connect(self._lamp)
        last.text_opened.connect(self._text_opened)
        self.box.addWidget(Scroll(self.look, last), 1)
        self._buttons()
        if self.step.name == "text":
            last.show_text()
            self.heading = last.text.editor
        self._keys = self._severity_keys

    def _buttons(self) -> None:
        self._without = self._button(_("Klar utan foto"), "check", self._done)
        self._take = PhotoButton(self.desk)
        self._take.clicked.connect(lambda _on: self._photograph())
        self._more = self._button(_("Ett foto till"), icon_named("action", "photo"), self._photograph)
        self._ready = lit(self.look, _("Klar"), "check", least=92, rank="h2", icon_size=36)
        self._ready.clicked.connect(lambda _on: self._done())
        foot = Foot(self.look, self._without, self._more, self._voice(), self._take, self._ready)
        self.box.addWidget(foot)
        for place, share in enumerate((2, 2, 2, 3, 3)):
            foot.layout().setStretch(place, share)  # type: ignore[union-attr]

    def _lamp(self) -> None:
        assert self._seen is not None
        self.flush()
        self.desk.swap(Place("lamp", self.place.walk, self._seen.id, str(self.step.to("severity"))))

    def _text_opened(self) -> None:
        self.step = self.step.to("text")
        self.desk.stay(Place("observe", self.place.walk, self.place.item, str(self.step)))

    # Keys

    @staticmethod
    def _pressed(chosen: str | None, act: Callable[[str], None]) -> bool:
        if chosen is None:
            return False
        act(chosen)
        return True

    def _severity_keys(self, event: QKeyEvent) -> bool:
        assert self._last is not None
        if event.key() == Qt.Key.Key_Space:
            self._photograph()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._done()
        elif event.text() in set("01234") and event.text() and not self._last.chooser.isHidden():
            self._rate(Severity(int(event.text())))
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Single keys, where a person has not switched them off and types no text."""
        bare = is_single(event)
        typing = isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)
        if self.desk.session.settings.letters and bare and not typing and self._keys(event):
            return
        # A page opens with its heading: an arrow goes from there to what is chosen from.
        if bare and event.key() in ARROWS and self.head.heading.hasFocus():
            any(each.enter() for each in self.findChildren(KeyGroup))
            return
        super().keyPressEvent(event)

    # What is so

    def refresh(self, _news: Mapping[str, News]) -> None:
        """Show what is so now. What has been undone or deleted is begun anew."""
        self._things = Things(self.desk.shelf, self.place.walk)
        if self.place.item:
            found = self.desk.shelf.one(Observation, self.place.walk, self.place.item)
            if found is None and self._seen is not None:
                self._seen = None
                QTimer.singleShot(0, self, lambda: self._go("category"))
                return
            self._seen = found
        self.spot = Spot(self._things, self.step, self._seen)
        if self._speak is not None:
            self._speak.show_now()
        if self._strip is not None:
            photos = self._things.photos_of(self._seen) if self._seen else []
            self._strip.setVisible(bool(photos))
            self._strip.show_photos(photos)
        if self._last is not None and self._seen is not None:
            self._show_last(self._last, self._seen)

    def _show_last(self, last: SeverityStep, seen: Observation) -> None:
        last.show_observation(self._things, seen, self.spot)
        photographed = bool(self._things.photos_of(seen))
        # What is hidden goes first: two lit buttons are never seen together.
        for button in (self._without, self._take) if photographed else (self._more, self._ready):
            button.hide()
        for button in (self._more, self._ready) if photographed else (self._without, self._take):
            button.show()
        self.head.say(self._things.called(seen))

    def flush(self) -> None:
        """Write what is still being typed."""
        if self._last is not None:
            self._last.form.flush()
