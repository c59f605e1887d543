"""protocol, finalise, export: what leaves the house."""

from pathlib import Path

import click

from app.base.errors import BadInput
from app.base.words import _
from app.cli.screen import ANYTHING, Screen, not_here_yet, on_screen
from app.jobs.export import export as export_job
from app.queries import find
from app.queries.telling import to_settle

LATER = (".docx", ".html", ".htm", ".odt")
"""Endings of protocols that are asked for and are not here yet."""


def _check_suffix(file: Path) -> None:
    """Raises GatljusError where a file is not to be a PDF: nothing else comes of it."""
    suffix = file.suffix.lower()
    if suffix in LATER:
        not_here_yet(_("Protokollet som {suffix}").format(suffix=suffix))
    if suffix != ".pdf":
        raise BadInput(
            "suffix",
            _("Protokollet görs som PDF, och {file} slutar inte på .pdf.").format(file=file.name),
            _("Skriv ett filnamn som slutar på .pdf."),
        )


@click.command()
@click.argument("walk_id", metavar="WALK")
@click.option(
    "-o",
    "--output",
    "file",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE.pdf",
    help="Filen som görs / the file to make",
)
@click.option("--internal", is_flag=True, help="Den interna versionen (förval) / the internal edition (default)")
@click.option("--public", is_flag=True, help="Den offentliga versionen; finns inte ännu / the public edition; not yet")
@click.option("--owner", metavar="CODE", help="Utdraget till en ansvarig; finns inte ännu / one party's part; not yet")
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
    _check_suffix(file)
    walk = find.walk_of(screen.session, walk_id)
    made = screen.run(make_protocol(screen.session, walk, file))
    screen.message(to_settle(screen.session, walk))
    screen.answer({"file": str(file), "pages": made.pages}, [str(file)])


@click.command(context_settings=ANYTHING)
def finalise() -> None:
    """Upprätta protokollet / finalise the protocol."""
    not_here_yet(_("Att upprätta protokollet"))


@click.command()
@click.argument("walk_id", metavar="WALK")
@click.option(
    "-o",
    "--output",
    "file",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Filen som görs / the file to make",
)
@on_screen
def export(screen: Screen, walk_id: str, file: Path) -> None:
    """Skriv vandringen som .geojson eller .gpx / write the walk for other programs."""
    walk = find.walk_of(screen.session, walk_id)
    made = screen.run(export_job(screen.session, walk, file))
    screen.answer({"file": str(made)}, [str(made)])


COMMANDS = (protocol, finalise, export)
