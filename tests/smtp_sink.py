"""A mail server of the tests' own: takes every mail that comes over SMTP and keeps it."""

import asyncio
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
    """The mails that have come, oldest first. ``url`` is what ``EMAIL_URL`` of the product must be.

    ``answers`` says how recipients are refused: each answer once, then the address is taken. ``hangs_at`` names an
    address, and ``rcpt`` or ``data``: there the server falls silent, with the mail where it has come so far.
    """

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.envelopes: list[str] = []
        self.asked: list[str] = []
        self.answers: dict[str, list[str]] = {}
        self.hangs_at: tuple[str, str] | None = None
        self.takes = 0.0  # seconds for each mail
        self.waits_for = 1  # connections, before any is served
        self.peers: set[object] = set()
        self.url, self.port = "", 0

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.asked.append(address)
        self.peers.add(session.peer)
        while len(self.peers) < self.waits_for:
            await asyncio.sleep(0.02)
        if self.hangs_at == (address, "rcpt"):
            await asyncio.sleep(PATIENCE)
        if self.answers.get(address):
            return self.answers[address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        mail = message_from_bytes(envelope.content or b"", policy=policy.default)
        assert isinstance(mail, EmailMessage)
        await asyncio.sleep(self.takes)
        self.mails.append(mail)
        self.envelopes += envelope.rcpt_tos
        if (envelope.rcpt_tos[0], "data") == self.hangs_at:
            await asyncio.sleep(PATIENCE)
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
    sink.url, sink.port = f"smtp://127.0.0.1:{port}", port
    try:
        yield sink
    finally:
        controller.stop()


def body(mail: EmailMessage, kind: str) -> str:
    """The part of a mail that is ``plain`` text or ``html``."""
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())
