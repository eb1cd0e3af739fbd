"""Mails of the tests: the queue is worked off, and what went out stands in Django's outbox."""

import datetime as dt
from typing import Any

from django.core import mail

from cms.mail import sending
from cms.mail.letters import Letter, MailServer


def delivered() -> list[Any]:
    """Works off the queue as a worker does, and gives everything that has gone out in this test."""
    sending.deliver()
    return mail.outbox


def later(**time: int) -> None:
    """So much time passes for the queue: pauses and claims run out, and the mail server is asked again."""
    passed = dt.timedelta(**time)
    moments = ("created_at", "due_at", "give_up_at", "tried_at", "claimed_until", "handed_over_at", "finished_at")
    for letter in Letter.objects.all():
        moved = {name: getattr(letter, name) - passed for name in moments if getattr(letter, name)}
        Letter.objects.filter(pk=letter.pk).update(**moved)
    for server in MailServer.objects.exclude(rests_until=None):
        MailServer.objects.update(rests_until=server.rests_until - passed)
