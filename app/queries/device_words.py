"""What a device's receipt says, in plain sentences, each with what can be done."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from app.base.clock import from_iso
from app.base.words import _, clock_sign, ngettext
from app.domain.batch import parse_name
from app.domain.durations import duration_words
from app.domain.entry import zone_or_default
from app.domain.live import CLOCK_WRONG_S
from app.domain.ports import Taken
from app.sync.holders import Damaged
from app.sync.receipts import DeviceReceipt

WRONG_S = 120
"""A clock that goes so much before another is told of."""

"""Minutes."""


def seen_on(seen: str, zone: object, now: datetime) -> tuple[datetime, int]:
    """When something new was last read from a device, by the clock of a walk's zone, and how many days ago by it."""
    there, today = (each.astimezone(ZoneInfo(zone_or_default(zone))) for each in (from_iso(seen), now))
    return there, (today.date() - there.date()).days


def seen_words(seen: str, zone: object, now: datetime) -> str:
    """14.05, or 2026-11-11 14.05 of another day than today."""
    there, days = seen_on(seen, zone, now)
    return there.strftime(f"%H{clock_sign()}%M" if not days else f"%Y-%m-%d %H{clock_sign()}%M")


def named(names: Sequence[str]) -> str:
    """A, B och C."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {_('och')} {names[-1]}"


def ranges(found: Iterable[tuple[int, int]]) -> str:
    """31–40, 45 och 51–52."""
    return named([f"{first}–{last}" if last > first else str(first) for first, last in found])


def numbered(found: Iterable[tuple[int, int]]) -> int:
    """How many numbers lie in ranges."""
    return sum(last - first + 1 for first, last in found)


def details(each: DeviceReceipt, clock_error_s: float = 0.0) -> Iterator[str]:
    """What is not as it should be with a device's changes, files and clock, and what to do. Nothing where all is well.
    `clock_error_s`: so much its clock went before the satellites', as its own receiver told it."""
    if each.gaps:
        yield _gaps(each)
    for why in (Taken.NEWER, Taken.CLASH, Taken.BROKEN):
        if found := [(one.first, one.last) for one in each.unread if one.why is why]:
            yield _unread(why, numbered(found)).format(which=ranges(found))
    if each.forked:
        text = _(
            "Ändringarna ser annorlunda ut hos {names} än här: enhetens id har använts på två ställen, kanske av en "
            "kopia. Inget är borttaget. Synka alla enheter en gång till, så har alla båda varianterna."
        )
        yield text.format(names=named(each.forked))
    if each.successor:
        new = _("Enheten har fått ett nytt id.")
        yield f"{new} {_('Det här är vad den skrev förut.')}" if each.known else new
    if abs(clock_error_s) > CLOCK_WRONG_S:
        yield _clock_told(clock_error_s)
    if each.ahead_s - max(0.0, clock_error_s) >= WRONG_S:
        yield _ahead(each)
    yield from _damaged(each)


def place_words(each: DeviceReceipt) -> str:
    """That a device is no place of its own, because others lie on the same machine; "" where it is."""
    if each.own:
        return ""
    if each.near:
        return _("Ligger på samma dator som den här enheten: räknas inte som ett annat ställe.")
    if each.beside:
        text = _("Ligger på samma dator som {names}: räknas tillsammans som ett ställe.")
        return text.format(names=named(each.beside))
    return ""


def _clock_told(ahead_s: float) -> str:
    before = _("Klockan gick {much} före satelliternas. Dess klockslag är så mycket för sena.")
    after = _("Klockan gick {much} efter satelliternas. Dess klockslag är så mycket för tidiga.")
    return (before if ahead_s > 0 else after).format(much=duration_words(ahead_s))


def _ahead(each: DeviceReceipt) -> str:
    """Which of two clocks is wrong, neither knows, where no satellites have told it."""
    much = duration_words(each.ahead_s // 60 * 60)
    text = _(
        "Klockan på {name} går minst {much} före den här enhetens: en av dem är fel. Ändringarna kommer i rätt ordning "
        "ändå, men klockslagen stämmer inte. Ställ den klocka som är fel."
    )
    return text.format(name=each.name, much=much)


def _gaps(each: DeviceReceipt) -> str:
    missing = ngettext("Ändring {which} saknas här.", "Ändringarna {which} saknas här.", numbered(each.gaps))
    missing = missing.format(which=ranges(each.gaps))
    if each.gaps_at:
        where = ngettext(
            "Finns hos {names}: synka där den har synkat.",
            "Finns hos {names}: synka där någon av dem har synkat.",
            len(each.gaps_at),
        ).format(names=named(each.gaps_at))
    else:
        where = _("Ingen har sagt att den har allt det. Synka igen när {name} har synkat.").format(name=each.name)
    return f"{missing} {where}"


def _unread(why: Taken, n: int) -> str:
    if why is Taken.NEWER:
        return ngettext(
            "Ändring {which} är skriven med en nyare version. Den sparas och skickas vidare oläst. "
            "Uppdatera Gatljus här, så visas den.",
            "Ändringarna {which} är skrivna med en nyare version. De sparas och skickas vidare olästa. "
            "Uppdatera Gatljus här, så visas de.",
            n,
        )
    if why is Taken.CLASH:
        which = ngettext(
            "Ändring {which} finns i två varianter under samma nummer.",
            "Ändringarna {which} finns i två varianter under samma nummer.",
            n,
        )
        advice = _(
            "Den variant som kom först gäller här, och den andra sparas oanvänd. Enheten är troligen kopierad: öppna "
            "Gatljus på båda och synka, så får den ena ett nytt id."
        )
        return f"{which} {advice}"
    return ngettext(
        "Ändring {which} kom i en fil som inte går att läsa. Filen sparas oanvänd och skickas vidare.",
        "Ändringarna {which} kom i filer som inte går att läsa. Filerna sparas oanvända och skickas vidare.",
        n,
    )


def _damaged(each: DeviceReceipt) -> Iterator[str]:
    """What is damaged, where, and who found it: what lies on a target says nothing of the device's own disk."""
    alike = Counter((parse_name(one.name) is not None, replace(one, name="")) for one in each.damaged)
    for (is_batch, found), n in alike.items():
        if found.here:
            what = ngettext(
                "En fil var skadad på den här enhetens disk och är lagd åt sidan.",
                "{n} filer var skadade på den här enhetens disk och är lagda åt sidan.",
                n,
            ).format(n=n)
        else:
            what = _found(each, found, n, is_batch=is_batch)
        yield f"{what} {_whole(found, n)}"


def _found(each: DeviceReceipt, found: Damaged, n: int, *, is_batch: bool) -> str:
    what = (
        ngettext("en skadad fil med ändringar", "{n} skadade filer med ändringar", n)
        if is_batch
        else ngettext("en skadad fil", "{n} skadade filer", n)
    )
    text = ngettext(
        "{who} hittade {what} {where} och hämtade den inte.", "{who} hittade {what} {where} och hämtade dem inte.", n
    )
    where = _("på målet {place}").format(place=found.place) if found.place else _("där enheterna möts")
    return text.format(who=_("Den här enheten") if each.own else each.name, what=what.format(n=n), where=where)


def _whole(found: Damaged, n: int) -> str:
    if not found.at:
        return ngettext("Ingen som har hörts av har den kvar än.", "Ingen som har hörts av har dem kvar än.", n)
    kept = ngettext(
        "{names} har den kvar. Den lagas vid nästa synk.", "{names} har dem kvar. De lagas vid nästa synk.", n
    )
    return kept.format(names=named(found.at))


def headed(each: DeviceReceipt, name: str) -> str:
    """A device that is called so where all of it is told: *Platta B*; one without a letter has its own word for it:
    *Bibliotekets dator*."""
    return name if each.label and not each.letter else _("Platta {name}").format(name=name)


def _calls_itself(each: DeviceReceipt) -> str:
    return _("Den kallar sig {label}.").format(label=each.label) if each.called_in_full != each.name else ""


def walks_with(group: str) -> str:
    """*Går med Grupp Norr.*, or nothing."""
    return _("Går med {group}.").format(group=group) if group else ""


def lines_of(
    each: DeviceReceipt, zone: object, now: datetime, clock_error_s: float = 0.0, group: str = ""
) -> list[str]:
    """A device in a line: *Platta C: 122 av 200 mottagna, senast sedd 14.05.*, and under it what else there is to say
    and what is not as it should be. `group`: the one that it walks with, in words."""
    said = filter(None, [_calls_itself(each), walks_with(group), place_words(each), *details(each, clock_error_s)])
    return [_head(each, zone, now), *(f"    {one}" for one in said)]


def _head(each: DeviceReceipt, zone: object, now: datetime) -> str:
    name = headed(each, each.name)
    if each.own:
        text = ngettext("{name}: den här enheten, {n} ändring.", "{name}: den här enheten, {n} ändringar.", each.known)
        return text.format(name=name, n=each.known)
    if each.announced is None:
        return _("{name}: {n} ändringar mottagna här, har inte hörts av.").format(name=name, n=each.here)
    head = _("{name}: {n} av {total} mottagna").format(name=name, n=each.here, total=each.known)
    if not each.known:
        head = _("{name}: har inte skickat något").format(name=name)
    if each.seen:
        head = _("{head}, senast sedd {when}").format(head=head, when=seen_words(each.seen, zone, now))
    if each.emptied:
        return _("{head}. Den är tömd på vandringen.").format(head=head)
    received = _("Den har mottagit {received} av våra {mine}.").format(received=each.received or 0, mine=each.mine)
    return f"{head}. {received}" if each.mine else f"{head}."
