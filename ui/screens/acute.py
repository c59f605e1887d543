"""Danger now: whom to call, what to say. It is large, it is never dimmed, and the walk can always go on."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from app.base.words import _
from app.commands.noting import alarm
from app.commands.records import set_fields
from app.domain.change import News
from app.domain.records import Observation, SafetyWalk
from app.domain.rules import severity_of
from app.domain.values import Alarm, Severity, known, label_of
from app.queries.alarm import called
from app.queries.telling import tag_of
from ui.widgets.bars import UndoButton
from ui.widgets.button import Button
from ui.widgets.desk import Desk, Place
from ui.widgets.fault_card import FaultCard
from ui.widgets.flow import Flow
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice, announce
from ui.widgets.noting import add_shown, kept
from ui.widgets.octagon import Octagon
from ui.widgets.oncall_card import OncallCard
from ui.widgets.page import SETTLED_MS, Foot, Screen, Scroll
from ui.widgets.paint import CARD_RADIUS
from ui.widgets.photo_words import photo_files
from ui.widgets.rehearsed import only_practised, told_of
from ui.widgets.sos import SosCard, police_card
from ui.widgets.split import Split
from ui.widgets.steps import StepHead
from ui.widgets.stop_rows import StopRows
from ui.widgets.text import Heading, Label, Surface, column, emptied, held, row
from ui.widgets.things import Things
from ui.widgets.words import clock_words

POLICE = "114 14"

STOPS = "stops"
"""What a place's `part` says while one chooses the right stop."""

LOW, LARGE = 620, 1.5
"""Under this effective height the numbers stand beside each other; from this text size on what is said is smaller."""
WIDE, TWO, NEVER = 900, 450, 1_000_000
"""From these effective widths on two things stand beside each other."""


class AcuteScreen(Screen):
    """The sheet of the observation `place.item`, which is stored already; with the `place.part` `STOPS` its stop is
    chosen."""

    chromeless = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk.in_field(), place)
        self._seen = desk.shelf.one(Observation, place.walk, place.item)
        self._called: dict[Alarm, tuple[Button, str]] = {}
        self._leaving = False
        if place.part == STOPS and self._seen is not None:
            self._choose_stop(self._seen)
            return
        self._lay_out()
        self.desk.guide.turned.connect(self._show_what_is_so)
        self._announced, self._told = False, tuple[str, ...]()
        # What is laid out first is what will be seen.
        self._show_what_is_so()

    def _lay_out(self) -> None:
        self.box.addWidget(self._band())
        self._sos = SosCard(self.look, self._calls(Alarm.SOS, _("Vi har ringt 112"), "check"))
        first, self._next = held(column(self._sos, 1)), held(column(self._numbers(), 1))
        whom = Split(self.look, first, self._next, beside_from=NEVER, shares=((1, 1), (0, 1)), mirrored=False)
        say = column(self._say(), self._report(), spacing=16)
        say.setStretch(0, 1)
        content = QWidget()
        box = self._content = QVBoxLayout(content)
        box.setSpacing(16)
        whole = Split(self.look, whom, held(say), beside_from=WIDE, shares=((1, 1), (0, 1)), mirrored=False)
        box.addWidget(whole)
        self._later = column(self._sos.later, spacing=16)
        box.addLayout(self._later)
        self._scroll = Scroll(self.look, content)
        self.box.addWidget(self._scroll, 1)
        photo = self._button(_("Foto på avstånd"), icon_named("action", "photo"), least=76)
        photo.clicked.connect(lambda _on: self._photograph())
        go_on = self._button(_("Fortsätt vandringen"), icon_named("action", "forward"), least=76)
        go_on.clicked.connect(lambda _on: self.step_back())
        self.box.addWidget(Foot(self.look, photo, go_on))
        self._splits, self._foot = (whole, whom), (photo, go_on)
        self._how: tuple[bool, bool] | None = None
        self._off: tuple[bool, bool, bool] | None = None
        self._arrange(low=False, tight=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height, perhaps the other arrangement."""
        super().resizeEvent(event)
        if self.place.part != STOPS:
            low = self.height() / self.look.scale < LOW
            self._arrange(low=low, tight=low and self.look.scale >= LARGE and self.effective_width() < WIDE)

    def _arrange(self, *, low: bool, tight: bool) -> None:
        """Whom one calls is seen at once, also where there is little height; where it is `tight` that there is
        something to be said under it."""
        if (low, tight) == self._how:
            return
        self._how = low, tight
        whole, whom = self._splits
        whole.set_beside(WIDE, (2, 1) if low else (1, 1))
        whom.set_beside(TWO if low else NEVER)
        self._put_off()
        self._tighten(tight=tight)
        around, large = 8 if low else 16, self.look.scale >= LARGE
        self._band_box.setContentsMargins(16, around, 16, around)
        self._content.setContentsMargins(16, around, 16, 16)
        self._title.setFont(self.look.font("h2" if low and large else "h1"))
        self._saved.setFont(self.look.font("meta" if low and large else "strong"))
        self._sentence.setFont(self.look.font("h2" if low or large else "h1", weight=400))
        # In half of the width a number would break, and what is seen of it first would look like all of it.
        for number in self._phones:
            number.setFont(self.look.font("h2" if low and large else "h1", tabular=True))
        for each in self._foot:
            each.set_least(64 if low else 76)

    def _put_off(self) -> None:
        """What is not called first comes after what is to be said, or before it; where it is tight also the on-call
        service that has no number. A field stays where it is as long as somebody writes in it."""
        assert self._how is not None
        (low, tight), card = self._how, self._oncall
        focus: QWidget | None = self.window().focusWidget()
        waits = self._off[2] if self._off is not None and card.is_at_work else tight and not card.number.text()
        if (low, tight, waits) == self._off:
            return
        self._off = low, tight, waits
        self._sos.set_low(low=low, tight=tight, alone=tight and waits)
        (self._later if tight else self._police_box).addWidget(self._police)
        (self._later if waits else self._oncall_box).addWidget(card)
        (self._later if tight else card.box).addWidget(card.mend)
        self._police_place.setVisible(not tight)
        self._oncall_place.setVisible(not waits)
        self._next.setVisible(not (tight and waits))
        # What has moved has lost it, and where it lies is known when all is laid out.
        if focus is not None and self.isAncestorOf(focus):
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(SETTLED_MS, focus, lambda: self._scroll.ensureWidgetVisible(focus))

    def _tighten(self, *, tight: bool) -> None:
        """Less between and around the cards."""
        self._oncall.mend.setText(_("Ändra jourens nummer") if tight else _("Ändra numret"))
        self._oncall.mend.setAccessibleName(self._oncall.mend.text())
        self._sign.set_small(small=tight)
        self._splits[0].set_spacing(8 if tight else 16)
        for box in (self._oncall.box, self._sos.box, self._say_box):
            box.setContentsMargins(16, 8 if tight else 16, 16, 8 if tight else 16)

    def _button(self, text: str, icon: str, *, least: int = 64) -> Button:
        return Button(self.look, text, icon, least=least)

    def _calls(self, code: Alarm, text: str, icon: str) -> Button:
        """A button that says that someone was called; it shows when."""
        made = self._button(text, icon)
        self._called[code] = made, icon
        made.clicked.connect(lambda _on: self._alarm(code))
        return made

    # Its parts

    def _band(self) -> QWidget:
        band = Surface(self.look, "sev4")
        self.heading = self._title = Heading(self.look, _("Fara nu"), "h1")
        self._saved, self._sign = Label(self.look, "", "strong"), Octagon(self.look)
        for each in (self.heading, self._saved):
            each.set_role("sev4i")
        self.undo = UndoButton(self.look)
        self.undo.clicked.connect(lambda _on: self._take_back())
        box = self._band_box = row(self._sign, held(column(self.heading, self._saved, spacing=2)), self.undo,
                  margin=16, spacing=16)  # fmt: skip
        box.setStretch(1, 1)
        box.setAlignment(self.undo, Qt.AlignmentFlag.AlignVCenter)
        band.setLayout(box)
        self._said_first = band
        return band

    def _numbers(self) -> QWidget:
        number = Label(self.look, POLICE, "h1")
        self._police = police_card(self.look, number)
        self._oncall = OncallCard(self.desk, self._calls(Alarm.ONCALL, _("Vi har ringt jouren"), "check"))
        self._oncall.left.connect(self._show_what_is_so)
        self._phones = (number, self._oncall.number)
        self._police_box, self._oncall_box = column(self._police), column(self._oncall)
        self._police_place, self._oncall_place = held(self._police_box), held(self._oncall_box)
        return Split(self.look, self._oncall_place, self._police_place, beside_from=520)

    def _say(self) -> QWidget:
        card = Surface(self.look, "raised", line="hair", radius=CARD_RADIUS)
        self._sentence = Label(self.look, "")
        self._sentence.setFont(self.look.font("h1" if self.look.scale < LARGE else "h2", weight=400))
        self._facts = Flow(24)
        facts = QWidget()
        facts.setLayout(self._facts)
        move = self._button(_("Ändra platsen"), icon_named("action", "edit"))
        move.clicked.connect(lambda _on: self._go(STOPS))
        self._say_box = column(Label(self.look, _("Säg så här"), "strong"), self._sentence, 1, facts, move, spacing=12)
        card.setLayout(self._say_box)
        return card

    def _report(self) -> QWidget:
        copy = self._button(_("Kopiera texten"), icon_named("action", "copy"))
        copy.clicked.connect(lambda _on: self._copy())
        done = self._calls(Alarm.REPORTED, _("Felanmäld"), icon_named("action", "report"))
        self._fault = FaultCard(self.look, copy, done)
        return self._fault

    # Another place

    def _choose_stop(self, seen: Observation) -> None:
        """In place of the sheet: which stop it is."""
        things = Things(self.desk.shelf, self.place.walk)
        head = StepHead(self.look, _("Var är ni?"), (_("Tillbaka"), self.step_back), detail=things.called(seen))
        self.heading = head.heading
        self.box.addWidget(head)
        rows = StopRows(self.look, things, things.stop_of(seen))
        rows.chosen.connect(self._move)
        content = QWidget()
        box = QVBoxLayout(content)
        box.setContentsMargins(16, 14, 16, 14)
        box.addWidget(rows)
        box.addStretch(1)
        self.box.addWidget(Scroll(self.look, content), 1)

    def _move(self, stop: str) -> None:
        if self._seen is not None and (known(self._seen.stop, str) or "") != stop:
            set_fields(self.desk.session, self._seen, {"stop": stop or None})
        self._go("")

    def _go(self, part: str) -> None:
        self.flush()
        self.desk.swap(Place("acute", self.place.walk, self.place.item, part))

    # What a press does

    def _take_back(self) -> None:
        """What was done last; where that was the danger itself, the sheet is left."""
        self.desk.undo()
        self.desk.bell.settle()

    def _leave(self, told: str, place: Place | None = None) -> None:
        """Nothing is dangerous any more. Said on the page one comes to."""
        if not self._leaving:
            self._leaving = True
            QTimer.singleShot(0, self, lambda: self._left(told, place))

    def _left(self, told: str, place: Place | None) -> None:
        if place is None:
            self.desk.back()
        else:
            self.desk.swap(place)
        self.desk.say(Notice(told, icon_named("action", "undo")))

    def _alarm(self, code: Alarm) -> None:
        if self._seen is None or only_practised(self.desk):
            return
        alarm(self.desk.session, self._seen, code)
        self.desk.bell.settle()
        text = _("{what}, sparat här.").format(what=label_of(code))
        self.desk.say(Notice(text, icon_named("state", "done"), undo=True))

    def _copy(self) -> None:
        self.flush()
        if self._seen is not None:
            QGuiApplication.clipboard().setText(told_of(self.desk, self._seen).report)
            self.desk.say(Notice(_("Texten är kopierad."), icon_named("action", "copy")))

    def _photograph(self) -> None:
        paths = self.desk.choose_files(self, _("Välj foton"), photo_files())
        seen, desk = self._seen, self.desk
        if paths and seen is not None:
            add_shown(desk, seen, paths)

    def step_back(self) -> None:
        """On with the walk, whatever was pressed here or not; from the stops back to the sheet."""
        if self.place.part == STOPS:
            self._go("")
            return
        self.flush()
        seen = self._seen
        self.desk.back()
        if seen is not None:
            self.desk.say(kept(self.desk, seen))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1: 112 was called. J: the on-call service was; each once, a second call is told by its button. A key that is
        held was pressed on the page before, and where a number is to be written a digit is meant for it."""
        codes = {"1": Alarm.SOS, "j": Alarm.ONCALL}
        typing = isinstance(QApplication.focusWidget(), QLineEdit)
        bare = not event.isAutoRepeat() and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        code = codes.get(event.text().lower())
        if self.desk.session.settings.letters and bare and not typing and code and self._may_be_said(code):
            self._alarm(code)
            return
        super().keyPressEvent(event)

    def _may_be_said(self, code: Alarm) -> bool:
        """Whether a key may say who was called; where the stop is chosen nobody is."""
        button, _icon = self._called.get(code, (None, ""))
        return button is not None and button.isVisible() and not button.isChecked() and self._oncall.form.isHidden()

    # What is so

    def refresh(self, _news: Mapping[str, News]) -> None:
        """Show what is so now."""
        if self.place.part == STOPS:
            if self._seen is not None and self.desk.shelf.one(Observation, self.place.walk, self.place.item) is None:
                self._leave(_("{tag} är borttagen.").format(tag=tag_of(self.desk.session, self._seen)))
            return
        self._show_what_is_so()
        if not self._announced and self._seen is not None:
            self._announced = True
            self._said_first.setAccessibleName(_("Fara nu. Ring 112. Iakttagelsen är sparad."))
            announce(self._said_first)

    def _show_what_is_so(self) -> None:
        found = self.desk.shelf.one(Observation, self.place.walk, self.place.item)
        walk = self.desk.shelf.walk(self.place.walk)
        if found is None or walk is None:
            tag, self._seen = tag_of(self.desk.session, self._seen) if self._seen else "", None
            self._leave(_("{tag} är borttagen.").format(tag=tag))
            return
        before, self._seen = self._seen, found
        if before is not None and severity_of(before) == Severity.DANGER != severity_of(found):
            self._leave(_("{tag} är inte längre fara nu.").format(tag=tag_of(self.desk.session, found)),
                        Place("observe", self.place.walk, found.id, "severity"))  # fmt: skip
            return
        self._saved.setText(_("{tag} är sparad. Larma först, skriv sen.").format(tag=tag_of(self.desk.session, found)))
        told = told_of(self.desk, found)
        self._sentence.setText(told.say)
        self._show_facts(told.facts)
        self._oncall.show_walk(walk)
        self._put_off()
        self._fault.say(known(walk.fault_report_to, str) or "")
        self._show_called(found, walk)

    def _show_facts(self, facts: tuple[str, ...]) -> None:
        if facts == self._told:
            return
        self._told = facts
        emptied(self._facts)
        for fact in facts:
            label = Label(self.look, fact, "strong")
            label.setWordWrap(False)
            self._facts.addWidget(label)

    def _show_called(self, found: Observation, walk: SafetyWalk) -> None:
        times = called(self.desk.session, found)
        for code, (button, icon) in self._called.items():
            when = _("kl {time}").format(time=clock_words(times[code], walk.zone)) if code in times else ""
            if (button.detail, button.isChecked()) != (when, bool(when)):
                button.setCheckable(bool(when))
                button.setChecked(bool(when))
                # What is done has its tick at the other side.
                button.icon_name = "" if when and icon == "check" else icon
                button.detail = when
                button.setAccessibleName(f"{button.text()}, {when}" if when else button.text())
                button.updateGeometry()
                button.update()

    def show_state(self) -> None:
        """What can be taken back."""
        if self.place.part != STOPS:
            self.undo.show_state(self.desk.session, self.place.walk)

    def flush(self) -> None:
        """Write what is still being typed."""
        if self.place.part != STOPS:
            self._oncall.form.flush()
