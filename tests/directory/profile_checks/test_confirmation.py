"""Still correct? Who is reminded when, what the link does and does not, and what visitors and the office see."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import mail, signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import PageLogEntry

from cms.localization import languages
from directory.models import DirectoryPage, OrganisationPage
from directory.profile_checks import confirmation
from directory.profile_checks.confirmation import Link
from directory.records.record import record_of
from tests import factories, webpages

pytestmark = pytest.mark.django_db

MORNING = factories.berlin(2026, 6, 15, 10)
Ask = Callable[..., int]


class Clock:
    """The time that the product reads, to be set by the test."""

    now = MORNING

    def forward(self, **time: int) -> None:
        self.now += dt.timedelta(**time)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(confirmation.timezone, "now", lambda: clock.now)
    return clock


@pytest.fixture
def directory(db: None) -> DirectoryPage:
    return factories.directory(factories.municipality())


@pytest.fixture
def organisation(directory: DirectoryPage) -> OrganisationPage:
    """Public for seven months, never confirmed; nobody belongs to it, but the city knows an address."""
    page = factories.organisation(
        directory,
        "Verein A",
        slug="a",
        phone="+4923312070",
        street="Lange Straße 1",
        city="Hagen",
        short_description="Kurz",
    )
    return aged(page, days=214)


def aged(page: OrganisationPage, *, days: int, contact: str = "vorstand@example.org") -> OrganisationPage:
    OrganisationPage.objects.filter(pk=page.pk).update(first_published_at=MORNING - dt.timedelta(days=days))
    record = record_of(page)
    record.contact_email, record.contact_language = contact, "tr"
    record.save()
    return OrganisationPage.objects.get(pk=page.pk)


@pytest.fixture
def ask(clock: Clock, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Iterator[Ask]:
    def asked() -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return confirmation.ask_who_is_due()

    yield asked


def link_in(message: Any, code: str = "de") -> str:
    found = re.search(rf"http://\S+?(/{code}/still-correct/\S+)", message.body)
    assert found is not None
    return found[1]


def confirmed(page: OrganisationPage) -> dt.datetime | None:
    return record_of(page).last_confirmed_at


# Reminders


def test_the_contact_is_asked_in_their_language_and_in_german(organisation: OrganisationPage, ask: Ask) -> None:
    assert ask() == 1
    (message,) = mail.outbox
    assert message.to == ["vorstand@example.org"]
    assert link_in(message, "tr")
    assert link_in(message, "de")
    assert "/admin/" not in message.body


def test_members_are_asked_each_and_the_contact_no_more(organisation: OrganisationPage, ask: Ask) -> None:
    members = [factories.member(organisation), factories.member(organisation)]
    ask()
    assert sorted(address for message in mail.outbox for address in message.to) == sorted(
        member.email for member in members
    )


def test_three_reminders_after_0_14_and_30_days_and_no_more(
    organisation: OrganisationPage, ask: Ask, clock: Clock
) -> None:
    days = []
    for day in range(60):
        if ask():
            days.append(day)
        clock.forward(days=1)
    assert days == [0, 14, 30]


def test_one_clock_after_another_sends_one_mail(organisation: OrganisationPage, ask: Ask) -> None:
    assert [ask(), ask()] == [1, 0]
    assert len(mail.outbox) == 1


def test_a_clock_that_read_before_another_wrote_sends_nothing(organisation: OrganisationPage, ask: Ask) -> None:
    (read_before,) = confirmation.stale(MORNING)
    assert read_before.record.reminders == 0
    ask()
    (again,) = confirmation.stale(MORNING)
    assert again.record.reminders == 1
    assert ask() == 0


@pytest.mark.parametrize(("hour", "asked"), [(3, 0), (8, 0), (9, 1), (16, 1), (17, 0), (23, 0)])
def test_nobody_is_asked_at_night(
    organisation: OrganisationPage, ask: Ask, clock: Clock, hour: int, asked: int
) -> None:
    clock.now = factories.berlin(2026, 6, 15, hour)
    assert ask() == asked


def test_who_confirmed_within_half_a_year_is_not_asked(organisation: OrganisationPage, ask: Ask) -> None:
    record = record_of(organisation)
    record.last_confirmed_at = MORNING - dt.timedelta(days=180)
    record.save()
    assert ask() == 0


def test_after_a_confirmation_all_begins_anew_half_a_year_later(
    organisation: OrganisationPage, ask: Ask, clock: Clock
) -> None:
    ask()
    Client().post(link_in(mail.outbox[0]))
    clock.forward(days=30)
    assert ask() == 0
    clock.forward(days=160)
    assert ask() == 1


@pytest.mark.parametrize("fields", [{"live": False}, {"is_example": True}])
def test_drafts_and_examples_are_not_asked_about(
    organisation: OrganisationPage, ask: Ask, fields: dict[str, Any]
) -> None:
    OrganisationPage.objects.filter(pk=organisation.pk).update(**fields)
    assert ask() == 0


def test_where_there_is_nobody_to_ask_nothing_counts(organisation: OrganisationPage, ask: Ask, clock: Clock) -> None:
    aged(organisation, days=214, contact="")
    assert ask() == 0
    assert record_of(organisation).reminders == 0
    clock.forward(days=1)
    aged(organisation, days=214)
    assert ask() == 1


def test_asking_costs_one_query_while_nobody_is_due(
    organisation: OrganisationPage, ask: Ask, django_assert_num_queries: Any
) -> None:
    ask()
    with django_assert_num_queries(1):
        confirmation.ask_who_is_due()


# The link


@pytest.fixture
def link(organisation: OrganisationPage) -> str:
    return f"/de/still-correct/{Link.to(organisation, record_of(organisation)).token}/"


@pytest.mark.parametrize("language", languages.LANGUAGES, ids=lambda language: language.code)
def test_the_link_shows_what_visitors_see_in_every_language(
    organisation: OrganisationPage, link: str, language: languages.Language
) -> None:
    answer = Client().get(link.replace("/de/", f"/{language.code}/"))
    page = webpages.read(answer)
    assert "02331 2070" in webpages.text(page)
    assert "Lange Straße 1" in webpages.text(page)
    assert page.html["dir"] == language.direction
    assert page.select_one("main form button") is not None
    assert "<" not in str(page.title.string)
    assert webpages.text(page.select_one("main h2")) == "Verein A"


def test_looking_confirms_nothing(organisation: OrganisationPage, link: str) -> None:
    Client().get(link)
    Client().head(link)
    assert confirmed(organisation) is None


def test_one_tap_confirms_and_says_so(organisation: OrganisationPage, link: str, clock: Clock) -> None:
    answer = Client(enforce_csrf_checks=True).post(link, follow=True)
    assert confirmed(organisation) == MORNING
    assert "15. Juni 2026" in webpages.text(webpages.read(answer))
    assert webpages.read(answer).select("main form") == []
    assert PageLogEntry.objects.filter(page=organisation.pk, action="directory.confirm_by_link").count() == 1


def test_a_second_tap_is_harmless(organisation: OrganisationPage, link: str, clock: Clock) -> None:
    Client().post(link)
    clock.forward(days=20)
    assert Client().post(link, follow=True).status_code == 200
    assert confirmed(organisation) == MORNING


def test_a_link_for_an_older_version_explains_itself_and_confirms_nothing(
    organisation: OrganisationPage, link: str
) -> None:
    organisation.phone = "+4923312075555"
    organisation.save_revision().publish()
    answer = Client().post(link, follow=True)
    page = webpages.read(answer)
    assert confirmed(organisation) is None
    assert "02331 2075555" in webpages.text(page)
    assert page.select("main form") == []
    assert page.select_one("main .notice") is not None


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "token",
    [
        "x",
        "ImEi:1u:bad",
        signing.dumps(["0" * 32, 1, ""], salt="another"),
        signing.dumps(["0" * 32, 1, ""], salt=confirmation.SALT),
        signing.dumps(["nothing"], salt=confirmation.SALT),
        signing.dumps([1, 2, 3], salt=confirmation.SALT),
        signing.dumps({"a": 1}, salt=confirmation.SALT),
    ],
    ids=["nothing", "unsigned", "for another purpose", "of nobody", "text", "numbers", "an object"],
)
def test_a_forged_link_is_explained(organisation: OrganisationPage, token: str, method: str) -> None:
    answer = getattr(Client(), method)(f"/ar/still-correct/{token}/")
    assert answer.status_code == 404
    assert webpages.read(answer).html["dir"] == "rtl"
    assert confirmed(organisation) is None


def test_a_link_works_for_sixty_days(
    organisation: OrganisationPage, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = timezone.now() + dt.timedelta(days=61)
    monkeypatch.setattr("django.core.signing.time.time", later.timestamp)
    assert Client().post(link).status_code == 404
    assert confirmed(organisation) is None


def test_a_page_that_is_offline_is_not_shown(organisation: OrganisationPage, link: str) -> None:
    organisation.unpublish()
    assert Client().get(link).status_code == 404


def test_the_link_sets_no_cookie_is_not_kept_and_told_to_nobody(link: str) -> None:
    answer = Client().get(link)
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert webpages.read(answer).select_one("meta[name=robots]")["content"] == "noindex"  # type: ignore[index]


def test_the_link_of_one_organisation_confirms_no_other(
    organisation: OrganisationPage, directory: DirectoryPage, link: str
) -> None:
    other = aged(factories.organisation(directory, "Verein B", slug="b"), days=300)
    Client().post(link)
    assert confirmed(other) is None


# What members write is a confirmation, what the office writes is not


def test_publishing_what_a_member_wrote_confirms(organisation: OrganisationPage) -> None:
    organisation.save_revision(user=factories.member(organisation)).publish(user=factories.press())
    assert confirmed(organisation) is not None


def test_publishing_what_the_press_wrote_confirms_nothing(organisation: OrganisationPage) -> None:
    press = factories.press()
    organisation.save_revision(user=press).publish(user=press)
    assert confirmed(organisation) is None


# What visitors see


def profile(code: str = "de") -> str:
    return webpages.text(webpages.read(Client().get(f"/{code}/organisationen/a/")))


def test_visitors_read_when_it_was_confirmed(organisation: OrganisationPage, link: str, clock: Clock) -> None:
    assert "15. Juni 2026" not in profile()
    Client().post(link)
    assert "15. Juni 2026" in profile()
    assert "15 Haziran 2026" in profile("tr")


def test_the_date_costs_no_query(organisation: OrganisationPage, link: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            Client().get("/de/organisationen/a/")
        return len(counted)

    Client().get("/de/organisationen/a/")
    before = queries()
    Client().post(link)
    assert queries() == before


# The list of the office


def office() -> Client:
    client = Client()
    client.force_login(factories.ki())
    return client


LIST = "/admin/organisations/still-correct/"


def test_the_office_sees_who_does_not_answer(organisation: OrganisationPage, directory: DirectoryPage) -> None:
    aged(factories.organisation(directory, "Verein B", slug="b"), days=10)
    aged(factories.organisation(directory, "Verein C", slug="c"), days=300, contact="")
    record = record_of(organisation)
    record.reminders = 3
    record.save()
    client = office()
    assert names(client) == ["Verein C", "Verein A"]
    assert names(client, "?only=unanswered") == ["Verein A"]
    assert names(client, "?only=nobody") == ["Verein C"]
    assert names(client, "?only=nonsense") == ["Verein C", "Verein A"]


def names(client: Client, query: str = "") -> list[str]:
    return [webpages.text(row) for row in webpages.read(client.get(LIST + query)).select("tbody th")]


def test_a_call_confirms(organisation: OrganisationPage) -> None:
    client = office()
    client.post(f"{LIST}{organisation.pk}/confirm/")
    assert confirmed(organisation) is not None
    assert names(client) == []
    entry = PageLogEntry.objects.get(page=organisation.pk, action="directory.confirm_by_phone")
    assert entry.user is not None
    assert entry.user.email == "ki@example.org"


def test_the_list_as_a_table_carries_out_nothing(organisation: OrganisationPage) -> None:
    OrganisationPage.objects.filter(pk=organisation.pk).update(title="=cmd()")
    text = office().get(f"{LIST}table.csv").content.decode("utf-8-sig")
    assert "'=cmd()" in text


@pytest.mark.parametrize("role", ["visitor", "member", "translator"])
def test_only_the_offices_see_the_list(organisation: OrganisationPage, role: str) -> None:
    client = Client()
    if role == "member":
        client.force_login(factories.member(organisation))
    elif role == "translator":
        client.force_login(factories.translator("ar"))
    for address in (LIST, f"{LIST}table.csv"):
        assert "Verein A" not in client.get(address, follow=True).content.decode()
    client.post(f"{LIST}{organisation.pk}/confirm/")
    assert confirmed(organisation) is None


def test_the_list_takes_as_many_queries_for_thirty_as_for_three(directory: DirectoryPage) -> None:
    client = office()

    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            client.get(LIST)
        return len(counted)

    def more(numbers: range) -> None:
        for number in numbers:
            aged(factories.organisation(directory, f"Verein {number}"), days=300 + number)

    more(range(3))
    client.get(LIST)
    three = queries()
    more(range(3, 30))
    assert queries() == three
