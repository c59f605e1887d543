"""A camera's folder or card that is kept an eye on: what comes there is read in by itself."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.base.errors import GatljusError
from app.base.words import _, ngettext
from app.jobs.watching import FolderWatch, Looked
from ui.bridge.lookup import Lookup
from ui.bridge.runner import Failure
from ui.widgets.button import Button
from ui.widgets.desk import Desk
from ui.widgets.flow import Flow
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice
from ui.widgets.photo_import import IMPORTED, NOT_SHOWN, PhotoImport, from_files
from ui.widgets.text import Icon, Label, Surface, column, held, row

EACH_MS = 2000


class PhotoWatch(QObject):
    """Lies with the runner, so that it goes on whatever page is shown. Nothing is looked at while nothing is watched.
    `changed()`: it began, ended, lost its folder or found it again; `came(photos)`: the ids of what was read in."""

    changed = Signal()
    came = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.runner)
        self._desk, self.gone, self.other = desk, "", False
        self.watch: FolderWatch | None = None
        self._import: PhotoImport | None = None
        self._files: Sequence[Path] = ()
        self._lookup = Lookup(desk.runner, desk.fail, self)
        self._lookup.told.connect(self._told)
        self._timer = QTimer(self, interval=EACH_MS)
        self._timer.timeout.connect(self.look)

    @property
    def is_on(self) -> bool:
        """Whether a folder is watched."""
        return self.watch is not None

    def begin(self, walk: str, folder: Path) -> None:
        """Watch this folder from now on. What lies there already is looked through aside first."""
        session = self._desk.session
        self._lookup.ask(lambda: FolderWatch.begin(session, walk, folder))

    def resume(self) -> None:
        """Go on with what was watched when the program ended."""
        self._set(FolderWatch.kept(self._desk.session))

    def end(self) -> None:
        """Watch no longer."""
        if self.watch is not None:
            self.watch.end()
        self._lookup.drop()
        self._set(None)

    def look(self) -> None:
        """Look whether something has come, unless what came before is still being read in, or a look at a slow card is
        under way: its answer would be dropped for the next one's, and what it found with it."""
        if self.watch is None or self._lookup.busy or (self._import is not None and self._import.running):
            return
        if self._desk.shelf.walk(self.watch.walk) is None:
            self.end()
            return
        self._lookup.ask(self.watch.look)

    def _set(self, watch: FolderWatch | None) -> None:
        # What is still being read in is of the folder before, and nothing that another one knows.
        self.watch, self.gone, self._files = watch, "", ()
        if watch is None:
            self._timer.stop()
        else:
            self._timer.start()
        self.changed.emit()

    def _told(self, answer: FolderWatch | Looked) -> None:
        if isinstance(answer, FolderWatch):
            self._set(answer)
            self._keep()
        elif self.watch is not None:
            self._tell_gone(answer)
            if answer.moved:
                self._keep()
                self._tell_moved(self.watch.folder)
            walk = self._desk.shelf.walk(self.watch.walk)
            if answer.files and walk is not None:
                self._files = answer.files
                begin = from_files(self._desk.session, walk, answer.files)
                self._import = PhotoImport(self._desk, walk.id, begin)
                self._import.changed.connect(self._stepped)

    def _keep(self) -> None:
        if self.watch is not None:
            try:
                self.watch.keep()
            except OSError as error:
                # It is watched; only the next start would not know.
                self._desk.fail(Failure.of(error))

    def _tell_moved(self, folder: Path) -> None:
        text = _("Kortet finns nu i {folder}. Det fortsätter där.").format(folder=folder)
        self._desk.say(Notice(text, "check"))
        self.changed.emit()

    def _tell_gone(self, looked: Looked) -> None:
        gone = looked.gone
        if gone == self.gone:
            return
        before, self.gone, self.other = self.gone, gone, looked.other
        if gone:
            text = _("Kamerans mapp är borta. Sätt i kortet igen, så fortsätter det av sig självt.")
            if looked.other:
                text = _("Ett annat kort sitter i. Sätt i det förra, eller välj mappen igen.")
            self._desk.say(Notice(text, icon_named("state", "warn"), problem=True))
        elif before:
            self._desk.say(Notice(_("Kamerans mapp är tillbaka."), "check"))
        self.changed.emit()

    def _stepped(self) -> None:
        done = self._import
        if done is None or done.running or self.watch is None:
            return
        self._import = None
        photos = [str(each["photo"]) for each in done.items if each["result"] in (IMPORTED, NOT_SHOWN)]
        if done.failure is not None:
            self.watch.missed(self._files)
        elif self._files and not done.cut_short:
            try:
                self.watch.took(self._files, len(photos))
            except (GatljusError, OSError) as error:
                # They are read in; only that they are known could not be kept.
                self._desk.fail(Failure.of(error))
        self.came.emit(photos)
        self.changed.emit()


def watch_of(desk: Desk) -> PhotoWatch:
    """The one watch of the window."""
    found = desk.runner.findChildren(PhotoWatch)
    return found[0] if found else PhotoWatch(desk)


class WatchCard(Surface):
    """Says what is watched, and begins or ends it."""

    def __init__(self, desk: Desk, walk: str) -> None:
        super().__init__(desk.look, "raised", line="hair", radius=10)
        self._desk, self._walk, look = desk, walk, desk.look
        self.watch = watch_of(desk)
        self._icon = Icon(look, "camera-wireless-outline", "text2")
        self._words, self._detail = Label(look, "", "strong"), Label(look, "", "meta", "text2")
        words, name = _("Välj mapp eller kort"), _("Välj mapp eller kort att hålla ögonen på")
        self.choose = Button(look, words, "folder-eye-outline", name=name)
        self.choose.clicked.connect(lambda _on: self._choose())
        self.stop = Button(look, _("Sluta"), "close", name=_("Sluta hålla ögonen på mappen"))
        self.stop.clicked.connect(lambda _on: self.watch.end())
        acts = Flow(look.gap)
        acts.addWidget(self.choose)
        acts.addWidget(self.stop)
        told = row(self._icon, held(column(self._words, self._detail, spacing=2)), spacing=12)
        told.setStretch(1, 1)
        self.setLayout(column(held(told), held(acts), margin=12, spacing=10))
        self.watch.changed.connect(self.show_now)
        self.show_now()

    def show_now(self) -> None:
        """Show what is so."""
        watch = self.watch.watch
        self.stop.setVisible(watch is not None)
        if watch is None:
            self._words.setText(_("Ta bilden med kameraappen. Den dyker upp här."))
            self._detail.setText(_("Välj mappen där bilderna hamnar, eller kortet. Nya bilder läses in av sig själva."))
            return
        if self.watch.gone:
            words, detail = _("{folder} är borta"), _("Sätt i kortet igen, så fortsätter det av sig självt.")
            if self.watch.other:
                words, detail = _("Ett annat kort sitter i"), _("Sätt i det förra, eller välj mappen igen.")
            self._words.setText(words.format(folder=watch.folder.name))
            self._detail.setText(detail)
            return
        self._words.setText(_("Håller ögonen på {folder}").format(folder=watch.folder.name or str(watch.folder)))
        text = ngettext("{n} foto har kommit.", "{n} foton har kommit.", watch.taken).format(n=watch.taken)
        new = _("Nya bilder läses in av sig själva, och går att ångra.")
        if watch.knows:
            new = _("Nya bilder läses in av sig själva. De som redan ligger där hämtar du med Hämta mapp.")
        self._detail.setText(text if watch.taken else new)

    def _choose(self) -> None:
        folder = self._desk.choose_folder(self, _("Mapp eller kort där bilderna hamnar"))
        if folder is not None:
            self.watch.begin(self._walk, folder)
