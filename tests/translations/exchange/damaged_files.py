"""Files as they come back from outside: cut off, in the wrong encoding, made by others, or made to do harm."""

import io
import json
import re
import zipfile

import polib

from translations.exchange.document import Document, Segment
from translations.exchange.files import write

PAGE = "0b6d1a2c-8f0e-4f6e-9d0c-3f0a5a1f2b3c"
CONTEXT = "body.5f1f6f0e-1111-4222-8333-444455556666.value"
SOURCE = 'Das Fest beginnt um <b>10 Uhr</b>, <a id="a1">mehr dazu</a> &amp; <a id="a2">Anfahrt</a>.'
TARGET = 'Свято починається о <b>10 годині</b>, <a id="a1">докладніше</a> &amp; <a id="a2">як дістатися</a>.'
GOOD = Document(
    "uk",
    (Segment(PAGE, CONTEXT, SOURCE, TARGET, "translated"), Segment(PAGE, "title", "Straßenfest")),
    {PAGE: "Straßenfest"},
)

PO, XLIFF_1, XLIFF_2 = (write(GOOD, format=format) for format in ("po", "xliff-1.2", "xliff-2.0"))
HEADER = b'msgid ""\nmsgstr ""\n"Language: uk\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
XML = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def po(*entries: str) -> bytes:
    return HEADER + "\n\n".join(entries).encode()


def entry(msgid: str, msgstr: str, context: str = CONTEXT, before: str = "") -> str:
    return f'{before}msgctxt "{PAGE}:{context}"\nmsgid "{polib.escape(msgid)}"\nmsgstr "{polib.escape(msgstr)}"\n'


def xliff(units: str, *, target: str = "uk", source: str = "de", before: str = "") -> bytes:
    return (
        XML
        + (
            f'{before}<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">'
            f'<file original="{PAGE}" source-language="{source}" target-language="{target}" datatype="html">'
            f"<body>{units}</body></file></xliff>"
        ).encode()
    )


def unit(source: str, target: str | None, context: str = CONTEXT) -> str:
    words = "" if target is None else f"<target>{target}</target>"
    return f'<trans-unit id="1" resname="{context}"><source>{source}</source>{words}</trans-unit>'


def zipped(content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("texts.po", content)
    return file.getvalue()


LAUGHS = '<!DOCTYPE xliff [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE xliff [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'

REFUSED: dict[str, bytes] = {
    "empty": b"",
    "only white space": b" \r\n\t\n",
    "binary": bytes(range(256)) * 40,
    "zip": zipped(PO),
    "compiled catalogue": bytes.fromhex("de120495") + bytes(40),
    "web page": b"<!DOCTYPE html>\n<html><body>Anmelden</body></html>",
    "json": json.dumps({"msgid": "Haus", "msgstr": "Haus"}).encode(),
    "plain text": "Liebe Grüße aus dem Übersetzungsbüro".encode(),
    "name of a file": b"/etc/passwd",
    "eleven megabytes": PO + b"# \n" * 3_700_000,
    "po cut off inside of a string": PO[: PO.index("10 годині".encode())],
    "po with an unescaped quotation mark": po(entry("Haus", "дім").replace('"дім"', '"дім "наш" дім"')),
    "po without msgid": HEADER + b'msgstr "a"\n',
    "po with other lines": po(entry("Haus", "дім"), "<<<<<<< HEAD"),
    "po of another project": HEADER + b'#: views.py:12\nmsgid "Log in"\nmsgstr "x"\n',
    "po with zero bytes": PO.replace(b"10 Uhr", b"10\0Uhr"),
    "po in Latin-1 that says UTF-8": PO.decode().replace(TARGET, "Stra\u00dfe").encode("latin-1", "ignore"),
    "po in an encoding nobody knows": HEADER.replace(b"UTF-8", b"X-KLINGON") + b'msgid "Stra\xdfe"\nmsgstr ""\n',
    "po with an endless line": po(entry("Haus", "х" * 250_000)),
    "po with a text too long": po(entry("Haus", "х" * 100_001)),
    "po with too many texts": po(*(f'msgid "{number}"\nmsgstr ""' for number in range(20_002))),
    "po with strings in a million pieces": po(entry("Haus", "дім") + '"x"\n' * 200_000),
    "xliff cut off": XLIFF_2[: len(XLIFF_2) // 2],
    "xliff in Latin-1 that says UTF-8": XLIFF_1.decode().replace(TARGET, "").encode("latin-1", "xmlcharrefreplace"),
    "xliff with zero bytes": XLIFF_1.replace(b"10 Uhr", b"10\0Uhr"),
    "xliff in an encoding nobody knows": XLIFF_1.replace(b"UTF-8", b"X-KLINGON"),
    "xliff in an encoding of many bytes": XLIFF_1.replace(b"UTF-8", b"Shift_JIS"),
    "xliff in an encoding that is a compression": XLIFF_1.replace(b"UTF-8", b"zlib"),
    "billion laughs": xliff(unit("Haus", "&c;"), before=LAUGHS),
    "external entity": xliff(unit("Haus", "&secret;"), before=OUTSIDE),
    "external document type": xliff(unit("Haus", "x"), before='<!DOCTYPE xliff SYSTEM "http://127.0.0.1/x.dtd">'),
    "undeclared entity": xliff(unit("Haus", "&uuml;")),
    "deep nesting": xliff(unit("Haus", '<g id="1">' * 50_000 + "</g>" * 50_000)),
    "too many elements": xliff(unit("Haus", "<x/>" * 600_000)),
    "too many units": xliff('<trans-unit id="1"><source>a</source></trans-unit>' * 20_001),
    "codes that stand for far more": xliff(
        unit(f'<x id="1" equiv-text="&lt;{"b" * 490}&gt;"/>', '<x id="1"/>' * 100_000)
    ),
    "other xml": XML + b'<feed xmlns="http://www.w3.org/2005/Atom"/>',
    "picture": XML + b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "xliff of a version to come": XLIFF_2.replace(b'version="2.0"', b'version="3.0"'),
    "xliff without texts": xliff(""),
    "xliff from English": xliff(unit("House", "x"), source="en-GB"),
    "xliff into two languages": XLIFF_1.replace(
        b"</xliff>", b'<file original="x" source-language="de" target-language="tr"><body/></file></xliff>'
    ),
}
"""Files in which nothing can be read."""

WRONG_LANGUAGE: dict[str, bytes] = {
    "po into Turkish": PO.replace(b"Language: uk", b"Language: tr"),
    "po without header": entry("Haus", "дім").encode(),
    "xliff 1.2 into Russian": XLIFF_1.replace(b'target-language="uk"', b'target-language="ru"'),
    "xliff 1.2 without its language": XLIFF_1.replace(b' target-language="uk"', b""),
    "xliff 2.0 into French": XLIFF_2.replace(b'trgLang="uk"', b'trgLang="fr-FR"'),
}
"""Files that can be read and are not what was asked for."""

BACK_WITH_FAULTS: dict[str, tuple[bytes, str]] = {
    "duplicate units": (xliff(unit("Straßenfest", "один", "title") + unit("Straßenfest", "два", "title")), "doubled"),
    "duplicate entries": (po(entry("Straßenfest", "один", "title"), entry("Straßenfest", "2", "title")), "doubled"),
    "unknown units": (xliff(unit("Haus", "дім", "intro")), "unknown"),
    "unknown page": (PO.replace(PAGE.encode(), b"00000000-0000-0000-0000-000000000000"), "unknown"),
    "plural entries": (
        po(entry(SOURCE, TARGET), f'msgctxt "{PAGE}:title"\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "один"'),
        "unknown",
    ),
    "missing target": (xliff(unit("Straßenfest", None, "title")), "empty"),
    "target of white space": (po(entry("Straßenfest", " \n", "title")), "empty"),
    "stale source": (xliff(unit("Altes Straßenfest", "Свято", "title")), "stale"),
    "lost link": (po(entry(SOURCE, "Свято <b>о 10</b> &amp; <a id='a2'>шлях</a>")), "damaged"),
    "lost code": (re.sub("<pc [^>]*>докладніше</pc>".encode(), "докладніше".encode(), XLIFF_2), "damaged"),
    "swapped ids": (po(entry(SOURCE, TARGET.replace('"a2"', '"a1"'))), "damaged"),
    "tags around others": (po(entry(SOURCE, TARGET.replace("</b>", "").replace("</a>.", "</a></b>."))), "accepted"),
    "crossed tags": (po(entry(SOURCE, TARGET.replace("</b>, ", ", ").replace("докладніше", "</b>"))), "damaged"),
    "unclosed tags": (po(entry(SOURCE, TARGET.replace("</b>", ""))), "damaged"),
    "added script": (po(entry("Straßenfest", "Свято<script>alert(1)</script>", "title")), "damaged"),
    "script as xml": (xliff(unit("Straßenfest", "Свято<script>alert(1)</script>", "title")), "damaged"),
    "event attribute": (po(entry(SOURCE, TARGET.replace('<a id="a1"', '<a id="a1" onclick="x()"'))), "damaged"),
    "style on a tag": (po(entry(SOURCE, TARGET.replace("<b>", '<b style="position:fixed">'))), "damaged"),
    "comment": (po(entry("Straßenfest", "Свято <!-- ні -->", "title")), "damaged"),
    "tag that never ends": (po(entry("Straßenfest", "Свято <a href=", "title")), "damaged"),
    "control character": (po(entry("Straßenfest", "Свя\x07то", "title")), "damaged"),
    "control character as a code": (xliff(unit("Straßenfest", '<x id="1" ctype="x-cp-0007"/>', "title")), "damaged"),
    "zero as a code": (XLIFF_2.replace("докладніше".encode(), b'<cp hex="0000"/>'), "damaged"),
    "code without a number": (xliff(unit("Straßenfest", "<g>Свято</g>", "title")), "damaged"),
    "foreign element": (xliff(unit("Straßenfest", '<o:p xmlns:o="urn:o">Свято</o:p>', "title")), "damaged"),
    "fuzzy entry": (po(entry("Straßenfest", "Свято", "title", "#, fuzzy\n")), "accepted"),
    "obsolete entry": (po(entry(SOURCE, TARGET), '#~ msgctxt "x"\n#~ msgid "alt"\n#~ msgstr "old"'), "unknown"),
    "windows line ends": (PO.replace(b"\n", b"\r\n"), "accepted"),
    "old mac line ends": (PO.replace(b"\n", b"\r"), "accepted"),
    "byte order mark": (b"\xef\xbb\xbf" + PO, "accepted"),
    "byte order mark before xml": (b"\xef\xbb\xbf" + XLIFF_2, "accepted"),
    "po in utf-16": (PO.decode().encode("utf-16"), "accepted"),
    "xliff in utf-16": (XLIFF_1.replace(b"UTF-8", b"UTF-16").decode().encode("utf-16"), "accepted"),
    "wrong charset in the header": (PO.replace(b"charset=UTF-8", b"charset=ISO-8859-1"), "accepted"),
    "po in windows-1251": (
        PO.replace(b"charset=UTF-8", b"charset=windows-1251").decode().replace("ß", "ss").encode("cp1251"),
        "accepted",
    ),
    "language with its country": (PO.replace(b"Language: uk", b"Language: uk_UA"), "accepted"),
    "wrapped by msgcat": (PO.replace(b'msgid "', b'msgid ""\n"').replace(b'msgstr "', b'msgstr ""\n"'), "accepted"),
    "split by a tool": (
        XLIFF_2.replace(b"</segment>\n</unit>", b"</segment><ignorable><source></source></ignorable></unit>"),
        "accepted",
    ),
    "approved": (
        XLIFF_1.replace(b'<trans-unit id="1"', b'<trans-unit approved="yes" id="1"'),
        "accepted",
    ),
    "name of a file on the first line": (b"# /etc/passwd\n" + PO, "accepted"),
}
"""Files that can be read, with a verdict that is in the report on what came back."""
