"""What this machine hears, sees and sounds with. QtMultimedia is read when a page first asks: it takes 0.15 s of a
window's first half second, and is not there at all where a library of the system is missing."""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLoggingCategory, QObject, QTimer, Signal

if TYPE_CHECKING:
    from ui.bridge.camera import Eye
    from ui.bridge.sound import Player, Recorder


class Media(QObject):
    """The microphones, cameras and loudspeakers. `changed()`: they have been found, plugged in or out. `why` they
    cannot be used, where that is so."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._qt: ModuleType | None = None
        self._player: Player | None = None
        self.why = ""
        QTimer.singleShot(0, self, self._look)

    def _look(self) -> None:
        # What may decode films by the graphics card is looked for, and each that is missing complained of.
        QLoggingCategory.setFilterRules("qt.multimedia.symbolsresolver=false")
        try:
            self._qt = import_module("PySide6.QtMultimedia")
        except ImportError as error:
            self.why = str(error)
            return
        self._devices = self._qt.QMediaDevices(self)
        self._devices.audioInputsChanged.connect(self.changed)
        self._devices.videoInputsChanged.connect(self.changed)
        self.changed.emit()

    @property
    def microphones(self) -> tuple[str, ...] | None:
        """What they are called; None where that cannot be known."""
        return tuple(each.description() for each in self._qt.QMediaDevices.audioInputs()) if self._qt else None

    @property
    def cameras(self) -> tuple[str, ...] | None:
        """What they are called; None where that cannot be known."""
        return tuple(each.description() for each in self._qt.QMediaDevices.videoInputs()) if self._qt else None

    @property
    def hears(self) -> bool:
        """Whether there is a microphone."""
        return bool(self.microphones)

    @property
    def sees(self) -> bool:
        """Whether there is a camera."""
        return bool(self.cameras)

    def eye(self, parent: QObject) -> "Eye":
        """What looks through the camera that points away from a person, else through the one that there is."""
        assert self._qt is not None, "there is no camera"
        devices = self._qt.QMediaDevices.videoInputs()
        back = [each for each in devices if each.position() == each.Position.BackFace]
        usual = self._qt.QMediaDevices.defaultVideoInput()
        made: Eye = import_module("ui.bridge.camera").Eye.of(back[0] if back else usual, parent)
        return made

    @property
    def sounds(self) -> bool:
        """Whether there is a loudspeaker."""
        return bool(self._qt and self._qt.QMediaDevices.audioOutputs())

    def recorder(self, path: str, longest: float, parent: QObject) -> "Recorder":
        """What records from the microphone that there is into a file, `longest` seconds at the most."""
        made: Recorder = import_module("ui.bridge.sound").Recorder(self._ear(parent), path, longest, parent)
        return made

    def _ear(self, parent: QObject) -> QObject:
        assert self._qt is not None
        found: QObject = import_module("ui.bridge.sound").Microphone(self._qt.QMediaDevices.defaultAudioInput(), parent)
        return found

    @property
    def player(self) -> "Player | None":
        """What plays sound; None where nothing can."""
        if self._player is None and self._qt is not None:
            self._player = import_module("ui.bridge.sound").Player(self)
        return self._player


def media_of(owner: QObject) -> Media:
    """The one that lies with `owner`, made where there is none."""
    found = owner.findChild(Media)
    return found if isinstance(found, Media) else Media(owner)
