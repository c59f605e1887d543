"""*Checklista*: what there is to look for, so that those who lead can look it through beforehand."""

from collections.abc import Sequence

from app.base.words import _, ngettext
from app.domain.checklist import Item
from app.domain.values import PlaceType, label_of
from ui.widgets.card import READABLE
from ui.widgets.desk import Desk
from ui.widgets.fields import SegmentField
from ui.widgets.list_scroll import ListScroll, PageList
from ui.widgets.look import icon_named
from ui.widgets.plan.part import Part
from ui.widgets.rows import Row
from ui.widgets.text import Heading, Label, column, held

EVERY = "every"


class ChecklistPart(Part):
    """The items by subject, or those of a kind of place."""

    NAME = "checklista"

    def __init__(self, desk: Desk, scope: str, item: str = "") -> None:
        super().__init__(desk, scope, item)
        look = self.look
        choices = [(EVERY, _("Alla platser")), *((each.value, label_of(each)) for each in PlaceType)]
        icons = ["format-list-checks", *(icon_named("place_type", each.value) for each in PlaceType)]
        self._kind = SegmentField(look, _("Sorts plats"), choices, icons=icons, least=150)
        self._kind.show_value(item or EVERY)
        self._kind.changed.connect(self._show)
        self.heading = Heading(look, _("Checklista"), "h3")
        self._told = Label(look, "", "meta", "text2")
        self._list = PageList(look, _("Punkter i checklistan"))
        top = held(column(self.heading, self._told, self._kind, margin=20, spacing=8))
        whole = column(top, self._list, spacing=0)
        whole.setStretch(1, 1)
        self.box.addWidget(ListScroll(look, held(whole), [self._list]))
        self._list.setMaximumWidth(round(1.5 * READABLE * look.scale))
        self._show(item or EVERY)

    def _show(self, kind: str) -> None:
        checklist = self.desk.shelf.checklist
        if kind == EVERY:
            rows, count = list[Row](), 0
            for each in checklist.categories:
                rows.append(Row(each.id, str(each.tile), heading=True))
                rows += self._rows(each.items)
                count += len(each.items)
            told = ngettext("{n} sak att titta efter.", "{n} saker att titta efter.", count).format(n=count)
        else:
            items = checklist.items_of(PlaceType(kind))
            rows, count = self._rows(items), len(items)
            told = ngettext("{n} sak som passar: {place}.", "{n} saker som passar: {place}.", count).format(
                n=count, place=label_of(PlaceType(kind))
            )
        self._told.setText(told + " " + _("Märket är föreslaget allvar."))
        self._list.show_rows(rows)
        self._list.scrollToTop()

    def _rows(self, items: Sequence[Item]) -> list[Row]:
        checklist = self.desk.shelf.checklist
        found = []
        for each in items:
            who = checklist.party(each.responsible[0]).short if each.responsible else ""
            usual = _("Vanlig åtgärd: {measure} ({who})").format(measure=each.measure, who=who)
            icon = "account-group-outline" if each.severity is None else ""
            found.append(
                Row(each.id, str(each.statement), f"{each.question} {usual}", severity=each.severity, icon=icon)
            )
        return found
