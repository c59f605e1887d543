"""A home that cannot be opened: what is wrong, and what can be done before there is a window."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QProgressDialog, QWidget

from app.base.errors import GatljusError
from app.base.job import Job, Step
from app.base.words import _
from app.jobs.backup import latest_backup
from app.jobs.rescue import rescue
from app.jobs.restore import remade_words, remake, restore, restored_words
from app.jobs.verify import lost
from app.settings import load_settings
from ui.bridge.runner import Failure, Runner
from ui.shell.asking import Asking
from ui.shell.theme import put_on
from ui.widgets.look import Look
from ui.widgets.words import moment_words

T = TypeVar("T")

MENDABLE = "database"
"""The error after which building the database anew helps, or a backup."""

Role = QMessageBox.ButtonRole


class Recovery:
    """Talks to a person about the home in `home`, in the system's own boxes. `asking` asks for paths."""

    def __init__(self, app: QApplication, home: Path, asking: Asking | None = None) -> None:
        self._home, self._asking = home, asking or Asking()
        self._parent = QWidget()
        put_on(app, Look())

    def offer(self, error: GatljusError) -> bool:
        """Say what is wrong, as long as that is wished. Returns whether the home can be opened again."""
        while True:
            box = self._box(f"{error.text}\n{error.advice}")
            save = box.addButton(_("Rädda allt till en ZIP"), Role.ActionRole)
            anew = box.addButton(_("Bygg om databasen"), Role.ActionRole)
            back = box.addButton(_("Läs tillbaka en säkerhetskopia"), Role.ActionRole)
            for each in (anew, back):
                each.setVisible(error.code == MENDABLE)
            close = box.addButton(_("Stäng"), Role.RejectRole)
            box.setDefaultButton(close)
            box.setEscapeButton(close)
            box.exec()
            pressed = box.clickedButton()
            if pressed is save:
                self._save()
            elif pressed in (anew, back):
                if self._build_anew() if pressed is anew else self._read_back():
                    return True
            else:
                return False

    def tell(self, text: str) -> None:
        """Say something that is to be read before anything else."""
        box = self._box(text)
        box.addButton(_("Stäng"), Role.AcceptRole)
        box.exec()

    def _box(self, text: str) -> QMessageBox:
        box = QMessageBox(QMessageBox.Icon.Warning, "Gatljus", text)
        box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return box

    def _save(self) -> None:
        file = self._asking.new_file(self._parent, _("Rädda allt till en ZIP"), "gatljus-räddat.zip", "ZIP (*.zip)")
        if file is not None:
            done = self._run(_("Räddar"), lambda: rescue(self._home, file))
            if done is not None:
                self.tell("\n".join(done.lines()))

    def _build_anew(self) -> bool:
        """Whether the database was built anew, once a person knows what that means."""
        text = _(
            "Databasen byggs på nytt av det som går att läsa i den. Det som inte går att läsa kan fattas efteråt: har "
            "det skickats kommer det tillbaka vid nästa synk. Den skadade databasen ligger kvar, och den här enheten "
            "får en ny bokstav. Foton rörs inte."
        )
        box = self._box(text)
        yes = box.addButton(_("Bygg om databasen"), Role.AcceptRole)
        box.setEscapeButton(box.addButton(_("Avbryt"), Role.RejectRole))
        box.exec()
        if box.clickedButton() is not yes:
            return False
        done = self._run(_("Bygger om databasen"), lambda: remake(self._home))
        if done is None:
            return False
        missing = [each["text"] for each in lost(done)]
        advice = _("Synka nu: det som har skickats och fattas här kommer tillbaka då.")
        self.tell("\n".join([*remade_words(done), *missing, advice]))
        return True

    def _read_back(self) -> bool:
        """Whether a backup was read back."""
        file = self._chosen()
        if file is None:
            return False
        done = self._run(_("Läser tillbaka"), lambda: restore(self._home, file))
        if done is None:
            return False
        self.tell("\n".join(restored_words(done)))
        return True

    def _chosen(self) -> Path | None:
        """The latest backup that can be read, or one that a person points out."""
        folder = load_settings(self._home).backups
        latest = latest_backup(Path(folder) if folder else self._home / "backups")
        if latest is None:
            return self._pointed_out()
        box = self._box(_("Den senaste säkerhetskopian är från {when}.").format(when=moment_words(latest.made, "")))
        this = box.addButton(_("Läs tillbaka den"), Role.AcceptRole)
        other = box.addButton(_("Välj en annan"), Role.ActionRole)
        box.setEscapeButton(box.addButton(_("Avbryt"), Role.RejectRole))
        box.exec()
        pressed = box.clickedButton()
        return latest.file if pressed is this else self._pointed_out() if pressed is other else None

    def _pointed_out(self) -> Path | None:
        kinds = _("Säkerhetskopior (*.db)")
        return next(iter(self._asking.files(self._parent, _("Läs tillbaka en säkerhetskopia"), kinds)), None)

    def _run(self, what: str, begin: Callable[[], Job[T]]) -> T | None:
        """Run a job while its progress is shown. None where it failed, which was said, or was stopped."""
        runner = Runner(lambda: None, self._parent)
        shown = QProgressDialog(what, _("Avbryt"), 0, 0, self._parent)
        shown.setMinimumDuration(0)
        loop, results, failures = QEventLoop(), list[T](), list[Failure]()
        run = runner.start(begin)
        shown.canceled.connect(run.cancel)
        run.stepped.connect(lambda step: _show(shown, what, step))
        run.done.connect(results.append)
        run.failed.connect(failures.append)
        run.finished.connect(loop.quit, Qt.ConnectionType.QueuedConnection)
        loop.exec()
        shown.canceled.disconnect(run.cancel)
        shown.close()
        runner.stop_all()
        if failures:
            self.tell(f"{failures[0].text} {failures[0].advice}".strip())
        return results[0] if results else None


def _show(dialog: QProgressDialog, what: str, step: Step) -> None:
    dialog.setMaximum(step.total)
    dialog.setValue(min(step.done, max(0, step.total - 1)))
    dialog.setLabelText(f"{what}: {step.text}")
