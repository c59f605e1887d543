"""How a stop feels: one press for an answer, and the tablet goes on to the next person. Nobody has to answer.

`place.item` is the stop, `place.part` how one looks at the walk and, as `answer:ID`, whose answer is shown: that person
presses once more to change it.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import N_, _, ngettext
from app.commands.observations import observe
from app.commands.ratings import answer, group_answer, is_group, people_at
from app.domain.change import News
from app.domain.records import Observation, Protocol, SafetyRating, SafetyWalk, Stop
from app.domain.rules import POSITIVE_CATEGORY
from app.domain.values import ObservationKind
from ui.widgets.bars import UndoButton
from ui.widgets.button import Button, lit
from ui.widgets.desk import Desk, Place
from ui.widgets.field_screen import LARGE, Looking
from ui.widgets.fields import SegmentField
from ui.widgets.flow import FlowGrid
from ui.widgets.group import ARROWS, KeyGroup
from ui.widgets.look import icon_named
from ui.widgets.noting import Step, own_place
from ui.widgets.page import Foot, Screen, Scroll, is_single
from ui.widgets.split import Split
from ui.widgets.steps import StepHead
from ui.widgets.text import Heading, Icon, Label, Surface, column, held, row
from ui.widgets.things import Things, stop_title
from ui.widgets.tile import Tile
from ui.widgets.voice import VoiceButton
from ui.widgets.walk_over import over_here
from ui.widgets.walk_round import Round, arrived, be_at

FEELS = (N_("Mycket otrygg"), N_("Ganska otrygg"), N_("Ganska trygg"), N_("Mycket trygg"))
ALONE = (("yes", N_("Ja"), "check", "J"), ("hesitant", N_("Tveksamt"), "help-circle-outline", "T"),
         ("no", N_("Nej"), "close", "N"))  # fmt: skip
ANSWER = "answer:"
LEAST, MOST, LESS = 86, 120, 64
OF_HEIGHT = 0.092
"""What part of the page's height a row takes, where it has so much room."""
LOW, PAIR, TINY = 640, 170, 310
"""Below this effective height the four answers stand two and two, each so wide at least: who sees only the unsafe ones
would give those. Under `TINY` the head says only which stop it is, and all lies closer."""
WHOSE = 300


class RatingScreen(Screen):
    """Whose answer, two questions, how many have answered here, and the way on."""

    chromeless = True
    kinds = (SafetyWalk, Stop, Observation, SafetyRating, Protocol)

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk.in_field(), place)
        look = self.look
        self.undo = UndoButton(look)
        self.undo.clicked.connect(lambda _on: desk.undo())
        self.head = StepHead(look, "", (_("Karta"), self.step_back), detail=" ", mark=self.undo)
        self.heading = self.head.heading
        self._leaving = False
        self.feels: dict[int, Tile] = {}
        self.alone: dict[str, Tile] = {}
        whose = [(False, _("Mitt eget")), (True, _("Gruppens"))]
        icons = ("account-outline", "account-group-outline")
        self._whose = SegmentField(
            look, _("Vems svar?"), whose, icons=icons, least=round(WHOSE / look.scale), most=len(whose)
        )
        self._whose.changed.connect(self._answer_for)
        content = QWidget()
        box = self._within = QVBoxLayout(content)
        box.addWidget(self._whose)
        parts = Split(look, self._feeling(), self._rest(), beside_from=900, shares=((1, 1), (0, 1)), spacing=14)
        box.addWidget(parts, 1)
        self.box.addWidget(self.head)
        self.box.addWidget(Scroll(look, content), 1)
        self._other = Button(look, _("Nästa person svarar"), "account-outline", least=84)
        self._other.clicked.connect(lambda _on: self._begin_anew())
        self.onward = lit(look, "", icon_named("action", "next_stop"), least=84, rank="h2")
        self.onward.clicked.connect(lambda _on: self._go_on())
        speak = VoiceButton(desk, place.walk, "", dict, ends=True, least=84)
        self.box.addWidget(Foot(look, self._other, speak, self.onward))
        speak.show_now()
        # What is laid out first is what will be seen.
        self.refresh({})

    # The parts

    def _feeling(self) -> QWidget:
        look = self.look
        made = QWidget()
        box = QVBoxLayout(made)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look.gap)
        box.addWidget(Heading(look, _("Hur känns platsen just nu?"), "h3"))
        for step, word in enumerate(FEELS, 1):
            name = _("{word}, {n} av {total}").format(word=_(word), n=step, total=len(FEELS))
            icon = icon_named("rating", f"r{step}")
            tile = Tile(look, _(word), icon, over=False, left=True, icon_size=40, least=LEAST, name=name)
            self._takes(tile, "feels", step)
            self.feels[step] = tile
        self._four = FlowGrid(look, list(self.feels.values()), least=PAIR, most=1, spacing=look.gap)
        box.addWidget(self._four)
        box.addStretch(1)
        KeyGroup(list(self.feels.values()), made, one_of=True)
        return made

    def _rest(self) -> QWidget:
        look, question = self.look, _("Skulle du gå här ensam när det är mörkt?")
        for code, word, icon, _key in ALONE:
            tile = Tile(look, _(word), icon, icon_size=28, least=LEAST, name=f"{question} {_(word)}")
            self._takes(tile, "alone_in_dark", code)
            self.alone[code] = tile
        answers = FlowGrid(look, list(self.alone.values()), least=100, most=len(self.alone), spacing=look.gap)
        KeyGroup(list(self.alone.values()), answers, one_of=True)
        self._count, self._told = Label(look, "", "strong"), Label(look, "", "meta", "text2")
        told = row(Icon(look, "account-multiple", size=32), held(column(self._count, self._told, spacing=2)), margin=14,
                   spacing=14)  # fmt: skip
        told.setStretch(1, 1)
        counted = Surface.card(look)
        counted.setLayout(told)
        parts = column(Heading(look, question, "h3"), answers, counted, self._good(), 1, spacing=12)
        return held(parts)

    def _good(self) -> QWidget:
        look = self.look
        self.good = Surface(look, "okBg", line="ok", radius=12)
        act = Button(look, _("Något bra"), icon_named("category", "M"), kind="good", least=64)
        act.clicked.connect(lambda _on: self._note_good())
        words = row(Label(look, _("Såg ni något som är värt att värna?"), "strong"), act, margin=14, spacing=14)
        words.setStretch(0, 1)
        self.good.setLayout(words)
        self.good.hide()
        return self.good

    def _takes(self, tile: Tile, field: str, value: Any) -> None:
        tile.setCheckable(True)
        tile.clicked.connect(lambda _on: self._say(field, value))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows grow before a gap does; where there is little height they are two."""
        super().resizeEvent(event)
        high = self.height() / self.look.scale
        low, tiny = high < LOW, high < TINY
        self.head.show_detail(shown=not tiny)
        self._within.setContentsMargins(16, 4 if tiny else 14, 16, 14)
        self._within.setSpacing(6 if tiny else 12)
        self._four.set_columns(least=PAIR, most=2 if low else 1)
        least = LESS if low and self.look.scale >= LARGE else LEAST
        for tile in self.feels.values():
            tile.set_least(max(least, min(MOST, round(OF_HEIGHT * high))))

    # What is so

    @property
    def _for_group(self) -> bool:
        return self.desk.session.settings.group_rates

    def _shown(self) -> SafetyRating | None:
        """The answer that the next press changes; None: it is a new one."""
        scope, shelf = self.place.walk, self.desk.shelf
        if self._for_group:
            return group_answer(self.desk.session, shelf.all_of(SafetyRating, scope), self.place.item)
        said = next((each for each in self.place.part.split() if each.startswith(ANSWER)), "")
        return shelf.one(SafetyRating, scope, said.removeprefix(ANSWER)) if said else None

    def refresh(self, _news: Mapping[str, News]) -> None:
        """Show what is so now."""
        things = self._things = Things(self.desk.shelf, self.place.walk)
        stop = next((each for each in things.stops if each.id == self.place.item), None)
        if stop is None:
            if not self._leaving:
                self._leaving = True
                QTimer.singleShot(0, self, self.desk.back)
            return
        self._way = Round.of(things, stop.id)
        over = over_here(self.desk, self.place.walk) is not None
        self._at_it = not over and Round.now(self.desk.session, things).heard(self.desk.guide).is_here(stop.id)
        self.head.heading.setText(stop_title(things.numbers.get(stop.id, ""), stop))
        self.head.say(_("Innan ni går vidare") if self._at_it else _("Ni kan svara när som helst."))
        self._show_answer()
        self._show_count()
        self._show_onward()

    def show_state(self) -> None:
        """What can be undone."""
        self.undo.show_state(self.desk.session, self.place.walk)

    def _show_answer(self) -> None:
        self._whose.show_value(self._for_group)
        shown = self._shown()
        for step, tile in self.feels.items():
            tile.setChecked(shown is not None and shown.feels == step)
        for code, tile in self.alone.items():
            tile.setChecked(shown is not None and shown.alone_in_dark == code)
        self._other.setVisible(not self._for_group)

    def _show_count(self) -> None:
        ratings = self.desk.shelf.all_of(SafetyRating, self.place.walk)
        people = people_at(ratings, self.place.item)
        groups = sum(each.stop == self.place.item and is_group(each) for each in ratings)
        said = ngettext("{n} har svarat här", "{n} har svarat här", people).format(n=people)
        if groups:
            more = ngettext("Gruppen har svarat.", "{n} grupper har svarat.", groups).format(n=groups)
            said = f"{said}. {more}" if people else more
        self._count.setText(said if people or groups else _("Ingen har svarat här än"))
        own = _("Svaren har inga namn. Lämna plattan vidare så många ni vill.")
        self._told.setText(_("Ett svar för hela gruppen. Det går att ändra.") if self._for_group else own)

    def _show_onward(self) -> None:
        last = self._at_it and self._way.next is None
        good = any(each.kind == ObservationKind.POSITIVE for each in self._things.observations)
        self.good.setVisible(last and not good)
        if not self._at_it:
            text, icon = _("Klar"), "check"
        elif self._way.next is None:
            text, icon = _("Komplettera"), icon_named("action", "complete")
        else:
            number = self._things.numbers.get(self._way.next.id, "")
            text, icon = _("Gå till stopp {n}").format(n=number), icon_named("action", "next_stop")
        self.onward.setText(text)
        self.onward.setAccessibleName(text)
        self.onward.icon_name = icon
        self.onward.updateGeometry()
        self.onward.update()

    # What is done

    def _say(self, field: str, value: Any) -> None:
        # What was pressed a moment ago is this answer too.
        self.desk.bell.settle()
        if self._leaving:
            return
        group = self._for_group
        said, before = {field: value}, self._shown()
        made = answer(self.desk.session, self.place.walk, self.place.item, said, before, group=group)
        if not group:
            self._stay(f"{ANSWER}{made}")
        self.desk.bell.settle()
        # Pressed twice it still holds.
        self._show_answer()

    def _stay(self, said: str) -> None:
        part = " ".join(each for each in (said, str(Looking.of(self.place.part))) if each)
        self.place = Place("rating", self.place.walk, self.place.item, part)
        self.desk.stay(self.place)

    def _answer_for(self, group: bool) -> None:
        self.desk.set_settings(replace(self.desk.session.settings, group_rates=group))
        self.refresh({})

    def _begin_anew(self) -> None:
        self._stay("")
        self.refresh({})
        self.head.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def _note_good(self) -> None:
        walk, stop = self.place.walk, self.place.item
        said = {"category": POSITIVE_CATEGORY, "stop": stop, **own_place(self.desk)}
        made = observe(self.desk.session, walk, said)
        self.desk.go(Place("observe", walk, made, str(Step("items", stop=stop))))

    def _go_on(self) -> None:
        desk, walk, things = self.desk, self.place.walk, self._things
        before, here = self._way.here, self._way.next
        if not self._at_it or before is None:
            desk.back()
        elif here is None:
            desk.swap(Place("complete", walk, part=str(Looking.of(self.place.part))))
        else:
            be_at(desk.session, walk, here.id)
            desk.guide.set_out(walk, things.stops, here.id)
            desk.back()
            bound = Round.of(things, here.id).heard(desk.guide).bound
            desk.say(arrived(things, here, before, lambda: _return(desk, walk, before.id), bound=bound))

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Single keys, where a person has not switched them off."""
        bare = is_single(event)
        if bare and self.desk.session.settings.letters and self._pressed(event):
            return
        # A page opens with its heading: an arrow goes from there to what is chosen from.
        if bare and event.key() in ARROWS and self.head.heading.hasFocus():
            any(each.enter() for each in self.findChildren(KeyGroup))
            return
        super().keyPressEvent(event)

    def _pressed(self, event: QKeyEvent) -> bool:
        key = event.text().upper()
        tiles = {str(step): tile for step, tile in self.feels.items()}
        tiles |= {letter: self.alone[code] for code, _word, _icon, letter in ALONE}
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.onward.click()
        elif key in tiles:
            tiles[key].click()
        else:
            return False
        return True


def _return(desk: Desk, walk: str, stop: str) -> None:
    """Back to the stop before, wherever one is by then."""
    be_at(desk.session, walk, stop)
    desk.rebuild()
