"""Bold and links as codes: nothing is lost on the way to the translator and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail_localize.strings import StringValue

from translations.workbench.codes import BadCodes, from_codes, to_codes

TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\n\r\u2028\u2029\x85"), min_size=1, max_size=30
)


@st.composite
def fragments(draw: st.DrawFn) -> str:
    """As wagtail-localize keeps them: escaped text, bold, numbered links, line breaks."""
    pieces, links = [], 0
    for text in draw(st.lists(TEXT, min_size=1, max_size=6)):
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        kind = draw(st.sampled_from(["", "b", "i", "a", "br"]))
        if kind == "a":
            links += 1
            pieces.append(f'<a id="a{links}">{escaped}</a>')
        elif kind == "br":
            pieces.append(f"{escaped}<br/>")
        else:
            pieces.append(f"<{kind}>{escaped}</{kind}>" if kind else escaped)
    return "".join(pieces)


@given(fragments())
def test_what_becomes_codes_becomes_the_same_fragment_again(fragment: str) -> None:
    assert from_codes(to_codes(fragment), fragment) == fragment


def test_a_translator_sees_no_html() -> None:
    source = 'Der <b>Eintritt</b> ist <a id="a1">frei</a> &amp; leicht.<br/>Wirklich {frei}'
    assert to_codes(source) == "Der {b}Eintritt{/b} ist {link1}frei{/link1} & leicht.\nWirklich {{frei}}"


SOURCE = '<b>Eintritt</b> <a id="a1">frei</a> <a id="a2">hier</a>'


@pytest.mark.parametrize(
    "written",
    [
        "{link1}x{/link1}",
        "{link1}x{/link1} {link1}y{/link1} {link2}z{/link2}",
        "{link1}x {link2}y{/link2}",
        "{link1}x{/link2} {link2}y{/link1}",
        "{/b} {link1}x{/link1} {link2}y{/link2}",
        "{link3}x{/link3} {link1}x{/link1} {link2}y{/link2}",
        "{script}x{/script} {link1}x{/link1} {link2}y{/link2}",
    ],
)
def test_lost_doubled_and_unclosed_codes_are_named(written: str) -> None:
    with pytest.raises(BadCodes) as error:
        from_codes(written, SOURCE)
    assert "{" in str(error.value)


def test_bold_may_be_left_out_and_html_is_only_text() -> None:
    fragment = from_codes("<script>alert(1)</script> {link2}b{/link2} {link1}a{/link1}", SOURCE)
    assert fragment == '&lt;script&gt;alert(1)&lt;/script&gt; <a id="a2">b</a> <a id="a1">a</a>'
    assert StringValue.from_translated_html(fragment)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_taken_or_refused_in_words(written: str) -> None:
    try:
        fragment = from_codes(written, SOURCE)
    except BadCodes as error:
        assert str(error)
    else:
        assert "<script" not in fragment
