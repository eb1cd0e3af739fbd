"""Files of translators, whatever their format: reads them, and writes them."""

import codecs
import re

from django.utils.translation import gettext

from translations.exchange import po, xliff
from translations.exchange.document import (
    CONTEXT,
    MAX_BYTES,
    PAGE,
    STATES,
    UNSPEAKABLE,
    BadFile,
    Document,
    Format,
    bounded,
    too_large,
)


def read(content: bytes, *, filename: str = "") -> Document:
    """The document in the bytes of a file; ``filename`` is only ever shown, never opened. Raises ``BadFile``."""
    if len(content) > MAX_BYTES:
        raise too_large()
    beginning = _beginning(content)
    if not beginning:
        raise BadFile(gettext("The file is empty."))
    if beginning.startswith("PK\x03\x04"):
        raise BadFile(gettext("The file is a ZIP archive. Please unpack it and upload the files inside one by one."))
    if re.match(r"<(!doctype\s+)?html\b", beginning, re.IGNORECASE):
        raise BadFile(gettext("The file is a web page, not a PO or XLIFF file."))
    if beginning.startswith("<"):
        document = xliff.read(content)
    elif po.PRESENT.search(content.replace(b"\0", b"")):
        document = po.read(content)
    else:
        name = " ".join(filename.split())[:100] or gettext("The file")
        raise BadFile(gettext("“%(name)s” is neither a PO nor an XLIFF file.") % {"name": name})
    if not document.segments:
        raise BadFile(gettext("There are no texts in the file."))
    return document


def write(document: Document, *, format: Format) -> bytes:
    """The bytes of a file, which ``read`` turns into an equal document.

    Segments without words come back with the state ``NEW``, titles with single spaces. Raises ``BadFile`` when the
    words are too many, or hold a character that no file can hold; ``ValueError`` for what is no segment at all.
    """
    if not document.segments:
        raise BadFile(gettext("There is nothing to translate."))
    for segment in bounded(document.segments):
        if not (PAGE.fullmatch(segment.page) and CONTEXT.fullmatch(segment.context) and segment.source):
            raise ValueError(f"no segment of a page: {segment.page!r}, {segment.context!r}")
        if not segment.context.isprintable() or segment.state not in STATES:
            raise ValueError(f"no content path, or no state: {segment.context!r}, {segment.state!r}")
        if UNSPEAKABLE.search(segment.source + segment.target):
            values = {"page": document.titles.get(segment.page, segment.page)}
            raise BadFile(gettext("A text of “%(page)s” has a character that no file can hold.") % values)
    if format == "po":
        content = po.write(document)
    else:
        content = xliff.write(document, version="1.2" if format == "xliff-1.2" else "2.0")
    if len(content) > MAX_BYTES:
        raise too_large()
    return content


def _beginning(content: bytes) -> str:
    """The first characters of a file, roughly read: enough to tell what it is."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content[:400].decode("utf-16", errors="ignore").strip()
    return content[:400].removeprefix(codecs.BOM_UTF8).decode("latin-1").strip()
