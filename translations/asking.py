"""Mails to translators: there is something to do."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms import languages, roles


def translators_of(code: str) -> Any:
    return get_user_model().objects.filter(is_active=True, groups__role__key=roles.translators(code)).exclude(email="")


def ask_translators(*, page: Page, codes: Sequence[str], asked_by: Any) -> int:
    """Sends one mail to each translator of these languages, in the language they prefer; returns how many."""
    mails = []
    for code in codes:
        for person in translators_of(code):
            with translation.override(person.preferred_language or languages.SOURCE):
                mails.append(_mail(page, code, person, asked_by))
    return get_connection().send_messages(mails) or 0 if mails else 0


def _mail(page: Page, code: str, person: Any, asked_by: Any) -> EmailMessage:
    address = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("translations:queue", args=[code])
    language = languages.name_in(code, translation.get_language())
    subject = _("Please translate into %(language)s: %(title)s") % {
        "language": language,
        "title": " ".join(page.title.split()),
    }
    text = _(
        "Hello,\n\nthe German text of “%(title)s” is new or has changed. Please translate it into %(language)s.\n\n"
        "What there is to do: %(address)s\n\nThank you!"
    ) % {"title": page.title, "language": language, "address": address}
    return EmailMessage(subject, text, to=[person.email], reply_to=[asked_by.email] if asked_by.email else None)
