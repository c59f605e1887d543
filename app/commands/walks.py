"""Make, begin and end a walk."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from app.base.errors import BadInput
from app.base.words import _
from app.commands.checks import check, check_new
from app.commands.drafts import changed, new_record
from app.commands.rehearsals import only_practised
from app.domain.change import Draft
from app.domain.checklist import seamless
from app.domain.entry import zone_named
from app.domain.record import DELETED, field_of
from app.domain.records import ChecklistPack, Device, Observation, Party, SafetyWalk
from app.domain.rules import check_value, is_over, said_end, shown
from app.domain.values import known
from app.session import Session

EARLY = timedelta(hours=1)
"""A walk that begins so long before its planned time was begun at another time than was planned."""


def new_walk(session: Session, values: Mapping[str, Any]) -> str:
    """Make a walk with these fields. It gets its own copies of the checklist and of the parties, so that it is whole
    wherever it goes. Returns its id. Raises BadInput."""
    walk = session.new_id()
    check_new(session, walk, SafetyWalk, values)
    _check_times(values)
    pack = {"name": session.checklist.version, "version": session.checklist.version}
    drafts = new_record(session, SafetyWalk, walk, values)
    content = session.blobs.put(session.checklist_text.encode())
    drafts += new_record(session, ChecklistPack, session.new_id(), {**pack, "content": content})
    for party in session.checklist.parties:
        said = {"code": party.code, "name": seamless(party.name.sv), "short": seamless(party.short.sv)}
        drafts += new_record(session, Party, session.new_id(), said)
    session.write(walk, drafts, begins=True)
    return walk


def bring_back(session: Session, walk: str) -> None:
    """Show a walk again that was deleted. Quiet where it was not."""
    replaces = session.log.heads_of_deleted(walk, walk)
    if replaces and not session.read(SafetyWalk, {"id": walk}):
        session.write(walk, [Draft(kind=SafetyWalk.KIND, record=walk, field=DELETED, value=None, replaces=replaces)])


def begin_walk(session: Session, walk: SafetyWalk, *, informed: bool = False) -> None:
    """People start walking now: the walk starts now where no time was planned or one more than an hour ahead, and an
    end that was planned before that is dropped. `informed`: everybody has heard the information, now."""
    now = session.clock()
    values: dict[str, Any] = {"info_shown_at": now} if informed else {}
    starts, ends = known(walk.starts, datetime), known(walk.ends, datetime)
    if not is_over(walk, now) and (walk.starts is None or (starts is not None and starts - now > EARLY)):
        values["starts"] = now
        if ends is not None and ends < now:
            values["ends"] = None
    if values:
        session.write(walk.id, changed(walk, values))


def end_walk(session: Session, walk: SafetyWalk, devices: int | None = None) -> None:
    """End the walk on this device: write when it ended and how many devices were along, and announce at the next sync
    that this one is done. A later write here withdraws that. An end that was only planned gives way to it. A walk that
    was gone before its planned time started when the first thing was seen."""
    now = session.clock()
    values: dict[str, Any] = {} if is_over(walk, now) else {"ends": said_end(now)}
    if values and isinstance(walk.starts, datetime) and walk.starts > now:
        values["starts"] = _first_seen(session, walk, now)
    if devices is not None:
        values["devices_expected"] = devices
    check(session, walk, values)
    if values:
        session.write(walk.id, changed(walk, values))
    device = session.identity.device
    last = session.log.last_seqs(walk.id).get(device, 0)
    session.places.say(walk.id, replace(session.places.said(walk.id), done=(device, last)))


def go_on(session: Session, walk: SafetyWalk) -> None:
    """The walk was ended by mistake, or goes on after all. That this device is done is withdrawn by that."""
    session.write(walk.id, changed(walk, {"ends": None}))


def _first_seen(session: Session, walk: SafetyWalk, now: datetime) -> datetime:
    """When the first observation of the walk was made that was not only practised; now where there is none."""
    practised = only_practised(session, walk.id)
    seen = (each for each in session.read(Observation, {"scope": walk.id}) if each.id not in practised)
    return min((at for each in seen if (at := known(each.observed_at, datetime)) and at <= now), default=now)


def keep_here(session: Session, walk: SafetyWalk, keeps: bool, *, along: bool = False) -> None:
    """Say that the walk is kept on this machine, or no longer, and whether it was `along` and is counted as a tablet
    that took notes; the others are told at the next sync."""
    session.places.say(walk.id, replace(session.places.said(walk.id), keeps=keeps, along=keeps and along))


def call_itself(session: Session, name: str) -> None:
    """Say what this device is called, in the walks that are here too; the others are told at the next sync. "" is the
    name that the system has given the machine. Raises BadInput, OSError."""
    said = " ".join(name.split())
    check_value(field_of(Device, "label"), said)
    session.save(replace(session.settings, label=said))
    for walk in session.log.scopes():
        tell_name(session, walk)


def tell_name(session: Session, walk: str) -> None:
    """Write in a walk what this device is called now, where it has called itself something else there; what somebody
    else has called it stays. That is no going on with a walk that was ended here."""
    device = session.identity.device
    (mine,) = session.read(Device, {"scope": walk, "id": device}) or (None,)
    if mine is None or mine.label == session.label or not _calls_itself(session, device):
        return
    stay_done(session, walk, session.write(walk, changed(mine, {"label": session.label}), action=0).seq)


def stay_done(session: Session, walk: str, seq: int) -> None:
    """This device's write `seq` was no going on: if it was done with a walk just before, it still is."""
    said, device = session.places.said(walk), session.identity.device
    # What somebody has written in between has withdrawn the ending.
    if said.done == (device, seq - 1):
        session.places.say(walk, replace(said, done=(device, seq)))


def _calls_itself(session: Session, device: str) -> bool:
    """Whether the name that stands is the device's own word."""
    shown = (each for each in session.history(Device.KIND, device) if each["field"] == "label" and each["shown"])
    return all(each["device"] == device for each in shown)


def check_decided(session: Session, walk: SafetyWalk, values: Mapping[str, Any]) -> None:
    """Check fields of a walk that are to be set. Raises BadInput where there is no such time zone or checklist, or
    where the walk would end before it starts."""
    check(session, walk, values)
    _check_times({"starts": walk.starts, "ends": walk.ends, **values} if {"starts", "ends"} & set(values) else values)
    if values.get("checklist") not in (None, session.checklist.version):
        raise BadInput(
            "checklist",
            _("Checklistan {name} finns inte.").format(name=shown(values["checklist"])),
            _("Välj {name}.").format(name=session.checklist.version),
        )


def _check_times(values: Mapping[str, Any]) -> None:
    zone_named(values.get("zone") or "Europe/Stockholm")
    starts, ends = values.get("starts"), values.get("ends")
    if isinstance(starts, datetime) and isinstance(ends, datetime) and ends < starts:
        raise BadInput("ends", _("Vandringen slutar före den börjar."), _("Kontrollera datum och klockslag."))
