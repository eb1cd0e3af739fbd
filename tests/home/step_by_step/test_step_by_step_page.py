"""A step-by-step: numbered steps, facts of the German page, words of the reader, and who helps in their language."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from directory.models import SpokenLanguage, Topic
from home.models import Step, StepByStepPage
from tests import factories, webpages
from translations import segments

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    return factories.municipality()


def way(site: Site, *steps: dict[str, Any], **fields: Any) -> StepByStepPage:
    return factories.step_by_step(site, "Ankommen", *steps, slug="ankommen", **fields)


def shown(client: Client, code: str = "en", slug: str = "ankommen") -> BeautifulSoup:
    return webpages.read(client.get(f"/{code}/{slug}/"))


def step(page: BeautifulSoup, number: int) -> str:
    return webpages.text(page.select_one(f"#step-{number}"))


def test_what_is_done_at_the_same_time_or_instead_shares_the_number(site: Site, client: Client) -> None:
    way(site, {}, {"joined": "and"}, {}, {"joined": "or"}, {})
    places = [webpages.text(each) for each in shown(client).select(".steps .place")]
    assert places == ["Step 1", "and", "Step 2", "or", "Step 3"]


def test_the_first_step_has_a_number_whatever_it_says(site: Site, client: Client) -> None:
    way(site, {"joined": "and"}, {})
    assert [webpages.text(each) for each in shown(client).select(".steps .place")] == ["Step 1", "Step 2"]


def test_a_step_says_what_to_do_to_bring_and_to_pay_and_where(site: Site, client: Client) -> None:
    office = factories.contact(office={"de": "Bürgeramt", "en": "Citizens’ office"}, phone="+4923312070")
    way(
        site,
        {"text": "<p>Gehen Sie hin.</p>", "bring": "Pass", "price": "zehn Euro", "office": office},
        {"is_free": True},
    )
    page = shown(client)
    first = page.select_one("#step-1")
    assert {"Gehen Sie hin.", "Pass", "zehn Euro"} <= {each.strip() for each in first.find_all(string=True)}
    assert "Citizens’ office" in step(page, 1)
    assert first.select_one("a[href='tel:+4923312070']")
    assert "Free of charge" in step(page, 2)


def test_every_step_is_there_without_script_and_the_first_is_open(site: Site, client: Client) -> None:
    way(site, {"text": "<p>Eins</p>"}, {"text": "<p>Zwei</p>"})
    folded = shown(client).select(".steps details")
    assert [each.has_attr("open") for each in folded] == [True, False]
    assert ["Eins" in str(folded[0]), "Zwei" in str(folded[1])] == [True, True]


# Facts once, words in each language


@pytest.fixture
def arabic(site: Site) -> StepByStepPage:
    source = way(
        site, {"title": "Anmelden", "text": "<p>Gehen Sie <b>hin</b>.</p>", "bring": "Pass"}, {"title": "Danach"}
    )
    translation = factories.translated(source, "ar", title="الوصول")
    Step.objects.filter(step_by_step=translation, title="Anmelden").update(title="التسجيل", bring="جواز السفر")
    return source


def test_words_are_the_readers_and_facts_those_of_the_german_page(arabic: StepByStepPage, client: Client) -> None:
    arabic.steps.filter(title="Anmelden").update(is_free=True, office=factories.contact(phone="+4923312070"))
    page = shown(client, "ar")
    assert [webpages.text(each) for each in page.select(".steps h2")] == ["التسجيل", "Danach"]
    assert "جواز السفر" in step(page, 1)
    assert page.select_one("#step-1 a[href='tel:+4923312070']")


def test_what_nobody_has_translated_is_german_and_marked(site: Site, client: Client) -> None:
    way(site, {"title": "Anmelden", "text": "<p>Hingehen</p>"})
    page = shown(client, "ar")
    for element in (page.select_one(".steps h2"), page.find(string="Hingehen").parent):
        assert webpages.language_of(element) == ("de", "ltr")
    assert page.select_one("main > .notice")


def test_a_step_that_was_taken_away_is_gone_in_every_language(arabic: StepByStepPage, client: Client) -> None:
    arabic.steps.filter(title="Anmelden").delete()
    assert [webpages.text(each) for each in shown(client, "ar").select(".steps h2")] == ["Danach"]


def test_translators_get_the_words_step_by_step_and_no_facts(site: Site) -> None:
    source = way(
        site,
        {"title": "Eins", "text": "<p>Erst dies.</p>", "bring": "Pass", "price": "zehn Euro", "joined": "and"},
        {"title": "Zwei", "text": "<p>Dann das.</p><ul><li>und jenes</li></ul>"},
        lead="Vorspann",
    )
    found = [each.source for each in segments.segments_of(segments.read_source(source), "ar")]
    wanted = ["Eins", "Erst dies.", "Pass", "zehn Euro", "Zwei", "Dann das.", "und jenes"]
    assert [each for each in found if each in wanted] == wanted
    assert set(found) == {"Ankommen", "Vorspann", *wanted}


# Who helps


@pytest.fixture
def directory(site: Site) -> Any:
    index = factories.directory(site, slug="organisationen")
    for number in range(4):
        factories.organisation(index, f"Brücke {number}", topics=["arbeit"], languages_spoken=["ar", "de"])
    factories.organisation(index, "Nur Türkisch", topics=["arbeit"], languages_spoken=["tr"])
    factories.organisation(index, "Nur Sport", topics=["sport"], languages_spoken=["ar"])
    factories.organisation(index, "Entwurf", topics=["arbeit"], languages_spoken=["ar"], live=False)
    return index


def helping(client: Client, code: str) -> tuple[list[str], str]:
    """Names of the organisations that a step names, and its way into the directory."""
    box = shown(client, code).select_one(".helping")
    return [webpages.text(each) for each in box.select(".plain a[href*='/organisationen/']")], box.select_one(".go")[
        "href"
    ]


@pytest.mark.parametrize(
    ("code", "named", "all_of_them"),
    [
        ("ar", ["Brücke 0", "Brücke 1", "Brücke 2"], 4),
        ("tr", ["Nur Türkisch"], 1),
        ("de", ["Brücke 0", "Brücke 1", "Brücke 2"], 5),
    ],
)
def test_a_step_names_those_who_help_in_the_readers_language(
    site: Site, directory: Any, client: Client, code: str, named: list[str], all_of_them: int
) -> None:
    way(site, {"topic": factories.topic("arbeit")})
    names, href = helping(client, code)
    assert names == named
    listed = webpages.read(client.get(href)).select("a[href*='/organisationen/']")
    assert (
        len({each["href"] for each in listed if each["href"].count("/") == 4 and "?" not in each["href"]})
        == all_of_them
    )


def test_where_nobody_speaks_it_the_step_says_so_and_leads_to_the_others(
    site: Site, directory: Any, client: Client
) -> None:
    way(site, {"topic": factories.topic("arbeit")})
    names, href = helping(client, "uk")
    assert (names, href) == ([], "/uk/organisationen/?topic=arbeit")


def test_who_works_on_a_topic_below_helps_as_well_and_counts_once(site: Site, directory: Any, client: Client) -> None:
    main = factories.topic("arbeit")
    for key in ("bewerbung", "ausbildung"):
        Topic.objects.filter(pk=factories.topic(key).pk).update(parent=main)
    factories.organisation(directory, "Amal", topics=["bewerbung", "ausbildung"], languages_spoken=["ar"])
    way(site, {"topic": main})
    names, href = helping(client, "ar")
    assert names == ["Amal", "Brücke 0", "Brücke 1"]
    assert "5" in webpages.text(shown(client, "ar").select_one(".helping .go"))
    assert "Amal" in webpages.html(client.get(href))


def test_a_topic_without_a_name_in_the_readers_language_is_marked(site: Site, directory: Any, client: Client) -> None:
    way(site, {"topic": factories.topic("arbeit")})
    assert webpages.language_of(shown(client, "ar").select_one(".helping strong span")) == ("de", "ltr")


def test_a_topic_on_which_nobody_works_is_no_empty_box(site: Site, directory: Any, client: Client) -> None:
    way(site, {"topic": factories.topic("wohnen")})
    assert shown(client).select(".helping") == []


def test_who_helps_is_known_as_soon_as_it_is_entered(site: Site, directory: Any, client: Client) -> None:
    way(site, {"topic": factories.topic("sport")})
    assert helping(client, "uk")[0] == []
    club = factories.organisation(directory, "Neuer Club", topics=["sport"])
    club.languages_spoken = list(SpokenLanguage.objects.filter(code="uk"))
    club.save()
    assert helping(client, "uk")[0] == ["Neuer Club"]


# Around it


def test_what_comes_afterwards_is_named_while_it_is_public(site: Site, client: Client) -> None:
    after = factories.step_by_step(site, "Mitreden", {}, slug="mitreden")
    way(site, {}, afterwards=after)
    assert shown(client).select_one("main a[href='/en/mitreden/']")
    StepByStepPage.objects.filter(pk=after.pk).update(live=False)
    assert not shown(client).select_one("main a[href='/en/mitreden/']")


def test_the_home_page_leads_to_every_step_by_step(site: Site, client: Client) -> None:
    way(site, {})
    factories.step_by_step(site, "Entwurf", {}, slug="entwurf", live=False)
    home = webpages.read(client.get("/ar/"))
    assert [each["href"] for each in home.select("section[aria-labelledby=step-by-step] a")] == ["/ar/ankommen/"]


def test_programs_read_the_steps(site: Site, client: Client) -> None:
    way(site, {"title": "Eins", "text": "<p>Erst <b>dies</b>.</p>"}, {"title": "Zwei"})
    found = [json.loads(each.string) for each in shown(client, "de").select("script[type='application/ld+json']")]
    how = next(each for each in found if each["@type"] == "HowTo")
    assert [(each["position"], each["name"], each["text"]) for each in how["step"]] == [
        (1, "Eins", "Erst dies."),
        (2, "Zwei", "Zwei"),
    ]


def test_more_steps_and_organisations_ask_no_more_queries(site: Site, directory: Any, client: Client) -> None:
    office, topics = factories.contact(), [factories.topic(key) for key in ("arbeit", "sport", "wohnen")]
    linked = [factories.content(site, f"Seite {number}") for number in range(6)]
    factories.step_by_step(
        site, "Kurz", *({"office": office, "topic": topics[0], "details": linked[0]} for _ in range(2)), slug="kurz"
    )
    way(site, *({"office": office, "topic": topics[number % 3], "details": linked[number]} for number in range(6)))
    counts = []
    for slug in ("kurz", "ankommen"):
        client.get(f"/ar/{slug}/")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/ar/{slug}/")
        counts.append(len(captured))
    assert counts[0] == counts[1]
