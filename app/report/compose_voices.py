"""What people added to a record: their words, signed with role and device letter."""

from collections.abc import Iterable

from app.base.words import _
from app.domain.durations import length_words
from app.domain.record import Record
from app.domain.records import Remark, VoiceNote
from app.domain.values import known
from app.report.document import Look, Run, Text, Voice
from app.report.index import Edition, Index
from app.report.wording import NBSP, one_line, quoted, sentence


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


def spoken_on(index: Index, record: Record) -> list[Text]:
    """The voice notes on a record, for those who work with the draft: what is spoken may name people."""
    if index.edition != Edition.INTERNAL:
        return []
    return [(Run(_spoken(each), Look.ITALIC),) for each in index.voice_notes_on(record.id)]


def _spoken(note: VoiceNote) -> str:
    length = length_words(note.duration_s)
    text = one_line(known(note.text, str) or "")
    if not text:
        return _("Röstanteckning {length}, inte utskriven.").format(length=length)
    return sentence(_("Röstanteckning {length}, utskrift: {text}").format(length=length, text=text))


def _who(index: Index, remark: Remark) -> str:
    return f",{NBSP}".join(part for part in (one_line(remark.role), index.letter_of(remark.id)) if part)
