"""Members log in and out, in their language, and nobody tries passwords for long."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from cms.accounts import User
from cms.localization import languages
from directory.members import membership
from directory.models import OrganisationPage
from tests import factories, webpages

pytestmark = pytest.mark.django_db
WRONG = "not the password"


def address(name: str = "my_login", language: str = "de", **kwargs: Any) -> str:
    with translation.override(language):
        return reverse(name, kwargs=kwargs)


def log_in(client: Client, user: User, password: str = factories.PASSWORD, **more: str) -> Any:
    return client.post(address(), {"username": user.email, "password": password, **more})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def said(response: Any) -> str:
    return webpages.text(BeautifulSoup(response.content, "html.parser").main)


@pytest.mark.parametrize("language", languages.BY_CODE)
def test_the_form_is_there_in_every_language(client: Client, a: OrganisationPage, language: str) -> None:
    page = webpages.read(client.get(address(language=language)))
    assert page.html["lang"] == language
    kinds = {str(field["name"]): field.get("autocomplete") for field in page.main.find_all("input") if field.get("id")}
    assert kinds == {"username": "username", "password": "current-password", "code": "one-time-code", "stay": None}


def test_a_member_comes_to_the_own_organisation(client: Client, a: OrganisationPage, member: User) -> None:
    assert log_in(client, member)["Location"] == address("my")
    assert client.get(address("my"))["Location"] == address("my_organisation", key=a.translation_key)


def test_the_address_may_be_written_in_capitals(client: Client, member: User) -> None:
    client.post(address(), {"username": member.email.upper(), "password": factories.PASSWORD})
    assert is_in(client)


def test_who_was_going_somewhere_arrives_there(client: Client, member: User) -> None:
    assert log_in(client, member, next="/tr/my/")["Location"] == "/tr/my/"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:evil",
        "/" + "a" * 3000,
    ],
)
def test_nobody_is_led_to_another_site(client: Client, member: User, target: str) -> None:
    assert log_in(client, member, next=target)["Location"] == address("my")
    client.logout()
    assert target not in said(client.get(address(), {"next": target}))


def test_the_session_ends_with_the_browser(client: Client, member: User) -> None:
    log_in(client, member)
    assert client.session.get_expire_at_browser_close()
    assert client.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == ""


def test_or_after_ninety_days_when_that_was_chosen(client: Client, member: User) -> None:
    log_in(client, member, stay="on")
    assert client.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 90 * 24 * 60 * 60


def test_the_session_is_a_new_one(client: Client, member: User) -> None:
    client.session["kept"] = "?"
    session = client.session
    session["x"] = 1
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
    log_in(client, member)
    assert client.session.session_key != session.session_key


def test_a_wrong_password_is_told_beside_the_form(client: Client, member: User) -> None:
    response = log_in(client, member, WRONG)
    assert response.status_code == 422
    assert member.email in response.content.decode()
    assert WRONG not in response.content.decode()
    assert not is_in(client)


def test_an_unknown_address_gets_the_same_answer(client: Client, member: User) -> None:
    known = said(log_in(client, member, WRONG))
    unknown = said(client.post(address(), {"username": "nobody@example.org", "password": WRONG}))
    assert known == unknown


def test_whoever_tries_too_often_is_asked_to_wait(client: Client, member: User) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT + 1):
        response = log_in(client, member, WRONG)
    assert response.status_code == 429
    assert response["Retry-After"] == "1800"
    assert "30" in said(response) and member.email in response.content.decode()
    log_in(client, member)
    assert not is_in(client)


@pytest.mark.parametrize("name", ["", "x", "a@b.de\r\nBcc: c@d.de", "\x00@b.de", "a" * 10_000 + "@b.de", "😀@b.de"])
def test_whatever_is_typed_gets_an_answer(client: Client, a: OrganisationPage, name: str) -> None:
    response = client.post(address(), {"username": name, "password": "😀\x00" * 2000})
    assert response.status_code == 422


def test_staff_goes_to_the_admin(client: Client, a: OrganisationPage) -> None:
    assert log_in(client, factories.ki())["Location"] == "/admin/"


def test_staff_that_belongs_to_an_organisation_goes_there(client: Client, a: OrganisationPage) -> None:
    ki = factories.ki()
    membership.join(organisation=a, user=ki)
    assert log_in(client, ki)["Location"] == address("my")


def test_who_has_a_second_factor_needs_it_here_too_and_learns_nothing_without(
    client: Client, a: OrganisationPage
) -> None:
    press = factories.press()
    device = TOTPDevice.objects.create(user=press, confirmed=True)
    assert said(log_in(client, press)) == said(log_in(client, press, WRONG)) == said(log_in(client, press, code="1"))
    assert not is_in(client)
    assert log_in(client, press, code=f"{totp(device.bin_key):06d}")["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_who_belongs_to_no_organisation_is_told_what_to_do(client: Client, a: OrganisationPage) -> None:
    response = log_in(client, factories.person())
    assert response["Location"] == address("my")
    assert client.get(address("my")).status_code == 200


def test_who_is_logged_in_already_goes_on(client: Client, member: User) -> None:
    log_in(client, member)
    assert client.get(address())["Location"] == address("my")


def test_logging_out_needs_a_form(client: Client, member: User) -> None:
    log_in(client, member)
    assert client.get(address("my_logout")).status_code == 405
    assert is_in(client)
    assert client.post(address("my_logout"))["Location"] == address()
    assert not is_in(client)


def test_a_form_from_elsewhere_is_refused_in_the_readers_language(a: OrganisationPage) -> None:
    response = Client(enforce_csrf_checks=True).post(address(language="tr"), {"username": "a@b.de", "password": "x"})
    assert response.status_code == 403
    assert webpages.read(response).html["lang"] == "tr"


def test_nothing_of_it_is_kept_or_told_to_others(client: Client, a: OrganisationPage) -> None:
    response = client.get(address())
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"
    assert 'content="noindex"' in response.content.decode()
