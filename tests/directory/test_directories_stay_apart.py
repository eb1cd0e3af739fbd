"""Two cities on one installation: nobody of one city's offices reads about the people of the other, on any screen."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import get_resolver, reverse
from wagtail.models import Site

from cms.accounts import User, roles
from directory.members import access_requests, invitation_runs, membership
from directory.models import Application, Invitation, OrganisationPage
from directory.permissions import directories_kept_by
from directory.records.record import record_of
from directory.review import moderation
from directory.review.queue import states_for
from home.barrier import BarrierReport
from tests import factories
from tests.directory.review import moderating
from tests.directory.review.moderating import sent

pytestmark = pytest.mark.django_db


@dataclass
class City:
    site: Site
    club: OrganisationPage
    office: User
    secrets: list[str]


def city(name: str, hostname: str) -> City:
    """A city with people of every kind; each of their names and reasons holds the name of the city."""
    site = factories.municipality(name, hostname=hostname)
    club = moderating.published(site, f"Verein {name}", slug=f"verein-{name.lower()}")
    group = Group.objects.create(name=f"Presse {name}")
    roles.grant(group, "wagtailadmin.access_admin", "home.view_barrierreport", "home.change_barrierreport")
    roles.grant_pages(group, site.root_page, roles.EDITING)
    office = factories.person(f"presse@{name.lower()}.example")
    office.groups.add(group)
    email = f"@{name.lower()}.example"
    member = factories.member(club)
    User.objects.filter(pk=member.pk).update(first_name=f"Mitglied {name}", email=f"m{email}")
    record = record_of(club)
    record.contact_email = f"kontakt{email}"
    record.save()
    membership.invite(organisation=club, email=f"neu{email}", language="de", invited_by=office)
    empty = factories.organisation(club.get_parent().specific, f"Leer {name}", slug=f"leer-{name.lower()}")
    other = record_of(empty)
    other.contact_email = f"leer{email}"
    other.save()
    ask = {"site": site, "name": f"Person {name}", "message": "x"}
    asked = access_requests.ask_for_access(organisation=empty, email=f"gefragt{email}", **ask)
    access_requests.refuse(application=asked, reason=f"Grund {name}", decided_by=office)
    access_requests.ask_for_access(organisation=empty, email=f"offen{email}", **ask)
    registered = access_requests.register(
        directory=club.get_parent().specific,
        site=site,
        title=f"Neu {name}",
        about="x",
        name=f"Anmelder {name}",
        email=f"anm{email}",
    )
    access_requests.refuse(application=registered, reason=f"Abgelehnt {name}", decided_by=office)
    invitation_runs.start(started_by=office)
    sent(club, member, short_description=f"Entwurf {name}")
    BarrierReport.objects.create(site=site, page="x", message=f"Barriere {name}", email=f"b{email}", language="de")
    return City(site, club, office, [name, email])


@pytest.fixture
def cities(db: None) -> tuple[City, City]:
    return city("Hagen", ""), city("Hemer", "hemer.localhost")


def screens() -> list[str]:
    """Every screen of ours in the admin that needs no number, and the listings of records."""
    spaces = ("directory_records", "still_correct", "review", "spreadsheet", "barrier_reports")
    found = []
    for space in spaces:
        for name in get_resolver().namespace_dict.get(space, ("", get_resolver()))[1].reverse_dict:
            if isinstance(name, str):
                try:
                    found.append(reverse(f"{space}:{name}"))
                except Exception:  # noqa: BLE001, S112 (it needs a number)
                    continue
    reports = ("locked", "workflow", "workflow_tasks", "site-history", "aging-pages")
    return sorted({*found, "/admin/", *(f"/admin/reports/{name}/" for name in reports)})


@pytest.mark.parametrize(("mine", "others"), [(0, 1), (1, 0)])
def test_no_screen_names_the_people_of_the_other_city(cities: Any, mine: int, others: int) -> None:
    client, office = Client(), cities[mine].office
    client.force_login(office)
    shown = 0
    for address in screens():
        answer = client.get(address)
        text = b"".join(answer) if answer.streaming else answer.content
        text = text.decode(errors="replace") if answer.status_code == 200 else ""
        shown += cities[mine].secrets[0] in text
        for secret in cities[others].secrets:
            assert secret not in text, address
    assert shown >= 5, "one's own city is there"


def test_reports_that_name_everybody_are_for_who_may_edit_every_page(cities: Any) -> None:
    for user, status in ((factories.press(), 200), (factories.administrator(), 200), (cities[0].office, 403)):
        client = Client()
        client.force_login(user)
        for name in ("locked", "workflow", "workflow_tasks", "site-history"):
            assert client.get(f"/admin/reports/{name}/").status_code == status, (user.email, name)
        assert ("/admin/reports/site-history/" in client.get("/admin/").content.decode()) == (status == 200)


@pytest.mark.parametrize(("mine", "others"), [(0, 1), (1, 0)])
def test_what_is_decided_and_sent_shows_ones_own(cities: Any, mine: int, others: int) -> None:
    client, own, other = Client(), cities[mine].secrets[0], cities[others].secrets[0]
    client.force_login(cities[mine].office)
    text = client.get(reverse("directory_records:requests")).content.decode()
    for told in ("Grund", "Abgelehnt", "Person", "Anmelder"):
        assert f"{told} {own}" in text and f"{told} {other}" not in text


@pytest.mark.parametrize(("mine", "others"), [(0, 1), (1, 0)])
def test_no_number_opens_what_belongs_to_the_other_city(cities: Any, mine: int, others: int) -> None:
    client = Client()
    client.force_login(cities[mine].office)
    club = cities[others].club
    invitation = Invitation.objects.filter(organisation=club).first()
    run = Invitation.objects.filter(organisation__title=f"Leer {cities[others].secrets[0]}").get().run
    application = Application.objects.get(decision="", email=f"offen{cities[others].secrets[1]}")
    report = BarrierReport.objects.get(site=cities[others].site)
    for name, number in (
        ("directory_records:record", club.pk),
        ("directory_records:run", run.pk),
        ("directory_records:request", application.pk),
        ("directory_records:revoke", invitation.pk),
        ("still_correct:confirm", club.pk),
        ("review:submission", club.pk),
        ("barrier_reports:edit", report.pk),
    ):
        for method in ("get", "post"):
            answer = getattr(client, method)(reverse(name, args=[number]), {"state": "answered", "action": "approve"})
            assert answer.status_code in (302, 403, 404, 405), name
            assert cities[others].secrets[0] not in answer.content.decode(), name
    invitation.refresh_from_db()
    application.refresh_from_db()
    report.refresh_from_db()
    assert invitation.revoked_at is None and application.decision == "" and report.state == "new"


def test_a_group_that_is_bound_to_one_city_decides_for_that_one_only(
    cities: Any, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    """The task of each directory asks the press office; a city may have narrowed what it may edit since."""
    press = roles.group_of(roles.PRESS)
    press.page_permissions.all().delete()
    roles.grant_pages(press, cities[0].site.root_page, roles.EDITING)
    person = factories.press()
    assert [str(state.revision.object_id) for state in states_for(person)] == [str(cities[0].club.pk)]
    assert directories_kept_by(person).count() == 1
    mailoutbox.clear()
    for number in (0, 1):
        member = User.objects.get(email=f"m{cities[number].secrets[1]}")
        moderation.withdraw(page=cities[number].club, user=member)
        with django_capture_on_commit_callbacks(execute=True):
            sent(cities[number].club, member, short_description="Noch einmal")
    told = [mail for mail in mailoutbox if person.email in mail.to]
    assert len(told) == 1 and "Hagen" in told[0].body, [(mail.to, mail.subject) for mail in mailoutbox]


def test_who_works_for_both_sees_both(cities: Any) -> None:
    client = Client()
    client.force_login(factories.press())
    text = client.get(reverse("directory_records:requests")).content.decode()
    assert "Grund Hagen" in text and "Grund Hemer" in text
    reports = client.get(reverse("barrier_reports:index")).content.decode()
    assert "Barriere Hagen" in reports and "Barriere Hemer" in reports
