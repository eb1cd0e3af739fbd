"""Pages in the bin: gone for everybody in every language, back by one press as they were, never more public."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Site, TaskState, WorkflowState

from cms.accounts import roles
from cms.bin import deleting, pages, permissions, tree
from cms.bin.models import Bin, BinEntry
from dates.models import EventPage
from directory.models import OrganisationPage
from news.models import NewsIndexPage, NewsPage
from tests import factories
from translations import publishing, status
from translations.machine import jobs
from translations.models import TranslationStatus
from translations.tree import structure

pytestmark = pytest.mark.django_db
Press = Callable[..., Any]


@pytest.fixture
def site() -> Site:
    return factories.municipality()


@pytest.fixture
def news(site: Site) -> NewsIndexPage:
    index = factories.news_index(site)
    factories.translated(site.root_page.specific, "ar")
    factories.translated(index, "ar", title="أخبار")
    return index


@pytest.fixture
def article(news: NewsIndexPage) -> NewsPage:
    made = factories.article(news, "Sommerfest", first_published_at=timezone.now())
    made.save_revision().publish()
    factories.translated(made, "ar", title="مهرجان", lead="نص المقال")
    status.rebuild(made)
    return NewsPage.objects.get(pk=made.pk)


def everywhere(client: Client) -> str:
    """All bytes in which the article could be named to a visitor."""
    addresses = ["/de/", "/ar/", "/de/aktuelles/", "/ar/aktuelles/", "/sitemap-de.xml", "/sitemap-ar.xml"]
    addresses += [
        "/de/search/?q=Sommerfest",
        "/ar/search/?q=مهرجان",
        "/de/aktuelles/feed/",
        "/ar/aktuelles/feed/",
    ]
    return " ".join(client.get(address).content.decode() for address in addresses)


def is_public(client: Client) -> list[bool]:
    return [client.get(f"/{code}/aktuelles/sommerfest/").status_code == 200 for code in ("de", "ar", "en")]


def snapshot(page: Page) -> list[Any]:
    """What must be the same again: rows in all languages, their places, revisions, states."""
    rows = Page.objects.filter(translation_key=page.translation_key).order_by("pk")
    fields = "pk live slug url_path path depth numchild live_revision latest_revision has_unpublished_changes owner"
    found: list[Any] = list(rows.values(*fields.split(), "title"))
    statuses = TranslationStatus.objects.filter(page__translation_key=page.translation_key).order_by("pk")
    return found + list(statuses.values("language", "state", "origin", "live_strings", "outdated_since"))


ROUTES = {
    "explorer": lambda page: (reverse("wagtailadmin_pages:delete", args=[page.pk]), None),
    "bulk": lambda page: (
        f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'delete'])}?id={page.pk}",
        None,
    ),
    "api": lambda page: (f"/admin/api/main/pages/{page.pk}/action/delete/", None),
}


@pytest.mark.parametrize("route", ROUTES)
def test_every_button_takes_the_page_off_the_site_and_one_press_brings_it_back(
    route: str, article: NewsPage, client: Client, press_button: Press
) -> None:
    user = factories.press()
    assert is_public(client) == [True, True, True]
    for words in ("/sommerfest/", "Der Anfang von Sommerfest", "نص المقال"):
        assert words in everywhere(client)
    before = snapshot(article)
    address, data = ROUTES[route](article)
    assert press_button(user, address, data).status_code in (204, 302)
    entry = BinEntry.objects.get()
    assert (entry.title, entry.deleted_by, entry.page.pk) == ("Sommerfest", user, article.pk)
    assert is_public(client) == [False, False, False]
    assert "sommerfest" not in everywhere(client)
    assert "Der Anfang von Sommerfest" not in everywhere(client)
    assert "نص المقال" not in everywhere(client)
    assert all(tree.is_binned(row) for row in Page.objects.filter(translation_key=article.translation_key))
    assert not NewsPage.objects.sources().filter(pk=article.pk).exists()

    assert press_button(user, reverse("bin:restore", args=[entry.pk])).status_code == 302
    assert snapshot(article) == before
    assert is_public(client) == [True, True, True]
    assert "Sommerfest" in everywhere(client)
    assert not BinEntry.objects.exists()
    assert not Page.find_problems()[0]


def test_the_tree_is_sound_in_the_bin_and_back(site: Site, article: NewsPage, news: NewsIndexPage) -> None:
    entry = pages.put(page=news, user=None)
    assert not any(Page.find_problems())
    assert NewsPage.objects.filter(live=True).count() == 0
    pages.restore(entry=entry, user=None)
    assert not any(Page.find_problems())
    assert sorted(NewsPage.objects.filter(live=True).values_list("locale__language_code", flat=True)) == ["ar", "de"]


def test_the_history_says_who(article: NewsPage, press_button: Press) -> None:
    user = factories.press()
    press_button(user, *ROUTES["explorer"](article))
    press_button(user, reverse("bin:restore", args=[BinEntry.objects.get().pk]))
    actions = PageLogEntry.objects.filter(page=article.pk, user=user).values_list("action", flat=True)
    assert {"cms.bin", "cms.restore"} <= set(actions)


def test_it_comes_back_to_its_place_among_its_neighbours(site: Site, press_button: Press) -> None:
    first, second, third = (factories.content(site, name) for name in ("Eins", "Zwei", "Drei"))
    entry = pages.put(page=second, user=None)
    pages.restore(entry=entry, user=None)
    assert list(first.get_siblings().values_list("pk", flat=True)) == [first.pk, second.pk, third.pk]


# When its place is not as it was


def test_without_the_page_above_it_goes_where_such_pages_stand_and_a_sentence_says_so(
    site: Site, news: NewsIndexPage, article: NewsPage
) -> None:
    other = factories.news_index(site, "Archiv")
    first = pages.put(page=article, user=None)
    pages.put(page=news, user=None)
    restored = pages.restore(entry=first, user=None)
    assert restored.page.get_parent().pk == other.pk
    assert "Archiv" in restored.notes[0]
    arabic = Page.objects.get(translation_key=article.translation_key, locale__language_code="ar")
    assert arabic.get_parent().translation_key == other.translation_key
    assert arabic.live


def test_where_no_page_takes_it_a_sentence_says_so_and_it_stays(news: NewsIndexPage, article: NewsPage) -> None:
    first = pages.put(page=article, user=None)
    second = pages.put(page=news, user=None)
    with pytest.raises(pages.Refused):
        pages.restore(entry=first, user=None)
    pages.restore(entry=second, user=None)
    pages.restore(entry=first, user=None)
    assert NewsPage.objects.get(pk=article.pk).live


def test_a_taken_address_is_not_taken_away_again(news: NewsIndexPage, article: NewsPage, client: Client) -> None:
    entry = pages.put(page=article, user=None)
    other = factories.article(news, "Anderes", slug="sommerfest")
    restored = pages.restore(entry=entry, user=None)
    assert NewsPage.objects.get(pk=other.pk).slug == "sommerfest"
    assert restored.page.slug == "sommerfest-1"
    assert "sommerfest-1" in restored.notes[0]
    assert client.get("/de/aktuelles/sommerfest-1/").status_code == 200


# A translation alone


def test_a_translation_alone_is_missing_meanwhile_and_comes_back_as_it_was(
    article: NewsPage, client: Client, press_button: Press
) -> None:
    arabic = NewsPage.objects.get(translation_key=article.translation_key, locale__language_code="ar")
    before = snapshot(article)
    press_button(factories.press(), *ROUTES["explorer"](arabic))
    assert "مهرجان" not in client.get("/ar/aktuelles/sommerfest/").content.decode()
    assert "Sommerfest" in client.get("/ar/aktuelles/sommerfest/").content.decode()
    assert TranslationStatus.objects.get(page=article, language="ar").state == "missing"
    pages.restore(entry=BinEntry.objects.get(), user=None)
    assert snapshot(article) == before
    assert "مهرجان" in client.get("/ar/aktuelles/sommerfest/").content.decode()


def test_who_translates_anew_finds_the_old_words_as_a_draft(article: NewsPage) -> None:
    arabic = NewsPage.objects.get(translation_key=article.translation_key, locale__language_code="ar")
    pages.put(page=arabic, user=None)
    found = structure.begin(article, "ar")
    assert (found.pk, found.live, tree.is_binned(found)) == (arabic.pk, False, False)
    assert not BinEntry.objects.exists()


def test_what_was_deleted_before_its_german_page_does_not_come_back_with_it(article: NewsPage) -> None:
    arabic = NewsPage.objects.get(translation_key=article.translation_key, locale__language_code="ar")
    own = pages.put(page=arabic, user=None)
    entry = pages.put(page=article, user=None)
    with pytest.raises(pages.Refused):
        pages.restore(entry=own, user=None)
    pages.restore(entry=entry, user=None)
    assert tree.is_binned(Page.objects.get(pk=arabic.pk))
    pages.restore(entry=own, user=None)
    assert NewsPage.objects.get(pk=arabic.pk).live


def test_a_translation_comes_back_below_where_its_german_page_stands_now(site: Site, article: NewsPage) -> None:
    arabic = NewsPage.objects.get(translation_key=article.translation_key, locale__language_code="ar")
    own = pages.put(page=arabic, user=None)
    other = factories.news_index(site, "Archiv")
    NewsPage.objects.get(pk=article.pk).move(Page.objects.get(pk=other.pk), pos="last-child")
    assert tree.is_binned(Page.objects.get(pk=arabic.pk))
    pages.restore(entry=own, user=None)
    found = NewsPage.objects.get(pk=arabic.pk)
    assert (found.live, found.get_parent().translation_key) == (True, other.translation_key)


# Nothing becomes more public


def test_what_is_due_while_it_lies_there_stays_private(article: NewsPage, client: Client) -> None:
    article.go_live_at = timezone.now() + dt.timedelta(hours=1)
    article.title = "Geplant"
    article.save_revision().publish()
    Page.objects.filter(pk=article.pk).update(live=False)
    entry = pages.put(page=NewsPage.objects.get(pk=article.pk), user=None)
    for at, live in ((dt.timedelta(hours=-1), False), (dt.timedelta(hours=1), False)):
        moment = (timezone.now() + at).isoformat()
        entry.kept = {**entry.kept, "scheduled": dict.fromkeys(entry.kept["scheduled"], moment)}
        entry.save()
        call_command("publish_scheduled")
        assert Page.objects.get(pk=article.pk).live == live
    assert is_public(client) == [False, False, False]
    pages.restore(entry=entry, user=None)
    found = NewsPage.objects.get(pk=article.pk)
    assert (found.live, found.scheduled_revision is not None) == (False, True)


def test_what_should_have_been_published_meanwhile_stays_a_draft_and_a_sentence_says_so(article: NewsPage) -> None:
    article.go_live_at = timezone.now() + dt.timedelta(hours=1)
    article.save_revision().publish()
    Page.objects.filter(pk=article.pk).update(live=False)
    entry = pages.put(page=article, user=None)
    late = (timezone.now() - dt.timedelta(minutes=1)).isoformat()
    BinEntry.objects.update(kept={**entry.kept, "scheduled": dict.fromkeys(entry.kept["scheduled"], late)})
    restored = pages.restore(entry=entry, user=None)
    call_command("publish_scheduled")
    assert not Page.objects.get(pk=article.pk).live
    assert restored.notes


def test_drafts_come_back_as_drafts(news: NewsIndexPage) -> None:
    draft = factories.article(news, "Entwurf", live=False)
    pages.restore(entry=pages.put(page=draft, user=None), user=None)
    assert not NewsPage.objects.get(pk=draft.pk).live


def test_what_has_ended_meanwhile_is_not_public_again(article: NewsPage) -> None:
    entry = pages.put(page=article, user=None)
    Page.objects.filter(pk=article.pk).update(expire_at=timezone.now() - dt.timedelta(minutes=1))
    restored = pages.restore(entry=entry, user=None)
    assert (Page.objects.get(pk=article.pk).live, len(restored.notes)) == (False, 1)


def test_nobody_writes_into_it_nor_publishes_it(article: NewsPage) -> None:
    stale = NewsPage.objects.get(pk=article.pk)
    revision = stale.save_revision()
    job = jobs.enqueue(page=article, language="uk", user=None)
    pages.put(page=article, user=None)
    with pytest.raises(tree.InTheBin):
        revision.publish()
    stale.live = True
    with pytest.raises(tree.InTheBin):
        stale.save()
    with pytest.raises(tree.InTheBin):
        NewsPage.objects.get(pk=article.pk).save_revision()
    with pytest.raises(publishing.Locked):
        publishing.save_words(page=NewsPage.objects.get(pk=article.pk), language="uk", words={})
    with pytest.raises(tree.InTheBin):
        structure.begin(NewsPage.objects.get(pk=article.pk), "uk")
    assert not any(Page.objects.filter(translation_key=article.translation_key).values_list("live", flat=True))
    assert job.pk


def test_a_review_is_closed_meanwhile_and_goes_on_afterwards(site: Site) -> None:
    directory = factories.directory(site)
    organisation = factories.organisation(directory, live=False)
    user = factories.press()
    organisation.save_revision()
    organisation.get_workflow().start(organisation, user)
    entry = pages.put(page=organisation, user=user)
    assert not WorkflowState.objects.active().exists()
    assert not TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).exists()
    pages.restore(entry=entry, user=user)
    found = OrganisationPage.objects.get(pk=organisation.pk)
    assert found.workflow_in_progress
    assert found.current_workflow_task_state.status == TaskState.STATUS_IN_PROGRESS


# The admin

SCREENS = [
    "wagtailadmin_pages:edit",
    "wagtailadmin_pages:history",
    "wagtailadmin_pages:delete",
    "wagtailadmin_pages:unpublish",
    "wagtailadmin_pages:copy",
    "wagtailadmin_pages:move",
    "wagtailadmin_pages:usage",
    "wagtailadmin_pages:view_draft",
    "wagtailadmin_pages:add_subpage",
    "wagtailadmin_explore",
]


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("role", ["press", "administrator"])
def test_no_screen_opens_it_and_a_sentence_says_where_it_is(screen: str, role: str, article: NewsPage) -> None:
    user, client = getattr(factories, role)(), Client()
    client.force_login(user)
    pages.put(page=article, user=user)
    for number in (article.pk, Bin.get().pk):
        for method in (client.get, client.post):
            answer = method(reverse(screen, args=[number]))
            assert (answer.status_code, answer.url) == (302, reverse("bin:index"))
    assert str(tree.IN_THE_BIN) in client.get(reverse("bin:index")).content.decode()
    assert tree.is_binned(Page.objects.get(pk=article.pk))


@pytest.mark.parametrize("role", ["press", "administrator"])
def test_neither_explorer_nor_search_nor_choosers_nor_api_name_it(role: str, article: NewsPage) -> None:
    user, client = getattr(factories, role)(), Client()
    client.force_login(user)
    pages.put(page=article, user=user)
    for address in (
        f"{reverse('wagtailadmin_pages:search')}?q=Sommerfest",
        f"{reverse('wagtailadmin_choose_page_search')}?q=Sommerfest&page_type=wagtailcore.Page",
        reverse("wagtailadmin_choose_page"),
        reverse("wagtailadmin_explore_root"),
        "/admin/api/main/pages/?search=Sommerfest",
        "/admin/api/main/pages/?limit=20",
        reverse("wagtailadmin_pages:search"),
    ):
        answer = client.get(address, follow=True)
        assert answer.status_code == 200
        text = answer.content.decode()
        for number in (article.pk, Bin.get().pk):
            assert f"/pages/{number}/" not in text, address
            assert f'"id": {number},' not in text, address


def test_a_home_page_of_a_site_is_refused(site: Site, press_button: Press) -> None:
    home = site.root_page
    press_button(factories.administrator(), reverse("wagtailadmin_pages:delete", args=[home.pk]))
    assert not BinEntry.objects.exists()
    assert Page.objects.get(pk=home.pk).live


def test_in_bulk_a_page_goes_with_the_one_above_it(site: Site, press_button: Press) -> None:
    above = factories.content(site, "Ratgeber")
    below = factories.content(above, "Wohnen")
    address = f"{ROUTES['bulk'](below)[0]}&id={above.pk}"
    press_button(factories.press(), address)
    assert [entry.title for entry in BinEntry.objects.all()] == ["Ratgeber"]
    assert all(tree.is_binned(page) for page in Page.objects.filter(pk__in=[above.pk, below.pk]))


@pytest.mark.parametrize("route", ROUTES)
def test_a_section_does_not_go_with_what_is_in_it(
    route: str, news: NewsIndexPage, article: NewsPage, client: Client, press_button: Press
) -> None:
    address, data = ROUTES[route](news)
    answer = press_button(factories.press(), address, data)
    assert answer.status_code == (400 if route == "api" else 302)
    assert not BinEntry.objects.exists()
    assert is_public(client) == [True, True, True]


# Who


def owner_of_a_draft(article: NewsPage) -> Any:
    """Adds pages of their own below the news, and nothing else."""
    from django.contrib.auth.models import Group

    group = Group.objects.create(name="Praktikum")
    roles.grant(group, "wagtailadmin.access_admin")
    roles.grant_pages(group, article.get_parent(), ("add_page",))
    return factories.person("", group)


@pytest.mark.parametrize(
    ("role", "allowed"),
    [("press", True), ("administrator", True), ("ki", False), ("translator", False), ("trainee", False)],
)
def test_who_sees_and_restores_it_is_who_could_delete_it(
    role: str, allowed: bool, article: NewsPage, site: Site, press_button: Press
) -> None:
    factories.directory(site)
    made = {"trainee": lambda: owner_of_a_draft(article), "translator": lambda: factories.translator("ar")}
    user = made.get(role, lambda: getattr(factories, role)())()
    entry, client = pages.put(page=article, user=None), Client()
    client.force_login(user)
    assert ("Sommerfest" in client.get(reverse("bin:index")).content.decode()) == allowed
    press_button(user, reverse("bin:restore", args=[entry.pk]))
    assert Page.objects.get(pk=article.pk).live == allowed
    if not allowed:
        press_button(user, reverse("bin:delete", args=[entry.pk]))
        assert BinEntry.objects.exists()


def test_own_drafts_come_back_to_who_only_adds(article: NewsPage) -> None:
    user = owner_of_a_draft(article)
    draft = factories.article(article.get_parent(), "Entwurf", live=False, owner=user)
    own, foreign = pages.put(page=draft, user=user), pages.put(page=article, user=None)
    assert (permissions.may_decide(user, own), permissions.may_decide(user, foreign)) == (True, False)


def test_the_bin_is_for_those_with_access_to_the_admin(article: NewsPage, site: Site) -> None:
    member = factories.member(factories.organisation(factories.directory(site)))
    entry, client = pages.put(page=article, user=None), Client()
    client.force_login(member)
    for address in (reverse("bin:index"), reverse("bin:delete", args=[entry.pk])):
        assert "Sommerfest" not in client.get(address, follow=True).content.decode()
    client.post(reverse("bin:restore", args=[entry.pk]))
    assert BinEntry.objects.exists()


def test_members_lose_sight_of_an_organisation_in_the_bin_and_get_it_back(site: Site) -> None:
    organisation = factories.organisation(factories.directory(site), "Verein am See")
    event = factories.event(organisation, "Kaffee")
    member, client = factories.member(organisation), Client()
    client.force_login(member)
    own = reverse("my_events", kwargs={"key": organisation.translation_key})
    assert client.get(own).status_code == 200
    entry = pages.put(page=organisation, user=None)
    assert client.get(own).status_code == 404
    assert "Verein am See" not in client.get("/de/my/", follow=True).content.decode()
    pages.restore(entry=entry, user=None)
    assert client.get(own).status_code == 200
    assert EventPage.objects.get(pk=event.pk).live


# For good


def test_after_thirty_days_page_translations_and_entry_are_gone(news: NewsIndexPage, article: NewsPage) -> None:
    pages.put(page=news, user=None)
    deleting.remove_what_is_over()
    assert NewsPage.objects.count() == 2
    BinEntry.objects.update(deleted_at=timezone.now() - dt.timedelta(days=30, seconds=1))
    deleting.remove_what_is_over()
    assert not NewsPage.objects.exists()
    assert not NewsIndexPage.objects.exists()
    assert not BinEntry.objects.exists()
    assert not any(Page.find_problems())


def test_one_that_cannot_be_removed_does_not_stop_the_others(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for title in ("Eins", "Zwei"):
        pages.put(page=factories.content(site, title), user=None)
    BinEntry.objects.update(deleted_at=timezone.now() - dt.timedelta(days=31))
    original = pages.remove

    def fail_once(*, entry: BinEntry) -> None:
        if entry.title == "Eins":
            raise RuntimeError
        original(entry=entry)

    monkeypatch.setattr(pages, "remove", fail_once)
    deleting.remove_what_is_over()
    assert [entry.title for entry in BinEntry.objects.all()] == ["Eins"]
