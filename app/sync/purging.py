"""*Gallra* at a target: what lies there of a walk goes, and a mark stays, so that nobody puts it there again.

`purged.<sha16>.json`: `{"format":1, "program", "walk", "purged": date, "om": [lines], "about": [lines]}`. It names
nobody.
"""

import json
from contextlib import suppress
from datetime import date

from app.base.errors import GatljusError
from app.base.job import Job, Step
from app.base.words import _
from app.domain.batch import sha16_of
from app.domain.ports import Places, Purged, Target
from app.sync.names import HEADS, MARKER, PURGED, folder_of, markers_in
from app.sync.report import Problem, Report

_SWEDISH = (
    "Här låg en trygghetsvandring. Den är gallrad: den som bestämmer över uppgifterna har tagit bort dem.",
    "Låt filen ligga. Den hindrar att någon lägger dit vandringen igen.",
)
_ENGLISH = (
    "A safety walk lay here. It has been disposed of by whoever decides over its data.",
    "Leave this file. It keeps anybody from putting the walk here again.",
)


def mark_of(scope: str, day: date) -> tuple[str, bytes]:
    """The name (without folder) and the bytes of the mark that a purge leaves."""
    said = {
        "format": 1, "program": "Gatljus", "walk": scope, "purged": day.isoformat(),
        "om": list(_SWEDISH), "about": list(_ENGLISH),
    }  # fmt: skip
    data = json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n"
    return f"{PURGED}{sha16_of(data)}.json", data


def purged_on(target: Target, scope: str) -> date | None:
    """The day on which a walk was purged, as the mark on a target says; None where none there can be read."""
    for name in target.list(folder_of(scope) + PURGED):
        # Whatever it says, the mark stands; only the day is not known then.
        with suppress(OSError, GatljusError, ValueError, TypeError, KeyError, RecursionError):
            return date.fromisoformat(json.loads(target.get(name))["purged"])
    return None


def clear(places: Places, target: Target, scope: str, purged: Purged) -> Job[Report]:
    """Delete a purged walk from a target, leaving the mark. What cannot be deleted now is noted, and goes the next
    time. Raises GatljusError where the target cannot be listed or written."""
    folder, report = folder_of(scope), Report(purged=True)
    lying = target.list(folder)
    yield Step(_("Gallrar på {target}.").format(target=target.label))
    if not lying:
        # It may be another medium, or a folder that is not in; nothing is said of it.
        return report
    if not any(name.startswith(folder + PURGED) for name in lying):
        # First, so that whoever comes in the middle of this sees it.
        with suppress(FileExistsError):
            # A listing may be late: then the mark lies there.
            target.put_new(folder + purged.name, purged.mark)
    names = [name for name in lying if not name.startswith(folder + PURGED)]
    # What devices say they have goes first: from then on nobody is told that it is here.
    for done, name in enumerate(sorted(names, key=lambda name: not name.startswith(folder + HEADS))):
        yield Step(_("Gallrar på {target}.").format(target=target.label), done, len(names))
        try:
            target.delete(name)
        except (OSError, GatljusError) as error:
            report.problems.append(Problem(name, str(error)))
    left = [name for name in target.list(folder) if not name.startswith(folder + PURGED)]
    report.problems += [Problem(name, _("Den ligger kvar.")) for name in left if not report.problems]
    if not left:
        places.reached(scope, markers_in(target.list(MARKER)))
    return report
