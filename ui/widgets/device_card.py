"""Cards of the devices of a walk: what each has made, how far it has come, what is on its way."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import _, ngettext
from app.queries.device_words import WRONG_S, headed, place_words, ranges, walks_with
from app.queries.whereabouts import Card, Whereabouts
from ui.widgets.chip import Chip, SaveChain
from ui.widgets.fold import Fold
from ui.widgets.look import Look, icon_named
from ui.widgets.text import Icon, Label, Surface, column, held, row

NARROW = 560
"""Below this effective width the verdict stands under the name."""


def target_name(label: str) -> str:
    """What people call a target: the last part of its path."""
    return Path(label).name or label


def made_words(observations: int, photos: int) -> str:
    """12 iakttagelser och 21 foton; what there is none of is not spoken of."""
    seen = ngettext("{n} iakttagelse", "{n} iakttagelser", observations).format(n=observations)
    taken = ngettext("{n} foto", "{n} foton", photos).format(n=photos)
    found = [text for text, n in ((seen, observations), (taken, photos)) if n]
    return f" {_('och')} ".join(found) or _("Inga iakttagelser än")


def _made(card: Card) -> str:
    """The group that a device walks with, and what it made."""
    return " ".join(filter(None, (walks_with(card.group), made_words(card.observations, card.photos))))


def device_name(card: Card) -> str:
    """What a device is called, and what it calls itself."""
    return headed(card.receipt, card.receipt.called_in_full)


def own_chain(where: Whereabouts, ahead: str) -> tuple[list[tuple[str, bool]], list[str]]:
    """The links of what was written here, and the kind of each. What is said is what the receipts say; what is not
    reached is named after the target that comes next, `ahead`, or else those and the devices that are known."""
    state = where.receipts.state
    places = {each.sentence for each in where.meetings}
    copied = [each for each in state[1:] if each in places]
    received = [each for each in state[1:] if each not in places]
    place = ahead or next((each.label for each in where.meetings), "")
    next_place = _("Kopierat till {target}").format(target=target_name(place) if place else _("ett minne"))
    names = [each.receipt.name for each in where.others]
    next_device = _("Mottaget av {name}").format(name=names[0] if names else _("en annan enhet"))
    links = [(state[0], True)]
    links += [(each, True) for each in copied] or [(next_place, False)]
    links += [(each, True) for each in received] or [(next_device, False)]
    kinds = ["saved_here", *["copied"] * max(1, len(copied)), *["received"] * max(1, len(received))]
    return links, kinds


def other_chain(where: Whereabouts, card: Card) -> list[tuple[str, bool]]:
    """The links of what another device wrote: that it lay on a target is proved by its having come from there."""
    name = card.receipt.name
    place = target_name(where.meetings[0].label) if len(where.meetings) == 1 else _("ett minne")
    return [
        (_("Sparat hos {name}").format(name=name), True),
        (_("Kopierat till {target}").format(target=place), card.is_whole),
        (_("Mottaget av dig"), card.is_whole),
    ]


def verdict_on(card: Card) -> tuple[str, str, str]:
    """The one word on another device: text, icon, kind."""
    said = card.receipt
    if card.is_whole and not card.may_have_more:
        return _("Allt är här"), icon_named("state", "received"), "ok"
    if said.announced is None:
        return _("Har inte hörts av"), icon_named("state", "asleep"), "plain"
    late = icon_named("state", "late")
    if said.known > said.here:
        writes = said.known - said.here
        return ngettext("{n} ändring på väg", "{n} ändringar på väg", writes).format(n=writes), late, "warn"
    if card.coming:
        return ngettext("{n} foto på väg", "{n} foton på väg", card.coming).format(n=card.coming), late, "warn"
    if said.unread or said.forked:
        return _("Något går inte ihop"), icon_named("state", "warn"), "warn"
    return _("Inte sedd i dag"), icon_named("state", "asleep"), "plain"


def facts_of(card: Card) -> str:
    """What its announcement says, in whole sentences."""
    said = card.receipt
    if said.announced is None:
        return _("{n} av dess ändringar är här. Den har inte sagt något om resten.").format(n=said.here)
    facts = [_("Den har inte skickat något än.")]
    if said.known:
        facts = [_("{n} av {total} ändringar är här.").format(n=said.here, total=said.known)]
    if card.seen:
        facts.append(_("Senast sedd {when}.").format(when=card.seen))
    if said.emptied:
        facts.append(_("Den är tömd på vandringen."))
    elif said.mine:
        received = _("Den har tagit emot {received} av {mine} härifrån.")
        facts.append(received.format(received=said.received or 0, mine=said.mine))
    if said.lacking:
        text = ngettext("Den saknar {n} fil.", "Den saknar {n} filer.", said.lacking)
        facts.append(text.format(n=said.lacking))
    if said.ahead_s >= WRONG_S:
        facts.append(_("Dess klocka och den här enhetens går olika."))
    if said.keeps:
        facts.append(_("Vandringen sparas där."))
    facts.append(place_words(said))
    if said.done:
        facts.append(_("Vandringen är avslutad där."))
    return " ".join(filter(None, facts))


def more_of(card: Card) -> list[str]:
    """What there is to know of a device, and what to do where something is not as it should be."""
    said, lines = card.receipt, [*card.details, *card.missing]
    if said.own:
        return lines
    if not lines and said.known:
        text = _("Ändring {which} är här utan luckor, och varje fil som hör till.")
        lines.append(text.format(which=ranges([(1, said.known)])))
    if card.seen:
        text = _("Något nytt från den lästes här senast {when}. Vad den har gjort sedan dess vet ingen här.")
        lines.append(text.format(when=card.seen))
    else:
        lines.append(_("Synka där den har synkat, så får du veta vad den har."))
    return lines


def own_facts(where: Whereabouts) -> str:
    """Who has said to have what was written here."""
    mine = where.own.receipt.mine if where.own else 0
    said = _("{name} har bekräftat {received} av {mine} ändringar.")
    found = [
        said.format(name=device_name(each), received=each.receipt.received, mine=mine)
        for each in where.others
        if each.receipt.received
    ]
    return " ".join(found) or _("Ingen annan enhet har bekräftat något härifrån än.")


class DeviceCard(Surface):
    """A device: icon, name, what it made; its chain; a verdict at the right; facts; what more there is to know, folded
    away. `icon`: what it looks like."""

    def __init__(
        self,
        look: Look,
        name: str,
        made: str,
        chain: SaveChain,
        verdict: QWidget,
        facts: str,
        *,
        narrow: bool,
        more: QWidget | None = None,
        icon: str = "tablet",
    ) -> None:
        super().__init__(look, "surface", line="hair", radius=12)
        words = column(Label(look, name, "h3"), Label(look, made, "meta", "text2"), spacing=2)
        head = row(Icon(look, icon, "text", 32), held(words), spacing=12)
        head.setStretch(1, 1)
        if not narrow:
            head.addWidget(verdict)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 14)
        box.setSpacing(10)
        box.addLayout(head)
        if narrow:
            box.addLayout(row(verdict, 1))
        box.addWidget(chain)
        box.addWidget(Label(look, facts, "meta", "text2"))
        if more is not None:
            box.addWidget(more)
        self.setAccessibleName(f"{name}, {made}, {chain.accessibleName()}, {facts}")


def _folded(look: Look, card: Card, name: str, opened: set[str]) -> Fold | None:
    """What more there is to know of a device; `opened` are those of which a person wants to see it."""
    lines, device = more_of(card), card.receipt.device
    if not lines:
        return None
    words = column(*(Label(look, each, "meta") for each in lines), spacing=6)
    fold = Fold(look, _("Mer om {name}").format(name=name), held(words))
    fold.open_up(device in opened)
    fold.button.clicked.connect(lambda: (opened.add if fold.is_open else opened.discard)(device))
    return fold


def own_card(
    look: Look, where: Whereabouts, label: str, opened: set[str], *, narrow: bool, ahead: str = ""
) -> DeviceCard:
    """The card of this device; `ahead` is the target that comes next."""
    card = where.own
    links, kinds = own_chain(where, ahead)
    photos = card.photos if card else 0
    many = _("{n} av {total} foton kopierade").format(n=where.copied, total=photos)
    done = photos > 0 and where.copied == photos
    icon = icon_named("state", "copied" if done else "saved_here")
    share = Chip(look, many, icon, "ok" if done else "plain")
    # Shown before it has a parent it would be a window of its own.
    if not photos:
        share.hide()
    made = _made(card) if card else made_words(0, 0)
    name = _("Den här enheten, {name}").format(name=device_name(card) if card else label)
    more = _folded(look, card, _("den här enheten"), opened) if card and more_of(card) else None
    chain = SaveChain(look, links, kinds)
    return DeviceCard(look, name, made, chain, share, own_facts(where), narrow=narrow, more=more)


def other_cards(look: Look, where: Whereabouts, opened: set[str], *, narrow: bool) -> Sequence[DeviceCard]:
    """The cards of the others; `opened` are the devices of which a person has unfolded all there is to know."""
    return [
        DeviceCard(
            look,
            device_name(each),
            _made(each),
            SaveChain(look, other_chain(where, each)),
            Chip(look, *verdict_on(each)),
            facts_of(each),
            narrow=narrow,
            more=_folded(look, each, device_name(each), opened),
            icon="laptop" if each.receipt.keeps else "tablet",
        )
        for each in where.others
    ]
