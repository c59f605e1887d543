"""What is spoken, written down as sound, and what is played. It stands on QtMultimedia: read it through `media.Media`.

Sound comes from an ear in pieces and goes to the encoder from there, so that a test's ear is heard as a microphone is.
It is written to the file as it comes, which is therefore whole up to where a killed program had come.
"""

from array import array
from collections import deque

from PySide6.QtCore import Q_ARG, QByteArray, QCoreApplication, QFile, QIODevice, QObject, QTimer, QUrl, Signal
from PySide6.QtMultimedia import (
    QAudioBuffer,
    QAudioBufferInput,
    QAudioDevice,
    QAudioFormat,
    QAudioOutput,
    QAudioSource,
    QMediaCaptureSession,
    QMediaFormat,
    QMediaPlayer,
    QMediaRecorder,
    QtAudio,
)

from app.base.words import _
from ui.bridge.unlocked import call_unlocked

BITS_PER_S = 64_000
"""For a voice among cars; five minutes are 2.4 MB."""
END_MS = 30_000
"""An encoder that has not ended by then is not waited for."""
US = 1_000_000


class Ear(QObject):
    """A microphone, from `start` to `stop`. `heard(bytes, QAudioFormat)`: whole frames of sound; `failed(why)`."""

    heard = Signal(bytes, QAudioFormat)
    failed = Signal(str)

    def start(self) -> None:
        """Begin to listen."""
        raise NotImplementedError

    def stop(self) -> None:
        """Listen no more."""
        raise NotImplementedError


class Microphone(Ear):
    """A microphone of this machine."""

    def __init__(self, device: QAudioDevice, parent: QObject) -> None:
        super().__init__(parent)
        self._format = device.preferredFormat()
        self._format.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        if not device.isFormatSupported(self._format):
            self._format = device.preferredFormat()
        self._source = QAudioSource(device, self._format, self)
        self._source.stateChanged.connect(self._turned)
        self._line: QIODevice | None = None
        self._rest = b""

    def start(self) -> None:
        """Begin to listen."""
        self._line = self._source.start()
        if self._line is not None:
            self._line.readyRead.connect(self._read)

    def stop(self) -> None:
        """Listen no more."""
        self._line = None
        self._source.stop()

    def _turned(self) -> None:
        if self._line is not None and self._source.error() != QtAudio.Error.NoError:
            self.failed.emit(_("Mikrofonen svarar inte."))

    def _read(self) -> None:
        if self._line is None:
            return
        data = self._rest + self._line.readAll().data()
        whole = len(data) - len(data) % max(1, self._format.bytesPerFrame())
        self._rest = data[whole:]
        if whole:
            self.heard.emit(data[:whole], self._format)


def loudest(data: bytes, form: QAudioFormat) -> float:
    """The loudest moment of a piece of sound, 0 to 1."""
    kinds = {QAudioFormat.SampleFormat.Int16: ("h", 32768.0), QAudioFormat.SampleFormat.Float: ("f", 1.0)}
    code, most = kinds.get(form.sampleFormat(), ("", 1.0))
    if not code or not data:
        return 0.0
    samples = array(code, data)
    high, low = max(samples), min(samples)
    return min(1.0, max(high, -low) / most)


class Recorder(QObject):
    """One recording, from an ear into a file, `longest` seconds at the most. `ticked()`: another second is over.
    `ended(why)`: the file is whole; `why` it ended without having been asked to, or ""."""

    ticked = Signal()
    ended = Signal(str)

    def __init__(self, ear: Ear, path: str, longest: float, parent: QObject) -> None:
        super().__init__(parent)
        self._ear, self._longest = ear, longest
        self._waiting = deque[QAudioBuffer]()
        self._us = self._second = 0
        self._over, self._why, self._told = False, "", False
        self.level = self._loudest = 0.0
        """The loudest moment of the second that is over, 0 to 1."""
        # The encoder's thread writes on for a moment when what records is gone.
        self._file = QFile(path)
        self._file.setParent(QCoreApplication.instance())
        self._input, self._session = QAudioBufferInput(self), QMediaCaptureSession(self)
        self._recorder = QMediaRecorder(self)
        self._session.setAudioBufferInput(self._input)
        self._session.setRecorder(self._recorder)
        form = QMediaFormat(QMediaFormat.FileFormat.AAC)
        form.setAudioCodec(QMediaFormat.AudioCodec.AAC)
        recorder = self._recorder
        recorder.setMediaFormat(form)
        recorder.setEncodingMode(QMediaRecorder.EncodingMode.AverageBitRateEncoding)
        recorder.setAudioBitRate(BITS_PER_S)
        recorder.setAudioChannelCount(1)
        recorder.setAutoStop(True)
        recorder.recorderStateChanged.connect(self._turned)
        recorder.errorOccurred.connect(lambda _error, why: self._fail(why))
        self._input.readyToSendAudioBuffer.connect(self._feed)
        ear.setParent(self)
        ear.heard.connect(self._hear)
        ear.failed.connect(self._fail)
        self._late = QTimer(self, singleShot=True, interval=END_MS)
        self._late.timeout.connect(self._end)

    @property
    def seconds(self) -> float:
        """How much has been heard."""
        return self._us / US

    def start(self) -> None:
        """Begin."""
        how = QIODevice.OpenModeFlag.WriteOnly | QIODevice.OpenModeFlag.Unbuffered
        if not self._file.open(how):
            self._fail(self._file.errorString())
            return
        self._recorder.setOutputDevice(self._file)
        self._recorder.record()
        self._ear.start()

    def stop(self) -> None:
        """End it: what was heard is written, then `ended` is emitted."""
        if not self._over:
            self._over = True
            self._ear.stop()
            if not self._us:
                self._end()
                return
            # An empty piece of sound is the end of it.
            self._waiting.append(QAudioBuffer())
            self._late.start()
            self._feed()

    def _fail(self, why: str) -> None:
        self._why = self._why or why
        self.stop()

    def _hear(self, data: bytes, form: QAudioFormat) -> None:
        if self._over:
            return
        piece = QAudioBuffer(QByteArray(data), form, self._us)
        self._waiting.append(piece)
        self._us += piece.duration()
        self._loudest = max(self._loudest, loudest(data, form))
        self._feed()
        if self._us // US != self._second:
            self._second = self._us // US
            self.level, self._loudest = self._loudest, 0.0
            self.ticked.emit()
        if self.seconds >= self._longest:
            self.stop()

    def _feed(self) -> None:
        while self._waiting and self._input.sendAudioBuffer(self._waiting[0]):
            self._waiting.popleft()

    def _turned(self, state: QMediaRecorder.RecorderState) -> None:
        if state == QMediaRecorder.RecorderState.StoppedState:
            self._end()

    def _end(self) -> None:
        if self._told:
            return
        self._told = self._over = True
        self._late.stop()
        self._ear.stop()
        if self._recorder.recorderState() == QMediaRecorder.RecorderState.StoppedState:
            self._file.close()
            self._file.deleteLater()
        else:
            # The encoder may still write to the file, which lives on until the program ends.
            call_unlocked(self._recorder, "stop")
        self.ended.emit(self._why)


class Player(QObject):
    """Plays one thing at a time, called by its key. `turned()`: it plays, pauses, or is over. `failed(key, why)`."""

    turned = Signal()
    failed = Signal(str, str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._key = ""
        self._player, self._output = QMediaPlayer(self), QAudioOutput(self)
        self._player.setAudioOutput(self._output)
        self._player.playbackStateChanged.connect(lambda _state: self.turned.emit())
        self._player.errorOccurred.connect(lambda _error, why: self.failed.emit(self._key, why))

    def plays(self, key: str) -> bool:
        """Whether this is played now."""
        return self._key == key and self._player.playbackState() == QMediaPlayer.PlaybackState.PlayingState

    def play(self, key: str, path: str) -> None:
        """Play this file, from where it was paused; what else is played ends."""
        if key != self._key:
            self._key = key
            call_unlocked(self._player, "setSource", Q_ARG(QUrl, QUrl.fromLocalFile(path)))
        call_unlocked(self._player, "play")

    def pause(self) -> None:
        """Pause what is played."""
        call_unlocked(self._player, "pause")

    def stop(self) -> None:
        """Play nothing any longer."""
        call_unlocked(self._player, "stop")
        self._key = ""
