"""Lamp-posts, which are noted one after the other along a row."""

from collections.abc import Iterable
from datetime import UTC, datetime

from app.domain.records import Observation
from app.domain.values import known

LONG_AGO = datetime.min.replace(tzinfo=UTC)


def next_post(observations: Iterable[Observation], now: Observation) -> str:
    """The number after that of the post noted last, but for the one noted now; one of an unknown time comes before all
    others. "" where there is none, or it is no number."""
    noted = [
        (known(each.observed_at, datetime) or LONG_AGO, known(each.asset_tag, str) or "")
        for each in observations
        if each.id != now.id
    ]
    _when, last = max(((when, tag.strip()) for when, tag in noted if tag.strip()), default=(LONG_AGO, ""))
    return str(int(last) + 1).zfill(len(last)) if last.isascii() and last.isdigit() else ""
