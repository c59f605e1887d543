"""Letters, tags and numbers."""

from datetime import UTC, datetime, timedelta
from itertools import count

from app.domain import letters
from app.domain.numbers import number_all
from app.domain.records import Measure, MeasureFor, Observation, Photo, Stop

WALK = "f" * 32
_ids = count(1)


def new_id() -> str:
    return f"{next(_ids):032x}"


def at(minute: int) -> datetime:
    return datetime(2026, 10, 23, 16, tzinfo=UTC) + timedelta(minutes=minute)


def seen(stop: Stop | None, minute: int) -> Observation:
    return Observation(id=new_id(), scope=WALK, stop=stop.id if stop else None, observed_at=at(minute))


def test_letters_go_on_after_z() -> None:
    assert [letters.letter(place) for place in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]
    assert letters.first_free({"A", "B", "D"}) == "C"


def test_a_tag_is_never_used_twice_even_where_one_is_missing() -> None:
    assert letters.next_tag("A", ["A1", "A3", "B7", "AA9", ""]) == "A4"


def test_two_observations_with_one_tag_are_told_apart_by_their_ids() -> None:
    one = Observation(id="ab12" + "0" * 28, scope=WALK, tag="A7")
    two = Observation(id="ab34" + "0" * 28, scope=WALK, tag="A7")
    three = Observation(id="cd00" + "0" * 28, scope=WALK, tag="A8")
    assert letters.shown_tags([one, two, three]) == {one.id: "A7·ab1", two.id: "A7·ab3", three.id: "A8"}


def test_observations_are_numbered_by_time_within_their_stop_and_0_without() -> None:
    first, second = Stop(id=new_id(), scope=WALK, order="b"), Stop(id=new_id(), scope=WALK, order="c")
    late, early, other, astray = seen(first, 9), seen(first, 3), seen(second, 1), seen(None, 5)
    numbers = number_all([first, second], [late, early, other, astray], [], [], []).of
    assert [numbers[each.id] for each in (first, second, early, late, other, astray)] == [
        "1",
        "2",
        "1.1",
        "1.2",
        "2.1",
        "0.1",
    ]


def test_photos_have_numbers_of_their_own() -> None:
    stop = Stop(id=new_id(), scope=WALK, order="b")
    photos = [Photo(id=new_id(), scope=WALK, stop=stop.id, taken_at=at(minute)) for minute in (5, 2)]
    numbers = number_all([stop], [seen(stop, 1)], photos, [], []).of
    assert [numbers[photo.id] for photo in photos] == ["1.2", "1.1"]


def test_photos_of_one_time_and_of_none_are_in_the_order_of_the_names_of_their_files_as_people_read_them() -> None:
    names = ["IMG_10.jpg", "img_9.jpg", "IMG_009b.jpg", "2.jpg"]
    for moment in (at(3), None):
        photos = [Photo(id=new_id(), scope=WALK, name=name, taken_at=moment) for name in names]
        of = number_all([], [], photos, [], []).of
        ordered = [each.name for each in sorted(photos, key=lambda each: of[each.id])]
        assert ordered == ["2.jpg", "img_9.jpg", "IMG_009b.jpg", "IMG_10.jpg"]
    timed = Photo(id=new_id(), scope=WALK, name="99.jpg", taken_at=at(1), created=at(9))
    twins = [Photo(id=new_id(), scope=WALK, name="1.jpg", created=at(minute)) for minute in (8, 2)]
    numbers = number_all([], [], [*twins, timed], [], []).of
    assert [numbers[each.id] for each in (timed, *twins)] == ["0.1", "0.2", "0.3"], "when it was read in tells nothing"


def test_a_measure_has_its_lowest_observations_number_and_letters_where_there_are_several() -> None:
    stop = Stop(id=new_id(), scope=WALK, order="b")
    one, two = seen(stop, 1), seen(stop, 2)
    alone, first, second = (Measure(id=new_id(), scope=WALK, created=at(minute)) for minute in (1, 2, 3))
    pairs = [(alone, two), (first, one), (first, two), (second, one)]
    links = [MeasureFor(id=new_id(), scope=WALK, measure=m.id, observation=o.id) for m, o in pairs]
    numbers = number_all([stop], [one, two], [], [alone, first, second], links).of
    assert [numbers[each.id] for each in (alone, first, second)] == ["1.2", "1.1 a", "1.1 b"]


def test_written_numbers_stay_and_what_is_new_gets_the_next_free_one() -> None:
    stop = Stop(id=new_id(), scope=WALK, order="b")
    one, two = seen(stop, 5), seen(stop, 6)
    written = number_all([stop], [one, two], [], [], []).of
    earlier = seen(stop, 1)
    numbers = number_all([stop], [one, two, earlier], [], [], [], written)
    assert [numbers.of[each.id] for each in (one, two, earlier)] == ["1.1", "1.2", "1.3"]
    assert numbers.preliminary == {earlier.id}
