"""A whole walk by keyboard alone, in the real program on a real X11 screen, seen as a screen reader sees it."""

import sys
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.base.job import finish
from app.commands.walks import new_walk
from app.domain.records import Observation, SafetyRating, SafetyWalk, Stop, VoiceNote
from app.jobs.places import import_route
from app.session import Session
from tests.gui.field_walks import recorded
from tests.gui.keyboard_walk import TWIN_WINDOW, KeyboardWalk
from tests.gui.x11 import screen_in

WORDS = "Lampan vid trappan blinkar."


@pytest.fixture
def screen(tmp_path: Path) -> KeyboardWalk:
    """A screen, where this machine can have one."""
    screen_in(tmp_path)
    return KeyboardWalk(tmp_path)


@pytest.fixture
def home(tmp_path: Path, shared: Path) -> Path:
    """A home with a walk that is planned, and of which nobody was told yet."""
    session = Session(tmp_path / "home")
    new_walk(session, {"title": "Kajsaniemi", "zone": "Europe/Helsinki"})
    finish(import_route(session, session.read(SafetyWalk)[0], shared / "data/tracks/planned-route.gpx", "planned"))
    session.close()
    return tmp_path / "home"


def leaves(walk: KeyboardWalk) -> None:
    walk.at("Vandringar")
    walk.press("Kolla att allt är redo: Kajsaniemi")
    walk.at("Redo att gå?")
    walk.until(partial(walk.names, "Karta längs rutten"), "what was found out of the map")
    walk.press("Börja…")
    walk.at("Innan ni går")
    walk.press("Alla har fått höra det")
    walk.at("Järnvägstorget")


def notes(walk: KeyboardWalk) -> None:
    walk.press("Ny iakttagelse")
    walk.at("Vad gäller det?")
    walk.press("Belysning, kategori A, 1 av 14")
    walk.at("Belysning")
    walk.choose("Mörkt mellan lamporna, allvar 2, Märkbar, föreslaget", "Down", "Right")
    walk.at("Allvar och foto")
    walk.press("Klar utan foto")
    walk.hears("A1", "sparat här", "Allvar 2, föreslaget")
    walk.at("Ny iakttagelse")


def notes_in_own_words(walk: KeyboardWalk) -> None:
    walk.key("n")
    walk.at("Vad gäller det?")
    walk.press("Belysning, kategori A, 1 av 14")
    walk.at("Belysning")
    walk.press("Egna ord")
    walk.at("Egna ord")
    walk.type(WORDS)
    walk.until(lambda: walk.focused().get("text") == WORDS, "the words that were typed")
    walk.go_to("Allvar 2…")
    walk.go_to("Allvar 3, Stor…", "Right")
    walk.key("space")
    walk.press("Klar utan foto")
    walk.hears("A2", "Allvar 3.")
    walk.at("Ny iakttagelse")


def is_mistaken_of_a_danger(walk: KeyboardWalk) -> None:
    walk.key("n")
    walk.at("Vad gäller det?")
    walk.press("Fara nu")
    walk.hears("Fara nu. Ring 112. Iakttagelsen är sparad.")
    assert walk.focus()
    walk.key("ctrl+z")
    walk.hears("Ångrat")
    walk.until(partial(walk.names, "Gå vidare till nästa stopp"), "the walk again")


def rates_and_goes_on(walk: KeyboardWalk) -> None:
    walk.key("s")
    walk.at("Stopp 1, Järnvägstorget")
    walk.key("2", "n")
    walk.until(partial(walk.names, "1 har svarat här"), "the count")
    walk.press("Gå till stopp 2")
    walk.hears("stopp 2")


def rehearses(walk: KeyboardWalk) -> None:
    walk.go_to("Karta")
    walk.go_to("Mer", "Right")
    walk.key("Return")
    walk.at("Mer")
    walk.choose("Läge och övning…", "Tab", "Down")
    walk.at("Läge och övning")
    walk.go_to("Hur fort: 10 ×")
    walk.go_to("Hur fort: 60 ×", "Right")
    walk.key("space")
    walk.press("Öva längs rutten")
    walk.hears("Övningen har börjat.")


def pauses_and_goes_on(walk: KeyboardWalk) -> None:
    walk.press("Pausa spåret")
    walk.hears("Spåret är pausat")
    walk.at("Fortsätt spåret")
    walk.key("Return")
    walk.hears("Spåret fortsätter.")


def speaks(walk: KeyboardWalk) -> None:
    walk.key("r")
    walk.until(partial(walk.names, "Avsluta röstanteckningen, 0.03"), "what was heard")
    walk.key("r")
    walk.hears("Röstanteckning", "sparad här")


def undoes(walk: KeyboardWalk) -> None:
    walk.key("ctrl+z")
    walk.hears("Ångrat: röstanteckning inspelad.")
    walk.key("ctrl+shift+z")
    walk.hears("Gjort om")


def completes(walk: KeyboardWalk) -> None:
    walk.go_to("Karta")
    walk.go_to("Komplettera, 1 kvar", "Right")
    walk.key("Return")
    walk.at("Komplettera")
    walk.press("Märkbar stämmer: A1 Mörkt mellan lamporna")
    walk.hears("Allvar 2 för A1")


def ends(walk: KeyboardWalk) -> None:
    walk.press("Avsluta vandringen")
    walk.at("Avsluta vandringen")
    walk.press("Avsluta övningen")
    walk.hears("Övningen är slut.")
    walk.at("Avsluta vandringen")
    walk.key("Return")
    walk.at("Ja, avsluta vandringen")
    walk.key("Return")
    walk.hears("Vandringen är avslutad.")
    walk.at("Utkast till protokoll för fikat")


def prints(walk: KeyboardWalk) -> None:
    walk.key("Return")
    walk.press("Gör protokollet")
    walk.until(partial(walk.dialog, "Var ska protokollet ligga?"), "the system's dialog for files")
    walk.type(str(walk.paper))
    walk.accept("Var ska protokollet ligga?")
    walk.until(walk.paper.exists, "the protocol")
    walk.until(partial(walk.dialog, "Gatljus"), "the window")
    walk.at("Öppna protokollet")


ACTS = (
    leaves, notes, notes_in_own_words, is_mistaken_of_a_danger, rates_and_goes_on, rehearses, pauses_and_goes_on,
    speaks, undoes, completes, ends, prints,
)  # fmt: skip


@pytest.mark.timeout(280)
def test_a_whole_walk_by_keyboard_alone_as_a_screen_reader_is_told_of_it(screen: KeyboardWalk, home: Path) -> None:
    with screen as walk:
        walk.window_of([sys.executable, str(TWIN_WINDOW), str(home)])
        for act in ACTS:
            act(walk)
    assert len(PdfReader(screen.paper).pages) > 1
    assert_kept(home)


def assert_kept(home: Path) -> None:
    """The home holds what was done by keyboard, and nothing else."""
    session = Session(home)
    (walked,) = session.read(SafetyWalk)
    first = session.read(Stop, order=("order",))[0]
    # What a planned walk has from the beginning.
    counts = {kind: n for kind, n in session.counts(walked.id).items() if kind not in ("checklist-pack", "party")}
    pieces = counts.pop("track-chunk")
    assert counts == {"safety-walk": 1, "stop": 9, "route": 1, "device": 1, "observation": 2, "safety-rating": 1,
                      "track": 1, "voice-note": 1}  # fmt: skip
    assert walked.info_shown_at is not None and walked.ends is not None and walked.devices_expected == 1
    seen = {str(each.tag): (each.item, each.category, each.severity, each.text, each.stop)
            for each in session.read(Observation)}  # fmt: skip
    assert seen == {"A1": ("A2", "lighting", 2, "", first.id), "A2": (None, "lighting", 3, WORDS, first.id)}
    (rated,), (spoken,) = session.read(SafetyRating), session.read(VoiceNote)
    assert (rated.stop, rated.feels, rated.alone_in_dark, rated.count) == (first.id, 2, "no", 1)
    assert spoken.duration_s == pytest.approx(3, abs=0.1) and spoken.position is not None
    segments, _measured = recorded(session, walked.id)
    before, after = ([fix.time for fix in part if fix.time is not None] for part in segments)
    # Second by second; what came while it was paused is not there.
    assert all((b - a).total_seconds() == 1 for part in (before, after) for a, b in pairwise(part))
    assert (after[0] - before[-1]).total_seconds() > 1 and pieces > 1
    session.leave()
