"""Which receivers there are to choose from, what each is, and what one says in words."""

import sys
from dataclasses import dataclass

from PySide6.QtNetwork import QAbstractSocket, QNetworkInterface
from PySide6.QtSerialPort import QSerialPortInfo

from app.base.words import _
from app.domain.durations import duration_words
from app.jobs.listening import GPSD_PORT
from ui.bridge.guide import Guide
from ui.bridge.receiver import State
from ui.widgets.words import clock_words, metres

PHONE_PORT = 10110
"""The port that is set apart for NMEA 0183 over a network (IANA: nmea-0183)."""
PHONE = f"udp:{PHONE_PORT}"


@dataclass(frozen=True)
class Choice:
    """A receiver: what the setting says, its word, what it is, an icon."""

    said: str
    word: str
    told: str
    icon: str


def choices() -> list[Choice]:
    """Those that this machine has."""
    found = [
        Choice("", _("Ingen"), _("Lägen sätts på kartan."), "map-marker-off-outline"),
        Choice(
            "system", _("Datorns egen position"), _("Som systemet vet den, ibland på en hel kilometer när."), "laptop"
        ),
    ]
    for port in QSerialPortInfo.availablePorts():
        # Ports without anything behind them are many on some systems, and none of them is a receiver.
        if port.description() or port.hasVendorIdentifier():
            maker = ", ".join(filter(None, (port.manufacturer(), port.description())))
            told = maker or _("Seriell port")
            found.append(Choice(f"serial:{port.systemLocation()}", port.portName(), told, "usb-port"))
    if sys.platform.startswith("linux"):
        said = f"gpsd:127.0.0.1:{GPSD_PORT}"
        found.append(
            Choice(said, _("gpsd på den här datorn"), _("För den som har ställt in det."), "satellite-variant")
        )
    told = _("En app i telefonen sänder dess GPS hit över wifi, utan internet.")
    found.append(Choice(PHONE, _("Telefonen"), told, "cellphone-wireless"))
    return found


def own_addresses() -> list[str]:
    """The addresses under which this machine is reached on its networks, without itself."""
    every = QNetworkInterface.allAddresses()
    ip4 = QAbstractSocket.NetworkLayerProtocol.IPv4Protocol
    return [each.toString() for each in every if each.protocol() == ip4 and not each.isLoopback()]


def told_now(guide: Guide, zone: object) -> str:
    """What the receiver says now, in a sentence or two."""
    receiver = guide.receiver
    if receiver is None:
        return _("Inget berättar var ni är. Lägen sätts på kartan.")
    if receiver.state == State.OVER:
        return receiver.why
    if guide.heard is not None and not guide.is_stale:
        radius = guide.heard.fix.radius_m
        if radius is None:
            return _("{name}: läget finns.").format(name=receiver.name)
        return _("{name}: läget är rätt på {metres} när.").format(name=receiver.name, metres=metres(max(1.0, radius)))
    if receiver.state == State.SEEKING:
        again = _("Programmet letar vidare av sig självt.")
        return f"{receiver.name}: {receiver.why or _('söker.')} {again}"
    if guide.heard is not None:
        since = clock_words(guide.heard.at, zone)
        return _("{name}: inget nytt läge sedan {time}.").format(name=receiver.name, time=since)
    return _("{name} vet inte var ni är än. Gå ut under öppen himmel och vänta en minut.").format(name=receiver.name)


def clock_told(guide: Guide) -> str:
    """What the satellites say of this device's clock; "" where nothing is known."""
    ahead = guide.clock.ahead_s
    if ahead is None:
        return ""
    if not guide.clock.is_wrong:
        return _("Klockan går rätt.")
    much = duration_words(ahead)
    text = (
        _("Den här enhetens klocka går {much} före satelliternas.")
        if ahead > 0
        else _("Den här enhetens klocka går {much} efter satelliternas.")
    )
    return f"{text.format(much=much)} {_('Ställ den: klockslagen på det ni noterar blir fel annars.')}"
