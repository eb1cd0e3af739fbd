"""Mails as files in the data folder, and the pages that show them. No mail leaves the machine."""

import time
import uuid
from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage as ParsedMail
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

SHOWN = 200
ENDING = ".eml"


def folder() -> Path:
    return Path(settings.DATA_DIR, "mails")


class EmailBackend(BaseEmailBackend):
    """The mail server of `make dev`: keeps each mail as it would have gone out."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        kept = folder()
        kept.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{time.time_ns()}-{uuid.uuid4().hex[:8]}"
            unfinished = kept / f"{name}.new"
            unfinished.write_bytes(message.message().as_bytes())
            unfinished.rename(kept / (name + ENDING))
        return len(email_messages)


def read(name: str) -> ParsedMail:
    """Raises Http404."""
    path = folder() / (name + ENDING)
    if not name.replace("-", "").isalnum() or not path.exists():
        raise Http404
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(mail, ParsedMail)  # noqa: S101 (the policy above makes these)
    return mail


def body(mail: ParsedMail, kind: str) -> str:
    """Its text ("plain") or its HTML ("html"); "" without one."""
    part = mail.get_body((kind,))
    return str(part.get_content()) if part else ""


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    names = sorted((path.stem for path in folder().glob(f"*{ENDING}")), reverse=True)[:SHOWN]
    return render(request, "development/mails.html", {"mails": [(name, read(name)) for name in names]})


@require_safe
def show(request: HttpRequest, name: str) -> HttpResponse:
    """Headers, text, HTML and the names of what is attached."""
    mail = read(name)
    context = {
        "name": name,
        "subject": mail["Subject"],
        "headers": mail.items(),
        "text": body(mail, "plain"),
        "has_html": bool(body(mail, "html")),
        "attachments": [part.get_filename() or part.get_content_type() for part in mail.iter_attachments()],
    }
    return render(request, "development/mail.html", context)


@require_safe
def html(request: HttpRequest, name: str) -> StreamingHttpResponse:
    """The HTML as a mail program shows it: with its own style, without scripts, links in a tab of their own."""
    shown = ['<base target="_blank">', body(read(name), "html")]
    response = StreamingHttpResponse(shown)  # into which the debug toolbar puts nothing
    response["Content-Security-Policy"] = (
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
        "img-src data:; frame-ancestors 'self'"
    )
    return response
