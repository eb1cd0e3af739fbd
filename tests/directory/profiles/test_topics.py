"""Topics are a tree of two levels; none is taken from an organisation without a word."""

from collections.abc import Callable
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client
from django.utils import translation
from wagtail.models import Site

from cms.admin.refusals import Refused
from cms.localization import languages
from directory.models import DirectoryPage, OrganisationPage, Topic
from directory.profiles import standard_topics, topic_changes
from directory.profiles.topics import TopicChoiceField, in_tree
from directory.spreadsheet.vocabulary import Vocabulary
from tests import factories, webpages

pytestmark = pytest.mark.django_db
MIGRATION = import_module("directory.migrations.0049_topics_of_newcomers")


def below(parent: Topic, key: str, **names: str) -> Topic:
    topic = factories.topic(key, **names)
    topic.parent = parent
    topic.save()
    return topic


@pytest.fixture
def school() -> Topic:
    return factories.topic("schule", de="Schule", tr="Okul")


@pytest.fixture
def homework(school: Topic) -> Topic:
    return below(school, "hausaufgaben", de="Hausaufgaben", tr="Ödev")


@pytest.fixture
def directory(kept: None) -> DirectoryPage:
    return factories.directory(factories.municipality())


def wrong(topic: Topic) -> str:
    with translation.override("en"), pytest.raises(ValidationError) as caught:
        topic.full_clean()
    return " ".join(caught.value.message_dict["parent"])


# Two levels


def test_a_topic_below_a_main_topic_is_right(homework: Topic) -> None:
    homework.full_clean()


def test_there_is_no_third_level(homework: Topic) -> None:
    assert "two levels" in wrong(Topic(key="mathe", name={"de": "Mathe"}, parent=homework))


def test_a_topic_with_others_below_stays_a_main_topic(school: Topic, homework: Topic) -> None:
    school.parent = factories.topic("kinder")
    assert "Move those first" in wrong(school)


def test_a_topic_is_not_below_itself(school: Topic) -> None:
    school.parent = school
    assert "its own main topic" in wrong(school)


def test_a_main_topic_of_another_site_is_refused() -> None:
    site = factories.municipality("Hemer", hostname="hemer.localhost")
    parent = Topic.objects.create(key="nur-hemer", name={"de": "Nur Hemer"}, site=site)
    assert "another site" in wrong(Topic(key="x", name={"de": "X"}, parent=parent))


def test_a_topic_of_one_site_is_offered_there_only(school: Topic) -> None:
    hagen, hemer = factories.municipality(), factories.municipality("Hemer", hostname="hemer.localhost")
    own = Topic.objects.create(key="nur-hemer", name={"de": "Nur Hemer"}, site=hemer)
    assert set(Topic.offered(hemer)) == {school, own}
    assert set(Topic.offered(hagen)) == set(Topic.offered(None)) == {school}


@pytest.mark.parametrize(
    ("code", "names"),
    [("de", ["Arbeit", "Schule", "– Hausaufgaben"]), ("tr", ["Okul", "– Ödev", "Zanaat"])],
)
def test_forms_show_the_tree_in_the_readers_order(school: Topic, homework: Topic, code: str, names: list[str]) -> None:
    factories.topic("arbeit", de="Arbeit", tr="Zanaat")
    with translation.override(code):
        choices = TopicChoiceField(Topic.objects.all()).choices
        assert [str(label) for _value, label in choices] == names


def test_without_its_main_topic_a_topic_stands_alone(school: Topic, homework: Topic) -> None:
    assert in_tree([homework]) == [homework]


def test_members_are_offered_topics_of_their_site_only(directory: DirectoryPage, client: Client, school: Topic) -> None:
    hemer = factories.municipality("Hemer", hostname="hemer.localhost")
    Topic.objects.create(key="nur-hemer", name={"de": "Nur Hemer"}, site=hemer)
    club = factories.organisation(directory, "Verein")
    client.force_login(factories.member(club))
    shown = client.get(f"/de/my/{club.translation_key}/topics/").content.decode()
    assert "Schule" in shown and "Nur Hemer" not in shown


# The standard tree


def test_each_standard_topic_has_a_name_in_every_language() -> None:
    codes = {language.code for language in languages.LANGUAGES}
    assert [row["key"] for row in standard_topics.rows() if set(row["name"]) != codes] == []


def test_the_standard_tree_has_two_levels_and_is_made_once() -> None:
    made = standard_topics.complete(Topic)
    for topic in Topic.objects.all():
        topic.full_clean()
    assert len(made) == len(standard_topics.rows()) == Topic.objects.count()
    assert standard_topics.complete(Topic) == []


def test_what_a_city_has_called_otherwise_keeps_its_name() -> None:
    factories.topic("kultur", de="Kunst und Kultur", ar="الفن")
    standard_topics.complete(Topic)
    name = Topic.objects.get(key="kultur").name
    assert (name["de"], name["ar"], name["tr"]) == ("Kunst und Kultur", "الفن", "Kültür")


def test_a_main_topic_of_the_city_stays_one() -> None:
    own = below(factories.topic("sprachkurse"), "abendkurse")
    standard_topics.complete(Topic)
    assert Topic.objects.get(key="sprachkurse").parent is None
    assert Topic.objects.get(pk=own.pk).parent == Topic.objects.get(key="sprachkurse")


@pytest.mark.parametrize(
    "cell", ["Homework help", "ödev yardımı", "المساعدة في الواجبات المدرسية", "Hausaufgabenhilfe"]
)
def test_lists_understand_a_topic_in_every_language(cell: str) -> None:
    standard_topics.complete(Topic)
    assert Vocabulary(None).terms[Topic].find(cell) == "hausaufgabenhilfe"


def step(forwards: bool = True) -> None:
    (MIGRATION.forwards if forwards else MIGRATION.backwards)(apps, SimpleNamespace(connection=connection))


def test_the_migration_keeps_topics_of_organisations_and_goes_back() -> None:
    directory = factories.directory(factories.municipality())
    club = factories.organisation(directory, "Verein", topics=["sprachkurse", "soziales"])
    step()
    assert {topic.key for topic in club.topics.all()} == {"sprachkurse", "soziales"}
    assert Topic.objects.get(key="sprachkurse").parent.key == "deutsch-lernen"
    step(forwards=False)
    assert set(Topic.objects.values_list("key", "parent")) == {("sprachkurse", None), ("soziales", None)}


def test_the_migration_leaves_an_installation_without_topics_alone() -> None:
    step()
    assert not Topic.objects.exists()


# Whoever looks for a main topic


def test_calendars_and_lists_of_events_hold_what_is_below_a_topic(
    directory: DirectoryPage, client: Client, school: Topic, homework: Topic
) -> None:
    index = factories.event_index(directory.get_parent())
    event = factories.event(index, "Rechnen am Montag")
    event.topics = [homework]
    event.save()
    factories.event(index, "Fest")
    assert client.get("/de/calendar/topic/schule.ics").content.count(b"BEGIN:VEVENT") == 1
    shown = client.get("/de/termine/?topic=schule").content.decode()
    assert "Rechnen am Montag" in shown and "Schule (1)" in shown


# Taking one away


@pytest.fixture
def press_client(client: Client) -> Client:
    client.force_login(factories.press())
    return client


def delete(client: Client, topic: Topic, **sent: Any) -> Any:
    return client.post(f"/admin/snippets/directory/topic/delete/{topic.pk}/", sent)


def keys(page: OrganisationPage) -> set[str]:
    return {topic.key for topic in OrganisationPage.objects.get(pk=page.pk).topics.all()}


def test_a_topic_in_use_goes_only_when_another_takes_its_place(
    directory: DirectoryPage, press_client: Client, school: Topic, homework: Topic
) -> None:
    club = factories.organisation(directory, "Verein", topics=["schule", "sport"])
    shown = press_client.get(f"/admin/snippets/directory/topic/delete/{school.pk}/").content.decode()
    assert 'name="successor"' in shown and "Hausaufgaben" in shown
    assert delete(press_client, school).status_code == 200
    assert keys(club) == {"schule", "sport"}
    assert delete(press_client, school, successor=homework.pk).status_code == 302
    assert keys(club) == {"hausaufgaben", "sport"}
    assert Topic.objects.get(pk=homework.pk).parent is None
    assert not Topic.objects.filter(pk=school.pk).exists()


def test_no_topic_takes_the_place_of_another_unless_somebody_chose_it(
    press_client: Client, directory: DirectoryPage, school: Topic, homework: Topic
) -> None:
    factories.organisation(directory, "Verein", topics=["schule"])
    page = webpages.read(press_client.get(f"/admin/snippets/directory/topic/delete/{school.pk}/"))
    first, *others = page.select("select[name=successor] option")
    assert first["value"] == ""
    assert [option["value"] for option in others] == [str(homework.pk)]
    assert not page.select("main a[href*='/usage/']")


def test_nothing_is_asked_of_a_topic_that_nobody_has(press_client: Client, school: Topic) -> None:
    assert b"successor" not in press_client.get(f"/admin/snippets/directory/topic/delete/{school.pk}/").content
    assert delete(press_client, school).status_code == 302
    assert not Topic.objects.exists()


def test_drafts_get_the_other_topic_too(directory: DirectoryPage, school: Topic) -> None:
    club = factories.organisation(directory, "Verein")
    club.topics = [school]
    club.save_revision()
    other = factories.topic("kinder")
    topic_changes.retire(topic=school, successor=other)
    club.refresh_from_db()
    club.latest_revision.as_object().save_revision().publish()
    assert keys(club) == {"kinder"}


def test_events_get_the_other_topic_too(directory: DirectoryPage, school: Topic) -> None:
    event = factories.event(factories.event_index(directory.get_parent()), "Fest")
    event.topics = [school]
    event.save()
    topic_changes.retire(topic=school, successor=factories.topic("kinder"))
    assert [topic.key for topic in type(event).objects.get(pk=event.pk).topics.all()] == ["kinder"]


def test_the_editor_offers_what_is_of_its_site_and_keeps_what_was_chosen(
    admin_client: Client, directory: DirectoryPage, school: Topic
) -> None:
    elsewhere = factories.municipality("Anderswo", hostname="anderswo.example.org")
    own, _foreign, chosen = (factories.topic(key) for key in ("eigenes", "fremdes", "gewaehltes"))
    Topic.objects.filter(pk=own.pk).update(site=directory.get_site())
    Topic.objects.exclude(pk__in=(own.pk, school.pk)).update(site=elsewhere)
    club = factories.organisation(directory, "Verein", topics=["gewaehltes"])
    offered = {str(school.pk), str(own.pk)}
    for address, topics in (
        (f"/admin/pages/{club.pk}/edit/", offered | {str(chosen.pk)}),
        (f"/admin/pages/add/directory/organisationpage/{directory.pk}/", offered),
    ):
        page = webpages.read(admin_client.get(address))
        assert {box["value"] for box in page.select("[name=topics]")} == topics


@pytest.mark.parametrize("act", [lambda topic: topic.delete(), lambda topic: Topic.objects.all().delete()])
def test_no_other_way_takes_a_topic_from_an_organisation(
    directory: DirectoryPage, school: Topic, act: Callable[[Topic], Any]
) -> None:
    club = factories.organisation(directory, "Verein", topics=["schule"])
    with pytest.raises(Refused), transaction.atomic():
        act(school)
    assert keys(club) == {"schule"}


def test_a_site_takes_its_own_topics_along(directory: DirectoryPage) -> None:
    site = factories.municipality("Hemer", hostname="hemer.localhost")
    Topic.objects.create(key="nur-hemer", name={"de": "Nur Hemer"}, site=site)
    factories.organisation(directory, "Verein", topics=["nur-hemer"])
    Site.objects.get(pk=site.pk).delete()
    assert not Topic.objects.exists()


def test_the_list_in_the_admin_shows_the_tree(press_client: Client, school: Topic, homework: Topic) -> None:
    factories.topic("arbeit", de="Arbeit")
    shown = press_client.get("/admin/snippets/directory/topic/").content.decode()
    assert shown.index("Arbeit") < shown.index("Schule") < shown.index("Hausaufgaben")
