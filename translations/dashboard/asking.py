"""Mails to translators: there is something to do."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.functional import lazy
from wagtail.models import Page

from cms import mail
from cms.accounts import roles
from cms.localization import languages
from cms.localization.localized_text import LocalizedText

WRITER = "translations.asking"


def translators_of(code: str) -> Any:
    return get_user_model().objects.filter(is_active=True, groups__role__key=roles.translators(code)).exclude(email="")


@transaction.atomic
def ask_translators(*, page: Page, codes: Sequence[str], asked_by: Any) -> int:
    """One mail to each translator of these languages, in the language they prefer; returns to how many.

    Who was asked a moment ago about the same text is not asked again.
    """
    asked = 0
    for code in codes:
        for person in translators_of(code):
            values = {
                "page": page.pk,
                "code": code,
                "to": person.email,
                "preferred": person.preferred_language,
                "reply_to": asked_by.email,
            }
            about, version = f"{page.pk} {code}", str(page.latest_revision_id)
            mail.post_late(writer=WRITER, to=person.email, values=values, about=about, version=version, by=asked_by)
            asked += 1
    return asked


def write(*, page: int, code: str, to: str, preferred: str, reply_to: str) -> EmailMessage | None:
    """Names the page as it is called when the mail is sent; None when it is gone."""
    found = Page.objects.filter(pk=page).first()
    if found is None:
        return None
    context = {
        "title": LocalizedText(" ".join(found.title.split()), languages.SOURCE),
        "into": lazy(lambda: languages.name_in(code, translation.get_language()), str)(),
        "address": settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("translations:queue", args=[code]),
    }
    codes = mail.languages_for(preferred)
    return mail.compose(template="translations/mail/asking", to=to, codes=codes, context=context, reply_to=reply_to)
