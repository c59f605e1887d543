"""Look whether everything in a home is whole."""

import shutil
import time

from app.base.files import UNFINISHED
from app.base.job import Job, Step
from app.base.words import _
from app.domain.batch import parse_name, sha16_of
from app.domain.ports import Taken
from app.session import Session

Finding = dict[str, str]

WEEK_S = 7 * 24 * 3600
"""A file that was not finished for so long will not be."""


def _finding(code: str, name: str, text: str, advice: str) -> Finding:
    return {"code": code, "name": name, "text": text, "advice": advice}


def _log(session: Session) -> list[Finding]:
    found = []
    damage = session.damage()
    if damage:
        advice = _("Ta fram en säkerhetskopia; fortsätt inte i den här mappen.")
        found.append(
            _finding("database", "gatljus.db", _("Databasen är skadad: {damage}").format(damage=damage), advice)
        )
    wrong = session.log.wrong_cells()
    if wrong:
        text = _("{count} fält visar något annat än vad som skrivits.").format(count=wrong)
        found.append(_finding("index", "gatljus.db", text, _("Kör gatljus verify --rebuild.")))
    return found


def _batches(session: Session, scope: str) -> list[Finding]:
    found = []
    for name in sorted(session.log.batches(scope)):
        said = parse_name(name)
        if said is None or sha16_of(session.log.batch(name)) != said.sha16:
            text = _("Paketet {name} är skadat.").format(name=name)
            found.append(_finding("batch", name, text, _("Synka med en enhet som har det.")))
    words = {
        Taken.NEWER: _("Paketet {name} är skrivet av en nyare version och sparas oläst."),
        Taken.CLASH: _("Paketet {name} säger emot det som finns här och sparas utan att användas."),
        Taken.BROKEN: _("Paketet {name} går inte att läsa och sparas utan att användas."),
    }
    for name, taken in sorted(session.log.batches_not_applied(scope).items()):
        found.append(
            _finding(taken.value, name, words[taken].format(name=name), _("Uppdatera programmet och synka igen."))
        )
    for device, missing in session.log.gaps(scope).items():
        text = _("{count} ändringar från enhet {device} saknas, den första är nummer {first}.")
        count = sum(last - first + 1 for first, last in missing)
        text = text.format(count=count, device=device[:8], first=missing[0][0])
        found.append(_finding("gap", device, text, _("Synka med den enheten eller med ett mål den har varit vid.")))
    return found


def _blobs(session: Session, named: set[str]) -> Job[list[Finding]]:
    found = []
    held = sorted(session.blobs.names())
    for done, name in enumerate(held):
        yield Step(_("Kontrollerar filer"), done, len(held))
        if session.blobs.is_whole(name) and name not in named:
            text = _("Filen {name} hör inte till någon vandring.").format(name=name)
            found.append(_finding("orphan", name, text, _("Den ligger kvar; inget behöver göras.")))
    damaged = session.blobs.damaged()
    for name in sorted(damaged):
        text = _("Filen {name} är skadad på disken.").format(name=name)
        found.append(_finding("blob", name, text, _("Synka med en enhet som har den.")))
    for name in sorted(named - damaged - set(session.blobs.names())):
        text = _("Filen {name} finns inte här.").format(name=name)
        found.append(_finding("missing", name, text, _("Synka med den enhet som tog fotot.")))
    return found


def _unfinished(session: Session) -> list[Finding]:
    """Files that were being written when the program was cut short; those older than a week are removed."""
    found = []
    for path in sorted(session.home.rglob(f"*{UNFINISHED}")):
        # By the clock that dates files, not the session's, which may be fixed.
        old = time.time() - path.stat().st_mtime > WEEK_S
        if old and path.is_dir():
            shutil.rmtree(path)
        elif old:
            path.unlink()
        advice = _("Den är borttagen.") if old else _("Den tas bort när den är en vecka gammal; inget behöver göras.")
        text = _("Filen {name} blev aldrig färdig.").format(name=path.name)
        found.append(_finding("unfinished", str(path.relative_to(session.home)), text, advice))
    return found


def verify(session: Session, *, rebuild: bool = False) -> Job[list[Finding]]:
    """What is wrong in this home, one finding {code, name, text, advice} each; none where all is well. `rebuild` makes
    what follows from the log anew first. Damaged blobs are set aside, so that the next sync fetches them."""
    yield Step(_("Kontrollerar databasen"))
    if rebuild:
        session.log.rebuild()
    found = _log(session)
    named: set[str] = set()
    for scope in session.log.scopes():
        yield Step(_("Kontrollerar paketen"))
        found += _batches(session, scope)
        named |= session.log.blobs_named(scope)
    found += yield from _blobs(session, named)
    return found + _unfinished(session)
