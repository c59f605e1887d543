"""What is said when something is taken back, or put back."""

from collections.abc import Callable

from app.base.words import _, ngettext
from app.commands import records
from app.domain.change import Undone
from app.queries.undoable import undoable
from app.session import Session
from ui.widgets.notice import Notice


def undone(
    session: Session, walk: str, redo: Callable[[], None], say: Callable[[Notice], None], *, past_erasure: bool = False
) -> Notice:
    """Take back what this device did last in a walk. Where that erased something, whoever wants what came before it
    says so: nothing older goes unasked."""
    what = undoable(session, walk, past_erasure=past_erasure) or ""
    done = records.undo(session, walk, past_erasure=past_erasure)
    if done.at_erasure:
        further = (_("Ångra det före"), lambda: say(undone(session, walk, redo, say, past_erasure=True)))
        return Notice(_("Ett namn är raderat för alltid. Det går inte att ångra."), "alert-outline", action=further)
    if done.action is None:
        return Notice(_("Det finns inget att ångra."))
    return Notice(_told(_("Ångrat: {what}."), what, done), "undo-variant", action=(_("Gör om"), redo))


def redone(session: Session, walk: str) -> Notice:
    """Put back what was undone last in a walk."""
    done = records.redo(session, walk)
    if done.action is None:
        return Notice(_("Det finns inget att göra om."))
    return Notice(_told(_("Gjort om: {what}."), undoable(session, walk) or "", done), "redo-variant")


def _told(words: str, what: str, done: Undone) -> str:
    if not done.left:
        return words.format(what=what)
    left = ngettext("{n} fält är kvar, för att det har ändrats sedan dess.",
                    "{n} fält är kvar, för att de har ändrats sedan dess.", len(done.left))  # fmt: skip
    return f"{words.format(what=what)} {left.format(n=len(done.left))}"
