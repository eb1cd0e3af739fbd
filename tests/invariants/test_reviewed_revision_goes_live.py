"""Invariant 1: what goes live is exactly the revision that was reviewed, by whichever button it is approved."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Revision

from cms.accounts import User
from directory.models import OrganisationPage
from directory.review import moderation
from tests import factories
from tests.directory.review import moderating
from tests.directory.review.moderating import current, draft_of, kind, sent, write
from tests.news.admin_forms import edit_address, fields_at

pytestmark = pytest.mark.django_db
ADDRESS = "/de/organisationen/verein/"


@pytest.fixture
def club() -> OrganisationPage:
    return moderating.published(
        slug="verein", email="alt@example.org", about='<p data-block-key="abcde">Wir singen.</p>'
    )


@pytest.fixture
def member(club: OrganisationPage) -> User:
    return factories.member(club)


@pytest.fixture
def press(client: Client) -> User:
    user = factories.press()
    client.force_login(user)
    return user


def public() -> bytes:
    """What visitors get, but for the day of the last confirmation: that is a fact of the record, not of a revision."""
    return re.sub(rb'<p class="small muted confirmed">.*?</p>', b"", Client().get(ADDRESS).content, flags=re.DOTALL)


def rendered(revision: Revision) -> bytes:
    """What visitors would get if exactly this revision were live."""
    from django.db import transaction

    with transaction.atomic():
        revision.as_object().save()
        Page.objects.filter(pk=revision.object_id).update(live=True)
        found = public()
        transaction.set_rollback(True)
    return found


# Ways to approve


def in_the_queue(client: Client, club: OrganisationPage, revision: Revision) -> HttpResponse:
    address = reverse("review:submission", args=[club.pk])
    return client.post(address, {"revision": revision.pk, "action": "approve"})


def in_wagtails_dialog(client: Client, club: OrganisationPage, revision: Revision) -> HttpResponse:
    state = current(club).current_workflow_task_state
    return client.post(reverse("wagtailadmin_pages:workflow_action", args=[club.pk, "approve", state.pk]))


def in_the_editor(client: Client, club: OrganisationPage, revision: Revision) -> HttpResponse:
    address = client.get(edit_address(club), follow=True).wsgi_request.path
    return client.post(address, {**fields_at(client, address), **APPROVE})


APPROVE = {"action-workflow-action": "true", "workflow-action-name": "approve"}
WAYS = [in_the_queue, in_wagtails_dialog, in_the_editor]
Way = Callable[[Client, OrganisationPage, Revision], HttpResponse]
each_way = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)


@each_way
@pytest.mark.parametrize("later", [0, 1, 3])
def test_a_later_draft_stays_a_draft(
    club: OrganisationPage, member: User, press: User, client: Client, way: Way, later: int
) -> None:
    revision = sent(club, member, short_description="Geprüft")
    expected = rendered(revision)
    for number in range(later):
        write(club, member, short_description=f"Ungeprüft {number}", email=f"neu{number}@example.org")
    way(client, club, revision)
    assert kind(club) == "live"
    assert public() == expected
    assert "Ungeprüft" not in public().decode()
    if later:
        assert draft_of(club).short_description == f"Ungeprüft {later - 1}"


@each_way
def test_a_second_members_draft_stays_a_draft(
    club: OrganisationPage, member: User, press: User, client: Client, way: Way
) -> None:
    revision = sent(club, member, short_description="Geprüft")
    write(club, factories.member(club), short_description="Ungeprüft")
    way(client, club, revision)
    assert current(club).short_description == "Geprüft"
    assert draft_of(club).short_description == "Ungeprüft"


def test_the_editor_shows_what_was_sent(club: OrganisationPage, member: User, press: User, client: Client) -> None:
    sent(club, member, short_description="Geprüft")
    write(club, member, short_description="Ungeprüft")
    shown = client.get(edit_address(club), follow=True).content.decode()
    assert "Geprüft" in shown
    assert "Ungeprüft" not in shown


@pytest.mark.parametrize("action", [APPROVE, {"action-publish": "1"}], ids=["approve", "publish"])
def test_a_reviewers_correction_goes_live_and_the_members_later_draft_stays(
    club: OrganisationPage, member: User, press: User, client: Client, action: dict[str, str]
) -> None:
    sent(club, member, short_description="Geprüft")
    write(club, member, short_description="Ungeprüft")
    address = client.get(edit_address(club), follow=True).wsgi_request.path
    fields = {**fields_at(client, address), "short_description": "Verbessert", "city": "Hagen"}
    client.post(address, {**fields, **action})
    live, draft = current(club), draft_of(club)
    assert (kind(club), live.short_description, live.city) == ("live", "Verbessert", "Hagen")
    assert (draft.short_description, draft.city) == ("Ungeprüft", "Hagen"), "the member's words, the reviewer's rest"
    assert draft.get_latest_revision().user == member


@pytest.mark.parametrize("action", [APPROVE, {"action-publish": "1"}], ids=["approve", "publish"])
def test_words_that_came_while_the_editor_was_open_stay_a_draft(
    club: OrganisationPage, member: User, press: User, client: Client, action: dict[str, str]
) -> None:
    """Also in fields that have no place in the editor, where the form would not overwrite them."""
    sent(club, member, short_description="Geprüft")
    fields = fields_at(client, edit_address(club))
    write(club, member, short_description="Ungeprüft", native_name="Ungeprüft", draft_title="Ungeprüft")
    fields.pop("native_name")
    client.post(edit_address(club), {**fields, **action})
    assert kind(club) == "live"
    assert (current(club).short_description, current(club).native_name) == ("Geprüft", "")
    assert draft_of(club).short_description == "Ungeprüft"


@pytest.mark.parametrize("typed", ["", "Verbessert"], ids=["as it was", "corrected"])
@pytest.mark.parametrize("action", [APPROVE, {"action-publish": "1"}], ids=["approve", "publish"])
def test_what_was_sent_while_the_editor_was_open_is_looked_at_first(
    club: OrganisationPage, member: User, press: User, client: Client, action: dict[str, str], typed: str
) -> None:
    sent(club, member, short_description="Geprüft")
    fields = fields_at(client, edit_address(club))
    newer = sent(club, member, short_description="Ungesehen")
    answer = client.post(edit_address(club), {**fields, **({"short_description": typed} if typed else {}), **action})
    assert (kind(club), current(club).short_description) == ("waiting", "Alt")
    assert current(club).current_workflow_task_state.revision == newer
    assert (typed or "Geprüft") in answer.content.decode(), "what was typed is still there"


def test_ones_own_correction_on_the_screen_is_not_left_out_when_its_author_has_written_on(
    club: OrganisationPage, member: User, press: User, client: Client
) -> None:
    sent(club, member, short_description="Geprüft")
    client.post(edit_address(club), {**fields_at(client, edit_address(club)), "short_description": "Verbessert"})
    fields = fields_at(client, edit_address(club))
    assert fields["short_description"] == "Verbessert"
    write(club, member, short_description="Ungeprüft")
    client.post(edit_address(club), {**fields, **APPROVE})
    assert (kind(club), current(club).short_description) == ("waiting", "Alt"), "not what was sent before"


def test_the_editor_with_what_was_sent_decides_as_well(
    club: OrganisationPage, member: User, press: User, client: Client
) -> None:
    sent(club, member, short_description="Geprüft")
    write(club, member, short_description="Ungeprüft")
    answer = client.get(edit_address(club))
    assert answer.status_code == 200
    assert answer.context["autosave_enabled"] is False, "it would find the newer draft and refuse"
    assert "approve" in answer.content.decode()
    client.post(edit_address(club), {**fields_at(client, edit_address(club)), **APPROVE})
    assert (current(club).short_description, draft_of(club).short_description) == ("Geprüft", "Ungeprüft")


def test_an_open_editor_does_not_save_over_the_members_words(
    club: OrganisationPage, member: User, press: User, client: Client
) -> None:
    sent(club, member, short_description="Geprüft")
    fields = fields_at(client, edit_address(club))
    write(club, member, short_description="Ungeprüft")
    answer = client.post(edit_address(club), fields, headers={"accept": "application/json"})
    assert answer.status_code == 400
    assert draft_of(club).short_description == "Ungeprüft"


def test_a_correction_of_somebody_else_is_not_approved_along(
    club: OrganisationPage, member: User, press: User, client: Client
) -> None:
    revision = sent(club, member, short_description="Geprüft")
    colleague = factories.person("", "press")
    write(club, colleague, short_description="Noch in Arbeit")
    in_the_queue(client, club, revision)
    assert current(club).short_description == "Geprüft"
    assert draft_of(club).short_description == "Noch in Arbeit"


def test_ones_own_correction_is_what_the_queue_shows_and_approves(
    club: OrganisationPage, member: User, press: User, client: Client
) -> None:
    seen = sent(club, member, short_description="Geprüft")
    correction = write(club, press, short_description="Verbessert")
    assert "Verbessert" in client.get(reverse("review:submission", args=[club.pk])).content.decode()
    in_the_queue(client, club, seen)
    assert kind(club) == "waiting", "it is not what was on the screen"
    in_the_queue(client, club, correction)
    assert current(club).short_description == "Verbessert"


# Ways around


def test_the_revision_under_review_is_not_overwritten_by_its_author(
    club: OrganisationPage, press: User, client: Client
) -> None:
    """Wagtail's autosave writes into the last revision of the same person."""
    address = edit_address(club)
    client.post(address, {**fields_at(client, address), "short_description": "Geprüft", "action-submit": "1"})
    revision = current(club).current_workflow_task_state.revision
    fields = {
        **fields_at(client, address),
        "short_description": "Ungeprüft",
        "overwrite_revision_id": revision.pk,
        "loaded_revision_id": revision.pk,
    }
    for accept in ("application/json", "text/html"):
        answer = client.post(address, fields, headers={"accept": accept})
        assert answer.status_code in (200, 302), answer.content
        revision.refresh_from_db()
        assert revision.content["short_description"] == "Geprüft"
    assert draft_of(club).short_description == "Ungeprüft"


def test_reverting_by_the_api_of_the_admin_does_not_change_what_is_reviewed(
    club: OrganisationPage, member: User, press: User, client: Client
) -> None:
    old = current(club).latest_revision
    revision = sent(club, member, short_description="Geprüft")
    address = f"/admin/api/main/pages/{club.pk}/action/revert_to_page_revision/"
    answer = client.post(address, {"revision_id": old.pk}, content_type="application/json")
    assert answer.status_code in (200, 403)
    colleague = factories.person("", "press")
    moderation.approve(page=club, user=colleague, revision_id=revision.pk)
    assert current(club).short_description == "Geprüft"


@pytest.mark.parametrize("role", ["member", "KI", "translator", "visitor"])
def test_no_way_to_publish_is_open_to_others(club: OrganisationPage, member: User, client: Client, role: str) -> None:
    """The KI publishes records, but nothing that waits for somebody else's review."""
    before = public()
    revision = sent(club, member, short_description="Geprüft")
    people: dict[str, Any] = {
        "member": lambda: member, "KI": factories.ki, "translator": lambda: factories.translator("ar"),
    }  # fmt: skip
    if role != "visitor":
        client.force_login(people[role]())
    state = current(club).current_workflow_task_state
    blocks = {"social_links-count": "0", "pictures-count": "0"}
    for address, data in [
        (edit_address(club), {"action-publish": "1", "title": "Neu"}),
        (edit_address(club), {**APPROVE, "title": "Neu"}),
        (reverse("wagtailadmin_pages:workflow_action", args=[club.pk, "approve", state.pk]), {}),
        (reverse("wagtailadmin_pages:collect_workflow_action_data", args=[club.pk, "approve", state.pk]), {}),
        (reverse("review:submission", args=[club.pk]), {"revision": revision.pk, "action": "approve"}),
        (reverse("wagtailadmin_pages:revisions_revert", args=[club.pk, revision.pk]), {"action-publish": "1"}),
        (f"/admin/api/main/pages/{club.pk}/action/publish/", {}),
    ]:
        client.post(address, {**blocks, **data}, follow=True)
        assert public() == before, address
    assert kind(club) == "waiting"
