"""Devices and receipts: what is only here, who has what, where to copy. Nothing is said that others' announcements do
not prove."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.room import little_room
from app.base.words import _, ngettext
from app.commands.walks import keep_here
from app.domain.change import News
from app.domain.records import Group, SafetyWalk
from app.jobs.sync import Synced, sync
from app.jobs.targets import meeting_place
from app.queries.whereabouts import Meeting, Whereabouts, whereabouts
from ui.bridge.reach import Reach
from ui.bridge.runner import Failure
from ui.widgets.asks import ask_panel
from ui.widgets.button import Button, lit
from ui.widgets.card import Cards
from ui.widgets.desk import Desk, Place
from ui.widgets.device_card import NARROW, made_words, other_cards, own_card, target_name
from ui.widgets.flag_field import FlagField
from ui.widgets.focus import focus_kept
from ui.widgets.look import icon_named
from ui.widgets.notice import ErrorPanel, Notice
from ui.widgets.outcome import tell_outcome, told
from ui.widgets.page import Head, Screen
from ui.widgets.parcel import pack_button, stopped_words
from ui.widgets.sync_words import failure_in, tell_sync, trouble_words
from ui.widgets.text import Heading, Icon, Label, Surface, column, emptied, held, row

LOW = 300
"""Below this effective height the lit step stands right under the verdict."""


class DevicesScreen(Screen):
    """A verdict with the next step, this device, the others, the targets."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        look = self.look
        self._where: Whereabouts | None = None
        self._reach = Reach(desk.runner, desk.fail, self)
        self._reach.changed.connect(self._reached)
        self._reach.back.connect(self._forgive)
        # What went wrong the last time, by target: no step to go on with until it goes well or comes back.
        self._failed: dict[str, str] = {}
        self._narrow = self._low = False
        self._opened: set[str] = set()
        self._head = head = Head(desk, _("Enheter"), _("Vad som finns var, och vad som fattas."))
        self.heading = head.heading
        self._verdict, self._wrong = _part(), _part()
        self._own, self._others, self._targets = _part(), _part(), _part()
        self._fetch = Button(look, _("Hämta det nya"), icon_named("action", "sync"))
        self._fetch.clicked.connect(self._sync_first)
        others = row(Heading(look, _("Från de andra"), "h2"), 1, self._fetch)
        self._keeps = FlagField(
            look, _("Vandringen sparas här"), _("Den här enheten töms inte. De andra får veta det när de kopierar.")
        )
        self._keeps.changed.connect(self._keep)
        self._along = FlagField(
            look, _("Den här enheten var med på vandringen"), _("Den räknas bland plattorna som antecknade.")
        )
        self._along.changed.connect(self._say_along)
        told = _("”Allt är mottaget” sägs först när varje platta har avslutat vandringen och allt från den är här.")
        self.box.addWidget(head)
        self._room = Label(look, "", "strong")
        cards = (
            self._verdict, self._room, self._wrong, Heading(look, _("Härifrån"), "h2"), self._own, held(others),
            self._others, Heading(look, _("Mål"), "h2"), self._targets, self._keeps, self._along,
            Label(look, told, "meta", "text2"),
        )  # fmt: skip
        self.box.addWidget(Cards(look, *cards), 1)
        self._room.setText(little_room(desk.session.home))
        self._room.setVisible(bool(self._room.text()))

    # What is so

    def _walk(self) -> SafetyWalk | None:
        return self.desk.shelf.walk(self.place.walk)

    def refresh(self, _news: Mapping[str, News]) -> None:
        """Show who has what; what is said already stays as it is, with the focus it has."""
        walk = self._walk()
        if walk is None:
            return
        where = whereabouts(self.desk.session, walk)
        self._reach.ask(each.label for each in where.meetings)
        self._keeps.show_value(where.keeps)
        self._along.show_value(where.along)
        self._along.setVisible(where.keeps)
        if where != self._where:
            self._where = where
            self._show(where)

    def _reached(self) -> None:
        if self._where is not None:
            self._show(self._where)

    def _first(self, where: Whereabouts) -> str:
        """The first target within reach that did not fail, or ""."""
        fit = (each.label for each in where.meetings if self._reach.of(each.label) and each.label not in self._failed)
        return next(fit, "")

    def _forgive(self, label: str) -> None:
        self._failed.pop(label, None)

    def _show(self, where: Whereabouts) -> None:
        with focus_kept(self):
            self._fill_parts(where)

    def _fill_parts(self, where: Whereabouts) -> None:
        look = self.look
        _fill(self._verdict, self._verdict_panel(where))
        ahead, label = self._first(where), self.desk.session.label
        own = own_card(look, where, label, self._opened, narrow=self._narrow, ahead=ahead)
        _fill(self._own, own, *self._group_button())
        cards: list[QWidget] = [*other_cards(look, where, self._opened, narrow=self._narrow)]
        alone = Label(look, _("Bara den här enheten är med än."), "body", "text2")
        _fill(self._others, *(cards or [alone]))
        self._fetch.setVisible(bool(ahead))
        near_first = sorted(where.meetings, key=lambda each: not self._reach.of(each.label))
        targets = [*map(self._target, near_first)]
        if not targets:
            none = _("Inget mål än. En mapp, ett minne eller en filserver blir ett.")
            targets.append(Label(look, none, "body", "text2"))
        elif ahead:
            # Else it is the lit step of the verdict.
            targets.append(self._copy_button(primary=False))
        targets.append(pack_button(self.desk, self, self.place.walk, self._sync))
        _fill(self._targets, *targets)

    def _group_button(self) -> list[QWidget]:
        """Where the walk is split: the way to say which group this device walks with."""
        if not self.desk.shelf.all_of(Group, self.place.walk):
            return []
        choose = Button(self.look, _("Välj grupp"), "account-group-outline")
        choose.clicked.connect(lambda _on: self.desk.go(Place("group", self.place.walk)))
        return [held(row(choose, 1))]

    def _verdict_panel(self, where: Whereabouts) -> QWidget:
        look = self.look
        kind, icon, title, lines = verdict_of(where)
        said = [Label(look, each) for each in lines]
        # Where there is little height the step comes before what is said, so that it is seen.
        beside, under = ([], said) if self._low else (said, [])
        words = column(Label(look, title, "h2"), *beside, spacing=4)
        head = row(Icon(look, icon, kind, 40), held(words), spacing=14)
        head.setStretch(1, 1)
        panel = Surface(look, f"{kind}Bg", line=kind, radius=12)
        panel.setLayout(column(held(head), self._next_step(where), *under, margin=16, spacing=12))
        panel.setAccessibleName(" ".join((title, *lines)))
        return panel

    def _next_step(self, where: Whereabouts) -> QWidget:
        first = self._first(where)
        if not first:
            return self._copy_button(primary=True)
        name = target_name(first)
        step = lit(self.look, _("Synka med {target}").format(target=name), icon_named("action", "sync"), least=56)
        step.clicked.connect(self._sync_first)
        return step

    def _copy_button(self, *, primary: bool) -> Button:
        kind = "primary" if primary else "plain"
        text = _("Kopiera till mapp eller minne")
        copy = Button(self.look, text, icon_named("action", "stick"), kind=kind, least=56)
        copy.clicked.connect(self._ask_folder)
        return copy

    def _target(self, meeting: Meeting) -> QWidget:
        look = self.look
        label = meeting.label
        state = meeting.sentence if meeting.current else _("Allt härifrån ligger inte där än.")
        if self._reach.of(label) is False:
            state = _("{state} Går inte att nå just nu.").format(state=f"{state.rstrip('.')}.")
        words = column(
            Label(look, target_name(label), "h3"), Label(look, label, "meta", "text2"), Label(look, state), spacing=2
        )
        failed = self._failed.get(label, "")
        if failed:
            words.addWidget(Label(look, _("Misslyckades senast: {why}").format(why=failed), "strong"))
        again = Button(
            look, _("Synka igen"), icon_named("action", "sync"), name=_("Synka igen med {target}").format(target=label)
        )
        again.clicked.connect(lambda: self._sync(label))
        sign, ink = (icon_named("state", "blocks"), "danger") if failed else (icon_named("action", "stick"), "text")
        icon = Icon(look, sign, ink, 32)
        surface = Surface(look, "dangerBg" if failed else "surface", line="danger" if failed else "hair", radius=12)
        head = row(icon, held(words), spacing=12)
        head.setStretch(1, 1)
        if self._narrow:
            surface.setLayout(column(held(head), again, margin=16, spacing=10))
        else:
            head.addWidget(again, alignment=Qt.AlignmentFlag.AlignVCenter)
            head.setContentsMargins(16, 12, 16, 12)
            surface.setLayout(head)
        return surface

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Verdicts stand under the names where there is little room, and the lit step high where there is little
        height."""
        super().resizeEvent(event)
        narrow, low = self.effective_width() < NARROW, self.height() / self.look.scale < LOW
        if (narrow, low) != (self._narrow, self._low):
            self._narrow, self._low = narrow, low
            self._head.detail.setHidden(low)
            if self._where is not None:
                self._show(self._where)

    # What is done

    def _keep(self, keeps: bool) -> None:
        walk = self._walk()
        if walk is None:
            return
        keep_here(self.desk.session, walk, keeps)
        self.refresh({})
        text = (
            _("Vandringen sparas här. De andra får veta det vid nästa synk.")
            if keeps
            else _("Vandringen sparas inte längre här.")
        )
        self.desk.say(Notice(text, icon_named("state", "saved_here")))

    def _say_along(self, along: bool) -> None:
        walk = self._walk()
        if walk is not None:
            keep_here(self.desk.session, walk, True, along=along)
            self.refresh({})

    def _ask_folder(self) -> None:
        folder: Path | None = self.desk.choose_folder(self, _("Mapp eller minne att kopiera till"))
        if folder is not None:
            self._sync(str(meeting_place(folder)))

    def _sync_first(self) -> None:
        if self._where is not None and self._first(self._where):
            self._sync(self._first(self._where))

    def _sync(self, label: str, *, again: bool = False) -> None:
        self._refuse()
        desk, scope = self.desk, self.place.walk
        run = desk.work(
            _("Kopierar till {target}").format(target=target_name(label)),
            lambda: told(lambda: sync(desk.session, label, walk=scope, again=again)),
        )
        tell_outcome(run, self, partial(self._outcome, label), partial(tell_sync, desk, scope, label))
        run.cancelled.connect(partial(self._stopped, label))

    def _stopped(self, label: str) -> None:
        self._refuse()
        self.refresh({})
        self.desk.say(Notice(stopped_words(label), icon_named("action", "stop")))

    def _outcome(self, label: str, outcome: Synced | Failure) -> None:
        self._forgive(label)
        if trouble := trouble_words(outcome):
            self._failed[label] = trouble
        self._where = None
        self.refresh({})
        failure = failure_in(outcome)
        if failure is not None:
            again = (_("Försök igen"), lambda: self._sync(label))
            self._refuse(ErrorPanel(self.look, failure, again))
        elif isinstance(outcome, Synced) and outcome.asks:
            yes = partial(self._sync, label, again=True)
            remove, day = partial(self.desk.go, Place("remove", self.place.walk)), outcome.purged.get(self.place.walk)
            self._refuse(ask_panel(self.look, outcome.asks, yes, self._ask_folder, remove, day))
        else:
            tell_sync(self.desk, self.place.walk, label, outcome)

    def _refuse(self, *panels: QWidget) -> None:
        """Say in place what went wrong; nothing takes it away."""
        _fill(self._wrong, *panels)
        for each in panels:
            each.setFocus(Qt.FocusReason.OtherFocusReason)


def _part() -> QWidget:
    holder = QWidget()
    box = QVBoxLayout(holder)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(10)
    return holder


def _fill(holder: QWidget, *widgets: QWidget) -> None:
    box = holder.layout()
    assert isinstance(box, QVBoxLayout)
    emptied(box)
    for each in widgets:
        box.addWidget(each)
        each.show()
    holder.setVisible(bool(widgets))


def verdict_of(where: Whereabouts) -> tuple[str, str, str, list[str]]:
    """Kind, icon, heading and lines of what may be said in all. *Säkert att tömma* is the receipts' own sentence."""
    found = where.receipts
    said = [
        each for each in found.sentences[len(found.state) :] if not found.safe_to_empty or each != found.sentences[-1]
    ]
    lines = [each if each.endswith(".") else f"{each}." for each in said]
    if found.safe_to_empty:
        return "ok", icon_named("state", "done"), found.sentences[-1].rstrip("."), lines
    if where.keeps:
        return (
            "info",
            icon_named("state", "saved_here"),
            _("Vandringen sparas här"),
            [_("Den här enheten ska inte tömmas."), *lines],
        )
    if not where.others and not where.meetings:
        return (
            "warn",
            icon_named("state", "warn"),
            _("Bara den här enheten är med"),
            [_("Kopiera till ett minne så finns det två.")],
        )
    return "warn", icon_named("state", "warn"), _("Töm inte den här plattan än"), [_why_not(where), *lines]


def _why_not(where: Whereabouts) -> str:
    observations, photos = where.only_here
    if observations or photos:
        text = ngettext(
            "{what} finns bara på den här datorn. Det behöver finnas på två ställen till.",
            "{what} finns bara på den här datorn. De behöver finnas på två ställen till.",
            observations + photos,
        )
        return text.format(what=made_words(observations, photos))
    return _("Två andra enheter, minst en där vandringen sparas, ska först ha sagt att de har allt.")
