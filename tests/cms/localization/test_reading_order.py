"""Which parts of Arabic and Persian texts are set apart, and that nothing else changes."""

from html import escape
from typing import Any

import html5lib
import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st

from cms.localization.reading_order import in_text, runs
from cms.localization.reading_order_html import in_html

ARABIC = "في مدينة هاجن"
PARTS = ("في", "و", "ن", "می\u200c", "Verein", "e.V.", "GmbH & Co. KG", "02331", "207-4890", "٠٢٣", "۱۲", "é", "ß", "Х")
SIGNS = " –-.,()„“§@/&<>،%€" + ' \n\u200e"😀'
LETTERS = st.sampled_from([*PARTS, *SIGNS, "+49"])
texts = st.lists(LETTERS, max_size=20).map("".join)
CONTROLS = str.maketrans("", "", "\u2066\u2067\u2068\u2069\u202d\u202c")


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("اتصل على 02331 207-4890.", ["02331 207-4890"]),
        ("هاتف (02331) 207-4890", ["(02331) 207-4890"]),
        ("هاتف +49 (0) 2331 207", ["+49 (0) 2331 207"]),
        ("هاتف ٠٢٣٣١ ٢٠٧-٤٨٩٠", ["٠٢٣٣١ ٢٠٧-٤٨٩٠"]),
        ("جمعية Verein der Freunde e.V. في Hagen.", ["Verein der Freunde e.V.", "Hagen"]),
        ("جمعية Haus e. V.، وأيضا", ["Haus e. V."]),
        ("شركة Muster GmbH & Co. KG، هنا", ["Muster GmbH & Co. KG"]),
        ("في (VHS) و VHS (Hagen) ثم", ["VHS", "VHS (Hagen)"]),
        ("جمعية „Haus“ e.V. هنا", ["„Haus“ e.V."]),
        ("العنوان: Rathausstr. 11, 58095 Hagen", ["Rathausstr. 11, 58095 Hagen"]),
        ("في 58095 Hagen هنا", ["58095 Hagen"]),
        ("من 17:30–19:00 أو 9–17", ["17:30–19:00", "9–17"]),
        ("حسب § 5 Abs. 2 AufenthG.", ["§ 5 Abs. 2 AufenthG"]),
        ("البريد info@stadt-hagen.de، أو https://www.hagen.de/a/.", ["info@stadt-hagen.de", "https://www.hagen.de/a/"]),
        ("السعر 1,50 € أو 50%", ["1,50 €", "50%"]),
        ("الساعة 15 Uhr ثم", ["15 Uhr"]),
        ("المستوى B1/B2 أو A1–B2", ["B1/B2", "A1–B2"]),
        ("أسماء Hagen، Dortmund", ["Hagen", "Dortmund"]),
        ("في عام 2025 VHS Hagen", ["VHS Hagen"]),
        ("الأرقام 1, 2, 3 في 28.01.2025 الساعة 17:30", []),
        (ARABIC, []),
        ("في 02331€٠٢٣", ["02331€"]),
        ("هنا \u200e12 * 3 -\u200e ثم", ["\u200e12 * 3 -\u200e"]),
    ],
)
def test_what_is_set_apart(text: str, apart: list[str]) -> None:
    assert [text[start:stop] for start, stop in runs(text)] == apart


@given(texts)
def test_plain_text_stays_the_same_but_for_the_marks(text: str) -> None:
    shown = in_text(text)
    assert shown.translate(CONTROLS) == text
    assert in_text(shown) == shown
    assert shown.count("\u2066") == shown.count("\u2069")


@given(texts)
def test_what_is_set_apart_holds_no_arabic_word_and_no_line_break(text: str) -> None:
    for start, stop in runs(text):
        assert 0 <= start < stop <= len(text)
        assert not set("فيون،\n") & set(text[start:stop])


def document(parts: list[tuple[str, str]]) -> str:
    return "".join(pattern.format(escape(text)) for pattern, text in parts)


PATTERNS = (
    "<p>{}</p>",
    "{}",
    "<b>{}</b>",
    '<a href="?x=02331 207-4890" title="نص e.V. 5-6">{}</a>',
    "<i>{}<b>x e.V.</b></i>",
    '<span lang="de" dir="ltr">{}</span>',
    '<bdi dir="ltr">{}</bdi>',
    "<bdi>{}</bdi>",
    "<br>{}",
    "<ul><li>{}</li></ul>",
    '<select><option value="1">{}</option></select>',
    "<textarea>{}</textarea>",
    '<div lang="ar" dir="rtl">{}</div>',
    "<!-- نص 5-6 e.V. -->{}",
)


@given(st.lists(st.tuples(st.sampled_from(PATTERNS), texts), max_size=6))
def test_html_keeps_its_texts_attributes_and_elements(parts: list[tuple[str, str]]) -> None:
    html = document(parts)
    shown = in_html(html, "rtl")
    before, after = parsed(html), parsed(shown)
    for added in after.select("bdi[dir=ltr], bdo[dir=ltr]"):
        added.unwrap()
    for added in before.select("bdi[dir=ltr]"):
        added.unwrap()
    for soup in (before, after):
        soup.smooth()
    assert after.get_text().translate(CONTROLS) == before.get_text()
    assert elements(after) == elements(before)
    assert in_html(shown, "rtl") == shown


def parsed(html: str) -> BeautifulSoup:
    return BeautifulSoup(f"<div>{html}</div>", "html5lib")


def elements(soup: BeautifulSoup) -> list[Any]:
    return [(tag.name, tag.attrs) for tag in soup.find_all(True)]


@given(st.lists(st.tuples(st.sampled_from(PATTERNS), texts), max_size=6))
@example([("<i>{}<b>x e.V.</b></i>", "<"), ("<i>{}<b>x e.V.</b></i>", "")])
def test_html_stays_well_formed(parts: list[tuple[str, str]]) -> None:
    def faults(html: str) -> set[str]:
        parser = html5lib.HTMLParser()
        parser.parse(f"<!DOCTYPE html><title>x</title>{html}")
        return {code for _position, code, _details in parser.errors}

    html = document(parts)
    assert faults(in_html(html, "rtl")) <= faults(html)


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p><b>Verein</b> e.V. هنا</p>", '<p><bdi dir="ltr"><b>Verein</b> e.V.</bdi> هنا</p>'),
        ("<p>نص VHS <i>Hagen</i></p>", '<p>نص <bdi dir="ltr">VHS <i>Hagen</i></bdi></p>'),
        ('<p title="نص 5-6">نص</p>', '<p title="نص 5-6">نص</p>'),
        ("<p>٩–١٧ هنا</p>", '<p><bdo dir="ltr">٩–١٧</bdo> هنا</p>'),
        ('<p lang="de" dir="ltr">Haus e.V.</p>', '<p lang="de" dir="ltr">Haus e.V.</p>'),
        ("<option>Haus e.V. (3)</option>", "<option>\u2066Haus e.V. (3)\u2069</option>"),
    ],
)
def test_html_as_it_is_shown(html: str, shown: str) -> None:
    assert in_html(html, "rtl") == shown


def test_an_arabic_passage_of_a_german_page_is_read_as_well() -> None:
    passage = '<p>Haus e.V. 5-6</p><div lang="ar" dir="rtl">جمعية Haus e.V.</div>'
    assert in_html(passage, "ltr") == passage.replace("جمعية Haus e.V.", 'جمعية <bdi dir="ltr">Haus e.V.</bdi>')
