"""sync and devices: what goes to and fro between devices."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import click

from app.base.words import _, ngettext
from app.cli.screen import Screen, on_screen
from app.domain.records import Photo
from app.jobs.situations import situations
from app.jobs.sync import Synced
from app.jobs.sync import sync as job
from app.queries import find
from app.queries.deliveries import deliveries, missing_lines
from app.queries.devices import devices_of
from app.queries.telling import to_settle


def _purged(done: Synced) -> list[str]:
    """The walks that are purged there, since when, and that there is nothing to wait for."""
    known, unknown = _("Vandringen {id} gallrades på målet {day}."), _("Vandringen {id} är gallrad på målet.")
    none = _("Det finns inget av den att hämta där.")
    return [f"{(known if day else unknown).format(id=each[:8], day=day)} {none}" for each, day in done.purged.items()]


def _asked(done: Synced, question: str) -> list[str]:
    if question == "purged":
        advice = _(
            "Av den har inget lagts dit eller tagits bort. Gallra den här också, med walk purge, eller behåll den."
        )
        return [*_purged(done), advice]
    words = {
        "empty": _("Målet är tomt, fast vandringen har legat där förut."),
        "foreign": _("Målet är ett annat än det som vandringen låg på förut."),
        "rolled_back": _("Mycket av det som låg på målet saknas."),
    }
    asking = sorted(each for each, report in done.reports.items() if report.asks)
    which = [] if len(asking) == len(done.reports) else [_("Det gäller {ids}.").format(ids=_ids(asking))]
    advice = _("Inget av det har ändrats. Kontrollera att det är rätt mapp; lägg dit allt igen med --again.")
    return [words.get(question, question), *which, advice]


def _ids(scopes: Iterable[str]) -> str:
    return ", ".join(each[:8] for each in scopes)


def _traffic(counted: dict[str, int]) -> str:
    changes = ngettext("{count} ändring", "{count} ändringar", counted["changes"]).format(count=counted["changes"])
    files = ngettext("{count} fil", "{count} filer", counted["blobs"]).format(count=counted["blobs"])
    return f"{changes}, {files}"


def _nothing_common() -> list[str]:
    first = _("Första gången: --walk WALK lägger dit en vandring härifrån, --all hämtar dem som ligger där.")
    return [_("Ingen vandring finns både här och på målet."), first]


def _passed_over(data: dict[str, Any], refused: str) -> Iterator[str]:
    """What could not be read or written, by what it is and the reason; their names are in the data. Why the target
    takes nothing more, `refused`, is said once, elsewhere."""
    found = {(each["name"], each["reason"]) for each in (*data["damaged"], *data["problems"])}
    alike = Counter((_what(name), reason) for name, reason in sorted(found) if reason != refused)
    for (what, reason), n in alike.items():
        yield f"{_counted(what, n)}: {reason}"


def _what(name: str) -> str:
    return next((ending for ending in (".jsonl.gz", ".json") if ending in name), "")


def _counted(what: str, n: int) -> str:
    if what == ".jsonl.gz":
        text = ngettext("En fil med ändringar", "{n} filer med ändringar", n)
    elif what == ".json":
        text = ngettext("Ett besked från en enhet", "{n} besked från enheter", n)
    else:
        text = ngettext("En fil", "{n} filer", n)
    return text.format(n=n)


def _lines(done: Synced, data: dict[str, Any], target: str) -> list[str]:
    sent = _("Skickat: {what}.").format(what=_traffic(data["sent"]))
    if done.parcel and data["sent"]["bytes"]:
        sent = _("Lagt i paketet {path}: {what}.").format(path=target, what=_traffic(data["sent"]))
    got = _("Mottaget: {what}.").format(what=_traffic(data["got"]))
    lines = [sent, got] if done.reports else [] if done.purged else _nothing_common()
    lines += _purged(done)
    if data["missing"]:
        count = len(data["missing"])
        lines.append(
            ngettext("{count} fil finns inte här ännu.", "{count} filer finns inte här ännu.", count).format(
                count=count
            )
        )
    if data["put_again"]:
        again = ngettext(
            "{count} fil med ändringar som saknades på målet har lagts dit igen.",
            "{count} filer med ändringar som saknades på målet har lagts dit igen.",
            data["put_again"],
        )
        lines.append(again.format(count=data["put_again"]))
    return [*lines, *situations(done, target), *_passed_over(data, str(done.refused))]


@click.command()
@click.argument("target")
@click.option("--walk", "walk_id", metavar="WALK", help="Den här vandringen, även första gången / this walk")
@click.option("--all", "everything", is_flag=True, help="Hämta även vandringar som saknas här / take in every walk")
@click.option("--again", is_flag=True, help="Ja, lägg dit allt igen / yes, put everything there again")
@on_screen
def sync(screen: Screen, target: str, walk_id: str | None, everything: bool, again: bool) -> None:
    """Synka med en mapp, ett minne eller ett paket (.zip) / exchange with a folder, a stick or a parcel (.zip)."""
    done = screen.run(job(screen.session, target, walk=walk_id, everything=everything, again=again))
    data = done.as_data()
    asked = _asked(done, done.asks) if done.asks else []
    went = [] if asked and all(each.asks for each in done.reports.values()) else _lines(done, data, target)
    screen.answer(data, [*asked, *(each for each in went if each not in asked)])
    for walk in find.walks(screen.session):
        if walk.id in done.reports:
            screen.message(to_settle(screen.session, walk))
    if done.refused:
        screen.message(str(done.refused))
    # Of what was rescued there may be no other copy, so that what lacks of it is told apart.
    lacking = done.rescued and (done.gaps or data["missing"] or data["damaged"] or data["problems"])
    if done.asks or done.refused or lacking:
        raise SystemExit(1)


@click.command()
@click.argument("walk_id", metavar="WALK")
@on_screen
def devices(screen: Screen, walk_id: str) -> None:
    """Vad varje enhet har mottagit / what each device has received."""
    walk = find.walk_of(screen.session, walk_id)
    found, photos = devices_of(screen.session, walk), deliveries(screen.session, walk.id)
    missing = [photos[each].as_data() for each in sorted(photos) if photos[each].missing]
    lines = missing_lines(screen.session.read(Photo, {"scope": walk.id}), photos)
    screen.answer({**found.as_data(), "photos": missing}, [*found.lines(), *lines])


COMMANDS = (sync, devices)
