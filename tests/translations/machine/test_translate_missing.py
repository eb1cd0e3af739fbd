"""``manage.py translate_missing`` says what there is to do, does it, and names what failed."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from tests import factories
from tests.translations import content
from tests.translations.machine import provider_stub
from tests.translations.machine.provider_stub import Stub
from translations.machine.models import DraftJob, DraftRun

pytestmark = pytest.mark.django_db


@pytest.fixture
def stub() -> Iterator[Stub]:
    with (
        provider_stub.running() as stub,
        override_settings(MACHINE_TRANSLATION=stub.settings("deepl", BACK_OFF=0.01)),
    ):
        yield stub


def command(*arguments: str) -> str:
    out = StringIO()
    call_command("translate_missing", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_a_dry_run_only_tells(stub: Stub) -> None:
    page = content.article()
    told = command("--language", "uk", "--dry-run")
    characters = sum(len(segment.source) for segment in content.segments(page, "uk"))
    assert f"1 pages, 4 sentences, about {characters} characters" in told
    assert "450000" in told
    assert not DraftRun.objects.exists()
    assert stub.requests == 0


def test_everything_missing_is_drafted(stub: Stub) -> None:
    stub.faults.append("503")
    page = content.article()
    assert "1 of 1 pages are drafted" in command("--language", "uk")
    assert content.status(page, "uk").segments_missing == 0


def test_one_page_can_be_chosen(stub: Stub) -> None:
    first = content.article()
    second = factories.article(first.get_parent().specific, "Noch ein Fest")
    content.publish_german(second)
    command("--language", "uk", "--page", str(second.pk))
    assert content.status(first, "uk").segments_missing == 4
    assert content.status(second, "uk").segments_missing == 0
    with pytest.raises(CommandError, match=str(second.pk)):
        command("--language", "uk", "--page", str(second.pk))


def test_failed_pages_are_named_and_the_exit_status_says_so(stub: Stub) -> None:
    stub.faults.append("403")
    page = content.article()
    with pytest.raises(CommandError, match=f"Ein Fest.*{page.pk}.*DeepL") as failed:
        command("--language", "uk")
    assert failed.value.returncode == 1


def test_what_needs_a_person_is_told(stub: Stub) -> None:
    stub.faults.append("empty")
    content.article()
    assert "4 sentences need a person: Ein Fest" in command("--language", "uk")


def test_without_a_provider_nothing_begins() -> None:
    content.article()
    with override_settings(MACHINE_TRANSLATION={}), pytest.raises(CommandError):
        command("--language", "uk")
    assert not DraftJob.objects.exists()
