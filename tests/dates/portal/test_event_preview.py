"""What members look at before they send an event: the draft with its picture, in any language, and the way back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.models import Site

from cms.accounts import User
from cms.media import Image
from dates.models import EventPage
from directory.models import OrganisationPage
from tests import factories, webpages
from tests.dates.portal.test_members_events import TITLE, address, change, draft, event_of
from tests.directory.portal.photos import photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db: None) -> Site:
    return factories.municipality()


@pytest.fixture
def club(site: Site) -> OrganisationPage:
    return factories.organisation(factories.directory(site), "Verein", slug="verein")


@pytest.fixture
def member(club: OrganisationPage, client: Client) -> User:
    user = factories.member(club)
    client.force_login(user)
    return user


def upload(client: Client, club: OrganisationPage, event: EventPage, **fields: str) -> int:
    where = address(club, event.translation_key, "picture")
    file = SimpleUploadedFile("IMG_1.JPG", photo(size=(800, 600)), "image/jpeg")
    base = {"base_revision": str(EventPage.objects.get(pk=event.pk).latest_revision_id)}
    return client.post(where, {"file": file, "focus": "11", **base, **fields}).status_code


def test_the_preview_shows_the_draft_and_leads_back_in_ones_own_language(
    club: OrganisationPage, member: User, client: Client
) -> None:
    event = event_of(club)
    change(client, club, event, title="Winterfest")
    page = webpages.read(client.get(address(club, event.translation_key, "preview", "ar", code="tr")))
    assert page.html["dir"] == "rtl"
    assert "Winterfest" in webpages.text(page.h1)
    links = webpages.links(page)
    assert address(club, event.translation_key, code="tr") in links
    # Another language of the preview is asked for in one's own as well, or the way back would lead to Arabic screens.
    assert address(club, event.translation_key, "preview", "de", code="tr") in links
    assert TITLE in webpages.html(client.get("/de/organisationen/verein/sommerfest-im-hof/"))


def test_before_there_is_a_date_the_preview_says_what_is_missing(
    club: OrganisationPage, member: User, client: Client
) -> None:
    client.post(address(club, "add"), {"title": TITLE})
    event = EventPage.objects.get()
    answer = client.get(address(club, event.translation_key, "preview", "de"))
    assert answer["Location"] == address(club, event.translation_key)


def test_a_picture_is_kept_in_the_draft_and_can_be_taken_away(
    club: OrganisationPage, member: User, client: Client
) -> None:
    event = event_of(club)
    assert upload(client, club, event, picture_alt="Ein Chor", credit="Elif Kaya") == 302
    picture = Image.objects.get()
    assert (picture.credit, picture.uploaded_by_user) == ("Elif Kaya", member)
    assert (draft(event).picture_id, draft(event).picture_alt) == (picture.pk, "Ein Chor")
    assert EventPage.objects.get(pk=event.pk).picture_id is None
    change(client, club, event, "picture", remove="on")
    assert draft(event).picture_id is None


def test_a_picture_without_words_is_asked_about_and_not_lost(
    club: OrganisationPage, member: User, client: Client
) -> None:
    event = event_of(club)
    assert upload(client, club, event) == 422
    picture = Image.objects.get()
    fields = {"image": str(picture.pk), "base_revision": str(event.latest_revision_id)}
    where = address(club, event.translation_key, "picture")
    assert client.post(where, {**fields, "picture_alt": "Ein Chor", "credit": "Elif Kaya"}).status_code == 302
    assert draft(event).picture_id == picture.pk
    assert Image.objects.get().credit == "Elif Kaya"


def test_the_picture_of_another_organisation_is_not_taken(club: OrganisationPage, member: User, client: Client) -> None:
    event = event_of(club)
    other = factories.organisation(club.get_parent(), "Anderer", slug="anderer")
    foreign = event_of(other)
    stranger = Client()
    stranger.force_login(factories.member(other))
    upload(stranger, other, foreign, picture_alt="Privat", credit="X")
    fields = {"image": str(Image.objects.get().pk), "picture_alt": "Ein Chor", "credit": "Y"}
    answer = client.post(address(club, event.translation_key, "picture"), fields)
    assert answer.status_code == 422
    assert draft(event).picture_id is None
