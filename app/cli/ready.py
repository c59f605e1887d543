"""ready: whether all is ready for a walk."""

import click

from app.base.words import _
from app.cli.screen import Screen, on_screen
from app.jobs.readiness import look_over
from app.queries import find
from app.queries.readiness import WORDS, has_fault, in_order


@click.command()
@click.argument("walk_id", metavar="WALK")
@on_screen
def ready(screen: Screen, walk_id: str) -> None:
    """Är allt redo? Karta, batteri, plats, kopior / is all ready: map, battery, room, copies."""
    walk = find.walk_of(screen.session, walk_id)
    findings = in_order(screen.run(look_over(screen.session, walk)))
    screen.answer(
        {"items": [each.as_data() for each in findings], "ready": not has_fault(findings)},
        [f"{_(WORDS[each.status])}: {each.name}. {each.text}" for each in findings],
    )
    screen.message(_("Läge, klocka, kamera och mikrofon kollas i fönstret: Redo att gå."))
    if has_fault(findings):
        raise SystemExit(1)


COMMANDS = (ready,)
