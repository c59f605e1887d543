"""*Hämta en vandring*: how the second tablet gets the walk, from a folder, a stick or a parcel."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from app.base.words import _, ngettext
from app.commands.walks import bring_back
from app.domain.change import News
from app.jobs.situations import situations
from app.jobs.sync import Synced, sync
from app.jobs.targets import FoundWalk, meeting_place, walks_at
from ui.bridge.runner import Failure
from ui.widgets.asks import PURGED, ask_panel
from ui.widgets.button import Button, lit
from ui.widgets.card import Card, Cards
from ui.widgets.desk import Desk, Place
from ui.widgets.flow import Flow
from ui.widgets.look import icon_named
from ui.widgets.notice import ErrorPanel, Notice
from ui.widgets.outcome import tell_outcome
from ui.widgets.page import Head, Screen
from ui.widgets.parcel import ICON, kinds
from ui.widgets.progress import Progress
from ui.widgets.sync_words import asks_words, done_notice, purged_notice
from ui.widgets.text import Heading, Icon, Label, column, emptied, held, row
from ui.widgets.words import day_words, local

STACKED = 700
"""Below this effective width the button stands under the words."""


class FetchScreen(Screen):
    """Three sentences, two buttons, and what lies there. `part` of its place is the folder or parcel chosen."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        head = Head(
            desk, _("Hämta en vandring"), _("Från en mapp, ett minne eller ett paket, utan nät."), back=_("Tillbaka")
        )
        self.heading = head.heading
        self._found = QVBoxLayout()
        self._found.setSpacing(10)
        self._found.setContentsMargins(0, 0, 0, 0)
        found = QWidget()
        found.setLayout(self._found)
        self.box.addWidget(head)
        self.box.addWidget(Cards(self.look, self._how(), found), 1)
        if place.part:
            self._look_in(Path(place.part))

    def _how(self) -> QWidget:
        look = self.look
        steps = (
            (
                "tablet-cellphone",
                _(
                    "På den andra enheten: öppna Enheter och kopiera vandringen till ett minne eller en mapp, eller "
                    "lägg den i ett paket."
                ),
            ),
            (icon_named("action", "stick"), _("Sätt minnet här, eller välj samma mapp, eller paketet som kom.")),
            (icon_named("action", "sync"), _("Hämta vandringen. Sen kan båda skriva, och allt förs samman.")),
        )
        lines = [held(row(Icon(look, icon), Label(look, text), spacing=12)) for icon, text in steps]
        for each in lines:
            each.layout().setStretch(1, 1)  # type: ignore[union-attr]
        self._choose = lit(look, _("Välj mapp eller minne"), icon_named("action", "open"), least=60)
        self._choose.clicked.connect(self._ask)
        parcel = Button(look, _("Välj paket (.zip)"), ICON, least=60)
        parcel.clicked.connect(self._ask_parcel)
        ways = Flow(look.gap)
        for each in (self._choose, parcel):
            ways.addWidget(each)
        return Card(look, "", *lines, held(ways))

    # What lies there

    def _ask(self) -> None:
        folder = self.desk.choose_folder(self, _("Mapp eller minne med vandringen"))
        if folder is not None:
            self._look_in(meeting_place(folder))

    def _ask_parcel(self) -> None:
        for path in self.desk.choose_files(self, _("Paketet med vandringen"), kinds())[:1]:
            self._look_in(path)

    def _look_in(self, folder: Path) -> None:
        self.place = Place("fetch", part=str(folder))
        self.desk.stay(self.place)
        run = self.desk.runner.start(lambda: walks_at(self.desk.session, folder))
        self._show(Progress(self.look, _("Ser efter vad som ligger där"), run))
        # Bound to the screen, so that what comes after it has been left finds nobody.
        run.done.connect(self._tell)
        run.cancelled.connect(self._show)
        run.failed.connect(self._failed)

    def _failed(self, failure: Failure) -> None:
        again = (_("Försök igen"), lambda: self._look_in(Path(self.place.part)))
        self._show(ErrorPanel(self.look, failure, again, _("Inget har ändrats, varken här eller där.")))

    def _show(self, *widgets: QWidget) -> None:
        """Show this under the button, which is what comes next until something else is."""
        self._light(self._choose, on=True)
        emptied(self._found)
        for each in widgets:
            self._found.addWidget(each)

    def _tell(self, found: list[FoundWalk]) -> None:
        folder = Path(self.place.part)
        if not found:
            self._show(self._nothing(folder))
            return
        there = [each for each in found if not each.purged]
        count = ngettext("{n} vandring i {path}", "{n} vandringar i {path}", len(there))
        none = _("Ingen vandring att hämta i {path}").format(path=folder.name)
        heading = Heading(self.look, count.format(n=len(there), path=folder) if there else none, "h3")
        next_one = next((each for each in there if not each.here and not each.gone), None)
        self._show(heading, *(self._card(folder, each, comes_next=each is next_one) for each in found))
        self._light(self._choose, on=next_one is None)
        heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def _light(self, button: Button, *, on: bool) -> None:
        """One button is lit: what comes next."""
        button.kind = "primary" if on else "plain"
        button.update()

    def _nothing(self, folder: Path) -> QWidget:
        look = self.look
        told = _(
            "I {path} finns inget från Gatljus. Kopiera vandringen dit från den andra enheten, eller välj en annan "
            "mapp. På ett minne ligger vandringarna i mappen gatljus1."
        )
        words = column(
            Label(look, _("Här ligger ingen vandring."), "h3"), Label(look, told.format(path=folder)), spacing=4
        )
        box = row(Icon(look, icon_named("state", "missing"), "warn", 32), held(words), spacing=12)
        box.setStretch(1, 1)
        return Card(look, "", held(box))

    def _card(self, folder: Path, found: FoundWalk, *, comes_next: bool) -> QWidget:
        look = self.look
        if found.purged:
            return self._purged_card(found)
        title = found.title or _("Vandring utan namn, {id}").format(id=found.id[:8])
        day = day_words(local(found.starts, found.zone).date()) if found.starts else ""
        facts = ", ".join(each for each in (day, found.area) if each)
        word = _("Finns redan här, hämta nytt") if found.here else _("Hämta")
        if found.gone:
            word = _("Borttagen här, ta tillbaka")
        icon = icon_named("action", "sync" if found.here else "undo" if found.gone else "open")
        button = Button(look, word, icon, name=_("{act}: {walk}").format(act=word, walk=title))
        self._light(button, on=comes_next)
        button.clicked.connect(lambda: self._fetch(folder, found))
        words = held(column(Label(look, title, "h3"), Label(look, facts, "meta", "text2"), spacing=2))
        card = Card(look, "")
        box = row(words, button, spacing=12)
        box.setStretch(0, 1)
        if self.effective_width() < STACKED:
            box.setDirection(QBoxLayout.Direction.TopToBottom)
        card.body.addLayout(box)
        return card

    def _purged_card(self, found: FoundWalk) -> QWidget:
        """That there is nothing to wait for."""
        look = self.look
        day = _("Gallrad {day}.").format(day=day_words(found.day)) if found.day else ""
        told = _("Den som bestämmer över uppgifterna har tagit bort dem. Det finns inget att hämta.")
        words = column(
            Label(look, _("En vandring är gallrad här"), "h3"),
            Label(look, f"{day} {told}".strip()),
            spacing=2,
        )
        box = row(Icon(look, "delete-clock-outline", "text2", 28), held(words), spacing=12)
        box.setStretch(1, 1)
        return Card(look, "", held(box))

    # Fetching

    def _fetch(self, folder: Path, found: FoundWalk, *, again: bool = False) -> None:
        what = _("Hämtar {walk}").format(walk=found.title or found.id[:8])
        session = self.desk.session
        if found.gone:
            bring_back(session, found.id)
        run = self.desk.work(what, lambda: sync(session, str(folder), walk=found.id, again=again))
        tell_outcome(run, self, partial(self._fetched, folder, found), partial(_tell_fetched, self.desk, folder, found))

    def _fetched(self, folder: Path, found: FoundWalk, done: Synced) -> None:
        if done.asks:
            remove = partial(self.desk.go, Place("remove", found.id))
            again, day = partial(self._fetch, folder, found, again=True), done.purged.get(found.id)
            self._show(ask_panel(self.look, done.asks, again, remove=remove, purged=day))
        elif self.desk.shelf.walk(found.id) is not None:
            self.desk.swap(Place("walk", found.id))
            if self.desk.session.conflicts(found.id) or done.parcel or done.rescued or done.refused:
                told = done_notice(self.desk, found.id, _done_words(folder, found, done), done)
                # Of a walk of which nobody was told yet another page comes at the next turn: it is said there.
                QTimer.singleShot(0, self.desk.runner, partial(self.desk.say, told))
        else:
            self._show(self._not_whole(folder, done))

    def _not_whole(self, folder: Path, done: Synced) -> QWidget:
        """The walk is not readable yet."""
        again = (_("Försök igen"), lambda: self._look_in(folder))
        return ErrorPanel(self.look, not_whole(done), again, _("Det som gick att läsa är sparat här."))

    def refresh(self, _news: Mapping[str, News]) -> None:
        """What lies in a folder is read when it is asked for."""


def not_whole(done: Synced) -> Failure:
    """What is known of why a walk cannot be read yet."""
    said = done.as_data()
    reasons = [each["reason"] for each in (*said["damaged"], *said["problems"])][:3]
    waiting = len(said["waiting"])
    if waiting:
        told = ngettext("{n} fil är inte framme än.", "{n} filer är inte framme än.", waiting)
        reasons.insert(0, told.format(n=waiting))
    advice = _("Kopiera en gång till från den andra enheten och försök igen.")
    return Failure(_("Vandringen är inte hel där än."), " ".join((*reasons, advice)))


def _tell_fetched(desk: Desk, folder: Path, found: FoundWalk, done: Synced) -> None:
    """Say in a line what came of it, wherever one is."""
    see = (_("Hämta en vandring"), lambda: desk.go(Place("fetch", part=str(folder))))
    if done.asks == PURGED:
        desk.say(purged_notice(desk, found.id, str(folder), done))
    elif done.asks:
        desk.say(Notice(asks_words(str(folder)), icon_named("state", "warn"), problem=True, action=see))
    elif desk.shelf.walk(found.id) is None:
        failure = not_whole(done)
        text = f"{failure.text} {failure.advice}"
        desk.say(Notice(text, icon_named("state", "warn"), problem=True, action=see))
    else:
        opened = Notice(_done_words(folder, found, done), action=(_("Öppna"), lambda: desk.go(Place("walk", found.id))))
        desk.say(done_notice(desk, found.id, opened.text, done) if desk.session.conflicts(found.id) else opened)


def _done_words(place: Path, found: FoundWalk, done: Synced) -> str:
    """That the walk is here; what could not be put there; what was met."""
    here = _("Klart: {walk} finns här nu.").format(walk=found.title or found.id[:8])
    return " ".join((here, *([done.refused.text] if done.refused else ()), *situations(done, str(place))))
