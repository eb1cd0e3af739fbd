"""Invariant 1 again, from the members' side: whatever they send while it waits, what was reviewed goes live."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from PIL import Image as Canvas

from cms.accounts import User
from cms.media import Image
from directory.models import OrganisationPage
from tests import factories
from tests.directory.portal.conftest import open_form, send_all
from tests.directory.review import moderating
from tests.directory.review.moderating import approve, current, draft_of, kind, sent
from tests.invariants.test_reviewed_revision_goes_live import public, rendered

pytestmark = pytest.mark.django_db
SECRET = "Ungeprueft"  # noqa: S105 (a word that no visitor may see)


def photograph() -> SimpleUploadedFile:
    buffer = BytesIO()
    Canvas.new("RGB", (60, 40), "crimson").save(buffer, "JPEG")
    return SimpleUploadedFile(f"{SECRET}.jpg", buffer.getvalue(), "image/jpeg")


def typed(fields: dict[str, Any], name: str) -> dict[str, Any]:
    """Another value in every field of the form into which words can be typed."""
    changed = dict(fields)
    for key, value in fields.items():
        last = key.rsplit("-", 1)[-1]
        if last in {"phone", "whatsapp"}:
            changed[key] = "02331 207-1"
        elif last == "email":
            changed[key] = f"{SECRET.lower()}@example.org"
        elif last in {"website", "url"}:
            changed[key] = f"https://{SECRET.lower()}.example.org/"
        elif last == "starts":
            changed[key] = "09:00"
        elif last in WORDS and isinstance(value, str):
            changed[key] = f"{SECRET} {name}"
    return changed


WORDS = set("title short_description about native_name what place for_whom street city credit alt_text caption".split())
FORMS = ("about", "contact", "topics", "address", "offers", "pictures")


@pytest.fixture
def club() -> OrganisationPage:
    return moderating.published(slug="verein", phone="+4923312070", about='<p data-block-key="abcde">Wir singen.</p>')


@pytest.fixture
def member(club: OrganisationPage) -> User:
    return factories.member(club)


def address(club: OrganisationPage, name: str) -> str:
    with translation.override("de"):
        return reverse(f"my_{name}", kwargs={"key": club.translation_key})


def send_everything(client: Client, club: OrganisationPage) -> None:
    """Each form with other values in it, twice, with a picture, an event, and another language in the preview."""
    for name in FORMS:
        where = f"{address(club, name)}?add"
        fields = typed(open_form(client, where), name)
        pictures = {key: photograph() for key in ("logo", "new_picture", "file", "picture")}
        for _again in range(2):
            assert client.post(where, {**fields, **pictures}).status_code in (200, 302, 422), name
    client.post(address(club, "event_add"), typed(open_form(client, address(club, "event_add")), "event"))
    client.get(address(club, "organisation"))


Moment = Callable[[Client, OrganisationPage], None]


def test_what_was_reviewed_goes_live_to_the_byte(club: OrganisationPage, member: User, client: Client) -> None:
    client.force_login(member)
    revision = sent(club, member, short_description="Geprüft")
    before, expected = public(), rendered(revision)
    send_everything(client, club)
    draft = draft_of(club)
    assert SECRET in draft.title and draft.phone == "+4923312071", "nothing was sent; this test would prove nothing"
    assert public() == before
    assert kind(club) == "waiting"
    assert current(club).current_workflow_task_state.revision == revision
    approve(club, factories.press(), revision)
    assert public() == expected
    assert SECRET not in public().decode()
    assert SECRET in draft_of(club).title, "the later draft is kept"


def test_pictures_of_the_public_page_are_never_changed(club: OrganisationPage, member: User, client: Client) -> None:
    """A new picture is always a new image, whatever is sent with it."""
    client.force_login(member)
    own = factories.picture("Altes Logo", uploaded_by_user=member)
    moderating.write(club, factories.press(), logo=own).publish()
    files = dict(Image.objects.values_list("pk", "file"))
    sent(club, member, short_description="Geprüft")
    send_everything(client, club)
    assert {pk: file for pk, file in Image.objects.values_list("pk", "file") if pk in files} == files
    assert current(club).logo == own


def test_what_was_sent_again_is_what_is_reviewed_then(club: OrganisationPage, member: User, client: Client) -> None:
    client.force_login(member)
    first = sent(club, member, short_description="Geprüft")
    send_everything(client, club)
    send_all(client, address(club, "submit"))
    second = current(club).current_workflow_task_state.revision
    assert second != first
    expected = rendered(second)
    approve(club, factories.press(), second)
    assert public() == expected
    assert SECRET in public().decode()
