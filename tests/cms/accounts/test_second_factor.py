"""The second factor of staff."""

import pytest
from django.core.management import call_command
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from cms.accounts import User, codes, roles
from tests import factories, webpages

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


# Nothing is learned, nobody is locked out by others


def refusal(client: Client, user: User, password: str, code: str) -> str:
    data = {"username": user.email, "password": password, "code": code}
    page = webpages.read(client.post("/admin/login/", data))
    return webpages.text(page.select_one(".messages"))


def test_whatever_is_wrong_the_answer_is_the_same(client: Client) -> None:
    press = factories.press()
    right = code_of(with_device(press))
    nobody = User(email="nobody@example.org")
    answers = {
        refusal(client, person, password, code)
        for person, password, code in (
            (press, factories.PASSWORD, "000000" if right != "000000" else "111111"),
            (press, factories.PASSWORD, ""),
            (press, "falsch", right),
            (nobody, "falsch", ""),
        )
    }
    assert len(answers) == 1


def test_a_right_code_with_a_wrong_password_is_not_used_up(client: Client) -> None:
    press = factories.press()
    right = code_of(with_device(press))
    client.post("/admin/login/", {"username": press.email, "password": "falsch", "code": right})
    sign_in(client, press, right)
    assert is_in(client)


def test_wrong_codes_of_a_stranger_do_not_lock_the_owner_out(client: Client) -> None:
    press = factories.press()
    device = with_device(press)
    stranger = Client(REMOTE_ADDR="192.0.2.66")
    for _ in range(20):
        data = {"username": press.email, "password": factories.PASSWORD, "code": "000001"}
        answer = stranger.post("/admin/login/", data)
    assert answer.status_code == 429
    device.refresh_from_db()
    sign_in(client, press, code_of(device))
    assert is_in(client)


# Recovery codes


def test_ten_codes_are_shown_once_after_the_set_up(client: Client, required: None) -> None:
    press = factories.press()
    sign_in(client, press)
    client.get(SET_UP)
    shown = client.post(SET_UP, {"code": code_of(TOTPDevice.objects.get(user=press))})
    codes = [each.text for each in webpages.read(shown).select("main li code, .content li code, li code")]
    assert len(set(codes)) == 10 and "no-store" in shown["Cache-Control"]
    again = client.get(SET_UP).content.decode()
    assert not any(code in again for code in codes)


def test_a_recovery_code_signs_in_once(client: Client) -> None:
    press = factories.press()
    with_device(press)
    code, *_others = codes.new_recovery_codes(press)
    sign_in(client, press, code)
    assert is_in(client) and codes.recovery_codes_left(press) == 9
    again = Client()
    sign_in(again, press, code)
    assert not is_in(again)


def test_new_codes_end_the_old_ones_and_few_are_warned_about(client: Client) -> None:
    press = factories.press()
    device = with_device(press)
    old = codes.new_recovery_codes(press)
    sign_in(client, press, code_of(device))
    assert client.get("/admin/second-factor/codes/").status_code == 405
    client.post("/admin/second-factor/codes/")
    assert codes.matching(press, old[0]) is None and codes.recovery_codes_left(press) == 10
    assert "help-warning" not in client.get("/admin/").content.decode()
    for token in StaticToken.objects.all()[: codes.HOW_MANY - codes.FEW]:
        token.delete()
    assert "help-warning" in client.get("/admin/").content.decode()


def test_the_operator_takes_the_codes_away_as_well() -> None:
    press = factories.press()
    with_device(press)
    codes.new_recovery_codes(press)
    call_command("reset_second_factor", press.email)
    assert not StaticToken.objects.exists()


@pytest.mark.parametrize("path", ["", "done/", "confirm/MQ/set-password/", "confirm/MQ/x-y/", "complete/"])
def test_wagtails_own_way_to_a_new_password_is_closed(client: Client, path: str) -> None:
    for method in ("get", "post"):
        assert getattr(client, method)(f"/admin/password_reset/{path}")["Location"] == "/de/my/password/"
