"""The search field and the filters of the observations, each with its value in sight."""

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import _, ngettext
from app.domain.values import ObservationKind, Severity, label_of
from ui.widgets.button import Button
from ui.widgets.desk import Desk
from ui.widgets.fields import ChoiceField
from ui.widgets.flow import FlowGrid
from ui.widgets.look import icon_named
from ui.widgets.search_field import SearchField
from ui.widgets.selection import ALONE, ALONG, CLASHING, DRAFTS, Selection
from ui.widgets.things import Things, stop_title

SEARCH_AFTER_MS = 200


class FilterBar(QWidget):
    """`changed(Selection)` is emitted when a person asks for something else. `folded`: the filters are behind a button,
    where there is little room."""

    changed = Signal(object)

    def __init__(self, desk: Desk, things: Things, selection: Selection, *, folded: bool) -> None:
        super().__init__()
        self.desk, self.look, self.selection = desk, desk.look, selection
        look = self.look
        self.field = SearchField(look, _("Sök i allt"), _("Sök i iakttagelserna"), selection.words)
        self._soon = QTimer(self, singleShot=True, interval=SEARCH_AFTER_MS)
        self._soon.timeout.connect(self._words)
        self.field.textEdited.connect(lambda _text: self._soon.start())
        self.field.returnPressed.connect(self._words)
        self.groups = things.groups
        """What groups can be chosen: where the walk is not split that is not asked."""
        self.choices = self._made(things)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 10, 16, 10)
        box.setSpacing(8)
        filters = list(self.choices.values())
        self.more: Button | None = None
        if not folded:
            box.addWidget(FlowGrid(look, [self.field, *filters], least=156, spacing=8))
            return
        self._grid = FlowGrid(look, filters, least=200, spacing=8)
        self.more = Button(look, self._title(), icon_named("action", "filter"))
        self.more.clicked.connect(self._fold)
        box.addWidget(FlowGrid(look, [self.field, self.more], least=220, spacing=8))
        box.addWidget(self._grid)
        self._grid.hide()
        self._tell()

    @property
    def folded(self) -> bool:
        """Whether the filters are behind a button."""
        return self.more is not None

    def _fold(self) -> None:
        self._grid.setVisible(self._grid.isHidden())
        self._tell()

    def _tell(self) -> None:
        if self.more is not None:
            self.more.setText(self._title())
            self.more.setAccessibleName(self._title())
            self.more.setAccessibleDescription(_("stängd") if self._grid.isHidden() else _("öppen"))
            self.more.updateGeometry()

    def _made(self, things: Things) -> dict[str, ChoiceField]:
        stops = [(each.id, stop_title(things.numbers.get(each.id, ""), each)) for each in things.stops]
        levels = [(str(each.value), f"{each.value} {label_of(each)}") for each in Severity]
        kinds = [(each.value, label_of(each)) for each in ObservationKind]
        topics = [(each.id, str(each.tile)) for each in things.checklist.categories]
        left = [(DRAFTS, _("Att komplettera")), (CLASHING, _("Olika versioner"))]
        groups = [*things.groups.items(), (ALONE, _("Ingen grupp"))]
        said = [
            ("stop", _("Alla platser"), _("Filter: plats"), [*stops, (ALONG, _("Längs vägen"))]),
            ("category", _("Alla ämnen"), _("Filter: ämne"), topics),
            ("severity", _("Alla allvar"), _("Filter: allvar"), levels),
            ("kind", _("Alla sorter"), _("Filter: sort"), kinds),
            ("only", _("Alla lägen"), _("Filter: läge"), left),
        ]
        if self.groups:
            said.append(("group", _("Alla grupper"), _("Filter: grupp"), groups))
        made = {}
        for name, every, spoken, choices in said:
            field = ChoiceField(self.look, "", choices, none=every)
            field.editor.setAccessibleName(spoken)
            field.show_value(getattr(self.selection, name) or None)
            field.changed.connect(lambda value, name=name: self._choose(name, value))
            made[name] = field
        return made

    def _title(self) -> str:
        count = self.selection.count
        return ngettext("Filter, {n} valt", "Filter, {n} valda", count).format(n=count) if count else _("Filter")

    def _choose(self, name: str, value: str | None) -> None:
        self._say(replace(self.selection, **{name: value or ""}))

    def _words(self) -> None:
        self._soon.stop()
        self._say(replace(self.selection, words=self.field.text().strip()))

    def _say(self, selection: Selection) -> None:
        if selection == self.selection:
            return
        self.selection = selection
        self._tell()
        self.changed.emit(selection)

    def clear_all(self) -> None:
        """Ask for everything."""
        self.field.clear()
        for field in self.choices.values():
            field.show_value(None)
        self._say(Selection())

    def search(self) -> None:
        """Go to the search field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
