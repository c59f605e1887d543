"""The sample walk: an invented evening in central Helsinki, built with the program's own commands on two tablets.

Ids, clock, noise and drawings come from fixed seeds, so the walk has the same bytes wherever it is built. The tablets
live in a temporary folder and meet there; the home that asks receives the walk as any other home does, and has itself
written nothing in it.
"""

import hashlib
import random
import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.base.job import Job, Step
from app.base.words import _
from app.commands import measures, observations, places, records, stops, walks
from app.domain.record import Record, field_of
from app.domain.records import (
    DuplicateLink,
    Measure,
    Observation,
    Organisation,
    Participant,
    Party,
    Photo,
    Protocol,
    Route,
    SafetyRating,
    SafetyWalk,
    Stop,
    Track,
)
from app.domain.track import Fix
from app.domain.values import Position, PositionSource
from app.jobs.photos import import_photos
from app.jobs.story import Said, Story, aside, fixes
from app.jobs.sync import sync
from app.photos.drawn.scenes import Taking, draw_photo
from app.places.placefile import PlaceFile
from app.session import Session


def _loaded(cls: type[Record], said: Said) -> dict[str, Any]:
    """The fields of a record that the story says something of, as values."""
    known = {each.name for each in cls.FIELDS}
    return {
        name: field_of(cls, name).load(value) for name, value in said.items() if name in known and value is not None
    }


class _Clock:
    """The time of the evening, which only the story moves, and a millisecond later at every look."""

    def __init__(self, story: Story) -> None:
        self.now = story.moment(story.said["walk"]["starts"]) - timedelta(days=1)

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now


class _Evening:
    """The two tablets, and what has been made with them so far."""

    def __init__(self, folder: Path) -> None:
        self.story = Story()
        self.clock = _Clock(self.story)
        self.folder = folder
        self.meeting, self.photos = folder / "meeting", folder / "photos"
        self.meeting.mkdir()
        self.photos.mkdir()
        self.walk = ""
        self.ids: dict[str, str] = {}
        self.tablets = {said["letter"]: self._tablet(said) for said in self.said["devices"]}

    @property
    def said(self) -> Said:
        """The story."""
        return self.story.said

    def _tablet(self, said: Said) -> Session:
        rng = random.Random(f"gatljus {said['letter']}")
        session = Session(self.folder / said["letter"], clock=self.clock, chance=lambda size: rng.randbytes(size).hex())
        machine = hashlib.sha256(said["machine"].encode()).hexdigest()[:32]
        session.identity = replace(session.identity, machine=machine)
        session.settings = replace(session.settings, label=said["label"])
        return session

    def close(self) -> None:
        """Put the tablets away."""
        for session in self.tablets.values():
            session.close()

    def at(self, text: str) -> None:
        """It is now so late; never earlier than before."""
        self.clock.now = max(self.clock.now, self.story.moment(text))

    def one(self, session: Session, cls: type[Any], key: str) -> Any:
        """The record that the story calls `key`, as `session` shows it."""
        (found,) = session.read(cls, {"id": self.ids[key]})
        return found

    def meet(self, *letters: str) -> Job[None]:
        """The tablets exchange what they have, one after the other."""
        for letter in letters:
            yield from sync(self.tablets[letter], str(self.meeting), walk=self.walk)

    # before the walk

    def prepare(self) -> None:
        """The coordinator makes the walk on tablet A."""
        a = self.tablets["A"]
        self.walk = walks.new_walk(a, _loaded(SafetyWalk, self.said["walk"]))
        records.add(a, Organisation.KIND, self.walk, _loaded(Organisation, self.said["organisation"]))
        known = {party.code: party for party in a.read(Party, {"scope": self.walk})}
        for party in self.said["parties"]:
            records.set_fields(a, known[party["code"]], _loaded(Party, party))
        for people in self.said["participants"]:
            records.add(a, Participant.KIND, self.walk, _loaded(Participant, people))
        self._route(a)
        for stop in self.said["stops"]:
            values = _loaded(Stop, stop) | {"position": Position(stop["lat"], stop["lon"])}
            self.ids[stop["key"]] = stops.add_stop(a, self.walk, values)

    def _route(self, session: Session) -> None:
        ways = self.story.ways
        points = tuple(Fix(None, lat, lon) for lat, lon in ways["route"])
        found = PlaceFile("geojson", attribution=ways["attribution"], segments=(points,))
        places.add_line(session, self.walk, Route, ways["route_name"], "", found)

    # during the walk

    def observe(self) -> None:
        """What was seen, in the order of the evening, each on the tablet that noted it."""
        for said in self.said["observations"]:
            self.at(said["at"])
            self.ids[said["key"]] = self._observed(self.tablets[said["device"]], said)

    def _observed(self, session: Session, said: Said) -> str:
        at = self.story.moment(said["at"])
        values = _loaded(Observation, said) | {"observed_at": at}
        if said["stop"]:
            values["stop"] = self.ids[said["stop"]]
        else:
            values |= {
                "position": aside(self.story.walked(at), 0, 0),
                "position_source": PositionSource.DEVICE,
                "accuracy_m": 5.0,
            }
        made = observations.observe(session, self.walk, values)
        (observation,) = session.read(Observation, {"id": made})
        for support in said.get("support", ()):
            observations.support(session, observation, support["role"], support["count"])
        return made

    def speak(self) -> None:
        """What people added, and how the stops felt."""
        for said in self.said["observations"]:
            for remark in said.get("remarks", ()):
                observations.remark(
                    self.tablets[remark["device"]], self.walk, self.ids[said["key"]], remark["text"], remark["role"]
                )
        for place in self.said["ratings"]:
            for answer in place["answers"]:
                values = {"stop": self.ids[place["stop"]], **answer}
                records.add(self.tablets["A"], SafetyRating.KIND, self.walk, values)

    def disagree(self) -> None:
        """Both tablets set the same field, unaware of each other."""
        said = self.said["conflict"]
        shown = {letter: self.one(self.tablets[letter], Observation, said["observation"]) for letter in said["values"]}
        for letter, value in said["values"].items():
            values = _loaded(Observation, {said["field"]: value})
            records.set_fields(self.tablets[letter], shown[letter], values)

    # photos and tracks

    def taking(self, photo: Said) -> Taking | None:
        """What the camera noted beside a photo."""
        if photo["camera"] is None:
            return None
        at = self.story.moment(photo["at"])
        cameras = {each["letter"]: each["camera"] for each in self.said["devices"]}
        where = aside(self.story.walked(at), *photo["off"]) if "off" in photo else None
        camera = cameras.get(photo["camera"], "Exempel Kamera")
        return Taking(camera, at, where, photo.get("direction"), 8.0 if where else None)

    def draw(self) -> Job[None]:
        """Draw the photos into a folder."""
        every = self.said["photos"]
        for done, photo in enumerate(every):
            yield Step(_("Ritar {name}").format(name=photo["file"]), done, len(every))
            taking, turned = self.taking(photo), photo.get("turned", False)
            data = draw_photo(photo["scene"], str(photo["seed"]), photo["size"], photo["more"], taking, turned)
            (self.photos / photo["file"]).write_bytes(data)

    def bring_in(self) -> Job[None]:
        """Each tablet keeps its track and its photos; the other photos are read in on tablet B."""
        for letter, said in self.story.ways["tablets"].items():
            self._keep_track(self.tablets[letter], said)
        for letter, session in sorted(self.tablets.items()):
            mine = [
                photo
                for photo in self.said["photos"]
                if photo["camera"] == letter or (letter == "B" and photo["camera"] not in self.tablets)
            ]
            (walk,) = session.read(SafetyWalk, {"id": self.walk})
            items = yield from import_photos(
                session, walk, [self.photos / photo["file"] for photo in mine], by_track=True
            )
            found = {item["file"]: item["photo"] for item in items}
            for photo in mine:
                self._describe(session, photo, found[photo["file"]])

    def _keep_track(self, session: Session, said: Said) -> None:
        found = PlaceFile("nmea", segments=fixes(self.story, said))
        places.add_line(session, self.walk, Track, said["name"], "", found)

    def _describe(self, session: Session, said: Said, photo: str) -> None:
        (shown,) = session.read(Photo, {"id": photo})
        values = {"caption": said["caption"], "alt": said["alt"]}
        if said["observation"]:
            observation = self.one(session, Observation, said["observation"])
            values["observation"] = observation.id
        records.set_fields(session, shown, values)

    def end(self) -> Job[None]:
        """The walk ends on one tablet after the other; the second has heard when it ended."""
        for session in self.tablets.values():
            (walk,) = session.read(SafetyWalk, {"id": self.walk})
            walks.end_walk(session, walk, devices=len(self.tablets))
            yield from self.meet(*sorted(self.tablets))

    # at the desk

    def decide(self) -> None:
        """What the coordinator does afterwards, on tablet A: duplicates, measures and what became of them."""
        a, said = self.tablets["A"], self.said
        pair = {name: self.ids[said["duplicate"][name]] for name in ("observation", "duplicate")}
        self.at(said["duplicate"]["at"])
        records.add(a, DuplicateLink.KIND, self.walk, pair)
        for measure in sorted(said["measures"], key=lambda each: self.story.moment(each["on"])):
            self.at(measure["on"])
            answers = [self.one(a, Observation, key) for key in measure["answers"]]
            self.ids[f"measure {measure['key']}"] = measures.add_measure(
                a, self.walk, answers, _loaded(Measure, measure)
            )
        steps = [(step, measure["key"]) for measure in said["measures"] for step in measure.get("steps", ())]
        for step, key in sorted(steps, key=lambda each: self.story.moment(each[0]["at"])):
            self.at(step["at"])
            day = self.story.moment(step["at"]).date()
            records.set_fields(a, self.one(a, Measure, f"measure {key}"), _loaded(Measure, step) | {"status_at": day})
        records.add(a, Protocol.KIND, self.walk, {"summary": said["summary"]})


def _live(evening: _Evening) -> Job[None]:
    """The evening from the first meeting to the last decision."""
    yield from evening.meet("A", "B")
    evening.observe()
    evening.at(evening.said["meets"])
    yield from evening.meet("A", "B", "A")
    evening.speak()
    evening.at(evening.said["conflict"]["at"])
    evening.disagree()
    yield from evening.draw()
    evening.at(evening.said["ends"])
    yield from evening.bring_in()
    yield from evening.end()
    yield from evening.meet("A")
    evening.decide()
    yield from evening.meet("A")


def _is_here(session: Session, walk: str) -> bool:
    """Whether a home has the sample walk already, and whole: its last record, and the files, which come last of all."""
    named = session.log.blobs_named(walk)
    return bool(session.read(Protocol, {"scope": walk})) and named <= set(session.blobs.names())


def build_sample(home: Path) -> Job[str]:
    """Build the sample walk and receive it into `home`. Returns the walk's id. Building it again changes nothing.
    Raises GatljusError where the home cannot be used."""
    yield Step(_("Bygger exempelvandringen"))
    with (
        closing(Session(home)) as session,
        tempfile.TemporaryDirectory(prefix="gatljus-", ignore_cleanup_errors=True) as folder,
        closing(_Evening(Path(folder))) as evening,
    ):
        evening.prepare()
        if _is_here(session, evening.walk):
            return evening.walk
        yield from _live(evening)
        yield from sync(session, str(evening.meeting), walk=evening.walk)
        return evening.walk
