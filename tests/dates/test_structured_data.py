"""schema.org Event of sessions and events."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Site

from dates.council.session_changes import change
from dates.models import BodyName, CouncilSession, EventException, EventPage
from tests import factories, webpages

pytestmark = pytest.mark.django_db
RATHAUS = {"street": "Rathausstr. 11", "postal_code": "58095", "city": "Hagen"}
LOCATION = {
    "@type": "Place",
    "name": "Rathaus",
    "address": {
        "@type": "PostalAddress",
        "streetAddress": "Rathausstr. 11",
        "postalCode": "58095",
        "addressLocality": "Hagen",
        "addressCountry": "DE",
    },
}


@pytest.fixture
def site(db: None) -> Site:
    return factories.municipality()


def described(client: Client, address: str) -> dict[str, Any]:
    [data] = webpages.structured_data(webpages.read(client.get(address)))
    return data


def hold(site: Site, *start: int, **fields: Any) -> None:
    body = factories.council_body(de="Integrationsrat", ar="مجلس الاندماج")
    factories.council(site, body, slug="rat")
    factories.session(body, 1, factories.berlin(*start) if start else None, **fields)


def test_a_session_is_described_as_an_event_without_end(site: Site, client: Client) -> None:
    hold(site, place=factories.place(**RATHAUS))
    assert described(client, "/de/rat/2025/1/") == {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": "http://testserver/de/rat/2025/1/#session",
        "name": "Integrationsrat – Sitzung 1/2025",
        "startDate": "2025-01-28T16:00:00+01:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": LOCATION,
        "organizer": {
            "@type": "GovernmentOrganization",
            "@id": "http://testserver/de/rat/#council",
            "name": "Integrationsrat",
        },
        "url": "http://testserver/de/rat/2025/1/",
        "inLanguage": "de",
    }


def test_the_offset_is_that_of_summer_in_summer(site: Site, client: Client) -> None:
    hold(site, 2025, 6, 3, 16)
    assert described(client, "/de/rat/2025/1/")["startDate"] == "2025-06-03T16:00:00+02:00"


def test_a_session_is_described_in_the_readers_language(site: Site, client: Client) -> None:
    hold(site)
    data = described(client, "/ar/rat/2025/1/")
    assert (data["name"], data["inLanguage"]) == ("مجلس الاندماج – الجلسة 1/2025", "ar")
    assert data["organizer"]["name"] == "مجلس الاندماج"


def test_a_cancelled_session_keeps_its_date_and_says_that_it_is_cancelled(site: Site, client: Client) -> None:
    hold(site, status="cancelled")
    data = described(client, "/de/rat/2025/1/")
    assert data["eventStatus"] == "https://schema.org/EventCancelled"
    assert data["startDate"] == "2025-01-28T16:00:00+01:00"


def test_a_session_without_place_has_no_location(site: Site, client: Client) -> None:
    hold(site)
    assert "location" not in described(client, "/de/rat/2025/1/")


def test_a_withdrawn_session_is_cancelled_for_programs(site: Site, client: Client) -> None:
    hold(site, status="withdrawn")
    assert described(client, "/de/rat/2025/1/")["eventStatus"] == "https://schema.org/EventCancelled"


def test_a_moved_session_names_its_date_before(site: Site, client: Client) -> None:
    hold(site, 2037, 1, 27, 16)
    change(session=CouncilSession.objects.get(), values={"start": factories.berlin(2037, 6, 2, 17)}, origin="import")
    data = described(client, "/fa/rat/2037/1/")
    assert data["eventStatus"] == "https://schema.org/EventRescheduled"
    assert data["startDate"] == "2037-06-02T17:00:00+02:00"
    assert data["previousStartDate"] == "2037-01-27T16:00:00+01:00"


def test_the_expected_end_is_given_where_it_is_known(site: Site, client: Client) -> None:
    hold(site, end=factories.berlin(2025, 1, 28, 18))
    assert described(client, "/de/rat/2025/1/")["endDate"] == "2025-01-28T18:00:00+01:00"


def test_the_organiser_has_the_legal_name_of_that_day(site: Site, client: Client) -> None:
    hold(site, 2025, 11, 18, 16)
    name = {"de": "Ausschuss </script>", "ar": "لجنة"}
    BodyName.objects.create(body=CouncilSession.objects.get().body, name=name, valid_from=dt.date(2025, 11, 1))
    names = [described(client, f"/{code}/rat/2025/1/")["organizer"]["name"] for code in ("de", "ar")]
    assert names == ["Ausschuss </script>", "لجنة"]


@pytest.mark.parametrize(
    ("with_place", "mode", "kinds"),
    [(True, "Mixed", ["Place", "VirtualLocation"]), (False, "Online", ["VirtualLocation"])],
)
def test_a_livestream_is_a_place_on_the_internet(
    site: Site, client: Client, with_place: bool, mode: str, kinds: list[str]
) -> None:
    hold(site, livestream_url="https://live.example/", place=factories.place() if with_place else None)
    data = described(client, "/de/rat/2025/1/")
    places = data["location"] if isinstance(data["location"], list) else [data["location"]]
    assert data["eventAttendanceMode"] == f"https://schema.org/{mode}EventAttendanceMode"
    assert [place["@type"] for place in places] == kinds


def test_an_event_is_described_with_start_end_place_and_organiser(site: Site, client: Client) -> None:
    factories.event(
        factories.event_index(site),
        "Fest & Tanz",
        factories.berlin(2025, 7, 5, 14),
        slug="fest",
        end=factories.berlin(2025, 7, 5, 18),
        lead="Für alle.",
        place=factories.place(**RATHAUS),
        organiser_name="Stadt Hagen",
    )
    assert described(client, "/de/termine/fest/") == {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": "http://testserver/de/termine/fest/#event",
        "name": "Fest & Tanz",
        "description": "Für alle.",
        "startDate": "2025-07-05T14:00:00+02:00",
        "endDate": "2025-07-05T18:00:00+02:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "location": LOCATION,
        "organizer": {"@type": "Organization", "name": "Stadt Hagen"},
        "url": "http://testserver/de/termine/fest/",
        "inLanguage": "de",
    }


def test_an_event_of_unknown_end_has_none(site: Site, client: Client) -> None:
    factories.event(factories.event_index(site), slug="fest")
    assert "endDate" not in described(client, "/de/termine/fest/")


def test_a_cancelled_event_says_so(site: Site, client: Client) -> None:
    factories.event(factories.event_index(site), slug="fest", is_cancelled=True)
    assert described(client, "/ar/termine/fest/")["eventStatus"] == "https://schema.org/EventCancelled"


@pytest.mark.parametrize(("code", "name", "written"), [("ar", "عيد", "ar"), ("tr", "Fest", "de")])
def test_an_event_is_described_in_the_language_of_its_words(
    site: Site, client: Client, code: str, name: str, written: str
) -> None:
    factories.translated(factories.event(factories.event_index(site), "Fest"), "ar", title="عيد")
    data = described(client, f"/{code}/termine/fest/")
    assert (data["name"], data["inLanguage"]) == (name, written)


def recurring(site: Site, **fields: Any) -> EventPage:
    made = factories.event(
        factories.event_index(site),
        "Sprachcafé",
        factories.berlin(2031, 3, 11, 17),  # a Tuesday, the second of its month
        slug="fest",
        end=factories.berlin(2031, 3, 11, 19),
        **fields,
    )
    made.exceptions.add(EventException(original_date=dt.date(2031, 4, 8), is_cancelled=True))
    made.save()
    return made


def test_a_weekly_event_is_described_with_its_rule(site: Site, client: Client) -> None:
    recurring(site, recurrence="FREQ=WEEKLY", recurrence_until=dt.date(2031, 6, 1))
    data = described(client, "/de/termine/fest/")
    assert data["startDate"] == "2031-03-11T17:00:00+01:00"
    assert data["eventSchedule"] == {
        "@type": "Schedule",
        "repeatFrequency": "P1W",
        "byDay": "https://schema.org/Tuesday",
        "startDate": "2031-03-11",
        "endDate": "2031-06-01",
        "startTime": "17:00:00",
        "endTime": "19:00:00",
        "scheduleTimezone": "Europe/Berlin",
        "exceptDate": ["2031-04-08"],
    }


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=MONTHLY;BYDAY=2TU", {"repeatFrequency": "P1M", "byDay": "2TU"}),
        ("FREQ=YEARLY", {"repeatFrequency": "P1Y", "byMonth": 3, "byMonthDay": 11}),
    ],
)
def test_other_rules_say_on_which_day(site: Site, client: Client, rule: str, expected: dict[str, Any]) -> None:
    recurring(site, recurrence=rule)
    schedule = described(client, "/de/termine/fest/")["eventSchedule"]
    assert {name: schedule.get(name) for name in expected} == expected


def test_a_moved_event_names_its_former_start(site: Site, client: Client) -> None:
    event = factories.event(factories.event_index(site), "Fest", factories.berlin(2031, 7, 5, 14), slug="fest")
    event.save_revision().publish()
    event = EventPage.objects.get(pk=event.pk)
    event.start = factories.berlin(2031, 7, 12, 14)
    event.save_revision().publish()
    data = described(client, "/de/termine/fest/")
    assert data["eventStatus"] == "https://schema.org/EventRescheduled"
    assert (data["startDate"][:10], data["previousStartDate"][:10]) == ("2031-07-12", "2031-07-05")


def test_whole_days_are_described_without_time(site: Site, client: Client) -> None:
    start = factories.berlin(2031, 7, 5)
    factories.event(factories.event_index(site), "Fest", start, slug="fest", all_day=True)
    assert described(client, "/de/termine/fest/")["startDate"] == "2031-07-05"


def test_price_languages_place_and_organiser_are_described(site: Site, client: Client) -> None:
    organisation = factories.organisation(factories.directory(site), "Ein Verein e.V.", slug="verein")
    factories.event(
        factories.event_index(site),
        slug="fest",
        is_free=True,
        language_codes=["ar", "de"],
        place_name="Vereinsheim, Hinterhof",
        organiser=organisation,
        registration_url="https://verein.example/anmelden",
        picture=factories.picture(),
    )
    data = described(client, "/tr/termine/fest/")
    assert data["isAccessibleForFree"] is True
    assert data["offers"] == {
        "@type": "Offer",
        "price": "0",
        "priceCurrency": "EUR",
        "url": "https://verein.example/anmelden",
    }
    assert data["inLanguage"] == ["ar", "de"]
    assert data["location"]["name"] == "Vereinsheim, Hinterhof"
    assert data["organizer"]["url"] == "http://testserver/tr/organisationen/verein/"
    assert data["organizer"]["@id"] == "http://testserver/de/organisationen/verein/#organisation"
    assert data["image"].startswith("http://testserver/media/")


def test_no_text_closes_the_block_of_data(site: Site, client: Client) -> None:
    lead = "</script><script>alert(1)</script>"
    factories.event(factories.event_index(site), slug="fest", lead=lead)
    assert described(client, "/de/termine/fest/")["description"] == lead
