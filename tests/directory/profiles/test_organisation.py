"""The profile of an organisation: names, words, and what is missing."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Site

from directory.models import DirectoryPage, OrganisationPage
from tests import factories, webpages

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db: None) -> Site:
    return factories.municipality()


@pytest.fixture
def directory(site: Site) -> DirectoryPage:
    return factories.directory(site)


def complete(directory: DirectoryPage, **changes: Any) -> OrganisationPage:
    facts = {
        "slug": "verein",
        "short_description": "Wir singen",
        "topics": ["kultur"],
        "languages_spoken": ["de", "ar"],
        "street": "Lange Str. 1",
        "email": "post@verein.example",
    }
    return factories.organisation(directory, "Verein", **{**facts, **changes})


def profile(client: Client, code: str = "de") -> BeautifulSoup:
    answer = client.get(f"/{code}/organisationen/verein/")
    assert answer.status_code == 200
    return webpages.read(answer)


def notice(page: BeautifulSoup) -> str:
    return " ".join(webpages.text(each) for each in page.select("article .notice"))


# Complete or not


def test_a_complete_profile_has_no_notice(directory: DirectoryPage, client: Client) -> None:
    complete(directory)
    assert notice(profile(client)) == ""


@pytest.mark.parametrize(
    ("empty", "missing"),
    [
        ({"short_description": ""}, "Aufgaben der Organisation"),
        ({"topics": []}, "Themen"),
        ({"languages_spoken": []}, "gesprochene Sprachen"),
        ({"street": ""}, "Adresse"),
        ({"email": ""}, "Kontakt"),
        ({"topics": [], "email": ""}, "Themen und Kontakt"),
        (
            {"short_description": "", "topics": [], "languages_spoken": [], "street": "", "email": ""},
            "Aufgaben der Organisation , Themen , gesprochene Sprachen , Adresse und Kontakt",
        ),
    ],
)
def test_an_incomplete_profile_names_what_is_missing(
    directory: DirectoryPage, client: Client, empty: dict[str, Any], missing: str
) -> None:
    complete(directory, **empty)
    assert notice(profile(client)) == f"Dieses Profil ist noch nicht vollständig. Das fehlt noch: {missing}"


@pytest.mark.parametrize(
    "instead",
    [
        {"short_description": "", "about": "<p>Wir singen.</p>"},
        {"email": "", "phone": "+492331123"},
        {"email": "", "website": "https://verein.example/"},
    ],
)
def test_one_of_several_ways_is_enough(directory: DirectoryPage, client: Client, instead: dict[str, str]) -> None:
    complete(directory, **instead)
    assert notice(profile(client)) == ""


def test_a_district_is_enough_of_an_address(site: Site, directory: DirectoryPage, client: Client) -> None:
    complete(directory, street="", district=factories.district(site, "haspe"))
    assert notice(profile(client)) == ""


def test_what_is_missing_is_named_in_the_readers_language(directory: DirectoryPage, client: Client) -> None:
    complete(directory, topics=[])
    shown = profile(client, "tr").select_one("article .notice")
    assert webpages.language_of(shown) == ("tr", "ltr")
    assert "Themen" not in webpages.text(shown)


def test_a_profile_is_as_complete_in_a_translation_as_in_german(directory: DirectoryPage, client: Client) -> None:
    factories.translated(complete(directory), "ar", short_description="نغني", topics=[])
    assert notice(profile(client, "ar")) == ""


# Names


@pytest.mark.parametrize("code", ["ar", "tr", "en"])
def test_the_german_name_is_german_in_every_language(directory: DirectoryPage, client: Client, code: str) -> None:
    factories.translated(complete(directory), "ar", short_description="نغني")
    name = profile(client, code).select_one("h1 bdi")
    assert webpages.text(name) == "Verein"
    assert webpages.language_of(name) == ("de", "ltr")


@pytest.mark.parametrize(
    ("native_name", "language", "attributes"),
    [
        ("Товариство", "uk", ("uk", "ltr")),
        ("انجمن", "fa", ("fa", "rtl")),
        ("یەکێتی", "ckb", ("ckb", "rtl")),
        ("Magyar Kör", "hu", ("hu", "ltr")),
    ],
)
@pytest.mark.parametrize("code", ["de", "ar"])
def test_the_native_name_has_its_own_language_and_direction(
    directory: DirectoryPage, client: Client, code: str, native_name: str, language: str, attributes: tuple[str, str]
) -> None:
    complete(directory, native_name=native_name, native_language=language)
    name = profile(client, code).select_one(".native bdi")
    assert webpages.text(name) == native_name
    assert webpages.language_of(name) == attributes


def test_a_native_name_of_unknown_language_claims_none_and_finds_its_own_direction(
    directory: DirectoryPage, client: Client
) -> None:
    complete(directory, native_name="جمعية")
    assert profile(client).select_one(".native bdi").attrs == {}


def test_a_profile_without_native_name_shows_no_empty_line(directory: DirectoryPage, client: Client) -> None:
    complete(directory)
    assert not profile(client).select(".native")


# Words and facts


def test_facts_come_from_the_german_page_and_words_from_the_translation(
    directory: DirectoryPage, client: Client
) -> None:
    stale = {"street": "Alte Str. 9", "email": "alt@verein.example", "phone": "+492331999"}
    factories.translated(complete(directory), "ar", short_description="نغني", about="<p>أهلا</p>", **stale)
    page = profile(client, "ar")
    text = webpages.text(page.main)
    assert ("نغني" in text, "أهلا" in text, "Lange Str. 1" in text) == (True, True, True)
    assert not [value for value in stale.values() if value in str(page.main)]


def test_german_words_of_an_untranslated_profile_are_marked(directory: DirectoryPage, client: Client) -> None:
    complete(directory, about="<p>Seit 1990.</p>")
    page = profile(client, "ar")
    assert webpages.language_of(page.select_one(".lead").find(string="Wir singen").parent) == ("de", "ltr")
    assert webpages.language_of(page.find("p", string="Seit 1990.")) == ("de", "ltr")


@pytest.mark.parametrize(
    ("code", "named"), [("de", "Arabisch und Deutsch"), ("tr", "Almanca ve Arapça"), ("en", "Arabic and German")]
)
def test_languages_are_named_for_the_reader(directory: DirectoryPage, client: Client, code: str, named: str) -> None:
    complete(directory)
    details = webpages.text(profile(client, code).select_one("dl.details"))
    assert named in details


def test_whatsapp_is_offered_only_where_a_number_is_given(directory: DirectoryPage, client: Client) -> None:
    organisation = complete(directory, phone="+49233112345")
    assert not profile(client).select('a[href*="wa.me"]')
    organisation.whatsapp = "+4915112345678"
    organisation.save()
    for code in ("de", "ar"):
        [link] = profile(client, code).select('a[href*="wa.me"]')
        assert link["href"] == "https://wa.me/4915112345678"


def test_structured_data_describes_the_organisation(directory: DirectoryPage, client: Client) -> None:
    links = [("link", "https://social.example/verein")]
    complete(directory, native_name="Kör", website="https://verein.example/", social_links=links, postal_code="58095")
    [data] = webpages.structured_data(profile(client, "tr"))
    assert data == {
        "@context": "https://schema.org",
        "@type": "NGO",
        "@id": "http://testserver/de/organisationen/verein/#organisation",
        "name": "Verein",
        "alternateName": "Kör",
        "description": "Wir singen",
        "url": "http://testserver/tr/organisationen/verein/",
        "subjectOf": {
            "@type": "WebPage",
            "@id": "http://testserver/tr/organisationen/verein/",
            "inLanguage": "de",
        },
        "sameAs": ["https://verein.example/", "https://social.example/verein"],
        "email": "post@verein.example",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "Lange Str. 1",
            "postalCode": "58095",
            "addressCountry": "DE",
        },
        "knowsLanguage": ["ar", "de"],
    }


def test_no_title_for_search_engines_is_asked_for_beside_the_name() -> None:
    form = OrganisationPage.get_edit_handler().get_form_class()
    assert {"title", "slug", "search_description", "show_in_menus"} <= set(form.base_fields)
    assert "seo_title" not in form.base_fields


def test_the_events_an_organisation_has_ahead_stand_on_its_page(
    site: Site, directory: DirectoryPage, client: Client
) -> None:
    club, events = complete(directory), factories.event_index(site)
    factories.event(events, "Kommt noch", organiser=club)
    factories.event(events, "Vorbei", factories.berlin(2020, 1, 1, 10), organiser=club)
    factories.event(events, "Von anderen")
    shown = [webpages.text(link) for link in profile(client).select(".entries h3 a")]
    assert shown == ["Kommt noch"]
