"""A German draft is translated and approved before it is public, and its translations go live together with it."""

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Revision

from news.models import NewsPage
from tests import factories
from tests.translations import content
from translations import memory, permissions, publishing
from translations.models import Origin, TranslationState
from translations.tree import structure

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> NewsPage:
    """Saved by the press office, and never public."""
    index = factories.news_index(factories.municipality())
    made = factories.article(
        index, "Ein Fest", live=False, lead="Alle sind eingeladen.", body=[("paragraph", "<p>Für jeden Menschen.</p>")]
    )
    NewsPage.objects.filter(pk=made.pk).update(first_published_at=None, last_published_at=None)
    NewsPage.objects.get(pk=made.pk).save_revision()
    return NewsPage.objects.get(pk=made.pk)


def read(code: str) -> Any:
    return Client().get(f"/{code}/aktuelles/ein-fest/")


def approved(page: Page, code: str = "ar") -> Page:
    revision = content.save(page, code, user=factories.translator(code))
    publishing.publish(translated=content.translation(page, code), revision=revision, user=content.reviewer())
    return content.translation(page, code)


def test_approved_it_waits_for_the_german_page(draft: NewsPage) -> None:
    twin = approved(draft)
    row = content.status(draft)
    assert (twin.live, row.state, row.origin, row.reviewed_by) == (
        False,
        TranslationState.READY,
        Origin.PERSON,
        content.reviewer(),
    )
    assert read("ar").status_code == 404


def test_it_goes_live_together_with_the_german_page_as_it_was_reviewed(draft: NewsPage) -> None:
    twin = approved(draft)
    row, revision = content.status(draft), twin.latest_revision
    content.save(draft, mark=" later")
    content.publish_german(draft)
    now = content.status(draft)
    assert content.translation(draft).live_revision == revision
    assert (now.state, now.reviewed_by, now.reviewed_at) == (
        TranslationState.PUBLISHED,
        row.reviewed_by,
        row.reviewed_at,
    )
    page = read("ar").content.decode()
    assert "ar: Ein Fest" in page
    assert "later" not in page


def test_on_time_both_go_live_by_the_clock(draft: NewsPage) -> None:
    fresh = NewsPage.objects.get(pk=draft.pk)
    fresh.go_live_at = timezone.now() + dt.timedelta(hours=1)
    revision = fresh.save_revision()
    revision.publish()
    approved(draft)
    later = NewsPage.objects.get(pk=draft.pk).get_latest_revision_as_object()
    later.lead = "Noch nicht für die Öffentlichkeit."
    later.save_revision()
    approved(draft, "tr")
    Revision.objects.filter(pk=revision.pk).update(
        approved_go_live_at=timezone.now() - dt.timedelta(minutes=1), content={**revision.content, "go_live_at": None}
    )
    call_command("publish_scheduled")
    assert {content.status(draft, code).state for code in ("ar", "tr")} == {TranslationState.PUBLISHED}
    assert "ar: Ein Fest" in read("ar").content.decode()


def test_what_changed_after_the_approval_is_not_public_and_the_desk_tells_it(draft: NewsPage) -> None:
    approved(draft)
    content.publish_german(draft, lead="Niemand ist eingeladen.")
    row = content.status(draft)
    assert (content.translation(draft).live, row.is_left_behind, row.segments_missing) == (False, True, 1)


def test_what_nobody_has_approved_stays_a_draft(draft: NewsPage) -> None:
    content.save(draft)
    content.publish_german(draft)
    assert (content.translation(draft).live, content.status(draft).state) == (False, TranslationState.DRAFT)


def test_an_approved_workflow_waits_as_well(draft: NewsPage) -> None:
    press = content.reviewer()
    revision = content.save(draft, user=press)
    content.review_workflow(content.translation(draft).get_parent())
    publishing.submit(translated=content.translation(draft), revision=revision, user=press)
    assert content.status(draft).state == TranslationState.REVIEW
    state = content.translation(draft).current_workflow_task_state
    state.task.specific.on_action(state, press, "approve")
    assert (content.translation(draft).live, content.status(draft).state) == (False, TranslationState.READY)
    content.publish_german(draft)
    assert content.translation(draft).live


def test_translators_see_a_draft_once_they_are_asked(draft: NewsPage, client: Client) -> None:
    translator = factories.translator("ar")
    structure.begin(draft.get_parent(), "ar")
    client.force_login(translator)
    assert not permissions.may_read_source(translator, draft)
    assert client.get(f"/admin/translations/page/{draft.pk}/").status_code == 404
    assert client.get("/admin/translations/ar/").context["tasks"] == []
    client.force_login(content.reviewer())
    client.post(f"/admin/translations/page/{draft.pk}/", {"action": "ask", "language": ["ar"]})
    client.force_login(translator)
    assert [task.row.page_id for task in client.get("/admin/translations/ar/").context["tasks"]] == [draft.pk]
    address = f"/admin/pages/{content.translation(draft).pk}/edit/"
    client.post(address, {**content.workbench_fields(client, address, "كلمات"), "action": "submit"})
    assert content.status(draft).state == TranslationState.REVIEW
    client.force_login(content.reviewer())
    client.post(address, {**content.workbench_fields(client, address, "كلمات"), "action": "publish"})
    assert content.status(draft).state == TranslationState.READY
    content.publish_german(draft)
    assert "كلمات" in read("ar").content.decode()


def test_the_workbench_shows_the_draft_as_it_is_now(draft: NewsPage, client: Client) -> None:
    content.save(draft)
    fresh = NewsPage.objects.get(pk=draft.pk).get_latest_revision_as_object()
    fresh.lead = "Ganz anders."
    fresh.save_revision()
    client.force_login(content.reviewer())
    entries = client.get(f"/admin/pages/{content.translation(draft).pk}/edit/").context["entries"]
    assert "Ganz anders." in [entry.segment.source for entry in entries]


def test_a_taken_off_page_is_not_read_by_translators(client: Client) -> None:
    page = content.article()
    content.published(page)
    NewsPage.objects.get(pk=page.pk).unpublish()
    assert not permissions.may_read_source(factories.translator("ar"), NewsPage.objects.get(pk=page.pk))


def test_sentences_of_deleted_pages_are_offered_no_more(client: Client) -> None:
    page = content.article()
    content.published(page)
    other = factories.article(page.get_parent().specific, "Zweites", lead="Alle sind eingeladen!", body=[])
    content.publish_german(other)
    alike, same = content.segments(other), content.segments(page)

    def offered() -> set[str]:
        found = [offer.target for offers in memory.suggestions(alike, "ar").values() for offer in offers]
        return {*found, *memory.same_sentences(same, "ar").values()}

    assert "ar: Alle sind eingeladen." in offered()
    client.force_login(content.reviewer())
    client.post(f"/admin/pages/{page.pk}/delete/")
    assert offered() == set()
    NewsPage.objects.get(pk=page.pk).delete()
    assert offered() == set()
