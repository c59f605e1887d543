"""What is known of a photo and how, in sentences."""

from collections.abc import Iterator
from datetime import datetime

from app.base.words import N_, _, clock_sign
from app.domain.records import Photo
from app.domain.values import Position, known, label_of
from app.queries.photos import original_size
from app.queries.proposals import right_moments
from app.session import Session
from ui.widgets.photo_words import Photos
from ui.widgets.words import exact_words, local, size_words

QUARTERS = (
    N_("mot norr"), N_("mot nordost"), N_("mot öster"), N_("mot sydost"),
    N_("mot söder"), N_("mot sydväst"), N_("mot väster"), N_("mot nordväst"),
)  # fmt: skip
NOTICED_S = 5
"""A camera's clock that is wrong by less is right."""


def taken_words(photo: Photo, zone: object) -> str:
    """When it was taken and how that is known."""
    if not isinstance(photo.taken_at, datetime):
        return _("Tiden är okänd.")
    there = local(photo.taken_at, zone)
    when = there.strftime(f"%Y-%m-%d %H{clock_sign()}%M{clock_sign()}%S")
    return _("{when}, {how}.").format(when=when, how=label_of(photo.taken_at_source))


def clock_words(session: Session, photos: Photos, photo: Photo) -> str:
    """What the camera's own gps said of its clock, and when it was taken by a right one; "" where the camera's was
    right or nothing is known of it."""
    error, said = known(photo.clock_error_s, float) or 0.0, []
    if abs(error) >= NOTICED_S:
        words = _("Kamerans klocka går {n} s före sin egen gps.") if error > 0 else None
        said.append((words or _("Kamerans klocka går {n} s efter sin egen gps.")).format(n=round(abs(error))))
    right = right_moments(session, photo.scope, photos.every).get(photo.id)
    if right is not None:
        said.append(_("Med rätt klocka: {time}.").format(time=exact_words(right, photos.zone)))
    return " ".join(said)


def place_words(photo: Photo, photos: Photos) -> str:
    """Where it was taken and how that is known."""
    said = [photos.place_words(photo), photos.source(photo)[1].lower()]
    accuracy = known(photo.accuracy_m, float)
    if accuracy and isinstance(photo.position, Position):
        said.append(f"±{round(accuracy)}\N{NO-BREAK SPACE}m")
    return ", ".join(said) + "."


def direction_words(photo: Photo) -> str:
    """Which way the camera looked; "" where that is not known."""
    degrees = known(photo.direction_deg, float)
    if degrees is None:
        return ""
    way = _(QUARTERS[round(degrees / 45) % 8])
    magnetic = _(", enligt kompassen") if photo.direction_ref == "M" else ""
    return f"{way[0].upper()}{way[1:]}, {round(degrees) % 360}°{magnetic}."


def file_words(photo: Photo) -> str:
    """What the camera's file is."""
    said = [str(photo.name), str(photo.format)]
    if isinstance(photo.width, int) and isinstance(photo.height, int):
        said.append(f"{photo.width} × {photo.height}")
    if photo.camera:
        said.append(str(photo.camera))
    return ", ".join(each for each in said if each) + "."


def original_words(session: Session, photo: Photo) -> str:
    """Whether the camera's own file lies here."""
    size = original_size(session, photo)
    if size is None:
        return _("Finns inte på den här enheten. Synka med den som har det.")
    return _("Sparat oförändrat här, {size}.").format(size=size_words(size))


def facts_of(session: Session, photos: Photos, photo: Photo) -> Iterator[tuple[str, str]]:
    """Label and sentence, one after the other."""
    clock = clock_words(session, photos, photo)
    yield _("Tagen"), " ".join(each for each in (taken_words(photo, photos.zone), clock) if each)
    if photo.id in photos.practised:
        yield _("Övning"), _("Den togs under en övning.")
    yield _("Plats"), place_words(photo, photos)
    owner = photos.shows(photo)
    if owner is not None:
        yield _("Visar"), photos.called(owner) + "."
    yield _("Riktning"), direction_words(photo) or _("Okänd.")
    yield _("Fil"), file_words(photo)
    yield _("Original"), original_words(session, photo)
