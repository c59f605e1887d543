"""The last step of noting: photo, how serious, and what may be added now or later."""

from collections.abc import Sequence

from PySide6.QtCore import QMargins, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.base.words import _
from app.domain.records import Observation
from app.domain.rules import LIGHTING_CATEGORY, POSITIVE_CATEGORY, WITHOUT_SEVERITY, is_only_suggested, severity_of
from app.domain.values import ObservationKind, PositionSource, Severity, known, label_of
from ui.bridge.media import media_of
from ui.widgets.chip import Chip
from ui.widgets.desk import Desk
from ui.widgets.fields import PLACE_NOT_PEOPLE, TextField
from ui.widgets.form import RecordForm
from ui.widgets.live_view import LiveView
from ui.widgets.look import icon_named
from ui.widgets.noting import Spot
from ui.widgets.photo_area import PhotoArea
from ui.widgets.rehearsed import is_played
from ui.widgets.severity_chooser import SeverityChooser
from ui.widgets.split import Split
from ui.widgets.text import Label, column, held, row
from ui.widgets.things import Things
from ui.widgets.tile import MarkedRow

BESIDE_FROM = 900
MARGINS, BETWEEN = QMargins(16, 14, 16, 14), 12
SEEN_THROUGH = 420
"""From this effective height on there is room for the camera's picture above the severities."""
ROW = 64


class SeverityStep(QWidget):
    """Shows an observation and what is still to be said of it. `photo_wanted`, `lamp_wanted`, `rated(severity)` and
    `text_opened` are emitted by presses; the text is written by itself, as it is typed."""

    photo_wanted = Signal()
    lamp_wanted = Signal()
    text_opened = Signal()
    rated = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.look = desk, desk.look
        self.photos = PhotoArea(self.look, desk.pictures)
        self.photos.pressed.connect(self.photo_wanted)
        # Seen through until there is a photo, and as long as there is a camera.
        self._media = media_of(desk.runner)
        self.live = LiveView(desk) if self._media.sees else None
        if self.live is not None:
            self.live.hide()
        self._asked = Label(self.look, _("Hur allvarligt?"), "h3")
        self._asked.setWordWrap(False)
        self._suggested = Label(self.look, "", "meta", "info")
        head = row(self._asked, self._suggested, spacing=16)
        head.setStretch(1, 1)
        self._head = held(head)
        self.chooser = SeverityChooser(self.look, desk.shelf.checklist)
        self.chooser.chosen.connect(self.rated)
        self.lamp = MarkedRow(self.look, "", "post-lamp", least=ROW)
        self.lamp.clicked.connect(self.lamp_wanted)
        self.open_text = MarkedRow(
            self.look, _("Egna ord?"), "text-box-outline", detail=_("Kan skrivas nu eller sen"), least=ROW
        )
        self.open_text.clicked.connect(self._open)
        self.text = TextField(self.look, _("Egna ord"), _(PLACE_NOT_PEOPLE), lines=2)
        self.form = RecordForm(desk, Observation, ("text",), editors={"text": self.text})
        self._lay_out()
        self._media.changed.connect(self._fit_pictures)

    def _lay_out(self) -> None:
        panel = QWidget()
        box = QVBoxLayout(panel)
        box.setContentsMargins(MARGINS)
        box.setSpacing(BETWEEN)
        for each in (self._head, self.chooser, self.lamp, self.open_text, self.form):
            box.addWidget(each)
        box.addStretch(1)
        self.form.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        shares = ((3, 5), (1, 0))
        self._pictures = held(column(*(each for each in (self.live, self.photos) if each is not None), spacing=0))
        # At the top, where it is seen; it grows as far as it may before the gap does.
        first = column(self._pictures, 1, spacing=0)
        first.setStretch(0, 1000)
        whole.addWidget(Split(self.look, held(first), panel, beside_from=BESIDE_FROM, shares=shares, spacing=0))

    def _fit_pictures(self) -> None:
        """A picture is no higher than what is seen at once. Where that is little, photos leave room to the question how
        serious it is, and one does not see through the camera above it: *Ta foto* leads to the camera's own page."""
        seen: QWidget | None = self.parentWidget()
        while seen is not None and not isinstance(seen, QScrollArea):
            seen = seen.parentWidget()
        room = seen.viewport().height() if isinstance(seen, QScrollArea) else self.height()
        self._pictures.setMaximumHeight(max(room, 1))
        beside = self.width() / self.look.scale >= BESIDE_FROM
        self.photos.leave_room(room if beside or self.chooser.isHidden() else max(1, room - self._question()))
        if self.live is not None:
            self.photos.setVisible(self.photos.has_any or not self._media.sees)
            self.live.setVisible(self.photos.isHidden() and (beside or room / self.look.scale >= SEEN_THROUGH))

    def _question(self) -> int:
        """How high the question and the first row of its answers are, with what is around them."""
        width = self.width() - MARGINS.left() - MARGINS.right()
        asked = max(self._asked.sizeHint().height(), self._head.heightForWidth(width))
        return MARGINS.top() + asked + BETWEEN + self.chooser.first_row(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another room for the pictures."""
        super().resizeEvent(event)
        self._fit_pictures()

    def sizeHint(self) -> QSize:
        """As its parts ask."""
        return QSize(480, super().sizeHint().height())

    def _open(self) -> None:
        self.show_text()
        self.text.editor.setFocus()
        self.text_opened.emit()

    def show_text(self) -> None:
        """Show the field for one's own words."""
        self.open_text.hide()
        self.form.show()

    def show_observation(self, things: Things, observation: Observation, spot: Spot) -> None:
        """Show what is so now."""
        photos = things.photos_of(observation)
        self.photos.show_photos(photos)
        if self.live is not None:
            self.live.where = spot.short_words()
        self.photos.show_chips(self._chips(observation, spot))
        severity, suggested = severity_of(observation), is_only_suggested(observation)
        asked = observation.kind not in WITHOUT_SEVERITY and observation.category != POSITIVE_CATEGORY
        self.chooser.show_severity(severity, suggested=suggested)
        self.chooser.setVisible(asked)
        self._head.setVisible(asked)
        text = _("Föreslaget: {n} {word}. Tryck för att ändra.")
        said = text.format(n=severity.value, word=label_of(severity)) if suggested and severity is not None else ""
        self._suggested.setText(said)
        self._fit_pictures()
        self._show_lamp(observation)
        if known(observation.text, str) and self.form.isHidden():
            self.show_text()
        self.form.show_record(observation)

    def _show_lamp(self, observation: Observation) -> None:
        tag = known(observation.asset_tag, str) or ""
        self.lamp.setVisible(observation.category == LIGHTING_CATEGORY)
        text = _("Stolpe {tag}").format(tag=tag) if tag else _("Stolpnummer?")
        detail = _("Lampans formulär") if tag else _("Kan fyllas i nu eller sen")
        if (text, detail) != (self.lamp.text(), self.lamp.detail):
            self.lamp.setText(text)
            self.lamp.detail = detail
            self.lamp.setAccessibleName(f"{text} {detail}")
            self.lamp.update()

    def _chips(self, observation: Observation, spot: Spot) -> Sequence[Chip]:
        """Where it is, how the position is known, whether devices disagree."""
        found = [Chip(self.look, spot.short_words(), "map-marker")]
        source = known(observation.position_source, PositionSource) or PositionSource.NONE
        words = label_of(source)
        metres = known(observation.accuracy_m, float)
        accuracy = f" ±{max(1, round(metres))}\N{NO-BREAK SPACE}m" if metres is not None else ""
        said, kind = f"{words[:1].upper()}{words[1:]}{accuracy}", "plain"
        if observation.stale is True:
            said, kind = _("Gammalt läge{accuracy}").format(accuracy=accuracy), "warn"
        if is_played(self.desk, observation):
            said, kind = _("Övning: läget spelas upp"), "warn"
        found.append(Chip(self.look, said, icon_named("source", source.value), kind))
        if observation.kind == ObservationKind.POSITIVE:
            found.append(Chip(self.look, label_of(Severity.GOOD), "heart", "info"))
        if any(each.id == observation.id for each in self.desk.shelf.conflicts(observation.scope)):
            found.append(Chip(self.look, _("Olika versioner"), icon_named("state", "conflict"), "warn"))
        return found
