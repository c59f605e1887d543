"""Getting photos into a walk: an import on its way and what came of it, and the pictures a person drops or pastes."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QImage

from app.base.job import Job, Step
from app.base.words import _, ngettext
from app.domain.records import SafetyWalk
from app.jobs.photos import Item, import_pasted, import_photos
from app.queries.photos import of_another_day
from app.session import Session
from ui.bridge.runner import Failure, Runner
from ui.widgets.desk import Desk, Place
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice

Begin = Callable[[list[Item]], Job[Any]]
"""Makes the job of an import, which puts what came of each file into the list."""

IMPORTED, NOT_SHOWN, DUPLICATE, REFUSED = "imported", "not_shown", "duplicate", "refused"


def paths_in(mime: QMimeData) -> list[Path]:
    """The files and folders of this machine that are dropped or pasted."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def image_in(mime: QMimeData) -> QImage | None:
    """The picture that is dropped or pasted without a file."""
    image = mime.imageData() if mime.hasImage() else None
    return image if isinstance(image, QImage) and not image.isNull() else None


def from_files(session: Session, walk: SafetyWalk, paths: Sequence[Path], *, offset_s: float = 0.0) -> Begin:
    """The import of files and folders."""
    return lambda items: import_photos(session, walk, paths, offset_s=offset_s, items=items)


def from_image(session: Session, walk: SafetyWalk, image: QImage) -> Begin:
    """The import of a picture from the clipboard."""

    def begin(items: list[Item]) -> Job[Any]:
        # Called in the job's thread: a large picture takes a while.
        plain = image.convertToFormat(QImage.Format.Format_RGBA8888)
        size = plain.width(), plain.height()
        return import_pasted(session, walk, size, bytes(plain.constBits()), items=items)

    return begin


def counts_of(items: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """How many files came to what."""
    results = (IMPORTED, NOT_SHOWN, DUPLICATE, REFUSED)
    return {result: sum(each["result"] == result for each in items) for result in results}


def counts_in_words(items: Sequence[Mapping[str, Any]]) -> str:
    """29 foton inlästa. 2 fanns redan. 1 togs inte med."""
    found = counts_of(items)
    taken = found[IMPORTED] + found[NOT_SHOWN]
    said = [ngettext("{n} foto inläst.", "{n} foton inlästa.", taken) if taken else _("Inget nytt foto.")]
    others = {
        NOT_SHOWN: _("{n} kan inte visas."),
        DUPLICATE: _("{n} fanns redan."),
        REFUSED: _("{n} togs inte med."),
    }
    said += [words for result, words in others.items() if found[result]]
    numbers = [taken, *(found[result] for result in others if found[result])]
    return " ".join(words.format(n=number) for words, number in zip(said, numbers, strict=True))


class PhotoImport(QObject):
    """One import and what came of it. It lies with the runner, so that it is still there when one comes back to the
    page. `watched`: a page shows it, so a notice need not lead there. `changed` is emitted at every step."""

    changed = Signal()

    def __init__(self, desk: Desk, walk: str, begin: Begin) -> None:
        for old in imports_of(desk.runner, walk):
            old.setParent(None)
            old.deleteLater()
        super().__init__(desk.runner)
        self.walk, self.items, self.clocks = walk, list[Item](), list[str]()
        self.total, self.running, self.cut_short, self.watched = 0, True, False, False
        self.failure: Failure | None = None
        self.far = 0
        self._desk = desk
        run = desk.work(_("Foton hämtas"), lambda: begin(self.items))
        run.stepped.connect(self._stepped)
        run.done.connect(self._done)
        run.cancelled.connect(self._cancelled)
        run.failed.connect(self._failed)

    def _stepped(self, step: Step) -> None:
        self.total = max(self.total, step.total)
        if step.stays:
            self.clocks.append(step.text)
        self.changed.emit()

    def _end(self) -> None:
        self.running = False
        self.changed.emit()

    def _done(self, _items: object) -> None:
        came = {str(each["photo"]) for each in self.items if each["result"] in (IMPORTED, NOT_SHOWN)}
        self.far = of_another_day(self._desk.session, self.walk, came)
        self._end()
        self._say(self.words(), "check")

    def _cancelled(self) -> None:
        self.cut_short = True
        self._end()
        self._say(self.cut_words(), icon_named("action", "stop"))

    def _failed(self, failure: Failure) -> None:
        self.failure = failure
        self._end()

    def words(self) -> str:
        """29 foton inlästa. 2 fanns redan. 3 foton är tagna en annan dag."""
        text = ngettext("{n} foto är taget en annan dag.", "{n} foton är tagna en annan dag.", self.far)
        pages = [each for each in self.items if "clock_ahead_s" in each]
        others = [each for each in self.items if "clock_ahead_s" not in each]
        said = [counts_in_words(others)] if others or not pages else []
        said += [text.format(n=self.far)] if self.far else []
        return " ".join((*said, *(str(each["reason"]) for each in pages)))

    def cut_words(self) -> str:
        """Avbrutet. 23 av 29 foton är inlästa."""
        found = counts_of(self.items)
        words = _("Avbrutet. {n} av {total} foton är inlästa.")
        return words.format(n=found[IMPORTED] + found[NOT_SHOWN], total=max(self.total, len(self.items)))

    def _say(self, text: str, icon: str) -> None:
        place = Place("photos", self.walk, part="result")
        show = None if self.watched else (_("Visa"), lambda: self._desk.go(place))
        found = counts_of(self.items)
        undo = found[IMPORTED] + found[NOT_SHOWN] > 0
        self._desk.say(Notice(text, icon if undo else icon_named("state", "suggested"), undo=undo, action=show))


def imports_of(runner: Runner, walk: str) -> list[PhotoImport]:
    """The latest import into a walk since the program was opened, if there was one."""
    return [each for each in runner.findChildren(PhotoImport) if each.walk == walk]
