"""The window: holds one screen at a time, and the way back.

A change of place makes the new screen; a change of language, theme, size or hand makes everything anew at the same
place. What is written is never in the window: it is in the log before the next key is pressed.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, QTimer, QTranslator
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.base.job import Job
from app.domain.change import News
from app.jobs.maps import map_files
from app.queries.find import walks
from app.session import Session, language_of, speak_language
from app.settings import Settings
from ui.bridge.events import Bell
from ui.bridge.guide import Guide
from ui.bridge.pictures import Pictures
from ui.bridge.runner import Failure, Run, Runner
from ui.bridge.shelf import Shelf
from ui.bridge.tiles import Tiles
from ui.shell.asking import Asking
from ui.shell.daylight import Daylight
from ui.shell.failure import FailurePage, LastResort
from ui.shell.frame import Arrangement, Frame
from ui.shell.hearing import Hearing
from ui.shell.keys import Keys
from ui.shell.leaving import Leaving
from ui.shell.navigation import Rail
from ui.shell.order import step
from ui.shell.pages import PAGES
from ui.shell.theme import after, map_colors, put_on, scaled, speak_qt
from ui.shell.trail import Trail
from ui.shell.undoing import redone, undone
from ui.shell.vanished import farewell, must_leave
from ui.shell.view import View
from ui.shell.works import Works
from ui.widgets.bars import SavedChip
from ui.widgets.desk import Desk, Place
from ui.widgets.focus import FocusRing
from ui.widgets.notice import Notice, Tray
from ui.widgets.page import MIDDLE, WIDE, Screen
from ui.widgets.tabs_bar import TabsBar

LOW, LOW_GLOVED, LOWEST = 720, 880, 360
"""Below these effective heights destinations lie close, with gloves too, and the bar says nothing of the title."""

STATE_AFTER_MS = 400
"""Receipts and undo are looked up so long after the last change: they are read, not felt."""


class Window(QWidget):
    """The window over one home. `asking` asks a person for paths; a test hands in its own. `room` is what the screen
    has: a window that was left larger fills it, and is laid out for that at once."""

    def __init__(
        self, session: Session, app: QApplication, asking: Asking | None = None, room: QSize | None = None
    ) -> None:
        super().__init__()
        self.session, self._app, self._asking = session, app, asking or Asking()
        self.bell = Bell(session, self)
        self.shelf = Shelf(session, self.bell)
        self.runner = Runner(session.close, self)
        self.guide = Guide(session, self.fail, self)
        self.daylight = Daylight(session, lambda: self.guide.position)
        self.pictures, self.tiles = Pictures(session.blobs, self), Tiles([], None, self)
        self.last_resort = LastResort(self.fail, self)
        self._trail = Trail(session, PAGES, [each.id for each in walks(session)])
        self._frame: Frame | None = None
        self._failure: FailurePage | None = None
        self._leaving = Leaving(lambda: self._frame, self.fail, self.last_resort, self._arrange)
        self.works = Works(self)
        self._translator: QTranslator | None = None
        self._said_at = self._own_seq = 0
        self.ring: FocusRing | None = None
        self._later = QTimer(self, singleShot=True, interval=STATE_AFTER_MS)
        self._later.timeout.connect(self._show_state)
        self._hearing = Hearing(self._refresh, self.bell)
        self.bell.rang.connect(self._heard)
        self.setWindowTitle("Gatljus")
        self.setMinimumSize(360, 480)
        size, self._fills = self._trail.opening(room)
        self.resize(size)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self.keys = Keys(self, self)
        self._begin()

    # Where one is

    @property
    def place(self) -> Place:
        """Where one is."""
        return self._trail.place

    @property
    def frame(self) -> Frame:
        """The screen with what is around it."""
        assert self._frame is not None
        return self._frame

    @property
    def shown(self) -> Screen:
        """The screen that is shown."""
        return self.frame.shown

    @property
    def tray(self) -> Tray:
        """Where notices are shown."""
        return self.frame.tray

    def go(self, place: Place) -> None:
        """Open a place; the one before is the way back."""
        self._travel(lambda: self._trail.go(place))

    def swap(self, place: Place) -> None:
        """Show a place instead of this one."""
        self._travel(lambda: self._trail.swap(place))

    def stay(self, place: Place) -> None:
        """The screen that is shown is at this place from now on; nothing is made anew."""
        self._trail.swap(place)
        self._trail.keep(self.size())

    def back(self) -> None:
        """The place before; home where there is none."""
        self._travel(self._trail.back)

    def _travel(self, step: Callable[[], bool]) -> None:
        """On to where `step` leads, unless that is where one is. Where it cannot be shown, or something typed here
        could not be kept, one stays."""
        if not self._leaving.may_leave():
            return
        before = self._trail.places
        if not step():
            return
        try:
            self._build(keeps_view=False) if self.daylight.has_turned else self._show_place()
        except Exception:
            self._trail.places = before
            raise
        self._trail.keep(self.size())

    # Building

    def _begin(self) -> None:
        """Open where one was left; home where that cannot be shown."""
        try:
            self._build()
        except Exception as error:  # noqa: BLE001, it is told; else the program would never start again
            self._trail.places = [Place()]
            self._build()
            self.fail(Failure.of(error))

    def build(self) -> None:
        """Make everything anew: language, look, the screen one is at."""
        if self._leaving.may_build():
            self._build()

    def _build(self, *, keeps_view: bool = True) -> None:
        language = language_of(self.session.settings.language or None)
        speak_language(language)
        self._translator = speak_qt(self._app, self._translator, language)
        self.look = self.daylight.look()
        self.setUpdatesEnabled(False)
        put_on(self._app, self.look)
        self.pictures.dye(self.look.color("text") if self.look.theme == "red" else None)
        self.tiles.stop()
        self.tiles.deleteLater()
        self.tiles = Tiles(map_files(self.session), map_colors(self.look), self)
        self.desk = self._made_desk()
        if self.ring is not None:
            self.ring.leave()
        self.ring = FocusRing(self.look, self)
        view = View.of(self._frame.shown if self._frame and keeps_view else None)
        try:
            self._show_place()
        finally:
            self.setUpdatesEnabled(True)
        view.put_back(self.shown)

    def open(self) -> None:
        """Show the window, as large as it was left; where the screen is smaller, over the whole of it."""
        if self._fills:
            self.showMaximized()
        else:
            self.show()

    def _made_desk(self) -> Desk:
        asking = self._asking
        return Desk(
            session=self.session, look=self.look, room=self.width_class(), bell=self.bell, shelf=self.shelf,
            runner=self.runner, guide=self.guide, pictures=self.pictures, tiles=self.tiles, go=self.go,
            swap=self.swap, stay=self.stay, back=self.back, undo=self.undo, say=self.say, fail=self.fail,
            work=self.work, may_leave=self._leaving.may_leave, set_settings=self.set_settings, rebuild=self.build,
            choose_folder=asking.folder, choose_files=asking.files, choose_new_file=asking.new_file,
        )  # fmt: skip

    def parts(self) -> list[QWidget]:
        """The parts of the window, in order: rail, bar, page, tabs."""
        bar = [self.frame.bar] if self.frame.bar else []
        found = [*self.findChildren(Rail), *bar, self.shown, *self.findChildren(TabsBar)]
        return [each for each in found if each.isVisible()]

    def focusNextPrevChild(self, forward: bool) -> bool:
        """The tabulator goes as one reads: bar, page, work, notice, tabs, rail."""
        bar = [self.frame.bar] if self.frame.bar else []
        # A screen of the field has tabs of its own.
        tabs = [each for each in self.findChildren(TabsBar) if not self.shown.isAncestorOf(each)]
        ways = [*bar, self.shown, self.works, self.tray, *tabs, *self.findChildren(Rail)]
        return step([each for each in ways if each.isVisible()], forward=forward)

    def width_class(self) -> str:
        """wide, middle or narrow: by width ÷ text scale."""
        effective = self.width() / self.look.scale
        return "wide" if effective >= WIDE else "middle" if effective >= MIDDLE else "narrow"

    def _arrangement(self) -> Arrangement:
        height = self.height() / self.look.scale
        return Arrangement(self.width_class(), height < LOWEST, height < (LOW_GLOVED if self.look.gloves else LOW))

    def _show_place(self) -> None:
        self.bell.settle()
        gone, how = self._trail.leave_gone(), self._arrangement()
        desk = replace(self.desk, room=how.room)
        frame, old = Frame(desk, PAGES[self.place.page](desk, self.place), how), self._frame
        self._put_in(frame, old)
        try:
            frame.shown.refresh({})
        except Exception:
            if old is not None:
                self._put_in(old, frame)
                frame.deleteLater()
            raise
        if old is not None:
            if unread := old.tray.unread:
                frame.tray.say(unread)
            old.deleteLater()
        self._say_title()
        self.tray.raise_()
        if self._failure is not None:
            self._failure.raise_()
        if gone:
            self.say(farewell(self.session, gone))
        self._later.start()
        self._trail.put_focus(self.shown)

    def _put_in(self, frame: Frame, old: Frame | None) -> None:
        """Show a frame instead of another one, which gives way first: beside it the page would have half the height."""
        self._frame = frame
        frame.take(self.works)
        if old is not None:
            old.hide()
            self._box.removeWidget(old)
        self._box.addWidget(frame)
        frame.show()
        # So that the screen knows its size before it shows anything.
        self._box.activate()

    def _say_title(self) -> None:
        if self.frame.bar is not None:
            self.frame.bar.say(self.shown.title(), self.shown.subtitle())
        title = self.shown.title()
        self.setWindowTitle(f"{title} – Gatljus" if title else "Gatljus")

    # What is heard and said

    def _heard(self, news: Mapping[str, News]) -> None:
        self._later.start()
        self._hear_of_own()
        if self._frame is not None and must_leave(self.session, self.shown, self.place.walk, news):
            self._show_place()
        elif self._frame is not None and self.shown.concerns(news):
            self._hearing.hear(news)

    def _refresh(self, news: Mapping[str, News]) -> None:
        self.shown.refresh(news)
        self._say_title()

    def _show_state(self) -> None:
        if self.frame.bar is not None:
            self.frame.bar.show_state(self.session)
        self.shown.show_state()

    def say(self, notice: Notice) -> None:
        """Show a notice."""
        self._said_at = self._said_at if self.tray.keeps(notice) else self._last_seq()
        self.tray.say(notice)

    def _last_seq(self) -> int:
        return self.session.log.last_seqs(self.place.walk).get(self.session.identity.device, 0)

    def _hear_of_own(self) -> None:
        """What was written here lies nowhere else yet; a notice whose undo would take it back instead of what it speaks
        of is over, and so is a problem that was seen. A track that is recorded takes none of them away."""
        acted = partial(self.session.log.acted_since, self.place.walk, self.session.identity.device)
        before, notice, self._own_seq = self._own_seq, self.tray.notice, self._last_seq()
        if self._own_seq != before:
            for chip in self.findChildren(SavedChip):
                chip.say_saved()
        if self._own_seq != before and acted(before):
            self.tray.clear_read()
        if notice is not None and notice.undo and acted(self._said_at):
            self.tray.clear()

    def fail(self, failure: Failure) -> None:
        """Show what went wrong: the world's fault as a notice with what to do, ours as a page with a report."""
        if failure.trace:
            # The first one tells most.
            if self._failure is None:
                self._failure = FailurePage(self.look, self, failure)
                self._failure.closed.connect(self._failure_gone)
            return
        text = " ".join(each for each in (failure.text, failure.advice) if each)
        self.say(Notice(text, "alert-octagon", problem=True))

    def _failure_gone(self) -> None:
        self._failure = None

    def undo(self) -> None:
        """Take back what this device did last in the walk."""
        self._take_back(again=True)

    def redo(self) -> None:
        """Put back what was undone last."""
        self._take_back(again=False)

    def _take_back(self, *, again: bool) -> None:
        if walk := self.place.walk:
            self.shown.flush()
            self.say(undone(self.session, walk, self.redo, self.say) if again else redone(self.session, walk))

    # Work

    def work(self, what: str, begin: Callable[[], Job[Any]]) -> Run:
        """Run a job; its progress is shown in the window until it ends, whichever page one is at."""
        self.tray.clear_read()
        run = self.runner.start(begin)
        run.failed.connect(self.fail)
        self.works.show_later(self.look, what, run)
        return run

    # Settings, size, end

    def set_settings(self, settings: Settings) -> None:
        """Keep settings and show everything as they say."""
        before = self.session.settings
        if settings == before:
            return
        self.session.save(settings)
        self.keys.dimming.show_now()
        # What does not show needs no new window, which would take the focus from who is typing it.
        if self.daylight.look_of(settings) != self.look or settings.language != before.language:
            QTimer.singleShot(0, self.build)

    def scale_text(self, step: int) -> None:
        """Larger or smaller text."""
        self.set_settings(scaled(self.session.settings, step))

    def next_theme(self) -> None:
        """The next theme."""
        self.set_settings(after(self.session.settings, self.look.theme))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may ask for another arrangement."""
        super().resizeEvent(event)
        if self._frame is not None and self._arrangement() != self.frame.how and self._leaving.may_arrange():
            self._arrange()

    def _arrange(self) -> None:
        if self._arrangement() != self.frame.how:
            view = View.of(self.shown)
            self._show_place()
            view.put_back(self.shown)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Write what is being typed, stop what works, keep the place. What could not be kept is said once before."""
        if not self._leaving.may_leave():
            event.ignore()
            return
        try:
            self._trail.keep(self.size())
        finally:
            # What still works is waited for, which nobody need see.
            self.hide()
            self.guide.stop()
            self.bell.stop()
            self._later.stop()
            self.runner.stop_all()
            self.pictures.stop()
            self.tiles.stop()
            self.last_resort.stop()
        super().closeEvent(event)
