"""Addresses of titles, the same whoever makes them."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from cms.pages import slugs
from directory.models import OrganisationPage
from news.models import NewsPage
from tests import factories

TITLES = {
    "Große Übergabe der Schlüssel": "grosse-uebergabe-der-schluessel",
    "ÄRGER MIT ÖL: STRAẞE": "aerger-mit-oel-strasse",
    "Scho\u0308ner A\u0308rger": "schoener-aerger",
    "İstanbul’da şenlik: Çağ & ığdır": "istanbulda-senlik-cag-igdir",
    "Łódź und Český Krumlov": "lodz-und-cesky-krumlov",
    "Привет, щука!": "privet-shchuka",
    "Україна — їжак": "ukraina-izhak",
    "مرحبا بكم": "mrhba-bkm",
    "Αθήνα": "athina",
    "  1.000 € für „Kinder“ – ja?  ": "1-000-fuer-kinder-ja",
    "Rock 'n' Roll": "rock-n-roll",
    "Kulturverein e.V.": "kulturverein-ev",
    "Chor e. V., z.B. heute": "chor-ev-zb-heute",
}


@pytest.mark.parametrize(("title", "slug"), TITLES.items())
def test_titles_are_written_as_germans_write_them(title: str, slug: str) -> None:
    assert slugs.of(title) == slug
    assert slugs.of(slug) == slug


def test_slugs_are_short_and_end_with_a_letter() -> None:
    slug = slugs.of("Ä " * 300)
    assert len(slug) <= slugs.LONGEST
    assert re.fullmatch("[a-z0-9-]*[a-z0-9]", slug)


def test_the_browser_is_given_the_same_rules() -> None:
    rules = json.loads(slugs.widget().attrs["data-w-slug-formatters-value"])
    given = [(pattern, replacement) for (pattern, *_flags), replacement in rules]
    assert given[: len(slugs.rules())] == list(slugs.rules())


@pytest.mark.django_db
def test_pages_without_a_slug_get_that_of_their_title() -> None:
    index = factories.news_index(factories.municipality())
    article = NewsPage(title="Große Übergabe", lead="Ein Anfang")
    index.add_child(instance=article)
    again = NewsPage(title="Große Übergabe", lead="Ein Anfang")
    index.add_child(instance=again)
    foreign = NewsPage(title="日本語", lead="Ein Anfang")
    index.add_child(instance=foreign)
    assert [page.slug for page in (article, again, foreign)] == ["grosse-uebergabe", "grosse-uebergabe-2", "seite"]


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["", "grosse-uebergabe"])
def test_an_organisation_is_added_with_its_name_alone(client: Client, slug: str) -> None:
    directory = factories.directory(factories.municipality())
    factories.organisation(directory, "Andere", slug="grosse-uebergabe")
    client.force_login(factories.press())
    sent: dict[str, Any] = {"title": "Große Übergabe", "slug": slug, "action-publish": "1", **EMPTY_ROWS}
    client.post(f"/admin/pages/add/directory/organisationpage/{directory.pk}/", sent)
    made = OrganisationPage.objects.get(title="Große Übergabe")
    assert (made.slug, made.live) == ("grosse-uebergabe-1", True)


EMPTY_ROWS = {
    f"{name}-{part}": "0"
    for name in ("offers", "opening_hours", "special_hours", "comments", "social_links", "pictures")
    for part in ("TOTAL_FORMS", "INITIAL_FORMS", "count")
} | {"about": "null", "own_about": "null"}
