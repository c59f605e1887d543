"""Photos: where each one stands, its caption, and what it says to those who do not see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.base.words import _
from app.domain.records import Observation, Photo, Stop
from app.domain.values import Light, PositionSource, TakenAtSource, known, label_of
from app.report.compose_values import conflict_notes
from app.report.compose_voices import voices_on
from app.report.document import Look, PhotoFigure, PhotoLine, Photos, Run, Text, Voice
from app.report.index import Index, is_positive, position_of
from app.report.wording import (
    capital,
    give_or_take,
    hold,
    moment_words,
    one_line,
    sentence,
    shortened,
    towards,
)

MOST_PER_PLACE = 6
"""Photos of one place in section 6; the rest stand in appendix E."""

MOST_GOOD = 7
"""Photos in section 7: one alone and two rows of three."""

_LONGEST_ALT = 200


@dataclass(frozen=True)
class Album:
    """Which photo stands where: every photo of the walk once, by its section."""

    index: Index

    def at(self, stop: Stop | None) -> tuple[Photo, ...]:
        """Photos in section 6 of a stop or, without one, along the way."""
        return self._shown.get(stop.id if stop else "", ())

    @cached_property
    def good(self) -> tuple[Photo, ...]:
        """Photos of positive observations, in section 7."""
        return _first(self.index, self._good, MOST_GOOD)

    @cached_property
    def unplaced(self) -> tuple[Photo, ...]:
        """Photos with neither stop, observation nor position, the last of section 6."""
        return _first(self.index, self._groups.get("unplaced", []), MOST_PER_PLACE)

    @cached_property
    def rest(self) -> tuple[Photo, ...]:
        """Photos that did not fit, in appendix E."""
        shown = {each.id for many in self._shown.values() for each in many}
        shown |= {each.id for each in (*self.good, *self.unplaced)}
        return tuple(each for each in self.index.photos.values() if each.id not in shown)

    def left_out(self, stop: Stop | None) -> int:
        """How many photos of a place stand in appendix E."""
        return len(self._groups.get(stop.id if stop else "", [])) - len(self.at(stop))

    @cached_property
    def _good(self) -> list[Photo]:
        return [each for each in self.index.photos.values() if self._is_good(each)]

    def _is_good(self, photo: Photo) -> bool:
        seen = self.index.observation_of(photo)
        return seen is not None and is_positive(seen)

    @cached_property
    def _groups(self) -> dict[str, list[Photo]]:
        groups: dict[str, list[Photo]] = {}
        for each in self.index.photos.values():
            if not self._is_good(each):
                groups.setdefault(self._group(each), []).append(each)
        return groups

    def _group(self, photo: Photo) -> str:
        stop = self.index.stop_of(photo)
        if stop:
            return stop.id
        return "" if self.index.observation_of(photo) or position_of(photo) else "unplaced"

    @cached_property
    def _shown(self) -> dict[str, tuple[Photo, ...]]:
        return {
            group: _first(self.index, many, MOST_PER_PLACE)
            for group, many in self._groups.items()
            if group != "unplaced"
        }


def _first(index: Index, photos: Sequence[Photo], most: int) -> tuple[Photo, ...]:
    """At most so many photos that can be shown, first one of each observation; all that cannot. By number."""
    seen: set[str] = set()
    ranked = []
    for each in photos:
        owner = index.observation_of(each)
        rank = 2 if owner is None else 1 if owner.id in seen else 0
        seen |= {owner.id} if owner else set()
        ranked.append((rank, each))
    shown = [each for rank in (0, 1, 2) for at, each in ranked if at == rank and can_be_shown(index, each)][:most]
    ids = {each.id for each in shown}
    return tuple(each for each in photos if each.id in ids or not can_be_shown(index, each))


def can_be_shown(index: Index, photo: Photo) -> bool:
    """Whether there is a picture of the photo here, with a size."""
    return bool(photo.report and photo.width and photo.height and photo.id not in index.handed.unshown)


def photo_blocks(
    index: Index, photos: Sequence[Photo], *, full: bool = False, first_alone: bool = False
) -> tuple[Photos | Voice, ...]:
    """The photos, figures and lines for those that cannot be shown, and below them what people said of each; nothing
    without photos."""
    if not photos:
        return ()
    items = tuple(_figure(index, each) if can_be_shown(index, each) else _line(index, each) for each in photos)
    said = (voice for each in photos for voice in voices_on(index, each, _in_a_sentence(index, each)))
    return (Photos(items=items, full=full, first_alone=first_alone), *said)


def _line(index: Index, photo: Photo) -> PhotoLine:
    number = index.number(photo.id)
    text = _("Foto {number} kan inte visas; originalet är sparat.").format(number=number)
    lead, _blank, rest = hold(text).partition(number)
    runs = (Run(f"{lead}{number}", Look.STRONG), Run(rest))
    notes = tuple(run for note in conflict_notes(index, photo.id) for run in (Run(" "), *note))
    return PhotoLine(record=photo.id, number=number, text=(*runs, *notes))


def _figure(index: Index, photo: Photo) -> PhotoFigure:
    return PhotoFigure(
        record=photo.id,
        number=index.number(photo.id),
        picture=str(photo.report),
        width=known(photo.width, int) or 4,
        height=known(photo.height, int) or 3,
        alt=alt_of(index, photo),
        caption=caption_of(index, photo),
    )


def label_of_photo(index: Index, photo: Photo) -> str:
    """`Foto 4.1`, held together."""
    return hold(_("Foto {number}").format(number=index.number(photo.id)))


def _in_a_sentence(index: Index, photo: Photo) -> str:
    label = label_of_photo(index, photo)
    return label[:1].lower() + label[1:]


def caption_of(index: Index, photo: Photo) -> Text:
    """`Foto 4.1. What one sees. Kl. 18.50, läge från kamerans gps, ± 4 m.`"""
    notes = tuple(run for note in conflict_notes(index, photo.id) for run in (Run(" "), *note))
    origin = capital(", ".join((time_words(index, photo), position_words(index, photo))))
    return (
        Run(f"{label_of_photo(index, photo)}.", Look.STRONG),
        Run(f" {sentence(_sees(index, photo))} "),
        Run(f"{origin}.", Look.SECONDARY),
        *notes,
    )


def _sees(index: Index, photo: Photo) -> str:
    """What one sees, in a few words: the caption, else what its observation says, else the place."""
    seen = index.observation_of(photo)
    texts = (photo.caption, seen.text if seen else "", _statement(index, seen))
    said = (each for each in texts if each.strip() and not _is_name(photo, each))
    return shortened(next(said, place_words(index, photo)), 160)


def _is_name(photo: Photo, text: str) -> bool:
    """Whether a text is the file's name and nothing else: short names stand in many a sentence."""
    names = (photo.name, photo.name.rpartition(".")[0])
    return one_line(text).casefold() in {one_line(each).casefold() for each in names}


def _statement(index: Index, seen: Observation | None) -> str:
    item = index.item(seen) if seen else None
    return str(item.statement) if item else ""


def place_words(index: Index, photo: Photo) -> str:
    """The name of the place where a photo belongs, in words."""
    stop = index.stop_of(photo)
    if stop:
        return one_line(stop.name) or hold(_("plats {number}").format(number=index.number(stop.id)))
    return _("Plats längs vägen") if position_of(photo) else _("Okänd plats")


def time_words(index: Index, photo: Photo) -> str:
    """`kl. 18.50`, with the day if it is not the walk's; how it is known where that matters; `tid okänd`. Where the
    camera's clock is known to have been wrong it is the right time: who was there would not know the other again."""
    right = index.handed.moments.get(photo.id)
    moment = index.local(right or photo.taken_at)
    if moment is None or photo.taken_at_source == TakenAtSource.NONE:
        return _("tid okänd")
    words = moment_words(moment, index.day)
    if right is not None and words != moment_words(index.local(photo.taken_at) or right, index.day):
        return f"{words}, {_('efter rättning av kamerans klocka')}"
    return f"{words}, {_('tid från filen')}" if photo.taken_at_source == TakenAtSource.ZONE else words


def position_words(index: Index, photo: Photo) -> str:
    """How the position of a photo is known, and which way the camera looked if that was measured."""
    source = photo.position_source
    words = label_of(source) if position_of(photo) else label_of(PositionSource.NONE)
    stop = index.stop_of(photo)
    if source == PositionSource.STOP and stop:
        words = hold(_("platsens läge (stopp {number})").format(number=index.number(stop.id)))
    elif source in (PositionSource.EXIF, PositionSource.DEVICE) and position_of(photo) and photo.accuracy_m:
        words = f"{words}, {give_or_take(known(photo.accuracy_m, float) or 1)}"
    direction = known(photo.direction_deg, float)
    return words if direction is None else f"{words}, {towards(direction)}"


def light_words(index: Index) -> str:
    """The light of the walk, as it is seen on the photos; empty if it is not known."""
    words = {Light.DARK: _("mörkt"), Light.DAYLIGHT: _("dagsljus"), Light.TWILIGHT: _("skymning")}
    light = known(index.whole.walk.light, Light)
    return words[light] if light else ""


def alt_of(index: Index, photo: Photo) -> str:
    """What the photo says to those who do not see it: its own text, else caption, item, place and light; 40–200
    characters where there is enough to say. Never the file's name."""
    if photo.alt.strip() and not _is_name(photo, photo.alt):
        return one_line(photo.alt)
    seen = index.observation_of(photo)
    sees = _sees(index, photo)
    place = ", ".join(each for each in (place_words(index, photo), light_words(index)) if each)
    parts = dict.fromkeys(sentence(each) for each in (sees, _statement(index, seen), capital(place)) if each)
    text = " ".join(parts)
    if len(text) < 40:
        text = f"{label_of_photo(index, photo)}. {text}"
    return shortened(text, _LONGEST_ALT)


def pointers(index: Index, photos: Iterable[Photo]) -> Text:
    """`foto 4.1, foto 4.3`, each a link."""
    runs: list[Run] = []
    for each in photos:
        runs += [Run(", ")] if runs else []
        runs.append(Run(_in_a_sentence(index, each), Look.SECONDARY, link=each.id))
    return tuple(runs)
