"""A measure in full: why it helps, who answers for it and by when, what was decided, what it answers to. Written as it
is typed, with what was shown."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.base.words import _
from app.commands.measures import share
from app.commands.records import delete
from app.domain.checklist import UNDECIDED, seamless
from app.domain.numbers import number_key
from app.domain.reasoning import LINKS, is_declined, is_filled, usual_priority
from app.domain.record import field_of
from app.domain.records import Measure, MeasureFor, Observation, Party
from app.domain.values import Light, MeasureStatus, Priority, known, label_of
from ui.widgets.button import Button, only_icon
from ui.widgets.card import READABLE, at_top
from ui.widgets.chip import Chip
from ui.widgets.desk import Desk
from ui.widgets.fields import ChoiceField, Field, SegmentField, TextField, day_field, forget_unkept
from ui.widgets.flow import FlowGrid
from ui.widgets.form import RecordForm, editor_for
from ui.widgets.look import Look, icon_named
from ui.widgets.measure_answers import MeasureAnswers
from ui.widgets.measure_chain import MeasureChain, Proposal
from ui.widgets.notice import Notice
from ui.widgets.page import Scroll
from ui.widgets.remarks import Remarks
from ui.widgets.text import Heading, Label
from ui.widgets.things import Things
from ui.widgets.words import day_words

TWO_PANES = 880
"""From this effective width on the editor stands beside the list."""

BY_OWNER = "owner"
"""Of a place: the measures are by who is responsible."""


class PriorityField(SegmentField):
    """A to D. D without a reason is refused where one is looking; nothing else is held up by it."""

    lacks_reason = Signal()

    def __init__(self, look: Look) -> None:
        choices = [(each, f"{each.value} {label_of(each)}") for each in Priority]
        super().__init__(look, _("Prioritet"), choices, least=130, none=True)
        self._held: object = None
        self.has_reason = False

    def show_value(self, value: object) -> None:
        """Show a priority."""
        self._held = value
        super().show_value(value)

    def _pressed(self, chosen: object) -> None:
        if chosen == Priority.D and self._held != Priority.D and not self.has_reason:
            self.show_value(self._held)
            self.refuse(_("Skriv en motivering först: D betyder att åtgärden inte genomförs."))
            self.lacks_reason.emit()
            return
        super()._pressed(chosen)


def parties_of(desk: Desk, scope: str) -> list[tuple[str, str]]:
    """(code, short name) of who may answer for a measure in a walk, as the checklist orders them; *Utreds* first."""
    listed = {each.code: str(each.short) for each in desk.shelf.checklist.parties}
    own = {str(each.code): str(each.short or each.name) for each in desk.shelf.all_of(Party, scope) if each.code}
    order = [UNDECIDED, *(each for each in listed if each != UNDECIDED), *sorted(own.keys() - listed.keys())]
    return [(code, seamless(listed.get(code) or own[code])) for code in order]


def party_word(desk: Desk, scope: str, code: object) -> str:
    """What a responsible party is called in a list."""
    wanted = str(code or UNDECIDED)
    return dict(parties_of(desk, scope)).get(wanted, wanted)


def measures_by(desk: Desk, things: Things, part: str) -> list[Measure]:
    """The measures of a walk by number, or by who is responsible."""
    measures = desk.shelf.all_of(Measure, things.scope)
    found = sorted(
        measures,
        key=lambda each: (number_key(things.numbers.get(each.id, "")), things.numbers.get(each.id, ""), each.id),
    )
    if part == BY_OWNER:
        found.sort(key=lambda each: party_word(desk, things.scope, each.responsible).casefold())
    return found


class MeasurePane(QWidget):
    """One measure. `opened(id)`: another one, just made from it; `gone`: it is deleted; `asked`: an observation shall
    be added to what it answers."""

    opened = Signal(str)
    gone = Signal()
    asked = Signal()

    def __init__(self, desk: Desk, scope: str) -> None:
        super().__init__()
        self.desk, self.scope, self.look = desk, scope, desk.look
        self._measure: Measure | None = None
        self._fields = self._made_fields()
        self.form = RecordForm(desk, Measure, tuple(self._fields), editors=self._fields, lay_out=False)
        self.form.setParent(self)
        self.form.hide()
        inner, content = QWidget(), QWidget()
        inner.setMaximumWidth(round(READABLE * self.look.scale))
        aside = QHBoxLayout(content)
        aside.setContentsMargins(0, 0, 0, 0)
        aside.addWidget(inner, 1000)
        aside.addStretch(1)
        self._box = QVBoxLayout(inner)
        self._box.setContentsMargins(16, 14, 16, 20)
        self._box.setSpacing(14)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self._scroll = Scroll(self.look, content)
        box.addWidget(self._scroll)
        self._lay_out()

    # The parts

    def _made_fields(self) -> dict[str, Field]:
        look, desk = self.look, self.desk
        self.chain = MeasureChain(look, desk.shelf.checklist)
        self._priority = PriorityField(look)
        self._priority.lacks_reason.connect(self._reason)
        own: dict[str, Field] = {
            "responsible": ChoiceField(look, _("Ansvarig"), parties_of(desk, self.scope)),
            "due": day_field(look, _("Klart senast")),
            "priority": self._priority,
            "status_at": day_field(look, _("Statusdatum")),
            "decision": TextField(look, _("Beslut"), lines=2),
            "decision_reason": TextField(look, _("Motivering"), lines=2),
            "feedback": TextField(look, _("Återkoppling"), _("Vad deltagarna fick veta, och hur."), lines=2),
            "feedback_at": day_field(look, _("Återkopplad den")),
            "follow_up_on": day_field(look, _("Följs upp den")),
        }
        names = ("term", "cost_class", "status", "external_case_no", "handed_to", "indicator")
        made = {name: editor_for(desk, field_of(Measure, name), "") for name in names}
        return {**self.chain.fields, **own, **made}

    def _lay_out(self) -> None:
        look, fields = self.look, self._fields
        self._undecided = Chip(look, _("Utreds: ingen är utsedd än"), "help-circle-outline", "warn")
        self._indicator = Proposal(look, _("Så ser vi effekten"))
        self._indicator.used.connect(lambda text: self.form.write("indicator", text))
        self.chain.wanted.connect(self.form.write)
        self.answers = MeasureAnswers(self.desk, self.scope)
        self.answers.asked.connect(self.asked)
        self.remarks = Remarks(self.desk, self.scope, label=_("Ny anmärkning om åtgärden"))
        self._add(self.chain)
        self._part(_("Ansvar och tid"), self._pair("responsible", "due"), self._undecided, fields["priority"])
        self._add(self._pair("term", "cost_class"), self._pair("status", "status_at"))
        self._part(
            _("Beslut och ärende"),
            fields["decision"],
            fields["decision_reason"],
            self._pair("external_case_no", "handed_to"),
        )
        self._part(_("Uppföljning"), fields["indicator"], self._indicator, self._pair("follow_up_on", "feedback_at"))
        self._add(fields["feedback"])
        self._part(_("Svarar på"), self.answers)
        self._part(_("Anmärkningar"), self.remarks)
        self._part(_("Två ansvariga blir två åtgärder"), *self._sharing())
        remove = Button(look, _("Ta bort åtgärden"), icon_named("action", "delete"), kind="danger")
        remove.clicked.connect(self._remove)
        self._box.addWidget(remove, 0, Qt.AlignmentFlag.AlignLeft)

    def _sharing(self) -> tuple[QWidget, ...]:
        rest = [each for each in parties_of(self.desk, self.scope) if each[0] != UNDECIDED]
        self._other = ChoiceField(self.look, _("Den andra ansvariga"), rest, none=_("Välj vem"))
        self._other.changed.connect(self._share)
        told = _("Samma problem och förslag läggs som en egen åtgärd. Var och en svarar för sin del.")
        return Label(self.look, told, "meta", "text2"), self._other

    def _pair(self, *names: str) -> FlowGrid:
        return FlowGrid(self.look, [at_top(self._fields[each]) for each in names], least=190, most=2, spacing=12)

    def _add(self, *parts: QWidget) -> None:
        for each in parts:
            self._box.addWidget(each)

    def _part(self, title: str, *parts: QWidget) -> None:
        heading = Heading(self.look, title, "h3")
        heading.setContentsMargins(0, 10, 0, 0)
        self._add(heading, *parts)

    # What is so

    @property
    def measure(self) -> Measure | None:
        """The measure that is shown."""
        return self._measure

    def show_measure(self, things: Things, measure: Measure) -> None:
        """Show a measure as it was just read."""
        if self._measure is None or self._measure.id != measure.id:
            self.flush()
            self._scroll.verticalScrollBar().setValue(0)
        self._measure = measure
        self.form.show_record(measure)
        links = self._links(measure)
        answered = {each.observation for each in links}
        seen = [each for each in things.observations if each.id in answered]
        self.chain.show_measure(measure, **self._fills(things, measure, seen))
        self._show_states(things, measure, seen)
        self.answers.show_links(things, links)
        self.remarks.show_of(measure.id)
        self._other.show_value(None)

    def _links(self, measure: Measure) -> list[MeasureFor]:
        return [each for each in self.desk.shelf.all_of(MeasureFor, self.scope) if each.measure == measure.id]

    def _fills(self, things: Things, measure: Measure, seen: list[Observation]) -> dict[str, str]:
        stops = [stop.name for each in seen if (stop := things.stop_of(each))]
        due, light = known(measure.due, date), things.walk.light if things.walk else None
        return {
            "place": str(stops[0]) if stops else _("platsen"),
            "time": _("på dagen") if light == Light.DAYLIGHT else _("när det är mörkt"),
            "due": _("senast {day}").format(day=day_words(due)) if due else _("snart"),
        }

    def _show_states(self, things: Things, measure: Measure, seen: list[Observation]) -> None:
        self._undecided.setVisible((measure.responsible or UNDECIDED) == UNDECIDED)
        usual = usual_priority(things.checklist, measure, seen)
        word = _("Föreslagen: {letter} {word}. Ingen har satt den än.")
        self._priority.hint("" if measure.priority else word.format(letter=usual.value, word=label_of(usual)))
        self._priority.has_reason = bool(str(measure.decision_reason or "").strip())
        lacks = is_declined(measure) and not self._priority.has_reason
        why = _("Motivering behövs för att lämna till protokollet: Genomförs inte.")
        self._fields["decision_reason"].hint(why if lacks else "")
        dated = measure.due is not None or is_declined(measure) or measure.status == MeasureStatus.DUPLICATE
        decided = _("Datumet gäller beslutet, inte utförandet.") if measure.priority == Priority.C else ""
        self._fields["due"].hint(decided if dated else _("Datum saknas."))
        codes = known(measure.mechanism, tuple) or ()
        ways = [str(each.indicator) for each in things.checklist.mechanisms if each.code in codes]
        self._indicator.show_text("" if str(measure.indicator or "").strip() else "; ".join(ways))

    def begin(self) -> None:
        """Go to the first link that is not filled, else to the first."""
        names = [each for each in LINKS if self._measure and not is_filled(self._measure, each)]
        field = self._fields[(names or LINKS)[0]]
        field.editor.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(field)

    def focus_reason(self) -> None:
        """Say that a reason is needed, and go there."""
        self._priority._pressed(Priority.D)

    def _reason(self) -> None:
        field = self._fields["decision_reason"]
        assert isinstance(field, TextField)
        self._scroll.ensureWidgetVisible(field)
        field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is done

    def _now(self) -> Measure | None:
        """The measure with what was just typed."""
        self.flush()
        return self.desk.shelf.now(Measure, self.scope, self._measure.id) if self._measure else None

    def _share(self, party: object) -> None:
        measure = self._now()
        if measure is None or not party:
            return
        made = share(self.desk.session, measure, self._links(measure), str(party))
        text = _("Åtgärden finns nu också för {who}.").format(who=party_word(self.desk, self.scope, party))
        self.opened.emit(made)
        self.desk.say(Notice(text, icon_named("action", "copy"), undo=True))

    def _remove(self) -> None:
        measure = self._now()
        if measure is None:
            return
        number = self.desk.shelf.numbers(self.scope).of.get(measure.id, "")
        delete(self.desk.session, self.desk.shelf.as_shown(measure))
        forget_unkept(self)
        self.gone.emit()
        text = _("Åtgärd {number} borttagen.").format(number=number)
        self.desk.say(Notice(text, icon_named("action", "delete"), undo=True))

    def flush(self) -> None:
        """Write what is still being typed."""
        self.form.flush()
        self.remarks.flush()


def up_and_down(look: Look, step: Callable[[int], None]) -> tuple[Button, Button]:
    """Buttons to the measure before and the one after."""
    up = only_icon(look, _("Förra åtgärden"), "chevron-up")
    down = only_icon(look, _("Nästa åtgärden"), "chevron-down")
    for button, by in ((up, -1), (down, 1)):
        button.clicked.connect(lambda _on, by=by: step(by))
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return up, down


def steps(parent: QWidget, keys: Mapping[str, Callable[[], None]]) -> None:
    """Shortcuts that hold within `parent`: key → what is called."""
    for key, act in keys.items():
        shortcut = QShortcut(QKeySequence(key), parent)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)
