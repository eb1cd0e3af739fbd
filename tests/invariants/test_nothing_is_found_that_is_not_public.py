"""The index equals one that is made anew, whatever was done in whatever order; and nothing in it is not public."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page, PageViewRestriction, Site

from cms.bin import pages as bin_pages
from cms.pages.contacts import ContactPoint
from cms.search import changes, following, forms, kinds
from cms.search.models import SearchChange, SearchDocument, SearchPosting, SearchTerm
from dates.council import session_changes
from dates.council.session_history import SessionChange
from directory.models import OrganisationPage
from tests import factories

pytestmark = pytest.mark.django_db
Entry = tuple[int, str, int, str, str, int]
READ = re.compile(r'(?:FROM|JOIN)\s+"(\w+)"')
STATIC = {
    # Rows that only a new version of the program brings.
    "django_content_type",
    "wagtailcore_locale",
    "directory_spokenlanguage",
}


def standing() -> set[Entry]:
    """The index as it is."""
    columns = ("document__site", "document__kind", "document__object_id", "term__language", "term__form", "weight")
    return set(SearchPosting.objects.values_list(*columns))


def made_anew() -> set[Entry]:
    return {
        (site.pk, kind.name, each.object_id, language, form, said.weight)
        for site in Site.objects.select_related("root_page")
        for kind in kinds.in_order()
        for each in kind.indexed(site, None)
        for (language, form), said in forms.postings_of(each.passages).items()
    }


def check() -> None:
    following.follow()
    assert standing() == made_anew()
    assert not SearchChange.objects.exists()
    assert not following.compare()


class World:
    """A small site, and what people do with it."""

    def __init__(self) -> None:
        self.site = site = factories.municipality()
        self.other = factories.municipality("Anderswo", hostname="other.example")
        self.topics = [factories.topic("verschule", de="Schule", ar="مدرسة"), factories.topic("versport", de="Sport")]
        self.main_topic = factories.topic("lernen", de="Lernen")
        self.district = factories.district(site, "haspe", "Haspe")
        self.place = factories.place("rathaus", name={"de": "Rathaus", "en": "Town hall"})
        self.office = factories.contact("ki", office={"de": "Integrationszentrum"})
        self.page = factories.content(site, "Ankommen", lead="Erste Schritte")
        self.below = factories.content(self.page, "Anmelden", lead="Im Bürgeramt")
        self.directory = factories.directory(site)
        self.club = factories.organisation(self.directory, "Brückenverein e.V.", native_name="جمعية الجسر")
        self.news = factories.news_index(site)
        self.article = factories.article(self.news, "Ein Fest für alle", lead="Viele kamen", contact=self.office)
        self.events = factories.event_index(site)
        self.event = factories.event(self.events, "Sommerfest", organiser=self.club, place=self.place)
        self.body = factories.council_body("rat", de="Integrationsrat")
        self.council = factories.council(site, self.body)
        self.session = factories.session(self.body)
        self.pages = [self.page, self.below, self.directory, self.club, self.news, self.article, self.event]
        self.pages += [self.events, self.council]
        self.number = 0

    def word(self) -> str:
        self.number += 1
        return f"Wort{self.number}"

    def fresh(self, index: int) -> Any:
        page = Page.objects.filter(pk=self.pages[index % len(self.pages)].pk).first()
        return page.specific if page is not None else None

    # Acts; ``index`` chooses what is concerned

    def publish(self, index: int) -> None:
        if (page := self.fresh(index)) is not None and not page.url_path.startswith("/.bin/"):
            page.search_description = self.word()
            page.save_revision().publish()

    def keep_a_draft(self, index: int) -> None:
        if (page := self.fresh(index)) is not None and not page.url_path.startswith("/.bin/"):
            page.search_description = "Entwurf"
            page.save_revision()

    def unpublish(self, index: int) -> None:
        if (page := self.fresh(index)) is not None:
            page.unpublish()

    def restrict(self, index: int) -> None:
        if (page := self.fresh(index)) is not None:
            PageViewRestriction.objects.create(page=page.page_ptr, restriction_type="login")

    def open_again(self, _index: int) -> None:
        PageViewRestriction.objects.all().delete()

    def translate(self, index: int) -> None:
        if (page := self.fresh(index)) is not None and not page.url_path.startswith("/.bin/"):
            factories.translated(page, ("ar", "tr", "uk")[index % 3], title=f"ترجمة {self.word()}")

    def withdraw_translation(self, index: int) -> None:
        if (page := self.fresh(index)) is not None:
            for each in page.get_translations().filter(live=True):
                each.unpublish()

    def delete_translation(self, index: int) -> None:
        if (page := self.fresh(index)) is not None:
            for each in page.get_translations():
                each.specific.delete()

    def move(self, index: int) -> None:
        Page.objects.get(pk=self.below.pk).move(
            Page.objects.get(pk=(self.page.pk, self.site.root_page_id, self.other.root_page_id)[index % 3]),
            pos="last-child",
        )

    def into_the_bin_and_back(self, index: int) -> None:
        page = self.fresh((0, 1, 3, 5)[index % 4])
        if page is None:
            return
        if page.url_path.startswith("/.bin/"):
            return
        put = bin_pages.put(page=page, user=self.person)
        if index % 2:
            bin_pages.restore(entry=put, user=self.person)

    def rename_slug(self, index: int) -> None:
        if (page := self.fresh(index)) is not None and not page.url_path.startswith("/.bin/"):
            page.slug = self.word().lower()
            page.save()

    def rename_topic(self, index: int) -> None:
        topic = self.topics[index % 2]
        topic.name = {"de": self.word(), "tr": self.word()}
        topic.save()

    def put_below_a_main_topic(self, index: int) -> None:
        type(self.main_topic).objects.filter(pk=self.topics[index % 2].pk).update(parent=self.main_topic)
        self.main_topic.name = {"de": self.word()}
        self.main_topic.save()

    def conclude_the_district(self, index: int) -> None:
        OrganisationPage.objects.filter(pk=self.club.pk).update(district=None, postal_code="58135")
        type(self.district).objects.filter(pk=self.district.pk).update(postal_codes="58135" if index % 2 else "")

    def choose_topics(self, index: int) -> None:
        for page in (self.club, self.event):
            if type(page).objects.filter(pk=page.pk).exists():
                page = type(page).objects.get(pk=page.pk)
                page.topics.set(self.topics[: index % 3])
                page.save()

    def rename_by_statement(self, _index: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE directory_district SET name = %s", [self.word()])
            cursor.execute("UPDATE dates_place SET street = %s", [self.word()])

    def settle(self, _index: int) -> None:
        OrganisationPage.objects.filter(pk=self.club.pk).update(district=self.district, native_name=self.word())

    def add_offer(self, _index: int) -> None:
        if (club := OrganisationPage.objects.filter(pk=self.club.pk).first()) is not None:
            club.offers.create(what=self.word(), weekday=1, starts=dt.time(15), language_codes=["fa"], sort_order=0)

    def remove_offers(self, _index: int) -> None:
        if (club := OrganisationPage.objects.filter(pk=self.club.pk).first()) is not None:
            club.offers.all().delete()
            club.save()

    def change_session(self, index: int) -> None:
        self.session.refresh_from_db()
        values = {"is_public": bool(index % 3), "place": self.place if index % 2 else None}
        session_changes.change(session=self.session, values=values, origin=SessionChange.Origin.PERSON)

    def write_agenda(self, index: int) -> None:
        self.session.agenda.model.objects.create(session=self.session, title=self.word(), is_public=bool(index % 2))

    def rename_body(self, _index: int) -> None:
        self.body.name = {"de": self.word()}
        self.body.save()

    def set_office(self, index: int) -> None:
        settings = self.site.sitesettings
        settings.offices = [("office", self.office)] if index % 2 else []
        settings.save()
        ContactPoint.objects.filter(pk=self.office.pk).update(role={"de": self.word()})

    def change_root(self, index: int) -> None:
        Site.objects.filter(pk=self.other.pk).update(
            root_page=(self.other.root_page, Page.objects.get(pk=self.page.pk))[index % 2]
        )

    @property
    def person(self) -> Any:
        if not hasattr(self, "_person"):
            self._person = factories.administrator()
        return self._person


ACTS = [
    name
    for name, each in vars(World).items()
    if callable(each) and not name.startswith("_") and name not in {"word", "fresh"}
]


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("index", range(4))
def test_one_act(name: str, index: int) -> None:
    world = World()
    check()
    getattr(world, name)(index)
    check()


@given(acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 8), st.booleans()), min_size=2, max_size=12))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_whatever_is_done_in_any_order_the_index_is_what_a_rebuild_would_be(
    acts: list[tuple[str, int, bool]], again: Callable[[], Any]
) -> None:
    with again():
        world = World()
        for name, index, followed in acts:
            getattr(world, name)(index)
            if followed:
                check()
        check()


@pytest.fixture
def again(db: None) -> Callable[[], Any]:
    """A transaction that is undone, for each example."""
    from contextlib import contextmanager

    from django.db import transaction

    @contextmanager
    def undone() -> Any:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    return undone


def test_every_table_that_is_read_for_the_index_is_watched() -> None:
    world = World()
    for name in ("translate", "choose_topics", "add_offer", "write_agenda", "set_office", "settle"):
        getattr(world, name)(1)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        made_anew()
    read = {table for query in queries.captured_queries for table in READ.findall(query["sql"])}
    assert len(read) > 20
    assert read - changes.tables() - STATIC == set()
    assert changes.missing() == []


def test_no_word_of_what_is_not_public_is_a_term() -> None:
    world = World()
    factories.content(world.site, "Verschwiegen", live=False)
    world.page.lead = "Geheimnis"
    world.page.save_revision()
    PageViewRestriction.objects.create(page=world.directory.page_ptr, restriction_type="login")
    world.session.agenda.model.objects.create(session=world.session, title="Nichtöffentlich", is_public=False)
    check()
    known = {written.lower() for written in SearchTerm.objects.values_list("written", flat=True)}
    assert not known & {"verschwiegen", "geheimnis", "nichtöffentlich", "brückenverein"}
    assert "ankommen" in known


def test_terms_that_stand_nowhere_any_more_are_taken_away_at_night() -> None:
    world = World()
    check()
    world.page.delete()
    following.follow()
    assert SearchTerm.objects.filter(written__iexact="Bürgeramt").exists()
    following.compare()
    assert not SearchTerm.objects.filter(written__iexact="Bürgeramt").exists()


def test_what_differs_is_told_and_mended() -> None:
    World()
    check()
    wrong = SearchDocument.objects.filter(kind="news").get()
    wrong.postings.all().delete()
    SearchDocument.objects.filter(kind="session").delete()
    site = Site.objects.first()
    SearchDocument.objects.create(site=site, kind="page", object_id=99999)
    SearchDocument.objects.create(site=site, kind="no such kind", object_id=1)
    changed = following.compare()
    assert changed.wrong == [f"news {wrong.object_id}"]
    assert [each.split()[0] for each in changed.missing] == ["session"]
    assert changed.superfluous == ["page 99999", "no such kind 1"]
    check()
