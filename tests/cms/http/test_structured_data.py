"""Structured data is what was meant, whatever people wrote into it."""

import json
from typing import Any

import html5lib
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from cms.http import structured_data
from cms.localization.clean_text import clean_value

TEXTS = st.text() | st.sampled_from(
    [
        "</script>",
        "<script>alert(1)</script>",
        "<!--",
        "-->",
        "]]>",
        "&amp;",
        "&lt;",
        "\u2028",
        '"',
        "\\u003C",
        "</SCRIPT ",
    ]
)
VALUES = st.recursive(
    TEXTS | st.integers() | st.booleans() | st.none() | st.floats(allow_nan=False, allow_infinity=False),
    lambda children: st.lists(children, max_size=4) | st.dictionaries(TEXTS, children, max_size=4),
    max_leaves=12,
)
OBJECTS = st.dictionaries(TEXTS.filter(lambda key: key != "@context"), VALUES, max_size=5)


def block_of(script: str) -> str:
    """The content of the one element, as a browser finds it."""
    page = BeautifulSoup(f"<!DOCTYPE html><html><head>{script}</head><body></body></html>", "html5lib")
    (element,) = page.find_all(True, recursive=True)[2:-1]
    assert (element.name, element["type"]) == ("script", "application/ld+json")
    return str(element.string)


@given(data=OBJECTS)
def test_the_block_reads_as_what_was_meant(data: dict[str, Any]) -> None:
    script = str(structured_data.as_script(data))
    inside = script.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    if not data:
        assert script == ""
        return
    assert not set("<>&") & set(inside)
    expected = {"@context": "https://schema.org", **structured_data.without_empty(clean_value(data))}
    assert json.loads(inside) == expected


@given(text=TEXTS)
def test_no_text_closes_the_element(text: str) -> None:
    text = "".join(character for character in text if character not in "\x00\r\x0c")  # which HTML itself changes
    if not text or not text.isprintable():
        return
    block = block_of(str(structured_data.as_script({"name": text})))
    assert json.loads(block)["name"] == clean_value(text)


@given(data=OBJECTS)
def test_nothing_empty_is_said(data: dict[str, Any]) -> None:
    def is_said(value: Any) -> bool:
        if isinstance(value, dict):
            return all(map(is_said, value.values()))
        if isinstance(value, list):
            return all(map(is_said, value))
        return value is not None and value != ""

    cleaned = structured_data.without_empty(data)
    assert is_said(cleaned)
    assert structured_data.without_empty(cleaned) == cleaned


@pytest.mark.parametrize("value", [0, False, 0.0])
def test_zero_and_no_are_not_empty(value: Any) -> None:
    assert structured_data.without_empty({"number": value}) == {"number": value}


@pytest.mark.parametrize("data", [None, {}])
def test_without_data_there_is_no_block(data: Any) -> None:
    assert structured_data.as_script(data) == ""


def test_other_scripts_are_written_as_they_are() -> None:
    assert "جمعية" in structured_data.as_script({"name": "جمعية"})


def test_words_are_written_as_text() -> None:
    from cms.localization.localized_text import LocalizedText

    block = block_of(str(structured_data.as_script({"name": LocalizedText("Verein <e.V.>", "de")})))
    assert json.loads(block)["name"] == "Verein <e.V.>"


def test_a_place_without_address_has_a_name_only() -> None:
    assert structured_data.without_empty(structured_data.place(name="Rathaus")) == {"@type": "Place", "name": "Rathaus"}


def test_a_place_with_address_is_in_germany() -> None:
    place = structured_data.place(name="Rathaus", street="Rathausstraße 1", postal_code="58095", city="Hagen")
    assert place["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "Rathausstraße 1",
        "postalCode": "58095",
        "addressLocality": "Hagen",
        "addressCountry": "DE",
    }


def test_a_block_is_valid_html() -> None:
    script = structured_data.as_script({"name": "<b>"})
    html5lib.HTMLParser(strict=True).parse(f"<!DOCTYPE html><html><head><title>x</title>{script}</head></html>")
