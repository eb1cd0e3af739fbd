"""A session to which nobody may come promises nothing: no papers, no livestream, no questions."""

from typing import Any

import icalendar
import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dates.models import CouncilSession
from tests import factories, webpages

pytestmark = pytest.mark.django_db

ADDRESSES = {
    "information_url": "https://rat.example/information",
    "agenda_url": "https://rat.example/agenda",
    "papers_url": "https://rat.example/papers",
    "minutes_url": "https://rat.example/minutes",
    "livestream_url": "https://rat.example/live",
}
PROMISES = {
    "notice": "question_time",
    "interpreters": "yes",
    "interpreter_languages": ["ar"],
    "sign_language": "yes",
}


def hold(**fields: Any) -> CouncilSession:
    body = factories.council_body()
    home = factories.municipality()
    factories.council(home, body, slug="rat")
    factories.event_index(home, slug="termine")
    start = timezone.localtime().replace(hour=16, minute=0, second=0, microsecond=0) + timezone.timedelta(days=9)
    return factories.session(body, 1, start, **{**ADDRESSES, **PROMISES, **fields})


def everything(client: Client, session: CouncilSession, code: str) -> dict[str, str]:
    """What is told of the session, by where it stands."""
    paths = ("rat/", f"rat/{session.year}/", f"rat/{session.year}/1/", "rat/calendar.ics", "termine/calendar.ics")
    feeds = (f"rat/{session.year}/1/calendar.ics", "termine/dates.xml")
    found = {}
    for path in (*paths, *feeds):
        answer = client.get(f"/{code}/{path}")
        assert answer.status_code == 200, path
        text = answer.content.decode()
        found[path] = str(icalendar.Calendar.from_ical(text).to_ical()) if path.endswith(".ics") else text
    return found


@pytest.mark.parametrize("code", ["de", "ar", "en"])
def test_nothing_leads_to_papers_or_livestream(client: Client, code: str) -> None:
    session = hold(openness="closed")
    for place, text in everything(client, session, code).items():
        assert "rat.example" not in text.replace("\\r\\n ", ""), place
    page = webpages.read(client.get(f"/{code}/rat/{session.year}/1/"))
    [data] = webpages.structured_data(page)
    assert data["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"


def test_nobody_is_invited_to_ask_questions(client: Client) -> None:
    session = hold(openness="closed")
    for place, text in everything(client, session, "en").items():
        assert "can ask questions" not in text.replace("\\r\\n ", ""), place
        assert "interpreters" not in text.replace("\\r\\n ", ""), place


def test_an_open_session_has_them(client: Client) -> None:
    session = hold()
    page: BeautifulSoup = webpages.read(client.get(f"/en/rat/{session.year}/1/"))
    assert {link["href"] for link in page.select("main a[href^='https://rat.example']")} == set(ADDRESSES.values())
    assert "can ask questions" in webpages.text(page.main)


@pytest.mark.parametrize("notice", ["question_time", "registration"])
def test_the_form_refuses_what_cannot_be(client: Client, notice: str) -> None:
    session = hold(openness="closed", notice="")
    client.force_login(factories.press())
    fields = {
        "number": 1,
        "start": f"{timezone.localtime(session.start):%d.%m.%Y %H:%M}",
        "status": "planned",
        "openness": "closed",
        "notice": notice,
        "is_public": "on",
    }
    answer = client.post(reverse("sessions:edit", args=[session.pk]), fields)
    assert "notice" in answer.context["form"].errors
    session.refresh_from_db()
    assert session.notice == ""


def test_a_session_is_not_valid_with_both() -> None:
    with pytest.raises(ValidationError) as refused:
        hold(openness="closed").full_clean()
    assert "notice" in refused.value.message_dict
