"""*Varför hjälper det?* The six links of a measure, from problem to goal conflict, each with a lamp and an editor."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import _
from app.domain.checklist import Checklist, Mechanism
from app.domain.reasoning import LINKS, is_filled
from app.domain.records import Measure
from app.domain.values import known
from ui.widgets.button import Button
from ui.widgets.chain import Chain
from ui.widgets.chip import Chip
from ui.widgets.combo import Combo
from ui.widgets.fields import PLACE_NOT_PEOPLE, Field, TextField
from ui.widgets.flow import Flow
from ui.widgets.look import Look, icon_named
from ui.widgets.text import Label, emptied


class Proposal(QWidget):
    """Words that the program proposes, said to be so, and a way to use them. Hidden where there are none."""

    used = Signal(str)

    def __init__(self, look: Look, what: str, *, usable: bool = True) -> None:
        super().__init__()
        self.text = ""
        self._words = Label(look, "", "body", "text2")
        self._use = Button(
            look, _("Använd"), icon_named("action", "keep"), name=_("Använd förslaget: {what}").format(what=what)
        )
        self._use.clicked.connect(lambda: self.used.emit(self.text))
        top = Flow(8)
        top.addWidget(Chip(look, _("Förslag"), icon_named("state", "suggested"), "info"))
        if usable:
            top.addWidget(self._use)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 2, 0, 0)
        box.setSpacing(4)
        box.addLayout(top)
        box.addWidget(self._words)
        self.hide()

    def show_text(self, text: str) -> None:
        """Propose other words."""
        self.text = text
        self._words.setText(text)
        self.setVisible(bool(text))


class MechanismField(Field):
    """Why it works: one mechanism or several, each a button that takes it away, and a list to choose one more from."""

    def __init__(self, look: Look, label: str, mechanisms: Sequence[Mechanism]) -> None:
        super().__init__(look, label)
        self._mechanisms = tuple(mechanisms)
        self._value: tuple[str, ...] = ()
        self._chosen = QVBoxLayout()
        self._chosen.setSpacing(look.gap)
        self.box.addLayout(self._chosen)
        self.combo = Combo(look)
        self.combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(8)
        self.combo.activated.connect(self._add)
        self._hold(self.combo)

    def _rest(self) -> list[Mechanism]:
        return [each for each in self._mechanisms if each.code not in self._value]

    def _add(self, place: int) -> None:
        if place > 0:
            self._set((*self._value, self._rest()[place - 1].code))

    def _set(self, value: tuple[str, ...]) -> None:
        self.show_value(value)
        self.changed.emit(value)

    def show_value(self, value: Any) -> None:
        """Show the chosen ones, and the rest to choose from. What is shown already stays: the list may be open."""
        shown = tuple(value) if isinstance(value, tuple | list) else ()
        if shown == self._value and self.combo.count():
            return
        self._value = shown
        emptied(self._chosen)
        self._chosen.setContentsMargins(0, 0, 0, 4 if self._value else 0)
        names = {each.code: str(each.name) for each in self._mechanisms}
        for code in self._value:
            text = f"{code} {names.get(code, _('okänt värde'))}"
            button = Button(self.look, text, "close", left=True, name=_("Ta bort mekanismen {name}").format(name=text))
            button.clicked.connect(
                lambda _on, code=code: self._set(tuple(each for each in self._value if each != code))
            )
            self._chosen.addWidget(button)
        self.combo.clear()
        self.combo.addItem(_("Välj en till") if self._value else _("Välj mekanism"))
        self.combo.addItems([f"{each.code} {each.name}" for each in self._rest()])
        self.combo.setVisible(bool(self._rest()))


class MeasureChain(Chain):
    """The links as editors. `fields` are named as the record's; `wanted(field, text)`: a proposal shall be used."""

    wanted = Signal(str, str)

    def __init__(self, look: Look, checklist: Checklist) -> None:
        self._checklist = checklist
        place = _(PLACE_NOT_PEOPLE)
        self.fields: dict[str, Field] = {
            "problem": TextField(look, _("Problem"), place, lines=2),
            "cause": TextField(look, _("Orsak på platsen"), _("Det ni såg som gör att det är så."), lines=2),
            "mechanism": MechanismField(look, _("Mekanism"), checklist.mechanisms),
            "text": TextField(look, _("Åtgärd"), lines=2),
            "expected_effect": TextField(look, _("Väntad effekt"), lines=2),
            "goal_conflict": TextField(look, _("Målkonflikt"), lines=2),
        }
        self._argument = Proposal(look, _("Mekanism"), usable=False)
        self._conflict = Proposal(look, _("Målkonflikt"))
        self._conflict.used.connect(lambda text: self.wanted.emit("goal_conflict", text))
        self._none = Button(look, _("Ingen målkonflikt"), icon_named("action", "keep"))
        self._none.clicked.connect(lambda: self.wanted.emit("goal_conflict", _("Ingen.")))
        self.fields["mechanism"].box.addWidget(self._argument)
        box = self.fields["goal_conflict"].box
        box.addWidget(self._conflict)
        box.addWidget(self._none, 0, Qt.AlignmentFlag.AlignLeft)
        super().__init__(look, [self.fields[each] for each in LINKS])

    def show_measure(self, measure: Measure, **fills: str) -> None:
        """Light the lamps and make the proposals; `fills` are what an argument may ask for, where it is known."""
        self.show_lit([is_filled(measure, each) for each in LINKS])
        codes = known(measure.mechanism, tuple) or ()
        found = [each for each in self._checklist.mechanisms if each.code in codes]
        said = {"cause": str(measure.cause or ""), "measure": str(measure.text or ""), **fills}
        self._argument.show_text(" ".join(each.argument(**said) for each in found))
        open_ = not is_filled(measure, "goal_conflict")
        self._conflict.show_text(" ".join(_closed(str(each.conflict)) for each in found) if open_ else "")
        self._none.setVisible(open_)


def _closed(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
