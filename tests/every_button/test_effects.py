"""What buttons do, looked up where it counts: in the database, on the public page, in the file that is downloaded."""

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

import lxml.html
import openpyxl
import pytest
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Page, Site, TaskState, WorkflowState

from cms.accounts import User, roles
from cms.media import Image
from directory.models import OrganisationPage, Topic
from home.barrier import BarrierReport
from news.models import NewsPage
from tests import factories, webpages
from tests.every_button.crawl import values_of
from tests.every_button.rows import german, make_rows

pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture
def press(client: Client, demo: None) -> Client:
    make_rows()
    client.force_login(User.objects.get(email="press@example.org"))
    return client


@pytest.fixture
def admin(client: Client, demo: None) -> Client:
    make_rows()
    client.force_login(User.objects.get(email="admin@example.org"))
    return client


@pytest.fixture(autouse=True)
def on_commit(django_capture_on_commit_callbacks: Callable) -> Iterator[None]:
    with django_capture_on_commit_callbacks(execute=True):
        yield


def pressed(client: Client, view: str, *args: object, **values: object) -> HttpResponse:
    """Opens the screen, and sends its form as it stands there with ``values``."""
    address = reverse(view, args=args)
    document = lxml_of(client.get(address))
    (form,) = [form for form in document.forms if form.method == "POST" and form.get("id") != "logout"][-1:]
    response = client.post(address, {**values_of(form), **values})
    levels = [message.level_tag for message in get_messages(response.wsgi_request)]
    assert (response.status_code, "error" in levels) == (302, False), webpages.text(webpages.read(response))[:600]
    return response


def lxml_of(response: HttpResponse) -> Any:
    assert response.status_code == 200
    return lxml.html.document_fromstring(webpages.html(response))


def bulk(client: Client, model: str, act: str, ids: list[int], **values: object) -> None:
    address = reverse("wagtail_bulk_action", args=[*model.split("."), act]) + "?next=/admin/&"
    address += "&".join(f"id={each}" for each in ids)
    assert client.get(address).status_code == 200
    response = client.post(address, values)
    levels = [message.level_tag for message in get_messages(response.wsgi_request)]
    assert (response.status_code, "error" in levels) == (302, False)


# Pages


def test_unpublish_takes_the_page_and_its_translations_from_visitors(press: Client) -> None:
    page = german(NewsPage)
    address = page.reader_path
    assert Client().get(address).status_code == 200
    pressed(press, "wagtailadmin_pages:unpublish", page.pk)
    assert Client().get(address).status_code == 404
    assert not Page.objects.filter(translation_key=page.translation_key, live=True, alias_of=None).exists()


def test_bulk_publish_and_unpublish(press: Client) -> None:
    ids = list(NewsPage.objects.sources().filter(live=True).values_list("pk", flat=True)[:2])
    bulk(press, "wagtailcore.page", "unpublish", ids)
    assert not Page.objects.filter(pk__in=ids, live=True).exists()
    bulk(press, "wagtailcore.page", "publish", ids)
    assert Page.objects.filter(pk__in=ids, live=True).count() == 2


def test_copy_makes_a_second_page_that_is_a_draft(press: Client) -> None:
    page = german(NewsPage)
    pressed(press, "wagtailadmin_pages:copy", page.pk, new_title="Zweite", new_slug="zweite")
    copied = NewsPage.objects.get(slug="zweite", locale=page.locale)
    assert (copied.live, copied.lead, copied.translation_key == page.translation_key) == (False, page.lead, False)


def test_move_changes_the_address_and_leads_from_the_old_one(press: Client) -> None:
    site = Site.objects.get(is_default_site=True)
    parent, page = factories.content(site, "Über", slug="ueber"), factories.content(site, "Seite", slug="seite")
    response = press.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, parent.pk]))
    assert response.status_code == 302
    assert Page.objects.get(pk=page.pk).get_parent().pk == parent.pk
    assert Client().get("/de/ueber/seite/").status_code == 200


def test_lock_and_unlock(press: Client) -> None:
    page = german(NewsPage)
    for act, is_locked in (("lock", True), ("unlock", False)):
        press.post(reverse(f"wagtailadmin_pages:{act}", args=[page.pk]))
        assert Page.objects.get(pk=page.pk).locked is is_locked


def test_privacy_closes_the_page(press: Client) -> None:
    page = german(NewsPage)
    address = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    assert press.get(address).status_code == 200
    press.post(address, {"restriction_type": "login"})
    assert Client().get(page.reader_path).status_code == 302


# Workflows


def waiting() -> OrganisationPage:
    found = WorkflowState.objects.get(status=WorkflowState.STATUS_IN_PROGRESS, workflow__name="Organisationen")
    return OrganisationPage.objects.get(pk=found.object_id)


@pytest.mark.parametrize(
    ("action", "words", "status"),
    [("approve", "Neu", "approved"), ("changes", None, "needs_changes"), ("reject", None, "cancelled")],
)
def test_decisions_about_what_waits(press: Client, action: str, words: str | None, status: str) -> None:
    page = waiting()
    before = page.short_description
    state = WorkflowState.objects.get(object_id=str(page.pk), status=WorkflowState.STATUS_IN_PROGRESS)
    pressed(press, "review:submission", page.pk, action=action, comment="Bitte die Adresse prüfen")
    assert OrganisationPage.objects.get(pk=page.pk).short_description == (words or before)
    assert WorkflowState.objects.get(pk=state.pk).status == status
    assert not TaskState.objects.filter(workflow_state=state, status=TaskState.STATUS_IN_PROGRESS).exists()


def test_cancelling_a_workflow_keeps_the_draft_and_publishes_nothing(admin: Client) -> None:
    page = Page.objects.get(title="Zur Prüfung")
    assert page.current_workflow_state is not None
    form = lxml_of(admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))).forms[-1]
    admin.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        {**values_of(form), "body-count": "0", "action-cancel-workflow": "1"},
    )
    page = Page.objects.get(pk=page.pk)
    assert (page.live, page.current_workflow_state) == (False, None)


# Collections, records, redirects


def test_collections_are_added_renamed_and_deleted(admin: Client) -> None:
    root = Collection.get_first_root_node()
    pressed(admin, "wagtailadmin_collections:add", name="Plakate", parent=root.pk)
    made = Collection.objects.get(name="Plakate")
    pressed(admin, "wagtailadmin_collections:edit", made.pk, name="Poster", parent=root.pk)
    assert Collection.objects.get(pk=made.pk).name == "Poster"
    pressed(admin, "wagtailadmin_collections:delete", made.pk)
    assert not Collection.objects.filter(pk=made.pk).exists()


def test_pictures_are_put_into_a_collection_in_bulk(press: Client) -> None:
    target = Collection.objects.get(name="Archiv")
    ids = list(Image.objects.values_list("pk", flat=True)[:2])
    bulk(press, "cms.image", "add_to_collection", ids, collection=target.pk)
    assert Image.objects.filter(pk__in=ids, collection=target).count() == len(ids)


def test_snippets_are_deleted_in_bulk(press: Client) -> None:
    ids = [Topic.objects.create(key=f"thema-{number}", name={"de": f"Thema {number}"}).pk for number in (1, 2)]
    bulk(press, "directory.topic", "delete", ids)
    assert not Topic.objects.filter(pk__in=ids).exists()


@pytest.mark.parametrize("role", [roles.PRESS, roles.ADMINISTRATORS])
def test_redirects_are_added_work_and_are_deleted(client: Client, demo: None, role: str) -> None:
    client.force_login(factories.person("", role))
    site = Site.objects.get(is_default_site=True)
    pressed(client, "wagtailredirects:add", old_path="/de/frueher", site=site.pk, redirect_link="https://city.example/")
    made = Redirect.objects.get(old_path="/de/frueher")
    assert Client().get("/de/frueher/")["Location"] == "https://city.example/"
    pressed(client, "wagtailredirects:delete", made.pk)
    assert not Redirect.objects.filter(pk=made.pk).exists()


def test_reports_of_barriers_are_ticked_off_and_deleted_and_never_added(admin: Client) -> None:
    report = BarrierReport.objects.latest("pk")
    pressed(admin, "barrier_reports:edit", report.pk, state="answered")
    assert BarrierReport.objects.get(pk=report.pk).state == "answered"
    index = admin.get(reverse("barrier_reports:index"))
    assert "/barrier_reports/new/" not in webpages.html(index)
    for address in ("/admin/barrier_reports/new/", f"/admin/barrier_reports/copy/{report.pk}/"):
        assert (admin.get(address).status_code, admin.post(address, {"state": "answered"}).status_code) == (404, 404)
    pressed(admin, "barrier_reports:delete", report.pk)
    assert not BarrierReport.objects.filter(pk=report.pk).exists()


# People


def test_people_are_deactivated_and_given_a_role_in_bulk(admin: Client) -> None:
    person = User.objects.get(email="praktikum@example.org")
    group = Group.objects.get(name="Praktikum")
    person.groups.clear()
    bulk(admin, "cms.user", "assign_role", [person.pk], role=group.pk)
    assert list(person.groups.all()) == [group]
    bulk(admin, "cms.user", "set_active_state", [person.pk], mark_as_active="False")
    assert not User.objects.get(pk=person.pk).is_active
    pressed(admin, "wagtailusers_users:delete", person.pk)
    assert not User.objects.filter(pk=person.pk).exists()


def test_a_site_changes_its_name(admin: Client) -> None:
    site = Site.objects.get(is_default_site=True)
    pressed(admin, "wagtailsites:edit", site.pk, site_name="Anderer Name")
    assert Site.objects.get(pk=site.pk).site_name == "Anderer Name"
    assert Client().get("/de/").status_code == 200


# Exports

EXPORTS = [
    "/admin/reports/aging-pages/",
    "/admin/reports/locked/",
    "/admin/reports/site-history/",
    "/admin/redirects/",
]


@pytest.mark.parametrize("address", EXPORTS)
def test_exports_can_be_read(admin: Client, address: str) -> None:
    text = webpages.html(admin.get(address, {"export": "csv"}))
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) > 1
    assert len({len(row) for row in rows}) == 1
    answer = admin.get(address, {"export": "xlsx"})
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer) if answer.streaming else answer.content))
    assert book.active.max_row == len(rows)
