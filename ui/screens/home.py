"""Home: the walks of this device, what comes next in each, and the ways to get one."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import N_, _, ngettext
from app.domain.change import News
from app.domain.values import label_of
from app.queries.overview import Stage, WalkCard, overview
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.desk import Desk, Place
from ui.widgets.flow import Flow
from ui.widgets.focus import focus_kept
from ui.widgets.look import icon_named
from ui.widgets.night import Night, reach_of
from ui.widgets.notice import Notice
from ui.widgets.outcome import tell_outcome
from ui.widgets.page import Screen, Scroll
from ui.widgets.search_field import SearchField
from ui.widgets.text import Heading, Icon, Label, emptied, held, row
from ui.widgets.walk_entry import WalkEntry, due_in, next_step, state_of, unsent_of, where_is
from ui.widgets.words import moment_words

HERO_HEIGHT = 292
SCROLL_BAR = 14
LEAST_FOR_HERO = 600
"""Below this height of the window the picture gives way to the walks."""
FIRST_WORDS = N_(
    "Gå en runda, skriv och fotografera det ni ser. Allt sparas på den här enheten direkt. "
    "Efteråt blir det ett protokoll med åtgärder som någon ansvarar för."
)
"""What this is, said at the first start."""
LEAST_FOR_ROWS = 760
"""Below this effective width the parts of a walk's card lie under each other."""


Said = tuple[str, str, str]
"""A state of a walk: word, icon, kind."""


class HomeScreen(Screen):
    """The first page."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self._cards: list[WalkCard] = []
        self._asked = False
        self._upcoming: WalkCard | None = None
        self._entries: dict[str, WalkEntry] = {}
        self._listed: object = None
        self._pictured: object = None
        self._wanted, self._stacks, self._pictures = "", False, False
        self._content = QVBoxLayout()
        self._content.setContentsMargins(28, 20, 28, 16)
        self._content.setSpacing(14)
        holder = QWidget()
        holder.setLayout(self._content)
        self.box.addWidget(Scroll(self.look, holder))
        self._hero = QVBoxLayout()
        self._content.addLayout(self._hero)
        self._content.addWidget(self._tools())
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self._content.addLayout(self._list)
        self._content.addStretch(1)
        self._content.addWidget(self._foot())

    def _tools(self) -> QWidget:
        look = self.look
        self.heading = Heading(look, _("Vandringar"))
        hint = _("Sök vandring eller plats")
        self._search = SearchField(look, hint, hint)
        self._search.textChanged.connect(self._filter)
        fetch = Button(look, _("Hämta en vandring"), icon_named("action", "open"))
        fetch.clicked.connect(lambda: self.desk.go(Place("fetch")))
        self._new = Button(look, _("Ny vandring"), icon_named("action", "new"))
        self._new.clicked.connect(lambda: self.desk.go(Place("new_walk")))
        flow = Flow(10)
        for each in (self._search, fetch, self._new):
            flow.addWidget(each)
        tools = QWidget()
        tools.setLayout(flow)
        wide = self.desk.room == "wide"
        return held(row(self.heading, 1, tools, spacing=12)) if wide else self._stacked(tools)

    def _stacked(self, tools: QWidget) -> QWidget:
        assert self.heading is not None
        box = QVBoxLayout()
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.heading)
        box.addWidget(tools)
        return held(box)

    def _foot(self) -> QWidget:
        look = self.look
        who = _("Den här enheten: {name}").format(name=self.desk.session.label)
        parts = [held(row(Icon(look, "laptop", "text2", 20), Label(look, who, "meta", "text2"), spacing=6))]
        offline = icon_named("state", "offline")
        parts.append(held(row(Icon(look, offline, "text2", 20), Label(look, _("Inget nät behövs"), "meta", "text2"))))
        self._sample = Button(look, _("Öppna exempel"), icon_named("nav", "walk"), kind="quiet")
        self._sample.clicked.connect(self._open_sample)
        flow = Flow(16)
        for each in (*parts, self._sample):
            flow.addWidget(each)
        foot = QWidget()
        foot.setLayout(flow)
        return foot

    # What is so

    def refresh(self, _news: Mapping[str, News]) -> None:
        """Ask for the walks."""
        self._cards = overview(self.desk.session)
        self._asked = True
        self._arrange()

    def search(self) -> None:
        """Go to the search field."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _filter(self, text: str) -> None:
        self._wanted = text.strip().casefold()
        self._show_list()

    def _matches(self, card: WalkCard) -> bool:
        walk = card.walk
        return not self._wanted or any(
            self._wanted in str(text).casefold() for text in (walk.title, walk.area, walk.organiser)
        )

    def _show_list(self) -> None:
        shown = [each for each in self._cards if self._matches(each) and (self._wanted or each is not self._upcoming)]
        listed = ([each.walk.id for each in shown], "" if shown else self._nothing(), self._stacks)
        if listed == self._listed:
            for card in shown:
                self._entries[card.walk.id].show_card(card)
            return
        self._listed = listed
        with focus_kept(self):
            emptied(self._list)
            self._entries = {each.walk.id: WalkEntry(self.desk, each, stacked=self._stacks) for each in shown}
            nothing = [] if shown else [Label(self.look, self._nothing(), "body", "text2")]
            for widget in (*self._entries.values(), *nothing):
                self._list.addWidget(widget)
                widget.show()

    def _nothing(self) -> str:
        """Why the list is empty."""
        if self._wanted:
            return _("Inget hittat för ”{text}”.").format(text=self._search.text())
        if self._cards:
            return _("Inga fler vandringar.")
        nothing = _("Inga vandringar än. De du planerar eller hämtar står här.")
        return nothing if self._shows_hero() else f"{_(FIRST_WORDS)} {nothing}"

    def _shows_hero(self) -> bool:
        return self.window().height() >= LEAST_FOR_HERO

    def _show_hero(self) -> None:
        shown = self._pictures = self._shows_hero()
        ahead = (each for each in self._cards if each.stage != Stage.AFTER and not due_in(self.desk.session, each))
        self._upcoming = next(ahead, None) if shown else None
        about = self._about(self._upcoming) if self._upcoming else (bool(self._cards),)
        pictured = (about, self._stacks, self._hero_room()) if shown else None
        if pictured != self._pictured:
            self._pictured = pictured
            with focus_kept(self):
                emptied(self._hero)
                if shown:
                    night = self._next_walk(self._upcoming) if self._upcoming else self._welcome()
                    self._hero.addWidget(night)
                    night.show()
        # The picture has the same two buttons where no walk is under way.
        for each in (self._new, self._sample):
            each.setVisible(not shown or self._upcoming is not None)

    def _hero_frame(
        self, over: str, title: str, under: str, buttons: list[QWidget], states: tuple[Said, ...] = ()
    ) -> QWidget:
        look = self.look
        night = Night(look)
        night.setMinimumHeight(HERO_HEIGHT)
        words = [Label(look, over, "h3"), Label(look, title, self._rank_for(title)), Label(look, under, "body")]
        for label, role in zip(words, ("lamp", "halo", "halo"), strict=True):
            label.set_role(role if look.theme == "light" else {"lamp": "lamp", "halo": "text"}[role])
        flow = Flow(12)
        for each in buttons:
            flow.addWidget(each)
        box = QVBoxLayout(night)
        box.setContentsMargins(32, 28, 32, 26)
        for label in words:
            box.addWidget(label)
        if states:
            chips = Flow(8)
            for state in states:
                chips.addWidget(Chip(look, *state))
            box.addSpacing(6)
            box.addLayout(chips)
        box.addSpacing(20)
        box.addStretch(1)
        box.addLayout(flow)
        right = self._right_of_hero()
        for label in words:
            label.setContentsMargins(0, 0, right, 0)
        return night

    def _hero_room(self) -> int:
        """The width that words have in the picture."""
        return self.width() - 56 - SCROLL_BAR - self._right_of_hero()

    def _right_of_hero(self) -> int:
        """What words leave to the lamp, where there is so much."""
        return round(reach_of(self.width() - 56) * 1.75) if self.effective_width() >= 560 else 0

    def _rank_for(self, title: str) -> str:
        """The largest type in which the longest word of a title fits."""
        room = self._hero_room() - 64
        for rank in ("hero", "h1"):
            metrics = QFontMetrics(self.look.font(rank))
            if max((metrics.horizontalAdvance(word) for word in title.split()), default=0) <= room:
                return rank
        return "h2"

    def _about(self, card: WalkCard) -> tuple[str, str, str, tuple[Said, ...], tuple[str, str, Place]]:
        """What is said of the next walk: over, in and under its title, its states, and its next step."""
        walk = card.walk
        when = moment_words(walk.starts, walk.zone, self.desk.session.clock())
        over = _("Pågår nu") if card.stage is Stage.WALKING else _("Nästa vandring")
        over = f"{over}, {when}" if when else over
        facts = [ngettext("{n} stopp", "{n} stopp", card.stops).format(n=card.stops), label_of(walk.light)]
        under = ", ".join(each for each in (*facts, str(walk.area or "")) if each)
        states = tuple(each for each in (state_of(card), unsent_of(card)) if each[0])
        return over, str(walk.title), under, states, next_step(card)

    def _next_walk(self, card: WalkCard) -> QWidget:
        over, title, under, states, (word, icon, where) = self._about(card)
        name = _("{step}: {walk}").format(step=word, walk=title)
        step = Button(self.look, word, icon, kind="lamp", least=60, name=name)
        step.clicked.connect(lambda: self.desk.go(where))
        buttons: list[QWidget] = [step]
        if where.page != "plan":
            plan = Button(self.look, _("Öppna planen"), icon_named("nav", "plan"), kind="night", least=60)
            plan.clicked.connect(lambda: self.desk.go(Place("plan", where.walk)))
            buttons.append(plan)
        return self._hero_frame(over, title, under, buttons, states)

    def _welcome(self) -> QWidget:
        if self._cards:
            over, title = _("Alla vandringar är avslutade"), _("Dags för nästa?")
            under = _("Planera en vandring, eller hämta en som någon annan har planerat.")
        else:
            over, title = _("Välkommen till Gatljus"), _("Trygghetsvandringar utan nät")
            under = _(FIRST_WORDS)
        name = _("Ny vandring, börja här")
        new = Button(self.look, _("Ny vandring"), icon_named("action", "new"), kind="lamp", least=60, name=name)
        new.clicked.connect(lambda: self.desk.go(Place("new_walk")))
        sample = Button(self.look, _("Prova exemplet"), icon_named("nav", "walk"), kind="night", least=60)
        sample.clicked.connect(self._open_sample)
        return self._hero_frame(over, title, under, [new, sample])

    def _open_sample(self) -> None:
        # It brings the protocol's machinery along, which the window should not wait for when it opens.
        from app.jobs.demo import build_sample

        desk, home = self.desk, self.desk.session.home

        def told(walk: str) -> None:
            act = (_("Öppna"), lambda: desk.go(_place_of(desk, walk)))
            desk.say(Notice(_("Klart: exempelvandringen finns bland vandringarna."), action=act))

        run = desk.work(_("Exempelvandringen byggs"), lambda: build_sample(home))
        # Whoever is elsewhere by then is not fetched from there.
        tell_outcome(run, self, lambda walk: desk.go(_place_of(desk, walk)), told)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cards stack where there is little room, and the picture gives way to them."""
        super().resizeEvent(event)
        if self._asked and (self._cards_stack(), self._shows_hero()) != (self._stacks, self._pictures):
            self._arrange()

    def _cards_stack(self) -> bool:
        return self.effective_width() < LEAST_FOR_ROWS

    def _arrange(self) -> None:
        self._stacks = self._cards_stack()
        self._show_hero()
        self._show_list()


def _place_of(desk: Desk, walk: str) -> Place:
    found = next((each for each in overview(desk.session) if each.walk.id == walk), None)
    return where_is(found) if found else Place()
