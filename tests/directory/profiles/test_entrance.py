"""From the home page to who speaks my language and helps with what I need."""

import pytest
from django.test import Client

from directory.models import DirectoryPage, Topic
from tests import factories, webpages

pytestmark = pytest.mark.django_db


@pytest.fixture
def directory(kept: None) -> DirectoryPage:
    directory = factories.directory(factories.municipality())
    homework = factories.topic("hausaufgaben", de="Hausaufgaben", ar="الواجبات")
    homework.parent = factories.topic("schule", de="Schule", ar="المدرسة")
    homework.save()
    Topic.objects.filter(pk=factories.topic("frauen", de="Frauen", ar="النساء").pk).update(is_audience=True)
    factories.organisation(directory, "Nachhilfe", topics=["hausaufgaben", "frauen"], languages_spoken=["ar", "de"])
    factories.organisation(directory, "Turnverein", topics=["sport"], languages_spoken=["de"])
    return directory


def ways(client: Client, code: str) -> dict[str, str]:
    page = webpages.read(client.get(f"/{code}/"))
    return {webpages.text(link): link["href"] for link in page.select("nav[aria-labelledby=help-with] a")}


def test_one_tap_leads_to_who_speaks_the_readers_language(directory: DirectoryPage, client: Client) -> None:
    found = ways(client, "ar")
    assert found == {
        "المدرسة (1)": "/ar/organisationen/?language=ar&topic=schule",
        "النساء (1)": "/ar/organisationen/?language=ar&for=frauen",
    }
    for address in found.values():
        assert [webpages.text(name) for name in webpages.read(client.get(address)).select(".cards h3")] == ["Nachhilfe"]


@pytest.mark.parametrize("code", ["de", "tr"])
def test_where_nobody_speaks_it_and_in_german_all_topics_are_offered(
    directory: DirectoryPage, client: Client, code: str
) -> None:
    assert [address.partition("?")[2] for address in ways(client, code).values()] == [
        "topic=schule",
        "topic=sport",
        "for=frauen",
    ]


def test_the_form_asks_for_language_and_topic(directory: DirectoryPage, client: Client) -> None:
    form = webpages.read(client.get("/ar/")).select_one("form.finder")
    assert form.select_one("[name=language] option[selected]")["value"] == "ar"
    offered = [(option["value"], webpages.text(option)) for option in form.select("[name=topic] option")][1:]
    assert ("schule", "المدرسة") in offered and ("hausaufgaben", "– الواجبات") in offered


def test_without_organisations_there_is_nothing_to_tap(db: None, client: Client) -> None:
    factories.directory(factories.municipality())
    assert ways(client, "de") == {}
