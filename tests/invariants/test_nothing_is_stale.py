"""Invariant 7: after publish, unpublish, move, expiry or midnight, no page, feed or list shows what no longer holds."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Site

from cms.localization import languages
from home.models import HomePage
from news.models import NewsPage
from tests import factories, webpages

pytestmark = pytest.mark.django_db
CODES = [language.code for language in languages.LANGUAGES]
WORD = "Sommerfest"


@pytest.fixture
def site(db: None) -> Site:
    site = factories.municipality()
    index = factories.news_index(site)
    article = factories.article(index, WORD, slug="sommerfest", date=dt.date(2024, 6, 1), lead=WORD, live=False)
    article.save_revision()
    factories.article(index, "Immer da", slug="immer-da", date=dt.date(2024, 1, 1))
    return site


def article() -> NewsPage:
    return NewsPage.objects.get(slug__startswith="sommerfest", locale__language_code="de")


PLACES = ("", "aktuelles/", "aktuelles/2024/", "aktuelles/feed/", "aktuelles/immer-da/", f"search/?q={WORD}")


def shown_in(client: Client, slug: str = "sommerfest") -> dict[str, set[str]]:
    """Language → places that link to the article; the sitemap is one of them."""
    link = f"aktuelles/{slug}/"
    found = {
        code: {place for place in PLACES if f"/{code}/{link}" in webpages.html(client.get(f"/{code}/{place}"))}
        for code in CODES
    }
    found["sitemap"] = {"sitemap"} if f"/de/{link}" in webpages.in_sitemaps(client) else set()
    return found


EVERYWHERE = {**{code: set(PLACES) for code in CODES}, "sitemap": {"sitemap"}}
NOWHERE: dict[str, set[str]] = {**{code: set() for code in CODES}, "sitemap": set()}


def answers(client: Client, slug: str = "sommerfest") -> set[int]:
    return {client.get(f"/{code}/aktuelles/{slug}/").status_code for code in CODES}


def test_a_published_article_is_everywhere_at_once(site: Site, client: Client) -> None:
    assert (shown_in(client), answers(client)) == (NOWHERE, {404})
    article().get_latest_revision().publish()
    assert (shown_in(client), answers(client)) == (EVERYWHERE, {200})


def test_an_unpublished_article_is_nowhere_at_once(site: Site, client: Client) -> None:
    article().get_latest_revision().publish()
    assert shown_in(client) == EVERYWHERE
    article().unpublish()
    assert (shown_in(client), answers(client)) == (NOWHERE, {404})


def test_an_expired_article_is_nowhere_at_once(site: Site, client: Client) -> None:
    article().get_latest_revision().publish()
    assert shown_in(client) == EVERYWHERE
    Page.objects.filter(pk=article().pk).update(expire_at=timezone.now() - dt.timedelta(minutes=1))
    call_command("publish_scheduled")
    assert (shown_in(client), answers(client)) == (NOWHERE, {404})


def test_a_scheduled_article_appears_when_its_time_has_come(site: Site, client: Client) -> None:
    page = article()
    page.go_live_at = timezone.now() + dt.timedelta(hours=1)
    page.save_revision().publish()
    assert (shown_in(client), answers(client)) == (NOWHERE, {404})
    later = timezone.now() + dt.timedelta(hours=2)
    with mock.patch.object(timezone, "now", return_value=later):
        call_command("publish_scheduled")
    assert (shown_in(client), answers(client)) == (EVERYWHERE, {200})


def test_a_new_slug_holds_everywhere_at_once(
    site: Site, client: Client, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    article().get_latest_revision().publish()
    assert shown_in(client) == EVERYWHERE
    page = article()
    page.slug = "sommerfest-im-park"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert (shown_in(client), shown_in(client, "sommerfest-im-park")) == (NOWHERE, EVERYWHERE)
    assert answers(client, "sommerfest-im-park") == {200}
    assert answers(client) == {301}


def test_new_words_are_shown_everywhere_at_once(site: Site, client: Client) -> None:
    article().get_latest_revision().publish()
    client.get("/de/")
    page = article()
    page.title = page.lead = "Winterfest"
    page.save_revision().publish()
    for place in PLACES[:-1]:
        shown = webpages.html(client.get(f"/ar/{place}"))
        assert "Winterfest" in shown
        assert f">{WORD}<" not in shown


def test_a_new_translation_is_shown_everywhere_at_once(site: Site, client: Client) -> None:
    article().get_latest_revision().publish()
    before = client.get("/ar/aktuelles/")
    factories.translated(article(), "ar", title="مهرجان الصيف")
    after = client.get("/ar/aktuelles/", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    for place in (
        "",
        "aktuelles/",
        "aktuelles/2024/",
        "aktuelles/feed/",
        "aktuelles/sommerfest/",
        "aktuelles/immer-da/",
    ):
        assert "مهرجان الصيف" in webpages.html(client.get(f"/ar/{place}"))


def test_an_unpublished_german_page_takes_its_translations_off_the_site(site: Site, client: Client) -> None:
    article().get_latest_revision().publish()
    translation = factories.translated(article(), "ar", title="مهرجان الصيف")
    article().unpublish()
    for address in (
        "/ar/aktuelles/sommerfest/",
        "/de/aktuelles/sommerfest/",
        f"/ar{translation.url_path}",
        f"/ar/{translation.url_path.split('/', 2)[2]}",
        f"/ar/{translation.slug}/",
    ):
        assert client.get(address, follow=True).status_code == 404
    for place in PLACES:
        assert "مهرجان الصيف" not in webpages.html(client.get(f"/ar/{place}"))
    assert "sommerfest" not in webpages.in_sitemaps(client)


def test_an_unpublished_translation_gives_way_to_german_at_once(site: Site, client: Client) -> None:
    article().get_latest_revision().publish()
    factories.translated(article(), "ar", title="مهرجان الصيف").unpublish()
    page = webpages.read(client.get("/ar/aktuelles/sommerfest/"))
    assert webpages.text(page.h1) == WORD
    assert page.select("main .notice")


def test_a_moved_page_is_in_navigation_and_lists_of_its_new_place_only(site: Site, client: Client) -> None:
    about = factories.content(site, "Über uns", slug="ueber-uns", show_in_menus=True)
    factories.content(site, "Partner", slug="partner", show_in_menus=True)
    assert "/uk/partner/" in webpages.html(client.get("/uk/"))
    Page.objects.get(slug="partner").specific.move(Page.objects.get(pk=about.pk), pos="last-child")
    assert "/uk/partner/" not in webpages.html(client.get("/uk/"))
    assert client.get("/uk/ueber-uns/partner/").status_code == 200


@pytest.mark.parametrize("code", ["de", "ar"])
def test_changed_facts_hold_in_every_language_at_once(site: Site, client: Client, code: str) -> None:
    club = factories.organisation(factories.directory(site), "Verein", slug="verein", phone="+4923312070")
    factories.translated(club, "ar", short_description="وصف")
    assert "tel:+4923312070" in webpages.html(client.get(f"/{code}/organisationen/verein/"))
    club.phone = "+4923312071"
    club.save_revision().publish()
    shown = webpages.html(client.get(f"/{code}/organisationen/verein/"))
    assert "tel:+4923312071" in shown
    assert "tel:+4923312070" not in shown


@pytest.mark.parametrize("code", ["de", "ar"])
def test_midnight_moves_dates_from_ahead_to_past(site: Site, client: Client, code: str) -> None:
    body = factories.council_body()
    factories.council(site, body, slug="rat")
    factories.session(body, 7, factories.berlin(2031, 5, 6, 16))
    factories.event(factories.event_index(site), "Fest", factories.berlin(2031, 5, 6, 18), slug="fest")
    evening, morning = factories.berlin(2031, 5, 6, 23, 59), factories.berlin(2031, 5, 7, 0, 1)

    def ahead(now: dt.datetime) -> tuple[bool, bool, bool, bool]:
        with mock.patch.object(timezone, "now", return_value=now):
            home = webpages.html(client.get(f"/{code}/"))
            coming = webpages.html(client.get(f"/{code}/termine/"))
            archive = webpages.html(client.get(f"/{code}/termine/archiv/"))
            council = webpages.read(client.get(f"/{code}/rat/"))
        link = f"/{code}/termine/fest/"
        next_session = council.select_one("section.next")
        return link in home and "rat/2031/7/" in home, link in coming, link in archive, next_session is not None

    assert ahead(evening) == (True, True, False, True)
    assert ahead(morning) == (False, False, True, False)


def test_an_answer_may_be_kept_only_if_it_is_asked_for_again(site: Site, client: Client) -> None:
    for code in ("de", "ar"):
        for place in ("", "aktuelles/", "aktuelles/feed/", "aktuelles/immer-da/"):
            assert "no-cache" in client.get(f"/{code}/{place}")["Cache-Control"]


def test_the_home_page_itself_changes_at_once(site: Site, client: Client) -> None:
    home = HomePage.objects.get(pk=site.root_page_id)
    first = client.get("/tr/")
    home.welcome = "Neu hier?"
    home.save_revision().publish()
    again = client.get("/tr/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert "Neu hier?" in webpages.html(again)
