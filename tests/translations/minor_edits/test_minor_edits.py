"""Whether only the wording is corrected is said of a revision, and holds however that is published."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Revision

from news.models import NewsPage
from tests import factories
from tests.translations import content, editor
from translations import publishing
from translations.models import TranslationState

pytestmark = pytest.mark.django_db

ONLY_WORDING = {"action-publish": "wording-only"}
BETTER = "Alle sind herzlich eingeladen."


@pytest.fixture
def article() -> NewsPage:
    page = content.article()
    for code in ("ar", "tr"):
        content.published(page, code)
    return page


@pytest.fixture
def press(client: Client) -> Client:
    client.force_login(content.reviewer())
    return client


def states(page: NewsPage) -> set[str]:
    return {content.status(page, code).state for code in ("ar", "tr")}


def scheduled(client: Client, page: NewsPage, action: dict[str, str], lead: str = BETTER) -> Revision:
    """Chosen in the editor to go live in an hour."""
    later = timezone.localtime(timezone.now() + dt.timedelta(hours=1))
    editor.send(client, page, lead=lead, go_live_at=f"{later:%Y-%m-%d %H:%M}", **action)
    return Revision.objects.exclude(approved_go_live_at=None).get(object_id=str(page.pk))


def come(revision: Revision) -> None:
    """Its time has come."""
    Revision.objects.filter(pk=revision.pk).update(
        approved_go_live_at=timezone.now() - dt.timedelta(minutes=1), content={**revision.content, "go_live_at": None}
    )
    call_command("publish_scheduled")


def test_published_at_once_it_outdates_nothing(article: NewsPage, press: Client) -> None:
    assert editor.send(press, article, lead=BETTER, **ONLY_WORDING).lead == BETTER
    assert states(article) == {TranslationState.PUBLISHED}
    editor.send(press, article, lead="Niemand ist eingeladen.", **{"action-publish": "action-publish"})
    assert states(article) == {TranslationState.OUTDATED}


@pytest.mark.parametrize(
    ("action", "state"),
    [(ONLY_WORDING, TranslationState.PUBLISHED), ({"action-publish": "action-publish"}, TranslationState.OUTDATED)],
    ids=["only the wording", "news"],
)
def test_by_the_clock_the_choice_of_its_revision_holds(
    article: NewsPage, press: Client, action: dict[str, str], state: TranslationState
) -> None:
    revision = scheduled(press, article, action)
    assert states(article) == {TranslationState.PUBLISHED}
    come(revision)
    assert NewsPage.objects.get(pk=article.pk).lead == BETTER
    assert states(article) == {state}


def test_what_was_news_meanwhile_stays_outdated(article: NewsPage, press: Client) -> None:
    """Another sentence is published before the time has come, and is in what goes live then."""
    revision = scheduled(press, article, ONLY_WORDING)
    come_later = {**revision.content, "search_description": "Ganz neu"}
    content.publish_german(article, search_description="Ganz neu")
    assert states(article) == {TranslationState.OUTDATED}
    Revision.objects.filter(pk=revision.pk).update(content=come_later)
    revision.refresh_from_db()
    come(revision)
    assert NewsPage.objects.get(pk=article.pk).lead == BETTER
    assert states(article) == {TranslationState.OUTDATED}
    assert content.status(article).segments_missing == 1, "the new sentence only"


@pytest.mark.parametrize("value", ["wording-only", "action-submit"])
def test_approved_by_somebody_else_the_choice_of_the_author_holds(article: NewsPage, press: Client, value: str) -> None:
    content.review_workflow(article.get_parent())
    page = editor.send(press, article, lead=BETTER, **{"action-submit": value})
    assert page.workflow_in_progress
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, factories.person("andere@example.org", "press"), "approve")
    assert NewsPage.objects.get(pk=article.pk).lead == BETTER
    assert states(article) == {TranslationState.PUBLISHED if value == "wording-only" else TranslationState.OUTDATED}


def test_an_earlier_revision_published_again_acts_on_its_own_choice(article: NewsPage, press: Client) -> None:
    editor.send(press, article, lead=BETTER, **ONLY_WORDING)
    better = NewsPage.objects.get(pk=article.pk).live_revision
    editor.send(press, article, lead="Niemand ist eingeladen.", **{"action-publish": "action-publish"})
    assert states(article) == {TranslationState.OUTDATED}
    better.publish()
    assert states(article) == {TranslationState.PUBLISHED}


def test_what_waits_for_review_is_current_when_it_is_approved(article: NewsPage, press: Client) -> None:
    content.save(article, "ar", mark=" better")
    editor.send(press, article, lead=BETTER, **ONLY_WORDING)
    revision = content.translation(article, "ar").latest_revision
    publishing.publish(translated=content.translation(article, "ar"), revision=revision, user=content.reviewer())
    assert content.status(article, "ar").state == TranslationState.PUBLISHED


def test_the_editor_offers_the_choice_for_public_pages(article: NewsPage, press: Client) -> None:
    buttons = press.get(f"/admin/pages/{article.pk}/edit/").content.decode()
    assert 'name="action-publish" value="wording-only"' in buttons
    assert 'name="action-submit" value="wording-only"' not in buttons
    content.review_workflow(article.get_parent())
    assert 'name="action-submit" value="wording-only"' in press.get(f"/admin/pages/{article.pk}/edit/").content.decode()
