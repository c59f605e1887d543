"""*Töm eller gallra*: a walk leaves this device, or is purged everywhere and for ever, after one of the questions that
may block."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.job import Job
from app.base.words import _, ngettext
from app.domain.change import News
from app.domain.records import SafetyWalk
from app.jobs.purge import Gone, empty, purge, reach_of, reached
from app.jobs.unnamed import MovedOut, move_out
from app.queries.device_words import named
from app.queries.devices import Devices, devices_of
from app.queries.find import deleted_too, is_here
from app.queries.overview import is_due
from app.queries.whereabouts import unnamed_here
from app.session import Session
from ui.bridge.runner import Failure, Run
from ui.widgets.button import Button, lit
from ui.widgets.card import Card, Cards
from ui.widgets.desk import Desk, Place
from ui.widgets.device_card import target_name
from ui.widgets.flow import Flow, FlowGrid
from ui.widgets.look import icon_named
from ui.widgets.notice import ErrorPanel, Notice
from ui.widgets.outcome import tell_outcome, told
from ui.widgets.page import Head, Screen
from ui.widgets.text import Heading, Icon, Label, Surface, column, emptied, held, row
from ui.widgets.words import day_words, local

FOR_EVER = "delete-forever-outline"


class RemoveScreen(Screen):
    """A card for each of the two. Afterwards `part` of its place holds what was reached; there is no walk to ask."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self._run: Run | None = None
        self._asked = False
        title = _("Töm eller gallra")
        if not place.walk:
            self.box.addWidget(Head(desk, title))
            self.box.addWidget(Cards(self.look, self._over(place.part)), 1)
            return
        head = Head(desk, title, _("Två sätt att ta bort vandringen."), back=_("Tillbaka"))
        self.heading = head.heading
        self._wrong = QVBoxLayout()
        self._wrong.setContentsMargins(0, 0, 0, 0)
        self._trouble = held(self._wrong)
        self._trouble.setVisible(False)
        self.box.addWidget(head)
        self._cards = Cards(self.look, self._trouble, self._emptying(), self._purging())
        self.box.addWidget(self._cards, 1)

    # The parts

    def _over(self, part: str) -> Card:
        look = self.look
        first, *rest = lines_of(part)
        self.heading = Heading(look, first, "h3")
        said = held(column(self.heading, *(Label(look, each) for each in rest), spacing=6))
        self._home = lit(look, _("Till hem"), icon_named("nav", "home"), least=56)
        self._home.clicked.connect(lambda: self.desk.go(Place()))
        return Card(look, "", _line(Icon(look, icon_named("state", "done"), "ok", 32), said), held(row(self._home, 1)))

    def _emptying(self) -> Card:
        look = self.look
        meaning = _(
            "Vandringen tas bort från den här enheten. Mål och andra enheter har kvar det de har, och den går att "
            "hämta därifrån igen."
        )
        self._state, self._why = Label(look, "", "strong"), Label(look, "")
        self._state_icon = Icon(look, icon_named("state", "warn"), "warn")
        self._empty = Button(look, _("Töm den här plattan"), icon_named("action", "delete"))
        self._empty.clicked.connect(self._start_emptying)
        self._devices = Button(look, _("Öppna Enheter"), icon_named("action", "devices"))
        self._devices.clicked.connect(lambda: self.desk.go(Place("devices", self.place.walk)))
        state = _line(self._state_icon, held(column(self._state, self._why, spacing=4)))
        self._move_out = Button(look, _("Flytta ut filerna …"), icon_named("action", "stick"))
        self._move_out.clicked.connect(self._start_moving)
        buttons = Flow(look.gap)
        for each in (self._empty, self._devices, self._move_out):
            buttons.addWidget(each)
        return Card(look, _("Töm den här plattan"), Label(look, meaning), state, held(buttons))

    def _purging(self) -> Card:
        look = self.look
        meaning = _("Vandringen försvinner för alltid, överallt där programmet når. Ingen kan ta den tillbaka.")
        here = _("Den här enheten och dess säkerhetskopior: allt som är skrivet, fotona och namnen.")
        beyond = _("PDF:er, exporter och paket som redan har lämnats ut når programmet inte.")
        self._until, self._targets, self._others = Label(look, "", "strong"), Label(look, ""), Label(look, "")
        self._target_line = _line(Icon(look, icon_named("action", "stick")), self._targets)
        self._other_line = _line(Icon(look, icon_named("action", "devices")), self._others)
        self._purge = Button(look, _("Gallra …"), FOR_EVER, kind="danger")
        self._purge.clicked.connect(lambda: self._ask(True))
        self._question = self._asked_panel()
        parts = (
            Label(look, meaning), self._until, _line(Icon(look, "laptop"), Label(look, here)), self._target_line,
            self._other_line, _line(Icon(look, icon_named("state", "missing"), "warn"), Label(look, beyond)),
            held(row(self._purge, 1)), self._question,
        )  # fmt: skip
        return Card(look, _("Gallra vandringen"), *parts)

    def _asked_panel(self) -> Surface:
        look = self.look
        self._asks = Label(look, "", "strong")
        self._keep = Button(look, _("Behåll vandringen"))
        self._keep.clicked.connect(lambda: self._ask(False))
        yes = Button(look, _("Gallra för alltid"), FOR_EVER, kind="danger")
        yes.clicked.connect(self._start_purging)
        panel = Surface(look, "dangerBg", line="danger", radius=12)
        grid = FlowGrid(look, [self._keep, yes], least=150, most=2)
        panel.setLayout(column(self._asks, grid, margin=14, spacing=12))
        panel.setVisible(False)
        return panel

    # What is so

    @property
    def outlives_walk(self) -> bool:
        """While it is at work, and afterwards, it tells what was reached."""
        return self._run is not None

    def _walk(self) -> SafetyWalk | None:
        """The walk; also one that has been deleted meanwhile, which is not to be purged by that."""
        if not self.place.walk:
            return None
        shown, session = self.desk.shelf.walk(self.place.walk), self.desk.session
        if shown is None and is_here(session, self.place.walk):
            return deleted_too(session, self.place.walk)
        return shown

    def refresh(self, _news: Mapping[str, News]) -> None:
        """Show what would go, and from where."""
        walk = self._walk()
        if walk is None:
            return
        devices = devices_of(self.desk.session, walk)
        self._show_state(walk, devices)
        self._show_reach(walk, devices)
        self._show_acts()

    def _show_acts(self) -> None:
        rests = self._run is None
        self._empty.setVisible(rests and self._safe)
        self._devices.setVisible(rests and not self._safe)
        self._move_out.setVisible(rests and self._unnamed)
        self._purge.setVisible(rests and not self._asked)
        self._question.setVisible(rests and self._asked)

    def _show_state(self, walk: SafetyWalk, devices: Devices) -> None:
        """Whether this device may be emptied: the receipts' own sentence, or what is missing."""
        found = devices.found
        self._safe, self._unnamed = found.safe_to_empty, bool(unnamed_here(self.desk.session))
        name, role = ("done", "ok") if self._safe else ("warn", "warn")
        self._state_icon.name, self._state_icon.role = icon_named("state", name), role
        self._state_icon.update()
        self._state.setText(found.sentences[-1] if self._safe else _("Töm inte den här plattan än"))
        self._why.setVisible(not self._safe)
        if self._safe:
            return
        if self.desk.session.places.said(walk.id).keeps:
            why = [_("Vandringen sparas här. Den här enheten ska inte tömmas.")]
        elif self._unnamed:
            why = [
                _("Här ligger filer som ingen vandring nämner. De kan vara foton som bara finns här: flytta ut dem.")
            ]
        elif found.whole_at >= 2:
            told = _("Två andra enheter har allt. Säg på den som ska behålla vandringen att den sparas där, och synka.")
            why = [told]
        else:
            why = [_("Två andra enheter, minst en där vandringen sparas, ska först ha sagt att de har allt.")]
        lacking = [each for each in found.sentences[len(found.state) :] if each not in (found.everything, *found.waits)]
        self._why.setText(" ".join([*why, *(f"{each.rstrip('.')}." for each in lacking)]))

    def _show_reach(self, walk: SafetyWalk, devices: Devices) -> None:
        """From where the walk goes, and when that was to be."""
        reach = reach_of(self.desk.session, walk, devices)
        until = walk.retention_until
        today = local(self.desk.session.clock(), walk.zone).date()
        gone = _("Dagen för gallring har kommit: {day}.") if is_due(walk, today) else _("Gallras {day}.")
        self._until.setText(gone.format(day=day_words(until)) if until else _("Ingen dag för gallring är satt."))
        targets = _("Målen {targets}: nu om de går att nå, annars när du synkar med dem nästa gång.")
        one = _("Målet {targets}: nu om det går att nå, annars när du synkar med det nästa gång.")
        names = named(list(map(target_name, reach.left)))
        self._targets.setText((targets if len(reach.left) > 1 else one).format(targets=names))
        self._target_line.setVisible(bool(reach.left))
        others = ngettext(
            "{names} har den också, och får frågan vid nästa synk med ett mål där den är gallrad.",
            "{names} har den också. De får frågan nästa gång de synkar med ett mål där den är gallrad.",
            len(reach.devices),
        )
        self._others.setText(others.format(names=named(reach.devices)))
        self._other_line.setVisible(bool(reach.devices))
        asks = _("{title} gallras här, i säkerhetskopior och på mål. Det går inte att ångra.")
        self._asks.setText(asks.format(title=walk.title or _("Vandringen")))

    # What is done

    def _ask(self, asked: bool) -> None:
        self._asked = asked
        self._show_acts()
        (self._keep if asked else self._purge).setFocus(Qt.FocusReason.OtherFocusReason)
        if asked:
            # Its place is known once the page has been laid out.
            QTimer.singleShot(0, self._question, lambda: self._cards.ensureWidgetVisible(self._question))

    def _start_emptying(self) -> None:
        walk = self._walk()
        if walk is not None:
            session = self.desk.session
            self._start(walk, _("Tömmer den här enheten"), lambda: empty(session, walk))

    def _start_purging(self) -> None:
        walk = self._walk()
        if walk is not None:
            session = self.desk.session
            self._start(walk, _("Gallrar vandringen"), lambda: purge(session, walk))

    def _start_moving(self) -> None:
        """The files that no walk names go to a folder where a person can look at them."""
        desk, folder = self.desk, self.desk.choose_folder(self, _("Mapp att flytta filerna till"))
        if folder is not None:
            self._refuse(None)
            run = desk.work(_("Flyttar filer"), lambda: told(lambda: move_out(desk.session, folder)))
            tell_outcome(run, self, self._moved, partial(_tell_moved, desk))

    def _moved(self, result: MovedOut | Failure) -> None:
        if isinstance(result, Failure):
            self._refuse(ErrorPanel(self.look, result))
        else:
            _tell_moved(self.desk, result)
        self.refresh({})

    def _start(self, walk: SafetyWalk, what: str, begin: Callable[[], Job[Any]]) -> None:
        desk, before = self.desk, reach_of(self.desk.session, walk)
        self._refuse(None)
        self._asked = False
        self._run = desk.work(what, lambda: told(begin))
        elsewhere = partial(_tell, desk, walk, before)
        tell_outcome(self._run, self, partial(self._outcome, walk, before), elsewhere, cancelled=True)
        self._show_acts()

    def _outcome(self, walk: SafetyWalk, before: Gone, result: Gone | Failure | None) -> None:
        self.desk.guide.write()
        part = _part_of(self.desk.session, walk, before, result)
        if part:
            self.desk.swap(Place("remove", part=part))
            return
        self._run = None
        if isinstance(result, Failure):
            self._refuse(ErrorPanel(self.look, result, meaning=_("Vandringen är kvar.")))
        else:
            _tell(self.desk, walk, before, result)
        self.refresh({})

    def _refuse(self, panel: QWidget | None) -> None:
        """Say in place what went wrong; None takes it away."""
        emptied(self._wrong)
        self._trouble.setVisible(panel is not None)
        if panel is not None:
            self._wrong.addWidget(panel)


def _tell_moved(desk: Desk, result: MovedOut | Failure) -> None:
    if isinstance(result, Failure):
        desk.say(Notice(f"{result.text} {result.advice}".strip(), icon_named("state", "blocks"), problem=True))
    else:
        desk.say(Notice(" ".join(result.lines)))


def _line(icon: Icon, words: QWidget) -> QWidget:
    box = row(icon, words, spacing=12)
    box.setStretch(1, 1)
    box.setAlignment(icon, Qt.AlignmentFlag.AlignTop)
    return held(box)


def part_of(gone: Gone | None, title: str = "", failed: str = "") -> str:
    """What was reached, as a part of a place: of a purge, or None where the walk of this title only left this device;
    and what `failed` by the way."""
    return json.dumps({"gone": asdict(gone) if gone else None, "title": title, "failed": failed})


def lines_of(part: str) -> list[str]:
    """The same in sentences."""
    said = json.loads(part)
    failed = [said["failed"]] if said["failed"] else []
    if said["gone"] is not None:
        return [*Gone(**said["gone"]).lines, *failed]
    text = _("Vandringen {title} ligger inte kvar här. Mål och andra enheter har kvar det de har.")
    return [text.format(title=said["title"]), *failed]


def _part_of(session: Session, walk: SafetyWalk, before: Gone, result: Gone | Failure | None) -> str:
    """What came of it, of the `before` that there was; "" where the walk is still here."""
    if is_here(session, walk.id):
        return ""
    failed = f"{result.text} {result.advice}".strip() if isinstance(result, Failure) else ""
    if session.places.purged(walk.id) is None:
        return part_of(None, str(walk.title or walk.id[:8]), failed)
    return part_of(result if isinstance(result, Gone) else reached(session, walk.id, before), failed=failed)


def _tell(desk: Desk, walk: SafetyWalk, before: Gone, result: Gone | Failure | None) -> None:
    """Say in a line what came of it, wherever one is; that the walk has gone is heard before."""
    desk.bell.settle()
    desk.guide.write()
    part = _part_of(desk.session, walk, before, result)
    if part:
        desk.say(Notice(lines_of(part)[0], action=(_("Vad som nåddes"), lambda: desk.go(Place("remove", part=part)))))
    elif isinstance(result, Failure):
        text = f"{result.text} {result.advice}".strip()
        desk.say(Notice(text, icon_named("state", "blocks"), problem=True))
    else:
        desk.say(Notice(_("Avbrutet. Vandringen är kvar."), icon_named("action", "stop")))
