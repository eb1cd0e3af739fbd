"""Invitations on their way: one job a mail, so that a run can be stopped, watched and taken up again."""

import datetime as dt
import logging
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django_tasks import task

from cms import addresses, languages, mail
from cms.site_settings import SiteSettings
from cms.words import Words
from directory.invitations import Invitation

MOST_ATTEMPTS = 5
PAUSE = dt.timedelta(minutes=10)

logger = logging.getLogger(__name__)


def soon(invitation: Invitation) -> None:
    """Sends the mail as soon as the transaction is over."""
    number = invitation.pk
    transaction.on_commit(lambda: send.enqueue(number))


@task()
def send(invitation_id: int) -> None:
    """Makes the secret and mails it, unless that was done or the invitation is over; says so when it cannot."""
    now = timezone.now()
    waiting = Invitation.objects.unsent().filter(pk=invitation_id)
    free = waiting.filter(Q(tried_at=None) | Q(tried_at__lt=now - PAUSE))
    if not free.update(tried_at=now, attempts=F("attempts") + 1):
        return  # sent, over, or under way in another worker
    invitation = Invitation.objects.select_related("organisation").get(pk=invitation_id)
    token = invitation.new_token()
    invitation.save(update_fields=["token_hash"])
    try:
        letter = {"template": "directory/mail/invitation", "to": invitation.email}
        codes = mail.languages_for(invitation.language)
        mail.compose(**letter, codes=codes, context=context_of(invitation, token)).send()
    except OSError as error:  # what smtplib and sockets raise
        logger.warning("invitation %s could not be sent: %s", invitation.pk, error)
        return
    Invitation.objects.filter(pk=invitation.pk).update(sent_at=timezone.now())


def context_of(invitation: Invitation, token: str) -> dict[str, Any]:
    """What the mail says. It names the office, not the person; the link opens the language of the words around it."""
    organisation = invitation.organisation
    site = organisation.get_site()
    settings = SiteSettings.for_site(site)
    office = settings.municipality or settings.name
    return {
        "organisation": Words(organisation.title, languages.SOURCE),
        "site": Words(settings.name, languages.SOURCE),
        "inviter": Words(office if invitation.by_office else organisation.title, languages.SOURCE),
        "until": invitation.expires_at,
        "link": addresses.link("my_invitation", token, site=site),
    }


def send_again() -> None:
    """Every minute: mails that a worker or a mail server has lost are tried again, a few times."""
    before = timezone.now() - PAUSE
    lost = Invitation.objects.unsent().filter(
        Q(tried_at__lt=before) | Q(tried_at=None, created_at__lt=before), attempts__lt=MOST_ATTEMPTS
    )
    for number in lost.values_list("pk", flat=True):
        send.enqueue(number)
