"""The position that the operating system knows, by its software twin."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QDateTime, QObject
from PySide6.QtPositioning import QGeoCoordinate, QGeoPositionInfo, QGeoPositionInfoSource

from app.domain.track import Fix
from ui.bridge.receiver import State
from ui.bridge.receivers import SystemReceiver

AT = datetime(2026, 10, 23, 16, 5, tzinfo=UTC)
Error = QGeoPositionInfoSource.Error


class Service(QGeoPositionInfoSource):
    """A location service that says what the test says."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.asked, self.fault = 0, Error.NoError

    def startUpdates(self) -> None:
        self.asked += 1

    def stopUpdates(self) -> None:
        self.asked -= 1

    def minimumUpdateInterval(self) -> int:
        return 100

    def error(self) -> QGeoPositionInfoSource.Error:
        return self.fault

    def say(self, second: int, *, accuracy: float | None = 6.0, course: float | None = None) -> None:
        """One is here now, at the height where the sea begins and walking."""
        moment = QDateTime.fromSecsSinceEpoch(int((AT + timedelta(seconds=second)).timestamp()))
        info = QGeoPositionInfo(QGeoCoordinate(60.17, 24.94 + second / 10_000, 3.5), moment)
        said = {QGeoPositionInfo.Attribute.GroundSpeed: 1.3}
        if accuracy is not None:
            said[QGeoPositionInfo.Attribute.HorizontalAccuracy] = accuracy
        if course is not None:
            said[QGeoPositionInfo.Attribute.Direction] = course
        for attribute, value in said.items():
            info.setAttribute(attribute, value)
        self.positionUpdated.emit(info)

    def fail(self, fault: QGeoPositionInfoSource.Error) -> None:
        """It cannot say where one is."""
        self.fault = fault
        self.errorOccurred.emit(fault)


@pytest.fixture
def service(parent: QObject) -> Service:
    return Service(parent)


@pytest.fixture
def receiver(service: Service, parent: QObject) -> SystemReceiver:
    return SystemReceiver(parent, service)


def heard(receiver: SystemReceiver) -> list[Fix]:
    """What comes from now on."""
    found: list[Fix] = []
    receiver.came.connect(found.append)
    return found


def test_a_fix_of_the_system_is_a_fix_like_any_other_by_its_software_twin(
    receiver: SystemReceiver, service: Service
) -> None:
    found = heard(receiver)
    receiver.start()
    assert (receiver.state, service.asked) == (State.SILENT, 1)
    service.say(1, course=70.0)
    service.say(2, accuracy=None)
    first, second = found
    assert (first.time, first.lat, first.lon) == (AT + timedelta(seconds=1), 60.17, 24.9401)
    # What the system says is of one standard deviation.
    assert (first.accuracy_m, first.course_deg, first.speed_mps, first.altitude_m) == (12.0, 70.0, 1.3, 3.5)
    assert (second.accuracy_m, second.course_deg) == (None, None)
    assert receiver.state == State.SPEAKING


def test_a_system_that_does_not_let_the_program_know_says_so_by_its_software_twin(
    receiver: SystemReceiver, service: Service
) -> None:
    receiver.start()
    service.fail(Error.AccessError)
    assert receiver.state == State.SEEKING and "systemets inställningar" in receiver.why
    service.fail(Error.ClosedError)
    assert "Systemet vet inte var du är" in receiver.why


def test_a_system_that_is_asked_anew_tells_each_fix_once_by_its_software_twin(
    receiver: SystemReceiver, service: Service
) -> None:
    found = heard(receiver)
    for _again in range(3):
        receiver.start()
        receiver.stop()
    assert service.asked == 0
    receiver.start()
    service.say(1)
    assert len(found) == 1


def test_a_machine_without_such_a_service_says_so(parent: QObject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QGeoPositionInfoSource, "availableSources", staticmethod(lambda: ["nmea"]))
    receiver = SystemReceiver(parent)
    receiver.start()
    assert receiver.state == State.SEEKING and receiver.why == "Den här datorn har ingen egen position."
    receiver.stop()
