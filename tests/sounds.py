"""Sound for tests that need no more than that it is sound."""


def frames(count: int, size: int = 100) -> bytes:
    """So many frames of sound at 48 kHz: 1024 samples each, of nothing in particular."""
    head = bytes((0xFF, 0xF1, 0x4C, 0x40 | size >> 11, size >> 3 & 0xFF, (size & 7) << 5 | 0x1F, 0xFC))
    return b"".join(head + bytes([k % 251]) * (size - 7) for k in range(count))
