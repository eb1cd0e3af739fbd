"""An organisation's events and offers in a frame on its own website."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from dates.embed.embedded import hosts_of
from dates.models import EventIndexPage
from directory.models import OrganisationPage
from tests import factories, webpages


def club(**values: Any) -> OrganisationPage:
    page = OrganisationPage.objects.sources().get(slug="beispielverein")
    for name, value in values.items():
        setattr(page, name, value)
    page.save()
    return page


def address(page: OrganisationPage, code: str = "ar") -> str:
    return f"/embed/organisation/{page.translation_key}/?lang={code}"


@pytest.mark.parametrize(("code", "direction"), [("de", "ltr"), ("ar", "rtl")])
def test_events_and_offers_stand_there_in_the_language_asked_for(
    demo: None, client: Client, code: str, direction: str
) -> None:
    page = club()
    index = EventIndexPage.objects.sources().get(slug="termine")
    factories.event(index, "Tanzfest", timezone.now() + dt.timedelta(days=3), slug="tanz", organiser=page)
    response = client.get(address(page, code))
    read = webpages.read(response)
    assert webpages.faults(webpages.html(response)) == []
    assert (read.html["lang"], read.html["dir"]) == (code, direction)
    assert "Tanzfest" in webpages.text(read.select_one(".entries"))
    assert len(read.select("tbody tr")) == page.offers.count()
    links = {link["href"] for link in read.select(".entries a")}
    assert f"/{code}/termine/tanz/" in links and all(link.startswith(f"/{code}/") for link in links)
    assert read.base["target"] == "_top" and not read.base.get("href")
    back = read.select_one("footer a")
    assert back["href"] == f"http://testserver/{code}/organisationen/beispielverein/"
    assert (back["target"], back["rel"]) == ("_top", ["noopener"])


def test_only_its_own_website_may_frame_it(demo: None, client: Client) -> None:
    response = client.get(address(club(website="https://www.verein.example/seite")))
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert policy["frame-ancestors"] == "'self' https://www.verein.example https://verein.example"
    assert policy["default-src"] == "'none'" and "script-src" not in policy
    assert "X-Frame-Options" not in response
    assert "frame-ancestors 'self';" in client.get(address(club(website="")))["Content-Security-Policy"] + ";"


def test_it_has_no_script_and_no_cookie_and_asks_nobody_else(demo: None, client: Client) -> None:
    response = client.get(address(club()))
    read = webpages.read(response)
    assert not response.cookies
    assert not read.find_all(["script", "form", "iframe"]) and not read.find_all(style=True)
    assert all(source.startswith("/") for source in webpages.resources(read))


@pytest.mark.parametrize(("code", "told"), [("de", 0), ("ar", 1), ("tr", 1)])
def test_words_that_are_not_the_readers_or_old_are_told(demo: None, client: Client, code: str, told: int) -> None:
    page = club()
    page.get_translations().exclude(locale__language_code="ar").update(live=False)
    assert len(webpages.read(client.get(address(page, code))).select("main > p.small.muted")) == told


def test_nothing_is_shown_of_what_is_not_public(demo: None, client: Client) -> None:
    page = club()
    assert client.get(f"/embed/organisation/{uuid4()}/").status_code == 404
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(address(page)).status_code == 404
    PageViewRestriction.objects.all().delete()
    page.unpublish()
    assert client.get(address(page)).status_code == 404


@pytest.mark.parametrize("code", ["xx", "", "de'--", "ar" * 2000])
def test_a_language_that_is_not_there_is_german(demo: None, client: Client, code: str) -> None:
    response = client.get(address(club(), code))
    assert (response.status_code, response["Content-Language"]) == (200, "de")


@pytest.mark.parametrize(
    ("website", "hosts"),
    [
        ("https://verein.example/", ["https://verein.example", "https://www.verein.example"]),
        ("http://verein.example:8080/x", ["http://verein.example:8080", "http://www.verein.example:8080"]),
        ("https://brücke.example", ["https://xn--brcke-lva.example", "https://www.xn--brcke-lva.example"]),
        ("https://a.example; script-src *", []),
        ("javascript:alert(1)", []),
        ("https://[::1]/", []),
        ("https://*/", []),
        ("", []),
    ],
)
def test_a_website_names_the_hosts(website: str, hosts: list[str]) -> None:
    assert hosts_of(website) == hosts


@pytest.mark.parametrize("code", ["de", "ar"])
def test_members_copy_the_lines_and_see_how_it_looks(demo: None, client: Client, code: str) -> None:
    page = club(website="https://verein.example/")
    client.force_login(factories.member(page))
    screen = client.get(f"/{code}/my/{page.translation_key}/embed/?lang=uk")
    read = webpages.read(screen)
    lines = webpages.BeautifulSoup(read.select_one("textarea").text, "html.parser").iframe
    assert lines["src"] == f"http://testserver{address(page, 'uk')}"
    assert page.title in lines["title"]
    assert read.select_one("iframe")["src"] == address(page, "uk")
    assert "frame-src 'self'" in screen["Content-Security-Policy"]
    assert client.get(address(page, "uk")).status_code == 200
