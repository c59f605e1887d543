"""The lamp: which post, what is wrong with it, how many. For cold fingers, with a number pad of its own."""

from collections.abc import Mapping

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import _
from app.commands.noting import another_like, rate
from app.domain.change import News
from app.domain.lamps import next_post
from app.domain.records import Observation
from app.domain.rules import severity_of
from app.domain.values import LampFault, Severity, known, label_of
from ui.widgets.button import Button, lit
from ui.widgets.chip import Chip
from ui.widgets.desk import Desk, Place
from ui.widgets.fields import TextField
from ui.widgets.flag_field import FlagField
from ui.widgets.form import RecordForm
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice
from ui.widgets.noting import Spot, Step
from ui.widgets.number_pad import NumberPad
from ui.widgets.page import Foot, Screen, Scroll
from ui.widgets.split import Split
from ui.widgets.stepper import Stepper
from ui.widgets.steps import StepHead
from ui.widgets.text import Label, Surface, column, held, row
from ui.widgets.things import Things, title_of
from ui.widgets.tiles_field import TilesField

FAULT_ICONS: Mapping[LampFault, str] = {
    LampFault.OFF: "slackt",
    LampFault.FLICKERING: "blinkar",
    LampFault.WEAK: "svag",
    LampFault.LIT_BY_DAY: "tand_dagtid",
    LampFault.HIDDEN: "skymd",
    LampFault.GLARING: "blandar",
    LampFault.DAMAGED_HATCH: "skadad_lucka",
}
"""The names that the icons of faults have among the tokens."""

LOW, WIDE = 620, 900
"""Under this effective height all lies closer, and the keys beside the number they write; unless from this effective
width on what is wrong stands beside both."""

TINY = 360
"""Under this effective height the head says only which observation it is."""

POST_BESIDE = 700

FIELDS = ("asset_tag", "lamp_faults", "lamp_count", "deliberate_off")


class LampScreen(Screen):
    """One lamp-post of the observation `place.item`. `place.part` is the step of noting to go back to; without one the
    way back is the place before."""

    chromeless = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk.in_field(), place)
        self._seen = desk.shelf.one(Observation, place.walk, place.item)
        self.head = StepHead(
            self.look, _("Lampan"), (_("Tillbaka"), self.step_back), detail=" ",
            mark=Chip(self.look, _("Sparat här"), "check", "ok"),
        )  # fmt: skip
        self.heading = self.head.heading
        self.box.addWidget(self.head)
        self._make_fields()
        self._whole = Split(self.look, self._made_post(), self._what(), beside_from=WIDE, spacing=24)
        content = QWidget()
        self._inside = QVBoxLayout(content)
        self._inside.addWidget(self._whole)
        self._inside.addStretch(1)
        self.box.addWidget(Scroll(self.look, content), 1)
        again = Button(self.look, _("En stolpe till"), "post-lamp", least=84)
        again.clicked.connect(lambda _on: self._another())
        done = lit(self.look, _("Klar"), "check", least=84, rank="h2")
        done.clicked.connect(lambda _on: self.step_back())
        self._foot = again, done
        self.box.addWidget(Foot(self.look, *self._foot))
        self._how: tuple[bool, bool] | None = None
        self._arrange(low=False, wide=True)
        self._leaving = False
        # What is laid out first is what will be seen.
        self.refresh({})

    def _make_fields(self) -> None:
        look = self.look
        self.tag = TextField(look, _("Stolpnummer"), _("Står på en skylt ungefär två meter upp."))
        self.tag.editor.setFont(look.font("h1", tabular=True))
        faults = [(each.value, label_of(each), icon_named("lamp_fault", name)) for each, name in FAULT_ICONS.items()]
        self.faults = TilesField(look, _("Vad är fel?"), faults)
        count = Stepper(look, _("Hur många lampor?"), large=True)
        flag = FlagField(
            look, _("Kan vara medvetet släckt"), _("Sensor, nattsläckning eller ombyggnad. Kollas innan felanmälan.")
        )
        editors = {"asset_tag": self.tag, "lamp_faults": self.faults, "lamp_count": count, "deliberate_off": flag}
        self.form = RecordForm(self.desk, Observation, FIELDS, editors=editors, lay_out=False)
        self.form.setParent(self)
        self.form.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height, perhaps the other arrangement."""
        super().resizeEvent(event)
        scale = self.look.scale
        self.head.show_detail(shown=self.height() / scale >= TINY)
        self._arrange(low=self.height() / scale < LOW, wide=self.width() / scale >= WIDE)

    def _arrange(self, *, low: bool, wide: bool) -> None:
        """All keys that write the number are seen at once, also where there is little height."""
        if self._how == (low, wide):
            return
        self._how = low, wide
        around = 8 if low else 14
        self._inside.setContentsMargins(16, around, 16, around)
        high = round((56 if low else 72) * (1 + 0.4 * (self.look.scale - 1)))
        self.tag.editor.setMinimumHeight(max(self.look.target, high))
        self._said.setSpacing(8 if low else 14)
        # So the words under most icons keep to one line.
        self._whole.set_beside(WIDE, (3, 5) if low else (1, 1))
        self._post.set_beside(0 if low and not wide else POST_BESIDE, (2, 3))
        self._pad.set_low(low=low)
        self.faults.set_low(low=low)
        for each in self._foot:
            each.set_least(64 if low else 84)

    def _made_post(self) -> QWidget:
        """The number of the post, and the pad."""
        self._next = Button(self.look, "", least=64)
        self._next.clicked.connect(lambda _on: self._take_next())
        left = QWidget()
        box = QVBoxLayout(left)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.tag)
        box.addWidget(self._next)
        box.addStretch(1)
        self._pad = NumberPad(self.look, self.tag)
        keys, shares = held(column(self._pad, 1)), ((2, 3), (0, 1))
        self._post = Split(self.look, left, keys, beside_from=POST_BESIDE, shares=shares, spacing=10)
        return self._post

    def _what(self) -> QWidget:
        """What is wrong, how many, whether it is meant to be so."""
        made = QWidget()
        box = self._said = QVBoxLayout(made)
        box.setContentsMargins(0, 0, 0, 0)
        self._danger = Surface(self.look, "dangerBg", line="danger", radius=12)
        act = Button(self.look, _("Fara nu"), kind="danger", severity=Severity.DANGER, least=64)
        act.clicked.connect(lambda _on: self._alarm())
        words = row(Label(self.look, _("En skadad lucka kan ge ström. Håll avstånd."), "strong"), act, margin=12)
        words.setStretch(0, 1)
        self._danger.setLayout(words)
        for each in (self.faults, self._danger, self.form.fields["lamp_count"], self.form.fields["deliberate_off"]):
            box.addWidget(each)
        box.addStretch(1)
        return made

    def _take_next(self) -> None:
        self.form.write("asset_tag", self._following)

    def _another(self) -> None:
        """One more of the same, with its own number."""
        self.flush()
        # What was pressed last goes along.
        self.desk.bell.settle()
        seen, walk = self._seen, self.place.walk
        if seen is None:
            return
        made = another_like(self.desk.session, seen)
        self.desk.swap(Place("lamp", walk, made, self.place.part))
        tags = Things(self.desk.shelf, walk).tags
        before = tags.get(seen.id, "")
        text = _("{tag}, en stolpe till. {before} är sparad.").format(tag=tags.get(made, ""), before=before)
        again = Place("observe", walk, seen.id, "severity")
        words = _("Till {name}").format(name=before)
        self.desk.say(Notice(text, "post-lamp", undo=True, action=(words, lambda: self.desk.swap(again))))

    def _alarm(self) -> None:
        self.flush()
        self.desk.bell.settle()
        if self._seen is not None:
            rate(self.desk.session, self._seen, Severity.DANGER)
            self.desk.swap(Place("acute", self.place.walk, self.place.item))

    def step_back(self) -> None:
        """To the step of noting one came from, or to the place before."""
        self.flush()
        if self.place.part and self._seen is not None:
            self.desk.swap(Place("observe", self.place.walk, self.place.item, self.place.part))
        else:
            self.desk.back()

    def refresh(self, _news: Mapping[str, News]) -> None:
        """Show what is so now."""
        found = self.desk.shelf.one(Observation, self.place.walk, self.place.item)
        if found is None:
            self._seen = None
            if not self._leaving:
                self._leaving = True
                QTimer.singleShot(0, self, self.desk.back)
            return
        self._seen = found
        things = Things(self.desk.shelf, self.place.walk)
        spot = Spot(things, Step(), found)
        self.head.heading.setText(_("Lampan, {tag}").format(tag=things.tags[found.id]) if found.tag else _("Lampan"))
        self.head.say(f"{title_of(things.checklist, found)}, {spot.stop.name if spot.stop else spot.words()}")
        self.form.show_record(found)
        faults = known(found.lamp_faults, tuple) or ()
        self._danger.setVisible(LampFault.DAMAGED_HATCH in faults and severity_of(found) != Severity.DANGER)
        self._following = next_post(things.observations, found)
        self._next.setText(_("{number}, nästa efter förra").format(number=self._following))
        self._next.setAccessibleName(self._next.text())
        self._next.setVisible(bool(self._following) and not found.asset_tag)

    def flush(self) -> None:
        """Write what is still being typed."""
        self.form.flush()
