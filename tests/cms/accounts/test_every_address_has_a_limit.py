"""Whatever somebody without log-in can send, to any address of the site, has an end.

The addresses are read from the URLconf: one that is added later is tried as well, and must stand in a row here.
"""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from cms.accounts import authentication, throttling
from cms.accounts.throttling import Limit, Window
from cms.mail.letters import Letter
from directory.accounts import access_request, passwords
from directory.models import OrganisationPage
from home import barrier
from home.barrier import BarrierReport
from tests import factories, letters, webpages

pytestmark = pytest.mark.django_db
CONVERTED = {"int": "1", "str": "x", "slug": "x", "uuid": str(uuid4()), "path": "x"}


def routes(resolver: Any = None, prefix: str = "") -> list[str]:
    """Every address of the URLconf, with something in the place of what changes."""
    found = []
    for each in (resolver or get_resolver()).url_patterns:
        route = prefix + _filled(each.pattern)
        if isinstance(each, URLResolver):
            found += routes(each, route)
        elif isinstance(each, URLPattern):
            found.append(f"/{route}")
    return found


def _filled(pattern: Any) -> str:
    text = str(pattern)
    if hasattr(pattern, "_route"):
        return re.sub(r"<(?:(\w+):)?\w+>", lambda match: CONVERTED.get(match[1] or "str", "x"), text)
    text = re.sub(r"\(\?P<\w+>[^()]*\)\??", "1", text.lstrip("^").rstrip("$").rstrip("\\Z"))
    return re.sub(r"\((?:[^()]|\([^()]*\))*\)\??", "", text).replace("\\", "")


def answers(address: str) -> Any:
    return Client(raise_request_exception=False).post(address, {"x": "y"})


@pytest.fixture
def site() -> Any:
    return factories.municipality(barrier_report_email="office@example.org")


def test_the_addresses_are_found() -> None:
    found = set(routes())
    expected = {"/de/barrier/", "/de/my/login/", "/admin/login/", "/de/my/register/", "/healthz", "/admin/users/new/"}
    assert expected <= found and len(found) > 300


def test_no_address_is_without_a_limit(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """With nothing left to send, nothing is answered but "wait": not by our views, nor by those of Wagtail."""
    set_limit(monkeypatch, throttling.SENT_WITHOUT_LOG_IN, 0)
    unlimited = {address for address in routes() if address != "/healthz" and answers(address).status_code != 429}
    assert unlimited == set()


# Beside that, what costs something has a limit of its own. A form that people without log-in can send is answered
# neither with "not found" nor with the way to the log-in; each such address has a row.

Sent = Callable[[Any, int], tuple[str, dict[str, str]]]


def barrier_report(site: Any, number: int) -> tuple[str, dict[str, str]]:
    return "/de/barrier/", {"message": f"Nr. {number}: das Bild", "page": "x", "email": ""}


def log_in(site: Any, number: int) -> tuple[str, dict[str, str]]:
    return "/de/my/login/", {"username": f"p{number}@example.org", "password": "falsch"}


def admin_log_in(site: Any, number: int) -> tuple[str, dict[str, str]]:
    return "/admin/login/", {"username": f"p{number}@example.org", "password": "falsch"}


def link(site: Any, number: int) -> tuple[str, dict[str, str]]:
    return "/de/my/password/", {"email": f"p{number}@example.org"}


def registration(site: Any, number: int) -> tuple[str, dict[str, str]]:
    form = {"title": f"Verein {number * 7919}", "about": "x", "name": "Anna", "email": f"p{number}@example.org"}
    return "/de/my/register/", {**form, "consent": "on", "another": "1"}


def request(site: Any, number: int) -> tuple[str, dict[str, str]]:
    club = OrganisationPage.objects.first() or factories.organisation(factories.directory(site))
    data = {"name": "Anna", "email": f"p{number}@example.org", "message": "Bitte"}
    return f"/de/my/access/{club.translation_key}/", data


def new_password(site: Any, number: int) -> tuple[str, dict[str, str]]:
    return f"/de/my/password/MQ/{number}-falsch/", {"password": "x"}


def invitation(site: Any, number: int) -> tuple[str, dict[str, str]]:
    return f"/de/my/invitation/falsch{number}/", {"name": "x"}


def email_change(site: Any, number: int) -> tuple[str, dict[str, str]]:
    return f"/de/my/account/email/falsch{number}/", {}


def confirmation(site: Any, number: int) -> tuple[str, dict[str, str]]:
    return f"/de/still-correct/falsch{number}/", {}


def page_password(site: Any, number: int) -> tuple[str, dict[str, str]]:
    restriction = PageViewRestriction.objects.first() or PageViewRestriction.objects.create(
        page=factories.content(site),
        restriction_type="password",
        password="geheim",  # noqa: S106
    )
    address = f"/de/protected/{restriction.pk}/{restriction.page_id}/"
    return address, {"password": f"falsch {number}", "return_url": "/de/"}


def document_password(site: Any, number: int) -> tuple[str, dict[str, str]]:
    restriction = CollectionViewRestriction.objects.first() or CollectionViewRestriction.objects.create(
        collection=Collection.get_first_root_node(),
        restriction_type="password",
        password="geheim",  # noqa: S106
    )
    address = f"/documents/authenticate_with_password/{restriction.pk}/"
    return address, {"password": f"falsch {number}", "return_url": "/de/"}


ROWS: dict[str, tuple[Sent, Limit]] = {
    "/de/barrier/": (barrier_report, barrier.REPORTS),
    "/de/my/login/": (log_in, authentication.GUESSES),
    "/admin/login/": (admin_log_in, authentication.GUESSES),
    "/de/my/password/": (link, passwords.MAILS),
    "/de/my/register/": (registration, access_request.REGISTRATIONS),
    "/de/my/access/<uuid:key>/": (request, access_request.FORMS),
    "/de/my/password/x/x/": (new_password, authentication.LINKS),
    "/de/my/invitation/x/": (invitation, authentication.LINKS),
    "/de/my/account/email/x/": (email_change, authentication.LINKS),
    "/de/still-correct/x/": (confirmation, authentication.LINKS),
    "/de/protected/<int:restriction>/<int:page>/": (page_password, authentication.PAGE_PASSWORDS),
    "/documents/authenticate_with_password/<int:restriction>/": (document_password, authentication.PAGE_PASSWORDS),
}
"""Those with a pattern in them are "not found" unless there is such a page."""
HARMLESS = {
    "/login/": "leads to the log-in",
    "/favicon.ico": "leads to a file",
    "/admin/password_reset/": "leads to the form for a new password",
    "/de/my/logout/": "ends nothing where nobody is logged in",
    "/admin/sprite/": "a file of Wagtail",
    "/admin/jsi18n/": "a file of Wagtail",
    "/healthz": "says whether the platform works",
}


def set_limit(monkeypatch: pytest.MonkeyPatch, limit: Limit, most: int) -> None:
    monkeypatch.setattr(limit, "client", tuple(Window(most, window.within) for window in limit.client))


def takes_what_is_sent(address: str) -> bool:
    answer = answers(address)
    # What is not found without a language is looked for with one.
    leads_away = answer.status_code == 302 and (
        "/login/" in answer["Location"] or f"/de{address}" in answer["Location"]
    )
    return answer.status_code not in (301, 404, 405) and not leads_away


def test_every_address_that_takes_something_stands_in_a_row(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    factories.directory(site)
    set_limit(monkeypatch, throttling.SENT_WITHOUT_LOG_IN, 10_000)
    taking = {address for address in routes() if takes_what_is_sent(address)}
    assert {each for each in taking if not each.startswith(tuple(HARMLESS))} - set(ROWS) == set()
    assert {address for address in ROWS if "<" not in address and "still" not in address} <= taking


@pytest.mark.parametrize("address", ROWS)
def test_what_costs_something_has_an_end_of_its_own(site: Any, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    send, limit = ROWS[address]
    set_limit(monkeypatch, limit, 3)
    if send is registration:
        factories.directory(site)
    sent = [send(site, number) for number in range(5)]
    got = [Client().post(path, data) for path, data in sent]
    assert [answer.status_code == 429 for answer in got] == [False] * 3 + [True] * 2
    last = got[-1]
    assert 0 < int(last["Retry-After"]) <= 24 * 60 * 60 and "no-store" in last["Cache-Control"]
    assert webpages.read(last).html["lang"] == "de"
    for name, value in sent[-1][1].items():
        if name in ("message", "email", "username", "title", "about"):
            assert value in last.content.decode(), "what was typed stays"
    assert "falsch 4" not in last.content.decode(), "a password does not"
    elsewhere = Client(REMOTE_ADDR="192.0.2.77").post(*send(site, 9))
    assert elsewhere.status_code != 429


def test_what_is_refused_is_not_stored(site: Any) -> None:
    most = barrier.REPORTS.client[0].most
    for number in range(most + 20):
        Client().post(*barrier_report(site, number))
    assert BarrierReport.objects.count() == most
    assert Letter.objects.count() == most
    assert len(letters.delivered()) == most


def test_a_site_has_an_end_whoever_sends(site: Any) -> None:
    most = barrier.REPORTS.target[0].most
    for number in range(most + 3):
        Client(REMOTE_ADDR=f"198.51.{number // 250}.{number % 250}").post(*barrier_report(site, number))
    assert BarrierReport.objects.count() == most


def test_the_page_that_asks_to_wait_can_send_again(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a script: the fields stand in the page."""
    set_limit(monkeypatch, throttling.SENT_WITHOUT_LOG_IN, 0)
    client, typed = Client(), "<b>\nZeile\n\nzwei & drei"
    page = webpages.read(client.post("/de/barrier/", {"message": typed, "page": "x", "current_password": "geheim"}))
    fields = {str(each["name"]): each.text.removeprefix("\n") for each in page.main.select("form textarea")}
    assert fields == {"message": typed, "page": "x"}
    set_limit(monkeypatch, throttling.SENT_WITHOUT_LOG_IN, 5)
    client.post("/de/barrier/", fields)
    assert BarrierReport.objects.get().message.split() == typed.split()
