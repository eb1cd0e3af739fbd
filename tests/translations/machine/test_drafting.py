"""What a machine drafts, what it never touches, and what it leaves to people."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils.translation import gettext
from wagtail.models import Page

from tests import factories
from tests.translations import content
from tests.translations.machine import provider_stub
from tests.translations.machine.provider_stub import Stub
from translations import publishing
from translations.machine import drafting, jobs, working
from translations.machine.models import DraftJob, GlossaryTerm, JobState, KeptName, TranslationPolicy
from translations.models import Origin, TranslationState

pytestmark = pytest.mark.django_db


@pytest.fixture
def stub() -> Iterator[Stub]:
    with provider_stub.running() as stub, override_settings(MACHINE_TRANSLATION=stub.settings("deepl")):
        yield stub


def drafted(page: Page, language: str = "uk") -> DraftJob:
    job = jobs.enqueue(page=page, language=language, user=None)
    working.work_off()
    job.refresh_from_db()
    return job


def targets(page: Page, language: str = "uk") -> dict[str, str]:
    return {segment.source: segment.target for segment in content.segments(page, language)}


def seen(language: str = "uk") -> bytes:
    return Client().get(f"/{language}/aktuelles/ein-fest/").content


def test_a_page_is_drafted_and_stays_a_draft(stub: Stub) -> None:
    page = content.article()
    before = seen()
    assert drafted(page).state == JobState.DONE
    segments = content.segments(page, "uk")
    assert {(segment.made_by, bool(segment.target)) for segment in segments} == {("machine", True)}
    row = content.status(page, "uk")
    assert (row.state, row.segments_missing, row.segments_by_machine) == (TranslationState.DRAFT, 0, 4)
    assert seen() == before


def test_only_missing_sentences_are_sent(stub: Stub) -> None:
    page = content.article()
    first, *rest = content.segments(page, "uk")
    publishing.save_words(page=page, language="uk", words={first.place: "Свято"}, user=factories.translator("uk"))
    drafted(page)
    assert stub.characters == sum(len(segment.source) for segment in rest)
    drafted(page)
    assert stub.characters == sum(len(segment.source) for segment in rest)


def test_the_words_of_a_person_stay(stub: Stub) -> None:
    page = content.article()
    words = {content.segments(page, "uk")[0].place: "Свято"}
    publishing.save_words(page=page, language="uk", words=words, user=factories.translator("uk"))
    drafted(page)
    first = content.segments(page, "uk")[0]
    assert (first.target, first.made_by) == ("Свято", "manual")


def test_only_the_changed_sentence_of_a_draft_is_sent_again(stub: Stub) -> None:
    page = content.article()
    drafted(page)
    stub.texts.clear()
    content.publish_german(page, lead="Niemand ist eingeladen.")
    drafted(page)
    assert stub.texts == ["Niemand ist eingeladen."]


def test_what_a_person_wrote_elsewhere_is_taken_over_for_checking_and_not_sent(stub: Stub) -> None:
    page, words = content.article(), {}
    for segment in content.segments(page, "uk"):
        words[segment.place] = provider_stub.translation(segment.source, "uk")
    publishing.save_words(page=page, language="uk", words=words, user=factories.translator("uk"))
    other = factories.article(page.get_parent().specific, "Noch ein Fest", lead="Alle sind eingeladen.")
    content.publish_german(other)
    drafted(other)
    assert stub.texts == ["Noch ein Fest"]
    taken_over = content.segments(other, "uk")[1]
    assert taken_over.target == words[content.segments(page, "uk")[1].place]
    assert taken_over.made_by == "machine"


def test_the_same_sentence_twice_in_a_page_is_sent_once(stub: Stub) -> None:
    page = content.article(title="Alle sind eingeladen.", slug="ein-fest")
    drafted(page)
    assert stub.texts.count("Alle sind eingeladen.") == 1
    assert content.status(page, "uk").segments_missing == 0


def test_terms_and_names_are_right_in_every_draft(stub: Stub) -> None:
    GlossaryTerm.objects.create(german="Eintritt", translations={"uk": "Вхід & вихід"})
    KeptName.objects.create(name="Haus der Vielfalt")
    page = content.article(title="Fest im Haus der Vielfalt", slug="ein-fest")
    assert drafted(page).state == JobState.DONE
    found = targets(page)
    assert "Haus der Vielfalt" in found["Fest im Haus der Vielfalt"]
    assert "<b>Вхід &amp; вихід</b>" in found["Der <b>Eintritt</b> ist frei."]


def test_a_name_alone_is_not_sent(stub: Stub) -> None:
    KeptName.objects.create(name="Verein für Deutsch und Arbeit")
    page = content.article(title="Verein für Deutsch und Arbeit", slug="ein-fest")
    drafted(page)
    assert not [text for text in stub.texts if "Verein" in text]
    assert targets(page)["Verein für Deutsch und Arbeit"] == "Verein für Deutsch und Arbeit"


def test_damaged_answers_wait_for_a_person_and_nothing_public_changes(stub: Stub) -> None:
    stub.faults.append("empty")
    page = content.article()
    before = seen()
    job = drafted(page)
    assert (job.state, len(job.left)) == (JobState.DONE, 4)
    places = {segment.place for segment in content.segments(page, "uk")}
    assert set(drafting.needs_person(page, "uk")) == places
    assert all(drafting.needs_person(page, "uk").values())
    assert content.status(page, "uk").segments_missing == 4
    assert seen() == before


def test_a_broken_placeholder_keeps_what_the_machine_wrote(stub: Stub) -> None:
    KeptName.objects.create(name="Fest")
    stub.faults.append("damaged")
    job = drafted(content.article())
    assert "Fest" in "".join(each["reason"] for each in job.left)
    assert all(each["text"] for each in job.left)


def test_what_a_person_has_done_needs_nobody_any_more(stub: Stub) -> None:
    stub.faults.append("empty")
    page = content.article()
    drafted(page)
    first = content.segments(page, "uk")[0]
    publishing.save_words(page=page, language="uk", words={first.place: "Свято"}, user=factories.translator("uk"))
    assert first.place not in drafting.needs_person(page, "uk")
    assert len(drafting.needs_person(page, "uk")) == 3


def test_a_translation_too_long_for_its_field_is_left_to_a_person_and_the_rest_is_kept(stub: Stub) -> None:
    GlossaryTerm.objects.create(german="Fest", translations={"uk": "Свято " * 50})
    page = content.article(title=f"Fest {'und noch ein Wort ' * 8}".strip(), slug="ein-fest")
    job = drafted(page)
    assert len(job.left) == 2  # the title, and the sentence grown far too long
    assert content.status(page, "uk").segments_missing == 2


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ("locked", "This page is locked. Ask the person who locked it."),
        ("in review", "This translation is in review. A machine changes nothing in it until that is over."),
    ],
)
def test_a_locked_page_or_one_in_review_is_left_alone(stub: Stub, how: str, sentence: str) -> None:
    page, press = content.article(), factories.press()
    revision = content.save(page, "uk", user=press)
    twin = content.translation(page, "uk")
    if how == "locked":
        twin.locked, twin.locked_by = True, press
        twin.save()
    else:
        publishing.submit(translated=twin, revision=revision, user=press)
    content.publish_german(page, lead="Niemand ist eingeladen.")
    before = targets(page)
    job = drafted(page)
    assert (job.state, stub.requests) == (JobState.FAILED, 0)
    assert job.sentence == gettext(sentence)
    assert targets(page) == before


@pytest.mark.parametrize("chosen", [{}, {"deepl": {}}])
def test_without_a_provider_a_sentence_says_so(chosen: dict[str, Any]) -> None:
    with override_settings(MACHINE_TRANSLATION=chosen):
        job = drafted(content.article())
    assert (job.state, bool(job.sentence)) == (JobState.FAILED, True)


def test_plain_german_is_not_sent_to_a_translator(stub: Stub) -> None:
    job = drafted(content.article(), "de-simple")
    assert (job.state, stub.requests) == (JobState.FAILED, 0)
    assert "Einfache Sprache" in job.sentence


def test_a_site_can_let_machines_publish_in_a_language(stub: Stub) -> None:
    page = content.article()
    TranslationPolicy.objects.create(site=page.get_site(), unreviewed=["uk"])
    drafted(page, "uk")
    drafted(page, "ru")
    published = content.status(page, "uk")
    assert (published.state, published.origin) == (TranslationState.PUBLISHED, Origin.MACHINE)
    assert content.status(page, "ru").state == TranslationState.DRAFT


def test_an_incomplete_draft_is_not_published_whatever_the_policy(stub: Stub) -> None:
    stub.faults.append("damaged")
    page = content.article()
    TranslationPolicy.objects.create(site=page.get_site(), unreviewed=["uk"])
    job = drafted(page)
    assert job.left
    assert content.status(page, "uk").state != TranslationState.PUBLISHED


@override_settings(MACHINE_TRANSLATION={})
def test_that_there_is_no_machine_is_said_once_for_all_languages(client: Client) -> None:
    page = content.article()
    client.force_login(factories.press())
    form = {"language": ["ar", "uk", "tr", "ru", "fa", "bg", "ro", "en", "de-simple"], "action": "draft"}
    answer = client.post(f"/admin/translations/page/{page.pk}/", form, follow=True)
    assert len(list(answer.context["messages"])) == 1


def test_languages_that_no_machine_knows_are_named_in_one_sentence(stub: Stub) -> None:
    sentence = drafting.why_none(["de-simple", "fa"])
    assert sentence.count(".") == drafting.why_none(["fa"]).count(".")
    assert drafting.why_none([]) == ""
