"""Old addresses of pages that moved."""

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from tests import factories

pytestmark = pytest.mark.django_db(transaction=False)


@pytest.fixture
def renamed(client: Client, django_capture_on_commit_callbacks):
    site = factories.municipality()
    page = factories.content(site, "Partner", slug="partner")
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    page.slug = "kooperation"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    return page


@pytest.mark.parametrize("code", ["de", "ar", "de-simple", "fa"])
def test_an_old_address_leads_to_the_new_one_in_the_same_language(client: Client, renamed, code: str) -> None:
    response = client.get(f"/{code}/partner/")
    assert response.status_code == 301
    assert response.headers["Location"] == f"/{code}/kooperation/"
    assert client.get(response.headers["Location"]).status_code == 200


def test_an_old_address_of_an_unpublished_page_leads_nowhere(client: Client, renamed) -> None:
    renamed.unpublish()
    assert client.get("/ar/partner/").status_code == 404


def test_what_never_was_stays_not_found(client: Client, renamed) -> None:
    assert client.get("/ar/partner/mehr/").status_code == 404
    assert client.get("/ar/nichts/").status_code == 404


@pytest.mark.parametrize("code", ["de", "ar"])
def test_a_calendar_moves_with_its_page(client: Client, django_capture_on_commit_callbacks, code: str) -> None:
    index = factories.event_index(factories.municipality(), slug="termine")
    with django_capture_on_commit_callbacks(execute=True):
        index.save_revision().publish()
    index.slug = "kalender"
    with django_capture_on_commit_callbacks(execute=True):
        index.save_revision().publish()
    response = client.get(f"/{code}/termine/calendar.ics")
    assert (response.status_code, response.headers["Location"]) == (301, f"/{code}/kalender/calendar.ics")
    assert client.get(response.headers["Location"])["Content-Type"].startswith("text/calendar")
    assert client.get(f"/{code}/termine/anderes.ics", follow=True).status_code == 404


@pytest.mark.parametrize("code", ["de", "ar", "uk", "de-simple"])
@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://elsewhere.example/x", "https://elsewhere.example/x"),
        ("http://testserver.localhost/de/neu/", "/{code}/neu/"),
        ("/de/neu/", "/{code}/neu/"),
        ("/media/datei.pdf", "/media/datei.pdf"),
    ],
)
def test_an_address_that_leads_to_a_link_does_so_in_every_language(
    client: Client, code: str, link: str, expected: str
) -> None:
    site = factories.municipality(hostname="testserver.localhost")
    Redirect.add_redirect("/de/alt/", link, is_permanent=False)
    response = client.get(f"/{code}/alt/", headers={"Host": site.hostname})
    assert response.status_code == 302
    wanted = link if code == "de" else expected.format(code=code)
    assert response.headers["Location"] == wanted
