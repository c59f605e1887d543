"""Section 15: method and priority, personal data, changes, participants, photos that did not fit, the checklist."""

from collections import Counter
from datetime import date

from app.base.words import _
from app.domain.values import Priority, known
from app.report.compose_photos import Album, photo_blocks
from app.report.compose_values import conflict_note, place_of
from app.report.document import (
    Block,
    Cell,
    Column,
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
    filled,
    plain,
)
from app.report.index import Index
from app.report.standard_texts import (
    BASIS,
    CONTROLLER,
    METHOD,
    NO_RETENTION,
    OFFICER,
    PERSONAL_DATA,
    PLAN,
    PRIORITY,
    RETENTION,
)
from app.report.wording import at_time, hold, long_date, number, one_line


def appendices(index: Index, album: Album) -> Section:
    """Section 15."""
    parts = (
        Part(anchor="appendix-A", title=_("Bilaga A. Metod och prioritering"), blocks=_method(index)),
        Part(anchor="appendix-B", title=_("Bilaga B. Personuppgifter"), blocks=_personal(index)),
        Part(anchor="appendix-C", title=_("Bilaga C. Versioner och ändringar"), blocks=_changes(index)),
        Part(anchor="appendix-D", title=_("Bilaga D. Deltagarförteckning (intern)"), blocks=_participants(index)),
        Part(anchor="appendix-E", title=_("Bilaga E. Fler foton"), blocks=_photos(index, album)),
        Part(anchor="appendix-F", title=_("Bilaga F. Checklista"), blocks=_checklist(index)),
    )
    return Section(number="15", title=_("Bilagor"), anchor="section-15", new_page=True, parts=parts)


def _method(index: Index) -> tuple[Block, ...]:
    levels = Table(
        columns=(Column(_("Hur allvarlig"), 34, row_head=True), Column(_("Vad det betyder"), 94)),
        rows=tuple(
            Row(
                (
                    Cell(((Run(str(each.word), Look.STRONG, mark=Mark(MarkKind.SEVERITY, str(int(each.code)))),),)),
                    Cell((plain(str(each.meaning)),)),
                )
            )
            for each in index.whole.checklist.severities
        ),
        keep=True,
    )
    priorities = Table(
        columns=(Column(_("Prioritet"), 34, row_head=True), Column(_("Regel och mål"), 94)),
        rows=tuple(
            Row(
                (
                    Cell(((Run(str(each.word), Look.STRONG, mark=Mark(MarkKind.PRIORITY, each.code.value)),),)),
                    Cell((plain(f"{each.rule} {each.target}"),)),
                )
            )
            for each in index.whole.checklist.priorities
            if each.code in Priority
        ),
        keep=True,
    )
    mechanisms = Table(
        columns=(Column(_("Verkan"), 34, row_head=True), Column(_("Så väntas åtgärden fungera"), 94)),
        rows=tuple(
            Row((Cell(((Run(each.code, Look.STRONG),),)), Cell((plain(str(each.name)),))))
            for each in index.whole.checklist.mechanisms
        ),
    )
    head = Paragraph(text=plain(_("Så sätts prioritet")), style=Style.HEADING3)
    return (
        Paragraph(text=plain(str(METHOD))),
        levels,
        head,
        Paragraph(text=plain(str(PRIORITY))),
        priorities,
        mechanisms,
    )


def _personal(index: Index) -> tuple[Block, ...]:
    walk, organisation = index.whole.walk, index.organisation
    until = known(walk.retention_until, date)
    filled = {
        "controller": one_line(walk.data_controller) or index.organiser or str(CONTROLLER),
        "basis": (organisation.legal_basis.strip() if organisation else "") or str(BASIS),
        "retention": str(RETENTION).format(day=long_date(until)) if until else str(NO_RETENTION),
        "plan": (organisation.archive_plan.strip() if organisation else "") or str(PLAN),
        "officer": (organisation.protection_officer.strip() if organisation else "") or str(OFFICER),
    }
    texts = [Paragraph(text=plain(str(each).format(**filled))) for each in PERSONAL_DATA]
    shown = index.local(walk.info_shown_at)
    told = _("Informationen visades inte i programmet före vandringen.")
    if shown:
        told = _("Informationen visades {day} {time}.").format(day=long_date(shown.date()), time=at_time(shown))
    return (*texts, Paragraph(text=plain(told)))


def _changes(index: Index) -> tuple[Block, ...]:
    blocks: list[Block] = []
    versions = sorted(index.whole.protocols, key=lambda each: (known(each.version, int) or 0, each.id))
    if versions:
        columns = (Column(_("Version"), 24, row_head=True), Column(_("Status"), 52), Column(_("Dag"), 52))
        rows = []
        for each in versions:
            day = known(each.finalised_on, date)
            state = _("Upprättad") if day else _("Arbetsmaterial")
            cells = (number(known(each.version, int) or 1), state, long_date(day) if day else "–")
            rows.append(Row(tuple(Cell((plain(one),)) for one in cells)))
        blocks.append(Table(columns=columns, rows=tuple(rows)))
    else:
        blocks.append(Paragraph(text=plain(_("Protokollet är arbetsmaterial. Ingen version är upprättad."))))
    if changed := index.changed:
        words = _("Senaste ändring: {day} {time}.").format(day=long_date(changed.date()), time=at_time(changed))
        blocks.append(Paragraph(text=plain(words)))
    blocks += _unsettled(index)
    return tuple(blocks)


def _unsettled(index: Index) -> list[Block]:
    if not index.conflicts:
        return [Paragraph(text=plain(_("Alla uppgifter är avgjorda.")))]
    columns = (Column(_("Gäller"), 36, row_head=True), Column(_("Uppgifter som står mot varandra"), 92))
    rows = []
    for each in index.conflicts:
        linked = each.id if each.id in index.whole.numbers.of else ""
        rows.append(Row((Cell(((Run(place_of(index, each), link=linked),),)), Cell((conflict_note(index, each),)))))
    head = Paragraph(text=plain(_("Ej avgjort")), style=Style.HEADING3)
    return [head, Table(columns=columns, rows=tuple(rows))]


def _participants(index: Index) -> tuple[Block, ...]:
    members = sorted(index.whole.participants, key=lambda each: (each.role, each.organisation, each.id))
    if not members:
        return (Paragraph(text=plain(_("Inga deltagare är noterade."))),)
    columns = (
        Column(_("Roll"), 40, row_head=True),
        Column(_("Organisation"), 40),
        Column(_("Namn"), 30),
        Column(_("Antal"), 18, numeric=True),
    )
    rows = []
    for each in members:
        name = index.handed.names.get(each.id, "–")
        count = number(known(each.count, int) or 0)
        cells = (one_line(each.role) or "–", one_line(each.organisation) or "–", name, count)
        rows.append(Row(tuple(Cell((plain(one),)) for one in cells)))
    note = _("Förteckningen finns bara i den interna versionen. Namn raderas enligt bilaga B.")
    return (filled(Table(columns=columns, rows=tuple(rows))), Paragraph(text=plain(note), style=Style.META))


def _photos(index: Index, album: Album) -> tuple[Block, ...]:
    if not album.rest:
        return (Paragraph(text=plain(hold(_("Alla foton finns i avsnitt 6 och 7.")))),)
    words = _("Här står de foton som inte fick plats i avsnitt 6 och 7, efter nummer.")
    return (Paragraph(text=plain(hold(words))), *photo_blocks(index, album.rest))


def _checklist(index: Index) -> tuple[Block, ...]:
    """Every item with how often it was used, a table per category."""
    counts = Counter(item.id for each in index.observations.values() if (item := index.item(each)))
    lead = _("Checklista {version}. Sista kolumnen visar hur många iakttagelser som svarar på punkten.")
    blocks: list[Block] = [Paragraph(text=plain(lead.format(version=index.whole.checklist.version)))]
    for category in index.whole.checklist.categories:
        columns = (
            Column(_("Punkt"), 16, row_head=True),
            Column(_("Fråga"), 88),
            Column(_("Iakttagelser"), 24, numeric=True),
        )
        rows = tuple(
            Row((Cell((plain(item.id),)), Cell((plain(str(item.question)),)), Cell((plain(number(counts[item.id])),))))
            for item in category.items
        )
        band = (Run(f"{category.letter}  {category.name}", Look.STRONG),)
        blocks.append(Table(columns=columns, rows=rows, band=band))
    return tuple(blocks)
