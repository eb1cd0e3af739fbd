"""Rich text for people who have only a plain text field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.localization.plain_text import plain, rich, says_more


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("", ""),
        (" \n\n ", ""),
        ("Wir singen.", "<p>Wir singen.</p>"),
        ("Wir\r\nsingen.", "<p>Wir<br/>singen.</p>"),
        ("Eins.\n\n\nZwei.", "<p>Eins.</p><p>Zwei.</p>"),
        ("Wir:\n- Chor\n• Tanz\nEnde", "<p>Wir:</p><ul><li>Chor</li><li>Tanz</li></ul><p>Ende</p>"),
        ("1. Chor\n2) Tanz", "<ol><li>Chor</li><li>Tanz</li></ol>"),
        ("<b>&", "<p>&lt;b&gt;&amp;</p>"),
        ("- ", "<p>-</p>"),
        ("نحن\n\n- غناء", "<p>نحن</p><ul><li>غناء</li></ul>"),
    ],
)
def test_paragraphs_and_lists_are_typed(typed: str, stored: str) -> None:
    assert rich(typed) == stored


MARKED = (
    '<p data-block-key="x">Wir <b>singen</b> im <a href="https://chor.example">Chor</a>.</p>'
    "<ul><li>Chor &amp; Tanz</li><li><b>Fest</b></li></ul><p>Eins<br/>zwei</p>"
)


def test_what_is_not_changed_stays_as_it_was() -> None:
    assert rich(plain(MARKED), MARKED) == MARKED


def test_only_the_changed_paragraph_loses_its_marks() -> None:
    changed = rich(plain(MARKED).replace("Eins", "Drei"), MARKED)
    assert changed == MARKED.replace("Eins", "Drei")
    assert "<b>singen" not in rich(plain(MARKED).replace("singen", "tanzen"), MARKED)


def test_marks_that_a_text_field_cannot_show_are_noticed() -> None:
    assert says_more(MARKED)
    assert not says_more("<p>Wir<br/>singen</p><ul><li>a</li></ul>")


@given(st.text(max_size=200))
def test_what_was_typed_is_shown_again_and_stays(typed: str) -> None:
    shown = plain(rich(typed))
    assert plain(rich(shown)) == shown
