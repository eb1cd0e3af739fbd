"""Wagtail's checks run in previews that editors look at, and nowhere else."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from dates.models import EventPage
from home.models import ContentPage
from news.models import NewsPage
from tests import factories, webpages

pytestmark = pytest.mark.django_db
STRICT = "script-src 'none'"


@pytest.fixture
def site() -> Site:
    return factories.municipality()


def preview_of(client: Client, page: NewsPage) -> tuple[str, str]:
    answer = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert answer.status_code == 200
    return webpages.html(answer), answer.headers["Content-Security-Policy"]


def test_a_preview_carries_the_checks_and_may_run_the_editors_script(client: Client, site: Site) -> None:
    article = factories.article(factories.news_index(site), lead="Anfang", live=False)
    client.force_login(factories.press())
    html, policy = preview_of(client, article)
    assert "wagtail-userbar" in html
    assert "link-says-something" in html
    assert STRICT not in policy
    assert "script-src 'self'" in policy


@pytest.mark.parametrize("signed_in", [True, False])
def test_a_page_that_is_read_has_no_script(client: Client, site: Site, signed_in: bool) -> None:
    article = factories.article(factories.news_index(site), "Ein Artikel", lead="Anfang")
    if signed_in:
        client.force_login(factories.press())
    answer = client.get(article.reader_path)
    assert "<script" not in webpages.html(answer).replace('<script type="application/ld+json"', "")
    assert "userbar" not in webpages.html(answer)
    assert STRICT in answer.headers["Content-Security-Policy"]


def test_a_preview_without_an_editor_has_no_script(site: Site) -> None:
    page = factories.content(site)
    answer = page.make_preview_request()
    answer = answer.render() if hasattr(answer, "render") and not answer.is_rendered else answer
    assert "userbar" not in webpages.html(answer)
    assert STRICT in answer.headers["Content-Security-Policy"]


def test_a_picture_without_alternative_text_is_seen_by_the_checks_only(client: Client, site: Site) -> None:
    index = factories.news_index(site)
    picture = factories.picture()
    article = factories.article(index, "Mit Bild", lead="Anfang", main_image=picture, main_image_alt="x")
    NewsPage.objects.filter(pk=article.pk).update(main_image_alt="")
    assert webpages.read(client.get(article.reader_path)).select_one("article img")["alt"] == ""
    client.force_login(factories.press())
    seen = webpages.read(client.get(reverse("wagtailadmin_pages:view_draft", args=[article.pk])))
    assert not seen.select_one("article img").has_attr("alt")


@pytest.mark.parametrize("model", [ContentPage, NewsPage, EventPage])
def test_every_kind_has_one_main_from_which_words_are_counted(client: Client, site: Site, model: type) -> None:
    fields = {NewsPage: {"lead": "x"}, EventPage: {"start": timezone.now()}}.get(model, {})
    page = factories.page(site, model, "Entwurf", live=False, **fields)
    client.force_login(factories.press())
    html, _policy = preview_of(client, page)
    assert html.count("<main") == 1
