"""What a screen asks twice is asked once, and no longer than is right; what grows with a section does not ask more."""

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.database.request_memory import RequestMemoryMiddleware, remembered
from cms.localization import languages
from cms.pages import version_rows
from tests import factories

pytestmark = pytest.mark.django_db
SLACK = 3


def asked(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_rights_outlive_neither_a_request_nor_a_change_within_it() -> None:
    def rows() -> int:
        return remembered(("rows",), Redirect.objects.count)

    seen: list[int] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(rows())
        seen.append(rows())
        Redirect.objects.create(old_path=f"/de/{len(seen)}", redirect_link="https://city.example/")
        seen.append(rows())
        return HttpResponse()

    request = HttpRequest()
    for method in ("GET", "POST"):
        request.method = method
        RequestMemoryMiddleware(view)(request)
    assert seen == [0, 0, 1, 1, 1, 2]
    with CaptureQueriesContext(connection) as queries:
        rows(), rows()
    assert len(queries) == 2  # outside of a request nothing is remembered


def test_a_right_taken_away_is_gone_in_the_next_request(client: Client) -> None:
    site = factories.municipality()
    club = factories.organisation(factories.directory(site))
    press = factories.press()
    client.force_login(press)
    address = reverse("wagtailadmin_pages:edit", args=[club.pk])
    assert client.get(address).status_code == 200
    press.groups.clear()
    press.user_permissions.clear()
    assert client.get(address).status_code != 200


def test_every_language_is_one_page_more_but_no_query_more(client: Client) -> None:
    site = factories.municipality()
    article = factories.article(factories.news_index(site))
    client.force_login(factories.press())
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    factories.translated(article, "ar")
    before = asked(client, address)
    for language in languages.LANGUAGES:
        if language.code not in ("de", "ar"):
            factories.translated(article, language.code)
    assert asked(client, address) == before


def test_a_section_goes_into_the_bin_in_as_many_queries_as_a_small_one(client: Client) -> None:
    site, press = factories.municipality(), factories.press()
    client.force_login(press)
    taken: list[int] = []
    for size in (1, 8):
        section = factories.content(site, f"Bereich {size}")
        factories.translated(section, "ar")
        for number in range(size):
            factories.translated(factories.content(section, f"Seite {size}-{number}"), "ar")
        with CaptureQueriesContext(connection) as queries:
            client.post(reverse("wagtailadmin_pages:delete", args=[section.pk]), {"confirm_site_name": "Miteinander"})
        taken.append(len(queries))
        assert not Page.objects.filter(title__startswith=f"Seite {size}-", live=True).exists()
    assert taken[1] <= taken[0] + SLACK


def test_what_a_version_refers_to_and_is_gone_falls_out() -> None:
    """As modelcluster does it: a row goes with its page, a field is emptied."""
    site = factories.municipality()
    directory = factories.directory(site)
    gone, there = factories.organisation(directory, "Weg"), factories.organisation(directory, "Da")
    article = factories.article(factories.news_index(site), contact=factories.contact())
    for club in (gone, there):
        article.related.add(article.related.model(page=club))
    content = article.save_revision(clean=False).content
    gone.delete()
    article.contact.delete()
    checked = version_rows.checked(type(article), content)
    assert [row["page"] for row in checked["related"]] == [there.pk]
    assert checked["contact"] is None
    own = type(article).from_serializable_data(content)
    assert [row.page_id for row in own.related.all()] == [there.pk]
    assert own.contact_id is None
