"""How numbers, dates and small phrases are set."""

import gettext
from datetime import UTC, date, datetime

import pytest

from app.base.words import speaking
from app.domain.values import Position
from app.report import wording

NB = "\u00a0"
EVENING = datetime(2026, 10, 23, 18, 5, tzinfo=UTC)


def test_one_and_many_take_the_right_form() -> None:
    assert [wording.observations(count) for count in (0, 1, 2)] == [
        f"0{NB}iakttagelser",
        f"1{NB}iakttagelse",
        f"2{NB}iakttagelser",
    ]
    assert wording.photos(1) == f"1{NB}foto" and wording.photos(1200) == f"1{NB}200{NB}foton"


def test_numbers_have_a_decimal_comma_and_thousands_held_together() -> None:
    assert wording.number(2.1, 1) == "2,1"
    assert wording.number(1_234_567) == f"1{NB}234{NB}567"
    assert wording.number(-3.25, 2) == "−3,25"
    with speaking("en"):
        assert wording.number(1234.5, 1) == "1,234.5"


def test_counts_up_to_twelve_are_words_in_sentences() -> None:
    assert [wording.spelled(each) for each in (0, 1, 9, 12, 13)] == ["noll", "en", "nio", "tolv", "13"]
    assert wording.spelled(1, neuter=True) == "ett"
    with speaking("en"):
        assert wording.spelled(9) == "nine"


def test_dates_are_long_in_text_and_short_in_tables() -> None:
    day = date(2026, 10, 23)
    assert wording.long_date(day) == f"23{NB}oktober{NB}2026"
    assert wording.short_date(day) == f"23{NB}okt{NB}2026"
    assert wording.short_date(date(2026, 5, 1)) == f"1{NB}maj{NB}2026"
    assert wording.short_date(date(2026, 6, 1)) == f"1{NB}juni{NB}2026"
    assert wording.weekday_date(day) == f"fredagen den{NB}23{NB}oktober{NB}2026"
    with speaking("en"):
        assert wording.weekday_date(day) == f"Friday{NB}23{NB}October{NB}2026"
        assert wording.short_date(date(2026, 9, 4)) == f"4{NB}Sep{NB}2026"


def test_times_are_set_with_a_point_and_ranges_with_a_dash() -> None:
    assert wording.at_time(EVENING) == f"kl.{NB}18.05"
    assert wording.time_range(EVENING, EVENING.replace(hour=20, minute=10)) == f"kl.{NB}18.05–20.10"
    past_midnight = wording.time_range(EVENING, EVENING.replace(day=24, hour=1))
    assert past_midnight == f"kl.{NB}18.05–24{NB}okt{NB}2026 kl.{NB}01.05"
    with speaking("en"):
        assert wording.time_range(EVENING, EVENING.replace(hour=20, minute=10)) == "18:05–20:10"


def test_a_moment_is_told_by_the_walks_own_clock_also_across_the_change_to_winter_time() -> None:
    before = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    after = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert [wording.clock(wording.local(each, "Europe/Stockholm")) for each in (before, after)] == ["02.30", "02.30"]
    assert wording.clock(wording.local(before, "Europe/Helsinki")) == "03.30"
    assert wording.clock(wording.local(before, "Mars/Utopia")) == "02.30"


def test_lengths_and_accuracies_are_held_together() -> None:
    assert wording.metres(849.6) == f"850{NB}m"
    assert wording.metres(1834) == f"1,8{NB}km"
    assert wording.give_or_take(4.2) == f"±{NB}4{NB}m"
    assert wording.give_or_take(0.2) == f"±{NB}1{NB}m"


def test_coordinates_have_points_as_receivers_take_them() -> None:
    assert wording.coordinates(Position(60.1712, 24.94346)) == f"60.17120,{NB}24.94346"
    assert wording.coordinates(Position(-1.5, 0)) == f"−1.50000,{NB}0.00000"


def test_a_code_never_breaks() -> None:
    assert wording.code("F-2026-11873") == "F\u20112026\u201111873"
    assert wording.code("TS 2026/0417") == f"TS{NB}2026/0417"


@pytest.mark.parametrize(
    ("degrees", "words"), [(0, "mot norr"), (359, "mot norr"), (310, "mot nordväst"), (181, "mot söder")]
)
def test_directions_are_named_by_the_nearest_of_eight(degrees: float, words: str) -> None:
    assert wording.towards(degrees) == words


def test_words_are_listed_as_people_say_them() -> None:
    assert wording.listed([]) == "" and wording.listed(["a"]) == "a"
    assert wording.listed(["a", "b", "c"]) == "a, b och c"


def test_words_are_quoted_once() -> None:
    assert wording.quoted("Hej") == "”Hej”"
    assert wording.quoted("”Hej”") == "”Hej”"
    with speaking("en"):
        assert wording.quoted("Hello") == "“Hello”"


def test_a_long_text_is_cut_before_a_word() -> None:
    assert wording.shortened("Lampan är släckt", 40) == "Lampan är släckt"
    assert wording.shortened("Lampan är släckt sedan i måndags", 20) == f"Lampan är släckt{NB}…"
    assert all(len(wording.shortened("ordet " * 40, each)) <= each for each in range(10, 60))
    assert len(wording.shortened("x" * 300, 40)) <= 40


def test_a_sentence_ends_once() -> None:
    assert [wording.sentence(each) for each in ("Hej", "Hej.", "Hej?", " ", "")] == ["Hej.", "Hej.", "Hej?", "", ""]


def test_numbers_stay_with_the_word_before_them() -> None:
    assert wording.hold("Iakttagelse 4.2 på plats 4") == f"Iakttagelse{NB}4.2 på plats{NB}4"


def test_a_file_name_has_only_small_letters_digits_and_hyphens() -> None:
    assert wording.file_word("Järnvägstorget–Kajsaniemi, 2:a delen") == "jarnvagstorget-kajsaniemi-2-a-delen"
    assert wording.file_word("ŋŧ 漢字") == "vandring"


def test_english_plurals_come_from_the_catalogue() -> None:
    class OneOrMany(gettext.NullTranslations):
        def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
            return ("{n} observation" if n == 1 else "{n} observations") if msgid1 != msgid2 else msgid1

    with speaking("en", OneOrMany()):
        assert wording.observations(1) == f"1{NB}observation" and wording.observations(3) == f"3{NB}observations"
