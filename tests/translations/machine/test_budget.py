"""No provider is sent more characters in a month than its limit."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone

from tests.translations import content
from tests.translations.machine import provider_stub
from tests.translations.machine.provider_stub import Stub
from translations.machine import budget, jobs, providers, working
from translations.machine.models import JobState, ProviderUse
from translations.machine.provider import Provider, ProviderError

pytestmark = pytest.mark.django_db


@pytest.fixture
def stub() -> Iterator[Stub]:
    with provider_stub.running() as stub:
        yield stub


def limited(stub: Stub, characters: int | None) -> Any:
    chosen = stub.settings("deepl")
    chosen["deepl"]["BUDGET"] = characters
    return override_settings(MACHINE_TRANSLATION=chosen)


def deepl() -> Provider:
    return providers.configured()["deepl"]


def test_deepl_has_a_limit_by_default_and_own_servers_have_none(stub: Stub) -> None:
    with override_settings(MACHINE_TRANSLATION=stub.settings()):
        found = {name: budget.remaining(provider) for name, provider in providers.configured().items()}
    assert found == {"deepl": 450_000, "libretranslate": None, "openai": None}


def test_characters_are_counted_before_they_are_sent(stub: Stub) -> None:
    with limited(stub, 100):
        budget.reserve(deepl(), 60)
        assert budget.remaining(deepl()) == 40
        with pytest.raises(budget.UsedUp):
            budget.reserve(deepl(), 41)
        assert budget.remaining(deepl()) == 40
        budget.reserve(deepl(), 40)
        assert budget.remaining(deepl()) == 0


@pytest.mark.parametrize(("reason", "left"), [("busy", 100), ("unreachable", 100), ("timeout", 40), ("unusable", 40)])
def test_what_the_provider_did_not_take_is_given_back(stub: Stub, reason: str, left: int) -> None:
    with limited(stub, 100):
        budget.reserve(deepl(), 60)
        budget.give_back(deepl(), 60, ProviderError(reason, "", retryable=True))
        assert budget.remaining(deepl()) == left


def test_each_month_begins_anew(stub: Stub) -> None:
    with limited(stub, 100):
        budget.reserve(deepl(), 100)
        last_month = timezone.localdate().replace(day=1) - timedelta(days=1)
        ProviderUse.objects.update(month=last_month.replace(day=1))
        assert budget.remaining(deepl()) == 100


def test_a_job_without_characters_left_waits_for_the_next_month_and_says_so(stub: Stub) -> None:
    page = content.article()
    with limited(stub, 30):
        job = jobs.enqueue(page=page, language="uk", user=None)
        working.work_off()
    job.refresh_from_db()
    assert (job.state, job.due_at) == (JobState.WAITING, budget.next_month())
    assert "DeepL" in job.sentence
    assert 0 < stub.characters <= 30
    stored = sum(len(segment.source) for segment in content.segments(page, "uk") if segment.target)
    assert stored == stub.characters


def test_with_a_higher_limit_the_draft_continues_when_it_is_asked_for_again(stub: Stub) -> None:
    page = content.article()
    with limited(stub, 30):
        job = jobs.enqueue(page=page, language="uk", user=None)
        working.work_off()
    with limited(stub, None):
        jobs.enqueue(page=page, language="uk", user=None)
        working.work_off()
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert len(stub.texts) == len(set(stub.texts)) == 4


def test_a_sentence_longer_than_a_whole_month_is_for_a_person(stub: Stub) -> None:
    with limited(stub, 5):
        job = jobs.enqueue(page=content.article(), language="uk", user=None)
        working.work_off()
    job.refresh_from_db()
    assert (job.state, stub.requests) == (JobState.FAILED, 0)
