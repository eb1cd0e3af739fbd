"""The list of languages, from which the rest of the platform derives."""

import pytest
from django.utils import translation
from django.utils.translation import get_language_info

from cms.localization import languages


def test_the_platform_speaks_german_twice_and_eight_other_languages() -> None:
    assert [language.code for language in languages.LANGUAGES] == [
        *("de", "de-simple", "en", "ar", "uk", "tr", "ru", "fa", "bg", "ro"),
    ]


@pytest.mark.parametrize("language", languages.LANGUAGES, ids=lambda language: language.code)
def test_each_language_is_known_to_cldr_and_to_django(language: languages.Language) -> None:
    assert language.cldr_locale.language == language.code.split("-")[0]
    info = get_language_info(language.code)
    assert info["bidi"] == (language.direction == "rtl")


@pytest.mark.parametrize("code", [None, "", "xx", "klingon", "../de"])
def test_an_unknown_language_is_german(code: str | None) -> None:
    assert languages.get(code).code == "de"


def test_codes_are_found_in_any_case() -> None:
    assert languages.get("DE-Simple").code == "de-simple"


def test_the_active_language_is_the_one_of_the_request() -> None:
    with translation.override("uk"):
        assert languages.active().native_name == "Українська"
    with translation.override(None):
        assert languages.active().code == "de"


@pytest.mark.parametrize(
    ("code", "direction"),
    [("de", "ltr"), ("ar", "rtl"), ("fa", "rtl"), ("fa-AF", "rtl"), ("AR", "rtl"), ("he", "rtl"), ("pl", "ltr")],
)
def test_direction_is_known_for_our_languages_and_for_borrowed_ones(code: str, direction: str) -> None:
    assert languages.direction_of(code) == direction


def test_a_passage_is_marked_only_where_its_language_differs() -> None:
    assert languages.attributes("de", within="ar") == ' lang="de" dir="ltr"'
    assert languages.attributes("fa", within="de") == ' lang="fa" dir="rtl"'
    assert languages.attributes("de", within="de") == ""
    with translation.override("ar"):
        assert languages.attributes("ar") == ""


@pytest.mark.parametrize(
    ("code", "reader", "name"),
    [
        ("uk", "de", "Ukrainisch"),
        ("de", "ar", "الألمانية"),
        ("ku", "tr", "Kürtçe"),
        ("de-simple", "en", "Einfache Sprache"),
        ("xx", "de", "xx"),
    ],
)
def test_languages_are_named_in_the_readers_language(code: str, reader: str, name: str) -> None:
    assert languages.name_in(code, reader) == name


def test_django_is_told_only_what_it_does_not_know() -> None:
    known = {"de": {"code": "de", "bidi": False, "name": "German", "name_local": "Deutsch"}}
    completed = languages.lang_info(known)
    assert completed["de"] is known["de"]
    assert completed["de-simple"]["name_local"] == "Einfache Sprache"
    assert completed["fa"]["bidi"] is True
    assert "de-simple" not in known


def test_catalogues_are_looked_for_where_django_looks() -> None:
    assert languages.catalogue_folder("de-simple") == "de_Simple"
    assert languages.catalogue_folder("uk") == "uk"


@pytest.mark.parametrize(
    ("code", "name"),
    [("ps", "پښتو"), ("ti", "ትግርኛ"), ("so", "Soomaali"), ("de-simple", "Einfache Sprache"), ("rom", ""), ("../de", "")],
)
def test_a_language_is_called_in_itself_as_cldr_has_it(code: str, name: str) -> None:
    assert languages.own_name(code) == name
