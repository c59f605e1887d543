"""The lit button that leads to an observation's photo."""

from app.base.words import _
from ui.bridge.media import media_of
from ui.widgets.button import Button
from ui.widgets.desk import Desk
from ui.widgets.look import icon_named


class PhotoButton(Button):
    """It is called for what it does on this machine, also when a camera comes or goes: without one photos that lie as
    files are chosen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.look, "", kind="primary", least=92, rank="h2", icon_size=36)
        self._media = media_of(desk.runner)
        self._media.changed.connect(self.show_now)
        self.show_now()

    def show_now(self) -> None:
        """Show what a press does."""
        sees = self._media.sees
        self.icon_name = icon_named("action", "shutter") if sees else "image-plus-outline"
        self.setText(_("Ta foto") if sees else _("Välj foton"))
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()
