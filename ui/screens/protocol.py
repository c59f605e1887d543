"""The protocol: what to look over first, its pages, and the file itself."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.job import Job
from app.base.words import _, ngettext
from app.domain.change import News
from app.domain.numbers import number_key
from app.domain.records import Measure, MeasureFor, Observation, Photo, SafetyWalk
from app.domain.values import ObservationKind
from app.queries.photos import unshown
from app.queries.protocol_check import Matter, matters
from ui.bridge.runner import Failure, Run
from ui.widgets.button import Button, lit
from ui.widgets.desk import Desk, Place
from ui.widgets.flow import Flow
from ui.widgets.look import icon_named
from ui.widgets.matter_rows import MatterRows, clear_rows, told_of
from ui.widgets.measure_pane import TWO_PANES, steps
from ui.widgets.notice import ErrorPanel, Notice
from ui.widgets.outcome import tell_outcome
from ui.widgets.outside import open_file
from ui.widgets.page import Foot, Head, Screen, Scroll
from ui.widgets.page_preview import PagePreview
from ui.widgets.progress import Progress
from ui.widgets.rehearsed import practised_of_protocol, rehearsed
from ui.widgets.text import Heading, Icon, Label, Surface, column, emptied, held, row
from ui.widgets.words import file_title, versions_words

PAGES_ONLY = "pages"
"""Of a place: the pages alone, where there is no room for them beside the rest."""


class ProtocolScreen(Screen):
    """What is counted and what may be looked over, with a button to mend each; beside it the pages."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self._run: Run | None = None
        self._ready = self._begun = self._stale = False
        self._left, self._right = self._made_left(), self._made_right()
        panes = row(self._left, self._right, spacing=0)
        panes.setStretch(0, 11)
        panes.setStretch(1, 9)
        if place.part == PAGES_ONLY:
            head = Head(desk, _("Protokollets sidor"), _("Intern utgåva"), back=_("Tillbaka"))
            self.heading = head.heading
            self.box.addWidget(head)
        self.box.addLayout(panes, 1)
        steps(self, {"PgUp": lambda: self._turn(-1), "PgDown": lambda: self._turn(1)})

    # The parts

    def _made_left(self) -> QWidget:
        look = self.look
        self._title = Heading(look, "")
        self.heading = self._title
        self._counts = Label(look, "", "body", "text2")
        self._made = QWidget()
        self._made_box = QVBoxLayout(self._made)
        self._made_box.setContentsMargins(0, 0, 0, 0)
        self._made.hide()
        self._rows = MatterRows(look)
        self._rows.mend.connect(lambda matter, first: self.desk.go(self._mended(matter, first)))
        inner = column(self._title, self._counts, self._told(), self._made, self._rows, 1, margin=18, spacing=12)
        content = held(inner)
        self._pages = Button(look, _("Visa sidorna"), "file-eye-outline", least=56)
        self._pages.clicked.connect(lambda: self.desk.go(Place("protocol", self.place.walk, part=PAGES_ONLY)))
        make = lit(look, _("Gör protokollet"), icon_named("action", "pdf"), least=56)
        make.clicked.connect(self._make)
        left = QWidget()
        down = QVBoxLayout(left)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(Scroll(look, content), 1)
        down.addWidget(Foot(look, self._pages, make))
        return left

    def _told(self) -> QWidget:
        look = self.look
        edition = _("Intern utgåva. Innehåller det som inte får publiceras.")
        inside = row(
            Icon(look, icon_named("state", "locked"), "info"), Label(look, edition, "strong"), margin=12, spacing=10
        )
        inside.setStretch(1, 1)
        told = Surface(look, "infoBg", line="info", radius=12)
        told.setLayout(inside)
        return told

    def _made_right(self) -> QWidget:
        look = self.look
        self._preview = PagePreview(look)
        self._above = QVBoxLayout()
        self._above.setContentsMargins(12, 10, 12, 0)
        self._again = Button(look, _("Uppdatera förhandsvisningen"), "refresh")
        self._again.clicked.connect(self._draw)
        self._old = Label(look, _("Vandringen har ändrats sedan sidorna gjordes."), "meta", "text2")
        self._renew = held(column(self._old, self._again, margin=10, spacing=6))
        self._renew.hide()
        right = Surface(look, "sunken", edge="left")
        down = QVBoxLayout(right)
        down.setContentsMargins(1, 0, 0, 0)
        down.setSpacing(0)
        down.addLayout(self._above)
        down.addWidget(self._renew)
        down.addWidget(self._preview, 1)
        self._preview.hide()
        down.addStretch(0)
        return right

    # What is so

    def _walk(self) -> SafetyWalk | None:
        return self.desk.shelf.walk(self.place.walk)

    def subtitle(self) -> str:
        """That nothing is finalised."""
        return _("Arbetsmaterial, numren är preliminära")

    def refresh(self, _news: Mapping[str, News]) -> None:
        """Show what is to be looked over; the pages are drawn once, and again when a person says so."""
        first, self._ready = not self._ready, True
        self._arrange()
        self._show_matters()
        if not first and self._begun:
            self._stale = True
            self._renew.setVisible(self._run is None)

    def _arrange(self) -> None:
        two = self.effective_width() >= TWO_PANES
        only = self.place.part == PAGES_ONLY
        self._left.setVisible(not only)
        self._right.setVisible(two or only)
        self._pages.setVisible(not two)
        if (two or only) and self._ready and not self._begun:
            self._draw()

    def _show_matters(self) -> None:
        shelf, scope = self.desk.shelf, self.place.walk
        seen, photos = shelf.all_of(Observation, scope), shelf.all_of(Photo, scope)
        measures, conflicts = shelf.all_of(Measure, scope), shelf.conflicts(scope)
        links = shelf.all_of(MeasureFor, scope)
        practised, pending = practised_of_protocol(self.desk, scope), unshown(self.desk.session, photos)
        found = matters(seen, photos, measures, links, conflicts, pending, practised, practised=shelf.practised(scope))
        counts = [
            ngettext("{n} iakttagelse", "{n} iakttagelser", len(seen)).format(n=len(seen)),
            ngettext("{n} åtgärd", "{n} åtgärder", len(measures)).format(n=len(measures)),
            ngettext("{n} foto", "{n} foton", len(photos)).format(n=len(photos)),
        ]
        if conflicts:
            counts.append(versions_words(len(conflicts)))
        self._counts.setText(", ".join((*counts, _("preliminär"))))
        open_ = [each for each, ids in found.items() if ids]
        text = ngettext("{n} sak att se över", "{n} saker att se över", len(open_)).format(n=len(open_))
        self._title.setText(text if open_ else _("Inget att se över"))
        numbers = shelf.numbers(scope).of
        rows = [
            told_of(each, len(ids), min(ids, key=lambda one: (number_key(numbers.get(one, "")), one)))
            for each, ids in found.items()
            if ids
        ]
        if practised and not rehearsed(self.desk, scope):
            word = _("Visa iakttagelserna")
            rows = [replace(each, button=word) if each.matter == Matter.REHEARSED else each for each in rows]
        good = sum(each.kind == ObservationKind.POSITIVE for each in seen)
        self._rows.show_rows([*rows, *clear_rows(found, good)])

    def _mended(self, matter: Matter, first: str) -> Place:
        """Where something is put right."""
        walk = self.place.walk
        measure = "measures" if self.effective_width() >= TWO_PANES else "measure"
        return {
            Matter.UNALARMED: Place("acute", walk, first),
            Matter.CONFLICTS: Place("review", walk),
            Matter.REHEARSED: Place("position" if rehearsed(self.desk, walk) else "observations", walk),
            Matter.UNSHOWN: Place("devices", walk),
            Matter.DRAFTS: Place("complete", walk),
            Matter.SUGGESTED: Place("complete", walk),
            Matter.UNREASONED: Place(measure, walk, first),
            Matter.UNDECIDED: Place(measure, walk, first),
            Matter.UNANSWERED: Place("measure_from", walk),
            Matter.UNDESCRIBED: Place("photos", walk),
        }[matter]

    # The pages

    def _draw(self) -> None:
        walk = self._walk()
        if walk is None or self._run is not None:
            return
        # It brings the composer and the renderer along, which the window should not wait for when it opens.
        from app.jobs.protocol import drawn_protocol

        self._begun, self._stale = True, False
        self._renew.hide()
        emptied(self._above)
        session = self.desk.session
        self._run = run = self.desk.runner.start(lambda: drawn_protocol(session, walk))
        self._above.addWidget(Progress(self.look, _("Förhandsvisningen görs"), run))
        run.done.connect(self._drawn)
        run.failed.connect(self._not_drawn)
        run.cancelled.connect(self._stopped)
        # Nobody looks at the pages of a screen that is gone.
        self.destroyed.connect(run.cancel)

    def _over(self, *, stale: bool) -> None:
        self._run = None
        self._stale = self._stale or stale
        emptied(self._above)
        self._renew.setVisible(self._stale)

    def _stopped(self) -> None:
        self._over(stale=True)

    def _drawn(self, data: bytes) -> None:
        self._over(stale=False)
        self._preview.show()
        self._preview.show_pdf(data)

    def _not_drawn(self, failure: Failure) -> None:
        self._over(stale=False)
        if failure.trace:
            self.desk.fail(failure)
            return
        self._above.addWidget(ErrorPanel(self.look, failure, (_("Försök igen"), self._draw)))

    def _turn(self, by: int) -> None:
        if self._preview.isVisible():
            self._preview.turn(self._preview.page + by)

    # The file

    def _make(self) -> None:
        walk = self._walk()
        if walk is None:
            return
        kinds = _("PDF (*.pdf)")
        said = self.desk.choose_new_file(self, _("Var ska protokollet ligga?"), file_name(walk), kinds)
        if said is None:
            return
        path = said if said.suffix.lower() == ".pdf" else said.with_name(f"{said.name}.pdf")
        run = self.desk.work(_("Protokollet görs"), self._written(walk, path))
        desk = self.desk

        def tell(made: Any) -> None:
            desk.say(Notice(_made_words(made.pages, path), action=(_("Öppna"), lambda: open_file(desk, path))))

        tell_outcome(run, self, lambda made: self._show_made(path, made.pages), tell)

    def _written(self, walk: SafetyWalk, path: Path) -> Callable[[], Job[Any]]:
        from app.jobs.protocol import make_protocol

        return lambda: make_protocol(self.desk.session, walk, path)

    def _show_made(self, path: Path, pages: int) -> None:
        """Say in place that the file is there."""
        look, desk = self.look, self.desk
        emptied(self._made_box)
        show = Button(look, _("Öppna protokollet"), "open-in-new")
        show.clicked.connect(lambda: open_file(desk, path))
        folder = Button(look, _("Visa i mappen"), "folder-open-outline")
        folder.clicked.connect(lambda: open_file(desk, path.parent))
        flow = Flow(look.gap)
        for each in (show, folder):
            flow.addWidget(each)
        text = Label(look, _made_words(pages, path), "strong")
        head = row(Icon(look, icon_named("state", "done"), "ok", 28), text, spacing=12)
        head.setStretch(1, 1)
        panel = Surface(look, "okBg", line="ok", radius=12)
        panel.setLayout(column(held(head), held(flow), margin=14, spacing=10))
        panel.setAccessibleName(text.text())
        self._made_box.addWidget(panel)
        self._made.show()
        show.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Room for the pages, or no longer; rows that stack, or no longer."""
        super().resizeEvent(event)
        self._arrange()


def file_name(walk: SafetyWalk) -> str:
    """What a walk's protocol is called in a folder: without the signs that some systems refuse there."""
    return f"{_('Protokoll')} {file_title(str(walk.title or ''))}".strip() + ".pdf"


def _made_words(pages: int, path: Path) -> str:
    text = ngettext("Klart: {n} sida i {name}.", "Klart: {n} sidor i {name}.", pages)
    return text.format(n=pages, name=path.name)
