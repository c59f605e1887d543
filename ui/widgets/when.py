"""Moments: day and clock in one line; for when a walk begins also the two usual answers as buttons, and the moment in
words below."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.base.errors import BadInput
from app.base.words import _
from app.domain.entry import moment_on, zone_or_default
from ui.widgets.button import Button
from ui.widgets.fields import TextField
from ui.widgets.flow import Flow
from ui.widgets.look import Look
from ui.widgets.text import held
from ui.widgets.words import moment_words

EVENING = 18


def moment_typed(text: str, zone: str, starts: object) -> datetime:
    """The moment of `2026-10-23 18.05` or `18.05` in a field. Raises BadInput, in the words of the field."""
    first, _gap, clock = text.strip().partition(" ")
    said = f"{first}T{clock.strip().replace('.', ':')}" if clock else first
    try:
        return moment_on(said, zone, starts)
    except BadInput as error:
        raise BadInput(
            error.code,
            _("”{text}” går inte att läsa som en tid.").format(text=text.strip()),
            _("Skriv år-månad-dag timme.minut, till exempel 2026-11-25 18.05."),
        ) from error


def moment_as_typed(value: datetime, zone: str) -> str:
    """2026-10-23 18.05."""
    return value.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H.%M")


def moment_field(look: Look, label: str, zone: str, starts: object = None, hint: str = "") -> TextField:
    """A moment in the walk's time zone, written 2026-10-23 18.05; a clock time alone is the walk's day."""

    def parse(text: str) -> datetime:
        return moment_typed(text, zone, starts)

    def show(value: datetime) -> str:
        return moment_as_typed(value, zone)

    return TextField(look, label, hint, parse=parse, show=show, placeholder=_("år-månad-dag timme.minut"))


class WhenField(TextField):
    """A moment by the clock of `zone`. A clock time alone is today. `now` tells the time."""

    def __init__(self, look: Look, label: str, zone: object, now: Callable[[], datetime]) -> None:
        self._zone, self._now = zone_or_default(zone), now
        words = _("år-månad-dag timme.minut")
        super().__init__(look, label, parse=self._read, show=self._written, placeholder=words)
        here = Button(look, _("Nu"), name=_("{field}: nu").format(field=label))
        here.clicked.connect(lambda: self._set(self._now()))
        self._evening = Button(look, "")
        self._evening.clicked.connect(lambda: self._set(self._next_evening().astimezone(self._now().tzinfo)))
        self._offer_evening()
        flow = Flow(look.gap)
        flow.addWidget(here)
        flow.addWidget(self._evening)
        self.box.insertWidget(self.box.indexOf(self.editor) + 1, held(flow))
        self.changed.connect(self._in_words)

    def set_zone(self, zone: object) -> None:
        """Another clock; the moment stays."""
        self._zone = zone_or_default(zone)
        self.show_value(self._shown)

    def _read(self, text: str) -> datetime:
        return moment_typed(text, self._zone, self._now())

    def _written(self, value: datetime) -> str:
        return moment_as_typed(value, self._zone)

    def _next_evening(self) -> datetime:
        here = self._now().astimezone(ZoneInfo(self._zone))
        evening = here.replace(hour=EVENING, minute=0, second=0, microsecond=0)
        return evening if here < evening else evening + timedelta(days=1)

    def _offer_evening(self) -> None:
        today = self._now().astimezone(ZoneInfo(self._zone)).date() == self._next_evening().date()
        words = _("I kväll 18.00") if today else _("I morgon 18.00")
        name = _("{field}: i kväll 18.00") if today else _("{field}: i morgon 18.00")
        self._evening.setText(words)
        self._evening.setAccessibleName(name.format(field=self.label))
        self._evening.updateGeometry()

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
        self._offer_evening()
