"""What goes live is what was reviewed, and nothing before."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from wagtail.models import Page

from tests import factories
from tests.translations import content
from translations import publishing
from translations.models import Origin, TranslationState

pytestmark = pytest.mark.django_db


def seen(page: Page, language: str = "ar") -> bytes:
    return Client().get(f"/{language}/aktuelles/ein-fest/").content


def test_saved_words_change_no_byte_of_the_public_page():
    page = content.article()
    content.published(page)
    before = seen(page)
    assert b"ar: Ein Fest" in before
    revision = content.save(page, mark=" new")
    assert seen(page) == before
    publishing.publish(translated=content.translation(page), revision=revision, user=content.reviewer())
    assert b"ar new: Ein Fest" in seen(page)


def test_the_home_page_is_translated_although_its_slug_is_taken():
    home = content.article().get_parent().get_parent().specific
    content.publish_german(home)
    content.published(home)
    assert b"ar: Willkommen" in Client().get("/ar/").content


def test_a_page_without_translation_stays_german_while_it_is_translated():
    page = content.article()
    before = seen(page)
    content.save(page)
    assert seen(page) == before


@pytest.mark.parametrize("act", [publishing.publish, publishing.submit])
def test_an_incomplete_translation_is_not_published(act):
    page = content.article()
    some = dict(list(content.words_for(page).items())[:2])
    revision = publishing.save_words(page=page, language="ar", words=some)
    with pytest.raises(publishing.NotPublishable, match="2"):
        act(translated=content.translation(page), revision=revision, user=content.reviewer())
    assert not content.translation(page).live


@pytest.mark.parametrize("act", [publishing.publish, publishing.submit])
def test_only_what_was_looked_at_is_published(act):
    page = content.article()
    looked_at = content.save(page)
    content.save(page, mark=" meanwhile")
    with pytest.raises(publishing.NotPublishable):
        act(translated=content.translation(page), revision=looked_at, user=content.reviewer())


def test_a_translator_without_the_right_does_not_publish():
    page = content.article()
    revision = content.save(page)
    with pytest.raises(PermissionDenied):
        publishing.publish(translated=content.translation(page), revision=revision, user=factories.translator("ar"))


def test_approval_publishes_what_was_submitted_and_not_what_was_written_since():
    page, translator, press = content.article(), factories.translator("ar"), factories.press()
    revision = content.save(page, user=translator)
    content.review_workflow(content.translation(page).get_parent())
    publishing.submit(translated=content.translation(page), revision=revision, user=translator)
    assert content.status(page).state == TranslationState.REVIEW
    content.save(page, mark=" later", user=translator)
    approve(page, press)
    assert b"ar: Ein Fest" in seen(page)
    assert b"later" not in seen(page)
    assert content.translation(page).get_latest_revision_as_object().title == "ar later: Ein Fest"


def approve(page: Page, user: object) -> None:
    state = content.translation(page).current_workflow_task_state
    state.task.specific.on_action(state, user, "approve")


def test_what_the_reviewer_corrects_is_what_they_approve():
    page, translator, press = content.article(), factories.translator("ar"), factories.press()
    revision = content.save(page, user=translator)
    content.review_workflow(content.translation(page).get_parent())
    publishing.submit(translated=content.translation(page), revision=revision, user=translator)
    content.save(page, mark=" corrected", user=press)
    approve(page, press)
    assert b"ar corrected: Ein Fest" in seen(page)


def test_nothing_is_published_past_a_review_under_way():
    page, press = content.article(), factories.press()
    revision = content.save(page)
    content.review_workflow(content.translation(page).get_parent())
    publishing.submit(translated=content.translation(page), revision=revision, user=press)
    with pytest.raises(publishing.NotPublishable):
        publishing.publish(translated=content.translation(page), revision=revision, user=press)


def test_without_a_workflow_the_press_office_sees_what_waits_for_review():
    page = content.article()
    revision = content.save(page)
    publishing.submit(translated=content.translation(page), revision=revision, user=factories.translator("ar"))
    assert content.status(page).state == TranslationState.REVIEW
    publishing.publish(translated=content.translation(page), revision=revision, user=factories.press())
    assert content.status(page).state == TranslationState.PUBLISHED


def test_a_locked_translation_takes_no_words():
    page, press = content.article(), factories.press()
    content.save(page)
    twin = content.translation(page)
    twin.locked, twin.locked_by = True, press
    twin.save()
    for user, tool in ((factories.translator("ar"), ""), (None, "stub")):
        with pytest.raises(publishing.Locked):
            content.save(page, mark=" other", user=user, tool=tool)
    content.save(page, mark=" mine", user=press)


def test_a_machine_never_replaces_the_words_of_a_person():
    page = content.article()
    first, *rest = content.words_for(page).items()
    publishing.save_words(page=page, language="ar", words=dict([first]), user=factories.translator("ar"))
    content.save(page, mark=" machine", tool="stub")
    made_by = {segment.place: (segment.made_by, segment.target) for segment in content.segments(page)}
    assert made_by[first[0]] == ("manual", first[1])
    assert all(made_by[place] == ("machine", f"ar machine{words[2:]}") for place, words in rest)


def test_what_a_machine_wrote_counts_as_reviewed_when_a_person_publishes_it():
    page = content.article()
    revision = content.save(page, tool="stub")
    assert content.status(page).segments_by_machine == 4
    press = factories.press()
    publishing.publish(translated=content.translation(page), revision=revision, user=press)
    row = content.status(page)
    assert (row.origin, row.reviewed_by, row.segments_by_machine) == (Origin.PERSON, press, 0)


def test_what_a_machine_publishes_is_known_as_its_own():
    page = content.article()
    revision = content.save(page, tool="stub")
    publishing.publish_unreviewed(translated=content.translation(page), revision=revision)
    row = content.status(page)
    assert (row.state, row.origin, row.reviewed_by) == (TranslationState.PUBLISHED, Origin.MACHINE, None)
