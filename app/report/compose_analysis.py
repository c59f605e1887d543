"""Section 11: from problem over cause to measure, for every measure that has a cause and a mechanism."""

import re
from datetime import date

from app.base.words import _
from app.domain.checklist import Mechanism
from app.domain.records import Measure
from app.domain.values import Priority, known
from app.report.compose_measures import due_words, measure_words, places_of
from app.report.compose_places import feels_words, rated, seen_words
from app.report.document import Block, Chain, ChainRow, Layout, Look, Paragraph, Run, Section, Text, plain
from app.report.index import Index, priority_of
from app.report.wording import (
    capital,
    hold,
    long_date,
    number,
    one_line,
    sentence,
    shortened,
    spelled,
)

_CAUSE, _MEASURE = "\x01", "\x02"


def chained(index: Index) -> list[Measure]:
    """The measures that have a chain, by number: those with a cause and a mechanism that are to be carried out."""
    return [
        each
        for each in index.measures.values()
        if each.cause.strip() and mechanisms_of(index, each) and priority_of(each, index)[0] != Priority.D
    ]


def mechanisms_of(index: Index, measure: Measure) -> list[Mechanism]:
    """The mechanisms of a measure that the checklist knows, in the order given."""
    known_ones = {each.code: each for each in index.whole.checklist.mechanisms}
    return [known_ones[each] for each in dict.fromkeys(measure.mechanism) if each in known_ones]


def analysis(index: Index) -> Section:
    """Section 11."""
    chains = tuple(_chain(index, each) for each in chained(index))
    words = _(
        "En åtgärd hjälper bara om den träffar orsaken. Här står varför åtgärden väntas fungera och hur vi ser om den "
        "gjorde det."
    )
    if not chains:
        words = _("Ingen åtgärd har ännu både orsak och verkan.")
    blocks: tuple[Block, ...] = (Paragraph(text=plain(words)), *chains)
    return Section(
        number="11",
        title=_("Analys: problem, orsak och åtgärd"),
        anchor="section-11",
        layout=Layout.MAIN,
        new_page=True,
        blocks=blocks,
    )


def _chain(index: Index, measure: Measure) -> Chain:
    rows = (
        ChainRow(_("Problem"), _problem(index, measure)),
        ChainRow(_("Orsak på platsen"), (plain(sentence(measure.cause)),)),
        ChainRow(_("Varför åtgärden hjälper"), (_argument(index, measure),)),
        ChainRow(_("Åtgärd"), _proposal(index, measure), measure=True),
        ChainRow(_("Väntad effekt"), _effect(index, measure)),
        ChainRow(_("Målkonflikt"), (_conflict(index, measure),)),
    )
    return Chain(
        anchor=f"chain-{measure.id}",
        number=(Run(index.number(measure.id).replace(" ", "\u00a0"), link=measure.id),),
        title=_title(index, measure),
        rows=rows,
    )


def _title(index: Index, measure: Measure) -> str:
    seen = index.observations_for(measure)
    words = measure.problem or (seen_words(index, seen[0]) if seen else measure_words(measure))
    return shortened(one_line(words), 90).rstrip(".")


def _problem(index: Index, measure: Measure) -> tuple[Text, ...]:
    seen = index.observations_for(measure)
    first = sentence(measure.problem)
    if not first and seen:
        first = sentence(shortened(seen_words(index, seen[0]), 200))
    noted = max((index.noted_by(each) for each in seen), default=0)
    words = [first] if first else []
    if noted > 1:
        words.append(capital(_("{n} lyfte problemet.").format(n=spelled(noted))))
    stops = dict.fromkeys(stop.id for each in seen if (stop := index.stop_of(each)))
    for each in stops:
        mean, count = rated(index, index.stops[each])
        if mean is not None and count > 1:
            place = one_line(index.stops[each].name)
            words.append(_felt(place, mean))
    numbers: list[Run] = []
    for one in seen:
        numbers += [Run(", ", Look.SECONDARY)] if numbers else []
        label = hold(_("iakttagelse {number}").format(number=index.number(one.id)))
        numbers.append(Run(label, Look.SECONDARY, link=one.id))
    return (plain(" ".join(words)), *((tuple(numbers),) if numbers else ()))


def _felt(place: str, mean: float) -> str:
    words = _("Upplevd trygghet vid {place}: {feels} ({mean} av 4).")
    return hold(words.format(place=place, feels=feels_words(mean), mean=number(mean, 1)))


def _argument(index: Index, measure: Measure) -> Text:
    """The sentences of every mechanism, filled; what two of them say alike is said once."""
    due = known(measure.due, date)
    light = index.whole.walk.light
    along = any(index.stop_of(each) is None for each in index.observations_for(measure))
    fills = {
        "cause": _CAUSE,
        "measure": _MEASURE,
        "place": (places_of(index, measure) if not along else "") or _("platsen"),
        "time": _("när det är mörkt") if light != "daylight" else _("på dagen"),
        "due": _("senast {day}").format(day=long_date(due)) if due else _("snart"),
    }
    found = mechanisms_of(index, measure)
    said = dict.fromkeys(part for each in found for part in re.split(r"(?<=[.!?]) ", each.argument(**fills)))
    words = " ".join(said)
    words = words.replace(_CAUSE, _inside(measure.cause)).replace(_MEASURE, _inside(measure_words(measure)))
    names = ", ".join(f"{each.code}\u00a0{each.name}" for each in found)
    return (Run(words), Run(f" ({names})", Look.SECONDARY))


def _inside(text: str) -> str:
    return one_line(text).rstrip(".")


def _proposal(index: Index, measure: Measure) -> tuple[Text, ...]:
    about = [index.party(measure.responsible), _priority(index, measure)]
    if known(measure.due, date):
        about.append(" ".join(due_words(index, measure)))
    return (
        (Run(sentence(measure_words(measure)), Look.STRONG),),
        (Run(" · ".join(about), Look.SECONDARY),),
    )


def _priority(index: Index, measure: Measure) -> str:
    priority, suggested = priority_of(measure, index)
    word = str(index.whole.checklist.priority(priority).word).lower()
    return f"{word} ({_('föreslagen')})" if suggested else word


def _effect(index: Index, measure: Measure) -> tuple[Text, ...]:
    words = [sentence(measure.expected_effect)] if measure.expected_effect.strip() else []
    how = measure.indicator.strip() or str(mechanisms_of(index, measure)[0].indicator)
    words.append(_("Så ser vi effekten: {how}").format(how=sentence(how)))
    if day := known(measure.follow_up_on, date):
        words.append(_("Följs upp {day}.").format(day=long_date(day)))
    return (plain(" ".join(words)),)


def _conflict(index: Index, measure: Measure) -> Text:
    if measure.goal_conflict.strip():
        return plain(sentence(measure.goal_conflict))
    usual = str(mechanisms_of(index, measure)[0].conflict)
    return (Run(_("Att pröva:") + " ", Look.SECONDARY), Run(sentence(usual)))
