"""What is said of photos: their number, when and where they were taken and how that is known, what is wrong."""

from collections.abc import Iterable, Mapping

from app.base.words import N_, _
from app.domain.numbers import number_key
from app.domain.record import is_hash
from app.domain.records import Observation, Photo, Stop
from app.domain.rules import is_unplaced, stop_of
from app.domain.values import Position, PositionSource, known
from app.queries.photos import lacking
from app.session import Session
from ui.bridge.shelf import Shelf
from ui.widgets.area import area_of, between_stops
from ui.widgets.look import icon_named
from ui.widgets.photo_cell import Cell
from ui.widgets.things import PRACTISED, practised_chip, stop_title, title_of
from ui.widgets.words import clock_words

SOURCES: Mapping[PositionSource, str] = {
    PositionSource.EXIF: N_("Plats i bilden"),
    PositionSource.TRACK: N_("Spår och tid"),
    PositionSource.DEVICE: N_("Plattans läge"),
    PositionSource.STOP: N_("Stoppets läge"),
    PositionSource.HAND: N_("Satt för hand"),
    PositionSource.NONE: N_("Läge saknas"),
}
"""How it is known where a photo was taken."""

ALL, UNPLACED, LOOSE = "", "unplaced", "loose"
"""Which photos are shown: every one, those that nobody knows the place of, those that show no observation."""


def photo_files() -> str:
    """The kinds of files that a person chooses photos from."""
    return f"{_('Foton')} (*.jpg *.jpeg *.jpe *.mpo *.heic *.heif *.hif *.png *.webp *.avif)"


class Photos:
    """The photos of one walk in the order of their numbers, as the screens say them. Made anew for each showing."""

    def __init__(self, session: Session, shelf: Shelf, scope: str) -> None:
        self.shelf, self.scope = shelf, scope
        self.walk = shelf.walk(scope)
        self.stops = {each.id: each for each in shelf.stops(scope)}
        self.observations = {each.id: each for each in shelf.all_of(Observation, scope)}
        self.numbers: Mapping[str, str] = shelf.numbers(scope).of
        found = shelf.all_of(Photo, scope)
        self.every = tuple(sorted(found, key=lambda each: (number_key(self.numbers.get(each.id, "")), each.id)))
        self._by_id = {each.id: each for each in self.every}
        self.lacking = lacking(session, self.every)
        self.area = area_of(shelf, scope)
        self.practised = shelf.practised(scope)

    @property
    def zone(self) -> object:
        """The walk's time zone."""
        return self.walk.zone if self.walk else None

    def shown(self, which: str) -> list[Photo]:
        """Those of one choice."""
        if which == UNPLACED:
            return [each for each in self.every if is_unplaced(each, self.observations)]
        if which == LOOSE:
            return [each for each in self.every if each.observation not in self.observations]
        return list(self.every)

    def of(self, ids: Iterable[str]) -> list[Photo]:
        """Those with these ids, as far as they are shown."""
        wanted = set(ids)
        return [each for each in self.every if each.id in wanted]

    def one(self, photo: str) -> Photo | None:
        """The one with this id, where it is shown."""
        return self._by_id.get(photo)

    def title(self, photo: Photo) -> str:
        """Foto 4.2."""
        return _("Foto {number}").format(number=self.numbers.get(photo.id, ""))

    def stop(self, photo: Photo) -> Stop | None:
        """Where it belongs."""
        return self.stops.get(stop_of(photo, self.observations) or "")

    def shows(self, photo: Photo) -> Observation | None:
        """The observation it shows."""
        return self.observations.get(str(photo.observation))

    def called(self, observation: Observation) -> str:
        """4.2 Lampa släckt."""
        return f"{self.numbers.get(observation.id, '')} {title_of(self.shelf.checklist, observation)}".strip()

    def source(self, photo: Photo) -> tuple[str, str]:
        """How its place is known: icon and words."""
        source = known(photo.position_source, PositionSource) or PositionSource.NONE
        owner = self.shows(photo)
        if not isinstance(photo.position, Position) and owner is not None:
            return icon_named("source", "stop"), _("Iakttagelsens plats")
        return icon_named("source", source.value), _(SOURCES[source])

    def belongs(self, photo: Photo) -> tuple[str, str, str]:
        """What it belongs to, as a chip: words, icon, kind."""
        owner, stop = self.shows(photo), self.stop(photo)
        if owner is not None:
            words = _("Iakttagelse {number}").format(number=self.numbers.get(owner.id, ""))
            return words, icon_named("nav", "observations"), "info"
        if stop is not None:
            return _("Stopp {number}").format(number=self.numbers.get(stop.id, "")), "check", "ok"
        if is_unplaced(photo, self.observations):
            return _("Oplacerat"), icon_named("state", "unplaced"), "warn"
        return between_stops(self.area, photo.position), icon_named("nav", "plan"), "plain"

    def state(self, photo: Photo) -> tuple[str, str]:
        """What is wrong with it: words and icon; two empty texts where nothing is."""
        if not is_hash(photo.thumb):
            return _("Kan inte visas"), icon_named("state", "photo_blocked")
        if photo.id in self.lacking:
            return _("Filen saknas här"), icon_named("state", "missing")
        return (_("Skadad"), icon_named("state", "warn")) if photo.damaged is True else ("", "")

    def place_words(self, photo: Photo) -> str:
        """Stopp 4, Lekplatsen; where it has none, what is known."""
        stop = self.stop(photo)
        if stop is not None:
            return stop_title(self.numbers.get(stop.id, ""), stop)
        if is_unplaced(photo, self.observations):
            return _("Oplacerat")
        return between_stops(self.area, photo.position)

    def cell(self, photo: Photo) -> Cell:
        """A photo in a grid."""
        source, belongs, state = self.source(photo), self.belongs(photo), self.state(photo)
        time = clock_words(photo.taken_at, self.zone) or _("tid saknas")
        owner = self.shows(photo)
        parts = (
            self.title(photo),
            time,
            self.called(owner) if owner is not None else "",
            self.place_words(photo),
            source[1],
            state[0],
            str(photo.name),
            _(PRACTISED) if photo.id in self.practised else "",
        )
        if photo.id in self.practised and not state[0]:
            state = practised_chip()[:2]
        spoken = ", ".join(dict.fromkeys(each for each in parts if each))
        thumb = photo.thumb if is_hash(photo.thumb) and photo.id not in self.lacking else ""
        return Cell(photo.id, self.title(photo), str(photo.name), time, source, belongs, thumb, state, spoken=spoken)
