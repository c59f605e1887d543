"""What a sync met besides what it carried: each situation in a sentence, with what a person can do."""

from collections.abc import Iterator
from pathlib import Path

from app.base.words import N_, _, ngettext
from app.jobs.sync import Synced
from app.sync.targets.parcel import Parcel

MAIL, STICK = 20_000_000, 500_000_000
"""Bytes above which some, and above which nearly all, mail systems refuse a file."""

CLOUDS = {
    "onedrive": ("OneDrive", N_("Högerklicka på mappen gatljus1 och välj ”Behåll alltid på den här enheten”.")),
    "nextcloud": ("Nextcloud", N_("Högerklicka på mappen gatljus1 och välj ”Gör alltid tillgänglig lokalt”.")),
    "dropbox": ("Dropbox", N_("Högerklicka på mappen gatljus1 och välj ”Gör tillgänglig offline”.")),
    "icloud": ("iCloud", N_("Högerklicka på mappen gatljus1 och välj ”Behåll nedladdad”.")),
    "mobile documents": ("iCloud", N_("Högerklicka på mappen gatljus1 och välj ”Behåll nedladdad”.")),
}
"""Programs by how the name of their folder begins: what they are called, and how they are told to bring everything."""


def situations(done: Synced, where: str) -> list[str]:
    """The sentences, in the order of their weight; none where nothing was met."""
    waiting = len({name for each in done.reports.values() for name in each.waiting})
    copies = sum(each.copies for each in done.reports.values())
    sent = any(each.sent.bytes for each in done.reports.values())
    repaired = sum(each.repaired for each in done.reports.values())
    return [
        *([_("Mappen {path} fanns inte och gjordes.").format(path=where)] if done.made else ()),
        *([_repaired(repaired)] if repaired else ()),
        *([_late(waiting, where)] if waiting else ()),
        *([_beside(copies)] if copies else ()),
        *(_rescued(done) if done.rescued else ()),
        *(_parcel(done.parcel, sent) if done.parcel and done.parcel.written else ()),
    ]


def _repaired(count: int) -> str:
    """What lay damaged there and does not any more."""
    text = ngettext("{n} fil som var skadad där är lagad.", "{n} filer som var skadade där är lagade.", count)
    return text.format(n=count)


def _late(count: int, where: str) -> str:
    """What is there, but not here yet."""
    for part in map(str.lower, Path(where).absolute().parts):
        for beginning, (program, advice) in CLOUDS.items():
            if part.startswith(beginning):
                text = ngettext(
                    "{n} fil finns i {program} men inte på den här datorn än.",
                    "{n} filer finns i {program} men inte på den här datorn än.",
                    count,
                )
                return f"{text.format(n=count, program=program)} {_(advice)} {_('Synka igen när allt är hämtat.')}"
    text = ngettext("{n} fil där är inte framme än.", "{n} filer där är inte framme än.", count)
    advice = _(
        "Sköter ett molnprogram mappen, så öppna det och låt det hämta allt. Synka sedan igen. Filer som är tomma i "
        "tio minuter läggs dit på nytt av den som har dem."
    )
    return f"{text.format(n=count)} {advice}"


def _beside(count: int) -> str:
    """Copies that a cloud program made."""
    text = ngettext(
        "Där ligger {n} kopia som ett molnprogram har gjort. Den är läst och gör ingen skada.",
        "Där ligger {n} kopior som ett molnprogram har gjort. De är lästa och gör ingen skada.",
        count,
    )
    return text.format(n=count)


def _rescued(done: Synced) -> Iterator[str]:
    """What a rescue is, and what of it is lacking."""
    if done.gaps:
        text = ngettext(
            "{n} ändring kunde inte räddas och fattas här.",
            "{n} ändringar kunde inte räddas och fattas här.",
            done.gaps,
        )
        yield f"{text.format(n=done.gaps)} {_('Synka med de andra enheterna: de kan ha dem.')}"
    yield _("Paketet är en räddad kopia, som inte ändras. Det som gick att läsa i det finns här nu.")


def _parcel(parcel: Parcel, sent: bool) -> Iterator[str]:
    """What could not stay in a parcel, and what becomes of it now: with something new in it, or only with word of what
    has come from it."""
    if parcel.left_out:
        text = ngettext(
            "{n} fil var skadad i paketet och är inte kvar där.",
            "{n} filer var skadade i paketet och är inte kvar där.",
            len(parcel.left_out),
        )
        yield f"{text.format(n=len(parcel.left_out))} {_('Den som har dem hela lägger dit dem igen vid nästa synk.')}"
    size = _("Paketet är {n} MB.").format(n=round(parcel.size / 1e6))
    if parcel.size > STICK:
        yield f"{size} {_('De flesta e-postsystem vägrar så stora filer: ta ett minne i stället.')}"
    elif parcel.size > MAIL:
        advice = _("Många e-postsystem tar inte emot mer än 20 MB: kommer det inte fram, så ta ett minne i stället.")
        yield f"{size} {advice}"
    yield (
        _("Ett paket räknas inte som en kopia förrän någon har tagit emot det: skicka det.")
        if sent
        else _("I paketet ligger nu besked om vad som finns här. Skicka tillbaka det, så vet avsändaren.")
    )
