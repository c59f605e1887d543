"""Receivers of positions: on a serial line (USB, Bluetooth), behind a network address, a phone that sends, gpsd, the
system's own, and a walk that is played.

All but the last two speak lines that the program reads itself (`app.jobs.listening`), whatever way they come, so that
each way is tried by every test of the reader, and HDOP and time are kept as they were said. Qt's own reader of NMEA
gives no HDOP, and is silent before a gpsd. QtPositioning is asked for what only it knows: the position of Windows, of
macOS and of GeoClue.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC

from PySide6.QtCore import QIODevice, QObject, Qt, QTimer
from PySide6.QtNetwork import QAbstractSocket, QHostAddress, QTcpSocket, QUdpSocket
from PySide6.QtPositioning import QGeoPositionInfo, QGeoPositionInfoSource
from PySide6.QtSerialPort import QSerialPort

from app.base.clock import Clock
from app.base.words import _
from app.domain.track import Fix
from app.jobs.listening import Gpsd, Language, Nmea
from app.jobs.rehearsal import pauses_s
from ui.bridge.receiver import Receiver, State

PAUSE_MS = 350
"""A receiver that says nothing for so long has said all of one moment."""
BAUD = 9600
"""Most receivers speak NMEA so fast, and those on USB or Bluetooth do not care."""
LOST_MS = 20_000
"""A receiver over a network that was silent so long is asked for anew: one that went out of reach says no farewell."""
READ = 65536


class _Spoken(Receiver):
    """A receiver that speaks over a device of Qt."""

    def __init__(self, name: str, language: Callable[[], Language], parent: QObject) -> None:
        super().__init__(name, parent)
        self._make, self._language = language, language()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(lambda: self._tell(self._language.pause()))

    def _reached(self, device: QIODevice) -> None:
        self._language = self._make()
        if self._language.asks:
            device.write(self._language.asks)
        self._turn(State.SILENT)

    def _heard(self, data: bytes) -> None:
        self._tell(self._language.feed(data))
        self._pause.start()

    def _let_go(self) -> None:
        self._pause.stop()


class SerialReceiver(_Spoken):
    """A receiver on a serial line: a cable, USB, or Bluetooth where the system shows it as a port."""

    kind = "serial"

    def __init__(self, port: str, clock: Clock, parent: QObject, baud: int = BAUD) -> None:
        super().__init__(_("GPS på {port}").format(port=port), lambda: Nmea(clock), parent)
        self._port = QSerialPort(self)
        self._port.setPortName(port)
        self._port.setBaudRate(baud)
        self._port.readyRead.connect(lambda: self._heard(bytes(self._port.read(READ).data())))
        self._port.errorOccurred.connect(self._failed)

    def _seek(self) -> None:
        if self._port.open(QIODevice.OpenModeFlag.ReadOnly):
            self._reached(self._port)

    def _failed(self, error: QSerialPort.SerialPortError) -> None:
        if error == QSerialPort.SerialPortError.PermissionError:
            self._lose(_("Porten används av ett annat program, eller så får du inte läsa den."))
        elif error != QSerialPort.SerialPortError.NoError:
            self._lose(_("Mottagaren sitter inte i, eller är avstängd."))

    def _let_go(self) -> None:
        super()._let_go()
        if self._port.isOpen():
            self._port.close()


class TcpReceiver(_Spoken):
    """A receiver, or a phone, behind a network address; or gpsd, which is asked to speak."""

    def __init__(self, host: str, port: int, clock: Clock, parent: QObject, *, is_gpsd: bool = False) -> None:
        name = _("gpsd på {host}") if is_gpsd else _("GPS på {host}")
        super().__init__(name.format(host=f"{host}:{port}"), Gpsd if is_gpsd else lambda: Nmea(clock), parent)
        self._host, self._number = host, port
        self.kind = "gpsd" if is_gpsd else "network"
        self._socket = QTcpSocket(self)
        self._lost = QTimer(self, singleShot=True, interval=LOST_MS)
        self._lost.timeout.connect(lambda: self._lose(_("Mottagaren har slutat sända.")))
        self._socket.readyRead.connect(lambda: self._heard(bytes(self._socket.read(READ).data())))
        self._socket.connected.connect(lambda: self._reached(self._socket))
        if not is_gpsd:
            # gpsd is silent while it has nothing to say.
            for signal in (self._socket.connected, self._socket.readyRead):
                signal.connect(self._lost.start)
        self._socket.disconnected.connect(lambda: self._lose(_("Mottagaren har slutat sända.")))
        self._socket.errorOccurred.connect(self._failed)

    def _seek(self) -> None:
        self._socket.connectToHost(self._host, self._number)

    def _failed(self, error: QAbstractSocket.SocketError) -> None:
        if error != QAbstractSocket.SocketError.RemoteHostClosedError:
            self._lose(_("Ingen svarar där."))

    def _let_go(self) -> None:
        super()._let_go()
        self._lost.stop()
        # Its own farewell would be taken for a loss.
        blocked = self._socket.blockSignals(True)
        self._socket.abort()
        self._socket.blockSignals(blocked)


class UdpReceiver(_Spoken):
    """Whoever sends NMEA to a port of this machine over the network: a phone as a receiver."""

    kind = "phone"

    def __init__(self, port: int, clock: Clock, parent: QObject, *, address: str = "") -> None:
        super().__init__(_("Telefon som sänder till port {port}").format(port=port), lambda: Nmea(clock), parent)
        self._number = port
        self._address = QHostAddress(address) if address else QHostAddress(QHostAddress.SpecialAddress.AnyIPv4)
        self._socket = QUdpSocket(self)
        self._socket.readyRead.connect(self._read)

    def _seek(self) -> None:
        if self._socket.bind(self._address, self._number):
            self._reached(self._socket)
        else:
            self._lose(_("Porten används av ett annat program."))

    def _read(self) -> None:
        while self._socket.hasPendingDatagrams():
            data = bytes(self._socket.receiveDatagram(READ).data().data())
            # Some apps send a sentence without its end.
            self._heard(data if data.endswith(b"\n") else data + b"\n")

    def _let_go(self) -> None:
        super()._let_go()
        self._socket.abort()


class SystemReceiver(Receiver):
    """The position that the operating system knows: Windows, macOS, GeoClue."""

    kind = "system"

    def __init__(self, parent: QObject, source: QGeoPositionInfoSource | None = None) -> None:
        super().__init__(_("Datorns egen position"), parent)
        self._source = source

    def _seek(self) -> None:
        if self._source is None:
            names = [each for each in QGeoPositionInfoSource.availableSources() if each != "nmea"]
            self._source = QGeoPositionInfoSource.createSource(names[0], self) if names else None
        if self._source is None:
            self._turn(State.SEEKING, _("Den här datorn har ingen egen position."))
            return
        quick = Qt.ConnectionType.UniqueConnection
        self._source.positionUpdated.connect(self._updated, quick)
        self._source.errorOccurred.connect(self._failed, quick)
        self._source.setUpdateInterval(1000)
        self._source.startUpdates()
        self._turn(State.SILENT)

    def _updated(self, info: QGeoPositionInfo) -> None:
        self._tell([fix_of(info)])

    def _failed(self, error: QGeoPositionInfoSource.Error) -> None:
        if error == QGeoPositionInfoSource.Error.AccessError:
            self._lose(_("Systemet låter inte programmet veta var du är. Ändra det i systemets inställningar."))
        elif error != QGeoPositionInfoSource.Error.UpdateTimeoutError:
            self._lose(_("Systemet vet inte var du är."))

    def _let_go(self) -> None:
        if self._source is not None:
            self._source.stopUpdates()


def fix_of(info: QGeoPositionInfo) -> Fix:
    """What Qt says of a position, as a fix; its accuracy is of one standard deviation and is doubled."""
    at, attribute = info.coordinate(), QGeoPositionInfo.Attribute

    def said(which: QGeoPositionInfo.Attribute) -> float | None:
        return info.attribute(which) if info.hasAttribute(which) else None

    off = said(attribute.HorizontalAccuracy)
    height = at.altitude()
    return Fix(
        time=info.timestamp().toUTC().toPython().replace(tzinfo=UTC),  # type: ignore[attr-defined]
        lat=round(at.latitude(), 7),
        lon=round(at.longitude(), 7),
        altitude_m=height if height == height else None,
        speed_mps=said(attribute.GroundSpeed),
        accuracy_m=2 * off if off is not None else None,
        course_deg=said(attribute.Direction),
    )


class PlayedReceiver(Receiver):
    """A walk that is played `speed` times as fast as it was walked; it is over when it has come to its end."""

    kind, is_played = "played", True

    def __init__(self, fixes: Sequence[Fix], speed: float, parent: QObject) -> None:
        super().__init__(_("Övning"), parent)
        self._speed = speed
        self._ahead: Iterator[tuple[Fix, float]] = zip(fixes, pauses_s(fixes), strict=True)
        self._next: Fix | None = None
        self._tick = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._tick.timeout.connect(self._step)

    def _seek(self) -> None:
        self._turn(State.SILENT)
        self._step()

    def _step(self) -> None:
        """Tell of what is due; what comes within a moment is told at once."""
        if self._next is not None:
            self._tell([self._next])
        for fix, pause in self._ahead:
            if (wait := round(1000 * pause / self._speed)) > 0:
                self._next = fix
                self._tick.start(wait)
                return
            self._tell([fix])
        self._next = None
        self._turn(State.OVER, _("Uppspelningen är slut."))

    def _let_go(self) -> None:
        self._tick.stop()


def receiver_of(said: str, clock: Clock, parent: QObject) -> Receiver | None:
    """The receiver that a setting names: `serial:/dev/ttyUSB0`, `tcp:host:port`, `gpsd:host:port`, `udp:port` (a phone
    that sends), `system`; None where it names none."""
    kind, _colon, rest = said.partition(":")
    host, _colon, port = rest.rpartition(":")
    number = int(port) if port.isdigit() else 0
    if kind == "serial" and rest:
        return SerialReceiver(rest, clock, parent)
    if kind in ("tcp", "gpsd") and host and number:
        return TcpReceiver(host, number, clock, parent, is_gpsd=kind == "gpsd")
    if kind == "udp" and number:
        return UdpReceiver(number, clock, parent)
    return SystemReceiver(parent) if kind == "system" else None
