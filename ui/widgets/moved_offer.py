"""Photos that the track placed by what turned out to be wrong: that is told, with the way to the proposal."""

from PySide6.QtCore import Qt, Signal

from app.base.words import _, ngettext
from app.domain.records import Photo
from app.domain.values import PositionSource
from app.queries.proposals import to_be_moved
from ui.bridge.lookup import Lookup
from ui.widgets.button import Button
from ui.widgets.desk import Desk, Place
from ui.widgets.look import icon_named
from ui.widgets.text import Icon, Label, Surface, held, row


class MovedOffer(Surface):
    """How many photos lie wrong. Not seen where there are none, or until that is worked out (`is_known`): `told()`."""

    told = Signal()
    is_known = False

    def __init__(self, desk: Desk, scope: str) -> None:
        look = desk.look
        super().__init__(look, "warnBg", line="warn", radius=10)
        self._desk, self._scope = desk, scope
        self._lookup = Lookup(desk.runner, desk.fail, self)
        self._lookup.told.connect(self._told)
        self._words = Label(look, "")
        self._found: list[str] = []
        name = _("Se vart fotona hör innan de flyttas")
        self.look_first = Button(look, _("Se vart de hör"), "eye-outline", name=name)
        self.look_first.clicked.connect(lambda _on: desk.go(Place("placement", scope, ",".join(self._found))))
        words = row(Icon(look, icon_named("state", "warn"), "warn"), self._words, spacing=10)
        words.setStretch(1, 1)
        box = row(held(words), self.look_first, margin=12, spacing=10)
        box.setStretch(0, 1)
        box.setAlignment(self.look_first, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(box)
        self.hide()

    def refresh(self) -> None:
        """Work out anew whether there are any, aside."""
        photos = self._desk.shelf.all_of(Photo, self._scope)
        walk = self._desk.shelf.walk(self._scope)
        if walk is None or not any(each.position_source == PositionSource.TRACK for each in photos):
            self._lookup.drop()
            self._told([])
            return
        session = self._desk.session
        self._lookup.ask(lambda: to_be_moved(session, walk))

    def _told(self, found: list[str]) -> None:
        self.is_known, self._found, count = True, found, len(found)
        words = ngettext(
            "{n} foto som är placerat efter spåret hör någon annanstans, efter det som nu är känt.",
            "{n} foton som är placerade efter spåret hör någon annanstans, efter det som nu är känt.",
            count,
        )
        self._words.setText(words.format(n=count))
        self.setVisible(bool(count))
        self.told.emit()
