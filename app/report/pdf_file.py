"""The file around the pages: catalogue, metadata, outline, and writing it object by object.

One file is PDF/UA-1 and PDF/A-2a at once. Nothing in it says when it was made: its dates are the protocol's own, its
id is the digest of its bytes, so equal input gives equal bytes.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import reportlab
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

from app.base.files import Sink
from app.report.furniture import Bookmark, Metadata
from app.report.pdf_canvas import Canvas
from app.report.pdf_fonts import Stream
from app.report.pdf_objects import reference, text_string

_PROFILE = Path(__file__).parents[2] / "resources" / "icc" / "srgb.icc"
_PRODUCER = f"ReportLab {reportlab.Version}"
_NOT_IN_XML = {
    **dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF)),
    # Half a pair of surrogates, of which no byte can be made, is what the pages show for it.
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Keywords>{keywords}</pdf:Keywords><pdf:Producer>{producer}</pdf:Producer>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>{dates}
<pdfuaid:part>1</pdfuaid:part><pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def write(canvas: Canvas, metadata: Metadata, bookmarks: Sequence[Bookmark], out: Sink) -> Iterator[int]:
    """Write the file of a canvas whose last page is closed, object by object: yields the number of each.

    Raises what reading a picture raises; then `out` holds half a file."""
    canvas.register_resources()
    catalogue = canvas.objects.add(_catalogue(canvas, metadata, bookmarks))
    info = canvas.objects.add(_info(metadata))
    return canvas.objects.write(catalogue, info, out)


def _catalogue(canvas: Canvas, metadata: Metadata, bookmarks: Sequence[Bookmark]) -> PDFDictionary:
    objects = canvas.objects
    profile = objects.add(Stream(_PROFILE.read_bytes(), {"N": 3}))
    intent = {
        "Type": PDFName("OutputIntent"),
        "S": PDFName("GTS_PDFA1"),
        "OutputConditionIdentifier": text_string("sRGB"),
        "Info": text_string("sRGB IEC61966-2.1"),
        "DestOutputProfile": profile,
    }
    description = {"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}
    entries: dict[str, Any] = {
        "Type": PDFName("Catalog"),
        "Pages": reference("Pages"),
        "Lang": text_string(metadata.language),
        "MarkInfo": PDFDictionary({"Marked": "true"}),
        "StructTreeRoot": canvas.tree.write(objects),
        "ViewerPreferences": PDFDictionary({"DisplayDocTitle": "true"}),
        "Metadata": objects.add(Stream(_xmp(metadata), description, packed=False)),
        "OutputIntents": PDFArray([PDFDictionary(intent)]),
        "PageLabels": PDFDictionary({"Nums": PDFArray([0, PDFDictionary({"S": PDFName("D")})])}),
    }
    if bookmarks:
        entries["Outlines"] = _outline(canvas, bookmarks)
        entries["PageMode"] = PDFName("UseOutlines")
    return PDFDictionary(entries)


def _outline(canvas: Canvas, bookmarks: Sequence[Bookmark]) -> Any:
    root = PDFDictionary({"Type": PDFName("Outlines"), "Count": len(bookmarks)})
    own = canvas.objects.add(root, "Outlines")
    root["First"], root["Last"] = _entries(canvas, bookmarks, own, "Outline")
    return own


def _entries(canvas: Canvas, bookmarks: Sequence[Bookmark], parent: Any, path: str) -> tuple[Any, Any]:
    """Add the entries of one level and those below it, closed; returns the first and the last."""
    names = [f"{path}.{index}" for index in range(len(bookmarks))]
    for index, (bookmark, name) in enumerate(zip(bookmarks, names, strict=True)):
        entry = PDFDictionary(
            {"Title": text_string(bookmark.title), "Parent": parent, "Dest": canvas.destination(bookmark.anchor)}
        )
        own = canvas.objects.add(entry, name)
        if index:
            entry["Prev"] = reference(names[index - 1])
        if index < len(names) - 1:
            entry["Next"] = reference(names[index + 1])
        if bookmark.children:
            entry["Count"] = -len(bookmark.children)
            entry["First"], entry["Last"] = _entries(canvas, bookmark.children, own, name)
    return reference(names[0]), reference(names[-1])


def _info(metadata: Metadata) -> PDFDictionary:
    words = {
        "Title": metadata.title,
        "Author": metadata.author,
        "Subject": metadata.subject,
        "Keywords": metadata.keywords,
        "Creator": metadata.creator,
        "Producer": _PRODUCER,
    }
    entries = {key: text_string(value) for key, value in words.items() if value}
    if metadata.date:
        entries["CreationDate"] = entries["ModDate"] = text_string(_pdf_date(metadata.date))
    return PDFDictionary(entries)


def _pdf_date(moment: datetime) -> str:
    offset = moment.strftime("%z") or "+0000"
    return f"D:{moment:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:5]}'"


def _xmp(metadata: Metadata) -> bytes:
    dates = ""
    if metadata.date:
        moment = metadata.date.isoformat(timespec="seconds")
        dates = "".join(f"<xmp:{kind}Date>{moment}</xmp:{kind}Date>" for kind in ("Create", "Modify"))
    words = {name: escape(getattr(metadata, name).translate(_NOT_IN_XML)) for name in _WORDS}
    return _XMP.format(producer=_PRODUCER, dates=dates, **words).encode()


_WORDS: tuple[str, ...] = ("title", "author", "subject", "keywords", "language", "creator")
