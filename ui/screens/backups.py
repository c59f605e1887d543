"""*Säkerhetskopior*: which there are, what they hold, and reading one back, for which the window closes and opens
anew."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import _, ngettext
from app.domain.change import News
from app.jobs.backup import Backup, backups_of, holds_words
from app.jobs.restore import prepare_restore
from ui.bridge.runner import Failure
from ui.widgets.button import Button, lit
from ui.widgets.card import Card, Cards
from ui.widgets.desk import Desk, Place
from ui.widgets.flow import Flow
from ui.widgets.look import icon_named
from ui.widgets.notice import ErrorPanel, announce
from ui.widgets.page import Head, Screen
from ui.widgets.text import Heading, Icon, Label, Surface, column, emptied, held, row
from ui.widgets.words import moment_words


class BackupsScreen(Screen):
    """A sentence on what they hold, and a card for each. The question, once one was chosen, stands above them."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        where = _("De tio senaste behålls i {path}.").format(path=desk.session.backups)
        head = Head(desk, _("Säkerhetskopior"), where, back=_("Tillbaka"))
        self.heading = head.heading
        holds = Label(self.look, holds_words(desk.session), "body", "text2")
        self._question, self._list = QVBoxLayout(), QVBoxLayout()
        parts = [QWidget(), QWidget()]
        for box, part in zip((self._question, self._list), parts, strict=True):
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(10)
            part.setLayout(box)
        self.box.addWidget(head)
        self.box.addWidget(Cards(self.look, holds, *parts), 1)
        run = desk.runner.start(lambda: backups_of(desk.session))
        run.done.connect(self._tell)
        run.failed.connect(self._failed)

    def refresh(self, _news: Mapping[str, News]) -> None:
        """What lies in the folder is read once."""

    def _tell(self, found: list[Backup]) -> None:
        emptied(self._list)
        for each in found:
            self._list.addWidget(self._card(each))
        if not found:
            told = _("Ingen än. En görs före varje synk och varje timme, när något nytt är skrivet.")
            self._list.addWidget(Label(self.look, told))

    def _failed(self, failure: Failure) -> None:
        self._list.addWidget(ErrorPanel(self.look, failure))

    def _card(self, backup: Backup) -> QWidget:
        look = self.look
        facts = [held_words(backup)]
        if backup.replaced:
            facts.append(_("lades undan när en kopia lästes tillbaka eller databasen byggdes om"))
        when = moment_words(backup.made, "")
        # One that was put aside lies in a folder of its own.
        file = f"{backup.file.parent.name}/{backup.file.name}" if backup.replaced else backup.file.name
        lines = (
            Label(look, ", ".join(facts), "body"),
            Label(look, _("Fil: {file}").format(file=file), "meta", "text2"),
        )
        words = column(Label(look, when, "h3"), *lines, spacing=2)
        box = row(Icon(look, "content-save-outline", "text2", 28), held(words), spacing=12)
        box.setStretch(1, 1)
        card = Card(look, "", held(box))
        if backup.changes is not None:
            called = _("Läs tillbaka: {when}, {file}").format(when=when, file=file)
            back = Button(look, _("Läs tillbaka"), icon_named("action", "undo"), name=called)
            back.clicked.connect(partial(self._ask, backup, when))
            card.body.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _ask(self, backup: Backup, when: str) -> None:
        """Say what it means before it is done."""
        look = self.look
        title = _("Läsa tillbaka kopian från {when}?").format(when=when)
        told = _(
            "Allt som har skrivits här sedan dess läggs undan och står sedan i den här listan. Det som har skickats "
            "kommer tillbaka vid nästa synk. Fönstret stängs och öppnas igen, och den här enheten får en ny bokstav."
        )
        yes = lit(look, _("Läs tillbaka den"), icon_named("action", "undo"))
        yes.clicked.connect(partial(self._read_back, backup))
        no = Button(look, _("Avbryt"), "close")
        no.clicked.connect(lambda: emptied(self._question))
        flow = Flow(10)
        flow.addWidget(yes)
        flow.addWidget(no)
        panel = Surface(look, "warnBg", line="warn", radius=12)
        panel.setLayout(column(Heading(look, title, "h3"), Label(look, told), held(flow), margin=16, spacing=12))
        panel.setAccessibleName(f"{title} {told}")
        emptied(self._question)
        self._question.addWidget(panel)
        panel.show()
        announce(panel)
        self.findChildren(Cards)[0].verticalScrollBar().setValue(0)

    def _read_back(self, backup: Backup) -> None:
        emptied(self._question)
        session = self.desk.session
        run = self.desk.work(_("Läser tillbaka"), lambda: prepare_restore(session.home, backup.file))
        # Whoever opened the window opens it again, over what was read back.
        run.done.connect(self.window().close)


def held_words(backup: Backup) -> str:
    """3 vandringar, 1245 ändringar."""
    if backup.walks is None or backup.changes is None:
        return _("går inte att läsa")
    walks = ngettext("{n} vandring", "{n} vandringar", backup.walks).format(n=backup.walks)
    return f"{walks}, {ngettext('{n} ändring', '{n} ändringar', backup.changes).format(n=backup.changes)}"
