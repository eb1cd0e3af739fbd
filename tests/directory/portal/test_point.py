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
