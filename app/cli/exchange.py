"""sync, device and devices: what goes to and fro between devices."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import click

from app.base.words import _, ngettext
from app.cli.screen import Screen, on_screen
from app.cli.usage import WrongUse
from app.commands.groups import group_here, walk_with
from app.commands.walks import call_itself
from app.domain.records import Photo
from app.domain.rules import is_over
from app.jobs.situations import situations
from app.jobs.sync import Synced
from app.jobs.sync import sync as job
from app.queries import find
from app.queries.deliveries import deliveries, missing_lines
from app.queries.device_words import named
from app.queries.devices import devices_of, groups_of
from app.queries.telling import to_settle

Names = Mapping[str, str]
"""What the walks that are here are called, by id."""


def _purged(done: Synced, names: Names) -> list[str]:
    """The walks that are purged there, since when, and that there is nothing to wait for."""
    dated, undated = _("Vandringen {walk} gallrades på målet {day}."), _("Vandringen {walk} är gallrad på målet.")
    none = _("Det finns inget av den att hämta där.")
    return [
        f"{(dated if day else undated).format(walk=_name(each, names), day=day)} {none}"
        for each, day in done.purged.items()
    ]


def _asked(done: Synced, question: str, names: Names) -> list[str]:
    if question == "purged":
        advice = _("Inget har lagts dit eller tagits bort. Gallra den även här med walk purge {id}, eller behåll den.")
        ids = [each[:8] for each in done.purged]
        return [*_purged(done, names), advice.format(id=ids[0] if len(ids) == 1 else "WALK")]
    words = {
        "empty": _("Målet är tomt, fast vandringen har legat där förut."),
        "foreign": _("Målet är ett annat än det som vandringen låg på förut."),
        "rolled_back": _("Mycket av det som låg på målet saknas."),
    }
    asking = sorted(each for each, report in done.reports.items() if report.asks)
    which = (
        []
        if len(asking) == len(done.reports)
        else [_("Det gäller {walks}.").format(walks=named([_name(each, names) for each in asking]))]
    )
    advice = _("Inget av det har ändrats. Kontrollera att det är rätt mapp; lägg dit allt igen med --again.")
    return [words.get(question, question), *which, advice]


def _name(scope: str, names: Names) -> str:
    """A walk by its name and the beginning of its id; one that is not here by that alone."""
    return f"{names[scope]} ({scope[:8]})" if names.get(scope) else scope[:8]


def _traffic(counted: dict[str, int]) -> str:
    changes = ngettext("{count} ändring", "{count} ändringar", counted["changes"]).format(count=counted["changes"])
    files = ngettext("{count} fil", "{count} filer", counted["blobs"]).format(count=counted["blobs"])
    return f"{changes}, {files}"


def _nothing_common(everything: bool) -> list[str]:
    if everything:
        advice = _("Kontrollera namnet. Lägg dit en vandring härifrån med --walk WALK.")
        return [_("Det ligger ingen vandring där."), advice]
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


def _lines(done: Synced, data: dict[str, Any], target: str, names: Names, *, everything: bool) -> list[str]:
    sent = _("Skickat: {what}.").format(what=_traffic(data["sent"]))
    if done.parcel and data["sent"]["bytes"]:
        sent = _("Lagt i paketet {path}: {what}.").format(path=target, what=_traffic(data["sent"]))
    got = _("Mottaget: {what}.").format(what=_traffic(data["got"]))
    lines = [sent, got] if done.reports else [] if done.purged else _nothing_common(everything)
    lines += _purged(done, names)
    gone = _("Vandringen {walk} är gallrad här, och togs nu bort från {target}.")
    cleared = [each for each, report in done.reports.items() if report.cleared]
    lines += [gone.format(walk=_name(each, names), target=target) for each in cleared]
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
    names = {each.id: str(each.title) for each in find.walks(screen.session)}
    asked = _asked(done, done.asks, names) if done.asks else []
    others = not asked or any(not each.asks for each in done.reports.values())
    went = _lines(done, data, target, names, everything=everything) if others else []
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


@click.group()
def device() -> None:
    """Den här enheten / this device."""


@device.command("name")
@click.argument("name", required=False)
@on_screen
def device_name(screen: Screen, name: str | None) -> None:
    """Vad enheten heter för de andra; med NAME heter den så / what the others see it called."""
    session = screen.session
    if name is not None:
        call_itself(session, name)
        screen.message(_("De andra ser namnet när du har synkat. Skriv inget personnamn."))
    screen.answer({"id": session.identity.device, "name": session.label}, [session.label])


@device.command("group")
@click.argument("walk_id", metavar="WALK")
@click.argument("name", required=False)
@click.option("--none", "nobody", is_flag=True, help="Ingen grupp / no group")
@on_screen
def device_group(screen: Screen, walk_id: str, name: str | None, nobody: bool) -> None:
    """Vilken grupp enheten går med; NAME är gruppens namn, bokstav eller id. Det som noteras härefter bär den gruppen.

    Which group this device walks with; NAME is the group's name, letter or id. What is noted from then on carries it.
    """
    if name is not None and nobody:
        raise WrongUse(_("Skriv en grupp eller --none, inte båda."))
    session, walk = screen.session, find.walk_of(screen.session, walk_id)
    if name is not None or nobody:
        chosen = None if name is None else find.group_of(session, walk, name).id
        if not walk_with(session, walk.id, chosen):
            screen.message(_("Det var sagt redan."))
    now, words = group_here(session, walk.id), groups_of(session, walk.id).get(session.identity.device)
    screen.answer({"id": session.identity.device, "group": now, "name": words}, [words or _("Ingen grupp")])


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
    if is_over(walk, screen.session.clock()) and walk.devices_expected is None:
        text = _("Så sägs hur många som var med: walk end {id} --devices N")
        screen.message(text.format(id=walk.id[:8]))


COMMANDS = (sync, device, devices)
