"""Mails to people: in their language and in German, as text and as HTML, sent by the worker.

A mail named ``directory/mail/invitation`` has three templates: ``….subject.txt`` (one line), ``….txt`` and ``….html``.
Each is rendered once for every language of the recipient, and the parts follow one another.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template import Context as TemplateContext
from django.template.loader import get_template, render_to_string
from django.utils import translation
from django_tasks import task

from cms import languages

Context = Mapping[str, Any]


def languages_for(preferred: str) -> list[str]:
    """The languages of a mail to somebody who prefers ``preferred``: theirs first, then German."""
    return list(dict.fromkeys((languages.get(preferred).code, languages.SOURCE)))


def post(*, template: str, to: str, preferred: str, context: Context) -> None:
    """Has the worker send a mail once the transaction is over; ``context`` holds what JSON can hold.

    Nothing is sent in the request: its duration would tell whether an address is known.
    """
    values = dict(context)
    transaction.on_commit(lambda: send.enqueue(template, to, languages_for(preferred), values))


@task()
def send(template: str, to: str, codes: Sequence[str], context: dict[str, Any]) -> None:
    compose(template=template, to=to, codes=codes, context=context).send()


def compose(*, template: str, to: str, codes: Sequence[str], context: Context) -> EmailMultiAlternatives:
    """The mail itself: subject in the first language, then text and HTML in each."""
    parts = [_in_language(template, code, context) for code in codes]
    text = "\n\n* * *\n\n".join(part["text"] for part in parts)
    html = render_to_string("cms/mail/base.html", {"parts": parts, "subject": parts[0]["subject"]})
    mail = EmailMultiAlternatives(parts[0]["subject"], text, to=[to])
    mail.attach_alternative(html, "text/html")
    return mail


def _in_language(template: str, code: str, context: Context) -> dict[str, Any]:
    language = languages.get(code)
    with translation.override(code):
        values = {**context, "language": language}
        return {
            "language": language,
            "subject": " ".join(_plain(f"{template}.subject.txt", values).split()),
            "text": _plain(f"{template}.txt", values).strip(),
            "html": render_to_string(f"{template}.html", values),
        }


def _plain(template: str, values: Context) -> str:
    """Text, not HTML: nothing is escaped."""
    rendered: str = get_template(template).template.render(TemplateContext(values, autoescape=False))  # type: ignore[attr-defined]
    return rendered
