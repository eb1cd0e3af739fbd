"""Putting mails into the queue: in the transaction of the act that causes them, never two about the same."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from wagtail.models import Site

from cms.localization.clean_text import clean_value
from cms.mail import writers
from cms.mail.composing import Context, languages_for
from cms.mail.letters import Letter, LetterState, new_message_id
from cms.mail.sending import nudge
from cms.routing import absolute_urls

PAUSE = dt.timedelta(minutes=10)
"""What was told to somebody is not told again so soon: a form sent twice, a button pressed fifteen times."""


SENT_TWICE = dt.timedelta(minutes=1)
"""For links that people ask for themselves: again after a minute means that none has come."""


def post(
    *,
    template: str,
    to: str,
    preferred: str,
    context: Context,
    about: str = "",
    version: str = "",
    pause: dt.timedelta = PAUSE,
    reply_to: str = "",
    site: Site | None = None,
    by: Any = None,
) -> None:
    """Has a mail sent once the transaction is over; ``context`` holds what JSON can hold, and no secret.

    Nothing is sent in the request. ``about`` and what follows: see ``post_late``.
    """
    values = {
        "template": template,
        "to": to,
        "codes": languages_for(preferred),
        "context": clean_value(dict(context)),
        "reply_to": reply_to,
    }
    about = f"{template} {about}" if about else ""
    post_late(writer="template", to=to, values=values, about=about, version=version, pause=pause, site=site, by=by)


def post_late(
    *,
    writer: str,
    to: str,
    values: Mapping[str, Any],
    about: str = "",
    version: str = "",
    pause: dt.timedelta = PAUSE,
    site: Site | None = None,
    by: Any = None,
) -> None:
    """Has a registered writer make the mail from ``values`` when it is sent: for mails with secrets.

    One row, or none where it would be one too many.

    ``about`` names act and object; together with the recipient it is the key. A letter of the same key that has not
    been sent is replaced. The same ``version`` (unless given, the values) is not told twice within ``pause``; another
    one waits until the pause is over, so that many changes become one mail.
    """
    written = json.dumps(values := dict(values), sort_keys=True, cls=DjangoJSONEncoder)
    key, content = _key(writer, about or written, to), _hash(version or written)
    user = by if getattr(by, "pk", None) else None
    replacing = {"values": values, "content": content, "by": user, "subject": ""}
    with transaction.atomic():
        if Letter.objects.filter(key=key, state=LetterState.WAITING).update(**replacing):
            return
        due = timezone.now()
        earlier = Letter.objects.filter(key=key).exclude(state=LetterState.GIVEN_UP).order_by("-pk").first()
        if earlier is not None:
            until = (earlier.finished_at or due) + pause
            if earlier.content == content and until > due:
                return
            due = max(due, until)
        is_urgent = writers.named(writer).is_urgent
        letter = Letter(key=key, writer=writer, to=to, due_at=due, is_urgent=is_urgent, **replacing)
        letter.message_id = new_message_id(urlsplit(absolute_urls.whole("", site)).hostname or "localhost")
        try:
            with transaction.atomic():
                letter.save()
        except IntegrityError:  # somebody else has written the same in this moment
            Letter.objects.filter(key=key, state=LetterState.WAITING).update(**replacing)
    transaction.on_commit(nudge, robust=True)


def cancel(*, template: str, context: Mapping[str, str]) -> None:
    """Takes back letters whose context says the same as ``context``, if they were not sent yet: they are not true any
    more."""
    same = {f"values__context__{name}": value for name, value in context.items()}
    Letter.objects.filter(state=LetterState.WAITING, writer="template", values__template=template, **same).delete()


def _key(writer: str, about: str, to: str) -> str:
    return _hash("\n".join((writer, about, to.strip().lower())))


def _hash(text: str) -> str:
    return salted_hmac("cms.mail", text, algorithm="sha256").hexdigest()
