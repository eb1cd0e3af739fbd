"""XLIFF 1.2 and 2.0: what goes out comes back, and translation tools see tags as tags."""

from collections.abc import Iterator
from typing import Literal
from xml.dom import minidom

import pytest
from django.utils import translation
from hypothesis import given

from tests.translations.exchange.damaged_files import GOOD, PAGE, SOURCE, XLIFF_1, XLIFF_2, unit, xliff
from tests.translations.exchange.test_po import documents
from translations.exchange.document import BadFile, Document, Segment
from translations.exchange.files import read, write


@pytest.fixture(autouse=True)
def in_english(fresh_start: None) -> Iterator[None]:
    """The sentences are compared as they stand in the code."""
    with translation.override("en"):
        yield


FORMATS = ("xliff-1.2", "xliff-2.0")
Xliff = Literal["xliff-1.2", "xliff-2.0"]


def root_of(content: bytes) -> minidom.Element:
    return minidom.parseString(content).documentElement  # noqa: S318 (only what we wrote ourselves)


def elements(content: bytes, name: str) -> list[minidom.Element]:
    return root_of(content).getElementsByTagName(name)


def text_of(node: minidom.Node) -> str:
    return node.data if node.nodeType == node.TEXT_NODE else "".join(text_of(child) for child in node.childNodes)


@pytest.mark.parametrize("format", FORMATS)
@given(document=documents)
def test_what_was_written_is_read_again(format: Xliff, document: Document) -> None:
    assert read(write(document, format=format)) == document


@given(document=documents)
def test_files_of_1_2_have_what_the_standard_requires(document: Document) -> None:
    content = write(document, format="xliff-1.2")
    root = root_of(content)
    assert (root.tagName, root.getAttribute("version")) == ("xliff", "1.2")
    for file in elements(content, "file"):
        assert all(file.getAttribute(name) for name in ("original", "source-language", "datatype"))
        units = file.getElementsByTagName("trans-unit")
        assert len({unit.getAttribute("id") for unit in units} - {""}) == len(units)
        assert all(
            [child.tagName for child in unit.childNodes if child.nodeType == 1] == ["source", "target"]
            for unit in units
        )
    assert all(code.getAttribute("id") for name in ("g", "x") for code in elements(content, name))


@given(document=documents)
def test_files_of_2_0_have_what_the_standard_requires(document: Document) -> None:
    content = write(document, format="xliff-2.0")
    root = root_of(content)
    assert (root.getAttribute("version"), root.getAttribute("srcLang")) == ("2.0", "de")
    files = elements(content, "file")
    assert len({file.getAttribute("id") for file in files} - {""}) == len(files)
    for part in elements(content, "unit"):
        data = [each.getAttribute("id") for each in part.getElementsByTagName("data")]
        assert len(set(data)) == len(data)
        for side in (*part.getElementsByTagName("source"), *part.getElementsByTagName("target")):
            codes = [*side.getElementsByTagName("pc"), *side.getElementsByTagName("ph")]
            assert len({code.getAttribute("id") for code in codes} - {""}) == len(codes)
            for name in ("dataRef", "dataRefStart", "dataRefEnd"):
                assert {code.getAttribute(name) for code in codes} - {""} <= set(data)


@pytest.mark.parametrize("content", [XLIFF_1, XLIFF_2], ids=FORMATS)
def test_tools_see_words_and_not_markup(content: bytes) -> None:
    assert text_of(elements(content, "source")[0]) == "Das Fest beginnt um 10 Uhr, mehr dazu & Anfahrt."
    assert len(elements(content, "g") or elements(content, "pc")) == 6


def test_the_same_tag_has_the_same_number_in_both_languages_whatever_their_order() -> None:
    segment = Segment(PAGE, "title", '<b>a</b><a id="a1">b</a>', '<a id="a1">c</a><b>d</b>', "translated")
    codes = elements(write(Document("uk", (segment,)), format="xliff-1.2"), "g")
    assert [code.getAttribute("id") for code in codes] == ["1", "2", "2", "1"]


@pytest.mark.parametrize("format", FORMATS)
def test_titles_and_times_are_notes(format: Xliff) -> None:
    document = Document("uk", GOOD.segments, {PAGE: "Straßenfest & mehr"})
    content = write(document, format=format)
    assert [text_of(note) for note in elements(content, "note")] == ["Straßenfest & mehr"]
    assert read(content) == document


def test_a_file_has_a_part_for_each_page() -> None:
    segments = (*GOOD.segments, Segment("22222222-2222-4222-8222-222222222222", "title", "Rat"))
    files = elements(write(Document("uk", segments), format="xliff-2.0"), "file")
    assert [file.getAttribute("original")[:4] for file in files] == ["0b6d", "2222"]


@pytest.mark.parametrize(
    ("attributes", "state"),
    [
        ("", "translated"),
        (' state="new"', "translated"),
        (' state="translated"', "translated"),
        (' state="final"', "translated"),
        (' state="signed-off"', "translated"),
        (' state="needs-review-translation"', "machine"),
        (' state="needs-review-l10n"', "machine"),
        (' state="needs-adaptation"', "outdated"),
    ],
)
def test_states_of_1_2_say_what_is_to_be_checked(attributes: str, state: str) -> None:
    content = xliff(unit("Haus", "дім")).replace(b"<target>", f"<target{attributes}>".encode())
    assert read(content).segments[0].state == state


def test_approved_words_are_done() -> None:
    content = xliff(unit("Haus", "дім")).replace(b"<target>", b'<target state="needs-review-translation">')
    assert read(content.replace(b"<trans-unit", b'<trans-unit approved="yes"')).segments[0].state == "translated"


@pytest.mark.parametrize("state", ["translated", "reviewed", "final"])
def test_a_reviewed_machine_translation_of_2_0_is_done(state: str) -> None:
    document = Document("uk", (Segment(PAGE, "title", "Haus", "дім", "machine"),))
    content = write(document, format="xliff-2.0")
    assert read(content).segments[0].state == "machine"
    assert read(content.replace(b'state="initial"', f'state="{state}"'.encode())).segments[0].state == "translated"


def read_target(target: str, source: str = '<g id="1" equiv-text="&lt;b&gt;">Haus</g>') -> str:
    return read(xliff(unit(source, target))).segments[0].target


@pytest.mark.parametrize(
    "target",
    [
        '<g id="1">дім</g>',
        '<g id="7" equiv-text="&lt;b&gt;">дім</g>',
        '<bx id="1"/>дім<ex id="9" rid="1"/>',
        '<bpt id="1">&lt;b&gt;</bpt>дім<ept id="1">&lt;/b&gt;</ept>',
        '<mrk mtype="seg" mid="0"><g id="1">дім</g></mrk>',
        '<g id="1"><![CDATA[дім]]></g>',
        "<!-- note --><g id='1'>&#x434;ім</g><?tool x?>",
    ],
)
def test_codes_are_understood_as_tools_write_them(target: str) -> None:
    assert read_target(target) == "<b>дім</b>"


def test_a_code_that_stands_for_nothing_is_left_as_what_it_is() -> None:
    assert read_target('<g id="8">дім</g><x id="9"/>') == "<g>дім</g><x>"


def test_marks_of_tools_are_no_words() -> None:
    content = XLIFF_2.replace(b"<target>", b'<target><sm id="m1" type="comment"/>').replace(
        b"</target>", b'<em startRef="m1"/></target>'
    )
    assert read(content) == GOOD


def test_suggestions_of_a_memory_are_no_translation() -> None:
    memory = "<alt-trans><source>Haus</source><target>будинок</target></alt-trans></trans-unit>"
    assert read(xliff(unit("Haus", None).replace("</trans-unit>", memory))).segments[0].target == ""


def test_units_in_groups_are_found() -> None:
    assert read(xliff(f"<group><group>{unit('Haus', 'дім')}</group></group>")).segments[0].target == "дім"


def test_parts_that_a_tool_made_of_a_text_are_one_again() -> None:
    parts = (
        b'<segment state="final"><source>Eins.</source><target>1.</target></segment>'
        b"<ignorable><source> </source></ignorable>"
        b'<segment state="initial"><source>Zwei.</source>%s</segment></unit></file></xliff>'
    )
    start = XLIFF_2[: XLIFF_2.index(b"<segment")]
    whole, half = (read(start + parts % second).segments[0] for second in (b"<target>2.</target>", b""))
    assert (whole.source, whole.target, whole.state) == ("Eins. Zwei.", "1. 2.", "translated")
    assert (half.target, half.state) == ("1. ", "machine")


def test_files_without_a_namespace_are_read() -> None:
    assert read(XLIFF_1.replace(b' xmlns="urn:oasis:names:tc:xliff:document:1.2"', b"")) == GOOD


def test_broken_xml_is_named_by_its_line() -> None:
    with pytest.raises(BadFile) as refused:
        read(b'<?xml version="1.0"?>\n<xliff version="1.2">\n<file></xliff>')
    assert "line 3" in refused.value.sentence


def test_the_source_is_the_fragment_exactly() -> None:
    assert {read(content).segments[0].source for content in (XLIFF_1, XLIFF_2)} == {SOURCE}
