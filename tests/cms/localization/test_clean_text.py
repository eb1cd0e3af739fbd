"""What text may hold, and that no door lets other signs in."""

import json
import unicodedata
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from django.apps import apps
from django.db import models
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from wagtail.fields import StreamField

from cms.http import structured_data
from cms.http.feeds import AtomFeed
from cms.localization import clean_input, clean_text
from cms.localization.clean_text import clean
from cms.localization.localized_text import LocalizedText

anything = st.text(st.characters(exclude_categories=[]), max_size=80)
"""All of Unicode, halves of characters included."""
DIRTY = "Ca\u0301fé\x0b\u202e\u200b\ufffe\x00\x85fin\u00ad"
CLEAN = "Cáfé\n\nfin"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (DIRTY, CLEAN),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # ZWNJ: another word without it
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),  # ZWJ: three people instead of a family
        ("\u200f115\u200e", "\u200f115\u200e"),
        ("\u2067x\u2069\U000e0041\ud83d", "x"),
        ("\tu\u0308", "\tü"),
    ],
)
def test_signs_that_nobody_sees_go_and_those_that_languages_need_stay(typed: str, stored: str) -> None:
    assert clean(typed) == stored


@given(anything)
def test_clean_text_is_clean_and_can_be_written_everywhere(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned == unicodedata.normalize("NFC", cleaned)
    cleaned.encode()
    assert ElementTree.fromstring(f"<a>{cleaned.translate({38: None, 60: None, 62: None})}</a>") is not None  # noqa: S314 (our own)
    assert not any(unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} for sign in cleaned if sign not in "\n\t")
    assert not any(unicodedata.bidirectional(sign) in {"LRO", "RLO", "LRE", "RLE", "PDF"} for sign in cleaned)


@given(anything, anything)
def test_an_ordinary_letter_is_never_lost(before: str, after: str) -> None:
    assert "Ж" in clean(f"{before}Ж{after}")


@given(anything)
def test_json_that_is_kept_as_text_is_clean_inside(text: str) -> None:
    kept = json.dumps([{"value": f"a{text}"}])
    assert json.loads(clean_text.clean_value(kept)) == [{"value": clean(f"a{text}")}]


@pytest.mark.parametrize("sign", "\u200b\u200c\u200d\u200e\u200f\u061c\u034f\u115f\u2800\u3164\uffa0\ufe0f\ufeff")
def test_what_nobody_sees_any_of_is_empty(sign: str) -> None:
    sent = QueryDict(mutable=True)
    sent["title"], sent["name"] = f" {sign}\n{sign}", f"{sign}a"
    read = clean_input.cleaned(sent)
    assert read["title"].strip() == ""
    assert read["name"].endswith("a")
    assert clean(f"1{sign}")[0] == "1"


def test_a_form_is_clean_before_any_code_reads_it() -> None:
    sent = QueryDict(mutable=True)
    sent.setlist("title", [DIRTY, "x"])
    sent["new_password1"], sent["body"] = DIRTY, json.dumps({"blocks": [{"text": DIRTY}]})
    read = clean_input.cleaned(sent)
    assert read.getlist("title") == [CLEAN, "x"]
    assert read["new_password1"] == DIRTY
    assert json.loads(read["body"]) == {"blocks": [{"text": CLEAN}]}
    assert clean_input.cleaned(read) is read


TEXTS = (models.CharField, models.TextField, models.JSONField, StreamField)
MODELS = [
    model
    for model in apps.get_models()
    if model._meta.app_label not in clean_input.APART and model._meta.label_lower not in clean_input.DERIVED
]


def test_every_row_is_looked_at_before_it_is_saved() -> None:
    assert clean_input.on_save in models.signals.pre_save._live_receivers(MODELS[0])[0]  # type: ignore[attr-defined]


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_no_row_is_saved_with_such_signs(model: type[models.Model]) -> None:
    row, fields = model(), [field for field in model._meta.concrete_fields if isinstance(field, TEXTS)]
    for field in fields:
        setattr(row, field.attname, dirty(field))
    clean_input.on_save(model, instance=row)
    for field in fields:
        found = getattr(row, field.attname)
        shown = json.dumps(found.get_prep_value() if isinstance(field, StreamField) else found, ensure_ascii=False)
        assert not clean_text.UNWANTED.search(shown) and "\\u000b" not in shown, field
        if isinstance(field, models.CharField):
            assert "\n" not in found, field


def dirty(field: models.Field[Any, Any]) -> Any:
    if isinstance(field, StreamField):
        name = next(iter(field.stream_block.child_blocks))
        return field.stream_block.to_python([{"type": name, "value": DIRTY, "id": "1"}])
    return {"de": [DIRTY]} if isinstance(field, models.JSONField) else DIRTY


@given(anything, anything, anything)
def test_a_feed_can_be_read_whatever_is_stored(title: str, lead: str, name: str) -> None:
    feed = AtomFeed(title=name, link="https://example.org/", description=lead, language="de")
    summary = LocalizedText(f"5 < 7 & {lead}", "de")
    feed.add_words(title=LocalizedText(title, "de"), summary=summary, link="https://example.org/1", unique_id="urn:1")
    data = feed.writeString("utf-8")
    entry = ElementTree.fromstring(data).find("{http://www.w3.org/2005/Atom}entry")  # noqa: S314 (our own)
    found = entry.find("{http://www.w3.org/2005/Atom}summary")  # type: ignore[union-attr]
    assert found.get("type") == "text" and found.text == clean(f"5 < 7 & {lead}")  # type: ignore[union-attr]
    assert not feedparser.parse(data.encode()).bozo


def test_programs_show_a_summary_as_it_was_written() -> None:
    feed = AtomFeed(title="x", link="https://example.org/", description="", language="de")
    words = LocalizedText("5 < 7 & <b>", "de")
    feed.add_words(title=LocalizedText("t", "de"), summary=words, link="https://example.org/1", unique_id="urn:1")
    summary = feedparser.parse(feed.writeString("utf-8").encode()).entries[0].summary_detail
    assert (summary.type, summary.value) == ("text/plain", "5 < 7 & <b>")


@given(anything)
def test_structured_data_can_be_read_whatever_is_stored(text: str) -> None:
    script = structured_data.as_script({"name": f"a{text}"})
    script.encode()
    assert json.loads(script.partition(">")[2].rpartition("<")[0])["name"] == clean(f"a{text}")
