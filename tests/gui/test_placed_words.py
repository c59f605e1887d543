"""What was done by using proposals, in words."""

import pytest

from app.domain.placing import Placing
from app.domain.record import new_id
from app.domain.records import Photo
from app.domain.values import Position, PositionSource
from app.queries.proposals import Proposed, Sure
from ui.widgets.photo_proposed import done_words

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
