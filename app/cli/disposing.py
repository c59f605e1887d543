"""walk purge, walk empty, erase: what goes for ever, and what goes from here."""

from dataclasses import asdict

import click

from app.base.errors import BadInput
from app.base.words import _
from app.cli.making import walk
from app.cli.screen import Screen, on_screen
from app.commands.records import erase as erase_name
from app.domain.records import Observation, Participant, Photo
from app.jobs import purge as jobs
from app.queries import find
from app.queries.device_words import named
from app.queries.telling import counted
from app.queries.whereabouts import Whereabouts, whereabouts

YES = click.option("--yes", is_flag=True, help="Ja, för alltid / yes, for ever")


def _surely(yes: bool, text: str) -> None:
    if not yes:
        raise BadInput("sure", text, _("Det kan inte ångras. Kör samma kommando igen med --yes."))


@walk.command("purge")
@click.argument("walk_id", metavar="WALK")
@YES
@on_screen
def walk_purge(screen: Screen, walk_id: str, yes: bool) -> None:
    """Gallra en vandring här och på mål som nås / dispose of a walk, here and on targets."""
    if before := find.purged(screen.session, walk_id):
        # It was cut short, or something was out of reach.
        _tell(screen, before, screen.run(jobs.purge_on(screen.session, before, jobs.left_of(screen.session, before))))
        return
    found = find.deleted_too(screen.session, walk_id)
    reach = jobs.reach_of(screen.session, found)
    where = named([_("den här enheten"), *reach.left])
    _surely(yes, _("Vandringen {title} gallras på: {where}.").format(title=found.title or found.id[:8], where=where))
    _tell(screen, found.id, screen.run(jobs.purge(screen.session, found)))


def _tell(screen: Screen, scope: str, gone: jobs.Gone) -> None:
    screen.answer({"id": scope, **asdict(gone)}, gone.lines)


def _lost_with(where: Whereabouts) -> str:
    """What may be gone once this device is emptied of a walk."""
    observations, photos = where.only_here
    if what := counted({Observation.KIND: observations, Photo.KIND: photos}):
        return _("{what} finns bara här och försvinner.").format(what=what)
    return _("Det är inte säkert att andra har allt av vandringen. Det som bara finns här försvinner.")


@walk.command("empty")
@click.argument("walk_id", metavar="WALK")
@click.option("--anyway", is_flag=True, help="Fast det inte är säkert än / though it is not safe yet")
@YES
@on_screen
def walk_empty(screen: Screen, walk_id: str, anyway: bool, yes: bool) -> None:
    """Töm den här enheten på en vandring / take a walk off this device alone."""
    found = find.deleted_too(screen.session, walk_id)
    if anyway:
        where = whereabouts(screen.session, found)
        _surely(yes or where.receipts.safe_to_empty, _lost_with(where))
    screen.run(jobs.empty(screen.session, found, anyway=anyway))
    text = _("Vandringen {title} ligger inte kvar här. Mål och andra enheter har kvar det de har.")
    screen.answer({"id": found.id}, [text.format(title=found.title or found.id[:8])])


@click.command()
@click.argument("participant_id", metavar="ID")
@YES
@on_screen
def erase(screen: Screen, participant_id: str, yes: bool) -> None:
    """Radera en deltagares namn för alltid / erase a participant's name for ever."""
    found = find.record_of(screen.session, participant_id, Participant.KIND)
    assert isinstance(found, Participant)
    _surely(yes, _("Deltagarens namn raderas här, på andra enheter och på mål."))
    erase_name(screen.session, found)
    reach = jobs.reach_of(screen.session, find.deleted_too(screen.session, found.scope))
    lines = [_("Namnet är raderat här."), *jobs.until_met(reach)]
    screen.answer({"id": found.id, "left": reach.left, "devices": reach.devices}, lines)


COMMANDS = (erase,)
