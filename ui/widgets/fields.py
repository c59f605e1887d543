"""Editors of single values. Each shows a value, says `changed(value)` when a person has set another, and is never
disturbed while it is being typed in. What cannot be read as a value is said beside the field, in a sentence."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from app.base.errors import BadInput
from app.base.words import N_, _, decimal_sign
from app.domain.entry import day, number, whole
from ui.widgets.button import Button
from ui.widgets.combo import Combo
from ui.widgets.edits import Line, Lines
from ui.widgets.flow import FlowGrid
from ui.widgets.group import KeyGroup
from ui.widgets.look import Look
from ui.widgets.text import Label
from ui.widgets.typed import Typing

PLACE_NOT_PEOPLE = N_("Beskriv platsen, inte personer.")
"""Stands at every text field where people describe what they see."""


class Field(QWidget):
    """A label, an editor under it, a hint and, where something is wrong, a sentence."""

    changed = Signal(object)
    left = Signal()

    def __init__(self, look: Look, label: str, hint: str = "") -> None:
        super().__init__()
        self.look, self.label = look, label
        self.refusals = 0
        """How often something was not taken: what is refused anew after it was mended is another refusal."""
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(4)
        self._label = Label(look, label, "strong")
        self._hint = Label(look, hint, "meta", "text2")
        # Shown before it has a parent it would be a window of its own.
        if not hint:
            self._hint.hide()
        self._wrong = Label(look, "", "meta", "danger")
        self._wrong.hide()
        if label:
            self.box.addWidget(self._label)

    def _hold(self, editor: QWidget) -> None:
        """Take the editor in, under the label."""
        self.editor = editor
        editor.setAccessibleName(self.label)
        if self._hint.text():
            editor.setAccessibleDescription(self._hint.text())
        self.box.addWidget(editor)
        self.box.addWidget(self._hint)
        self.box.addWidget(self._wrong)

    def refuse(self, sentence: str) -> None:
        """Say why a value was not taken; "" when it was."""
        self.refusals += bool(sentence)
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))

    @property
    def refusal(self) -> str:
        """Why what stands in the field was not taken; "" where it was."""
        return "" if self._wrong.isHidden() else self._wrong.text()

    def hint(self, text: str) -> None:
        """Another hint."""
        self._hint.setText(text)
        self._hint.setVisible(bool(text))

    def show_value(self, value: Any) -> None:
        """Show a value, unless a person is at work in the field."""
        raise NotImplementedError

    def show_anew(self, value: Any) -> None:
        """Show a value of another record, or of one that holds nothing any longer: whatever stood here goes."""
        self.refuse("")
        self.show_value(value)

    def flush(self) -> None:
        """Tell of what is still being typed."""

    @property
    def is_at_work(self) -> bool:
        """Whether a person is in the middle of setting a value."""
        return False


class TextField(Field):
    """Text, in one line or several. `parse` turns what was typed into the value; it raises BadInput. `whole`: half of
    it means something else, so it is told of with Enter, when the field is left, and when the hand rests on a text that
    this says is whole."""

    def __init__(
        self,
        look: Look,
        label: str,
        hint: str = "",
        *,
        lines: int = 1,
        parse: Callable[[str], Any] = str,
        show: Callable[[Any], str] = str,
        placeholder: str = "",
        whole: Callable[[str], bool] | None = None,
    ) -> None:
        super().__init__(look, label, hint)
        place = _(PLACE_NOT_PEOPLE)
        if lines > 1 and place not in hint:
            # Where people write freely it stands in the field until they have begun.
            placeholder = placeholder or place
        self._parse, self._show = parse, show
        self.keys: QWidget | None = None
        self._typing = Typing(self, (lambda: whole(self.text())) if whole else None)
        self._typing.told.connect(self._tell)
        self._shown: Any = None
        edit: Line | Lines
        if lines > 1:
            edit = Lines(look, lines, 14)
            edit.textChanged.connect(self._typed)
        else:
            edit = Line(look)
            edit.textEdited.connect(self._typed)
            edit.returnPressed.connect(self.flush)
        edit.setPlaceholderText(placeholder)
        if placeholder == place:
            edit.setAccessibleDescription(place)
        edit.installEventFilter(self)
        self._quiet = False
        self._hold(edit)

    def text(self) -> str:
        """What stands in the field."""
        return self.editor.toPlainText() if isinstance(self.editor, Lines) else self.editor.text()  # type: ignore[attr-defined]

    def _put(self, text: str) -> None:
        self._quiet = True
        if isinstance(self.editor, Lines):
            self.editor.setPlainText(text)
        else:
            self.editor.setText(text)  # type: ignore[attr-defined]
            if not self.editor.hasFocus():
                # What is longer than the field is read from its beginning.
                self.editor.setCursorPosition(0)  # type: ignore[attr-defined]
        self._quiet = False

    def _typed(self) -> None:
        if not self._quiet:
            self._typing.typed()

    def _tell(self) -> None:
        try:
            value = self._parse(self.text()) if self.text().strip() or self._parse is str else None
        except BadInput as error:
            self.refuse(str(error))
            return
        self.refuse("")
        self._shown = value
        self.changed.emit(value)

    def flush(self) -> None:
        """Tell of what is still being typed."""
        self._typing.flush()

    @property
    def is_at_work(self) -> bool:
        """Whether a person is typing, here or on the field's own `keys`, or has typed what was not taken."""
        focus = QApplication.focusWidget()
        on_keys = self.keys is not None and focus is not None and self.keys.isAncestorOf(focus)
        return self.editor.hasFocus() or on_keys or self.holds_unkept

    @property
    def holds_refused(self) -> bool:
        """Whether what stands here was not taken."""
        return bool(self.refusal and self.text().strip())

    @property
    def holds_unkept(self) -> bool:
        """Whether what stands here was not taken, or not told of yet."""
        return self._typing.pending or self.holds_refused

    def forget(self) -> None:
        """What stands here and is not kept is never told of."""
        self._typing.drop()
        self.refuse("")

    def show_anew(self, value: Any) -> None:
        """Show a value of another record, or of one that holds nothing any longer: whatever was typed goes."""
        self.forget()
        super().show_anew(value)

    def show_value(self, value: Any) -> None:
        """Show a value, unless a person is typing, or has typed what was not taken."""
        text = "" if value is None else self._show(value)
        self._shown = value
        if self.holds_refused:
            return
        if not self._typing.pending and not (self.editor.hasFocus() and self.text() == text) and self.text() != text:
            self._put(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaving the field tells of it; Escape leaves a line."""
        if event.type() == QEvent.Type.FocusOut:
            self.flush()
            self.left.emit()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.flush()
        return super().eventFilter(watched, event)


def forget_unkept(root: QWidget) -> None:
    """What stands within `root` and is not kept is given up: what it is about is deleted, or was left."""
    for each in root.findChildren(TextField):
        each.forget()


def whole_field(look: Look, label: str, hint: str = "") -> TextField:
    """A whole number."""
    return TextField(look, label, hint, parse=whole)


def number_field(look: Look, label: str, hint: str = "") -> TextField:
    """A number, with the decimal sign of the language; both are understood."""
    return TextField(look, label, hint, parse=number, show=lambda value: f"{value:g}".replace(".", decimal_sign()))


def day_field(look: Look, label: str, hint: str = "") -> TextField:
    """A day, written 2026-11-20."""
    return TextField(look, label, hint, parse=day, show=date.isoformat, placeholder=_("år-månad-dag"))


class ChoiceField(Field):
    """One of several, in a list that opens. `none`: a word for no choice, where that may be."""

    def __init__(
        self, look: Look, label: str, choices: Sequence[tuple[Any, str]], hint: str = "", *, none: str = ""
    ) -> None:
        super().__init__(look, label, hint)
        self.choices: list[tuple[Any, str]] = [*([(None, none)] if none else []), *choices]
        combo = Combo(look)
        combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(8)
        for _value, word in self.choices:
            combo.addItem(word)
        combo.activated.connect(self._chosen)
        combo.installEventFilter(self)
        self.combo = combo
        self._hold(combo)

    def _chosen(self, place: int) -> None:
        self.refuse("")
        self.changed.emit(self.choices[place][0])

    def offer(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Other choices; the word for none stays."""
        none = [each for each in self.choices[:1] if each[0] is None]
        offered = [*none, *choices]
        if offered == self.choices:
            return
        self.choices = offered
        self.combo.clear()
        self.combo.addItems([word for _value, word in offered])

    def show_value(self, value: Any) -> None:
        """Show a choice; one that is not among them is added, as it is."""
        # An empty text is no choice.
        value = None if value == "" else value
        for place, (each, _word) in enumerate(self.choices):
            if each == value and type(each) is type(value):
                self.combo.setCurrentIndex(place)
                return
        self.choices.append((value, str(value)))
        self.combo.addItem(str(value))
        self.combo.setCurrentIndex(self.combo.count() - 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The wheel scrolls the page and never changes a choice by accident."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class SegmentField(Field):
    """One of a few, side by side, all seen at once. With `none` a press on what is chosen takes the choice back."""

    def __init__(
        self,
        look: Look,
        label: str,
        choices: Sequence[tuple[Any, str]],
        hint: str = "",
        *,
        icons: Sequence[str] = (),
        least: int = 120,
        most: int = 12,
        none: bool = False,
    ) -> None:
        super().__init__(look, label, hint)
        self._none = none
        self.buttons: list[tuple[Any, Button]] = []
        for place, (value, word) in enumerate(choices):
            button = Button(look, word, icons[place] if icons else "", name=f"{label}: {word}" if label else word)
            button.setCheckable(True)
            button.clicked.connect(lambda _on, chosen=value: self._pressed(chosen))
            self.buttons.append((value, button))
        widgets = [button for _value, button in self.buttons]
        self._hold(FlowGrid(look, widgets, least=least, most=most, spacing=look.gap))
        self._group = KeyGroup(widgets, self, one_of=True)

    def _pressed(self, chosen: Any) -> None:
        held = next((button.isChecked() for value, button in self.buttons if value == chosen), True)
        value = chosen if held or not self._none else None
        self.show_value(value)
        self.refuse("")
        self.changed.emit(value)

    def show_value(self, value: Any) -> None:
        """Show a choice."""
        for each, button in self.buttons:
            button.setChecked(each == value and type(each) is type(value))


class ManyField(Field):
    """Any number of several."""

    def __init__(
        self, look: Look, label: str, choices: Sequence[tuple[str, str]], hint: str = "", *,
        icons: Sequence[str] = (), least: int = 150,
    ) -> None:  # fmt: skip
        super().__init__(look, label, hint)
        self.buttons: list[tuple[str, Button]] = []
        for place, (value, word) in enumerate(choices):
            button = Button(look, word, icons[place] if icons else "", name=f"{label}: {word}", left=True)
            button.setCheckable(True)
            button.clicked.connect(self._pressed)
            self.buttons.append((value, button))
        self._rest: tuple[str, ...] = ()
        widgets = [button for _value, button in self.buttons]
        self._hold(FlowGrid(look, widgets, least=least, spacing=look.gap))
        self._group = KeyGroup(widgets, self)

    def _pressed(self) -> None:
        self.changed.emit((*(value for value, button in self.buttons if button.isChecked()), *self._rest))

    def show_value(self, value: Any) -> None:
        """Show the choices; those not among the buttons are kept."""
        held = tuple(value) if isinstance(value, tuple | list) else ()
        known = {each for each, _button in self.buttons}
        self._rest = tuple(each for each in held if each not in known)
        for each, button in self.buttons:
            button.setChecked(each in held)


def line(look: Look) -> QFrame:
    """A thin line between parts."""
    made = QFrame()
    made.setFrameShape(QFrame.Shape.HLine)
    made.setStyleSheet(f"color: {look.color('hair').name()};")
    return made
