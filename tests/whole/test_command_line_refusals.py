"""Bad input of every kind: one sentence that says what and what to do, exit 1 or 2, no traceback, nothing written."""

import random
from pathlib import Path

import pytest

from app.commands.walks import new_walk
from app.session import Session
from tests.whole.program import Gatljus
from tests.whole.resident import Forked, Server

HUGE = "ö" * 40_000
SURROGATE = b"M\xf6rkt"
CONTROL = "Mörkt\x1b[31m"


class Bench:
    """A home with one record of most kinds, and another walk beside."""

    def __init__(self, folder: Path, server: Server) -> None:
        self.folder = folder
        self.home = home = Forked(folder / "home", {}, server)
        self.walk, self.other = home.walk("--starts", "2026-10-23T18:05"), home.walk()
        self.stop = home.made("stop", "add", self.walk, "--name", "Tunneln", "--at", "59.17,18.14")
        self.foreign = home.made("stop", "add", self.other, "--name", "Torget", "--at", "59.18,18.15")
        self.seen = home.made("observe", self.walk, "--category", "lighting", "--item", "A1", "--stop", "1")
        self.measure = home.made("measure", "add", self.walk, "--observation", self.seen)
        self.people = home.made("add", "participant", self.walk, "role=boende", "count=3")
        self.group = home.made("add", "group", self.walk, "name=Norr")
        (folder / "folder.pdf").mkdir()
        (folder / "empty.gpx").touch()
        (folder / "empty.jpg").touch()
        (folder / "noise.jpg").write_bytes(random.Random(1).randbytes(5000))
        (folder / "words.gpx").write_text("inga punkter")

    def words(self, said: str | tuple[str | bytes, ...]) -> list[str | bytes]:
        """A command with the names of this bench's things put in."""
        names = {name: str(value) for name, value in vars(self).items()}
        parts = said.split() if isinstance(said, str) else said
        return [each.format(**names) if isinstance(each, str) else each for each in parts]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, server: Server) -> Bench:
    return Bench(tmp_path_factory.mktemp("bench"), server)


OBSERVE = "observe {walk} --category lighting"
SET = "set observation {seen}"

REFUSED: dict[str, tuple[str | tuple[str | bytes, ...], str]] = {
    # Names of walks and records
    "an unknown walk": ("show 0000", "not-found"),
    "an id that is too short": ("show 000", "id"),
    "an id that is none": ("show oktober", "id"),
    "an empty id": (("show", ""), "id"),
    "an id of another kind": ("set stop {seen} name X", "not-found"),
    "a walk that is a stop": ("show {stop}", "not-found"),
    "an unknown stop": (OBSERVE + " --stop 7", "stop"),
    "a stop of another walk": (OBSERVE + " --stop {foreign}", "not-found"),
    "a thing to bring back that never was": ("undelete observation 00001111", "not-found"),
    "a thing to bring back that is here": ("undelete observation {seen}", "not-deleted"),
    "a deleted thing that never was": ("delete observation 00001111", "not-found"),
    "the history of nothing": ("history observation 0123456789abcdef0123456789abcdef", "not-found"),
    # Kinds and fields
    "an unknown kind": ("add lamp {walk} name=x", "kind"),
    "an unknown kind to delete": ("delete lamp {seen}", "kind"),
    "an unknown field": (SET + " colour red", "field"),
    "an unknown field of a new record": ("add group {walk} colour=red", "field"),
    "no field at all": ("add group {walk}", "field"),
    "a field without its sign": ("add group {walk} name", "field"),
    "a machine's field": (SET + " tag B9", "machine-field"),
    "when it was made": (SET + " created 2026-10-23T18:05", "machine-field"),
    "whether it is deleted": (SET + " deleted true", "field"),
    "a hash": ("set photo {seen} original 00", "not-found"),
    "a walk in a walk": ("add safety-walk {walk} title=X", "kind"),
    "a device": ("add device {walk} label=X", "kind"),
    "a photo without a file": ("add photo {walk} caption=X", "kind"),
    "points without a file": ("add track-chunk {walk} number=1", "kind"),
    "a table": ("add protocol {walk} numbers={{}}", "field"),
    "a file's name": ("add organisation {walk} name=X logo=" + "0" * 64, "field"),
    # References
    "a stop that is an observation": (SET + " stop {seen}", "not-found"),
    "a stop of another walk, set": (SET + " stop {foreign}", "not-found"),
    "a group that is a stop": (SET + " group {stop}", "not-found"),
    "a remark on nothing": (("add", "remark", "{walk}", "text=Ja"), "empty"),
    "a remark on another walk's stop": ("add remark {walk} text=Ja target={foreign}", "not-found"),
    "support of a stop": ("add support {walk} observation={stop}", "not-found"),
    "a link without a measure": ("add measure-for {walk} observation={seen}", "empty"),
    "its own duplicate": ("add duplicate-link {walk} observation={seen} duplicate={seen}", "duplicate"),
    "a measure for another walk's observation": ("measure add {other} --observation {seen} --text X", "not-found"),
    # Places
    "a latitude beyond the pole": ("stop add {walk} --name X --at 91,18", "position"),
    "a longitude beyond the world": ("stop add {walk} --name X --at 59,181", "position"),
    "a latitude that is no number": (OBSERVE + " --at nan,18", "position"),
    "an infinite longitude": (OBSERVE + " --at 59,inf", "position"),
    "a place in words": (OBSERVE + " --at torget", "position"),
    "one number for a place": (SET + " position 59", "position"),
    # What was seen
    "an unknown category": ("observe {walk} --category lampor", "category"),
    "an unknown item": (OBSERVE + " --item A99", "item"),
    "an item of another category": (OBSERVE + " --item C4", "item-category"),
    "a severity of 9": (OBSERVE + " --severity 9", "severity"),
    "a severity below zero": (OBSERVE + " --severity -1", "severity"),
    "a severity in words": (OBSERVE + " --severity jättestor", "severity"),
    "an unknown kind of observation": (OBSERVE + " --kind skada", "observation-kind"),
    "a question that is serious": (OBSERVE + " --kind question --severity 3", "severity-kind"),
    "something good that is bad": (OBSERVE + " --kind positive --severity 2", "severity-kind"),
    "a deficiency that is good": (OBSERVE + " --kind deficiency --severity 0", "severity-kind"),
    "an unknown lamp fault": (SET + " lamp_faults trasig", "lamp-faults"),
    "fewer lamps than none": (SET + " lamp_count -1", "number"),
    "too many lamps": (SET + " lamp_count 1001", "lamp-count"),
    "neither yes nor no": (SET + " deliberate_off kanske", "flag"),
    "an unknown alarm": (SET + " alarm 911", "alarm"),
    "an accuracy that is no number": (SET + " accuracy_m nan", "number"),
    # People and ratings
    "nobody": ("add participant {walk} role=boende count=0", "count"),
    "half a person": ("add participant {walk} role=boende count=1.5", "number"),
    "an unknown age": ("add participant {walk} age_band=70-talist", "age-band"),
    "a feeling of 5": ("add safety-rating {walk} stop=1 feels=5", "feels"),
    "a feeling of 0": ("add safety-rating {walk} stop=1 feels=0", "feels"),
    "a rating of no stop": ("add safety-rating {walk} feels=3", "empty"),
    "alone perhaps": ("add safety-rating {walk} stop=1 alone_in_dark=perhaps", "alone-in-dark"),
    "a party with a code that is taken": ("add party {walk} code=GATA name=Gatan", "code"),
    "a name in the log": ("set participant {people} name_blob Anna", "field"),
    "what is erased, back": ("set participant {people} erased false", "erased"),
    "an observation erased": (SET + " erased true", "field"),
    # Times
    "a wrong time": (OBSERVE + " --time igår", "time"),
    "a month of 13": ("walk new --title X --area Y --starts 2026-13-01T18:00", "time"),
    "a wrong zone": ("walk new --title X --area Y --zone Europe/Nowhere", "zone"),
    "an end before the beginning": ("set safety-walk {walk} ends 2026-10-23T18:04", "ends"),
    "a zone that is none": ("set safety-walk {walk} zone CEST-nonsense", "zone"),
    "no zone": (("set", "safety-walk", "{walk}", "zone", ""), "empty"),
    "a wrong date": ("measure add {walk} --text X --due 20-11-2026", "date"),
    "a wrong type of walk": ("walk new --title X --area Y --type stroll", "type"),
    "a wrong light": ("walk new --title X --area Y --light moonshine", "light"),
    "no tablets at all": ("walk end {walk} --devices 0", "devices-expected"),
    "tablets in words": ("walk end {walk} --devices tre", "number"),
    "a clock offset in words": ("photos import {walk} {folder} --clock-offset lite", "number"),
    "another checklist": ("set safety-walk {walk} checklist min-egen", "checklist"),
    # Measures
    "an unknown mechanism": ("measure add {walk} --text X --mechanism V99", "mechanism"),
    "an unknown owner": ("measure add {walk} --text X --responsible KUNGEN", "party"),
    "an unknown owner, set": ("set measure {measure} responsible KUNGEN", "party"),
    "an unknown priority": ("measure add {walk} --text X --priority E", "priority"),
    "not done without a reason": ("measure add {walk} --text X --priority D", "reason"),
    "not done without a reason, set": ("set measure {measure} priority D", "reason"),
    "a measure without words": ("measure add {walk}", "empty"),
    "an unknown status": ("set measure {measure} status klar", "status"),
    "an unknown cost": ("set measure {measure} cost_class 9", "cost-class"),
    # Texts
    "an empty title": (("walk", "new", "--title", " ", "--area", "Y"), "empty"),
    "a title taken away": ("set safety-walk {walk} title --unset", "empty"),
    "an empty name": (("stop", "add", "{walk}", "--name", "", "--at", "59,18"), "empty"),
    "an empty name, set": (("set", "stop", "{stop}", "name", ""), "empty"),
    "a text that is too long": (("observe", "{walk}", "--category", "lighting", "--text", HUGE), "too-long"),
    "a title that is too long": (("walk", "new", "--title", HUGE, "--area", "Y"), "too-long"),
    "a text that is too long, set": (("set", "observation", "{seen}", "text", HUGE), "too-long"),
    "a text in another encoding": (("observe", "{walk}", "--category", "lighting", "--text", SURROGATE), "text"),
    "a text in another encoding, set": (("set", "measure", "{measure}", "cause", SURROGATE), "text"),
    "a title in another encoding": (("walk", "new", "--title", SURROGATE, "--area", "Y"), "text"),
    "a name in another encoding": (("add", "participant", "{walk}", b"name=M\xf6rk"), "text"),
    "an id in another encoding": (("show", SURROGATE), "id"),
    "words in another encoding": (("search", SURROGATE), "text"),
    "a text that colours the screen": (("observe", "{walk}", "--category", "lighting", "--text", CONTROL), "text"),
    "a stop that rings": (("stop", "add", "{walk}", "--name", "\a", "--at", "59,18"), "text"),
    # Files and folders
    "a route that is not there": ("route import {walk} {folder}/nowhere.gpx", "no-file"),
    "a route that is a folder": ("route import {walk} {folder}", "folder"),
    "a log that is not there": ("walk rehearse {walk} --nmea {folder}/nowhere.nmea --speed 8", "no-file"),
    "a log without positions": ("walk rehearse {walk} --nmea {folder}/empty.gpx --speed 8", "no-points"),
    "a rehearsal without a route": ("walk rehearse {walk} --speed 8", "no-route"),
    "a rehearsal that stands still": ("walk rehearse {walk} --speed 0", "speed"),
    "a rehearsal at a speed in words": ("walk rehearse {walk} --speed fort", "number"),
    "an empty route": ("route import {walk} {folder}/empty.gpx", ""),
    "a route without points": ("route import {walk} {folder}/words.gpx", ""),
    "photos that are not there": ("photos import {walk} {folder}/nowhere", "no-file"),
    "a photo that is not there": (OBSERVE + " --photo {folder}/nowhere.jpg", "no-file"),
    "a photo that is empty": (OBSERVE + " --photo {folder}/empty.jpg", "photo"),
    "a photo that is noise": (OBSERVE + " --photo {folder}/noise.jpg", "photo"),
    "an export in no folder": ("export {walk} -o {folder}/nowhere/x.geojson", "no-folder"),
    "an export below a file": ("export {walk} -o {folder}/words.gpx/x.geojson", "no-folder"),
    "an export onto a folder": ("export {walk} -o {folder}", "format"),
    "an export of an unknown sort": ("export {walk} -o {folder}/x.shp", "format"),
    "a protocol in no folder": ("protocol {walk} -o {folder}/nowhere/x.pdf", "no-folder"),
    "a protocol below a file": ("protocol {walk} -o {folder}/words.gpx/x.pdf", "no-folder"),
    "a protocol onto a folder with a fitting name": ("protocol {walk} -o {folder}/folder.pdf", "not-writable"),
    "a protocol onto a folder": ("protocol {walk} -o {folder}", "suffix"),
    "a target that is not there": ("sync {folder}/nowhere/there --walk {walk}", "target-missing"),
    "a target that is a file": ("sync {folder}/words.gpx --walk {walk}", "target-missing"),
    "a target below a file": ("sync {folder}/words.gpx/there --walk {walk}", "target-missing"),
    "an unknown walk on a target": ("sync {folder} --walk 00001111", "not-found"),
    # Conflicts
    "nothing to settle": ("resolve observation {seen} text 00001111", "no-conflict"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_in_a_sentence_and_nothing_is_written(bench: Bench, what: str) -> None:
    said, code = REFUSED[what]
    before = bench.home.kept()
    error = bench.home.refused(*bench.words(said))
    assert error["text"].rstrip().endswith(".") and error["advice"].rstrip().endswith("."), error
    assert len(error["text"]) + len(error["advice"]) < 1000, error
    assert code in ("", error["code"]), error
    assert bench.home.kept() == before


MISUSED: dict[str, str | tuple[str | bytes, ...]] = {
    "an unknown command": "strosa",
    "an unknown part of a command": "walk strosa",
    "a word too few": "show",
    "a word too many": "show {walk} {walk}",
    "two words in the wrong place": "stop {walk} add --name X",
    "an option left out": "walk new --area Y",
    "an unknown option": "walk new --title X --area Y --colour red",
    "an option without its value": "walk new --area Y --title",
    "a value too many": "sync {folder} --again=yes",
    "a language nobody speaks": "--lang fi walk list",
    "neither planned nor walked": "route import {walk} {folder}/words.gpx --as both",
    "neither a value nor --unset": "set stop {stop} name",
    "a value and --unset": "set stop {stop} name Torget --unset",
    "a choice and a value": "resolve stop {stop} name 00001111 --value X",
}


@pytest.mark.parametrize("what", MISUSED)
def test_wrong_usage_exits_2_and_says_how_it_is_written(bench: Bench, what: str) -> None:
    before = bench.home.kept()
    words = bench.words(MISUSED[what])
    error = bench.home.refused(*words, code=2)
    assert error["code"] == "usage"
    assert error["text"].endswith(".") and ("--help" in error["advice"] or "Välj något av:" in error["advice"])
    said = bench.home.run(*words)
    assert (said.code, said.out) == (2, "")
    assert said.err.strip() == f"{error['text']} {error['advice']}"
    assert bench.home.kept() == before


LATER = [
    "duplicates {walk}",
    "merge {seen} {seen}",
    "finalise {walk} --registry-no 7",
    "protocol {walk} -o {folder}/x.pdf --public",
    "protocol {walk} -o {folder}/x.pdf --owner GATA",
    *(f"export {{walk}} -o {{folder}}/x.{ending}" for ending in ("csv", "xlsx", "gpkg", "docx")),
]


@pytest.mark.parametrize("command", LATER)
def test_what_is_not_here_yet_says_so_in_one_sentence(bench: Bench, command: str) -> None:
    before = bench.home.kept()
    error = bench.home.refused(*bench.words(command))
    assert error["code"] == "not-here-yet"
    assert "finns inte ännu i den här versionen." in error["text"]
    assert bench.home.kept() == before
    assert not list(bench.folder.glob("x.*"))


def test_without_json_a_failure_is_one_sentence_on_stderr(bench: Bench) -> None:
    said = bench.home.run("show", "0000")
    assert (said.code, said.out) == (1, "")
    assert said.err == "Det finns inget med id '0000' här. Se efter i walk list eller show.\n"


def test_a_beginning_that_two_ids_share_is_refused_and_longer_ones_are_named(tmp_path: Path) -> None:
    dice, coming = random.Random(4), list[str]()

    def chance(count: int) -> str:
        found = dice.randbytes(count).hex()
        return coming.pop() + found[5:] if coming else found

    session = Session(tmp_path, chance=chance)
    for title, beginning in (("En", "abcd0"), ("Två", "abcd1")):
        coming.append(beginning)
        assert new_walk(session, {"title": title, "area": "Bredbygden"}).startswith(beginning)
    session.close()
    home = Gatljus(tmp_path)
    error = home.refused("show", "abcd")
    assert error["code"] == "ambiguous"
    assert "abcd0" in error["advice"] and "abcd1" in error["advice"]
    assert home.ask("show", "abcd1")["walk"]["title"] == "Två"
    assert home.ask("show", "ABCD0")["walk"]["title"] == "En"


DAMAGE = {
    "a home that is a file": ("", b"not a folder"),
    "a home below a file": ("..", b""),
    "a database that is noise": ("gatljus.db", random.Random(2).randbytes(8192)),
    "a database that is a folder": ("gatljus.db/x", b""),
}


def damaged(folder: Path, what: str) -> Path:
    """A home that cannot be opened."""
    home = folder / "home"
    name, data = DAMAGE[what]
    if name in ("", ".."):
        home.write_bytes(data)
        return home / "below" if name else home
    (home / name).parent.mkdir(parents=True)
    (home / name).write_bytes(data)
    return home


@pytest.mark.parametrize("what", DAMAGE)
@pytest.mark.parametrize("command", ["walk list", "walk new --title X --area Y", "verify", "search tunnel", "backup"])
def test_a_home_that_cannot_be_opened_is_said_in_a_sentence_and_left_alone(
    tmp_path: Path, what: str, command: str
) -> None:
    home = damaged(tmp_path, what)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    error = Gatljus(home).refused(*command.split())
    assert error["text"].endswith(".") and error["advice"].endswith(".")
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize("text", ["", "{", "[]", "3", "null", '{"label": 7, "language": []}', "\x00"])
def test_settings_and_identity_that_cannot_be_read_are_made_anew(tmp_path: Path, text: str) -> None:
    home = Gatljus(tmp_path)
    walk = home.walk()
    before = home.ask("show", walk)["here"]["device"]
    for name in ("settings.json", "device.json"):
        (tmp_path / name).write_text(text)
    assert [each["id"] for each in home.items("walk", "list")] == [walk]
    assert home.ask("show", walk)["here"]["device"] != before


def test_a_database_cut_in_half_is_said_in_a_sentence(tmp_path: Path) -> None:
    home = Gatljus(tmp_path)
    walk = home.walk()
    for number in range(4):
        home.made("stop", "add", walk, "--name", f"Plats {number}", "--at", "59.17,18.14")
    path = tmp_path / "gatljus.db"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    for command in (("show", walk), ("verify",), ("stop", "add", walk, "--name", "X", "--at", "59,18")):
        said = home.run(*command)
        assert said.code == 1, said
        assert "Traceback" not in said.err
        assert "skadad" in said.sentence or "kan inte läsas" in said.sentence, said


def test_a_clock_that_says_nonsense_is_refused(tmp_path: Path) -> None:
    for now in ("igår", "1969-12-31T23:59:59", "2026-10-23T18:05+99:00"):
        said = Gatljus(tmp_path).run("walk", "new", "--title", "X", "--area", "Y", GATLJUS_NOW=now)
        assert said.code == 1 and "GATLJUS_NOW" in said.err and "Traceback" not in said.err, said


def test_what_cannot_be_written_is_said_also_to_the_one_who_may_do_everything(bench: Bench) -> None:
    for command in ("export {walk} -o /proc/x.geojson", "protocol {walk} -o /proc/x.pdf", "sync /proc --walk {walk}"):
        error = bench.home.refused(*bench.words(command))
        assert "/proc" in error["text"] and error["advice"], error
