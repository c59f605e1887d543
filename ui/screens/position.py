"""*Läge*: what tells where this device is, how that goes, a phone as a receiver, and a walk that is rehearsed."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.errors import GatljusError
from app.base.words import _
from app.domain.change import News
from app.domain.track import Fix
from app.jobs.rehearsal import fixes_of_log, fixes_of_plan
from ui.bridge.receivers import PlayedReceiver, receiver_of
from ui.bridge.runner import Failure
from ui.widgets.button import Button, lit
from ui.widgets.card import Card, Cards
from ui.widgets.desk import Desk, Place
from ui.widgets.fields import SegmentField, TextField
from ui.widgets.flow import Flow
from ui.widgets.group import KeyGroup
from ui.widgets.look import icon_named
from ui.widgets.page import SETTLED_MS, Head, Screen
from ui.widgets.qr import QrCode
from ui.widgets.receiver_choice import PHONE, PHONE_PORT, choices, clock_told, own_addresses, told_now
from ui.widgets.rehearsed import away_button, begun, end_rehearsal, rehearsed, take_away_all
from ui.widgets.text import Label, column, held, row
from ui.widgets.tile import MarkedRow

SPEEDS = (1, 10, 60)


class PositionScreen(Screen):
    """What is so now, then what can be chosen. Everything acts at once."""

    chromeless = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk.in_field(), place)
        look = self.look
        # A rehearsal is of a walk.
        title = _("Läge och övning") if place.walk else _("Läge")
        head = Head(self.desk, title, _("Vad som berättar var den här enheten är."), back=_("Tillbaka"))
        self.heading = head.heading
        self._now, self._clock = Label(look, "", "strong"), Label(look, "", "body")
        self._rows: dict[str, MarkedRow] = {}
        self._phone = self._phone_card()
        parts = [Card(look, _("Just nu"), self._now, self._clock), self._choices(), self._phone, self._other()]
        if place.walk:
            parts.append(self._rehearsal())
        self.box.addWidget(head)
        self._cards = Cards(look, *parts, centred=True)
        self.box.addWidget(self._cards, 1)
        for signal in (desk.guide.moved, desk.guide.turned):
            signal.connect(self._show_now)
        self._show_now()
        self._show_choice()
        if place.walk and desk.guide.practises:
            # Who comes here while one practises comes to end it, or to begin anew.
            QTimer.singleShot(SETTLED_MS, self, lambda: self._cards.ensureWidgetVisible(self._end))

    def refresh(self, _news: Mapping[str, News]) -> None:
        """Of the walk there is here what is left of a rehearsal."""
        self._show_now()

    # The parts

    def _choices(self) -> Card:
        content = QWidget()
        box = QVBoxLayout(content)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(self.look.gap)
        for each in choices():
            button = MarkedRow(self.look, each.word, each.icon, detail=each.told, least=76)
            button.setCheckable(True)
            button.clicked.connect(lambda _on, said=each.said: self._choose(said))
            self._rows[each.said] = button
            box.addWidget(button)
        KeyGroup([*self._rows.values()], content, one_of=True)
        return Card(self.look, _("Vad berättar var ni är?"), content)

    def _phone_card(self) -> Card:
        look = self.look
        addresses = own_addresses()
        steps = (
            _("1. Anslut telefonen och den här datorn till samma wifi. Telefonens egen internetdelning går bra."),
            _("2. Öppna en app i telefonen som sänder NMEA över UDP, och läs av koden eller skriv in adressen."),
            _("3. Lägg telefonen där den ser himlen. Läget visas här så snart det kommer."),
        )
        card = Card(look, _("Telefonen som GPS"), *(Label(look, each) for each in steps))
        for address in addresses[:1]:
            said = f"udp://{address}:{PHONE_PORT}"
            words = (Label(look, _("Adress: {host}").format(host=address), "strong"),
                     Label(look, _("Port: {port}").format(port=PHONE_PORT), "strong"))  # fmt: skip
            code = QrCode(look, said, _("Kod med adressen {said}").format(said=said))
            card.body.addWidget(held(row(code, held(column(1, *words, 1)), 1, spacing=16)))
        if len(addresses) > 1:
            others = ", ".join(addresses[1:])
            card.body.addWidget(Label(look, _("Går det inte, prova adressen {others}.").format(others=others)))
        if not addresses:
            card.body.addWidget(Label(look, _("Den här datorn är inte ansluten till något nätverk."), "strong", "warn"))
        return card

    def _other(self) -> Card:
        look = self.look
        hint = _("En mottagare eller telefon som andra ansluter till, som 192.168.43.1:10110.")
        self._address = TextField(look, _("Adress och port"), hint)
        self._address.changed.connect(self._listen_there)
        return Card(look, _("Annan adress"), self._address)

    def _rehearsal(self) -> Card:
        look = self.look
        told = _("Läget spelas upp så att ni kan prova allt inomhus. Spåret heter Övning och kan tas bort efteråt.")
        self._planned = Button(look, _("Öva längs rutten"), icon_named("action", "rehearse"))
        self._planned.clicked.connect(lambda _on: self._rehearse(None))
        self._logged = Button(look, _("Öva med en logg (NMEA)"), "folder-open-outline")
        self._logged.clicked.connect(lambda _on: self._choose_log())
        self._end = lit(look, _("Avsluta övningen"), icon_named("action", "stop"))
        self._end.clicked.connect(lambda _on: end_rehearsal(self.desk))
        speed = SegmentField(look, _("Hur fort"), [(each, f"{each} ×") for each in SPEEDS])
        speed.show_value(self.desk.session.settings.rehearsal_speed)
        speed.changed.connect(self._set_speed)
        flow = Flow(10)
        self._away = away_button(look)
        self._away.clicked.connect(lambda _on: take_away_all(self.desk, self.place.walk))
        for each in (self._planned, self._logged, self._end, self._away):
            flow.addWidget(each)
        return Card(look, _("Öva"), Label(look, told), speed, held(flow))

    # What is so

    def _show_now(self) -> None:
        guide = self.desk.guide
        walk = self.desk.shelf.walk(self.place.walk) if self.place.walk else None
        now, clock = told_now(guide, walk.zone if walk else None), clock_told(guide)
        if now != self._now.text():
            self._now.setText(now)
        if clock != self._clock.text():
            self._clock.setText(clock)
        self._clock.setVisible(bool(clock))
        if self.place.walk:
            practises = guide.practises
            free = not practises or guide.has_played
            left = not practises and bool(rehearsed(self.desk, self.place.walk))
            shown = (self._planned, free), (self._logged, free), (self._end, practises), (self._away, left)
            for button, on in shown:
                if button.isHidden() == on:
                    button.setVisible(on)

    def _show_choice(self) -> None:
        said = self.desk.session.settings.receiver
        for each, button in self._rows.items():
            button.setChecked(each == said)
        self._phone.setVisible(said == PHONE)
        self._address.show_value(said.partition(":")[2] if said.startswith("tcp:") else "")

    # What can be done

    def _choose(self, said: str) -> None:
        session, guide = self.desk.session, self.desk.guide
        self.desk.set_settings(replace(session.settings, receiver=said))
        # Whoever listens to a receiver walks, and practises no longer.
        if guide.practises:
            end_rehearsal(self.desk)
        else:
            guide.listen(receiver_of(said, session.clock, guide))
        self._show_choice()
        if said == PHONE:
            # How that is done stands below, and what is below a small screen nobody knows of.
            QTimer.singleShot(SETTLED_MS, self, lambda: self._cards.ensureWidgetVisible(self._phone))

    def _listen_there(self, address: str | None) -> None:
        host, _colon, port = (address or "").strip().rpartition(":")
        if host and port.isdigit() and 0 < int(port) < 65536:
            self._address.refuse("")
            self._choose(f"tcp:{host}:{port}")
            text = _("Lyssnar på {address}. Vad som hörs står under Just nu.").format(address=f"{host}:{port}")
            self._address.hint(text)
        elif address:
            self._address.refuse(_("Skriv adress och port, som 192.168.43.1:10110."))

    def _set_speed(self, speed: int) -> None:
        self.desk.set_settings(replace(self.desk.session.settings, rehearsal_speed=speed))

    def _choose_log(self) -> None:
        paths = self.desk.choose_files(self, _("Välj en logg"), f"{_('Loggar')} (*.nmea *.txt *.log)")
        if paths:
            self._rehearse(paths[0])

    def _rehearse(self, log: Path | None) -> None:
        session, walk = self.desk.session, self.desk.shelf.walk(self.place.walk)
        if walk is None:
            return
        anew = self.desk.guide.practises and self.desk.guide.records == walk.id
        try:
            fixes: tuple[Fix, ...] = fixes_of_log(log) if log else fixes_of_plan(session, walk)
            self.desk.guide.rehearse(walk.id)
        except (GatljusError, OSError) as error:
            self.desk.fail(Failure.of(error))
            return
        self.desk.guide.listen(PlayedReceiver(fixes, max(1, session.settings.rehearsal_speed), self.desk.guide))
        self.desk.go(Place("walk", walk.id, part="map"))
        self.desk.say(begun(self.desk, walk.id, anew=anew))
