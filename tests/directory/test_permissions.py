"""Who may do what with organisations: every cell of the table is really requested, then the database is asked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, Site

from cms.accounts import User, roles
from cms.bin import tree
from directory.models import DirectoryPage, OrganisationPage
from news.models import NewsPage
from tests import factories
from tests.news.admin_forms import add_address, edit_address, fields_at
from tests.translations import content

pytestmark = pytest.mark.django_db


@dataclass
class World:
    site: Site
    directory: DirectoryPage
    a: OrganisationPage
    b: OrganisationPage
    article: NewsPage
    people: dict[str, User]


@pytest.fixture(scope="module")
def world(kept: None) -> World:
    site = factories.municipality()
    directory = factories.directory(site)
    a = factories.organisation(directory, "Verein A", slug="a", short_description="Kurz")
    b = factories.organisation(directory, "Verein B", slug="b")
    article = factories.article(factories.news_index(site), "Artikel")
    for code in ("ar", "tr"):
        factories.translated(a, code)
    people = {
        "member of A": factories.member(a),
        "member of B": factories.member(b),
        "translator ar": factories.translator("ar"),
        "KI": factories.ki(),
        "press": factories.press(),
        "administrator": factories.administrator(),
    }
    return World(site, directory, a, b, article, people)


def logged_in(world: World, role: str) -> Client:
    client = Client()
    if role != "visitor":
        client.force_login(world.people[role])
    return client


def filled(world: World, address: str, **changes: str) -> dict[str, Any]:
    """The fields that an administrator's browser would send, so that no one fails for want of a field."""
    return {**fields_at(logged_in(world, "administrator"), address), **changes}


def open_editor(world: World, client: Client) -> bool:
    return client.get(edit_address(world.a)).status_code == 200


def save(page: Page, world: World, client: Client) -> bool:
    fields = filled(world, edit_address(page), search_description="neu")
    client.post(edit_address(page), fields)
    draft = Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()
    return bool(draft.search_description == "neu")


def publish(page: Page, world: World, client: Client) -> bool:
    fields = filled(world, edit_address(page), search_description="neu")
    client.post(edit_address(page), {**fields, "action-publish": "1"})
    return bool(Page.objects.get(pk=page.pk).specific.search_description == "neu")


def save_a(world: World, client: Client) -> bool:
    return save(world.a, world, client)


def publish_a(world: World, client: Client) -> bool:
    return publish(world.a, world, client)


def unpublish_a(world: World, client: Client) -> bool:
    client.post(reverse("wagtailadmin_pages:unpublish", args=[world.a.pk]))
    return not Page.objects.get(pk=world.a.pk).live


def delete_a(world: World, client: Client) -> bool:
    client.post(reverse("wagtailadmin_pages:delete", args=[world.a.pk]))
    return tree.is_binned(Page.objects.get(pk=world.a.pk))


def add_organisation(world: World, client: Client) -> bool:
    address = add_address(world.directory, OrganisationPage)
    client.post(address, filled(world, address, title="Verein C", slug="c"))
    return OrganisationPage.objects.filter(slug="c").exists()


def edit_news(world: World, client: Client) -> bool:
    return save(world.article, world, client)


def publish_news(world: World, client: Client) -> bool:
    return publish(world.article, world, client)


def add_news(world: World, client: Client) -> bool:
    address = add_address(world.article.get_parent(), NewsPage)
    client.post(address, filled(world, address, title="Neu", slug="neu", lead="Neu"))
    return NewsPage.objects.filter(slug="neu").exists()


def edit_directory(world: World, client: Client) -> bool:
    return save(world.directory, world, client)


def edit_home(world: World, client: Client) -> bool:
    return save(world.site.root_page.specific, world, client)


def translate(page: Page, world: World, client: Client, action: str) -> Page:
    """Sends other words for each sentence, as a browser would that somebody has opened the workbench in."""
    fields = content.workbench_fields(logged_in(world, "administrator"), edit_address(page), "neu")
    assert fields
    client.post(edit_address(page), {**fields, "action": action})
    return Page.objects.get(pk=page.pk).specific


def edit_arabic_a(world: World, client: Client) -> bool:
    revision = translate(translation_of(world.a, "ar"), world, client, "save").get_latest_revision()
    return revision is not None and revision.as_object().short_description == "neu"


def publish_arabic_a(world: World, client: Client) -> bool:
    return bool(translate(translation_of(world.a, "ar"), world, client, "publish").short_description == "neu")


def edit_turkish_a(world: World, client: Client) -> bool:
    revision = translate(translation_of(world.a, "tr"), world, client, "save").get_latest_revision()
    return revision is not None and revision.as_object().short_description == "neu"


def translation_of(page: Page, code: str) -> Page:
    return OrganisationPage.objects.get(translation_key=page.translation_key, locale__language_code=code)


Action = Callable[[World, Client], bool]
ROLES = ("visitor", "member of A", "member of B", "translator ar", "KI", "press", "administrator")
TABLE: dict[Action, str] = {
    # in the order of ROLES
    open_editor: "- - - - + + +",
    save_a: "- - - - + + +",
    publish_a: "- - - - + + +",
    unpublish_a: "- - - - - + +",
    delete_a: "- - - - - + +",
    add_organisation: "- - - - + + +",
    edit_news: "- - - - - + +",
    publish_news: "- - - - - + +",
    add_news: "- - - - - + +",
    edit_directory: "- - - - - + +",
    edit_home: "- - - - - + +",
    edit_arabic_a: "- - - + - + +",
    publish_arabic_a: "- - - - - + +",
    edit_turkish_a: "- - - - - + +",
}
CELLS = [
    pytest.param(role, action, sign == "+", id=f"{role}-{action.__name__}-{sign}")
    for action, signs in TABLE.items()
    for role, sign in zip(ROLES, signs.split(), strict=True)
]


@pytest.mark.parametrize(("role", "action", "allowed"), CELLS)
def test_the_table_of_rights_holds(world: World, role: str, action: Action, allowed: bool) -> None:
    assert action(world, logged_in(world, role)) == allowed


@pytest.mark.parametrize("role", ["member of A", "member of B"])
@pytest.mark.parametrize("path", ["", "pages/", "images/", "documents/", "users/", "snippets/", "reports/locked/"])
def test_members_have_no_access_to_the_admin(world: World, role: str, path: str) -> None:
    answer = logged_in(world, role).get(f"/admin/{path}")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/")


@pytest.mark.parametrize(
    ("role", "opens"),
    [("visitor", False), ("translator ar", True), ("KI", True), ("press", True), ("administrator", True)],
)
def test_staff_opens_the_admin(world: World, role: str, opens: bool) -> None:
    assert (logged_in(world, role).get("/admin/").status_code == 200) == opens


@pytest.mark.parametrize("role", ["visitor", "member of A", "member of B", "translator ar", "press"])
def test_a_draft_of_a_profile_stays_with_those_who_may_edit_it(world: World, role: str) -> None:
    draft = factories.organisation(world.directory, "Entwurf", slug="entwurf", live=False)
    client = logged_in(world, role)
    assert client.get("/de/organisationen/entwurf/").status_code == 404
    assert (client.get(f"{edit_address(draft)}preview/").status_code == 200) == (role == "press")


# How the integration centre gets its rights


def test_a_new_directory_gives_its_records_to_the_integration_centre(world: World) -> None:
    site = factories.municipality("Hemer", hostname="hemer.localhost")
    directory = factories.directory(site)
    given = GroupPagePermission.objects.filter(group__role__key=roles.KI, page=directory)
    assert {row.permission.codename for row in given} == {"add_page", "change_page", "publish_page"}


def test_a_translated_directory_gives_nothing(world: World) -> None:
    arabic = factories.translated(world.directory, "ar")
    assert not GroupPagePermission.objects.filter(group__role__key=roles.KI, page=arabic).exists()


def test_saving_a_directory_again_does_not_give_back_what_the_city_took(world: World) -> None:
    GroupPagePermission.objects.filter(group__role__key=roles.KI).delete()
    world.directory.save()
    assert not GroupPagePermission.objects.filter(group__role__key=roles.KI).exists()
