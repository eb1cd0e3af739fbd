"""Every role, every act, on one's own and on others' pages: really requested, then the database and visitors asked.

An address of "My organisation" that stands in no row here fails the tests.
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver
from django.utils import translation
from PIL import Image as Canvas
from wagtail.documents import get_document_model
from wagtail.models import PageLogEntry, Revision, Site, TaskState

from cms.accounts import User
from cms.bin import tree
from cms.media import Image
from dates.models import EventPage
from directory.members import membership
from directory.members.invitations import Invitation
from directory.models import Membership, OrganisationPage
from directory.review import moderation, takedown
from tests import factories
from tests.directory.review import moderating
from tests.directory.review.moderating import current, kind, sent

pytestmark = pytest.mark.django_db

ROLES = (
    "visitor", "member of A", "member of B", "member of both", "removed member", "translator ar", "KI", "press",
    "admin",
)  # fmt: skip
BELONGS = {"A": {"member of A", "member of both"}, "B": {"member of B", "member of both"}}


@dataclass
class World:
    site: Site
    clubs: dict[str, OrganisationPage]
    events: dict[str, EventPage]
    invitations: dict[str, Invitation]
    people: dict[str, User]


@pytest.fixture(scope="module")
def world(kept: None) -> World:
    site = factories.municipality()
    clubs = {"A": moderating.published(site, "Verein A", slug="a", logo=factories.picture())}
    clubs["B"] = factories.organisation(clubs["A"].get_parent().specific, "Verein B", slug="b", short_description="B")
    clubs["B"].save_revision(clean=False).publish()
    people = {f"member of {name}": factories.member(club) for name, club in clubs.items()}
    people |= {f"colleague in {name}": factories.member(club) for name, club in clubs.items()}
    both, removed = factories.member(clubs["A"]), factories.member(clubs["A"])
    membership.join(organisation=clubs["B"], user=both)
    Membership.objects.filter(user=removed).delete()
    people |= {"member of both": both, "removed member": removed, "translator ar": factories.translator("ar")}
    people |= {"KI": factories.ki(), "press": factories.press(), "admin": factories.administrator()}
    factories.translated(clubs["A"], "ar")
    invitations, events = {}, {}
    for name, club in clubs.items():
        events[name] = factories.event(club, f"Fest von {name}", slug=f"fest-{name.lower()}")
        invitations[name] = membership.invite(
            organisation=club, email=f"neu-{name}@example.org", language="de", invited_by=people[f"member of {name}"]
        )
        sent(club, people[f"member of {name}"], short_description=f"Entwurf von {name}")
    return World(site, clubs, events, invitations, people)


def logged_in(world: World, role: str) -> Client:
    client = Client(raise_request_exception=True)
    if role != "visitor":
        client.force_login(world.people[role])
    return client


PUBLIC = ("/de/", "/de/organisationen/", "/de/organisationen/a/", "/de/organisationen/b/", "/ar/organisationen/a/")


def everything() -> dict[str, Any]:
    """What must be the same after somebody has tried what is not theirs."""
    return {
        "public": [Client().get(path).content for path in PUBLIC],
        "revisions": Revision.objects.count(),
        "pages": sorted(OrganisationPage.objects.values_list("pk", "live", "latest_revision")),
        "events": sorted(EventPage.objects.values_list("pk", "live", "latest_revision")),
        "members": sorted(Membership.objects.values_list("user", "organisation")),
        "accounts": sorted(User.objects.values_list("pk", "email", "is_active", "password")),
        "invitations": sorted(Invitation.objects.values_list("pk", "revoked_at", "accepted_at")),
        "pictures": sorted(Image.objects.values_list("pk", "file")),
        "reviews": sorted(TaskState.objects.values_list("pk", "status", "revision")),
        "log": PageLogEntry.objects.count(),
    }


# "My organisation": discovered, so that no address is forgotten

OF_AN_ORGANISATION = set(
    "my_organisation my_about my_contact my_topics my_address my_hours my_offers my_pictures my_preview my_submit "
    "my_withdraw my_colleagues my_remove my_leave my_revoke my_events my_event_add my_event my_event_copy "
    "my_event_cancel my_event_what my_event_when my_event_where my_event_for_whom my_event_picture my_event_preview "
    "my_event_dates my_event_reinstate my_event_delete my_event_submit my_event_withdraw my_followed_calendar "
    "my_embed my_point".split()
)
ONLY_SENT = set("my_withdraw my_revoke my_event_copy my_event_reinstate my_event_submit my_event_withdraw".split())
OF_ONES_OWN_ACCOUNT = set(
    "my my_account my_change_password my_change_email my_confirm_email my_withdraw_consent my_data my_delete".split()
)
OPEN_TO_ALL = set("my_login my_logout my_password my_new_password my_invitation my_register my_access".split())


def my_addresses(resolver: Any = None, prefix: str = "") -> dict[str, URLPattern]:
    """Everything below ``/<language>/my/`` by its name."""
    found: dict[str, URLPattern] = {}
    for each in (resolver or get_resolver()).url_patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            found |= my_addresses(each, route)
        elif "/my/" in route:
            found[each.name or route] = each
    return found


def test_every_address_of_my_organisation_stands_in_a_row() -> None:
    assert set(my_addresses()) == OF_AN_ORGANISATION | OF_ONES_OWN_ACCOUNT | OPEN_TO_ALL


def address(world: World, name: str, club: str, language: str = "de") -> str:
    known = {
        "key": world.clubs[club].translation_key,
        "event_key": world.events[club].translation_key,
        "language": language,
        "pk": world.invitations[club].pk if name == "my_revoke" else world.people[f"colleague in {club}"].pk,
        "token": "falsch",
        "uidb64": "MQ",
    }
    wanted = my_addresses()[name].pattern.converters
    prefix = {"key"} if name in OF_AN_ORGANISATION else set()
    with translation.override("de"):
        return reverse(name, kwargs={part: known[part] for part in {*wanted, *prefix}})


FORGED = {
    "short_description": "Gefälscht", "title": "Gefälscht", "phone": "+4923312070", "email": "boese@example.org",
    "language": "de", "password": "x", "new_password1": "x", "name": "Gefälscht", "action": "save",
    "base_revision": "1",
}  # fmt: skip


@pytest.mark.parametrize("club", ["A", "B"])
@pytest.mark.parametrize("role", ROLES)
def test_what_is_an_organisations_opens_for_its_members_only(world: World, role: str, club: str) -> None:
    client = logged_in(world, role)
    opened = {name for name in OF_AN_ORGANISATION if client.get(address(world, name, club)).status_code == 200}
    assert opened == (OF_AN_ORGANISATION - ONLY_SENT - {"my_event_delete"} if role in BELONGS[club] else set())


@pytest.mark.parametrize(
    ("role", "club"), [(role, club) for role in ROLES for club in BELONGS if role not in BELONGS[club]]
)
def test_others_change_nothing_of_an_organisation(world: World, role: str, club: str) -> None:
    client, before = logged_in(world, role), everything()
    for name in sorted(OF_AN_ORGANISATION):
        answer = client.post(address(world, name, club), FORGED, follow=True)
        where = answer.redirect_chain[-1][0] if answer.redirect_chain else ""
        assert answer.status_code == 404 if role != "visitor" else where.startswith("/de/my/login/"), name
        assert f"Entwurf von {club}" not in answer.content.decode(), name
    assert everything() == before


@pytest.mark.parametrize("role", sorted(BELONGS["A"]))
def test_members_change_nothing_public_whatever_they_send(world: World, role: str) -> None:
    client, before = logged_in(world, role), everything()["public"]
    for name in sorted(OF_AN_ORGANISATION - {"my_leave"}):
        assert client.post(address(world, name, "A"), FORGED).status_code in (200, 302, 404, 405, 409, 422), name
    assert everything()["public"] == before


@pytest.mark.parametrize("name", sorted(OF_ONES_OWN_ACCOUNT))
def test_an_account_is_for_who_is_logged_in(world: World, name: str) -> None:
    before = everything()
    for method in ("get", "post"):
        answer = getattr(Client(), method)(address(world, name, "A"), follow=True)
        assert answer.status_code in (200, 404, 405, 410)
        assert not answer.redirect_chain or answer.redirect_chain[0][0].startswith("/de/my/login/")
    assert everything() == before


@pytest.mark.parametrize("role", ROLES)
def test_what_is_open_to_all_changes_nothing_without_proof(world: World, role: str) -> None:
    client, before = logged_in(world, role), everything()
    for name in sorted(OPEN_TO_ALL - {"my_logout"}):
        for method in ("get", "post"):
            answer = getattr(client, method)(address(world, name, "A"))
            assert answer.status_code < 500, name
    after = everything()
    assert {key for key in before if before[key] != after[key]} <= {"log"}


# The admin


def approve(world: World, client: Client) -> bool:
    return _decided(world, client, "approve", "live")


def ask_for_changes(world: World, client: Client) -> bool:
    return _decided(world, client, "changes", "changes_requested")


def refuse(world: World, client: Client) -> bool:
    return _decided(world, client, "reject", "rejected")


def _decided(world: World, client: Client, action: str, expected: str) -> bool:
    club = world.clubs["A"]
    revision = current(club).current_workflow_task_state.revision_id
    posted = {"revision": revision, "action": action, "comment": "Bitte."}
    client.post(reverse("review:submission", args=[club.pk]), posted)
    return kind(club) == expected


def see_what_waits(world: World, client: Client) -> bool:
    answers = [
        client.get(reverse("review:queue")),
        client.get(reverse("review:submission", args=[world.clubs["A"].pk])),
    ]
    return all(answer.status_code == 200 for answer in answers)


def take_offline(world: World, client: Client) -> bool:
    client.post(reverse("review:offline", args=[world.clubs["A"].pk]), {"reason": "Missbrauch"})
    return not current(world.clubs["A"]).live


def bring_back(world: World, client: Client) -> bool:
    takedown.take_down(organisation=world.clubs["A"], user=world.people["press"], reason="Missbrauch")
    client.post(reverse("review:offline", args=[world.clubs["A"].pk]))
    return current(world.clubs["A"]).live


def publish_over_the_review(world: World, client: Client) -> bool:
    client.post(f"/admin/api/main/pages/{world.clubs['A'].pk}/action/publish/")
    return current(world.clubs["A"]).short_description != "Alt"


def read_the_draft(world: World, client: Client) -> bool:
    club = world.clubs["A"]
    answers = [
        client.get(reverse("wagtailadmin_pages:view_draft", args=[club.pk])),
        client.get(reverse("wagtailadmin_pages:revisions_view", args=[club.pk, current(club).latest_revision_id])),
    ]
    return any("Entwurf von A" in answer.content.decode() for answer in answers)


def revert_to_an_older_version(world: World, client: Client) -> bool:
    club, before = world.clubs["A"], Revision.objects.count()
    oldest = Revision.page_revisions.filter(object_id=str(club.pk)).order_by("pk").first()
    address = f"/admin/api/main/pages/{club.pk}/action/revert_to_page_revision/"
    client.post(address, {"revision_id": oldest.pk}, content_type="application/json")
    return Revision.objects.count() > before


def delete(world: World, client: Client) -> bool:
    club = world.clubs["A"]
    client.post(reverse("wagtailadmin_pages:delete", args=[club.pk]))
    client.post(f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'delete'])}?id={club.pk}")
    client.delete(f"/admin/api/main/pages/{club.pk}/")
    return tree.is_binned(OrganisationPage.objects.get(pk=club.pk))


def choose_a_picture(world: World, client: Client) -> bool:
    return "Ein Bild" in client.get(reverse("wagtailimages_chooser:choose")).content.decode()


def upload_a_picture(world: World, client: Client) -> bool:
    buffer, before = BytesIO(), Image.objects.count()
    Canvas.new("RGB", (40, 30), "teal").save(buffer, "PNG")
    file = SimpleUploadedFile("neu.png", buffer.getvalue(), "image/png")
    collection = Image.objects.first().collection_id
    client.post(reverse("wagtailimages:add"), {"title": "x", "file": file, "collection": collection, "tags": ""})
    return Image.objects.count() > before


def change_a_public_picture(world: World, client: Client) -> bool:
    picture = current(world.clubs["A"]).logo
    posted = {"title": "Gefälscht", "credit": "x", "collection": picture.collection_id, "tags": ""}
    client.post(reverse("wagtailimages:edit", args=[picture.pk]), posted)
    return Image.objects.get(pk=picture.pk).title == "Gefälscht"


def list_pictures(world: World, client: Client) -> bool:
    answer = client.get("/admin/api/main/images/")
    return answer.status_code == 200 and answer.json()["meta"]["total_count"] > 0


def upload_a_document(world: World, client: Client) -> bool:
    file = SimpleUploadedFile("x.txt", b"x")
    client.post(reverse("wagtaildocs:add"), {"title": "x", "file": file, "collection": 1, "tags": ""})
    return bool(get_document_model().objects.exists())


def translate(world: World, client: Client) -> bool:
    arabic = OrganisationPage.objects.get(translation_key=world.clubs["A"].translation_key, locale__language_code="ar")
    return client.get(reverse("wagtailadmin_pages:edit", args=[arabic.pk])).status_code == 200


def read_the_history(world: World, client: Client) -> bool:
    return client.get(reverse("wagtailadmin_pages:history", args=[world.clubs["A"].pk])).status_code == 200


Act = Callable[[World, Client], bool]
TABLE: dict[Act, str] = {
    # in the order of ROLES
    see_what_waits: "- - - - - - - + +",
    approve: "- - - - - - - + +",
    ask_for_changes: "- - - - - - - + +",
    refuse: "- - - - - - - + +",
    take_offline: "- - - - - - - + +",
    bring_back: "- - - - - - - + +",
    publish_over_the_review: "- - - - - - - + +",
    read_the_draft: "- - - - - - + + +",
    read_the_history: "- - - - - - + + +",
    revert_to_an_older_version: "- - - - - - + + +",
    delete: "- - - - - - - + +",
    choose_a_picture: "- - - - - - + + +",
    upload_a_picture: "- - - - - - + + +",
    change_a_public_picture: "- - - - - - - + +",
    list_pictures: "- - - - - - + + +",
    upload_a_document: "- - - - - - - + +",
    translate: "- - - - - + - + +",
}
CELLS = [
    pytest.param(role, act, sign == "+", id=f"{role}-{act.__name__}-{sign}")
    for act, signs in TABLE.items()
    for role, sign in zip(ROLES, signs.split(), strict=True)
]


@pytest.mark.parametrize(("role", "act", "allowed"), CELLS)
def test_the_table_of_acts_holds(world: World, role: str, act: Act, allowed: bool) -> None:
    before = [Client().get(path).content for path in PUBLIC]
    assert act(world, logged_in(world, role)) == allowed
    if not allowed and act is not bring_back:
        assert [Client().get(path).content for path in PUBLIC] == before


@pytest.mark.parametrize("role", [role for role in ROLES if role not in ("visitor", "press", "admin")])
def test_acts_of_the_code_ask_for_the_right_themselves(world: World, role: str) -> None:
    """Not only the screens: whoever calls an act with somebody's rights is refused as well."""
    from django.core.exceptions import PermissionDenied

    user, club = world.people[role], world.clubs["B"]
    revision = current(club).current_workflow_task_state.revision_id
    for act in (moderation.approve, moderation.request_changes, moderation.reject):
        with pytest.raises(PermissionDenied):
            act(page=club, user=user, revision_id=revision, comment="x")
    with pytest.raises(PermissionDenied):
        takedown.take_down(organisation=club, user=user, reason="x")
    with pytest.raises(PermissionDenied):
        takedown.bring_back(organisation=club, user=user)
