"""Headers that keep visitors, editors and the operator safe."""

import pytest
from django.test import Client
from wagtail.models import Site

from cms.settings.security import ADMIN_CONTENT_SECURITY_POLICY
from tests import factories, webpages

pytestmark = pytest.mark.django_db
PUBLIC = [
    "/de/",
    "/ar/ueber-uns/",
    "/de/search/?q=x",
    "/de/barrier/",
    "/de/gibt-es-nicht/",
    "/",
    "/sitemap.xml",
    "/robots.txt",
    "/healthz",
    "/de/xx/",
    "/documents/1/x.pdf",
]


@pytest.fixture(scope="module")
def site(kept: None) -> Site:
    site = factories.municipality()
    factories.content(site, slug="ueber-uns")
    return site


def policy(response: object) -> dict[str, list[str]]:
    directives = (part.split() for part in response["Content-Security-Policy"].split(";") if part.strip())  # type: ignore[index]
    return {name: values for name, *values in directives}


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_allow_nothing_inline_and_nothing_from_elsewhere(site: Site, client: Client, address: str) -> None:
    found = policy(client.get(address))
    assert found["default-src"] == ["'none'"]
    assert found["script-src"] == ["'none'"]
    assert found["object-src"] == ["'none'"]
    assert found["base-uri"] == ["'none'"]
    values = {value for values in found.values() for value in values}
    assert values == {"'none'", "'self'"}


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_carry_the_other_headers(site: Site, client: Client, address: str) -> None:
    response = client.get(address)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert "geolocation=()" in response["Permissions-Policy"]


def test_the_admin_has_a_policy_of_its_own_that_still_allows_no_foreign_host(site: Site, client: Client) -> None:
    client.force_login(factories.press())
    found = policy(client.get("/admin/"))
    assert found["default-src"] == ["'self'"]
    assert "'unsafe-inline'" in found["script-src"]
    assert found["object-src"] == ["'none'"]
    allowed = {"'self'", "'none'", "'unsafe-inline'", "'unsafe-eval'", "data:", "blob:"}
    assert {value for values in found.values() for value in values} <= allowed
    assert set(found) >= set(ADMIN_CONTENT_SECURITY_POLICY)


@pytest.mark.parametrize("address", ["/administration/", "/de/admin/", "/adminx", "/de/documents/"])
def test_an_address_that_only_looks_like_the_admin_has_the_public_policy(
    site: Site, client: Client, address: str
) -> None:
    assert policy(client.get(address))["script-src"] == ["'none'"]


def test_the_address_of_the_page_before_never_leaves_the_site_whole(site: Site, client: Client) -> None:
    client.force_login(factories.press())
    assert client.get("/admin/")["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_forged_hosts_are_refused(site: Site, client: Client) -> None:
    assert client.get("/de/", headers={"Host": "evil.example"}).status_code == 400


def test_a_wrong_password_is_not_tried_forever(site: Site, client: Client) -> None:
    factories.person("opfer@example.org")
    for _attempt in range(8):
        client.post("/admin/login/", {"username": "opfer@example.org", "password": "falsch"})
    locked = client.post("/admin/login/", {"username": "opfer@example.org", "password": factories.PASSWORD})
    assert locked.status_code == 429
    assert "_auth_user_id" not in client.session


def test_log_in_pages_are_not_kept_by_caches(site: Site, client: Client) -> None:
    assert "no-store" in client.get("/admin/login/")["Cache-Control"]


def test_log_in_does_not_lead_to_another_host(site: Site, client: Client) -> None:
    factories.person("a@example.org", is_superuser=True)
    response = client.post(
        "/admin/login/?next=https://evil.example/",
        {"username": "a@example.org", "password": factories.PASSWORD, "next": "https://evil.example/"},
    )
    assert "evil.example" not in response.get("Location", "")


def test_the_admin_is_in_german_for_editors_who_chose_it(site: Site, client: Client) -> None:
    client.force_login(factories.press())
    assert webpages.read(client.get("/admin/")).html["lang"] == "de"
