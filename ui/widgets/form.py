"""A form over a record: one editor per field, made from the field's own line. There is no save button; each change is
written as it is made, with what the person was shown.

A field that a person is at work in keeps the value it was opened with as what was seen, so that what another device
wrote meanwhile becomes a conflict and never a silent win.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import IntEnum, StrEnum
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.errors import GatljusError
from app.base.words import _
from app.commands.records import set_fields
from app.domain.change import Written
from app.domain.entry import is_whole_position, position, texts, zone_or_default
from app.domain.record import FieldInfo, Record, field_of, word_of
from app.domain.records import AGE_BANDS
from app.domain.values import Position, Unknown, label_of
from ui.widgets.desk import Desk
from ui.widgets.fields import (
    PLACE_NOT_PEOPLE,
    ChoiceField,
    Field,
    ManyField,
    SegmentField,
    TextField,
    day_field,
    number_field,
    whole_field,
)
from ui.widgets.flag_field import FlagField
from ui.widgets.when import moment_field

FEW = 4
"""So many choices are shown side by side; more are a list."""


def _coded(info: FieldInfo) -> list[tuple[str, str]]:
    return [(str(code), word_of(info, code)) for code in info.among]


def editor_for(desk: Desk, info: FieldInfo, zone: str, starts: object = None) -> Field:
    """The editor of a field, by what its line says."""
    look, label = desk.look, _(info.label)
    if info.among and info.type is not str:
        return ManyField(look, label, _coded(info))
    if info.among:
        return ChoiceField(look, label, _coded(info), none=_("Inte angett") if info.among == AGE_BANDS else "–")
    if isinstance(info.type, type) and issubclass(info.type, StrEnum | IntEnum):
        choices = [(each, label_of(each)) for each in info.type]
        if len(choices) <= FEW:
            return SegmentField(look, label, choices, none=info.default is None)
        return ChoiceField(look, label, choices, none="–" if info.default is None else "")
    return _typed(desk, info, zone, starts)


def _typed(desk: Desk, info: FieldInfo, zone: str, starts: object) -> Field:
    look, label = desk.look, _(info.label)
    if info.type.__name__ == "datetime":
        return moment_field(look, label, zone, starts)
    made: Mapping[str, Callable[..., Field]] = {
        "bool": FlagField,
        "int": whole_field,
        "float": number_field,
        "date": day_field,
    }
    if info.type.__name__ in made:
        return made[info.type.__name__](look, label)
    if info.type is Position:
        return TextField(look, label, parse=position, show=_position_text, whole=is_whole_position)
    if info.describes:
        return TextField(look, label, _(PLACE_NOT_PEOPLE), lines=3)
    if info.type is not str:
        return TextField(look, label, parse=texts, show=", ".join)
    return TextField(look, label)


def _position_text(value: Position) -> str:
    return f"{value.lat:.6f}, {value.lon:.6f}"


Meaning = Callable[[Record, str, Any], Mapping[str, Any]]
"""What is written when a person sets a field of a record as it was shown to a value: the field, and what follows."""


class RecordForm(QWidget):
    """The fields `names` of a record, under each other. `show_record` shows it; `wrote` is emitted after each write.
    `means`: what else is written when a field is set, where that is more than the field."""

    wrote = Signal(str)

    def __init__(
        self,
        desk: Desk,
        cls: type[Record],
        names: Sequence[str],
        *,
        editors: Mapping[str, Field] | None = None,
        zone: str = "",
        starts: object = None,
        lay_out: bool = True,
        means: Meaning | None = None,
    ) -> None:
        super().__init__()
        self.desk, self._means = desk, means
        self.fields: dict[str, Field] = {}
        self._record: Record | None = None
        self._basis: dict[str, Record] = {}
        self._action: dict[str, int] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(14)
        given = editors or {}
        for name in names:
            field = given.get(name) or editor_for(desk, field_of(cls, name), zone_or_default(zone), starts)
            field.changed.connect(lambda value, name=name: self._write(name, value))
            field.left.connect(lambda name=name: self._action.pop(name, None))
            self.fields[name] = field
            if lay_out:
                box.addWidget(field)

    def show_record(self, record: Record) -> None:
        """Show a record as it was just read. A field that is being typed in keeps what it shows."""
        other = self._record is None or self._record.id != record.id
        if other:
            self.flush()
            self._basis.clear()
            self._action.clear()
        self._record = record
        for name, field in self.fields.items():
            if other or not field.is_at_work:
                self._basis[name] = record
                show = field.show_anew if other else field.show_value
                show(getattr(record, name))

    def _write(self, name: str, value: Any) -> bool:
        basis = self._basis.get(name)
        if basis is None or isinstance(value, Unknown):
            return False
        if value == getattr(basis, name):
            return True
        info = field_of(type(basis), name)
        said = info.default if value is None and info.type is str else value
        values = self._means(basis, name, said) if self._means else {name: said}
        try:
            written = set_fields(self.desk.session, basis, values, action=self._action.get(name))
        except GatljusError as error:
            self._refuse(name, basis, error)
            return False
        if isinstance(self.fields[name], TextField):
            # From focus to focus is one intention; a press is one of its own.
            self._action[name] = written.action
        self._saw(written, {name: said, **values})
        self.wrote.emit(name)
        return True

    def _saw(self, written: Written, values: Mapping[str, Any]) -> None:
        """What the form itself wrote has been seen in every field, also what followed from the one that was set."""
        for name, basis in self._basis.items():
            seen = basis.seen
            for (record, field), stamps in written.stamps.items():
                seen = seen.after(field, stamps) if record == basis.id else seen
            self._basis[name] = replace(basis, seen=seen, **values)

    def _refuse(self, name: str, basis: Record, error: GatljusError) -> None:
        field = self.fields[name]
        field.refuse(str(error))
        if not isinstance(field, TextField):
            field.show_value(getattr(basis, name))

    def write(self, name: str, value: Any) -> bool:
        """Set a field as if a person had in its editor. Returns whether the record says so now; else the field says why
        not."""
        self.fields[name].flush()
        self.fields[name].refuse("")
        return self._write(name, value)

    def flush(self) -> None:
        """Write what is still being typed."""
        for field in self.fields.values():
            field.flush()
