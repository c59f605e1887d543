"""What was done by using proposals, and what is left, in words."""

import pytest

from app.domain.placing import Placing
from app.domain.record import new_id
from app.domain.records import Photo
from app.domain.values import Position, PositionSource
from app.queries.proposals import Proposed, Sure
from ui.widgets.photo_proposed import done_words, what_is_so

HERE, THERE = Position(60.17, 24.94), Position(60.18, 24.95)


@pytest.mark.parametrize(
    ("lay", "known_by", "said"),
    [
        (None, PositionSource.NONE, "1 foto placerat."),
        (HERE, PositionSource.TRACK, "1 foto flyttat."),
        (HERE, PositionSource.STOP, "1 foto placerat."),
    ],
)
def test_a_photo_is_moved_where_it_had_a_place_that_was_known_in_the_same_way(
    lay: Position | None, known_by: PositionSource, said: str
) -> None:
    photo = Photo(id=new_id(), scope=new_id(), position=lay, position_source=known_by)
    proposed = Proposed(photo, None, Placing(THERE, PositionSource.TRACK), Sure.DOUBTFUL)
    assert done_words([proposed], 1) == said


@pytest.mark.parametrize(
    ("sure", "used", "brief", "said"),
    [
        ("doubtful", 0, False, "Inget är säkert. Markera det som ändå stämmer."),
        ("doubtful unknown", 3, False, "3 är placerade, 2 är kvar. Inget mer är säkert. Markera det som ändå stämmer."),
        ("placed doubtful", 0, False, "1 är placerat, 1 är kvar. Inget mer är säkert. Markera det som ändå stämmer."),
        ("doubtful unknown", 3, True, "3 är placerade, 2 är kvar."),
        ("doubtful", 0, True, "Inget är säkert."),
        ("safe", 0, False, "Förslag. Inget ändras förrän du trycker på Använd."),
        ("moved placed", 0, False, "Förslag. Inget ändras förrän du trycker på Flytta."),
        ("placed", 2, False, "Alla ligger där de hör hemma."),
        ("", 2, False, ""),
    ],
)
def test_after_what_was_safe_is_used_it_is_said_how_many_are_placed_and_how_many_are_left(
    sure: str, used: int, brief: bool, said: str
) -> None:
    photo = Photo(id=new_id(), scope=new_id())
    placing = Placing(THERE, PositionSource.TRACK)
    proposed = [Proposed(photo, None, placing, Sure(each)) for each in sure.split()]
    assert what_is_so(proposed, used, brief=brief) == said
