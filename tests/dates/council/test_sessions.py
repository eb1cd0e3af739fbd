"""Council sessions: title and date in ten languages, the year they belong to, what is ahead."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.utils import timezone

from cms.localization import languages
from dates.models import CouncilBody, CouncilPage, CouncilSession
from tests import factories, webpages

pytestmark = pytest.mark.django_db
ZWNJ, EZAFE = "\u200c", "\u0654"
NAMES = {
    "de": "Integrationsrat",
    "en": "Integration Council",
    "ar": "مجلس الاندماج",
    "uk": "Інтеграційна рада",
    "tr": "Uyum Meclisi",
    "ru": "Интеграционный совет",
    "fa": "شورای ادغام",
    "bg": "Съвет по интеграция",
    "ro": "Consiliul pentru Integrare",
}
DAYS = [(28, 1), (11, 3), (29, 4), (3, 6), (2, 9), (18, 11)]
"""The Tuesdays of 2025 on which the council met, each at 16:00."""

FIRST_SESSION = {
    "de": ("Integrationsrat – Sitzung 1/2025", "Dienstag, 28. Januar 2025, 16:00 Uhr"),
    "de-simple": ("Integrationsrat – Sitzung 1/2025", "Dienstag, 28. Januar 2025, 16:00 Uhr"),
    "en": ("Integration Council – meeting 1/2025", "Tuesday, 28 January 2025, 16:00"),
    "ar": ("مجلس الاندماج – الجلسة 1/2025", "الثلاثاء، 28 يناير 2025، 16:00"),
    "uk": ("Інтеграційна рада — засідання № 1/2025", "вівторок, 28 січня 2025, 16:00"),
    "tr": ("Uyum Meclisi – Oturum 1/2025", "28 Ocak 2025 Salı, 16:00"),
    "ru": ("Интеграционный совет — заседание № 1/2025", "вторник, 28 января 2025, 16:00"),
    "fa": (f"شورای ادغام – جلسه{EZAFE} 1/2025", f"سه{ZWNJ}شنبه 28 ژانویه{EZAFE} 2025، 16:00"),
    "bg": ("Съвет по интеграция – заседание № 1/2025", "вторник, 28 януари 2025, 16:00 часа"),
    "ro": ("Consiliul pentru Integrare – Ședința 1/2025", "marți, 28 ianuarie 2025, ora 16:00"),
}
MONTHS = {
    "de": "Januar März April Juni September November",
    "de-simple": "Januar März April Juni September November",
    "en": "January March April June September November",
    "ar": "يناير مارس أبريل يونيو سبتمبر نوفمبر",
    "uk": "січня березня квітня червня вересня листопада",
    "tr": "Ocak Mart Nisan Haziran Eylül Kasım",
    "ru": "января марта апреля июня сентября ноября",
    "fa": f"ژانویه{EZAFE} مارس آوریل ژوئن سپتامبر نوامبر",
    "bg": "януари март април юни септември ноември",
    "ro": "ianuarie martie aprilie iunie septembrie noiembrie",
}


@pytest.fixture(scope="module")
def page(kept: None) -> CouncilPage:
    """The council with its six sessions of 2025."""
    body = factories.council_body("integrationsrat", **NAMES)
    place = factories.place(name={"de": "Rathaus", "ar": "مبنى البلدية"})
    for number, (day, month) in enumerate(DAYS, start=1):
        factories.session(body, number, factories.berlin(2025, month, day, 16), place=place)
    return factories.council(factories.municipality(), body, "Integrationsrat", slug="rat")


@pytest.fixture
def body(page: CouncilPage) -> CouncilBody:
    assert page.council is not None
    return page.council


# Title and date


@pytest.mark.parametrize("code", FIRST_SESSION)
def test_the_session_of_28_january_2025_is_announced_in_each_language(
    page: CouncilPage, client: Client, code: str
) -> None:
    shown = webpages.read(client.get(f"/{code}/rat/2025/1/"))
    title, when = FIRST_SESSION[code]
    assert webpages.text(shown.h1) == title
    assert webpages.text(shown.title).startswith(title)
    assert webpages.text(shown.select_one("dl time")) == when
    assert webpages.language_of(shown.h1) == (code, languages.get(code).direction)


@pytest.mark.parametrize("code", FIRST_SESSION)
@pytest.mark.parametrize("number", range(1, 7))
def test_all_six_sessions_name_tuesday_day_month_and_four_in_the_afternoon(
    page: CouncilPage, client: Client, code: str, number: int
) -> None:
    day, month = DAYS[number - 1]
    shown = webpages.read(client.get(f"/{code}/rat/2025/{number}/"))
    title, when = FIRST_SESSION[code]
    words = MONTHS[code].split()
    assert webpages.text(shown.h1) == title.replace("1/2025", f"{number}/2025")
    time = shown.select_one("dl time")
    assert webpages.text(time) == when.replace("28", str(day)).replace(words[0], words[number - 1])
    offset = "+01:00" if month in (1, 3, 11) else "+02:00"
    assert time["datetime"] == f"2025-{month:02}-{day:02}T16:00:00{offset}"


@pytest.mark.parametrize("code", ["ar", "fa"])
def test_dates_and_titles_are_isolated_in_text_from_right_to_left(page: CouncilPage, client: Client, code: str) -> None:
    shown = webpages.read(client.get(f"/{code}/rat/2025/1/"))
    assert shown.select_one("dl time > bdi")


def test_a_body_without_translated_name_keeps_its_german_name_marked(page: CouncilPage, client: Client) -> None:
    committee = factories.council_body("ausschuss", de="Sozialausschuss")
    factories.session(committee, 1)
    factories.council(page.get_parent(), committee, "Sozialausschuss", slug="ausschuss")
    shown = webpages.read(client.get("/ar/ausschuss/2025/1/"))
    assert webpages.language_of(shown.h1.span) == ("de", "ltr")
    assert webpages.text(shown.h1) == "Sozialausschuss – الجلسة 1/2025"


def test_a_new_session_is_complete_in_every_language_at_once(page: CouncilPage, client: Client) -> None:
    addresses = [f"/{language.code}/rat/2099/" for language in languages.LANGUAGES]
    assert {client.get(address).status_code for address in addresses} == {404}
    factories.session(page.council, 1, factories.berlin(2099, 3, 1, 16))
    assert {client.get(address).status_code for address in addresses} == {200}


# Year and number


@pytest.mark.parametrize(
    ("start", "year"),
    [
        (dt.datetime(2025, 12, 31, 23, 30, tzinfo=dt.UTC), 2026),
        (dt.datetime(2025, 12, 31, 22, 59, tzinfo=dt.UTC), 2025),
        (dt.datetime(2025, 12, 31, 23, 0, tzinfo=dt.UTC), 2026),
        (dt.datetime(2026, 1, 1, 0, 30, tzinfo=dt.timezone(dt.timedelta(hours=3))), 2025),
        (factories.berlin(2026, 1, 1, 0), 2026),
    ],
)
def test_the_year_is_that_of_the_clock_in_berlin(
    page: CouncilPage, client: Client, start: dt.datetime, year: int
) -> None:
    session = factories.session(page.council, 77, start)
    assert session.year == year
    assert [other for other in (2025, 2026) if client.get(f"/de/rat/{other}/77/").status_code == 200] == [year]


def test_a_session_that_moves_to_another_year_gets_another_address(page: CouncilPage, client: Client) -> None:
    session = factories.session(page.council, 77)
    session.start = factories.berlin(2031, 1, 1, 16)
    session.save()
    assert [client.get(f"/de/rat/{year}/77/").status_code for year in (2025, 2031)] == [404, 200]


def test_the_database_refuses_a_number_twice_in_a_year(body: CouncilBody) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.session(body, 1, factories.berlin(2025, 12, 1, 16))


def test_numbers_begin_anew_with_each_year_and_body(body: CouncilBody) -> None:
    factories.session(body, 1, factories.berlin(2031, 1, 1, 16))
    factories.session(factories.council_body("anderer"), 1, factories.berlin(2025, 1, 28, 16))
    assert CouncilSession.objects.filter(number=1).count() == 3


def test_validation_names_the_body_that_has_the_number_already(body: CouncilBody) -> None:
    second = CouncilSession(body=body, number=1, start=factories.berlin(2025, 12, 1, 16))
    with pytest.raises(ValidationError, match="schon eine Sitzung mit dieser Nummer"):
        second.full_clean()


@pytest.mark.parametrize("number", [0, -1])
def test_validation_refuses_numbers_that_no_session_has(body: CouncilBody, number: int) -> None:
    with pytest.raises(ValidationError) as refused:
        CouncilSession(body=body, number=number, start=factories.berlin(2025, 12, 1, 16)).full_clean()
    assert "number" in refused.value.message_dict


def test_a_body_with_sessions_cannot_be_deleted(body: CouncilBody) -> None:
    with pytest.raises(ProtectedError):
        body.delete()


# What is ahead


def today(hour: int = 0, minute: int = 0) -> dt.datetime:
    return timezone.localtime().replace(hour=hour, minute=minute, second=0, microsecond=0)


MOMENTS = {
    "last year": dt.timedelta(days=-366),
    "a minute before midnight": dt.timedelta(minutes=-1),
    "midnight": dt.timedelta(0),
    "a minute after midnight": dt.timedelta(minutes=1),
    "tonight": dt.timedelta(hours=22),
    "in a month": dt.timedelta(days=31),
}


@pytest.mark.parametrize(
    ("moment", "is_past"),
    [(MOMENTS[name], name in ("last year", "a minute before midnight")) for name in MOMENTS],
    ids=MOMENTS,
)
def test_a_session_is_past_from_the_day_after(body: CouncilBody, moment: dt.timedelta, is_past: bool) -> None:
    session = factories.session(body, 77, today() + moment)
    assert session.is_past == is_past
    of_body = CouncilSession.objects.of(body)
    assert (session in of_body.past(), session in of_body.upcoming()) == (is_past, not is_past)


def test_upcoming_sessions_come_in_order_and_past_ones_backwards(body: CouncilBody) -> None:
    for number, days in ((77, 20), (78, 10), (79, 15)):
        factories.session(body, number, today() + dt.timedelta(days=days))
    assert [session.number for session in CouncilSession.objects.of(body).upcoming()] == [78, 79, 77]
    assert [session.number for session in CouncilSession.objects.of(body).past()] == [6, 5, 4, 3, 2, 1]
