"""What browsers and proxies may keep, and addresses that carry somebody else's parameters."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests import factories, webpages

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path", ["/sitemap.xml", "/sitemap-de.xml", "/robots.txt", "/healthz", "/favicon.ico", "/accent/7a1f5c.css"]
)
def test_files_are_the_same_for_every_reader(client: Client, path: str) -> None:
    factories.municipality()
    answers = [client.get(path, headers={"Accept-Language": code}) for code in ("de", "ar")]
    assert answers[0].content == answers[1].content
    if answers[0].status_code == 200:
        assert "Accept-Language" not in answers[0].get("Vary", "")


def test_a_page_whose_address_has_no_language_differs_by_it(client: Client) -> None:
    factories.municipality()
    assert "Accept-Language" in client.get("/")["Vary"]
    assert "Accept-Language" in client.get("/nichts.php")["Vary"]


@pytest.mark.parametrize("code", ["de", "ar"])
@pytest.mark.parametrize("path", ["", "gibt-es-nicht/", "search/?q=x", "termine/calendar.ics", "my/login/"])
def test_every_answer_says_how_long_it_may_be_kept(client: Client, code: str, path: str) -> None:
    factories.event_index(factories.municipality(), slug="termine")
    answer = client.get(f"/{code}/{path}")
    assert answer["Cache-Control"]
    assert "Accept-Language" not in answer.get("Vary", "")
    assert answer["Content-Language"] == code


def test_sitemap_and_robots_are_asked_for_again(client: Client) -> None:
    factories.municipality()
    for path in ("/sitemap.xml", "/sitemap-de.xml", "/robots.txt", "/x.php"):
        assert "no-cache" in client.get(path)["Cache-Control"]


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("?fbclid=1&utm_source=x", {}),
        ("organisationen/?fbclid=1&topic=kinder&language=ar&q=a%20b&page=2", {"topic", "language", "q", "page"}),
        ("termine/?month=2031-05&series=x&gclid=2", {"month", "series"}),
        ("gibt-es-nicht/?fbclid=1", {}),
        ("search/?q=Verein&fbclid=%22%3E", {"q"}),
    ],
)
@pytest.mark.parametrize("code", ["de", "ar"])
def test_a_page_prints_only_parameters_that_it_knows(client: Client, code: str, path: str, kept: set[str]) -> None:
    site = factories.municipality()
    factories.organisation(factories.directory(site, slug="organisationen"))
    factories.event_index(site, slug="termine")
    answer = client.get(f"/{code}/{path}")
    page = webpages.read(answer)
    assert "clid" not in webpages.html(answer)
    assert "utm_" not in webpages.html(answer)
    canonical = page.select_one("link[rel=canonical]")
    links = [link["href"] for link in page.select("a[hreflang]")] + ([canonical["href"]] if canonical else [])
    assert links
    assert {name for link in links for name in parse_qs(urlsplit(str(link)).query)} == set(kept)
