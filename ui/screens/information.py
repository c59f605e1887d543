"""What everybody hears before a walk begins: what is written and photographed, who is responsible, what one can ask
for. Made to be read aloud. That it was shown is written in the walk.

Both languages can be shown whatever the program speaks: those who walk along need not share it.
"""

from collections.abc import Mapping
from contextvars import copy_context

from app.base.words import LANGUAGES, _, language
from app.commands.walks import begin_walk
from app.domain.change import News
from app.domain.records import SafetyWalk
from app.domain.values import known
from app.session import speak_language
from ui.widgets.button import Button, lit
from ui.widgets.card import Card, Cards
from ui.widgets.chip import Chip
from ui.widgets.desk import Desk, Place
from ui.widgets.fields import SegmentField
from ui.widgets.look import icon_named
from ui.widgets.page import Foot, Head, Screen
from ui.widgets.text import Label, column, held
from ui.widgets.words import day_words, moment_words

NAMES = {"sv": "Svenska", "en": "English"}
LATER = "later"
"""The part of the walk's place that says that nobody was told yet, so that one is not asked again at once."""

NOBODYS = SafetyWalk(id="", scope="")
"""A walk that says nothing of itself."""


def paragraphs(walk: SafetyWalk) -> list[tuple[str, str]]:
    """The text in the language spoken now: (heading, sentences)."""
    area, who = known(walk.area, str), known(walk.data_controller, str) or known(walk.organiser, str)
    round_ = _("Vi går en runda i området {area}.").format(area=area) if area else _("Vi går en runda.")
    responsible = _("{name} ansvarar för uppgifterna och svarar på frågor.").format(name=who)
    told = (
        (
            _("Vad vi gör"),
            round_,
            _("Vi stannar, tittar, pratar och skriver ner det som känns otryggt och det som känns bra."),
            _("Efteråt blir det ett protokoll med förslag till åtgärder."),
        ),
        (_("Vem som ansvarar"), responsible if who else _("Den som ordnar vandringen ansvarar för uppgifterna.")),
        (
            _("Vad som skrivs"),
            _("Vi skriver om platser, inte om personer."),
            _("Vägen vi går sparas, men inte vem som går den."),
            _("Den som har plattan kan tala in anteckningar med sin egen röst. De publiceras inte."),
        ),
        (
            _("Foton"),
            _("Vi fotograferar platser, inte människor."),
            _("Säg till om du inte vill vara med på bild, så väntar vi."),
            _("Har du hamnat på en bild ändå tar vi bort den."),
        ),
        (
            _("Namn är frivilligt"),
            _("Ingen behöver säga vad den heter. I protokollet står roller och antal."),
            _("Den som lämnar sitt namn kan få det raderat när som helst."),
        ),
        (_("Hur länge"), _kept(walk)),
        (
            _("Dina rättigheter"),
            _("Du kan få veta vad som finns om dig och få det rättat eller raderat."),
            _("Är du inte nöjd kan du klaga hos Integritetsskyddsmyndigheten."),
            _("Protokollet blir en allmän handling om det lämnas till en kommun."),
        ),
    )
    return [(heading, " ".join(sentences)) for heading, *sentences in told]


def _kept(walk: SafetyWalk) -> str:
    if walk.retention_until is None:
        return _("Uppgifterna sparas så länge åtgärderna följs upp, eller så länge arkivreglerna kräver.")
    return _("Uppgifterna sparas till {day} och gallras sedan.").format(day=day_words(walk.retention_until))


def in_language(said: str, walk: SafetyWalk) -> list[tuple[str, str]]:
    """The text in Swedish or English, whatever is spoken now."""

    def tell() -> list[tuple[str, str]]:
        speak_language(said)
        return paragraphs(walk)

    return copy_context().run(tell)


class InformationScreen(Screen):
    """The text, a switch of language, and the two ways on."""

    chromeless = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk.in_field(), place)
        look = self.look
        head = Head(
            self.desk, _("Innan ni går"), _("Läs högt, eller låt alla läsa. Det tar en minut."), back=_("Tillbaka")
        )
        self.heading = head.heading
        self._language = SegmentField(look, _("Språk"), [(code, NAMES[code]) for code in LANGUAGES], least=140)
        self._language.show_value(language())
        self._language.changed.connect(self._show)
        self._shown_at = Chip(look, "")
        self._paragraphs = [(Label(look, "", "h3"), Label(look)) for _each in paragraphs(NOBODYS)]
        text = held(column(*(held(column(*each, spacing=3)) for each in self._paragraphs), spacing=16))
        self._show(language())
        later = Button(look, _("Inte nu"), least=72)
        later.clicked.connect(lambda: self._go_on(LATER))
        heard = lit(look, _("Alla har fått höra det"), "account-voice", least=72)
        heard.clicked.connect(self._heard)
        self.box.addWidget(head)
        self.box.addWidget(Cards(look, self._language, Card(look, "", self._shown_at, text), centred=True), 1)
        self.box.addWidget(Foot(look, later, heard))

    def refresh(self, _news: Mapping[str, News]) -> None:
        """Show the text for this walk, and whether it has been shown."""
        walk = self.desk.shelf.walk(self.place.walk)
        shown = moment_words(walk.info_shown_at, walk.zone, self.desk.session.clock()) if walk else ""
        self._shown_at.setVisible(bool(shown))
        self._shown_at.say(_("Berättat {when}").format(when=shown), icon_named("state", "done"), "ok")
        self._show(next(code for code, button in self._language.buttons if button.isChecked()))

    def _show(self, said: str) -> None:
        walk = self.desk.shelf.walk(self.place.walk)
        for labels, texts in zip(self._paragraphs, in_language(said, walk) if walk else (), strict=False):
            for label, text in zip(labels, texts, strict=True):
                label.setText(text)

    def _heard(self) -> None:
        walk = self.desk.shelf.walk(self.place.walk)
        if self.desk.guide.practises:
            # Nobody was told: the walk would ask at once again.
            self._go_on(LATER)
            return
        if walk is not None:
            begin_walk(self.desk.session, walk, informed=True)
        self._go_on()

    def _go_on(self, part: str = "") -> None:
        self.desk.swap(Place("walk", self.place.walk, part=part))
