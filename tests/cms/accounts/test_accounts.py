"""People who log in, by e-mail address in any case."""

from collections.abc import Iterator
from typing import Any

import pytest
from axes.utils import reset
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client, RequestFactory
from django.utils import translation

from cms.accounts import User
from tests import factories

pytestmark = pytest.mark.django_db
EMAIL = "presse@example.org"
WRONG = "not the password"


@pytest.fixture(autouse=True)
def no_failures() -> Iterator[None]:
    reset()
    yield
    reset()


def sign_in(client: Client, email: str, password: str = factories.PASSWORD) -> Any:
    return client.post("/admin/login/", {"username": email, "password": password})


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


# Addresses


@pytest.mark.parametrize("written", ["Presse@Example.org", "  PRESSE@EXAMPLE.ORG ", "presse@example.org"])
def test_an_address_is_kept_in_small_letters(written: str) -> None:
    assert User.objects.create_user(written).email == EMAIL
    user = User(email=written, password="!")  # noqa: S106
    user.clean()
    assert user.email == EMAIL


def test_two_people_cannot_have_one_address_in_different_cases() -> None:
    User.objects.create_user(EMAIL)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("PRESSE@example.org")
    with pytest.raises(ValidationError) as refused:
        User(email="PRESSE@example.org", password="!").full_clean()  # noqa: S106
    assert "email" in refused.value.message_dict or "__all__" in refused.value.message_dict


def test_the_database_itself_keeps_addresses_apart() -> None:
    User.objects.create_user(EMAIL)
    other = User.objects.create_user("other@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=other.pk).update(email="PRESSE@EXAMPLE.ORG")


def test_the_refusal_is_a_sentence_in_the_editors_language() -> None:
    User.objects.create_user(EMAIL)
    message = []
    for code in ("de", "en"):
        with translation.override(code):
            with pytest.raises(ValidationError) as refused:
                User(email=EMAIL.upper(), password="!").full_clean()  # noqa: S106
            message.append(str(refused.value.messages[0]))
    assert message[0] != message[1]


def test_there_is_no_user_name() -> None:
    assert User.USERNAME_FIELD == "email"
    assert "username" not in {field.name for field in User._meta.get_fields()}


def test_a_superuser_may_everything() -> None:
    user = User.objects.create_superuser("Admin@Example.org", factories.PASSWORD)
    assert user.is_superuser and user.is_staff and user.check_password(factories.PASSWORD)


# Logging in


@pytest.mark.parametrize("written", [EMAIL, "Presse@Example.org", "PRESSE@EXAMPLE.ORG"])
def test_people_log_in_however_they_write_their_address(client: Client, written: str) -> None:
    factories.press()
    sign_in(client, written)
    assert is_in(client)


@pytest.mark.parametrize("written", ["", " ", "nobody@example.org", "presse", "x" * 5000])
def test_other_addresses_do_not_log_in(client: Client, written: str) -> None:
    factories.press()
    assert sign_in(client, written).status_code == 200
    assert not is_in(client)


def test_who_is_inactive_does_not_log_in_and_loses_the_session(client: Client) -> None:
    press = factories.press()
    sign_in(client, EMAIL)
    press.is_active = False
    press.save()
    assert not is_in(client)
    sign_in(client, EMAIL)
    assert not is_in(client)


@pytest.mark.parametrize("password", ["short", "1234567890123", "password1234", "presse@example.org"])
def test_weak_passwords_are_refused(password: str) -> None:
    from django.contrib.auth.password_validation import validate_password

    with pytest.raises(ValidationError):
        validate_password(password, User(email=EMAIL))


# Languages


@pytest.mark.parametrize(
    ("preferred", "admin"), [("de", "de"), ("en", "en"), ("ar", "de"), ("uk", "de"), ("de-simple", "de"), ("xx", "de")]
)
def test_the_admin_speaks_the_preferred_language_where_it_can(preferred: str, admin: str) -> None:
    assert User(email=EMAIL, preferred_language=preferred).admin_language == admin


def test_who_chose_nothing_gets_german() -> None:
    assert User.objects.create_user(EMAIL).preferred_language == "de"


def test_only_languages_of_the_site_can_be_preferred() -> None:
    with pytest.raises(ValidationError, match="xx"):
        User(email=EMAIL, password="!", preferred_language="xx").full_clean()  # noqa: S106


# Accounts of the demo content


def test_demo_accounts_log_in_where_they_are_allowed(client: Client) -> None:
    demo = factories.press()
    User.objects.filter(pk=demo.pk).update(is_demo=True)
    sign_in(client, EMAIL)
    assert is_in(client)


def test_demo_accounts_do_not_log_in_elsewhere(client: Client, settings: Any) -> None:
    demo = factories.press()
    User.objects.filter(pk=demo.pk).update(is_demo=True)
    settings.DEMO_ACCOUNTS_ALLOWED = False
    assert sign_in(client, EMAIL).status_code == 200
    assert not is_in(client)
    request = RequestFactory().post("/")
    assert authenticate(request, username=EMAIL, password=factories.PASSWORD) is None


def test_demo_accounts_keep_no_session_where_they_are_not_allowed(client: Client, settings: Any) -> None:
    demo = factories.press()
    User.objects.filter(pk=demo.pk).update(is_demo=True)
    sign_in(client, EMAIL)
    settings.DEMO_ACCOUNTS_ALLOWED = False
    assert not is_in(client)


def test_other_accounts_are_not_concerned(client: Client, settings: Any) -> None:
    factories.press()
    settings.DEMO_ACCOUNTS_ALLOWED = False
    sign_in(client, EMAIL)
    assert is_in(client)


# Guessing


def test_guessing_is_stopped_with_a_message(client: Client, settings: Any) -> None:
    factories.press()
    answers = [sign_in(client, EMAIL, WRONG) for _ in range(settings.AXES_FAILURE_LIMIT)]
    assert [answer.status_code for answer in answers[:-1]] == [200] * (settings.AXES_FAILURE_LIMIT - 1)
    locked = sign_in(client, EMAIL)
    assert locked.status_code in {403, 429}
    assert "Zu viele Versuche" in locked.content.decode()
    assert not is_in(client)


def test_guessing_in_another_case_counts_as_the_same_address(client: Client, settings: Any) -> None:
    factories.press()
    for number in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, EMAIL.upper() if number % 2 else EMAIL, WRONG)
    sign_in(client, EMAIL)
    assert not is_in(client)


def test_others_are_not_locked_out_with_them(client: Client, settings: Any) -> None:
    factories.press()
    factories.ki()
    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, EMAIL, WRONG)
    other = Client()
    sign_in(other, "ki@example.org")
    assert is_in(other)
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    sign_in(elsewhere, EMAIL)
    assert is_in(elsewhere)


def test_a_log_in_forgets_the_failures_before(client: Client, settings: Any) -> None:
    factories.press()
    for _ in range(2):
        for _ in range(settings.AXES_FAILURE_LIMIT - 1):
            sign_in(client, EMAIL, WRONG)
        sign_in(client, EMAIL)
        assert is_in(client)
        client.logout()
