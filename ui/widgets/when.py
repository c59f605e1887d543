"""When a walk begins: day and clock in one line, the two usual answers as buttons, the moment in words below."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from app.base.words import _
from app.domain.entry import moment_on, zone_or_default
from ui.widgets.button import Button
from ui.widgets.fields import TextField
from ui.widgets.flow import Flow
from ui.widgets.look import Look
from ui.widgets.words import moment_words

EVENING = 18


class WhenField(TextField):
    """A moment by the clock of `zone`. A clock time alone is today. `now` tells the time."""

    def __init__(self, look: Look, label: str, zone: object, now: Callable[[], datetime]) -> None:
        self._zone, self._now = zone_or_default(zone), now
        words = _("år-månad-dag timme.minut")
        super().__init__(look, label, parse=self._read, show=self._written, placeholder=words)
        here = Button(look, _("Nu"), name=_("{field}: nu").format(field=label))
        here.clicked.connect(lambda: self._set(self._now()))
        evening = Button(look, _("I kväll 18.00"), name=_("{field}: i kväll 18.00").format(field=label))
        evening.clicked.connect(lambda: self._set(self._at(EVENING)))
        flow = Flow(look.gap)
        flow.addWidget(here)
        flow.addWidget(evening)
        usual = QWidget()
        usual.setLayout(flow)
        self.box.insertWidget(self.box.indexOf(self.editor) + 1, usual)
        self.changed.connect(self._in_words)

    def set_zone(self, zone: object) -> None:
        """Another clock; the moment stays."""
        self._zone = zone_or_default(zone)
        self.show_value(self._shown)

    def _read(self, text: str) -> datetime:
        first, _gap, clock = text.strip().partition(" ")
        said = f"{first}T{clock.strip().replace('.', ':')}" if clock else text.strip()
        return moment_on(said, self._zone, self._now())

    def _written(self, value: datetime) -> str:
        return value.astimezone(ZoneInfo(self._zone)).strftime("%Y-%m-%d %H.%M")

    def _at(self, hour: int) -> datetime:
        today = self._now().astimezone(ZoneInfo(self._zone))
        return today.replace(hour=hour, minute=0, second=0, microsecond=0).astimezone(self._now().tzinfo)

    def _set(self, value: datetime) -> None:
        self.flush()
        self.refuse("")
        self._put(self._written(value))
        self._shown = value
        self.changed.emit(value)

    def _in_words(self, value: Any) -> None:
        self.hint(moment_words(value, self._zone, self._now()))

    def show_value(self, value: Any) -> None:
        """Show a moment, unless a person is typing."""
        super().show_value(value)
        self._in_words(value)
