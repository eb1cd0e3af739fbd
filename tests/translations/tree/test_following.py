"""Translations follow their German page, whichever way it goes off the site and comes back."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Revision

from cms.bin import pages as bin_pages
from cms.bin.models import BinEntry
from directory.review import takedown
from news.models import NewsPage
from tests import factories
from tests.translations import content
from translations import publishing
from translations.models import Origin, TranslatedRevision, TranslationState
from translations.workbench import views  # noqa: F401 (the screen is part of what is tried)

pytestmark = pytest.mark.django_db

ADDRESS = "aktuelles/ein-fest/"
LANGUAGES = {
    "ar": "reviewed",
    "tr": "by machine",
    "uk": "outdated",
    "fa": "reviewed, with a newer draft",
    "ro": "never public",
    "ru": "taken off by itself",
}
PUBLIC = ("ar", "tr", "uk", "fa")


@pytest.fixture
def article() -> NewsPage:
    """In each language in another state; the German text has changed once since the Ukrainian was published."""
    page = content.article()
    content.published(page, "uk")
    content.publish_german(page, lead="Wirklich alle sind eingeladen.")
    content.published(page, "ar")
    revision = content.save(page, "tr", tool="stub")
    publishing.publish_unreviewed(translated=content.translation(page, "tr"), revision=revision)
    content.published(page, "fa")
    content.save(page, "fa", mark=" draft")
    content.save(page, "ro")
    content.published(page, "ru").unpublish()
    return NewsPage.objects.get(pk=page.pk)


@pytest.fixture
def press(client: Client) -> Client:
    client.force_login(content.reviewer())
    return client


def shown(code: str) -> bytes:
    return Client().get(f"/{code}/{ADDRESS}").content


def is_translated(code: str) -> bool:
    return f"{code}: Ein Fest".encode() in shown(code)


def rows(page: Page) -> dict[str, tuple[Any, ...]]:
    found = {code: content.status(page, code) for code in LANGUAGES}
    return {
        code: (row.state, row.origin, row.reviewed_by_id, row.reviewed_at, row.live_strings, bool(row.outdated_since))
        for code, row in found.items()
    }


def live_revisions(page: Page) -> dict[str, int | None]:
    return {code: content.translation(page, code).live_revision_id for code in LANGUAGES}


def unpublish(page: Page, press: Client, **fields: str) -> None:
    assert press.post(f"/admin/pages/{page.pk}/unpublish/", fields).status_code == 302


def unpublish_with_all_below(page: Page, press: Client) -> None:
    unpublish(page.get_parent(), press, include_descendants="on")


def unpublish_in_bulk(page: Page, press: Client) -> None:
    address = f"/admin/bulk/wagtailcore/page/unpublish/?id={page.pk}"
    assert press.post(address, {"include_descendants": ""}).status_code == 302


def unpublish_in_bulk_with_all_below(page: Page, press: Client) -> None:
    address = f"/admin/bulk/wagtailcore/page/unpublish/?id={page.get_parent().pk}"
    assert press.post(address, {"include_descendants": "on"}).status_code == 302


def unpublish_by_api(page: Page, press: Client) -> None:
    answer = press.post(f"/admin/api/main/pages/{page.pk}/action/unpublish/", content_type="application/json")
    assert answer.status_code == 200


def unpublish_by_code(page: Page, press: Client) -> None:
    NewsPage.objects.get(pk=page.pk).unpublish()


def expire(page: Page, press: Client) -> None:
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - dt.timedelta(minutes=1))
    call_command("publish_scheduled")
    Page.objects.filter(pk=page.pk).update(expire_at=None)


OFF: list[Callable[..., None]] = [
    unpublish,
    unpublish_with_all_below,
    unpublish_in_bulk,
    unpublish_in_bulk_with_all_below,
    unpublish_by_api,
    unpublish_by_code,
    expire,
]


def publish_again(page: Page, press: Client) -> None:
    content.publish_german(page)
    parent = page.get_parent().specific
    if not parent.live:
        parent.save_revision().publish()


def publish_on_time(page: Page, press: Client) -> None:
    fresh = NewsPage.objects.get(pk=page.pk)
    fresh.go_live_at = timezone.now() + dt.timedelta(hours=1)
    revision = fresh.save_revision()
    revision.publish()
    assert not any(is_translated(code) for code in LANGUAGES)
    Revision.objects.filter(pk=revision.pk).update(
        approved_go_live_at=timezone.now() - dt.timedelta(minutes=1), content={**revision.content, "go_live_at": None}
    )
    call_command("publish_scheduled")


def approve(page: Page, press: Client) -> None:
    user = content.reviewer()
    workflow = content.review_workflow(page)
    fresh = NewsPage.objects.get(pk=page.pk)
    fresh.save_revision(user=user)
    workflow.start(fresh, user)
    state = NewsPage.objects.get(pk=page.pk).current_workflow_task_state
    state.task.specific.on_action(state, user, "approve")


@pytest.mark.parametrize("off", OFF, ids=lambda act: act.__name__)
def test_however_the_german_page_goes_its_translations_go_and_come_back(
    article: NewsPage, press: Client, off: Callable[..., None]
) -> None:
    before, revisions = rows(article), live_revisions(article)
    assert [code for code in LANGUAGES if is_translated(code)] == list(PUBLIC)
    off(article, press)
    assert not NewsPage.objects.get(pk=article.pk).live
    assert [code for code in LANGUAGES if content.translation(article, code).live] == []
    assert {code: content.status(article, code).state for code in PUBLIC} == dict.fromkeys(
        PUBLIC, TranslationState.READY
    )
    publish_again(article, press)
    assert rows(article) == before
    assert live_revisions(article) == revisions
    assert [code for code in LANGUAGES if is_translated(code)] == list(PUBLIC)


@pytest.mark.parametrize("back", [publish_again, publish_on_time, approve], ids=lambda act: act.__name__)
def test_however_the_german_page_comes_back_its_translations_come_with_it(
    article: NewsPage, press: Client, back: Callable[..., None]
) -> None:
    before = rows(article)
    unpublish(article, press)
    back(article, press)
    assert rows(article) == before
    assert [code for code in LANGUAGES if is_translated(code)] == list(PUBLIC)


def test_what_was_typed_meanwhile_stays_a_draft(article: NewsPage, press: Client) -> None:
    unpublish(article, press)
    content.save(article, "ar", mark=" typed")
    publish_again(article, press)
    assert is_translated("ar")
    assert content.translation(article, "ar").get_latest_revision_as_object().title == "ar typed: Ein Fest"
    assert content.translation(article, "fa").get_latest_revision_as_object().title == "fa draft: Ein Fest"


def test_a_review_under_way_goes_on_when_its_page_comes_back(article: NewsPage, press: Client) -> None:
    content.review_workflow(content.translation(article, "ar").get_parent())
    revision = content.save(article, "ar", mark=" waits", user=content.reviewer())
    publishing.submit(translated=content.translation(article, "ar"), revision=revision, user=content.reviewer())
    unpublish(article, press)
    publish_again(article, press)
    assert is_translated("ar")
    assert content.translation(article, "ar").workflow_in_progress
    assert content.status(article, "ar").state == TranslationState.REVIEW


def test_what_does_not_fit_any_more_stays_away_and_the_desk_tells_it(article: NewsPage, press: Client) -> None:
    unpublish(article, press)
    content.publish_german(article, lead="Niemand ist eingeladen.")
    assert [code for code in LANGUAGES if is_translated(code)] == []
    assert [code for code in LANGUAGES if content.status(article, code).is_left_behind] == list(PUBLIC)
    for code in PUBLIC:
        assert content.status(article, code).state == TranslationState.DRAFT
    assert press.get("/admin/translations/ar/?only=left").context["tasks"][0].row.page_id == article.pk
    reports = {each.language.code: each for each in press.get("/admin/translations/").context["reports"]}
    assert (reports["ar"].total.left, reports["ro"].total.left) == (1, 0)
    assert press.get(f"/admin/translations/page/{article.pk}/").content.count(b"tr-left") == len(PUBLIC)
    content.published(article, "ar", mark=" anew")
    assert not content.status(article, "ar").is_left_behind


def test_a_translation_that_was_taken_off_alone_stays_off(article: NewsPage, press: Client) -> None:
    press.post(f"/admin/pages/{content.translation(article, 'ar').pk}/unpublish/")
    unpublish(article, press)
    publish_again(article, press)
    assert not is_translated("ar")
    assert content.status(article, "ar").state == TranslationState.DRAFT


def test_the_bin_gives_back_what_it_took(article: NewsPage, press: Client) -> None:
    before, revisions = rows(article), live_revisions(article)
    press.post(f"/admin/pages/{article.pk}/delete/")
    bin_pages.restore(entry=BinEntry.objects.get(), user=None)
    assert (rows(article), live_revisions(article)) == (before, revisions)


def test_what_was_taken_off_before_it_was_deleted_comes_back_with_the_german_page(
    article: NewsPage, press: Client
) -> None:
    before = rows(article)
    unpublish(article, press)
    press.post(f"/admin/pages/{article.pk}/delete/")
    bin_pages.restore(entry=BinEntry.objects.get(), user=None)
    publish_again(article, press)
    assert rows(article) == before


def test_a_page_that_ended_in_the_bin_shows_no_translation(article: NewsPage, press: Client) -> None:
    press.post(f"/admin/pages/{article.pk}/delete/")
    Page.objects.filter(pk=article.pk).update(expire_at=timezone.now() - dt.timedelta(minutes=1))
    bin_pages.restore(entry=BinEntry.objects.get(), user=None)
    assert [code for code in LANGUAGES if content.translation(article, code).live] == []
    Page.objects.filter(pk=article.pk).update(expire_at=None)
    publish_again(article, press)
    assert [code for code in LANGUAGES if is_translated(code)] == list(PUBLIC)


def test_a_translation_restored_from_the_bin_waits_for_its_german_page(article: NewsPage, press: Client) -> None:
    press.post(f"/admin/pages/{content.translation(article, 'ar').pk}/delete/")
    unpublish(article, press)
    bin_pages.restore(entry=BinEntry.objects.get(), user=None)
    assert not content.translation(article, "ar").live
    publish_again(article, press)
    assert is_translated("ar")
    assert content.status(article, "ar").origin == Origin.PERSON


def test_a_profile_taken_offline_comes_back_in_all_its_languages() -> None:
    directory = factories.directory(factories.municipality())
    page = factories.organisation(directory, "Verein")
    content.publish_german(page, short_description="Wir singen.")
    content.published(page, "ar")
    press = content.reviewer()
    row = content.status(page)
    takedown.take_down(organisation=page, user=press, reason="Beschwerde")
    assert not content.translation(page).live
    takedown.bring_back(organisation=page, user=press)
    assert content.translation(page).live
    assert (content.status(page).state, content.status(page).reviewed_at) == (
        TranslationState.PUBLISHED,
        row.reviewed_at,
    )


def test_nothing_of_a_scheduled_change_is_taken_off(article: NewsPage, press: Client) -> None:
    fresh = NewsPage.objects.get(pk=article.pk)
    fresh.go_live_at = timezone.now() + dt.timedelta(hours=1)
    fresh.save_revision().publish()
    assert [code for code in LANGUAGES if is_translated(code)] == list(PUBLIC)


def test_translations_have_no_times_of_their_own() -> None:
    page = content.article(expire_at=timezone.now() + dt.timedelta(days=1))
    content.published(page, "ar")
    twin = content.translation(page, "ar")
    assert (twin.go_live_at, twin.expire_at) == (None, None)
    assert TranslatedRevision.objects.get(revision=twin.live_revision).missing == 0
