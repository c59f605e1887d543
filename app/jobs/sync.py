"""Synchronise walks with a target: a folder or a stick."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.base.errors import BadInput, NotFound, NotHereYet
from app.base.job import Job, Step
from app.base.words import _
from app.jobs.backup import keep_backed_up, said
from app.queries.devices import me_in
from app.session import Session
from app.sync.exchange import exchange
from app.sync.report import Report, Traffic
from app.sync.survey import walks_on
from app.sync.targets.folder import FolderTarget

PARCEL = ".zip"


@dataclass
class Synced:
    """What a synchronisation of several walks did, by walk."""

    reports: dict[str, Report] = field(default_factory=dict)

    @property
    def asks(self) -> str | None:
        """What the target must be asked about, if anything: empty, foreign or rolled_back."""
        return next((str(each.asks) for each in self.reports.values() if each.asks), None)

    def as_data(self) -> dict[str, Any]:
        """{sent, got, missing, damaged, asks} and what else is worth telling."""
        every = list(self.reports.values())
        return {
            "sent": _sum(each.sent for each in every),
            "got": _sum(each.got for each in every),
            "missing": sorted({name for each in every for name in each.missing}),
            "damaged": [{"name": one.name, "reason": one.reason} for each in every for one in each.damaged],
            "problems": [{"name": one.name, "reason": one.reason} for each in every for one in each.problems],
            "waiting": sorted({name for each in every for name in each.waiting}),
            "put_again": sum(each.put_again for each in every),
            "walks": sorted(self.reports),
            "asks": self.asks,
        }


def _sum(traffic: Iterable[Traffic]) -> dict[str, int]:
    every = list(traffic)
    return {name: sum(getattr(each, name) for each in every) for name in ("changes", "blobs", "bytes")}


def target_at(session: Session, where: str) -> FolderTarget:
    """The target a person named. Raises GatljusError where it is none, or a parcel."""
    if where.lower().endswith(PARCEL):
        raise NotHereYet(
            "not-here-yet",
            _("Att synka med en .zip finns inte ännu i den här versionen."),
            _("Synka med en mapp eller ett minne."),
        )
    return FolderTarget(Path(where), session.home)


def _named(prefix: str, known: Iterable[str]) -> str:
    found = sorted(each for each in known if len(prefix) >= 4 and each.startswith(prefix))
    if not found:
        raise NotFound(
            "not-found",
            _("Det finns ingen vandring med id {id}, varken här eller på målet.").format(id=prefix),
            _("Se efter i walk list, eller hämta alla vandringar med --all."),
        )
    if len(found) > 1:
        raise BadInput("ambiguous", _("Flera id börjar på {id}.").format(id=prefix), _("Skriv fler tecken."))
    return found[0]


def _scopes(session: Session, target: FolderTarget, walk: str | None, everything: bool) -> Sequence[str]:
    here = set(session.log.scopes())
    there, before = walks_on(session.places, target)
    if walk is not None:
        return [_named(walk, here | there)]
    # A walk that lay there the last time and does not now is what the target must be asked about.
    return sorted((there if everything else here & there) | (here & before))


def sync(
    session: Session, where: str, *, walk: str | None = None, everything: bool = False, again: bool = False
) -> Job[Synced]:
    """Exchange the walks that both sides hold. `walk` (the beginning of an id) exchanges that one, also for the first
    time; `everything` takes in the walks this home lacks. `again` answers yes where the target asks.

    Raises GatljusError where the target cannot be used at all.
    """
    target = target_at(session, where)
    yield from said(lambda: keep_backed_up(session, photos=False))
    done = Synced()
    for scope in _scopes(session, target, walk, everything):
        report = yield from _exchanged(session, target, scope, again)
        if report.new_id_needed:
            session.become_new_device()
            yield Step(_("Den här enheten har fått ett nytt id."), stays=True)
            report = yield from _exchanged(session, target, scope, again)
        done.reports[scope] = report
    return done


def _exchanged(session: Session, target: FolderTarget, scope: str, again: bool) -> Job[Report]:
    me = me_in(session, scope)
    return (
        yield from exchange(
            session.log, session.blobs, session.places, target, scope, me, again=again, clock=session.clock
        )
    )
