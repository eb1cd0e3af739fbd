"""Texts as word processors and mail programs put them on the clipboard."""

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.pasting import blocks, links
from cms.pasting.lines import read_plain
from cms.pasting.reading import read
from cms.pasting.runs import text_of

WORD = (Path(__file__).parent / "word.html").read_text()
P = "<p class=MsoNormal>"


def body(html: str) -> list[tuple[str, Any]]:
    """Kinds and values of the blocks, in short."""
    return [(block["type"], _short(block)) for block in blocks.body(read(html)).blocks]


def _short(block: dict[str, Any]) -> Any:
    value = block["value"]
    if block["type"] == "heading":
        return value["text"]
    if block["type"] == "facts":
        return value["heading"], [(item["value"]["label"], item["value"]["value"]) for item in value["items"]]
    return value


def said(html: str) -> str:
    with override("en"):
        return "\n".join(blocks.findings(read(html)))


def test_word_keeps_its_form_and_shows_nothing_that_was_deleted() -> None:
    link = '<a href="https://example.org/programm">im Programm</a>'
    assert body(WORD) == [
        ("heading", "Treffen im Rathaus"),
        ("heading", "Viel Zeit zum Reden"),
        (
            "paragraph",
            f"<p>Am Dienstag zwanzig Gäste kamen. Mehr steht {link}.</p>"
            "<ul><li>Führung durch das Haus</li><li>Gespräche</li></ul>",
        ),
        ("facts", ("", [("Ort", "Rathaus an der Volme"), ("Beginn", "16 Uhr")])),
        ("paragraph", "<p>„Kommen Sie wieder“, sagte die Gastgeberin.</p>"),
    ]


def test_word_says_what_was_left_out_and_names_each_picture() -> None:
    text = said(WORD)
    assert "vierzig" in text
    assert "Picture 1 (clip_image001.png) was not taken" in text
    assert "Picture 2 (Bild) was not taken" in text
    assert "upload it" in text


LIST = (
    "<p class=MsoListParagraph style='mso-list:l0 level{level} lfo1'>"
    "<span style='mso-list:Ignore'>{sign}</span>{text}</p>"
)


def item(text: str, level: int = 1, sign: str = "·") -> str:
    return LIST.format(text=text, level=level, sign=sign)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (item("a") + item("b", 2, "o") + item("c"), "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        (item("a", 1, "1.") + item("b", 1, "2."), "<ol><li>a</li><li>b</li></ol>"),
        (item("a", 3), "<ul><li>a</li></ul>"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<ul><li><p>a</p><ul><li>b</li></ul></li></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        (
            "<div><ul><li aria-level=1><p>a</p></li></ul></div><div><ul><li aria-level=2><p>b</p></li></ul></div>",
            "<ul><li>a<ul><li>b</li></ul></li></ul>",
        ),
        ("<ol><li>a<br>b</li><li><p>c</p><p>d</p></li></ol>", "<ol><li>a<br/>b</li><li>c<br/>d</li></ol>"),
        ("<p>• a</p><p>• b</p>", "<ul><li>a</li><li>b</li></ul>"),
        ("<p>- a<br>- b</p>", "<ul><li>a</li><li>b</li></ul>"),
        ("<p>– Ja, sagte sie.</p><p>Gut.</p>", "<p>– Ja, sagte sie.</p><p>Gut.</p>"),
        ("<ul><li>a</li></ul><ol><li>b</li></ol>", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
    ],
)
def test_lists_stay_lists(html: str, expected: str) -> None:
    assert body(html) == [("paragraph", expected)]


@pytest.mark.parametrize(
    "html",
    [
        "<h3>Viel Zeit</h3><p>Text.</p>",
        "<p class=MsoTitle>Viel Zeit</p><p>Text.</p>",
        "<p role=heading aria-level=2>Viel Zeit</p><p>Text.</p>",
        "<p><b>Viel Zeit</b></p><p>Text.</p>",
        "<p><b>Viel</b> <strong>Zeit</strong></p><p>Text.</p>",
        '<p><span style="font-weight: 700">Viel Zeit</span></p><p>Text.</p>',
        '<p style="font-weight:bold">Viel Zeit</p><p>Text.</p>',
        '<p class="p1" style="font: bold 14.0px Helvetica">Viel Zeit</p><p>Text.</p>',
        "<div><b>Viel Zeit</b><br></div><div>Text.</div>",
        "<div><b>Viel Zeit</b><br>Text.</div>",
        '<b id="docs-internal-guid-1" style="font-weight:normal"><h2><span>Viel Zeit</span></h2><p>Text.</p></b>',
        "<h2 style='mso-list:l1 level1 lfo1'>Viel Zeit</h2><p>Text.</p>",
    ],
)
def test_sub_heads_become_headings(html: str) -> None:
    assert body(html) == [("heading", "Viel Zeit"), ("paragraph", "<p>Text.</p>")]


@pytest.mark.parametrize(
    "html", ["<p><b>Wir kommen gern wieder.</b></p>", f"<p><b>{'Lang ' * 30}</b></p>", "<p><b>Wichtig:</b> heute</p>"]
)
def test_bold_text_that_is_no_heading_stays_bold(html: str) -> None:
    ((kind, value),) = body(html)
    assert kind == "paragraph"
    assert "<b>" in value


def test_a_heading_that_is_too_long_is_kept_and_said() -> None:
    html = f"<h2>{'Langes Wort ' * 20}</h2>"
    assert body(html)[0][0] == "paragraph"
    assert "Langes Wort" in body(html)[0][1]
    assert "at most 150 letters" in said(html)


def rows(*lines: list[str], head: bool = False) -> str:
    made = []
    for index, cells in enumerate(lines):
        name = "th" if head and not index else "td"
        made.append("<tr>" + "".join(f"<{name}><p>{cell}</p></{name}>" for cell in cells) + "</tr>")
    return f"<table>{''.join(made)}</table>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (rows(["Ort", "Rathaus"]), ("", [("Ort", "Rathaus")])),
        (rows(["Tag", "Zeit"], ["Mo", "9"], head=True), ("Tag – Zeit", [("Mo", "9")])),
        (
            rows(["Tag", "Ort", "Zeit"], ["Mo", "Haspe", "9"], ["Di", "Boele", "10"], head=True),
            ("Tag", [("Mo", "Ort: Haspe; Zeit: 9"), ("Di", "Ort: Boele; Zeit: 10")]),
        ),
        (
            rows(["<b>Tag</b>", "<b>Ort</b>", "<b>Zeit</b>"], ["Mo", "Haspe", "9"], ["Di", "Boele", "10"]),
            ("Tag", [("Mo", "Ort: Haspe; Zeit: 9"), ("Di", "Ort: Boele; Zeit: 10")]),
        ),
        (rows(["Ort", "Rathaus</p><p>Saal 2"]), ("", [("Ort", "Rathaus, Saal 2")])),
    ],
)
def test_tables_become_fact_lists(html: str, expected: Any) -> None:
    assert body(html) == [("facts", expected)]


@pytest.mark.parametrize(
    "html",
    [
        rows(["Ort", '<a href="https://example.org">Rathaus</a>']),
        rows(["Ort", "Rathaus " * 60]),
        rows(["", "Rathaus"]),
    ],
)
def test_a_table_that_fits_no_fact_list_is_a_list_with_all_its_words(html: str) -> None:
    ((kind, value),) = body(html)
    assert kind == "paragraph"
    assert "OrtRathaus" not in BeautifulSoup(value, "html.parser").get_text()
    assert "Rathaus" in value


def test_a_table_made_for_looks_is_read_as_text() -> None:
    html = "<table><tr><td><p><b>Kopf</b></p><p>Text eins.</p><p>Text zwei.</p></td></tr></table>"
    assert body(html) == [("heading", "Kopf"), ("paragraph", "<p>Text eins.</p><p>Text zwei.</p>")]


@pytest.mark.parametrize(
    "html",
    [
        "<p>Ja<del>NEIN</del></p>",
        "<p>Ja<span class=msoDel>NEIN</span></p>",
        "<p>Ja<del><b>NE</b>IN</del></p>",
        "<p>Ja<s>NEIN</s></p>",
        '<p>Ja<span style="color: red; text-decoration: line-through">NEIN</span></p>',
        "<p>Ja<span style='display:none;mso-hide:all'>NEIN</span></p>",
        "<p>Ja<!-- NEIN --></p>",
        "<style>p.NEIN {margin: 0}</style><p>Ja</p>",
        "<xml><o:NEIN>NEIN</o:NEIN></xml><p>Ja</p>",
        "<p>Ja<span class=MsoCommentReference><a class=msocomanchor href='#_msocom_1'>NEIN</a></span></p>",
        "<p>Ja</p><div style='mso-element:comment-list'><div style='mso-element:comment'><p>NEIN</p></div></div>",
        "<p>Ja<sup><a href='#cmnt1' id='cmnt_ref1'>NEIN</a></sup></p>",
        "<p>Ja</p><div><p><a href='#cmnt_ref1' id='cmnt1'>[a]</a> NEIN</p></div>",
    ],
)
def test_what_is_deleted_or_a_comment_is_not_shown(html: str) -> None:
    assert body(html) == [("paragraph", "<p>Ja</p>")]


def test_what_is_commented_on_stays() -> None:
    html = "<p><a style='mso-comment-reference:A_1;mso-comment-date:2026'>Alle</a><ins>s</ins></p>"
    assert body(html) == [("paragraph", "<p>Alles</p>")]


@pytest.mark.parametrize(
    "html",
    [
        "<p>Text<a style='mso-footnote-id:ftn1' href='#_ftn1' name='_ftnref1'><span>[1]</span></a></p>"
        "<div style='mso-element:footnote-list'><hr><div id=ftn1><p class=MsoFootnoteText>"
        "<a href='#_ftnref1'>[1]</a> Quelle</p></div></div>",
        "<p>Text<a class='sdfootnoteanc' href='#sdfootnote1sym'><sup>1</sup></a></p>"
        "<div id='sdfootnote1'><p><a class='sdfootnotesym' href='#sdfootnote1anc'>1</a>Quelle</p></div>",
        "<p>Text<sup><a href='#ftnt1'>[1]</a></sup></p><div><p><a href='#ftnt_ref1'>[1]</a> Quelle</p></div>",
    ],
)
def test_footnotes_stay_readable_without_dead_links(html: str) -> None:
    assert body(html) == [("paragraph", "<p>Text [1]</p><p>[1] Quelle</p>")]


PROGRAMME = "https://example.org/programm?tag=1&ort=2"
QUOTED = "https%3A%2F%2Fexample.org%2Fprogramm%3Ftag%3D1%26ort%3D2"


@pytest.mark.parametrize(
    ("address", "real"),
    [
        (f"https://eur02.safelinks.protection.outlook.com/?url={QUOTED}&data=05%7C02&reserved=0", PROGRAMME),
        (f"https://www.google.com/url?q={QUOTED}&sa=D", PROGRAMME),
        (
            "https://urldefense.proofpoint.com/v2/url?u=https-3A__example.org_programm-3Ftag-3D1-26ort-3D2&d=Dw&c=x",
            PROGRAMME,
        ),
        ("https://urldefense.com/v3/__https://example.org/programm__;!!abc!def$", "https://example.org/programm"),
        (
            "https://nam01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3D"
            "https%253A%252F%252Fexample.org%252F",
            "https://example.org/",
        ),
        ("https://example.org/url?q=x", "https://example.org/url?q=x"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("tel:+4923311", "tel:+4923311"),
        ("javascript:alert(1)", ""),
        ("https://eur02.safelinks.protection.outlook.com/?url=javascript%3Aalert(1)", ""),
        ("file:///C:/x.docx", ""),
        ("#_Toc1", ""),
        ("https://[", ""),
        ("", ""),
    ],
)
def test_links_lead_where_they_were_meant_to(address: str, real: str) -> None:
    assert links.real(address) == real


def test_a_link_to_ones_own_computer_is_said_and_its_words_stay() -> None:
    html = '<p>Siehe <a href="file:///C:/plan.docx">den Plan</a>.</p>'
    assert body(html) == [("paragraph", "<p>Siehe den Plan.</p>")]
    assert "den Plan" in said(html)


def test_a_protected_address_that_is_read_as_text_is_shown_as_it_really_is() -> None:
    wrapped = f"https://eur02.safelinks.protection.outlook.com/?url={QUOTED}"
    shown = PROGRAMME.replace("&", "&amp;")
    assert body(f'<p><a href="{wrapped}">{wrapped}</a></p>') == [("paragraph", f'<p><a href="{shown}">{shown}</a></p>')]


def test_small_signs_keep_their_meaning() -> None:
    html = "<p>12&nbsp;m<sup>2</sup> in\n der\tHalle<img class=emoji alt='🙂' src='https://x.example/1.png'></p>"
    assert body(html) == [("paragraph", "<p>12\xa0m² in der Halle🙂</p>")]


@pytest.mark.parametrize("html", ["<img src='cid:1'>", "<svg></svg>", "<v:imagedata src='a.png' o:title='Fest'/>"])
def test_no_picture_vanishes_without_a_word(html: str) -> None:
    assert "Picture 1" in said(f"<p>Text</p>{html}")
    assert "It stood after: „Text“" in said(f"<p>Text</p>{html}")


@pytest.mark.parametrize(
    "html", ["", "<", "<![", "<![CDATA[", "<p", "</p></p>", "<table><tr>", "<!-- ", "\x00", "&#0;"]
)
def test_broken_html_is_read_as_far_as_it_goes(html: str) -> None:
    assert isinstance(body(html), list)


def test_deeply_nested_html_keeps_its_words() -> None:
    html = "<div>" * 3000 + "Wort" + "</div>" * 3000
    assert "Wort" in str(body(html))


def test_plain_text_is_read_in_paragraphs_and_lists() -> None:
    made = blocks.body(read_plain("Eins\r\nzwei\r\n\r\n• drei\r\n• vier")).blocks
    assert [block["value"] for block in made] == ["<p>Eins<br/>zwei</p><ul><li>drei</li><li>vier</li></ul>"]


SENTENCE = (
    "Ein Satz, der so lang ist wie die meisten in Mitteilungen und deshalb für sich allein einen Absatz ausmacht, ja."
)


def test_long_lines_of_plain_text_are_paragraphs_and_short_ones_above_them_headings() -> None:
    text = f"Ein Treffen\n{SENTENCE}\nWas geplant ist (Auswahl)\n{SENTENCE}\nOffen für alle\n- Tanz\n- Musik\nEnde."
    parts = read_plain(text).parts
    assert [type(part).__name__ for part in parts] == [
        *("Heading", "Paragraph", "Heading", "Paragraph", "Heading", "Item", "Item", "Paragraph")
    ]


def test_lines_that_a_program_for_mail_has_broken_stay_together() -> None:
    parts = read_plain("Ein Satz, der in der Mail\nauf zwei Zeilen steht.\n\nNoch einer.").parts
    assert [text_of(part.runs) for part in parts] == [
        "Ein Satz, der in der Mail auf zwei Zeilen steht.",
        "Noch einer.",
    ]


WORDS = st.from_regex(r"[a-zäß]{2,8}", fullmatch=True)
MARKS = st.sampled_from(["b", "i", "span", "u", "ins", "em", "font", "o:p"])
BLOCKS = st.sampled_from(["p", "div", "h2", "li", "blockquote", "td", "section", "pre"])


def wrapped(tag: str, inner: str) -> str:
    around = {"li": "<ul>{}</ul>", "td": "<table><tr><td>sig</td>{}</tr></table>"}.get(tag, "{}")
    return around.format(f"<{tag}>{inner}</{tag}>")


TREES = st.recursive(
    st.one_of(WORDS, WORDS.map(lambda word: f"<del>{word.upper()}</del>"), st.just("<br>"), st.just("<!-- X -->")),
    lambda inner: st.one_of(
        st.builds(lambda tag, parts: f"<{tag}>{' '.join(parts)}</{tag}>", MARKS, st.lists(inner, max_size=4)),
        st.builds(lambda tag, parts: wrapped(tag, " ".join(parts)), BLOCKS, st.lists(inner, max_size=4)),
        st.builds(lambda parts: f"<a href='https://example.org'>{''.join(parts)}</a>", st.lists(inner, max_size=3)),
    ),
    max_leaves=25,
)


def words_in(text: str) -> set[str]:
    return set(BeautifulSoup(text, "html.parser").get_text(" ").split())


@settings(max_examples=300, deadline=None)
@given(TREES)
def test_no_visible_word_is_lost_and_no_deleted_one_shown(html: str) -> None:
    soup = BeautifulSoup(html, "html.parser")
    for deleted in soup.find_all("del"):
        deleted.decompose()
    visible = set("".join(character if character.isalpha() else " " for character in soup.get_text(" ")).split())
    for shown in (str(body(html)), blocks.rich_text(read(html))):
        plain = BeautifulSoup(shown, "html.parser").get_text(" ")
        assert all(word in plain for word in visible)
        assert not any(character.isupper() for word in visible for character in word)
    rich = blocks.rich_text(read(html))
    assert not any(character.isupper() for character in BeautifulSoup(rich, "html.parser").get_text())


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="<>/!-[]\"'=pabtrdliu &;#\n\x00", max_size=80))
def test_nothing_that_is_pasted_is_an_exception(html: str) -> None:
    body(html)
    said(html)
    blocks.rich_text(read(html))
