"""Barrier reports are handled: due date, answer by mail, count, deletion; by the right people."""

import datetime as dt
from typing import Any

import pytest
from django.core.checks import run_checks
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Site

from cms.accounts import User
from cms.jobs import clearing
from cms.routing.site_settings import SiteSettings
from home import permissions
from home.barrier import BarrierReport
from home.barrier_answers import ANSWER_WITHIN, KEPT_AFTER_ANSWER, KEPT_AT_MOST, ReportState
from tests import factories, letters, webpages

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    return factories.municipality()


def report(site: Site, age: dt.timedelta = dt.timedelta(), **fields: Any) -> BarrierReport:
    given = {"message": "Das Menü geht nicht", "language": "ar", "email": "leser@example.org", **fields}
    made = BarrierReport.objects.create(site=site, page="/ar/", **given)
    BarrierReport.objects.filter(pk=made.pk).update(created_at=timezone.now() - age)
    made.refresh_from_db()
    return made


def edit(found: BarrierReport) -> str:
    return reverse("barrier_reports:edit", args=[found.pk])


def test_the_answer_goes_by_mail_in_the_language_of_the_person(client: Client, site: Site) -> None:
    found = report(site)
    client.force_login(factories.press())
    shown = webpages.html(client.get(edit(found)))
    assert "Das Menü geht nicht" in shown
    assert "العربية" in shown
    client.post(edit(found), {"state": "new", "reply": "Wir haben es behoben."})
    (sent,) = letters.delivered()
    assert sent.to == ["leser@example.org"]
    assert sent.extra_headers["Content-Language"] == "ar, de"
    assert "Wir haben es behoben." in sent.body
    found.refresh_from_db()
    assert (found.state, found.answer, found.answered_at is not None) == ("answered", "Wir haben es behoben.", True)


def test_without_an_address_it_is_ticked_off_and_no_mail_is_sent(client: Client, site: Site) -> None:
    found = report(site, email="")
    client.force_login(factories.press())
    assert 'name="reply"' not in webpages.html(client.get(edit(found)))
    client.post(edit(found), {"state": "in_work", "reply": "Hallo"})
    found.refresh_from_db()
    assert (found.state, letters.delivered()) == ("in_work", [])


def test_the_list_shows_message_language_state_and_what_is_overdue(client: Client, site: Site) -> None:
    report(site, ANSWER_WITHIN + dt.timedelta(days=2))
    client.force_login(factories.press())
    with override("en"):
        shown = webpages.text(webpages.read(client.get(reverse("barrier_reports:index"))))
    assert "Das Menü geht nicht" in shown
    assert "العربية" in shown


@pytest.mark.parametrize(("state", "overdue"), [("new", 1), ("in_work", 1), ("answered", 0)])
def test_what_is_not_answered_in_time_is_overdue(site: Site, state: str, overdue: int) -> None:
    late = report(site, ANSWER_WITHIN + dt.timedelta(days=2), state=state)
    report(site, ANSWER_WITHIN - dt.timedelta(days=2), state=state)
    assert [each for each in BarrierReport.objects.all() if each.is_overdue] == [late] * overdue


def test_the_first_page_of_the_admin_counts_what_waits(client: Client, site: Site) -> None:
    report(site)
    report(site, ANSWER_WITHIN + dt.timedelta(days=2))
    client.force_login(factories.press())
    panel = webpages.read(client.get("/admin/")).select_one("section[aria-labelledby=barrier-reports]")
    assert "2" in webpages.text(panel)
    assert "Eine davon" in webpages.text(panel)
    client.force_login(factories.translator("ar"))
    assert not webpages.read(client.get("/admin/")).select("section[aria-labelledby=barrier-reports]")


def test_the_clock_deletes_what_is_over(site: Site) -> None:
    day = dt.timedelta(days=1)
    kept = report(site), report(site, KEPT_AT_MOST - day), report(site, state="answered", answered_at=timezone.now())
    report(site, KEPT_AT_MOST + day)
    report(site, state="answered", answered_at=timezone.now() - KEPT_AFTER_ANSWER - day)
    clearing.clear()
    assert set(BarrierReport.objects.all()) == set(kept)


@pytest.mark.parametrize("with_office", [True, False])
def test_while_nobody_would_get_it_the_page_names_the_office(client: Client, site: Site, with_office: bool) -> None:
    settings = SiteSettings.objects.get(site=site)
    settings.barrier_report_email, settings.press_responsible = "", "Amt für Presse, Rathaus"
    if with_office:
        settings.offices = [("office", factories.contact())]
    settings.save()
    shown = webpages.read(client.get("/de/barrier/"))
    assert not shown.select("main form")
    assert shown.select(".contact") if with_office else "Amt für Presse" in webpages.text(shown.main)
    client.post("/de/barrier/", {"message": "Zu klein"})
    assert not BarrierReport.objects.exists()


def test_deploy_check_names_sites_whose_reports_reach_nobody(site: Site) -> None:
    assert "home.W001" not in {found.id for found in run_checks(include_deployment_checks=True)}
    SiteSettings.objects.filter(site=site).update(barrier_report_email="")
    assert "home.W001" in {found.id for found in run_checks(include_deployment_checks=True)}


WHO = ("press", "administrator", "ki", "translator", "member", "nobody")


def person(role: str) -> User:
    if role == "translator":
        return factories.translator("ar")
    if role == "nobody":
        return factories.person()
    if role == "member":
        home = Site.objects.get(is_default_site=True).root_page
        return factories.member(factories.organisation(factories.directory(home)))
    found: User = getattr(factories, role)()
    return found


@pytest.mark.parametrize("role", WHO)
@pytest.mark.parametrize("act", ["index", "edit", "answer", "delete"])
def test_who_handles_reports(client: Client, site: Site, role: str, act: str) -> None:
    found = report(site)
    client.force_login(person(role))
    may = role in {"press", "administrator"}
    if act == "index":
        answer = client.get(reverse("barrier_reports:index"))
        assert (answer.status_code == 200 and "Das Menü" in webpages.html(answer)) == may
    elif act == "edit":
        assert (client.get(edit(found)).status_code == 200) == may
    elif act == "answer":
        client.post(edit(found), {"state": "answered", "reply": "Ja"})
        found.refresh_from_db()
        assert (found.state == ReportState.ANSWERED, bool(letters.delivered())) == (may, may)
    else:
        client.post(reverse("barrier_reports:delete", args=[found.pk]))
        assert BarrierReport.objects.exists() == (role != "administrator")


def test_reports_of_another_site_are_not_seen(client: Client, site: Site) -> None:
    other = factories.municipality("Anderswo", hostname="other.example")
    foreign = report(other)
    someone = factories.press()
    assert permissions.may_handle(someone, site.pk)
    if not permissions.may_handle(someone, other.pk):
        client.force_login(someone)
        assert client.get(edit(foreign)).status_code in {302, 403, 404}
