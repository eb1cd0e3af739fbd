"""Buttons of the offices that are pressed twice: approving, asking, refusing, taking offline, inviting, lists."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from cms.accounts import User
from directory.members import access_requests, membership
from directory.members.invitations import Invitation
from directory.profiles.directory_page import DirectoryPage
from directory.records.record import record_of
from directory.review import takedown
from directory.spreadsheet import importing, reading
from tests import factories, webpages
from tests.directory.review import moderating
from tests.invariants.test_sent_twice import NEW, Press, World, fields_of, form_in, make_world, rows

pytestmark = pytest.mark.django_db
LIST = b"Name;Telefon\nVerein B;02331 2070\nVerein C;02331 2071\n"
LISTS = "/admin/organisations/lists/"


@pytest.fixture
def world() -> World:
    return make_world()


def decides(action: str) -> Callable[[World], Press]:
    def press(world: World) -> Press:
        moderating.sent(world.club, world.member, short_description="Neu")
        typed = {"action": action, "comment": "Warum"}
        return Press(reverse("review:submission", args=[world.club.pk]), typed=typed, who=factories.press())

    return press


def takes_offline(world: World) -> Press:
    address = reverse("review:offline", args=[world.club.pk])
    return Press(address, typed={"reason": "Missbrauch"}, who=factories.press())


def brings_back(world: World) -> Press:
    taken = takes_offline(world)
    takedown.take_down(organisation=world.club, user=taken.who, reason="Missbrauch")
    return Press(taken.page, who=taken.who)


def at_record(world: World, name: str, *args: int, **typed: Any) -> Press:
    record = reverse("directory_records:record", args=[world.club.pk])
    return Press(record, reverse(f"directory_records:{name}", args=args), typed, world.ki)


def of_invitation(name: str) -> Callable[[World], Press]:
    def press(world: World) -> Press:
        made = membership.invite(organisation=world.club, email=NEW, language="de", invited_by=world.ki)
        Invitation.objects.update(created_at=timezone.now() - dt.timedelta(days=1))
        return at_record(world, name, made.pk)

    return press


def invites_all(world: World) -> Press:
    record = record_of(world.vacant)
    record.contact_email = NEW
    record.save()
    return Press(reverse("directory_records:invite_all"), who=world.ki)


def decides_request(action: str) -> Callable[[World], Press]:
    def press(world: World) -> Press:
        words = {"title": "Ganz neu", "about": "Wir", "name": "Anna", "email": NEW}
        asked = access_requests.register(directory=directory_of(world), site=Site.objects.get(), **words)
        address = reverse("directory_records:request", args=[asked.pk])
        return Press(address, typed={"action": action, "reason": "Gibt es schon."}, who=world.ki)

    return press


def of_list(step: str) -> Callable[[World], Press]:
    def press(world: World) -> Press:
        rows_read = reading.read(LIST)
        of = importing.prepare(directory=directory_of(world), file_name="liste.csv", rows=rows_read, user=world.ki)
        return Press(f"{LISTS}{of.pk}/{step}/", who=world.ki)

    return press


def directory_of(world: World) -> DirectoryPage:
    found: DirectoryPage = world.club.get_parent().specific
    return found


FORMS: dict[str, Callable[[World], Press]] = {
    "approve": decides("approve"),
    "ask for changes": decides("changes"),
    "refuse": decides("reject"),
    "take offline": takes_offline,
    "bring back": brings_back,
    "invite": lambda world: at_record(world, "invite", world.club.pk, email=NEW, language="de"),
    "invite again": of_invitation("again"),
    "withdraw an invitation": of_invitation("revoke"),
    "remove a member": lambda world: at_record(world, "remove", world.club.pk, world.colleague.pk),
    "invite all": invites_all,
    "let in": decides_request("approve"),
    "do not let in": decides_request("refuse"),
    "send a list": lambda world: Press(LISTS, typed={"file": LIST}, who=world.ki),
    "name its columns": of_list("columns"),
    "take it over": of_list("check"),
}


def sent(client: Client, to: str, data: dict[str, Any]) -> tuple[int, str]:
    files = {name: SimpleUploadedFile("liste.csv", value) for name, value in data.items() if isinstance(value, bytes)}
    answer = client.post(to, {**data, **files})
    return answer.status_code, answer.get("Location", "")


@pytest.mark.parametrize("name", FORMS)
def test_what_an_office_presses_twice_is_done_and_said_once(
    name: str, world: World, django_capture_on_commit_callbacks: Any
) -> None:
    press = FORMS[name](world)
    client = Client(enforce_csrf_checks=True)
    who: User | None = press.who
    assert who is not None
    client.force_login(who)
    shown = client.get(press.page)
    assert shown.status_code == 200, (press.page, shown.get("Location"))
    to = press.to or press.page
    data = {**fields_of(form_in(webpages.read(shown), press.page, to)), **press.typed}
    with django_capture_on_commit_callbacks(execute=True):
        first = sent(client, to, data)
    assert first[0] == 302, first
    after, mails = rows(), len(mail.outbox)
    with django_capture_on_commit_callbacks(execute=True):
        assert sent(client, to, data) == first
    assert rows() == after, {label: (count, rows()[label]) for label, count in after.items()}
    assert len(mail.outbox) == mails
    page = webpages.read(client.get(first[1], follow=True))
    said = [webpages.text(sentence) for sentence in page.select(".messages li")]
    assert len(said) == len(set(said)) <= 1, said
