"""What an observation may lack, in words."""

from collections.abc import Mapping

from app.base.words import N_
from app.queries.incomplete import Lack

CHIPS: Mapping[Lack, tuple[str, str, str]] = {
    Lack.ALARM: (N_("Fara utan larm"), "blocks", "danger"),
    Lack.VERSION: (N_("Olika versioner"), "conflict", "warn"),
    Lack.CATEGORY: (N_("Kategori saknas"), "missing", "warn"),
    Lack.PLACE: (N_("Oplacerad"), "unplaced", "warn"),
    Lack.SEVERITY: (N_("Allvar är bara föreslaget"), "missing", "warn"),
    Lack.TEXT: (N_("Text saknas"), "missing", "warn"),
}
"""What each lack is called, its icon of a state, and the kind of its chip."""
