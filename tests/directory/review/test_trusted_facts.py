"""Facts of trusted organisations go live at once; words never do."""

import datetime as dt
from typing import Any

import pytest

from cms.accounts import User
from directory.models import Offer, OrganisationPage
from directory.records.record import record_of
from directory.review import moderation
from tests import factories
from tests.directory.review import moderating
from tests.directory.review.moderating import approve, current, draft_of, kind, sent, write

pytestmark = pytest.mark.django_db
FACTS = ("phone", "street", "offers", "topics", "short_description", "title")


@pytest.fixture
def club() -> OrganisationPage:
    club = moderating.published(phone="+4923312070", website="https://alt.example.org/")
    club.offers = [offer(club, "Café", 1), offer(club, "Chor", 2)]
    club.save_revision(clean=False).publish()
    record = record_of(club)
    record.is_trusted = True
    record.save()
    return current(club)


def offer(club: OrganisationPage, what: str, weekday: int) -> Offer:
    return Offer(what=what, weekday=weekday, starts=dt.time(10), locale_id=club.locale_id)


@pytest.fixture
def member(club: OrganisationPage) -> User:
    return factories.member(club)


def publish(club: OrganisationPage, member: User, fields: tuple[str, ...] = FACTS) -> bool:
    return moderation.publish_trusted_facts(page=club, user=member, fields=fields)


def test_a_fact_is_public_at_once_and_the_words_wait(club: OrganisationPage, member: User) -> None:
    write(club, member, phone="+4923312071", short_description="Ungeprüft", title="Anderer Name")
    assert publish(club, member)
    live = current(club)
    assert (live.phone, live.short_description, live.title) == ("+4923312071", "Alt", "Verein")
    draft = draft_of(club)
    assert (draft.phone, draft.short_description, draft.title) == ("+4923312071", "Ungeprüft", "Anderer Name")


def test_only_the_facts_that_were_named_are_published(club: OrganisationPage, member: User) -> None:
    write(club, member, phone="+4923312071", street="Neue Straße 1")
    publish(club, member, ("phone",))
    assert (current(club).phone, current(club).street) == ("+4923312071", "")
    assert draft_of(club).street == "Neue Straße 1"


def test_when_only_facts_have_changed_no_draft_is_left(club: OrganisationPage, member: User) -> None:
    write(club, member, phone="+4923312071")
    publish(club, member)
    assert not moderation.state_of(current(club)).has_unpublished_changes


def test_without_trust_nothing_is_published(club: OrganisationPage, member: User) -> None:
    record = record_of(club)
    record.is_trusted = False
    record.save()
    write(club, member, phone="+4923312071")
    assert not publish(club, member)
    assert current(club).phone == "+4923312070"


@pytest.mark.parametrize("fields", [{"live": False}, {"locked": True}])
def test_what_is_not_public_or_locked_stays_as_it_is(
    club: OrganisationPage, member: User, fields: dict[str, Any]
) -> None:
    write(club, member, phone="+4923312071")
    OrganisationPage.objects.filter(pk=club.pk).update(**fields)
    assert not publish(club, member)
    assert current(club).phone == "+4923312070"


def test_doing_it_twice_is_harmless(club: OrganisationPage, member: User) -> None:
    write(club, member, phone="+4923312071")
    assert publish(club, member)
    assert not publish(club, member)


def test_times_of_offers_are_facts_and_their_words_are_not(club: OrganisationPage, member: User) -> None:
    draft = draft_of(club)
    cafe, _chor = draft.offers.all()
    cafe.weekday, cafe.what = 5, "Ungeprüft"
    draft.offers = [cafe, offer(club, "Neu und ungeprüft", 3)]
    draft.save_revision(user=member)
    publish(club, member)
    live = [(row.what, row.weekday) for row in current(club).offers.all()]
    assert live == [("Café", 5)], "the choir is over, the new offer waits"
    assert {(row.what, row.weekday) for row in draft_of(club).offers.all()} == {
        ("Ungeprüft", 5),
        ("Neu und ungeprüft", 3),
    }


def test_a_submission_that_waits_keeps_waiting_and_gets_the_facts(club: OrganisationPage, member: User) -> None:
    sent(club, member, short_description="Neu")
    write(club, member, phone="+4923312071", short_description="Noch neuer")
    publish(club, member)
    assert kind(club) == "waiting"
    assert (current(club).phone, current(club).short_description) == ("+4923312071", "Alt")
    waiting = current(club).current_workflow_task_state.revision
    approve(club, factories.press(), waiting)
    assert (current(club).phone, current(club).short_description) == ("+4923312071", "Neu")
    assert draft_of(club).short_description == "Noch neuer"


def test_a_fact_changed_after_requested_changes_stays(club: OrganisationPage, member: User) -> None:
    press = factories.press()
    seen = sent(club, member, short_description="Neu")
    moderation.request_changes(page=club, user=press, revision_id=seen.pk, comment="Kürzer.")
    write(club, member, phone="+4923312071")
    publish(club, member)
    assert kind(club) == "changes_requested"
    assert current(club).phone == "+4923312071"


def test_translations_stay_current_when_only_facts_change(club: OrganisationPage, member: User) -> None:
    from translations.models import TranslationStatus

    write(club, member, phone="+4923312071")
    publish(club, member)
    assert not TranslationStatus.objects.filter(page=club, outdated_since__isnull=False).exists()
