"""What every answer says to the browser: what may run, be framed, be sent on, be remembered."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path
from wagtail.documents import get_document_model
from wagtail.models import PageViewRestriction, Site

from cms import urls as cms_urls
from cms.media import Image, Rendition
from news.models import NewsIndexPage
from tests import factories, webpages
from tests.journeys.addresses import PAGES

PUBLIC = {
    "default-src": {"'none'"},
    "img-src": {"'self'"},
    "style-src": {"'self'"},
    "script-src": {"'none'"},
    "font-src": {"'none'"},
    "media-src": {"'self'"},
    "form-action": {"'self'"},
    "frame-ancestors": {"'self'"},
    "base-uri": {"'none'"},
    "object-src": {"'none'"},
}
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
CONTENTS = {
    "bild.png": b"\x89PNG\r\n\x1a\n",
    "bild.jpg": b"\xff\xd8\xff",
    "zeichnung.svg": DRAWING,
    "seite.html": b"<script>alert(1)</script>",
    "seite.xhtml": b"<script>alert(1)</script>",
    "daten.xml": b"<x/>",
    "skript.js": b"alert(1)",
    "skript.mjs": b"alert(1)",
    "stil.css": b"*{}",
    "papier.pdf": b"%PDF-1.7",
    "text.txt": b"<script>alert(1)</script>",
    "ohne-endung": b"<script>alert(1)</script>",
}
INLINE = {"bild.png", "bild.jpg", "zeichnung.svg"}


def policy_of(response: HttpResponse) -> dict[str, set[str]]:
    """The Content-Security-Policy as the browser reads it."""
    directives = (part.split() for part in response["Content-Security-Policy"].split(";") if part.strip())
    return {name: set(sources) for name, *sources in directives}


def breaks(request: Any) -> HttpResponse:
    raise RuntimeError("for the test")


urlpatterns = [path("breaks/", breaks), *cms_urls.urlpatterns]
handler403, handler404, handler500 = cms_urls.handler403, cms_urls.handler404, cms_urls.handler500


@pytest.fixture(scope="module")
def built(kept: None) -> Site:
    site = factories.municipality()
    factories.content(site, "Über uns", slug="ueber-uns")
    hidden = factories.content(site, "Intern", slug="intern")
    PageViewRestriction.objects.create(page=hidden, restriction_type="password", password="x")  # noqa: S106
    factories.news_index(site)
    return site


@pytest.fixture
def site(built: Site, db: None) -> Site:
    return built


@pytest.fixture
def files(site: Site) -> Iterator[None]:
    """One stored file of each kind; a public page shows the pictures."""
    for name, content in CONTENTS.items():
        if default_storage.exists(name):
            default_storage.delete(name)
        assert default_storage.save(name, ContentFile(content)) == name
    drawing = Image(title="Zeichnung", credit="Ich", file="zeichnung.svg", width=9, height=9)
    Image.objects.bulk_create([drawing])
    drawing = Image.objects.get(file="zeichnung.svg")
    copies = [
        Rendition(image=drawing, filter_spec=name, file=name, width=9, height=9) for name in INLINE if "svg" not in name
    ]
    Rendition.objects.bulk_create(copies)
    index = NewsIndexPage.objects.first()
    factories.article(index, "Mit Bild", main_image=drawing, main_image_alt="Ein Bild")
    yield
    for name in CONTENTS:
        default_storage.delete(name)


# Every answer

KINDS = {
    "page": ("/de/ueber-uns/", 200),
    "feed": ("/de/aktuelles/feed/", 200),
    "search": ("/ar/search/?q=x", 200),
    "form": ("/de/barrier/", 200),
    "password": ("/de/intern/", 200),
    "redirect": ("/", 302),
    "slash": ("/de/ueber-uns", 301),
    "missing": ("/de/gibt-es-nicht/", 404),
    "missing outside": ("/gibt-es-nicht", 404),
    "wrong method": ("POST /de/ueber-uns/", 405),
    "forged form": ("FORGED /de/barrier/", 403),
    "error": ("/breaks/", 500),
    "bad host": ("HOST /de/", 400),
    "stylesheet": ("/static/cms/site.css", 200),
    "icon": ("/static/cms/favicon.svg", 200),
    "missing static": ("/static/cms/gibt-es-nicht.css", 404),
    "accent": ("/accent/8a0b3a.css", 200),
    "favicon": ("/favicon.ico", 302),
    "sitemap": ("/sitemap.xml", 200),
    "sitemap of a language": ("/sitemap-de.xml", 200),
    "robots": ("/robots.txt", 200),
    "health": ("/healthz", 200),
    "picture": ("/media/bild.png", 200),
    "drawing": ("/media/zeichnung.svg", 200),
    "unknown media": ("/media/papier.pdf", 404),
    "missing media": ("/media/gibt-es-nicht.png", 404),
    "log-in": ("/admin/login/", 200),
    "admin": ("/admin/", 302),
}


def ask(address: str) -> HttpResponse:
    kind, _, target = address.rpartition(" ")
    if kind == "FORGED":
        return Client(enforce_csrf_checks=True).post(target, {"message": "x"})
    client = Client(raise_request_exception=False, headers={"host": "evil.example"} if kind == "HOST" else None)
    if kind == "POST":
        return client.post(target)
    return client.get(target)


@pytest.fixture(params=KINDS)
def answer(request: pytest.FixtureRequest, site: Site, files: None) -> HttpResponse:
    address, status = KINDS[request.param]
    with override_settings(ROOT_URLCONF=__name__):
        response = ask(address)
    if request.param == "missing outside":
        response.status_code = 404 if response.status_code in {301, 302} else response.status_code
    assert response.status_code == status
    if response.streaming:
        b"".join(response)  # closes the file
    return response


def test_every_answer_is_protected(answer: HttpResponse) -> None:
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    for feature in ("camera", "geolocation", "microphone", "payment", "usb"):
        assert f"{feature}=()" in answer["Permissions-Policy"]
    policy = policy_of(answer)
    assert policy["default-src"] in ({"'none'"}, {"'self'"})
    framed = answer.get("X-Frame-Options") in {"SAMEORIGIN", "DENY"} or "frame-ancestors" in policy
    assert framed or "sandbox" in policy
    assert "Server" not in answer and "X-Powered-By" not in answer


def test_while_the_site_is_being_worked_on_too(site: Site, client: Client, settings: Any) -> None:
    switch = Path(settings.DATA_DIR, "maintenance")
    switch.touch()
    try:
        answer = client.get("/ar/")
    finally:
        switch.unlink()
    assert answer.status_code == 503
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert policy_of(answer) == PUBLIC


# Public pages


@pytest.mark.parametrize("code", ["de", "ar"])
def test_public_pages_allow_nothing_inline_and_nothing_from_elsewhere(demo: None, client: Client, code: str) -> None:
    for name, address in PAGES.items():
        response = client.get(f"/{code}{address}")
        assert policy_of(response) == PUBLIC, name
        page = webpages.read(response)
        assert not page.find_all(style=True), name
        assert not page.find_all("style"), name
        assert all(address.startswith("/") and not address.startswith("//") for address in webpages.resources(page))


@pytest.mark.parametrize("code", ["de", "ar"])
def test_visitors_get_no_cookie(demo: None, code: str) -> None:
    visitor = Client()
    for name, address in PAGES.items():
        if name != "barrier":
            assert not visitor.get(f"/{code}{address}").cookies, name
    for address in ("/", "/sitemap.xml", "/robots.txt", "/healthz", "/favicon.ico", f"/{code}/aktuelles/feed/"):
        assert not visitor.get(address).cookies, address
    assert not visitor.cookies


def test_the_form_sets_only_the_cookie_that_protects_it(site: Site, client: Client) -> None:
    cookie = client.get("/de/barrier/").cookies
    assert list(cookie) == ["csrftoken"]
    assert cookie["csrftoken"]["httponly"]
    assert cookie["csrftoken"]["samesite"] == "Lax"


# The admin


@pytest.mark.parametrize("address", ["/admin/", "/admin/login/", "/admin/pages/"])
def test_the_admin_has_a_policy_of_its_own(site: Site, client: Client, address: str) -> None:
    if "login" not in address:
        client.force_login(factories.administrator())
    policy = policy_of(client.get(address, follow=True))
    assert policy["default-src"] == {"'self'"}
    assert "'unsafe-inline'" in policy["script-src"]
    assert policy["object-src"] == {"'none'"}
    assert policy["frame-ancestors"] == policy["form-action"] == policy["base-uri"] == {"'self'"}
    elsewhere = {source for sources in policy.values() for source in sources if "//" in source or source == "*"}
    assert elsewhere == set()


@pytest.mark.parametrize("address", ["/administrator/", "/de/admin/", "/Admin/", "/admin", "/documentsx/"])
def test_addresses_that_only_look_like_the_admin_get_the_public_policy(
    site: Site, client: Client, address: str
) -> None:
    assert policy_of(client.get(address)) == PUBLIC


def test_whoever_is_logged_in_still_reads_pages_under_the_public_policy(site: Site, client: Client) -> None:
    client.force_login(factories.administrator())
    response = client.get("/de/ueber-uns/")
    assert policy_of(response) == PUBLIC
    assert not webpages.read(response).find("script", src=True)


@pytest.mark.django_db
def test_the_session_cookie_is_out_of_reach_for_scripts(client: Client) -> None:
    press = factories.press()
    response = client.post("/admin/login/", {"username": press.email, "password": factories.PASSWORD})
    cookie = response.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


# Uploaded files


@pytest.mark.parametrize("name", CONTENTS)
def test_an_uploaded_file_runs_nothing(files: None, client: Client, name: str) -> None:
    response = client.get(f"/media/{name}", follow=True)
    if name not in INLINE:  # it lies in the storage, and no picture is called so
        assert response.status_code == 404
        return
    assert response.status_code == 200
    assert b"".join(response) == CONTENTS[name]
    policy = policy_of(response)
    assert policy["default-src"] == {"'none'"}
    assert "script-src" not in policy
    assert policy["sandbox"] == set()
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response.get("Content-Disposition", "inline").startswith("inline")


def test_pictures_are_kept_for_a_year(files: None, client: Client) -> None:
    response = client.get("/media/bild.png")
    assert response["Cache-Control"] == "public, s-maxage=300, max-age=31536000, immutable"
    assert response["Content-Type"] == "image/png"
    assert response["Last-Modified"]
    assert b"".join(response) == CONTENTS["bild.png"]


@pytest.mark.parametrize(
    "path",
    [
        "../secret-key",
        "..%2fsecret-key",
        "%2e%2e/secret-key",
        "%2e%2e%2fsecret-key",
        "..\\secret-key",
        "%2fetc%2fpasswd",
        "/etc/passwd",
        "x/../../secret-key",
        "....//secret-key",
        "~root/.profile",
        "C:%5cWindows%5cwin.ini",
        "bild.png/x",
        "bild.png%00.html",
        "%00",
        "",
        ".",
        "..",
        "x" * 5000,
        "%ff%fe",
    ],
    ids=lambda path: path[:24] or "empty",
)
def test_no_address_leads_out_of_the_media_folder(files: None, client: Client, settings: Any, path: str) -> None:
    Path(settings.DATA_DIR, "secret-key").write_text("held back")
    response = client.get(f"/media/{path}", follow=True)
    assert response.status_code in {400, 404}
    assert b"held back" not in b"".join(response)


def test_documents_are_downloads_with_a_policy(site: Site, client: Client) -> None:
    documents = get_document_model()
    for name in ("papier.pdf", "seite.html", "zeichnung.svg"):
        document = documents.objects.create(title=name, file=ContentFile(CONTENTS[name], name))
        response = client.get(document.url)
        assert response.status_code == 200
        assert response["X-Content-Type-Options"] == "nosniff"
        assert policy_of(response)["default-src"] == {"'none'"}
        assert response["Content-Disposition"].startswith("inline" if name == "papier.pdf" else "attachment")
        assert b"".join(response) == CONTENTS[name]


# What is served without a page


def test_no_header_names_a_version(site: Site, client: Client) -> None:
    for address in ("/de/", "/admin/login/", "/healthz"):
        text = " ".join(f"{name}: {value}" for name, value in client.get(address).items()).lower()
        assert "wagtail" not in text and "django" not in text


def test_the_stylesheet_names_no_foreign_host() -> None:
    sheet = Path(__file__).resolve().parents[3] / "cms" / "static" / "cms" / "site.css"
    text = sheet.read_text()
    assert "@import" not in text
    assert "//" not in text.replace("http://www.w3.org/2000/svg", "")
