"""Rules of the trade that a record must follow. Pure; every refusal is a sentence."""

from collections.abc import Sequence

from app.base.errors import BadInput
from app.base.words import _
from app.domain.checklist import Checklist
from app.domain.records import Observation, Stop
from app.domain.values import ObservationKind, Severity, Unknown

POSITIVE_CATEGORY = "positive"
WITHOUT_SEVERITY = (ObservationKind.QUESTION, ObservationKind.SOCIAL)


def check_category(checklist: Checklist, category: str | None, item: str | None) -> str | None:
    """The category of an observation; that of its item where none was said. Raises BadInput where they disagree."""
    if item is None:
        return checklist.category(category).id if category else None
    own = checklist.category_of_item(item)
    if category and checklist.category(category).id != own.id:
        raise BadInput(
            "item-category",
            _("{item} hör till {own}, inte till {category}.").format(item=item, own=own.id, category=category),
            _("Välj en punkt ur ämnet, eller ett annat ämne."),
        )
    return own.id


def check_severity(kind: ObservationKind, category: str | None, severity: Severity | None) -> None:
    """Severity and kind are one fact. Raises BadInput on what contradicts itself."""
    if category == POSITIVE_CATEGORY and kind != ObservationKind.POSITIVE:
        raise BadInput(
            "severity-kind",
            _("Ämnet Något bra här är för det som är bra."),
            _("Välj sorten positive, eller ett annat ämne."),
        )
    if severity is None:
        return
    if kind in WITHOUT_SEVERITY:
        raise BadInput(
            "severity-kind",
            _("En fråga har ingen allvarlighet."),
            _("Ta bort allvarligheten eller välj sorten deficiency."),
        )
    if (severity == Severity.GOOD) != (kind == ObservationKind.POSITIVE):
        raise BadInput(
            "severity-kind",
            _("Allvarlighet 0 är till för det som är bra, 1 till 4 för brister."),
            _("Ändra sort eller allvarlighet så att de säger samma sak."),
        )


def suggested_severity(checklist: Checklist, kind: ObservationKind, item: str | None) -> Severity | None:
    """What the item suggests for a deficiency, else 2; nothing for other kinds."""
    if kind != ObservationKind.DEFICIENCY:
        return None
    found = checklist.item(item).severity if item else None
    return found or Severity.NOTICEABLE


def kind_of(checklist: Checklist, category: str | None, item: str | None) -> ObservationKind:
    """What an observation is when nobody said: as the item says; positive in the positive category."""
    if category == POSITIVE_CATEGORY:
        return ObservationKind.POSITIVE
    return checklist.item(item).kind if item else ObservationKind.DEFICIENCY


def severity_of(observation: Observation) -> Severity | None:
    """How serious an observation is: derived from `kind`, else what a person said, else what was suggested."""
    if observation.kind == ObservationKind.POSITIVE:
        return Severity.GOOD
    if observation.kind in WITHOUT_SEVERITY:
        return None
    said = observation.severity if observation.severity is not None else observation.severity_suggested
    return said if isinstance(said, Severity) and said != Severity.GOOD else Severity.NOTICEABLE


def is_only_suggested(observation: Observation) -> bool:
    """Whether nobody has said how serious a deficiency is."""
    return observation.kind == ObservationKind.DEFICIENCY and observation.severity is None


def is_draft(observation: Observation, photographed: bool) -> bool:
    """Whether an observation is still *att komplettera*: no item, no text and no photo."""
    return not observation.item and not observation.text and not photographed


def between(before: str, after: str) -> str:
    """A fractional text key between two keys; "" stands for the beginning or the end. Letters a to z, never a last."""
    key = ""
    place = 0
    while True:
        low = ord(before[place]) - 97 if place < len(before) else 0
        high = ord(after[place]) - 97 if after and place < len(after) else 26
        if high - low > 1:
            return key + chr(97 + (low + high) // 2)
        key += chr(97 + low)
        if low < high:
            after = ""
        place += 1


def order_after(stops: Sequence[Stop]) -> str:
    """The order key of a stop that comes last. Counting on is shorter than halving towards the end."""
    last = max((stop.order for stop in stops if not isinstance(stop.order, Unknown)), default="")
    return _following(last)


def _following(key: str) -> str:
    if not key:
        return "b"
    head, last = key[:-1], key[-1]
    return head + chr(ord(last) + 1) if last < "z" else key + "b"
