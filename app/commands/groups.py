"""Groups: made at the start, and which one this device walks with. What is noted here from then on says so itself, so
that another group later changes nothing of what was noted before."""

from app.commands.checks import check
from app.commands.drafts import changed, new_record
from app.domain.change import Draft
from app.domain.groups import letter_of, named
from app.domain.letters import first_free
from app.domain.record import DELETED
from app.domain.records import Device, Group, Observation, Track
from app.domain.values import known
from app.session import Session


def split(session: Session, walk: str, many: int) -> list[str]:
    """See to it that a walk has so many groups: those that lack are made, by one action, each with the first letter
    that is free. Returns the ids of the new ones."""
    with session.writing(walk) as here:
        there = session.read(Group, {"scope": walk})
        taken = {letter_of(each).upper() for each in there}
        made, drafts = [session.new_id() for _one in range(many - len(there))], list[Draft]()
        for each in made:
            letter = first_free(taken)
            taken.add(letter)
            drafts += new_record(session, Group, each, {"name": named(letter), "letter": letter})
        if drafts:
            here.write(drafts, None)
    return made


def add_group(session: Session, walk: str) -> str:
    """Make one group more. Returns its id."""
    (made,) = split(session, walk, 1 + len(session.read(Group, {"scope": walk})))
    return made


def join(session: Session, group: Group, into: str) -> None:
    """Two groups were the same people, made on two devices unaware of each other: who walks with the one as it was
    shown, and what was noted in it, is the other's from now on, and the one is taken away. One action."""
    walk = group.scope
    drafts = [
        draft
        for cls in (Device, Observation, Track)
        for each in session.read(cls, {"scope": walk, "group": group.id})
        for draft in changed(each, {"group": into})
    ]
    vector = session.log.vector(walk, group.seen)
    drafts.append(Draft(kind=Group.KIND, record=group.id, field=DELETED, value=vector, seen=group.seen))
    session.write(walk, drafts)


def walk_with(session: Session, walk: str, group: str | None, seen: Device | None = None) -> bool:
    """This device walks with a group from now on, with none where it is None. `seen`: the device as it was shown.
    Returns whether that is new. Raises BadInput where there is no such group."""
    session.introduce(walk)
    if group == group_here(session, walk):
        return False
    (mine,) = [seen] if seen else session.read(Device, {"scope": walk, "id": session.identity.device})
    check(session, mine, {"group": group})
    session.write(walk, changed(mine, {"group": group}))
    return True


def group_here(session: Session, walk: str) -> str | None:
    """The group that this device walks with; None where it has none, or that was taken away."""
    # Most walks are not split, and every observation asks.
    groups = {each.id for each in session.read(Group, {"scope": walk})}
    mine = session.read(Device, {"scope": walk, "id": session.identity.device}) if groups else []
    return next((group for each in mine if (group := known(each.group, str)) in groups), None)
