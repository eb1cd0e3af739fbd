"""Text that knows its language, and short texts in every language in one field."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cms.localization import languages
from cms.localization.localized_text import LocalizedText, LocalizedTextField, LocalizedTextFormField, choose, phrase
from cms.pages.contacts import ContactPoint

CODES = [language.code for language in languages.LANGUAGES]
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)


def printed(value: object) -> str:
    return Template("{{ value }}").render(Context({"value": value}))


# Words


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("value|upper", '<span lang="de" dir="ltr">HAUS &amp; HOF</span>'),
        ("value|truncatechars:5", '<span lang="de" dir="ltr">Haus…</span>'),
        ('value|capfirst|cut:" "', '<span lang="de" dir="ltr">Haus&amp;Hof</span>'),
        ('value|default:"x"', '<span lang="de" dir="ltr">Haus &amp; Hof</span>'),
        ("value.plain|linebreaksbr", "Haus &amp; Hof"),
        ("value|urlencode", "Haus%20%26%20Hof"),
    ],
)
def test_words_keep_their_language_through_filters(expression: str, expected: str) -> None:
    with translation.override("ar"):
        shown = Template("{{ " + expression + " }}").render(Context({"value": LocalizedText("Haus & Hof", "de")}))
        assert shown == expected


@pytest.mark.parametrize("name", ["linebreaks", "linebreaksbr", "urlize", "linenumbers", "escape", "safe"])
def test_a_filter_that_makes_html_of_words_is_refused(name: str) -> None:
    with pytest.raises(TypeError, match="loses the language"):
        Template("{{ value|" + name + " }}").render(Context({"value": LocalizedText("Haus\n\nHof", "de")}))


def test_filters_of_other_texts_are_those_of_django() -> None:
    assert Template("{{ value|upper|linebreaksbr }}").render(Context({"value": "a\nb"})) == "A<br>B"


def test_words_in_the_readers_language_are_plain_text() -> None:
    with translation.override("ar"):
        assert printed(LocalizedText("مرحبا", "ar")) == "مرحبا"


def test_words_in_another_language_say_so() -> None:
    with translation.override("ar"):
        assert printed(LocalizedText("Grüß <Gott>", "de")) == '<span lang="de" dir="ltr">Grüß &lt;Gott&gt;</span>'
    with translation.override("de"):
        assert printed(LocalizedText("مرحبا", "ar")) == '<span lang="ar" dir="rtl">مرحبا</span>'


@given(text=texts, code=st.sampled_from(CODES), reader=st.sampled_from(CODES))
def test_printed_words_are_escaped_and_keep_their_text(text: str, code: str, reader: str) -> None:
    from bs4 import BeautifulSoup

    with translation.override(reader):
        shown = BeautifulSoup(printed(LocalizedText(text, code)), "html.parser")
    assert shown.get_text() == text
    assert [tag.name for tag in shown.find_all(True)] == ([] if code == reader else ["span"])


def test_words_are_strings() -> None:
    words = LocalizedText("Haus", "de")
    assert words == "Haus"
    assert (words.plain, words.lang) == ("Haus", "de")
    assert type(words.plain) is str


# Phrases


def test_a_phrase_marks_the_words_that_are_not_the_readers() -> None:
    with translation.override("ar"):
        made = phrase("%(body)s <%(number)s>", body=LocalizedText("Rat & Co", "de"), number="1/2025")
        assert printed(made) == '<span lang="de" dir="ltr">Rat &amp; Co</span> &lt;1/2025&gt;'
    assert made.plain == "Rat & Co <1/2025>"


# Choosing


@pytest.mark.parametrize(
    ("available", "reader", "chosen"),
    [
        ({"de": "Haus", "ar": "بيت"}, "ar", ("بيت", "ar")),
        ({"de": "Haus", "ar": "بيت"}, "tr", ("Haus", "de")),
        ({"de": "Haus", "ar": ""}, "ar", ("Haus", "de")),
        ({"de": "Haus", "de-simple": "Das Haus"}, "de-simple", ("Das Haus", "de-simple")),
        ({"de": "Haus"}, "de-simple", ("Haus", "de")),
        ({"uk": "дім"}, "ar", ("дім", "uk")),
        ({}, "ar", ("", "de")),
        (None, "ar", ("", "de")),
    ],
)
def test_the_readers_words_come_first_then_german_then_any(
    available: dict[str, str] | None, reader: str, chosen: tuple[str, str]
) -> None:
    with translation.override(reader):
        words = choose(available)
    assert (words.plain, words.lang) == chosen


# The form field


class Form(forms.Form):
    name = LocalizedTextFormField(max_length=20)


def filled(**values: str) -> Form:
    data = QueryDict(mutable=True)
    for code, value in values.items():
        data[f"name_{code}"] = value
    return Form(data)


def test_the_form_has_an_input_for_each_language_in_its_direction() -> None:
    from bs4 import BeautifulSoup

    inputs = BeautifulSoup(str(Form()["name"]), "html.parser").find_all("input")
    assert [(each["lang"], each["dir"]) for each in inputs] == [
        (language.code, language.direction) for language in languages.LANGUAGES
    ]


def test_what_was_typed_is_read_and_what_was_left_empty_is_absent() -> None:
    form = filled(de=" Das  Haus ", ar="بيت", tr="   ", de_simple="Haus")
    assert form.is_valid()
    assert form.cleaned_data["name"] == {"de": "Das Haus", "de-simple": "Haus", "ar": "بيت"}


def test_the_german_text_is_needed() -> None:
    form = filled(ar="بيت")
    assert not form.is_valid()
    assert "name" in form.errors


def test_nothing_at_all_is_not_enough_for_a_required_field() -> None:
    assert not filled().is_valid()
    field = LocalizedTextFormField(required=False)
    assert field.clean([""] * len(CODES)) == {}


def test_too_long_a_text_is_refused() -> None:
    assert not filled(de="x" * 21).is_valid()


@given(st.dictionaries(st.sampled_from(CODES), texts.map(lambda text: " ".join(text.split())).filter(bool)))
def test_what_is_stored_comes_back_from_the_form_unchanged(stored: dict[str, str]) -> None:
    stored = {"de": "Haus", **stored}
    field = LocalizedTextFormField()
    shown = field.widget.decompress(stored)
    assert field.clean(shown) == stored
    assert not field.has_changed(stored, shown)


def test_a_changed_text_is_noticed() -> None:
    field = LocalizedTextFormField()
    assert field.has_changed({"de": "Haus"}, field.widget.decompress({"de": "Haus", "ar": "بيت"}))


@pytest.mark.django_db
def test_every_language_survives_the_database() -> None:
    names = {code: f"Amt {code} \u200c\u200f" for code in CODES}
    ContactPoint.objects.create(key="amt", office=names)
    assert ContactPoint.objects.get(key="amt").office == names


def test_the_field_of_the_model_makes_the_form_field() -> None:
    field = LocalizedTextField("name", blank=True).formfield()
    assert isinstance(field, LocalizedTextFormField)
    assert not field.required
    with pytest.raises(ValidationError):
        field.clean(["x" * 256, *[""] * (len(CODES) - 1)])
