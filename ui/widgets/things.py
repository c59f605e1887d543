"""What things are called on the screen: in the field by tag, at the desk by number; one way of saying for all lists."""

import re
from collections.abc import Mapping
from functools import cached_property
from textwrap import shorten

from app.base.words import N_, _, ngettext
from app.domain.astray import Area
from app.domain.called import Names, tablets
from app.domain.checklist import Checklist
from app.domain.groups import letter_of, names_of
from app.domain.letters import shown_tags
from app.domain.numbers import photo_key
from app.domain.placing import nearest_stop, positions_of
from app.domain.records import Device, Group, Observation, Photo, SafetyWalk, Stop, Support, VoiceNote
from app.domain.rules import is_draft, is_only_suggested, is_unplaced, severity_of
from app.domain.values import ObservationKind, Position, Severity, known, label_of
from app.queries.incomplete import Incomplete, incomplete
from ui.bridge.shelf import Shelf
from ui.widgets.area import area_of, between_stops
from ui.widgets.look import icon_named
from ui.widgets.rows import Row
from ui.widgets.words import clock_words

ENDS = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])")
"""Where a sentence ends and the next begins: not after *ca.* or *t.ex.*"""
MOST = 120
"""Letters of a sentence that a row says."""
PRACTISED = N_("Från en övning")
"""What stands at whatever was made in a rehearsal."""


def title_of(checklist: Checklist, observation: Observation) -> str:
    """What an observation says in a few words: its item's statement, else its text's first line, else its category,
    else that it is a danger."""
    item, text = observation.item, known(observation.text, str) or ""
    if isinstance(item, str) and item in checklist.items:
        return str(checklist.items[item].statement)
    if text.strip():
        return text.strip().splitlines()[0]
    for each in checklist.categories:
        if each.id == observation.category:
            return str(each.tile)
    return str(label_of(Severity.DANGER)) if severity_of(observation) == Severity.DANGER else _("Att komplettera")


def first_words(text: object) -> str:
    """The first sentence of what somebody wrote, with its end; of a long one as many words as a row has room for."""
    lines = (known(text, str) or "").strip().splitlines()
    if not lines:
        return ""
    sentence = shorten(ENDS.split(lines[0], maxsplit=1)[0], MOST, placeholder=" …")
    return sentence if sentence[-1] in ".!?…:" else f"{sentence}."


def category_icon(checklist: Checklist, category: object) -> str:
    """The icon of a category; that of the last one where it is unknown."""
    for each in checklist.categories:
        if each.id == category:
            return icon_named("category", each.letter)
    return icon_named("category", "N")


def severity_words(severity: Severity | None, *, suggested: bool = False) -> str:
    """allvar 3, Stor; with *föreslaget* where nobody has touched it."""
    if severity is None:
        return ""
    text = _("allvar {n}, {word}").format(n=severity.value, word=label_of(severity))
    return _("{severity}, föreslaget").format(severity=text) if suggested else text


def stop_title(number: str, stop: Stop) -> str:
    """Stopp 5, Växthusgrinden; Stopp 5 where it is called nothing else."""
    alone, name = _("Stopp {number}").format(number=number), str(stop.name).strip()
    # Set out on the map it was called by its number, perhaps in the other language.
    called = name in ("", alone, f"Stopp {number}", f"Stop {number}")
    return alone if called else _("Stopp {number}, {name}").format(number=number, name=name)


def practised_chip() -> tuple[str, str, str]:
    """The state of what was made in a rehearsal: words, icon, kind."""
    return _(PRACTISED), icon_named("action", "rehearse"), "info"


class Things:
    """The things of one walk, as lists say them. Made anew for each showing."""

    def __init__(self, shelf: Shelf, scope: str) -> None:
        self.shelf, self.scope = shelf, scope
        self.walk: SafetyWalk | None = shelf.walk(scope)
        self.checklist = shelf.checklist
        self.stops = shelf.stops(scope)
        self.observations = shelf.all_of(Observation, scope)
        self.numbers: Mapping[str, str] = shelf.numbers(scope).of
        self.tags = shown_tags(self.observations)
        self._photos: dict[str, list[Photo]] = {}
        for photo in shelf.all_of(Photo, scope):
            self._photos.setdefault(str(photo.observation or ""), []).append(photo)
        self._spoken: dict[str, list[VoiceNote]] = {}
        for note in sorted(shelf.all_of(VoiceNote, scope), key=lambda each: (str(each.recorded_at), each.id)):
            self._spoken.setdefault(str(note.observation or ""), []).append(note)
        self._supports: dict[str, int] = {}
        for each in shelf.all_of(Support, scope):
            key = str(each.observation)
            self._supports[key] = self._supports.get(key, 0) + (known(each.count, int) or 0)

    @cached_property
    def groups(self) -> Mapping[str, str]:
        """What the groups of the walk are called, by id, in the order of their letters."""
        return names_of(self.shelf.all_of(Group, self.scope))

    @cached_property
    def letters(self) -> Mapping[str, str]:
        """Their letters."""
        return {each.id: letter_of(each) for each in self.shelf.all_of(Group, self.scope)}

    def group_of(self, observation: Observation) -> str:
        """Which group noted it: Grupp Norr, or nothing."""
        return self.groups.get(str(observation.group), "")

    @cached_property
    def _tablets(self) -> Names:
        return Names(tablets(self.shelf.all_of(Device, self.scope)))

    def elsewhere(self, observation: Observation) -> str:
        """What the device is called that noted it, `B`, where that is another than this one; "" else."""
        device = self.shelf.noted_elsewhere(self.scope).get(observation.id, "")
        return self._tablets.of(device) if device else ""

    def noted_on(self, observation: Observation) -> str:
        """Whose it is in the field: Grupp Norr, or Platta B; "" where it is this device's own and there is no group."""
        device = "" if self.groups else self.elsewhere(observation)
        return self.group_of(observation) or (_("Platta {name}").format(name=device) if device else "")

    @cached_property
    def torn(self) -> frozenset[str]:
        """The ids of what devices wrote different things of, and nobody has chosen yet."""
        return frozenset(each.id for each in self.shelf.conflicts(self.scope))

    @property
    def practised(self) -> frozenset[str]:
        """The ids of what was made in rehearsals."""
        return self.shelf.practised(self.scope)

    @cached_property
    def area(self) -> Area:
        """Where the walk is."""
        return area_of(self.shelf, self.scope)

    @cached_property
    def incomplete(self) -> list[Incomplete]:
        """The observations that lack something, the most urgent first."""
        drafts = {each.id for each in self.observations if self.is_draft(each)}
        return incomplete(self.observations, drafts, self.torn, self.practised)

    @property
    def zone(self) -> object:
        """The walk's time zone."""
        return self.walk.zone if self.walk else None

    @property
    def unplaced(self) -> int:
        """How many photos nobody knows the place of."""
        seen = {each.id: each for each in self.observations}
        return sum(is_unplaced(each, seen) for each in self.shelf.all_of(Photo, self.scope))

    def photos_of(self, observation: Observation) -> list[Photo]:
        """The photos of an observation, in the order of their numbers until the protocol is finalised."""
        return sorted(self._photos.get(observation.id, []), key=photo_key)

    def voice_notes_of(self, observation: Observation) -> list[VoiceNote]:
        """What was spoken on an observation, in the order in which it was."""
        return self._spoken.get(observation.id, [])

    def is_draft(self, observation: Observation) -> bool:
        """Whether it is *att komplettera*."""
        return is_draft(observation, bool(self.photos_of(observation)))

    def noted_by(self, observation: Observation) -> int:
        """How many noted it."""
        return 1 + self._supports.get(observation.id, 0)

    def stop_of(self, observation: Observation) -> Stop | None:
        """Its stop."""
        return self._stop(observation.stop)

    def stop_near(self, position: Position | None) -> Stop | None:
        """The stop one is at, if any is so near."""
        return self._stop(nearest_stop(position, positions_of(self.stops))) if position is not None else None

    def _stop(self, id: object) -> Stop | None:
        return next((each for each in self.stops if each.id == id), None)

    def where(self, observation: Observation) -> str:
        """Stopp 5, Längs vägen, or Långt från vandringen."""
        stop = self.stop_of(observation)
        if stop is None:
            return between_stops(self.area, observation.position)
        return _("Stopp {number}").format(number=self.numbers.get(stop.id, ""))

    def called(self, observation: Observation, *, at_desk: bool = False) -> str:
        """A7 Lampa släckt; at the desk 4.2 Lampa släckt."""
        name = self.numbers.get(observation.id, "") if at_desk else self.tags.get(observation.id, "")
        return f"{name} {title_of(self.checklist, observation)}".strip()

    def row(self, observation: Observation, *, at_desk: bool = False, beside: str = "") -> Row:
        """An observation as a row: mark, name, what somebody wrote, where and when, photos. `beside` is said before
        where it is."""
        severity = severity_of(observation)
        suggested = is_only_suggested(observation)
        photos = len(self.photos_of(observation))
        parts = [beside, self.where(observation), clock_words(observation.observed_at, self.zone)]
        parts.append(self.group_of(observation) if at_desk else self.noted_on(observation))
        if observation.id in self.practised and observation.id in self.torn:
            # Its chip says that there are several versions.
            parts.append(_("från en övning"))
        if self.noted_by(observation) > 1:
            parts.append(_("noterad av {n}").format(n=self.noted_by(observation)))
        if photos:
            parts.append(ngettext("{n} foto", "{n} foton", photos).format(n=photos))
        if told := len(self.voice_notes_of(observation)):
            parts.append(ngettext("{n} röstanteckning", "{n} röstanteckningar", told).format(n=told))
        title = self.called(observation, at_desk=at_desk)
        written = first_words(observation.text)
        says_more = written.rstrip(".").casefold() not in title.casefold()
        detail = " ".join(each for each in (written if says_more else "", ", ".join(filter(None, parts))) if each)
        said = (title.rstrip("."), severity_words(severity, suggested=suggested), detail)
        spoken = ", ".join(each for each in said if each)
        chip = practised_chip() if observation.id in self.practised else None
        if observation.id in self.torn:
            chip = (_("Olika versioner"), icon_named("state", "conflict"), "warn")
        elif chip is None and self.is_draft(observation) and not title.endswith(_("Att komplettera")):
            chip = (_("Att komplettera"), icon_named("action", "complete"), "warn")
        spoken = f"{spoken}, {chip[0]}" if chip else spoken
        kinds = {ObservationKind.QUESTION: "help-circle-outline", ObservationKind.SOCIAL: "account-group-outline"}
        icon = kinds.get(observation.kind, "help-circle-outline") if severity is None else ""
        return Row(observation.id, title, detail, severity=severity, icon=icon, chip=chip, spoken=spoken)
