"""The map files of this device: which there are, one more, one less."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.errors import GatljusError
from app.base.words import _, decimal_sign
from app.domain.geo import distance_m
from app.domain.values import Position
from app.jobs.maps import MapFile, add_map, own_maps, remove_map
from ui.bridge.runner import Failure
from ui.widgets.button import Button
from ui.widgets.desk import Desk
from ui.widgets.flow import Flow
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice
from ui.widgets.text import Icon, Label, column, held, row
from ui.widgets.words import metres, size_words


def covers_words(file: MapFile) -> str:
    """3,2 km × 2,4 km kring 60,172 N, 24,944 O."""
    bounds = file.info.bounds
    middle = Position((bounds.south + bounds.north) / 2, (bounds.west + bounds.east) / 2)
    across = distance_m(Position(middle.lat, bounds.west), Position(middle.lat, bounds.east))
    down = distance_m(Position(bounds.south, middle.lon), Position(bounds.north, middle.lon))
    north = _("{lat} N") if middle.lat >= 0 else _("{lat} S")
    east = _("{lon} O") if middle.lon >= 0 else _("{lon} V")
    where = f"{north.format(lat=_degrees(middle.lat))}, {east.format(lon=_degrees(middle.lon))}"
    return _("{across} × {down} kring {where}").format(across=metres(across), down=metres(down), where=where)


def _degrees(value: float) -> str:
    return f"{abs(value):.3f}".replace(".", decimal_sign())


class MapFiles(QWidget):
    """A row for each map, a button for one more, and where maps come from."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        look = desk.look
        hint = _(
            "En karta är en MBTiles-fil med bilder över orten. Kommunens kartenhet kan göra en, eller du själv i QGIS "
            "med verktyget Generate XYZ tiles (MBTiles)."
        )
        add = Button(look, _("Lägg till karta"), "map-plus")
        add.clicked.connect(lambda _on: add_maps(desk, self))
        buttons = QWidget()
        flow = Flow(10, buttons)
        flow.addWidget(add)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(14)
        for each in desk.tiles.files:
            box.addWidget(self._row(each))
        box.addWidget(buttons)
        box.addWidget(Label(look, hint, "meta", "text2"))

    def _row(self, file: MapFile) -> QWidget:
        look, info = self._desk.look, file.info
        own = file.path.parent == own_maps(self._desk.session)
        facts = [covers_words(file), size_words(file.path.stat().st_size) if file.path.exists() else ""]
        if not own:
            facts.append(_("följer med programmet"))
        lines = [Label(look, info.name, "strong"), Label(look, ", ".join(filter(None, facts)))]
        lines.append(Label(look, info.attribution or _("Ingen källa angiven"), "meta", "text2"))
        words = row(Icon(look, "map-outline", "text2"), held(column(*lines, spacing=2)), spacing=12)
        words.setStretch(1, 1)
        if not own:
            return held(words)
        remove = Button(
            look, _("Ta bort"), icon_named("action", "delete"), kind="quiet",
            name=_("Ta bort kartan {name}").format(name=file.path.stem),
        )  # fmt: skip
        remove.clicked.connect(lambda: self._remove(file))
        both = column(held(words), spacing=4)
        both.addWidget(remove, 0, Qt.AlignmentFlag.AlignLeft)
        return held(both)

    def _remove(self, file: MapFile) -> None:
        desk = self._desk
        # A file that is open cannot be removed everywhere.
        desk.tiles.stop()
        try:
            remove_map(desk.session, file)
        except GatljusError as error:
            desk.rebuild()
            desk.fail(Failure.of(error))
            return
        desk.rebuild()
        desk.say(Notice(_("Kartan {name} togs bort.").format(name=file.info.name), icon_named("action", "delete")))


def add_maps(desk: Desk, parent: QWidget) -> None:
    """Ask for map files and take them in; everything is shown anew with each."""
    for path in desk.choose_files(parent, _("Lägg till karta"), f"{_('Kartor')} (*.mbtiles)"):
        run = desk.work(_("Kartan läggs till"), partial(add_map, desk.session, path))
        run.done.connect(lambda made: _added(desk, made))


def _added(desk: Desk, made: MapFile) -> None:
    desk.rebuild()
    desk.say(Notice(_("Kartan {name} används nu.").format(name=made.info.name), "map-check"))
