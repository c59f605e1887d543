"""What is said in the field of where one is: how good the position is, how far one has come, where the next stop is."""

from PySide6.QtCore import QPointF, QRectF, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.base.words import _
from app.domain.geo import bearing_deg
from app.domain.live import Heard
from app.domain.values import Position
from app.queries.tracks import walked_m
from ui.bridge.guide import Guide
from ui.bridge.lookup import Lookup
from ui.bridge.receiver import State
from ui.widgets.desk import Desk, Place
from ui.widgets.look import Look, icon_named
from ui.widgets.notice import Notice, announce
from ui.widgets.paint import paint_icon
from ui.widgets.text import Icon, Label, row
from ui.widgets.words import clock_words, metres, way_words

ICON_GAP = 6
LONG_WALK_M = 99_900.0
MEASURED_EACH_MS, PLAYED_EACH_MS = 30_000, 2_000
"""How far one has walked is worked out anew so often, while one walks, and while a walk is played, which is faster."""


class PositionSign(QWidget):
    """±6 m; Gammalt läge sedan 18.42; Inget läge; Övning, ±6 m. It is read aloud when it turns, and says
    nothing each second."""

    def __init__(self, desk: Desk, walk: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._walk = desk, walk
        look = desk.look
        self._icon = Icon(look, icon_named("action", "follow_me"), "ok")
        self.words = Label(look, "", "meta")
        self.words.setWordWrap(False)
        self.setLayout(row(self._icon, self.words, spacing=ICON_GAP))
        desk.guide.moved.connect(self._turned)
        desk.guide.turned.connect(self._turned)
        self._had_played = desk.guide.has_played
        self._was_good, self._was_lost = self._is_good, desk.guide.heard is not None and desk.guide.is_stale
        self.show_now()

    @property
    def _is_good(self) -> bool:
        return self._desk.guide.heard is not None and not self._desk.guide.is_stale

    def _turned(self) -> None:
        """Show what is so; that the position is lost or there again is said at once."""
        self.show_now()
        self._tell_played()
        was, self._was_good = self._was_good, self._is_good
        if was == self._was_good or not self.isVisible():
            return
        if self._was_good and self._was_lost:
            self._desk.say(Notice(_("Läget är tillbaka."), icon_named("action", "follow_me"), waits=True))
        else:
            announce(self)
        self._was_lost = self._was_lost or was

    def _tell_played(self) -> None:
        """That there is no more to play is said once, with the way to where the rehearsal is ended."""
        had, self._had_played = self._had_played, self._desk.guide.has_played
        if self._had_played and not had and self.isVisible():
            there = (_("Läge och övning"), lambda: self._desk.go(Place("position", self._walk)))
            text = _("Uppspelningen är slut. Det ni noterar hör till övningen tills ni avslutar den.")
            icon = icon_named("action", "rehearse")
            self._desk.say(Notice(text, icon, action=there, waits=True, patient=True))

    @property
    def widest(self) -> int:
        """How many pixels the longest of what it says takes."""
        said = (
            _("Gammalt läge sedan {time}").format(time="00.00"),
            _("Övning, inget läge"),
            _("Uppspelningen är slut"),
            _("Övning, {near}").format(near=_("Läge finns")),
        )
        return self._icon.width() + ICON_GAP + max(map(self.words.fontMetrics().horizontalAdvance, said))

    def show_now(self) -> None:
        """What is so."""
        guide = self._desk.guide
        # Shown before it has a parent it would be a window of its own.
        if self.parentWidget() is not None or guide.receiver is None:
            self.setVisible(guide.receiver is not None)
        text, spoken, kind = self._said(guide)
        if text != self.words.text():
            self.words.setText(text)
            self.setAccessibleName(spoken)
            self._icon.show_as(icon_named("action", "follow_me"), kind)

    def _said(self, guide: Guide) -> tuple[str, str, str]:
        """The words, those that are spoken, and the role of the colour."""
        heard = guide.heard
        if guide.rehearses:
            return self._played(guide)
        if heard is None:
            why = guide.receiver.why if guide.receiver else ""
            return _("Inget läge"), f"{_('Inget läge.')} {why}".strip(), "warn"
        if guide.is_stale:
            walk = self._desk.shelf.walk(self._walk)
            since = clock_words(heard.at, walk.zone if walk else None)
            text = _("Gammalt läge sedan {time}").format(time=since)
            return text, text, "warn"
        radius, near = heard.fix.radius_m, _near(heard)
        spoken = _("Läget är rätt på {metres} när.").format(metres=metres(max(1.0, radius))) if radius else near
        if heard.is_doubtful:
            return _("{near}, osäkert").format(near=near), _("Läget är osäkert."), "warn"
        return near, spoken, "ok"

    def _played(self, guide: Guide) -> tuple[str, str, str]:
        """The same of a position that is only played: when it was heard tells nobody anything."""
        if guide.has_played:
            text = _("Uppspelningen är slut")
            return text, f"{text}. {_('Avsluta övningen på sidan Läge.')}", "warn"
        heard = None if guide.is_stale else guide.heard
        text = _("Övning, {near}").format(near=_near(heard)) if heard else _("Övning, inget läge")
        return text, f"{text}. {_('Läget spelas upp och är inte där ni står.')}", "warn"


def _near(heard: Heard) -> str:
    radius = heard.fix.radius_m
    return f"±{metres(max(1.0, radius))}" if radius is not None else _("Läge finns")


class Walked(QWidget):
    """How far this device has walked with its track: 1,1 km; that the track is paused, while it is."""

    def __init__(self, desk: Desk, walk: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._walk = desk, walk
        look = desk.look
        self._words = Label(look, "", "meta", "text2")
        self._words.setWordWrap(False)
        self._icon = Icon(look, "walk", "text2")
        self._length = ""
        self.setLayout(row(self._icon, self._words, spacing=ICON_GAP))
        self._lookup = Lookup(desk.runner, desk.fail, self)
        self._lookup.told.connect(self._show)
        self._wait = QTimer(self, singleShot=True)
        desk.guide.moved.connect(self._moved)
        desk.guide.turned.connect(self._ask)
        self._ask()

    @property
    def widest(self) -> int:
        """How many pixels the longest of what it says takes."""
        said = (metres(LONG_WALK_M), _("Pausat"))
        return self._icon.width() + ICON_GAP + max(map(self._words.fontMetrics().horizontalAdvance, said))

    def _moved(self) -> None:
        if self._desk.guide.records == self._walk and not self._wait.isActive():
            self._ask()
            self._wait.start(PLAYED_EACH_MS if self._desk.guide.rehearses else MEASURED_EACH_MS)

    def _ask(self) -> None:
        recording, session, walk = self._desk.guide.recording, self._desk.session, self._walk
        mine = recording is not None and recording.walk == walk
        if self.parentWidget() is not None or not mine:
            self.setVisible(mine)
        if recording is not None and recording.walk == walk:
            self._say()
            track = recording.track
            self._lookup.ask(lambda: walked_m(session, walk, track))

    def _show(self, length: float) -> None:
        self._length = metres(length)
        self._say()

    def _say(self) -> None:
        paused, name = self._desk.guide.is_paused, _("Gånget: {length}").format(length=self._length)
        self._words.setText(_("Pausat") if paused else self._length)
        self._words.set_role("warn" if paused else "text2")
        self._icon.show_as(*((icon_named("action", "pause"), "warn") if paused else ("walk", "text2")))
        self.setAccessibleName(f"{_('Spåret är pausat.')} {name}" if paused else name)


class Onward(QWidget):
    """An arrow towards the next stop, up being what is up on the map, and how far it is; `stop` is said first, where
    nothing beside it says which stop that is. Nothing while the position is old."""

    def __init__(self, look: Look, rank: str = "h3") -> None:
        super().__init__()
        self._arrow, self.words = _Arrow(look), Label(look, "", rank)
        self.words.setWordWrap(False)
        self._far, self._towards, self._stop = "", "", ""
        self.setLayout(row(self._arrow, self.words, spacing=8))
        self.hide()

    @property
    def widest(self) -> int:
        """How many pixels the longest of what it may say takes."""
        longest = _("Till {stop}: {far}").format(stop="99", far=metres(LONG_WALK_M))
        return self._arrow.width() + 8 + self.words.fontMetrics().horizontalAdvance(longest)

    def show_way(self, here: Position | None, there: Position | None, up: float = 0.0) -> None:
        """Where one is and where one is to go; None: it is not known. `up` is the direction that is up on the map."""
        self.setVisible(here is not None and there is not None)
        if here is None or there is None:
            return
        self._far, self._towards = way_words(here, there)
        self._arrow.turn(bearing_deg(here, there) - up)
        self._say()

    def say_stop(self, stop: str) -> None:
        """Say to which stop it is; "": that is said beside it."""
        self._stop = stop
        self._say()

    def _say(self) -> None:
        words = _("Till {stop}: {far}").format(stop=self._stop, far=self._far) if self._stop else self._far
        if words != self.words.text():
            self.words.setText(words)
        self.setAccessibleName(f"{words} {self._towards}")


class _Arrow(QWidget):
    """An arrow that is turned in steps that can be seen."""

    STEP = 10

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look, self._degrees = look, 0
        side = look.icon_px(28)
        self.setFixedSize(side, side)

    def turn(self, degrees: float) -> None:
        """Point there: degrees clockwise from up."""
        step = round(degrees / self.STEP) * self.STEP % 360
        if step != self._degrees:
            self._degrees = step
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.translate(QPointF(self.width() / 2, self.height() / 2))
        painter.rotate(self._degrees - 90)
        box = QRectF(-self.width() / 2, -self.height() / 2, self.width(), self.height())
        paint_icon(painter, self.look, box, icon_named("action", "forward"), self.look.color("lampInk"))


def is_silent(guide: Guide) -> bool:
    """Whether a receiver is there that has not said where one is."""
    return guide.receiver is not None and guide.heard is None and guide.receiver.state != State.SPEAKING
