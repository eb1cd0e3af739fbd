"""Editors find organisations by number and native name, pictures by who made them, offices by what they are called."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from cms.admin.search_backend import as_searched
from tests import factories, webpages


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("02331 207-0", "4923312070"),
        ("02331/2070", "4923312070"),
        ("(02331) 20 70", "4923312070"),
        ("+49 2331 2070", "4923312070"),
        ("+49 (0)2331 2070", "4923312070"),
        ("0049 2331 2070", "4923312070"),
        ("٠٢٣٣١ ٢٠٧٠", "4923312070"),
        ("02331 20", "49233120"),
        ("+90 212 555 0000", "902125550000"),
    ],
)
def test_a_number_is_the_same_however_it_is_typed(typed: str, digits: str) -> None:
    assert as_searched(typed) == digits


@pytest.mark.parametrize("typed", ["", "58095", "01067", "2026", "01.05.2026", "Haus 02", "+", "0", "Verein 20", "---"])
def test_other_words_stay_as_they_are(typed: str) -> None:
    assert as_searched(typed) == typed


@pytest.fixture
def site(db: None) -> Site:
    site = factories.municipality()
    directory = factories.directory(site)
    factories.organisation(directory, "Brücke e.V.", phone="+4923312070", native_name="جمعية الجسر")
    factories.organisation(directory, "Anderer Verein", phone="+4923319999")
    return site


@pytest.mark.parametrize(
    "typed", ["02331 207-0", "+49 2331 2070", "0049 2331 2070", "02331 207", "الجسر", "جمعية الج", "Brücke"]
)
def test_an_organisation_is_found_by_number_and_native_name(site: Site, client: Client, typed: str) -> None:
    client.force_login(factories.press())
    page = webpages.read(client.get(reverse("wagtailadmin_pages:search_results"), {"q": typed}))
    assert "Brücke e.V." in page.get_text() and "Anderer Verein" not in page.get_text()


def test_a_picture_is_chosen_by_who_has_made_it(site: Site, client: Client) -> None:
    factories.picture("Sommerfest", credit="Foto: Öznur Demirkıran")
    factories.picture("Winterfest", credit="Foto: Stadt Musterstadt")
    client.force_login(factories.press())
    for typed in ("Demirkıran", "öznur", "Demirk"):
        page = webpages.read(client.get(reverse("wagtailimages_chooser:choose_results"), {"q": typed}))
        assert "Sommerfest" in str(page) and "Winterfest" not in str(page)


@pytest.mark.parametrize("typed", ["Integrationszentrum", "Інтеграц", "02331 207-55 00"])
def test_an_office_is_found_by_its_name_and_number(site: Site, client: Client, typed: str) -> None:
    factories.contact("ki", office={"de": "Integrationszentrum", "uk": "Інтеграційний центр"}, phone="+4923312075500")
    factories.contact("presse", office={"de": "Pressestelle"})
    client.force_login(factories.press())
    address = reverse("wagtailsnippets_cms_contactpoint:list_results")
    page = webpages.read(client.get(address, {"q": typed}))
    assert "Integrationszentrum" in page.get_text() and "Pressestelle" not in page.get_text()
