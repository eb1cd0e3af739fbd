"""A new installation: nothing of Wagtail's greeting, then the first site."""

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Page, Site

from cms.routing.site_settings import SiteSettings
from home import setting_up
from home.models import HomePage
from tests import factories, webpages

pytestmark = pytest.mark.django_db
GIVEN = {"municipality": "Stadt Musterstadt", "name": "Miteinander in Musterstadt", "address": "http://localhost:8000"}


def test_after_the_migrations_there_is_neither_a_greeting_nor_its_site() -> None:
    assert not Page.objects.filter(depth__gt=1).exists()
    assert not Site.objects.exists()


def test_the_first_person_sets_the_site_up_in_the_admin(client: Client) -> None:
    call_command("createsuperuser", interactive=False, email="chefin@example.org", verbosity=0)
    client.force_login(get_user_model().objects.get(email="chefin@example.org"))
    assert webpages.read(client.get("/admin/")).select_one("a[href='/admin/set-up/']")
    answer = client.post("/admin/set-up/", GIVEN)
    site = Site.objects.get()
    assert answer["Location"] == f"/admin/pages/{site.root_page_id}/edit/"
    assert (site.root_url, site.is_default_site) == ("http://localhost:8000", True)
    assert SiteSettings.objects.get().municipality == "Stadt Musterstadt"
    assert not webpages.read(client.get("/admin/")).select_one("a[href='/admin/set-up/']")


@pytest.mark.parametrize("code", ["de", "ar", "de-simple"])
def test_what_was_set_up_is_public_in_every_language(client: Client, code: str) -> None:
    setting_up.set_up(**GIVEN)
    page = webpages.read(client.get(f"/{code}/"))
    assert "Miteinander in Musterstadt" in webpages.text(page.h1)
    for slug in ("aktuelles", "organisationen", "termine"):
        assert page.select_one(f"header a[href='/{code}/{slug}/']")
        assert client.get(f"/{code}/{slug}/").status_code == 200
    assert client.get("/", headers={"Accept-Language": code})["Location"] == f"/{code}/"
    assert client.get(f"/{code}/aktuelles/feed/").status_code == 200


def test_a_home_page_without_explanations_promises_none(client: Client) -> None:
    setting_up.set_up(**GIVEN)
    assert not webpages.read(client.get("/de/")).select("main .explain, main a.down")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "x",
        "localhost",
        "ftp://localhost",
        "http://localhost/de/",
        "http://a@localhost",
        "https://elsewhere.example",
        "http://localhost:x",
        "http://[::1",
        "https://localhost?x=1",
    ],
)
def test_an_address_that_cannot_be_is_refused_with_a_sentence(client: Client, address: str) -> None:
    with pytest.raises(ValidationError):
        setting_up.set_up(**{**GIVEN, "address": address})
    client.force_login(factories.administrator())
    answer = client.post("/admin/set-up/", {**GIVEN, "address": address})
    assert answer.status_code == 200
    assert webpages.read(answer).select_one("#panel-child, .w-field__errors, .error-message")
    assert not HomePage.objects.exists()


@pytest.mark.parametrize("who", [factories.press, factories.ki])
def test_nobody_else_sets_it_up(client: Client, who: Any) -> None:
    client.force_login(who())
    client.post("/admin/set-up/", GIVEN)
    assert not HomePage.objects.exists()
    assert not webpages.read(client.get("/admin/")).select_one("a[href='/admin/set-up/']")


def test_it_is_set_up_once(client: Client) -> None:
    setting_up.set_up(**GIVEN)
    with pytest.raises(setting_up.AlreadySetUp):
        setting_up.set_up(**GIVEN)
    client.force_login(factories.administrator())
    client.post("/admin/set-up/", {**GIVEN, "name": "Anderes"})
    assert HomePage.objects.get().title == GIVEN["name"]


def test_scripts_do_the_same() -> None:
    said = StringIO()
    call_command("set_up", municipality="Stadt X", name="Miteinander in X", address="http://localhost", stdout=said)
    assert said.getvalue() == "Miteinander in X: http://localhost/\n"
    with pytest.raises(CommandError, match="already"):
        call_command("set_up", municipality="Stadt X", name="X", address="http://localhost")


def test_a_greeting_that_people_have_made_their_own_stays() -> None:
    root = Page.get_first_root_node()
    root.add_child(instance=Page(title="Unsere Seite", slug="eigene"))
    root.add_child(instance=Page(title=setting_up.GREETING, slug="home"))
    setting_up.remove_greeting()
    assert [page.title for page in Page.objects.filter(depth=2)] == ["Unsere Seite"]
