"""The directory's listing: filters that combine, counts, the register from A to Z."""

import datetime as dt
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from directory.models import DirectoryPage, OrganisationPage
from directory.profiles.entrance import Entrance
from tests import factories, webpages

pytestmark = pytest.mark.django_db
OTHER = "hemer.localhost"

CLUBS = {
    "Chor der Kulturen": {"topics": ["kultur"], "languages_spoken": ["tr", "de"], "district": "haspe"},
    "Deutschkurs für alle": {"topics": ["sprache", "bildung"], "languages_spoken": ["ar", "uk"], "district": "haspe"},
    "Fußballverein Brücke": {"topics": ["sport"], "languages_spoken": ["ar"], "district": "boele"},
    "Sprachcafé": {
        "topics": ["sprache", "kultur"],
        "languages_spoken": ["ar", "tr"],
        "district": "boele",
        "short_description": "Reden bei Tee und Gebäck",
        "native_name": "مقهى اللغات",
    },
    "Verein ohne Angaben": {},
}


@pytest.fixture(scope="module")
def clubs(kept: None) -> DirectoryPage:
    site = factories.municipality()
    directory = factories.directory(site)
    for title, facts in CLUBS.items():
        district = {"district": factories.district(site, facts["district"])} if "district" in facts else {}
        made = factories.organisation(directory, title, **{**facts, **district})
        if title == "Chor der Kulturen":
            factories.translated(made, "ar", short_description="غناء معا")
    factories.topic("leer", de="Niemandes Thema")
    factories.district(site, "leer", "Leerer Bezirk")
    return directory


def shown(client: Client, code: str = "de", **asked: str) -> BeautifulSoup:
    answer = client.get(f"/{code}/organisationen/?{urlencode(asked)}", follow=True)
    assert answer.status_code == 200
    return webpages.read(answer)


def names(page: BeautifulSoup) -> list[str]:
    return [webpages.text(name) for name in page.select("main .cards h3")]


def options(page: BeautifulSoup, name: str) -> dict[str, Tag]:
    return {str(option["value"]): option for option in page.select(f"select[name={name}] option")}


def labels(page: BeautifulSoup, name: str) -> list[str]:
    return [webpages.text(option) for option in options(page, name).values()]


CHOIR, COURSE, FOOTBALL, CAFE, EMPTY = CLUBS


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [CHOIR, COURSE, FOOTBALL, CAFE, EMPTY]),
        ({"topic": "sprache"}, [COURSE, CAFE]),
        ({"topic": "sport"}, [FOOTBALL]),
        ({"language": "ar"}, [COURSE, FOOTBALL, CAFE]),
        ({"language": "uk"}, [COURSE]),
        ({"district": "haspe"}, [CHOIR, COURSE]),
        ({"q": "verein"}, [FOOTBALL, EMPTY]),
        ({"q": "FUSSBALL"}, [FOOTBALL]),
        ({"q": "  für   ALLE "}, [COURSE]),
        ({"q": "tee"}, [CAFE]),
        ({"q": "مقهى"}, [CAFE]),
        ({"topic": "sprache", "language": "ar"}, [COURSE, CAFE]),
        ({"topic": "sprache", "language": "tr"}, [CAFE]),
        ({"topic": "kultur", "district": "haspe"}, [CHOIR]),
        ({"language": "ar", "district": "boele"}, [FOOTBALL, CAFE]),
        ({"language": "ar", "district": "boele", "q": "brücke"}, [FOOTBALL]),
        ({"topic": "sprache", "language": "ar", "district": "haspe", "q": "kurs"}, [COURSE]),
        ({"topic": "sport", "language": "uk"}, []),
        ({"topic": "", "language": "", "district": "", "q": ""}, [CHOIR, COURSE, FOOTBALL, CAFE, EMPTY]),
    ],
)
def test_filters_combine(clubs: DirectoryPage, client: Client, asked: dict[str, str], found: list[str]) -> None:
    for code in ("de", "ar"):
        assert names(shown(client, code, **asked)) == found, code


@pytest.mark.parametrize(("code", "found"), [("ar", [CHOIR]), ("de", []), ("tr", [])])
def test_words_are_sought_in_the_readers_language_too(
    clubs: DirectoryPage, client: Client, code: str, found: list[str]
) -> None:
    assert names(shown(client, code, q="غناء")) == found


def test_german_words_are_found_in_every_language(clubs: DirectoryPage, client: Client) -> None:
    assert names(shown(client, "ar", q="Gebäck")) == [CAFE]


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("Fußballverein Brücke", "fussballverein BRUECKE"),
        ("Türkisch-İslamischer Verein", "turkisch islamischer"),
        ("Işık Derneği", "isik dernegi"),
        ("Мій дім Ґазда", "мій дім газда"),
        ("جمعية الأمل", "جمعيه الامل"),
        ("باشگاه کتاب", "باشگاه كتاب"),
    ],
)
def test_words_are_found_however_they_are_typed(db: None, client: Client, name: str, query: str) -> None:
    directory = factories.directory(factories.municipality("Hemer", hostname=OTHER))
    factories.organisation(directory, "Verein", native_name=name)
    address = f"/de/organisationen/?{urlencode({'q': query})}"
    assert names(webpages.read(client.get(address, headers={"Host": OTHER}))) == ["Verein"]


NONSENSE = [
    {"topic": "gibt-es-nicht"},
    {"language": "xx"},
    {"district": "atlantis"},
    {"q": "Quastenflosser"},
    {"topic": "sprache", "language": "'; DROP TABLE"},
    {"q": "<script>alert(1)</script>"},
    {"q": "x" * 5000},
    {"topic": "leer"},
    {"district": "leer"},
]


@pytest.mark.parametrize("asked", NONSENSE, ids=lambda asked: next(iter(asked)))
@pytest.mark.parametrize("code", ["de", "ar"])
def test_an_empty_result_says_what_to_do_and_leads_back_to_all(
    clubs: DirectoryPage, client: Client, asked: dict[str, str], code: str
) -> None:
    page = shown(client, code, **asked)
    assert names(page) == []
    help_box = page.select_one("main .box:not(.contact)")
    assert webpages.text(help_box.p)
    assert help_box.select_one("a.button")["href"] == f"/{code}/organisationen/"


def test_what_was_asked_for_cannot_become_markup(clubs: DirectoryPage, client: Client) -> None:
    page = shown(client, q='"><script>alert(1)</script>')
    assert page.select_one("#filter-q")["value"] == '"><script>alert(1)</script>'
    assert not [script for script in page.find_all("script") if "alert" in script.get_text()]


@pytest.mark.parametrize(
    ("asked", "number"),
    [({}, "5 Organisationen"), ({"topic": "sport"}, "1 Organisation"), ({"q": "xyz"}, "0 Organisationen")],
)
def test_the_number_of_organisations_found_is_said(
    clubs: DirectoryPage, client: Client, asked: dict[str, str], number: str
) -> None:
    assert webpages.text(shown(client, **asked).select_one("[role=status]")) == number


def test_the_list_says_that_only_some_words_were_found(clubs: DirectoryPage, client: Client) -> None:
    sentence = "No result has all your words. These have some of them."
    both = f"{CAFE} {CHOIR}"
    assert sentence in webpages.text(shown(client, "en", q=both).select_one("[role=status]"))
    assert "Xqzzt" in webpages.text(shown(client, "en", q=f"{CAFE} Xqzzt").select_one("[role=status]"))
    assert sentence not in webpages.text(shown(client, "en", q=CAFE).select_one("[role=status]"))


# Options and counts


@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("topic", ["Bildung (1)", "Kultur (2)", "Sport (1)", "Sprache (2)"]),
        ("language", ["Arabisch (3)", "Deutsch (1)", "Türkisch (2)", "Ukrainisch (1)"]),
        ("district", ["Boele (2)", "Haspe (2)"]),
    ],
)
def test_each_option_says_how_many_organisations_have_it(
    clubs: DirectoryPage, client: Client, name: str, choices: list[str]
) -> None:
    assert labels(shown(client), name)[1:] == choices


def test_languages_are_named_and_ordered_for_the_reader(clubs: DirectoryPage, client: Client) -> None:
    assert labels(shown(client, "tr"), "language")[1:] == ["Almanca (1)", "Arapça (3)", "Türkçe (2)", "Ukraynaca (1)"]


def test_an_option_that_nobody_has_is_not_offered(clubs: DirectoryPage, client: Client) -> None:
    page = shown(client)
    assert "leer" not in {*options(page, "topic"), *options(page, "district")}


def test_what_is_chosen_stays_chosen(clubs: DirectoryPage, client: Client) -> None:
    asked = {"topic": "sprache", "language": "tr", "district": "boele", "q": "Tee"}
    for code in ("de", "ar"):
        page = shown(client, code, **asked)
        chosen = {name: page.select_one(f"select[name={name}] option[selected]")["value"] for name in list(asked)[:3]}
        assert {**chosen, "q": page.select_one("#filter-q")["value"]} == asked
        assert page.select_one("details.filters").has_attr("open")


def test_a_chosen_option_that_nobody_has_stays_chosen(clubs: DirectoryPage, client: Client) -> None:
    option = options(shown(client, topic="leer"), "topic")["leer"]
    assert (option.has_attr("selected"), option.has_attr("disabled")) == (True, False)


def test_nothing_is_chosen_at_first_and_there_is_nothing_to_reset(clubs: DirectoryPage, client: Client) -> None:
    page = shown(client)
    assert not page.select("form option[selected], details.filters[open], .filters a.go")


def test_filters_can_be_reset(clubs: DirectoryPage, client: Client) -> None:
    assert shown(client, "ar", topic="sport").select_one(".filters a.go")["href"] == "/ar/organisationen/"


def test_the_address_of_a_filtered_list_can_be_shared(clubs: DirectoryPage, client: Client) -> None:
    form = shown(client).select_one(".filters form")
    assert (form.get("method", "get"), form["action"]) == ("get", "/de/organisationen/")
    assert {field["name"] for field in form.select("[name]")} == {"topic", "language", "district", "q"}


def test_the_language_switcher_keeps_the_filters(clubs: DirectoryPage, client: Client) -> None:
    page = shown(client, topic="sprache", language="ar")
    found = [link["href"] for link in page.select("a[hreflang=tr], a[lang=tr]")]
    assert "/tr/organisationen/?topic=sprache&language=ar" in found


def test_topics_without_translation_are_german_and_marked(clubs: DirectoryPage, client: Client) -> None:
    made = OrganisationPage.objects.child_of(clubs).first()
    made.topics.add(factories.topic("frauen", de="Frauen", ar="نساء"))
    made.save()
    found = options(shown(client, "ar"), "topic")
    assert webpages.language_of(found["sport"]) == ("de", "ltr")
    assert webpages.language_of(found["frauen"]) == ("ar", "rtl")


# The register from A to Z


REGISTER = ["Afrika-Forum", "Ägäis e.V.", "Apfelbaum", "Çınar", "Cafe", "Cyprus", "Dach", "Izmir", "Işık", "İnci"]


@pytest.mark.parametrize(
    ("code", "letters"),
    [
        (
            "de",
            {
                "A": ["Afrika-Forum", "Ägäis e.V.", "Apfelbaum"],
                "C": ["Cafe", "Çınar", "Cyprus"],
                "D": ["Dach"],
                "I": ["İnci", "Işık", "Izmir"],
            },
        ),
        (
            "tr",
            {
                "A": ["Afrika-Forum", "Ägäis e.V.", "Apfelbaum"],
                "C": ["Cafe", "Cyprus"],
                "Ç": ["Çınar"],
                "D": ["Dach"],
                "I": ["Işık", "Izmir"],
                "İ": ["İnci"],
            },
        ),
    ],
)
def test_the_register_follows_the_readers_alphabet(
    db: None, client: Client, code: str, letters: dict[str, list[str]]
) -> None:
    directory = factories.directory(factories.municipality("Hemer", hostname=OTHER))
    for name in REGISTER:
        factories.organisation(directory, name)
    page = webpages.read(client.get(f"/{code}/organisationen/", headers={"Host": OTHER}))
    found = {
        webpages.text(section.h2): [webpages.text(name) for name in section.select("h3")]
        for section in page.select("section.letter")
    }
    assert (list(found), found) == (list(letters), letters)
    targets = [link["href"].removeprefix("#") for link in page.select("nav.register a")]
    assert [webpages.text(page.find(id=target)) for target in targets] == list(letters)


# Who is listed


def test_drafts_are_not_listed_and_not_counted(clubs: DirectoryPage, client: Client) -> None:
    factories.organisation(clubs, "Entwurf", live=False, topics=["sport"], languages_spoken=["yi"])
    page = shown(client)
    assert "Entwurf" not in names(page)
    assert labels(page, "topic")[3] == "Sport (1)"
    assert "yi" not in options(page, "language")


def test_a_card_marks_german_words_and_keeps_names_as_they_are(clubs: DirectoryPage, client: Client) -> None:
    cards = {webpages.text(card.h3): card for card in shown(client, "ar").select("main .card")}
    assert webpages.language_of(cards[CAFE].h3.bdi) == ("de", "ltr")
    description = cards[CAFE].find("span", string="Reden bei Tee und Gebäck")
    assert webpages.language_of(description) == ("de", "ltr")
    assert webpages.language_of(cards[CHOIR].find("p", string="غناء معا")) == ("ar", "rtl")


def test_an_organisation_without_details_is_listed_by_its_name_alone(clubs: DirectoryPage, client: Client) -> None:
    cards = {webpages.text(card.h3): webpages.text(card) for card in shown(client).select("main .card")}
    assert cards[EMPTY] == EMPTY


def queries(client: Client, addresses: list[str]) -> dict[str, int]:
    """How many queries each address needs when nothing is cached; asked twice."""
    counts = {}
    for address in addresses * 2:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address, headers={"Host": OTHER}).status_code == 200
        counts[address] = len(captured)
    return counts


def test_thirty_organisations_need_as_many_queries_as_three(db: None, client: Client) -> None:
    site = factories.municipality("Hemer", hostname=OTHER)
    directory = factories.directory(site)
    narrowed = "organisationen/?language=ar&topic=t1&q=verein&open=today"
    paths = ("organisationen/", narrowed, "organisationen/verein-1/", "")
    addresses = [f"/{code}/{path}" for code in ("de", "ar") for path in paths]

    def join(numbers: range) -> None:
        for number in numbers:
            facts = {"topics": [f"t{number % 4}"], "languages_spoken": ["ar", "tr"], "closed_on_public_holidays": True}
            district = factories.district(site, f"bezirk-{number % 5}")
            made = factories.organisation(directory, f"Verein {number}", district=district, **facts)
            made.opening_hours.create(weekday=number % 7 + 1, opens=dt.time(9), closes=dt.time(17))
            made.special_hours.create(first_day=dt.date(2031, 1, number))
            if number % 3 == 0:
                factories.translated(made, "ar", short_description="نعم")

    join(range(1, 4))
    with_three = queries(client, addresses)
    join(range(4, 31))
    assert queries(client, addresses) == with_three


# Two municipalities


@pytest.fixture
def two_sites(db: None) -> dict[str, Site]:
    sites = {}
    for name in ("hagen", "hemer"):
        sites[name] = site = factories.municipality(name.title(), hostname=f"{name}.localhost")
        district = factories.district(site, "mitte", f"Mitte von {name.title()}")
        factories.district(site, f"nur-{name}", f"Nur {name.title()}")
        factories.organisation(
            factories.directory(site),
            f"Verein {name}",
            district=district,
            languages_spoken=[{"hagen": "ar", "hemer": "uk"}[name]],
        )
    return sites


@pytest.mark.parametrize("name", ["hagen", "hemer"])
def test_each_municipality_offers_its_own_districts_only(two_sites: dict[str, Site], client: Client, name: str) -> None:
    page = webpages.read(client.get("/de/organisationen/", headers={"Host": f"{name}.localhost"}))
    town = name.title()
    assert labels(page, "district")[1:] == [f"Mitte von {town} (1)"]
    assert names(page) == [f"Verein {name}"]


def test_the_finder_offers_the_languages_of_its_own_municipality(two_sites: dict[str, Site]) -> None:
    for name, spoken in (("hagen", ("ar", "Arabisch")), ("hemer", ("uk", "Ukrainisch"))):
        found = Entrance(two_sites[name].root_page).languages
        assert [(choice.value, str(choice.label)) for choice in found] == [spoken]
