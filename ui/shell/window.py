"""The window: holds one screen at a time, and the way back.

A change of place makes the new screen; a change of language, theme, size or hand makes everything anew at the same
place. What is written is never in the window: it is in the log before the next key is pressed.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QLibraryInfo, QObject, QSize, Qt, QTimer, QTranslator
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from app.base.job import Job
from app.base.words import _, ngettext
from app.commands import records
from app.domain.change import News
from app.jobs.maps import map_files
from app.queries.find import walks
from app.queries.undoable import undoable
from app.session import Session, language_of, speak_language
from app.settings import Settings
from ui.bridge.events import Bell
from ui.bridge.pictures import Pictures
from ui.bridge.runner import Failure, Run, Runner
from ui.bridge.shelf import Shelf
from ui.bridge.tiles import Tiles
from ui.shell.asking import Asking
from ui.shell.bars import TopBar
from ui.shell.failure import FailurePage, LastResort
from ui.shell.hearing import Hearing
from ui.shell.keys import Keys
from ui.shell.navigation import NARROW, Rail, narrow_tabs
from ui.shell.order import step
from ui.shell.pages import PAGES
from ui.shell.theme import look_of, map_colors, put_on
from ui.shell.trail import Trail
from ui.shell.view import View
from ui.shell.works import Works
from ui.widgets.desk import Desk, Place
from ui.widgets.fields import Field
from ui.widgets.focus import FocusRing
from ui.widgets.look import TEXT_SCALES, THEMES
from ui.widgets.notice import Notice, Tray
from ui.widgets.page import MIDDLE, WIDE, Screen, Scroll
from ui.widgets.tabs_bar import TabsBar

USUAL = QSize(1280, 800)

TITLE_BAR = 40
"""What the system may put over a window."""

LOW, LOWEST = 720, 360
"""Below these effective heights destinations lie close, and the bar says nothing that the window's title says."""

STATE_AFTER_MS = 400
"""Receipts and undo are looked up so long after the last change: they are read, not felt."""


class Window(QWidget):
    """The window over one home. `asking` asks a person for paths; a test hands in its own."""

    def __init__(self, session: Session, app: QApplication, asking: Asking | None = None) -> None:
        super().__init__()
        self.session, self._app, self._asking = session, app, asking or Asking()
        self.bell = Bell(session, self)
        self.shelf = Shelf(session, self.bell)
        self.runner = Runner(session.close, self)
        self.pictures = Pictures(session.blobs, self)
        self.tiles = Tiles([], None, self)
        self.last_resort = LastResort(self.fail, self)
        self._trail = Trail(session, PAGES, [each.id for each in walks(session)])
        self._screen: Screen | None = None
        self._frame: QWidget | None = None
        self.works = Works(self)
        self._translator = QTranslator(self)
        self._said_at = 0
        self.ring: FocusRing | None = None
        self._class, self._arranged = "", ("", False, False)
        self._later = QTimer(self, singleShot=True, interval=STATE_AFTER_MS)
        self._later.timeout.connect(self._show_state)
        self._hearing = Hearing(self)
        self._hearing.due.connect(self._refresh)
        self.bell.rang.connect(self._heard)
        self.setWindowTitle("Gatljus")
        self.setMinimumSize(360, 480)
        self.resize(self._trail.size or USUAL)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self.keys = Keys(self, self)
        self.build()

    # Where one is

    @property
    def place(self) -> Place:
        """Where one is."""
        return self._trail.place

    @property
    def shown(self) -> Screen:
        """The screen that is shown."""
        assert self._screen is not None
        return self._screen

    def go(self, place: Place) -> None:
        """Open a place; the one before is the way back."""
        if self._trail.go(place):
            self._arrive()

    def swap(self, place: Place) -> None:
        """Show a place instead of this one."""
        self._trail.swap(place)
        self._arrive()

    def stay(self, place: Place) -> None:
        """The screen that is shown is at this place from now on; nothing is made anew."""
        self._trail.swap(place)
        self._trail.keep(self.size())

    def back(self) -> None:
        """The place before; home where there is none."""
        self._trail.back()
        self._arrive()

    def _arrive(self) -> None:
        self.bell.settle()
        self._trail.keep(self.size())
        self._show_place()

    # Building

    def build(self) -> None:
        """Make everything anew: language, look, the screen one is at."""
        language = language_of(self.session.settings.language or None)
        speak_language(language)
        self._speak_qt(language)
        self.look = look_of(self.session.settings)
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
        view = View.of(self._screen)
        self._show_place()
        self.setUpdatesEnabled(True)
        view.put_back(self.shown)

    def _speak_qt(self, language: str) -> None:
        """Qt's own dialogs, for files, in the same language; English is in them."""
        self._app.removeTranslator(self._translator)
        self._translator = QTranslator(self)
        if self._translator.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            self._app.installTranslator(self._translator)

    def open(self) -> None:
        """Show the window, as large as it was left; where the screen is smaller, over the whole of it."""
        room = self.screen().availableGeometry()
        if self.width() > room.width() or self.height() > room.height() - TITLE_BAR:
            self.showMaximized()
        else:
            self.show()

    def _made_desk(self) -> Desk:
        asking = self._asking
        return Desk(
            session=self.session, look=self.look, room=self.width_class(), bell=self.bell, shelf=self.shelf,
            runner=self.runner, pictures=self.pictures, tiles=self.tiles, go=self.go, swap=self.swap, stay=self.stay,
            back=self.back, undo=self.undo, say=self.say, fail=self.fail, work=self.work,
            set_settings=self.set_settings, choose_folder=asking.folder, choose_files=asking.files,
            choose_new_file=asking.new_file, rebuild=self.build,
        )  # fmt: skip

    def parts(self) -> list[QWidget]:
        """The parts of the window, in order: rail, bar, page, tabs."""
        found = [*self.findChildren(Rail), *([self.bar] if self.bar else []), self.shown, *self.findChildren(TabsBar)]
        return [each for each in found if each.isVisible()]

    def focusNextPrevChild(self, forward: bool) -> bool:
        """The tabulator goes as one reads: bar, page, work, notice, tabs, rail."""
        bar = [self.bar] if self.bar else []
        # A screen of the field has tabs of its own.
        tabs = [each for each in self.findChildren(TabsBar) if not self.shown.isAncestorOf(each)]
        ways = [*bar, self.shown, self.works, self.tray, *tabs, *self.findChildren(Rail)]
        return step([each for each in ways if each.isVisible()], forward=forward)

    def width_class(self) -> str:
        """wide, middle or narrow: by width ÷ text scale."""
        effective = self.width() / self.look.scale
        return "wide" if effective >= WIDE else "middle" if effective >= MIDDLE else "narrow"

    def _arrangement(self) -> tuple[str, bool, bool]:
        """What the size of the window decides: its width class, and whether it is very low, or low."""
        height = self.height() / self.look.scale
        return self.width_class(), height < LOWEST, height < LOW

    def _show_place(self) -> None:
        refused = self._left() if self._screen is not None else ""
        screen_class = PAGES[self.place.page]
        self._class, self._arranged = self.width_class(), self._arrangement()
        screen = screen_class(replace(self.desk, room=self._class), self.place)
        frame = self._framed(screen)
        old, self._frame, self._screen = self._frame, frame, screen
        self._box.addWidget(frame)
        frame.show()
        if old is not None:
            self._box.removeWidget(old)
            old.hide()
            old.deleteLater()
        # So that the screen knows its size before it shows anything.
        self._box.activate()
        screen.refresh({})
        self._say_title()
        self.tray.raise_()
        self._later.start()
        if screen.heading is not None:
            screen.heading.setFocus(Qt.FocusReason.OtherFocusReason)
        if refused:
            self.fail(Failure(_("Det som skrevs sist togs inte emot."), refused))

    def _left(self) -> str:
        """Write what is still being typed before a screen is left. Returns why something of it was refused, or ""."""
        self.shown.flush()
        return next((each.refusal for each in self.shown.findChildren(Field) if each.refusal), "")

    def _framed(self, screen: Screen) -> QWidget:
        """The screen with rail or tabs, bar and tray."""
        frame = QWidget()
        across = QHBoxLayout(frame)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        content = QWidget()
        down = QVBoxLayout(content)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        self.bar: TopBar | None = None
        low = self._arrangement()[1]
        if not screen.chromeless and self.place.walk:
            stacked = self._class == "narrow" and not low
            self.bar = TopBar(self.look, self.place.walk, self.undo, stacked=stacked, bare=low)
            down.addWidget(self.bar)
        # Where there is hardly any height the whole page scrolls rather than being cut.
        down.addWidget(Scroll(self.look, screen) if low and not screen.chromeless else screen, 1)
        down.addWidget(self.works)
        if not screen.chromeless:
            self._add_navigation(across, down)
        across.addWidget(content, 1)
        self.tray = Tray(screen.look, content, screen.notices_over)
        self.tray.undo_pressed.connect(self.undo)
        self.tray.covers.connect(screen.make_room)
        content.installEventFilter(self)
        self._content = content
        return frame

    def _add_navigation(self, across: QHBoxLayout, down: QVBoxLayout) -> None:
        if self._class == "narrow":
            down.addWidget(TabsBar(self.look, narrow_tabs(self.place), self._tab))
            return
        low = self._arrangement()[2]
        across.addWidget(Rail(self.look, self.place, self.go, narrow=self._class == "middle", low=low))

    def _tab(self, page: str) -> None:
        self.go(Place(page, self.place.walk if page in NARROW else ""))

    def _say_title(self) -> None:
        if self.bar is not None:
            self.bar.say(self.shown.title(), self.shown.subtitle())
        title = self.shown.title()
        self.setWindowTitle(f"{title} – Gatljus" if title else "Gatljus")

    # What is heard and said

    def _heard(self, news: Mapping[str, News]) -> None:
        self._later.start()
        self._drop_old_undo()
        if self._screen is not None and self._screen.concerns(news):
            self._hearing.hear(news)

    def _refresh(self, news: Mapping[str, News]) -> None:
        self.shown.refresh(news)
        self._say_title()

    def _show_state(self) -> None:
        if self.bar is not None:
            self.bar.show_state(self.session)
        self.shown.show_state()

    def say(self, notice: Notice) -> None:
        """Show a notice."""
        self._said_at = self._last_seq() if notice.undo else 0
        self.tray.say(notice)

    def _last_seq(self) -> int:
        return self.session.log.last_seqs(self.place.walk).get(self.session.identity.device, 0)

    def _drop_old_undo(self) -> None:
        """A notice whose undo would take back something newer than it speaks of is over."""
        notice = self.tray.notice
        if notice is not None and notice.undo and self._last_seq() != self._said_at:
            self.tray.clear()

    def fail(self, failure: Failure) -> None:
        """Show what went wrong: the world's fault as a notice with what to do, ours as a page with a report."""
        if failure.trace:
            FailurePage(self.look, self, failure)
            return
        text = " ".join(each for each in (failure.text, failure.advice) if each)
        self.say(Notice(text, "alert-octagon", problem=True))

    def undo(self) -> None:
        """Take back what this device did last in the walk."""
        self._take_back(records.undo, _("Ångrat: {what}."), again=True)

    def redo(self) -> None:
        """Put back what was undone last."""
        self._take_back(records.redo, _("Gjort om: {what}."), again=False)

    def _take_back(self, command: Callable[[Session, str], Any], words: str, *, again: bool) -> None:
        walk = self.place.walk
        if not walk:
            return
        self.shown.flush()
        what = undoable(self.session, walk) or ""
        done = command(self.session, walk)
        if done.action is None:
            self.say(Notice(_("Det finns inget att ångra.") if again else _("Det finns inget att göra om.")))
            return
        if not again:
            what = undoable(self.session, walk) or ""
        if done.left:
            left = ngettext("{n} fält är kvar, för att det har ändrats sedan dess.",
                            "{n} fält är kvar, för att de har ändrats sedan dess.", len(done.left))  # fmt: skip
            words = f"{words} {left.format(n=len(done.left))}"
        action = (_("Gör om"), self.redo) if again else None
        self.say(Notice(words.format(what=what), "undo-variant" if again else "redo-variant", action=action))

    # Work

    def work(self, what: str, begin: Callable[[], Job[Any]]) -> Run:
        """Run a job; its progress is shown in the window until it ends, whichever page one is at."""
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
        # What does not show needs no new window, which would take the focus from who is typing it.
        if look_of(settings) != look_of(before) or settings.language != before.language:
            QTimer.singleShot(0, self.build)

    def scale_text(self, step: int) -> None:
        """Larger or smaller text."""
        place = TEXT_SCALES.index(round(self.look.scale * 100)) + step
        if 0 <= place < len(TEXT_SCALES):
            self.set_settings(replace(self.session.settings, text=TEXT_SCALES[place]))

    def next_theme(self) -> None:
        """The next theme."""
        place = (THEMES.index(self.look.theme) + 1) % len(THEMES)
        self.set_settings(replace(self.session.settings, theme=THEMES[place]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may ask for another arrangement."""
        super().resizeEvent(event)
        if self._screen is not None and self._arrangement() != self._arranged:
            self._show_place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The tray keeps to the bottom of the content."""
        if event.type() == QEvent.Type.Resize and watched is self._content:
            self.tray.place()
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Write what is being typed, stop what works, keep the place."""
        try:
            self.shown.flush()
            self._trail.keep(self.size())
        finally:
            self.bell.stop()
            self.runner.stop_all()
            self.pictures.stop()
            self.tiles.stop()
            self.last_resort.stop()
        super().closeEvent(event)
