"""What translations cost the press office and visitors, as ratios and numbers of queries."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from news.models import NewsPage
from tests import factories
from tests.benchmarks.test_budgets import multiply
from tests.translations import content
from translations.models import Origin, TranslationState, TranslationStatus
from translations.segments import TARGETS

pytestmark = [pytest.mark.django_db, pytest.mark.benchmark]
PAGES = 500
ROUNDS = 5


def seconds(act: Callable[[], Any]) -> float:
    """CPU seconds of the quickest of several times: noise only ever adds."""
    act()
    times = []
    for _round in range(ROUNDS):
        start = time.process_time()
        act()
        times.append(time.process_time() - start)
    return min(times)


def publish_changed(page: Page) -> Callable[[], None]:
    """Publishes the page with one sentence changed, each time another one."""
    rounds = iter(range(1000))

    def publish() -> None:
        content.publish_german(page, lead=f"Alle sind eingeladen, zum {next(rounds)}. Mal.")

    return publish


def test_publishing_german_costs_little_more_with_nine_translations_than_with_none() -> None:
    page = content.article()
    alone = seconds(publish_changed(page))
    for code in TARGETS:
        content.published(page, code)
    together = seconds(publish_changed(page))
    print(f"\nPublishing a German page: {alone * 1000:.0f} ms, with nine translations {together * 1000:.0f} ms")
    assert together <= 2 * alone


def queries_of_dashboard(client: Client) -> int:
    client.get("/admin/translations/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/admin/translations/")
        return len(queries)


def test_the_dashboard_of_500_pages_and_nine_languages_is_quick(client: Client) -> None:
    page = content.article()
    client.force_login(factories.administrator())
    few = queries_of_dashboard(client)
    multiply(page, PAGES - 1)
    made = NewsPage.objects.filter(locale_id=page.locale_id)
    TranslationStatus.objects.all().delete()
    TranslationStatus.objects.bulk_create(
        TranslationStatus(
            page_id=pk,
            language=code,
            state=TranslationState.OUTDATED if number % 7 == 0 else TranslationState.PUBLISHED,
            origin=Origin.PERSON,
            outdated_since=timezone.now() if number % 7 == 0 else None,
            words=200,
            words_missing=number % 50,
        )
        for number, pk in enumerate(made.values_list("pk", flat=True))
        for code in TARGETS
    )
    assert TranslationStatus.objects.count() == PAGES * len(TARGETS)
    asked = queries_of_dashboard(client)
    took = seconds(lambda: client.get("/admin/translations/"))
    print(f"\nDashboard of {PAGES} pages: {asked} queries, {took * 1000:.0f} ms")
    assert 0 < asked <= few
    assert took < 0.3
