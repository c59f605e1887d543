"""What was wrong with how a command was written, as a sentence of ours: click's own are in English alone."""

import click

from app.base.errors import BadInput
from app.base.words import _
from app.domain.rules import shown


class WrongUse(click.UsageError):
    """A command that cannot be written so; the message is a sentence of ours."""


def misuse(error: click.UsageError) -> BadInput:
    """What was wrong with a command, and how it is written."""
    return BadInput("usage", _what(error), _how(error))


def _what(error: click.UsageError) -> str:
    match error:
        case WrongUse():
            return error.message
        case click.MissingParameter() if taken := _taken_for_walk(error):
            return _("{name} saknas före {taken}.").format(name="WALK", taken=shown(taken))
        case click.MissingParameter():
            return _("{name} saknas.").format(name=_name(error.param))
        case click.BadParameter():
            return _("{name} kan inte ha det värdet.").format(name=_name(error.param))
        case click.NoSuchOption():
            return _("Här finns inget som heter {name}.").format(name=shown(error.option_name))
        case click.NoSuchCommand():
            return _("Kommandot {name} finns inte.").format(name=shown(error.command_name))
        case click.BadOptionUsage() if _takes_value(error):
            return _("{name} ska ha ett värde efter sig.").format(name=error.option_name)
        case click.BadOptionUsage():
            return _("{name} har inget värde efter sig.").format(name=error.option_name)
    return _("Där står fler ord än kommandot tar emot.")


def _taken_for_walk(error: click.MissingParameter) -> str:
    """What stands where WALK should and is plainly none, a file's name, so that the last word is missing."""
    said = str((error.ctx.params if error.ctx else {}).get("walk_id") or "")
    return said if set(said.lower()) - set("0123456789abcdef") else ""


def _name(param: click.Parameter | None) -> str:
    if isinstance(param, click.Option):
        return param.opts[-1]
    return (param.metavar or param.human_readable_name) if param else "?"


def _takes_value(error: click.BadOptionUsage) -> bool:
    params = error.ctx.command.params if error.ctx else []
    return any(
        isinstance(each, click.Option) and error.option_name in each.opts and not each.is_flag for each in params
    )


def _first_options(context: click.Context) -> set[str]:
    """The options for all commands, which come before the command."""
    return {name for each in context.find_root().command.params for name in each.opts}


def _how(error: click.UsageError) -> str:
    if isinstance(error, click.BadParameter) and error.param and isinstance(error.param.type, click.Choice):
        return _("Välj något av: {choices}.").format(choices=", ".join(map(str, error.param.type.choices)))
    if isinstance(error, click.NoSuchOption) and error.ctx and error.option_name in _first_options(error.ctx):
        path = error.ctx.command_path.partition(" ")[2]
        return _("Det står före kommandot: gatljus {option} … {path}.").format(option=error.option_name, path=path)
    if error.ctx is None:
        return _("Mer säger gatljus --help.")
    if isinstance(error.ctx.command, click.Group):
        commands = ", ".join(error.ctx.command.list_commands(error.ctx))
        return _("Kommandona är: {commands}. Mer säger {path} --help.").format(
            commands=commands, path=error.ctx.command_path
        )
    pieces = " ".join([error.ctx.command_path, *error.ctx.command.collect_usage_pieces(error.ctx)])
    return _("Skriv {usage}. Mer säger {path} --help.").format(usage=pieces, path=error.ctx.command_path)
