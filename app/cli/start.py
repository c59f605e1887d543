"""The entry of the command line: options for all commands, the language, errors as sentences."""

import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import click
import platformdirs
from click.exceptions import NoArgsIsHelpError

from app import __version__
from app.base.errors import GatljusError, disk_full, is_full, reason_of
from app.base.words import _
from app.cli import care, disposing, exchange, field, fields, making, paper, proposing, ready, showing, things, undoing
from app.cli.screen import Screen, failed
from app.cli.usage import misuse
from app.session import language_of, speak_language


def _speak(_context: click.Context, _param: click.Parameter, lang: str | None) -> None:
    speak_language(language_of(lang))


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--home", type=click.Path(path_type=Path), help="Mappen där vandringarna sparas / where walks are kept")
@click.option("--json", "as_json", is_flag=True, help="Svara med JSON / answer with JSON")
@click.option(
    "--lang",
    type=click.Choice(["sv", "en"]),
    is_eager=True,
    expose_value=False,
    callback=_speak,
    help="Språk / language",
)
@click.version_option(__version__, prog_name="gatljus")
@click.pass_context
def gatljus(context: click.Context, home: Path | None, as_json: bool) -> None:
    """Gatljus: trygghetsvandringar utan nät / safety walks without a network."""
    where = home or Path(os.environ.get("GATLJUS_HOME") or platformdirs.user_data_path("gatljus", appauthor=False))
    context.obj = Screen(where, as_json)
    context.call_on_close(context.obj.close)


for part in (making, proposing, things, undoing, showing, ready, fields, field, exchange, disposing, paper, care):
    for command in part.COMMANDS:
        gatljus.add_command(command)


def _world_fault(error: OSError) -> GatljusError:
    if is_full(error):
        return disk_full()
    where = error.filename or ""
    return GatljusError(
        "file",
        _("{path} kan inte användas: {reason}.").format(path=where, reason=reason_of(error)),
        _("Kontrollera att filen eller mappen finns och att du får läsa och skriva där."),
    )


def _utf8(stream: Any) -> None:
    with contextlib.suppress(AttributeError):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command and end the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        _utf8(stream)
    # A file written on Windows ends its lines with two signs; in a text they are one.
    said = [each.replace("\r\n", "\n") for each in (sys.argv[1:] if arguments is None else arguments)]
    as_json = "--json" in said
    try:
        _run(said, as_json)
    except BrokenPipeError:
        # Whoever read has heard enough. What is left unsaid must not fail once more when the process ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    except OSError as error:
        failed(_world_fault(error), as_json)


def _run(said: list[str], as_json: bool) -> NoReturn:
    try:
        speak_language(language_of(None))
        code = gatljus.main(said, prog_name="gatljus", standalone_mode=False)
        sys.stdout.flush()
    except NoArgsIsHelpError as error:
        click.echo(error.message, err=True)
        raise SystemExit(error.exit_code) from None
    except click.UsageError as error:
        failed(misuse(error), as_json, error.exit_code)
    except click.Abort:
        failed(GatljusError("stopped", _("Avbrutet."), _("Det som redan var klart är sparat.")), as_json)
    except GatljusError as error:
        failed(error, as_json)
    raise SystemExit(code)
