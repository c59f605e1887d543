"""A parcel: a .zip that a walk is put into, to be sent."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.base.words import _
from ui.widgets.button import Button
from ui.widgets.desk import Desk
from ui.widgets.words import file_title

ENDING = ".zip"
ICON = "package-variant-closed"


def is_parcel(label: str) -> bool:
    """Whether what people call a target so is a parcel."""
    return label.lower().endswith(ENDING)


def kinds() -> str:
    """The files that are parcels, as a dialog wants to be told."""
    return f"{_('Paket')} (*{ENDING})"


def stopped_words(label: str) -> str:
    """That copying to a target was stopped, and what lies there now."""
    if is_parcel(label):
        return _("Avbrutet. Inget har lagts i paketet.")
    return _("Avbrutet. Det som hann kopieras ligger kvar, resten tas nästa gång.")


def pack_button(desk: Desk, page: QWidget, scope: str, sync: Callable[[str], None]) -> Button:
    """*Lägg i ett paket*: asks where, and then `sync(path)`."""
    button = Button(desk.look, _("Lägg i ett paket (.zip) att skicka"), ICON, least=56)
    button.clicked.connect(partial(_ask, desk, page, scope, sync))
    return button


def _ask(desk: Desk, page: QWidget, scope: str, sync: Callable[[str], None]) -> None:
    walk = desk.shelf.walk(scope)
    name = file_title(str(walk.title or "")) if walk else ""
    said: Path | None = desk.choose_new_file(page, _("Var ska paketet ligga?"), f"{name or 'gatljus'}{ENDING}", kinds())
    if said is not None:
        sync(str(said if is_parcel(said.name) else said.with_name(f"{said.name}{ENDING}")))
