"""What is acute, in list 8.1: whether it has been reported, and what no measure answers yet."""

from collections.abc import Sequence
from datetime import datetime

from app.base.words import _
from app.domain.reasoning import is_reported
from app.domain.records import Measure, Observation
from app.domain.values import Priority, Severity
from app.report.compose_photos import pointers
from app.report.compose_places import alarm_words, seen_words, where_seen
from app.report.compose_values import conflict_notes
from app.report.document import Block, Cell, Look, Paragraph, Row, Run, Text, plain
from app.report.index import Index, priority_of
from app.report.wording import DASH, listed, number, one_line, shortened


def unanswered(index: Index) -> list[Observation]:
    """The acute observations that no measure answers."""
    return [each for each in index.observations.values() if index.is_acute(each) and not index.measures_for(each)]


def title(index: Index, members: Sequence[Measure]) -> str:
    """The title of the list: *felanmälda* is said of what has been reported alone."""
    reported = [_is_reported(index, each) for each in members] + [bool(each.alarm) for each in unanswered(index)]
    if all(reported):
        return _("8.1 Akuta, felanmälda")
    return _("8.1 Akuta, inte alla felanmälda") if any(reported) else _("8.1 Akuta, inte felanmälda")


def _is_reported(index: Index, measure: Measure) -> bool:
    return is_reported(measure) or any(each.alarm for each in index.observations_for(measure))


def noticed(seen: Sequence[Observation]) -> str:
    """When something acute was noticed, or the alarm raised: the list is in that order."""
    times = [each.alarm_at or each.observed_at for each in seen]
    return min((each.isoformat() for each in times if isinstance(each, datetime)), default="9")


def row(index: Index, seen: Observation) -> Row:
    """The row of an acute observation that no measure answers."""
    shown = pointers(index, index.photos_of(seen)[:3])
    words = Run(shortened(seen_words(index, seen), 200), link=seen.id)
    danger = index.severity_of(seen)[0] == Severity.DANGER
    return Row(
        (
            Cell(((Run(index.number(seen.id), Look.STRONG, link=seen.id),),)),
            Cell((plain(where_seen(index, seen)), (Run(index.category(seen), Look.SECONDARY),))),
            Cell(((words, Run(" "), *shown) if shown else (words,),)),
            Cell((plain(number(index.noted_by(seen))),)),
            Cell((plain(_("Fara nu, ingen åtgärd än.") if danger else _("Ingen åtgärd än.")),)),
            Cell((plain(one_line(seen.handed_to) or DASH),)),
            Cell((plain(DASH),)),
            Cell((alarm_words(index, seen), *conflict_notes(index, seen.id))),
        )
    )


def elsewhere(index: Index) -> tuple[Block, ...]:
    """What stands in an empty list: that nothing is acute, or where what is acute stands instead."""
    acute = [each for each in index.observations.values() if index.is_acute(each)]
    if not acute:
        return (Paragraph(text=plain(_("Inga akuta fel noterades."))),)
    lists = {Priority.B: "8.2", Priority.C: "8.3", Priority.D: "9"}
    blocks = []
    for each in acute:
        found = {priority_of(one, index)[0] for one in index.measures_for(each)}
        places = listed([lists[one] for one in sorted(found) if one in lists])
        text = _("Iakttagelse {number} är akut. Åtgärden står i {places}.")
        words = text.format(number=index.number(each.id), places=places)
        blocks.append(Paragraph(text=(Run(words, link=each.id),)))
    return tuple(blocks)


def unsettled_notes(index: Index, measure: Measure) -> list[Text]:
    """What is not settled about how serious it is that a measure answers, where one of the values is danger."""
    answered = [each for each in index.observations_for(measure) if index.is_unsettled_danger(each)]
    return [note for each in answered for note in conflict_notes(index, each.id)]
