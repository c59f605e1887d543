"""Records of every kind through the command line: added, set, named, erased; and what is dangerous now."""

import re
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.commands.observations import observe
from app.commands.stops import add_stop
from app.commands.walks import new_walk
from app.domain.records import KIND_OF
from app.domain.values import Position
from app.session import Session
from tests.whole.program import Gatljus
from tests.whole.resident import Forked, Server

JOUR = {"oncall_name": "Jour Gata", "oncall_phone": "08-606 70 00"}

ADDED: dict[str, tuple[str, ...]] = {
    "group": ("name=Norra gruppen", "letter=N"),
    "participant": ("role=boende", "organisation=Hyresgästföreningen", "count=4", "age_band=65–79", "sex=kvinna"),
    "stop": ("name=Torget", "position=59.17,18.14", "place_type=square", "description=vid kiosken"),
    "route": ("name=Slingan",),
    "track": ("name=Platta A", "group={group}"),
    "observation": ("category=lighting", "item=A1", "text=Två lampor släckta", "stop=1", "lamp_count=2",
                    "lamp_faults=off, weak", "asset_tag=30417", "deliberate_off=nej", "group={group}"),
    "support": ("observation={observation}", "role=ungdom", "count=3"),
    "remark": ("target={observation}", "text=Blinkade i går", "role=väktare"),
    "voice-note": ("observation={observation}", "text=Det är mörkt här"),
    "measure": ("text=Byt lamporna", "responsible=GATA", "priority=A", "mechanism=V1,V2", "due=2026-11-20",
                "cost_class=1", "term=short", "follow_up_on=2027-05-01"),
    "measure-for": ("measure={measure}", "observation={observation}"),
    "party": ("code=X1", "name=Torghandlarna", "kind=förening"),
    "duplicate-link": ("observation={observation}", "duplicate={second}"),
    "safety-rating": ("stop=1", "feels=2", "alone_in_dark=hesitant", "why=Mörkt", "count=7"),
    "answer": ("question=Blev du lyssnad på?", "value=4", "count=5", "stop=1"),
    "checklist-pack": ("name=gatljus-1",),
    "organisation": ("name=Bredbygdens kommun", "unit=Trygghet", "legal_basis=Allmänt intresse"),
    "protocol": ("version=1", "registry_no=KS 2026/117", "summary=Mörkt vid tunneln"),
}  # fmt: skip


def test_a_record_of_every_kind_is_added_and_keeps_what_was_said(tmp_path: Path, server: Server) -> None:
    home = Forked(tmp_path / "home", {}, server)
    walk = home.walk()
    made: dict[str, str] = {}
    for kind, fields in ADDED.items():
        if kind == "duplicate-link":
            made["second"] = home.made("add", "observation", walk, "category=lighting", "text=Släckt")
        made[kind] = home.made("add", kind, walk, *(each.format(**made) for each in fields))
        said = {each["field"]: each["new"] for each in home.items("history", kind, made[kind])}
        assert {each.partition("=")[0] for each in fields} <= set(said), kind
    assert set(ADDED) | {"safety-walk", "device", "photo", "camera-clock", "track-chunk"} == set(KIND_OF)
    shown = home.shown(walk)
    (person,), (rating,), (seen,) = (
        shown["participants"],
        shown["ratings"],
        [each for each in shown["observations"] if each["id"] == made["observation"]],
    )
    assert (person["count"], person["age_band"]) == (4, "65-79")
    assert (rating["stop"], rating["feels"], rating["alone_in_dark"]) == (made["stop"], 2, "hesitant")
    assert (seen["noted_by"], seen["lamp_faults"], seen["deliberate_off"]) == (4, ["off", "weak"], False)
    assert seen["position"]["source"] == "stop" and seen["position"]["lat"] == 59.17
    (measure,) = shown["measures"]
    assert (measure["observations"], measure["stops"]) == ([made["observation"]], [made["stop"]])
    assert (measure["mechanism"], measure["due"], measure["cost_class"]) == (["V1", "V2"], "2026-11-20", 1)


class Desk:
    """A walk with one stop and one observation, to set things in."""

    def __init__(self, folder: Path, server: Server) -> None:
        self.home = Forked(folder, {}, server)
        with closing(Session(folder)) as session:
            self.walk = new_walk(session, {"title": "Oktober", "area": "Bredbygden", **JOUR})
            self.stop = add_stop(session, self.walk, {"name": "Tunneln", "position": Position(59.17, 18.14)})
            self.seen = observe(session, self.walk, {"category": "lighting", "text": "Mörkt"})

    def of(self, name: str, id: str) -> dict[str, Any]:
        """A record as it is shown."""
        return next(each for each in self.home.shown(self.walk)[name] if each["id"] == id)


@pytest.fixture
def desk(tmp_path: Path, server: Server) -> Desk:
    return Desk(tmp_path / "home", server)


def test_a_value_may_begin_with_a_dash(desk: Desk) -> None:
    home = desk.home
    for text in ("-5 grader", "-hej", "--hej", "-", "--he=lp"):
        home.made("set", "observation", desk.seen, "text", text)
        assert desk.of("observations", desk.seen)["text"] == text
    home.made("set", "observation", desk.seen, "text", "--", "--unset")
    seen = home.made("observe", desk.walk, "--category", "lighting", "--text", "-1 lampa", "--at", "-59.5,-18.25")
    shown = desk.of("observations", seen)
    assert (shown["text"], shown["position"]["lat"], shown["position"]["lon"]) == ("-1 lampa", -59.5, -18.25)
    home.made("add", "remark", desk.walk, f"target={seen}", "text=-nej")
    assert [each["id"] for each in home.items("search", "-1 lampa")] == [seen]


def test_unset_takes_a_value_back_to_nothing(desk: Desk) -> None:
    desk.home.made("set", "observation", desk.seen, "asset_tag", "30417")
    desk.home.made("set", "observation", desk.seen, "stop", "1")
    for name in ("asset_tag", "stop", "text"):
        desk.home.made("set", "observation", desk.seen, name, "--unset")
    seen = desk.of("observations", desk.seen)
    assert (seen["asset_tag"], seen["stop"], seen["text"]) == ("", None, "")


def test_the_beginning_of_an_id_is_enough_also_inside_a_value(desk: Desk) -> None:
    desk.home.made("set", "observation", desk.seen[:6], "stop", desk.stop[:8])
    group = desk.home.made("add", "group", desk.walk[:5], "name=Norr")
    desk.home.made("set", "observation", desk.seen, "group", group[:7])
    seen = desk.of("observations", desk.seen)
    assert (seen["stop"], seen["group"]) == (desk.stop, group)


def test_a_position_says_how_it_is_known(desk: Desk) -> None:
    steps = [
        ("stop", "1", "stop", 59.17),
        ("position", "59.171,18.141", "hand", 59.171),
        ("stop", "--unset", "hand", 59.171),
        ("position", "--unset", "none", None),
    ]
    for name, value, source, lat in steps:
        desk.home.made("set", "observation", desk.seen, name, value)
        found = desk.of("observations", desk.seen)["position"]
        assert (found["source"], found["lat"]) == (source, lat)


def test_an_oncall_number_that_cannot_be_called_is_refused(desk: Desk) -> None:
    assert desk.home.refused("set", "walk", desk.walk, "oncall_phone", "abc")["code"] == "phone"
    desk.home.made("set", "walk", desk.walk, "oncall_phone", "08-606 70 00")


def test_repeatable_options_are_written_each_time(desk: Desk) -> None:
    second = desk.home.made("observe", desk.walk, "--category", "lighting", "--item", "A1")
    measure = desk.home.made(
        "measure", "add", desk.walk, "--observation", second, "--observation", desk.seen[:8],
        "--mechanism", "V1", "--mechanism", "V3", "--text", "Byt",
    )  # fmt: skip
    shown = desk.of("measures", measure)
    assert (shown["observations"], shown["mechanism"]) == (sorted([desk.seen, second]), ["V1", "V3"])


def test_a_measure_takes_from_the_item_what_was_not_said(desk: Desk) -> None:
    seen = desk.home.made("observe", desk.walk, "--category", "lighting", "--item", "A1", "--text", "Släckt")
    shown = desk.of("measures", desk.home.made("measure", "add", desk.walk, "--observation", seen))
    assert (shown["responsible"], shown["problem"], shown["term"]) == ("GATA", "Släckt", "short")
    assert shown["text"] and shown["status"] == "new"
    desk.home.made("set", "measure", shown["id"], "responsible", "PARK")
    desk.home.made("set", "measure", shown["id"], "status", "planned")
    after = desk.of("measures", shown["id"])
    assert (after["responsible"], after["status"]) == ("PARK", "planned") and after["status_at"]


def test_what_is_not_done_has_a_reason_and_keeps_it(desk: Desk) -> None:
    words = ("--text", "Flytta vägen", "--priority", "D", "--reason", "Planen tillåter det inte.")
    measure = desk.home.made("measure", "add", desk.walk, *words)
    assert desk.home.refused("set", "measure", measure, "decision_reason", "--unset")["code"] == "reason"
    desk.home.made("set", "measure", measure, "text", "Flytta gångvägen")


def test_severity_and_kind_are_one_fact(desk: Desk) -> None:
    home = desk.home
    assert home.ask("observe", desk.walk, "--category", "positive", "--text", "Fint")["severity"] == 0
    good = home.ask("observe", desk.walk, "--category", "lighting", "--severity", "0", "--text", "Jämnt ljus")
    assert desk.of("observations", good["id"])["kind"] == "positive"
    asked = home.ask("observe", desk.walk, "--category", "other", "--kind", "question", "--text", "När?")
    assert asked["severity"] is None
    home.made("set", "observation", desk.seen, "severity", "3")
    assert desk.of("observations", desk.seen)["severity_suggested"] is None
    home.made("set", "observation", desk.seen, "kind", "positive")
    assert desk.of("observations", desk.seen)["severity"] == 0


@pytest.mark.parametrize("as_json", [(), ("--json",)], ids=["said", "json"])
@pytest.mark.parametrize(
    "words",
    [
        ("observe", "{walk}", "--category", "lighting", "--severity", "4"),
        ("observe", "{walk}", "--category", "lighting", "--item", "A8"),
        ("add", "observation", "{walk}", "category=lighting", "severity=4"),
        ("set", "observation", "{seen}", "severity", "4"),
        ("set", "observation", "{seen}", "item", "A8"),
    ],
)
def test_danger_is_answered_with_112_and_the_number_on_call(
    desk: Desk, words: tuple[str, ...], as_json: tuple[str, ...]
) -> None:
    said = desk.home.run(*as_json, *(each.format(walk=desk.walk, seen=desk.seen) for each in words))
    assert said.code == 0 and re.search(r"112.*Jour Gata 08-606 70 00", " ".join(said.err.split())), said


def test_danger_without_a_number_on_call_says_that_there_is_none(tmp_path: Path) -> None:
    home = Gatljus(tmp_path)
    said = home.run("observe", home.walk(), "--category", "lighting", "--severity", "4")
    assert "112" in said.err and "inget journummer" in said.err
    quiet = home.run("observe", home.walk(), "--category", "lighting", "--severity", "3")
    assert "112" not in quiet.err


def everything(home: Path) -> bytes:
    """Every byte of a home."""
    return b"".join(path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file())


def logged(home: Path) -> bytes:
    """Every byte of the databases in a home."""
    return b"".join(path.read_bytes() for path in home.glob("gatljus.db*"))


def test_a_participants_name_is_kept_outside_the_log_and_can_be_erased(desk: Desk) -> None:
    home, name = desk.home, "Anna Öberg"
    first = home.made("add", "participant", desk.walk, "role=boende", f"name={name}")
    second = home.made("add", "participant", desk.walk, "role=polis")
    home.made("set", "participant", second, "name", "Bo Ek")
    blobs = [desk.of("participants", each)["name_blob"] for each in (first, second)]
    assert all(re.fullmatch("[0-9a-f]{64}", each) for each in blobs)
    assert name.encode() in everything(home.home) and name.encode() not in logged(home.home)
    home.made("set", "participant", first, "erased", "true")
    assert name.encode() not in everything(home.home) and b"Bo Ek" in everything(home.home)
    assert desk.of("participants", first)["role"] == "boende"
    assert home.refused("set", "participant", first, "name", "Anna")["code"] == "erased"
    assert name.encode() not in everything(home.home)


def erased_last(desk: Desk) -> str:
    """A participant whose name was erased, and nothing was done after it."""
    person = desk.home.made("add", "participant", desk.walk, "role=boende", "name=Anna Öberg")
    desk.home.made("erase", person, "--yes")
    return person


def test_undo_after_an_erasure_says_that_it_cannot_be_undone_and_takes_nothing_older(desk: Desk) -> None:
    person = erased_last(desk)
    before = desk.home.kept()
    for walk in ((), (desk.walk,)):
        said = desk.home.ask("undo", *walk)
        assert (said["undone"], said["what"], [each["why"] for each in said["left"]]) == (
            None, [], ["raderat för alltid"],
        )  # fmt: skip
    assert desk.home.kept() == before, "a press that only says so leaves no trace"
    sentence, further = desk.home.run("undo").out.splitlines()
    assert sentence == "Namnet på deltagaren ”boende” är raderat för alltid. Det går inte att ångra."
    assert further == f"Det som gjordes före det ångras med: undo {desk.walk[:8]} --anyway"
    assert desk.of("participants", person)["role"] == "boende"


def test_undo_goes_past_an_erasure_when_it_is_asked_to_and_the_name_stays_erased(desk: Desk) -> None:
    seen = desk.home.made("observe", desk.walk, "--category", "lighting", "--text", "Släckt")
    person = erased_last(desk)
    desk.home.made("set", "observation", seen, "text", "Mörkt")
    assert desk.home.ask("undo", desk.walk)["undone"], "what came after the erasure is undone as ever"
    assert desk.home.ask("undo", desk.walk)["undone"] is None
    assert desk.home.run("undo", desk.walk[:8], "--anyway").out == "Ångrat: deltagaren ”boende”.\n"
    assert "participants" in desk.home.shown(desk.walk) and desk.home.shown(desk.walk)["participants"] == []
    assert desk.home.ask("undo", desk.walk)["undone"], "who has gone past it is not stopped there again"
    assert seen not in str(desk.home.shown(desk.walk)["observations"])
    assert "Anna Öberg".encode() not in everything(desk.home.home)
    history = desk.home.items("history", "participant", person)
    assert [each["new"] for each in history if each["field"] == "erased"] == [True]


def test_an_erasure_stops_undo_in_its_own_walk_before_anything_older_in_another(desk: Desk) -> None:
    other = desk.home.walk()
    erased_last(desk)
    assert desk.home.ask("undo")["undone"] is None
    assert other in [each["id"] for each in desk.home.items("walk", "list")]


def test_the_history_of_a_participant_tells_names_and_erasures_in_words(desk: Desk) -> None:
    person = desk.home.made("add", "participant", desk.walk, "role=boende", "name=Anna Öberg")
    assert "Namn: ”Anna Öberg”\n" in desk.home.run("history", "participant", person).out
    desk.home.made("erase", person, "--yes")
    told = desk.home.run("history", "participant", person).out
    assert "  Namnet raderat för alltid\n" in told and "  Namn: ett raderat namn\n" in told
    assert not re.search("erased|true|–|[0-9a-f]{8}", told)


def test_a_participants_name_is_neither_found_nor_exported(desk: Desk) -> None:
    desk.home.made("add", "participant", desk.walk, "role=polis", "organisation=Polisen", "name=Bo Ek")
    exported = desk.home.home / "x.geojson"
    desk.home.made("export", desk.walk, "-o", str(exported))
    assert "Bo Ek" not in exported.read_text("utf-8")
    assert desk.home.items("search", "Bo Ek") == []
    assert len(desk.home.items("search", "Polisen")) == 2, "the party and the participant"


def test_a_device_that_was_along_on_two_walks_is_named_with_its_walk(desk: Desk) -> None:
    other = desk.home.walk()
    device = desk.home.ask("show", desk.walk)["here"]["device"]
    assert "--walk" in desk.home.refused("set", "device", device, "label", "Platta 1")["advice"]
    desk.home.made("set", "device", device, "label", "Platta 1", "--walk", other)
    assert [each["label"] for each in desk.home.shown(other)["devices"]] == ["Platta 1"]
    assert desk.of("devices", device)["label"] != "Platta 1"


def test_deleting_a_stop_says_what_goes_with_it_and_undo_brings_all_of_it_back(desk: Desk) -> None:
    photo = str(Path(__file__).parents[1] / "data" / "photos" / "IMG_0412.jpg")
    for text in ("Mörkt", "Öde"):
        desk.home.made("observe", desk.walk, "--category", "lighting", "--text", text, "--stop", "1")
    desk.home.made("observe", desk.walk, "--category", "lighting", "--stop", "1", "--photo", photo)
    before = desk.home.shown(desk.walk)
    said = desk.home.run("delete", "stop", desk.stop)
    assert said.err == "3 iakttagelser och 1 foto följde med; undo tar tillbaka allt.\n"
    desk.home.ask("undo")
    assert desk.home.shown(desk.walk) == before
    assert desk.home.run("delete", "observation", desk.seen).err == ""


@pytest.mark.parametrize("how", ["observe", "attach"])
def test_a_photo_that_goes_from_one_observation_to_another_says_so_and_undo_gives_it_back(desk: Desk, how: str) -> None:
    photo = str(Path(__file__).parents[1] / "data" / "photos" / "IMG_0412.jpg")
    first = desk.home.made("observe", desk.walk, "--category", "lighting", "--text", "Mörkt", "--photo", photo)
    (shown,) = desk.home.shown(desk.walk)["photos"]
    if how == "observe":
        said = desk.home.run("observe", desk.walk, "--category", "lighting", "--text", "Öde", "--photo", photo)
    else:
        said = desk.home.run("photo", "attach", shown["id"], desk.seen)
    now = "A3" if how == "observe" else "A1"
    assert f"Fotot visade A2 och visar nu {now}; undo ger tillbaka det." in said.err
    desk.home.ask("undo")
    assert desk.of("photos", shown["id"])["observation"] == first


def test_whoever_takes_a_photo_for_an_observation_is_told_which_is_which_and_the_right_command(desk: Desk) -> None:
    photo = str(Path(__file__).parents[1] / "data" / "photos" / "IMG_0412.jpg")
    desk.home.made("observe", desk.walk, "--category", "lighting", "--text", "Mörkt", "--photo", photo)
    (shown,) = desk.home.shown(desk.walk)["photos"]
    picture, seen, stop = shown["id"][:8], desk.seen[:8], desk.stop[:8]
    for said, meant in ((seen, seen), ("A1", "A1")):
        told = desk.home.refused("photo", "attach", said, picture)
        assert told["text"] == f"{meant} är en iakttagelse och {picture} är ett foto."
        assert told["advice"].endswith(f"gatljus photo attach {picture} {meant}")
    told = desk.home.refused("photo", "attach", seen, "ffffffff")
    assert told["text"] == f"{seen} är id för iakttagelsen, inte för ett foto."
    assert "gatljus photo attach FOTO IAKTTAGELSE" in told["advice"]
    for wrong, called in ((picture, "fotot"), (stop, "stoppet")):
        told = desk.home.refused("photo", "attach", picture, wrong)
        assert told["text"] == f"{wrong} är id för {called}, inte för en iakttagelse."
    other = desk.home.walk()
    there = desk.home.made("observe", other, "--category", "lighting", "--text", "Släckt")
    assert "olika vandringar" in desk.home.refused("photo", "attach", picture, there)["text"]
    assert desk.home.refused("photo", "attach", picture, "ffffffff")["code"] == "not-found"
    assert desk.home.refused("photo", "attach", "A1", "A1")["text"] == "'a1' är inget id."
    command = desk.home.refused("photo", "attach", seen, picture)["advice"].partition("gatljus ")[2]
    assert desk.home.run(*command.split()).code == 0


def test_lines_end_alike_wherever_the_text_was_written(desk: Desk) -> None:
    desk.home.made("set", "observation", desk.seen, "text", "Mörkt.\r\nTomt.")
    assert desk.of("observations", desk.seen)["text"] == "Mörkt.\nTomt."
