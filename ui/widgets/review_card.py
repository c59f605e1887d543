"""One thing that is gone through after a walk, with what settles it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import N_, _
from app.commands.noting import alarm, rate
from app.commands.records import set_fields
from app.domain.records import Observation, Photo, Stop
from app.domain.rules import is_unplaced, severity_of
from app.domain.values import Alarm, Severity, label_of
from app.queries.history import clash_of
from app.queries.incomplete import Lack
from app.queries.photos import awaited
from app.queries.review import Gap, Group, Item
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.compare import Compare
from ui.widgets.desk import Desk, Place
from ui.widgets.flow import Flow, FlowGrid
from ui.widgets.lacks import CHIPS
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice
from ui.widgets.paint import CARD_RADIUS
from ui.widgets.photo_strip import Shot, Thumb
from ui.widgets.rehearsed import only_practised
from ui.widgets.review_rows import Inbox
from ui.widgets.severity_chooser import SeverityChooser
from ui.widgets.text import Icon, Label, Surface, column, held, row
from ui.widgets.things import stop_title
from ui.widgets.words import clock_words

MOST_PHOTOS = 8
"""So many thumbnails are enough to know which photos are meant."""

CALLS = (
    (Alarm.SOS, N_("Vi har ringt 112")),
    (Alarm.ONCALL, N_("Vi har ringt jouren")),
    (Alarm.REPORTED, N_("Felanmäld")),
)


class ReviewCard(QWidget):
    """What an item is about and what can be done with it. `acts` are pressed by the keys 1, 2, 3, 4."""

    def __init__(self, desk: Desk, inbox: Inbox, item: Item) -> None:
        super().__init__()
        self.desk, self.look, self.item = desk, desk.look, item
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self._acts: list[Button] = []
        self.shown: object = self.said(inbox)

    @staticmethod
    def of(desk: Desk, inbox: Inbox, item: Item) -> "ReviewCard":
        """The card for an item."""
        if item.group == Group.VERSIONS:
            return VersionsCard(desk, inbox, item)
        if item.group == Group.DANGER:
            return DangerCard(desk, inbox, item)
        return GapCard(desk, inbox, item) if item.about == Gap.LACKS else PhotosCard(desk, inbox, item)

    def said(self, inbox: Inbox) -> object:
        """What it shows; while that stays the same, so does the card."""
        return inbox.record(self.item), inbox.lacks(self.item), self.item, inbox.things.numbers

    def goes_on(self, inbox: Inbox) -> bool:
        """Show what is so now. Returns whether that can be shown in this card."""
        return self.said(inbox) == self.shown

    def acts(self) -> list[Button]:
        """What settles it, in the order in which it is read."""
        return self._acts

    def flush(self) -> None:
        """Keep what is being typed."""

    def framed(self, icon: str, role: str, title: str, *parts: QWidget) -> None:
        """An icon, a title, and what belongs under it."""
        surface = Surface(self.look, "surface", line=role, radius=CARD_RADIUS)
        head = row(Icon(self.look, icon, role, 28), Label(self.look, title, "h3"), spacing=12)
        head.setStretch(1, 1)
        box = QVBoxLayout(surface)
        box.setContentsMargins(16, 14, 16, 16)
        box.setSpacing(12)
        box.addLayout(head)
        for each in parts:
            box.addWidget(each)
        surface.setAccessibleName(title)
        self.body.addWidget(surface)

    def act(self, word: str, icon: str, about: str, does: Callable[[], object]) -> Button:
        """A button that settles it, or leads to where that is done."""
        button = Button(self.look, word, icon, name=f"{word}: {about}" if about else word)
        button.clicked.connect(lambda _on: does())
        self._acts.append(button)
        return button

    def flow(self, *widgets: QWidget) -> QWidget:
        """Widgets beside each other, as many as there is room for."""
        box = Flow(self.look.gap)
        for each in widgets:
            box.addWidget(each)
        return held(box)

    def told(self, inbox: Inbox, seen: Observation) -> QWidget:
        """What was written, where and when."""
        things = inbox.things
        where = ", ".join(each for each in (things.where(seen), clock_words(seen.observed_at, things.zone)) if each)
        lines = [Label(self.look, str(seen.text))] if str(seen.text or "").strip() else []
        return held(column(*lines, Label(self.look, where, "meta", "text2"), spacing=4))

    def done(self, text: str) -> None:
        """Say what was done."""
        self.desk.say(Notice(text, "check", undo=True))


class VersionsCard(ReviewCard):
    """What devices wrote unaware of each other."""

    def __init__(self, desk: Desk, inbox: Inbox, item: Item) -> None:
        super().__init__(desk, inbox, item)
        about = (item.kind, item.record, item.about)
        self.compare = Compare(desk, inbox.things.zone, inbox.scope, about, inbox.called(item))
        self.body.addWidget(self.compare)
        self.goes_on(inbox)

    def goes_on(self, inbox: Inbox) -> bool:
        """What is being put together stays."""
        conflict, record = inbox.conflict(self.item), inbox.record(self.item)
        if conflict is not None:
            self.compare.show_clash(clash_of(self.desk.session, inbox.scope, conflict), record)
        elif record is not None:
            self.compare.show_settled(record)
        return True

    def acts(self) -> list[Button]:
        """The choices."""
        return self.compare.acts()

    def flush(self) -> None:
        """Keep what is being put together."""
        self.compare.flush()


class DangerCard(ReviewCard):
    """A danger of which nobody has said who was called."""

    def __init__(self, desk: Desk, inbox: Inbox, item: Item) -> None:
        super().__init__(desk, inbox, item)
        seen, called = inbox.record(item), inbox.called(item)
        assert isinstance(seen, Observation)
        why = Label(self.look, _("Ingen har bekräftat att någon larmats."), "strong", "danger")
        calls = [self.act(_(word), "check", called, partial(self._call, seen, code)) for code, word in CALLS]
        opens = self.act(_("Visa larmsidan"), "chevron-right", called,
                         lambda: desk.go(Place("acute", inbox.scope, seen.id)))  # fmt: skip
        parts = (why, self.told(inbox, seen), self.flow(*calls, opens))
        self.framed(icon_named("state", "blocks"), "danger", called, *parts)

    def _call(self, seen: Observation, code: Alarm) -> None:
        if only_practised(self.desk):
            return
        alarm(self.desk.session, seen, code)
        self.done(_("Noterat: {what}.").format(what=_(dict(CALLS)[code])))


class GapCard(ReviewCard):
    """What an observation lacks; the most urgent of it can be put right here."""

    def __init__(self, desk: Desk, inbox: Inbox, item: Item) -> None:
        super().__init__(desk, inbox, item)
        self._inbox, self._called = inbox, inbox.called(item)
        seen = inbox.record(item)
        assert isinstance(seen, Observation)
        lacks = inbox.lacks(item)
        chips = [Chip(self.look, _(CHIPS[each][0]), icon_named("state", CHIPS[each][1]), CHIPS[each][2])
                 for each in lacks]  # fmt: skip
        parts = [self.told(inbox, seen), self.flow(*chips)]
        photos = [each for each in inbox.things.photos_of(seen) if each.thumb]
        if photos:
            parts.append(self.flow(*(_thumb(desk, inbox, each) for each in photos[:MOST_PHOTOS])))
        parts += self._mends(seen, lacks[0])
        self.framed(icon_named("state", "missing"), "warn", self._called, *parts)

    def _mends(self, seen: Observation, lack: Lack) -> list[QWidget]:
        if lack == Lack.SEVERITY:
            return self._ratings(seen)
        if lack == Lack.PLACE:
            stops = [self._stop(seen, each) for each in self._inbox.things.stops]
            other = self.act(_("Sätt på kartan"), icon_named("action", "map"), self._called,
                             lambda: self._go("observation", seen, "place"))  # fmt: skip
            return [FlowGrid(self.look, [*stops, other], least=220, most=2, spacing=self.look.gap)]
        word, icon, part = (
            (_("Välj kategori"), "tag-outline", "")
            if lack == Lack.CATEGORY
            else (_("Skriv text"), icon_named("action", "edit"), "text")
        )
        return [self.flow(self.act(word, icon, self._called, lambda: self._go("observe", seen, part)))]

    def _go(self, page: str, seen: Observation, part: str) -> None:
        self.desk.go(Place(page, seen.scope, seen.id, part))

    def _ratings(self, seen: Observation) -> list[QWidget]:
        severity = severity_of(seen)
        chooser = SeverityChooser(self.look, self.desk.shelf.checklist)
        chooser.show_severity(severity, suggested=True)
        chooser.chosen.connect(lambda said: self._rate(seen, said))
        if severity is None:
            return [chooser]
        word = _("{severity} stämmer").format(severity=label_of(severity))
        return [self.flow(self.act(word, "check", self._called, lambda: self._rate(seen, severity))), chooser]

    def _rate(self, seen: Observation, severity: Severity) -> None:
        rate(self.desk.session, seen, severity)
        self.done(_("Allvar {n} för {what}.").format(n=severity.value, what=self._called.rstrip(".")))

    def _stop(self, seen: Observation, stop: Stop) -> Button:
        number = self._inbox.things.numbers.get(stop.id, "")
        return self.act(stop_title(number, stop), "", self._called, lambda: self._place(seen, stop, number))

    def _place(self, seen: Observation, stop: Stop, number: str) -> None:
        set_fields(self.desk.session, seen, {"stop": stop.id})
        self.done(_("{what} är placerad vid stopp {n}.").format(what=self._called.rstrip("."), n=number))


class PhotosCard(ReviewCard):
    """Photos of which nobody knows the place, or whose pictures are on another device."""

    def __init__(self, desk: Desk, inbox: Inbox, item: Item) -> None:
        super().__init__(desk, inbox, item)
        unplaced = item.about == Gap.UNPLACED
        photos = _photos(desk, inbox, item)
        thumbs = self.flow(*(_thumb(desk, inbox, each) for each in photos[:MOST_PHOTOS]))
        if unplaced:
            why = _("Ett foto utan plats står sist i protokollet. Välj ett stopp, eller tryck på kartan.")
            ids = ",".join(each.id for each in photos)
            act = self.act(_("Placera foton"), icon_named("state", "unplaced"), "",
                           lambda: desk.go(Place("photos", inbox.scope, ids, "place")))  # fmt: skip
        else:
            why = _("Protokollet visar dem när de har kommit hit.")
            act = self.act(_("Hämta från andra plattor"), icon_named("nav", "devices"), "",
                           lambda: desk.go(Place("devices", inbox.scope)))  # fmt: skip
        title = next(each.title for each in inbox.rows() if each.key == item.key)
        icon = icon_named("state", "unplaced") if unplaced else "image-off-outline"
        self.framed(icon, "warn", title, Label(self.look, why), thumbs, self.flow(act))


def _photos(desk: Desk, inbox: Inbox, item: Item) -> list[Photo]:
    photos, seen = desk.shelf.all_of(Photo, inbox.scope), {each.id: each for each in inbox.things.observations}
    if item.about == Gap.UNPLACED:
        return [each for each in photos if is_unplaced(each, seen)]
    absent = awaited(desk.session, photos)
    return [each for each in photos if each.id in absent]


def _thumb(desk: Desk, inbox: Inbox, photo: Photo) -> Thumb:
    thumb = Thumb(desk.look, desk.pictures, Shot.of(photo, inbox.things.numbers.get(photo.id, "")))
    thumb.clicked.connect(lambda _on: desk.go(Place("photo", inbox.scope, photo.id)))
    return thumb
