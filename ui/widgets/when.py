"""Moments: day and clock in one line; for when a walk begins also the two usual answers as buttons, and the moment in
words below."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.base.errors import BadInput
from app.base.words import _, clock_sign
from app.domain.entry import moment_on, zone_or_default
from ui.widgets.button import Button
from ui.widgets.fields import TextField
from ui.widgets.flow import Flow
from ui.widgets.look import Look
from ui.widgets.text import held
from ui.widgets.words import moment_words

EVENING = 18


def moment_typed(text: str, zone: str, starts: object, now: datetime | None = None) -> datetime:
    """The moment of `23/10 18.05`, `2026-10-23 18.05` or `18.05` in a field. Raises BadInput, in the words of the
    field."""
    try:
        return moment_on(text, zone, starts, now)
    except BadInput as error:
        raise BadInput(
            error.code,
            _("”{text}” går inte att läsa som en tid.").format(text=text.strip()),
            _("Skriv dag och klockslag, till exempel 25/11 18.05 eller 2026-11-25 18.05."),
        ) from error


def moment_as_typed(value: datetime, zone: str) -> str:
    """2026-10-23 18.05, in English 18:05."""
    return value.astimezone(ZoneInfo(zone)).strftime(f"%Y-%m-%d %H{clock_sign()}%M")


def moment_field(look: Look, label: str, zone: str, starts: object = None, hint: str = "") -> TextField:
    """A moment in the walk's time zone, written 2026-10-23 18.05; a clock time alone is the walk's day."""

    def parse(text: str) -> datetime:
        return moment_typed(text, zone, starts)

    def show(value: datetime) -> str:
        return moment_as_typed(value, zone)

    words = _("åååå-mm-dd tt.mm")
    return TextField(look, label, hint, parse=parse, show=show, placeholder=words, whole=readable(parse))


def readable(parse: Callable[[str], Any]) -> Callable[[str], bool]:
    """Whether what stands in a field can be read. Half a moment is none, or another one."""

    def whole(text: str) -> bool:
        try:
            return not text.strip() or parse(text) is not None
        except BadInput:
            return False

    return whole


class WhenField(TextField):
    """A moment by the clock of `zone`. A clock time alone is today. `now` tells the time."""

    def __init__(self, look: Look, label: str, zone: object, now: Callable[[], datetime]) -> None:
        self._zone, self._now = zone_or_default(zone), now
        words = _("åååå-mm-dd tt.mm")
        whole = readable(self._read)
        super().__init__(look, label, parse=self._read, show=self._written, placeholder=words, whole=whole)
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
        now = self._now()
        return moment_typed(text, self._zone, now, now)

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
        # The moment that is kept is not the one that stands in the field.
        self.hint("" if self.holds_refused else moment_words(value, self._zone, self._now()))

    def refuse(self, sentence: str) -> None:
        """Say why a value was not taken; "" when it was."""
        super().refuse(sentence)
        self._in_words(self._shown)

    def show_value(self, value: Any) -> None:
        """Show a moment, unless a person is typing or has typed what was not taken."""
        super().show_value(value)
        self._in_words(value)
        self._offer_evening()
