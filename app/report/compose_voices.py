"""What people added to a record: their words, signed with role and device letter."""

from collections.abc import Iterable

from app.domain.record import Record
from app.domain.records import Remark
from app.report.document import Voice
from app.report.index import Index
from app.report.wording import NBSP, one_line, quoted


def voices_on(index: Index, record: Record, about: str = "") -> list[Voice]:
    """What people added to a record, oldest first. `about` names it where the page does not."""
    return voices(index, index.remarks_on(record.id), about)


def voices(index: Index, remarks: Iterable[Remark], about: str = "") -> list[Voice]:
    """Remarks as they are printed; those without a text left out."""
    return [
        Voice(text=quoted(each.text), signed=" · ".join(part for part in (_who(index, each), about) if part))
        for each in remarks
        if each.text.strip()
    ]


def _who(index: Index, remark: Remark) -> str:
    return f",{NBSP}".join(part for part in (one_line(remark.role), index.letter_of(remark.id)) if part)
