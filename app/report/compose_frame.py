"""What stands round the chapters: cover, header and footer, contents, how to read it, bookmarks, what the file says."""

from datetime import date

from app.base.words import _, language
from app.domain.values import WalkType, known, label_of
from app.report.compose_conduct import when_words
from app.report.document import Block, Chain, Cover, Look, Mark, MarkKind, Paragraph, Part, Run, Section, Text, plain
from app.report.furniture import Bookmark, ContentsLine, Furniture, Metadata
from app.report.index import Index
from app.report.lettering import width_of
from app.report.shapes import Drawing
from app.report.standard_texts import READING
from app.report.wording import code, file_word, first_sentence, hold, long_date, one_line, shortened

_FOOTER_TEXT, _FOOTER_ROOM = 3.0, 48.0
"""Type size of the footer and the room of its left part, in mm."""
_MOST_STOPS_IN_CONTENTS = 12
_LONGEST_HEADER = 46
"""Characters of the area in the header, so that both sides have room."""


def state_words(index: Index) -> str:
    """`Upprättad` or `Arbetsmaterial`."""
    return _("Upprättad") if index.final else _("Arbetsmaterial")


def _version(index: Index) -> str:
    return hold(_("version {n}").format(n=index.version))


def _registry(index: Index) -> str:
    number = index.protocol.registry_no.strip() if index.protocol else ""
    return f"{_('Dnr')}\u00a0{code(number)}" if number else ""


def day_of(index: Index) -> str:
    """The walk's day, `23 oktober 2026`, or nothing."""
    return long_date(index.starts.date()) if index.starts else ""


def walk_words(index: Index) -> str:
    """`Trygghetsvandring`, or what sort of walk it was."""
    kind = known(index.whole.walk.type, WalkType)
    return label_of(kind) if kind else _("Trygghetsvandring")


def furniture(index: Index) -> Furniture:
    """Header and footer."""
    area = one_line(index.area)
    names = [f"{walk_words(index)} {each}" for each in (area, shortened(area, _LONGEST_HEADER))]
    left, short = [", ".join(each for each in (name, day_of(index)) if each) for name in names]
    version = f"{state_words(index)}, {_version(index)}" if index.final else _version(index)
    right = " · ".join(each for each in (_registry(index), version) if each)
    unit = index.organisation.unit if index.organisation else ""
    return Furniture(
        header_left=left,
        header_left_short=short,
        header_right=right,
        warning="" if index.final else _("Arbetsmaterial, får ändras"),
        footer_left=_footer(index.organiser, unit),
        footer_middle=_("Intern version – innehåller personuppgifter"),
        page=hold(_("Sida {page} av {pages}").replace(" ", "\u00a0")),
        contents=_("Innehåll"),
        continued=_("forts."),
    )


def _footer(organiser: str, unit: str) -> str:
    """Organisation and unit, the unit only if both leave room for the words in the middle."""
    both = " · ".join(one_line(each) for each in (organiser, unit) if each.strip())
    return both if width_of(both, _FOOTER_TEXT) <= _FOOTER_ROOM else shortened(organiser, 30)


def cover(index: Index, drawing: Drawing | None) -> Cover:
    """The first page."""
    organisation = index.organisation
    state: list[Text] = [(Run(state_words(index), Look.STRONG), Run(f", {_version(index)}"))]
    if registry := _registry(index):
        state.append(plain(registry))
    credit = index.handed.attribution
    return Cover(
        organisation=index.organiser,
        unit=one_line(organisation.unit) if organisation else "",
        logo=(organisation.logo or "") if organisation and organisation.id not in index.handed.unshown else "",
        logo_alt=_("{organisation}, logotyp").format(organisation=index.organiser),
        state=tuple(state),
        kind=_kind(index),
        title=one_line(index.area),
        subtitle=_subtitle(index),
        when=when_words(index),
        map=drawing,
        columns=_foot(index),
        attribution=_("Karta: {credit}").format(credit=credit) if drawing and credit and index.handed.maps else "",
    )


def _subtitle(index: Index) -> str:
    """The walk's own title where it says more than the area."""
    title = one_line(index.whole.walk.title)
    return "" if title.casefold() == one_line(index.area).casefold() else title


def _kind(index: Index) -> str:
    words = walk_words(index)
    return _("Protokoll från {walk}").format(walk=words[:1].lower() + words[1:])


def _foot(index: Index) -> tuple[tuple[str, tuple[str, ...]], ...]:
    walk, organisation = index.whole.walk, index.organisation
    changed = (long_date(index.changed.date()),) if index.changed else ()
    by = one_line(walk.leader_function) or (organisation.unit if organisation else "") or index.organiser
    signed = known(index.protocol.finalised_on, date) if index.protocol else None
    made = (_("Upprättad av"), (by or "–", long_date(signed))) if signed else (_("Ändrad senast"), (by, *changed))
    internal = (_("Intern version"), (_("Innehåller personuppgifter."), _("Får inte publiceras.")))
    contact = tuple(organisation.contact.splitlines()) if organisation and organisation.contact.strip() else ()
    questions = ((_("Frågor"), contact),) if contact else ()
    return ((made[0], tuple(each for each in made[1] if each)), internal, *questions)


_SHOWN_STATUSES = ("new", "assessed", "handed_over", "planned", "in_progress", "done", "checked", "rejected")


def _marks(index: Index) -> dict[int, list[tuple[Mark, str]]]:
    """The real marks and words, by the paragraph of the reading help that they belong to."""
    about = index.whole.checklist
    statuses = [each for each in about.statuses if each.code.value in _SHOWN_STATUSES]
    return {
        1: [(Mark(MarkKind.SEVERITY, str(int(each.code))), str(each.word)) for each in about.severities],
        2: [(Mark(MarkKind.PRIORITY, each.code.value), str(each.word)) for each in about.priorities],
        3: [(Mark(MarkKind.STATUS, each.code.value), str(each.word)) for each in statuses],
    }


def reading(index: Index) -> Part:
    """*Så läser du protokollet*, with the real marks."""
    marks = _marks(index)
    blocks: list[Block] = []
    for place, (head, text) in enumerate(READING):
        runs: list[Run] = []
        for mark, word in marks.get(place, []):
            runs += [Run("   ")] if runs else []
            runs.append(Run(word.replace(" ", "\u00a0"), Look.STRONG, mark=mark))
        if runs:
            blocks.append(Paragraph(text=tuple(runs), side=plain(str(head))))
        blocks.append(Paragraph(text=plain(str(text)), side=() if runs else plain(str(head))))
    return Part(anchor="reading", title=_("Så läser du protokollet"), blocks=tuple(blocks))


def contents(index: Index, sections: tuple[Section, ...]) -> tuple[ContentsLine, ...]:
    """Chapters, and stops where they are few."""
    lines = []
    for section in sections:
        lines.append(ContentsLine(level=1, number=section.number, title=section.title, anchor=section.anchor))
        if section.number == "6" and len(index.stops) <= _MOST_STOPS_IN_CONTENTS:
            stops = [part for part in section.parts if part.record]
            lines += [ContentsLine(level=2, number=p.number, title=p.title, anchor=p.anchor) for p in stops]
    return tuple(lines)


def bookmarks(sections: tuple[Section, ...]) -> tuple[Bookmark, ...]:
    """Chapters with their parts and chains under them."""
    marks = []
    for each in sections:
        under = [Bookmark(title=f"{part.number} {part.title}".strip(), anchor=part.anchor) for part in each.parts]
        chains = [block for block in each.blocks if isinstance(block, Chain)]
        under += [Bookmark(title=f"{block.number[0].text} {block.title}", anchor=block.anchor) for block in chains]
        marks.append(Bookmark(title=f"{each.number} {each.title}", anchor=each.anchor, children=tuple(under)))
    return tuple(marks)


def metadata(index: Index, lead: str) -> Metadata:
    """What the file says about itself. Its only date is that of the latest change."""
    walk = walk_words(index)
    area, day = one_line(index.area), day_of(index)
    registry = index.protocol.registry_no.strip() if index.protocol else ""
    title = _("Protokoll: {walk} {area}").format(walk=walk[:1].lower() + walk[1:], area=area)
    when = index.starts.date().isoformat() if index.starts else ""
    name = "-".join(each for each in (file_word(area), when, _("intern"), f"v{index.version}") if each)
    return Metadata(
        title=", ".join(each for each in (title, day) if each),
        author=index.organiser,
        subject=first_sentence(lead),
        keywords=", ".join(each for each in (_("trygghetsvandring"), area, registry) if each),
        language="en-GB" if language() == "en" else "sv-SE",
        creator=index.handed.program,
        date=index.changed,
        file_name=f"{_('protokoll')}-{name}.pdf",
    )
