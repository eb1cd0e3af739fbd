"""PO files: what goes out comes back, in whatever shape tools and translators leave it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import polib
import pytest
from babel.messages.pofile import read_po
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests.translations.exchange.damaged_files import GOOD, PAGE, PO, SOURCE, TARGET, entry, po
from translations.exchange.document import BadFile, Document, Segment
from translations.exchange.files import read, write


@pytest.fixture(autouse=True)
def in_english(fresh_start: None) -> Iterator[None]:
    """The sentences are compared as they stand in the code."""
    with translation.override("en"):
        yield


SCRIPTS = [
    "Käse",
    "مرحبا بكم",
    "سلام\u200cدنیا",
    "Привіт",
    "Ğı",
    "\u200fא\u2066b\u2069",
    "👩\u200d👩\u200d👧",
    "ș",
    "漢",
]
MARKUP = [
    "<b>",
    "</b>",
    '<a id="a1">',
    "</a>",
    "<br>",
    "<br/>",
    "&amp;",
    "&lt;",
    "&nbsp;",
    "&",
    "<",
    ">",
    '"',
    "\\",
    "\\n",
]
SPACES = [
    "\u00a0",
    "\u202f",
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "\u2028",
    "\x85",
    "\x0b",
    "\x1c",
    "\x01",
    "\ufeff",
    "\ufffe",
]
plain = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
fragments = st.lists(st.one_of(st.sampled_from(SCRIPTS + MARKUP + SPACES), plain), max_size=12).map("".join)
pages = st.sampled_from([PAGE, "11111111-1111-4111-8111-111111111111"])
contexts = st.sampled_from(["title", "body.5f1f6f0e.value", "links.a/b:c%23.text"])


def segment(page: str, context: str, source: str, target: str, state: str) -> Segment:
    return Segment(page, context, source, target, state if target else "")


states = st.sampled_from(["machine", "outdated", "translated"])
segments = st.builds(segment, pages, contexts, fragments.filter(bool), fragments, states)
documents = st.builds(
    Document,
    st.sampled_from(["de-simple", "en", "ar", "uk"]),
    st.lists(segments, min_size=1, max_size=6).map(tuple),
    st.just({}),
    st.none() | st.just(datetime(2025, 3, 1, 12, tzinfo=UTC)),
)


@given(documents)
def test_what_was_written_is_read_again(document: Document) -> None:
    assert read(write(document, format="po")) == document


@given(documents)
def test_polib_reads_the_same_from_a_file_of_its_own(
    tmp_path_factory: pytest.TempPathFactory, document: Document
) -> None:
    path = tmp_path_factory.mktemp("po") / "texts.po"
    path.write_bytes(write(document, format="po"))
    found = [(entry.msgid, entry.msgstr) for entry in polib.pofile(str(path))]
    assert found == [(segment.source, segment.target) for segment in document.segments]


def test_babel_reads_the_same() -> None:
    import io

    catalogue = read_po(io.BytesIO(PO))
    assert [(message.id, message.string) for message in catalogue if message.id] == [
        (SOURCE, TARGET),
        ("Straßenfest", ""),
    ]
    assert str(catalogue.locale) == "uk"


def test_the_page_is_named_for_the_translator() -> None:
    assert "#. page: Straßenfest\n" in PO.decode()
    assert read(PO).titles == {PAGE: "Straßenfest"}


def test_a_title_of_several_lines_does_not_break_the_file() -> None:
    document = Document("uk", GOOD.segments, {PAGE: 'Fest\nmsgid "x"\r\x85\u2028 \x00 Ende'})
    assert read(write(document, format="po")).titles == {PAGE: 'Fest msgid "x" Ende'}


def test_words_to_be_checked_are_fuzzy() -> None:
    document = Document(
        "uk", tuple(Segment(PAGE, s or "t", "Haus", "дім", s) for s in ("machine", "outdated", "translated"))
    )
    assert [entry.fuzzy for entry in polib.pofile(write(document, format="po").decode())] == [True, True, False]


def test_words_are_done_when_the_translator_takes_the_flag_away() -> None:
    machine = Document("uk", (Segment(PAGE, "title", "Haus", "дім", "machine"),))
    returned = write(machine, format="po").replace(b"#, fuzzy\n", b"")
    assert read(returned).segments[0].state == "translated"


def test_doubles_have_contexts_of_their_own_and_keep_their_order() -> None:
    document = Document("uk", tuple(Segment(PAGE, "title", "Haus", word, "translated") for word in ("дім", "хата")))
    content = write(document, format="po")
    assert {entry.msgctxt for entry in polib.pofile(content.decode())} == {f"{PAGE}:title", f"{PAGE}:title#2"}
    assert read(content) == document


def test_plain_language_is_named_as_gettext_names_variants() -> None:
    content = write(Document("de-simple", GOOD.segments), format="po")
    assert b"Language: de_simple" in content
    assert read(content).language == "de-simple"


def test_a_line_broken_is_named() -> None:
    with pytest.raises(BadFile) as refused:
        read(b'msgid ""\nmsgstr ""\n\nmsgid "a\n')
    assert "line 4" in refused.value.sentence


def test_no_text_can_make_polib_open_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = entry("Haus", "дім", "title").strip()
    Path(text).write_bytes(po(entry("Geheim", "secret", "title")))
    assert polib.pofile(text)[0].msgid == "Geheim"  # a file with the name of its own text: what polib does alone
    assert [segment.source for segment in read(text.encode(), filename=text).segments] == ["Haus"]


def test_plural_entries_keep_their_words() -> None:
    foreign = f'msgctxt "{PAGE}:title"\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "один"\nmsgstr[1] "два"\n'
    assert (
        Segment("", f"{PAGE}:title", "a", "один\nдва", "translated") in read(po(entry("Haus", "дім"), foreign)).segments
    )


def test_an_entry_put_aside_counts_where_no_other_has_its_place() -> None:
    aside = entry("Haus", "хата").replace("msg", "#~ msg")
    assert [segment.target for segment in read(po(entry("Haus", "дім"), aside)).segments] == ["дім"]
    assert [(s.target, s.state) for s in read(po(entry("Fest", "свято"), aside)).segments][1] == ("хата", "outdated")


def test_what_cannot_be_written_is_refused_in_words() -> None:
    for character in ("\0", "\ud800"):
        with pytest.raises(BadFile) as refused:
            write(Document("uk", (Segment(PAGE, "title", f"a{character}b"),), {PAGE: "Fest"}), format="po")
        assert "Fest" in refused.value.sentence


@pytest.mark.parametrize(
    "wrong",
    [
        Segment("", "title", "a"),
        Segment(PAGE, "a b", "a"),
        Segment(PAGE, "title", ""),
        Segment(PAGE, "t", "a", "b", "?"),
    ],
)
def test_what_is_no_segment_is_an_error_of_the_program(wrong: Segment) -> None:
    with pytest.raises(ValueError, match="no "):
        write(Document("uk", (wrong,)), format="po")


def test_limits_hold_for_writing_too() -> None:
    long = Segment(PAGE, "title", "x" * 100_001)
    many = tuple(Segment(PAGE, "title", str(number)) for number in range(20_001))
    for segments in ((), (long,), many):
        with pytest.raises(BadFile):
            write(Document("uk", segments), format="po")
