"""protocol, finalise, export: what leaves the house."""

from pathlib import Path

import click

from app.base.words import _
from app.cli.screen import ANYTHING, Screen, not_here_yet, on_screen
from app.jobs.export import export as export_job
from app.queries import find


@click.command()
@click.argument("walk_id", metavar="WALK")
@click.option("-o", "--output", "file", required=True, type=click.Path(path_type=Path), metavar="FILE.pdf")
@click.option("--internal", is_flag=True, help="Den interna versionen (förval) / the internal edition (default)")
@click.option("--public", is_flag=True)
@click.option("--owner", metavar="CODE")
@on_screen
def protocol(screen: Screen, walk_id: str, file: Path, internal: bool, public: bool, owner: str | None) -> None:
    """Gör protokollet som PDF / make the protocol."""
    # With the sample walk's modules it takes 0.27 of 0.7 s, which every other command would wait for.
    from app.jobs.protocol import make_protocol

    if public:
        not_here_yet(_("Den offentliga versionen"))
    if owner:
        not_here_yet(_("Utdraget till en ansvarig"))
    if internal:
        screen.message("")
    walk = find.walk_of(screen.session, walk_id)
    made = screen.run(make_protocol(screen.session, walk, file))
    screen.answer({"file": str(file), "pages": made.pages}, [str(file)])


@click.command(context_settings=ANYTHING)
def finalise() -> None:
    """Upprätta protokollet / finalise the protocol."""
    not_here_yet(_("Att upprätta protokollet"))


@click.command()
@click.argument("walk_id", metavar="WALK")
@click.option("-o", "--output", "file", required=True, type=click.Path(path_type=Path), metavar="FILE")
@on_screen
def export(screen: Screen, walk_id: str, file: Path) -> None:
    """Skriv vandringen som .geojson eller .gpx / write the walk for other programs."""
    walk = find.walk_of(screen.session, walk_id)
    made = screen.run(export_job(screen.session, walk, file))
    screen.answer({"file": str(made)}, [str(made)])


COMMANDS = (protocol, finalise, export)
