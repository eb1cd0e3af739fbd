"""The editor's form of every page: rows nobody has filled in, and an end that is over."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import get_page_models
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from cms.pages.base_page import BasePage
from news.models import NewsPage
from tests import factories

PAGES = [model for model in get_page_models() if issubclass(model, BasePage)]

pytestmark = pytest.mark.django_db


def sent(article: NewsPage, sessions: list[Any], **fields: Any) -> dict[str, Any]:
    return nested_form_data(
        {
            "title": article.title,
            "slug": article.slug,
            "date": "01.02.2026",
            "lead": article.lead,
            "body": streamfield([]),
            "related": inline_formset([]),
            "related_sessions": inline_formset(sessions),
            "comments": inline_formset([]),
            **fields,
        }
    )


@pytest.fixture
def article(client: Client) -> NewsPage:
    client.force_login(factories.press())
    return factories.article(factories.news_index(factories.municipality()))


def test_a_row_that_is_still_empty_does_not_hold_up_the_rest(client: Client, article: NewsPage) -> None:
    data = sent(article, [{"session": "", "ORDER": "1"}], lead="Neu")
    answer = client.post(f"/admin/pages/{article.pk}/edit/", data, headers={"accept": "application/json"})
    assert answer.json()["success"] is True
    draft = NewsPage.objects.get(pk=article.pk).get_latest_revision_as_object()
    assert (draft.lead, draft.related_sessions.count()) == ("Neu", 0)


def test_an_expired_article_is_published_anew(client: Client, article: NewsPage) -> None:
    over = timezone.now() - dt.timedelta(days=1)
    NewsPage.objects.filter(pk=article.pk).update(live=False, expired=True, expire_at=over)
    article.refresh_from_db()
    article.save_revision()
    typed = f"{timezone.localtime(over):%d.%m.%Y %H:%M}"
    client.post(f"/admin/pages/{article.pk}/edit/", sent(article, [], **{"expire_at": typed, "action-publish": "1"}))
    again = NewsPage.objects.get(pk=article.pk)
    assert (again.live, again.expired, again.expire_at) == (True, False, None)


def test_an_end_that_is_typed_wrongly_is_still_refused(client: Client, article: NewsPage) -> None:
    data = sent(article, [], **{"expire_at": "01.02.2020 10:00", "action-publish": "1"})
    answer = client.post(f"/admin/pages/{article.pk}/edit/", data)
    assert "expire_at" in answer.context["form"].errors


@pytest.mark.parametrize("model", PAGES, ids=lambda each: each.__name__)
def test_every_type_of_page_takes_its_slug_from_its_title(model: type[BasePage]) -> None:
    titles = [each for each in walk(model.get_edit_handler()) if getattr(each, "field_name", "") == "title"]
    assert [type(each).__name__ for each in titles] == ["TitleFieldPanel"]


def walk(panel: Any) -> list[Any]:
    return [panel, *(found for child in getattr(panel, "children", ()) for found in walk(child))]
