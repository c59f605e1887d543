"""show and checklist: a whole walk, and what there is to choose from, for people and as JSON."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

import click

from app.base.words import _, ngettext
from app.cli.screen import Screen, on_screen
from app.commands.rehearsals import only_practised
from app.domain.checklist import Checklist, Item, seamless
from app.domain.entry import choice
from app.domain.groups import letter_of
from app.domain.groups import names_of as groups_called
from app.domain.letters import shown_tags
from app.domain.numbers import number_key
from app.domain.record import Record
from app.domain.records import Measure, Observation, Participant, Photo, Route, SafetyWalk, Stop, Track
from app.domain.rules import POSITIVE_CATEGORY, is_only_suggested, is_walked, severity_of, stop_of
from app.domain.standing import averaged_of, told
from app.domain.track import measure as measured
from app.domain.values import PlaceType, Severity, known, label_of
from app.domain.walk import Line, WholeWalk, is_unsettled_danger
from app.queries import find
from app.queries.deliveries import deliveries
from app.queries.devices import here
from app.queries.devices import names_of as names_of_devices
from app.queries.people import names_of
from app.queries.show import planned_m
from app.queries.show import show as as_shown
from app.queries.telling import CALLED, Teller, coded, day_of, kind_word, local_time, photos_counted, quoted
from app.queries.whole import whole_walk
from app.session import Session

MOST_DELETED = 12
"""Deleted records that are named."""


def _when(whole: WholeWalk, moment: object) -> str:
    return local_time(moment, str(whole.walk.zone), day_of(whole.walk)) if isinstance(moment, datetime) else ""


def _row(whole: WholeWalk, id: str) -> str:
    return f"{whole.numbers.of[id]:>7}  {id[:8]}  "


def _stop(whole: WholeWalk, each: Stop, photos: int) -> str:
    stood = averaged_of(each)
    words = [photos_counted(photos) if photos else "", _("inmätt: {how}").format(how=told(stood)) if stood else ""]
    about = ", ".join(filter(None, words))
    return f"{_row(whole, each.id)}{each.name}" + (f" ({about})" if about else "")


def _observation(whole: WholeWalk, each: Observation, tag: str) -> str:
    severity = severity_of(each)
    words = [label_of(each.kind)]
    if is_unsettled_danger(each, whole.conflicts):
        words.append(f"{label_of(Severity.DANGER)} ({Severity.DANGER.value}), {_('ej avgjort')}")
    elif severity:
        suggested = _(" (föreslagen)") if is_only_suggested(each) else ""
        words.append(f"{label_of(severity)} ({severity.value}){suggested}")
    words.append(_when(whole, each.observed_at))
    item = coded(whole.checklist, "item", each.item) if isinstance(each.item, str) else ""
    about = " ".join(filter(None, (item, quoted(str(each.text)) if each.text else "")))
    said = _("märke {tag}").format(tag=tag)
    return f"{_row(whole, each.id)}{said}  {', '.join(filter(None, words))}: {about or _('att komplettera')}"


def _measure(whole: WholeWalk, each: Measure) -> str:
    words = [str(each.responsible), label_of(each.status)]
    if each.priority:
        words.append(_("prioritet {priority}").format(priority=each.priority))
    if each.due:
        words.append(_("senast {day}").format(day=each.due))
    return f"{_row(whole, each.id)}{', '.join(words)}: {each.text}"


def _photo(whole: WholeWalk, each: Photo, tags: dict[str, str]) -> str:
    words = [str(each.name)]
    if each.observation in tags:
        words.append(_("visar {tag}").format(tag=tags[str(each.observation)]))
    words.append(_when(whole, each.taken_at))
    return f"{_row(whole, each.id)}{', '.join(filter(None, words))}"


def _participants(session: Session, whole: WholeWalk) -> list[str]:
    names = names_of(session, whole.walk.id, whole.participants)
    rows = []
    for each in whole.participants:
        said = [str(each.role), str(each.organisation), quoted(names[each.id]) if names.get(each.id) else ""]
        if each.count != 1:
            said.append(_("{n} personer").format(n=each.count))
        rows.append(f"{'':>7}  {each.id[:8]}  {', '.join(filter(None, said)) or kind_word(Participant.KIND)}")
    return rows


def _groups(session: Session, whole: WholeWalk) -> list[str]:
    """Each group, its letter, which tablets walk with it, and how much was noted in it."""
    words, devices = groups_called(whole.groups), names_of_devices(session, whole.walk.id)
    letters = {each.id: letter_of(each) for each in whole.groups}
    rows = []
    for id, word in words.items():
        along = sorted(devices.of(each.id) for each in whole.devices if each.group == id)
        seen = sum(each.group == id for each in whole.observations)
        said = [", ".join(along), ngettext("{n} iakttagelse", "{n} iakttagelser", seen).format(n=seen) if seen else ""]
        about = "; ".join(filter(None, said))
        rows.append(f"{letters[id]:>7}  {id[:8]}  {word}" + (f": {about}" if about else ""))
    return rows


def _remarks(session: Session, whole: WholeWalk) -> list[str]:
    teller, kinds = Teller(session, whole.walk.id), {id: kind for kind, id, _scope in session.ids("")}
    rows = []
    for each in whole.remarks:
        target = str(each.target)
        about = teller.record(kinds[target], target) if target in kinds else ""
        by = [str(each.role), teller.device(str(each.device or whole.authors.get(each.id, "")))]
        rows.append(f"{'':>7}  {each.id[:8]}  {about}: {quoted(str(each.text))} ({', '.join(filter(None, by))})")
    return rows


def _lines(lines: Iterable[Line]) -> list[str]:
    """Routes or tracks, the points of each and how long it is."""
    rows = []
    for each in lines:
        points = sum(map(len, each.segments))
        planned = isinstance(each.record, Route)
        metres = sum(map(planned_m, each.segments)) if planned else measured(each.segments).length_m
        text = ngettext("{count} punkt, {metres:.0f} m", "{count} punkter, {metres:.0f} m", points)
        said = [str(each.record.name), text.format(count=points, metres=metres)]
        if isinstance(each.record, Track) and not is_walked(each.record):
            said.append(_("bara övning"))
        rows.append(f"{'':>7}  {each.record.id[:8]}  {', '.join(said)}")
    return rows


def _photos_of(whole: WholeWalk) -> Counter[str | None]:
    """How many photos each stop has; under None those without one."""
    observations = {each.id: each for each in whole.observations}
    stops = {each.id for each in whole.stops}
    places = [stop_of(photo, observations) for photo in whole.photos]
    return Counter(place if place in stops else None for place in places)


def _headed(heading: str, rows: list[str]) -> list[str]:
    return [f"{heading}:", *rows] if rows else []


def _counts(whole: WholeWalk, unplaced: int) -> str:
    count = len(whole.measures)
    measures = ngettext("{count} åtgärd", "{count} åtgärder", count).format(count=count)
    conflicts = _("{count} att avgöra").format(count=len(whole.conflicts))
    photos = photos_counted(len(whole.photos))
    if unplaced:
        photos += _(" ({count} utan plats)").format(count=unplaced)
    return f"{photos}, {measures}, {conflicts}"


def _deleted(session: Session, walk: SafetyWalk) -> list[str]:
    """What has been deleted and can be brought back; what hangs on a deleted record is not told."""
    told = {*CALLED} - {"measure-for", "track-chunk", "support", "party", "checklist-pack"}
    gone = sorted((kind, id) for kind, id, scope in session.ids("", deleted=True) if scope == walk.id and kind in told)
    if not gone:
        return []
    teller, more = Teller(session, walk.id), len(gone) - MOST_DELETED
    rows = [f"{'':>7}  {id[:8]}  {teller.record(kind, id)}" for kind, id in gone[:MOST_DELETED]]
    return _headed(_("Borttaget"), [*rows, _("… och {count} till.").format(count=more)] if more > 0 else rows)


def _practised(session: Session, whole: WholeWalk) -> frozenset[str]:
    """The ids of what is shown of the walk and was only practised."""
    noted = (whole.stops, whole.observations, whole.photos, whole.voice_notes, whole.ratings, whole.supports)
    shown = {each.id for several in (*noted, whole.remarks) for each in several}
    return only_practised(session, whole.walk.id) & (shown | {each.record.id for each in whole.tracks})


def lines_of(session: Session, whole: WholeWalk) -> Iterator[str]:
    """A walk for people: places, observations, measures, photos, remarks, who was along, in which groups, routes and
    tracks, and how many there are of the rest."""
    walk, photos, tags = whole.walk, _photos_of(whole), shown_tags(whole.observations)
    practised = _practised(session, whole)

    def marked(each: Record, text: str) -> str:
        return f"{text} ({_('från en övning')})" if each.id in practised else text

    starts = known(walk.starts, datetime)
    when = f"  {local_time(starts, str(walk.zone))} ({walk.zone})" if starts else ""
    yield f"{walk.title}, {walk.area}{when}"
    yield from _headed(
        _("Platser"),
        [marked(each, _stop(whole, each, photos[each.id])) for each in whole.stops],
    )
    of = whole.numbers.of
    seen = sorted(whole.observations, key=lambda each: number_key(of[each.id]))
    yield from _headed(_("Iakttagelser"), [marked(each, _observation(whole, each, tags[each.id])) for each in seen])
    proposed = sorted(whole.measures, key=lambda each: (number_key(of[each.id].split()[0]), of[each.id]))
    yield from _headed(_("Åtgärder"), [_measure(whole, each) for each in proposed])
    pictures = sorted(whole.photos, key=lambda each: number_key(of[each.id]))
    yield from _headed(_("Foton"), [marked(each, _photo(whole, each, tags)) for each in pictures])
    yield from _headed(_("Anmärkningar"), list(map(marked, whole.remarks, _remarks(session, whole))))
    yield from _headed(_("Deltagare"), _participants(session, whole))
    yield from _headed(_("Grupper"), _groups(session, whole))
    yield from _headed(_("Rutter"), _lines(whole.routes))
    yield from _headed(_("Spår"), _lines(whole.tracks))
    yield _counts(whole, photos[None])
    yield from _deleted(session, walk)


@click.command()
@click.argument("walk_id", metavar="WALK")
@on_screen
def show(screen: Screen, walk_id: str) -> None:
    """Visa hela vandringen / show the whole walk."""
    whole = whole_walk(screen.session, find.walk_of(screen.session, walk_id))
    data = as_shown(whole)
    photos = deliveries(screen.session, whole.walk.id)
    data["here"] = {
        **here(screen.session, whole),
        "photos": [photos[each].as_data() for each in sorted(photos)],
        "practised": sorted(_practised(screen.session, whole)),
    }
    screen.answer(data, list(lines_of(screen.session, whole)))


def _items(checklist: Checklist, place: str | None) -> list[Item]:
    if place is None:
        return list(checklist.items.values())
    usual = checklist.items_of(choice(PlaceType, place, "place-type"))
    # What is good may be seen anywhere.
    good = (each for each in checklist.items.values() if each.category == POSITIVE_CATEGORY and each not in usual)
    return [*usual, *good]


def _codes(checklist: Checklist) -> dict[str, list[dict[str, str | int]]]:
    return {
        "mechanisms": [{"code": each.code, "name": str(each.name)} for each in checklist.mechanisms],
        "parties": [{"code": each.code, "name": seamless(str(each.name))} for each in checklist.parties],
        "severities": [{"code": int(each.code), "name": str(each.word)} for each in checklist.severities],
        "priorities": [{"code": str(each.code), "name": str(each.word)} for each in checklist.priorities],
    }


@click.command("checklist")
@click.option(
    "--place", metavar="TYPE", help="Det man ser på en sorts plats, som square eller torg / of one place type"
)
@on_screen
def checklist_command(screen: Screen, place: str | None) -> None:
    """Ämnen, punkter och koder att välja på / what there is to choose from."""
    # Nothing of a home is needed, but where it is opened the walk's own checklist will lie.
    checklist = screen.session.checklist
    items = _items(checklist, place)
    headings = {
        "mechanisms": _("Verkan (--mechanism)"),
        "parties": _("Ansvariga (--responsible)"),
        "severities": _("Hur allvarligt (--severity)"),
        "priorities": _("Prioritet (--priority)"),
    }
    lines, categories = list[str](), list[dict[str, object]]()
    for each in checklist.categories:
        own = [item for item in items if item.category == each.id]
        if place is not None and not own:
            continue
        lines.append(f"{each.letter}  {each.id}  {each.tile}: {each.name}")
        lines += [f"    {item.id:<4} {item.statement}" for item in own]
        said = [{"id": item.id, "statement": str(item.statement)} for item in own]
        about = {"id": each.id, "letter": each.letter, "word": str(each.tile), "name": str(each.name)}
        categories.append({**about, "items": said})
    codes = _codes(checklist)
    for name, rows in codes.items():
        lines.append(f"{headings[name]}:")
        lines += [f"    {row['code']:<5} {row['name']}" for row in rows]
    screen.answer({"items": categories, **codes}, lines)


COMMANDS = (show, checklist_command)
