"""Where everything of a walk lies: per device what it has made and received, per target whether all of ours is there.

Everything said of others is read from their announcements (`app.sync.receipts`), never from own belief.
"""

from dataclasses import dataclass

from app.domain.records import Observation, Photo, SafetyWalk
from app.queries.devices import devices_of
from app.session import Session
from app.sync.heads import NotHeads, unpack
from app.sync.known import copied_to
from app.sync.receipts import DeviceReceipt, Receipts


@dataclass(frozen=True, kw_only=True)
class Card:
    """A device: its receipt, what it made of what is shown here, and how many of its photos are not whole here."""

    receipt: DeviceReceipt
    observations: int
    photos: int
    coming: int

    @property
    def is_whole(self) -> bool:
        """Whether everything the device announced is here."""
        said = self.receipt
        return said.announced is not None and said.held >= said.announced and not said.gaps and not self.coming


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A target: its label, the sentence that may be said once everything made here lies there, whether it may now."""

    label: str
    sentence: str
    current: bool


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """`meetings` are the targets. `only_here` counts what was made here and, as it is now,
    lies on no other machine and no target off this one, `copied` the photos made here that lie anywhere else at all."""

    receipts: Receipts
    cards: tuple[Card, ...]
    meetings: tuple[Meeting, ...]
    only_here: tuple[int, int]
    copied: int
    keeps: bool

    @property
    def own(self) -> Card | None:
        """This device, once it has written something."""
        return next((each for each in self.cards if each.receipt.own), None)

    @property
    def others(self) -> tuple[Card, ...]:
        """The other devices; an id that a machine has given up is not a device."""
        return tuple(each for each in self.cards if not each.receipt.own and each.receipt.latest)


@dataclass(frozen=True)
class _Holder:
    """Something that holds what this device made up to a write, without the blobs it lacks."""

    received: int
    lacking: frozenset[str]
    counts_as_away: bool


def whereabouts(session: Session, walk: SafetyWalk) -> Whereabouts:
    """Where everything of a walk lies."""
    scope, me = walk.id, session.identity.device
    found = devices_of(session, walk).found
    made = session.log.made(scope, (Observation.KIND, Photo.KIND))
    observations = {each.id: "" for each in session.read(Observation, {"scope": scope})}
    photos = {each.id: each for each in session.read(Photo, {"scope": scope})}
    missing = set(found.missing_blobs)
    cards = tuple(
        Card(
            receipt=each,
            observations=sum(made.get(one, ("",))[0] == each.device for one in observations),
            photos=sum(made.get(one, ("",))[0] == each.device for one in photos),
            coming=sum(
                made.get(one, ("",))[0] == each.device and bool({photo.original, photo.report, photo.thumb} & missing)
                for one, photo in photos.items()
            ),
        )
        for each in found.devices
    )
    mine = {one: seq for one, (device, seq) in made.items() if device == me}
    files = {**observations, **{one: str(photo.original or "") for one, photo in photos.items()}}
    holders = _holders(session, scope, found)
    away = [each for each in holders if each.counts_as_away]
    # What was written to it after it had been copied lies only here, too.
    last = session.log.last_writes(scope, (Observation.KIND, Photo.KIND), me)
    alone = [one for one in mine if one in files and not _held(away, last[one], files[one])]
    sentences = set(found.state)
    targets = [
        Meeting(
            label=each.label,
            sentence=copied_to(each),
            current=copied_to(each) in sentences,
        )
        for each in session.places.seen_at(scope)
    ]
    return Whereabouts(
        receipts=found,
        cards=cards,
        meetings=tuple(targets),
        only_here=(sum(one in observations for one in alone), sum(one in photos for one in alone)),
        copied=sum(one in photos and _held(holders, seq, files[one]) for one, seq in mine.items()),
        keeps=session.places.said(scope).keeps,
    )


def _holders(session: Session, scope: str, found: Receipts) -> list[_Holder]:
    me, lacking = session.identity.device, {}
    for each in session.places.announced(scope):
        try:
            lacking[each.device] = frozenset(unpack(each.content, each.device).lacking)
        except NotHeads:
            continue
    others = [each for each in found.devices if not each.own and each.received]
    targets = session.places.copied(scope)
    return [
        *(_Holder(each.received or 0, lacking.get(each.device, frozenset()), True) for each in others),
        *(_Holder(each.have.get(me, [0])[0], frozenset(), not each.here) for each in targets),
    ]


def _held(holders: list[_Holder], seq: int, blob: str) -> bool:
    return any(seq <= each.received and blob not in each.lacking for each in holders)


def photos_among(session: Session, scope: str, names: set[str]) -> int:
    """How many photos have their original among these blobs."""
    return sum(each.original in names for each in session.read(Photo, {"scope": scope}))
