"""What the window does by itself while it is open: a backup each hour, and a word when the disk is nearly full
or the database is damaged."""

from PySide6.QtCore import QTimer

from app.base.room import little_room
from app.jobs.backup import keep_backed_up
from app.jobs.soundness import look
from ui.shell.window import Window
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice

FIRST_AFTER_MS, EACH_MS = 60_000, 3_600_000
"""The first comes soon: the program may have been closed before an hour was over."""


class Hourly(QTimer):
    """Works for a window until it closes. Nothing is backed up twice, and each trouble is said once."""

    def __init__(self, window: Window) -> None:
        super().__init__(window, interval=FIRST_AFTER_MS)
        self._window, self._warned = window, False
        self._damaged = bool(window.session.soundness.damage)
        self.timeout.connect(self.work)
        self.start()

    def work(self) -> None:
        """Begin it; it goes on in a thread of its own."""
        self.setInterval(EACH_MS)
        window = self._window
        run = window.runner.start(lambda: keep_backed_up(window.session))
        run.done.connect(self._tell)
        self.look_at_room()
        if not self._damaged:
            looked = window.runner.start(lambda: look(window.session))
            looked.done.connect(self._tell_of_damage)

    def _tell_of_damage(self, words: str) -> None:
        self._damaged = bool(words)
        self._tell(words)

    def _tell(self, trouble: str) -> None:
        if trouble:
            self._window.say(Notice(trouble, icon_named("state", "warn"), problem=True))

    def look_at_room(self) -> None:
        """Warn once where there is little room left."""
        warning = "" if self._warned else little_room(self._window.session.home)
        if warning:
            self._warned = True
            self._window.say(Notice(warning, icon_named("state", "warn"), problem=True))
