"""What came of a sync, in words."""

from pathlib import Path

from app.base.words import _, ngettext
from app.jobs.situations import situations
from app.jobs.sync import Synced
from app.queries.whereabouts import photos_among
from ui.bridge.runner import Failure
from ui.widgets.asks import PURGED, asked_words, purged_when
from ui.widgets.desk import Desk, Place
from ui.widgets.device_card import target_name
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice
from ui.widgets.outside import open_file
from ui.widgets.parcel import ICON


def failure_in(outcome: Synced | Failure) -> Failure | None:
    """Why not everything could be copied, if so."""
    if isinstance(outcome, Failure):
        return outcome
    return Failure.of(outcome.refused) if outcome.refused is not None else None


def tell_sync(desk: Desk, scope: str, label: str, outcome: Synced | Failure) -> None:
    """Say in a line what came of a sync, wherever one is; where it asks, the question can be gone to."""
    failure = failure_in(outcome)
    see = (_("Öppna Enheter"), lambda: desk.go(Place("devices", scope)))
    if failure is not None:
        text = f"{failure.text} {failure.advice}".strip()
        desk.say(Notice(text, icon_named("state", "blocks"), problem=True, action=see))
    elif isinstance(outcome, Synced) and outcome.asks == PURGED:
        desk.say(purged_notice(desk, scope, label, outcome))
    elif isinstance(outcome, Synced) and outcome.asks:
        desk.say(Notice(asks_words(label), icon_named("state", "warn"), problem=True, action=see))
    elif isinstance(outcome, Synced):
        desk.say(done_notice(desk, scope, done_words(desk, scope, label, outcome), outcome))


def done_notice(desk: Desk, scope: str, text: str, done: Synced) -> Notice:
    """That a sync is done; where two have written differently, that comes with it, and the way there; else the way to a
    parcel that was made."""
    torn = len(desk.session.conflicts(scope))
    if not torn and done.parcel and done.parcel.written:
        folder = Path(done.parcel.label).parent
        return Notice(text, ICON, action=(_("Visa i mappen"), lambda: open_file(desk, folder)))
    if not torn:
        return Notice(text, icon_named("action", "stick"))
    words = ngettext("{n} sak har olika versioner.", "{n} saker har olika versioner.", torn).format(n=torn)
    choose = (_("Granska"), lambda: desk.go(Place("review", scope)))
    return Notice(f"{text} {words}", icon_named("state", "conflict"), action=choose)


def trouble_words(outcome: Synced | Failure) -> str:
    """Why a target is not the one to go on with, in a sentence; "" where all went well."""
    failure = failure_in(outcome)
    if failure is not None:
        return failure.text
    return asked_words(outcome.asks) if isinstance(outcome, Synced) and outcome.asks else ""


def asks_words(label: str) -> str:
    """Målet GATLJUS-1 frågar: det är inte vad det var. Inget har skrivits."""
    text = _("Målet {target} frågar: det är inte vad det var. Inget har skrivits.")
    return text.format(target=target_name(label))


def purged_notice(desk: Desk, scope: str, label: str, done: Synced) -> Notice:
    """That somebody has purged the walk on a target, and when, and the way to where it is purged here, too."""
    text = _("Vandringen är gallrad på {target}.").format(target=target_name(label))
    kept = _("Den finns kvar på den här enheten tills du gallrar den här också.")
    remove = (_("Töm eller gallra"), lambda: desk.go(Place("remove", scope)))
    when = purged_when(done.purged.get(scope))
    return Notice(f"{text} {when}{kept}", icon_named("state", "warn"), problem=True, action=remove)


def done_words(desk: Desk, scope: str, label: str, done: Synced) -> str:
    """Klart: 29 foton kopierade till GATLJUS-1. 3 ändringar hämtade."""
    report = done.reports[scope]
    sent, n = _counted(report.sent.changes, photos_among(desk.session, scope, report.sent.names))
    got, m = _counted(report.got.changes, photos_among(desk.session, scope, report.got.names))
    name = target_name(label)
    if done.parcel:
        text = _("Lagt i paketet {target}: {what}.") if n else _("Klart: inget nytt att lägga i paketet {target}.")
        words = [text.format(what=sent, target=name)]
    elif done.rescued:
        words = [_("Klart: {target} är läst.").format(target=name)]
    elif n:
        text = ngettext("Klart: kopierade {what} till {target}.", "Klart: {what} kopierade till {target}.", n)
        words = [text.format(what=sent, target=name)]
    else:
        words = [_("Klart: inget nytt att kopiera till {target}.").format(target=name)]
    if m:
        words.append(ngettext("Hämtade {what}.", "{what} hämtade.", m).format(what=got))
    if not report.copied and not done.rescued:
        words.append(_("Allt härifrån ligger inte där än. Synka igen om en stund."))
    words += situations(done, label)
    if report.damaged:
        count = len(report.damaged)
        text = ngettext(
            "{n} fil där är skadad och hämtades inte.", "{n} filer där är skadade och hämtades inte.", count
        )
        words.append(text.format(n=count))
    return " ".join(words)


def _counted(changes: int, photos: int) -> tuple[str, int]:
    """12 ändringar och 29 foton, and how many that is in all."""
    parts = []
    if changes:
        parts.append(ngettext("{n} ändring", "{n} ändringar", changes).format(n=changes))
    if photos:
        parts.append(ngettext("{n} foto", "{n} foton", photos).format(n=photos))
    return f" {_('och')} ".join(parts), changes + photos
