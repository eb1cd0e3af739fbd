"""What is taken out of the German text goes out of every language, with no word published that nobody has reviewed."""

import pytest
from django.test import Client
from wagtail.models import Page

from cms.routing.site_settings import SiteSettings
from news.models import NewsPage
from tests import factories
from tests.translations import content, editor
from translations import publishing, status
from translations.models import Origin, TranslatedRevision, TranslationState, TranslationStatus
from translations.segments import TARGETS

pytestmark = pytest.mark.django_db

WRONG = "Der <b>Eintritt</b> ist frei."
PUBLISH = {"action-publish": "action-publish"}


@pytest.fixture
def article() -> NewsPage:
    page = content.article()
    for code in ("ar", "tr"):
        content.published(page, code)
    return NewsPage.objects.get(pk=page.pk)


@pytest.fixture
def press(client: Client) -> Client:
    client.force_login(content.reviewer())
    return client


def by_hand(page: Page) -> None:
    settings = SiteSettings.for_site(page.get_site())
    settings.translations_follow = False
    settings.save()


def body(page: NewsPage, *numbers: int, add: tuple[dict[str, object], ...] = ()) -> object:
    """The blocks of these numbers, in this order, and new ones."""
    blocks = [dict(block) for block in NewsPage.objects.get(pk=page.pk).body.raw_data]
    return page.body.stream_block.to_python([*(blocks[number] for number in numbers), *add])


def shown(code: str = "ar") -> str:
    return Client().get(f"/{code}/aktuelles/ein-fest/").content.decode()


def test_a_sentence_that_is_taken_out_is_gone_in_every_language_at_once(press: Client) -> None:
    page = content.article()
    for code in TARGETS:
        content.published(page, code)
    reviewed = {code: content.status(page, code).reviewed_at for code in TARGETS}
    editor.send(press, page, without=(1,), **PUBLISH)
    for code in TARGETS:
        assert "ist frei" not in shown(code)
        assert f"{code}: Das Fest beginnt" in shown(code)
        row = content.status(page, code)
        assert (row.state, row.outdated_since, row.segments_missing) == (TranslationState.PUBLISHED, None, 0)
        assert (row.origin, row.reviewed_at) == (Origin.PERSON, reviewed[code])


def test_what_nobody_has_reviewed_stays_a_draft(article: NewsPage) -> None:
    content.save(article, mark=" draft")
    content.publish_german(article, body=body(article, 0))
    assert "ar: Das Fest beginnt" in shown()
    assert "draft" not in shown()
    draft = content.translation(article).get_latest_revision_as_object()
    assert draft.title == "ar draft: Ein Fest"
    assert len(draft.body) == 1
    assert content.translation(article).has_unpublished_changes


def test_what_waits_for_review_still_waits_and_brings_nothing_back(article: NewsPage) -> None:
    press = content.reviewer()
    content.review_workflow(content.translation(article).get_parent())
    revision = content.save(article, mark=" sent", user=press)
    publishing.submit(translated=content.translation(article), revision=revision, user=press)
    content.publish_german(article, body=body(article, 0))
    assert "ist frei" not in shown()
    assert "sent" not in shown()
    assert content.status(article).state == TranslationState.REVIEW
    state = content.translation(article).current_workflow_task_state
    state.task.specific.on_action(state, press, "approve")
    assert "ar sent: Das Fest beginnt" in shown()
    assert "ist frei" not in shown()
    assert content.status(article).state == TranslationState.PUBLISHED


def test_what_waits_in_the_list_of_the_press_office_still_waits(article: NewsPage) -> None:
    revision = content.save(article, mark=" sent")
    publishing.submit(translated=content.translation(article), revision=revision, user=content.reviewer())
    content.publish_german(article, body=body(article, 0))
    assert "ist frei" not in shown()
    row = content.status(article)
    assert (row.state, row.submitted_revision_id) == (
        TranslationState.REVIEW,
        content.translation(article).latest_revision_id,
    )


def test_blocks_in_another_order_are_so_in_every_language(article: NewsPage) -> None:
    content.publish_german(article, body=body(article, 1, 0))
    assert shown().index("ist frei") < shown().index("Das Fest beginnt")
    assert content.status(article).state == TranslationState.PUBLISHED


def test_a_sentence_in_a_new_block_keeps_its_words(article: NewsPage) -> None:
    blocks = [dict(block) for block in article.body.raw_data]
    content.publish_german(article, body=body(article, 0, add=({**blocks[1], "id": "other"},)))
    row = content.status(article)
    assert (row.state, row.segments_missing) == (TranslationState.PUBLISHED, 0)
    assert "ar: Der" in shown()


def test_another_picture_is_shown_in_every_language(article: NewsPage) -> None:
    first, second = factories.picture("Erstes"), factories.picture("Zweites")
    picture = {"type": "picture", "id": "p", "value": {"image": first.pk, "alt_text": "", "decorative": True}}
    content.publish_german(article, body=body(article, 0, 1, add=(picture,)))
    assert [block.value["image"] for block in content.translation(article).body if block.block_type == "picture"] == [
        first
    ]
    other = {**picture, "value": {**picture["value"], "image": second.pk}}
    content.publish_german(article, body=body(article, 0, 1, add=(other,)))
    assert [block.value["image"] for block in content.translation(article).body if block.block_type == "picture"] == [
        second
    ]
    content.publish_german(article, body=body(article, 0, 1))
    assert len(content.translation(article).body) == 2
    assert content.status(article).state == TranslationState.PUBLISHED


def test_nothing_is_published_anew_when_nothing_has_changed(article: NewsPage) -> None:
    before = content.translation(article).live_revision_id
    content.publish_german(article)
    assert content.translation(article).live_revision_id == before


def test_where_words_are_missing_nothing_changes_but_the_state(article: NewsPage) -> None:
    before = content.translation(article).live_revision_id
    new = {"type": "paragraph", "id": "n", "value": "<p>Bringt Kuchen mit.</p>"}
    content.publish_german(article, body=body(article, 0, add=(new,)))
    row = content.status(article)
    assert (row.state, row.may_follow) == (TranslationState.OUTDATED, False)
    assert content.translation(article).live_revision_id == before


def test_a_machines_words_stay_marked_as_such() -> None:
    page = content.article()
    revision = content.save(page, tool="stub")
    publishing.publish_unreviewed(translated=content.translation(page), revision=revision)
    content.publish_german(page, body=body(page, 0))
    row = content.status(page)
    assert (row.state, row.origin, row.reviewed_by, row.segments_by_machine) == (
        TranslationState.PUBLISHED,
        Origin.MACHINE,
        None,
        3,
    )
    assert "ist frei" not in shown()


def test_a_locked_translation_waits_for_the_act_on_the_desk(article: NewsPage) -> None:
    Page.objects.filter(pk=content.translation(article).pk).update(locked=True)
    content.publish_german(article, body=body(article, 0))
    row = content.status(article)
    assert (row.state, row.may_follow) == (TranslationState.OUTDATED, True)


def test_words_the_reader_sees_and_not_those_typed_since_are_taken(article: NewsPage) -> None:
    """What is known of a sentence may be newer than what was reviewed."""
    words = dict.fromkeys(status.places_of(status.source_of(article)), "typed since")
    publishing.save_words(page=article, language="ar", words=words)
    content.publish_german(article, body=body(article, 1, 0))
    assert "typed since" not in shown()
    made = TranslatedRevision.objects.get(revision=content.translation(article).live_revision)
    assert made.missing == 0


def test_as_the_site_sets_one_act_does_it_for_all(article: NewsPage, press: Client) -> None:
    by_hand(article)
    other = factories.article(
        article.get_parent().specific, "Zweites", lead="Kurz.", body=[("paragraph", "<p>Lang.</p>")]
    )
    content.publish_german(other)
    content.published(other, "tr")
    content.publish_german(article, body=body(article, 0))
    content.publish_german(other, body=body(other))
    assert "ist frei" in shown()
    assert TranslationStatus.objects.may_follow().count() == 3
    assert press.get("/admin/translations/").context["may_follow"] == 3
    assert press.get(f"/admin/translations/page/{article.pk}/").content.count(b"tr-follow") == 1
    assert press.post(f"/admin/translations/page/{article.pk}/follow/").status_code == 302
    assert TranslationStatus.objects.may_follow().count() == 1
    assert press.post("/admin/translations/follow/").status_code == 302
    assert not TranslationStatus.objects.may_follow().exists()
    assert "ist frei" not in shown()
    assert {content.status(article, code).state for code in ("ar", "tr")} == {TranslationState.PUBLISHED}
    assert content.status(other, "tr").state == TranslationState.PUBLISHED


def test_a_translator_does_not_let_others_follow(article: NewsPage, client: Client) -> None:
    by_hand(article)
    content.publish_german(article, body=body(article, 0))
    client.force_login(factories.translator("ar"))
    client.post(f"/admin/translations/page/{article.pk}/follow/")
    client.post("/admin/translations/follow/")
    assert "ist frei" in shown()


def test_one_language_that_fails_costs_itself(article: NewsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    from translations import reviewed_words

    made = reviewed_words._built

    def odd(source: object, twin: Page, words: object) -> object:
        if twin.locale.language_code == "ar":
            raise RuntimeError("odd")
        return made(source, twin, words)  # type: ignore[arg-type]

    monkeypatch.setattr(reviewed_words, "_built", odd)
    content.publish_german(article, body=body(article, 0))
    assert content.status(article, "ar").state == TranslationState.OUTDATED
    assert content.status(article, "tr").state == TranslationState.PUBLISHED
    assert "ist frei" not in shown("tr")


def test_what_is_taken_out_while_the_page_is_off_the_site_does_not_come_back(article: NewsPage) -> None:
    NewsPage.objects.get(pk=article.pk).unpublish()
    content.publish_german(article, body=body(article, 0))
    assert "ar: Das Fest beginnt" in shown()
    assert "ist frei" not in shown()
    assert content.status(article).state == TranslationState.PUBLISHED
