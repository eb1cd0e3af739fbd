"""The mail itself: in the person's language and in German, as text and as HTML.

A mail named ``directory/mail/invitation`` has three templates: ``….subject.txt`` (one line), ``….txt`` and ``….html``.
Each is rendered once for every language of the recipient, and the parts follow one another.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template import Context as TemplateContext
from django.template.loader import get_template, render_to_string
from django.utils import translation

from cms.localization import languages, reading_order
from cms.localization.clean_text import one_line

Context = Mapping[str, Any]


def languages_for(preferred: str) -> list[str]:
    """The languages of a mail to somebody who prefers ``preferred``: theirs first, then German."""
    return list(dict.fromkeys((languages.get(preferred).code, languages.SOURCE)))


def compose(
    *, template: str, to: str, codes: Sequence[str], context: Context, reply_to: str = ""
) -> EmailMultiAlternatives:
    """Subject in the first language, then text and HTML in each."""
    parts = [_in_language(template, code, context) for code in codes]
    text = "\n\n* * *\n\n".join(part["text"] for part in parts)
    html = render_to_string("cms/mail/base.html", {"parts": parts, "subject": parts[0]["subject"]})
    headers = {"Content-Language": ", ".join(codes)}
    reply = [one_line(reply_to)] if reply_to else None
    mail = EmailMultiAlternatives(parts[0]["subject"], text, to=[to], reply_to=reply, headers=headers)
    mail.attach_alternative(html, "text/html")
    return mail


def _in_language(template: str, code: str, context: Context) -> dict[str, Any]:
    language = languages.get(code)
    with translation.override(code):
        values = {**context, "language": language}
        return {
            "language": language,
            "subject": reading_order.shown(one_line(_plain(f"{template}.subject.txt", values)), code),
            "text": "\n".join(_shown(line, code) for line in _plain(f"{template}.txt", values).strip().split("\n")),
            "html": render_to_string(f"{template}.html", values),
        }


def _shown(line: str, code: str) -> str:
    """A line with an address of the web stays as it is: programs that make links of them take the marks in."""
    return line if "://" in line else reading_order.shown(line, code)


def _plain(template: str, values: Context) -> str:
    """Text, not HTML: nothing is escaped."""
    rendered: str = get_template(template).template.render(TemplateContext(values, autoescape=False))  # type: ignore[attr-defined]
    return rendered
