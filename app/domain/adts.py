"""Sound as it is recorded: a row of AAC frames, each with a header of its own (ADTS, ISO/IEC 13818-7).

A file of such frames is whole at every moment of a recording, up to its last whole frame; an .m4a is nothing at all
until it has been ended, and whatever was said is lost where the program is killed before.
"""

from typing import NamedTuple

HEAD = 7
SAMPLES = 1024
"""In each block of a frame."""
RATES_HZ = (96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350)


class Sound(NamedTuple):
    """What can be played: the whole frames, and how long they last."""

    data: bytes
    seconds: float


def whole_frames(data: bytes) -> Sound:
    """The frames at the beginning of `data` that are whole; none where it does not begin with one. Never raises."""
    at, seconds = 0, 0.0
    while at + HEAD <= len(data):
        head = data[at : at + HEAD]
        rate = (head[2] >> 2) & 0xF
        length = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
        is_frame = head[0] == 0xFF and head[1] & 0xF6 == 0xF0 and rate < len(RATES_HZ) and length > HEAD
        if not is_frame or at + length > len(data):
            break
        seconds += SAMPLES * ((head[6] & 3) + 1) / RATES_HZ[rate]
        at += length
    return Sound(data[:at], seconds)
