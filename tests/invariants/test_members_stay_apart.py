"""Invariant 3: a member of one organisation never reads or writes another's drafts, media, names or e-mail."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Revision

from cms.accounts import User
from cms.media import Image
from directory.members import membership
from directory.members.invitations import Invitation
from directory.models import OrganisationPage
from directory.portal import own_pictures
from tests import factories
from tests.directory.portal.conftest import open_form
from tests.directory.review import moderating
from tests.directory.review.moderating import draft_of, sent
from tests.directory.test_permission_matrix import OF_AN_ORGANISATION, my_addresses

pytestmark = pytest.mark.django_db
SECRET = "Vertraulich"  # noqa: S105 (a word of the other organisation)


@pytest.fixture
def own() -> OrganisationPage:
    return moderating.published(title="Eigener Verein", slug="verein")


@pytest.fixture
def other(own: OrganisationPage) -> OrganisationPage:
    """With a member, an invitation, a draft under review, a draft of an event and a picture nobody has seen yet."""
    other = factories.organisation(own.get_parent().specific, "Anderer Verein", slug="anderer")
    colleague = factories.person(f"{SECRET.lower()}@example.org", first_name=SECRET, last_name="Mitglied")
    membership.join(organisation=other, user=colleague)
    membership.invite(
        organisation=other, email=f"{SECRET.lower()}-neu@example.org", language="de", invited_by=colleague
    )
    factories.picture(SECRET, collection=own_pictures.collection_of(other))
    factories.event(other, f"{SECRET}es Treffen", slug="treffen", live=False)
    sent(other, colleague, short_description=f"{SECRET}er Entwurf", email=f"{SECRET.lower()}@example.org")
    return moderating.current(other)


@pytest.fixture
def member(own: OrganisationPage, client: Client) -> User:
    user = factories.member(own)
    client.force_login(user)
    return user


def every_address(page: OrganisationPage, stranger: OrganisationPage) -> list[str]:
    """All of "My organisation" under the key of ``page``, with numbers and keys of ``stranger`` in the rest."""
    event = stranger.get_children().get()
    known = {"key": page.translation_key, "event_key": event.translation_key, "language": "de", "pk": 0}
    people = membership.members_of(stranger).values_list("pk", flat=True)
    found = []
    with translation.override("de"):
        for name, pattern in my_addresses().items():
            if name in OF_AN_ORGANISATION:
                wanted = {*pattern.pattern.converters, "key"}
                for number in (*people, stranger.pk):
                    found.append(
                        reverse(
                            name,
                            kwargs={
                                **{part: known[part] for part in wanted},
                                **({"pk": number} if "pk" in wanted else {}),
                            },
                        )
                    )
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("whose", ["own", "other"])
def test_no_screen_says_anything_of_another_organisation(
    own: OrganisationPage, other: OrganisationPage, member: User, client: Client, whose: str
) -> None:
    for address in every_address(own if whose == "own" else other, other):
        for answer in (client.get(address, follow=True), client.post(address, {"email": "x"}, follow=True)):
            assert SECRET.lower() not in answer.content.decode().lower(), address


def test_nothing_of_another_organisation_is_written(
    own: OrganisationPage, other: OrganisationPage, member: User, client: Client
) -> None:
    def state() -> list[Any]:
        below = [other.pk, *other.get_children().values_list("pk", flat=True)]
        numbers = [str(pk) for pk in below]
        return [
            sorted(Revision.page_revisions.filter(object_id__in=numbers).values_list("pk", "content__title")),
            sorted(membership.members_of(other).values_list("pk", flat=True)),
            sorted(Invitation.objects.filter(organisation=other).values_list("pk", "revoked_at")),
            [client.get("/de/organisationen/anderer/").content],
        ]

    before = state()
    for address in [*every_address(own, other), *every_address(other, other)]:
        if "/leave/" not in address:
            client.post(address, {"title": "Gekapert", "short_description": "Gekapert", "email": "x@example.org"})
    assert state() == before


def test_a_picture_of_another_organisation_cannot_be_shown(
    own: OrganisationPage, other: OrganisationPage, member: User, client: Client
) -> None:
    foreign = Image.objects.get(title=SECRET)
    with translation.override("de"):
        address = reverse("my_pictures", kwargs={"key": own.translation_key})
    fields = open_form(client, f"{address}?add")
    forged = {key: str(foreign.pk) for key in fields if "image" in key or key.endswith(("-id", "-picture", "-key"))}
    names = ("logo", "image", "picture", "pictures-0-image", "pictures-0-id", "pictures-0-key", "value-image")
    client.post(address, {**fields, **dict.fromkeys(names, str(foreign.pk)), **forged})
    draft = draft_of(own)
    assert draft.logo_id != foreign.pk
    assert foreign.pk not in [block.value["image"].pk for block in draft.pictures]


def test_mails_about_one_organisation_go_to_its_members_only(
    own: OrganisationPage, other: OrganisationPage, member: User, django_capture_on_commit_callbacks: Any
) -> None:
    from django.core import mail

    from directory.review import takedown

    with django_capture_on_commit_callbacks(execute=True):
        takedown.take_down(organisation=other, user=factories.press(), reason="Missbrauch")
    assert member.email not in [message.to[0] for message in mail.outbox]
    assert mail.outbox


def test_a_searching_member_finds_no_draft_of_others(
    own: OrganisationPage, other: OrganisationPage, member: User, client: Client
) -> None:
    for address in (
        f"/de/search/?q={SECRET}",
        f"/de/organisationen/?q={SECRET}",
        "/sitemap.xml",
        "/sitemap-de.xml",
        "/de/organisationen/anderer/",
    ):
        text = client.get(address).content.decode().replace(f"q={SECRET}", "").replace(f'value="{SECRET}"', "")
        assert f"{SECRET}er Entwurf" not in text
        assert f"{SECRET}es Treffen" not in text
