"""Nothing is written about a page while it is being deleted: such a row would point to nothing at the end."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models.signals import post_delete
from wagtail.models import Page

from tests import factories
from translations.models import TranslationStatus

pytestmark = pytest.mark.django_db


@pytest.fixture
def somebody_listens_to_everything() -> Iterator[None]:
    """A receiver for all models: Django then deletes the rows that it has seen before, and no later ones."""

    def listen(**_signal: Any) -> None:
        pass

    post_delete.connect(listen)
    yield
    post_delete.disconnect(listen)


@pytest.mark.parametrize("kind", ["article", "index", "event", "organisation", "content"])
@pytest.mark.parametrize("fetched_as", ["itself", "page"])
def test_a_live_page_without_status_is_deleted(
    kind: str, fetched_as: str, somebody_listens_to_everything: None
) -> None:
    site = factories.municipality()
    news = factories.news_index(site)
    made = {
        "article": lambda: factories.article(news),
        "index": lambda: news,
        "event": lambda: factories.event(factories.event_index(site)),
        "organisation": lambda: factories.organisation(factories.directory(site)),
        "content": lambda: factories.content(site),
    }[kind]()
    TranslationStatus.objects.all().delete()
    (Page if fetched_as == "page" else type(made)).objects.get(pk=made.pk).delete()
    connection.check_constraints()
    assert not TranslationStatus.objects.filter(page_id=made.pk).exists()
