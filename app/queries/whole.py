"""A whole walk as it is shown."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from app.domain.numbers import Numbers, number_all
from app.domain.record import CREATED, Record
from app.domain.records import (
    Answer,
    Device,
    DuplicateLink,
    Group,
    Measure,
    MeasureFor,
    Observation,
    Organisation,
    Participant,
    Party,
    Photo,
    Protocol,
    Remark,
    Route,
    SafetyRating,
    SafetyWalk,
    Stop,
    Support,
    Track,
    TrackChunk,
    VoiceNote,
)
from app.domain.rules import is_draft
from app.domain.track import fixes_of
from app.domain.values import known
from app.domain.walk import Line, WholeWalk
from app.session import Session

R = TypeVar("R", bound=Record)


def lines(records: Sequence[Track] | Sequence[Route], chunks: Sequence[TrackChunk]) -> tuple[Line, ...]:
    """Tracks or routes with their fixes. A new segment begins where the source itself began anew."""
    found = []
    for record in records:
        own = [each for each in chunks if each.track == record.id]
        own.sort(key=lambda each: known(each.number, int) or 0)
        segments: dict[int, list[object]] = {}
        for chunk in own:
            segments.setdefault(known(chunk.segment, int) or 0, []).extend(known(chunk.points, tuple) or ())
        told_by = dict.fromkeys(by for each in own if (by := known(each.told_by, str)))
        found.append(Line(record, tuple(fixes_of(rows) for _, rows in sorted(segments.items())), tuple(told_by)))
    return tuple(found)


def numbers_of(
    stops: Sequence[Stop],
    observations: Sequence[Observation],
    photos: Sequence[Photo],
    measures: Sequence[Measure],
    links: Sequence[MeasureFor],
    protocols: Sequence[Protocol],
) -> Numbers:
    """The numbers of a walk; those of its latest finalised protocol stay."""
    written = [each for each in protocols if isinstance(each.numbers, dict)]
    latest = max(written, key=lambda each: (known(each.version, int) or 0, each.id), default=None)
    return number_all(stops, observations, photos, measures, links, latest.numbers if latest else None)


def _author(session: Session, record: Remark) -> str:
    """The device whose words a remark is."""
    if device := known(record.device, str):
        return device
    changes = session.history(record.KIND, record.id)
    return str(next(each["device"] for each in reversed(changes) if each["field"] == CREATED))


def noted_elsewhere(session: Session, scope: str) -> Mapping[str, str]:
    """The observations of a walk that other devices made, hidden ones too: by id which device did."""
    mine = session.identity.device
    made = session.log.made(scope, (Observation.KIND,))
    return {record: device for record, (device, _seq) in made.items() if device != mine}


def whole_walk(session: Session, walk: SafetyWalk) -> WholeWalk:
    """Everything that is shown of a walk, itself included, as it stood at one moment; of a walk that is shown no more
    what was read of it before."""
    scope = walk.id

    def all_of(cls: type[R]) -> tuple[R, ...]:
        return tuple(session.read(cls, {"scope": scope}))

    with session.one_view():
        stops = tuple(session.read(Stop, {"scope": scope}, order=("order",)))
        observations, photos, measures = all_of(Observation), all_of(Photo), all_of(Measure)
        remarks = all_of(Remark)
        links, protocols, chunks = all_of(MeasureFor), all_of(Protocol), all_of(TrackChunk)
        pictured = {photo.observation for photo in photos}
        return WholeWalk(
            walk=next(iter(session.read(SafetyWalk, {"id": scope})), walk),
            checklist=session.checklist,
            numbers=numbers_of(stops, observations, photos, measures, links, protocols),
            stops=stops,
            observations=observations,
            photos=photos,
            voice_notes=all_of(VoiceNote),
            measures=measures,
            measure_fors=links,
            supports=all_of(Support),
            remarks=remarks,
            participants=all_of(Participant),
            groups=all_of(Group),
            devices=all_of(Device),
            parties=all_of(Party),
            ratings=all_of(SafetyRating),
            answers=all_of(Answer),
            duplicates=all_of(DuplicateLink),
            organisations=all_of(Organisation),
            protocols=protocols,
            tracks=lines(all_of(Track), chunks),
            routes=lines(all_of(Route), chunks),
            conflicts=tuple(session.conflicts(scope)),
            drafts=frozenset(each.id for each in observations if is_draft(each, each.id in pictured)),
            authors={each.id: _author(session, each) for each in remarks},
            last_change=session.last_change(scope),
        )
