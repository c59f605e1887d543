"""Section 1, on exactly one page: what was found, where it is worst, what comes next."""

from collections import Counter
from datetime import date

from app.base.words import _, ngettext
from app.domain.records import Measure, Stop
from app.domain.rules import is_deficiency
from app.domain.values import CostClass, Priority, known, label_of
from app.report.charts import bars
from app.report.compose_conduct import people_count
from app.report.compose_measures import due_words, lists, measure_words, ranked
from app.report.compose_places import rated
from app.report.document import (
    Block,
    Bullets,
    Cell,
    Column,
    Halves,
    KeyFigures,
    Layout,
    Look,
    Mark,
    MarkKind,
    Paragraph,
    Row,
    Run,
    Section,
    Style,
    Table,
    Text,
    plain,
)
from app.report.index import Index, is_positive, priority_of
from app.report.ways import Ways
from app.report.wording import capital, hold, listed, long_date, metres, number, one_line, sentence, shortened, spelled

_ROOM = 178.0
"""Millimetres that the lead's lines, the table's rows and the halves may take together."""
_LEAD_LINE, _LEAD_LETTERS = 6.7, 78
_PANEL_LINE, _PANEL_LETTERS = 5.3, 39
"""Height of a line in millimetres, and letters on it, fewer than there will be."""


def summary(index: Index, ways: Ways) -> Section:
    """Section 1."""
    words = lead(index, ways)
    most, bars_shown, decisions = _what_fits(index, words)
    blocks: list[Block] = [Paragraph(text=plain(words), style=Style.LEAD), _figures(index)]
    top = ranked(index)[:most]
    if top:
        heading = ngettext("Den viktigaste åtgärden", "De {n} viktigaste åtgärderna", len(top))
        blocks.append(Paragraph(text=plain(heading.format(n=spelled(len(top)))), style=Style.HEADING3))
        blocks.append(_table(index, top))
    else:
        blocks.append(Paragraph(text=plain(_("Inga åtgärder är föreslagna än."))))
    blocks.append(Halves(left=_topics(index, bars_shown), right=_decisions(index, decisions), tinted=True))
    return Section(
        number="1",
        title=_("Sammanfattning"),
        anchor="section-1",
        layout=Layout.FULL,
        new_page=True,
        one_page=True,
        blocks=tuple(blocks),
    )


def _what_fits(index: Index, words: str) -> tuple[int, int, int]:
    """How many measures, bars and decisions the page holds: first the list is cut to three, then the chart to six
    bars, then the decisions."""
    topics = len({index.category_id(each) for each in index.observations.values() if is_deficiency(each)})
    heights = [_height(index, each) for each in ranked(index)[:5]]
    room = _ROOM - _lines(words, _LEAD_LETTERS) * _LEAD_LINE
    for most, shown, decisions in ((5, 9, 3), (4, 9, 3), (3, 9, 3), (3, 6, 3), (3, 6, 2), (3, 6, 1)):
        halves = max(min(topics, shown) * 5.6 + 18, _panel_height(index, decisions))
        if sum(heights[:most]) + halves <= room:
            return most, shown, decisions
    return 3, 6, 1


def _lines(words: str, letters: int) -> int:
    return -(-len(words) // letters)


def _panel_height(index: Index, decisions: int) -> float:
    """Two headings with what stands under them, and the panel's edges."""
    points = [_decision(each) for each in _waiting(index)[:decisions]]
    lines = sum(_lines(each, _PANEL_LETTERS) for each in [*points, _works(index)])
    return 31 + lines * _PANEL_LINE + len(points) * 1.1


def _height(index: Index, measure: Measure) -> float:
    lines = max(len(_short(measure)) / 34, len(index.bare_party(measure.responsible)) / 19, 2)
    return 3.6 + 4.6 * -(-lines // 1)


def _short(measure: Measure) -> str:
    return shortened(measure_words(measure), 100).rstrip(".")


def lead(index: Index, ways: Ways) -> str:
    """At most three sentences: those of the coordinator, else a draft from the numbers."""
    written = index.protocol.summary.strip() if index.protocol else ""
    if written:
        return written
    return " ".join(each for each in (_who_walked(index, ways), _worst(index), _next(index)) if each)


def short_name(stop: Stop) -> str:
    """The name of a place up to its first comma, for a sentence."""
    return one_line(stop.name.split(",")[0])


def _who_walked(index: Index, ways: Ways) -> str:
    people, stops = people_count(index), len(index.stops)
    places = ngettext("{n} plats", "{n} platser", stops).format(n=spelled(stops))
    who = ngettext("{n} person", "{n} personer", people).format(n=spelled(people)) if people else _("deltagarna")
    if ways.length_m and stops:
        words = _("{people} gick {length} och stannade på {places}.")
        return capital(words.format(people=who, length=_in_words(ways.length_m), places=places))
    if stops:
        return capital(_("{people} stannade på {places}.").format(people=who, places=places))
    seen = len(index.observations)
    if not seen:
        nothing = _("Inga platser eller iakttagelser är noterade än.")
        return f"{capital(_('{people} deltog.').format(people=who))} {nothing}" if people else nothing
    noted = ngettext("{n} iakttagelse", "{n} iakttagelser", seen).format(n=spelled(seen))
    return capital(_("{people} gjorde {observations}.").format(people=who, observations=noted))


def _in_words(length: float) -> str:
    if length < 1000:
        return metres(length)
    return _("{n} kilometer").format(n=number(length / 1000, 1)).replace(" ", "\u00a0")


def _worst(index: Index) -> str:
    """Where it feels least safe by the answers; without answers where the most serious faults are."""
    felt = [(mean, stop) for stop in index.stops.values() if (mean := rated(index, stop)[0]) is not None and mean < 2.5]
    if felt:
        names = [short_name(stop) for _mean, stop in sorted(felt, key=lambda each: each[0])[:3]]
        return _("Lägst är den upplevda tryggheten vid {places}.").format(places=listed(names))
    weight: Counter[str] = Counter()
    for each in index.observations.values():
        if is_deficiency(each) and (stop := index.stop_of(each)):
            weight[stop.id] += int(index.severity_of(each)[0] or 0)
    worst = sorted(weight, key=lambda each: (-weight[each], index.order(each)))[:3]
    names = [short_name(index.stops[each]) for each in worst if weight[each]]
    return _("Mest att åtgärda finns vid {places}.").format(places=listed(names)) if names else ""


def _next(index: Index) -> str:
    found = lists(index)
    soon, decide = len(found[Priority.A]) + len(found[Priority.B]), len(found[Priority.C])
    can = ngettext("{n} åtgärd kan göras inom sex månader", "{n} åtgärder kan göras inom sex månader", soon)
    need = ngettext("{n} kräver beslut", "{n} kräver beslut", decide)
    parts = [can.format(n=spelled(soon))] if soon else []
    if decide:
        alone = ngettext("{n} åtgärd kräver beslut", "{n} åtgärder kräver beslut", decide)
        parts.append((need if soon else alone).format(n=spelled(decide)))
    return capital(f"{listed(parts)}.") if parts else ""


def _figures(index: Index) -> KeyFigures:
    stops, seen = len(index.stops), index.observations.values()
    good = sum(is_positive(each) for each in seen)
    acute = [each for each in seen if index.is_acute(each)]
    measures = list(index.measures.values())
    raised = all(each.alarm for each in acute)
    danger = ngettext("akut fara", "akuta faror", len(acute))
    if acute:
        all_raised = ngettext(", anmäld", ", alla anmälda", len(acute))
        danger += all_raised if raised else ngettext(", ej anmäld", ", inte alla anmälda", len(acute))
    owners = all(each.responsible not in ("", "UTR") for each in measures)
    tasks = ngettext("åtgärd", "åtgärder", len(measures))
    if len(measures) > 1 and owners:
        tasks += _(", alla med ansvarig")
    return KeyFigures(
        figures=(
            (number(stops), ngettext("plats", "platser", stops)),
            (number(len(seen)), ngettext("iakttagelse", "iakttagelser", len(seen))),
            (number(good), ngettext("är bra och ska värnas", "är bra och ska värnas", good)),
            (number(len(acute)), danger),
            (number(len(measures)), tasks),
        )
    )


def priority_words(index: Index, measure: Measure) -> Text:
    """Mark and word of a priority; a suggestion is named so."""
    priority, suggested = priority_of(measure, index)
    word = str(index.whole.checklist.priority(priority).word).replace(" ", "\u00a0")
    run = Run(word, Look.STRONG, mark=Mark(MarkKind.PRIORITY, priority.value))
    return (run, Run(f" ({_('föreslagen')})", Look.SECONDARY)) if suggested else (run,)


def _table(index: Index, top: list[Measure]) -> Table:
    columns = (
        Column(_("Nr"), 13, row_head=True, whole=True),
        Column(_("Åtgärd"), 62),
        Column(_("Ansvarig"), 38, whole=True),
        Column(_("Prioritet"), 28, whole=True),
        Column(_("Klart senast"), 29, whole=True),
    )
    rows = []
    for each in top:
        nr = index.number(each.id).replace(" ", "\u00a0")
        cells = (
            Cell(((Run(nr, Look.STRONG, link=each.id),),)),
            Cell((plain(_short(each)),)),
            Cell((plain(index.party(each.responsible)),)),
            Cell((priority_words(index, each),)),
            Cell(tuple(plain(line) for line in due_words(index, each))),
        )
        rows.append(Row(cells))
    return Table(columns=columns, rows=tuple(rows), keep=True)


def topic_counts(index: Index) -> list[tuple[str, float]]:
    """Deficiencies per category, the most first."""
    counts = Counter(index.category(each) for each in index.observations.values() if is_deficiency(each))
    return [(name, float(count)) for name, count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))]


def _topics(index: Index, shown: int) -> tuple[Block, ...]:
    counts = topic_counts(index)
    heading = Paragraph(text=plain(_("Vad det handlar om")), style=Style.HEADING3)
    if not counts:
        return (heading, Paragraph(text=plain(_("Inga brister är noterade."))))
    if len(counts) > shown:
        rest = sum(count for _name, count in counts[shown - 1 :])
        counts = [*counts[: shown - 1], (_("Övriga ämnen"), rest)]
    title = _("Antal iakttagelser som behöver åtgärdas, efter ämne")
    return (heading, bars(title, counts, width=80))


def _waiting(index: Index) -> list[Measure]:
    return [each for each in ranked(index) if priority_of(each, index)[0] == Priority.C]


def _decisions(index: Index, most: int) -> tuple[Block, ...]:
    waiting = _waiting(index)[:most]
    blocks: list[Block] = [Paragraph(text=plain(_("Det här behöver beslut")), style=Style.HEADING3)]
    if waiting:
        blocks.append(Bullets(items=tuple(plain(_decision(each)) for each in waiting)))
    else:
        blocks.append(Paragraph(text=plain(_("Ingen åtgärd väntar på beslut."))))
    blocks.append(Paragraph(text=plain(_("Det här fungerar")), style=Style.HEADING3))
    blocks.append(Paragraph(text=plain(_works(index))))
    return tuple(blocks)


def _decision(measure: Measure) -> str:
    words = shortened(measure_words(measure), 90).rstrip(".")
    due = known(measure.due, date)
    cost = label_of(measure.cost_class).lower() if isinstance(measure.cost_class, CostClass) else ""
    by = _(", senast {day}").format(day=long_date(due)) if due else ""
    return f"{words}{by}{f' ({cost})' if cost else ''}."


def _works(index: Index) -> str:
    good = [each for each in index.observations.values() if is_positive(each)]
    if not good:
        return _("Inget bra är noterat.")
    names = dict.fromkeys(short_name(stop) for each in good if (stop := index.stop_of(each)))
    places = list(names)[:3]
    if not places:
        return _("Det som är bra står i avsnitt 7.").replace(" 7", "\u00a07")
    words = _("Något bra finns vid {places}.") if len(names) <= 3 else _("Något bra finns bland annat vid {places}.")
    return sentence(hold(f"{words.format(places=listed(places))} {_('Det ska vi värna, se avsnitt 7')}"))
