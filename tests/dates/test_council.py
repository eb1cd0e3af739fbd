"""The pages of a council: overview, year, session."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dates.council import next_sessions
from dates.models import BodyName, CouncilBody, CouncilPage
from tests import factories, webpages

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(db: None) -> CouncilBody:
    return factories.council_body()


@pytest.fixture
def page(body: CouncilBody) -> CouncilPage:
    return factories.council(factories.municipality(), body, slug="rat")


def shown(client: Client, path: str = "", code: str = "de") -> BeautifulSoup:
    answer = client.get(f"/{code}/rat/{path}")
    assert answer.status_code == 200
    return webpages.read(answer)


def in_days(days: int) -> dt.datetime:
    return (timezone.localtime() + dt.timedelta(days=days)).replace(hour=16, minute=0, second=0, microsecond=0)


def links(page: BeautifulSoup, selector: str) -> list[str]:
    return [str(link["href"]) for link in page.select(f"main {selector} a")]


# Overview


def test_the_overview_begins_with_the_next_meeting(page: CouncilPage, body: CouncilBody, client: Client) -> None:
    for number, days in ((3, 300), (2, 200), (1, -300)):
        factories.session(body, number, in_days(days))
    assert links(shown(client), ".next") == [f"/de/rat/{in_days(200).year}/2/"]


def test_a_session_of_today_is_still_ahead(page: CouncilPage, body: CouncilBody, client: Client) -> None:
    factories.session(body, 1, timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0))
    assert len(links(shown(client), ".next")) == 1


def test_all_upcoming_meetings_follow_in_order(page: CouncilPage, body: CouncilBody, client: Client) -> None:
    for number, days in ((3, 30), (1, 10), (2, 20)):
        factories.session(body, number, in_days(days))
    assert [link.split("/")[-2] for link in links(shown(client), "table")] == ["1", "2", "3"]


def test_without_dates_ahead_the_overview_says_so(page: CouncilPage, body: CouncilBody, client: Client) -> None:
    factories.session(body, 1, in_days(-10))
    first = shown(client)
    assert not first.select(".next")
    assert webpages.text(first.select_one("p.box")) == "Die nächsten Termine stehen noch nicht fest."


def test_past_meetings_stand_by_year_newest_year_first(page: CouncilPage, body: CouncilBody, client: Client) -> None:
    for year, month, number in ((2023, 5, 1), (2024, 9, 2), (2024, 2, 1)):
        factories.session(body, number, factories.berlin(year, month, 1, 16))
    folds = shown(client, code="ar").select(".shade details.fold")
    found = {webpages.text(fold.summary): [link["href"] for link in fold.select("a")] for fold in folds}
    assert list(found.items()) == [
        ("2024", ["/ar/rat/2024/1/", "/ar/rat/2024/2/"]),
        ("2023", ["/ar/rat/2023/1/"]),
    ]


def test_a_council_page_without_body_is_shown_without_dates(client: Client) -> None:
    factories.council(factories.municipality(), None, slug="rat")  # type: ignore[arg-type]
    factories.session(factories.council_body(), 1, in_days(3))
    assert not shown(client).select("main table, .next")
    assert client.get("/de/rat/2025/").status_code == 404


def test_legal_names_are_shown_with_the_day_from_which_they_hold(
    page: CouncilPage, body: CouncilBody, client: Client
) -> None:
    BodyName.objects.create(body=body, name={"de": "Ausländerbeirat"}, sort_order=1)
    new = {"de": "Ausschuss für Chancengerechtigkeit", "ar": "لجنة تكافؤ الفرص"}
    BodyName.objects.create(body=body, name=new, valid_from=dt.date(2025, 11, 1), sort_order=2)
    names = [webpages.text(item) for item in shown(client).select(".aside .box:not(#calendar) li")]
    assert names == ["Ausländerbeirat", "Ausschuss für Chancengerechtigkeit Seit: 1. November 2025"]
    first, second = shown(client, code="ar").select(".aside .box:not(#calendar) li")
    assert webpages.language_of(first.span) == ("de", "ltr")
    assert webpages.text(second).startswith("لجنة تكافؤ الفرص")
    assert second.time["datetime"] == "2025-11-01"


def test_a_council_without_legal_names_has_no_empty_box(page: CouncilPage, client: Client) -> None:
    assert not shown(client).select(".aside .box:not(#calendar)")


# Year and session


def test_a_year_lists_its_sessions_in_order(page: CouncilPage, body: CouncilBody, client: Client) -> None:
    for year, month, number in ((2025, 6, 2), (2025, 1, 1), (2024, 12, 6)):
        factories.session(body, number, factories.berlin(year, month, 3, 16))
    year = shown(client, "2025/", "tr")
    assert links(year, "table") == ["/tr/rat/2025/1/", "/tr/rat/2025/2/"]
    assert links(year, ".chips") == ["/tr/rat/2025/", "/tr/rat/2024/"]
    assert [webpages.text(link) for link in year.select(".chips [aria-current=page]")] == ["2025"]


@pytest.mark.parametrize(
    "path",
    [
        "2024/",
        "0/",
        "1/",
        "10000/",
        "99999999999999999999/",
        "-2025/",
        "jahr/",
        "2025/2/",
        "2025/0/",
        "2025/-1/",
        "2025/70000/",
        "2025/99999999999999999999/",
        "2025/eins/",
        "2025/1/mehr/",
        "2024/1/",
    ],
)
@pytest.mark.parametrize("code", ["de", "ar"])
def test_an_unknown_year_or_number_is_not_found(
    page: CouncilPage, body: CouncilBody, client: Client, path: str, code: str
) -> None:
    factories.session(body, 1)
    answer = client.get(f"/{code}/rat/{path}")
    assert answer.status_code == 404
    assert webpages.read(answer).html["lang"] == code


def test_a_session_of_another_body_is_not_found(page: CouncilPage, client: Client) -> None:
    factories.session(factories.council_body("anderer"), 1)
    assert client.get("/de/rat/2025/1/").status_code == 404


def test_a_session_names_its_place_with_the_german_address(
    page: CouncilPage, body: CouncilBody, client: Client
) -> None:
    town_hall = {"de": "Rathaus", "ar": "مبنى البلدية"}
    place = factories.place(name=town_hall, street="Rathausstr. 11", postal_code="58095", city="Hagen")
    factories.session(body, 1, place=place)
    details = shown(client, "2025/1/", "ar").select_one("dl")
    assert "مبنى البلدية" in webpages.text(details)
    address = details.select_one("address bdi")
    assert webpages.text(address) == "Rathausstr. 11 58095 Hagen"
    assert webpages.language_of(address) == ("de", "ltr")


def test_a_session_leads_to_agenda_and_papers_where_they_are_known(
    page: CouncilPage, body: CouncilBody, client: Client
) -> None:
    session = factories.session(body, 1)
    assert not shown(client, "2025/1/").select("main a.button")
    session.information_url = "https://rat.example/1"
    session.save()
    assert links(shown(client, "2025/1/"), "p")[0] == "https://rat.example/1"


@pytest.mark.parametrize(("days", "stated"), [(10, True), (-10, False)], ids=["ahead", "past"])
def test_the_status_is_stated_for_sessions_ahead_only(
    page: CouncilPage, body: CouncilBody, client: Client, days: int, stated: bool
) -> None:
    session = factories.session(body, 1, in_days(days), status="invited")
    terms = [webpages.text(term) for term in shown(client, f"{session.year}/1/").select("main dt")]
    assert ("Stand" in terms or "Status" in terms) == stated


@pytest.mark.parametrize(("code", "word"), [("de", "Abgesagt"), ("en", "Cancelled"), ("tr", "İptal edildi")])
def test_a_cancelled_session_says_so_wherever_it_is_shown(
    page: CouncilPage, body: CouncilBody, client: Client, code: str, word: str
) -> None:
    session = factories.session(body, 1, in_days(10), status="cancelled")
    for path in ("", "rat/", f"rat/{session.year}/", f"rat/{session.year}/1/"):
        answer = webpages.read(client.get(f"/{code}/{path}"))
        assert word in [webpages.text(badge) for badge in answer.select("main .badge.bad")], path
        assert answer.select("main .gone time"), path


def test_a_cancelled_session_has_a_notice_on_its_page(page: CouncilPage, body: CouncilBody, client: Client) -> None:
    factories.session(body, 1, status="cancelled")
    assert webpages.text(shown(client, "2025/1/").select_one(".notice")) == "Diese Sitzung ist abgesagt."


def test_a_session_that_takes_place_is_not_marked_as_cancelled(
    page: CouncilPage, body: CouncilBody, client: Client
) -> None:
    factories.session(body, 1)
    assert not shown(client, "2025/1/").select(".notice, .badge.bad, .gone")


@pytest.mark.parametrize("code", ["de", "ar"])
def test_an_invented_session_says_so_wherever_it_is_shown(
    page: CouncilPage, body: CouncilBody, client: Client, code: str
) -> None:
    session = factories.session(body, 1, in_days(10), is_example=True)
    for path in ("", "rat/", f"rat/{session.year}/", f"rat/{session.year}/1/"):
        assert webpages.read(client.get(f"/{code}/{path}")).select("main .badge.warm"), path


@pytest.mark.parametrize("code", ["de", "ar", "tr"])
def test_a_hidden_session_is_nowhere(page: CouncilPage, body: CouncilBody, client: Client, code: str) -> None:
    factories.session(body, 5, factories.berlin(2098, 1, 1, 16))
    factories.session(body, 6, factories.berlin(2099, 1, 1, 16), is_public=False)
    factories.session(body, 7, factories.berlin(2098, 2, 1, 16), is_public=False)
    for path in ("", "rat/", "rat/2098/"):
        answer = webpages.html(client.get(f"/{code}/{path}"))
        assert ("5/2098" in answer, "7/2098" in answer, "6/2099" in answer) == (True, False, False), path
    assert [client.get(f"/{code}/rat/{path}").status_code for path in ("2099/", "2099/6/", "2098/7/")] == [404] * 3
    sitemap = webpages.html(client.get("/sitemap.xml"))
    assert ("rat/2099" in sitemap, "rat/2098/7" in sitemap) == (False, False)


# Queries


def queries(client: Client, addresses: list[str]) -> dict[str, int]:
    """How many queries each address needs when nothing is cached; asked twice."""
    counts = {}
    for address in addresses * 2:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        counts[address] = len(captured)
    return counts


def test_thirty_sessions_need_as_many_queries_as_three(page: CouncilPage, body: CouncilBody, client: Client) -> None:
    paths = ("rat/", "rat/2099/", "rat/2099/1/", "")
    addresses = [f"/{code}/{path}" for code in ("de", "ar") for path in paths]

    def hold(numbers: range) -> None:
        for number in numbers:
            place = factories.place(f"ort-{number}")
            for year in (2099, 2020):
                factories.session(body, number, factories.berlin(year, 1, number, 16), place=place)

    hold(range(1, 4))
    with_three = queries(client, addresses)
    hold(range(4, 31))
    assert queries(client, addresses) == with_three


# Beside other things


def test_the_next_sessions_are_those_of_councils_right_below_the_home_page(
    page: CouncilPage, body: CouncilBody
) -> None:
    other = factories.council_body("anderer")
    factories.session(other, 1, in_days(1))
    ahead = [factories.session(body, number, in_days(number)) for number in (2, 3, 4)]
    assert next_sessions(page.get_parent(), 2) == ahead[:2]


def test_the_session_page_has_the_way_back_to_council_and_year(
    page: CouncilPage, body: CouncilBody, client: Client
) -> None:
    factories.session(body, 1)
    session = shown(client, "2025/1/", "ar")
    assert links(session, ".crumbs") == ["/ar/", "/ar/rat/"]
    assert "/ar/rat/2025/" in links(session, "article")
