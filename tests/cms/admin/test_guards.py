"""One press never takes the whole site away, nor everybody's rights, whichever way it is tried."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.db import transaction
from django.db.models import ProtectedError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, Locale, Page, Revision, Site

from cms.accounts import User, roles
from cms.admin.refusals import Refused
from cms.bin import tree
from tests import factories
from tests.news import admin_forms

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    """A home page and the sections below it, each with something in it."""
    site = factories.municipality()
    factories.article(factories.news_index(site, slug="aktuelles"))
    factories.event(factories.event_index(site, slug="termine"))
    factories.organisation(factories.directory(site, slug="organisationen"))
    body = factories.council_body()
    factories.council(site, body, slug="integrationsrat")
    factories.session(body)
    return site


@pytest.fixture
def admin(client: Client, site: Site) -> Client:
    client.force_login(factories.administrator())
    return client


def told(response: HttpResponse) -> list[tuple[str, str]]:
    return [(message.level_tag, str(message)) for message in get_messages(response.wsgi_request)]


def is_refused(response: HttpResponse) -> bool:
    """Nothing broke, and a sentence says why nothing was done."""
    assert response.status_code == 302
    levels = {level for level, _text in told(response)}
    assert "success" not in levels
    return "error" in levels


def bulk(model: str, act: str, *ids: int) -> str:
    app_label, model_name = model.split(".")
    address = reverse("wagtail_bulk_action", args=[app_label, model_name, act])
    return f"{address}?next=/admin/&" + "&".join(f"id={each}" for each in ids)


# Pages


@pytest.mark.parametrize("act", ["delete", "unpublish"])
@pytest.mark.parametrize("role", [roles.PRESS, roles.ADMINISTRATORS, "superuser"])
def test_the_home_page_stays_whoever_presses(site: Site, client: Client, act: str, role: str) -> None:
    user = factories.administrator() if role == "superuser" else factories.person("", role)
    client.force_login(user)
    address = reverse(f"wagtailadmin_pages:{act}", args=[site.root_page_id])
    for each in (address, bulk("wagtailcore.page", act, site.root_page_id)):
        assert is_refused(client.post(each))
    assert Page.objects.get(pk=site.root_page_id).live
    assert client.get("/de/").status_code == 200


def test_the_home_page_is_not_moved(site: Site, admin: Client) -> None:
    below = factories.content(factories.municipality(hostname="hemer.localhost"), slug="ueber-uns")
    home = Page.objects.get(pk=site.root_page_id)
    confirm = reverse("wagtailadmin_pages:move_confirm", args=[home.pk, below.pk])
    for response in (admin.get(confirm), admin.post(confirm)):
        assert is_refused(response)
    with pytest.raises(Refused), transaction.atomic():
        home.specific.move(Page.objects.get(pk=below.pk), pos="last-child")
    assert client_sees_home(admin)


def client_sees_home(client: Client) -> bool:
    return client.get("/de/").status_code == 200


def test_the_home_page_does_not_expire(site: Site, admin: Client) -> None:
    home = site.root_page.specific
    answer = admin_forms.send(admin, admin_forms.edit_address(home), "action-publish", expire_at="2030-01-01 10:00")
    assert answer.status_code == 200
    assert admin_forms.complaints(answer)
    with pytest.raises(Refused), transaction.atomic():
        site.root_page.specific.unpublish(set_expired=True)
    assert Page.objects.get(pk=site.root_page_id).live


@pytest.mark.parametrize("slug", ["aktuelles", "termine", "organisationen", "integrationsrat"])
def test_a_section_is_not_deleted_with_all_that_is_in_it(admin: Client, slug: str) -> None:
    page = Page.objects.get(slug=slug)
    address = reverse("wagtailadmin_pages:delete", args=[page.pk])
    count = Page.objects.count()
    for response in (admin.get(address), admin.post(address), admin.post(bulk("wagtailcore.page", "delete", page.pk))):
        assert is_refused(response)
    assert Page.objects.count() == count


@pytest.mark.parametrize("slug", ["aktuelles", "termine", "organisationen"])
def test_a_section_is_not_unpublished_before_what_is_reached_from_it(admin: Client, slug: str) -> None:
    page = Page.objects.get(slug=slug)
    address = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    for each in (address, bulk("wagtailcore.page", "unpublish", page.pk)):
        assert is_refused(admin.post(each))
    assert Page.objects.get(pk=page.pk).live
    admin.cookies.pop("messages", None)
    assert told(admin.post(address, {"include_descendants": "on"}))[-1][0] == "success"
    assert not Page.objects.get(pk=page.pk).live


@pytest.mark.parametrize("slug", ["", "aktuelles", "termine", "organisationen"])
def test_a_program_does_not_unpublish_a_section_either(site: Site, admin: Client, slug: str) -> None:
    page = Page.objects.get(slug=slug) if slug else site.root_page
    address = f"/admin/api/main/pages/{page.pk}/action/unpublish/"
    answer = admin.post(address, {"recursive": False}, content_type="application/json")
    assert (answer.status_code, page.title in answer.json()["detail"]) == (400, True)
    assert Page.objects.get(pk=page.pk).live
    if slug:
        admin.post(address, {"recursive": True}, content_type="application/json")
        assert not Page.objects.get(pk=page.pk).live


def test_an_empty_section_is_deleted(site: Site, admin: Client) -> None:
    index = factories.news_index(factories.municipality(hostname="hemer.localhost"), slug="neues")
    response = admin.post(reverse("wagtailadmin_pages:delete", args=[index.pk]))
    assert told(response)[-1][0] == "success"
    assert tree.is_binned(Page.objects.get(pk=index.pk))


def test_a_language_is_not_deleted_with_its_home_page(site: Site, admin: Client) -> None:
    article = Page.objects.get(slug="ein-artikel").specific
    factories.translated(article, "tr")
    home = Page.objects.get(translation_key=site.root_page.translation_key, locale__language_code="tr")
    assert is_refused(admin.post(reverse("wagtailadmin_pages:delete", args=[home.pk])))
    assert Page.objects.filter(locale__language_code="tr", slug="ein-artikel").exists()


# Sites


def test_the_only_site_stays(site: Site, admin: Client) -> None:
    assert is_refused(admin.post(reverse("wagtailsites:delete", args=[site.pk])))
    fields = {"hostname": site.hostname, "port": 80, "site_name": "x", "root_page": site.root_page_id}
    assert is_refused(admin.post(reverse("wagtailsites:edit", args=[site.pk]), fields))
    assert Site.objects.get().is_default_site
    assert client_sees_home(admin)


def test_a_second_site_is_deleted_and_the_default_one_is_not(site: Site, admin: Client) -> None:
    second = factories.municipality(hostname="hemer.localhost")
    assert is_refused(admin.post(reverse("wagtailsites:delete", args=[site.pk])))
    admin.post(reverse("wagtailsites:delete", args=[second.pk]))
    assert list(Site.objects.all()) == [site]


def test_a_site_begins_with_a_public_page_in_german(site: Site, admin: Client) -> None:
    draft = factories.content(site, live=False, slug="entwurf")
    fields = {"hostname": site.hostname, "port": 80, "is_default_site": "on"}
    assert is_refused(admin.post(reverse("wagtailsites:edit", args=[site.pk]), {**fields, "root_page": draft.pk}))
    assert Site.objects.get().root_page_id == site.root_page_id


# Rights


def test_groups_of_roles_stay(site: Site, admin: Client) -> None:
    groups = Group.objects.all()
    assert groups.count() > 3
    for group in groups:
        assert is_refused(admin.post(reverse("wagtailusers_groups:delete", args=[group.pk])))
    assert groups.count() == Group.objects.count()


def test_a_group_of_the_citys_own_is_deleted(site: Site, admin: Client) -> None:
    group = Group.objects.create(name="Praktikum")
    admin.post(reverse("wagtailusers_groups:delete", args=[group.pk]))
    assert not Group.objects.filter(pk=group.pk).exists()


# Languages, collections, schedules


def test_the_language_of_all_sources_stays_as_it_is(site: Site) -> None:
    german = Locale.objects.get(language_code="de")
    with pytest.raises(ProtectedError), transaction.atomic():
        german.delete()
    german.language_code = "fr"
    with pytest.raises(Refused), transaction.atomic():
        german.save()


def test_the_root_of_collections_stays(site: Site) -> None:
    with pytest.raises(Refused), transaction.atomic():
        Collection.get_first_root_node().delete()


def scheduled(site: Site, user: User) -> Revision:
    page = factories.content(site, "Später", live=False, slug="spaeter")
    page.go_live_at = timezone.now() + dt.timedelta(days=2)
    revision = page.save_revision(user=user)
    revision.publish(user=user)
    return Revision.objects.get(pk=revision.pk)


def test_only_what_is_scheduled_is_taken_from_the_schedule(site: Site, admin: Client) -> None:
    revision = scheduled(site, factories.press())
    address = reverse("wagtailadmin_pages:revisions_unschedule", args=[revision.object_id, revision.pk])
    assert told(admin.post(address))[-1][0] == "success"
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    admin.cookies.pop("messages", None)
    assert is_refused(admin.post(address))


# Sentences


def test_a_refusal_leads_back_to_where_the_act_was_offered(site: Site, admin: Client) -> None:
    address = reverse("wagtailadmin_pages:delete", args=[site.root_page_id])
    before = f"http://testserver/admin/pages/{site.root_page_id}/edit/"
    response = admin.get(address, headers={"referer": before})
    assert response["Location"] == f"/admin/pages/{site.root_page_id}/edit/"
    for elsewhere in ("https://evil.example/admin/", f"http://testserver{address}", ""):
        assert admin.get(address, headers={"referer": elsewhere})["Location"] == "/admin/"


def test_a_script_gets_the_sentence_as_an_answer(site: Site, admin: Client) -> None:
    address = reverse("wagtailadmin_pages:delete", args=[site.root_page_id])
    response = admin.post(address, headers={"x-requested-with": "XMLHttpRequest"})
    assert response.status_code == 403
    assert site.root_page.title in response.content.decode()
