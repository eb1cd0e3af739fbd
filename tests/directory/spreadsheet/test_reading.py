"""Files as programs write them, and files that are none: rows, or a sentence."""

import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook

from directory.spreadsheet import columns, limits, reading
from directory.spreadsheet.limits import BadSpreadsheet
from directory.spreadsheet.reading import SheetRow


def cells(content: bytes) -> list[list[str]]:
    return [row.cells for row in reading.read(content)]


def workbook(*rows: list[object], change: Callable[[Workbook], None] = lambda book: None) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def repacked(content: bytes, /, **parts: bytes) -> bytes:
    """The archive with some of its parts replaced; a double underscore stands for a slash."""
    replaced = {name.replace("__", "/") + ".xml": part for name, part in parts.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, replaced.get(name, old.read(name)))
    return buffer.getvalue()


# CSV


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_csv_of_every_program(encoding: str, delimiter: str, end: str) -> None:
    text = f"Name{delimiter}Straße{end}Brücke{delimiter}Lange Straße 1{end}"
    assert cells(text.encode(encoding)) == [["Name", "Straße"], ["Brücke", "Lange Straße 1"]]


def test_line_breaks_and_quotation_marks_in_cells() -> None:
    assert cells(b'Name;Angebote\r\n"A ""B""";"Mo;\r\nDi"\r\n') == [["Name", "Angebote"], ['A "B"', "Mo;\nDi"]]


def test_excel_may_name_the_delimiter() -> None:
    assert cells(b"sep=,\r\nName,Ort\r\nA;B,C\r\n") == [["Name", "Ort"], ["A;B", "C"]]


def test_one_name_a_line_is_a_list() -> None:
    assert cells(b"Verein A\nVerein B e.V.\n") == [["Verein A"], ["Verein B e.V."]]


def test_empty_lines_count_and_are_left_out() -> None:
    assert reading.read(b"Name;Ort\n\n;;\nA;B\n") == [SheetRow(1, ["Name", "Ort"]), SheetRow(4, ["A", "B"])]


def test_short_rows_are_filled_up() -> None:
    assert cells(b"Name;Ort\nA\n") == [["Name", "Ort"], ["A", ""]]


# Lists as offices keep them


@pytest.mark.parametrize(
    "above",
    [
        "Integrationsvereine der Stadt\n",
        "Vereine, Gruppen, Verbände (Stand: 1.3.2026)\n\n",
        '"Liste, vertraulich";;\n;;Stand\n',
    ],
)
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_titles_may_stand_above_the_headings(above: str, delimiter: str) -> None:
    above = above.replace(";", delimiter)
    text = f"{above}Lfd. Nr.{delimiter}Name{delimiter}Ort\n1{delimiter}Brücke, Haspe{delimiter}Hagen\n".encode()
    assert cells(text) == [["Lfd. Nr.", "Name", "Ort"], ["1", "Brücke, Haspe", "Hagen"]]
    assert reading.read(text)[-1].number == text.count(b"\n")


@pytest.mark.parametrize(
    ("heading", "line", "shown"),
    [
        ("Name;Straße;Nr.", "A;Lange Str.;12 a", [["Name", "Straße Nr."], ["A", "Lange Str. 12 a"]]),
        ("Name;Straße;Nr.", "A;Lange Str. 12;12", [["Name", "Straße Nr."], ["A", "Lange Str. 12"]]),
        ("Name;Straße;Nr.", "A;;12", [["Name", "Straße Nr."], ["A", ""]]),
        ("Hausnr.;Name;Straße", "7;A;Lange Str.", [["Name", "Straße Hausnr."], ["A", "Lange Str. 7"]]),
        ("Nr.;Name;Straße", "7;A;Lange Str. 1", [["Nr.", "Name", "Straße"], ["7", "A", "Lange Str. 1"]]),
        ("Name;PLZ/Ort", "A;58095 Hagen", [["Name", "PLZ", "Ort"], ["A", "58095", "Hagen"]]),
        ("Name;PLZ, Ort", "A;D-58095 Hagen", [["Name", "PLZ", "Ort"], ["A", "58095", "Hagen"]]),
        ("Name;PLZ und Ort", "A;Hagen", [["Name", "PLZ", "Ort"], ["A", "", "Hagen"]]),
        (
            "Name;Anschrift;Tel.",
            "A;Lange Str. 1, 58095 Hagen;1",
            [["Name", "Anschrift", "Tel.", "PLZ", "Ort"], ["A", "Lange Str. 1", "1", "58095", "Hagen"]],
        ),
        ("Name;Anschrift", "A;Lange Str. 1", [["Name", "Anschrift"], ["A", "Lange Str. 1"]]),
        ("Name;Adresse;Ort", "A;Weg 1, 58095 Hagen;", [["Name", "Adresse", "Ort"], ["A", "Weg 1, 58095 Hagen", ""]]),
    ],
)
def test_one_fact_a_column(heading: str, line: str, shown: list[list[str]]) -> None:
    assert cells(f"{heading}\n{line}\n".encode()) == shown
    assert "" not in columns.guess(shown[0])


# XLSX


def test_a_workbook_is_read_as_people_see_it() -> None:
    content = workbook(["Name", "PLZ", "Tel", "ja"], ["Brücke", 58095, 2331.0, True], [None, None, None, None], ["B"])
    assert reading.read(content) == [
        SheetRow(1, ["Name", "PLZ", "Tel", "ja"]),
        SheetRow(2, ["Brücke", "58095", "2331", "True"]),
        SheetRow(4, ["B", "", "", ""]),
    ]


def test_a_formula_is_not_calculated() -> None:
    assert cells(workbook(["Name", "x"], ["A", "=1+1"])) == [["Name", "x"], ["A", ""]]


def test_only_the_first_sheet_is_read() -> None:
    content = workbook(["Name"], change=lambda book: book.create_sheet("Zweites").append(["Geheim"]))
    assert cells(content) == [["Name"]]


def test_a_hidden_first_sheet_is_not_read() -> None:
    def hide(book: Workbook) -> None:
        book.create_sheet("Liste").append(["Name"])
        book.worksheets[0].sheet_state = "hidden"

    assert cells(workbook(["Geheim"], change=hide)) == [["Name"]]


def test_several_sheets_of_organisations_are_asked() -> None:
    content = workbook(["Vereinsname"], ["A"], change=lambda book: book.create_sheet("Alt").append(["Name"]))
    assert [found.name for found in reading.readings(content)] == ["Sheet", "Alt"]


# ODS


def opendocument(
    tables: str, *, styles: str = "", mimetype: str = "application/vnd.oasis.opendocument.spreadsheet"
) -> bytes:
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", mimetype)
        archive.writestr(
            "content.xml",
            f"<office:document-content{names}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
            f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
        )
    return buffer.getvalue()


def ods_row(*texts: str, more: str = "") -> str:
    inside = "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in texts)
    return f"<table:table-row>{inside}{more}</table:table-row>"


def ods_table(*rows: str, name: str = "Liste", style: str = "ta1") -> str:
    return f'<table:table table:name="{name}" table:style-name="{style}">{"".join(rows)}</table:table>'


FAR = (
    '<table:table-row table:number-rows-repeated="1048576">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)


def test_a_list_of_libreoffice_is_read() -> None:
    remark = (
        "<table:table-cell><office:annotation><text:p>Notiz</text:p></office:annotation>"
        "<text:p>a<text:s text:c='2'/>b<text:line-break/>c</text:p></table:table-cell>"
    )
    twice = '<table:table-cell table:number-columns-repeated="2"><text:p>x</text:p></table:table-cell>'
    content = opendocument(ods_table(ods_row("Name", "Ort"), ods_row("Brücke", more=remark), ods_row(more=twice), FAR))
    assert cells(content) == [["Name", "Ort"], ["Brücke", "a  b\nc"], ["x", "x"]]


def test_a_hidden_sheet_of_libreoffice_is_not_read() -> None:
    hidden = '<style:style style:name="ta0"><style:table-properties table:display="false"/></style:style>'
    tables = ods_table(ods_row("Geheim"), style="ta0") + ods_table(ods_row("Name"), ods_row("A"))
    assert cells(opendocument(tables, styles=hidden)) == [["Name"], ["A"]]


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'

NOT_READ = {
    "empty": b"",
    "blank": b" \n;;\n",
    "picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "pdf": b"%PDF-1.7\nhello",
    "web page": b"<!DOCTYPE html><html><body>Name;Ort</body></html>",
    "json": b'{"name": "A"}',
    "old excel": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
    "zip": b"PK\x03\x04" + bytes(100),
    "null characters": b"Name;Ort\nA\0;B\n",
    "broken utf-16": b"\xff\xfeN",
    "open quotation": b'Name;Ort\n"A;B\n',
    "too many rows": b"Name\n" + b"A\n" * (limits.MAX_ROWS + 1),
    "too many columns": b";".join([b"a"] * (limits.MAX_COLUMNS + 1)),
    "too long a cell": b"Name\n" + b"a" * (limits.MAX_CELL + 1),
    "too many bytes": b"a" * (limits.MAX_BYTES + 1),
    "bomb of entities": repacked(workbook(["Name"]), xl__workbook=BOMB),
    "entity from outside": repacked(workbook(["Name"]), xl__worksheets__sheet1=OUTSIDE),
    "bomb of zeros": repacked(workbook(["Name"]), xl__worksheets__sheet1=b" " * (limits.MAX_UNPACKED + 1)),
    "cut off": workbook(["Name"], ["A"])[:-300],
    "bomb of entities in ods": repacked(opendocument(""), content=BOMB),
    "entity from outside in ods": repacked(opendocument(""), content=OUTSIDE),
    "text of libreoffice": opendocument("", mimetype="application/vnd.oasis.opendocument.text"),
    "ods without sheets": opendocument(""),
    "ods with an odd number": opendocument(ods_table("<table:table-row table:number-rows-repeated='x'/>")),
    "other archive": repacked(workbook(["Name"]), xl__workbook=b"<x/>"),
}


@pytest.mark.parametrize("name", NOT_READ)
def test_what_is_no_spreadsheet_is_said_in_a_sentence(name: str) -> None:
    with pytest.raises(BadSpreadsheet) as error:
        reading.read(NOT_READ[name])
    assert len(error.value.sentence) > 15


def test_many_sheets_of_rows_far_down_take_no_memory() -> None:
    def far(book: Workbook) -> None:
        book.active.cell(1_048_576, 1).value = "unten"

    assert cells(workbook(["Name"], ["A"], change=far)) == [["Name"], ["A"]]


# Any bytes


WHOLE = workbook(["Name", "Ort"], ["A", "B"])


@given(st.binary(max_size=300))
@example(b"\xff\xfe\x00\xd8")
@example(b"\xef\xbb\xbf")
def test_any_bytes_give_rows_or_a_sentence(content: bytes) -> None:
    read_or_told(content)


@given(st.text(max_size=200).map(lambda text: text.encode("utf-8", errors="surrogatepass")))
def test_any_text_gives_rows_or_a_sentence(content: bytes) -> None:
    read_or_told(content)


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=8))
def test_any_damage_to_a_workbook_gives_rows_or_a_sentence(place: int, damage: bytes) -> None:
    read_or_told(WHOLE[:place] + damage + WHOLE[place + len(damage) :])


@given(
    st.sampled_from(["xl__workbook", "xl__worksheets__sheet1", "xl__sharedStrings", "xl__styles"]), st.text(max_size=60)
)
def test_any_xml_in_a_workbook_gives_rows_or_a_sentence(part: str, text: str) -> None:
    read_or_told(repacked(WHOLE, **{part: f"<x>{text}</x>".encode(errors="replace")}))


def read_or_told(content: bytes) -> None:
    try:
        rows = reading.read(content)
    except BadSpreadsheet as error:
        assert error.sentence
    else:
        assert rows
        assert len({len(row.cells) for row in rows}) == 1
