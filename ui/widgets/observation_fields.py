"""The editors of an observation's fields that need more than their line says: what it was about, how serious, where."""

from collections.abc import Mapping
from typing import Any

from app.base.words import _
from app.domain.checklist import Checklist
from app.domain.record import field_of
from app.domain.records import Observation
from app.domain.rules import LIGHTING_CATEGORY, WITHOUT_SEVERITY, is_only_suggested, severity_of
from app.domain.values import PositionSource, Severity, known, label_of
from ui.widgets.desk import Desk
from ui.widgets.fields import ChoiceField, Field
from ui.widgets.look import Look
from ui.widgets.severity_chooser import SeverityChooser
from ui.widgets.things import Things, stop_title

WHAT = ("text", "severity", "category", "item", "kind")
WHERE = ("stop", "position", "observed_at")
LAMP = ("asset_tag", "lamp_count", "lamp_faults", "deliberate_off")
ALARM = ("alarm", "alarm_at")
PLACED = {*WHAT, *WHERE, *LAMP, *ALARM}
"""Fields that have a place of their own on the page; all others stand under *Fler uppgifter*, also those that come."""

NAMES = tuple(each.name for each in Observation.FIELDS if not each.machine)
"""Every field that a person may write."""

REST = tuple(name for name in NAMES if name not in PLACED)


def label(name: str) -> str:
    """What a field of an observation is called."""
    return _(field_of(Observation, name).label)


class SeverityField(Field):
    """How serious it is: the five buttons, or why there are none."""

    def __init__(self, look: Look, checklist: Checklist) -> None:
        super().__init__(look, label("severity"))
        self.chooser = SeverityChooser(look, checklist)
        self.chooser.chosen.connect(self._pressed)
        self._observation: Observation | None = None
        self._hold(self.chooser)

    def show_observation(self, observation: Observation) -> None:
        """Show that of an observation, with where it comes from."""
        self._observation = observation
        self.chooser.show_severity(severity_of(observation), suggested=is_only_suggested(observation))
        without = observation.kind in WITHOUT_SEVERITY
        self.chooser.setVisible(not without)
        self.hint(_("En fråga har ingen allvarlighet.") if without else "")

    def _pressed(self, severity: Severity) -> None:
        seen = self._observation
        if seen is not None and severity == severity_of(seen) and not is_only_suggested(seen):
            self.show_observation(seen)
            return
        self.refuse("")
        self.changed.emit(severity)

    def show_value(self, _value: Any) -> None:
        """Show it again, where a press was refused."""
        if self._observation is not None:
            self.show_observation(self._observation)


class ItemField(ChoiceField):
    """The item: those of the category that is chosen."""

    def __init__(self, look: Look, checklist: Checklist) -> None:
        super().__init__(look, label("item"), (), none=_("Ingen punkt, egna ord"))
        self._checklist = checklist

    def offer_of(self, category: object) -> None:
        """Offer the items of a category; all where none is chosen."""
        items = self._checklist.items.values()
        self.offer([(each.id, str(each.statement)) for each in items if category in (None, each.category)])


def editors_of(desk: Desk, things: Things) -> dict[str, Field]:
    """The editors that are made here, by field."""
    look, checklist = desk.look, desk.shelf.checklist
    categories = [(each.id, str(each.tile)) for each in checklist.categories]
    made: dict[str, Field] = {
        "severity": SeverityField(look, checklist),
        "category": ChoiceField(look, label("category"), categories, none=_("Inget ämne valt")),
        "item": ItemField(look, checklist),
        "stop": ChoiceField(look, label("stop"), (), none=_("Längs vägen")),
        "group": ChoiceField(look, label("group"), (), none="–"),
    }
    offer_those_there_are(things, made)
    return made


def offer_those_there_are(things: Things, fields: Mapping[str, Field]) -> None:
    """Offer the stops and groups of the walk as they are now: others add some, and their numbers change."""
    stop, group = fields["stop"], fields["group"]
    assert isinstance(stop, ChoiceField)
    assert isinstance(group, ChoiceField)
    stop.offer([(each.id, stop_title(things.numbers.get(each.id, ""), each)) for each in things.stops])
    group.offer([*things.groups.items()])


def known_how(observation: Observation) -> str:
    """läge satt för hand, ±6 m: how the position is known."""
    source = known(observation.position_source, PositionSource) or PositionSource.NONE
    if observation.position is None:
        return label_of(PositionSource.NONE).capitalize() + "."
    metres = known(observation.accuracy_m, float)
    parts = [label_of(source), f"±{round(metres)}\N{NO-BREAK SPACE}m" if metres is not None else ""]
    if observation.stale is True:
        parts.append(_("gammalt läge"))
    text = ", ".join(each for each in parts if each)
    return f"{text[:1].upper()}{text[1:]}."


def is_lighting(observation: Observation) -> bool:
    """Whether the lamp's own fields belong on the page."""
    said = (observation.asset_tag, observation.lamp_count, observation.lamp_faults, observation.deliberate_off)
    return observation.category == LIGHTING_CATEGORY or any(each not in (None, "", ()) for each in said)


def is_alarming(observation: Observation) -> bool:
    """Whether who was called belongs on the page."""
    said = (observation.alarm, observation.alarm_at)
    return severity_of(observation) == Severity.DANGER or any(each is not None for each in said)
