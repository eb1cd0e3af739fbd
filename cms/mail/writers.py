"""Who makes a mail, by name: what stands in a letter is made into a mail in the moment of sending."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.mail import EmailMessage

from cms.mail.composing import Context, compose


def _nothing(**values: Any) -> None:
    """Most mails change nothing by being sent."""


@dataclass(frozen=True)
class Writer:
    """Makes a mail in the moment of sending; ``write`` gives None when it is not needed any more.

    All get the letter's values. ``on_sent`` and ``on_trouble`` (not this time, or not at all) keep a row of one's own
    in step. Secrets are made in ``write`` only, so that they stand nowhere but in the mail.
    """

    write: Callable[..., EmailMessage | None]
    on_sent: Callable[..., None] = _nothing
    on_trouble: Callable[..., None] = _nothing
    is_urgent: bool = False


_writers: dict[str, Writer] = {}


def register(name: str, writer: Writer) -> None:
    """Called by each app when it is ready."""
    _writers[name] = writer


def named(name: str) -> Writer:
    return _writers[name]


def _write_template(
    *, template: str, to: str, codes: list[str], context: Context, reply_to: str = ""
) -> EmailMessage | None:
    return compose(template=template, to=to, codes=codes, context=context, reply_to=reply_to)


register("template", Writer(_write_template))
