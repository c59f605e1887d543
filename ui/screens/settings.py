"""Settings: everything acts at once and is shown beside; nothing needs to be saved."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import __version__
from app.base.room import little_room
from app.base.words import LANGUAGES, _, ngettext, percent_words
from app.domain.change import News
from app.jobs.backup import back_up, holds_words
from app.jobs.verify import verify
from ui.widgets.button import Button
from ui.widgets.desk import Desk, Place
from ui.widgets.dim import DIMS, dim_of, dim_word
from ui.widgets.fields import Field, SegmentField, TextField
from ui.widgets.flag_field import FlagField
from ui.widgets.flow import Flow
from ui.widgets.look import BY_THE_SUN, TEXT_SCALES, icon_named
from ui.widgets.map_files import MapFiles
from ui.widgets.notice import Notice
from ui.widgets.outside import open_file
from ui.widgets.page import Head, Screen, Scroll
from ui.widgets.text import Heading, Label, Surface, held

THEME_WORDS = ("light", "dark", "red", "contrast", BY_THE_SUN)


class SettingsScreen(Screen):
    """One page, with a heading for each part."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        # Without a rail the way back to the walk would lead over another page.
        back = "" if place.walk and desk.room == "narrow" else None
        head = Head(desk, _("Inställningar"), _("Allt gäller direkt, bara på den här enheten."), back=back)
        self.heading = head.heading
        self.box.addWidget(head)
        content = QWidget()
        self._content = QVBoxLayout(content)
        self._content.setContentsMargins(28, 16, 28, 28)
        self._content.setSpacing(12)
        self.box.addWidget(Scroll(self.look, content), 1)
        self._screen()
        self._hand()
        self._walking()
        self._device()
        self._language()
        self._part(_("Kartor"), MapFiles(desk))
        self._storage()
        self._about()
        self._content.addStretch(1)

    def _part(self, title: str, *widgets: QWidget) -> None:
        surface = Surface.card(self.look)
        box = QVBoxLayout(surface)
        box.setContentsMargins(16, 14, 16, 16)
        box.setSpacing(14)
        box.addWidget(Heading(self.look, title, "h3"))
        for each in widgets:
            box.addWidget(each)
        self._content.addWidget(surface)

    def _kept(self, field: Field, name: str) -> Field:
        """A field that shows a setting and sets it."""
        field.show_value(getattr(self.desk.session.settings, name))
        field.changed.connect(lambda value: self._set(name, value))
        return field

    def _set(self, name: str, value: Any) -> None:
        self.desk.set_settings(replace(self.desk.session.settings, **{name: value}))

    def _segment(self, label: str, name: str, choices: Sequence[tuple[Any, str]], hint: str = "") -> Field:
        return self._kept(SegmentField(self.look, label, choices, hint), name)

    def _screen(self) -> None:
        words = (_("Ljust"), _("Mörkt"), _("Nattrött"), _("Hög kontrast"), _("Följ solen"))
        themes = list(zip(THEME_WORDS, words, strict=True))
        sizes = [(size, percent_words(size)) for size in TEXT_SCALES]
        calm = self._kept(FlagField(self.look, _("Mindre rörelse"), _("Inget glider eller blinkar.")), "calm")
        dims = [(step, dim_word(step).capitalize()) for step in DIMS]
        never = _("Mörkare än skärmen själv kan bli. Sidan Fara nu dämpas aldrig.")
        self._dim = self._segment(_("Dämpa skärmen"), "dim", dims, never)
        sun = _("Följ solen: ljust på dagen, mörkt när solen har gått ner.")
        themed = self._segment(_("Tema"), "theme", themes, sun)
        self._part(_("Skärm"), themed, self._segment(_("Textstorlek"), "text", sizes), self._dim, calm)

    def refresh(self, _news: Mapping[str, News]) -> None:
        """What a key may have set."""
        self._dim.show_value(dim_of(self.desk.session.settings))

    def _hand(self) -> None:
        hands = [(False, _("Höger")), (True, _("Vänster"))]
        gloves = FlagField(self.look, _("Handskar"), _("Större knappar och längre mellan dem."))
        letters = FlagField(self.look, _("Enkla tangenter"), _("N ny iakttagelse, F foto. Aldrig när du skriver text."))
        self._part(
            _("Handen"),
            self._kept(gloves, "gloves"),
            self._segment(_("Hand som trycker"), "left_handed", hands),
            self._kept(letters, "letters"),
        )

    def _walking(self) -> None:
        hint = _("Frågan kommer när ni trycker Nästa stopp. Den går alltid att gå förbi.")
        ask = FlagField(self.look, _("Fråga hur platsen känns vid varje stopp"), hint)
        self._part(_("På vandringen"), self._kept(ask, "ask_rating"))

    def _device(self) -> None:
        label = TextField(
            self.look, _("Enhetens namn"), _("Det andra ser, till exempel Platta Norr. Skriv inget personnamn.")
        )
        role = TextField(self.look, _("Roll"), _("Anmärkningar härifrån skrivs under så, till exempel samordnare."))
        owner = TextField(self.look, _("Organisation"), _("Den som oftast ordnar vandringarna. Förslag i Ny vandring."))
        self._part(
            _("Den här enheten"),
            self._kept(label, "label"),
            self._kept(role, "role"),
            self._kept(owner, "organisation"),
        )

    def _language(self) -> None:
        names = {"sv": "Svenska", "en": "English"}
        choices = [("", _("Som systemet")), *((code, names[code]) for code in LANGUAGES)]
        self._part(_("Språk"), self._segment(_("Språk"), "language", choices))

    def _storage(self) -> None:
        session = self.desk.session
        where = Label(self.look, _("Allt ligger i mappen {path}.").format(path=session.home), "body")
        self._backups = Label(self.look, "", "body", "text2")
        self._holds = Label(self.look, "", "body", "text2")
        self._room = Label(self.look, "", "strong")
        show = Button(self.look, _("Visa mappen"), "folder-open-outline")
        show.clicked.connect(lambda: open_file(self.desk, session.home))
        back_up = Button(self.look, _("Säkerhetskopiera nu"), "content-save-outline")
        back_up.clicked.connect(self._back_up)
        other = Button(self.look, _("Mapp för säkerhetskopior"), "folder-outline")
        other.clicked.connect(self._choose_backups)
        back = Button(self.look, _("Läs tillbaka en säkerhetskopia"), icon_named("action", "undo"))
        back.clicked.connect(lambda: self.desk.go(Place("backups")))
        check = Button(self.look, _("Kontrollera att allt är helt"), "shield-check-outline")
        check.clicked.connect(self._verify)
        flow = Flow(10)
        for each in (show, back_up, back, other, check):
            flow.addWidget(each)
        self._part(_("Lagring"), where, self._room, self._holds, self._backups, held(flow))
        self._show_backups()

    def _show_backups(self) -> None:
        session = self.desk.session
        n = session.count_backups()
        text = ngettext(
            "{n} säkerhetskopia i {path}. De tio senaste behålls.",
            "{n} säkerhetskopior i {path}. De tio senaste behålls.",
            n,
        )
        self._backups.setText(text.format(n=n, path=session.backups))
        more = _("En andra kopia av en hel vandring gör Kopiera till mapp eller minne under Enheter i vandringen.")
        self._holds.setText(f"{holds_words(session)} {more}")
        self._room.setText(little_room(session.home))
        self._room.setVisible(bool(self._room.text()))

    def _back_up(self) -> None:
        desk = self.desk
        run = desk.work(_("Säkerhetskopierar"), lambda: back_up(desk.session))
        run.done.connect(self._show_backups)
        run.done.connect(lambda made: desk.say(Notice(_("Säkerhetskopierat till {name}.").format(name=made.name))))

    def _choose_backups(self) -> None:
        folder: Path | None = self.desk.choose_folder(self, _("Mapp för säkerhetskopior"))
        if folder is not None:
            self._set("backups", str(folder))
            self._show_backups()

    def _verify(self) -> None:
        run = self.desk.work(_("Kontroll"), lambda: verify(self.desk.session))
        desk = self.desk
        run.done.connect(lambda findings: _tell_verified(desk, findings))

    def _about(self) -> None:
        lines = (
            f"Gatljus {__version__}",
            _("Fri programvara (MIT). Typsnitt: Atkinson Hyperlegible Next, Source Sans 3, Noto (SIL OFL 1.1)."),
            _("Ikoner: Material Design Icons (Apache 2.0). Qt for Python (LGPL 3)."),
            _("Exempelkarta © OpenStreetMap contributors (ODbL 1.0)."),
        )
        self._part(_("Om"), *(Label(self.look, each) for each in lines))

    def flush(self) -> None:
        """Write what is still being typed."""
        for field in self.findChildren(TextField):
            field.flush()


def _tell_verified(desk: Desk, findings: Sequence[Mapping[str, str]]) -> None:
    """Say what a check found, wherever one is by then."""
    if not findings:
        desk.say(Notice(_("Allt är helt.")))
        return
    first = findings[0]
    text = _("{n} fynd. {text} {advice}").format(n=len(findings), text=first["text"], advice=first["advice"])
    desk.say(Notice(text, icon_named("state", "warn"), problem=True))
