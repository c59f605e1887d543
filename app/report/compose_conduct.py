"""Sections 2, 3, 4, 12 and 13: why, how and with whom the walk was made, how it felt, and what happens next."""

from collections import defaultdict
from datetime import date

from app.base.words import _, ngettext
from app.domain.groups import names_of
from app.domain.records import Measure
from app.domain.values import MeasureStatus, Priority, known, label_of
from app.report.charts import bars
from app.report.compose_places import feels_words, rated
from app.report.compose_values import conflict_notes, joined
from app.report.document import Block, Cell, Column, Layout, Look, Paragraph, Row, Run, Section, Style, Table, plain
from app.report.index import Index, priority_of
from app.report.standard_texts import EXPECTATION, FEW_ANSWERS
from app.report.ways import Ways
from app.report.wording import (
    answers,
    at_time,
    capital,
    hold,
    listed,
    long_date,
    metres,
    number,
    observations,
    one_line,
    sentence,
    spelled,
    time_range,
    weekday_date,
)

_FEW = 30
_SETTLED = frozenset({MeasureStatus.CHECKED, MeasureStatus.FED_BACK, MeasureStatus.DUPLICATE})
"""Nothing more happens to measures with these."""


def background(index: Index) -> Section:
    """Section 2: purpose and background as written, and what may be expected, always."""
    walk = index.whole.walk
    texts = [text.strip() for text in (walk.purpose, *walk.background.split("\n\n")) if text.strip()]
    if not texts:
        texts = [_("Syfte och bakgrund är inte beskrivna.")]
    blocks = tuple(Paragraph(text=plain(sentence(each))) for each in (*texts, str(EXPECTATION)))
    return Section(number="2", title=_("Bakgrund och syfte"), anchor="section-2", blocks=blocks)


def conduct(index: Index, ways: Ways) -> Section:
    """Section 3: a paragraph and the facts of the walk."""
    columns = (Column(_("Uppgift"), 40, row_head=True), Column(_("Värde"), 88))
    rows = tuple(Row((Cell((plain(name),)), Cell((plain(value),)))) for name, value in _facts(index, ways) if value)
    blocks: list[Block] = [Paragraph(text=plain(_how(index, ways))), Table(columns=columns, rows=rows)]
    if said := _reservations(index):
        blocks.append(Paragraph(text=plain(" ".join(said)), style=Style.NOTE))
    blocks += [Paragraph(text=note, style=Style.NOTE) for note in conflict_notes(index, index.whole.walk.id)]
    return Section(number="3", title=_("Genomförande"), anchor="section-3", blocks=tuple(blocks))


def _how(index: Index, ways: Ways) -> str:
    stops = len(index.stops)
    found = observations(len(index.observations))
    if not index.observations:
        found = _("inga iakttagelser")
    at = ngettext("{n} plats", "{n} platser", stops).format(n=spelled(stops))
    if not stops:
        return _("Vandringen gav {observations}.").format(observations=found)
    text = _("Vandringen stannade på {places} och gav {observations}.").format(places=at, observations=found)
    if ways.length_m:
        text = _("Vandringen var {length} lång, stannade på {places} och gav {observations}.").format(
            length=metres(ways.length_m), places=at, observations=found
        )
    return text


def when_words(index: Index) -> str:
    """`Fredagen den 23 oktober 2026, kl. 18.05–20.10`, or nothing."""
    starts, ends = index.starts, index.local(index.whole.walk.ends)
    if starts is None:
        return ""
    times = time_range(starts, ends) if ends and ends > starts else at_time(starts)
    return capital(f"{weekday_date(starts.date())}, {times}")


def _facts(index: Index, ways: Ways) -> list[tuple[str, str]]:
    walk = index.whole.walk
    devices = sorted(filter(None, (index.letters.get(each.id) or each.label for each in index.whole.devices)))
    weather = " ".join(capital(sentence(one_line(each))) for each in (walk.weather, walk.ground) if each.strip())
    version = index.whole.checklist.version
    return [
        (_("Tid"), when_words(index)),
        (_("Arrangör"), index.organiser),
        (_("Sorts vandring"), label_of(walk.type)),
        (_("Ledare"), one_line(walk.leader_function)),
        (_("Rutt"), _route_words(ways)),
        (_("Ljus"), label_of(walk.light)),
        (_("Väder och underlag"), weather),
        (_("Grupper"), _groups(index)),
        (_("Plattor"), listed(devices)),
        (_("Checklista"), _("{name}, {n} punkter").format(name=version, n=len(index.whole.checklist.items))),
        (_("Felanmälan till"), one_line(walk.fault_report_to)),
    ]


def _groups(index: Index) -> str:
    """Which groups there were, and how many people they were together: who was in which is nobody's business."""
    found = listed([one_line(each) for each in names_of(index.whole.groups).values()])
    people = people_count(index)
    if not found or not people:
        return found
    together = ngettext("{groups}, tillsammans {n} deltagare", "{groups}, tillsammans {n} deltagare", people)
    return together.format(groups=found, n=people)


def _route_words(ways: Ways) -> str:
    if not ways.length_m:
        return _("inget spår är inspelat")
    words = metres(ways.length_m)
    if not ways.gaps:
        return words
    gap = ngettext("{n} lucka i spåret", "{n} luckor i spåret", len(ways.gaps)).format(n=spelled(len(ways.gaps)))
    # The sum of what section 5 says of each.
    straight = metres(sum(round(each.straight_m) for each in ways.gaps))
    return _("{length}; {gaps}, sammanlagt {straight} fågelvägen, räknas inte in").format(
        length=words, gaps=gap, straight=straight
    )


def _reservations(index: Index) -> list[str]:
    """What the reader must know about how finished this is."""
    said = []
    drafts = sum(each in index.whole.drafts for each in index.observations)
    if drafts:
        words = ngettext(
            "{n} iakttagelse är att komplettera: den saknar punkt, text och foto.",
            "{n} iakttagelser är att komplettera: de saknar punkt, text och foto.",
            drafts,
        )
        said.append(capital(words.format(n=spelled(drafts))))
    if index.conflicts:
        words = ngettext(
            "{n} uppgift är ej avgjord: två plattor säger olika, och båda värdena är tryckta.",
            "{n} uppgifter är ej avgjorda: plattor säger olika, och alla värdena är tryckta.",
            len(index.conflicts),
        )
        said.append(capital(words.format(n=spelled(len(index.conflicts)))))
    if fresh := index.whole.numbers.preliminary:
        said.append(_fresh_words(index, sorted(fresh, key=index.order)))
    return said


def _fresh_words(index: Index, fresh: list[str]) -> str:
    """That numbers may change: all of them, or those of what came after the protocol was settled."""
    if not index.final:
        return _("Numren är preliminära tills protokollet är upprättat.")
    numbers = listed([index.number(each).replace(" ", "\u00a0") for each in fresh])
    return _("Numren på det som kommit till efter att protokollet upprättades är preliminära: {numbers}.").format(
        numbers=numbers
    )


def people(index: Index) -> Section:
    """Section 4: roles and counts; no names."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for each in index.whole.participants:
        counts[(one_line(each.role), one_line(each.organisation))] += known(each.count, int) or 0
    total = sum(counts.values())
    blocks: list[Block] = [Paragraph(text=plain(_("Inga deltagare är noterade.")))]
    if counts:
        words = ngettext("{n} person deltog.", "{n} personer deltog.", total).format(n=spelled(total))
        columns = (
            Column(_("Roll"), 54, row_head=True),
            Column(_("Organisation"), 52),
            Column(_("Antal"), 22, numeric=True),
        )
        rows = [_people_row(role or _("ej angiven"), name, number(n)) for (role, name), n in sorted(counts.items())]
        rows.append(_people_row(_("Summa"), "", number(total), strong=True))
        blocks = [Paragraph(text=plain(capital(words))), Table(columns=columns, rows=tuple(rows))]
    for each in sorted(index.whole.participants, key=lambda one: one.id):
        blocks += [Paragraph(text=note, style=Style.NOTE) for note in conflict_notes(index, each.id)]
    return Section(number="4", title=_("Deltagare"), anchor="section-4", blocks=tuple(blocks))


def people_count(index: Index) -> int:
    """How many were along."""
    return sum(known(each.count, int) or 0 for each in index.whole.participants)


def _people_row(role: str, organisation: str, count: str, *, strong: bool = False) -> Row:
    look = Look.STRONG if strong else Look.PLAIN
    return Row(tuple(Cell(((Run(each, look),),) if each else ()) for each in (role, organisation, count)))


def experience(index: Index) -> Section | None:
    """Section 12, where places were rated or questions answered; else None."""
    scores = [(stop, *rated(index, stop)) for stop in index.stops.values()]
    rows = [(stop, mean, count) for stop, mean, count in scores if mean is not None]
    blocks: list[Block] = []
    if rows:
        counts = [(f"{index.number(stop.id)} {one_line(stop.name)}", round(mean, 1)) for stop, mean, _n in rows]
        total = sum(count for _stop, _mean, count in rows)
        title = _("Figur 2. Upplevd trygghet per plats, medelvärde av 4")
        blocks = [
            Paragraph(text=plain(_("Frågan var: Hur känns platsen just nu? 1 är mycket otrygg och 4 mycket trygg."))),
            bars(title, counts, width=170, decimals=1, scale=4),
            _score_table(counts, [(number(mean, 1), feels_words(mean), count) for _stop, mean, count in rows]),
        ]
        if total < _FEW:
            blocks.append(Paragraph(text=plain(str(FEW_ANSWERS)), style=Style.META))
    if index.whole.answers:
        blocks.append(_answers(index))
    if not blocks:
        return None
    return Section(
        number="12",
        title=_("Deltagarnas upplevelse"),
        anchor="section-12",
        layout=Layout.FULL,
        blocks=tuple(blocks),
    )


def _score_table(places: list[tuple[str, float]], scores: list[tuple[str, str, int]]) -> Table:
    columns = (
        Column(_("Plats"), 76, row_head=True),
        Column(_("Medelvärde"), 26, numeric=True),
        Column(_("I ord"), 44),
        Column(_("Svar"), 24, numeric=True),
    )
    rows = tuple(
        Row(tuple(Cell((plain(each),)) for each in (name, mean, words, answers(count))))
        for (name, _value), (mean, words, count) in zip(places, scores, strict=True)
    )
    return Table(columns=columns, rows=rows, caption=hold(_("Tabell 2. Siffrorna till figur 2")))


def _answers(index: Index) -> Table:
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for each in index.whole.answers:
        counts[(one_line(each.question), one_line(each.value))] += known(each.count, int) or 0
    columns = (
        Column(_("Fråga"), 84, row_head=True),
        Column(_("Svar"), 62),
        Column(_("Antal"), 24, numeric=True),
    )
    rows = tuple(
        Row((Cell((plain(question),)), Cell((plain(value),)), Cell((plain(number(count)),))))
        for (question, value), count in sorted(counts.items())
    )
    return Table(columns=columns, rows=rows, caption=_("Enkätsvar"))


def follow_up(index: Index) -> Section:
    """Section 13: what happens when, and who sees to it."""
    rows = tuple(
        Row((Cell((plain(long_date(day)),)), Cell((plain(what),)), Cell((plain(who),))))
        for day, what, who in _steps(index)
    )
    blocks: list[Block] = [Paragraph(text=plain(str(EXPECTATION)))]
    if rows:
        columns = (Column(_("När"), 38, row_head=True), Column(_("Vad"), 70), Column(_("Vem"), 62))
        blocks.append(Table(columns=columns, rows=rows))
    else:
        blocks.append(Paragraph(text=plain(_("Inga dagar för uppföljning är satta."))))
    return Section(
        number="13",
        title=_("Uppföljning och återkoppling"),
        anchor="section-13",
        layout=Layout.FULL,
        blocks=tuple(blocks),
    )


def _steps(index: Index) -> list[tuple[date, str, str]]:
    """Days of deciding, doing and checking still to come, each with the measures' numbers, in order of time."""
    found: dict[tuple[date, int, str], list[Measure]] = defaultdict(list)
    for measure in index.measures.values():
        priority = priority_of(measure, index)[0]
        if priority == Priority.D or measure.status in _SETTLED:
            continue
        if measure.status != MeasureStatus.DONE and (due := known(measure.due, date)):
            found[(due, 0 if priority == Priority.C else 1, index.bare_party(measure.responsible))].append(measure)
        if day := known(measure.follow_up_on, date):
            found[(day, 2, index.organiser or _("Arrangören"))].append(measure)
    words = (
        _("Beslut om åtgärd {numbers}"),
        _("Klart senast: åtgärd {numbers}"),
        _("Kontroll av effekten av åtgärd {numbers}"),
    )
    steps = []
    for (day, kind, who), members in sorted(found.items(), key=lambda each: each[0]):
        numbers = joined([index.number(each.id).replace(" ", "\u00a0") for each in members])
        steps.append((day, hold(words[kind].format(numbers=numbers)), who))
    return steps
