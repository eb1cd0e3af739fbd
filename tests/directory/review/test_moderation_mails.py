"""Who is told what about a submission: members in their language, never by whom it was decided."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core import mail

from cms.accounts import User, roles
from cms.localization import languages
from directory.members import membership
from directory.models import OrganisationPage
from directory.review import moderation, takedown
from tests import factories
from tests.directory.review import moderating
from tests.directory.review.moderating import sent, write

pytestmark = pytest.mark.django_db
Acting = Callable[[], AbstractContextManager[Any]]


@pytest.fixture
def club() -> OrganisationPage:
    return moderating.published(title="Verein\nfür alle")


@pytest.fixture
def member(club: OrganisationPage) -> User:
    user = factories.person("mitglied@example.org", preferred_language="tr")
    membership.join(organisation=club, user=user)
    return user


@pytest.fixture
def other_member(club: OrganisationPage) -> User:
    user = factories.person("andere@example.org", preferred_language="ar")
    membership.join(organisation=club, user=user)
    return user


@pytest.fixture
def press() -> User:
    return factories.person("presse@example.org", roles.PRESS, first_name="Petra", last_name="Presse")


@pytest.fixture
def acting(django_capture_on_commit_callbacks: Any) -> Acting:
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def waiting(club: OrganisationPage, member: User, other_member: User, press: User, acting: Acting) -> Iterator[int]:
    """The number of the revision that waits; the mails about its sending are read."""
    with acting():
        revision = sent(club, member, short_description="Neu")
    mail.outbox.clear()
    yield revision.pk


def recipients() -> list[str]:
    return sorted(message.to[0] for message in mail.outbox)


def everything(message: Any) -> str:
    return "\n".join([message.subject, message.body, *(str(content) for content, _type in message.alternatives)])


def test_a_submission_is_told_to_the_press_office_only(
    club: OrganisationPage, member: User, press: User, acting: Acting
) -> None:
    factories.ki()
    with acting():
        sent(club, member, short_description="Neu")
    assert recipients() == ["presse@example.org"]
    assert f"/admin/organisations/review/{club.pk}/" in mail.outbox[0].body


def test_what_is_replaced_while_it_waits_is_not_told_again(
    club: OrganisationPage, member: User, press: User, acting: Acting, waiting: int
) -> None:
    with acting():
        sent(club, member, short_description="Neuer")
    assert recipients() == []


def test_what_is_sent_again_after_changes_is_told_again(
    club: OrganisationPage, member: User, press: User, acting: Acting, waiting: int
) -> None:
    with acting():
        moderation.request_changes(page=club, user=press, revision_id=waiting, comment="Kürzer.")
    mail.outbox.clear()
    with acting():
        sent(club, member, short_description="Kurz")
    assert recipients() == ["presse@example.org"]


def test_staff_who_want_no_such_mails_get_none(
    club: OrganisationPage, member: User, press: User, acting: Acting
) -> None:
    from wagtail.users.models import UserProfile

    UserProfile.objects.create(user=press, submitted_notifications=False)
    with acting():
        sent(club, member, short_description="Neu")
    assert recipients() == []


def decide(name: str, club: OrganisationPage, press: User, revision: int) -> None:
    comment = "Bitte <b>kürzer</b> & klarer."
    match name:
        case "approve":
            moderation.approve(page=club, user=press, revision_id=revision, comment=comment)
        case "request_changes":
            moderation.request_changes(page=club, user=press, revision_id=revision, comment=comment)
        case "reject":
            moderation.reject(page=club, user=press, revision_id=revision, comment=comment)
        case "offline":
            takedown.take_down(organisation=club, user=press, reason=comment)


DECISIONS = ("approve", "request_changes", "reject", "offline")


@pytest.mark.parametrize("name", DECISIONS)
def test_all_members_are_told_what_was_decided_and_never_by_whom(
    club: OrganisationPage, press: User, acting: Acting, waiting: int, name: str
) -> None:
    with acting():
        decide(name, club, press, waiting)
    assert recipients() == ["andere@example.org", "mitglied@example.org"]
    for message in mail.outbox:
        text = everything(message)
        assert "Bitte <b>kürzer</b> & klarer." in message.body
        assert "Bitte &lt;b&gt;kürzer&lt;/b&gt; &amp; klarer." in str(message.alternatives[0][0])
        assert not re.search(r"/admin/|Petra|presse@", text)
        assert "\n" not in message.subject


@pytest.mark.parametrize("name", DECISIONS)
def test_mails_lead_to_the_thing_in_the_members_language_and_in_german(
    club: OrganisationPage, press: User, acting: Acting, waiting: int, name: str
) -> None:
    """To the public page when it is public, else to where it is changed."""
    with acting():
        decide(name, club, press, waiting)
    message = next(message for message in mail.outbox if message.to == ["mitglied@example.org"])
    links = re.findall(r"http\S+", message.body)
    below = "organisationen/verein-fur-alle/" if name == "approve" else f"my/{club.translation_key}/"
    assert links == [f"http://localhost:8000/{code}/{below}" for code in ("tr", "de")]
    assert all(f'href="{link}"' in str(message.alternatives[0][0]) for link in links)


@pytest.mark.parametrize("name", DECISIONS[:3])
def test_mails_about_an_event_lead_to_the_event(
    club: OrganisationPage, member: User, press: User, acting: Acting, name: str
) -> None:
    event = factories.event(club, "Fest", factories.berlin(2031, 7, 5, 14), slug="fest", live=False)
    event.save_revision(user=member)
    moderation.submit(page=event, user=member)
    with acting():
        decide(name, event, press, event.latest_revision_id)
    message = next(message for message in mail.outbox if message.to == ["mitglied@example.org"])
    below = f"my/{club.translation_key}/events/{event.translation_key}/"
    if name == "approve":
        below = f"{club.url_path.split('/', 2)[2]}fest/"
    assert re.findall(r"http\S+", message.body)[0] == f"http://localhost:8000/tr/{below}"


@pytest.mark.parametrize("language", languages.LANGUAGES, ids=lambda language: language.code)
def test_mails_can_be_written_in_every_language(club: OrganisationPage, acting: Acting, language: Any) -> None:
    membership.join(organisation=club, user=factories.person("x@example.org", preferred_language=language.code))
    with acting():
        takedown.take_down(organisation=club, user=factories.press(), reason="Missbrauch")
    html = str(mail.outbox[0].alternatives[0][0])
    assert f'<div lang="{language.code}" dir="{language.direction}">' in html


def test_people_who_left_or_lost_their_account_are_not_told(
    club: OrganisationPage, member: User, other_member: User, press: User, acting: Acting, waiting: int
) -> None:
    member.memberships.all().delete()
    User.objects.filter(pk=other_member.pk).update(is_active=False)
    with acting():
        decide("approve", club, press, waiting)
    assert recipients() == []


def test_members_are_told_when_the_press_publishes_its_own_correction(
    club: OrganisationPage, press: User, acting: Acting, waiting: int
) -> None:
    with acting():
        write(club, press, short_description="Von der Presse").publish(user=press)
    assert recipients() == ["andere@example.org", "mitglied@example.org"]


def test_a_withdrawal_is_told_to_nobody(club: OrganisationPage, member: User, acting: Acting, waiting: int) -> None:
    with acting():
        moderation.withdraw(page=club, user=member)
    assert recipients() == []


def test_wagtails_own_mails_stay_for_other_workflows(acting: Acting) -> None:
    """Translators who send into a workflow of the city hear of its end as ever."""
    from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

    site = factories.municipality()
    article = factories.article(factories.news_index(site))
    author, press = factories.person("autor@example.org"), factories.press()
    flow, task = Workflow.objects.create(name="Nachrichten"), GroupApprovalTask.objects.create(name="Presse")
    WorkflowTask.objects.create(workflow=flow, task=task)
    article.save_revision(user=author)
    with acting():
        flow.start(article, author).current_task_state.approve(user=press)
    assert recipients() == ["autor@example.org"]
