"""Everything of an organisation with its state, and sending all that is unsent after a look at it."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext, pgettext

from cms.accounts import User
from dates.models import EventPage
from directory.models import OrganisationPage
from directory.portal import own_parts, profile
from directory.review import moderation
from tests import factories, webpages
from tests.directory.portal.conftest import Address, send, send_all

pytestmark = pytest.mark.django_db
COMMENT = "Bitte nennen Sie den Ort."


@pytest.fixture
def event(verein: OrganisationPage, user: User) -> EventPage:
    made = factories.event(verein, "Fest", factories.berlin(2031, 7, 5, 14), slug="fest", live=False, organiser=verein)
    made.save_revision(user=user)
    return EventPage.objects.get(pk=made.pk)


@pytest.fixture
def event_address(address: Address, event: EventPage) -> str:
    return address("event", event_key=event.translation_key)


def mine(client: Client, address: Address) -> dict[str, str]:
    """Address and state of each thing in the list."""
    page = webpages.read(client.get(address()))
    return {row.a["href"]: webpages.text(row.select_one(".badge")) for row in page.select(".mine > li")}


def state(name: str) -> str:
    with translation.override("de"):
        return gettext(name) if name == "Waiting for review" else pgettext("state", name)


def next_step(client: Client, address: Address) -> Any:
    return webpages.read(client.get(address())).select_one("[aria-labelledby=next-step]")


def ask_for_changes(page: Any) -> None:
    page.refresh_from_db()
    moderation.request_changes(page=page, user=factories.press(), revision_id=page.latest_revision_id, comment=COMMENT)


def test_what_is_public_says_so(member: Client, address: Address) -> None:
    assert mine(member, address) == {f"{address()}#parts": state("Public")}


def test_parts_that_differ_and_events_are_listed_each_with_its_state(
    member: Client, address: Address, event_address: str
) -> None:
    send(member, address("contact"), phone="02331 5555")
    send(member, address("about"), native_language="ar", own_short_description="نحن نغني")
    rows = mine(member, address)
    assert rows == dict.fromkeys((address("contact"), address("about"), event_address), state("Not sent yet"))
    assert send_all(member, address("submit")).status_code == 302
    assert set(mine(member, address).values()) == {state("Waiting for review")}


def test_what_is_written_after_sending_is_unsent_and_the_rest_waits(member: Client, address: Address) -> None:
    send(member, address("contact"), phone="02331 5555")
    send_all(member, address("submit"))
    send(member, address("address"), street="Hof 1")
    rows = mine(member, address)
    assert rows == {address("address"): state("Not sent yet"), address("contact"): state("Waiting for review")}


def test_nobody_is_told_to_wait_while_an_event_is_unsent(
    member: Client, address: Address, verein: OrganisationPage, event_address: str
) -> None:
    send(member, address("contact"), phone="02331 5555")
    moderation.submit(page=OrganisationPage.objects.get(pk=verein.pk), user=factories.member(verein))
    step = next_step(member, address)
    assert step.select_one(f"a[href='{address('submit')}']") is not None
    assert gettext("Nothing to do. You will get an email.") not in webpages.text(step)


def test_what_the_press_asks_for_comes_first_with_its_words(
    member: Client, address: Address, event: EventPage, event_address: str
) -> None:
    send_all(member, address("submit"))
    ask_for_changes(event)
    assert mine(member, address)[event_address] == state("Please change")
    page = webpages.read(member.get(address()))
    assert COMMENT in webpages.text(page.select_one(".mine"))
    assert next_step(member, address).select_one(f"a[href='{event_address}']") is not None
    assert COMMENT in webpages.text(webpages.read(member.get(event_address)).main)


def test_what_is_asked_of_the_profile_stands_at_its_parts(
    member: Client, address: Address, verein: OrganisationPage
) -> None:
    send(member, address("contact"), phone="02331 5555")
    send_all(member, address("submit"))
    ask_for_changes(verein)
    assert mine(member, address) == {address("contact"): state("Please change")}
    assert COMMENT in webpages.text(webpages.read(member.get(address("contact"))).main)
    send(member, address("contact"), phone="02331 7777")
    assert mine(member, address) == {address("contact"): state("Not sent yet")}


def test_a_profile_that_was_never_public_leads_to_its_parts(
    member: Client, address: Address, verein: OrganisationPage
) -> None:
    OrganisationPage.objects.filter(pk=verein.pk).update(live=False)
    send(member, address("contact"), phone="02331 5555")
    send_all(member, address("submit"))
    ask_for_changes(verein)
    [link] = next_step(member, address).select("a.button")
    assert link["href"] == f"{address()}#parts"
    assert webpages.read(member.get(address())).select_one("#parts a") is not None


def test_the_look_shows_each_difference_in_words(
    member: Client, address: Address, event: EventPage, event_address: str
) -> None:
    send(member, address("contact"), phone="02331 5555")
    page = webpages.read(member.get(address("submit")))
    assert [webpages.text(old) for old in page.select("del")] == ["02331 2070"]
    assert "02331 5555" in [webpages.text(new) for new in page.select("ins")]
    assert {address("contact"), event_address} <= set(webpages.links(page))


def test_what_was_changed_after_the_look_is_not_sent(
    member: Client, address: Address, verein: OrganisationPage, event: EventPage
) -> None:
    send(member, address("contact"), phone="02331 5555")
    shown = [field["value"] for field in webpages.read(member.get(address("submit"))).select("[name=shown]")]
    send(member, address("contact"), phone="02331 7777")
    answer = member.post(address("submit"), {"shown": shown})
    assert answer.status_code == 409
    assert webpages.read(answer).select_one("main [role=alert]") is not None
    assert not verein.workflow_states.exists()
    assert event.workflow_states.count() == 1, "what has not changed was sent"


def test_a_second_press_ends_where_the_first_did(member: Client, address: Address, event: EventPage) -> None:
    shown = [field["value"] for field in webpages.read(member.get(address("submit"))).select("[name=shown]")]
    for _time in range(2):
        assert member.post(address("submit"), {"shown": shown})["Location"] == address()
    assert event.workflow_states.count() == 1


def test_pages_of_others_are_not_sent(member: Client, address: Address, other: OrganisationPage) -> None:
    other.save_revision()
    revision = OrganisationPage.objects.get(pk=other.pk).latest_revision_id
    answer = member.post(address("submit"), {"shown": [f"{other.pk}-{revision}", "x", "9-9999999999999"]})
    assert answer.status_code == 409
    assert not other.workflow_states.exists()


def test_every_field_of_a_part_is_known_to_belong_to_it(verein: OrganisationPage) -> None:
    for part, form_class in own_parts.OWN_PARTS:
        for name in form_class(page=verein).written:
            assert profile.PART_OF[name] == part


@pytest.mark.parametrize("count", [1, 8])
def test_the_list_asks_the_same_whatever_its_length(
    member: Client, address: Address, verein: OrganisationPage, django_assert_max_num_queries: Any, count: int
) -> None:
    for number in range(count):
        made = factories.event(
            verein, f"Fest {number}", factories.berlin(2031, 7, 5, 14), slug=f"f{number}", live=False
        )
        made.save_revision()
    member.get(address())
    with django_assert_max_num_queries(28):
        member.get(address())
    assert len(mine(member, address)) == count + 1
