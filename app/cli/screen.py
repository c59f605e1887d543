"""What the command line says, and how."""

import json
import sys
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from app.base.errors import GatljusError, NotHereYet
from app.base.job import Step, finish
from app.base.words import N_, _
from app.commands.recording import end_dead
from app.jobs.soundness import damaged_words
from app.session import Session

T = TypeVar("T")

ANYTHING = {"ignore_unknown_options": True, "allow_extra_args": True}
"""Settings of a command that is not here yet: whatever is asked of it, it says so."""


@dataclass
class Screen:
    """The home a command works in and the way it answers. The session is opened when it is first needed; a damaged
    database is told of then, unless the command `tells_of_damage` by itself."""

    home: Path
    as_json: bool
    opened: list[Session] = field(default_factory=list)
    tells_of_damage: bool = False

    @cached_property
    def session(self) -> Session:
        """The home, opened."""
        session = Session(self.home)
        self.opened.append(session)
        if session.unread:
            self.message(str(session.unread))
        # Where that cannot be written, what was asked for may still be answered.
        with suppress(GatljusError, OSError):
            end_dead(session)
        if not self.tells_of_damage:
            self.message(damaged_words(session))
        return session

    def close(self) -> None:
        """Close what was opened."""
        for session in self.opened:
            session.close()

    def leave(self) -> None:
        """Leave the home wholly; it is opened anew when it is needed again."""
        while self.opened:
            self.opened.pop().leave()
            del self.session

    def message(self, text: str) -> None:
        """Say something to the person, on stderr."""
        if text:
            click.echo(text, err=True)

    def made(self, id: str, **more: Any) -> None:
        """Answer with the id of what was made."""
        self.answer({"id": id, **more}, [id])

    def items(self, items: Iterable[dict[str, Any]], lines: Callable[[dict[str, Any]], str], empty: str = "") -> None:
        """Answer with a list; where nothing is in it say the sentence `empty`."""
        found = list(items)
        if not found:
            self.message(empty)
        self.answer({"items": found}, [lines(each) for each in found])

    def answer(self, data: dict[str, Any], lines: Sequence[str]) -> None:
        """Answer with JSON, or with lines for people."""
        if self.as_json:
            click.echo(json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True))
        else:
            for line in lines:
                click.echo(line)

    def run(self, job: Generator[Step, None, T]) -> T:
        """Run a job to its end, showing how far it has come."""
        return finish(job, self._progress)

    def _progress(self, step: Step) -> None:
        if step.stays:
            self.message(step.text)
        if step.stays or not sys.stderr.isatty():
            return
        count = f" {step.done}/{step.total}" if step.total else ""
        count = f", {step.amount}" if step.in_bytes and step.total else count
        click.echo(f"\r\x1b[K{step.text}{count}", err=True, nl=False)
        if step.total and step.done >= step.total:
            click.echo("", err=True)


HINTS = {
    "reason": N_("Fältet heter decision_reason."),
    "not-safe": N_("Kommandot devices WALK visar det. Med --anyway töms den ändå."),
    "kept-here": N_("Kommandot är walk keep WALK --off, och sedan sync."),
    "no-backup": N_("En ZIP från rescue hämtas med sync FILE --all."),
    "photo-stop": N_("Kommandot set photo ID observation --unset lossar det."),
}
"""How advice is followed on the command line, by the code of the error; a window has other ways."""


def failed(error: GatljusError, as_json: bool, exit_code: int = 1) -> NoReturn:
    """Say what went wrong and what to do, and end the process."""
    if error.code in HINTS:
        error.advice = f"{error.advice} {_(HINTS[error.code])}"
    if as_json:
        said = {"code": error.code, "text": error.text, "advice": error.advice}
        click.echo(json.dumps({"error": said}, ensure_ascii=False, indent=1, sort_keys=True))
    else:
        click.echo(str(error), err=True)
    raise SystemExit(exit_code)


def not_here_yet(what: str) -> NoReturn:
    """Say that this version does not have a function. Raises NotHereYet."""
    raise NotHereYet(
        "not-here-yet",
        _("{what} finns inte ännu i den här versionen.").format(what=what),
        _("Inget har ändrats."),
    )


on_screen = click.make_pass_decorator(Screen)
"""Hands the `Screen` to a command."""
