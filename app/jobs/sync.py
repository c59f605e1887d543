"""Synchronise walks with a target: a folder, a stick or a parcel.

A parcel is read, exchanged with like any target, and then written as a whole; where somebody changed it meanwhile, all
of that once more.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from app.base.errors import BadInput, GatljusError, NotFound
from app.base.job import Job, Step
from app.base.words import _
from app.commands.walks import tell_name
from app.domain.ports import Places, Target
from app.jobs.backup import keep_backed_up, said
from app.queries.devices import me_in
from app.session import Session
from app.sync.exchange import exchange
from app.sync.leaving import leave_words
from app.sync.passing import Unremembered
from app.sync.purging import purged_on
from app.sync.report import Report, Traffic
from app.sync.survey import Asks, walks_on
from app.sync.targets.folder import FolderTarget
from app.sync.targets.parcel import Changed, Parcel, ParcelTarget
from app.sync.targets.refusing import RESCUED

PARCEL = ".zip"
TRIES = 3
"""So often a parcel is read anew because somebody else changed it."""


@dataclass
class Synced:
    """What a synchronisation of several walks did, by walk; with a parcel, what became of that, or that it is one that
    was `rescued`, which is only read, and how many writes are lacking (`gaps`) of what it held. `purged`: walks that
    are marked as purged there and were asked for, and on which day, where that is known. `made`: the folder was not
    there, and is now."""

    reports: dict[str, Report] = field(default_factory=dict)
    purged: dict[str, date | None] = field(default_factory=dict)
    parcel: Parcel | None = None
    rescued: bool = False
    gaps: int = 0
    made: bool = False

    @property
    def asks(self) -> str | None:
        """What the target must be asked about, if anything: empty, foreign, rolled_back or purged."""
        return next((str(each.asks) for each in self.reports.values() if each.asks), None)

    @property
    def refused(self) -> GatljusError | None:
        """Why the target took nothing more, if so."""
        return next((each.refused for each in self.reports.values() if each.refused), None)

    def as_data(self) -> dict[str, Any]:
        """{sent, got, missing, damaged, asks} and what else is worth telling."""
        every = list(self.reports.values())
        passed_over = [one for each in every for one in each.problems]
        passed_over += [one for one in (self.parcel.left_out if self.parcel else ()) if one not in passed_over]
        return {
            "sent": _sum(each.sent for each in every),
            "got": _sum(each.got for each in every),
            "missing": sorted({name for each in every for name in each.missing}),
            "damaged": [{"name": one.name, "reason": one.reason} for each in every for one in each.damaged],
            "problems": [{"name": one.name, "reason": one.reason} for one in passed_over],
            "waiting": sorted({name for each in every for name in each.waiting}),
            "put_again": sum(each.put_again for each in every),
            "repaired": sum(each.repaired for each in every),
            "walks": sorted(self.reports),
            "purged": [{"walk": each, "on": day and day.isoformat()} for each, day in sorted(self.purged.items())],
            "asks": self.asks,
            "parcel": {"size": self.parcel.size, "written": self.parcel.written} if self.parcel else None,
        }


def _sum(traffic: Iterable[Traffic]) -> dict[str, int]:
    every = list(traffic)
    return {name: sum(getattr(each, name) for each in every) for name in ("changes", "blobs", "bytes")}


def is_parcel(where: str) -> bool:
    """Whether a person named a parcel; a folder may be called so as well."""
    return where.lower().endswith(PARCEL) and not Path(where).is_dir()


def target_at(session: Session, where: str) -> FolderTarget | ParcelTarget:
    """The target a person named. Raises GatljusError where it is none, or a folder that was there and is not now: a
    stick that is out must not be made anew on the disk."""
    if is_parcel(where):
        return ParcelTarget(Path(where))
    target = FolderTarget(Path(where), session.home)
    if session.places.met(target.label) and not Path(where).is_dir():
        raise _no_folder(target.label)
    return target


def _no_folder(label: str) -> GatljusError:
    return GatljusError(
        "target-missing",
        _("Mappen {path} finns inte.").format(path=label),
        _("Sätt i minnet, anslut till filservern eller skapa mappen, och synka igen."),
    )


@contextmanager
def opened(session: Session, where: str) -> Iterator[Target]:
    """The target a person named, as long as it is read. Raises GatljusError where it is none."""
    target = target_at(session, where)
    try:
        yield target
    finally:
        if isinstance(target, ParcelTarget):
            target.close()


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


class _Walks(NamedTuple):
    """The walks that are exchanged, and those that would be, were they not purged there."""

    scopes: Sequence[str]
    purged: Sequence[str] = ()


def _walks(session: Session, places: Places, target: Target, walk: str | None, everything: bool) -> _Walks:
    here, gone = set(session.log.scopes()), places.purged_walks()
    on = walks_on(places, target)
    if not _is_rescued(target):
        _leave_words(session, target, on.names, session.log.emptied_walks() & on.lying - on.marked - gone)
    if walk is not None:
        named = _named(walk, here | on.lying | gone)
        if named in gone and _is_rescued(target):
            raise GatljusError(
                "purged", _("Vandringen är gallrad här."), _("Den tas inte in igen, inte heller ur en räddad kopia.")
            )
        if named in on.marked and named not in here | gone:
            raise _purged_there(target, named)
        return _Walks([named])
    if _is_rescued(target):
        # It is only read: what was purged here is neither deleted from it nor taken in.
        gone, on = set(), on._replace(lying=on.lying - gone)
    # A walk that lay there the last time and does not now is what the target must be asked about.
    common = (here & on.lying) | (here & on.before) | (gone & on.more)
    scopes = sorted(common | (on.lying - on.marked - gone) if everything else common)
    return _Walks(scopes, sorted(on.marked - here - gone) if everything or not scopes else ())


def _leave_words(session: Session, target: Target, names: Iterable[str], emptied: Iterable[str]) -> None:
    for scope in emptied:
        # It is told the next time where it cannot be now; what is to be exchanged does not wait for that.
        with suppress(GatljusError, OSError):
            leave_words(session.places, target, scope, names)


def _is_rescued(target: Target) -> bool:
    return isinstance(target, ParcelTarget) and target.is_rescued


def _purged_there(target: Target, scope: str) -> GatljusError:
    day = purged_on(target, scope)
    text = _("Vandringen gallrades på {target} {day}.") if day else _("Vandringen är gallrad på {target}.")
    advice = _("Det finns inget av den att hämta där.")
    return GatljusError("purged", text.format(target=target.label, day=day), advice)


def sync(
    session: Session, where: str, *, walk: str | None = None, everything: bool = False, again: bool = False
) -> Job[Synced]:
    """Exchange the walks that both sides hold. `walk` (the beginning of an id) exchanges that one, also for the first
    time; `everything` takes in the walks this home lacks. `again` answers yes where the target asks.

    Raises GatljusError where the target cannot be used at all.
    """
    if is_parcel(where):
        return (yield from _with_parcel(session, where, walk, everything, again))
    target, was_there = target_at(session, where), Path(where).is_dir()
    done = Synced()
    yield from _exchange_walks(session, session.places, target, done, walk, everything, again)
    done.made = not was_there and Path(where).is_dir()
    if not (was_there or done.made):
        raise _no_folder(target.label)
    return done


def _with_parcel(session: Session, where: str, walk: str | None, everything: bool, again: bool) -> Job[Synced]:
    done, places = Synced(), Unremembered(session.places)
    for _try in range(TRIES):
        target = ParcelTarget(Path(where))
        try:
            yield from _exchange_walks(session, places, target, done, walk, everything, again)
            yield from _write(session, target, done)
            return done
        except Changed:
            yield Step(_("Någon annan ändrade paketet under tiden. Det läses igen."), stays=True)
        finally:
            target.close()
    _refuse(
        done,
        GatljusError(
            "parcel-busy",
            _("Paketet {path} ändras hela tiden av någon annan.").format(path=where),
            _("Det som låg i det har tagits emot. Vänta en stund och försök igen, eller lägg ett nytt paket."),
        ),
    )
    return done


def _write(session: Session, target: ParcelTarget, done: Synced) -> Job[None]:
    """Write the parcel. What was not written was not sent."""
    # Of a walk that is purged there nothing was put; it does not keep the others back.
    if {each.asks for each in done.reports.values()} - {None, Asks.PURGED}:
        _unsend(done)
        return
    try:
        done.parcel = yield from target.write()
    except GatljusError as error:
        if error.code == RESCUED and not any(each.held_back for each in done.reports.values()):
            _took_all(session, done)
        else:
            _refuse(done, error)


def _took_all(session: Session, done: Synced) -> None:
    """From a rescued parcel all was taken, and only word of that could not be put in it, for which nobody waits."""
    done.rescued = True
    for scope, each in done.reports.items():
        refusal, each.refused = str(each.refused), None
        each.problems = [one for one in each.problems if one.reason != refusal]
        done.gaps += sum(last - first + 1 for gaps in session.log.gaps(scope).values() for first, last in gaps)


def _refuse(done: Synced, error: GatljusError) -> None:
    _unsend(done)
    for each in done.reports.values():
        each.refused = error


def _unsend(done: Synced) -> None:
    for each in done.reports.values():
        each.sent, each.copied, each.repaired = Traffic(), False, 0


def _exchange_walks(
    session: Session,
    places: Places,
    target: Target,
    done: Synced,
    walk: str | None,
    everything: bool,
    again: bool,
) -> Job[None]:
    scopes, purged = _walks(session, places, target, walk, everything)
    done.purged = {scope: purged_on(target, scope) for scope in purged}
    if scopes:
        yield from said(lambda: keep_backed_up(session, photos=False))
    passes = {scope: meet(session, target, scope, again=again, places=places) for scope in scopes}
    for scope, report in (yield from _text_first(passes)).items():
        if scope in done.reports:
            report.got = done.reports[scope].got.and_then(report.got)
        done.reports[scope] = report
        if report.asks is Asks.PURGED:
            done.purged[scope] = purged_on(target, scope)


def _text_first(passes: Mapping[str, Job[Report]]) -> Job[dict[str, Report]]:
    """Run passes over several walks so that the text of all has gone both ways before the files of any. One that fails
    holds up no other: why is raised when the others have come to their ends."""
    with ExitStack() as stack:
        for each in passes.values():
            stack.enter_context(closing(each))
        reached: dict[str, Step | Report | Exception] = {}
        for scope, each in passes.items():
            reached[scope] = yield from _to_its_files(each)
        for scope, each in passes.items():
            while isinstance(at := reached[scope], Step):
                yield at
                reached[scope] = yield from _to_its_files(each)
    for failed in reached.values():
        if isinstance(failed, Exception):
            raise failed
    return {scope: ended for scope, ended in reached.items() if isinstance(ended, Report)}


def _to_its_files(work: Job[Report]) -> Job[Step | Report | Exception]:
    """Run a pass until the next file is to go. Returns the step it stands at then; its report where it has ended, or
    why it could not."""
    while True:
        try:
            step = next(work)
        except StopIteration as end:
            report: Report = end.value
            return report
        except (GatljusError, OSError) as error:
            return error
        if step.in_bytes:
            return step
        yield step


def meet(
    session: Session, target: Target, scope: str, *, again: bool = False, places: Places | None = None
) -> Job[Report]:
    """Exchange one walk with a target, under a new device id where the target shows that a copy of this home is about.
    `places` is what is remembered of targets, the home's own memory where nothing is said. Raises as `exchange`."""
    memory = places or session.places
    tell_name(session, scope)
    report = yield from _exchanged(session, memory, target, scope, again)
    if report.new_id_needed:
        session.become_new_device()
        yield Step(_("Den här enheten har fått ett nytt id."), stays=True)
        report = yield from _exchanged(session, memory, target, scope, again)
    return report


def _exchanged(session: Session, places: Places, target: Target, scope: str, again: bool) -> Job[Report]:
    me = me_in(session, scope)
    return (
        yield from exchange(session.log, session.blobs, places, target, scope, me, again=again, clock=session.clock)
    )
