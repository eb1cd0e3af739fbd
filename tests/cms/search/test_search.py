"""Search over the words of the reader's language, German words and names."""

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page, PageViewRestriction, Site

from cms.localization import languages
from cms.search import contacts, following, results, site_search, stop_words
from cms.search.missed_words import MissedWord
from cms.search.synonyms import SynonymGroup
from tests import factories, webpages

pytestmark = pytest.mark.django_db
MOST_QUERIES = 45
LANGUAGE_CODES = [language.code for language in languages.LANGUAGES]


@pytest.fixture
def site(db: None) -> Site:
    site = factories.municipality()
    about = factories.content(site, "Sprachkurse", slug="sprachkurse", teaser="Deutsch lernen am Abend")
    factories.translated(about, "ar", title="دورات اللغة", teaser="تعلم الألمانية مساء")
    factories.translated(about, "tr", title="Dil kursları", teaser="Akşamları Almanca")
    club = factories.organisation(
        factories.directory(site),
        "Verein der Freunde e.V.",
        slug="freunde",
        native_name="جمعية الأصدقاء",
        native_language="ar",
        short_description="Treffen am Samstag",
    )
    factories.translated(club, "uk", title=club.title, short_description="Зустрічі щосуботи")
    return site


def find(client: Client, query: str, code: str = "de", **parameters: object) -> BeautifulSoup:
    following.follow()
    response = client.get(f"/{code}/search/", {"q": query, **parameters})
    assert response.status_code == 200
    return webpages.read(response)


def hits(page: BeautifulSoup) -> list[str]:
    return [str(link["href"]) for link in page.select("main ol.list h3 a")]


# What is found


@pytest.mark.parametrize(
    ("code", "query", "path"),
    [
        ("de", "Sprachkurse", "sprachkurse/"),
        ("de", "sprachkurse", "sprachkurse/"),
        ("de", "SPRACHKURSE", "sprachkurse/"),
        ("de", "  Abend \n", "sprachkurse/"),
        ("de", "lernen Abend", "sprachkurse/"),
        ("ar", "دورات", "sprachkurse/"),
        ("ar", "الألمانية", "sprachkurse/"),
        ("tr", "Dil", "sprachkurse/"),
        ("ar", "Sprachkurse", "sprachkurse/"),
        ("ru", "Sprachkurse", "sprachkurse/"),
        ("de", "Freunde", "organisationen/freunde/"),
        ("fa", "Freunde", "organisationen/freunde/"),
        ("de", "جمعية", "organisationen/freunde/"),
        ("en", "الأصدقاء", "organisationen/freunde/"),
        ("uk", "щосуботи", "organisationen/freunde/"),
        ("de", "Sprach", "sprachkurse/"),
        ("de", "Freun", "organisationen/freunde/"),
        ("de", "Sprachkurse!", "sprachkurse/"),
        ("de", "„Sprachkurse“", "sprachkurse/"),
        ("de", "Verein-der-Freunde", "organisationen/freunde/"),
    ],
)
def test_words_of_the_reader_german_words_names_and_beginnings_are_found(
    site: Site, client: Client, code: str, query: str, path: str
) -> None:
    assert hits(find(client, query, code)) == [f"/{code}/{path}"]


@pytest.mark.parametrize(("code", "query"), [("tr", "دورات"), ("de", "kursları"), ("de", "gibtesnicht")])
def test_words_of_other_languages_and_missing_words_are_not_found(
    site: Site, client: Client, code: str, query: str
) -> None:
    page = find(client, query, code)
    assert hits(page) == []
    assert page.select_one('main form[role="search"] input')["value"] == query


def test_what_has_only_some_words_is_found_and_said(site: Site, client: Client) -> None:
    page = find(client, "Sprachkurse gibtesnicht", "en")
    assert hits(page) == ["/en/sprachkurse/"]
    assert "gibtesnicht" in webpages.text(page.select_one("main [role=status]"))


def test_a_page_is_named_once_in_the_readers_words(site: Site, client: Client) -> None:
    page = find(client, "Sprachkurse", "ar")
    (link,) = page.select("main ol.list h3 a")
    assert webpages.text(link) == "دورات اللغة"
    assert webpages.language_of(link.find(string=True).parent) == ("ar", "rtl")


def test_a_page_without_translation_is_marked_as_german(site: Site, client: Client) -> None:
    (link,) = find(client, "Sprachkurse", "uk").select("main ol.list h3 a")
    assert webpages.text(link) == "Sprachkurse"
    assert webpages.language_of(link.find(string=True).parent) == ("de", "ltr")


def test_a_name_stays_german_where_the_words_are_translated(site: Site, client: Client) -> None:
    (link,) = find(client, "Freunde", "uk").select("main ol.list h3 a")
    assert webpages.text(link) == "Verein der Freunde e.V."
    assert webpages.language_of(link.find(string=True).parent) == ("de", "ltr")


# What is not


def test_drafts_private_pages_and_pages_of_other_sites_are_not_found(site: Site, client: Client) -> None:
    factories.content(site, "Geheimnis Entwurf", live=False)
    private = factories.content(site, "Geheimnis Intern", slug="intern")
    below = factories.content(private, "Geheimnis Darunter", slug="darunter")
    factories.translated(below, "ar", title="Geheimnis عربي")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    factories.content(factories.municipality("Anderswo", hostname="anderswo.localhost"), "Geheimnis Anderswo")
    gone = factories.content(site, "Geheimnis Alt", slug="alt")
    factories.translated(gone, "ar", title="Geheimnis قديم")
    Page.objects.filter(pk=gone.pk).update(live=False)
    for code in ("de", "ar"):
        for query in ("Geheimnis", "Geheim", "Geheimnis عربي"):
            assert hits(find(client, query, code)) == []


def test_a_draft_translation_is_not_found(site: Site, client: Client) -> None:
    page = Page.objects.get(slug="sprachkurse", locale__language_code="de").specific
    factories.translated(page, "ru", live=False, title="Тайна")
    assert hits(find(client, "Тайна", "ru")) == []


# Hostile and strange queries

HOSTILE = [
    "",
    "   ",
    "\x00",
    "Sprach\x00kurse",
    "x" * 5000,
    "ä" * 5000,
    "🦔",
    "🏳️‍🌈🏳️‍🌈",
    '"',
    '""',
    '"Sprachkurse',
    "'",
    "' OR 1=1 --",
    "*",
    "Sprach*",
    "^Sprachkurse",
    "title:Sprachkurse",
    "title : ",
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "NEAR(a b)",
    "Sprachkurse AND",
    "Sprachkurse OR NOT",
    "-Sprachkurse",
    "+Sprachkurse",
    "(",
    ")",
    "((((",
    "{a b} : c",
    "& | ! <-> :*",
    "\\",
    "%",
    "_",
    "%00",
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "\u202e\u2066Sprachkurse",
    "\ufeff",
    "a\u0300" * 50,
    "１２３",
    "ﷺ",
    "x y " * 200,
]


@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: ascii(query)[:30])
def test_no_query_breaks_the_search(site: Site, client: Client, query: str) -> None:
    for code in ("de", "ar"):
        page = find(client, query, code)
        assert not [script for script in page.find_all("script") if script.get("type") != "application/ld+json"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=120))
def test_no_text_breaks_the_search(site: Site, client: Client, query: str) -> None:
    find(client, query.encode("utf-8", "replace").decode())


@given(query=st.text(max_size=120))
def test_operators_become_plain_words(query: str) -> None:
    words = stop_words.words_of(query, "de")
    assert not set('"*^:()+-&|!<>\\{}') & set("".join(words))


@pytest.mark.parametrize("word", ["and", "or", "not", "near"])
def test_operators_can_be_searched_for_as_words(site: Site, client: Client, word: str) -> None:
    factories.content(site, f"Band {word} Musik", slug="band")
    for written in (word, word.upper()):
        assert hits(find(client, f"Band {written} Musik")) == ["/de/band/"]


def test_what_was_asked_is_shown_as_text(site: Site, client: Client) -> None:
    page = find(client, '"><img src=x onerror=alert(1)>')
    assert not page.find("img", src="x")
    assert page.select_one('main form[role="search"] input')["value"] == '"><img src=x onerror=alert(1)>'


@pytest.mark.parametrize(
    "address",
    [
        "?q=Sprachkurse&kind=x",
        "?q=Sprachkurse&kind=page&page=99",
        "?kind=%00",
        "?q=a&q=b",
        "?q[]=a",
        "?page=x",
        "?q=%ff%fe",
        "?q=%F0%9F",
        "?",
        "?q",
    ],
)
def test_strange_addresses_answer(site: Site, client: Client, address: str) -> None:
    assert client.get(f"/de/search/{address}").status_code == 200


# Lists


@pytest.fixture
def many(site: Site) -> int:
    for number in range(site_search.PER_PAGE * 2 + 3):
        factories.content(site, f"Rundbrief {number}", slug=f"rundbrief-{number}")
    return site_search.PER_PAGE * 2 + 3


def test_many_hits_are_shown_page_by_page(many: int, client: Client) -> None:
    shown = [hits(find(client, "Rundbrief", page=number)) for number in (1, 2, 3)]
    assert [len(each) for each in shown] == [site_search.PER_PAGE, site_search.PER_PAGE, 3]
    assert len({path for each in shown for path in each}) == many
    first = find(client, "Rundbrief")
    assert any("q=Rundbrief" in href and "page=2" in href for href in webpages.links(first))


@pytest.mark.parametrize(("number", "expected"), [("99", 3), ("0", 3), ("-1", 3), ("x", 10), ("", 10), ("9" * 50, 3)])
def test_any_page_number_shows_the_nearest_page(many: int, client: Client, number: str, expected: int) -> None:
    assert len(hits(find(client, "Rundbrief", page=number))) in {expected, site_search.PER_PAGE}


# Kinds, marks and help


def test_kinds_are_shown_beside_each_other_and_each_page_by_page(site: Site, client: Client) -> None:
    directory = factories.directory(site, slug="zweites")
    for number in range(7):
        factories.organisation(directory, f"Rundbrief {number} e.V.", slug=f"rundbrief-{number}")
    factories.content(site, "Rundbrief", slug="rundbrief")
    page = find(client, "Rundbrief")
    sections = {str(each["aria-labelledby"]): each for each in page.select("main section[aria-labelledby^=found-]")}
    assert {name: len(each.select("li")) for name, each in sections.items()} == {
        "found-page": 1,
        "found-organisation": results.FEW,
    }
    (more,) = sections["found-organisation"].select("a.go")
    assert not sections["found-page"].select("a.go")
    everything = webpages.read(client.get(f"/de/search/{more['href']}"))
    assert len(hits(everything)) == 7
    (chosen,) = everything.select("main .chips [aria-current]")
    assert "7" in webpages.text(chosen)


def test_what_was_looked_for_is_marked_in_its_language(site: Site, client: Client) -> None:
    page = find(client, "Abend", "ar")
    (mark,) = page.select("main ol.list mark")
    assert webpages.text(mark) == "Abend"
    assert webpages.language_of(mark) == ("de", "ltr")


def test_a_mistyped_word_is_answered_and_the_right_one_offered(site: Site, client: Client) -> None:
    page = find(client, "Sprachkurrse", "ar")
    assert hits(page) == ["/ar/sprachkurse/"]
    (link,) = page.select("main p[data-suggestions] a")
    assert (webpages.text(link), link["href"]) == ("Sprachkurse", "?q=Sprachkurse")
    assert webpages.language_of(link.bdi) == ("de", "ltr")


def test_who_finds_nothing_is_led_to_topics_languages_and_an_office(client: Client) -> None:
    office = factories.contact(office={"de": "Integrationszentrum", "ar": "مركز الاندماج"}, phone="+4923312074575")
    site = factories.municipality(offices=[("office", office)])
    club = factories.organisation(factories.directory(site, slug="organisationen"), languages_spoken=["ar"])
    club.topics = [factories.topic("schule", de="Schule", ar="المدرسة")]
    club.save_revision().publish()
    page = find(client, "gibtesnicht", "ar")
    offered = page.select_one("main div[data-suggestions]")
    assert "/ar/organisationen/?language=ar&topic=schule" in [link["href"] for link in offered.select("a")]
    assert "/ar/organisationen/?language=ar" in [link["href"] for link in offered.select("a")]
    assert offered.select_one("a[href='tel:+4923312074575']")
    assert not page.select("main ol.list")


def test_many_offices_need_as_many_queries_as_one(site: Site) -> None:
    index = factories.news_index(site)
    asked = []
    for keys in ("a", "bcdef"):
        for key in keys:
            factories.article(index, f"Beitrag {key}", contact=factories.contact(key))
        list(contacts.public(site))
        with CaptureQueriesContext(connection) as queries:
            found = list(contacts.public(site))
        asked.append((len(found), len(queries)))
    assert [count for count, _queries in asked] == [1, 6]
    assert asked[0][1] == asked[1][1]


def test_only_what_was_looked_for_in_vain_is_counted(site: Site, client: Client) -> None:
    for query in ("Sprachkurse", "Sprachkurse gibtesnicht", "", "0233120744"):
        find(client, query)
    client.head("/de/search/?q=gibtesnicht")
    assert not MissedWord.objects.exists()
    find(client, "Fahrradkurse")
    assert [str(word) for word in MissedWord.objects.all()] == ["fahrradkurse (de)"]


def test_a_synonym_finds_what_its_neighbour_finds_at_once(site: Site, client: Client) -> None:
    assert hits(find(client, "Unterricht")) == []
    SynonymGroup.objects.create(language="de", words="Unterricht\nSprachkurse")
    assert hits(find(client, "Unterricht")) == ["/de/sprachkurse/"]
    assert hits(find(client, "Unterricht", "tr")) == []


def test_a_synonym_of_several_words_is_not_called_missed(site: Site, client: Client) -> None:
    before = find(client, "Quatschwort")
    assert hits(before) == []
    SynonymGroup.objects.create(language="de", words="Quatschwort\nIch lerne Deutsch")
    factories.content(site.root_page, "Ich lerne Deutsch", slug="lerne")
    after = find(client, "Quatschwort")
    assert "/de/lerne/" in hits(after)
    assert "Quatschwort" not in webpages.text(after.select_one("main [role=status]"))


def queries_of(client: Client, query: str, code: str) -> int:
    find(client, query, code)
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        find(client, query, code)
    return len(captured)


@pytest.mark.parametrize("code", ["de", "ar"])
def test_more_hits_cost_no_more_queries(site: Site, client: Client, code: str) -> None:
    """Each kind that was found is read for itself; of each there is one at the beginning."""
    directory, events = factories.directory(site, slug="zweites"), factories.event_index(site)

    def grow(numbers: range) -> None:
        for number in numbers:
            page = factories.content(site, f"Rundbrief {number}", slug=f"rundbrief-{number}")
            factories.translated(page, "ar", title=f"Rundbrief نشرة {number}")
            club = factories.organisation(directory, f"Rundbrief {number} e.V.", slug=f"rundbrief-{number}")
            factories.event(events, f"Rundbrief Fest {number}", organiser=club)

    grow(range(1))
    few = queries_of(client, "Rundbrief", code)
    grow(range(1, 12))
    assert queries_of(client, "Rundbrief", code) == few <= MOST_QUERIES


@pytest.mark.parametrize("code", LANGUAGE_CODES)
def test_the_empty_form_answers_in_every_language(site: Site, client: Client, code: str) -> None:
    page = webpages.read(client.get(f"/{code}/search/"))
    assert page.html["lang"] == code
    assert hits(page) == []
    assert page.select_one('main form[role="search"]')["action"] == f"/{code}/search/"


def test_search_is_only_read(site: Site, client: Client) -> None:
    assert client.post("/de/search/", {"q": "x"}).status_code == 405
    assert client.head("/de/search/?q=Sprachkurse").status_code == 200
