"""Granska: what is to be gone through after a walk, one thing after the other, until the protocol can be made."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from app.base.words import _
from app.domain.change import News
from app.domain.records import Measure, Observation, Photo, Stop
from app.domain.values import Position, known
from ui.widgets.button import Button, lit
from ui.widgets.desk import Desk, Place
from ui.widgets.field_screen import Looking
from ui.widgets.flow import Flow
from ui.widgets.look import icon_named
from ui.widgets.notice import empty_state
from ui.widgets.page import Head, Screen, Scroll
from ui.widgets.progress import Bar
from ui.widgets.review_card import ReviewCard
from ui.widgets.review_rows import Inbox, Progress
from ui.widgets.rows import RowList
from ui.widgets.text import Heading, Label, Surface, column, held, row
from ui.widgets.things import PRACTISED

PANES = 860
"""From this width on (÷ text scale) list and card stand beside each other."""

LIST = 330
"""How wide the list is beside the card, at 100 %."""

CLOSE = 17.0
"""The map is so near when it shows one thing."""

KEYS = 4
"""So many choices have a key."""

PAGES = {Observation.KIND: "observation", Measure.KIND: "measure", Photo.KIND: "photo"}


class ReviewScreen(Screen):
    """The list, and beside it or on a page of its own the card of what one is at. `place.item` is its key;
    `place.part` how far one has come."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self._progress = Progress.of(place.part)
        self._inbox: Inbox | None = None
        self._card: ReviewCard | None = None
        self._key = place.item
        self._place = 0
        self._across = QHBoxLayout()
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(0)
        self._add_head()
        self._add_list()
        self._add_card()
        self._done, self._none = self._all_done(), self._nothing_yet()
        self._both = held(self._across)
        for each in (self._both, self._done, self._none):
            self.box.addWidget(each, 1)
        self.heading = self._heading
        self._soon = QTimer(self, singleShot=True, interval=120)
        self._soon.timeout.connect(self._follow)
        if desk.session.settings.letters:
            self._add_keys()

    # Building

    def _add_head(self) -> None:
        """Over the card, where it has a page of its own."""
        following = Button(self.look, _("Nästa"), icon_named("action", "forward"))
        following.clicked.connect(lambda: self._step(1))
        self._head = Head(self.desk, _("Granska"), back=_("Tillbaka"), actions=(following,), leave=self.step_back)
        self.box.addWidget(self._head)

    def _add_list(self) -> None:
        look = self.look
        self._heading, self._left = Heading(look, _("Granska"), "h2"), Label(look, "", "h3")
        self._left.setWordWrap(False)
        self._bar = Bar(look)
        title = row(self._heading, self._left, spacing=8)
        title.setStretch(0, 1)
        head = column(held(title), self._bar, spacing=8)
        head.setContentsMargins(16, 12, 16, 8)
        self._rows = RowList(look, _("Att granska"), self.desk.pictures, marks_current=True)
        self._rows.opened.connect(self._open)
        self._rows.moved.connect(lambda _key: self._soon.start())
        self._side = Surface(look, "bg", edge="right")
        box = QVBoxLayout(self._side)
        box.setContentsMargins(0, 0, 1, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(self._rows, 1)
        self._across.addWidget(self._side)

    def _add_card(self) -> None:
        look = self.look
        self._where = Label(look, "", "meta", "text2")
        self._cards = QVBoxLayout()
        self._opener = Button(look, "", icon_named("action", "forward"), kind="quiet")
        self._opener.clicked.connect(self._open_record)
        self._on_map = Button(look, _("Visa på kartan"), icon_named("action", "map"), kind="quiet")
        self._on_map.clicked.connect(self._show_on_map)
        self._later = Button(look, _("Ta det sen"), "clock-outline", kind="quiet")
        self._later.clicked.connect(self._put_last)
        ways = Flow(look.gap)
        for each in (self._opener, self._on_map, self._later):
            ways.addWidget(each)
        told = _("J nästa, K förra, 1–4 välj, U ångra, V karta, F1 alla genvägar")
        self._keys_told = Label(look, told, "meta", "text2")
        content = QWidget()
        box = QVBoxLayout(content)
        side = 20 if look.scale < 1.5 else 14
        box.setContentsMargins(side, 14, side, 20)
        box.setSpacing(12)
        box.addWidget(self._where)
        box.addLayout(self._cards)
        box.addWidget(held(ways))
        box.addWidget(self._keys_told)
        box.addStretch(1)
        self._pane = Scroll(look, content)
        self._across.addWidget(self._pane, 1)

    def _all_done(self) -> QWidget:
        protocol = lit(self.look, _("Till protokollet"), icon_named("nav", "protocol"))
        protocol.clicked.connect(lambda: self.desk.go(Place("protocol", self.place.walk)))
        icon = icon_named("state", "done")
        return empty_state(self.look, icon, _("Allt är granskat."), _("Protokollet kan göras klart."), protocol)

    def _nothing_yet(self) -> QWidget:
        text = _("Det som behöver ses över efter vandringen står här.")
        return empty_state(self.look, icon_named("nav", "review"), _("Inget att granska än"), text)

    def _add_keys(self) -> None:
        acts: dict[str, Callable[[], None]] = {
            "J": lambda: self._step(1), "K": lambda: self._step(-1), "U": self.desk.undo, "V": self._show_on_map,
        }  # fmt: skip
        acts |= {str(number): partial(self._press, number) for number in range(1, KEYS + 1)}
        for key, act in acts.items():
            # Whoever types in a text types: a field with the focus takes the key before.
            QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WindowShortcut).activated.connect(act)

    # Arranging

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may have room for the card beside the list."""
        super().resizeEvent(event)
        self._arrange()

    def _beside(self) -> bool:
        return self.effective_width() >= PANES

    def _arrange(self) -> None:
        beside, left = self._beside(), self._inbox is None or bool(self._inbox.items)
        alone = bool(self.place.item) and not beside
        self._head.setVisible(alone and left)
        self._both.setVisible(left)
        self._side.setVisible(not alone)
        self._pane.setVisible(beside or alone)
        anything = self._inbox is not None and bool(self._inbox.things.observations)
        self._done.setVisible(not left and anything)
        self._none.setVisible(not left and not anything)
        self._keys_told.setVisible(beside and self.desk.session.settings.letters)
        self._side.setMaximumWidth(round(LIST * self.look.scale) if beside else 16777215)
        self._side.setMinimumWidth(round(LIST * self.look.scale) if beside else 0)
        if left and self._inbox is not None and (beside or alone):
            self._show_card()

    # What is so

    def refresh(self, _news: Mapping[str, News]) -> None:
        """Show what is left. What is finished gives way to the next."""
        self.flush()
        inbox = Inbox(self.desk.session, self.desk.shelf, self.place.walk, self._progress.later)
        self._inbox = inbox
        self._progress = Progress(max(self._progress.most, inbox.count), inbox.later)
        keys = list(inbox.items)
        if self._key not in inbox.items:
            self._key = keys[min(self._place, len(keys) - 1)] if keys else ""
        self._place = keys.index(self._key) if keys else 0
        self._rows.show_rows(inbox.rows())
        if self._beside() or self.place.item:
            self._rows.choose(self._key, tell=False)
        self._tell_left(inbox)
        self._keep()
        self._arrange()

    def _tell_left(self, inbox: Inbox) -> None:
        most = self._progress.most
        self._left.setText(_("{n} kvar").format(n=inbox.count))
        self._bar.show_share(most - inbox.count, most)
        done = _("{n} av {total} granskade").format(n=most - inbox.count, total=most)
        self._bar.setAccessibleName(done)
        self._head.say(_("Granska"), _("{n} kvar").format(n=inbox.count))

    def _keep(self) -> None:
        """Whoever comes back finds the same thing, and what was put last is last."""
        item = self._key if self._beside() or self.place.item else ""
        place = replace(self.place, item=item, part=self._progress.as_part())
        if place != self.place:
            self.place = place
            self.desk.stay(place)

    def _show_card(self) -> None:
        inbox = self._inbox
        item = inbox.items.get(self._key) if inbox is not None else None
        if inbox is None or item is None:
            return
        old = self._card
        if old is None or old.item.key != item.key or not old.goes_on(inbox):
            focus = QApplication.focusWidget()
            had_focus = old is not None and focus is not None and old.isAncestorOf(focus)
            self._put_away()
            self._card = ReviewCard.of(self.desk, inbox, item)
            self._cards.addWidget(self._card)
            self._pane.verticalScrollBar().setValue(0)
            if had_focus:
                self._focus_card()
        place = _("{n} av {total}").format(n=inbox.place(item.key), total=len(inbox.items))
        practised = _(PRACTISED) if inbox.is_practised(item) else ""
        self._where.setText(". ".join(each for each in (place, practised) if each))
        called = inbox.called(item)
        self._opener.setVisible(item.kind in PAGES and item.count == 1 and inbox.record(item) is not None)
        self._opener.setText(_("Öppna {name}").format(name=called))
        self._opener.setAccessibleName(self._opener.text())
        self._opener.updateGeometry()
        self._on_map.setVisible(self._position() is not None)
        self._on_map.setAccessibleName(_("Visa {name} på kartan").format(name=called))
        self._name_keys()

    def _name_keys(self) -> None:
        if self._card is None or not self.desk.session.settings.letters:
            return
        for number, button in enumerate(self._card.acts()[:KEYS], start=1):
            button.set_cap(str(number))

    def _focus_card(self) -> None:
        acts = self._card.acts() if self._card is not None else []
        (acts[0] if acts else self._heading).setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_away(self) -> None:
        if self._card is not None:
            self._card.flush()
            self._cards.removeWidget(self._card)
            self._card.hide()
            self._card.deleteLater()
            self._card = None

    # What a press does

    def _open(self, key: str) -> None:
        self._soon.stop()
        if self._beside():
            self._turn_to(key)
        elif self._inbox is not None and key in self._inbox.items:
            self._key, self._place = key, self._inbox.place(key) - 1
            self._stay(key)
            self._focus_card()

    def step_back(self) -> None:
        """From a card that has a page of its own to the list."""
        if self._beside() or not self.place.item:
            self.desk.back()
            return
        self.flush()
        self._stay("")
        self._rows.choose(self._key, tell=False)
        self._rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stay(self, item: str) -> None:
        """The card has a page of its own from now on, or the list has."""
        self.place = replace(self.place, item=item)
        self.desk.stay(self.place)
        self._arrange()

    def _follow(self) -> None:
        """The card follows the row that is current."""
        if self._beside() and self._rows.current_key():
            self._turn_to(self._rows.current_key())

    def _turn_to(self, key: str) -> None:
        if self._inbox is None or key not in self._inbox.items or key == self._key:
            return
        self._key, self._place = key, self._inbox.place(key) - 1
        self._rows.choose(key, tell=False)
        self._keep()
        self._show_card()

    def _step(self, by: int) -> None:
        keys = list(self._inbox.items) if self._inbox is not None else []
        if not keys:
            return
        key = keys[(self._place + by) % len(keys)]
        if self._beside() or self.place.item:
            self._turn_to(key)
        else:
            # In the list alone the first step marks where one is, and Enter opens it.
            key = key if self._rows.current_key() else keys[self._place]
            self._rows.choose(key, tell=False)
            self._rows.setFocus(Qt.FocusReason.OtherFocusReason)
            self._key, self._place = key, keys.index(key)

    def _press(self, number: int) -> None:
        acts = self._card.acts() if self._card is not None and self._pane.isVisible() else []
        if number <= len(acts):
            acts[number - 1].click()

    def _put_last(self) -> None:
        later = tuple(key for key in self._progress.later if key != self._key)
        self._progress = replace(self._progress, later=(*later, self._key))
        keys = list(self._inbox.items) if self._inbox is not None else []
        others = [key for key in keys if key != self._key]
        self._key = others[self._place % len(others)] if others else self._key
        self.refresh({})

    def _open_record(self) -> None:
        item = self._inbox.items.get(self._key) if self._inbox is not None else None
        if item is not None:
            self.desk.go(Place(PAGES[item.kind], self.place.walk, item.record))

    def _position(self) -> Position | None:
        """Where it is: its own place, or that of its stop."""
        inbox = self._inbox
        item = inbox.items.get(self._key) if inbox is not None else None
        record = inbox.record(item) if inbox is not None and item is not None and item.count == 1 else None
        if isinstance(record, Observation | Stop | Photo):
            return known(record.position, Position)
        return None

    def _show_on_map(self) -> None:
        place = self._position()
        if place is not None:
            self.desk.go(Place("walk", self.place.walk, part=str(Looking(at=place, zoom=CLOSE))))

    def flush(self) -> None:
        """Keep what is being typed."""
        if self._card is not None:
            self._card.flush()
