"""measure: what is proposed."""

import click

from app.base.errors import BadInput
from app.base.words import _
from app.cli.making import doubt, given
from app.cli.screen import Screen, on_screen
from app.commands import measures
from app.domain import entry
from app.domain.entry import choice
from app.domain.records import Measure, Observation, Party
from app.domain.spoken import code_of
from app.domain.values import CostClass, Priority, Term
from app.queries import find


@click.group()
def measure() -> None:
    """Åtgärder / measures."""


@measure.command("add")
@click.argument("walk_id", metavar="WALK")
@click.option(
    "--observation", "observation_ids", multiple=True, metavar="ID", help="Iakttagelsen den svarar på / what it answers"
)
@click.option("--text", help="Åtgärden; annars checklistans / the measure; else the checklist's")
@click.option(
    "--responsible", metavar="CODE", help="Ansvarig, som GATA; koderna visar gatljus checklist / responsible party"
)
@click.option("--priority", metavar="A..D", help="A akut, B kort sikt, C lång sikt, D genomförs inte / priority")
@click.option(
    "--mechanism", multiple=True, metavar="V1", help="Verkan; koderna visar gatljus checklist / why it should work"
)
@click.option("--cause", help="Orsaken / the cause")
@click.option("--due", metavar="DATE", help="Klart senast, som 2026-11-20 / to be done by")
@click.option("--term", metavar="TERM", help="short, long (kort eller lång sikt) / short or long term")
@click.option(
    "--cost-class", metavar="0..3", help="0 ingen kostnad, 1 drift, 2 mindre investering, 3 projekt / cost class"
)
@click.option("--reason", "decision_reason", help="Skälet till beslutet / the reason of the decision")
@on_screen
def measure_add(
    screen: Screen,
    /,
    walk_id: str,
    observation_ids: tuple[str, ...],
    responsible: str | None,
    priority: str | None,
    mechanism: tuple[str, ...],
    due: str | None,
    term: str | None,
    cost_class: str | None,
    **texts: str | None,
) -> None:
    """Föreslå en åtgärd / propose a measure."""
    found = find.walk_of(screen.session, walk_id)
    answers = [find.record_of(screen.session, each, Observation.KIND, found.id) for each in observation_ids]
    values = given(**texts)
    if not answers and "text" not in values:
        raise BadInput(
            "empty", _("Åtgärden har ingen text."), _("Skriv --text, eller --observation med id:t för en iakttagelse.")
        )
    checklist = screen.session.checklist
    if mechanism:
        values["mechanism"] = tuple(code_of(checklist, "mechanism", each) for each in mechanism)
    if responsible is not None:
        parties = screen.session.read(Party, {"scope": found.id})
        values["responsible"] = code_of(checklist, "responsible", responsible, parties)
    if priority is not None:
        values["priority"] = choice(Priority, code_of(checklist, "priority", priority), "priority")
    if term is not None:
        values["term"] = choice(Term, term, "term")
    if cost_class is not None:
        values["cost_class"] = choice(CostClass, cost_class, "cost-class")
    if due is not None:
        values["due"] = entry.day(due)
    if values.get("priority") == Priority.D and not values.get("decision_reason"):
        raise BadInput("reason", _("Prioritet D, genomförs inte, kräver ett skäl."), _("Skriv skälet med --reason."))
    observed = [each for each in answers if isinstance(each, Observation)]
    if not values.get("text") and observed and "text" not in measures.suggestion(screen.session, observed[0]):
        raise BadInput("empty", _("Checklistan föreslår ingen åtgärd för det."), _("Skriv åtgärden med --text."))
    made = measures.add_measure(screen.session, found.id, observed, values)
    (seen,) = screen.session.read(Measure, {"id": made})
    doubt(screen, found, seen, values)
    screen.made(made, responsible=seen.responsible)


COMMANDS = (measure,)
