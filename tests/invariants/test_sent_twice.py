"""A form that is pressed twice ends where it would have ended once: the same page and sentence, one row, one mail.

Every form of the public site and of "My organisation", as a browser sends it, with the token that its page has shown.
An address of "My organisation" that stands in no row here fails the tests.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.apps import apps
from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from cms.accounts import User
from cms.forms.sent_forms import TOKEN, SentForm
from cms.search.following import follow
from dates.models import EventPage
from directory.accounts import email_change
from directory.members import consents, membership
from directory.members.invitations import Invitation
from directory.models import OrganisationPage
from tests import factories, webpages
from tests.directory.portal.photos import photo, upload
from tests.directory.review import moderating
from tests.directory.test_permission_matrix import OF_AN_ORGANISATION, my_addresses

pytestmark = pytest.mark.django_db
NEW = "neu@example.org"
SECRET = "ein ganz neues Kennwort"  # noqa: S105
NOT_COUNTED = {"SentForm", "Session", "Count", "AccessLog", "AccessAttempt", "DBTaskResult"}
"""Rows that say how often somebody has come, not what they have done."""


@dataclass
class World:
    club: OrganisationPage
    vacant: OrganisationPage
    member: User
    colleague: User
    event: EventPage
    ki: User

    def __post_init__(self) -> None:
        self.key = self.club.translation_key

    def at(self, name: str, **values: Any) -> str:
        wanted = {*my_addresses()[name].pattern.converters, *({"key"} if name in OF_AN_ORGANISATION else ())}
        known = {"key": self.key, "event_key": self.event.translation_key}
        kwargs = {part: values[part] if part in values else known[part] for part in wanted}
        return reverse(name, kwargs=kwargs)


def make_world() -> World:
    club = moderating.published(title="Verein A", slug="a", phone="+4923311234")
    vacant = factories.organisation(club.get_parent().specific, "Verein ohne Mitglied", slug="ohne")
    member, colleague = factories.member(club), factories.member(club)
    event = factories.event(club, "Fest", slug="fest", live=False)
    event.save_revision(user=member)
    return World(club, vacant, member, colleague, EventPage.objects.get(pk=event.pk), factories.ki())


@pytest.fixture
def world() -> World:
    return make_world()


@dataclass
class Press:
    """Where the form stands, where it is sent, and what is typed."""

    page: str
    to: str = ""
    typed: dict[str, Any] = field(default_factory=dict)
    who: User | None = None


def invitation(world: World, email: str) -> str:
    membership.invite(organisation=world.club, email=email, language="de", invited_by=world.ki)
    found = Invitation.objects.get(email=email)
    token = found.new_token()
    found.save()
    return reverse("my_invitation", args=[token])


def accepts_with_new_account(world: World) -> Press:
    typed = {"name": "Anna", "password": SECRET, "consent": "on"}
    return Press(invitation(world, NEW), typed=typed)


def accepts_with_own_account(world: World) -> Press:
    person = factories.person(NEW)
    return Press(invitation(world, NEW), typed={"consent": "on"}, who=person)


def sets_new_password(world: World) -> Press:
    values = (urlsafe_base64_encode(force_bytes(world.member.pk)), default_token_generator.make_token(world.member))
    return Press(reverse("my_new_password", args=values), typed={"password": SECRET})


def confirms_address(world: World) -> Press:
    user = world.member
    state = [user.pk, user.email, NEW, user.get_session_auth_hash()]
    return Press(reverse("my_confirm_email", args=[signing.dumps(state, salt=email_change.SALT, compress=True)]))


def withdraws_consent(world: World) -> Press:
    given = consents.give(user=world.member, organisation=world.club)
    return Press(world.at("my_account"), world.at("my_withdraw_consent", pk=given.pk), who=world.member)


def revokes(world: World) -> Press:
    made = membership.invite(organisation=world.club, email=NEW, language="de", invited_by=world.member)
    return Press(world.at("my_colleagues"), world.at("my_revoke", pk=made.pk), who=world.member)


def sends_profile(world: World) -> Press:
    moderating.write(world.club, world.member, short_description="Neu")
    return Press(world.at("my_submit"), who=world.member)


def withdraws_profile(world: World) -> Press:
    moderating.sent(world.club, world.member, short_description="Neu")
    return Press(world.at("my_organisation"), world.at("my_withdraw"), who=world.member)


def withdraws_event(world: World) -> Press:
    from directory.review import moderation

    moderation.submit(page=world.event, user=world.member)
    return Press(world.at("my_events"), world.at("my_event_withdraw"), who=world.member)


def draft(world: World, **values: Any) -> None:
    for name, value in values.items():
        setattr(world.event, name, value)
    world.event.save_revision(user=world.member)


def moves_a_date(world: World) -> Press:
    draft(world, recurrence="FREQ=WEEKLY")
    day = timezone.localdate(world.event.start) + dt.timedelta(days=7)
    address = f"{world.at('my_event_dates')}?day={day}"
    return Press(address, address, {"act": "move", "new_start": f"{day}T18:00", "new_end": ""}, world.member)


def reinstates_event(world: World) -> Press:
    draft(world, is_cancelled=True)
    return Press(world.at("my_events"), world.at("my_event_reinstate"), who=world.member)


def gives_event_a_picture(world: World) -> Press:
    typed = {"file": photo(), "credit": "Ich", "picture_alt": "Ein Fest"}
    return Press(world.at("my_event_picture"), typed=typed, who=world.member)


def adds_picture(world: World) -> Press:
    typed = {"pictures-0-file": photo(), "pictures-0-credit": "Ich", "pictures-0-alt_text": "Ein Fest"}
    return Press(world.at("my_pictures"), typed=typed, who=world.member)


def of_member(name: str, to: str = "", **typed: Any) -> Callable[[World], Press]:
    return lambda world: Press(world.at(name), world.at(to) if to else "", typed, world.member)


def public(path: str, **typed: Any) -> Callable[[World], Press]:
    return lambda world: Press(path, typed=typed)


OWN = factories.PASSWORD
FORMS: dict[str, Callable[[World], Press]] = {
    "barrier": public("/de/barrier/", message="Der Knopf ist zu klein.", page="/de/", email=NEW),
    "my_register": public("/de/my/register/", title="Ganz neu", about="Wir", name="Anna", email=NEW, consent="on"),
    "my_access": lambda world: Press(
        world.at("my_access", key=world.vacant.translation_key), typed={"name": "A", "email": NEW, "message": "Ich"}
    ),
    "my_login": lambda world: Press("/de/my/login/", typed={"username": world.member.email, "password": OWN}),
    "my_logout": of_member("my_organisation", "my_logout"),
    "my_password": lambda world: Press("/de/my/password/", typed={"email": world.member.email}),
    "my_new_password": sets_new_password,
    "my_invitation": accepts_with_new_account,
    "my_invitation, own account": accepts_with_own_account,
    "my_about": of_member("my_about", short_description="Ganz neu"),
    "my_contact": of_member("my_contact", email="wir@example.org"),
    "my_topics": of_member("my_topics", languages_spoken=["ar"]),
    "my_address": of_member("my_address", street="Weg 1"),
    "my_point": of_member("my_point", point="51.36000, 7.47000"),
    "my_hours": of_member("my_hours", opens_1_0="09:00", closes_1_0="12:00"),
    "my_offers": of_member("my_offers"),
    "my_pictures": adds_picture,
    "my_submit": sends_profile,
    "my_withdraw": withdraws_profile,
    "my_colleagues": of_member("my_colleagues", email=NEW),
    "my_remove": lambda world: Press(world.at("my_remove", pk=world.colleague.pk), who=world.member),
    "my_leave": of_member("my_leave"),
    "my_revoke": revokes,
    "my_event_add": of_member("my_event_add", title="Lesung"),
    "my_event_what": of_member("my_event_what", title="Ein anderes Fest"),
    "my_event_when": of_member("my_event_when", start="2031-05-03T18:00"),
    "my_event_where": of_member("my_event_where", place_name="Im Hof"),
    "my_event_for_whom": of_member("my_event_for_whom", for_whom="Für alle"),
    "my_event_picture": gives_event_a_picture,
    "my_event_dates": moves_a_date,
    "my_event_reinstate": reinstates_event,
    "my_event_delete": of_member("my_event_delete"),
    "my_event_copy": of_member("my_events", "my_event_copy"),
    "my_event_cancel": of_member("my_event_cancel"),
    "my_event_submit": of_member("my_event", "my_event_submit"),
    "my_event_withdraw": withdraws_event,
    "my_followed_calendar": of_member("my_followed_calendar", url="https://example.org/kalender.ics"),
    "my_change_password": of_member("my_change_password", current=OWN, password=SECRET),
    "my_change_email": of_member("my_change_email", current=OWN, email=NEW),
    "my_confirm_email": confirms_address,
    "my_withdraw_consent": withdraws_consent,
    "my_delete": of_member("my_delete", current=OWN),
}
SHOWN_ONLY = set(
    "my my_organisation my_account my_data my_events my_event my_preview my_event_preview my_embed".split()
)


def test_every_address_of_my_organisation_stands_in_a_row() -> None:
    assert set(my_addresses()) == {name.partition(",")[0] for name in FORMS} - {"barrier"} | SHOWN_ONLY


def form_in(page: BeautifulSoup, at: str, to: str) -> Tag:
    """The form that leads there; of several the one that is filled in."""
    found = [
        form
        for form in page.select("form[method=post]")
        if (str(form.get("action") or at).partition("?")[0]) == to.partition("?")[0]
    ]
    assert found, f"no form on {at} leads to {to}"
    return max(found, key=lambda form: len(form.select("input, textarea, select")))


def fields_of(form: Tag) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for each in form.find_all(["input", "select", "textarea"]):
        name, kind = each.get("name"), each.get("type", each.name)
        if not name or kind == "file" or (kind in ("checkbox", "radio") and not each.has_attr("checked")):
            continue
        if kind == "select":
            chosen = each.find("option", selected=True) or each.find("option")
            data[name] = chosen["value"] if chosen else ""
        else:
            data[name] = each.text if kind == "textarea" else each.get("value", "on" if kind == "checkbox" else "")
    return data


def rows() -> dict[str, int]:
    """How many there are of each model, when the search has followed, as the clock lets it."""
    follow()
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model.__name__ not in NOT_COUNTED and not model._meta.proxy
    }


def sent(client: Client, to: str, data: dict[str, Any]) -> tuple[Any, ...]:
    """Where it leads, what it says, and who is logged in then."""
    files = {name: upload(content=value) for name, value in data.items() if isinstance(value, bytes)}
    answer = client.post(to, {**data, **files})
    message, session = (answer.cookies.get(name) for name in ("messages", "sessionid"))
    body = b"" if answer.status_code == 302 else answer.content
    return answer.status_code, answer.get("Location", ""), message and message.value, session and session.value, body


@pytest.mark.parametrize("name", FORMS)
def test_a_form_that_is_pressed_twice_ends_as_if_pressed_once(name: str, world: World) -> None:
    translation.activate("de")
    press = FORMS[name](world)
    translation.deactivate_all()
    client, again = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    if press.who is not None:
        client.force_login(press.who)
    shown = client.get(press.page)
    assert shown.status_code == 200, (press.page, shown.status_code)
    to = press.to or press.page
    data = {**fields_of(form_in(webpages.read(shown), press.page, to)), **press.typed}
    again.cookies.load({cookie: morsel.value for cookie, morsel in client.cookies.items()})
    before = rows()
    first = sent(client, to, data)
    assert first[0] == 302, first
    after = rows()
    assert sent(again, to, data) == first, "while the first was under way, from the same page"
    assert sent(client, to, data) == first, "later, as whoever the first has made of the browser"
    assert rows() == after, {label: (before[label], count, rows()[label]) for label, count in after.items()}


# What is done anew


@pytest.fixture
def browser(world: World) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.member)
    return client


def opened(browser: Client, page: str, to: str = "") -> dict[str, Any]:
    return fields_of(form_in(webpages.read(browser.get(page)), page, to or page))


def test_a_form_that_is_shown_anew_is_another_one(world: World, browser: Client) -> None:
    translation.activate("de")
    page, to = world.at("my_events"), world.at("my_event_copy")
    first = sent(browser, to, opened(browser, page, to))
    second = sent(browser, to, opened(browser, page, to))
    assert first[1] != second[1] and EventPage.objects.sources().child_of(world.club).count() == 3


def test_what_was_sent_before_something_else_is_not_answered_from_memory(world: World, browser: Client) -> None:
    """Back to an older screen, and pressed there again: what it says would overwrite what came after it."""
    translation.activate("de")
    page = world.at("my_about")
    older = {**opened(browser, page), "short_description": "Erst"}
    assert sent(browser, page, older)[0] == 302
    assert sent(browser, page, {**opened(browser, page), "short_description": "Dann"})[0] == 302
    assert sent(browser, page, older)[0] == 409
    assert moderating.draft_of(world.club).short_description == "Dann"


def test_something_wrong_in_a_form_is_looked_at_again(world: World, browser: Client) -> None:
    translation.activate("de")
    page = world.at("my_event_add")
    data = {**opened(browser, page), "title": ""}
    assert [sent(browser, page, data)[0] for _press in range(2)] == [422, 422]
    assert not SentForm.objects.exists()


def test_an_answer_is_for_the_browser_that_has_sent_the_form(world: World, browser: Client) -> None:
    translation.activate("de")
    page = world.at("my_about")
    data = {**opened(browser, page), "short_description": "Neu"}
    assert sent(browser, page, data)[0] == 302
    thief = Client(enforce_csrf_checks=True)
    assert sent(thief, page, data)[0] == 403
    thief.get("/de/barrier/")
    assert TOKEN in data and sent(thief, page, data)[0] == 403


def test_an_answer_is_not_kept_for_long(world: World, browser: Client) -> None:
    translation.activate("de")
    page, to = world.at("my_events"), world.at("my_event_copy")
    data = opened(browser, page, to)
    first = sent(browser, to, data)
    SentForm.objects.update(at=timezone.now() - dt.timedelta(minutes=11))
    assert SentForm.objects.over().count() == 1
    assert sent(browser, to, data)[1] != first[1]


def test_an_act_that_has_ended_with_its_process_is_done_by_the_next_press(world: World, browser: Client) -> None:
    translation.activate("de")
    page, to = world.at("my_events"), world.at("my_event_copy")
    data = opened(browser, page, to)
    sent(browser, to, data)
    SentForm.objects.update(answer=None, at=timezone.now() - dt.timedelta(seconds=61))
    assert sent(browser, to, data)[0] == 302
    assert EventPage.objects.sources().child_of(world.club).count() == 3


def test_what_scripts_send_is_no_press_of_a_button(world: World, browser: Client) -> None:
    translation.activate("de")
    page = world.at("my_about")
    data = opened(browser, page)
    browser.post(page, data, headers={"sec-fetch-mode": "cors"})
    assert not SentForm.objects.exists()
