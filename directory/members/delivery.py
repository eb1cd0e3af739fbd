"""Invitations on their way: one letter each, so that a run can be stopped and watched."""

from typing import Any

from django.core.mail import EmailMessage
from django.db.models import F
from django.utils import timezone

from cms import mail
from cms.localization import languages
from cms.localization.localized_text import LocalizedText
from cms.routing import absolute_urls
from cms.routing.site_settings import SiteSettings
from directory.members.invitations import Invitation

WRITER = "directory.invitation"


def soon(invitation: Invitation) -> None:
    """Sends the mail as soon as the transaction is over."""
    values, site = {"invitation": invitation.pk}, invitation.organisation.get_site()
    mail.post_late(writer=WRITER, to=invitation.email, values=values, site=site, by=invitation.invited_by)


def write(*, invitation: int) -> EmailMessage | None:
    """Makes the secret and the mail, unless that was sent or the invitation is over."""
    found = Invitation.objects.unsent().select_related("organisation").filter(pk=invitation).first()
    if found is None:
        return None
    token = found.new_token()
    found.save(update_fields=["token_hash"])
    codes = mail.languages_for(found.language)
    context = context_of(found, token)
    return mail.compose(template="directory/mail/invitation", to=found.email, codes=codes, context=context)


def is_sent(*, invitation: int) -> None:
    Invitation.objects.filter(pk=invitation).update(sent_at=timezone.now())


def is_in_trouble(*, invitation: int) -> None:
    """Not sent this time, or not at all."""
    Invitation.objects.filter(pk=invitation).update(tried_at=timezone.now(), attempts=F("attempts") + 1)


def context_of(invitation: Invitation, token: str) -> dict[str, Any]:
    """What the mail says. It names the office, not the person; the link opens the language of the words around it."""
    organisation = invitation.organisation
    site = organisation.get_site()
    settings = SiteSettings.for_site(site)
    office = settings.municipality or settings.name
    return {
        "organisation": LocalizedText(organisation.title, languages.SOURCE),
        "site": LocalizedText(settings.name, languages.SOURCE),
        "inviter": LocalizedText(office if invitation.by_office else organisation.title, languages.SOURCE),
        "until": invitation.expires_at,
        "link": absolute_urls.link("my_invitation", token, site=site),
    }
