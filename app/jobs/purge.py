"""*Gallra* and *töm*: a walk leaves this home.

To purge is for ever: it goes from here, from the backups, and from every target that this home knows and can reach, now
or at a later sync; a mark there keeps others from putting it back. To empty is local: targets keep what they have.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.base.errors import GatljusError
from app.base.job import Job, Step
from app.base.words import _
from app.domain.ports import Purged
from app.domain.records import SafetyWalk
from app.jobs.sync import meet, target_at
from app.queries.devices import devices_of
from app.session import Session
from app.sync.purging import mark_of


@dataclass(frozen=True)
class Gone:
    """What a purge reached: `cleared` targets from which the walk went, `left` targets that could not be reached,
    `devices` that have it, by name, `copies` backups that could not be changed."""

    cleared: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()

    @property
    def lines(self) -> list[str]:
        """What it reached, and what it could not, in sentences."""
        said = [_("Vandringen är gallrad här.")]
        said += [_("Den är gallrad på {target}.").format(target=each) for each in self.cleared]
        unreached = _("Den ligger kvar på {target}. Den gallras där när du synkar med det målet nästa gång.")
        said += [unreached.format(target=each) for each in self.left]
        if self.devices:
            text = _("{names} har den kvar. De får frågan nästa gång de synkar med ett mål där den är gallrad.")
            said.append(text.format(names=", ".join(self.devices)))
        said += [
            _("Säkerhetskopian {file} kunde inte ändras. Ta bort den för hand.").format(file=f) for f in self.copies
        ]
        said.append(_("PDF:er, exporter och paket som redan har lämnats ut når programmet inte."))
        return said


def until_met(reach: Gone) -> list[str]:
    """Where an erased name still lies, in sentences."""
    said = [
        _("Det kan ligga kvar på {target} tills du synkar med det målet.").format(target=each) for each in reach.left
    ]
    if reach.devices:
        text = _("Det kan ligga kvar hos {names} tills de synkar.")
        said.append(text.format(names=", ".join(reach.devices)))
    return said


def reach_of(session: Session, walk: SafetyWalk) -> Gone:
    """What a purge would have to reach: `left` every target where the walk has lain, `devices` all that have it."""
    found = devices_of(session, walk).found
    names = sorted({each.name for each in found.devices if not each.own and each.latest})
    return Gone(left=tuple(each.label for each in session.places.seen_at(walk.id)), devices=tuple(names))


def reached(session: Session, scope: str, before: Gone, copies: Sequence[str] = ()) -> Gone:
    """What of `before` the purge of a walk has reached by now, also where it was cut short."""
    purged = session.places.purged(scope)
    left = purged.left if purged else frozenset[str]()
    cleared = tuple(each for each in before.left if each not in left)
    return Gone(cleared, tuple(sorted(left)), before.devices, tuple(copies))


def purge(session: Session, walk: SafetyWalk) -> Job[Gone]:
    """Purge a walk. What can be reached now is cleared now; the rest is remembered. Raises GatljusError where this
    home's disk fails; then nothing is gone."""
    before = reach_of(session, walk)
    yield Step(_("Gallrar här"))
    name, mark = mark_of(walk.id, session.clock().date())
    blobs = session.log.blobs_named(walk.id) | session.log.blobs_erased(walk.id)
    copies = session.purge(walk.id, Purged(name, mark, frozenset(before.left), frozenset(blobs)))
    for label in before.left:
        try:
            yield from meet(session, target_at(session, label), walk.id)
        except (GatljusError, OSError):
            # It is not in reach; it stays among those that are left.
            continue
    return reached(session, walk.id, before, copies)


def empty(session: Session, walk: SafetyWalk, *, anyway: bool = False) -> Job[None]:
    """Take a walk off this device alone. Raises GatljusError where it is not proved that two others have all of it,
    unless `anyway`."""
    yield Step(_("Tömmer den här enheten"))
    if not anyway and not devices_of(session, walk).found.safe_to_empty:
        raise GatljusError(
            "not-safe",
            _("Det är inte säkert att tömma den här plattan än."),
            _("Se under Enheter vad som fattas, och synka först."),
        )
    session.empty(walk.id)
