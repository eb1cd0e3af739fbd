"""The rows say at any time what is translated into which language."""

import pytest
from django.core.management import call_command

from news.models import NewsPage
from tests import factories
from tests.translations import content
from translations import publishing, status
from translations.minor_edits import minor_edits
from translations.models import TranslationState, TranslationStatus
from translations.segments import TARGETS, source_of
from translations.tree import structure

pytestmark = pytest.mark.django_db


def change_one_sentence(page: NewsPage) -> None:
    fresh = NewsPage.objects.get(pk=page.pk)
    data = [dict(block) for block in fresh.body.raw_data]
    data[0]["value"] = "<p>Das Fest beginnt um 11 Uhr.</p>"
    content.publish_german(fresh, body=fresh.body.stream_block.to_python(data))


def correct_one_sentence(page: NewsPage) -> None:
    """As ``change_one_sentence``, chosen to be only another wording."""
    fresh = NewsPage.objects.get(pk=page.pk)
    data = [dict(block) for block in fresh.body.raw_data]
    data[0]["value"] = "<p>Das Fest beginnt um 11 Uhr.</p>"
    fresh.body = fresh.body.stream_block.to_python(data)
    revision = fresh.save_revision()
    minor_edits.choose(revision, status.places_of(source_of(page)))
    revision.publish()


def test_a_published_page_has_a_row_for_every_language():
    page = content.article()
    rows = TranslationStatus.objects.filter(page=page)
    assert {row.language for row in rows} == set(TARGETS)
    assert {(row.state, row.segments, row.segments_missing) for row in rows} == {(TranslationState.MISSING, 4, 4)}
    assert {(row.words, row.words_missing) for row in rows} == {(15, 15)}


def test_a_translation_goes_from_missing_to_published():
    page = content.article()
    some = dict(list(content.words_for(page).items())[:1])
    publishing.save_words(page=page, language="ar", words=some)
    row = content.status(page)
    assert (row.state, row.segments_missing) == (TranslationState.DRAFT, 3)
    content.published(page)
    row = content.status(page)
    assert (row.state, row.segments_missing, row.words_missing) == (TranslationState.PUBLISHED, 0, 0)
    assert row.source_revision == page.live_revision
    assert row.reviewed_at is not None


def test_one_changed_sentence_outdates_every_language_and_is_all_there_is_to_do():
    page = content.article()
    for code in ("ar", "tr", "uk"):
        content.published(page, code)
    change_one_sentence(page)
    for code in ("ar", "tr", "uk"):
        row = content.status(page, code)
        assert (row.state, row.segments_missing) == (TranslationState.OUTDATED, 1)
        assert row.outdated_since is not None
        assert [segment.source for segment in content.segments(page, code) if segment.is_missing] == [
            "Das Fest beginnt um 11 Uhr."
        ]
    assert content.status(page, "ro").state == TranslationState.MISSING


def test_publishing_german_again_unchanged_outdates_nothing():
    page = content.article()
    content.published(page)
    content.publish_german(page)
    assert content.status(page).state == TranslationState.PUBLISHED


def test_facts_outdate_nothing():
    directory = factories.directory(factories.municipality())
    page = factories.organisation(directory, "Verein", phone="+49233112345")
    content.publish_german(page, short_description="Wir singen.")
    content.published(page)
    content.publish_german(page, phone="+49233154321")
    assert content.status(page).state == TranslationState.PUBLISHED


def test_corrected_wording_outdates_nothing():
    page = content.article()
    content.published(page)
    correct_one_sentence(page)
    row = content.status(page)
    assert (row.state, row.segments_missing) == (TranslationState.PUBLISHED, 0)


def test_corrected_wording_leaves_what_was_outdated_before():
    page = content.article()
    content.published(page)
    content.publish_german(page, lead="Niemand ist eingeladen.")
    correct_one_sentence(page)
    row = content.status(page)
    assert (row.state, row.segments_missing) == (TranslationState.OUTDATED, 1)


def test_wording_only_holds_for_one_publication():
    page = content.article()
    content.published(page)
    correct_one_sentence(page)
    content.publish_german(page, lead="Niemand ist eingeladen.")
    assert content.status(page).state == TranslationState.OUTDATED


def test_an_outdated_translation_is_current_again_once_it_is_published():
    page = content.article()
    content.published(page)
    change_one_sentence(page)
    content.published(page, mark=" again")
    row = content.status(page)
    assert (row.state, row.outdated_since) == (TranslationState.PUBLISHED, None)


def test_unpublished_translations_are_drafts():
    page = content.article()
    content.published(page).unpublish()
    row = content.status(page)
    assert (row.state, row.origin, row.reviewed_at) == (TranslationState.DRAFT, "", None)


def test_a_deleted_translation_is_missing():
    page = content.article()
    content.published(page).delete()
    assert content.status(page).state == TranslationState.MISSING


def test_the_rows_cost_the_same_for_two_languages_and_for_nine(django_assert_num_queries):
    page = content.article()
    content.published(page)
    for codes in (TARGETS[:2], TARGETS):
        TranslationStatus.objects.filter(page=page).delete()
        with django_assert_num_queries(8):
            status.refresh(page, codes)
        with django_assert_num_queries(7):  # nothing has changed, so nothing is written
            status.refresh(page, codes)


def test_rebuilding_changes_nothing_that_is_right():
    page = content.article()
    content.published(page, "ar")
    content.published(page, "tr")
    change_one_sentence(page)
    before = rows(page)
    call_command("translation_status", "--rebuild", verbosity=0)
    assert rows(page) == before


def rows(page: NewsPage) -> list[dict[str, object]]:
    found = TranslationStatus.objects.filter(page=page).order_by("language").values()
    return [{name: value for name, value in row.items() if name not in ("id", "updated_at")} for row in found]


def test_rebuilding_finds_what_nobody_noted():
    page = content.article()
    content.published(page)
    TranslationStatus.objects.all().delete()
    call_command("translation_status", "--rebuild", verbosity=0)
    assert content.status(page).state == TranslationState.PUBLISHED
    assert content.status(page, "tr").state == TranslationState.MISSING


def test_a_text_of_its_own_is_written_in_the_ordinary_editor_and_counts_as_whole(client):
    page = content.article()
    press = factories.press()
    client.force_login(press)
    answer = client.post(f"/admin/translations/page/{page.pk}/de-simple/", {"adapt": ""}, follow=True)
    assert b"tr-form" not in answer.content
    assert b"page-edit-form" in answer.content
    twin = content.translation(page, "de-simple")
    twin.title = "Wir feiern ein Fest"
    twin.save_revision(user=press).publish(user=press)
    row = content.status(page, "de-simple")
    assert (row.state, row.segments_missing, row.adapted) == (TranslationState.PUBLISHED, 0, True)
    change_one_sentence(page)
    assert content.status(page, "de-simple").state == TranslationState.OUTDATED


def test_sentences_are_not_written_into_a_text_of_its_own(client):
    page = content.article()
    structure.adapt(page, "de-simple")
    with pytest.raises(publishing.Locked):
        content.save(page, "de-simple")
