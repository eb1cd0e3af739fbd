"""Invariant 6: the public site sets no cookie and asks no foreign host for anything before a click."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
import tinycss2
from django.contrib.staticfiles import finders
from django.test import Client

from cms.localization import languages
from tests import webpages

ADDRESSES = [
    "",
    "ueber-uns/",
    "partner/",
    "impressum/",
    "aktuelles/",
    "aktuelles/2024/",
    "aktuelles/netzwerktreffen-im-rathaus/",
    "organisationen/",
    "organisationen/?topic=soziales&language=ar",
    "organisationen/?map=districts",
    "organisationen/?near=hohenlimburg",
    "organisationen/beispielverein/",
    "organisationen/ukrainer-in-hagen/",
    "integrationsrat/",
    "integrationsrat/2025/",
    "integrationsrat/2025/1/",
    "termine/",
    "termine/archiv/",
    "termine/beispiel-sprachcafe/",
    "projekte/",
    "search/",
    "data/",
    "search/?q=Hagen",
    "barrier/",
    "barrier/?sent=1",
    "gibt-es-nicht/",
]
WITHOUT_LANGUAGE = [
    "/",
    "/sitemap.xml",
    "/sitemap-de.xml",
    "/robots.txt",
    "/healthz",
    "/favicon.ico",
    "/.well-known/security.txt",
    "/accent/7a1f5c.css",
]
FORMS = ("barrier/",)
"""Only a form that is sent needs a cookie: the one that protects it."""


@pytest.mark.parametrize("code", [language.code for language in languages.LANGUAGES])
def test_no_page_sets_a_cookie(demo: None, client: Client, code: str) -> None:
    for address in ADDRESSES:
        cookies = set(client.get(f"/{code}/{address}").cookies)
        assert cookies <= ({"csrftoken"} if address.startswith(FORMS) else set()), address
        client.cookies.clear()


@pytest.mark.parametrize("address", [*WITHOUT_LANGUAGE, "/de/aktuelles/feed/"])
def test_nothing_beside_the_pages_sets_a_cookie(demo: None, client: Client, address: str) -> None:
    assert not client.get(address).cookies


def test_a_picture_sets_no_cookie(demo: None, client: Client) -> None:
    picture = next(src for src in webpages.resources(webpages.read(client.get("/de/"))) if src.startswith("/media/"))
    assert not client.get(picture).cookies


@pytest.mark.parametrize("code", ["de", "ar"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_everything_that_loads_comes_from_the_same_host(demo: None, client: Client, code: str, address: str) -> None:
    base = f"http://testserver/{code}/{address}"
    page = webpages.read(client.get(f"/{code}/{address}"))
    loaded = webpages.resources(page)
    assert loaded, "this test sees nothing on this page"
    assert {urlsplit(urljoin(base, each)).netloc for each in loaded} == {"testserver"}
    assert not page.find_all(["iframe", "embed", "object", "base"])
    assert not page.find_all("meta", attrs={"http-equiv": True})
    assert {urlsplit(urljoin(base, str(form.get("action", "")))).netloc for form in page.find_all("form")} <= {
        "testserver"
    }


@pytest.mark.parametrize("code", ["de", "ar"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_has_a_script_or_an_inline_style(demo: None, client: Client, code: str, address: str) -> None:
    page = webpages.read(client.get(f"/{code}/{address}"))
    assert {script.get("type") for script in page.find_all("script")} <= {"application/ld+json"}
    assert not page.find_all("style")
    assert not page.find_all(style=True)
    handlers = {name for element in page.find_all(True) for name in element.attrs if name.startswith("on")}
    assert handlers == set()
    assert not [link for link in page.find_all(href=True) if str(link["href"]).lower().startswith("javascript:")]


def test_the_stylesheet_asks_for_nothing(demo: None, client: Client) -> None:
    page = webpages.read(client.get("/de/"))
    for link in page.select("link[rel=stylesheet]"):
        path = finders.find(str(link["href"]).removeprefix("/static/"))
        rules = tinycss2.parse_stylesheet_bytes(open(path, "rb").read())[0]  # noqa: SIM115
        text = tinycss2.serialize(rules)
        assert "@import" not in text
        assert not [url for url in re.findall(r"url\(([^)]*)\)", text) if not url.strip("'\"").startswith("data:")]


def test_pictures_of_the_site_ask_for_nothing(demo: None, client: Client) -> None:
    drawings = {
        src
        for address in ("", "aktuelles/netzwerktreffen-im-rathaus/", "organisationen/beispielverein/")
        for src in webpages.resources(webpages.read(client.get(f"/de/{address}")))
        if src.endswith(".svg")
    }
    assert drawings
    for src in drawings:
        drawing = webpages.html(client.get(src))
        assert not re.search(
            r"(href|src)\s*=\s*[\"'](https?:)?//|<script|@import|<foreignObject", drawing, re.IGNORECASE
        )
