"""How the cameras' clocks go: what that is reckoned on, and how a person says otherwise, of each camera by itself."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.base.words import _, ngettext
from app.domain.camera_clock import MOST_OFFSET_S, clock_words, nameless, unknown_sentence
from app.queries.proposals import Proposal
from ui.widgets.button import Button
from ui.widgets.fields import ChoiceField, SegmentField, whole_field
from ui.widgets.flow import FlowGrid
from ui.widgets.look import Look, icon_named
from ui.widgets.text import Icon, Label, Surface, column, held, row

BESIDE = 700
KNOWN, RIGHT, AHEAD, BEHIND = "known", "right", "ahead", "behind"
"""What a person says of the clock: as it is reckoned, right, or so much wrong."""


def reckoned_words(found: Proposal) -> tuple[str, str]:
    """How the clock goes and on what that is reckoned; of several cameras each in a line of its own."""
    clocks, unknown = [*found.clocks.values()], found.unknown
    if not clocks and len(unknown) <= 1:
        advice = _("Inget foto säger något annat. Fotografera klocksidan med kameran för att få veta.")
        return _("Kamerans klocka räknas som rätt"), advice
    if len(clocks) == 1 and not unknown:
        return clock_words(clocks[0].seconds), _reckoned(clocks[0].photos, clocks[0].said)
    head = _("Kamerornas klockor räknas som rätta") if not clocks else _("Så går kamerornas klockor")
    return head, "\n".join([*(each.sentence for each in clocks), *map(unknown_sentence, unknown)])


def _reckoned(photos: int, said: bool) -> str:
    if said:
        return _("Så som du har sagt.")
    if not photos:
        return _("Räknat på foto av klocksidan")
    words = ngettext(
        "Räknat på {n} foto som har både plats och tid", "Räknat på {n} foton som har både plats och tid", photos
    )
    return words.format(n=photos)


class ClockFields(QWidget):
    """By how much the camera's clock is wrong, as a person says it: `said(seconds)` to add to it; None: as it is
    reckoned."""

    said = Signal(object)

    def __init__(self, look: Look, offset_s: float | None, hint: str = "", *, reckons: bool = True) -> None:
        """`reckons`: there is something reckoned to choose instead."""
        super().__init__()
        choices = [
            *([(KNOWN, _("Som det är räknat"))] if reckons else []),
            (RIGHT, _("Går rätt")),
            (AHEAD, _("Går före")),
            (BEHIND, _("Går efter")),
        ]
        self.way = SegmentField(look, _("Kamerans klocka"), choices, hint, least=144)
        self.hours, self.minutes = whole_field(look, _("Timmar")), whole_field(look, _("Minuter"))
        self.seconds = whole_field(look, _("Sekunder"))
        self._amount = FlowGrid(look, [self.hours, self.minutes, self.seconds], least=120, most=3, spacing=look.gap)
        self._values: dict[str, int] = {}
        self._way = KNOWN
        for name in ("hours", "minutes", "seconds"):
            getattr(self, name).changed.connect(lambda value, name=name: self._counted(name, value))
        self.way.changed.connect(self._chosen)
        self.setLayout(column(self.way, self._amount, spacing=10))
        self.show_said(offset_s)

    def show_said(self, offset_s: float | None) -> None:
        """Show what is said of a clock; None: nothing."""
        whole = round(abs(offset_s or 0.0))
        self._values = {"hours": whole // 3600, "minutes": whole // 60 % 60, "seconds": whole % 60}
        self._way = KNOWN if offset_s is None else RIGHT if not whole else AHEAD if offset_s < 0 else BEHIND
        for name, value in self._values.items():
            getattr(self, name).show_anew(value or None)
        self.way.show_value(self._way)
        self._amount.setVisible(self._way in (AHEAD, BEHIND))

    def _chosen(self, way: str) -> None:
        self._way = way
        self._amount.setVisible(way in (AHEAD, BEHIND))
        self._tell()

    def _counted(self, name: str, value: int | None) -> None:
        self._values[name] = value or 0
        self._tell()

    def _tell(self) -> None:
        count = self._values
        amount = float(3600 * count["hours"] + 60 * count["minutes"] + count["seconds"])
        too_much = amount > MOST_OFFSET_S
        self.hours.refuse(_("Så fel går ingen kamera.") if too_much else "")
        # Who has not yet said by how much has said nothing, and not that it goes right.
        says = (amount > 0 and not too_much) or self._way == RIGHT
        self.said.emit({RIGHT: 0.0, AHEAD: -amount, BEHIND: amount}.get(self._way) if says else None)

    def flush(self) -> None:
        """Take in what is still being typed."""
        for field in (self.hours, self.minutes, self.seconds):
            field.flush()


class ClockCard(Surface):
    """Says how the clocks go. `said(seconds by camera)`: what a person says is to be added to each; `showing()`: the
    clock page is asked for."""

    said = Signal(object)
    showing = Signal()

    def __init__(self, look: Look, said: Mapping[str, float]) -> None:
        super().__init__(look, "raised", line="hair", radius=10)
        self._look, self._said = look, dict(said)
        self._camera = next(iter(said), "")
        self._cameras = [self._camera]
        self._words, self._detail = Label(look, "", "strong"), Label(look, "", "meta", "text2")
        self.change = Button(look, _("Ändra"), icon_named("action", "edit"), name=_("Ändra hur kamerans klocka går"))
        self.change.setCheckable(True)
        self.page = Button(look, _("Klocksidan"), "clock-outline", name=_("Visa klocksidan, att fotografera"))
        self.page.clicked.connect(self.showing)
        self.which = ChoiceField(look, _("Vilken kamera?"), ())
        self.which.changed.connect(lambda place: self._choose(self._cameras[place]))
        self.fields = ClockFields(look, self._said.get(self._camera))
        self.fields.said.connect(self._say_of_clock)
        self._saying = held(column(self.which, self.fields, spacing=10))
        self._saying.hide()
        self.change.toggled.connect(self._saying.setVisible)
        words = column(self._words, self._detail, spacing=2)
        told = row(Icon(look, "clock-outline", "text2"), held(words), spacing=12)
        told.setStretch(1, 1)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setContentsMargins(0, 0, 0, 0)
        self._top.setSpacing(10)
        self._top.addWidget(held(told), 1)
        self._top.addWidget(held(row(self.change, self.page, 1, spacing=look.gap)))
        self.setLayout(column(held(self._top), self._saying, margin=12, spacing=10))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons stand beside the words where there is room."""
        way = QBoxLayout.Direction
        beside = event.size().width() / self._look.scale >= BESIDE
        self._top.setDirection(way.LeftToRight if beside else way.TopToBottom)
        super().resizeEvent(event)

    def show_found(self, found: Proposal) -> None:
        """Say what is reckoned."""
        words, detail = reckoned_words(found)
        self._say(words, detail)
        self._offer(found)

    def _offer(self, found: Proposal) -> None:
        """The cameras of which something can be said; those first of which nobody knows anything. What is being said of
        one goes on."""
        cameras = list(dict.fromkeys((*found.unknown, *found.clocks, *self._said)))
        if self._camera not in cameras and not self.change.isChecked():
            self._choose(next(iter(cameras), ""))
        self._cameras = cameras if self._camera in cameras else [self._camera, *cameras]
        self.which.offer([(place, each or nameless()) for place, each in enumerate(self._cameras)])
        self.which.show_value(self._cameras.index(self._camera))
        self.which.setVisible(len(self._cameras) > 1)

    def _choose(self, camera: str) -> None:
        if camera != self._camera:
            self.fields.flush()
            self._camera = camera
            self.fields.show_said(self._said.get(camera))

    def _say_of_clock(self, seconds: float | None) -> None:
        """A person says of the clock of the camera that is chosen how it goes, or nothing any longer."""
        others = {camera: said for camera, said in self._said.items() if camera != self._camera}
        self._said = others if seconds is None else {**others, self._camera: seconds}
        self.said.emit(dict(self._said))

    def show_reckoning(self) -> None:
        """Say that what is reckoned on is being worked out anew."""
        self._say(_("Räknar ut var fotona togs …"), "")

    def _say(self, words: str, detail: str) -> None:
        self._words.setText(words)
        self._detail.setText(detail)
