"""One stop of the plan: name, kind of place, description, where it is, its place in the row."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import N_, _
from app.domain.records import Stop
from app.domain.standing import averaged_of, told
from app.domain.values import PlaceType, Position, known, label_of
from ui.widgets.button import Button, only_icon
from ui.widgets.card import Cards
from ui.widgets.desk import Desk
from ui.widgets.fields import ChoiceField
from ui.widgets.flow import FlowGrid
from ui.widgets.form import RecordForm
from ui.widgets.look import icon_named
from ui.widgets.text import Heading, Icon, Surface, row

FIRST, LAST = N_("Stoppet är redan först."), N_("Stoppet är redan sist.")
"""Why a stop can be moved no further."""


class StopPane(QWidget):
    """A form over a stop. `closed`: back to the list; `moves(int)`: one up (−1) or down (1) in the row; `removed`;
    `stands`: the place is to be measured by standing there."""

    closed = Signal()
    moves = Signal(int)
    removed = Signal()
    stands = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        look = self.look = desk.look
        self.stop: Stop | None = None
        self._guide = desk.guide
        self._title = Heading(look, "", "h3")
        close = only_icon(look, _("Stäng stoppet"), "close")
        close.clicked.connect(self.closed)
        self._kind = Icon(look, icon_named("place_type", PlaceType.OTHER.value), "lampInk", 28)
        head = row(self._kind, self._title, close, margin=12, spacing=10)
        head.setStretch(1, 1)
        top = Surface(look, "surface", edge="bottom")
        top.setLayout(head)
        kind = ChoiceField(look, _("Sorts plats"), [(each, label_of(each)) for each in PlaceType])
        names = ("name", "place_type", "description", "position")
        self._form = RecordForm(desk, Stop, names, editors={"place_type": kind})
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(0)
        self.box.addWidget(top)
        self.box.addWidget(Cards(look, self._form, self._acts()), 1)

    def _acts(self) -> QWidget:
        look = self.look
        self._up = Button(look, _("Flytta upp"), "arrow-up")
        self._down = Button(look, _("Flytta ned"), "arrow-down")
        self._stand = Button(look, _("Mät in platsen"), icon_named("action", "follow_me"))
        self._stand.clicked.connect(self.stands)
        # Shown before it has a parent it would be a window of its own.
        self._stand.setParent(self)
        self._guide.turned.connect(self._show_stand)
        self._show_stand()
        remove = Button(look, _("Ta bort stoppet"), icon_named("action", "delete"), kind="quiet")
        self._up.clicked.connect(lambda: self.moves.emit(-1))
        self._down.clicked.connect(lambda: self.moves.emit(1))
        remove.clicked.connect(self.removed)
        acts = [self._up, self._down, self._stand, remove]
        return FlowGrid(look, acts, least=130, most=2, wide=[self._stand, remove])

    def _show_stand(self) -> None:
        """Without a receiver nothing speaks of one."""
        self._stand.setVisible(self._guide.receiver is not None)

    def show_stop(self, stop: Stop, number: str, place: int, count: int) -> None:
        """Show a stop as it was just read: the `place`th of `count`."""
        self.stop = stop
        self._title.setText(_("Stopp {number} av {count}").format(number=number, count=count))
        self._form.show_record(stop)
        kind = known(stop.place_type, PlaceType) or PlaceType.OTHER
        self._kind.name = icon_named("place_type", kind.value)
        self._kind.update()
        placed = isinstance(stop.position, Position)
        hint = _("Dra stoppet på kartan, eller skriv grader.")
        stood = averaged_of(stop)
        if stood is not None:
            hint = _("Inmätt på plats: {said}. {hint}").format(said=told(stood), hint=hint)
        self._form.fields["position"].hint(hint if placed else _("Tryck på kartan där stoppet ligger."))
        _can(self._up, "" if place > 0 else _(FIRST))
        _can(self._down, "" if place < count - 1 else _(LAST))

    def name_it(self) -> None:
        """Go to the name, all of it marked."""
        editor = self._form.fields["name"].editor
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        editor.selectAll()  # type: ignore[attr-defined]

    def flush(self) -> None:
        """Write what is still being typed."""
        self._form.flush()


def _can(button: Button, why_not: str) -> None:
    """A button that cannot do anything now stays where it is and says why."""
    button.kind = "blocked" if why_not else "plain"
    button.setAccessibleDescription(why_not)
    button.setToolTip(why_not)
    button.update()
