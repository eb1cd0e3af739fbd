"""A provider that says no is left alone as long as it says, and asked again by itself; German changed meanwhile."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client, override_settings
from django.utils import timezone, translation

from cms.accounts import roles
from cms.jobs import every_minute
from news.models import NewsPage
from tests import factories
from tests.translations import content
from tests.translations.machine import provider_stub
from tests.translations.machine.provider_stub import Stub
from tests.translations.machine.test_jobs import pages
from translations.machine import drafting, jobs, pauses, provider, providers, working
from translations.machine.models import DraftJob, JobState, Progress, ProviderPause, TranslationPolicy
from translations.segments import Place

pytestmark = pytest.mark.django_db

NAMES = ("deepl", "libretranslate", "openai")
COUNT = 6


@pytest.fixture
def stub() -> Iterator[Stub]:
    with provider_stub.running() as stub, override_settings(MACHINE_TRANSLATION=stub.settings("deepl")):
        yield stub


def later(**time: float) -> None:
    """As if time had passed, for the jobs and for the pauses."""
    passed = timedelta(**time)
    for job in DraftJob.objects.filter(state=JobState.WAITING):
        DraftJob.objects.filter(pk=job.pk).update(due_at=job.due_at - passed)
    for pause in ProviderPause.objects.exclude(until=None):
        ProviderPause.objects.filter(pk=pause.pk).update(until=pause.until - passed)


STOPS = ("456", "401", "403", "429", "429-date", "503", "insufficient-quota", "redirect", "nothing")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("fault", STOPS)
def test_a_run_asks_once_and_fails_nothing(name: str, fault: str) -> None:
    with (
        provider_stub.running(*[fault] * 20) as stub,
        override_settings(MACHINE_TRANSLATION=stub.settings(name)),
        translation.override("en"),
    ):
        run = jobs.start_run(language="uk", user=None, pages=pages(COUNT))
        working.work_off()
        every_minute.do_all()
        assert stub.requests == 1
        assert run.progress == Progress(COUNT, 0, 0)
        assert providers.configured()[name].label in pauses.why("uk")
        assert pauses.why("tr")  # the same provider
        if fault in ("401", "403", "redirect"):
            later(days=400)
            working.work_off()
            assert stub.requests == 1


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("fault", ["456", "429", "429-date", "503", "nothing"])
def test_the_run_goes_on_by_itself_when_the_pause_is_over(
    name: str, fault: str, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with provider_stub.running(fault) as stub, override_settings(MACHINE_TRANSLATION=stub.settings(name)):
        run = jobs.start_run(language="uk", user=None, pages=pages(3))
        working.work_off()
        assert run.progress == Progress(3, 0, 0)
        later(days=1, minutes=10)
        every_minute.do_all()  # the clock starts the worker
        assert run.progress == Progress(3, 3, 0)
        assert not ProviderPause.objects.exists()


@pytest.mark.parametrize(
    ("fault", "least", "most"), [("429", 5, 7), ("429-date", 90, 100), ("503", 25, 45), ("456", 60, 86_400 + 301)]
)
def test_the_pause_is_as_long_as_the_answer_says(stub: Stub, fault: str, least: float, most: float) -> None:
    stub.faults.append(fault)
    jobs.enqueue(page=content.article(), language="uk", user=None)
    working.work_off()
    pause = pauses.of_language("uk")
    assert pause is not None
    assert pause.until is not None
    assert least < (pause.until - timezone.now()).total_seconds() <= most


def test_a_provider_that_stays_away_is_asked_more_and_more_seldom(stub: Stub) -> None:
    stub.faults.extend(["503"] * 30)
    run = jobs.start_run(language="uk", user=None, pages=pages(3))
    for _ in range(30):
        working.work_off()
        later(minutes=10)
    assert stub.requests < 15
    assert run.progress == Progress(3, 0, 0)


def test_another_key_ends_the_pause(stub: Stub) -> None:
    stub.faults.extend(["401"] * 3)
    job = jobs.enqueue(page=content.article(), language="uk", user=None)
    working.work_off()
    assert "settings" in why_in_english()
    with override_settings(MACHINE_TRANSLATION=stub.settings(deepl={"URL": stub.url, "KEY": "another"})):
        stub.faults.clear()
        assert why_in_english() == ""
        working.work_off()
    job.refresh_from_db()
    assert job.state == JobState.DONE


def why_in_english() -> str:
    with translation.override("en"):
        return pauses.why("uk")


MAY_TRY_AGAIN = {roles.PRESS: True, roles.KI: False, roles.translators("uk"): False}


@pytest.mark.parametrize("role", MAY_TRY_AGAIN)
def test_try_again_is_offered_and_asks_again(
    stub: Stub, role: str, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    stub.faults.append("403")
    run = jobs.start_run(language="uk", user=None, pages=pages(2))
    working.work_off()
    client = Client()
    client.force_login(factories.person("", role))
    if MAY_TRY_AGAIN[role]:
        soup = BeautifulSoup(client.get("/admin/translations/").content, "html.parser")
        button = soup.select_one('form[action="/admin/translations/machine/again/deepl/"] button')
        assert button is not None
        assert "DeepL" in soup.select_one("[data-run] [role=status]").get_text()
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/admin/translations/machine/again/deepl/")
    working.work_off()
    assert run.progress.done == (2 if MAY_TRY_AGAIN[role] else 0)


def test_what_may_be_about_one_page_pauses_only_when_it_goes_on(stub: Stub) -> None:
    stub.faults.extend(["204", "ok", "nothing-said", "html", "500"])
    run = jobs.start_run(language="uk", user=None, pages=pages(8))
    working.work_off()
    assert stub.requests == 5
    assert (run.progress.done, run.progress.failed) == (1, 0)
    assert pauses.of_language("uk") is not None


def test_an_empty_answer_is_called_so(stub: Stub) -> None:
    stub.faults.append("204")
    job = jobs.enqueue(page=content.article(), language="uk", user=None)
    working.work_off()
    job.refresh_from_db()
    assert job.state == JobState.WAITING
    with translation.override("en"), pytest.raises(provider.ProviderError, match="an empty answer"):
        stub.faults.append("204")
        providers.configured()["deepl"].translate(["Haus"], "en")


# German meanwhile


def long_article() -> NewsPage:
    """In two parts for DeepL."""
    body = [("paragraph", f"<p>Absatz {number} über das Fest.</p>") for number in range(60)]
    page = factories.article(factories.news_index(factories.municipality()), "Ein Fest", body=body)
    content.publish_german(page)
    return page


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> None:
    """``act`` happens while the provider works on the second part."""
    asked: list[int] = []
    real = drafting._translated

    def translated(*arguments: Any) -> list[str]:
        asked.append(1)
        if len(asked) == 2:
            act()
        return real(*arguments)

    monkeypatch.setattr(drafting, "_translated", translated)


def unreviewed_in_ukrainian(page: NewsPage) -> None:
    policy = TranslationPolicy.for_site(page.get_site())
    policy.unreviewed = ["uk"]
    policy.save()


def test_unpublished_meanwhile_nothing_goes_live_and_the_job_says_so(
    stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = long_article()
    unreviewed_in_ukrainian(page)
    meanwhile(monkeypatch, lambda: NewsPage.objects.get(pk=page.pk).unpublish())
    job = jobs.enqueue(page=page, language="uk", user=None)
    working.work_off()
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.sentence
    assert not content.translation(page, "uk").live


def test_unpublished_before_its_turn_a_run_leaves_it_out(stub: Stub) -> None:
    page = content.article()
    run = jobs.start_run(language="uk", user=None, pages=[page])
    NewsPage.objects.get(pk=page.pk).unpublish()
    working.work_off()
    assert (stub.requests, run.progress.failed) == (0, 1)


def test_changed_meanwhile_the_newer_sentences_are_drafted_and_published(
    stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = long_article()
    unreviewed_in_ukrainian(page)
    meanwhile(monkeypatch, lambda: content.publish_german(page, lead="Ein neuer Vorspann."))
    job = jobs.enqueue(page=page, language="uk", user=None)
    assert working.work_off(limit=1) == 1
    job.refresh_from_db()
    assert job.state == JobState.WAITING
    assert job.sentence
    working.work_off()
    job.refresh_from_db()
    assert job.state == JobState.DONE
    twin = content.translation(page, "uk")
    assert twin.live
    assert twin.lead == provider_stub.translation("Ein neuer Vorspann.", "uk")


def test_words_of_a_person_written_meanwhile_stay(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    page = long_article()
    last: Place = content.segments(page, "uk")[-1].place

    def type_it() -> None:
        content.publishing.save_words(page=page, language="uk", words={last: "Слово людини."}, user=None)

    meanwhile(monkeypatch, type_it)
    jobs.enqueue(page=page, language="uk", user=None)
    working.work_off()
    assert content.segments(page, "uk")[-1].target == "Слово людини."
