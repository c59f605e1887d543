"""How far one photo has come: where its change and its files lie, in the words that may be said."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import _
from app.domain.records import Photo
from app.queries.deliveries import Delivery, deliveries, words_of
from ui.bridge.lookup import Lookup
from ui.widgets.desk import Desk
from ui.widgets.look import Look
from ui.widgets.text import Label


class PhotoDelivery(QWidget):
    """*Sparat här. Kopierat till GATLJUS-1. B har bilden i rapportstorlek, originalet är på väg.* It is looked up
    aside, and nothing is said before it is known."""

    def __init__(self, look: Look, desk: Desk) -> None:
        super().__init__()
        self._desk, self._photo = desk, ""
        self._lookup = Lookup(desk.runner, desk.fail, self)
        self._lookup.told.connect(self._tell)
        self._words = Label(look, "")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(Label(look, _("Var den finns"), "meta", "text2"))
        box.addWidget(self._words)
        self.hide()

    def show_photo(self, photo: Photo) -> None:
        """Tell of this photo."""
        if photo.id != self._photo:
            self._photo = photo.id
            self.hide()
        session, scope, one = self._desk.session, photo.scope, photo.id
        self._lookup.ask(lambda: (one, deliveries(session, scope, one).get(one)))

    def _tell(self, told: tuple[str, Delivery | None]) -> None:
        one, found = told
        if one != self._photo:
            return
        words = " ".join(words_of(found)) if found is not None else ""
        self._words.setText(words)
        self.setVisible(bool(words))
