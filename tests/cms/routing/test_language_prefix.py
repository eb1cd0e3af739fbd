"""Addresses without a language: those of pages lead to one, what has no language is there or is not."""

import pytest
from django.test import Client

from tests import factories, webpages

pytestmark = pytest.mark.django_db

NOWHERE = [
    "/admin/nonsense/",
    "/admin/pages/nonsense/",
    "/admin/snippets/cms/nonsense/",
    "/documents/nonsense/",
    "/documents/1/nonsense/",
    "/media/nonsense/",
    "/media/images/nonsense",
    "/static/nonsense/",
    "/accent/nonsense/",
    "/login/nonsense/",
]


@pytest.fixture
def site():
    return factories.municipality()


@pytest.mark.parametrize("address", NOWHERE)
def test_what_has_no_language_is_not_looked_for_in_one(client: Client, site, address: str) -> None:
    client.force_login(factories.administrator())
    answer = client.get(address, headers={"Accept-Language": "tr"})
    assert answer.status_code == 404
    assert "Accept-Language" in answer["Vary"]
    assert webpages.read(answer).html["lang"]


def test_who_is_not_logged_in_learns_nothing_of_the_admin(client: Client, site) -> None:
    answer = client.get("/admin/nonsense/")
    assert (answer.status_code, answer["Location"]) == (302, "/admin/login/?next=/admin/nonsense/")


def test_an_address_of_the_admin_that_is_not_there_is_told_in_its_look(client: Client, site) -> None:
    client.force_login(factories.administrator())
    page = webpages.read(client.get("/admin/nonsense/"))
    assert page.select_one('body a[href="/admin/"]')
    assert page.html["lang"] == "de"
    answer = client.get("/admin/nonsense", follow=True)
    assert ([address for address, _status in answer.redirect_chain], answer.status_code) == (["/admin/nonsense/"], 404)


def test_an_address_of_a_page_leads_to_the_readers_language(client: Client, site) -> None:
    factories.content(site, "Über uns", slug="ueber-uns")
    answer = client.get("/ueber-uns/?a=1", headers={"Accept-Language": "tr"})
    assert (answer.status_code, answer["Location"]) == (302, "/tr/ueber-uns/?a=1")
