"""Django's ``EMAIL_BACKEND``: whatever Django or Wagtail send by themselves is put into the queue like all else.

So nothing can speak with the mail server inside a request, neither ours nor a library's.
"""

import base64
from collections.abc import Sequence
from email.mime.base import MIMEBase
from typing import Any

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import translation
from wagtail.users.models import UserProfile

from cms.localization.clean_text import one_line
from cms.mail.posting import SENT_TWICE, post_late
from cms.mail.writers import Writer, register


class EmailBackend(BaseEmailBackend):
    """One letter for each recipient."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        taken = 0
        for message in email_messages:
            try:
                for recipient in message.recipients():
                    post_late(writer="message", to=recipient, values=_values(message, recipient), pause=SENT_TWICE)
            except Exception:
                if not self.fail_silently:
                    raise
            else:
                taken += 1
        return taken


def _values(message: EmailMessage, recipient: str) -> dict[str, Any]:
    headers = {name: str(value) for name, value in message.extra_headers.items()}
    headers.setdefault("Content-Language", _language_of(recipient))
    return {
        "recipient": recipient,
        "subject": str(message.subject),
        "body": str(message.body),
        "subtype": message.content_subtype,
        "sender": message.from_email,
        "to": list(message.to),
        "cc": list(message.cc),
        "reply_to": list(message.reply_to),
        "headers": headers,
        "alternatives": [[str(content), kind] for content, kind in getattr(message, "alternatives", None) or []],
        "attachments": [_attachment(each) for each in message.attachments],
    }


def _language_of(recipient: str) -> str:
    """In which Wagtail writes to its users: their choice in the admin, else that of the moment."""
    profile = UserProfile.objects.filter(user__email=recipient.strip().lower()).first()
    return (profile and profile.preferred_language) or translation.get_language() or "de"


def _attachment(attachment: Any) -> list[str]:
    if isinstance(attachment, MIMEBase):
        name, kind = attachment.get_filename() or "", attachment.get_content_type()
        content: Any = attachment.get_payload(decode=True) or b""
    else:
        name, content, kind = attachment
    data = content.encode() if isinstance(content, str) else content
    return [name or "", base64.b64encode(data).decode("ascii"), kind or "application/octet-stream"]


class ForOne(EmailMultiAlternatives):
    """Its headers name everybody; it goes to one of them."""

    recipient = ""

    def recipients(self) -> list[str]:
        return [self.recipient]


def _write(
    *,
    recipient: str,
    subject: str,
    body: str,
    subtype: str,
    sender: str,
    to: list[str],
    cc: list[str],
    reply_to: list[str],
    headers: dict[str, str],
    alternatives: list[list[str]],
    attachments: list[list[str]],
) -> EmailMessage:
    message = ForOne(one_line(subject), body, sender, to, cc=cc, reply_to=reply_to, headers=headers)
    message.recipient = recipient
    message.content_subtype = subtype
    for content, kind in alternatives:
        message.attach_alternative(content, kind)
    for name, data, kind in attachments:
        message.attach(name or None, base64.b64decode(data), kind)
    return message


register("message", Writer(_write))
