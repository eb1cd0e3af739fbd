"""A session entered by the press office is everywhere at once, in ten languages."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from cms.accounts import User
from cms.localization import formats, languages
from dates.models import CouncilBody, CouncilSession, Place
from tests import webpages

CODES = [language.code for language in languages.LANGUAGES]


@pytest.fixture
def session(demo: None, client: Client) -> CouncilSession:
    """The seventh of its year, in a fortnight, typed into the form of the admin."""
    client.force_login(User.objects.get(email="press@example.org"))
    start = (timezone.localtime() + dt.timedelta(days=14)).replace(hour=17, minute=30)
    fields = {
        "body": CouncilBody.objects.get().pk,
        "number": 7,
        "start": f"{start:%d.%m.%Y %H:%M}",
        "place": Place.objects.get(key="rathaus").pk,
        "status": "invited",
        "openness": "public",
        "interpreters": "yes",
        "interpreter_languages": ["ar"],
        "is_public": "on",
    }
    fields |= nested_form_data({"agenda": inline_formset([])})
    assert client.post(reverse("sessions:add"), fields).status_code == 302
    client.logout()
    return CouncilSession.objects.get(number=7)


def shown(client: Client, path: str) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == 200
    return webpages.read(answer)


@pytest.mark.parametrize("code", CODES)
def test_everywhere_in_the_words_of_each_language(session: CouncilSession, client: Client, code: str) -> None:
    path = f"/{code}/integrationsrat/{session.year}/7/"
    when = " ".join(formats.date_and_time(session.start, language=languages.get(code)).split())

    page = shown(client, path)
    assert webpages.text(page.select_one("dl time")) == when
    [data] = webpages.structured_data(page)
    assert (data["@type"], data["inLanguage"]) == ("Event", code)
    assert data["startDate"] == timezone.localtime(session.start).isoformat()

    for address, place in (
        (f"/{code}/integrationsrat/", ".next"),
        (f"/{code}/integrationsrat/{session.year}/", "table tr"),
        (f"/{code}/", ".entries li"),
    ):
        found = [each for each in shown(client, address).select(f"main {place}") if each.select(f"a[href='{path}']")]
        assert [webpages.text(each.time) for each in found] == [when], address

    search = shown(client, f"/{code}/search/?q=7/{session.year}")
    assert [link["href"] for link in search.select("main ol.list a")] == [path]
    assert f"<loc>http://testserver{path}</loc>" in webpages.in_sitemaps(client)
