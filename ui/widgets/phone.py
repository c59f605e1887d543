"""A number to call."""

from app.base.words import _
from app.domain.record import field_of
from app.domain.records import SafetyWalk
from app.domain.rules import is_phone
from ui.widgets.fields import TextField
from ui.widgets.look import Look

ONCALL = "oncall_phone"


def oncall_field(look: Look) -> TextField:
    """The number of the walk's on-call service. Its first digits alone are no number, and are not told of."""
    return TextField(look, _(field_of(SafetyWalk, ONCALL).label), whole=lambda text: not text.strip() or is_phone(text))
