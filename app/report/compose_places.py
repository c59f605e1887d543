"""Sections 6 and 7: what was seen at each place, along the way, and what is good and to be kept."""

from collections.abc import Sequence

from app.base.words import _, ngettext
from app.domain.reasoning import is_reported
from app.domain.records import FEELS, Observation, Photo, SafetyRating, Stop
from app.domain.rules import is_deficiency, is_late
from app.domain.values import Alarm, ObservationKind, PlaceType, Severity, known, label_of
from app.report.charts import severity_bar
from app.report.compose_photos import Album, photo_blocks, pointers
from app.report.compose_values import conflict_notes, details_of
from app.report.compose_voices import spoken_on, voices_on
from app.report.document import (
    Block,
    Cell,
    Column,
    Layout,
    Look,
    Mark,
    MarkKind,
    ObservationItem,
    Observations,
    Paragraph,
    Part,
    Row,
    Run,
    Scale,
    Section,
    Style,
    Table,
    Text,
    filled,
    plain,
)
from app.report.index import Index, is_positive, position_of
from app.report.wording import (
    DASH,
    NBSP,
    answers,
    capital,
    code,
    coordinates,
    hold,
    moment_words,
    number,
    one_line,
    photos,
    sentence,
    spelled,
)

_PANORAMA = 1.9
"""Width over height of a photo that deserves the whole width."""


def places(index: Index, album: Album) -> Section:
    """Section 6: a part per stop, then *Längs vägen* and *Oplacerade foton*."""
    parts = [_place(index, album, stop) for stop in index.stops.values()]
    if index.seen_at(None) or album.at(None):
        parts.append(_along(index, album))
    if album.unplaced:
        parts.append(_unplaced(index, album))
    blocks: tuple[Block, ...] = (Paragraph(text=plain(_("Inga platser eller iakttagelser är noterade."))),)
    if index.observations:
        blocks = _overview(index)
    elif parts:
        blocks = (Paragraph(text=plain(_("Inga iakttagelser är noterade."))),)
    return Section(
        number="6",
        title=_("Platser och iakttagelser"),
        anchor="section-6",
        new_page=True,
        blocks=blocks,
        parts=tuple(parts),
    )


def _overview(index: Index) -> tuple[Block, ...]:
    deficiencies = [each for each in index.observations.values() if is_deficiency(each)]
    intro = _("Iakttagelserna står efter plats och nummer. Noterat av är hur många som lyfte samma sak.")
    if not deficiencies:
        return (Paragraph(text=plain(intro)),)
    found = [index.severity_of(each)[0] for each in deficiencies]
    levels = (Severity.SMALL, Severity.NOTICEABLE, Severity.LARGE, Severity.DANGER)
    counts = [(label_of(level), found.count(level)) for level in levels]
    missing = sum(each is None for each in found)
    chart = severity_bar(_("Figur 1. Hur allvarliga bristerna är"), counts)
    rows = [Row((Cell((plain(word),)), Cell((plain(number(count)),)))) for word, count in counts]
    if missing:
        rows.append(Row((Cell((plain(_("Inte bedömd")),)), Cell((plain(number(missing)),)))))
    columns = (Column(_("Hur allvarlig"), 60, row_head=True), Column(_("Antal"), 22, numeric=True))
    table = Table(columns=columns, rows=tuple(rows), caption=hold(_("Tabell 1. Siffrorna till figur 1")), keep=True)
    return (Paragraph(text=plain(intro)), chart, table)


def _place(index: Index, album: Album, stop: Stop) -> Part:
    blocks: list[Block] = [Paragraph(text=plain(_where(index, stop)), style=Style.META)]
    if stop.description.strip():
        blocks.append(Paragraph(text=plain(sentence(stop.description))))
    blocks += [Paragraph(text=note, style=Style.NOTE) for note in conflict_notes(index, stop.id)]
    blocks += _felt(index, stop)
    blocks += _pictures(index, album, stop)
    blocks += _seen(index, stop)
    if not index.seen_at(stop):
        blocks.append(Paragraph(text=plain(_("Ingen iakttagelse är noterad här."))))
    blocks += voices_on(index, stop)
    blocks += [Paragraph(text=each, style=Style.NOTE) for each in spoken_on(index, stop)]
    return Part(
        anchor=stop.id,
        record=stop.id,
        number=index.number(stop.id),
        title=one_line(stop.name) or hold(_("Plats {number}").format(number=index.number(stop.id))),
        blocks=tuple(blocks),
    )


def _where(index: Index, stop: Stop) -> str:
    kind = label_of(stop.place_type) if stop.place_type != PlaceType.OTHER else ""
    light = label_of(index.whole.walk.light)
    position = position_of(stop)
    spot = f"WGS\u00a084 {coordinates(position)}" if position else _("läge okänt")
    return capital(" · ".join(each for each in (kind, light.lower(), spot) if each))


def rated(index: Index, stop: Stop) -> tuple[float | None, int]:
    """The mean of how a place feels (1–4) and the number of answers."""
    found = [each for each in index.whole.ratings if each.stop == stop.id and _step(each)]
    count = sum(max(1, known(each.count, int) or 1) for each in found)
    total = sum((_step(each) or 0) * max(1, known(each.count, int) or 1) for each in found)
    return (total / count if count else None), count


def _step(rating: SafetyRating) -> int | None:
    return rating.feels if isinstance(rating.feels, int) and 1 <= rating.feels <= 4 else None


def feels_words(mean: float) -> str:
    """A mean in words."""
    return _(FEELS[min(3, max(0, round(mean) - 1))])


def _felt(index: Index, stop: Stop) -> list[Block]:
    mean, count = rated(index, stop)
    if mean is None:
        return []
    score = hold(_("{mean} av 4").format(mean=number(mean, 1)))
    words = (Run(score, Look.STRONG), Run(f" · {feels_words(mean)} · {answers(count)}"))
    ends = _(FEELS[0]), _(FEELS[-1])
    return [Scale(label=_("Upplevd trygghet"), value=round(mean, 2), text=words, ends=ends)]


def _pictures(index: Index, album: Album, stop: Stop | None) -> list[Block]:
    blocks: list[Block] = [*photo_blocks(index, album.at(stop))]
    if left := album.left_out(stop):
        words = ngettext("{photos} till finns i bilaga E.", "{photos} till finns i bilaga E.", left)
        blocks.append(_pointer(words.format(photos=photos(left)), "appendix-E"))
    good = [each for seen in index.seen_at(stop) if is_positive(seen) for each in index.photos_of(seen)]
    if good:
        blocks.append(
            _pointer(_("{photos} av det som är bra finns i avsnitt 7.").format(photos=photos(len(good))), "section-7")
        )
    return blocks


def _pointer(words: str, anchor: str) -> Paragraph:
    return Paragraph(text=(Run(hold(words), link=anchor),), style=Style.NOTE)


def _seen(index: Index, stop: Stop | None) -> list[Block]:
    items = tuple(_observation(index, each) for each in index.seen_at(stop))
    return [Observations(items=items)] if items else []


def _observation(index: Index, seen: Observation) -> ObservationItem:
    notes = list(conflict_notes(index, seen.id))
    if seen.id in index.whole.drafts:
        notes.insert(0, (Run(_("Att komplettera: varken punkt, text eller foto är noterat."), Look.ITALIC),))
    notes += spoken_on(index, seen)
    return ObservationItem(
        record=seen.id,
        number=index.number(seen.id),
        mark=severity_words(index, seen),
        text=plain(seen_words(index, seen)),
        voices=tuple(voices_on(index, seen)),
        details=details_of(index, seen, answered_elsewhere=index.is_acute(seen) or index.is_open(seen)),
        meta=_meta(index, seen),
        notice=alarm_words(index, seen),
        notes=tuple(notes),
    )


def seen_words(index: Index, seen: Observation) -> str:
    """What was seen: as it was written, else the item's short statement."""
    item = index.item(seen)
    return seen.text.strip() or (sentence(str(item.statement)) if item else _("Utan text."))


def where_seen(index: Index, seen: Observation) -> str:
    """The name of an observation's place, or that it has none."""
    stop = index.stop_of(seen)
    return one_line(stop.name) or index.number(stop.id) if stop else _("Längs vägen")


def severity_words(index: Index, seen: Observation) -> Text:
    """Mark and word of how serious it is; a suggestion, and what is not settled, is named so."""
    severity, suggested = index.severity_of(seen)
    if severity is None and seen.kind in (ObservationKind.QUESTION, ObservationKind.SOCIAL):
        return (Run(label_of(seen.kind), Look.STRONG),)
    if severity is None:
        return (Run(_("Inte bedömd"), Look.SECONDARY),)
    mark = Mark(MarkKind.SEVERITY, str(int(severity)))
    word = Run(label_of(severity).replace(" ", "\u00a0"), Look.STRONG, mark=mark)
    if index.is_unsettled_danger(seen):
        return (word, Run(f" ({_('ej avgjort')})", Look.ITALIC))
    return (word, Run(f" ({_('föreslagen')})", Look.SECONDARY)) if suggested else (word,)


def _meta(index: Index, seen: Observation) -> Text:
    noted = hold(_("noterat av {n}").format(n=number(index.noted_by(seen))))
    runs = [Run(f"{index.category(seen)} · {noted}", Look.SECONDARY)]
    if moment := index.local(seen.observed_at):
        runs.append(Run(f" · {moment_words(moment, index.day)}", Look.SECONDARY))
    made = index.local(seen.created)
    if made is not None and is_late(seen, index.whole.walk):
        words = _("noterat efter vandringen, {time}").format(time=moment_words(made, index.day))
        runs.append(Run(f" · {hold(words)}", Look.SECONDARY))
    if shown := pointers(index, index.photos_of(seen)):
        runs += [Run(" · ", Look.SECONDARY), *shown]
    if other := index.duplicates.get(seen.id):
        runs += [
            Run(" · ", Look.SECONDARY),
            Run(hold(_("samma sak som {number}").format(number=index.number(other))), link=other),
        ]
    for each in index.measures_for(seen):
        label = hold(_("Åtgärd {number}").format(number=index.number(each.id))).replace(" ", "\u00a0")
        runs += [Run(" · ", Look.SECONDARY), Run(label, Look.STRONG, link=each.id)]
    return tuple(runs)


def alarm_words(index: Index, seen: Observation) -> Text:
    """The notice of something acute: what was done, when, under which number."""
    if not index.is_acute(seen):
        return ()
    if not seen.alarm:
        return (Run(_("Fara nu.") + " ", Look.RED), Run(_("Ingen felanmälan är noterad.")))
    heads = {Alarm.SOS: _("112 larmat"), Alarm.ONCALL: _("Jour larmad"), Alarm.REPORTED: _("Felanmäld")}
    moment = index.local(seen.alarm_at)
    alarm = known(seen.alarm, Alarm)
    head = heads[alarm] if alarm else label_of(seen.alarm)
    lead = f"{head} {moment_words(moment, index.day)}" if moment else head
    cases = [code(each.external_case_no) for each in index.measures_for(seen) if is_reported(each)]
    rest = [_("ärende {number}").replace(" {", f"{NBSP}{{").format(number=", ".join(cases))] if cases else []
    rest += [_("lämnad till {name}").format(name=one_line(seen.handed_to))] if seen.handed_to.strip() else []
    return (Run(lead, Look.RED), Run("".join(f", {each}" for each in rest) + "."))


def _along(index: Index, album: Album) -> Part:
    lead = Paragraph(text=plain(_("Det här sågs mellan platserna.")), style=Style.META)
    blocks = (lead, *_pictures(index, album, None), *_seen(index, None))
    return Part(anchor="along-the-way", title=_("Längs vägen"), blocks=blocks)


def _unplaced(index: Index, album: Album) -> Part:
    words = _("De här fotona har varken läge, plats eller iakttagelse.")
    blocks = (Paragraph(text=plain(words), style=Style.META), *photo_blocks(index, album.unplaced))
    return Part(anchor="unplaced-photos", title=_("Oplacerade foton"), blocks=blocks)


def good_places(index: Index, album: Album) -> Section:
    """Section 7: photos and a table of what is good and to be kept."""
    good = [each for each in index.observations.values() if is_positive(each)]
    blocks: list[Block] = [Paragraph(text=plain(_("Inga iakttagelser handlar om det som är bra.")))]
    if good:
        blocks = [Paragraph(text=plain(_good_lead(len(good))))]
        blocks += photo_blocks(index, _widest_first(album.good), full=True, first_alone=True)
        blocks.append(_good_table(index, good))
    return Section(
        number="7",
        title=_("Trygga och trivsamma platser – att värna om"),
        anchor="section-7",
        layout=Layout.FULL,
        new_page=True,
        blocks=tuple(blocks),
    )


def _widest_first(good: Sequence[Photo]) -> list[Photo]:
    """The panorama first, if there is one; the rest by number."""
    wide = [each for each in good if (known(each.width, int) or 0) >= _PANORAMA * (known(each.height, int) or 1)]
    return [*wide[:1], *(each for each in good if each not in wide[:1])]


def _good_lead(count: int) -> str:
    words = ngettext(
        "{n} iakttagelse handlar om det som fungerar.", "{n} iakttagelser handlar om det som fungerar.", count
    ).format(n=spelled(count))
    return capital(f"{words} {_('De visar vad som gör en plats trygg just här, och vad som bör finnas kvar.')}")


def _good_table(index: Index, good: list[Observation]) -> Table:
    columns = (
        Column(_("Nr"), 13, row_head=True, whole=True),
        Column(_("Plats"), 36, whole=True),
        Column(_("Vad gör platsen trygg?"), 61),
        Column(_("Vad ska vi värna?"), 60),
    )
    return filled(Table(columns=columns, rows=tuple(_good_row(index, each) for each in good)))


def _good_row(index: Index, seen: Observation) -> Row:
    words = plain(seen_words(index, seen))
    keep = tuple(plain(each.text.strip()) for each in index.measures_for(seen) if each.text.strip())
    about_keeping = seen.item in ("M3", "M4")
    stop = index.stop_of(seen)
    place = one_line(stop.name) if stop else _("Längs vägen")
    return Row(
        (
            Cell(((Run(index.number(seen.id), Look.STRONG, link=seen.id),),)),
            Cell(((Run(place, mark=Mark(MarkKind.SEVERITY, "0", spoken=_("bra"))),),)),
            Cell((plain(DASH) if about_keeping else words,)),
            Cell(((words,) if about_keeping else ()) + keep or (plain(DASH),)),
        )
    )
