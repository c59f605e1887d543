"""A document with everything that a protocol can hold, as large as one asks: for the tests of the pages."""

import hashlib
import io
from datetime import UTC, datetime
from random import Random

from PIL import Image

from app.report.document import (
    Bullets,
    Cell,
    Chain,
    ChainRow,
    Column,
    Cover,
    Document,
    DrawingFigure,
    Halves,
    KeyFigures,
    Layout,
    Look,
    Mark,
    MarkKind,
    ObservationItem,
    Observations,
    Paragraph,
    Part,
    PhotoFigure,
    PhotoLine,
    Photos,
    Row,
    Run,
    Scale,
    Section,
    Style,
    Table,
    Voice,
    plain,
)
from app.report.furniture import Bookmark, ContentsLine, Furniture, Metadata
from app.report.shapes import Anchor, Clipped, Disc, Drawing, Label, Line, Picture, Polygon, box

ARABIC = "النفق مظلم (80 سم) ولا يوجد ضوء، Brunngatan 12."
EMOJI = "Mörkt 👩🏽‍🚒 och ❤️ 🇸🇪 ☂ → Čáčcerohttu ŋ ŧ"
UNKNOWN = "ሰላም 漢字 שלום"
LONG = (
    "Tunnelmynningen är mörk och väggarna är grå, så man ser inte in i tunneln förrän man är framme. "
    "Gatubelysningen behöver projekteras om, och trygghetssamordnaren återkommer med besked. "
)
TEXTS = (
    LONG,
    ARABIC,
    EMOJI,
    UNKNOWN,
    "Kort.",
    LONG * 2,
    "”Citat” – 14\u00a0% ±\u00a06\u00a0m, F\u20112026\u201111873 & <b>inte fet</b>",
)
ASPECTS = ((4, 3), (3, 4), (16, 9), (1, 1), (5, 2))


def identity(*words: object) -> str:
    """A record's id."""
    return hashlib.sha256(repr(words).encode()).hexdigest()[:32]


class Pictures:
    """Small JPEGs made when they are asked for. `padding`: bytes after each, to make files as large as real ones."""

    def __init__(self, padding: int = 0) -> None:
        self._padding = padding
        self._cache: dict[tuple[int, int], bytes] = {}

    def __call__(self, key: str) -> bytes:
        width, height = (int(part) for part in key.split("x")[:2])
        if (width, height) not in self._cache:
            out = io.BytesIO()
            Image.linear_gradient("L").resize((width * 40, height * 40)).convert("RGB").save(out, "JPEG", quality=60)
            self._cache[width, height] = out.getvalue()
        return self._cache[width, height] + key.encode() + Random(key).randbytes(self._padding)


def document(stops: int = 3, per_stop: int = 4, photos_per_stop: int = 4) -> Document:
    """A protocol of so many places, observations and photos."""
    sections = (
        _summary(),
        _section("2", "Bakgrund", Layout.MAIN, blocks=tuple(_paragraphs())),
        _map(),
        _places(stops, per_stop, photos_per_stop),
        _good(),
        _measures(stops, per_stop),
        _analysis(stops),
        _appendix(),
    )
    return Document(
        metadata=_metadata(),
        furniture=_furniture(),
        cover=_cover(),
        contents=tuple(ContentsLine(level=1, number=s.number, title=s.title, anchor=s.anchor) for s in sections),
        reading=Part(anchor="reading", title="Så läser du protokollet", blocks=_reading()),
        sections=sections,
        bookmarks=tuple(
            Bookmark(
                title=f"{section.number} {section.title}",
                anchor=section.anchor,
                children=tuple(Bookmark(title=part.title, anchor=part.anchor) for part in section.parts),
            )
            for section in sections
        ),
    )


def _section(number: str, title: str, layout: Layout, **more: object) -> Section:
    return Section(number=number, title=title, anchor=f"section-{number}", layout=layout, **more)  # type: ignore[arg-type]


def _metadata() -> Metadata:
    return Metadata(
        title="Protokoll: trygghetsvandring Östra & Västra, 23 oktober 2026",
        author="Exempelkommunen",
        subject="Tjugo personer gick <en> vandring.",
        keywords="trygghetsvandring, Östra",
        language="sv-SE",
        creator="Gatljus 1",
        date=datetime(2026, 11, 9, 14, 30, tzinfo=UTC),
        file_name="protokoll.pdf",
    )


def _furniture() -> Furniture:
    return Furniture(
        header_left="Trygghetsvandring Järnvägstorget–Kajsaniemi–Medborgartorget, 23 oktober 2026",
        header_left_short="Trygghetsvandring Järnvägstorget–…, 23 oktober 2026",
        header_right="Dnr TS 2026/0417 · Arbetsmaterial, version 2",
        warning="Arbetsmaterial, får ändras",
        footer_left="Exempelkommunen · Trygghetssamordningen",
        footer_middle="Intern version – innehåller personuppgifter",
        page="Sida\u00a0{page}\u00a0av\u00a0{pages}",
        contents="Innehåll",
        continued="forts.",
    )


def _cover() -> Cover:
    return Cover(
        organisation="Exempelkommunen",
        unit="Trygghetssamordningen",
        logo="4x3xlogo",
        logo_alt="Exempelkommunen, logotyp",
        state=((Run("Arbetsmaterial", Look.STRONG), Run(", version\u00a02")), plain("Dnr\u00a0TS\u00a02026/0417")),
        kind="Protokoll från trygghetsvandring",
        title="Järnvägstorget, Kajsaniemi och Medborgartorget",
        when="Fredagen den 23 oktober 2026, kl.\u00a018.05–20.10",
        map=_drawing(210, 135),
        columns=(
            ("Ändrad senast", ("Trygghetssamordnaren", "9 november 2026")),
            ("Intern version", ("Får inte publiceras.",)),
            ("Frågor", ("trygghet@exempelkommunen.se",)),
        ),
        attribution="Karta: © OpenStreetMap contributors",
    )


def _drawing(width: float, height: float) -> Drawing:
    shapes = (
        Polygon(points=box(0, 0, width, height), fill="outside"),
        Picture(corner=(5, 5), width=width / 2, height=height / 2, key="16x9xmap"),
        Line(points=((10, 10), (40, 30), (80, 20)), width=2.4, colour="white"),
        Line(points=((10, 10), (40, 30), (80, 20)), width=1.1, colour="accent", dash=(2, 1.5)),
        Disc(centre=(10, 10), radius=2.9, fill="ink", stroke="white", stroke_width=0.45),
        Label(at=(10, 11), text="1", size=3, colour="white", strong=True, anchor=Anchor.MIDDLE),
        Label(at=(14, 11), text=f"Östra {ARABIC[:5]} 😀", size=2.95, strong=True, halo=1.25),
        Clipped(corner=(0, 0), width=20, height=20, shapes=(Disc(centre=(20, 20), radius=9, fill="#123456"),)),
        Polygon(points=box(2, height - 8, 30, 6), fill="white", opacity=0.92),
    )
    return Drawing(width=width, height=height, shapes=shapes)


def _marks() -> tuple[Run, ...]:
    marks = [Mark(MarkKind.SEVERITY, value) for value in "01234"] + [Mark(MarkKind.PRIORITY, value) for value in "ABCD"]
    states = ("new", "handed_over", "planned", "in_progress", "done", "checked", "rejected", "dormant")
    marks += [Mark(MarkKind.STATUS, value) for value in states] + [Mark(MarkKind.LAMP, "")]
    return tuple(run for mark in marks for run in (Run(mark.value or "ljus", Look.STRONG, mark=mark), Run("   ")))


def _reading() -> tuple[Paragraph, ...]:
    return (Paragraph(text=plain(LONG), side=plain("Nummer")), Paragraph(text=_marks(), side=plain("Märken")))


def _paragraphs() -> list[Paragraph]:
    found = [
        Paragraph(text=plain(text), side=plain("Så gick det till") if index == 1 else ())
        for index, text in enumerate(TEXTS)
    ]
    english = Run("A safety walk is a way of examining a place together.", language="en")
    web = Run("https://exempelkommunen.se/trygghet/vandringar", link="https://exempelkommunen.se/")
    inner = Run(
        "avsnitt\u00a06, som har en lång länk över flera rader i det här stycket", Look.STRONG, link="section-6"
    )
    return [*found, Paragraph(text=(Run("Läs mer på "), web, Run(" och i "), inner, Run(". "), english))]


def _summary() -> Section:
    figures = KeyFigures(
        figures=(
            ("9", "platser"),
            ("30", "iakttagelser"),
            ("5", "är bra och ska värnas"),
            ("1", "akut"),
            ("14", "åtgärder"),
        )
    )
    columns = (
        Column("Nr", 13, row_head=True, whole=True),
        Column("Åtgärd", 62),
        Column("Ansvarig", 38, whole=True),
        Column("Antal", 28, numeric=True),
    )
    rows = tuple(
        Row(
            tuple(Cell((plain(text),)) for text in (f"{n}.1", LONG[:60], "Samhällsbyggnads\u00adförvaltningen", str(n)))
        )
        for n in range(4)
    )
    left = (
        Paragraph(text=plain("Vad det handlar om"), style=Style.HEADING3),
        DrawingFigure(drawing=_drawing(80, 50), alt="Stapeldiagram. Belysning 6.", title="Figur 1. Antal"),
    )
    right = (
        Paragraph(text=plain("Det här behöver beslut"), style=Style.HEADING3),
        Bullets(items=(plain(LONG[:80]), plain("Ljus."))),
    )
    blocks = (
        Paragraph(text=plain(LONG), style=Style.LEAD),
        figures,
        Table(columns=columns, rows=rows),
        Halves(left=left, right=right, tinted=True),
    )
    return _section("1", "Sammanfattning", Layout.FULL, new_page=True, one_page=True, blocks=blocks)


def _map() -> Section:
    figure = DrawingFigure(
        drawing=_drawing(170, 100), alt="Karta. Rutten går genom tre platser.", below=(plain("Skala 1:3 750"),)
    )
    return _section("5", "Karta", Layout.FULL, new_page=True, blocks=(figure,))


def photo(*words: object) -> PhotoFigure:
    """A photo whose shape follows from its name."""
    width, height = ASPECTS[sum(map(ord, repr(words))) % len(ASPECTS)]
    return PhotoFigure(
        record=identity("photo", *words),
        number="1.1",
        picture=f"{width}x{height}x{identity(*words)}",
        width=width * 400,
        height=height * 400,
        alt=f"Lucka på stolpe {words[-1]} står öppen och kablar hänger ut.",
        caption=(
            Run("Foto\u00a01.1.", Look.STRONG),
            Run(f" {LONG[:50]}. "),
            Run("Kl.\u00a018.50, läge från kamerans gps, ±\u00a04\u00a0m.", Look.SECONDARY),
        ),
    )


def _places(stops: int, per_stop: int, photos_per_stop: int) -> Section:
    parts = []
    for stop in range(1, stops + 1):
        items = tuple(photo("stop", stop, index) for index in range(photos_per_stop - stop % 2))
        lost = PhotoLine(
            record=identity("lost", stop),
            number="1.9",
            text=(Run("Foto\u00a01.9", Look.STRONG), Run(" kan inte visas.")),
        )
        blocks = (
            Paragraph(text=plain("Gångtunnel · mörker"), style=Style.META),
            Scale(
                label="Upplevd trygghet",
                value=1 + stop % 4 * 0.9,
                text=(Run("2,1\u00a0av\u00a04", Look.STRONG), Run(" · ganska otrygg")),
            ),
            Photos(items=(*items, lost)),
            Voice(text="”Så mörkt är det jämt.”", signed=f"boende, B · foto\u00a0{stop}.1"),
            Observations(items=tuple(_observation(stop, index) for index in range(1, per_stop + 1))),
        )
        record = identity("stop", stop)
        parts.append(
            Part(anchor=record, record=record, number=str(stop), title=f"Plats {stop}, tunnelns mynning", blocks=blocks)
        )
    return _section("6", "Platser och iakttagelser", Layout.MAIN, new_page=True, parts=tuple(parts))


def _observation(stop: int, index: int) -> ObservationItem:
    severity = str((stop + index) % 5)
    measure = Run(f"Åtgärd\u00a0{stop}.{index}", Look.STRONG, link=identity("measure", stop, index))
    return ObservationItem(
        record=identity("observation", stop, index),
        number=f"{stop}.{index}",
        mark=(Run("Märkbar", Look.STRONG, mark=Mark(MarkKind.SEVERITY, severity)),),
        text=plain(TEXTS[index % len(TEXTS)]),
        voices=(Voice(text="”När jag väl är inne finns det ingen annan väg ut.”", signed="boende, A"),)
        if index % 3 == 0
        else (),
        details=((Run("Belysningspunkt: stolpe\u00a030417"),),) if index % 2 else (),
        meta=(Run("Belysning · noterat av 12 · ", Look.SECONDARY), measure),
        notice=(Run("Felanmäld kl.\u00a018.52", Look.RED), Run(", ärende F\u20112026\u201111873. "))
        if index % 4 == 0
        else (),
        notes=((Run("Ej avgjort. ", Look.ITALIC), Run("A säger 3, B säger 2.")),) if index % 5 == 0 else (),
    )


def _good() -> Section:
    items = tuple(photo("good", index) for index in range(7))
    return _section(
        "7",
        "Trygga platser",
        Layout.FULL,
        new_page=True,
        blocks=(Paragraph(text=plain(LONG)), Photos(items=items, full=True, first_alone=True)),
    )


def _measures(stops: int, per_stop: int) -> Section:
    widths = (
        ("Nr", 13),
        ("Plats och ämne", 29),
        ("Iakttagelse", 43),
        ("Noterat av", 19),
        ("Åtgärd", 50),
        ("Ansvarig", 35),
        ("Klart senast", 27),
        ("Status", 45),
    )
    columns = tuple(
        Column(head, width, row_head=not index, whole=index in (0, 5, 6)) for index, (head, width) in enumerate(widths)
    )
    rows = tuple(_measure(stop, index) for stop in range(1, stops + 1) for index in range(1, per_stop + 1))
    band = (Run("Kort sikt", Look.STRONG, mark=Mark(MarkKind.PRIORITY, "B")), Run("  Drift, ingen projektering."))
    table = Table(columns=columns, rows=rows, band=band, caption="Tabell 3. Åtgärder", dense=True)
    part = Part(anchor="list-8.2", title="8.2 Enklare åtgärder (kort sikt)", blocks=(table,))
    return _section("8", "Åtgärdslista", Layout.LANDSCAPE, new_page=True, parts=(part,))


def _measure(stop: int, index: int) -> Row:
    alone = Mark(MarkKind.PRIORITY, "B", spoken="prioritet B, kort sikt")
    cells = (
        Cell(((Run(f"{stop}.{index}", Look.STRONG),), (Run("", mark=alone),))),
        Cell((plain("Kajsagränden"), (Run("Belysning", Look.SECONDARY),))),
        Cell(((Run(TEXTS[index % len(TEXTS)], link=identity("observation", stop, index)),),)),
        Cell((plain("12"),)),
        Cell((plain(LONG),)),
        Cell((plain("Gatu\u00adförvaltningen"),)),
        Cell((plain("beslut"), plain("31\u00a0mar\u00a02027"))),
        Cell(((Run("Planerad", Look.STRONG, mark=Mark(MarkKind.STATUS, "planned")), Run(" 4\u00a0nov\u00a02026")),)),
    )
    return Row(cells, record=identity("measure", stop, index))


def _analysis(stops: int) -> Section:
    chains = tuple(
        Chain(
            anchor=f"chain-{stop}",
            number=(Run(f"{stop}.1", link=identity("measure", stop, 1)),),
            title="Tunneln känns otrygg",
            rows=tuple(
                ChainRow(label, (plain(LONG), (Run("drift", Look.SECONDARY),)), measure=label == "Åtgärd")
                for label in ("Problem", "Orsak på platsen", "Åtgärd", "Väntad effekt")
            ),
        )
        for stop in range(1, stops + 1)
    )
    return _section("11", "Analys", Layout.MAIN, new_page=True, blocks=(Paragraph(text=plain(LONG)), *chains))


def _appendix() -> Section:
    items = tuple(photo("rest", index) for index in range(9))
    columns = (Column("Punkt", 16, row_head=True), Column("Fråga", 88), Column("Antal", 24, numeric=True))
    rows = tuple(
        Row(tuple(Cell((plain(text),)) for text in (f"A{index}", TEXTS[index % len(TEXTS)], str(index))))
        for index in range(40)
    )
    parts = (
        Part(anchor="appendix-A", title="Bilaga A. Metod", blocks=(Paragraph(text=plain(LONG * 30)),)),
        Part(anchor="appendix-E", title="Bilaga E. Fler foton", blocks=(Photos(items=items),)),
        Part(
            anchor="appendix-F",
            title="Bilaga F. Checklista",
            blocks=(Table(columns=columns, rows=rows, band=(Run("A  Belysning", Look.STRONG),)),),
        ),
    )
    return _section("15", "Bilagor", Layout.MAIN, new_page=True, parts=parts)
