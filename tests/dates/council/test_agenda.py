"""What a session is about, what became of it, with whom it is held, when there are none, and how to get there."""

import datetime as dt
import json
from typing import Any

import icalendar
import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dates.models import AgendaItem, BodyBreak, CouncilBody, CouncilPage, CouncilSession
from tests import factories, webpages

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(db: None) -> CouncilBody:
    return factories.council_body(de="Integrationsrat", ar="مجلس الاندماج")


@pytest.fixture
def page(body: CouncilBody) -> CouncilPage:
    return factories.council(factories.municipality(), body, slug="rat")


def in_days(days: int) -> dt.datetime:
    return (timezone.localtime() + dt.timedelta(days=days)).replace(hour=16, minute=0, second=0, microsecond=0)


def shown(client: Client, path: str = "", code: str = "en") -> BeautifulSoup:
    answer = client.get(f"/{code}/rat/{path}")
    assert answer.status_code == 200
    return webpages.read(answer)


def session_page(client: Client, session: CouncilSession, code: str = "en") -> BeautifulSoup:
    return shown(client, f"{session.year}/{session.number}/", code)


def item(session: CouncilSession, title: str = "Bericht über Sprachkurse", **fields: Any) -> AgendaItem:
    return AgendaItem.objects.create(session=session, title=title, **fields)


# What it is about


def test_points_are_german_words_that_are_told(page: CouncilPage, body: CouncilBody, client: Client) -> None:
    session = factories.session(body, 1, in_days(9))
    item(session, number="Ö 1", paper_url="https://rat.example/1", sort_order=1)
    item(session, "Anfragen", number="Ö 2", sort_order=2)
    for code, attributes in (("ar", ("de", "ltr")), ("tr", ("de", "ltr"))):
        points = session_page(client, session, code).select("ol.agenda li")
        assert len(points) == 2
        title = points[0].find("span", string="Bericht über Sprachkurse")
        assert webpages.language_of(title) == attributes
        assert points[0].select(".badge")
        assert points[0].select("a[href='https://rat.example/1'][hreflang=de]")
    german = session_page(client, session, "de").select("ol.agenda li")
    assert not german[0].select(".badge, [lang]")


def test_a_result_is_a_sentence_in_every_language_or_german_words(
    page: CouncilPage, body: CouncilBody, client: Client
) -> None:
    session = factories.session(body, 1, in_days(-9))
    item(session, result="adopted", sort_order=1)
    item(session, "Zweites", result_words="mit 5 zu 4 Stimmen", sort_order=2)
    first, second = session_page(client, session).select("ol.agenda li")
    assert "The council agreed." in webpages.text(first)
    assert webpages.language_of(second.find("span", string="mit 5 zu 4 Stimmen")) == ("de", "ltr")


@pytest.mark.parametrize("fields", [{"openness": "closed"}, {}])
def test_a_point_that_is_not_public_is_nowhere(
    page: CouncilPage, body: CouncilBody, client: Client, fields: dict[str, Any]
) -> None:
    session = factories.session(body, 1, in_days(9), **fields)
    item(session, "Geheimes", is_public=bool(fields))
    for path in ("", f"{session.year}/", f"{session.year}/1/", "calendar.ics", f"{session.year}/1/calendar.ics"):
        assert "Geheimes" not in client.get(f"/de/rat/{path}").content.decode(), path


def test_the_calendar_says_what_it_is_about(page: CouncilPage, body: CouncilBody, client: Client) -> None:
    session = factories.session(body, 1, in_days(9))
    item(session, number="1")
    calendar = icalendar.Calendar.from_ical(client.get("/en/rat/calendar.ics").content)
    [event] = calendar.walk("VEVENT")
    assert "What it is about\n\n" in str(event["DESCRIPTION"])
    assert "1 Bericht über Sprachkurse" in str(event["DESCRIPTION"])


def test_the_next_meeting_leads_to_what_it_is_about(page: CouncilPage, body: CouncilBody, client: Client) -> None:
    session = factories.session(body, 1, in_days(9))
    item(session)
    [link] = shown(client).select(".next a[href$='#about']")
    assert session_page(client, session).select(link["href"].partition("/1/")[2])


# Elsewhere, and together


def test_a_cancelled_session_leads_to_the_other_one(page: CouncilPage, body: CouncilBody, client: Client) -> None:
    other = factories.session(body, 2, in_days(20))
    session = factories.session(body, 1, in_days(9), status="cancelled", moved_to=other)
    path = f"/ar/rat/{other.year}/2/"
    assert session_page(client, session, "ar").select(f"article p > a[href='{path}'] time")
    calendar = client.get(f"/en/rat/{session.year}/1/calendar.ics").content.decode()
    assert "takes place instead" in calendar.replace("\r\n ", "")
    CouncilSession.objects.filter(pk=other.pk).update(is_public=False)
    assert not session_page(client, session, "ar").select(f"a[href='{path}']")


def test_a_joint_session_is_one_session_on_both_pages(page: CouncilPage, body: CouncilBody, client: Client) -> None:
    committee = factories.council_body("ausschuss", de="Sozialausschuss", en="Social Committee")
    factories.council(page.get_parent(), committee, "Sozialausschuss", slug="ausschuss")
    session = factories.session(body, 3, in_days(9), notice="joint")
    own = factories.session(committee, 3, in_days(30))
    session.joint_bodies.add(committee)
    here, path = session_page(client, session), f"/en/rat/{session.year}/3/"
    assert "Social Committee" in webpages.text(here.dl)
    [data] = webpages.structured_data(here)
    assert [each["name"] for each in data["organizer"]] == ["Integrationsrat", "Social Committee"]
    there = webpages.read(client.get("/en/ausschuss/"))
    assert [link["href"] for link in there.select("main table a")] == [path, f"/en/ausschuss/{own.year}/3/"]
    assert there.select(f".next a[href='{path}']")
    entries = icalendar.Calendar.from_ical(client.get("/en/ausschuss/calendar.ics").content).walk("VEVENT")
    assert {str(entry["UID"]) for entry in entries} == {str(session.uid), str(own.uid)}
    # under the other's address is the other's own session
    assert "Sozialausschuss" in webpages.text(webpages.read(client.get(f"/de/ausschuss/{own.year}/3/")).h1)


def test_a_joint_session_of_a_body_without_page_is_named_without_link(
    page: CouncilPage, body: CouncilBody, client: Client
) -> None:
    session = factories.session(factories.council_body("ausschuss", de="Sozialausschuss"), 3, in_days(9))
    session.joint_bodies.add(body)
    row = shown(client, f"{session.year}/").select_one("table tbody tr")
    assert "Sozialausschuss" in webpages.text(row)
    assert not row.select("a")
    assert client.get("/en/rat/calendar.ics").status_code == 200
    assert client.get("/en/rat/").status_code == 200


def test_a_joint_session_of_a_body_without_page_stands_wherever_dates_stand(
    page: CouncilPage, body: CouncilBody, client: Client
) -> None:
    session = factories.session(factories.council_body("ausschuss", de="Sozialausschuss"), 3, in_days(9))
    session.joint_bodies.add(body)
    factories.event_index(page.get_site(), slug="termine")
    for address in ("/de/", "/de/termine/"):
        shown = webpages.read(client.get(address))
        assert [link["href"] for link in shown.select("main a") if "Sozialausschuss" in webpages.text(link)] == [
            "/de/rat/"
        ], address
    for address in ("/de/termine/calendar.ics", "/de/rat/calendar.ics"):
        entries = icalendar.Calendar.from_ical(client.get(address).content).walk("VEVENT")
        assert [str(entry["UID"]) for entry in entries] == [str(session.uid)], address
    found = webpages.read(client.get("/de/search/", {"q": "Sozialausschuss"}))
    assert [link["href"] for link in found.select("main ol.list a")] == ["/de/rat/"]
    assert f"{session.year}/3/" not in client.get("/sitemap.xml").content.decode()


# Breaks and ways


@pytest.mark.parametrize(("last", "told"), [(0, True), (30, True), (-1, False)])
def test_a_break_is_told_until_it_is_over(
    page: CouncilPage, body: CouncilBody, client: Client, last: int, told: bool
) -> None:
    today = timezone.localdate()
    BodyBreak.objects.create(
        body=body, first_day=today - dt.timedelta(days=9), last_day=today + dt.timedelta(days=last)
    )
    assert ("Summer break" in webpages.text(shown(client).main)) == told


def test_a_break_stands_on_the_sheet_of_its_year(page: CouncilPage, body: CouncilBody, client: Client) -> None:
    factories.session(body, 1)
    BodyBreak.objects.create(body=body, first_day=dt.date(2025, 7, 14), last_day=dt.date(2025, 8, 26))
    assert "14 July" in webpages.text(shown(client, "2025/").select_one(".sheet"))
    assert "26 أغسطس 2025" in webpages.text(shown(client, "2025/", "ar").select_one(".sheet p.box"))


def test_a_place_leads_to_the_map_and_says_if_it_is_step_free(
    page: CouncilPage, body: CouncilBody, client: Client
) -> None:
    place = factories.place(street="Rathausstr. 11", postal_code="58095", city="Hagen", step_free="yes")
    factories.session(body, 1, place=place)
    details = shown(client, "2025/1/").dl
    assert [link["href"] for link in details.select("a")] == [
        "https://www.openstreetmap.org/search?query=Rathausstr.%2011%2C%2058095%20Hagen",
        "https://www.openstreetmap.org/directions?to=Rathausstr.%2011%2C%2058095%20Hagen",
    ]
    assert "Step-free access yes" in webpages.text(details)


# In the admin, and against an import


def form(session: CouncilSession, *items: dict[str, Any], **fields: Any) -> dict[str, Any]:
    existing = [each for each in items if each.get("id")]
    data: dict[str, Any] = {
        "number": session.number,
        "start": f"{timezone.localtime(session.start):%d.%m.%Y %H:%M}",
        "status": session.status,
        "openness": session.openness,
        "is_public": "on",
        "agenda-TOTAL_FORMS": len(items),
        "agenda-INITIAL_FORMS": len(existing),
        "agenda-MIN_NUM_FORMS": 0,
        "agenda-MAX_NUM_FORMS": 1000,
        **fields,
    }
    for number, each in enumerate([*existing, *(each for each in items if not each.get("id"))]):
        data |= {f"agenda-{number}-{name}": value for name, value in {"ORDER": number + 1, **each}.items()}
    return data


def save(client: Client, session: CouncilSession, data: dict[str, Any]) -> None:
    answer = client.post(reverse("sessions:edit", args=[session.pk]), data)
    assert answer.status_code == 302, answer.context["form"].errors


def test_the_press_office_types_an_agenda_and_names_other_bodies(
    page: CouncilPage, body: CouncilBody, client: Client
) -> None:
    session = factories.session(body, 1, in_days(9))
    committee = factories.council_body("ausschuss", de="Sozialausschuss")
    client.force_login(factories.press())
    assert client.get(reverse("sessions:edit", args=[session.pk])).status_code == 200
    assert client.get(reverse("sessions:add")).status_code == 200
    point = {"number": "1", "title": "Sprachkurse", "is_public": "on", "result": "noted"}
    save(client, session, form(session, point, joint_bodies=[committee.pk]))
    stored = AgendaItem.objects.get()
    assert (stored.session, stored.title, stored.result) == (session, "Sprachkurse", "noted")
    assert list(session.joint_bodies.all()) == [committee]
    client.logout()
    assert "Sprachkurse" in webpages.text(session_page(client, session).main)


def test_a_body_is_not_together_with_itself(page: CouncilPage, body: CouncilBody, client: Client) -> None:
    session = factories.session(body, 1, in_days(9))
    client.force_login(factories.press())
    answer = client.post(reverse("sessions:edit", args=[session.pk]), form(session, joint_bodies=[body.pk]))
    assert "joint_bodies" in answer.context["form"].errors


def told(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "id": f"https://ratsinfo.example/i/{number}",
        "type": "https://schema.oparl.org/1.1/AgendaItem",
        "number": str(number),
        "name": f"Punkt {number}",
        "public": True,
        "order": number,
        **fields,
    }


def imported(session: CouncilSession, *points: Any) -> bool:
    from dates.oparl import agenda, objects, reading

    value = {"id": "https://ratsinfo.example/m/1", "type": "https://schema.oparl.org/1.1/Meeting"}
    meeting = reading.read_meeting(objects.parsed(json.dumps({**value, "agendaItem": list(points)}).encode()))
    assert meeting is not None
    session = CouncilSession.objects.get(pk=session.pk)
    return agenda.take_over(session=session, meeting=meeting, hosts=["ratsinfo.example"])


def titles() -> list[str]:
    return [item.title for item in AgendaItem.objects.order_by("sort_order", "pk")]


def test_an_import_writes_what_differs_and_nothing_else(page: CouncilPage, body: CouncilBody) -> None:
    session = factories.session(body, 1, in_days(9))
    assert imported(session, told(2, result="ungeändert beschlossen"), told(1, result="mit 5 : 4 Stimmen"))
    assert [(each.result, each.result_words) for each in AgendaItem.objects.order_by("sort_order")] == [
        ("", "mit 5 : 4 Stimmen"),
        ("adopted", ""),
    ]
    assert not imported(session, told(1, result="mit 5 : 4 Stimmen"), told(2, result="ungeändert beschlossen"))
    assert imported(session, told(2))
    assert titles() == ["Punkt 2"]
    assert not imported(session, told(2), "https://ratsinfo.example/i/9")
    assert imported(session)
    assert titles() == []


def test_papers_are_linked_on_the_hosts_of_the_source_alone(page: CouncilPage, body: CouncilBody) -> None:
    session = factories.session(body, 1, in_days(9))
    imported(session, told(1, web="https://ratsinfo.example/1"), told(2, web="https://other.example/2"))
    assert [each.paper_url for each in AgendaItem.objects.order_by("sort_order")] == ["https://ratsinfo.example/1", ""]


def test_what_a_person_changed_or_took_out_survives_the_import(
    page: CouncilPage, body: CouncilBody, client: Client
) -> None:
    session = factories.session(body, 1, in_days(9))
    imported(session, told(1), told(2), told(3))
    first, second, third = AgendaItem.objects.order_by("sort_order")
    client.force_login(factories.press())
    rows = [
        {"id": first.pk, "number": "1", "title": "In klaren Worten", "is_public": "on"},
        {"id": second.pk, "number": "2", "title": "Punkt 2", "is_public": "on", "DELETE": "on"},
        {"id": third.pk, "number": "3", "title": "Punkt 3", "is_public": "on"},
        {"number": "4", "title": "Getippt", "is_public": "on"},
    ]
    save(client, session, form(session, *rows))
    imported(session, told(1, name="Neuer Titel"), told(2, name="Punkt zwei"), told(3, name="Punkt drei"))
    assert titles() == ["In klaren Worten", "Punkt drei", "Getippt"]
    imported(session)
    assert titles() == ["In klaren Worten", "Getippt"]


def test_a_point_that_is_no_longer_public_goes_even_if_a_person_worked_on_it(
    page: CouncilPage, body: CouncilBody, client: Client
) -> None:
    session = factories.session(body, 1, in_days(9))
    imported(session, told(1), told(2))
    AgendaItem.objects.filter(number="1").update(overridden=["title"], title="In klaren Worten")
    imported(session, told(1, public=False), told(2, public=False))
    assert not session_page(client, session).select("ol.agenda")
    assert titles() == ["In klaren Worten"]


def test_a_point_that_was_typed_before_is_joined(page: CouncilPage, body: CouncilBody) -> None:
    session = factories.session(body, 1, in_days(9))
    item(session, "punkt 1", result="noted")
    imported(session, told(1, result="vertagt"))
    [row] = AgendaItem.objects.all()
    assert (row.title, row.result, row.number, row.oparl_id) == ("punkt 1", "noted", "1", told(1)["id"])
