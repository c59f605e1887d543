"""Everything of one observation: what, how serious, where and when, photos, what others said, measures, history.

The same on a page of its own and beside a list. Every field is written as it is set; what another device has set
meanwhile stands beside the field until someone chooses.
"""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import _
from app.commands.measures import add_measure
from app.commands.photos import attach_all
from app.commands.records import delete
from app.domain.record import DELETED, Record, field_of
from app.domain.records import Measure, MeasureFor, Observation, Photo
from app.domain.rules import is_late, meant
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.desk import Desk, Place
from ui.widgets.fault_report import FaultReport
from ui.widgets.field_slot import FieldSlot
from ui.widgets.fields import forget_unkept
from ui.widgets.flow import FlowGrid
from ui.widgets.fold import Fold
from ui.widgets.form import RecordForm
from ui.widgets.history_list import HistoryList
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice
from ui.widgets.noting import add_shown
from ui.widgets.observation_fields import (
    ALARM,
    LAMP,
    NAMES,
    REST,
    ItemField,
    SeverityField,
    editors_of,
    is_alarming,
    is_lighting,
    known_how,
    offer_those_there_are,
)
from ui.widgets.page import Head, Scroll
from ui.widgets.photo_strip import PhotoStrip, Shot
from ui.widgets.photo_words import photo_files
from ui.widgets.rehearsed import NO_ALARM, practises_here
from ui.widgets.remarks import Remarks
from ui.widgets.split import Split
from ui.widgets.supporters import Supporters
from ui.widgets.text import Label, column, emptied, held
from ui.widgets.things import Things
from ui.widgets.voice import VoiceButton
from ui.widgets.voice_notes import VoiceNotes
from ui.widgets.words import moment_words

BESIDE = 860
"""From this width on (÷ text scale) what was seen and what belongs to it stand beside each other."""


class ObservationPane(QWidget):
    """One observation of a walk. `closed` is emitted when a person is done with it or has deleted it."""

    closed = Signal()

    def __init__(self, desk: Desk, scope: str, *, back: str) -> None:
        super().__init__()
        self.desk, self.scope, self.look = desk, scope, desk.look
        self._observation: Observation | None = None
        self._proposed: list[tuple[str, str]] | None = None
        self.things = Things(desk.shelf, scope)
        self.head = Head(desk, "", back=back, leave=self.closed.emit)
        self.heading = self.head.heading
        self._make_form()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.head)
        box.addWidget(self._body(), 1)

    def _make_form(self) -> None:
        zone = str(self.things.zone or "")
        self.form = RecordForm(
            self.desk, Observation, NAMES, editors=editors_of(self.desk, self.things), zone=zone, lay_out=False,
            starts=self.things.walk.starts if self.things.walk else None,
            means=self._meant,
        )  # fmt: skip
        self.form.setParent(self)
        self.form.hide()
        self.slots = {name: FieldSlot(self.desk, zone, field) for name, field in self.form.fields.items()}
        self.slots[DELETED] = FieldSlot(self.desk, zone)
        # What arrived while a field was at work is shown once it is left and its own words are written.
        self._later = QTimer(self, singleShot=True, interval=30)
        self._later.timeout.connect(self._go_on)
        self._act: Callable[[], None] | None = None
        for field in self.form.fields.values():
            field.left.connect(self._later.start)

    def _meant(self, record: Record, name: str, value: Any) -> Mapping[str, Any]:
        assert isinstance(record, Observation)
        return meant(self.desk.shelf.checklist, record, name, value)

    def _then(self, act: Callable[[], None]) -> None:
        """Write what is being typed, show it, and then do something with the observation as it is shown."""
        self.flush()
        self._act = act
        self._later.start()

    def _go_on(self) -> None:
        self.refresh()
        act, self._act = self._act, None
        if act is not None:
            act()

    # Building

    def _body(self) -> Scroll:
        seen = held(column(*self._about(), 1, spacing=14))
        around = held(column(*self._around(), 1, spacing=14))
        self._split = Split(self.look, seen, around, beside_from=BESIDE, shares=((6, 5), (0, 0)), spacing=14)
        content = QWidget()
        box = QVBoxLayout(content)
        side = 20 if self.look.scale < 1.5 else 12
        box.setContentsMargins(side, 14, side, 24)
        box.setSpacing(14)
        box.addWidget(self.slots[DELETED])
        box.addWidget(self._split, 1)
        return Scroll(self.look, content)

    def _pair(self, *names: str, least: int = 200) -> FlowGrid:
        return FlowGrid(self.look, [self.slots[name] for name in names], least=least, spacing=14)

    def _about(self) -> tuple[QWidget, ...]:
        look, slots = self.look, self.slots
        what = Card(look, _("Vad"), slots["text"], slots["severity"], self._pair("category", "item"), slots["kind"])
        move = Button(look, _("Ändra på kartan"), icon_named("nav", "plan"))
        move.clicked.connect(self._move)
        spot = self._pair("position", "observed_at", least=240)
        where = Card(look, _("Var och när"), slots["stop"], spot, _left(move))
        self._lamp = Card(look, _("Lampan"), self._pair(*LAMP[:2]), *(slots[name] for name in LAMP[2:]))
        self._practice = Label(look, _(NO_ALARM), "strong", "warn")
        self.desk.guide.turned.connect(self._show_practice)
        self._alarm = Card(look, _("Larmat"), self._practice, *(slots[name] for name in ALARM))
        rest = Card(look, "", *(slots[name] for name in REST))
        self._rest = Fold(look, _("Fler uppgifter"), rest)
        return what, self._lamp, self._alarm, where, self._rest

    def _around(self) -> tuple[QWidget, ...]:
        look = self.look
        self.strip = PhotoStrip(self.desk, detachable=True)
        self.strip.opened.connect(lambda photo: self.desk.go(Place("photo", self.scope, photo)))
        self.strip.detached.connect(self._detach)
        add = Button(look, _("Lägg till foton"), icon_named("action", "photo"))
        add.clicked.connect(self._choose_photos)
        self.voice_notes = VoiceNotes(self.desk)
        self.speak = VoiceButton(self.desk, self.scope, _("Tala in"), self._spoken_of)
        self.speak.turned.connect(self._show_spoken)
        self._spoken = Card(look, _("Röst"), self.voice_notes, _left(self.speak))
        self.report = FaultReport(self.desk)
        self.remarks = Remarks(self.desk, self.scope)
        self.supporters = Supporters(self.desk, self.scope)
        self._measures = QVBoxLayout()
        self._measures.setSpacing(8)
        self._measures.setContentsMargins(0, 0, 0, 0)
        measures = QWidget()
        measures.setLayout(self._measures)
        propose = Button(look, _("Gör en åtgärd"), icon_named("nav", "measures"))
        propose.clicked.connect(self.propose)
        self.history = HistoryList(self.desk, self.scope, self.things.zone)
        self.history.restore.connect(self._restore)
        self._past = Fold(look, _("Historik"), Card(look, "", self.history))
        self._past.opened.connect(self._show_history)
        remove = Button(look, _("Ta bort iakttagelsen"), icon_named("action", "delete"), kind="danger")
        remove.clicked.connect(self._remove)
        return (
            Card(look, _("Foton"), self.strip, _left(add)),
            self._spoken,
            Card(look, _("Åtgärder"), measures, _left(propose)),
            self.report,
            Card(look, _("Fler tyckte så"), self.supporters),
            Card(look, _("Anmärkningar"), self.remarks),
            self._past,
            _left(remove),
        )

    # What is so

    @property
    def observation(self) -> Observation | None:
        """What is shown."""
        return self._observation

    def show_observation(self, record: str) -> bool:
        """Show an observation as it is now. Returns whether there is one."""
        found = self.desk.shelf.one(Observation, self.scope, record)
        other = self._observation is None or record != self._observation.id
        if found is None:
            return False
        if other:
            self.flush()
        self._observation = found
        self.things = Things(self.desk.shelf, self.scope)
        self._show_head(found)
        self._show_fields(found)
        self._show_conflicts(found)
        self._show_photos(found)
        self.speak.show_now()
        self._show_spoken()
        self._show_measures(found)
        self.report.show_of(found)
        self.supporters.show_of(found)
        self.remarks.show_of(found.id)
        if self._past.is_open:
            self._show_history()
        return True

    def refresh(self) -> bool:
        """Show what is so now. Returns whether the observation is still there."""
        return self._observation is None or self.show_observation(self._observation.id)

    def _show_head(self, seen: Observation) -> None:
        numbers = self.desk.shelf.numbers(self.scope)
        said = [_("Märke {tag}").format(tag=self.things.tags.get(seen.id, ""))]
        if group := self.things.group_of(seen):
            said.append(group)
        if seen.id in numbers.preliminary:
            said.append(_("numret är preliminärt"))
        if self.things.is_draft(seen):
            said.append(_("att komplettera"))
        if seen.id in self.desk.shelf.practised(self.scope):
            said.append(_("från en övning"))
        walk = self.desk.shelf.walk(self.scope)
        if walk is not None and is_late(seen, walk):
            said.append(_("noterad efter vandringen, {time}").format(time=moment_words(seen.created, walk.zone)))
        self.head.say(self.things.called(seen, at_desk=True), ", ".join(said))

    def _show_fields(self, seen: Observation) -> None:
        fields = self.form.fields
        item, severity = fields["item"], fields["severity"]
        assert isinstance(item, ItemField)
        assert isinstance(severity, SeverityField)
        item.offer_of(seen.category)
        severity.show_observation(seen)
        offer_those_there_are(self.things, fields)
        self.form.show_record(seen)
        fields["position"].hint(known_how(seen))

    def _show_conflicts(self, seen: Observation) -> None:
        found = {each.field: each for each in self.desk.shelf.conflicts(self.scope) if each.id == seen.id}
        for name, slot in self.slots.items():
            slot.show_conflict(name, found.get(name), seen)
        open_ones = {name for name, slot in self.slots.items() if slot.compare is not None}
        self._lamp.setVisible(is_lighting(seen) or bool(open_ones & set(LAMP)))
        self._alarm.setVisible(is_alarming(seen) or bool(open_ones & set(ALARM)))
        self._show_practice()
        if open_ones & set(REST):
            self._rest.open_up()

    def _show_practice(self) -> None:
        practises = practises_here(self.desk, self.scope)
        self._practice.setVisible(practises)
        for name in ALARM:
            self.slots[name].setEnabled(not practises)

    def _show_photos(self, seen: Observation) -> None:
        photos = self.things.photos_of(seen)
        self.strip.show_shots([Shot.of(each, self.things.numbers.get(each.id, "")) for each in photos])
        self.strip.setVisible(bool(photos))

    def _spoken_of(self) -> Mapping[str, Any]:
        # Where it is heard again is not where it is about: the observation says where that is.
        return {"observation": self._observation.id if self._observation else None}

    def _show_spoken(self) -> None:
        """Where nothing was spoken, and nothing can be, that need not be said."""
        notes = self.things.voice_notes_of(self._observation) if self._observation else []
        self.voice_notes.show_notes(notes, self.things.zone)
        self.voice_notes.setVisible(bool(notes))
        self._spoken.setVisible(bool(notes) or self.speak.is_there)

    def _show_measures(self, seen: Observation) -> None:
        links = self.desk.shelf.all_of(MeasureFor, self.scope)
        wanted = {each.measure for each in links if each.observation == seen.id}
        found = [each for each in self.desk.shelf.all_of(Measure, self.scope) if each.id in wanted]
        shown = [(each.id, self._measure_title(each)) for each in found]
        if shown == self._proposed:
            # A press that is under way, and the focus, stay.
            return
        self._proposed = shown
        emptied(self._measures)
        if not found:
            self._measures.addWidget(Label(self.look, _("Ingen åtgärd är föreslagen än."), "body", "text2"))
        for key, title in shown:
            self._measures.addWidget(self._measure(key, title))

    def _measure_title(self, measure: Measure) -> str:
        number = self.things.numbers.get(measure.id, "")
        return f"{number} {measure.text or _('Åtgärd utan text')}".strip()

    def _measure(self, key: str, title: str) -> Button:
        made = Button(self.look, title, icon_named("nav", "measures"), left=True, name=f"{_('Öppna åtgärd')}: {title}")
        made.clicked.connect(lambda: self.desk.go(Place("measure", self.scope, key)))
        return made

    def _show_history(self) -> None:
        if self._observation is not None:
            self.history.show_of(Observation.KIND, self._observation.id)

    # What is done

    def _restore(self, field: str, value: object) -> None:
        label = _(field_of(Observation, field).label)
        if self.form.write(field, value):
            notice = Notice(_("{field}: värdet är tillbaka.").format(field=label), "undo-variant", undo=True)
        else:
            notice = Notice(self.form.fields[field].refusal, problem=True)
        self.desk.say(notice)

    def _move(self) -> None:
        if self._observation is not None:
            self.desk.go(Place("observation", self.scope, self._observation.id, "place"))

    def propose(self) -> None:
        """Make a measure of it, and go there."""
        self._then(self._propose_now)

    def _propose_now(self) -> None:
        if self._observation is not None:
            made = add_measure(self.desk.session, self.scope, [self._observation], {})
            self.desk.go(Place("measure", self.scope, made))

    def _detach(self, photo: str) -> None:
        found = self.desk.shelf.one(Photo, self.scope, photo)
        if found is not None and attach_all(self.desk.session, [found], None):
            self.desk.say(Notice(_("Fotot är lossat och finns kvar bland fotona."), "link-variant-off", undo=True))

    def _choose_photos(self) -> None:
        seen = self._observation
        paths = self.desk.choose_files(self, _("Lägg till foton"), photo_files())
        if seen is None or not paths:
            return
        add_shown(self.desk, seen, paths, says_taken=True)

    def _remove(self) -> None:
        self._then(self._remove_now)

    def _remove_now(self) -> None:
        seen = self._observation
        if seen is None:
            return
        delete(self.desk.session, self.desk.shelf.as_shown(seen))
        forget_unkept(self)
        text = _("{name} borttagen.").format(name=self.things.called(seen, at_desk=True))
        self.closed.emit()
        self.desk.say(Notice(text, icon_named("action", "delete"), undo=True))

    def flush(self) -> None:
        """Write what is still being typed."""
        self.form.flush()
        self.supporters.flush()
        self.remarks.flush()
        self.voice_notes.flush()
        for slot in self.slots.values():
            slot.flush()


def _left(widget: QWidget) -> QWidget:
    box = column()
    box.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
    return held(box)
