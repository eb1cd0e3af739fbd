"""Mails about a translation on its way: to reviewers when it is sent, to its author when it is back or public."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.functional import lazy
from wagtail.models import GroupPagePermission, Page, Revision
from wagtail.users.models import UserProfile

from cms import mail
from cms.localization import languages, locales
from cms.localization.localized_text import LocalizedText
from cms.routing import absolute_urls
from cms.routing.address import path_of
from translations import status
from translations.models import TranslationState, TranslationStatus
from translations.review.models import Act, ReviewAct, name_of

WRITER = "translations.review"
WANTED = {
    Act.SENT: "submitted_notifications",
    Act.RETURNED: "rejected_notifications",
    Act.PUBLISHED: "approved_notifications",
}
"""What people can switch off in their account, by Wagtail's names."""


def reviewers_of(translated: Page) -> Any:
    """Who may publish the translation by the right of a group, with an address."""
    above = translated.get_ancestors(inclusive=True)
    groups = GroupPagePermission.objects.filter(permission__codename="publish_page", page__in=above).values("group")
    return get_user_model().objects.filter(is_active=True, groups__in=groups).exclude(email="").distinct()


def author_of(page: Page, language: str, revision: Revision | None) -> Any:
    """Who has sent it last, else who has written ``revision``; None for a machine."""
    sent = ReviewAct.objects.of(page, language).filter(act=Act.SENT).exclude(by=None).select_related("by").first()
    if sent is not None:
        return sent.by
    return revision.user if revision is not None else None


def tell_reviewers(*, translated: Page, revision: Revision, by: Any) -> None:
    for person in reviewers_of(translated).exclude(pk=by.pk):
        _tell(person, translated=translated, revision=revision, by=by, act=Act.SENT)


def tell_author(*, translated: Page, revision: Revision, by: Any, act: Act, text: str = "") -> None:
    """Nobody is told what they have done themselves."""
    page = status.source_page_of(translated)
    person = author_of(page, locales.code_of(translated.locale_id), revision) if page else None
    if person is not None and person.is_active and person.email and person.pk != by.pk:
        _tell(person, translated=translated, revision=revision, by=by, act=act, text=text)


def _tell(person: Any, *, translated: Page, revision: Revision, by: Any, act: Act, text: str = "") -> None:
    profile = UserProfile.objects.filter(user=person).first()
    if profile is not None and not getattr(profile, WANTED[act]):
        return
    values = {
        "page": translated.pk,
        "act": act.value,
        "to": person.email,
        "preferred": person.preferred_language,
        "who": name_of(by),
        "text": text,
        "reply_to": by.email,
    }
    about, version = f"{act.value} {translated.pk}", f"{revision.pk} {_rounds(translated)}"
    mail.post_late(writer=WRITER, to=person.email, values=values, about=about, version=version, by=by)


def _rounds(translated: Page) -> int:
    """Sent again after it was withdrawn or handed back, the same words are a new matter."""
    page = status.source_page_of(translated)
    code = locales.code_of(translated.locale_id)
    return ReviewAct.objects.of(page, code).filter(act__in=(Act.WITHDRAWN, Act.RETURNED)).count() if page else 0


def write(*, page: int, act: str, to: str, preferred: str, who: str, text: str, reply_to: str) -> EmailMessage | None:
    """None when it is not true any more: the page is gone, or was withdrawn before anybody was told."""
    translated = Page.objects.filter(pk=page).first()
    german = status.source_page_of(translated) if translated else None
    if translated is None or german is None:
        return None
    code = locales.code_of(translated.locale_id)
    row = TranslationStatus.objects.filter(page=german, language=code)
    if act == Act.SENT and not row.filter(Q(state=TranslationState.REVIEW)).exists():
        return None
    if act == Act.PUBLISHED:
        address = absolute_urls.whole(path_of(german, code), german.get_site())
    else:
        edit = reverse("wagtailadmin_pages:edit", args=[translated.pk])
        address = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + edit
    context = {
        "title": LocalizedText(" ".join(german.title.split()), languages.SOURCE),
        "into": lazy(lambda: languages.name_in(code, translation.get_language()), str)(),
        "who": who,
        "text": text,
        "address": address,
    }
    codes = mail.languages_for(preferred)
    template = f"translations/mail/review_{act}"
    return mail.compose(template=template, to=to, codes=codes, context=context, reply_to=reply_to)
