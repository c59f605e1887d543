"""The people who were along: the names that lie here."""

import json
from collections.abc import Iterable
from contextlib import suppress

from app.base.errors import GatljusError
from app.domain.record import is_hash
from app.domain.records import Participant
from app.session import Session


def names_of(session: Session, scope: str, participants: Iterable[Participant]) -> dict[str, str]:
    """Names by participant, of those whose blob is here, whole and not erased."""
    erased, names = session.log.blobs_erased(scope), dict[str, str]()
    for each in participants:
        if is_hash(each.name_blob) and each.name_blob not in erased and session.blobs.has(each.name_blob):
            with suppress(GatljusError):
                names[each.id] = _name_in(session.blobs.read(each.name_blob))
    return names


def name_in(session: Session, blob: str) -> str:
    """The name that a blob keeps; "" where it is not here, or cannot be read."""
    with suppress(GatljusError):
        return _name_in(session.blobs.read(blob)) if session.blobs.has(blob) else ""
    return ""


def _name_in(data: bytes) -> str:
    """The name in a participant's blob; empty where a newer version keeps it in another way."""
    try:
        return str(json.loads(data)["name"])
    except (ValueError, KeyError, TypeError):
        return ""
