"""Lamp-posts, which are noted one after the other along a row."""

from collections.abc import Iterable

from app.domain.records import Observation
from app.domain.values import known


def next_post(observations: Iterable[Observation], now: Observation) -> str:
    """The number after that of the post noted last, but for the one noted now; "" where there is none, or it is no
    number."""
    noted = [(str(each.observed_at), known(each.asset_tag, str) or "") for each in observations if each.id != now.id]
    _when, last = max(((when, tag.strip()) for when, tag in noted if tag.strip()), default=("", ""))
    return str(int(last) + 1).zfill(len(last)) if last.isascii() and last.isdigit() else ""
