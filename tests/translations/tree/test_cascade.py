"""What happens to the German page happens to its translations, and the editor is told before."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from cms.bin.tree import OUTSIDE
from news.models import NewsPage
from tests import factories
from tests.translations import content

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> NewsPage:
    page = content.article(slug="fest")
    for code in ("ar", "tr"):
        content.published(page, code)
    return page


@pytest.fixture
def press(client: Client) -> Client:
    client.force_login(content.reviewer())
    return client


def twins(page: Page) -> list[Page]:
    return list(Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk))


@pytest.mark.parametrize("act", ["delete", "move/{home}/confirm"])
def test_the_editor_is_told_which_languages_follow(article: NewsPage, press: Client, act: str) -> None:
    act = act.format(home=article.get_site().root_page_id)
    screen = press.get(f"/admin/pages/{article.pk}/{act}/").content.decode()
    assert "العربية, Türkçe" in screen or "Türkçe, العربية" in screen
    assert "Română" not in screen


def test_the_editor_is_told_how_many_translations_are_unpublished_as_well(article: NewsPage, press: Client) -> None:
    assert press.get(f"/admin/pages/{article.pk}/unpublish/").context["translation_count"] == 2


def test_unpublishing_german_takes_every_translation_off_the_site(article: NewsPage, press: Client) -> None:
    press.post(f"/admin/pages/{article.pk}/unpublish/", {"include_descendants": ""})
    assert [twin.live for twin in twins(article)] == [False, False]
    assert [press.get(f"/{code}/aktuelles/fest/").status_code for code in ("de", "ar", "tr", "en")] == [404] * 4


def test_deleting_german_deletes_its_translations(article: NewsPage, press: Client) -> None:
    press.post(f"/admin/pages/{article.pk}/delete/")
    rows = Page.objects.filter(translation_key=article.translation_key)
    assert rows.count() == 3
    assert not rows.filter(OUTSIDE).exists()
    assert not rows.live().exists()
    NewsPage.objects.get(pk=article.pk).delete()
    assert rows.count() == 0


def test_moving_german_moves_the_addresses_of_every_language(article: NewsPage, press: Client) -> None:
    other = factories.news_index(article.get_site(), "Archiv", slug="archiv")
    Page.objects.get(pk=article.pk).move(other, pos="last-child")
    assert press.get("/ar/archiv/fest/").status_code == 200
    assert press.get("/ar/aktuelles/fest/").headers["Location"] == "/ar/archiv/fest/"
    for twin in twins(article):
        assert twin.get_parent().translation_key == other.translation_key


def test_an_expired_german_page_is_gone_in_every_language(article: NewsPage, press: Client) -> None:
    content.publish_german(article, expire_at=timezone.now() - dt.timedelta(minutes=1))
    call_command("publish_scheduled")
    assert [press.get(f"/{code}/aktuelles/fest/").status_code for code in ("de", "ar", "tr")] == [404] * 3


def test_a_scheduled_german_page_shows_no_language_before_its_time(press: Client) -> None:
    page = content.article(slug="morgen")
    content.published(page)
    Page.objects.get(pk=page.pk).unpublish()
    draft = NewsPage.objects.get(pk=page.pk)
    draft.go_live_at = timezone.now() + dt.timedelta(days=1)
    draft.save_revision().publish()
    assert [press.get(f"/{code}/aktuelles/morgen/").status_code for code in ("de", "ar")] == [404, 404]


def test_a_translation_is_moved_and_copied_by_nobody(article: NewsPage, press: Client) -> None:
    twin = twins(article)[0]
    for act in (f"move/{article.get_site().root_page_id}/confirm", "copy"):
        assert press.get(f"/admin/pages/{twin.pk}/{act}/").status_code == 302
    assert Page.objects.get(pk=twin.pk).path == twin.path
