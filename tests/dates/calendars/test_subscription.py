"""How visitors get a calendar into their own: on every page that has dates, without script and foreign host."""

import datetime as dt
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from cms.localization import languages
from dates.models import EventIndexPage
from tests import factories, webpages

pytestmark = pytest.mark.django_db
YEAR = timezone.localtime().year + 1


@pytest.fixture
def site(db: None) -> Site:
    site = factories.municipality()
    body = factories.council_body(de="Integrationsrat")
    factories.council(site, body, slug="rat")
    factories.session(body, 1, factories.berlin(YEAR, 3, 2, 16))
    organisation = factories.organisation(factories.directory(site), "Ein Verein e.V.", slug="verein")
    index = factories.event_index(site)
    factories.event(index, slug="fest", organiser=organisation)
    return site


def page(client: Client, path: str, code: str = "de") -> BeautifulSoup:
    return webpages.read(client.get(f"/{code}/{path}"))


def ways(shown: BeautifulSoup) -> dict[str, str]:
    """What the visitor can do, by kind."""
    links = {urlsplit(link["href"]).netloc or "file": link["href"] for link in shown.find_all("a", href=True)}
    return {
        "subscribe": next(link["href"] for link in shown.find_all("a", href=True) if link["href"][:6] == "webcal"),
        "copy": shown.find("input", readonly=True)["value"],
        "download": shown.find("a", download=True)["href"],
        "google": links["calendar.google.com"],
        "outlook": links["outlook.live.com"],
    }


@pytest.mark.parametrize("code", [language.code for language in languages.LANGUAGES])
@pytest.mark.parametrize("path", ["rat/", f"rat/{YEAR}/1/", "termine/", "termine/fest/", "organisationen/verein/"])
def test_every_way_leads_to_the_calendar_of_the_page(site: Site, client: Client, path: str, code: str) -> None:
    found = ways(page(client, path, code))
    assert found["copy"] == f"http://testserver{found['download']}"
    assert found["subscribe"] == f"webcal://testserver{found['download']}"
    assert parse_qs(urlsplit(found["google"]).query)["cid"] == [found["subscribe"]]
    assert parse_qs(urlsplit(found["outlook"]).query)["url"] == [found["copy"]]
    answer = client.get(found["download"])
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert found["download"].startswith(f"/{code}/")


def test_foreign_services_are_asked_only_when_somebody_chooses_them(site: Site, client: Client) -> None:
    shown = page(client, "rat/")
    assert not [address for address in webpages.resources(shown) if "google" in address or "outlook" in address]
    assert shown.find("a", href=lambda href: href and "google" in href).find_parent("details") is not None


def test_an_event_that_is_over_offers_no_calendar(site: Site, client: Client) -> None:
    factories.event(
        EventIndexPage.objects.get(slug="termine"), "Vorbei", timezone.now() - dt.timedelta(days=3), slug="vorbei"
    )
    assert page(client, "termine/vorbei/").find("input", readonly=True) is None
