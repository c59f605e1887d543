"""verify, backup, restore, rescue, demo, self-check: taking care of a home."""

import sys
from pathlib import Path

import click

import resources
from app import __version__
from app.base.errors import GatljusError
from app.base.words import _, ngettext
from app.cli.screen import Screen, on_screen
from app.jobs.backup import back_up, holds_words
from app.jobs.rescue import rescue as save_what_is_left
from app.jobs.restore import remade_words, remake, restored_words
from app.jobs.restore import restore as read_back
from app.jobs.unnamed import move_out
from app.jobs.verify import HARMLESS, LOG_SPOILT, Finding, lost, rebuild_advice
from app.jobs.verify import verify as job
from app.settings import load_window, save_window
from app.storage.database import check_sqlite


@click.command()
@click.option(
    "--rebuild", is_flag=True, help="Bygg om databasen först, av det som går att läsa / rebuild the database first"
)
@click.option(
    "--move-unnamed",
    metavar="FOLDER",
    help="Flytta filer som ingen vandring nämner dit / move files there that no walk names",
)
@on_screen
def verify(screen: Screen, rebuild: bool, move_unnamed: str | None) -> None:
    """Kontrollera att allt är helt / check that everything is whole."""
    screen.tells_of_damage = True
    if move_unnamed:
        for line in screen.run(move_out(screen.session, Path(move_unnamed))).lines:
            screen.message(line)
    found = _found(screen, rebuild=rebuild)
    if rebuild and any(item["code"] in LOG_SPOILT for item in found):
        screen.leave()
        done = screen.run(remake(screen.home))
        for line in remade_words(done):
            screen.message(line)
        found = lost(done) + screen.run(job(screen.session))
    screen.answer({"items": found}, _lines(found))
    if not found:
        screen.message(_("Allt är helt."))
    if any(item["code"] not in HARMLESS for item in found):
        raise SystemExit(1)


def _lines(found: list[Finding]) -> list[str]:
    """A line for each finding, and one for all files that nothing names."""
    lines = [f"{item['text']} {item['advice']}" for item in found if item["code"] != "orphan"]
    count = len(found) - len(lines)
    if count:
        text = ngettext(
            "{count} fil hör inte till någon vandring. Vilken det är visar gatljus --json verify; för att titta på den "
            "och få den härifrån: gatljus verify --move-unnamed MAPP.",
            "{count} filer hör inte till någon vandring. Vilka de är visar gatljus --json verify; för att titta på dem "
            "och få dem härifrån: gatljus verify --move-unnamed MAPP.",
            count,
        )
        lines.append(text.format(count=count))
    return lines


def _found(screen: Screen, *, rebuild: bool) -> list[Finding]:
    try:
        return screen.run(job(screen.session, rebuild=rebuild))
    except GatljusError as error:
        if error.code != "database":
            raise
        if not rebuild:
            raise GatljusError(error.code, error.text, rebuild_advice()) from error
        return [{"code": error.code, "name": "gatljus.db", "text": error.text, "advice": error.advice}]


@click.command()
@on_screen
def backup(screen: Screen) -> None:
    """Gör en säkerhetskopia / make a backup."""
    made = screen.run(back_up(screen.session))
    screen.message(holds_words(screen.session))
    if screen.session.backed_up_blobs is None:
        screen.message(_("Kopiera hela mappen till en annan disk också: går den här sönder, går kopian med."))
    screen.answer({"file": str(made)}, [str(made)])


@click.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@on_screen
def restore(screen: Screen, file: Path) -> None:
    """Läs tillbaka en säkerhetskopia / restore a backup."""
    done = screen.run(read_back(screen.home, file))
    data = {"kept": str(done.kept) if done.kept else None, "photos": done.photos}
    screen.answer({**data, "device": screen.session.identity.device}, restored_words(done))


@click.command()
@click.option(
    "-o",
    "--out",
    "file",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE.zip",
    help="Filen som skrivs, inte i samma mapp / the file to be written, not in the same folder",
)
@on_screen
def rescue(screen: Screen, file: Path) -> None:
    """Rädda allt till en ZIP / rescue everything to a ZIP."""
    done = screen.run(save_what_is_left(screen.home, file))
    screen.answer(done.as_data(), done.lines())


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[DIR]")
@on_screen
def demo(screen: Screen, folder: Path | None) -> None:
    """Bygg exempelvandringen / build the sample walk."""
    # With the protocol's modules it takes 0.27 of 0.7 s, which every other command would wait for.
    from app.jobs.demo import build_sample

    home = folder or screen.home
    walk = screen.run(build_sample(home))
    if not load_window(home):
        # Whoever opens a window for the first time sees what was seen on the walk; home is one step back.
        save_window(home, {"places": [{"page": "home"}, {"page": "observations", "walk": walk}]})
    screen.message(_("Exempelvandringen ligger i {folder}.").format(folder=home))
    screen.made(walk, home=str(home))


@click.command("self-check")
@on_screen
def self_check(screen: Screen) -> None:
    """Kontrollera att programmet är helt / check that the program is whole."""
    version = check_sqlite()
    files = ("checklist/gatljus-1.json", "icc/srgb.icc", "map/helsingfors.mbtiles", "words/en/LC_MESSAGES/gatljus.mo")
    absent = [name for name in files if not resources.path(name).is_file()]
    if absent:
        raise GatljusError(
            "resources",
            _("Programmet är inte helt: {files} saknas.").format(files=", ".join(absent)),
            _("Installera programmet på nytt."),
        )
    data = {"version": __version__, "python": sys.version.split()[0], "sqlite": version}
    screen.answer(data, [f"Gatljus {data['version']}, Python {data['python']}, SQLite {data['sqlite']}"])


COMMANDS = (verify, backup, restore, rescue, demo, self_check)
