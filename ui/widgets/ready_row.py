"""A row of the check before a walk: what was looked at, what was found, what can be done, and how it is in a word."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from app.base.words import N_, _
from app.queries.readiness import WORDS, Act, Finding, Row, Status
from ui.widgets.button import Button
from ui.widgets.look import Look, icon_named
from ui.widgets.paint import CARD_RADIUS
from ui.widgets.text import Icon, Label, Surface, column, held, row

LEAST = 88
ICONS = {
    Row.MAP: "map-outline",
    Row.POSITION: "crosshairs-gps",
    Row.CLOCK: "clock-outline",
    Row.CAMERA: "camera-outline",
    Row.MICROPHONE: "microphone-outline",
    Row.BATTERY: "battery-70",
    Row.ROOM: "harddisk",
    Row.UNCOPIED: "sync",
    Row.ONCALL: "phone-outline",
    Row.GROUP: "account-group-outline",
}
SIGNS = {
    Status.FAULT: ("blocks", "danger"),
    Status.WARN: ("warn", "warn"),
    Status.OK: ("done", "ok"),
}
"""The icon of a status, as the tokens call it, and its colour."""
CHECKING = ("timer-sand", "text2")

ACTS = {
    Act.ADD_MAP: (N_("Lägg till kartfil"), "map-plus"),
    Act.PLAN: (N_("Öppna planen"), "map-marker-path"),
    Act.CONNECT: (N_("Anslut GPS"), "crosshairs-gps"),
    Act.COPY: (N_("Kopiera först"), "usb-flash-drive-outline"),
    Act.GROUP: (N_("Välj grupp"), "account-group-outline"),
    Act.CLOCK: (N_("Visa klockan"), "clock-outline"),
    Act.ONCALL: (N_("Skriv numret"), "phone-outline"),
    Act.PRACTISE: (N_("Öva först"), "progress-clock"),
    Act.FETCH_PHOTOS: (N_("Så hämtas foton"), "import"),
    Act.AGAIN: (N_("Leta igen"), "sync"),
    Act.DIM: (N_("Dämpa skärmen"), "brightness-4"),
    Act.EMPTY: (N_("Töm en vandring"), "delete-outline"),
}
"""What can be done: word and icon."""


class ReadyRow(Surface):
    """`acted(finding)` is called when what can be done is pressed. `narrow`: status and button stand under the
    finding."""

    def __init__(self, look: Look, kind: Row, acted: Callable[[Finding], None], *, narrow: bool) -> None:
        super().__init__(look, "surface", line="hair", radius=CARD_RADIUS)
        self.finding = Finding(row=kind, status=Status.CHECKING)
        self._lit = False
        self._text = Label(look, "", "meta", "text2")
        self._sign, self._word = Icon(look, *CHECKING), Label(look, "", "strong")
        self._word.setWordWrap(False)
        self.button = Button(look, "")
        self.button.hide()
        self.button.clicked.connect(lambda _on: acted(self.finding))
        name = Label(look, self.finding.name, "strong")
        status = held(row(self._sign, self._word, spacing=8))
        words = column(1, name, self._text, *((status,) if narrow else ()), 1, spacing=3)
        if not narrow:
            self.button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
            self._word.setMinimumWidth(_widest(look))
        head = row(Icon(look, ICONS[kind], "text", 30), held(words), spacing=16)
        head.setStretch(1, 1)
        self._whole = column(held(_arranged(head, self.button, status, narrow=narrow)), spacing=14)
        self._whole.setContentsMargins(18, 14, 18, 14)
        self._below: QWidget | None = None
        self.setLayout(self._whole)
        self.setMinimumHeight(LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._say()

    def show_finding(self, finding: Finding, *, lit: bool, acts: bool) -> None:
        """Say what is so; nothing is painted where it is as it was. `lit`: what can be done is the page's next step.
        `acts`: it can be done in this window."""
        act = finding.act if acts else None
        if (finding, lit, act is not None) == (self.finding, self._lit, not self.button.isHidden()):
            return
        self.finding, self._lit = finding, lit
        if act is not None:
            word, icon = ACTS[act]
            self.button.kind, self.button.icon_name = "primary" if lit else "plain", icon
            self.button.setText(_(word))
            self.button.setAccessibleName(_(word))
            self.button.updateGeometry()
            self.button.update()
        self.button.setVisible(act is not None)
        self._say()

    def hang(self, below: QWidget | None) -> None:
        """Show something under all of it, in place of what hung there before; None: nothing."""
        if self._below is not None:
            self._whole.removeWidget(self._below)
            self._below.hide()
            self._below.deleteLater()
        self._below = below
        if below is not None:
            self._whole.addWidget(below)

    def _say(self) -> None:
        finding, word = self.finding, _(WORDS[self.finding.status])
        sign, role = SIGNS.get(finding.status, ("", ""))
        icon, color = (icon_named("state", sign), role) if sign else CHECKING
        self._sign.show_as(icon, color)
        self._word.set_role(color)
        self._word.setText(word)
        self._text.setText(finding.text)
        self._text.setVisible(bool(finding.text))
        self.line = "danger" if finding.status == Status.FAULT else "hair"
        self.update()
        self.setAccessibleName(". ".join(each.rstrip(".") for each in (finding.name, word, finding.text) if each))


def _arranged(head: QBoxLayout, button: Button, status: QWidget, *, narrow: bool) -> QBoxLayout:
    if narrow:
        box: QBoxLayout = column(held(head), button, spacing=12)
    else:
        head.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(status, 0, Qt.AlignmentFlag.AlignVCenter)
        box = head
    box.setContentsMargins(0, 0, 0, 0)
    return box


def _widest(look: Look) -> int:
    """The width of the widest status, so that all of them stand under each other."""
    metrics = QFontMetrics(look.font("strong"))
    return max(metrics.horizontalAdvance(_(word)) for word in WORDS.values()) + 2
