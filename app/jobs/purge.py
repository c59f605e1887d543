"""*Gallra* and *töm*: a walk leaves this home.

To purge is for ever: it goes from here, from the backups, and from every target that this home knows and can reach, now
or at a later sync; a mark there keeps others from putting it back. To empty is local: targets keep what they have.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace

from app.base.errors import GatljusError
from app.base.job import Job, Step
from app.base.words import _, ngettext
from app.domain.ports import Announced
from app.domain.records import SafetyWalk
from app.jobs.sync import meet, target_at
from app.queries.device_words import named
from app.queries.devices import Devices, announces_keeping, devices_of
from app.session import Session
from app.settings import load_spoken
from app.storage.disposal import Remains
from app.sync.leaving import last_words, leave_words
from app.sync.names import folder_of
from app.sync.purging import mark_of


@dataclass(frozen=True)
class Gone(Remains):
    """What a purge reached: `cleared` targets from which the walk went, `left` targets that could not be reached,
    `devices` that have it, by name; and what remains to be done here. A target is both where several sticks have been
    met under its name, and not all of them were reached."""

    cleared: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()

    @property
    def lines(self) -> list[str]:
        """What it reached, and what it could not, in sentences."""
        said = [_("Vandringen är gallrad här.")]
        said += [_("Den är gallrad på {target}.").format(target=each) for each in self.cleared]
        unreached = _("Den ligger kvar på {target}. Den gallras där när du synkar med det målet nästa gång.")
        said += [unreached.format(target=each) for each in self.left if each not in self.cleared]
        another = _("Den ligger kvar på ett annat mål som har hetat {target}. Synka med det också.")
        said += [another.format(target=each) for each in self.left if each in self.cleared]
        if self.devices:
            text = ngettext(
                "{names} kan ha den kvar, och får frågan vid nästa synk med ett mål där den är gallrad.",
                "{names} kan ha den kvar. De får frågan nästa gång de synkar med ett mål där den är gallrad.",
                len(self.devices),
            )
            said.append(text.format(names=named(self.devices)))
        said += super().lines
        said.append(_("PDF:er, exporter och paket som redan har lämnats ut når programmet inte."))
        return said


def until_met(reach: Gone) -> list[str]:
    """Where an erased name still lies, in sentences."""
    said = [
        _("Det kan ligga kvar på {target} tills du synkar med det målet.").format(target=each) for each in reach.left
    ]
    if reach.devices:
        text = ngettext(
            "Det kan ligga kvar hos {names} tills den synkar.",
            "Det kan ligga kvar hos {names} tills de synkar.",
            len(reach.devices),
        )
        said.append(text.format(names=named(reach.devices)))
    return said


def reach_of(session: Session, walk: SafetyWalk, devices: Devices | None = None) -> Gone:
    """What a purge would have to reach: `left` every target where the walk has lain, `devices` all that have it.
    `devices`: the walk's receipts, where they have been read already."""
    found = (devices or devices_of(session, walk)).found
    names = sorted({each.name for each in found.devices if not each.own and each.latest})
    return Gone(left=tuple(each.label for each in session.places.seen_at(walk.id)), devices=tuple(names))


def reached(session: Session, scope: str, before: Gone, remains: Remains | None = None) -> Gone:
    """What of `before` the purge of a walk has reached by now, also where it was cut short."""
    purged = session.places.purged(scope)
    left = sorted(set(purged.left.values())) if purged else []
    cleared = [each for each in before.left if each not in left or each in before.cleared]
    said = asdict(remains or Remains())
    return Gone(cleared=tuple(cleared), left=tuple(left), devices=before.devices, **said)


def purge(session: Session, walk: SafetyWalk) -> Job[Gone]:
    """Purge a walk. What can be reached now is cleared now; the rest is remembered. Raises GatljusError where this
    home's disk fails; then nothing is gone."""
    before = reach_of(session, walk)
    yield Step(_("Gallrar här"))
    session.disposal.purge(walk.id, mark_of(walk.id, session.clock().date()))
    return (yield from purge_on(session, walk.id, before))


def purge_on(session: Session, scope: str, before: Gone) -> Job[Gone]:
    """Go on with the purge of a walk that has left the log here: what was cut short, or out of reach."""
    yield Step(_("Gallrar här"))
    remains = session.disposal.go_on()
    cleared = []
    for label in before.left:
        lying = len(_left(session, scope))
        try:
            yield from meet(session, target_at(session, label), scope)
        except (GatljusError, OSError):
            # It is not in reach; it stays among those that are left.
            continue
        if len(_left(session, scope)) < lying:
            cleared.append(label)
    return reached(session, scope, replace(before, cleared=tuple(cleared)), remains)


def left_of(session: Session, scope: str) -> Gone:
    """What the purge of a walk has not reached yet."""
    return Gone(left=tuple(sorted(set(_left(session, scope).values()))))


def _left(session: Session, scope: str) -> Mapping[str, str]:
    purged = session.places.purged(scope)
    return purged.left if purged else {}


def empty(session: Session, walk: SafetyWalk, *, anyway: bool = False) -> Job[None]:
    """Take a walk off this device alone. Raises GatljusError where it is not proved that two others have all of it, or
    what was spoken here is not taken in yet, unless `anyway`, and where the others are told that this device keeps
    it."""
    yield Step(_("Tömmer den här enheten"))
    proved, places = session.log.state(walk.id), session.places
    _refuse_while_kept(session, walk.id)
    if not anyway and any(said.get("walk") == walk.id for said in load_spoken(session.home).values()):
        raise GatljusError(
            "not-safe",
            _("En röstanteckning från vandringen är inte intagen än."),
            _("Öppna fönstret, så tas den in, och synka sedan. Frigör utrymme om disken är full."),
        )
    if not anyway and not devices_of(session, walk).found.safe_to_empty:
        raise GatljusError(
            "not-safe",
            _("Det är inte säkert att tömma den här plattan än."),
            _("Se under Enheter vad som fattas, och synka först."),
        )
    told = [each.label for each in places.seen_at(walk.id)]

    def words() -> list[Announced]:
        _refuse_while_kept(session, walk.id)
        return last_words(places, walk.id, session.identity.device, session.log.last_seqs(walk.id))

    session.disposal.empty(walk.id, None if anyway else proved, words)
    for label in told:
        yield Step(_("Berättar det på {target}.").format(target=label))
        # What is out of reach is told when it is met the next time.
        with suppress(GatljusError, OSError):
            target = target_at(session, label)
            leave_words(places, target, walk.id, target.list(folder_of(walk.id)))


def _refuse_while_kept(session: Session, scope: str) -> None:
    """Others would be told that they may be emptied, and it would lie nowhere."""
    if session.places.said(scope).keeps:
        raise GatljusError(
            "kept-here",
            _("Vandringen sparas här. Den här enheten ska inte tömmas."),
            _("Säg först under Enheter att den inte sparas här längre, och synka."),
        )
    if announces_keeping(session, scope):
        raise GatljusError(
            "kept-here",
            _("De andra tror ännu att vandringen sparas här."),
            _("Synka först, så att de får veta att den inte gör det längre."),
        )
