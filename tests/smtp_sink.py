"""A mail server of the tests' own: takes every mail that comes over SMTP and keeps it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.journeys.product import free_port

PATIENCE = 60  # seconds, on a busy machine


class Sink:
    """The mails that have come, oldest first. ``url`` is what ``EMAIL_URL`` of the product must be."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.url = ""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        mail = message_from_bytes(envelope.content or b"", policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        return [mail for mail in self.mails if str(mail["To"]) == address]

    def wait_for(self, address: str, number: int = 1) -> EmailMessage:
        """The ``number``-th mail to ``address``, as soon as it has come."""
        deadline = time.monotonic() + PATIENCE
        while len(self.to(address)) < number:
            if time.monotonic() > deadline:
                raise AssertionError(f"{len(self.to(address))} of {number} mails to {address} have come.")
            time.sleep(0.05)
        return self.to(address)[number - 1]


@contextmanager
def listening() -> Iterator[Sink]:
    """A sink on a free port of this machine until the end of the block."""
    sink = Sink()
    port = free_port()
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    sink.url = f"smtp://127.0.0.1:{port}"
    try:
        yield sink
    finally:
        controller.stop()


def body(mail: EmailMessage, kind: str) -> str:
    """The part of a mail that is ``plain`` text or ``html``."""
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())
