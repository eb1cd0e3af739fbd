"""What a Site sets for its map, in the admin."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from cms.accounts import roles
from directory.map.map_settings import DirectoryMap, street_map_of, validate_tiles
from directory.models import District
from tests import factories, webpages

pytestmark = pytest.mark.django_db
TILES = "https://tiles.example.org/{z}/{x}/{y}.png"
RING = [[7.4, 51.3], [7.5, 51.3], [7.5, 51.4], [7.4, 51.4], [7.4, 51.3]]


@pytest.fixture
def site(kept: None) -> Site:
    return factories.municipality()


def address(site: Site) -> str:
    return reverse("wagtailsettings:edit", args=["directory", "directorymap", site.pk])


def upload(name: str) -> SimpleUploadedFile:
    area = {"type": "Feature", "properties": {"name": name}, "geometry": {"type": "Polygon", "coordinates": [RING]}}
    return SimpleUploadedFile("bezirke.geojson", json.dumps({"features": [area]}).encode())


@pytest.mark.parametrize("good", [TILES, "http://127.0.0.1:8080/{z}/{x}/{y}.png", "https://t.de:444/{z}/{y}/{x}?a=b"])
def test_an_address_with_its_three_numbers_is_taken(good: str) -> None:
    validate_tiles(good)


@pytest.mark.parametrize(
    "bad",
    [
        *(
            "tiles.example.org/{z}/{x}/{y}.png",
            "http://tiles.example.org/{z}/{x}/{y}.png",
            "https://tiles.example.org/",
        ),
        *("https://{s}.tiles.example.org/{z}/{x}/{y}.png", TILES + "?k={key}", "javascript://a/{z}{x}{y}"),
        *("https://a.de;script-src/{z}/{x}/{y}", "https://a.de b.de/{z}/{x}/{y}", "https://a@b.de/{z}/{x}/{y}"),
        *(TILES + " ", "https:///{z}/{x}/{y}", "https://*.de/{z}/{x}/{y}", TILES + '"'),
    ],
)
def test_an_address_that_no_browser_could_be_sent_to_is_refused(bad: str) -> None:
    with pytest.raises(ValidationError):
        validate_tiles(bad)


def test_the_map_of_others_needs_their_name() -> None:
    with pytest.raises(ValidationError):
        DirectoryMap(tile_address=TILES, attribution=" ").clean()


def test_what_was_stored_past_the_form_is_no_street_map(site: Site) -> None:
    DirectoryMap.objects.create(site=site, tile_address="https://a.de; script-src */{z}/{x}/{y}", attribution="x")
    assert street_map_of(site) is None


@pytest.mark.parametrize("role", [roles.PRESS, roles.ADMINISTRATORS])
def test_press_office_and_administrators_set_it(site: Site, client: Client, role: str) -> None:
    haspe = factories.district(site, "haspe")
    District.objects.update(is_schematic=True)
    client.force_login(factories.person("jemand@example.org", role))
    form = {"tile_address": TILES, "attribution": "© Stadt", "boundaries": upload("Haspe")}
    response = client.post(address(site), form)
    assert response.status_code == 302, webpages.text(webpages.read(response).select_one("main"))
    assert DirectoryMap.objects.get(site=site).tile_address == TILES
    haspe.refresh_from_db()
    assert (haspe.shape, haspe.is_schematic) == ([RING], False)


def test_a_file_that_names_no_district_changes_nothing(site: Site, client: Client) -> None:
    haspe = factories.district(site, "haspe")
    client.force_login(factories.press())
    page = webpages.read(client.post(address(site), {"boundaries": upload("Boele")}))
    assert page.select(".error-message, .w-field__errors")
    haspe.refresh_from_db()
    assert haspe.shape == []


def test_a_file_does_not_draw_the_districts_of_another_city(site: Site, client: Client) -> None:
    theirs = factories.district(factories.municipality("Anderswo", hostname="anderswo.example"), "haspe")
    factories.district(site, "haspe")
    client.force_login(factories.press())
    client.post(address(site), {"boundaries": upload("Haspe")})
    theirs.refresh_from_db()
    assert theirs.shape == []


def test_the_integration_centre_does_not(site: Site, client: Client) -> None:
    client.force_login(factories.person("ki@example.org", roles.KI))
    client.post(address(site), {"tile_address": TILES, "attribution": "x"})
    assert not DirectoryMap.objects.filter(tile_address=TILES).exists()
