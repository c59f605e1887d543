"""The numbered objects of one file, and writing them one by one.

reportlab's document keeps the numbers; the file is not put together in memory but written as it is formatted.
"""

import hashlib
import re
from collections.abc import Iterator

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDocument, PDFObject, PDFObjectReference, PDFString

from app.base.files import Sink
from app.report.fonts import MISSING

_HALF_PAIR = re.compile("[\ud800-\udfff]")
_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def text_string(text: str) -> PDFString:
    """A text of the file: a title, a bookmark, what a picture shows. Half a pair of surrogates, of which no byte can be
    made, is what the pages show for it."""
    return PDFString(_HALF_PAIR.sub(MISSING, text))


def reference(name: str) -> PDFObjectReference:
    """A reference to the object of that name, which may be added later."""
    return PDFObjectReference(name)


class Objects:
    """Objects by name, numbered in the order they are added."""

    def __init__(self) -> None:
        self._document = PDFDocument(compression=1, invariant=1)

    def add(self, thing: PDFObject, name: str = "") -> PDFObjectReference:
        """Number an object; returns the reference to it. Raises ValueError for a name that is taken."""
        found: PDFObjectReference = self._document.Reference(thing, name or None)  # type: ignore[no-untyped-call]
        return found

    def write(self, root: PDFObjectReference, info: PDFObjectReference, out: Sink) -> Iterator[int]:
        """Write the file. Yields the number of every object once it is written; each is then let go of.

        The file's id is the digest of its bytes. Raises what formatting an object raises; then half a file is out."""
        document, numbers = self._document, self._document.numberToId
        digest = hashlib.md5(usedforsecurity=False)
        place = 0

        def put(data: bytes) -> None:
            nonlocal place
            out.write(data)
            digest.update(data)
            place += len(data)

        put(_HEAD)
        number = 1
        while name := numbers.get(number):
            document.idToOffset[name] = place
            put(pdfdoc.PDFIndirectObject(name, document.idToObject[name]).format(document))
            document.idToObject[name] = _WRITTEN
            yield number
            number += 1
        crossings = pdfdoc.PDFCrossReferenceTable()
        crossings.addsection(0, list(numbers.values()))
        start = place
        put(crossings.format(document))
        identity = f"<{digest.hexdigest()}>"
        trailer = pdfdoc.PDFTrailer(start, number, Root=root, Info=info, ID=PDFArray([identity, identity]))
        out.write(trailer.format(document))


_WRITTEN = PDFObject()
