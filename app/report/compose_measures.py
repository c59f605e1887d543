"""Sections 8, 9 and 10: what is proposed and by when, what is not done and why, and what has no measure yet."""

from collections.abc import Sequence
from datetime import date

from app.base.words import _
from app.domain.reasoning import is_reported
from app.domain.records import Measure, Observation
from app.domain.rules import is_deficiency
from app.domain.values import CostClass, MeasureStatus, Priority, known, label_of
from app.report import compose_acute as acute
from app.report.compose_photos import pointers
from app.report.compose_places import seen_words, where_seen
from app.report.compose_values import conflict_notes, joined, kind_words
from app.report.compose_voices import voices, voices_on
from app.report.document import (
    Block,
    Cell,
    Column,
    Layout,
    Look,
    Mark,
    MarkKind,
    Paragraph,
    Part,
    Row,
    Run,
    Section,
    Style,
    Table,
    Text,
    filled,
    plain,
)
from app.report.index import Index, is_positive, number_key, priority_of
from app.report.wording import DASH, code, hold, number, one_line, sentence, short_date, shortened

_LONGEST_IN_CELL = 600
"""Characters of a measure's text in its cell; what is longer stands whole below the table."""
_MOST_IN_CELL = 4
"""Observations written out in a cell; further ones are named by number."""

_MARKED = frozenset(
    {
        MeasureStatus.NEW,
        MeasureStatus.ASSESSED,
        MeasureStatus.HANDED_OVER,
        MeasureStatus.ACCEPTED,
        MeasureStatus.REJECTED,
        MeasureStatus.PLANNED,
        MeasureStatus.IN_PROGRESS,
        MeasureStatus.DONE,
        MeasureStatus.CHECKED,
    }
)


def lists(index: Index) -> dict[Priority, list[Measure]]:
    """The measures by the list they stand in, each list by stop and number, the acute ones by time."""
    found: dict[Priority, list[Measure]] = {each: [] for each in Priority}
    for measure in index.measures.values():
        found[priority_of(measure, index)[0]].append(measure)
    for members in found.values():
        members.sort(key=lambda each: index.order(each.id))
    found[Priority.A].sort(key=lambda each: (acute.noticed(index.observations_for(each)), index.order(each.id)))
    return found


def measures(index: Index) -> Section:
    """Section 8: three lists, each under its band."""
    found = lists(index)
    titles = {
        Priority.A: acute.title(index, found[Priority.A]),
        Priority.B: _("8.2 Enklare åtgärder (kort sikt)"),
        Priority.C: _("8.3 Åtgärder som kräver projektering eller budget (lång sikt)"),
    }
    empty = {
        Priority.B: _("Inga åtgärder på kort sikt är föreslagna."),
        Priority.C: _("Inga åtgärder på lång sikt är föreslagna."),
    }
    parts = []
    for priority, title in titles.items():
        table = _table(index, priority, found[priority])
        if table.rows:
            blocks: tuple[Block, ...] = (table, *_endnotes(index, found[priority]))
        elif priority == Priority.A:
            blocks = acute.elsewhere(index)
        else:
            blocks = (Paragraph(text=plain(empty[priority])),)
        parts.append(Part(anchor=f"list-8.{'ABC'.index(priority.value) + 1}", title=title, blocks=blocks))
    return Section(
        number="8",
        title=_("Åtgärdslista"),
        anchor="section-8",
        layout=_sheet(index),
        new_page=_sheet(index) == Layout.LANDSCAPE,
        blocks=_how_listed(index),
        parts=tuple(parts),
    )


def _how_listed(index: Index) -> tuple[Block, ...]:
    if not any(priority_of(each, index)[1] for each in index.measures.values()):
        return ()
    words = _(
        "Åtgärder märkta förslag har ännu ingen prioritet som en människa har satt. De står i akuta listan om det "
        "är fara nu, annars efter åtgärdens sikt eller efter vad som är vanligt för punkten."
    )
    return (Paragraph(text=plain(words), style=Style.META),)


def band(index: Index, priority: Priority) -> Text:
    """The row over a list: mark, word and rule."""
    about = index.whole.checklist.priority(priority)
    mark = Mark(MarkKind.PRIORITY, priority.value)
    return (Run(str(about.word), Look.STRONG, mark=mark), Run(f"  {about.rule} {about.target}"))


def _table(index: Index, priority: Priority, members: Sequence[Measure]) -> Table:
    columns = (
        Column(_("Nr"), 13, row_head=True, whole=True),
        Column(_("Plats och ämne"), 29),
        Column(_("Iakttagelse"), 43),
        Column(_("Noterat av"), 19, numeric=False, whole=True),
        Column(_("Åtgärd"), 50),
        Column(_("Ansvarig"), 35, whole=True),
        Column(_("Klart senast"), 27, whole=True),
        Column(_("Status, beslut och återkoppling"), 45),
    )
    rows = [(acute.noticed(index.observations_for(each)), _row(index, each)) for each in members]
    if priority == Priority.A:
        rows += [(acute.noticed([each]), acute.row(index, each)) for each in acute.unanswered(index)]
        rows.sort(key=lambda each: each[0])
    return Table(columns=columns, rows=tuple(row for _when, row in rows), band=band(index, priority), dense=True)


def _row(index: Index, measure: Measure) -> Row:
    noted = max((index.noted_by(each) for each in index.observations_for(measure)), default=0)
    return Row(
        (
            _number_cell(index, measure),
            _place_cell(index, measure),
            _seen_cell(index, measure),
            Cell((plain(number(noted) if noted else DASH),)),
            _what_cell(measure),
            _who_cell(index, measure),
            _when_cell(index, measure),
            _status_cell(index, measure),
        ),
        record=measure.id,
    )


def _number_cell(index: Index, measure: Measure) -> Cell:
    priority, suggested = priority_of(measure, index)
    spoken = _("prioritet {letter}, {word}").format(letter=priority.value, word=label_of(priority).lower())
    mark = Mark(MarkKind.PRIORITY, priority.value, spoken=spoken)
    lines: list[Text] = [(Run(index.number(measure.id).replace(" ", "\u00a0"), Look.STRONG),), (Run("", mark=mark),)]
    if suggested:
        lines.append((Run(_("förslag"), Look.SECONDARY),))
    return Cell(tuple(lines))


def places_of(index: Index, measure: Measure) -> str:
    """The names of the places that a measure is about."""
    return joined([where_seen(index, each) for each in index.observations_for(measure)])


def _place_cell(index: Index, measure: Measure) -> Cell:
    topics = joined([index.category(each) for each in index.observations_for(measure)])
    return Cell(
        (plain(places_of(index, measure) or DASH), (Run(topics, Look.SECONDARY),)) if topics else (plain(DASH),)
    )


def _seen_cell(index: Index, measure: Measure) -> Cell:
    seen = index.observations_for(measure)
    lines: list[Text] = []
    for each in seen[:_MOST_IN_CELL]:
        lead = (Run(f"{index.number(each.id)} ", link=each.id),) if len(seen) > 1 else ()
        shown = pointers(index, index.photos_of(each)[:3])
        tail = (Run(" "), *shown) if shown else ()
        words = Run(shortened(seen_words(index, each), 200), link="" if lead else each.id)
        lines.append((*lead, words, *tail))
    if rest := seen[_MOST_IN_CELL:]:
        runs: list[Run] = [Run(_("samt") + " ")]
        for each in rest:
            runs += [Run(", ")] if len(runs) > 1 else []
            runs.append(Run(index.number(each.id), link=each.id))
        lines.append(tuple(runs))
    return Cell(tuple(lines) or (plain(DASH),))


def measure_words(measure: Measure) -> str:
    """What is proposed."""
    return measure.text.strip() or _("Ingen åtgärd är skriven.")


def _what_cell(measure: Measure) -> Cell:
    words = measure_words(measure)
    cost = label_of(measure.cost_class) if isinstance(measure.cost_class, CostClass) else ""
    works = [hold(_("verkan {codes}").format(codes=", ".join(measure.mechanism)))] if measure.mechanism else []
    about = " · ".join(each for each in (cost, *works) if each)
    return Cell((plain(shortened(words, _LONGEST_IN_CELL)), *(((Run(about, Look.SECONDARY),),) if about else ())))


def _who_cell(index: Index, measure: Measure) -> Cell:
    case = ((Run(code(measure.external_case_no)),),) if is_reported(measure) else ()
    handed = ((Run(one_line(measure.handed_to), Look.SECONDARY),),) if measure.handed_to.strip() else ()
    return Cell((plain(index.party(measure.responsible)), *case, *handed))


def _when_cell(index: Index, measure: Measure) -> Cell:
    return Cell(tuple(plain(each) for each in due_words(index, measure)))


def due_words(index: Index, measure: Measure) -> tuple[str, ...]:
    """`20 nov 2026`, or `beslut` and a date where the date is that of the decision, or `inte satt`."""
    due = known(measure.due, date)
    decides = priority_of(measure, index)[0] == Priority.C
    day = short_date(due) if due else _("inte satt")
    return (_("beslut"), day) if decides else (day,)


def status_words(measure: Measure) -> Text:
    """Mark and word of a status, and its date."""
    status = known(measure.status, MeasureStatus)
    mark = Mark(MarkKind.STATUS, status.value) if status in _MARKED and status else None
    since = known(measure.status_at, date)
    word = Run(label_of(measure.status).replace(" ", "\u00a0"), Look.STRONG, mark=mark)
    return (word, Run(f" {short_date(since)}")) if since else (word,)


def _status_cell(index: Index, measure: Measure) -> Cell:
    said = (*_decided(measure), *_answered(index, measure))
    return Cell((status_words(measure), *said, *acute.unsettled_notes(index, measure)))


def _decided(measure: Measure) -> list[Text]:
    """What was decided and why."""
    decided = (measure.decision, measure.decision_reason)
    return [plain(sentence(shortened(each, _LONGEST_IN_CELL))) for each in decided if each.strip()]


def _answered(index: Index, measure: Measure) -> list[Text]:
    """What was told to those who walked, what they say, and what is not settled."""
    lines: list[Text] = []
    told = known(measure.feedback_at, date)
    if measure.feedback.strip() or told:
        lead = _("Återkopplat") + (f" {short_date(told)}" if told else "")
        rest = f": {sentence(shortened(measure.feedback, _LONGEST_IN_CELL))}" if measure.feedback.strip() else "."
        lines.append(plain(f"{lead}{rest}"))
    for each in voices_on(index, measure):
        words = shortened(each.text, _LONGEST_IN_CELL)
        lines.append((Run(words, Look.ITALIC), Run(f" {each.signed}", Look.SECONDARY)))
    return [*lines, *conflict_notes(index, measure.id)]


def _endnotes(index: Index, members: Sequence[Measure]) -> list[Block]:
    notes: list[Block] = []
    for measure in members:
        said = [each.text for each in voices_on(index, measure)]
        for words in (measure.text, measure.decision, measure.decision_reason, measure.feedback, *said):
            if len(words) > _LONGEST_IN_CELL:
                head = _("{number}, hela texten.").format(number=index.number(measure.id).replace(" ", "\u00a0"))
                runs = (Run(head + " ", Look.STRONG, link=measure.id), Run(words.strip()))
                notes.append(Paragraph(text=runs, style=Style.NOTE))
    return notes


def not_done(index: Index) -> Section:
    """Section 9: what is not carried out, and why."""
    members = lists(index)[Priority.D]
    blocks: tuple[Block, ...] = (Paragraph(text=plain(_("Inga förslag avslogs."))),)
    if members:
        columns = (
            Column(_("Nr"), 14, row_head=True, whole=True),
            Column(_("Plats"), 40),
            Column(_("Förslag"), 52),
            Column(_("Noterat av"), 20, whole=True),
            Column(_("Skäl"), 91),
            Column(_("Beslutat av"), 44, whole=True),
        )
        rows = tuple(_refused(index, each) for each in members)
        table = Table(columns=columns, rows=rows, band=band(index, Priority.D), keep=len(members) <= 6, dense=True)
        blocks = (table, *_endnotes(index, members))
    return Section(
        number="9",
        title=_("Förslag som inte genomförs"),
        anchor="section-9",
        layout=_sheet(index),
        blocks=blocks,
    )


def _sheet(index: Index) -> Layout:
    """The lists lie across the sheet if there is anything in them."""
    return Layout.LANDSCAPE if index.measures or acute.unanswered(index) else Layout.FULL


def _refused(index: Index, measure: Measure) -> Row:
    noted = max((index.noted_by(each) for each in index.observations_for(measure)), default=0)
    why = _decided(measure) or [(Run(_("Skäl saknas."), Look.RED),)]
    return Row(
        (
            _number_cell(index, measure),
            Cell((plain(places_of(index, measure) or DASH),)),
            Cell((plain(shortened(measure_words(measure), _LONGEST_IN_CELL)),)),
            Cell((plain(number(noted) if noted else DASH),)),
            Cell((*why, *_answered(index, measure))),
            _decider_cell(index, measure),
        ),
        record=measure.id,
    )


def _decider_cell(index: Index, measure: Measure) -> Cell:
    """Who decided and when; nobody has where no decision is noted: then the responsible party is only suggested."""
    if not measure.decision.strip():
        return Cell((plain(DASH),))
    since = known(measure.status_at, date)
    day = (plain(short_date(since)),) if since else ()
    return Cell((*_who_cell(index, measure).lines, *day))


def without_measure(index: Index) -> tuple[Observation, ...]:
    """Every deficiency, question and social matter that no measure answers, by number."""
    return tuple(each for each in index.observations.values() if index.is_open(each))


def further_views(index: Index) -> Section:
    """Section 10: what has no measure yet, and what people said about the walk as a whole."""
    rest = without_measure(index)
    bare = all(is_positive(each) for each in index.observations.values())
    empty = _("Inga brister eller synpunkter är noterade.") if bare else _("Alla brister har en åtgärd.")
    blocks: list[Block] = [Paragraph(text=plain(empty))]
    if rest:
        words = _("Här står allt som ännu inte har någon åtgärd. Inget försvinner.")
        columns = (
            Column(_("Nr"), 13, row_head=True, whole=True),
            Column(_("Synpunkt"), 77),
            Column(_("Lämnad till"), 40),
            Column(_("Vad som händer"), 40),
        )
        table = Table(columns=columns, rows=tuple(_view(index, one) for one in rest))
        blocks = [Paragraph(text=plain(words)), filled(table)]
    blocks += voices_on(index, index.whole.walk)
    for each in index.loose_remarks:
        blocks += voices(index, [each], kind_words(index.kinds.get(str(each.target), "")).lower())
    return Section(
        number="10",
        title=_("Övriga synpunkter"),
        anchor="section-10",
        layout=Layout.FULL,
        blocks=tuple(blocks),
    )


def _view(index: Index, seen: Observation) -> Row:
    other = index.duplicates.get(seen.id)
    happens = seen.answer.strip()
    if not happens and other:
        happens = hold(_("Läses med {number}.").format(number=index.number(other)))
    if not happens:
        happens = _("Ingen åtgärd är föreslagen än.") if is_deficiency(seen) else _("Inget svar än.")
    link = other if other and not seen.answer.strip() else ""
    return Row(
        (
            Cell(((Run(index.number(seen.id), Look.STRONG, link=seen.id),),)),
            Cell((plain(shortened(seen_words(index, seen), 300)), (Run(_about(index, seen), Look.SECONDARY),))),
            Cell((plain(one_line(seen.handed_to) or DASH),)),
            Cell(((Run(happens, link=link),),)),
        )
    )


def _about(index: Index, seen: Observation) -> str:
    """The place and the category of an observation."""
    return f"{where_seen(index, seen)} · {index.category(seen)}"


def ranked(index: Index) -> list[Measure]:
    """The measures that matter most: acute ones, then by how serious and how often noted what they answer is."""
    from_lists = lists(index)
    candidates = [each for one in (Priority.A, Priority.B, Priority.C) for each in from_lists[one]]
    open_ones = [each for each in candidates if each.status != MeasureStatus.DUPLICATE]
    return sorted(open_ones, key=lambda each: _weight(index, each))


def _weight(index: Index, measure: Measure) -> tuple[object, ...]:
    seen = index.observations_for(measure)
    worst = max((int(index.severity_of(each)[0] or 0) for each in seen), default=0)
    noted = max((index.noted_by(each) for each in seen), default=0)
    acute = priority_of(measure, index)[0] != Priority.A
    return acute, -worst, -noted, number_key(index.number(measure.id)), measure.id
