"""Enter, or "Go" on a phone, presses the first button of a form: that is never one which adds, copies or removes."""

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.urls import reverse

from cms.pages.drafts import draft_of
from directory.models import Offer, OrganisationPage
from directory.portal import parts
from directory.portal.own_parts import OWN_PARTS
from tests import factories, webpages

pytestmark = pytest.mark.django_db
PUBLIC = (
    *("", "organisationen/", "organisationen/verein/", "aktuelles/", "rat/", "rat/2025/", "termine/"),
    *("search/", "barrier/", "my/login/", "my/password/", "my/register/", "my/access/{key}/"),
)
PRESSED = "[type=submit], button:not([type]), input[type=image]"


@pytest.fixture
def verein(db: None) -> OrganisationPage:
    site = factories.municipality()
    directory = factories.directory(site, slug="organisationen")
    factories.news_index(site, slug="aktuelles")
    body = factories.council_body()
    factories.session(body)
    factories.council(site, body, slug="rat")
    index = factories.event_index(site, slug="termine")
    topic = factories.topic("kultur", de="Kultur")
    factories.event(index, slug="fest", start=factories.berlin(2031, 7, 5, 14), topics=[topic])
    verein = factories.organisation(
        directory, "Verein", slug="verein", phone="+4923312070", logo=factories.picture(), topics=["kultur"]
    )
    block = {"type": "picture", "value": {"image": factories.picture().pk, "alt_text": "Menschen beim Tee"}}
    verein.pictures = verein.pictures.stream_block.to_python([block])
    verein.offers = [Offer(what="Chor", weekday=1, starts=dt.time(18), locale=verein.locale)]
    verein.save_revision().publish()
    return verein


def pressed_by_enter(form: Tag, page: BeautifulSoup) -> Tag | None:
    """The first button in the order of the page that belongs to ``form``, as the standard of HTML says."""
    own = form.get("id")
    for button in page.select(PRESSED):
        owner = button.get("form") or (button.find_parent("form") or {}).get("id")
        if (button.find_parent("form") is form and not button.get("form")) or (own and owner == own):
            return button
    return None


def wrong(answer: Any) -> list[str]:
    """Forms in which Enter does something else than what the form is for."""
    assert answer.status_code in (200, 422), answer.wsgi_request.path
    page = webpages.read(answer)
    found = []
    for form in page.select("form:has(input:not([type=hidden], [type=submit]), textarea, select)"):
        button = pressed_by_enter(form, page)
        if button is None or button.get("name") or button.get("formaction") or button.has_attr("disabled"):
            found.append(f"{answer.wsgi_request.path}: {button}")
    return found


@pytest.mark.parametrize("code", ["de", "ar"])
def test_on_every_public_form(client: Client, verein: OrganisationPage, code: str) -> None:
    for path in PUBLIC:
        answer = client.get(f"/{code}/{path.format(key=verein.translation_key)}")
        assert wrong(answer) == []


def test_where_an_organisation_of_that_name_is_there(client: Client, verein: OrganisationPage) -> None:
    """Enter asks again rather than say that it is another one."""
    answer = client.post(
        reverse("my_register"),
        {"title": "Verein", "about": "Chor", "name": "Aylin", "email": "a@example.org", "consent": "on"},
    )
    assert webpages.read(answer).select_one("[name=another]") is not None
    assert wrong(answer) == []


def test_on_every_screen_of_members(client: Client, verein: OrganisationPage) -> None:
    member = factories.member(verein)
    event = factories.event(verein, "Fest", factories.berlin(2031, 7, 5, 14), slug="fest", recurrence="FREQ=WEEKLY")
    client.force_login(member)
    key = {"key": verein.translation_key}
    every = [part.address(verein) for part, _form in OWN_PARTS] + [part.address(verein) for part in parts.registered()]
    every += [f"{address}?add" for address in every]
    every += [reverse(name, kwargs=key) for name in ("my_organisation", "my_colleagues", "my_leave", "my_event_add")]
    every += [reverse(name) for name in ("my_account", "my_change_password", "my_change_email", "my_delete")]
    of_event = {**key, "event_key": event.translation_key}
    every += [reverse(name, kwargs=of_event) for name in ("my_event", "my_event_cancel")]
    for address in every:
        assert wrong(client.get(address)) == []


def test_saving_by_enter_changes_no_row(client: Client, verein: OrganisationPage) -> None:
    """What a browser sends then: every field, and the first button."""
    client.force_login(factories.member(verein))
    for name in ("my_offers", "my_pictures"):
        address = reverse(name, kwargs={"key": verein.translation_key})
        page = webpages.read(client.get(address))
        form = page.select_one("main form[enctype]")
        sent = {
            field["name"]: field.get("value", "") if field.name == "input" else ""
            for field in form.select("input[name]:not([type=checkbox], [type=file])")
        }
        for field in form.select("select[name]"):
            chosen = field.select_one("option[selected]")
            sent[field["name"]] = chosen["value"] if chosen else ""
        button = pressed_by_enter(form, page)
        if button.get("name"):
            sent[button["name"]] = button["value"]
        assert client.post(address, sent).status_code == 302
    draft = draft_of(verein)
    assert (draft.offers.count(), len(draft.pictures)) == (1, 1)
