"""The second factor of staff."""

import pytest
from django.core.management import call_command
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from cms import roles
from cms.accounts import User
from tests import factories

pytestmark = pytest.mark.django_db
SET_UP = "/admin/second-factor/"


@pytest.fixture
def required(settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


def with_device(user: User) -> TOTPDevice:
    return TOTPDevice.objects.create(user=user, name="default", confirmed=True)


def code_of(device: TOTPDevice) -> str:
    return f"{totp(device.bin_key):06d}"


def sign_in(client: Client, user: User, code: str = ""):
    data = {"username": user.email, "password": factories.PASSWORD, "code": code}
    return client.post("/admin/login/", data, follow=True)


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    ("group", "owes_one"),
    [(roles.PRESS, True), (roles.KI, True), (roles.ADMINISTRATORS, True), (roles.translators("ar"), False)],
)
def test_who_must_have_one_is_led_to_its_set_up(client: Client, required: None, group: str, owes_one: bool) -> None:
    sign_in(client, factories.person("staff@example.org", group))
    assert is_in(client) is not owes_one
    if owes_one:
        assert client.get("/admin/pages/").headers["Location"] == SET_UP
        assert client.get(SET_UP).status_code == 200


def test_nobody_owes_one_where_it_is_not_required(client: Client) -> None:
    sign_in(client, factories.press())
    assert is_in(client)


def test_setting_it_up_takes_the_code_of_the_app_and_opens_the_admin(client: Client, required: None) -> None:
    press = factories.press()
    sign_in(client, press)
    client.get(SET_UP)
    device = TOTPDevice.objects.get(user=press)
    assert not device.confirmed

    refused = client.post(SET_UP, {"code": "000000" if code_of(device) != "000000" else "111111"})
    assert refused.status_code == 200 and not is_in(client)
    TOTPDevice.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)

    client.post(SET_UP, {"code": code_of(device)})
    device.refresh_from_db()
    assert device.confirmed
    assert is_in(client)


@pytest.mark.parametrize("code", ["", "123", "abcdef", "1234567"])
def test_the_password_alone_does_not_sign_in_who_has_one(client: Client, code: str) -> None:
    press = factories.press()
    with_device(press)
    response = sign_in(client, press, code)
    assert "Code" in response.content.decode()
    assert not is_in(client)


def test_password_and_code_sign_in(client: Client) -> None:
    press = factories.press()
    sign_in(client, press, code_of(with_device(press)))
    assert is_in(client)


def test_a_code_works_once(client: Client) -> None:
    press = factories.press()
    code = code_of(with_device(press))
    sign_in(client, press, code)
    again = Client()
    sign_in(again, press, code)
    assert not is_in(again)


def test_a_session_without_the_code_ends_when_one_is_set_up_elsewhere(client: Client) -> None:
    press = factories.press()
    sign_in(client, press)
    with_device(press)
    assert client.get(SET_UP).status_code == 302
    assert "_auth_user_id" not in client.session


def test_the_operator_resets_it_for_who_lost_the_phone() -> None:
    press = factories.press()
    with_device(press)
    call_command("reset_second_factor", press.email.upper())
    assert not TOTPDevice.objects.filter(user=press).exists()


def test_visitors_are_asked_nothing(client: Client, required: None) -> None:
    factories.municipality()
    response = client.get("/de/")
    assert response.status_code == 200
    assert not response.cookies
