"""Whoever names a translation means its source, and that is what is stored."""

import importlib
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from cms.media import Image
from cms.routing.site_settings import SiteSettings
from dates.models import EventPage
from directory.models import OrganisationPage
from news.article import RelatedPage
from news.models import NewsPage
from tests import factories

pytestmark = pytest.mark.django_db
NAME = "Ukrainer in Hagen"


@pytest.fixture
def place() -> dict[str, Any]:
    """An organisation with two translations, an article and an event."""
    site = factories.municipality()
    source = factories.organisation(factories.directory(site), NAME)
    return {
        "site": site,
        "source": source,
        "arabic": factories.translated(source, "ar", title=NAME),
        "plain": factories.translated(source, "de-simple", title=NAME),
        "article": factories.article(factories.news_index(site)),
        "event": factories.event(factories.event_index(site)),
    }


def blocks(page: OrganisationPage) -> list[Any]:
    link = {"title": "Verein", "page": page, "url": "", "note": ""}
    return [
        (
            "paragraph",
            f'<p>Siehe <a id="{page.pk}" linktype="page">hier</a> und <a href="https://example.org">da</a>.</p>',
        ),
        ("links", {"heading": "", "links": [link]}),
        ("call_to_action", {"text": "", "label": "Los", "page": page, "url": ""}),
    ]


def numbers_in(raw: list[Any]) -> list[int]:
    return [raw[1]["value"]["links"][0]["value"]["page"], raw[2]["value"]["page"]]


def test_saving_maps_fields_rows_blocks_and_links(place: dict[str, Any]) -> None:
    article, event, source = place["article"], place["event"], place["source"]
    article.body = blocks(place["arabic"])
    article.related = [RelatedPage(page=place["plain"])]
    article.save()
    event.organiser = place["arabic"]
    event.save()
    stored = NewsPage.objects.get(pk=article.pk)
    assert [row.page_id for row in stored.related.all()] == [source.pk]
    raw = list(stored.body.raw_data)
    assert f'id="{source.pk}"' in raw[0]["value"]
    assert numbers_in(raw) == [source.pk, source.pk]
    assert EventPage.objects.get(pk=event.pk).organiser_id == source.pk


def test_drafts_and_settings_are_mapped(place: dict[str, Any]) -> None:
    article, source = place["article"], place["source"]
    article.body = blocks(place["arabic"])
    article.related = [RelatedPage(page=place["plain"])]
    draft = article.save_revision().as_object()
    assert numbers_in(list(draft.body.raw_data)) == [source.pk, source.pk]
    assert [row.page_id for row in draft.related.all()] == [source.pk]
    settings = SiteSettings.objects.get(site=place["site"])
    settings.footer_links = [("link", {"page": place["arabic"], "url": "", "label": {}})]
    settings.save()
    assert SiteSettings.objects.get(pk=settings.pk).footer_page_ids == [source.pk]


def test_what_was_stored_wrongly_is_mapped_by_the_migration(place: dict[str, Any]) -> None:
    article, event, source, wrong = place["article"], place["event"], place["source"], place["arabic"]
    article.body, article.related = blocks(source), [RelatedPage(page=source)]
    article.save()
    revision = article.save_revision()
    wrong_body = NewsPage._meta.get_field("body").stream_block.to_python(  # type: ignore[union-attr]
        [
            {"type": "paragraph", "value": f'<p><a id="{wrong.pk}" linktype="page">hier</a></p>'},
            {"type": "links", "value": {"links": [{"type": "item", "value": {"title": "V", "page": wrong.pk}}]}},
            {"type": "call_to_action", "value": {"label": "Los", "page": wrong.pk}},
        ]
    )
    NewsPage.objects.filter(pk=article.pk).update(body=wrong_body)
    RelatedPage.objects.filter(article=article).update(page=wrong)
    EventPage.objects.filter(pk=event.pk).update(organiser=wrong)
    content = dict(revision.content)
    content["related"] = [{**content["related"][0], "page": wrong.pk}]
    content["body"] = content["body"].replace(f'"page": {source.pk}', f'"page": {wrong.pk}')
    type(revision).objects.filter(pk=revision.pk).update(content=content)

    importlib.import_module("home.migrations.0005_name_source_pages").name_sources(apps, None)

    assert RelatedPage.objects.get(article=article).page_id == source.pk
    assert EventPage.objects.get(pk=event.pk).organiser_id == source.pk
    raw = list(NewsPage.objects.get(pk=article.pk).body.raw_data)
    assert numbers_in(raw) == [source.pk, source.pk]
    assert f'id="{source.pk}"' in raw[0]["value"]
    draft = type(revision).objects.get(pk=revision.pk).as_object()
    assert [row.page_id for row in draft.related.all()] == [source.pk]
    assert numbers_in(list(draft.body.raw_data)) == [source.pk, source.pk]


@pytest.mark.parametrize(
    "address",
    [
        "/admin/choose-page/?page_type=directory.organisationpage",
        "/admin/choose-page/?page_type=directory.organisationpage,dates.eventpage&multiple=1",
        "/admin/choose-page/search/?q=Ukrainer&page_type=wagtailcore.page",
        "/admin/choose-page/search/?q=Ukrainer&page_type=directory.organisationpage",
    ],
)
def test_choosers_offer_each_organisation_once(client: Client, place: dict[str, Any], address: str) -> None:
    client.force_login(factories.administrator())
    answer = client.get(address).content.decode().replace('\\"', '"')
    offered = {number for number in ("source", "arabic", "plain") if f"pages/{place[number].pk}/" in answer}
    boxes = {number for number in ("source", "arabic", "plain") if f'value="{place[number].pk}"' in answer}
    assert offered | boxes == {"source"}


def test_the_folder_of_a_translation_opens_as_its_source(client: Client, place: dict[str, Any]) -> None:
    client.force_login(factories.administrator())
    folder = place["arabic"].get_parent()
    answer = client.get(f"/admin/choose-page/{folder.pk}/").content.decode().replace('\\"', '"')
    assert f"pages/{place['source'].pk}/" in answer
    assert f"pages/{place['arabic'].pk}/" not in answer


def test_choosers_about_the_tree_show_it_as_it_is(client: Client, place: dict[str, Any]) -> None:
    client.force_login(factories.administrator())
    folder = place["arabic"].get_parent()
    answer = client.get(f"/admin/choose-page/{folder.pk}/?can_choose_root=true").content.decode()
    assert f"pages/{place['arabic'].pk}/" in answer


def test_what_is_kept_about_translations_still_names_them(place: dict[str, Any]) -> None:
    from translations.models import TranslationStatus

    status = TranslationStatus.objects.filter(page_id=place["arabic"].pk).first()
    if status is not None:
        status.save()
        assert TranslationStatus.objects.get(pk=status.pk).page_id == place["arabic"].pk
    assert Image.objects.count() == 0
