"""The pages of a council: overview, year, session."""

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dates.council.council_page import next_sessions
from dates.council.session_changes import change
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
    sitemap = webpages.in_sitemaps(client)
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


# What is offered


def test_the_next_meeting_is_one_that_takes_place(page: CouncilPage, body: CouncilBody, client: Client) -> None:
    factories.session(body, 1, in_days(10), status="cancelled")
    factories.session(body, 2, in_days(20), status="withdrawn")
    third = factories.session(body, 3, in_days(30))
    first = shown(client)
    assert links(first, ".next") == [f"/de/rat/{third.year}/3/"]
    assert len(links(first, "table")) == 3


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "The meeting is public."),
        ({"openness": "partly"}, "One part of the meeting is public."),
        ({"openness": "closed"}, "The meeting is not public."),
        ({"interpreters": "yes"}, "There are interpreters."),
        ({"interpreters": "on_request"}, "Interpreters come if you ask"),
        ({"interpreters": "no"}, "There are no interpreters."),
        ({"sign_language": "yes"}, "There is German sign language."),
        ({"notice": "question_time"}, "Residents can ask questions"),
    ],
    ids=str,
)
def test_whether_one_can_come_is_said_on_page_and_overview(
    page: CouncilPage, body: CouncilBody, client: Client, fields: dict[str, str], sentence: str
) -> None:
    session = factories.session(body, 1, in_days(10), **fields)
    for path in ("", f"{session.year}/1/"):
        assert sentence in webpages.text(shown(client, path, "en").main), path


def test_languages_of_interpreters_are_named_in_the_readers_language(
    page: CouncilPage, body: CouncilBody, client: Client
) -> None:
    session = factories.session(body, 1, in_days(10), interpreters="yes", interpreter_languages=["ar", "tr"])
    names = {code: webpages.text(shown(client, f"{session.year}/1/", code).main) for code in ("de", "tr")}
    assert ("Arabisch und Türkisch" in names["de"], "Arapça ve Türkçe" in names["tr"]) == (True, True)


def test_what_is_not_known_is_not_claimed(page: CouncilPage, body: CouncilBody, client: Client) -> None:
    session = factories.session(body, 1, in_days(10), interpreter_languages=["ar"])
    text = webpages.text(shown(client, f"{session.year}/1/", "en").main).lower()
    assert not {word for word in ("interpreter", "sign language", "livestream", "arabic") if word in text}


@pytest.mark.parametrize("fields", [{"status": "cancelled"}, {"start": factories.berlin(2025, 1, 28, 16)}], ids=str)
def test_nobody_is_invited_to_what_is_over_or_off(
    page: CouncilPage, body: CouncilBody, client: Client, fields: dict[str, Any]
) -> None:
    session = factories.session(body, 1, **{"start": in_days(10), "interpreters": "yes", **fields})
    assert not shown(client, f"{session.year}/1/").select("#offers")


def test_a_livestream_is_linked(page: CouncilPage, body: CouncilBody, client: Client) -> None:
    session = factories.session(body, 1, in_days(10), livestream_url="https://live.example/")
    for path in ("", f"{session.year}/1/"):
        assert shown(client, path).select("main a[href='https://live.example/']"), path


def test_every_paper_that_is_known_is_linked(page: CouncilPage, body: CouncilBody, client: Client) -> None:
    kinds = ("information", "agenda", "papers", "minutes")
    factories.session(body, 1, **{f"{kind}_url": f"https://rat.example/{kind}" for kind in kinds})
    found = [link["href"] for link in shown(client, "2025/1/", "ar").select("main a.button[hreflang=de]")]
    assert found == [f"https://rat.example/{kind}" for kind in kinds]


def test_the_expected_end_stands_beside_the_start(page: CouncilPage, body: CouncilBody, client: Client) -> None:
    factories.session(body, 1, end=factories.berlin(2025, 1, 28, 18, 30))
    times = [time["datetime"] for time in shown(client, "2025/1/").select("dl time")]
    assert times == ["2025-01-28T16:00:00+01:00", "2025-01-28T18:30:00+01:00"]


def test_a_session_has_the_legal_name_of_its_day(page: CouncilPage, body: CouncilBody, client: Client) -> None:
    BodyName.objects.create(body=body, name={"de": "Alter Name"}, valid_until=dt.date(2025, 10, 31))
    BodyName.objects.create(body=body, name={"de": "Neuer Name"}, valid_from=dt.date(2025, 11, 1))
    factories.session(body, 1)
    factories.session(body, 6, factories.berlin(2025, 11, 18, 16))
    names = {
        number: webpages.text(shown(client, f"2025/{number}/").select_one("dl div:last-child dd")) for number in (1, 6)
    }
    assert names == {1: "Alter Name", 6: "Neuer Name"}


# What has changed


@pytest.mark.parametrize("code", ["de", "ar", "fa"])
def test_a_moved_session_shows_both_dates_wherever_it_is_shown(
    page: CouncilPage, body: CouncilBody, client: Client, code: str
) -> None:
    session = factories.session(body, 1, in_days(30))
    change(session=session, values={"start": in_days(37)}, origin="import")
    days = [in_days(37).date().isoformat(), in_days(30).date().isoformat()]
    for path in ("", "rat/", f"rat/{session.year}/", f"rat/{session.year}/1/"):
        answer = webpages.read(client.get(f"/{code}/{path}")).main
        assert answer.select_one("s time")["datetime"][:10] == days[1], path
        assert answer.select_one("time")["datetime"][:10] == days[0], path


def test_the_page_of_a_session_tells_all_public_changes(page: CouncilPage, body: CouncilBody, client: Client) -> None:
    session = factories.session(body, 1, in_days(30), place=factories.place(name={"de": "Rathaus", "tr": "Belediye"}))
    change(session=session, values={"start": in_days(37), "place": None}, origin="person")
    change(session=session, values={"start": in_days(36)}, origin="person", is_correction=True)
    change(session=session, values={"status": "cancelled"}, origin="person")
    told = shown(client, f"{session.year}/1/", "tr").select("section[aria-labelledby=story] li")
    assert [each.s is not None for each in told] == [True] * 3
    first, second, third = told
    assert [time["datetime"][:10] for time in first.select("p + p time")] == [
        in_days(30).date().isoformat(),
        in_days(36).date().isoformat(),
    ]
    assert webpages.text(second.s) == "Belediye"
    assert webpages.text(third.select("p")[-1]).endswith("edildi")


def test_a_session_without_changes_tells_no_story(page: CouncilPage, body: CouncilBody, client: Client) -> None:
    factories.session(body, 1)
    assert not shown(client, "2025/1/").select("section[aria-labelledby=story], s")


def test_a_withdrawn_session_is_struck_through_and_not_announced(
    page: CouncilPage, body: CouncilBody, client: Client
) -> None:
    session = factories.session(body, 1, in_days(10), status="withdrawn")
    for path in (f"{session.year}/", f"{session.year}/1/"):
        assert shown(client, path).select(".badge.bad, s.gone"), path
    assert shown(client, f"{session.year}/1/").select(".notice")
    assert not webpages.read(client.get("/de/")).select(f"main a[href='/de/rat/{session.year}/1/']")


# Tables


@pytest.mark.parametrize("path", ["", "2025/"])
def test_tables_have_caption_scopes_and_times(page: CouncilPage, body: CouncilBody, client: Client, path: str) -> None:
    for month in (1, 2):
        factories.session(body, month, factories.berlin(2025, month, 4, 16), sign_language="yes")
    table = shown(client, path).select_one("table")
    assert webpages.text(table.caption)
    assert [head["scope"] for head in table.select("th")] == ["col"] * 4 + ["row"] * 2
    assert len(table.select("tbody time[datetime]")) == 2
    assert len(table.select("tbody td:last-child li")) == 2


@pytest.mark.parametrize("code", ["de", "fa"])
def test_the_sheet_of_a_year_says_when_it_was_printed_and_where_news_are(
    page: CouncilPage, body: CouncilBody, client: Client, code: str
) -> None:
    factories.session(body, 1)
    sheet = shown(client, "2025/", code).select_one(".sheet")
    assert sheet.select(f"p time[datetime='{timezone.localdate().isoformat()}']")
    assert f"http://testserver/{code}/rat/2025/" in webpages.text(sheet)
