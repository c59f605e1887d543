"""Over a list: that there is something to choose between, and the way there."""

from app.base.words import _
from ui.widgets.button import Button
from ui.widgets.desk import Desk, Place
from ui.widgets.look import icon_named
from ui.widgets.text import Icon, Label, Surface, row
from ui.widgets.words import versions_words


class ClashBanner(Surface):
    """How many things of a walk differ between devices; hidden where none does."""

    def __init__(self, desk: Desk, walk: str) -> None:
        look = desk.look
        super().__init__(look, "warnBg", edge="bottom")
        self._words = Label(look, "", "strong", "warn")
        icon = icon_named("state", "conflict")
        choose = Button(look, _("Granska"), icon, name=_("Granska olika versioner"))
        choose.clicked.connect(lambda: desk.go(Place("review", walk)))
        box = row(Icon(look, icon, "warn"), self._words, choose, spacing=12)
        box.setContentsMargins(16, 8, 16, 8)
        box.setStretch(1, 1)
        self.setLayout(box)

    def say(self, count: int) -> None:
        """So many things are to be chosen between."""
        self.setVisible(count > 0)
        self._words.setText(versions_words(count))
