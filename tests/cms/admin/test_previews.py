"""What editors see before they publish is the page that visitors would see."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.utils import timezone
from wagtail.models import Page, Site

from cms.localization import languages, locales
from cms.pages.base_page import BasePage
from dates.models import CouncilPage, EventIndexPage, EventPage
from directory.models import DirectoryPage, OrganisationPage
from home.models import ContentPage, HomePage, StepByStepPage
from news.models import NewsIndexPage, NewsPage
from tests import factories, webpages

pytestmark = pytest.mark.django_db
KINDS: list[tuple[type[BasePage], dict[str, Any]]] = [
    (HomePage, {}),
    (ContentPage, {}),
    (StepByStepPage, {}),
    (NewsIndexPage, {}),
    (NewsPage, {"lead": "Anfang"}),
    (DirectoryPage, {}),
    (OrganisationPage, {}),
    (CouncilPage, {}),
    (EventIndexPage, {}),
    (EventPage, {"start": timezone.now()}),
]
each_kind = pytest.mark.parametrize(("model", "fields"), KINDS, ids=lambda value: getattr(value, "__name__", ""))


@pytest.fixture(scope="module")
def site(kept: None) -> Site:
    return factories.municipality()


def preview(page: BasePage) -> HttpResponse:
    response = page.make_preview_request(preview_mode=page.default_preview_mode)
    return response.render() if hasattr(response, "render") and not response.is_rendered else response


@each_kind
def test_a_page_that_was_never_saved_can_be_seen(site: Site, model: type[BasePage], fields: dict[str, Any]) -> None:
    """As Wagtail's view for new pages makes it: with a place in the tree, but without a row."""
    parent = Page.objects.get(pk=site.root_page_id)
    page = model(title="Ganz neu", slug="ganz-neu", locale_id=locales.id_of(languages.SOURCE), **fields)
    page.path, page.depth = Page._get_children_path_interval(parent.path)[1], parent.depth + 1
    page.set_url_path(parent)
    shown = webpages.read(preview(page))
    assert webpages.text(shown.h1) == "Ganz neu"
    assert shown.html["lang"] == "de"


@each_kind
def test_a_draft_can_be_seen(site: Site, model: type[BasePage], fields: dict[str, Any]) -> None:
    draft = factories.page(site, model, "Entwurf", live=False, **fields)
    draft.title = "Neuer Entwurf"
    assert webpages.text(webpages.read(preview(draft)).h1) == "Neuer Entwurf"


@each_kind
def test_a_draft_of_a_translation_is_seen_in_its_language_and_without_notice(
    site: Site, model: type[BasePage], fields: dict[str, Any]
) -> None:
    source = factories.page(site, model, "Auf Deutsch", **fields)
    draft = factories.translated(source, "ar", live=False, title="بالعربية")
    shown = webpages.read(preview(draft))
    assert (shown.html["lang"], shown.html["dir"]) == ("ar", "rtl")
    expected = "Auf Deutsch" if model is OrganisationPage else "بالعربية"  # a name is the same in every language
    assert webpages.text(shown.h1) == expected
    assert "This page is not translated yet" not in str(shown)
    assert shown.select("main > .notice") == []
