"""Another address for an account: only whoever reads mail there can confirm it."""

import datetime as dt

from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction

from cms import mail
from cms.accounts import User, authentication
from cms.accounts.throttling import DAY, HOUR, Limit, Window
from cms.routing import absolute_urls

SALT = WRITER = "directory.email_change"
VALID_FOR = dt.timedelta(days=2)
MAILS = Limit("change email", target=(Window(5, HOUR), Window(10, DAY)))


class NotPossible(Exception):
    """The account is gone or has changed since, or somebody else has the address."""


def ask(*, user: User, email: str) -> None:
    """Mails a link to the new address; whether it belongs to somebody else is told only there, by no link.

    Raises TooOften after too many.
    """
    MAILS.count(target=str(user.pk))
    mail.post_late(writer=WRITER, to=email, values={"user": user.pk, "email": email}, pause=mail.SENT_TWICE)


def write_link(*, user: int, email: str) -> EmailMessage | None:
    """The secret is made here, so that it stands nowhere but in the mail."""
    account = User.objects.filter(pk=user, is_active=True).first()
    if account is None or User.objects.filter(email=email).exists():
        return None
    state = [account.pk, account.email, email, account.get_session_auth_hash()]
    token = signing.dumps(state, salt=SALT, compress=True)
    codes = mail.languages_for(account.preferred_language)
    context = {"link": absolute_urls.link("my_confirm_email", token), "email": email}
    return mail.compose(template="directory/mail/email_change", to=email, codes=codes, context=context)


def read(token: str) -> tuple[User, str]:
    """The account and its new address. Raises BadSignature and NotPossible."""
    number, before, email, state = signing.loads(token, salt=SALT, max_age=VALID_FOR)
    user = User.objects.filter(pk=number, email=before, is_active=True).first()
    if user is None or user.get_session_auth_hash() != state or User.objects.filter(email=email).exists():
        raise NotPossible
    return user, str(email)


@transaction.atomic
def confirm(*, token: str) -> User:
    """Changes the address, and tells the old one. Raises BadSignature and NotPossible."""
    user, email = read(token)
    before = user.email
    user.email = email
    user.save(update_fields=["email"])
    authentication.forget_failures(before)
    mail.post(
        template="directory/mail/email_changed", to=before, preferred=user.preferred_language, context={"email": email}
    )
    return user
