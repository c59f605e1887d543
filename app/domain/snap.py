"""What is known when a picture is taken with the device's own camera."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.values import Position


@dataclass(frozen=True)
class Snap:
    """`moment` is aware, by the walk's clock. `direction_deg` clockwise from true north. None where nobody knows."""

    moment: datetime
    position: Position | None = None
    accuracy_m: float | None = None
    direction_deg: float | None = None
    camera: str = ""
