"""What follows a publication can never undo or hide it."""

import datetime as dt
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import PageLogEntry, Revision

from cms.mail.letters import Letter
from cms.pages import page_acts, steps
from cms.pages.blocks import BodyBlock
from cms.pages.page_acts import PUBLISHED
from news.models import NewsPage
from tests import factories
from tests.cms.jobs.test_worker import worker
from tests.translations import content
from translations.models import TranslationState

pytestmark = pytest.mark.django_db

SOUND: dict[str, Any] = {
    "heading": {"text": "Kopf"},
    "paragraph": "<p>Text</p>",
    "picture": {"image": None, "alt_text": "Alt", "decorative": False, "caption": "Unten"},
    "quote": {"text": "Gesagt", "name": "Wer", "role": "Was"},
    "facts": {"heading": "Kopf", "items": [{"type": "item", "id": "a", "value": {"label": "Wann", "value": "Heute"}}]},
    "links": {
        "heading": "Kopf",
        "links": [{"type": "item", "id": "b", "value": {"title": "Hier", "page": None, "url": "", "note": "Dort"}}],
    },
    "contact": {"contact": None},
    "call_to_action": {"text": "Los", "label": "Jetzt", "page": None, "url": "https://example.org"},
    "documents": {
        "heading": "Kopf",
        "documents": [{"type": "item", "id": "c", "value": {"document": None, "title": "D"}}],
    },
    "accordion": {"items": [{"type": "item", "id": "d", "value": {"title": "Auf", "text": "<p>Zu</p>"}}]},
}


def spoiled(kind: str, value: Any) -> Iterator[tuple[str, Any]]:
    """``value`` with each part once missing and once null, of every depth, and with lists in an older shape."""
    if not isinstance(value, dict):
        yield f"{kind} null", None
        return
    for name, part in value.items():
        yield f"{kind} without {name}", {key: each for key, each in value.items() if key != name}
        yield f"{kind} with null {name}", {**value, name: None}
        if isinstance(part, list):
            yield f"{kind} with bare {name}", {**value, name: [each["value"] for each in part]}
            for label, inside in spoiled(f"{kind} {name}", part[0]["value"]):
                yield label, {**value, name: [{**part[0], "value": inside}]}


CASES = [(label, kind, value) for kind, sound in SOUND.items() for label, value in spoiled(kind, sound)]


def test_every_kind_of_block_is_among_the_cases() -> None:
    assert set(SOUND) == set(BodyBlock().child_blocks)


def revision_with(page: NewsPage, kind: str, value: Any) -> Revision:
    """As an import or an older version of the site has left it: nothing has looked at it."""
    revision = NewsPage.objects.get(pk=page.pk).save_revision()
    odd = [{"type": kind, "value": value, "id": "odd"}, {"type": "paragraph", "value": "<p>Neu.</p>"}]
    Revision.objects.filter(pk=revision.pk).update(content={**revision.content, "body": json.dumps(odd)})
    return Revision.objects.get(pk=revision.pk)


def test_a_missing_part_of_a_block_stops_nothing_that_follows(caplog: pytest.LogCaptureFixture) -> None:
    page = content.article()
    content.published(page)
    for label, kind, value in CASES:
        with caplog.at_level(logging.ERROR):
            revision_with(page, kind, value).publish()
            row = content.status(page)
            assert not caplog.records or "is tried again" not in caplog.text, label
            assert (row.state, row.segments > 0) == (TranslationState.OUTDATED, True), label
            for code in ("de", "en"):
                answer = Client().get(f"/{code}/aktuelles/ein-fest/")
                assert answer.status_code == 200, label
                assert b"Neu." in answer.content, label
                assert b">None<" not in answer.content, label
            content.save(page)


@pytest.fixture
def failing() -> Iterator[list[str]]:
    """Pages for which a step fails, as long as their title stands in the list."""
    titles: list[str] = []

    def fail(page: Any, *_publication: Any) -> None:
        if page.title in titles:
            raise RuntimeError("odd")
        done.append(page.title)

    done: list[str] = []
    before = steps.in_order()
    steps.register(PUBLISHED, steps.Step("odd", 5, fail))
    yield titles
    steps._steps.update(before)


def work_all() -> None:
    DBTaskResult.objects.update(run_after=timezone.now() - dt.timedelta(seconds=1))
    somebody = worker()
    while (job := somebody.claim()) is not None:
        somebody.run_task(job)


@pytest.fixture
def queue(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def test_a_failing_step_neither_undoes_the_publication_nor_stops_the_other_steps(
    failing: list[str],
    queue: None,
    client: Client,
    caplog: pytest.LogCaptureFixture,
) -> None:
    page = content.article()
    content.published(page)
    press = content.reviewer()
    client.force_login(press)
    failing.append("Ein Fest")
    fresh = NewsPage.objects.get(pk=page.pk)
    fresh.lead = "Niemand ist eingeladen."
    fresh.save_revision(user=press).publish(user=press)
    assert f"published of news.NewsPage:{page.pk}: step odd failed" in caplog.text
    assert content.status(page).state == TranslationState.OUTDATED
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish").exists()
    assert page_acts.is_unfinished(page)
    home = client.get("/admin/").content.decode()
    assert "unfinished-pages" in home
    assert f"/admin/pages/{page.pk}/edit/" in home
    assert Letter.objects.filter(to=press.email).count() == 1

    failing.clear()
    work_all()
    assert not page_acts.is_unfinished(page)
    assert "unfinished-pages" not in client.get("/admin/").content.decode()


def test_translations_are_outdated_when_nobody_knows(monkeypatch: pytest.MonkeyPatch, queue: None) -> None:
    page = content.article()
    content.published(page)
    from translations import status

    def fail(*_page: Any, **_source: Any) -> None:
        raise RuntimeError("odd")

    with monkeypatch.context() as patch:
        patch.setattr(status, "read_source", fail)
        content.publish_german(page, is_example=True)
    status.refresh(page)
    row = content.status(page)
    assert (row.state, row.outdated_since is None) == (TranslationState.OUTDATED, False)
    work_all()
    row = content.status(page)
    assert (row.state, row.outdated_since) == (TranslationState.PUBLISHED, None)


def test_the_clock_goes_on_when_a_step_fails(failing: list[str], queue: None) -> None:
    index = factories.news_index(factories.municipality())
    failing.append("Erster")
    pages = [factories.article(index, title, live=False) for title in ("Erster", "Zweiter")]
    for page in pages:
        page.go_live_at = timezone.now() + dt.timedelta(hours=1)
        page.save_revision().publish()
    for revision in Revision.objects.exclude(approved_go_live_at=None):
        Revision.objects.filter(pk=revision.pk).update(
            approved_go_live_at=timezone.now() - dt.timedelta(minutes=1),
            content={**revision.content, "go_live_at": None},
        )
    call_command("publish_scheduled")
    assert [NewsPage.objects.get(pk=page.pk).live for page in pages] == [True, True]
    assert {page_acts.is_unfinished(pages[0]), page_acts.is_unfinished(pages[1])} == {True, False}


def test_what_was_given_up_is_forgotten_when_the_page_is_published_again(failing: list[str], queue: None) -> None:
    page = content.article()
    failing.append("Ein Fest")
    content.publish_german(page)
    DBTaskResult.objects.filter(task_path=steps.do_again.module_path).update(status="FAILED")
    assert page_acts.is_unfinished(page)
    failing.clear()
    content.publish_german(page)
    assert not page_acts.is_unfinished(page)
