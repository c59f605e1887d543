"""Where everything of a walk lies: per device what it has made and received, per target whether all of ours is there.

Everything said of others is read from their announcements (`app.sync.receipts`), never from own belief.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.records import Observation, Photo, SafetyWalk
from app.queries.deliveries import deliveries, files_in, missing_lines
from app.queries.device_words import details, seen_on, seen_words
from app.queries.devices import clocks_of, devices_of, groups_of
from app.session import Session
from app.sync.holders import Holder
from app.sync.known import copied_to
from app.sync.receipts import DeviceReceipt, Receipts, orphans


@dataclass(frozen=True, kw_only=True)
class Card:
    """A device: its receipt, what it made of what is shown here, also under its earlier ids, and how many of its photos
    are not whole here. `group`: the one that it walks with, in words.

    `seen`: when something new was last read from it, in words, and `days` how many days ago, by the walk's clock; ""
    and None where that is not known. `details`: what is not as it should be and what to do, in sentences. `missing`:
    what is not here of its photos, and who has it, in a line those of which the same may be said.
    """

    receipt: DeviceReceipt
    observations: int
    photos: int
    coming: int
    group: str = ""
    seen: str = ""
    days: int | None = None
    details: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether everything the device announced is here."""
        said = self.receipt
        short = said.gaps or said.unread or said.forked or self.coming
        return said.announced is not None and said.held >= said.announced and not short

    @property
    def may_have_more(self) -> bool:
        """Whether it may have gone on since it was last seen, on another day: it has not ended the walk."""
        return bool(self.days) and not (self.receipt.done or self.receipt.emptied)


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A target: its label, the sentence that may be said once everything made here lies there, whether it may now."""

    label: str
    sentence: str
    current: bool


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """`meetings` are the targets. `only_here` counts what was made here and, as it is now, lies on no other machine and
    no target off this one, `copied` the photos made here that lie anywhere else at all, with all their files."""

    receipts: Receipts
    cards: tuple[Card, ...]
    meetings: tuple[Meeting, ...]
    only_here: tuple[int, int]
    copied: int
    keeps: bool
    along: bool = False

    @property
    def own(self) -> Card | None:
        """This device, once it has written something."""
        return next((each for each in self.cards if each.receipt.own), None)

    @property
    def others(self) -> tuple[Card, ...]:
        """The other devices; an id that a machine has given up is not a device."""
        return tuple(each for each in self.cards if not each.receipt.own and each.receipt.latest)


def _cards(
    session: Session, walk: SafetyWalk, found: Receipts, made: Mapping[str, tuple[str, int]]
) -> tuple[Card, ...]:
    observations = [each.id for each in session.read(Observation, {"scope": walk.id})]
    photos = session.read(Photo, {"scope": walk.id})
    come, now, clocks = deliveries(session, walk.id, found=found), session.clock(), clocks_of(session, walk.id)
    groups = groups_of(session, walk.id)
    cards = []
    for each in found.devices:
        # An id that was given up has no card: what it made is told with the one that its machine took.
        line = [photo for photo in photos if made.get(photo.id, ("",))[0] in each.ids]
        cards.append(
            Card(
                receipt=each,
                observations=sum(made.get(one, ("",))[0] in each.ids for one in observations),
                photos=len(line),
                coming=sum(photo.id in come and not come[photo.id].is_here for photo in line),
                group=groups.get(each.device, ""),
                seen=seen_words(each.seen, walk.zone, now) if each.seen else "",
                days=seen_on(each.seen, walk.zone, now)[1] if each.seen else None,
                details=tuple(details(each, clocks.get(each.device, 0.0))),
                missing=tuple(missing_lines(line, come)),
            )
        )
    return tuple(cards)


def whereabouts(session: Session, walk: SafetyWalk) -> Whereabouts:
    """Where everything of a walk lies."""
    scope, me = walk.id, session.identity.device
    found = devices_of(session, walk).found
    made = session.log.made(scope, (Observation.KIND, Photo.KIND))
    observations = {each.id for each in session.read(Observation, {"scope": scope})}
    photos = {each.id: frozenset(files_in(each).values()) for each in session.read(Photo, {"scope": scope})}
    cards = _cards(session, walk, found, made)
    ids = next((each.ids for each in found.devices if each.own), (me,))
    mine = {one: {device: seq} for one, (device, seq) in made.items() if device in ids}
    files = {**dict.fromkeys(observations, frozenset[str]()), **photos}
    away = [each for each in found.holders if not each.near]
    # What was written to it after it had been copied lies only here, too.
    last: dict[str, dict[str, int]] = {}
    for device in ids:
        for one, seq in session.log.last_writes(scope, (Observation.KIND, Photo.KIND), device).items():
            last.setdefault(one, {})[device] = seq
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
    said = session.places.said(scope)
    return Whereabouts(
        receipts=found,
        cards=cards,
        meetings=tuple(targets),
        only_here=(sum(one in observations for one in alone), sum(one in photos for one in alone)),
        copied=sum(one in photos and _held(found.holders, writes, files[one]) for one, writes in mine.items()),
        keeps=said.keeps,
        along=said.along,
    )


def _held(found: Iterable[Holder], writes: Mapping[str, int], files: frozenset[str]) -> bool:
    """Whether something holds what was written up to there, and the files that were named by then."""
    return any(each.holds_writes(writes) and not files & each.lacking for each in found)


def unnamed_here(session: Session) -> set[str]:
    """The files that lie here and that nothing in any walk names."""
    return orphans(session.log, session.blobs.names())


def photos_among(session: Session, scope: str, names: set[str]) -> int:
    """How many photos have their original among these blobs."""
    return sum(each.original in names for each in session.read(Photo, {"scope": scope}))
