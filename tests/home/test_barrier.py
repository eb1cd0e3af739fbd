"""Reports of barriers: a form that loses nothing and asks for little."""

import pytest
from django.test import Client

from cms.routing.site_settings import SiteSettings
from home.barrier import BarrierReport
from tests import factories, letters, webpages

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return factories.municipality()


@pytest.mark.parametrize("code", ["de", "ar", "tr"])
def test_a_report_is_kept_with_its_language_and_answered_with_thanks(client: Client, site, code: str) -> None:
    response = client.post(f"/{code}/barrier/", {"message": "Das Menü geht nicht", "page": "/de/"}, follow=True)
    assert response.redirect_chain == [(f"/{code}/barrier/?sent=1", 302)]
    assert webpages.read(response).select_one('[role="status"]')
    report = BarrierReport.objects.get()
    assert (report.message, report.page, report.language, report.site) == ("Das Menü geht nicht", "/de/", code, site)


def test_faults_are_named_at_their_fields_and_nothing_typed_is_lost(client: Client, site) -> None:
    response = client.post("/ar/barrier/", {"message": "", "page": "صفحة", "email": "no address"})
    assert response.status_code == 422
    page = webpages.read(response)
    assert page.select_one("#id_page")["value"] == "صفحة"
    assert page.select_one("#id_email")["value"] == "no address"
    for field in ("message", "email"):
        control = page.select_one(f"#id_{field}")
        assert control["aria-invalid"] == "true"
        assert page.select_one(f"#{control['aria-describedby'].split()[-1]}")
    assert not BarrierReport.objects.exists()


def test_a_robot_that_fills_the_trap_is_thanked_and_forgotten(client: Client, site) -> None:
    response = client.post("/de/barrier/", {"message": "Buy!", "homepage": "https://spam.example"})
    assert response.status_code == 302
    assert not BarrierReport.objects.exists()


def test_the_office_gets_a_mail_where_the_site_names_one(client: Client, site) -> None:
    SiteSettings.objects.filter(site=site).update(barrier_report_email="office@city.example")
    client.post("/de/barrier/", {"message": "Zu klein", "email": "reader@mail.example"})
    (sent,) = letters.delivered()
    assert sent.to == ["office@city.example"]
    assert sent.reply_to == ["reader@mail.example"]
    assert "Zu klein" in sent.body


def test_a_form_sent_from_elsewhere_is_refused_in_the_readers_language(site) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/tr/barrier/", {"message": "x"})
    assert response.status_code == 403
    assert webpages.read(response).html["lang"] == "tr"
    assert not BarrierReport.objects.exists()


def test_the_form_is_reached_from_every_page_and_knows_where_the_reader_was(client: Client, site) -> None:
    factories.content(site, "Über uns", slug="ueber-uns")
    links = [link["href"] for link in webpages.read(client.get("/uk/ueber-uns/")).select("footer a")]
    (form,) = [link for link in links if link.startswith("/uk/barrier/")]
    assert webpages.read(client.get(form)).select_one("#id_page")["value"] == "/uk/ueber-uns/"


def test_the_browser_cuts_nothing_that_is_pasted_and_too_much_comes_back_whole(client: Client, site) -> None:
    assert not webpages.read(client.get("/de/barrier/")).select("main form [maxlength]")
    long = "Wort " * 1100
    answer = client.post("/de/barrier/", {"message": long})
    assert answer.status_code == 422
    assert webpages.text(webpages.read(answer).select_one("#id_message")) == long.strip()


@pytest.mark.parametrize("message", ["x" * 5001, "\x00"])
def test_odd_messages_are_refused_with_a_sentence(client: Client, site, message: str) -> None:
    assert client.post("/de/barrier/", {"message": message}).status_code == 422
