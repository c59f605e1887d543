"""The window: holds one screen at a time, and the way back.

A change of place makes the new screen; a change of language, theme, size or hand makes everything anew at the same
place. What is written is never in the window: it is in the log before the next key is pressed.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QLibraryInfo, QObject, Qt, QTimer, QTranslator
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from app.base.job import Job
from app.base.words import _
from app.commands import records
from app.domain.change import News
from app.jobs.maps import map_files
from app.queries.find import walks
from app.queries.undoable import undoable
from app.session import Session, language_of, speak_language
from app.settings import Settings, load_window, save_window
from ui.bridge.events import Bell
from ui.bridge.pictures import Pictures
from ui.bridge.runner import Failure, Run, Runner
from ui.bridge.shelf import Shelf
from ui.bridge.tiles import Tiles
from ui.shell.asking import Asking
from ui.shell.bars import TopBar
from ui.shell.failure import FailurePage, LastResort
from ui.shell.keys import Keys
from ui.shell.navigation import NARROW, Rail, narrow_tabs
from ui.shell.order import step
from ui.shell.pages import PAGES
from ui.shell.theme import put_on
from ui.shell.view import View
from ui.widgets.desk import Desk, Place
from ui.widgets.focus import FocusRing
from ui.widgets.look import TEXT_SCALES, THEMES, Look, tokens
from ui.widgets.notice import Notice, Progress, Tray
from ui.widgets.page import MIDDLE, WIDE, Screen, Scroll
from ui.widgets.tabs_bar import TabsBar

TITLE_BAR = 40
"""What the system may put over a window."""

LOW, LOWEST = 720, 360
"""Below these effective heights destinations lie close, and the bar says nothing that the window's title says."""

EVERYWHERE = ("settings", "keys")
"""Pages that belong to no walk, and are opened from within one."""

CARD_AFTER_MS = 300
STATE_AFTER_MS = 400
"""Receipts and undo are looked up so long after the last change: they are read, not felt."""


def look_of(settings: Settings) -> Look:
    """The look that settings ask for."""
    theme = settings.theme if settings.theme in THEMES else THEMES[0]
    scale = settings.text if settings.text in TEXT_SCALES else TEXT_SCALES[0]
    return Look(theme, scale / 100, settings.gloves, settings.left_handed, settings.calm)


def _map_colors(look: Look) -> Mapping[str, str] | None:
    if look.theme == "light":
        return None
    return {**tokens()["map"][look.theme], "text": look.color("text").name()}


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
        self._places = [Place()]
        self._screen: Screen | None = None
        self._frame: QWidget | None = None
        self._works: list[Progress] = []
        self._translator = QTranslator(self)
        self.ring: FocusRing | None = None
        self._class = ""
        self._later = QTimer(self, singleShot=True, interval=STATE_AFTER_MS)
        self._later.timeout.connect(self._show_state)
        self.bell.rang.connect(self._heard)
        self.setWindowTitle("Gatljus")
        self.setMinimumSize(360, 480)
        self.resize(1280, 800)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self.keys = Keys(self, self)
        self._restore()

    # Where one is

    def _restore(self) -> None:
        said = load_window(self.session.home)
        places = [Place.of(each) for each in said.get("places", []) if isinstance(said.get("places"), list)]
        known = {each.id for each in walks(self.session)}
        places = [each for each in places if each.page in PAGES and (not each.walk or each.walk in known)]
        self._places = places or [Place()]
        size = said.get("size")
        if isinstance(size, list) and len(size) == 2 and all(isinstance(each, int) for each in size):
            self.resize(*size)
        self.build()

    @property
    def place(self) -> Place:
        """Where one is."""
        return self._places[-1]

    @property
    def shown(self) -> Screen:
        """The screen that is shown."""
        assert self._screen is not None
        return self._screen

    def go(self, place: Place) -> None:
        """Open a place; the one before is the way back."""
        if place.page in EVERYWHERE and not place.walk:
            # From there one goes on in the walk one was in.
            place = replace(place, walk=self.place.walk)
        if place == self.place:
            return
        if place.page == "home":
            self._places = []
        self._places = [*[each for each in self._places if each != place][-20:], place]
        self._arrive()

    def swap(self, place: Place) -> None:
        """Show a place instead of this one."""
        self._places[-1] = place
        self._arrive()

    def stay(self, place: Place) -> None:
        """The screen that is shown is at this place from now on; nothing is made anew."""
        self._places[-1] = place
        self._keep_place()

    def back(self) -> None:
        """The place before; home where there is none."""
        self._places = self._places[:-1] or [Place()]
        if self._places == [Place()] and self.place.page not in PAGES:
            self._places = [Place()]
        self._arrive()

    def _arrive(self) -> None:
        self.bell.settle()
        self._keep_place()
        self._show_place()

    def _keep_place(self) -> None:
        places = [each.as_data() for each in self._places]
        save_window(self.session.home, {"places": places, "size": [self.width(), self.height()]})

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
        self.tiles = Tiles(map_files(self.session), _map_colors(self.look), self)
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
            choose_new_file=asking.new_file,
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
        ways = [*bar, self.shown, *self._works, self.tray, *tabs, *self.findChildren(Rail)]
        return step([each for each in ways if each.isVisible()], forward=forward)

    def width_class(self) -> str:
        """wide, middle or narrow: by width ÷ text scale."""
        effective = self.width() / self.look.scale
        return "wide" if effective >= WIDE else "middle" if effective >= MIDDLE else "narrow"

    def _show_place(self) -> None:
        if self._screen is not None:
            self._screen.flush()
        screen_class = PAGES[self.place.page]
        self._class = self.width_class()
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
        low = self.height() / self.look.scale < LOWEST
        if not screen.chromeless and self.place.walk:
            stacked = self._class == "narrow" and not low
            self.bar = TopBar(self.look, self.place.walk, self.undo, stacked=stacked, bare=low)
            down.addWidget(self.bar)
        # Where there is hardly any height the whole page scrolls rather than being cut.
        down.addWidget(Scroll(self.look, screen) if low and not screen.chromeless else screen, 1)
        self._working = QVBoxLayout()
        self._make_room_for_works()
        down.addLayout(self._working)
        for each in self._works:
            self._working.addWidget(each)
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
        low = self.height() / self.look.scale < LOW
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
        if self._screen is not None and self._screen.concerns(news):
            self._screen.refresh(news)
            self._say_title()
        self._later.start()

    def _show_state(self) -> None:
        if self.bar is not None:
            self.bar.show_state(self.session)
        self.shown.show_state()

    def say(self, notice: Notice) -> None:
        """Show a notice."""
        self.tray.say(notice)

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
        action = (_("Gör om"), self.redo) if again else None
        self.say(Notice(words.format(what=what), "undo-variant" if again else "redo-variant", action=action))

    # Work

    def work(self, what: str, begin: Callable[[], Job[Any]]) -> Run:
        """Run a job; its progress is shown in the window until it ends, whichever page one is at."""
        run = self.runner.start(begin)
        run.failed.connect(self.fail)
        # What is over at once needs no card.
        late = QTimer(run, singleShot=True, interval=CARD_AFTER_MS)
        late.timeout.connect(lambda: self._show_work(what, run))
        late.start()
        return run

    def _show_work(self, what: str, run: Run) -> None:
        if not run.isRunning():
            return
        card = Progress(self.look, what, run)
        self._works.append(card)
        self._working.addWidget(card)
        self._make_room_for_works()

        def over() -> None:
            self._works.remove(card)
            self._make_room_for_works()
            card.hide()
            card.deleteLater()

        run.finished.connect(over)

    def _make_room_for_works(self) -> None:
        """Under what works there is a gap; without, a page reaches the bottom."""
        self._working.setContentsMargins(12, 0, 12, 8 if self._works else 0)

    # Settings, size, end

    def set_settings(self, settings: Settings) -> None:
        """Keep settings and show everything as they say."""
        if settings != self.session.settings:
            self.session.save(settings)
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
        if self._screen is not None and self.width_class() != self._class:
            self._show_place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The tray keeps to the bottom of the content."""
        if event.type() == QEvent.Type.Resize and watched is self._content:
            self.tray.place()
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Write what is being typed, stop what works, keep the place."""
        self.shown.flush()
        self._keep_place()
        self.bell.stop()
        self.runner.stop_all()
        self.pictures.stop()
        self.tiles.stop()
        self.last_resort.stop()
        super().closeEvent(event)
