"""An article in the editor: drafts may lack what a published article must have."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.test.utils.form_data import streamfield

from cms.media import Image
from news.models import NewsIndexPage, NewsPage
from tests import factories, webpages
from tests.news.admin_forms import add_address, complaints, edit_address, fields_at, send

pytestmark = pytest.mark.django_db
PUBLISH = "action-publish"
WRITTEN = {"title": "Neue Beratung", "slug": "neue-beratung", "lead": "Ab Montag im Rathaus."}


@pytest.fixture
def index(db: None) -> NewsIndexPage:
    return factories.news_index(factories.municipality())


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.press())
    return client


@pytest.fixture
def uncredited() -> Image:
    return factories.picture("Gruppenbild", credit="")


def block(image: Image, **more: str) -> dict[str, object]:
    return streamfield([("picture", {"image": str(image.pk), "alt_text": "Menschen", "caption": "", **more})])


def created() -> NewsPage:
    return NewsPage.objects.get(slug="neue-beratung")


def is_public(client: Client) -> bool:
    client.logout()
    return client.get("/de/aktuelles/neue-beratung/").status_code == 200


def test_a_draft_may_have_a_picture_without_credit(index: NewsIndexPage, editor: Client, uncredited: Image) -> None:
    send(editor, add_address(index, NewsPage), **WRITTEN, main_image=str(uncredited.pk))
    assert (created().main_image, created().live) == (uncredited, False)
    assert not is_public(editor)


def test_a_draft_may_have_an_uncredited_picture_in_its_text(
    index: NewsIndexPage, editor: Client, uncredited: Image
) -> None:
    send(editor, add_address(index, NewsPage), **WRITTEN, body=block(uncredited))
    assert [each.value["image"] for each in created().body] == [uncredited]


def test_publishing_a_new_article_without_credit_is_refused_with_the_name_of_the_picture(
    index: NewsIndexPage, editor: Client, uncredited: Image
) -> None:
    picture = {"main_image": str(uncredited.pk), "main_image_alt": "Menschen"}
    answer = send(editor, add_address(index, NewsPage), PUBLISH, **WRITTEN, **picture)
    assert "„Gruppenbild“ hat keinen Bildnachweis." in complaints(answer)
    assert not NewsPage.objects.exists()
    assert not is_public(editor)


def test_publishing_without_alternative_text_is_refused(index: NewsIndexPage, editor: Client) -> None:
    picture = factories.picture()
    answer = send(editor, add_address(index, NewsPage), PUBLISH, **WRITTEN, main_image=str(picture.pk))
    assert "Beschreiben Sie das Bild für Menschen, die es nicht sehen können." in complaints(answer)
    assert not NewsPage.objects.exists()


def test_publishing_with_an_uncredited_picture_in_the_text_is_refused_with_its_name(
    index: NewsIndexPage, editor: Client, uncredited: Image
) -> None:
    answer = send(editor, add_address(index, NewsPage), PUBLISH, **WRITTEN, body=block(uncredited))
    assert "Im Text fehlt der Bildnachweis bei: Gruppenbild." in complaints(answer)
    assert not NewsPage.objects.exists()


def test_publishing_a_picture_in_the_text_needs_a_description_or_the_mark_that_it_is_decoration(
    index: NewsIndexPage, editor: Client
) -> None:
    address, picture = add_address(index, NewsPage), factories.picture()
    send(editor, address, PUBLISH, **WRITTEN, body=block(picture, alt_text=""))
    assert not NewsPage.objects.exists()
    send(editor, address, PUBLISH, **WRITTEN, body=block(picture, alt_text="", decorative="on"))
    assert created().live


def test_publishing_a_draft_without_credit_leaves_it_a_draft(
    index: NewsIndexPage, editor: Client, uncredited: Image
) -> None:
    draft = factories.article(index, live=False, main_image=uncredited, main_image_alt="Menschen", slug="neue-beratung")
    answer = send(editor, edit_address(draft), PUBLISH)
    assert "hat keinen Bildnachweis" in complaints(answer)
    assert not created().live
    assert not is_public(editor)


def test_a_refused_change_of_a_published_article_leaves_what_visitors_read(
    index: NewsIndexPage, editor: Client, uncredited: Image
) -> None:
    article = factories.article(index, "Alt", slug="neue-beratung")
    send(editor, edit_address(article), PUBLISH, title="Neu", main_image=str(uncredited.pk), main_image_alt="Menschen")
    assert (created().title, created().main_image) == ("Alt", None)


def test_an_article_with_credit_and_alternative_text_is_published(index: NewsIndexPage, editor: Client) -> None:
    picture = factories.picture()
    described = {"main_image": str(picture.pk), "main_image_alt": "Menschen"}
    send(editor, add_address(index, NewsPage), PUBLISH, **WRITTEN, **described)
    assert created().live
    assert is_public(editor)


def test_an_article_without_pictures_is_published(index: NewsIndexPage, editor: Client) -> None:
    send(editor, add_address(index, NewsPage), PUBLISH, **WRITTEN)
    assert is_public(editor)


def test_once_the_credit_is_written_the_draft_is_published(
    index: NewsIndexPage, editor: Client, uncredited: Image
) -> None:
    draft = factories.article(index, live=False, main_image=uncredited, main_image_alt="Menschen", slug="neue-beratung")
    uncredited.credit = "Foto: Stadt"
    uncredited.save()
    send(editor, edit_address(draft), PUBLISH)
    assert is_public(editor)


# Scheduled


def test_a_scheduled_article_waits_for_its_time(index: NewsIndexPage, editor: Client) -> None:
    in_an_hour = timezone.localtime() + dt.timedelta(hours=1)
    send(editor, add_address(index, NewsPage), PUBLISH, **WRITTEN, go_live_at=f"{in_an_hour:%Y-%m-%d %H:%M}")
    call_command("publish_scheduled")
    assert not is_public(editor)


def test_a_scheduled_article_is_published_when_its_time_has_come(
    index: NewsIndexPage, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_an_hour = timezone.localtime() + dt.timedelta(hours=1)
    send(editor, add_address(index, NewsPage), PUBLISH, **WRITTEN, go_live_at=f"{in_an_hour:%Y-%m-%d %H:%M}")
    assert not created().live
    monkeypatch.setattr(timezone, "now", lambda: in_an_hour + dt.timedelta(minutes=1))
    call_command("publish_scheduled")
    assert created().live
    assert is_public(editor)


def test_scheduling_an_article_without_credit_is_refused(
    index: NewsIndexPage, editor: Client, uncredited: Image
) -> None:
    in_an_hour = timezone.localtime() + dt.timedelta(hours=1)
    picture = {"main_image": str(uncredited.pk), "main_image_alt": "Menschen"}
    answer = send(
        editor, add_address(index, NewsPage), PUBLISH, **WRITTEN, **picture, go_live_at=f"{in_an_hour:%Y-%m-%d %H:%M}"
    )
    assert "hat keinen Bildnachweis" in complaints(answer)
    assert not NewsPage.objects.exists()


# Preview


def test_the_preview_of_a_draft_is_the_page_that_visitors_would_see(index: NewsIndexPage, editor: Client) -> None:
    draft = factories.article(index, "Entwurf", live=False)
    address = f"{edit_address(draft)}preview/"
    assert editor.post(address, {**fields_at(editor, edit_address(draft)), "title": "Geändert"}).json()["is_valid"]
    shown = webpages.read(editor.get(address))
    assert webpages.text(shown.h1) == "Geändert"
    assert [webpages.text(link) for link in shown.select(".crumbs a")][-1] == "Aktuelles"
    draft.refresh_from_db()
    assert (draft.title, draft.live) == ("Entwurf", False)


# The rule itself


@pytest.mark.parametrize(
    ("credit", "alt", "complaint"),
    [
        ("", "Menschen", "main_image"),
        ("Foto: Stadt", "", "main_image_alt"),
    ],
)
def test_no_code_saves_a_live_article_that_lacks_something(
    index: NewsIndexPage, credit: str, alt: str, complaint: str
) -> None:
    picture = factories.picture(credit=credit)
    with pytest.raises(ValidationError) as refused:
        factories.article(index, main_image=picture, main_image_alt=alt)
    assert list(refused.value.message_dict) == [complaint]
