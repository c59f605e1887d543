"""undo and redo: what was taken back or put back, and what was not."""

from collections import Counter
from typing import Any

import click

from app.base.errors import BadInput
from app.base.words import _, ngettext
from app.cli.screen import Screen, on_screen
from app.commands import records
from app.domain.change import Left, Undone
from app.domain.record import CREATED, DELETED
from app.domain.records import SafetyWalk
from app.queries import find
from app.queries.telling import Teller, counted

MOST_NAMED = 5
"""Records that are named one by one when an action is undone; more of a kind are counted."""


class _Told:
    """What an undo (or a redo) of one walk did, in words."""

    def __init__(self, screen: Screen, scope: str, done: Undone, *, redo: bool = False) -> None:
        self.session, self.scope, self.done, self.redo = screen.session, scope, done, redo
        self.teller = Teller(screen.session, scope)
        self.why = {
            "changed": _("ändrat sedan dess"),
            "shared": _("en annan enhet har lagt till något"),
            "erased": _("raderat för alltid"),
        }

    def what(self) -> list[dict[str, str]]:
        """What was taken back or put back, one for each record: {kind, id, text}."""
        fields: dict[tuple[str, str], dict[str, Any]] = {}
        action = -(self.done.action or 0) if self.redo else self.done.action or 0
        for kind, record, field, value in self.session.taken_back(self.scope, action) if action else ():
            fields.setdefault((kind, record), {})[field] = value
        what = []
        open_again = {(each.kind, each.id) for each in self.session.conflicts(self.scope) if each.field == DELETED}
        for (kind, record), values in fields.items():
            text = self.teller.record(kind, record)
            if DELETED in values and (kind, record) in open_again:
                text = _("valet om {record} ska vara kvar").format(record=text)
            elif DELETED not in values:
                text += f" ({', '.join(self.teller.label(kind, name) for name in values)})"
            elif bool(values[DELETED]) == self.redo:
                text = _("borttagningen av {record}").format(record=text)
            what.append({"kind": kind, "id": record, "text": text})
        return what

    def left(self) -> list[dict[str, str]]:
        """What was left alone, as plain data."""
        return [
            {"kind": each.kind, "id": each.record, "field": each.field, "why": self.why[each.why]}
            for each in self.done.left
        ]

    def _cell(self, each: Left) -> str:
        what = self.teller.record(each.kind, each.record)
        if each.field != CREATED:
            what += f" ({self.teller.label(each.kind, each.field)})"
        return f"{what}, {self.why[each.why]}"

    def _at_erasure(self, each: Left) -> list[str]:
        """That undo stopped there, and how it goes on."""
        text = _("Namnet på {record} är raderat för alltid. Det går inte att ångra.")
        further = _("Det som gjordes före det ångras med: undo {id} --anyway")
        return [text.format(record=self.teller.record(each.kind, each.record)), further.format(id=self.scope[:8])]

    def _list(self, lead: str, cells: list[Left]) -> list[str]:
        lines = [lead.format(what=self._cell(each)) for each in cells[:MOST_NAMED]]
        rest = len(cells) - len(lines)
        return [*lines, _("… och {count} till.").format(count=rest)] if rest else lines

    def lines(self, what: list[dict[str, str]]) -> list[str]:
        """First what came last and could not be taken back, then what was instead, then what of it was left."""
        passed = [each for each in self.done.left if each.passed and each.why != "erased"]
        lines = self._list(
            _("Det senaste kan inte göras igen: {what}.") if self.redo else _("Det senaste kan inte ångras: {what}."),
            passed,
        )
        if self.done.at_erasure:
            return [*lines, *self._at_erasure(self.done.left[-1])]
        said = _summed(what)
        if not what and self.redo:
            lines.append(_("Det finns inget annat att göra igen.") if passed else _("Det finns inget att göra igen."))
        elif not what:
            lines.append(_("Det finns inget annat att ångra.") if passed else _("Det finns inget att ångra."))
        elif self.redo:
            lines.append((_("I stället gjort igen: {what}.") if passed else _("Gjort igen: {what}.")).format(what=said))
        else:
            lines.append((_("I stället ångrat: {what}.") if passed else _("Ångrat: {what}.")).format(what=said))
        lines += self._list(_("Kvar: {what}."), [each for each in self.done.left if not each.passed])
        if any(each["id"] == self.scope for each in what) and not self.session.read(SafetyWalk, {"id": self.scope}):
            again = "undo" if self.redo else "redo"
            text = _("Hela vandringen är nu dold, med allt i den. {command} {id} tar fram den igen.")
            lines.append(text.format(command=again, id=self.scope[:8]))
        return lines


def _summed(what: list[dict[str, str]]) -> str:
    """The same in one line; what hangs on something else, or comes in crowds, is not named one by one."""
    kinds = Counter(each["kind"] for each in what)
    named = [each for each in what if each["kind"] not in ("measure-for", "track-chunk", "party")] or what
    few = [each["text"] for each in named if kinds[each["kind"]] <= MOST_NAMED]
    many = [
        counted({kind: n}) or ngettext("{n} annan post", "{n} andra poster", n).format(n=n)
        for kind, n in kinds.items()
        if n > MOST_NAMED and any(each["kind"] == kind for each in named)
    ]
    return ", ".join(few + many)


def _latest(screen: Screen, scope: str | None) -> str:
    """Without a WALK: the one where what was done, or undone, last lies; else the one written in last."""
    latest = scope or screen.session.latest_scope()
    if latest is None:
        raise BadInput("nothing", _("Den här enheten har inte skrivit något ännu."), _("Börja med walk new."))
    return latest


@click.command()
@click.argument("walk_id", metavar="[WALK]", required=False)
@click.option("--anyway", is_flag=True, help="Förbi det som är raderat för alltid / past what is erased for ever")
@on_screen
def undo(screen: Screen, walk_id: str | None, anyway: bool) -> None:
    """Ångra det senaste som gjordes här / undo what was done here last."""
    found = find.scope_of(screen.session, walk_id) if walk_id else screen.session.scope_to_undo()
    scope = _latest(screen, found)
    told = _Told(screen, scope, records.undo(screen.session, scope, past_erasure=anyway))
    what = told.what()
    screen.answer({"undone": told.done.action, "left": told.left(), "what": what}, told.lines(what))


@click.command()
@click.argument("walk_id", metavar="[WALK]", required=False)
@on_screen
def redo(screen: Screen, walk_id: str | None) -> None:
    """Gör igen det som ångrades sist / put back what was undone last."""
    found = find.scope_of(screen.session, walk_id) if walk_id else screen.session.scope_to_redo()
    scope = _latest(screen, found)
    told = _Told(screen, scope, records.redo(screen.session, scope), redo=True)
    what = told.what()
    screen.answer({"redone": told.done.action, "left": told.left(), "what": what}, told.lines(what))


COMMANDS = (undo, redo)
