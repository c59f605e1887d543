"""What to look over before a protocol is made, as rows: what, why, and a button to put it right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from app.base.words import _, ngettext
from app.queries.protocol_check import Matter
from ui.widgets.button import Button
from ui.widgets.look import Look, icon_named
from ui.widgets.paint import CARD_RADIUS
from ui.widgets.text import Icon, Label, Surface, column, emptied, held, row
from ui.widgets.words import versions_words

STACKED = 520
"""Below this effective width a button stands under its words."""


@dataclass(frozen=True)
class Told:
    """A row. Without a `matter` it is as it should be, and there is nothing to press. `first`: the record to begin
    with."""

    what: str
    why: str
    button: str = ""
    matter: Matter | None = None
    first: str = ""


def told_of(matter: Matter, n: int, first: str) -> Told:
    """What is said of a matter that `n` records give reason for."""
    words: Mapping[Matter, tuple[str, str, str]] = {
        Matter.UNALARMED: (
            ngettext("{n} fara nu utan larm", "{n} faror nu utan larm", n),
            ngettext(
                "Ingen har sagt att någon har ringt om den.", "Ingen har sagt att någon har ringt om dem.", n
            ),
            _("Till larmet"),
        ),
        Matter.CONFLICTS: (
            versions_words(n),
            _("Protokollet visar den senaste och säger att det finns en till."),
            _("Granska"),
        ),
        Matter.REHEARSED: (
            ngettext(
                "{n} sak från en övning kommer med i protokollet",
                "{n} saker från en övning kommer med i protokollet",
                n,
            ),
            _(
                "Det står i protokollet som om det hade noterats på riktigt. Plattan som övade kan ta bort det på "
                "sidan Läge."
            ),
            _("Läge och övning"),
        ),
        Matter.UNSHOWN: (
            ngettext("{n} foto har inte kommit hit", "{n} foton har inte kommit hit", n),
            _("I protokollet står det att bilden saknas."),
            _("Hämta foton"),
        ),
        Matter.DRAFTS: (
            ngettext("{n} iakttagelse utan text, punkt och foto", "{n} iakttagelser utan text, punkt och foto", n),
            ngettext("Den säger bara var och när.", "De säger bara var och när.", n),
            _("Komplettera"),
        ),
        Matter.SUGGESTED: (
            ngettext("{n} allvar är bara föreslaget", "{n} allvar är bara föreslagna", n),
            ngettext(
                "Ingen har bedömt det än. Det står så i protokollet.",
                "Ingen har bedömt dem än. Det står så i protokollet.",
                n,
            ),
            _("Bedöm"),
        ),
        Matter.UNREASONED: (
            ngettext("{n} åtgärd saknar motivering", "{n} åtgärder saknar motivering", n),
            _("Motivering behövs för att lämna till protokollet: Genomförs inte."),
            _("Skriv motivering"),
        ),
        Matter.UNDECIDED: (
            ngettext("{n} åtgärd har ägare Utreds", "{n} åtgärder har ägare Utreds", n),
            _("Kan lämnas så, men någon måste svara."),
            _("Visa åtgärden"),
        ),
        Matter.UNANSWERED: (
            ngettext("{n} iakttagelse har ingen åtgärd", "{n} iakttagelser har ingen åtgärd", n),
            ngettext("Den står under Övriga synpunkter.", "De står under Övriga synpunkter.", n),
            _("Föreslå åtgärd"),
        ),
        Matter.UNDESCRIBED: (
            ngettext("{n} foto saknar beskrivning", "{n} foton saknar beskrivning", n),
            _("Behövs för den som lyssnar på dokumentet."),
            _("Beskriv foton"),
        ),
    }  # fmt: skip
    what, why, button = words[matter]
    return Told(what.format(n=n), why, button, matter, first)


def clear_rows(found: Mapping[Matter, Sequence[str]], good: int) -> list[Told]:
    """What is as it should be; `good` places are worth keeping."""
    rows = []
    if not found[Matter.CONFLICTS]:
        rows.append(Told(_("Inga olika versioner"), _("Ingen har skrivit olika om samma sak.")))
    if not found[Matter.UNSHOWN]:
        rows.append(Told(_("Alla foton är här"), _("De kommer med i protokollet.")))
    if good:
        why = ngettext("{n} plats i kapitel 7", "{n} platser i kapitel 7", good).format(n=good)
        rows.append(Told(_("Fina platser finns med"), why))
    return rows


class MatterRows(Surface):
    """`mend(matter, record)`: a person wants to put it right."""

    mend = Signal(object, str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "surface", line="hair", radius=CARD_RADIUS)
        self._rows: list[Told] = []
        self._stacked = False
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(2, 2, 2, 2)
        self._box.setSpacing(0)

    def show_rows(self, rows: list[Told]) -> None:
        """Show these; what is shown already stays, with the focus it has."""
        if rows != self._rows:
            self._rows = rows
            self._fill()

    def _fill(self) -> None:
        emptied(self._box)
        for place, each in enumerate(self._rows):
            if place:
                hair = Surface(self.look, "hair")
                hair.setFixedHeight(1)
                self._box.addWidget(hair)
            line = self._line(each)
            self._box.addWidget(line)
            line.show()

    def _line(self, told: Told) -> QWidget:
        look, open_ = self.look, told.matter is not None
        role = "danger" if told.matter == Matter.UNALARMED else "warn" if open_ else "ok"
        icon = Icon(look, icon_named("state", {"ok": "done", "danger": "blocks"}.get(role, role)), role, 28)
        state = Label(look, _("Se över") if open_ else _("Klart"), "strong", role)
        state.setWordWrap(False)
        words = column(Label(look, told.what, "strong"), Label(look, told.why, "meta", "text2"), spacing=2)
        text = row(icon, held(words), state, spacing=12)
        text.setStretch(1, 1)
        way = QBoxLayout.Direction
        box = QBoxLayout(way.TopToBottom if self._stacked else way.LeftToRight)
        box.setContentsMargins(14, 10, 14, 10)
        box.setSpacing(12)
        box.addLayout(text, 1)
        if open_:
            mend = Button(look, told.button)
            mend.clicked.connect(lambda: self.mend.emit(told.matter, told.first))
            mend.setMinimumWidth(round(150 * min(look.scale, 1.4)))
            if self._stacked:
                under = row(mend, 1)
                under.setContentsMargins(look.icon_px(28) + 12, 0, 0, 0)
                box.addLayout(under)
            else:
                box.addWidget(mend)
        line = QWidget()
        line.setLayout(box)
        return line

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows stack where there is little room."""
        super().resizeEvent(event)
        stacked = self.width() / self.look.scale < STACKED
        if stacked != self._stacked:
            self._stacked = stacked
            self._fill()
