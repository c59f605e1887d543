"""Files in the home that no walk names, as an import that was cut short leaves them, or a restore: moved to a folder
where a person can look at them. Nothing is removed that does not lie there whole."""

import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.base.errors import GatljusError, unwritten
from app.base.files import make_folder, write_atomically
from app.base.job import Job, Step
from app.base.words import _, ngettext
from app.queries.whereabouts import unnamed_here
from app.session import Session

HOUR_S = 3600
"""What was put here so lately may be about to be named."""

ENDINGS = {b"\xff\xd8\xff": ".jpg", b"\x89PNG": ".png"}
"""How files of a kind begin, and what lets other programs open them."""


@dataclass(frozen=True)
class MovedOut:
    """How many files were moved to `folder`, and how many stay because they are too young, or damaged."""

    folder: str
    moved: int = 0
    young: int = 0
    damaged: int = 0

    @property
    def lines(self) -> list[str]:
        """The same in sentences."""
        text = ngettext("{n} fil är flyttad till {folder}.", "{n} filer är flyttade till {folder}.", self.moved)
        said = [text.format(n=self.moved, folder=self.folder)]
        if self.young:
            text = ngettext(
                "{n} fil är yngre än en timme och ligger kvar: den kan höra till något som just skrivs.",
                "{n} filer är yngre än en timme och ligger kvar: de kan höra till något som just skrivs.",
                self.young,
            )
            said.append(text.format(n=self.young))
        if self.damaged:
            text = ngettext("{n} fil är skadad och ligger kvar.", "{n} filer är skadade och ligger kvar.", self.damaged)
            said.append(text.format(n=self.damaged))
        return said


def move_out(session: Session, folder: Path) -> Job[MovedOut]:
    """Move the files that no walk names to a folder. Raises GatljusError where it cannot be written, or lies within the
    home; what was moved by then lies there."""
    if folder.resolve().is_relative_to(session.home.resolve()):
        raise GatljusError(
            "within-home", _("Mappen {path} är programmets egen.").format(path=folder), _("Välj en annan.")
        )
    moved, young, damaged = 0, 0, 0
    names = sorted(unnamed_here(session) - session.log.blobs_purged() - session.log.blobs_leaving())
    try:
        make_folder(folder)
        for done, name in enumerate(names):
            yield Step(_("Flyttar filer"), done, len(names))
            if _is_young(session.blobs.path(name)):
                young += 1
            elif (data := _whole(session, name)) is None:
                damaged += 1
            else:
                ending = next((each for begins, each in ENDINGS.items() if data.startswith(begins)), "")
                write_atomically(folder / f"{name}{ending}", data)
                moved += session.disposal.delete_unnamed(name)
    except OSError as error:
        raise unwritten(error, folder) from error
    return MovedOut(str(folder), moved, young, damaged)


def _is_young(path: Path) -> bool:
    """By the clock that dates files; one that is dated far ahead was put here before the clock was set right."""
    with suppress(OSError):
        return abs(time.time() - path.stat().st_mtime) < HOUR_S
    return False


def _whole(session: Session, name: str) -> bytes | None:
    with suppress(OSError, GatljusError):
        return session.blobs.read(name)
    return None
