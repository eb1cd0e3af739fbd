"""Whether a profile is still correct: who is asked and when, what their link confirms, and who never answered.

The record holds when somebody last confirmed, outside the revisions, so that no old draft brings a date back.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from cms import mail
from cms.localization import formats, languages
from cms.localization.localized_text import LocalizedText
from cms.routing import absolute_urls
from directory import permissions
from directory.members.models import members_of
from directory.profiles.organisation import OrganisationPage, OrganisationQuerySet
from directory.records.record import OrganisationRecord, record_of

STALE_AFTER = dt.timedelta(days=183)
"""Half a year without a confirmation or a change by the organisation itself."""
PAUSES = (dt.timedelta(days=1), dt.timedelta(days=14), dt.timedelta(days=16))
"""Least time since the last attempt, by the number of reminders sent: the second follows after 14 days, the third
after 30; where there is nobody to ask, it is tried again the next day."""
OFFICE_HOURS = range(9, 17)
LINK_LASTS = dt.timedelta(days=60)
SALT = WRITER = "directory.confirmation"


class LinkOver(Exception):
    """The link is forged, damaged, or older than ``LINK_LASTS``."""


@dataclass(frozen=True)
class Link:
    """What a link was made for: the organisation, the version that was public, and the last confirmation then."""

    organisation: UUID
    revision_id: int
    confirmed: str

    @classmethod
    def to(cls, page: OrganisationPage, record: OrganisationRecord) -> "Link":
        return cls(page.translation_key, page.live_revision_id or 0, _stamp(record.last_confirmed_at))

    @classmethod
    def read(cls, token: str) -> "Link":
        """Raises LinkOver."""
        try:
            key, revision_id, confirmed = signing.loads(token, salt=SALT, max_age=LINK_LASTS)
            return cls(UUID(str(key)), revision_id, confirmed)
        except (signing.BadSignature, ValueError, TypeError) as error:
            raise LinkOver from error

    @property
    def token(self) -> str:
        return signing.dumps((self.organisation.hex, self.revision_id, self.confirmed), salt=SALT)

    def is_used(self, record: OrganisationRecord) -> bool:
        """Somebody has confirmed since."""
        return self.confirmed != _stamp(record.last_confirmed_at)

    def is_of_this_version(self, page: Page) -> bool:
        return self.revision_id == (page.live_revision_id or 0)


def _stamp(moment: dt.datetime | None) -> str:
    return moment.astimezone(dt.UTC).isoformat() if moment else ""


# Asking


def stale(now: dt.datetime | None = None) -> OrganisationQuerySet:
    """Public profiles that nobody has confirmed for half a year, the oldest first; ``since`` is when somebody did."""
    before = (now or timezone.now()) - STALE_AFTER
    pages: Any = OrganisationPage.objects.sources().live().filter(is_example=False).select_related("record")
    since = Coalesce("record__last_confirmed_at", "first_published_at")
    found: OrganisationQuerySet = pages.annotate(since=since).filter(since__lt=before).order_by("since", "pk")
    return found


def ask_who_is_due() -> int:
    """Every minute of the office hours: reminds where it is time, each profile once; returns how many.

    Several clocks do no harm: whose UPDATE comes first sends the mails.
    """
    now = timezone.now()
    if formats.local(now).hour not in OFFICE_HOURS:
        return 0
    due = Q(record=None) | Q(record__in=_due(now))
    return sum(_ask(page, now) for page in stale(now).filter(due))


def _due(now: dt.datetime) -> QuerySet[OrganisationRecord]:
    """Records whose last reminder is long enough ago for the next one."""
    waited = Q(reminded_at=None)
    for sent, pause in enumerate(PAUSES):
        waited |= Q(reminders=sent, reminded_at__lte=now - pause)
    unconfirmed = Q(last_confirmed_at=None) | Q(last_confirmed_at__lt=now - STALE_AFTER)
    return OrganisationRecord.objects.filter(waited, unconfirmed)


@transaction.atomic
def _ask(page: OrganisationPage, now: dt.datetime) -> bool:
    record = record_of(page)
    people = whom_to_ask(page, record)
    # Judged anew: another clock may have asked, or somebody may have answered, since the list was read.
    if not _due(now).filter(pk=record.pk).update(reminded_at=now, reminders=F("reminders") + int(bool(people))):
        return False
    for address, language in people:
        values = {"page": page.pk, "to": address, "preferred": language}
        mail.post_late(writer=WRITER, to=address, values=values, site=page.get_site())
    return bool(people)


def write(*, page: int, to: str, preferred: str) -> EmailMessage | None:
    """One reminder about what is public now; the link opens the language of the words around it.

    None when somebody has confirmed meanwhile, or nothing is public any more.
    """
    found = OrganisationPage.objects.sources().live().filter(pk=page).first()
    record = record_of(found) if found is not None else None
    if found is None or record is None or _is_fresh(record):
        return None
    context = {
        "organisation": LocalizedText(found.title, languages.SOURCE),
        "link": absolute_urls.link("still_correct", Link.to(found, record).token, site=found.get_site()),
    }
    codes = mail.languages_for(preferred)
    return mail.compose(template="directory/mail/still_correct", to=to, codes=codes, context=context)


def _is_fresh(record: OrganisationRecord) -> bool:
    return record.last_confirmed_at is not None and record.last_confirmed_at >= timezone.now() - STALE_AFTER


def whom_to_ask(page: OrganisationPage, record: OrganisationRecord) -> list[tuple[str, str]]:
    """Addresses with their languages: of all members, else the contact that the city has noted."""
    people = list(members_of(page).order_by("pk").values_list("email", "preferred_language"))
    if not people and record.contact_email:
        people = [(record.contact_email, record.contact_language)]
    return people


# Confirming


@transaction.atomic
def confirm_by_link(link: Link) -> bool:
    """Confirms what the link was made for; False when it was used, or the profile says something else now."""
    page = OrganisationPage.objects.sources().live().filter(translation_key=link.organisation).first()
    if page is None:
        return False
    current = Page.objects.select_for_update().get(pk=page.pk)
    record = record_of(page)
    if link.is_used(record) or not link.is_of_this_version(current):
        return False
    _confirm(page)
    log(page, "directory.confirm_by_link")
    return True


@transaction.atomic
def confirm_by_phone(*, organisation: OrganisationPage, user: Any) -> None:
    """Somebody of the office has asked."""
    _confirm(organisation)
    log(organisation, "directory.confirm_by_phone", user=user)


def _confirm(organisation: OrganisationPage) -> None:
    record = record_of(organisation)
    OrganisationRecord.objects.filter(pk=record.pk).update(
        last_confirmed_at=timezone.now(), reminders=0, reminded_at=None
    )


def confirm_by_writing(page: Page, revision: Revision | None, _user: Any) -> None:
    """What a member has written and the office published is a confirmation, too."""
    if not isinstance(page, OrganisationPage) or page.facts is not page:
        return
    writer = revision.user if revision else None
    if writer is not None and permissions.is_member(writer, page):
        _confirm(page)
