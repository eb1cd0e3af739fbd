"""The point of an organisation, chosen on the Site's street map or typed."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from cms.pages.drafts import draft_of
from directory.map.map_settings import DirectoryMap
from directory.models import OrganisationPage
from tests import factories, webpages

pytestmark = pytest.mark.django_db
HOST = "https://tiles.example.org"


@pytest.fixture
def organisation(kept: None, client: Client) -> OrganisationPage:
    made = factories.organisation(factories.directory(factories.municipality()), street="Weg 1", city="Hagen")
    client.force_login(factories.member(made))
    return made


@pytest.fixture
def with_tiles(organisation: OrganisationPage) -> None:
    DirectoryMap.objects.create(site=organisation.get_site(), tile_address=HOST + "/{z}/{x}/{y}.png", attribution="x")


def at(name: str, organisation: OrganisationPage) -> str:
    with translation.override("en"):
        return reverse(name, kwargs={"key": organisation.translation_key})


def test_a_point_goes_into_the_draft_and_nothing_else(
    organisation: OrganisationPage, with_tiles: None, client: Client
) -> None:
    page = webpages.read(client.get(at("my_point", organisation)))
    revision = page.select_one("[name=base_revision]")["value"]
    answer = client.post(at("my_point", organisation), {"point": "51.36, 7.47", "base_revision": revision})
    assert answer["Location"] == at("my_address", organisation)
    draft = draft_of(organisation)
    assert (draft.latitude, draft.longitude) == (Decimal("51.36000"), Decimal("7.47000"))
    assert (draft.street, draft.city) == ("Weg 1", "Hagen")


def test_the_address_says_what_the_server_learns_before_it_is_asked(
    organisation: OrganisationPage, with_tiles: None, client: Client
) -> None:
    answer = client.get(at("my_address", organisation))
    assert HOST not in answer["Content-Security-Policy"]
    page = webpages.read(answer)
    box = page.select_one(f"section.box:has(a[href='{at('my_point', organisation)}'])")
    assert "tiles.example.org" in webpages.text(box)
    chosen = client.get(at("my_point", organisation))
    assert f"img-src 'self' {HOST};" in f"{chosen['Content-Security-Policy']};"


def test_without_a_street_map_it_is_typed_and_no_script_is_sent(organisation: OrganisationPage, client: Client) -> None:
    assert not webpages.read(client.get(at("my_address", organisation))).select("a[href$='/point/']")
    answer = client.get(at("my_point", organisation))
    assert "script-src 'none'" in answer["Content-Security-Policy"]
    page = webpages.read(answer)
    assert page.select("input[name=point]")
    assert not page.select(".street-map, script[src]")


def test_what_is_no_point_is_refused(organisation: OrganisationPage, with_tiles: None, client: Client) -> None:
    assert client.post(at("my_point", organisation), {"point": "hier"}).status_code == 422


def in_admin(organisation: OrganisationPage) -> str:
    return reverse("organisation_point", args=[organisation.pk])


def test_the_press_office_puts_it_into_the_draft_from_the_editor(
    organisation: OrganisationPage, with_tiles: None, client: Client
) -> None:
    client.force_login(factories.press())
    editor = webpages.read(client.get(reverse("wagtailadmin_pages:edit", args=[organisation.pk])))
    assert editor.select(f"a[href='{in_admin(organisation)}']")
    before = client.get(in_admin(organisation))
    assert HOST not in before["Content-Security-Policy"]
    page = webpages.read(before)
    assert "tiles.example.org" in webpages.text(page.select_one("main"))
    assert not page.select(".street-map, script[src*=leaflet]")

    chosen = client.get(in_admin(organisation), {"map": ""})
    assert f" {HOST};" in f"{chosen['Content-Security-Policy']};"
    page = webpages.read(chosen)
    assert page.select(".street-map") and page.select("script[src*=leaflet]")
    revision = page.select_one("[name=base_revision]")["value"]
    answer = client.post(in_admin(organisation), {"point": "51.36, 7.47", "base_revision": revision})
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[organisation.pk])
    draft = draft_of(organisation)
    assert (draft.latitude, draft.longitude, draft.street) == (Decimal("51.36000"), Decimal("7.47000"), "Weg 1")
    organisation.refresh_from_db()
    assert organisation.latitude is None, "until it is published"

    answer = client.post(in_admin(organisation), {"point": "51.4, 7.5", "base_revision": revision})
    assert "Save once more" in answer.content.decode() or "noch einmal" in answer.content.decode()
    newest = webpages.read(answer).select_one("[name=base_revision]")["value"]
    client.post(in_admin(organisation), {"point": "51.4, 7.5", "base_revision": newest})
    assert draft_of(organisation).latitude == Decimal("51.40000")


def test_in_the_admin_what_is_no_point_is_said_and_kept(organisation: OrganisationPage, client: Client) -> None:
    client.force_login(factories.press())
    page = webpages.read(client.post(in_admin(organisation), {"point": "hier"}))
    assert page.select(".error-message")
    assert page.select_one("[name=point]")["value"] == "hier"
    assert not page.select("a[href='?map']"), "no server of a street map is named"


def test_only_who_may_edit_the_page_puts_its_point(organisation: OrganisationPage, client: Client) -> None:
    other = factories.organisation(organisation.get_parent().specific, "Andere", slug="andere")
    client.force_login(factories.member(other))
    assert client.post(in_admin(organisation), {"point": "51.36, 7.47"}).status_code in (302, 403)
    assert draft_of(organisation).latitude is None
