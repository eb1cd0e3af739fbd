"""Pages behind a password or log-in are in no list, whatever that costs the database."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from wagtail.models import Page, PageViewRestriction, Site

from cms.database.request_memory import RequestMemoryMiddleware
from cms.routing.restrictions import may_name, unrestricted
from home.models import ContentPage
from tests import factories

pytestmark = pytest.mark.django_db
MANY = 2000


@pytest.fixture
def site(db: None) -> Site:
    site = factories.municipality()
    club = factories.content(site, "Verein", slug="verein")
    factories.content(club, "Intern", slug="intern")
    factories.content(site, "Offen", slug="offen")
    return site


def restrict(slug: str) -> None:
    PageViewRestriction.objects.create(page=Page.objects.get(slug=slug), restriction_type="login")


def listed() -> set[str]:
    return set(ContentPage.objects.listed().values_list("slug", flat=True))


def test_without_restrictions_there_is_no_condition(site: Site) -> None:
    assert not unrestricted()
    assert "restriction" not in str(ContentPage.objects.listed().query)
    assert listed() == {"verein", "intern", "offen"}


def test_all_below_a_restriction_is_left_out(site: Site) -> None:
    restrict("verein")
    assert listed() == {"offen"}
    restrict("offen")
    assert listed() == set()


def test_what_stands_above_or_beside_is_not(site: Site) -> None:
    restrict("intern")
    assert listed() == {"verein", "offen"}


def test_no_page_speaks_of_what_is_behind_one(site: Site) -> None:
    restrict("verein")
    assert {page.slug for page in ContentPage.objects.all() if may_name(page)} == {"offen"}


def test_a_restriction_that_is_made_holds_for_the_next_request(site: Site, client: Any) -> None:
    assert "/de/verein/" in client.get("/sitemap-de.xml").content.decode()
    restrict("verein")
    assert "/de/verein/" not in client.get("/sitemap-de.xml").content.decode()


def test_it_is_asked_once_a_request(site: Site, rf: Any, django_assert_num_queries: Any) -> None:
    restrict("verein")

    def view(request: Any) -> Any:
        with django_assert_num_queries(3):
            return [listed(), listed()]

    RequestMemoryMiddleware(view)(rf.get("/"))  # type: ignore[arg-type]


@pytest.fixture
def many(site: Site) -> Iterator[None]:
    """Pages beside each other, in numbers, as the statistics of the database know."""
    home, model = site.root_page, ContentPage.objects.get(slug="offen")
    home.refresh_from_db()
    rows = [
        Page(
            title=f"Seite {number}",
            slug=f"seite-{number}",
            path=f"{home.path}{Page._int2str(1000 + number).rjust(Page.steplen, '0')}",
            depth=home.depth + 1,
            url_path=f"{home.url_path}seite-{number}/",
            locale_id=model.locale_id,
            content_type_id=model.content_type_id,
        )
        for number in range(MANY)
    ]
    Page.objects.bulk_create(rows)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO home_contentpage (page_ptr_id, teaser, is_example, lead, body) "
            "SELECT id, '', %s, '', '[]' FROM wagtailcore_page WHERE slug LIKE %s",
            [False, "seite-%"],
        )
        cursor.execute("ANALYZE")
    yield
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS sqlite_stat1")
            cursor.execute("ANALYZE sqlite_schema")


@pytest.mark.parametrize("restricted", [[], ["verein"], ["verein", "offen", "seite-7"]])
def test_two_thousand_pages_are_looked_at_once_each(many: None, restricted: list[str]) -> None:
    """The database once looked at all pages for each page, as soon as it knew how many there are."""
    for slug in restricted:
        restrict(slug)
    expected = {f"seite-{number}" for number in range(MANY)} | {"verein", "intern", "offen"}
    expected -= {*restricted, *(["intern"] if restricted else [])}
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1000
        return 0

    if connection.vendor == "sqlite":
        connection.connection.set_progress_handler(count, 1000)
    try:
        assert listed() == expected
    finally:
        if connection.vendor == "sqlite":
            connection.connection.set_progress_handler(None, 0)
    assert steps < MANY * 100
