"""What *Deltagare* and *Ansvariga* have in common: a list, and a form for the one that is chosen."""

from collections.abc import Sequence
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from app.commands import records
from app.domain.record import Record
from ui.widgets.button import Button
from ui.widgets.desk import Desk
from ui.widgets.fields import forget_unkept
from ui.widgets.form import RecordForm
from ui.widgets.list_scroll import ListScroll, PageList
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice
from ui.widgets.plan.part import Pair, Part, back_to_list
from ui.widgets.rows import Row, may_move
from ui.widgets.text import column, held, row

Thing = TypeVar("Thing", bound=Record)


class ListedPart(Part, Generic[Thing]):
    """A list of records of one kind, and the form of the one chosen in it.

    Subclasses make `list` and `form`, lay them out with `pair_up`, say in `shown` which records there are and in what
    order, in `row_of` how one looks in the list, and in `told` what is said when one was taken away.
    """

    RECORD: type[Thing]
    NAMED: ClassVar[str]
    """The field that is asked for when a new one is shown."""

    list: PageList
    form: RecordForm

    def __init__(self, desk: Desk, scope: str, item: str = "") -> None:
        super().__init__(desk, scope, item)
        self._unnamed = ""

    def pair_up(
        self, head: QWidget, detail: QWidget, add: Button, *more: QWidget, below: QWidget | None = None
    ) -> None:
        """The list under its head, with the button that adds one, and what stands `below`; the detail beside it."""
        self.list.opened.connect(self._open)
        self.list.moved.connect(self._moved)
        add.clicked.connect(self.add)
        under = (below, 1) if below is not None else ()
        listed = held(column(head, *more, self.list, held(row(add, 1, margin=16)), *under, spacing=0))
        self.pair = Pair(self.look, ListScroll(self.look, listed, [self.list]), detail, back_to_list())
        self.pair.closed.connect(self._close)
        self.box.addWidget(self.pair)

    def shown(self) -> Sequence[Thing]:
        """The records of the walk, in the order of the list."""
        raise NotImplementedError

    def row_of(self, thing: Thing) -> Row:
        """A record in the list."""
        raise NotImplementedError

    def told(self, thing: Thing) -> str:
        """What is said when a record was taken away."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Show the list, and what is chosen."""
        things = self.shown()
        self.list.show_rows([self.row_of(each) for each in things])
        chosen = next((each for each in things if each.id == self.item), None)
        self.pair.show_detail(chosen is not None)
        if chosen is None:
            return
        self.list.choose(chosen.id, tell=False)
        self.show_one(chosen)
        if self._unnamed == chosen.id:
            self._unnamed = ""
            self._ask_name()

    def show_one(self, thing: Thing) -> None:
        """Show the one that is chosen."""
        self.form.show_record(thing)

    def _ask_name(self) -> None:
        editor = self.form.fields[self.NAMED].editor
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(editor, QLineEdit):
            editor.selectAll()

    def _moved(self, key: str) -> None:
        if self.pair.is_beside:
            self._open(key)

    def _open(self, key: str) -> None:
        if may_move(self.desk, self.list, self, self.item, key):
            self._show(key)

    def _show(self, key: str) -> None:
        self.flush()
        self.item = key
        self.refresh()

    def add(self) -> None:
        """Write a new one. It is shown, and its name is asked for, when the bell has told of it."""
        if not self.desk.may_leave(self):
            return
        self._unnamed = records.add(self.desk.session, self.RECORD.KIND, self.scope, self.begun())
        self._show(self._unnamed)

    def begun(self) -> dict[str, Any]:
        """What a new one says from the start."""
        raise NotImplementedError

    def remove(self) -> None:
        """Take the chosen one away."""
        self.flush()
        chosen = self.desk.shelf.now(self.RECORD, self.scope, self.item)
        if chosen is None:
            return
        records.delete(self.desk.session, self.desk.shelf.as_shown(chosen))
        forget_unkept(self)
        self.item = ""
        self.desk.say(Notice(self.told(chosen), icon_named("action", "delete"), undo=True))

    def step_back(self) -> bool:
        """Back to the list."""
        if not self.pair.is_open:
            return False
        self._close()
        return True

    def _close(self) -> None:
        if not self.desk.may_leave(self):
            return
        self._show("")
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """Write what is still being typed."""
        self.form.flush()
