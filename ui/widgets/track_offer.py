"""Placing photos by a track that came after them: what is offered, and what came of it."""

from collections.abc import Callable, Collection
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.base.words import _, ngettext
from app.domain.records import CameraClock, Observation, Photo, Track, TrackChunk
from app.domain.rules import is_unplaced, is_walked
from app.jobs.placing import place_by_track
from app.queries.photos import within
from app.queries.proposals import right_moments, unknown_clocks
from app.queries.whole import lines
from app.session import Session
from ui.bridge.shelf import Shelf
from ui.widgets.button import Button
from ui.widgets.desk import Desk, Place
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice
from ui.widgets.outcome import tell_outcome
from ui.widgets.text import Icon, Label, Surface, column, row


def waiting(session: Session, shelf: Shelf, scope: str) -> list[Photo]:
    """The photos without a place that a track of the walk can say the place of, by what is known of their clocks."""

    def make() -> list[Photo]:
        observations = {each.id: each for each in shelf.all_of(Observation, scope)}
        photos = shelf.all_of(Photo, scope)
        unplaced = [each for each in photos if is_unplaced(each, observations)]
        tracks = [each for each in shelf.all_of(Track, scope) if is_walked(each)]
        if not (unplaced and tracks):
            return []
        right = right_moments(session, scope, photos)
        return within(unplaced, lines(tracks, shelf.all_of(TrackChunk, scope)), right)

    return shelf.worked_out("waiting", scope, (Photo, CameraClock, Observation, Track, TrackChunk), make)


def offer_words(count: int) -> str:
    """Why they can be placed."""
    words = ngettext(
        "{n} foto utan plats togs medan spåret gicks.", "{n} foton utan plats togs medan spåret gicks.", count
    )
    return words.format(n=count)


def clock_warning(desk: Desk, scope: str, photos: Collection[Photo]) -> str:
    """That nobody knows how the clocks go by which these would be placed; "" where it is known."""
    shelf, ids = desk.shelf, {each.id for each in photos}
    unknown = unknown_clocks(desk.session, scope, shelf.all_of(Photo, scope), ids)
    if not unknown:
        return ""
    named = [each for each in unknown if each]
    if len(named) != len(unknown):
        return _("Ingen vet om kamerornas klockor går rätt. Se förslaget först.")
    return _("Ingen vet om klockan i {camera} går rätt. Se förslaget först.").format(camera=", ".join(named))


def place(desk: Desk, scope: str, page: QWidget, photos: Collection[Photo], told: Callable[[Notice], None]) -> None:
    """Place these by the track; what came of it is `told` where the page is still seen, and said where it is not."""
    walk, ids = desk.shelf.walk(scope), {each.id for each in photos}
    if walk is None or not ids:
        return
    run = desk.work(_("Foton placeras"), lambda: place_by_track(desk.session, walk, ids))
    asked = len(ids)
    # Elsewhere one may be in another walk, whose last change an undo would take.
    tell_outcome(
        run, page, lambda n: told(_outcome(asked, n)), lambda n: desk.say(replace(_outcome(asked, n), undo=False))
    )


def _outcome(asked: int, count: int) -> Notice:
    words = ngettext("{n} foto placerat efter spåret.", "{n} foton placerade efter spåret.", count).format(n=count)
    left = asked - count
    if left:
        more = ngettext("{n} togs i en lucka i spåret.", "{n} togs i en lucka i spåret.", left).format(n=left)
        words = f"{words} {more}" if count else more
    return Notice(words, icon_named("source", "track"), undo=bool(count))


class TrackOffer(Surface):
    """Says how many photos the track can place, and places them by a press: `told(notice)` when it is done. Not seen
    where there are none."""

    told = Signal(object)

    def __init__(self, desk: Desk, scope: str, *, beside: bool = False) -> None:
        """`beside`: there is room for the button beside the words."""
        super().__init__(desk.look, "infoBg", line="info", radius=10)
        self._desk, self._scope = desk, scope
        self._photos: list[Photo] = []
        self._named = ""
        self._words = Label(desk.look, "")
        self.button = Button(desk.look, _("Placera efter spåret"), icon_named("source", "track"))
        self.button.clicked.connect(self._place)
        words = row(Icon(desk.look, icon_named("source", "track"), "info"), self._words, spacing=10)
        words.setStretch(1, 1)
        box: QBoxLayout = row(margin=12, spacing=10) if beside else column(margin=12, spacing=10)
        box.addLayout(words, 1)
        self.look_first = Button(desk.look, _("Se förslaget"), "eye-outline", name=_("Se förslaget innan något ändras"))
        self.look_first.clicked.connect(lambda _on: desk.go(Place("placement", scope, self._named)))
        box.addWidget(self.look_first)
        box.addWidget(self.button)
        self.setLayout(box)
        self.hide()

    def refresh(self, among: Collection[str] | None = None) -> None:
        """Show what is so now; of the photos `among` these, where they are given."""
        found = waiting(self._desk.session, self._desk.shelf, self._scope)
        self._photos = [each for each in found if among is None or each.id in among]
        self._named = ",".join(each.id for each in self._photos)
        warning = clock_warning(self._desk, self._scope, self._photos) if self._photos else ""
        self._words.setText(f"{offer_words(len(self._photos))} {warning}".strip())
        # Where nothing is sure a person looks first: there each photo is said to be doubtful.
        self.button.setVisible(not warning)
        self.setVisible(bool(self._photos))

    def _place(self) -> None:
        # It is hidden itself as soon as they have a place.
        place(self._desk, self._scope, self.parentWidget() or self, self._photos, self.told.emit)
