"""The first screen: how the organisation stands, and what comes next."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms.accounts import User
from directory.members import membership
from directory.models import DirectoryPage, OrganisationPage, SpokenLanguage
from directory.portal import parts
from directory.review import moderation
from tests import factories, webpages
from tests.directory.portal.conftest import Address, drafted, open_form, send, send_all

pytestmark = pytest.mark.django_db
QUERIES = 27
PARTS = ("about", "contact", "topics", "address", "hours", "offers", "pictures", "events", "followed_calendar", "embed")


def said(answer: Any) -> str:
    return webpages.text(webpages.read(answer).main)


def test_who_has_one_organisation_comes_straight_to_it(member: Client, address: Address) -> None:
    assert member.get(reverse("my"))["Location"] == address()


def test_who_has_two_chooses(member: Client, user: User, other: OrganisationPage, address: Address) -> None:
    membership.join(organisation=other, user=user)
    links = webpages.links(webpages.read(member.get(reverse("my"))))
    assert {address(), reverse("my_organisation", kwargs={"key": other.translation_key})} <= set(links)


def test_who_has_none_is_told_what_to_do(client: Client, directory: DirectoryPage) -> None:
    client.force_login(factories.person())
    assert "Sie gehören noch zu keiner Organisation." in said(client.get(reverse("my")))


def test_nothing_of_the_area_is_cached_or_found_by_search_engines(member: Client, address: Address) -> None:
    answer = member.get(address())
    assert "no-store" in answer["Cache-Control"]
    assert webpages.read(answer).find("meta", attrs={"name": "robots"})["content"] == "noindex"


def test_a_profile_says_how_much_of_it_is_there(member: Client, address: Address) -> None:
    assert "2 von 8 Angaben, nach denen Besucherinnen und Besucher suchen, sind da." in said(member.get(address()))


def test_each_part_says_what_is_missing(member: Client, address: Address) -> None:
    page = webpages.read(member.get(address()))
    rows = {row.h3.a["href"]: row for row in page.select(".parts > li")}
    assert list(rows) == [address(name) for name in PARTS]
    assert "done" in rows[address("contact")]["class"]
    assert "done" not in rows[address("about")]["class"]
    assert "done" not in rows[address("events")]["class"]  # (0) is nothing to be ticked
    assert "Es fehlt:" in rows[address("about")].text


def test_what_was_saved_is_said_in_the_colour_of_success(member: Client, address: Address) -> None:
    answer = member.post(address("about"), {**open_form(member, address("about")), "title": "Chor"}, follow=True)
    assert webpages.read(answer).select_one(".notice.success[role=status]") is not None


def test_the_footer_is_short_where_members_work(member: Client, address: Address) -> None:
    footer = webpages.read(member.get(address("contact"))).footer
    assert footer.find("a", href=lambda href: href.startswith("/de/barrier/")) is not None
    assert not footer.select("a[href*=login], h2")


def test_parts_of_other_apps_stand_behind(member: Client, address: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "_registered", dict(parts._registered))
    parts.register(parts.PortalPart("x", "Feste", "Was wir feiern", "my_about", lambda draft: 3))
    assert "Feste (3)" in said(member.get(address()))


def test_the_way_from_draft_to_live(
    member: Client, address: Address, verein: OrganisationPage, django_capture_on_commit_callbacks: Any
) -> None:
    assert "Öffentlich seit" in said(member.get(address()))
    send(member, address("about"), short_description="Wir singen")
    assert "Sie haben Änderungen, die noch nicht öffentlich sind." in said(member.get(address()))
    answer = send_all(member, address("submit"), follow=True)
    assert "Ihre Änderungen warten auf die Prüfung." in said(answer)
    verein.refresh_from_db()
    press = factories.press()
    moderation.request_changes(
        page=verein, user=press, revision_id=verein.latest_revision_id, comment="Bitte <b>kürzer</b>"
    )
    answer = member.get(address())
    assert "Bitte <b>kürzer</b>" in said(answer)
    assert press.email not in webpages.html(answer)
    send(member, address("about"), short_description="Chor")
    assert webpages.read(member.get(address())).find("a", href=address("submit")) is not None
    send_all(member, address("submit"))
    verein.refresh_from_db()
    moderation.approve(page=verein, user=press, revision_id=verein.latest_revision_id)
    verein.refresh_from_db()
    assert verein.short_description == "Chor"
    assert "Öffentlich seit" in said(member.get(address()))


def test_what_was_sent_is_taken_back(member: Client, address: Address, verein: OrganisationPage) -> None:
    send(member, address("about"), short_description="Wir singen")
    send_all(member, address("submit"))
    answer = member.post(address("withdraw"), follow=True)
    assert "Sie haben Änderungen, die noch nicht öffentlich sind." in said(answer)
    assert drafted(verein).short_description == "Wir singen"


def test_nothing_to_send_is_said_in_a_sentence(member: Client, address: Address) -> None:
    answer = member.post(address("submit"))
    assert answer.status_code == 409
    assert webpages.read(answer).select_one("main [role=alert]") is not None


def test_what_cannot_be_published_is_not_sent(member: Client, address: Address, verein: OrganisationPage) -> None:
    OrganisationPage.objects.filter(pk=verein.pk).update(email="keine Adresse")
    send(member, address("about"), short_description="Wir singen")
    assert send_all(member, address("submit")).status_code == 409


@pytest.mark.parametrize("count", [3, 30])
def test_the_number_of_queries_does_not_grow(
    member: Client, address: Address, verein: OrganisationPage, django_assert_num_queries: Any, count: int
) -> None:
    verein.topics = [factories.topic(f"t{number}") for number in range(count)]
    verein.languages_spoken = SpokenLanguage.objects.all()[:count]
    verein.save_revision()
    member.get(address())
    with django_assert_num_queries(QUERIES):
        member.get(address())


def test_the_footer_leads_to_the_log_in(client: Client, verein: OrganisationPage) -> None:
    footer = webpages.read(client.get("/ar/")).footer
    assert footer.find("a", href="/ar/my/login/") is not None
