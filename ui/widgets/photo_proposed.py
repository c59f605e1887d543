"""A photo with what is proposed for it: when it was taken after correction, how its place is known, which stop."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from app.base.words import _, ngettext
from app.domain.geo import distance_m
from app.domain.values import Position, PositionSource, known
from app.queries.proposals import Proposed, Sure
from ui.widgets.area import between_stops
from ui.widgets.look import icon_named
from ui.widgets.map_model import Mark, MarkKind
from ui.widgets.photo_cell import Cell
from ui.widgets.photo_words import SOURCES, Photos
from ui.widgets.things import stop_title
from ui.widgets.words import exact_words, metres

LEFT = (Sure.SAFE, Sure.DOUBTFUL, Sure.UNKNOWN)
"""What has no place yet."""


def _source(photos: Photos, each: Proposed) -> tuple[str, str]:
    if each.sure is Sure.PLACED:
        return photos.source(each.photo)
    source = each.placing.source
    if each.sure is Sure.DOUBTFUL and each.placing.uncertain:
        own = source == PositionSource.EXIF
        return icon_named("state", "unplaced"), _("Läget i bilden är osäkert") if own else _("Spåret är osäkert där")
    if source == PositionSource.NONE:
        return icon_named("state", "unplaced"), _("Saknas")
    return icon_named("source", source.value), _(SOURCES[source])


def _chip(photos: Photos, each: Proposed) -> tuple[str, str, str]:
    if each.sure is Sure.PLACED:
        return photos.belongs(each.photo)
    if each.sure is Sure.UNKNOWN:
        return _("Oplacerat"), icon_named("state", "unplaced"), "warn"
    number = photos.numbers.get(each.placing.stop or each.perhaps or "", "")
    if each.sure is Sure.DOUBTFUL:
        words = _("Stopp {number}?").format(number=number) if number else _("Osäkert")
        return words, icon_named("state", "unplaced"), "warn"
    if each.sure is Sure.MOVED:
        return _moving(each, number), icon_named("source", "track"), "info"
    if number:
        return _("Stopp {number}").format(number=number), "check", "ok"
    return between_stops(photos.area, each.placing.position), "check", "ok"


def _moving(each: Proposed, number: str) -> str:
    """Where it is moved to, and how far that is from where it lies."""
    then, there = known(each.photo.position, Position), each.placing.position
    if then is None or there is None:
        return _("Flyttas till stopp {number}").format(number=number) if number else _("Flyttas")
    words = _("Flyttas till stopp {number}, {far} bort") if number else _("Flyttas {far} bort")
    return words.format(number=number, far=metres(distance_m(then, there)))


def _now(photos: Photos, each: Proposed) -> str:
    """Where a photo lies that is proposed for another place; "" where it has none."""
    if each.sure not in (Sure.MOVED, Sure.DOUBTFUL):
        return ""
    stop = photos.stop(each.photo)
    if stop is not None:
        return _("Nu: stopp {number}").format(number=photos.numbers.get(stop.id, ""))
    if known(each.photo.position, Position) is None:
        return ""
    between = between_stops(photos.area, each.photo.position)
    return _("Nu: {place}").format(place=between[:1].lower() + between[1:])


def proposed_cell(photos: Photos, each: Proposed) -> Cell:
    """The photo in a grid."""
    source, chip = _source(photos, each), _chip(photos, each)
    time = exact_words(each.moment, photos.zone) or _("tid saknas")
    now = _now(photos, each)
    said = (photos.title(each.photo), time, source[1], now, _words_of(each, chip[0]), str(each.photo.name))
    spoken = ", ".join(part for part in said if part)
    return replace(photos.cell(each.photo), time=time, source=source, chip=chip, now=now, spoken=spoken)


def proposed_marks(photos: Photos, proposed: Iterable[Proposed]) -> dict[str, Mark]:
    """The photos on the map where they are proposed for, by id."""
    found = {each.photo.id: (each, each.placing.position) for each in proposed}
    return {
        key: Mark(key, MarkKind.PHOTO, place, proposed_cell(photos, each).spoken)
        for key, (each, place) in found.items()
        if place is not None
    }


def what_is_so(proposed: Sequence[Proposed], used: int = 0, *, brief: bool = False) -> str:
    """How far one has come with some proposals, `used` others being placed already, and what may be done with them; ""
    where there are none. `brief`: one short line."""
    sure = [each.sure for each in proposed]
    placed, left = used + sure.count(Sure.PLACED), sum(each in LEFT for each in sure)
    come = _come_words(placed, left) if placed and left else ""
    if brief and come:
        return come
    said, more = _what_may_be_done(set(sure), is_begun=bool(come))
    return " ".join(each for each in (come, said, "" if brief else more) if each)


def _come_words(placed: int, left: int) -> str:
    there = ngettext("{n} är placerat", "{n} är placerade", placed).format(n=placed)
    waits = ngettext("{n} är kvar", "{n} är kvar", left).format(n=left)
    return _("{there}, {waits}.").format(there=there, waits=waits)


def _what_may_be_done(sure: Collection[Sure], *, is_begun: bool) -> tuple[str, str]:
    """What is so of them, and what a person does then."""
    if Sure.SAFE in sure:
        return _("Förslag."), _("Inget ändras förrän du trycker på Använd.")
    if Sure.MOVED in sure:
        return _("Förslag."), _("Inget ändras förrän du trycker på Flytta.")
    if Sure.DOUBTFUL in sure:
        nothing = _("Inget mer är säkert.") if is_begun else _("Inget är säkert.")
        return nothing, _("Markera det som ändå stämmer.")
    if Sure.UNKNOWN in sure:
        return _("Inget spår säger var."), _("Placera för hand.")
    return _("Alla ligger där de hör hemma.") if sure else "", ""


def done_words(used: Sequence[Proposed], count: int) -> str:
    """What was done by using some proposals, where it was news for so many photos: they were moved where they had a
    place that was known in the same way, as the undo calls it too."""
    lay = [known(each.photo.position, Position) is not None for each in used]
    if all(lay) and all(each.photo.position_source == each.placing.source for each in used):
        return ngettext("{n} foto flyttat.", "{n} foton flyttade.", count).format(n=count)
    return ngettext("{n} foto placerat.", "{n} foton placerade.", count).format(n=count)


def _words_of(each: Proposed, place: str) -> str:
    if each.sure is Sure.SAFE:
        return _("förslag: {place}").format(place=place)
    return _("osäkert förslag: {place}").format(place=place) if each.sure is Sure.DOUBTFUL else place


def proposed_words(photos: Photos, each: Proposed) -> str:
    """What is said of the one that is looked at: when it was taken, and what speaks for the place."""
    said = []
    if each.moment is not None and each.moment != each.photo.taken_at:
        text = _("Tagen {time} efter rättning; kameran sa {camera}.")
        camera = exact_words(each.photo.taken_at, photos.zone)
        said.append(text.format(time=exact_words(each.moment, photos.zone), camera=camera))
    elif each.moment is not None:
        said.append(_("Tagen {time}.").format(time=exact_words(each.moment, photos.zone)))
    said.append(_("Plats: {source}.").format(source=_source(photos, each)[1]))
    said += _reasons(photos, each)
    return "\n".join(said)


def _reasons(photos: Photos, each: Proposed) -> list[str]:
    stop = photos.stops.get(each.placing.stop or each.perhaps or "")
    title = stop_title(photos.numbers.get(stop.id, ""), stop) if stop is not None else ""
    if each.sure is Sure.PLACED:
        return [_("Ligger där det hör hemma och ändras inte.")]
    if each.sure is Sure.UNKNOWN:
        return [_("Inget spår täcker den tiden. Placera för hand.")]
    if each.sure is Sure.SAFE:
        return [_("Förslag: {stop}.").format(stop=title)] if title else []
    now = photos.stops.get(str(each.photo.stop))
    lies = _("Ligger nu vid {now}.").format(now=stop_title(photos.numbers.get(now.id, ""), now)) if now else ""
    if each.sure is Sure.MOVED:
        why = _("Spåret säger något annat, med det som nu är känt om klockor och spår.")
        return [each for each in (lies, why, _("Förslag: {stop}.").format(stop=title) if title else "") if each]
    if now is not None:
        return [f"{lies} {_('Titta innan du använder förslaget.')}"]
    near = [_("Kanske {stop}.").format(stop=title)] if title else []
    if each.blind:
        near.append(_("Ingen vet hur kamerans klocka går. Säg det under Ändra, eller fotografera klocksidan."))
    gap = each.placing.seconds
    if gap is not None and each.placing.source == PositionSource.TRACK:
        near.append(_("Spåret har {n} s mellan punkterna där.").format(n=round(gap)))
    return near
